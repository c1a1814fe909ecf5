// Quantiles of elements along axes: of their order, which has no derivative, and of the elements in this order.
import {
  bind,
  isComplex,
  isInexact,
  operations,
  primitives,
  showAval,
  DTypeError,
  ShapeError,
  sizeOf,
  type DType,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { promoteTypes } from "../dtype.ts";
import { asOperand, asValue, broadcastTo, isScalar, quotientOf, type ArrayLike, knownArray } from "./arguments.ts";
import { count, normalizeAxes, withOption, type Axes } from "./axes.ts";
import { moveaxis } from "./shaping.ts";
import { permuted, reshaped, section } from "./moving.ts";
import { orderAlong, sortedAlong } from "./order.ts";
import { kept } from "./reducing.ts";
import { numbersIn, takeInRows } from "./rows.ts";
import { isfinite, isnan } from "./elementwise.ts";
import { weightsAlong } from "./weights.ts";

/** How a quantile that falls between two elements is found, by NumPy's names. */
export type QuantileMethod = keyof typeof methods;

/** What parts of the elements are below the place of a quantile, and how it is rounded. */
interface Method {
  /** The place that quantile q has among n elements, counted from 0. */
  readonly place: (q: Value, n: Value) => Value;
  /** The part of the way from the element below to the one above. */
  readonly weight?: (place: Value, below: Value) => Value;
  /** What is taken of the two elements; something between them, unless given. */
  readonly mix?: (low: Value, high: Value, weight: Value) => Value;
}

const { add, sub, mul, floor } = operations;

/** The place nq + α + q(1 - α - β) - 1. */
function continuous(alpha: number, beta: number): Method {
  return { place: (q, n) => sub(add(mul(n, q), add(mul(q, 1 - alpha - beta), alpha)), 1) };
}

function isAbove(place: Value, below: Value): Value {
  return operations.cast(operations.greater(place, below), "float64");
}

function toEven(place: Value): Value {
  return bind(primitives.rint, [operations.stopGradient(place)], {});
}

function ceiling(place: Value): Value {
  return bind(primitives.ceil, [operations.stopGradient(place)], {});
}

const linear: Method = { place: (q, n) => mul(q, sub(n, 1)) };

/** The middle of the way, but for places that are elements. */
function midway(place: Value, below: Value): Value {
  return mul(isAbove(place, below), 0.5);
}

/** One of the two elements: the result has their dtype. */
function nearer(low: Value, high: Value, weight: Value): Value {
  return operations.select(operations.greater(weight, 0.5), high, low);
}

const methods = {
  linear,
  lower: { place: (q, n) => floor(linear.place(q, n)), mix: nearer },
  higher: { place: (q, n) => ceiling(linear.place(q, n)), mix: nearer },
  nearest: { place: (q, n) => toEven(linear.place(q, n)), mix: nearer },
  midpoint: { place: linear.place, weight: midway },
  inverted_cdf: { place: (q, n) => sub(mul(n, q), 1), weight: isAbove, mix: nearer },
  averaged_inverted_cdf: {
    place: (q, n) => sub(mul(n, q), 1),
    weight: (place, below) => add(midway(place, below), 0.5),
  },
  closest_observation: {
    place: (q, n) => sub(sub(mul(n, q), 1), 0.5),
    weight: (place, below) => {
      const isOdd = operations.equal(sub(below, mul(floor(mul(below, 0.5)), 2)), 1);
      const isExact = operations.equal(place, below);
      return operations.cast(operations.logicalNot(operations.logicalAnd(isExact, isOdd)), "float64");
    },
    mix: nearer,
  },
  interpolated_inverted_cdf: continuous(0, 1),
  hazen: continuous(0.5, 0.5),
  weibull: continuous(0, 0),
  median_unbiased: continuous(1 / 3, 1 / 3),
  normal_unbiased: continuous(3 / 8, 3 / 8),
} satisfies Readonly<Record<string, Method>>;

export interface QuantileOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
  readonly method?: QuantileMethod;
  /** How often elements count; only with `inverted_cdf`. */
  readonly weights?: ArrayLike;
}

const quantileOptions: OptionNames<QuantileOptions> = { axis: true, keepdims: true, method: true, weights: true };

type AxisOrOptions = Axes | QuantileOptions;

/** The value below which a part q of the elements lies. For an array of parts, its axes come first. */
export function quantile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf(
    "quantile",
    x,
    q,
    1,
    withOption<QuantileOptions, "axis">("quantile", quantileOptions, "axis", axis, options),
    false,
  );
}

/** As `quantile`, with percents. */
export function percentile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf(
    "percentile",
    x,
    q,
    100,
    withOption<QuantileOptions, "axis">("percentile", quantileOptions, "axis", axis, options),
    false,
  );
}

/** As `quantile`, of the elements that are not NaN. */
export function nanquantile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf(
    "nanquantile",
    x,
    q,
    1,
    withOption<QuantileOptions, "axis">("nanquantile", quantileOptions, "axis", axis, options),
    true,
  );
}

export function nanpercentile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf(
    "nanpercentile",
    x,
    q,
    100,
    withOption<QuantileOptions, "axis">("nanpercentile", quantileOptions, "axis", axis, options),
    true,
  );
}

function quantileOf(
  name: string,
  x: ArrayLike,
  q: ArrayLike,
  whole: number,
  options: QuantileOptions,
  skipsNaN: boolean,
): Value {
  const value = asValue(x);
  if (isComplex(value.dtype)) throw new DTypeError(`${name}(${showAval(value)}): complex numbers have no quantiles`);
  const { axis, keepdims, method = "linear", weights } = options;
  if (!Object.hasOwn(methods, method)) throw new RangeError(`${name}: there is no method ${method}`);
  const own: Method = methods[method];
  const keepsDType = own.mix === nearer;
  if (!keepsDType && value.dtype === "bool")
    throw new DTypeError(`${name}(${showAval(value)}): there is nothing between truth values`);
  const parts = partsOf(name, q, whole);
  const axes = normalizeAxes(name, axis, value.ndim);
  const dtype = keepsDType ? value.dtype : quotientOf(value.dtype);
  const rows = operations.cast(flattened(value, axes), dtype);
  const result = keepsDType || isScalar(asOperand(q)) ? dtype : promoteTypes(dtype, parts.dtype);
  const flatParts = reshaped(parts, [parts.size]);
  if (weights !== undefined && method !== "inverted_cdf")
    throw new RangeError(`${name}: of all methods only "inverted_cdf" takes weights`);
  const found =
    rows.shape.at(-1) === 0
      ? ofNothing(name, rows, flatParts, skipsNaN)
      : weights === undefined
        ? ofRows(rows, flatParts, own, skipsNaN, result)
        : weightedRows(rows, weightRows(name, asValue(weights), value, axis), flatParts, skipsNaN);
  // The parts are the last axis of the rows' results; they come first.
  const moved = moveaxis(found, -1, 0);
  return shapedLike(moved, value, axes, parts, keepdims);
}

/** Quantiles of rows without elements: NaN where NaN is skipped. @throws ShapeError where it is not. */
function ofNothing(name: string, rows: Value, parts: Value, skipsNaN: boolean): Value {
  const shape = [...rows.shape.slice(0, -1), parts.size];
  if (!skipsNaN && sizeOf(shape) > 0) throw new ShapeError(`${name}(${showAval(rows)}): there are no elements`);
  return rows.backend.full(shape, Number.NaN, quotientOf(rows.dtype));
}

/** The parts of 1 as floats. */
function partsOf(name: string, q: ArrayLike, whole: number): Value {
  const value = asValue(q);
  const parts = operations.cast(value, quotientOf(value.dtype));
  const isOut = (each: number) => !(each >= 0 && each <= whole);
  const known = knownArray(parts);
  if (known !== null && numbersIn(known).some(isOut))
    throw new RangeError(`${name}: not all of q are between 0 and ${whole}`);
  return operations.div(parts, whole);
}

/** The weight of each element, in rows as the elements are. */
function weightRows(name: string, weights: Value, value: Value, axis: Axes): Value {
  const all = operations.cast(weightsAlong(name, value, weights, axis), "float64");
  const rows = flattened(all, normalizeAxes(name, axis, value.ndim));
  requireWeights(name, rows);
  return rows;
}

/** @throws RangeError where weights are known to be negative, or to have no sum other than 0. */
function requireWeights(name: string, rows: Value): void {
  const known = knownArray(rows);
  if (known === null) return;
  if (numbersIn(known).some((each) => each < 0)) throw new RangeError(`${name}: a weight is negative`);
  const sums = numbersIn(operations.sum(known, [known.ndim - 1]));
  if (!sums.every((each) => each > 0 && each < Infinity))
    throw new RangeError(`${name}: weights are NaN, infinite or all 0`);
}

/** With the axes that are reduced taken together as the last. */
function flattened(value: Value, axes: readonly number[]): Value {
  const others = count(value.ndim).filter((axis) => !axes.includes(axis));
  const lengths = others.map((axis) => value.shape[axis] ?? 0);
  return reshaped(permuted(value, [...others, ...axes]), [
    ...lengths,
    sizeOf(axes.map((axis) => value.shape[axis] ?? 0)),
  ]);
}

function shapedLike(found: Value, value: Value, axes: readonly number[], parts: Value, keepdims = false): Value {
  const others = value.shape.filter((_, axis) => !axes.includes(axis));
  const rest = keepdims ? value.shape.map((length, axis) => (axes.includes(axis) ? 1 : length)) : others;
  return reshaped(found, [...parts.shape, ...rest]);
}

/** The quantiles of each row, along its last axis. */
function ofRows(rows: Value, parts: Value, { place, weight, mix }: Method, skipsNaN: boolean, dtype: DType): Value {
  const axis = rows.ndim - 1;
  const length = rows.shape[axis] ?? 0;
  const canBeNaN = isInexact(rows.dtype);
  const sorted = sortedAlong(rows, axis);
  const shape = rows.shape.with(axis, parts.size);
  const isMissing = canBeNaN ? operations.cast(isnan(operations.stopGradient(sorted)), "float64") : undefined;
  const missing = isMissing === undefined ? undefined : operations.sum(isMissing, [axis]);
  const known = missing !== undefined && skipsNaN ? reshaped(sub(length, missing), shape.with(axis, 1)) : undefined;
  const total = known === undefined ? broadcastTo(asValue(length, "float64"), shape) : broadcastTo(known, shape);
  const q = broadcastTo(parts, shape);
  const exact = operations.cast(place(q, operations.cast(total, q.dtype)), "float64");
  const limit = operations.maximum(sub(total, 1), 0);
  const inside = operations.minimum(operations.maximum(exact, 0), limit);
  const below = operations.stopGradient(floor(inside));
  const elements = (numbers: Value) => takeInRows(sorted, operations.cast(numbers, "int64"), axis);
  const low = elements(below);
  const high = elements(operations.minimum(add(below, 1), limit));
  const part = weightOf(weight, exact, inside, below);
  const between = mix === undefined ? mixed(dtype, low, high, part) : mix(low, high, part);
  if (missing === undefined) return between;
  const isLost = skipsNaN ? operations.equal(missing, length) : operations.greater(missing, 0);
  return operations.select(broadcastTo(reshaped(isLost, shape.with(axis, 1)), shape), Number.NaN, between);
}

function weightOf(weight: Method["weight"], exact: Value, inside: Value, below: Value): Value {
  if (weight === undefined) return sub(inside, below);
  // Before the first element there is none to mix it with.
  return operations.select(operations.less(exact, 0), 0, weight(operations.maximum(exact, 0), below));
}

function mixed(dtype: DType, low: Value, high: Value, weight: Value): Value {
  const difference = sub(high, low);
  // Between equal infinities there is no difference, and an infinite one times 0 would be NaN.
  const isNear = operations.logicalOr(operations.equal(weight, 0), operations.equal(low, high));
  const isNothing = operations.logicalAnd(operations.logicalNot(isfinite(difference)), isNear);
  const step = operations.cast(operations.select(isNothing, operations.zerosLike(difference), difference), dtype);
  const part = operations.cast(weight, dtype);
  const fromLow = add(operations.cast(low, dtype), mul(step, part));
  const fromHigh = sub(operations.cast(high, dtype), mul(step, sub(1, part)));
  // From the nearer end, which takes less rounding.
  return operations.select(operations.less(weight, 0.5), fromLow, operations.select(isNothing, fromLow, fromHigh));
}

/** The first element up to which a part of the weights lies, but none without weight. */
function weightedRows(rows: Value, weights: Value, parts: Value, skipsNaN: boolean): Value {
  const axis = rows.ndim - 1;
  const length = rows.shape[axis] ?? 0;
  const order = orderAlong(rows, axis);
  const sorted = takeInRows(rows, order, axis);
  const isMissing = isnan(operations.stopGradient(sorted));
  const own = takeInRows(weights, order, axis);
  const sums = operations.cumsum(skipsNaN ? operations.select(isMissing, 0, own) : own, axis);
  const shares = operations.cast(
    operations.div(sums, broadcastTo(section(sums, axis, length - 1, length), sums.shape)),
    parts.dtype,
  );
  const wide = [...rows.shape, parts.size];
  const isBelow = operations.less(
    broadcastTo(reshaped(operations.select(operations.equal(shares, 0), -1, shares), [...rows.shape, 1]), wide),
    broadcastTo(reshaped(parts, [...rows.shape.map(() => 1), parts.size]), wide),
  );
  const places = operations.sum(operations.cast(isBelow, "int64"), [axis]);
  const found = takeInRows(sorted, places, axis);
  if (!isInexact(found.dtype)) return found;
  // NaN is sorted to the end: it is in a row whose last element it is.
  const last = section(sorted, axis, skipsNaN ? 0 : length - 1, skipsNaN ? 1 : length);
  return operations.select(isnan(broadcastTo(last, found.shape)), Number.NaN, found);
}

export interface MedianOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
}

const medianOptions: OptionNames<MedianOptions> = { axis: true, keepdims: true };

/** The element in the middle, or the mean of the two there. */
export function median(x: ArrayLike, axis?: Axes | MedianOptions, options?: MedianOptions): Value {
  return medianOf(
    "median",
    x,
    withOption<MedianOptions, "axis">("median", medianOptions, "axis", axis, options),
    false,
  );
}

export function nanmedian(x: ArrayLike, axis?: Axes | MedianOptions, options?: MedianOptions): Value {
  return medianOf(
    "nanmedian",
    x,
    withOption<MedianOptions, "axis">("nanmedian", medianOptions, "axis", axis, options),
    true,
  );
}

/** The mean of the two elements around the middle, or the one that is there. */
const middle: Method = {
  place: linear.place,
  mix: (low, high, weight) => operations.select(operations.equal(weight, 0), low, mul(add(low, high), 0.5)),
};

function medianOf(name: string, x: ArrayLike, { axis, keepdims }: MedianOptions, skipsNaN: boolean): Value {
  const value = asValue(x);
  const axes = normalizeAxes(name, axis, value.ndim);
  const rows = operations.cast(flattened(value, axes), quotientOf(value.dtype));
  if (rows.shape.at(-1) === 0)
    return operations.div(kept(operations.sum(operations.cast(value, rows.dtype), axes), value, axes, keepdims), 0);
  const found = ofRows(rows, asValue([0.5]), middle, skipsNaN, rows.dtype);
  const others = reshaped(found, found.shape.slice(0, -1));
  return kept(others, value, axes, keepdims);
}
