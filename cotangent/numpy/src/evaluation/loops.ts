// Plain loops over elements: one for each kind of element and number of operands.
import type { Complex, DType, Shape } from "@cotangent/core";
import { broadcastStrides, eachRow, loopOver } from "../layout.ts";
import { bigsOf, numbersOf, uninitialized, type NDArray } from "../ndarray.ts";
import { broadcastShapes } from "../views.ts";

/** Calls `visit` with the places of each element of the result and of the operands. */
function eachPlace1(result: NDArray, x: NDArray, visit: (to: number, from: number) => void): void {
  const loop = loopOver(result.shape, [result.strides, broadcastStrides(x, result.shape)]);
  const length = loop.lengths.at(-1) ?? 0;
  const [step = 0, xStep = 0] = loop.strides.map((each) => each.at(-1) ?? 0);
  eachRow(loop, [result.offset, x.offset], ([to = 0, from = 0]) => {
    for (let index = 0; index < length; index++) visit(to + index * step, from + index * xStep);
  });
}

function eachPlace2(
  result: NDArray,
  x: NDArray,
  y: NDArray,
  visit: (to: number, from: number, other: number) => void,
): void {
  const { shape } = result;
  const loop = loopOver(shape, [result.strides, broadcastStrides(x, shape), broadcastStrides(y, shape)]);
  const length = loop.lengths.at(-1) ?? 0;
  const [step = 0, xStep = 0, yStep = 0] = loop.strides.map((each) => each.at(-1) ?? 0);
  eachRow(loop, [result.offset, x.offset, y.offset], ([to = 0, from = 0, other = 0]) => {
    for (let index = 0; index < length; index++) {
      visit(to + index * step, from + index * xStep, other + index * yStep);
    }
  });
}

/** The shape of an elementwise result: of equal shapes without a look at their lengths. */
export function resultShape(x: NDArray, y: NDArray): Shape {
  return x.shape === y.shape || y.shape.length === 0
    ? x.shape
    : x.shape.length === 0
      ? y.shape
      : broadcastShapes(x.shape, y.shape);
}

export function mapNumbers(x: NDArray, dtype: DType, f: (x: number) => number): NDArray {
  const result = uninitialized(x.shape, dtype);
  const to = numbersOf(result);
  const from = numbersOf(x);
  if (x.isContiguous) {
    for (let index = 0; index < x.size; index++) to[index] = f(from[x.offset + index] ?? 0);
  } else {
    eachPlace1(result, x, (place, origin) => {
      to[place] = f(from[origin] ?? 0);
    });
  }
  return result;
}

export function mapBigs(x: NDArray, dtype: DType, f: (x: bigint) => bigint): NDArray {
  const result = uninitialized(x.shape, dtype);
  const to = bigsOf(result);
  const from = bigsOf(x);
  eachPlace1(result, x, (place, origin) => {
    to[place] = f(from[origin] ?? 0n);
  });
  return result;
}

/** Of bigints numbers: truth values, counts. */
export function mapBigsToNumbers(x: NDArray, dtype: DType, f: (x: bigint) => number): NDArray {
  const result = uninitialized(x.shape, dtype);
  const to = numbersOf(result);
  const from = bigsOf(x);
  eachPlace1(result, x, (place, origin) => {
    to[place] = f(from[origin] ?? 0n);
  });
  return result;
}

export function mapComplex(x: NDArray, dtype: DType, f: (x: Complex) => Complex): NDArray {
  const result = uninitialized(x.shape, dtype);
  const to = numbersOf(result);
  const from = numbersOf(x);
  eachPlace1(result, x, (place, origin) => {
    const value = f({ re: from[2 * origin] ?? 0, im: from[2 * origin + 1] ?? 0 });
    to[2 * place] = value.re;
    to[2 * place + 1] = value.im;
  });
  return result;
}

/** Of complex numbers real ones. */
export function mapComplexToNumbers(x: NDArray, dtype: DType, f: (x: Complex) => number): NDArray {
  const result = uninitialized(x.shape, dtype);
  const to = numbersOf(result);
  const from = numbersOf(x);
  eachPlace1(result, x, (place, origin) => {
    to[place] = f({ re: from[2 * origin] ?? 0, im: from[2 * origin + 1] ?? 0 });
  });
  return result;
}

/** Whether the operand's elements lie as the result's do, or are all one. */
function isRow(x: NDArray, result: NDArray): boolean {
  return x.size === 1 || (x.isContiguous && x.size === result.size);
}

export function zipNumbers(x: NDArray, y: NDArray, dtype: DType, f: (x: number, y: number) => number): NDArray {
  const result = uninitialized(resultShape(x, y), dtype);
  const to = numbersOf(result);
  const left = numbersOf(x);
  const right = numbersOf(y);
  if (isRow(x, result) && isRow(y, result)) {
    const xStep = x.size === 1 ? 0 : 1;
    const yStep = y.size === 1 ? 0 : 1;
    for (let index = 0; index < result.size; index++) {
      to[index] = f(left[x.offset + index * xStep] ?? 0, right[y.offset + index * yStep] ?? 0);
    }
  } else {
    eachPlace2(result, x, y, (place, first, second) => {
      to[place] = f(left[first] ?? 0, right[second] ?? 0);
    });
  }
  return result;
}

export function zipBigs(x: NDArray, y: NDArray, dtype: DType, f: (x: bigint, y: bigint) => bigint): NDArray {
  const result = uninitialized(resultShape(x, y), dtype);
  const to = bigsOf(result);
  const [left, right] = [bigsOf(x), bigsOf(y)];
  eachPlace2(result, x, y, (place, first, second) => {
    to[place] = f(left[first] ?? 0n, right[second] ?? 0n);
  });
  return result;
}

export function zipBigsToNumbers(x: NDArray, y: NDArray, dtype: DType, f: (x: bigint, y: bigint) => number): NDArray {
  const result = uninitialized(resultShape(x, y), dtype);
  const to = numbersOf(result);
  const [left, right] = [bigsOf(x), bigsOf(y)];
  eachPlace2(result, x, y, (place, first, second) => {
    to[place] = f(left[first] ?? 0n, right[second] ?? 0n);
  });
  return result;
}

export function zipComplex(x: NDArray, y: NDArray, dtype: DType, f: (x: Complex, y: Complex) => Complex): NDArray {
  const result = uninitialized(resultShape(x, y), dtype);
  const to = numbersOf(result);
  const [left, right] = [numbersOf(x), numbersOf(y)];
  eachPlace2(result, x, y, (place, first, second) => {
    const value = f(
      { re: left[2 * first] ?? 0, im: left[2 * first + 1] ?? 0 },
      { re: right[2 * second] ?? 0, im: right[2 * second + 1] ?? 0 },
    );
    to[2 * place] = value.re;
    to[2 * place + 1] = value.im;
  });
  return result;
}

export function zipComplexToNumbers(
  x: NDArray,
  y: NDArray,
  dtype: DType,
  f: (x: Complex, y: Complex) => number,
): NDArray {
  const result = uninitialized(resultShape(x, y), dtype);
  const to = numbersOf(result);
  const [left, right] = [numbersOf(x), numbersOf(y)];
  eachPlace2(result, x, y, (place, first, second) => {
    to[place] = f(
      { re: left[2 * first] ?? 0, im: left[2 * first + 1] ?? 0 },
      { re: right[2 * second] ?? 0, im: right[2 * second + 1] ?? 0 },
    );
  });
  return result;
}
