// Reductions of the elements that are not NaN.
import {
  DTypeError,
  isComplex,
  isInexact,
  operations,
  ShapeError,
  showAval,
  type DType,
  type Value,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asValue, broadcastTo, type ArrayLike } from "./arguments.ts";
import { withOption, type Axes } from "./axes.ts";
import { isnan, logical_not } from "./elementwise.ts";
import { less_equal, logical_and } from "./pairs.ts";
import { prepared, type CumulativeOptions } from "./reducing.ts";
import { all, any, argmax, argmin, max, mean, min, prod, sum, var as variance } from "./reductions.ts";
import {
  argumentOptions,
  elementOptions,
  meanOptions,
  varianceOptions,
  type ArgumentOptions,
  type ElementOptions,
  type MeanOptions,
  type SumOptions,
  type VarianceOptions,
} from "./reduction-options.ts";
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

export function nanmax(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return extreme(
    asValue(x),
    withOption<ElementOptions, "axis">("nanmax", elementOptions, "axis", axis, options),
    max,
    -Infinity,
  );
}

export function nanmin(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return extreme(
    asValue(x),
    withOption<ElementOptions, "axis">("nanmin", elementOptions, "axis", axis, options),
    min,
    Infinity,
  );
}

function extreme(value: Value, options: ElementOptions, reduce: typeof max, worst: number): Value {
  if (!canBeNaN(value)) return reduce(value, options);
  const found = reduce(without(value, worst), options);
  // What was begun with is a number, whatever the elements are.
  if (options.initial !== undefined) return found;
  return where(all(isnan(value), options), Number.NaN, found);
}

export function nanargmax(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "nanargmax",
    asValue(x),
    withOption<ArgumentOptions, "axis">("nanargmax", argumentOptions, "axis", axis, options),
    argmax,
    -Infinity,
  );
}

export function nanargmin(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "nanargmin",
    asValue(x),
    withOption<ArgumentOptions, "axis">("nanargmin", argumentOptions, "axis", axis, options),
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

/** The elements that are not NaN, of those that count. */
function knownAmong(value: Value, mask: ArrayLike | undefined): Value {
  const known = logical_not(isnan(value));
  return mask === undefined ? known : logical_and(known, mask);
}

export function nanmean(x: ArrayLike, axis?: Axes | MeanOptions, options?: MeanOptions): Value {
  const own = withOption<MeanOptions, "axis">("nanmean", meanOptions, "axis", axis, options);
  const value = asValue(x);
  if (!canBeNaN(value)) return mean(value, own);
  requireInexact("nanmean", own.dtype);
  return mean(value, { ...own, where: knownAmong(value, own.where) });
}

export function nanvar(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  const own = withOption<VarianceOptions, "axis">("nanvar", varianceOptions, "axis", axis, options);
  const value = asValue(x);
  if (!canBeNaN(value)) return variance(value, own);
  requireInexact("nanvar", own.dtype);
  const known = knownAmong(value, own.where);
  const found = variance(value, { ...own, where: known });
  const { ddof = 0, correction = ddof, axis: along = null, keepdims = false } = own;
  const number = sum(operations.cast(broadcastTo(known, value.shape), "int64"), { axis: along, keepdims });
  return where(less_equal(number, correction), Number.NaN, found);
}

/** @throws DTypeError for integers, which can't say that no element is known. */
function requireInexact(name: string, dtype: DType | undefined): void {
  if (dtype !== undefined && !isInexact(dtype)) throw new DTypeError(`${name}: ${dtype} can't hold NaN`);
}

export function nanstd(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  return operations.sqrt(nanvar(x, axis, options));
}
