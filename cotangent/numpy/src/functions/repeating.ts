// Elements repeated, put in and left out.
import { operations, ShapeError, showAval, sizeOf, type Value, type OptionNames } from "@cotangent/core";
import { asIntegers, asValue, broadcastTo, stored, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxes, normalizeAxis, withOption, type Axes } from "./axes.ts";
import { asShape, reshaped, section, type ShapeLike } from "./moving.ts";
import { asIndices, IndexError, integerArray, numbersIn, placesOfTrue, rowNumber, takeAlong } from "./rows.ts";
import { moveaxis } from "./shaping.ts";
import { Slice } from "./indexing.ts";
import { settingsOf, type Settings } from "./settings.ts";

interface AxisOption {
  readonly axis?: number | null;
}

const axisOption: OptionNames<AxisOption> = { axis: true };

/** The array as often along each axis. */
export function tile(x: ArrayLike, repetitions: ArrayLike): Value {
  const value = asValue(x);
  const given = asShape("tile", repetitions);
  const ndim = Math.max(value.ndim, given.length);
  const times = [...count(ndim - given.length).map(() => 1), ...given];
  const shape = [...count(ndim - value.ndim).map(() => 1), ...value.shape];
  // Each axis is split into repetitions and what is repeated.
  const wide = shape.flatMap((length, axis) => [times[axis] ?? 1, length]);
  const own = shape.flatMap((length) => [1, length]);
  return reshaped(
    broadcastTo(reshaped(value, own), wide),
    shape.map((length, axis) => length * (times[axis] ?? 1)),
  );
}

/** Each element as often, along an axis, or, without one, in the order of `ravel`. */
export function repeat(x: ArrayLike, repeats: ArrayLike, axis?: number | null | AxisOption): Value {
  const { axis: given = null } = withOption<AxisOption, "axis">("repeat", axisOption, "axis", axis, undefined);
  const value = asValue(x);
  const flat = given === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  const own = normalizeAxis("repeat", given ?? 0, flat.ndim);
  const length = flat.shape[own] ?? 0;
  const times = asIntegers("repeat", repeats);
  if (times.some((each) => each < 0)) throw new RangeError("repeat: nothing can be repeated less than 0 times");
  if (times.length !== 1 && times.length !== length) {
    throw new ShapeError(`repeat(${showAval(value)}): ${times.length} repetitions don't fit ${length} elements`);
  }
  const [all = 0] = times;
  if (times.length === 1) {
    const wide = flat.shape.toSpliced(own + 1, 0, all);
    const each = reshaped(flat, flat.shape.toSpliced(own + 1, 0, 1));
    return reshaped(broadcastTo(each, wide), flat.shape.with(own, length * all));
  }
  const places = times.flatMap((number, place) => count(number).map(() => place));
  return takeAlong(flat, integerArray(places), own);
}

/** Places of an axis: a number, several, a slice. */
export type Places = number | ArrayLike | Slice;

/** With values put in before these places along an axis, or, without one, in the order of `ravel`. */
export function insert(x: ArrayLike, places: Places, values: ArrayLike, axis?: number | null | AxisOption): Value {
  const [value, own] = alongAxis("insert", x, axis);
  const length = value.shape[own] ?? 0;
  const at = placesIn("insert", places, length, true);
  const isOne = !(places instanceof Slice) && asValue(places).ndim === 0;
  const added = stored("insert", values, value.dtype);
  const rows = insertedRows(added, value, own, at.length, isOne);
  const number = rows.shape[own] ?? 0;
  // Where several are put in before one place, they keep their order.
  const before = count(number).map((each) => (at.length === 1 ? at[0] : at[each]) ?? 0);
  const order = before.map((place, each) => ({ place, each })).toSorted((a, b) => a.place - b.place || a.each - b.each);
  const sources: number[] = [];
  let next = 0;
  for (const { place, each } of order) {
    while (next < place) sources.push(next++);
    sources.push(length + each);
  }
  while (next < length) sources.push(next++);
  return takeAlong(operations.concatenate([value, rows], own), integerArray(sources), own);
}

/** The values with the shape of the array, but for the axis along which they are put in. */
function insertedRows(added: Value, value: Value, axis: number, places: number, isOne: boolean): Value {
  const missing = Math.max(value.ndim - added.ndim, 0);
  const full = reshaped(added, [...count(missing).map(() => 1), ...added.shape]);
  if (places !== 1) return broadcastTo(full, value.shape.with(axis, places));
  // For one place as many are put in as there are values; for a single number they are counted along the first axis.
  const own = isOne ? moveaxis(full, 0, axis) : full;
  return broadcastTo(own, value.shape.with(axis, own.shape[axis] ?? 1));
}

function alongAxis(name: string, x: ArrayLike, axis: number | null | AxisOption | undefined): readonly [Value, number] {
  const { axis: given = null } = withOption<AxisOption, "axis">(name, axisOption, "axis", axis, undefined);
  const value = asValue(x);
  const flat = given === null ? reshaped(value, [value.size]) : value;
  return [flat, normalizeAxis(name, given ?? 0, flat.ndim)];
}

function placesIn(name: string, places: Places, length: number, mayBeEnd: boolean): readonly number[] {
  if (places instanceof Slice) {
    const { start, count: number, step } = places.indices(length);
    return count(number).map((each) => start + each * step);
  }
  const value = asValue(places);
  if (value.dtype !== "bool")
    return numbersIn(asIndices(name, value, IndexError)).map((each) => placeIn(name, each, length, mayBeEnd));
  if (!mayBeEnd && (value.ndim !== 1 || value.size !== length))
    throw new ShapeError(`${name}: the mask ${showAval(value)} doesn't fit ${length} elements`);
  return [...placesOfTrue(value)];
}

function placeIn(name: string, place: number, length: number, mayBeEnd: boolean): number {
  return mayBeEnd && place === length ? place : rowNumber(name, place, length);
}

/** Without the elements at these places along an axis, or, without one, in the order of `ravel`. */
function without(x: ArrayLike, places: Places, axis?: number | null | AxisOption): Value {
  const [value, own] = alongAxis("delete", x, axis);
  const length = value.shape[own] ?? 0;
  const isLeft = new Uint8Array(length).fill(1);
  for (const place of placesIn("delete", places, length, false)) isLeft[place] = 0;
  return takeAlong(value, integerArray(placesOfTrue(asValue(isLeft))), own);
}
export { without as delete };

/** With another number of elements: repeated in the order of `ravel` as often as it takes. */
export function resize(x: ArrayLike, shape: ShapeLike): Value {
  const value = asValue(x);
  const lengths = asShape("resize", shape);
  const size = sizeOf(lengths);
  if (value.size === 0) return value.backend.full(lengths, 0, value.dtype);
  const flat = reshaped(value, [value.size]);
  const all = tile(flat, [Math.max(Math.ceil(size / value.size), 1)]);
  return reshaped(section(all, 0, 0, size), lengths);
}

interface TrimOptions {
  /** Where zeros are left out: in front, at the back. */
  readonly trim?: string;
  readonly axis?: Axes;
}

/** Without the zeros before the first other element ("f") and after the last ("b"). */
export function trim_zeros(x: ArrayLike, ...args: Settings<TrimOptions, ["trim", "axis"]>): Value {
  const { trim: given = "fb", axis: axes } = settingsOf<TrimOptions>("trim_zeros", { trim: "text", axis: true }, args);
  const trim = given.toLowerCase();
  if (!/^[fb]+$/u.test(trim)) throw new RangeError(`trim_zeros: ${JSON.stringify(given)} is not made of "f" and "b"`);
  let value = asValue(x);
  const others = placesOfTrue(operations.notEqual(value, 0));
  const { shape } = value;
  for (const axis of normalizeAxes("trim_zeros", axes, value.ndim)) {
    const stride = sizeOf(shape.slice(axis + 1));
    const length = shape[axis] ?? 0;
    let [first, end] = [length, 0];
    for (const each of others) {
      const place = Math.floor(each / stride) % length;
      first = Math.min(first, place);
      end = Math.max(end, place + 1);
    }
    const front = trim.includes("f") ? first : 0;
    value = section(value, axis, front, Math.max(trim.includes("b") ? end : length, front));
  }
  return value;
}
