// Kernels over the rows of loops.
import { dtypeInfo } from "../dtype.ts";
import type { Loop } from "../layout.ts";
import { scratch, thePool } from "../memory/pool.ts";
import type { NDArray } from "../ndarray.ts";
import { theKernels, type RowKernel } from "./module.ts";

/** Runs a kernel for each row of a loop. Strides count elements; operands that are null have none. */
export function runLoop(
  kernel: RowKernel,
  { lengths, strides }: Loop,
  arrays: readonly (NDArray | null)[],
  addresses: readonly number[],
): void {
  if (lengths.includes(0)) return;
  const bytes = arrays.map((array) => (array ? dtypeInfo[array.dtype].bytes : 0));
  const which = arrays[3] === null ? crosswiseOperand(lengths, strides, bytes) : null;
  if (which === null) runRows(kernel, lengths, strides, bytes, addresses);
  else runAcross(kernel, lengths, strides, bytes, addresses, which);
}

/** Bytes of a line of the cache. */
const line = 64;

/** The operand, if there is one, whose rows in a loop over two axes are far apart, but not what is side by side in them. */
function crosswiseOperand(
  lengths: readonly number[],
  strides: readonly (readonly number[])[],
  bytes: readonly number[],
): 1 | 2 | null {
  const [rows = 0, columns = 0] = lengths;
  if (lengths.length !== 2 || rows < 8 || columns < 8) return null;
  const first = isCrosswise(strides[1], bytes[1]);
  if (first === isCrosswise(strides[2], bytes[2])) return null;
  return first ? 1 : 2;
}

function isCrosswise([across, along = 0]: readonly number[] = [], bytes = 0): boolean {
  return (bytes === 8 || bytes === 4) && across === 1 && Math.abs(along) * bytes >= line;
}

function runAcross(
  kernel: RowKernel,
  [rows = 0, columns = 0]: readonly number[],
  strides: readonly (readonly number[])[],
  bytes: readonly number[],
  addresses: readonly number[],
  which: 1 | 2,
): void {
  const kernels = theKernels();
  const places = [0, 1, 2].flatMap((each) => {
    const [across = 0, along = 0] = strides[each] ?? [];
    const size = bytes[each] ?? 0;
    return [addresses[each] ?? 0, across * size, along * size];
  });
  kernels.exports.across(
    kernels.indexOf(kernel),
    which === 1,
    bytes[which] ?? 0,
    rows,
    columns,
    ...places,
    scratch.tile,
  );
}

/** Runs a kernel for each row. A stride of an operand counts pieces of so many bytes. */
export function runRows(
  kernel: RowKernel,
  lengths: readonly number[],
  strides: readonly (readonly number[])[],
  bytes: readonly number[],
  [out = 0, a = 0, b = 0, c = 0]: readonly number[],
): void {
  const ndim = lengths.length;
  const words = thePool().as("int32") as Int32Array;
  const start = scratch.loop / 4;
  for (let axis = 0; axis < ndim; axis++) words[start + axis] = lengths[axis] ?? 1;
  for (let which = 0; which < strides.length; which++) {
    const own = strides[which];
    const size = bytes[which] ?? 0;
    const to = start + ndim * (which + 1);
    for (let axis = 0; axis < ndim; axis++) words[to + axis] = (own?.[axis] ?? 0) * size;
  }
  if (ndim === 1) {
    const word = (place: number) => words[start + place] ?? 0;
    kernel(word(0), out, word(1), a, word(2), b, word(3), c, word(4));
    return;
  }
  const kernels = theKernels();
  kernels.exports.each(kernels.indexOf(kernel), ndim, scratch.loop, out, a, b, c);
}
