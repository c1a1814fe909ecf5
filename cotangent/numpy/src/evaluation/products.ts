// Products that sum over axes.
import {
  DTypeError,
  ShapeError,
  showCall,
  sizeOf,
  type AxisPairs,
  type EvaluationTable,
  type Value,
} from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { asContiguous, assign, converted } from "../copies.ts";
import { dtypeInfo, kindOf } from "../dtype.ts";
import { multiplyInto, type MatrixLayout } from "../kernels/multiply.ts";
import { allocate, type NDArray } from "../ndarray.ts";
import { imagView, realView, transpose, viewOf } from "../views.ts";
import { binaryTable } from "./binary.ts";
import { matrixProduct } from "./matrix-products.ts";
import { multiplyPlainly } from "./plain-products.ts";

/** Products of fewer factors than this are computed by plain loops: that is quicker than to call a kernel. */
const fewFactors = 128;

/** One axis in place of several that follow one another, if strides allow it. */
function joined(x: NDArray, axes: readonly number[]): { readonly length: number; readonly stride: number } | null {
  let [length, stride] = [1, 1];
  for (const axis of axes.toReversed()) {
    const [own, step] = [x.shape[axis] ?? 1, x.strides[axis] ?? 0];
    if (own === 1) continue;
    if (length === 1) stride = step;
    // Where there are no elements, any stride will do.
    else if (step !== stride * length && x.size > 0) return null;
    length *= own;
  }
  return { length, stride };
}

/** An operand as batches of matrices, copied where its strides don't allow that. */
function matricesOf(
  x: NDArray,
  batch: readonly number[],
  rows: readonly number[],
  columns: readonly number[],
): MatrixLayout {
  const [row, column] = [joined(x, rows), joined(x, columns)];
  if (row === null || column === null) {
    const order = [...batch, ...rows, ...columns];
    const places = order.map((_, place) => place);
    const [afterBatch, afterRows] = [batch.length, batch.length + rows.length];
    const ordered = asContiguous(transpose(x, order));
    return matricesOf(
      ordered,
      places.slice(0, afterBatch),
      places.slice(afterBatch, afterRows),
      places.slice(afterRows),
    );
  }
  return {
    array: x,
    rows: row.length,
    columns: column.length,
    rowStride: row.stride,
    columnStride: column.stride,
    batch: batch.map((axis) => x.shape[axis] ?? 1),
    batchStrides: batch.map((axis) => x.strides[axis] ?? 0),
  };
}

function dot(first: Value, second: Value, contract: AxisPairs, batch: AxisPairs): NDArray {
  const x = asNDArray(first);
  const y = asNDArray(second);
  if (x.dtype !== y.dtype) throw new DTypeError(`${showCall("dot", [x, y])}: dtypes must be the same`);
  if (contract[0].length + batch[0].length === 0) return outer(x, y);
  const usual = matrixProduct(x, y, contract, batch);
  if (usual !== null) return usual;
  if (isSmallInteger(x)) {
    const [left, right] = [converted(x, "int32"), converted(y, "int32")];
    return converted(dot(left, right, contract, batch), x.dtype);
  }
  const rest = (z: NDArray, side: 0 | 1): readonly number[] =>
    z.shape.map((_, axis) => axis).filter((axis) => !contract[side].includes(axis) && !batch[side].includes(axis));
  const [leftRest, rightRest] = [rest(x, 0), rest(y, 1)];
  const left = matricesOf(x, batch[0], leftRest, contract[0]);
  const right = matricesOf(y, batch[1], contract[1], rightRest);
  if (left.columns !== right.rows) {
    throw new ShapeError(`${showCall("dot", [x, y])}: lengths of the axes to sum over must be the same`);
  }
  const lengths = [...leftRest.map((axis) => x.shape[axis] ?? 1), ...rightRest.map((axis) => y.shape[axis] ?? 1)];
  const result = allocate([...left.batch, ...lengths], x.dtype);
  multiply(resultLayout(result, left, right), left, right);
  return result;
}

/** The product of every element of one with every element of the other. */
function outer(x: NDArray, y: NDArray): NDArray {
  const ones = y.shape.map(() => 1);
  const zeros = y.shape.map(() => 0);
  const spread = viewOf(x, [...x.shape, ...ones], [...x.strides, ...zeros], x.offset);
  return binaryTable.mul(spread, y);
}

function resultLayout(array: NDArray, { batch, rows }: MatrixLayout, { columns }: MatrixLayout): MatrixLayout {
  const batchStrides = array.strides.slice(0, batch.length);
  return { array, rows, columns, rowStride: columns, columnStride: 1, batch, batchStrides };
}

/** c += a b, where c is 0 at first. */
function multiply(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): void {
  if (sizeOf(c.batch) * c.rows * c.columns * a.columns <= fewFactors) multiplyPlainly(c, a, b);
  else if (kindOf(c.array.dtype) === "complex") multiplyComplex(c, a, b);
  else if (!multiplyInto(c, a, b)) multiplyPlainly(c, a, b);
}

/** By products of parts, which are matrices with twice the strides. */
function multiplyComplex(c: MatrixLayout, a: MatrixLayout, b: MatrixLayout): void {
  const [re, im] = [part(c, realView(c.array)), part(c, imagView(c.array))];
  const [aRe, aIm] = [part(a, realView(a.array)), part(a, imagView(a.array))];
  const [bRe, bIm] = [part(b, realView(b.array)), part(b, imagView(b.array))];
  const minus = { ...c, array: allocate(c.array.shape, re.array.dtype) };
  const isDone =
    multiplyInto(re, aRe, bRe) &&
    multiplyInto(minus, aIm, bIm) &&
    multiplyInto(im, aRe, bIm) &&
    multiplyInto(im, aIm, bRe);
  if (isDone) assign(re.array, binaryTable.sub(re.array, minus.array));
  else multiplyPlainly(c, a, b);
}

function part(matrices: MatrixLayout, array: NDArray): MatrixLayout {
  const { rowStride, columnStride, batchStrides } = matrices;
  return {
    ...matrices,
    array,
    rowStride: 2 * rowStride,
    columnStride: 2 * columnStride,
    batchStrides: batchStrides.map((stride) => 2 * stride),
  };
}

function isSmallInteger({ dtype }: NDArray): boolean {
  return dtypeInfo[dtype].bytes < 4 && kindOf(dtype) !== "float";
}

export const productTable = {
  dot: (x, y, { contract, batch }) => dot(x, y, contract, batch),
} satisfies EvaluationTable;
