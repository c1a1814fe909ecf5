// Running sums and products, and the order of elements along an axis.
import { DTypeError, showCall, type EvaluationTable, type Value } from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { asContiguous, copy } from "../copies.ts";
import { dtypeInfo, isBig, kindOf, type BigArray, type NumberArray, type TypedArray } from "../dtype.ts";
import { bigsOf, uninitialized, type NDArray } from "../ndarray.ts";
import { slice, transpose } from "../views.ts";
import { kernelOf } from "../kernels/kernel-of.ts";
import type { RowKernel } from "../kernels/module.ts";
import { runAlong } from "../kernels/run.ts";
import { orderRows } from "../kernels/sort.ts";
import { tinySize } from "./fast.ts";
import { lastAndBack } from "./rows.ts";

/** A scan in place: entries from `first` on, `count` of them, at a distance of `step`. */
type Scan = (data: TypedArray, first: number, count: number, step: number) => void;

function scanned(name: string, value: Value, axis: number, scan: Scan, reverse: boolean): NDArray {
  const x = asNDArray(value);
  const fast = x.size > tinySize ? byKernel(kernelOf(name, x.dtype), x, axis, reverse) : null;
  if (fast !== null) return fast;
  const [last, back] = lastAndBack(x.ndim, axis);
  const result = copy(transpose(x, last));
  const { lanes } = dtypeInfo[x.dtype];
  const length = x.shape[axis] ?? 0;
  for (let start = 0; start < result.size; start += length) {
    const first = reverse ? start + length - 1 : start;
    scan(result.data, first * lanes, length, reverse ? -lanes : lanes);
  }
  return transpose(result, back);
}

/** The scan by a kernel; backwards, it runs over the same rows from their ends. */
function byKernel(kernel: RowKernel | null, x: NDArray, axis: number, reverse: boolean): NDArray | null {
  if (kernel === null) return null;
  const result = uninitialized(x.shape, x.dtype);
  const [to, from] = reverse ? [flipped(result, axis), flipped(x, axis)] : [result, x];
  return runAlong(kernel, to, to.strides, from, axis) ? result : null;
}

function flipped(x: NDArray, axis: number): NDArray {
  const start = x.shape.map((length, each) => (each === axis ? length - 1 : 0));
  return slice(
    x,
    start,
    x.shape,
    start.map((_, each) => (each === axis ? -1 : 1)),
  );
}

function sums(value: Value, axis: number, reverse: boolean): NDArray {
  if (isBig(value.dtype))
    return scanned("cumsum", value, axis, (data, ...row) => sumBigs(data as BigArray, ...row), reverse);
  const isComplex = kindOf(value.dtype) === "complex";
  const scan: Scan = (data, first, count, step) => {
    sumNumbers(data as NumberArray, first, count, step);
    if (isComplex) sumNumbers(data as NumberArray, first + 1, count, step);
  };
  return scanned("cumsum", value, axis, scan, reverse);
}

function sumNumbers(data: NumberArray, first: number, count: number, step: number): void {
  for (let index = 1, place = first + step; index < count; index++, place += step) {
    data[place] = (data[place] ?? 0) + (data[place - step] ?? 0);
  }
}

function sumBigs(data: BigArray, first: number, count: number, step: number): void {
  for (let index = 1, place = first + step; index < count; index++, place += step) {
    data[place] = (data[place] ?? 0n) + (data[place - step] ?? 0n);
  }
}

function products(value: Value, axis: number): NDArray {
  const { dtype } = value;
  if (isBig(dtype))
    return scanned("cumprod", value, axis, (data, ...row) => multiplyBigs(data as BigArray, ...row), false);
  if (kindOf(dtype) === "complex") {
    return scanned("cumprod", value, axis, (data, ...row) => multiplyComplex(data as NumberArray, ...row), false);
  }
  const isFloat = kindOf(dtype) === "float";
  return scanned(
    "cumprod",
    value,
    axis,
    (data, ...row) => multiplyNumbers(data as NumberArray, ...row, isFloat),
    false,
  );
}

function multiplyNumbers(data: NumberArray, first: number, count: number, step: number, isFloat: boolean): void {
  for (let index = 1, place = first + step; index < count; index++, place += step) {
    const [x, y] = [data[place] ?? 0, data[place - step] ?? 0];
    data[place] = isFloat ? x * y : Math.imul(x, y);
  }
}

function multiplyBigs(data: BigArray, first: number, count: number, step: number): void {
  for (let index = 1, place = first + step; index < count; index++, place += step) {
    data[place] = (data[place] ?? 0n) * (data[place - step] ?? 0n);
  }
}

function multiplyComplex(data: NumberArray, first: number, count: number, step: number): void {
  for (let index = 1, place = first + step; index < count; index++, place += step) {
    const [re, im] = [data[place - step] ?? 0, data[place - step + 1] ?? 0];
    const [x, y] = [data[place] ?? 0, data[place + 1] ?? 0];
    data[place] = re * x - im * y;
    data[place + 1] = re * y + im * x;
  }
}

function argsort(value: Value, axis: number): NDArray {
  const x = asNDArray(value);
  const [last, back] = lastAndBack(x.ndim, axis);
  const rows = asContiguous(transpose(x, last));
  const result = uninitialized(rows.shape, "int64");
  if (!orderRows(result, rows)) orderPlainly(result, rows);
  return transpose(result, back);
}

function orderPlainly(result: NDArray, rows: NDArray): void {
  const to = bigsOf(result);
  const length = rows.shape.at(-1) ?? 0;
  const compare = orderOf(rows, rows.data);
  for (let row = 0; row < rows.size; row += Math.max(length, 1)) {
    const start = rows.offset + row;
    const places = Array.from({ length }, (_, index) => start + index).toSorted(compare);
    for (const [index, place] of places.entries()) to[row + index] = BigInt(place - start);
  }
}

type Order = (place: number, other: number) => number;

/** The order of elements at places: NaN comes last. */
function orderOf(x: NDArray, data: TypedArray): Order {
  if (isBig(x.dtype)) return (place, other) => compareBigs(data[place] as bigint, data[other] as bigint);
  const numbers = data as NumberArray;
  if (kindOf(x.dtype) !== "complex") return (place, other) => compareNumbers(numbers[place] ?? 0, numbers[other] ?? 0);
  return (place, other) => compareComplex(numbers, 2 * place, 2 * other);
}

function compareBigs(x: bigint, y: bigint): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareNumbers(x: number, y: number): number {
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
}

/** Those without NaN come first, then those with NaN in the imaginary part, in the real part, in both. */
function compareComplex(data: NumberArray, place: number, other: number): number {
  const [re, im, otherRe, otherIm] = [data[place] ?? 0, data[place + 1] ?? 0, data[other] ?? 0, data[other + 1] ?? 0];
  const byReal = compareNumbers(re, otherRe);
  if (Number.isNaN(re) !== Number.isNaN(otherRe)) return byReal;
  if (Number.isNaN(im) !== Number.isNaN(otherIm)) return compareNumbers(im, otherIm);
  return byReal === 0 ? compareNumbers(im, otherIm) : byReal;
}

export const scanTable = {
  cumsum: (x, { axis, reverse }) => {
    if (x.dtype === "bool") throw new DTypeError(`${showCall("cumsum", [x])}: cast truth values to integers first`);
    return sums(x, axis, reverse);
  },
  cumprod: (x, { axis }) => products(x, axis),
  argsort: (x, { axis }) => argsort(x, axis),
} satisfies EvaluationTable;
