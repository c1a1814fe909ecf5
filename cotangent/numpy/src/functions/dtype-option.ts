// The option that most functions which make arrays have: the dtype.
import type { DType, OptionNames } from "@cotangent/core";
import { asDType } from "../dtype.ts";
import { optionsOf } from "./axes.ts";

export interface CreationOptions {
  readonly dtype?: DType | null;
}

export const creationOptions: OptionNames<CreationOptions> = { dtype: true };

/** A dtype by itself, or with other options. */
export type DTypeOr<Options> = DType | null | Options;

/** Options of which the dtype may stand by itself. @throws TypeError for others than there are. */
export function withDType<Options extends { readonly dtype?: DType | null }>(
  name: string,
  names: OptionNames<Options>,
  given: DTypeOr<Options> | undefined,
): Options {
  if (given === undefined || given === null) return {} as Options;
  const options = typeof given === "string" ? ({ dtype: given } as Options) : optionsOf(name, given, names);
  if (options.dtype !== undefined && options.dtype !== null) asDType(options.dtype);
  return options;
}
