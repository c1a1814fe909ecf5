// Elements by their numbers along axes, on which all indexing with arrays rests.
import { bind, DTypeError, operations, primitives, sizeOf, Traced, type Shape, type Value } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asContiguous, converted } from "../copies.ts";
import { fromTyped, numbersOf, scalar, type NDArray } from "../ndarray.ts";
import { asValue, concreteArray, type ArrayLike } from "./arguments.ts";
import { lastAxis } from "./axes.ts";
import { permuted, reshaped } from "./moving.ts";

/** An index that an array doesn't have. */
export class IndexError extends RangeError {
  override readonly name = "IndexError";
}

/** What becomes of indices out of range: an error, the index modulo the length, the nearest one. */
export const indexModes = ["raise", "wrap", "clip"] as const;
export type IndexMode = (typeof indexModes)[number];

/** An array of indices as int64. @throws Fault for what is no array of integers: by default a DTypeError. */
export function asIndices(name: string, raw: ArrayLike, Fault: new (message: string) => Error = DTypeError): Value {
  const value = asValue(raw);
  const kind = kindOf(value.dtype);
  if (value.size === 0 && kind === "float") return operations.cast(value, "int64");
  if (kind !== "int" && kind !== "uint" && kind !== "bool") {
    throw new Fault(`${name}: indices are integers, not ${value.dtype}`);
  }
  return operations.cast(value, "int64");
}

/** Row numbers of an axis, none negative, from indices (int64) that may be. @throws IndexError out of range. */
export function rowNumbers(name: string, indices: Value, length: number, mode: IndexMode = "raise"): Value {
  if (indices instanceof Traced) return tracedNumbers(indices, length, mode);
  const numbers = doublesIn(indices);
  if (areWithin(numbers, length)) return indices;
  return integerArray(
    numbers.map((each) => rowNumber(name, each, length, mode)),
    indices.shape,
  );
}

/** Whether numbers are those of rows already. */
function areWithin(numbers: Float64Array, length: number): boolean {
  for (const each of numbers) if (!(each >= 0 && each < length)) return false;
  return true;
}

/** The row number for one index. @throws IndexError out of range. */
export function rowNumber(name: string, index: number, length: number, mode: IndexMode = "raise"): number {
  if (mode === "clip" && length > 0) return Math.min(Math.max(index, 0), length - 1);
  if (mode === "wrap" && length > 0) return ((index % length) + length) % length;
  const row = index < 0 ? index + length : index;
  if (row >= 0 && row < length) return row;
  throw new IndexError(`${name}: index ${index} is out of bounds for an axis of length ${length}`);
}

function tracedNumbers(indices: Value, length: number, mode: IndexMode): Value {
  if (mode === "wrap") return bind(primitives.remainder, [indices, scalar(length, "int64")], {});
  if (mode === "clip") return operations.minimum(operations.maximum(indices, 0), length - 1);
  return operations.select(operations.less(indices, 0), operations.add(indices, length), indices);
}

/** Elements along an axis by their numbers (int64, none negative), whose shape stands in place of the axis. */
export function takeAlong(value: Value, numbers: Value, axis: number): Value {
  if (axis === 0) return operations.take(value, numbers);
  const order = [axis, ...value.shape.map((_, each) => each).filter((each) => each !== axis)];
  const rows = operations.take(permuted(value, order), numbers);
  // The axes of the numbers come first; they go where the axis was.
  const taken = rows.shape.map((_, each) => each);
  const own = taken.splice(0, numbers.ndim);
  return permuted(rows, taken.toSpliced(axis, 0, ...own));
}

/** The elements with these numbers in row-major order. */
export function takeFlat(value: Value, numbers: Value): Value {
  return operations.take(reshaped(value, [value.size]), numbers);
}

/**
 * Numbers in row-major order of the elements at indices along each axis (int64, none negative, of one shape).
 */
export function flatNumbers(indices: readonly Value[], shape: Shape): Value {
  if (indices.every((each) => !(each instanceof Traced))) return concreteNumbers(indices.map(concreteArray), shape);
  return indices
    .map((each, axis) => operations.mul(each, sizeOf(shape.slice(axis + 1, indices.length))))
    .reduce(operations.add);
}

function concreteNumbers(indices: readonly NDArray[], shape: Shape): NDArray {
  const [first] = indices;
  const result = new Float64Array(first?.size ?? 0);
  for (const [axis, each] of indices.entries()) {
    const stride = sizeOf(shape.slice(axis + 1, indices.length));
    const own = doublesIn(each);
    for (let place = 0; place < result.length; place++)
      result[place] = Number(result[place]) + stride * Number(own[place]);
  }
  return integerArray(result, first?.shape ?? []);
}

/** 0, 1, … as int64. */
export function numbered(length: number, start: number = 0, step: number = 1): NDArray {
  const data = new Float64Array(Math.max(length, 0));
  for (let place = 0; place < data.length; place++) data[place] = start + place * step;
  return integerArray(data);
}

/** Numbers as an array of int64. */
export function integerArray(values: readonly number[] | Float64Array, shape: Shape = [values.length]): NDArray {
  // A kernel makes many bigints in the time in which JavaScript makes a few.
  const doubles = values instanceof Float64Array ? values : Float64Array.from(values);
  return converted(fromTyped(doubles, "float64", shape), "int64");
}

/** The numbers of elements other than 0, in row-major order. */
export function placesOfTrue(value: Value): Float64Array {
  const array = asContiguous(concreteArray(operations.cast(value, "bool")));
  const truths = numbersOf(array);
  const places = new Float64Array(array.size);
  let found = 0;
  for (let place = 0; place < array.size; place++) if (truths[array.offset + place] !== 0) places[found++] = place;
  return places.subarray(0, found);
}

/** The elements of a real array as numbers, in row-major order. */
export function numbersIn(value: Value): readonly number[] {
  const numbers: number[] = [];
  for (const each of doublesIn(value)) numbers.push(each);
  return numbers;
}

/** As `numbersIn`, but a typed array. */
export function doublesIn(value: Value): Float64Array {
  const { data, offset, size } = converted(concreteArray(value), "float64");
  return (data as Float64Array).slice(offset, offset + size);
}

/** Elements of each row along an axis, by numbers of the row's elements: of the value's shape but for that axis. */
export function takeInRows(value: Value, numbers: Value, axis: number): Value {
  const [to, back] = lastAxis(value.ndim, axis);
  const rows = permuted(value, to);
  const own = permuted(numbers, to);
  const length = rows.shape.at(-1) ?? 0;
  const count = sizeOf(rows.shape.slice(0, -1));
  const starts = reshaped(numbered(count, 0, length), [...rows.shape.slice(0, -1), 1]);
  const flat = addedTo(own, starts);
  return permuted(takeFlat(rows, flat), back);
}

function addedTo(numbers: Value, starts: Value): Value {
  if (!(numbers instanceof Traced)) return operations.add(numbers, starts);
  const axes: number[] = [];
  return operations.add(numbers, operations.broadcast(starts, numbers.shape, axes));
}
