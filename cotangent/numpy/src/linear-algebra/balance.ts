// Balancing, which makes eigenvalues less sensitive: Parlett & Reinsch, Numer. Math. 13 (1969), with the norms of James,
// Langou & Lowery (2014), as LAPACK's gebal.
import type { Field } from "./matrix.ts";
import { norm } from "./norm.ts";

/** Scales rows and columns by powers of two, in place. Gives the factors: what a row of eigenvectors is multiplied by. */
export function balance(field: Field, a: Float64Array, size: number): Float64Array {
  const scales = new Float64Array(size).fill(1);
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let index = 0; index < size; index++) {
      const factor = factorFor(field, a, size, index);
      if (factor === 1) continue;
      isDone = false;
      scales[index] = Number(scales[index]) * factor;
      scale(field, a, size, index, factor);
    }
  }
  return scales;
}

/** A power of two that brings the norms of a row and a column closer together; 1 if there is none that is worth it. */
function factorFor({ width }: Field, a: Float64Array, size: number, index: number): number {
  const stride = size * width;
  const column = new Float64Array(stride);
  for (let row = 0; row < size; row++) {
    for (let part = 0; part < width; part++)
      column[row * width + part] = Number(a[row * stride + index * width + part]);
  }
  let columnNorm = norm(column, 0, stride);
  const rowNorm = norm(a, index * stride, (index + 1) * stride);
  if (!(columnNorm > 0 && rowNorm > 0 && columnNorm + rowNorm < Infinity)) return 1;
  const sum = columnNorm + rowNorm;
  let factor = 1;
  let other = rowNorm;
  while (columnNorm < other / 2 && factor < 2 ** 500) {
    factor *= 2;
    columnNorm *= 2;
    other /= 2;
  }
  while (columnNorm / 2 >= other && factor > 2 ** -500) {
    factor /= 2;
    columnNorm /= 2;
    other *= 2;
  }
  return columnNorm + other < 0.95 * sum ? factor : 1;
}

function scale({ width }: Field, a: Float64Array, size: number, index: number, factor: number): void {
  const stride = size * width;
  for (let entry = index * stride; entry < (index + 1) * stride; entry++) a[entry] = Number(a[entry]) / factor;
  for (let row = 0; row < size; row++) {
    for (let part = 0; part < width; part++) {
      const place = row * stride + index * width + part;
      a[place] = Number(a[place]) * factor;
    }
  }
}
