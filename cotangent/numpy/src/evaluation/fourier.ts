// The discrete Fourier transform of arrays.
import { primitives, sizeOf, typesOf, type EvaluationTable, type Value } from "@cotangent/core";
import { asNDArray } from "../as-ndarray.ts";
import { fft } from "../fourier/fft.ts";
import type { NDArray } from "../ndarray.ts";
import { doublesOf, fromDoubles } from "./doubles.ts";

function transform(value: Value, axis: number, isInverse: boolean): NDArray {
  const x = asNDArray(value);
  typesOf(primitives.fft, [x], { axis, inverse: isInverse });
  const outer = sizeOf(x.shape.slice(0, axis));
  const lines = sizeOf(x.shape.slice(axis + 1));
  return fromDoubles(fft(doublesOf(x), outer, x.shape[axis] ?? 1, lines, isInverse), x);
}

export const fourierTable = {
  fft: (x, { axis, inverse }) => transform(x, axis, inverse),
} satisfies EvaluationTable;
