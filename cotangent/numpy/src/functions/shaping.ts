// The same elements under another shape, or in another order of axes.
import {
  operations,
  sameShape,
  ShapeError,
  showAval,
  sizeOf,
  type Shape,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import * as views from "../views.ts";
import {
  asInteger,
  asIntegers,
  asValue,
  broadcastTo as broadcastValue,
  commonShape,
  type ArrayLike,
} from "./arguments.ts";
import { count, isListOfAxes, normalizeAxes, normalizeAxis, reducedAxes, withOption, type Axes } from "./axes.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { asCube, asMatrix, asShape, permuted, reshaped, section, type ShapeLike } from "./moving.ts";

/** The order in which elements are counted: rows first, or columns first. */
export type Order = "C" | "F" | "A" | "K";

interface OrderOption {
  readonly order?: Order;
}

export function shape(x: ArrayLike): number[] {
  return [...asValue(x).shape];
}

export function ndim(x: ArrayLike): number {
  return asValue(x).ndim;
}

/** The number of elements, in all or along some axes. */
export function size(x: ArrayLike, axis?: Axes | AxisOption): number {
  const value = asValue(x);
  const { axis: given } = withOption<AxisOption, "axis">("size", axisOption, "axis", axis, undefined);
  if (given === undefined || given === null) return value.size;
  return sizeOf(normalizeAxes("size", given, value.ndim).map((each) => value.shape[each] ?? 0));
}

export function reshape(x: ArrayLike, newShape: ShapeLike, order: Order | OrderOption = "C"): Value {
  const value = asValue(x);
  return arranged("reshape", value, asIntegers("reshape", newShape), order);
}

function arranged(name: string, value: Value, lengths: readonly number[], order: Order | OrderOption): Value {
  const target = wholeShape(value, lengths);
  if (orderOf(name, order) !== "F") return sameShape(target, value.shape) ? value : operations.reshape(value, target);
  return reversed(operations.reshape(reversed(value), target.toReversed()));
}

const orderOption: OptionNames<OrderOption> = { order: ["C", "F", "A", "K"] };

function orderOf(name: string, order: Order | OrderOption): Order {
  return withOption<OrderOption, "order">(name, orderOption, "order", order, undefined).order ?? "C";
}

function wholeShape(value: Value, lengths: readonly number[]): Shape {
  const known = sizeOf(lengths.filter((length) => length !== -1));
  const open = lengths.filter((length) => length === -1).length;
  const rest = open === 0 ? 1 : value.size / known;
  const fits =
    open <= 1 && Number.isInteger(rest) && known * rest === value.size && lengths.every((each) => each >= -1);
  if (!fits) throw new ShapeError(`reshape(${showAval(value)}): its elements don't fill [${lengths.join(", ")}]`);
  return lengths.map((length) => (length === -1 ? rest : length));
}

/** With the order of axes reversed. */
function reversed(value: Value): Value {
  return value.ndim < 2 ? value : operations.transpose(value, count(value.ndim).toReversed());
}

export function ravel(x: ArrayLike, order: Order | OrderOption = "C"): Value {
  return arranged("ravel", asValue(x), [-1], order);
}

interface AxesOption {
  readonly axes?: readonly number[] | null;
}

const axesOption: OptionNames<AxesOption> = { axes: true };

/** With the axes in another order: reversed, if none is given. */
export function transpose(
  x: ArrayLike,
  axes?: readonly number[] | { readonly axes?: readonly number[] } | null,
): Value {
  const value = asValue(x);
  const { axes: given } = withOption<AxesOption, "axes">("transpose", axesOption, "axes", axes, undefined);
  if (given === undefined || given === null) return reversed(value);
  if (!isListOfAxes(given)) throw new TypeError(`transpose: axes are a list, such as [1, 0], not ${String(given)}`);
  if (given.length !== value.ndim)
    throw new ShapeError(`transpose(${showAval(value)}): [${given.join(", ")}] does not have its axes`);
  return permuted(value, normalizeAxes("transpose", given, value.ndim));
}
export const permute_dims = transpose;

/** With the last two axes exchanged. */
export function matrix_transpose(x: ArrayLike): Value {
  const value = asValue(x);
  if (value.ndim < 2) throw new ShapeError(`matrix_transpose(${showAval(value)}): a matrix has at least two axes`);
  return swapaxes(value, -1, -2);
}

export function swapaxes(x: ArrayLike, axis1: number, axis2: number): Value {
  const value = asValue(x);
  const first = normalizeAxis("swapaxes", axis1, value.ndim);
  const second = normalizeAxis("swapaxes", axis2, value.ndim);
  return permuted(value, count(value.ndim).with(first, second).with(second, first));
}

/** Moves axes to other places. */
export function moveaxis(
  x: ArrayLike,
  source: number | readonly number[],
  destination: number | readonly number[],
): Value {
  const value = asValue(x);
  const from = normalizeAxes("moveaxis", source, value.ndim);
  const to = normalizeAxes("moveaxis", destination, value.ndim);
  if (from.length !== to.length) throw new RangeError("moveaxis: there are not as many destinations as sources");
  const order = count(value.ndim).filter((axis) => !from.includes(axis));
  const moves = to.map((place, each) => [place, from[each] ?? 0] as const).toSorted(([a], [b]) => a - b);
  for (const [place, axis] of moves) order.splice(place, 0, axis);
  return permuted(value, order);
}

interface StartOption {
  readonly start?: number;
}

/** Moves an axis back until it comes before `start`. */
export function rollaxis(x: ArrayLike, axis: number, ...args: Settings<StartOption, ["start"]>): Value {
  const { start = 0 } = settingsOf<StartOption>("rollaxis", { start: "integer" }, args);
  const value = asValue(x);
  const from = normalizeAxis("rollaxis", axis, value.ndim);
  const before = start < 0 ? start + value.ndim : start;
  if (before < 0 || before > value.ndim) throw new RangeError(`rollaxis: start ${start} is out of bounds`);
  const order = count(value.ndim).filter((each) => each !== from);
  return permuted(value, order.toSpliced(from < before ? before - 1 : before, 0, from));
}

interface AxisOption {
  readonly axis?: Axes;
}

const axisOption: OptionNames<AxisOption> = { axis: true };

/** Without axes of length 1. */
export function squeeze(x: ArrayLike, axis?: Axes | AxisOption): Value {
  const value = asValue(x);
  const { axis: given } = withOption<AxisOption, "axis">("squeeze", axisOption, "axis", axis, undefined);
  const dropped =
    given === undefined || given === null
      ? count(value.ndim).filter((each) => value.shape[each] === 1)
      : reducedAxes("squeeze", given, value.ndim);
  if (dropped.some((each) => value.shape[each] !== 1)) {
    throw new ShapeError(`squeeze(${showAval(value)}): not all of axes [${dropped.join(", ")}] have length 1`);
  }
  return reshaped(
    value,
    value.shape.filter((_, each) => !dropped.includes(each)),
  );
}

/** With axes of length 1 at these places of the result. */
export function expand_dims(x: ArrayLike, axis: number | readonly number[] | AxisOption): Value {
  const value = asValue(x);
  const { axis: given = 0 } = withOption<AxisOption, "axis">("expand_dims", axisOption, "axis", axis, undefined);
  const added = given === null ? 0 : typeof given === "number" ? 1 : given.length;
  const places = normalizeAxes("expand_dims", given, value.ndim + added);
  let own = 0;
  return reshaped(
    value,
    count(value.ndim + added).map((each) => (places.includes(each) ? 1 : (value.shape[own++] ?? 1))),
  );
}

export function atleast_1d(...xs: readonly ArrayLike[]): Value | readonly Value[] {
  return eachOf(xs, (value) => (value.ndim === 0 ? reshaped(value, [1]) : value));
}

export function atleast_2d(...xs: readonly ArrayLike[]): Value | readonly Value[] {
  return eachOf(xs, asMatrix);
}

export function atleast_3d(...xs: readonly ArrayLike[]): Value | readonly Value[] {
  return eachOf(xs, asCube);
}

function eachOf(xs: readonly ArrayLike[], f: (value: Value) => Value): Value | readonly Value[] {
  const results = xs.map((each) => f(asValue(each)));
  const [only] = results;
  return results.length === 1 && only !== undefined ? only : results;
}

export function broadcast_to(x: ArrayLike, target: ShapeLike): Value {
  return broadcastValue(asValue(x), asShape("broadcast_to", target));
}

export function broadcast_arrays(...xs: readonly ArrayLike[]): readonly Value[] {
  const values = xs.map((each) => asValue(each));
  const shape = commonShape("broadcast_arrays", values);
  return values.map((each) => broadcastValue(each, shape));
}

export function broadcast_shapes(...shapes: readonly ShapeLike[]): Shape {
  return views.broadcastShapes(...shapes.map((each) => asShape("broadcast_shapes", each)));
}

/** With elements in reversed order along axes, or along all. */
export function flip(x: ArrayLike, axis?: Axes | AxisOption): Value {
  const value = asValue(x);
  const { axis: given } = withOption<AxisOption, "axis">("flip", axisOption, "axis", axis, undefined);
  const axes = normalizeAxes("flip", given, value.ndim);
  if (axes.length === 0) return value;
  const start = value.shape.map((length, each) => (axes.includes(each) ? Math.max(length - 1, 0) : 0));
  const step = value.shape.map((_, each) => (axes.includes(each) ? -1 : 1));
  return operations.slice(value, start, value.shape, step);
}

export function flipud(x: ArrayLike): Value {
  return flip(x, 0);
}

export function fliplr(x: ArrayLike): Value {
  return flip(x, 1);
}

interface TurnOptions {
  readonly k?: number;
  /** The plane to turn in. */
  readonly axes?: readonly [number, number];
}

/** Turned by 90° k times, from the first of two axes towards the second. */
export function rot90(x: ArrayLike, ...args: Settings<TurnOptions, ["k", "axes"]>): Value {
  const { k = 1, axes = [0, 1] } = settingsOf<TurnOptions>("rot90", { k: true, axes: true }, args);
  const value = asValue(x);
  const [first = 0, second = 1] = normalizeAxes("rot90", axes, value.ndim);
  const turns = ((asInteger("rot90", k) % 4) + 4) % 4;
  if (turns === 0) return value;
  if (turns === 2) return flip(value, [first, second]);
  return turns === 1 ? swapaxes(flip(value, second), first, second) : flip(swapaxes(value, first, second), second);
}

/** Elements shifted along axes, those at the end to the beginning; without an axis, in the order of `ravel`. */
export function roll(x: ArrayLike, shift: number | readonly number[], axis?: Axes | AxisOption): Value {
  const value = asValue(x);
  const { axis: given } = withOption<AxisOption, "axis">("roll", axisOption, "axis", axis, undefined);
  const shifts = asIntegers("roll", shift);
  if (given === undefined || given === null) {
    const flat = reshaped(value, [value.size]);
    return reshaped(
      shifts.reduce((each, by) => rolled(each, 0, by), flat),
      value.shape,
    );
  }
  const axes = (typeof given === "number" ? [given] : given).map((each) => normalizeAxis("roll", each, value.ndim));
  if (axes.length === 0) return value;
  const times = Math.max(axes.length, shifts.length);
  if ([axes, shifts].some(({ length }) => length !== 1 && length !== times))
    throw new ShapeError(`roll: ${shifts.length} shifts don't fit ${axes.length} axes`);
  return count(times).reduce((each, place) => rolled(each, oneOf(axes, place), oneOf(shifts, place)), value);
}

/** The number at a place, or the only one. */
function oneOf(list: readonly number[], place: number): number {
  return (list.length === 1 ? list[0] : list[place]) ?? 0;
}

function rolled(value: Value, axis: number, by: number): Value {
  const length = value.shape[axis] ?? 0;
  const first = length === 0 ? 0 : ((asInteger("roll", by) % length) + length) % length;
  if (first === 0) return value;
  return operations.concatenate(
    [section(value, axis, length - first, length), section(value, axis, 0, length - first)],
    axis,
  );
}
