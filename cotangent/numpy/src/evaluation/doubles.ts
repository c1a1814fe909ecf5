// Elements as doubles in row-major order, which is how algorithms on matrices and spectra take them.
import type { Aval } from "@cotangent/core";
import { assign } from "../copies.ts";
import { fromTyped, numbersOf, uninitialized, type NDArray } from "../ndarray.ts";
import { dtypeInfo } from "../dtype.ts";

/** A copy of the elements; two doubles for a complex one. What is in float32 is computed with in float64. */
export function doublesOf(array: NDArray): Float64Array {
  const { lanes } = dtypeInfo[array.dtype];
  if (array.isContiguous) {
    const start = array.offset * lanes;
    const end = start + array.size * lanes;
    const data = numbersOf(array);
    return data instanceof Float64Array ? data.slice(start, end) : Float64Array.from(data.subarray(start, end));
  }
  const copy = new Float64Array(array.size * lanes);
  assign(fromTyped(copy, lanes === 2 ? "complex128" : "float64", array.shape), array);
  return copy;
}

/** A real array as a complex one of the same precision. */
export function withoutImaginary(array: NDArray): NDArray {
  const result = uninitialized(array.shape, array.dtype === "float32" ? "complex64" : "complex128");
  const from = doublesOf(array);
  const to = numbersOf(result);
  for (let index = 0; index < from.length; index++) {
    to[2 * index] = Number(from[index]);
    to[2 * index + 1] = 0;
  }
  return result;
}

/** The real parts of a complex array, in row-major order. */
export function realPartsOf(array: NDArray): NDArray {
  const result = uninitialized(array.shape, array.dtype === "complex64" ? "float32" : "float64");
  const from = doublesOf(array);
  const to = numbersOf(result);
  for (let index = 0; index < to.length; index++) to[index] = Number(from[2 * index]);
  return result;
}

/** An array of these elements. */
export function fromDoubles(data: Float64Array, { dtype, shape }: Aval): NDArray {
  const result = uninitialized(shape, dtype);
  numbersOf(result).set(data);
  return result;
}
