// Reductions: axes disappear, and with them all but a sum, a product, an extreme or a truth value.
import {
  DTypeError,
  realDType,
  showCall,
  type DType,
  type EvaluationTable,
  type Scalar,
  type Value,
} from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { dtypeInfo, isBig, kindOf, type BigArray, type NumberArray } from "../dtype.ts";
import { allocate, bigsOf, numbersOf, scalar, type NDArray } from "../ndarray.ts";
import { kernelOf, kernelsOf } from "../kernels/kernel-of.ts";
import type { RowKernel } from "../kernels/module.ts";
import { reduceAll, runAlong, runReduction } from "../kernels/run.ts";
import { imagView, realView } from "../views.ts";
import { converted, fill } from "../copies.ts";
import { tinySize } from "./fast.ts";
import { keptShape, rowsOf } from "./rows.ts";

/** Reductions of a row that lies without gaps, by kinds. Complex rows have two entries an element. */
interface RowReduction {
  readonly number: (data: NumberArray, start: number, length: number) => number;
  readonly big: (data: BigArray, start: number, length: number) => bigint;
  readonly complex: (data: NumberArray, start: number, length: number) => readonly [re: number, im: number];
  /** What the kernel starts with, if not 0. Without one there is no result of no elements. */
  readonly start: (dtype: DType) => Scalar | null;
}

/** The result of a kernel, which is written into `result`. */
function reduced(
  [kernel, columns]: readonly [RowKernel | null, RowKernel | null],
  result: NDArray,
  x: NDArray,
  axes: readonly number[],
): boolean {
  if (kernel === null || x.size <= tinySize) return false;
  let axis = 0;
  const strides = x.shape.map((_, each) => (axes.includes(each) ? 0 : (result.strides[axis++] ?? 0)));
  return runReduction(kernel, columns, result, strides, x);
}

/** The result of a kernel that goes over all elements, if they are floats. */
function wholeReduced(kernel: RowKernel | null, x: NDArray, axes: readonly number[], first: number): NDArray | null {
  if (kernel === null || x.size <= tinySize || axes.length !== x.ndim) return null;
  const value = reduceAll(kernel, x, first);
  return value === null ? null : scalar(value, x.dtype);
}

function partsReduced(kernel: RowKernel | null, result: NDArray, x: NDArray, axes: readonly number[]): boolean {
  const parts = [realView, imagView];
  return parts.every((part) => reduced([kernel, null], part(result), part(x), axes));
}

function reduction(name: string, f: RowReduction): (x: Value, axes: readonly number[]) => NDArray {
  const kernels = kernelsOf(name);
  const columns = kernelsOf(`${name}Columns`);
  return (value, axes) => {
    const x = asNDArray(value);
    const { lanes } = dtypeInfo[x.dtype];
    const first = f.start(x.dtype);
    const isFloat = x.dtype === "float64" || x.dtype === "float32";
    const whole = isFloat && typeof first === "number" ? wholeReduced(kernels(x.dtype), x, axes, first) : null;
    if (whole !== null) return whole;
    const result = allocate(keptShape(x, axes), x.dtype);
    if (first === null && axes.some((axis) => x.shape[axis] === 0)) {
      throw new RangeError(`${showCall(name, [x])}: an axis without elements has no such value`);
    }
    if (first !== 0 && first !== null) fill(result, first);
    if (lanes === 1 && reduced([kernels(x.dtype), columns(x.dtype)], result, x, axes)) return result;
    if (lanes === 2 && name === "sum" && partsReduced(kernels(realDType(x.dtype)), result, x, axes)) return result;
    const { data, start, length } = rowsOf(x, axes);
    if (isBig(x.dtype)) {
      const to = bigsOf(result);
      for (let row = 0; row < result.size; row++) to[row] = f.big(data as BigArray, start + row * length, length);
      return result;
    }
    const to = numbersOf(result);
    const from = data as NumberArray;
    for (let row = 0; row < result.size; row++) {
      const begin = (start + row * length) * lanes;
      if (lanes === 1) to[row] = f.number(from, begin, length);
      else [to[2 * row], to[2 * row + 1]] = f.complex(from, begin, length);
    }
    return result;
  };
}

const block = 128;

/** The sum by halves, whose rounding errors grow with the logarithm of the length. `step` 2 sums one part of pairs. */
function pairwise(data: NumberArray, start: number, length: number, step: number): number {
  if (length > block) {
    const half = length >> 1;
    return pairwise(data, start, half, step) + pairwise(data, start + half * step, length - half, step);
  }
  let sum = 0;
  for (let index = 0; index < length; index++) sum += data[start + index * step] ?? 0;
  return sum;
}

const sum: RowReduction = {
  start: () => 0,
  number: (data, start, length) => pairwise(data, start, length, 1),
  big: (data, start, length) => {
    let sum = 0n;
    for (let place = start; place < start + length; place++) sum = BigInt.asIntN(64, sum + (data[place] ?? 0n));
    return sum;
  },
  complex: (data, start, length) => [pairwise(data, start, length, 2), pairwise(data, start + 1, length, 2)],
};

const prod: RowReduction = {
  start: () => 1,
  number: (data, start, length) => {
    const isInteger = !(data instanceof Float64Array || data instanceof Float32Array);
    let product = 1;
    for (let place = start; place < start + length; place++) {
      const factor = data[place] ?? 0;
      product = isInteger ? Math.imul(product, factor) : product * factor;
    }
    return product;
  },
  big: (data, start, length) => {
    let product = 1n;
    for (let place = start; place < start + length; place++) product = BigInt.asIntN(64, product * (data[place] ?? 0n));
    return product;
  },
  complex: (data, start, length) => {
    let [re, im] = [1, 0];
    for (let place = start; place < start + 2 * length; place += 2) {
      const [x, y] = [data[place] ?? 0, data[place + 1] ?? 0];
      [re, im] = [re * x - im * y, re * y + im * x];
    }
    return [re, im];
  },
};

/** The place of the extreme element: the first of equal ones, or the first NaN. */
function placeOf(data: NumberArray | BigArray, start: number, length: number, isMax: boolean): number {
  let best = start;
  for (let place = start; place < start + length; place++) {
    const [value, known] = [data[place] ?? 0, data[best] ?? 0];
    if (Number.isNaN(known)) return best;
    if ((isMax ? value > known : value < known) || Number.isNaN(value)) best = place;
  }
  return best;
}

/** As `placeOf`, for complex numbers: by real, then by imaginary parts. */
function complexPlaceOf(data: NumberArray, start: number, length: number, isMax: boolean): number {
  let best = start;
  for (let place = start; place < start + 2 * length; place += 2) {
    const [re, im] = [data[place] ?? 0, data[place + 1] ?? 0];
    const [bestRe, bestIm] = [data[best] ?? 0, data[best + 1] ?? 0];
    if (Number.isNaN(bestRe) || Number.isNaN(bestIm)) return best;
    const isBetter = isMax
      ? re > bestRe || (re === bestRe && im > bestIm)
      : re < bestRe || (re === bestRe && im < bestIm);
    if (isBetter || Number.isNaN(re) || Number.isNaN(im)) best = place;
  }
  return best;
}

function extreme(isMax: boolean): RowReduction {
  const edge = isMax ? -(2n ** 63n) : 2n ** 63n - 1n;
  return {
    start: (dtype) => (kindOf(dtype) === "float" ? (isMax ? -Infinity : Infinity) : dtype === "int64" ? edge : null),
    number: (data, start, length) => data[placeOf(data, start, length, isMax)] ?? 0,
    big: (data, start, length) => data[placeOf(data, start, length, isMax)] ?? 0n,
    complex: (data, start, length) => {
      const place = complexPlaceOf(data, start, length, isMax);
      return [data[place] ?? 0, data[place + 1] ?? 0];
    },
  };
}

/** Whether some, or all, elements of each row are true. */
function truth(name: "any" | "all"): (x: Value, axes: readonly number[]) => NDArray {
  const kernels = kernelsOf(name);
  const isAny = name === "any";
  return (value, axes) => {
    const x = converted(asNDArray(value), "bool");
    const result = allocate(keptShape(x, axes), "bool");
    if (!isAny) fill(result, true);
    if (reduced([kernels("bool"), null], result, x, axes)) return result;
    const { data, start, length } = rowsOf(x, axes);
    const to = numbersOf(result);
    for (let row = 0; row < result.size; row++) {
      const begin = start + row * length;
      const found = data.subarray(begin, begin + length).some((each) => Boolean(each) === isAny);
      to[row] = Number(found === isAny);
    }
    return result;
  };
}

function argExtreme(name: "argmax" | "argmin", value: Value, axis: number): NDArray {
  const isMax = name === "argmax";
  const x = asNDArray(value);
  if (x.shape[axis] === 0) throw new RangeError(`${showCall(name, [x])}: an axis without elements has no such value`);
  const isComplex = kindOf(x.dtype) === "complex";
  const result = allocate(keptShape(x, [axis]), "int64");
  const kernel = x.size > tinySize ? kernelOf(name, x.dtype) : null;
  if (kernel !== null && runAlong(kernel, result, result.strides.toSpliced(axis, 0, 0), x, axis)) return result;
  const { data, start, length } = rowsOf(x, [axis]);
  const to = bigsOf(result);
  for (let row = 0; row < result.size; row++) {
    const begin = start + row * length;
    const place = isComplex
      ? complexPlaceOf(data as NumberArray, 2 * begin, length, isMax) / 2
      : placeOf(data, begin, length, isMax);
    to[row] = BigInt(place - begin);
  }
  return result;
}

const sums = reduction("sum", sum);
const products = reduction("prod", prod);
const maxima = reduction("max", extreme(true));
const anyTrue = truth("any");
const allTrue = truth("all");
const minima = reduction("min", extreme(false));

export const reductionTable = {
  sum: (x, { axes }) => {
    if (x.dtype === "bool") throw new DTypeError(`${showCall("sum", [x])}: cast truth values to integers first`);
    return sums(x, axes);
  },
  prod: (x, { axes }) => products(x, axes),
  max: (x, { axes }) => maxima(x, axes),
  min: (x, { axes }) => minima(x, axes),
  any: (x, { axes }) => anyTrue(x, axes),
  all: (x, { axes }) => allTrue(x, axes),
  argmax: (x, { axis }) => argExtreme("argmax", x, axis),
  argmin: (x, { axis }) => argExtreme("argmin", x, axis),
} satisfies EvaluationTable;
