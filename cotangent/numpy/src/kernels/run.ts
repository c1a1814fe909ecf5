// Kernels over whole arrays: where operands are, and in which loop their rows are visited.
import { dtypeInfo } from "../dtype.ts";
import { broadcastStrides, loopOver, type Loop } from "../layout.ts";
import { Block } from "../memory/block.ts";
import { scratch, thePool, tinyBytes, type Pool } from "../memory/pool.ts";
import type { NDArray } from "../ndarray.ts";
import { runLoop, runRows } from "./loop.ts";
import type { RowKernel } from "./module.ts";

/** An array's place in the memory of kernels, for as long as one runs. */
interface Place {
  /** The address of its first element. */
  readonly address: number;
  /** Bytes that were borrowed for it. */
  readonly borrowed: readonly [pointer: number, bytes: number] | null;
}

/** Brings an array into memory if it isn't there. A tiny one goes to the slot. Null if there is no room. */
function place(pool: Pool, array: NDArray, slot: number): Place | null {
  const { storage, dtype, offset } = array;
  const { bytes } = dtypeInfo[dtype];
  if (storage instanceof Block) return { address: storage.pointer + offset * bytes, borrowed: null };
  const { byteLength, BYTES_PER_ELEMENT } = storage;
  const pointer = byteLength <= tinyBytes ? slot : pool.borrow(byteLength);
  if (pointer === null) return null;
  // Both have the same element type.
  (pool.as(dtype) as Float64Array).set(storage as Float64Array, pointer / BYTES_PER_ELEMENT);
  return { address: pointer + offset * bytes, borrowed: pointer === slot ? null : [pointer, byteLength] };
}

/** The address of an array that is in memory, 0 for null, else -1. */
export function addressOf(array: NDArray | null): number {
  if (array === null) return 0;
  const { storage, dtype, offset } = array;
  return storage instanceof Block ? storage.pointer + offset * dtypeInfo[dtype].bytes : -1;
}

/** The address of an operand that is in memory, or a tiny one, which goes to the slot; -1 for others. */
function quickAddress(array: NDArray | null, slot: number): number {
  const address = addressOf(array);
  if (array === null || address >= 0) return address;
  const { storage, dtype, offset } = array;
  if (storage instanceof Block) return -1;
  const { bytes, lanes } = dtypeInfo[dtype];
  if (lanes === 1 && isOne(array)) {
    // Both have the same element type.
    (thePool().as(dtype) as Float64Array)[slot / bytes] = (storage as Float64Array)[offset] ?? 0;
    return slot;
  }
  return storage.byteLength > tinyBytes ? -1 : (place(thePool(), array, slot)?.address ?? -1);
}

/** Copies back what a kernel wrote for an array that is not in memory, and ends borrowing. */
function retrieve(pool: Pool, array: NDArray, { address }: Place): void {
  const { storage, dtype, offset } = array;
  if (storage instanceof Block) return;
  const start = (address - offset * dtypeInfo[dtype].bytes) / storage.BYTES_PER_ELEMENT;
  const written = pool.as(dtype) as Float64Array;
  (storage as Float64Array).set(written.subarray(start, start + storage.length));
}

/** Whether there is but one element, perhaps repeated: the cotangent of what was summed up is one. */
function isOne({ size, isContiguous, strides }: NDArray): boolean {
  if (size === 1) return true;
  if (isContiguous) return false;
  for (let axis = 0; axis < strides.length; axis++) if (strides[axis] !== 0) return false;
  return true;
}

/** Bytes between neighbours if the operand is a row as long as the result, or one element; else null. */
function rowStride(array: NDArray, size: number): number | null {
  if (isOne(array)) return 0;
  return array.isContiguous && array.size === size ? dtypeInfo[array.dtype].bytes : null;
}

/** The distances of an operand's rows, and of neighbours in them, in bytes, if rows as long as the result's have no gaps. */
function tableStrides(array: NDArray, result: NDArray, length: number): readonly [number, number] | null {
  const { bytes } = dtypeInfo[array.dtype];
  if (isOne(array)) return [0, 0];
  if (!array.isContiguous) return null;
  if (array.size === result.size) return [length * bytes, bytes];
  const own = array.shape.at(-1);
  if (array.size === length && own === length) return [0, bytes];
  // A column: one element for each row.
  return own === 1 && array.ndim === result.ndim && array.size * length === result.size ? [bytes, 0] : null;
}

/** As `run`, where both operands are in memory, and are tables like the result, rows, columns or elements. */
function runTable(kernel: RowKernel, result: NDArray, x: NDArray, y: NDArray): boolean {
  const length = result.shape.at(-1) ?? 1;
  const [own, left, right] = [result, x, y].map((each) => tableStrides(each, result, length));
  const out = addressOf(result);
  const a = quickAddress(x, scratch.slots);
  const b = quickAddress(y, scratch.slots + tinyBytes);
  if (!own || !left || !right || out < 0 || a < 0 || b < 0 || result.size === 0) return false;
  runRows(kernel, [result.size / length, length], [own, left, right, noStrides], inBytes, [out, a, b, 0]);
  return true;
}
const noStrides: readonly number[] = [0, 0];
const inBytes: readonly number[] = [1, 1, 1, 1];

/**
 * Runs an elementwise kernel: the result from operands that are broadcast to its shape. Only copies write into a result with
 * gaps between its elements.
 * False if there is no room in memory for those that are elsewhere; nothing has been written then.
 */
export function run(kernel: RowKernel, result: NDArray, x: NDArray, y: NDArray | null, z: NDArray | null): boolean {
  const { size } = result;
  const so = result.isContiguous ? dtypeInfo[result.dtype].bytes : null;
  const sa = rowStride(x, size);
  const sb = y === null ? 0 : rowStride(y, size);
  const sc = z === null ? 0 : rowStride(z, size);
  const isRow = so !== null && sa !== null && sb !== null && sc !== null;
  if (isRow && result.storage instanceof Block) {
    const a = quickAddress(x, scratch.slots);
    const b = quickAddress(y, scratch.slots + tinyBytes);
    const c = quickAddress(z, scratch.slots + 2 * tinyBytes);
    if (a >= 0 && b >= 0 && c >= 0) {
      const out = result.storage.pointer + result.offset * dtypeInfo[result.dtype].bytes;
      kernel(size, out, so, a, sa, b, sb, c, sc);
      return true;
    }
  }
  if (!isRow && y !== null && z === null && runTable(kernel, result, x, y)) return true;
  return withPlaces(result, x, y, z, (out, a, b, c) => {
    if (isRow) {
      kernel(size, out, so, a, sa, b, sb, c, sc);
      return;
    }
    const { shape } = result;
    const strides = (each: NDArray | null) => (each === null ? none : broadcastStrides(each, shape));
    const loop = loopOver(shape, [result.strides, strides(x), strides(y), strides(z)]);
    runLoop(kernel, loop, [result, x, y, z], [out, a, b, c]);
  });
}

const none: readonly number[] = [];

/**
 * Runs a kernel that combines rows of the operand with rows of the result, whose strides (for the operand's axes) are 0
 * along what is reduced. `columns` does that for many rows at once where there is one.
 */
export function runReduction(
  kernel: RowKernel,
  columns: RowKernel | null,
  result: NDArray,
  strides: readonly number[],
  x: NDArray,
): boolean {
  return withPlaces(result, x, null, null, (out, a) => {
    const loop = inMemoryOrder(x, strides);
    const rows = columns === null ? null : columnsOf(loop);
    if (rows === null) runLoop(kernel, loop, [result, x, null, null], [out, a, 0, 0]);
    else {
      const { bytes } = dtypeInfo[x.dtype];
      columns?.(rows.length, out, bytes, a, bytes, rows.count, rows.step * bytes, 0, 0);
    }
  });
}

/** The loop over the operand's axes from the outermost in memory to the innermost. */
function inMemoryOrder(x: NDArray, strides: readonly number[]): Loop {
  if (x.isContiguous) return loopOver(x.shape, [strides, x.strides, none, none]);
  const axes = x.shape
    .map((_, axis) => axis)
    .toSorted((a, b) => Math.abs(x.strides[b] ?? 0) - Math.abs(x.strides[a] ?? 0));
  const shape = axes.map((axis) => x.shape[axis] ?? 1);
  const [to, from] = [strides, x.strides].map((each) => axes.map((axis) => each[axis] ?? 0));
  return loopOver(shape, [to ?? none, from ?? none, none, none]);
}

/** Rows without gaps that are combined element by element, if that is all of a reduction. */
function columnsOf({ lengths, strides }: Loop): { count: number; length: number; step: number } | null {
  const [[across, along], [step = 0, own] = []] = [strides[0] ?? [], strides[1]];
  const [count = 0, length = 0] = lengths;
  return lengths.length === 2 && across === 0 && along === 1 && own === 1 ? { count, length, step } : null;
}

/** What a kernel for rows makes of all elements of an array of floats. Null where they don't lie in one row in memory. */
export function reduceAll(kernel: RowKernel, x: NDArray, start: number): number | null {
  const address = addressOf(x);
  if (address < 0 || !x.isContiguous) return null;
  const { bytes } = dtypeInfo[x.dtype];
  const numbers = bytes === 8 ? thePool().numbers : thePool().as(x.dtype);
  const place = scratch.slots / bytes;
  numbers[place] = start;
  kernel(x.size, scratch.slots, 0, address, bytes, 0, 0, 0, 0);
  return numbers[place];
}

/** Runs a kernel over whole rows along an axis. The result's strides are for the operand's axes. */
export function runAlong(
  kernel: RowKernel,
  result: NDArray,
  strides: readonly number[],
  x: NDArray,
  axis: number,
): boolean {
  const others = x.shape.map((_, each) => each).filter((each) => each !== axis && x.shape[each] !== 1);
  const shape = others.map((each) => x.shape[each] ?? 1);
  const both = [strides, x.strides];
  const outer = loopOver(shape, [...both.map((each) => others.map((other) => each[other] ?? 0)), [], []]);
  const row = x.shape[axis] ?? 1;
  const loop =
    others.length === 0
      ? { lengths: [row], strides: [[strides[axis] ?? 0], [x.strides[axis] ?? 0], [0], [0]] }
      : {
          lengths: [...outer.lengths, row],
          strides: outer.strides.map((each, which) => each.concat(both[which]?.[axis] ?? 0)),
        };
  return withPlaces(result, x, null, null, (out, a) => {
    runLoop(kernel, loop, [result, x, null, null], [out, a, 0, 0]);
  });
}

/**
 * Calls `use` with the addresses of arrays (0 for null), of which it writes the first. False if there is no room in
 * memory for those that are elsewhere; it has not been called then.
 */
export function withPlaces(
  result: NDArray,
  x: NDArray,
  y: NDArray | null,
  z: NDArray | null,
  use: (out: number, a: number, b: number, c: number) => void,
): boolean {
  const [o, p, q, r] = [addressOf(result), addressOf(x), addressOf(y), addressOf(z)];
  if (o >= 0 && p >= 0 && q >= 0 && r >= 0) {
    use(o, p, q, r);
    return true;
  }
  const pool = thePool();
  const arrays = [result, x, y, z];
  const places: (Place | null)[] = [];
  let hasRoom = true;
  for (const [index, array] of arrays.entries()) {
    const found = array === null || !hasRoom ? null : place(pool, array, scratch.slots + index * tinyBytes);
    if (array !== null && found === null) hasRoom = false;
    places.push(found);
  }
  const [out, a, b, c] = places;
  if (hasRoom && out !== undefined && out !== null) {
    use(out.address, a?.address ?? 0, b?.address ?? 0, c?.address ?? 0);
    retrieve(pool, result, out);
  }
  for (const each of places) if (each?.borrowed) pool.giveBack(...each.borrowed);
  return hasRoom;
}
