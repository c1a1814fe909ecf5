// Quantiles of elements along axes: of their order, which has no derivative, and of the elements in this order.
import {
  bind,
  isComplex,
  isInexact,
  operations,
  primitives,
  showAval,
  DTypeError,
  sizeOf,
  type DType,
  type Value,
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

/** How a quantile that falls between two elements is found, by NumPy's names. */
export type QuantileMethod = keyof typeof methods;

/** What parts of the elements are below the place of a quantile, and how it is rounded. */
interface Method {
  /** The place that quantile q has among n elements, counted from 0. */
  readonly place: (q: Value, n: Value) => Value;
  /** The part of the way from the element below to the one above. */
  readonly weight?: (place: Value, below: Value) => Value;
}

const { add, sub, mul, floor } = operations;

/** The place nq + α + q(1 - α - β) - 1. */
function continuous(alpha: number, beta: number): Method {
  return { place: (q, n) => sub(add(add(mul(n, q), alpha), mul(q, 1 - alpha - beta)), 1) };
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

const methods = {
  linear,
  lower: { place: (q, n) => floor(linear.place(q, n)) },
  higher: { place: (q, n) => ceiling(linear.place(q, n)) },
  nearest: { place: (q, n) => toEven(linear.place(q, n)) },
  midpoint: { place: linear.place, weight: midway },
  inverted_cdf: { place: (q, n) => sub(mul(n, q), 1), weight: isAbove },
  averaged_inverted_cdf: {
    place: (q, n) => sub(mul(n, q), 1),
    weight: (place, below) =>
      sub(1, operations.select(operations.greater(place, below), 0, broadcastTo(half(place), place.shape))),
  },
  closest_observation: {
    place: (q, n) => sub(sub(mul(n, q), 1), 0.5),
    weight: (place, below) => {
      const isOdd = operations.equal(sub(below, mul(floor(mul(below, 0.5)), 2)), 1);
      const isExact = operations.equal(place, below);
      return operations.select(operations.logicalAnd(isExact, isOdd), 0, ones(place));
    },
  },
  interpolated_inverted_cdf: continuous(0, 1),
  hazen: continuous(0.5, 0.5),
  weibull: continuous(0, 0),
  median_unbiased: continuous(1 / 3, 1 / 3),
  normal_unbiased: continuous(3 / 8, 3 / 8),
} satisfies Readonly<Record<string, Method>>;

function ones(like: Value): Value {
  return operations.onesLike(like);
}

function half(like: Value): Value {
  return mul(operations.onesLike(like), 0.5);
}

const discrete: ReadonlySet<string> = new Set(["lower", "higher", "nearest", "inverted_cdf", "closest_observation"]);

export interface QuantileOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
  readonly method?: QuantileMethod;
  /** How often elements count; only with `inverted_cdf`. */
  readonly weights?: ArrayLike;
}

type AxisOrOptions = Axes | QuantileOptions;

/** The value below which a part q of the elements lies. For an array of parts, its axes come first. */
export function quantile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf("quantile", x, q, 1, withOption<QuantileOptions, "axis">("axis", axis, options), false);
}

/** As `quantile`, with percents. */
export function percentile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf("percentile", x, q, 100, withOption<QuantileOptions, "axis">("axis", axis, options), false);
}

/** As `quantile`, of the elements that are not NaN. */
export function nanquantile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf("nanquantile", x, q, 1, withOption<QuantileOptions, "axis">("axis", axis, options), true);
}

export function nanpercentile(x: ArrayLike, q: ArrayLike, axis?: AxisOrOptions, options?: QuantileOptions): Value {
  return quantileOf("nanpercentile", x, q, 100, withOption<QuantileOptions, "axis">("axis", axis, options), true);
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
  const parts = partsOf(name, q, whole, value.dtype);
  const axes = normalizeAxes(name, axis, value.ndim);
  const keepsDType = discrete.has(method);
  const dtype = keepsDType ? value.dtype : quotientOf(value.dtype);
  const rows = operations.cast(flattened(value, axes), dtype);
  const result = keepsDType ? dtype : promoteTypes(dtype, parts.dtype);
  const flatParts = reshaped(parts, [parts.size]);
  const found =
    weights === undefined
      ? ofRows(rows, flatParts, methods[method], skipsNaN, result)
      : weightedRows(
          rows,
          flattened(broadcastTo(weightsOf(asValue(weights), value, axes), value.shape), axes),
          flatParts,
        );
  // The parts are the last axis of the rows' results; they come first.
  const moved = moveaxis(found, -1, 0);
  return shapedLike(moved, value, axes, parts, keepdims);
}

/** The parts as floats: a single number is one of the elements' dtype, if that is one of floats. */
function partsOf(name: string, q: ArrayLike, whole: number, dtype: DType): Value {
  const operand = asOperand(q);
  const own = isScalar(operand) ? quotientOf(dtype) : quotientOf(operand.dtype);
  const parts = isScalar(operand) ? asValue(Number(operand), own) : operations.cast(operand, own);
  const isOut = (each: number) => !(each >= 0 && each <= whole);
  const known = knownArray(parts);
  if (known !== null && numbersIn(known).some(isOut))
    throw new RangeError(`${name}: not all of q are between 0 and ${whole}`);
  return whole === 1 ? parts : operations.div(parts, whole);
}

function weightsOf(weights: Value, value: Value, axes: readonly number[]): Value {
  if (weights.ndim === value.ndim) return weights;
  return reshaped(
    weights,
    value.shape.map((length, axis) => (axes.includes(axis) ? length : 1)),
  );
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
function ofRows(rows: Value, parts: Value, { place, weight }: Method, skipsNaN: boolean, dtype: DType): Value {
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
  const between = mixed(
    dtype,
    low,
    elements(operations.minimum(add(below, 1), limit)),
    weightOf(weight, exact, inside, below),
  );
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
  if (!isInexact(dtype)) return operations.select(operations.greater(weight, 0.5), high, low);
  const difference = sub(high, low);
  // Between equal infinities there is no difference, and an infinite one times 0 would be NaN.
  const isNear = operations.logicalOr(operations.equal(weight, 0), operations.equal(low, high));
  const isNothing = operations.logicalAnd(operations.logicalNot(isfinite(difference)), isNear);
  const step = operations.cast(operations.select(isNothing, 0, difference), dtype);
  const part = operations.cast(weight, dtype);
  const fromLow = add(operations.cast(low, dtype), mul(step, part));
  const fromHigh = sub(operations.cast(high, dtype), mul(step, sub(1, part)));
  // From the nearer end, which takes less rounding.
  return operations.select(operations.less(weight, 0.5), fromLow, operations.select(isNothing, fromLow, fromHigh));
}

/** The first element up to which a part of the weights lies. */
function weightedRows(rows: Value, weights: Value, parts: Value): Value {
  const axis = rows.ndim - 1;
  const order = orderAlong(rows, axis);
  const sums = operations.cumsum(operations.cast(takeInRows(weights, order, axis), "float64"), axis);
  const length = rows.shape[axis] ?? 0;
  const total = section(sums, axis, length - 1, length);
  const wide = [...rows.shape, parts.size];
  const goals = mul(
    broadcastTo(reshaped(parts, [...rows.shape.map(() => 1), parts.size]), wide),
    broadcastTo(reshaped(total, [...total.shape, 1]), wide),
  );
  const isBelow = operations.less(broadcastTo(reshaped(sums, [...sums.shape, 1]), wide), goals);
  const places = operations.sum(operations.cast(isBelow, "int64"), [axis]);
  return takeInRows(takeInRows(rows, order, axis), places, axis);
}

export interface MedianOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
}

/** The element in the middle, or the mean of the two there. */
export function median(x: ArrayLike, axis?: Axes | MedianOptions, options?: MedianOptions): Value {
  return medianOf("median", x, withOption<MedianOptions, "axis">("axis", axis, options), false);
}

export function nanmedian(x: ArrayLike, axis?: Axes | MedianOptions, options?: MedianOptions): Value {
  return medianOf("nanmedian", x, withOption<MedianOptions, "axis">("axis", axis, options), true);
}

function medianOf(name: string, x: ArrayLike, { axis, keepdims }: MedianOptions, skipsNaN: boolean): Value {
  const value = asValue(x);
  const axes = normalizeAxes(name, axis, value.ndim);
  const rows = operations.cast(flattened(value, axes), quotientOf(value.dtype));
  if (rows.shape.at(-1) === 0)
    return operations.div(kept(operations.sum(operations.cast(value, rows.dtype), axes), value, axes, keepdims), 0);
  const found = ofRows(rows, asValue([0.5]), linear, skipsNaN, rows.dtype);
  const others = reshaped(found, found.shape.slice(0, -1));
  return kept(others, value, axes, keepdims);
}
