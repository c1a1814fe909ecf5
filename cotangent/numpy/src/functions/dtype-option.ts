// The option that most functions which make arrays have: the dtype.
import type { DType } from "@cotangent/core";
import { asDType } from "../dtype.ts";

export interface CreationOptions {
  readonly dtype?: DType | null;
}

/** A dtype by itself, or with other options. */
export type DTypeOr<Options> = DType | null | Options;

/** Options of which the dtype may stand by itself. */
export function withDType<Options extends { readonly dtype?: DType | null }>(
  given: DTypeOr<Options> | undefined,
): Options {
  const options = (typeof given === "string" ? { dtype: given } : (given ?? {})) as Options;
  if (options.dtype !== undefined && options.dtype !== null) asDType(options.dtype);
  return options;
}
