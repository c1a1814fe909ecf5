// Rows by number.
import { DTypeError, showCall, type EvaluationTable, type Value } from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { asContiguous, converted } from "../copies.ts";
import { dtypeInfo, isBig, type BigArray, type NumberArray } from "../dtype.ts";
import { allocate, uninitialized, type NDArray } from "../ndarray.ts";

/** The numbers of rows as JavaScript has them. @throws RangeError where one is out of range. */
function rowNumbers(name: string, x: NDArray, numbers: NDArray, rows: number): Float64Array {
  if (numbers.dtype !== "int64") throw new DTypeError(`${showCall(name, [x, numbers])}: row numbers must be int64`);
  const { data, offset, size } = converted(numbers, "float64");
  const result = (data as Float64Array).slice(offset, offset + size);
  for (const row of result) {
    if (row < 0 || row >= rows) {
      throw new RangeError(
        `${showCall(name, [x, numbers])}: index ${row} is out of bounds for axis 0 with size ${rows}`,
      );
    }
  }
  return result;
}

/** Rows of fewer entries are quicker to copy one by one. */
const leastCopied = 32;

function copyEntries(to: Float64Array, data: Float64Array, start: number, rows: Float64Array, entries: number): void {
  let place = 0;
  for (const row of rows) {
    const begin = start + row * entries;
    for (let entry = 0; entry < entries; entry++) to[place++] = data[begin + entry] ?? 0;
  }
}

function take(first: Value, second: Value): NDArray {
  const x = asContiguous(asNDArray(first));
  const numbers = asNDArray(second);
  const [rows = 0, ...row] = x.shape;
  const from = rowNumbers("take", x, numbers, rows);
  const result = uninitialized([...numbers.shape, ...row], x.dtype);
  const entries = row.reduce((size, length) => size * length, 1) * dtypeInfo[x.dtype].lanes;
  const start = x.offset * dtypeInfo[x.dtype].lanes;
  // Both have the same element type.
  const data = x.data as Float64Array;
  const to = result.data as Float64Array;
  if (entries === 1) {
    for (let place = 0; place < from.length; place++) to[place] = data[start + (from[place] ?? 0)] ?? 0;
    return result;
  }
  if (entries < leastCopied) copyEntries(to, data, start, from, entries);
  else {
    for (let place = 0; place < from.length; place++) {
      const begin = start + Number(from[place]) * entries;
      to.set(data.subarray(begin, begin + entries), place * entries);
    }
  }
  return result;
}

function scatterAdd(first: Value, second: Value, rows: number): NDArray {
  const x = asContiguous(asNDArray(first));
  const numbers = asNDArray(second);
  const row = x.shape.slice(numbers.ndim);
  const to = rowNumbers("scatterAdd", x, numbers, rows);
  const result = allocate([rows, ...row], x.dtype);
  const { lanes } = dtypeInfo[x.dtype];
  const entries = row.reduce((size, length) => size * length, 1) * lanes;
  if (isBig(x.dtype)) addBigRows(result.data as BigArray, x.data as BigArray, x.offset, to, entries);
  else addRows(result.data as NumberArray, x.data as NumberArray, x.offset * lanes, to, entries);
  return result;
}

function addRows(sum: NumberArray, data: NumberArray, start: number, to: Float64Array, entries: number): void {
  let from = start;
  for (const row of to) {
    for (let entry = 0; entry < entries; entry++) {
      const place = row * entries + entry;
      sum[place] = (sum[place] ?? 0) + (data[from++] ?? 0);
    }
  }
}

function addBigRows(sum: BigArray, data: BigArray, start: number, to: Float64Array, entries: number): void {
  let from = start;
  for (const row of to) {
    for (let entry = 0; entry < entries; entry++) {
      const place = row * entries + entry;
      sum[place] = (sum[place] ?? 0n) + (data[from++] ?? 0n);
    }
  }
}

export const indexingTable = {
  take,
  scatterAdd: (x, targets, { rows }) => scatterAdd(x, targets, rows),
} satisfies EvaluationTable;
