// Places in sorted arrays, and values between their elements.
import {
  DTypeError,
  isComplex,
  operations,
  sameShape,
  ShapeError,
  showAval,
  Traced,
  type OptionNames,
  type Value,
} from "@cotangent/core";
import { asContiguous } from "../copies.ts";
import { fromTyped, type NDArray } from "../ndarray.ts";
import { aligned, asValue, broadcastTo, concreteArray, ofOneDType, type ArrayLike } from "./arguments.ts";
import { reshaped } from "./moving.ts";
import { argsort } from "./ordering.ts";
import { remainder } from "./pairs.ts";
import { asIndices, integerArray, rowNumbers, takeFlat } from "./rows.ts";
import { where } from "./selecting.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { flip } from "./shaping.ts";
import { concatenate } from "./joining.ts";
import { withOption } from "./axes.ts";

/** Before (left) or after (right) equal elements. */
export type Side = "left" | "right";

interface SearchOptions {
  readonly side?: Side;
  /** The order of the array, if it is not sorted. */
  readonly sorter?: ArrayLike | null;
}

const searchOptions: OptionNames<SearchOptions> = { side: ["left", "right"], sorter: true };

/** Before which elements of a sorted array values belong, so that it stays sorted. */
export function searchsorted(
  sorted: ArrayLike,
  values: ArrayLike,
  side: Side | SearchOptions = "left",
  sorter?: ArrayLike | null,
): Value {
  const named = withOption<SearchOptions, "side">("searchsorted", searchOptions, "side", side, undefined);
  const options: SearchOptions = { sorter: sorter ?? null, ...named };
  const [all, wanted] = ofOneDType([asValue(sorted), asValue(values)]) as [Value, Value];
  if (all.ndim !== 1) throw new ShapeError(`searchsorted(${showAval(all)}): the sorted array is a vector`);
  const order = options.sorter ?? null;
  const own = order === null ? all : inOrder(all, asIndices("searchsorted", order));
  return placesIn(own, wanted, options.side ?? "left");
}

function inOrder(value: Value, order: Value): Value {
  if (!sameShape(order.shape, value.shape))
    throw new ShapeError(`searchsorted(${showAval(value)}): the order ${showAval(order)} is another length`);
  return takeFlat(value, rowNumbers("searchsorted", order, value.size));
}

/** The places (int64) of values in a sorted vector. */
function placesIn(sorted: Value, values: Value, side: Side): Value {
  if (!(sorted instanceof Traced) && !(values instanceof Traced) && !isComplex(sorted.dtype)) {
    return bisected(sorted, values, side);
  }
  // What is traced is compared with all elements.
  const wide = [...values.shape, sorted.size];
  const each = broadcastTo(reshaped(operations.stopGradient(values), [...values.shape, 1]), wide);
  const all = broadcastTo(operations.stopGradient(sorted), wide);
  const isBelow = side === "left" ? operations.less(all, each) : operations.lessEqual(all, each);
  return operations.sum(operations.cast(isBelow, "int64"), [values.ndim]);
}

/** By halves, with 64-bit integers as bigints where the array has them. */
function bisected(sorted: Value, values: Value, side: Side): NDArray {
  const [all, wanted] = [sorted, values].map((each) => asContiguous(concreteArray(each))) as [NDArray, NDArray];
  const isBefore = side === "left" ? precedes : follows;
  const places = new BigInt64Array(wanted.size);
  const [elements, searched] = [all.data, wanted.data];
  const end = all.offset + all.size;
  for (let each = 0; each < wanted.size; each++) {
    const value = searched[wanted.offset + each] ?? 0;
    let [low, high] = [all.offset, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(elements[middle] ?? 0, value)) low = middle + 1;
      else high = middle;
    }
    places[each] = BigInt(low - all.offset);
  }
  return fromTyped(places, "int64", values.shape);
}

/** NaN comes last. */
function precedes(x: number | bigint, y: number | bigint): boolean {
  return x < y || (Number.isNaN(y) && !Number.isNaN(x));
}

/** Whether what equals y, or comes after it, comes after x. */
function follows(x: number | bigint, y: number | bigint): boolean {
  return !precedes(y, x);
}

interface DigitizeOptions {
  readonly right?: boolean;
}

/** In which bin values are: bins are half open, on the left if `right`, and may be given in descending order. */
export function digitize(x: ArrayLike, bins: ArrayLike, right: boolean | DigitizeOptions = false): Value {
  const isRight = typeof right === "boolean" ? right : (right.right ?? false);
  const edges = asValue(bins);
  const value = asValue(x);
  const unordered = [value, edges].find((each) => isComplex(each.dtype));
  if (unordered) throw new DTypeError(`digitize(${showAval(unordered)}): complex numbers have no order`);
  if (edges.ndim !== 1) throw new ShapeError(`digitize: bins ${showAval(edges)} are not a vector`);
  const isAscending = areInOrder(edges, (x, y) => x <= y);
  const isDescending = areInOrder(edges, (x, y) => x >= y);
  if (!isAscending && !isDescending) throw new RangeError("digitize: bins are neither ascending nor descending");
  const side = isRight ? "left" : "right";
  if (isAscending) return searchsorted(edges, value, side);
  return operations.sub(asValue(edges.size, "int64"), searchsorted(flip(edges), value, side));
}

/** Whether that holds of neighbours. */
function areInOrder(value: Value, holds: (x: number | bigint, y: number | bigint) => boolean): boolean {
  const array = asContiguous(concreteArray(value));
  const { data, offset, size } = array;
  for (let place = offset + 1; place < offset + size; place++) {
    if (!holds(data[place - 1] ?? 0, data[place] ?? 0)) return false;
  }
  return true;
}

interface InterpOptions {
  /** For x before the first point; the first value, unless given. */
  readonly left?: ArrayLike | null;
  readonly right?: ArrayLike | null;
  /** Points repeat after this distance. */
  readonly period?: number | null;
}

/** Values on the straight lines between points (xp, fp), of which xp ascend. */
export function interp(
  x: ArrayLike,
  xp: ArrayLike,
  fp: ArrayLike,
  ...args: Settings<InterpOptions, ["left", "right", "period"]>
): Value {
  const options = settingsOf<InterpOptions>("interp", { left: true, right: true, period: "number" }, args);
  const [wanted, given, values] = [asValue(x, "float64"), asValue(xp, "float64"), inexact(asValue(fp))];
  if (given.ndim !== 1 || values.ndim !== 1 || given.size !== values.size || given.size === 0) {
    throw new ShapeError(
      `interp: ${showAval(given)} and ${showAval(values)} are not as many points, or there are none`,
    );
  }
  const period = options.period ?? null;
  if (period === null) return interpolated(wanted, given, values, options);
  if (period === 0) throw new RangeError("interp: the period is 0");
  return periodic(wanted, given, values, Math.abs(period));
}

function inexact(value: Value): Value {
  return operations.cast(value, isComplex(value.dtype) ? "complex128" : "float64");
}

function elementAt(value: Value, place: number): Value {
  return takeFlat(value, integerArray([place]));
}

function periodic(x: Value, xp: Value, fp: Value, period: number): Value {
  const inPeriod = remainder(xp, period);
  const order = argsort(inPeriod);
  const [places, values] = [takeFlat(inPeriod, order), takeFlat(fp, order)];
  const last = xp.size - 1;
  const points = concatenate([
    operations.sub(elementAt(places, last), period),
    places,
    operations.add(elementAt(places, 0), period),
  ]);
  return interpolated(
    remainder(x, period),
    points,
    concatenate([elementAt(values, last), values, elementAt(values, 0)]),
    {},
  );
}

function interpolated(x: Value, xp: Value, fp: Value, { left, right }: InterpOptions): Value {
  const last = xp.size - 1;
  const above = placesIn(xp, x, "right");
  const inside = operations.minimum(operations.maximum(operations.sub(above, 1), 0), Math.max(last - 1, 0));
  const next = operations.minimum(operations.add(inside, 1), last);
  const [x0, x1, y0, y1] = [takeFlat(xp, inside), takeFlat(xp, next), takeFlat(fp, inside), takeFlat(fp, next)];
  const width = operations.sub(x1, x0);
  const isPoint = operations.equal(width, 0);
  const part = operations.div(operations.sub(x, x0), operations.select(isPoint, 1, width));
  const line = operations.add(y0, operations.mul(operations.sub(y1, y0), operations.cast(part, fp.dtype)));
  const ends = [xp, fp].map((each) =>
    [0, last].map((place) => reshaped(takeFlat(each, integerArray([place])), [])),
  ) as [[Value, Value], [Value, Value]];
  const [[low, high], [first, final]] = ends;
  const after = where(compared(x, high, operations.greater), right ?? final, line);
  const exact = where(compared(x, high, operations.equal), final, after);
  return where(compared(x, low, operations.less), left ?? first, exact);
}

function compared(x: Value, bound: Value, test: (x: Value, y: Value) => Value): Value {
  const [each, end] = aligned("interp", [x, bound]) as [Value, Value];
  return test(each, end);
}
