// Elements of one of two arrays.
import { DTypeError, showCall, type Value } from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { dtypeInfo, type TypedArray } from "../dtype.ts";
import { kernelsOf } from "../kernels/kernel-of.ts";
import { run } from "../kernels/run.ts";
import { broadcastStrides, eachRow, loopOver } from "../layout.ts";
import { numbersOf, uninitialized, type NDArray } from "../ndarray.ts";
import { broadcastShapes } from "../views.ts";
import { tinySize } from "./fast.ts";

const kernels = /* @__PURE__ */ kernelsOf("select");

/** Elements of the second operand where the first (bool) is true, else of the third. */
export function select(first: Value, second: Value, third: Value): NDArray {
  const condition = asNDArray(first);
  const x = asNDArray(second);
  const y = asNDArray(third);
  if (condition.dtype !== "bool" || x.dtype !== y.dtype) {
    throw new DTypeError(`${showCall("select", [condition, x, y])}: expected bool and two arrays of the same dtype`);
  }
  const shape = broadcastShapes(condition.shape, x.shape, y.shape);
  const result = uninitialized(shape, x.dtype);
  const kernel = result.size > tinySize ? kernels(x.dtype) : null;
  if (kernel !== null && run(kernel, result, condition, x, y)) return result;
  const { lanes } = dtypeInfo[x.dtype];
  const chosen = numbersOf(condition);
  const write = writer(result.data, x.data, y.data);
  const operands = [condition, x, y];
  const loop = loopOver(shape, [result.strides, ...operands.map((each) => broadcastStrides(each, shape))]);
  const length = loop.lengths.at(-1) ?? 0;
  const [step = 0, cStep = 0, xStep = 0, yStep = 0] = loop.strides.map((each) => each.at(-1) ?? 0);
  eachRow(loop, [0, ...operands.map((each) => each.offset)], ([to = 0, c = 0, xs = 0, ys = 0]) => {
    for (let index = 0; index < length; index++) {
      const isFirst = chosen[c + index * cStep] !== 0;
      const from = isFirst ? xs + index * xStep : ys + index * yStep;
      for (let lane = 0; lane < lanes; lane++) write((to + index * step) * lanes + lane, isFirst, from * lanes + lane);
    }
  });
  return result;
}

/** Writes an entry of one of two typed arrays of the same type into a third. */
function writer(to: TypedArray, x: TypedArray, y: TypedArray): (place: number, isFirst: boolean, from: number) => void {
  return (place, isFirst, from) => {
    const value = (isFirst ? x : y)[from];
    if (value !== undefined) to[place] = value;
  };
}
