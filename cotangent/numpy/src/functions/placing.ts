// Functions that write into an array in place. It must be one in memory: traced values never change.
import { AbstractValueError, DTypeError, ShapeError, showAval, sizeOf } from "@cotangent/core";
import { assign, copy } from "../copies.ts";
import { canCast, castings, type Casting } from "../dtype.ts";
import { readElement, writeElement } from "../elements.ts";
import { NDArray } from "../ndarray.ts";
import * as views from "../views.ts";
import {
  asOperand,
  asValue,
  broadcastTo,
  concreteArray,
  isScalar,
  promoted,
  stored,
  type ArrayLike,
} from "./arguments.ts";
import { normalizeAxis, optionsOf, withOption } from "./axes.ts";
import { asIndices, IndexError, numbersIn, placesOfTrue, rowNumber, rowNumbers, type IndexMode } from "./rows.ts";

function writable(name: string, x: ArrayLike): NDArray {
  if (x instanceof NDArray) return x;
  throw new AbstractValueError(`${name}: only an array in memory can be written into; for others there is set_at`);
}

/** An array with the elements of a value, whose memory it does not share. */
function source(values: ArrayLike, like: NDArray): NDArray {
  return copy(concreteArray(stored("writing", values, like.dtype)));
}

/** Where an element, counted in row-major order, is in the array's memory. */
function placeOf(array: NDArray, number: number): number {
  let rest = number;
  let place = array.offset;
  for (let axis = array.ndim - 1; axis >= 0; axis--) {
    const length = array.shape[axis] ?? 1;
    place += (rest % length) * (array.strides[axis] ?? 0);
    rest = Math.floor(rest / length);
  }
  return place;
}

/** Writes elements, counted in row-major order, with values that are repeated as often as it takes. */
function write(array: NDArray, numbers: readonly number[], values: NDArray, valueAt: (each: number) => number): void {
  if (values.size === 0) return;
  for (const [each, number] of numbers.entries()) {
    const value = readElement(values.data, values.dtype, placeOf(values, valueAt(each) % values.size));
    writeElement(array.data, array.dtype, placeOf(array, number), value);
  }
}

interface PutOptions {
  readonly mode?: IndexMode;
}

/** Writes values over the elements with these numbers, in row-major order. */
export function put(x: ArrayLike, indices: ArrayLike, values: ArrayLike, mode: IndexMode | PutOptions = "raise"): void {
  const array = writable("put", x);
  const own = typeof mode === "string" ? mode : (mode.mode ?? "raise");
  const numbers = numbersIn(asIndices("put", indices)).map((each) => rowNumber("put", each, array.size, own));
  write(array, numbers, source(values, array), (each) => each);
}

/** Writes values, each at its own place, over the elements where the mask is true. */
export function putmask(x: ArrayLike, mask: ArrayLike, values: ArrayLike): void {
  const array = writable("putmask", x);
  const places = truePlaces("putmask", array, mask);
  write(array, places, source(values, array), (each) => places[each] ?? 0);
}

/** Writes values one after the other over the elements where the mask is true. */
export function place(x: ArrayLike, mask: ArrayLike, values: ArrayLike): void {
  const array = writable("place", x);
  const places = truePlaces("place", array, mask);
  const all = source(values, array);
  if (all.size === 0 && places.length > 0) throw new ShapeError("place: there are no values to put in");
  write(array, places, all, (each) => each);
}

function truePlaces(name: string, array: NDArray, mask: ArrayLike): readonly number[] {
  const truths = asValue(mask, "bool");
  if (truths.size !== array.size)
    throw new ShapeError(`${name}(${showAval(array)}, ${showAval(truths)}): sizes differ`);
  return [...placesOfTrue(truths)];
}

/** Writes values over elements of each row along an axis by the row's own indices. */
export function put_along_axis(x: ArrayLike, indices: ArrayLike, values: ArrayLike, axis: number | null = -1): void {
  const array = writable("put_along_axis", x);
  const given = asIndices("put_along_axis", indices, IndexError);
  if (given.ndim !== (axis === null ? 1 : array.ndim))
    throw new ShapeError(`put_along_axis(${showAval(array)}, ${showAval(given)}): both must have as many axes`);
  if (axis === null) {
    put(array, given, broadcastTo(asValue(values), given.shape));
    return;
  }
  const own = normalizeAxis("put_along_axis", axis, array.ndim);
  const rows = rowNumbers("put_along_axis", given, array.shape[own] ?? 0);
  const shape = array.shape.with(own, rows.shape[own] ?? 0);
  const list = numbersIn(broadcastTo(rows, shape));
  const stride = sizeOf(array.shape.slice(own + 1));
  const inner = sizeOf(shape.slice(own));
  const numbers = list.map((row, each) => {
    const outer = Math.floor(each / inner) * sizeOf(array.shape.slice(own));
    return outer + row * stride + (each % stride);
  });
  const all = concreteArray(broadcastTo(asValue(values, array.dtype), shape));
  write(array, numbers, all, (each) => each);
}

interface CopyOptions {
  readonly where?: ArrayLike;
  /** Which conversions are allowed. */
  readonly casting?: Casting;
}

/** Writes the elements of another array, broadcast, over those of the first; only where a mask is true, if one is given. */
export function copyto(x: ArrayLike, values: ArrayLike, options: CopyOptions = {}): void {
  const { where, casting = "same_kind" } = optionsOf<CopyOptions>("copyto", options, {
    where: true,
    casting: castings,
  });
  const array = writable("copyto", x);
  const operand = asOperand(values);
  // A number gives way to the dtype of an array that can hold its kind.
  const from = isScalar(operand) ? promoted(operand, array) : operand.dtype;
  if (!canCast(from, array.dtype, casting))
    throw new DTypeError(
      `copyto(${showAval(array)}): ${from} can't be cast to ${array.dtype} by the rule "${casting}"`,
    );
  const all = views.broadcastTo(source(values, array), array.shape);
  if (where === undefined) {
    assign(array, all);
    return;
  }
  const mask = broadcastTo(asValue(where, "bool"), array.shape);
  const places = truePlaces("copyto", array, mask);
  write(array, places, all, (each) => places[each] ?? 0);
}

interface DiagonalOptions {
  /** In a tall matrix, begin again below the last row of a square. */
  readonly wrap?: boolean;
}

/** Writes a value, or values in turn, over the main diagonal. */
export function fill_diagonal(x: ArrayLike, values: ArrayLike, options: boolean | DiagonalOptions = {}): void {
  const array = writable("fill_diagonal", x);
  const wrapped = withOption<DiagonalOptions, "wrap">("fill_diagonal", { wrap: true }, "wrap", options, undefined);
  const { wrap = false } = wrapped;
  const [rows = 0, columns = 0] = array.shape;
  if (array.ndim < 2) throw new ShapeError(`fill_diagonal(${showAval(array)}): takes arrays of two or more axes`);
  if (array.ndim > 2 && !array.shape.every((length) => length === rows)) {
    throw new ShapeError(`fill_diagonal(${showAval(array)}): not all axes are of one length`);
  }
  const step = array.shape.map((_, axis) => sizeOf(array.shape.slice(axis + 1))).reduce((sum, each) => sum + each, 0);
  const end = array.ndim === 2 && !wrap ? Math.min(rows, columns) * columns : array.size;
  const numbers: number[] = [];
  for (let number = 0; number < end; number += step) numbers.push(number);
  write(array, numbers, source(values, array), (each) => each);
}
