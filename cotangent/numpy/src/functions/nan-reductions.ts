// Reductions of the elements that are not NaN.
import { isComplex, operations, ShapeError, showAval, type Value } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { aligned, asValue, quotientOf, type ArrayLike } from "./arguments.ts";
import { normalizeAxes, withOption, type Axes } from "./axes.ts";
import { isnan, logical_not } from "./elementwise.ts";
import { prepared, squaredSize, type CumulativeOptions } from "./reducing.ts";
import {
  all,
  any,
  argmax,
  argmin,
  max,
  min,
  prod,
  sum,
  type ReductionOptions,
  type SumOptions,
  type VarianceOptions,
} from "./reductions.ts";
import { where } from "./selecting.ts";

function canBeNaN(value: Value): boolean {
  return kindOf(value.dtype) === "float" || isComplex(value.dtype);
}

/** With another number in place of NaN. */
function without(value: Value, replacement: number): Value {
  return canBeNaN(value) ? where(isnan(value), replacement, value) : value;
}

export function nansum(x: ArrayLike, axis?: Axes | SumOptions, options?: SumOptions): Value {
  return sum(without(asValue(x), 0), axis, options);
}

export function nanprod(x: ArrayLike, axis?: Axes | SumOptions, options?: SumOptions): Value {
  return prod(without(asValue(x), 1), axis, options);
}

export function nancumsum(x: ArrayLike, axis?: number | null | CumulativeOptions, options?: CumulativeOptions): Value {
  const [value, own] = prepared("nancumsum", x, axis, options);
  return operations.cumsum(without(value, 0), own);
}

export function nancumprod(x: ArrayLike, axis?: number | null | CumulativeOptions, options?: CumulativeOptions): Value {
  const [value, own] = prepared("nancumprod", x, axis, options);
  return operations.cumprod(without(value, 1), own);
}

export function nanmax(x: ArrayLike, axis?: Axes | ReductionOptions, options?: ReductionOptions): Value {
  return extreme(asValue(x), withOption<ReductionOptions, "axis">("axis", axis, options), max, -Infinity);
}

export function nanmin(x: ArrayLike, axis?: Axes | ReductionOptions, options?: ReductionOptions): Value {
  return extreme(asValue(x), withOption<ReductionOptions, "axis">("axis", axis, options), min, Infinity);
}

function extreme(value: Value, options: ReductionOptions, reduce: typeof max, worst: number): Value {
  if (!canBeNaN(value)) return reduce(value, options);
  const found = reduce(without(value, worst), options);
  return where(all(isnan(value), options), Number.NaN, found);
}

interface ArgumentOptions {
  readonly axis?: number | null;
  readonly keepdims?: boolean;
}

export function nanargmax(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "nanargmax",
    asValue(x),
    withOption<ArgumentOptions, "axis">("axis", axis, options),
    argmax,
    -Infinity,
  );
}

export function nanargmin(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "nanargmin",
    asValue(x),
    withOption<ArgumentOptions, "axis">("axis", axis, options),
    argmin,
    Infinity,
  );
}

function argExtreme(name: string, value: Value, options: ArgumentOptions, find: typeof argmax, worst: number): Value {
  if (!canBeNaN(value)) return find(value, options);
  const isLost = any(all(isnan(value), { axis: options.axis ?? null }));
  if (isLost.item() === true) throw new ShapeError(`${name}(${showAval(value)}): all elements of a row are NaN`);
  return find(without(value, worst), options);
}

/** How many elements along axes, which stay, are not NaN, as a value of this dtype. */
function knownCount(value: Value, axes: readonly number[]): Value {
  const truths = operations.cast(logical_not(isnan(value)), "int64");
  return operations.cast(sum(truths, { axis: axes, keepdims: true }), isComplex(value.dtype) ? "float64" : value.dtype);
}

export function nanmean(x: ArrayLike, axis?: Axes | SumOptions, options?: SumOptions): Value {
  const { axis: given, dtype, keepdims } = withOption<SumOptions, "axis">("axis", axis, options);
  const value = operations.cast(asValue(x), dtype ?? quotientOf(asValue(x).dtype));
  const axes = normalizeAxes("nanmean", given, value.ndim);
  const found = keptMean(value, axes);
  return keepdims === true ? found : dropped(found, axes);
}

function keptMean(value: Value, axes: readonly number[]): Value {
  const total = sum(without(value, 0), { axis: axes, keepdims: true });
  return operations.div(total, operations.cast(knownCount(value, axes), value.dtype));
}

function dropped(value: Value, axes: readonly number[]): Value {
  return operations.reshape(
    value,
    value.shape.filter((_, axis) => !axes.includes(axis)),
  );
}

export function nanvar(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  const {
    axis: given,
    dtype,
    keepdims,
    ddof = 0,
    correction = ddof,
  } = withOption<VarianceOptions, "axis">("axis", axis, options);
  const value = operations.cast(asValue(x), dtype ?? quotientOf(asValue(x).dtype));
  const axes = normalizeAxes("nanvar", given, value.ndim);
  const [left, right] = aligned("nanvar", [value, keptMean(value, axes)]) as [Value, Value];
  const squares = squaredSize(without(operations.sub(left, right), 0));
  const total = sum(squares, { axis: axes, keepdims: true });
  const number = operations.cast(knownCount(value, axes), total.dtype);
  const freedom = operations.sub(number, correction);
  const found = where(operations.lessEqual(freedom, 0), Number.NaN, operations.div(total, freedom));
  return keepdims === true ? found : dropped(found, axes);
}

export function nanstd(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  return operations.sqrt(nanvar(x, axis, options));
}
