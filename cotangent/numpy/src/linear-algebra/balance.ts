// Balancing, which makes eigenvalues less sensitive: Parlett & Reinsch, Numer. Math. 13 (1969), with the norms of James,
// Langou & Lowery (2014), as LAPACK's gebal.
import { swapRows, type Field } from "./matrix.ts";
import { norm } from "./norm.ts";

/** What was done: row and column k were those in `places[k]`, and its part of eigenvectors is multiplied by `scales[k]`. */
export interface Balance {
  readonly places: Uint32Array;
  readonly scales: Float64Array;
}

/** The matrix as it is balanced, in place. */
interface Balancing extends Balance {
  readonly field: Field;
  readonly a: Float64Array;
  readonly size: number;
}

/** Exchanges rows and columns such that eigenvalues that can be read off are, and scales the others by powers of two. */
export function balance(field: Field, a: Float64Array, size: number): Balance {
  const places = Uint32Array.from({ length: size }, (_, place) => place);
  const balancing = { field, a, size, places, scales: new Float64Array(size).fill(1) };
  const last = pushDown(balancing);
  scaleRange(balancing, pushUp(balancing, last), last);
  return balancing;
}

/** Brings rows that have one entry in what is left to its end. Gives the last row of what is left then. */
function pushDown(balancing: Balancing): number {
  const { size } = balancing;
  let last = size - 1;
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let row = last; row >= 0; row--) {
      if (!isAlone(balancing, row * size, 1, 0, last, row)) continue;
      exchange(balancing, row, last);
      isDone = false;
      last--;
    }
  }
  return last;
}

/** Brings columns that have one entry in what is left to its beginning. Gives the first of what is left then. */
function pushUp(balancing: Balancing, last: number): number {
  const { size } = balancing;
  let first = 0;
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let column = first; column <= last; column++) {
      if (!isAlone(balancing, column, size, first, last, column)) continue;
      exchange(balancing, column, first);
      isDone = false;
      first++;
    }
  }
  return first;
}

/** Whether of a row or column (its entries are `step` apart) only the one on the diagonal, `own`, is not 0. */
function isAlone(
  { field: { width }, a }: Balancing,
  start: number,
  step: number,
  first: number,
  last: number,
  own: number,
): boolean {
  for (let other = first; other <= last; other++) {
    const place = (start + other * step) * width;
    if (other !== own && (a[place] !== 0 || (width === 2 && a[place + 1] !== 0))) return false;
  }
  return true;
}

/** Exchanges two rows, and the columns of the same numbers. */
function exchange({ field: { width }, a, size, places }: Balancing, one: number, other: number): void {
  if (one === other) return;
  const stride = size * width;
  swapRows(a, one * stride, other * stride, stride);
  for (let row = 0; row < size; row++) swapRows(a, row * stride + one * width, row * stride + other * width, width);
  [places[one], places[other]] = [Number(places[other]), Number(places[one])];
}

function scaleRange(balancing: Balancing, first: number, last: number): void {
  const { scales } = balancing;
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let index = first; index <= last; index++) {
      const factor = factorFor(balancing, first, last, index);
      if (factor === 1) continue;
      isDone = false;
      scales[index] = Number(scales[index]) * factor;
      scale(balancing, index, factor);
    }
  }
}

/** A power of two that brings the norms of a row and a column closer together; 1 if there is none that is worth it. */
function factorFor({ field: { width }, a, size }: Balancing, first: number, last: number, index: number): number {
  const stride = size * width;
  const column = new Float64Array((last + 1 - first) * width);
  for (let row = first; row <= last; row++) {
    const place = row * stride + index * width;
    column.set(a.subarray(place, place + width), (row - first) * width);
  }
  let columnNorm = norm(column, 0, column.length);
  const rowNorm = norm(a, index * stride + first * width, index * stride + (last + 1) * width);
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

function scale({ field: { width }, a, size }: Balancing, index: number, factor: number): void {
  const stride = size * width;
  for (let entry = index * stride; entry < (index + 1) * stride; entry++) a[entry] = Number(a[entry]) / factor;
  for (let row = 0; row < size; row++) {
    for (let part = 0; part < width; part++) {
      const place = row * stride + index * width + part;
      a[place] = Number(a[place]) * factor;
    }
  }
}
