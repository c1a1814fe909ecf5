// What reductions and running sums share: dtypes, axes that stay, squares.
import { isComplex, operations, type DType, type Value, type OptionNames } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asValue, type ArrayLike } from "./arguments.ts";
import { keptShape, normalizeAxis, withOption } from "./axes.ts";
import { reshaped } from "./moving.ts";

/** The dtype in which integers are added up: 64 bits. */
export function sumDType(dtype: DType): DType {
  const kind = kindOf(dtype);
  return kind === "uint" ? "uint64" : kind === "int" || kind === "bool" ? "int64" : dtype;
}

/** With the axes that a reduction took away, if they are to be kept. */
export function kept(result: Value, value: Value, axes: readonly number[], keepdims = false): Value {
  return keepdims ? reshaped(result, keptShape(value.shape, axes)) : result;
}

/** The number of elements that a reduction along these axes takes together. */
export function countAlong(value: Value, axes: readonly number[]): number {
  return axes.reduce((product, axis) => product * (value.shape[axis] ?? 1), 1);
}

/** |x|², without a root in between. */
export function squaredSize(value: Value): Value {
  if (!isComplex(value.dtype)) return operations.square(value);
  return operations.add(operations.square(operations.real(value)), operations.square(operations.imag(value)));
}

export interface CumulativeOptions {
  readonly axis?: number | null;
  readonly dtype?: DType;
}

const cumulativeOptions: OptionNames<CumulativeOptions> = { axis: true, dtype: true };

export type AxisArgument<Options> = number | null | Options;

/** The operand in the dtype of sums, flat where no axis is given, and the axis. */
export function prepared(
  name: string,
  x: ArrayLike,
  axis: AxisArgument<CumulativeOptions> | undefined,
  options: CumulativeOptions | undefined,
): readonly [value: Value, axis: number] {
  const { axis: given = null, dtype } = withOption<CumulativeOptions, "axis">(
    name,
    cumulativeOptions,
    "axis",
    axis,
    options,
  );
  const value = asValue(x);
  const all = operations.cast(value, dtype ?? sumDType(value.dtype));
  const flat = given === null || all.ndim === 0 ? reshaped(all, [all.size]) : all;
  return [flat, normalizeAxis(name, given ?? 0, flat.ndim)];
}
