// What reductions take besides the array: axes, and which elements count.
import type { DType, OptionNames } from "@cotangent/core";
import type { ArrayLike } from "./arguments.ts";
import type { Axes } from "./axes.ts";

export interface ReductionOptions {
  readonly axis?: Axes;
  /** Reduced axes stay, with length 1. */
  readonly keepdims?: boolean;
}

export const reductionOptions: OptionNames<ReductionOptions> = { axis: true, keepdims: true };

export interface ElementOptions extends ReductionOptions {
  /** Which elements count. */
  readonly where?: ArrayLike;
  /** What the reduction starts with. */
  readonly initial?: ArrayLike;
}

export const elementOptions: OptionNames<ElementOptions> = { ...reductionOptions, where: true, initial: true };

export interface SumOptions extends ElementOptions {
  readonly dtype?: DType;
}

export const sumOptions: OptionNames<SumOptions> = { ...elementOptions, dtype: true };

export interface ArgumentOptions {
  readonly axis?: number | null;
  readonly keepdims?: boolean;
}

export const argumentOptions: OptionNames<ArgumentOptions> = { axis: true, keepdims: true };

export interface MeanOptions extends ReductionOptions {
  readonly dtype?: DType;
  readonly where?: ArrayLike;
}

export const meanOptions: OptionNames<MeanOptions> = { ...reductionOptions, dtype: true, where: true };

export interface VarianceOptions extends MeanOptions {
  /** The divisor is the number of elements less this. */
  readonly ddof?: number;
  readonly correction?: number;
  /** The mean, if it is known, with the reduced axes kept. */
  readonly mean?: ArrayLike;
}

export const varianceOptions: OptionNames<VarianceOptions> = {
  ...meanOptions,
  ddof: "number",
  correction: "number",
  mean: true,
};

export interface AverageOptions extends ReductionOptions {
  readonly weights?: ArrayLike;
  readonly returned?: boolean;
}

export const averageOptions: OptionNames<AverageOptions> = { ...reductionOptions, weights: true, returned: true };
