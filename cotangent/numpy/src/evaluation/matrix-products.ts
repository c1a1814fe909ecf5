// Products of float vectors and matrices: the usual case of `dot`, at once.
import type { AxisPairs, Shape } from "@cotangent/core";
import { multiplyInto, type MatrixLayout } from "../kernels/multiply.ts";
import { allocate, entriesOf, uninitialized, type NDArray } from "../ndarray.ts";

/** Products of fewer factors than this are computed by a plain loop: that is quicker than to call a kernel. */
const fewFactors = 256;
const none: readonly number[] = [];

/** One axis of an operand that is summed over, and the other one, if there is one. */
interface Side {
  readonly sum: number;
  readonly sumStride: number;
  readonly rest: number;
  readonly restStride: number;
}

function sideOf({ shape, strides }: NDArray, axis: number): Side {
  const other = 1 - axis;
  const hasRest = shape.length === 2;
  return {
    sum: shape[axis] ?? 1,
    sumStride: strides[axis] ?? 0,
    rest: hasRest ? (shape[other] ?? 1) : 1,
    restStride: hasRest ? (strides[other] ?? 0) : 0,
  };
}

interface Factors {
  readonly left: Side;
  readonly right: Side;
}

/** The factors of a product of float vectors or matrices over one axis without batches, else null. */
function factorsOf(x: NDArray, y: NDArray, contract: AxisPairs, batch: AxisPairs): Factors | null {
  const [[first, ...moreLeft], [second, ...moreRight]] = contract;
  const isUsual = batch[0].length + moreLeft.length + moreRight.length === 0 && x.ndim <= 2 && y.ndim <= 2;
  const isFloat = x.dtype === "float64" || x.dtype === "float32";
  if (!isUsual || !isFloat || first === undefined || second === undefined) return null;
  const left = sideOf(x, first);
  const right = sideOf(y, second);
  return left.sum === right.sum ? { left, right } : null;
}

/** The product if it is one of float vectors or matrices over one axis without batches, else null. */
export function matrixProduct(x: NDArray, y: NDArray, contract: AxisPairs, batch: AxisPairs): NDArray | null {
  const factors = factorsOf(x, y, contract, batch);
  if (factors === null) return null;
  const { left, right } = factors;
  const shape = shapeOf(x, y, left.rest, right.rest);
  if (left.rest * right.rest * left.sum <= fewFactors)
    return plainProduct(uninitialized(shape, x.dtype), x, y, left, right);
  const isMatrix = left.rest > 1 && right.rest > 1;
  const result = isMatrix ? uninitialized(shape, x.dtype) : allocate(shape, x.dtype);
  return multiply(result, x, y, factors, isMatrix) ? result : null;
}

/** Adds such a product to an array in row-major order. False where it is no such product, or small. */
export function addMatrixProduct(sum: NDArray, x: NDArray, y: NDArray, contract: AxisPairs, batch: AxisPairs): boolean {
  const factors = sum.isContiguous ? factorsOf(x, y, contract, batch) : null;
  if (factors === null || sum.size * factors.left.sum <= fewFactors) return false;
  return multiply(sum, x, y, factors, false);
}

function multiply(result: NDArray, x: NDArray, y: NDArray, { left, right }: Factors, isFresh: boolean): boolean {
  const a = layout(x, left.rest, left.sum, left.restStride, left.sumStride);
  const b = layout(y, right.sum, right.rest, right.sumStride, right.restStride);
  return multiplyInto(layout(result, left.rest, right.rest, right.rest, 1), a, b, isFresh);
}

function shapeOf(x: NDArray, y: NDArray, rows: number, columns: number): Shape {
  if (x.ndim === 2) return y.ndim === 2 ? [rows, columns] : [rows];
  return y.ndim === 2 ? [columns] : none;
}

function layout(array: NDArray, rows: number, columns: number, rowStride: number, columnStride: number): MatrixLayout {
  return { array, rows, columns, rowStride, columnStride, batch: none, batchStrides: none };
}

function plainProduct(result: NDArray, x: NDArray, y: NDArray, left: Side, right: Side): NDArray {
  const [to, first, second] = [entriesOf(result), entriesOf(x), entriesOf(y)];
  const [c, a, b] = [to.data as Float64Array, first.data as Float64Array, second.data as Float64Array];
  let place = to.start;
  for (let row = 0; row < left.rest; row++) {
    for (let column = 0; column < right.rest; column++) {
      let p = first.start + row * left.restStride;
      let q = second.start + column * right.restStride;
      let total = 0;
      for (let k = 0; k < left.sum; k++) {
        total += (a[p] ?? 0) * (b[q] ?? 0);
        p += left.sumStride;
        q += right.sumStride;
      }
      c[place++] = total;
    }
  }
  return result;
}
