// What is said of drawing besides the parameters of a distribution.
import type { DType, OptionNames } from "@cotangent/core";
import type { ArrayLike } from "../functions/arguments.ts";
import { withOption } from "../functions/axes.ts";
import type { Size } from "./parameters.ts";
import type * as several from "./several.ts";

export interface IntegerOptions {
  readonly size?: Size;
  readonly dtype?: DType;
  /** Whether `high` may be drawn. */
  readonly endpoint?: boolean;
}

export interface SizeOption {
  readonly size?: Size;
}

export interface NormalOptions extends SizeOption {
  readonly method?: several.Factorisation;
}

export interface ChoiceOptions {
  readonly size?: Size;
  /** Whether an element may be drawn twice. */
  readonly replace?: boolean;
  /** How likely each element is; all equally, unless given. */
  readonly p?: ArrayLike | null;
  readonly axis?: number;
  /** Whether what is drawn without replacement is in random order as well. */
  readonly shuffle?: boolean;
}

export interface ColoursOptions extends SizeOption {
  readonly method?: several.ColoursMethod;
}

export const integerOptions: OptionNames<IntegerOptions> = { size: true, dtype: true, endpoint: true };

export const choiceOptions: OptionNames<ChoiceOptions> = {
  size: true,
  replace: true,
  p: true,
  axis: true,
  shuffle: true,
};

/** Options of which the size may stand by itself. */
export function sizeAnd<Options extends SizeOption>(
  name: string,
  names: OptionNames<Options>,
  given: Size | Options,
): Options {
  return withOption<Options, "size">(name, names, "size", given, undefined);
}
