// Sums of cotangents, in the memory of what is there already: nobody else may have that.
import type { AxisPairs } from "@cotangent/core";
import { assign } from "../copies.ts";
import { kernelsOf } from "../kernels/kernel-of.ts";
import { run } from "../kernels/run.ts";
import type { NDArray } from "../ndarray.ts";
import * as views from "../views.ts";
import { binaryTable } from "./binary.ts";
import { tinySize } from "./fast.ts";
import { addMatrixProduct } from "./matrix-products.ts";
import { productTable } from "./products.ts";

const additions = kernelsOf("add");

/** sum + addend, of one dtype and shape: in the memory of `sum`, where a kernel adds. */
export function addTo(sum: NDArray, addend: NDArray): NDArray {
  return isAdded(sum, addend) ? sum : binaryTable.add(sum, addend);
}

/** Adds to the elements of an array, or to none: kernels write elements without gaps. */
function isAdded(sum: NDArray, addend: NDArray): boolean {
  const kernel = sum.size > tinySize && sum.isContiguous ? additions(sum.dtype) : null;
  return kernel !== null && run(kernel, sum, sum, addend, null);
}

/** sum + the product of x and y. */
export function addDotTo(sum: NDArray, x: NDArray, y: NDArray, contract: AxisPairs, batch: AxisPairs): NDArray {
  if (addMatrixProduct(sum, x, y, contract, batch)) return sum;
  return addTo(sum, productTable.dot(x, y, { contract, batch }));
}

/** sum + addend at start, start + step, … of each axis. */
export function addEmbeddedTo(
  sum: NDArray,
  addend: NDArray,
  start: readonly number[],
  step: readonly number[],
): NDArray {
  const place = views.slice(sum, start, addend.shape, step);
  if (!isAdded(place, addend)) assign(place, binaryTable.add(place, addend));
  return sum;
}
