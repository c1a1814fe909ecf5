// Primitives that move elements and compute nothing. Most give views.
import { DTypeError, showCall, type EvaluationTable, type Shape, type Value, promised } from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { assign } from "../copies.ts";
import { allocate, type NDArray } from "../ndarray.ts";
import * as views from "../views.ts";

function embed(value: Value, start: readonly number[], step: readonly number[], shape: Shape): NDArray {
  const x = asNDArray(value);
  const result = allocate(shape, x.dtype);
  assign(views.slice(result, start, x.shape, step), x);
  return result;
}

function concatenate(operands: readonly Value[], axis: number): NDArray {
  const first = promised(operands[0], "an operand of concatenate");
  const length = operands.reduce((sum, each) => sum + (each.shape[axis] ?? 0), 0);
  const result = allocate(first.shape.with(axis, length), first.dtype);
  const step = first.shape.map(() => 1);
  let place = 0;
  for (const each of operands) {
    if (each.dtype !== first.dtype)
      throw new DTypeError(`${showCall("concatenate", operands)}: dtypes must be the same`);
    const start = first.shape.map((_, own) => (own === axis ? place : 0));
    assign(views.slice(result, start, each.shape, step), asNDArray(each));
    place += each.shape[axis] ?? 0;
  }
  return result;
}

export const shapeTable = {
  reshape: (x, { shape }) => views.reshape(asNDArray(x), shape),
  transpose: (x, { permutation }) => views.transpose(asNDArray(x), permutation),
  broadcast: (x, { shape, axes }) => views.broadcast(asNDArray(x), shape, axes),
  slice: (x, { start, length, step }) => views.slice(asNDArray(x), start, length, step),
  embed: (x, { start, step, shape }) => embed(x, start, step, shape),
  concatenate: (operands, { axis }) => concatenate(operands, axis),
} satisfies EvaluationTable;
