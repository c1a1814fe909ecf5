// Elementwise results by kernels.
import type { DType } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { kernelOf } from "../kernels/kernel-of.ts";
import type { RowKernel } from "../kernels/module.ts";
import { run } from "../kernels/run.ts";
import { uninitialized, type NDArray } from "../ndarray.ts";
import { resultShape } from "./loops.ts";

/** Arrays of up to this size are left to plain loops: that is quicker than to call a kernel. */
export const tinySize = 8;

/** The result of a kernel, or null where there is no kernel or no room for operands. */
export function mapped(kernel: RowKernel | null, x: NDArray, dtype: DType): NDArray | null {
  if (kernel === null) return null;
  const result = uninitialized(x.shape, dtype);
  return run(kernel, result, x, null, null) ? result : null;
}

export function zipped(kernel: RowKernel | null, x: NDArray, y: NDArray, dtype: DType): NDArray | null {
  if (kernel === null) return null;
  const result = uninitialized(resultShape(x, y), dtype);
  return run(kernel, result, x, y, null) ? result : null;
}

/**
 * Writes a function of operands, which are of the dtype and shape of `out`, into it. False where no kernel does that:
 * they write elements without gaps.
 */
export function computedInto(operation: string, out: NDArray, x: NDArray, y: NDArray | null): boolean {
  const isWritten = out.size > tinySize && out.isContiguous && kindOf(out.dtype) !== "complex";
  const kernel = isWritten ? kernelOf(operation, out.dtype) : null;
  return kernel !== null && run(kernel, out, x, y, null);
}
