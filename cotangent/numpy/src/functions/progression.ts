// Numbers in a row, which other arrays are made of.
import { isComplex, operations, type DType, type Shape } from "@cotangent/core";
import { filled } from "../copies.ts";
import { isBig } from "../dtype.ts";
import type { NDArray } from "../ndarray.ts";
import { allocate, bigsOf, numbersOf } from "../ndarray.ts";
import { concreteArray } from "./arguments.ts";
import { reshaped } from "./moving.ts";

/** start + place · step, for as many places. */
export function progression(length: number, start: number, step: number, dtype: DType): NDArray {
  const result = allocate([length], isComplex(dtype) ? "float64" : dtype);
  if (isBig(dtype)) {
    const data = bigsOf(result);
    const isWhole = Number.isInteger(start) && Number.isInteger(step);
    for (let place = 0; place < length; place++) {
      data[place] = isWhole ? BigInt(start + place * step) : BigInt(Math.trunc(start) + place * Math.trunc(step));
    }
  } else {
    const data = numbersOf(result);
    for (let place = 0; place < length; place++) data[place] = start + place * step;
  }
  return concreteArray(operations.cast(result, dtype));
}

/** The index along one axis of each element. */
export function indexArray(shape: Shape, axis: number, dtype: DType): NDArray {
  const length = shape[axis] ?? 0;
  const along = reshaped(
    progression(length, 0, 1, dtype),
    shape.map((_, each) => (each === axis ? length : 1)),
  );
  return filled(shape, concreteArray(along));
}
