// Singular values of a bidiagonal matrix by the implicit zero-shift QR algorithm, which finds small ones to full
// relative accuracy: Demmel & Kahan, "Accurate singular values of bidiagonal matrices", SIAM J. Sci. Stat. Comput. 11
// (1990); choice of shifts and of direction as in LAPACK's bdsqr.
import { LinAlgError } from "./errors.ts";
import { rotateRows } from "./matrix.ts";
import { rotationOf } from "./rotation.ts";

const epsilon = 2 ** -53;
const tolerance = epsilon * Math.max(10, Math.min(100, epsilon ** -0.125));
const sweepsPerValue = 6;

/** Rows that are rotated along: those of the left factor's transpose and those of the right factor's adjoint. */
export interface Sides {
  readonly left: Float64Array;
  readonly leftLength: number;
  readonly right: Float64Array;
  readonly rightLength: number;
}

/** A bidiagonal matrix as it becomes diagonal. */
interface Bidiagonal extends Sides {
  readonly d: Float64Array;
  /** Beside the diagonal, above it. */
  readonly e: Float64Array;
  readonly threshold: number;
}

/** Makes `d` the singular values (not sorted, of any sign) of the matrix with `d` on and `e` above the diagonal. */
export function diagonalize(d: Float64Array, e: Float64Array, sides: Sides): void {
  const matrix: Bidiagonal = { ...sides, d, e, threshold: thresholdOf(d, e) };
  let sweeps = sweepsPerValue * d.length * d.length + 60;
  let isDownward = true;
  let [first, last] = [-1, -1];
  for (let end = d.length - 1; end > 0;) {
    const start = blockStart(matrix, end);
    if (start === end) {
      end--;
      continue;
    }
    if (sweeps-- === 0) throw new LinAlgError("the singular values did not converge");
    if (start > last || end < first || first < 0) isDownward = Math.abs(Number(d[start])) >= Math.abs(Number(d[end]));
    [first, last] = [start, end];
    const smallest = isDownward ? deflateDownward(matrix, start, end) : deflateUpward(matrix, start, end);
    if (smallest !== null) sweep(matrix, start, end, isDownward, smallest);
  }
}

/** What is negligible: a part of the smallest singular value, or what underflows. */
function thresholdOf(d: Float64Array, e: Float64Array): number {
  let mu = Math.abs(d[0] ?? 0);
  let smallest = mu;
  for (let index = 1; index < d.length && smallest > 0; index++) {
    mu = Math.abs(Number(d[index])) * (mu / (mu + Math.abs(Number(e[index - 1]))));
    smallest = Math.min(smallest, mu);
  }
  return Math.max((tolerance * smallest) / Math.sqrt(d.length), sweepsPerValue * d.length ** 2 * 2 ** -1022);
}

/** Where the part that ends at `end` and falls into no smaller ones begins. */
function blockStart({ e, threshold }: Bidiagonal, end: number): number {
  let start = end;
  while (start > 0) {
    if (Math.abs(Number(e[start - 1])) <= threshold) {
      e[start - 1] = 0;
      return start;
    }
    start--;
  }
  return start;
}

/** A lower bound of the part's singular values, or null if an entry beside the diagonal was small enough to become 0. */
function deflateDownward({ d, e }: Bidiagonal, start: number, end: number): number | null {
  if (Math.abs(Number(e[end - 1])) <= tolerance * Math.abs(Number(d[end]))) {
    e[end - 1] = 0;
    return null;
  }
  let mu = Math.abs(Number(d[start]));
  let smallest = mu;
  for (let index = start; index < end; index++) {
    if (Math.abs(Number(e[index])) <= tolerance * mu) {
      e[index] = 0;
      return null;
    }
    mu = Math.abs(Number(d[index + 1])) * (mu / (mu + Math.abs(Number(e[index]))));
    smallest = Math.min(smallest, mu);
  }
  return smallest;
}

function deflateUpward({ d, e }: Bidiagonal, start: number, end: number): number | null {
  if (Math.abs(Number(e[start])) <= tolerance * Math.abs(Number(d[start]))) {
    e[start] = 0;
    return null;
  }
  let mu = Math.abs(Number(d[end]));
  let smallest = mu;
  for (let index = end - 1; index >= start; index--) {
    if (Math.abs(Number(e[index])) <= tolerance * mu) {
      e[index] = 0;
      return null;
    }
    mu = Math.abs(Number(d[index])) * (mu / (mu + Math.abs(Number(e[index]))));
    smallest = Math.min(smallest, mu);
  }
  return smallest;
}

function sweep(matrix: Bidiagonal, start: number, end: number, isDownward: boolean, smallest: number): void {
  const shift = shiftOf(matrix, start, end, isDownward, smallest);
  if (isDownward) {
    if (shift === 0) zeroShiftDownward(matrix, start, end);
    else shiftedDownward(matrix, start, end, shift);
    if (Math.abs(Number(matrix.e[end - 1])) <= matrix.threshold) matrix.e[end - 1] = 0;
  } else {
    if (shift === 0) zeroShiftUpward(matrix, start, end);
    else shiftedUpward(matrix, start, end, shift);
    if (Math.abs(Number(matrix.e[start])) <= matrix.threshold) matrix.e[start] = 0;
  }
}

/** The smaller singular value of the last (upward: first) two rows, or 0 where that would cost accuracy. */
function shiftOf({ d, e }: Bidiagonal, start: number, end: number, isDownward: boolean, smallest: number): number {
  let largest = 0;
  for (let index = start; index <= end; index++) largest = Math.max(largest, Math.abs(Number(d[index])));
  for (let index = start; index < end; index++) largest = Math.max(largest, Math.abs(Number(e[index])));
  if (d.length * tolerance * (smallest / largest) <= Math.max(epsilon, 0.01 * tolerance)) return 0;
  const place = isDownward ? end - 1 : start;
  const shift = smallerSingularValue(Number(d[place]), Number(e[place]), Number(d[place + 1]));
  const scale = Math.abs(Number(d[isDownward ? start : end]));
  return scale > 0 && (shift / scale) ** 2 < epsilon ? 0 : shift;
}

/** Of the matrix [[f, g], [0, h]], which is not singular, as LAPACK's las2. */
function smallerSingularValue(f: number, g: number, h: number): number {
  const low = Math.min(Math.abs(f), Math.abs(h));
  const high = Math.max(Math.abs(f), Math.abs(h));
  const beside = Math.abs(g);
  if (beside < high) {
    const sum = 1 + low / high;
    const difference = (high - low) / high;
    const square = (beside / high) ** 2;
    return low * (2 / (Math.sqrt(sum * sum + square) + Math.sqrt(difference * difference + square)));
  }
  const ratio = high / beside;
  const sum = (1 + low / high) * ratio;
  const difference = ((high - low) / high) * ratio;
  return 2 * (low * (1 / (Math.sqrt(1 + sum * sum) + Math.sqrt(1 + difference * difference)))) * ratio;
}

function rotateLeft({ left, leftLength }: Bidiagonal, row: number, c: number, s: number): void {
  if (s !== 0 || c !== 1) rotateRows(left, row * leftLength, (row + 1) * leftLength, leftLength, c, s);
}

function rotateRight({ right, rightLength }: Bidiagonal, row: number, c: number, s: number): void {
  if (s !== 0 || c !== 1) rotateRows(right, row * rightLength, (row + 1) * rightLength, rightLength, c, s);
}

function zeroShiftDownward(matrix: Bidiagonal, start: number, end: number): void {
  const { d, e } = matrix;
  let c = 1;
  let old = { c: 1, s: 0 };
  for (let index = start; index < end; index++) {
    const right = rotationOf(Number(d[index]) * c, Number(e[index]));
    if (index > start) e[index - 1] = old.s * right.r;
    const left = rotationOf(old.c * right.r, Number(d[index + 1]) * right.s);
    d[index] = left.r;
    rotateRight(matrix, index, right.c, right.s);
    rotateLeft(matrix, index, left.c, left.s);
    c = right.c;
    old = left;
  }
  const last = Number(d[end]) * c;
  d[end] = last * old.c;
  e[end - 1] = last * old.s;
}

function zeroShiftUpward(matrix: Bidiagonal, start: number, end: number): void {
  const { d, e } = matrix;
  let c = 1;
  let old = { c: 1, s: 0 };
  for (let index = end; index > start; index--) {
    const left = rotationOf(Number(d[index]) * c, Number(e[index - 1]));
    if (index < end) e[index] = old.s * left.r;
    const right = rotationOf(old.c * left.r, Number(d[index - 1]) * left.s);
    d[index] = right.r;
    rotateLeft(matrix, index - 1, left.c, -left.s);
    rotateRight(matrix, index - 1, right.c, -right.s);
    c = left.c;
    old = right;
  }
  const first = Number(d[start]) * c;
  d[start] = first * old.c;
  e[start] = first * old.s;
}

function shiftedDownward(matrix: Bidiagonal, start: number, end: number, shift: number): void {
  const { d, e } = matrix;
  let f = (Math.abs(Number(d[start])) - shift) * (signOf(Number(d[start])) + shift / Number(d[start]));
  let g = Number(e[start]);
  for (let index = start; index < end; index++) {
    const right = rotationOf(f, g);
    if (index > start) e[index - 1] = right.r;
    f = right.c * Number(d[index]) + right.s * Number(e[index]);
    e[index] = right.c * Number(e[index]) - right.s * Number(d[index]);
    g = right.s * Number(d[index + 1]);
    d[index + 1] = right.c * Number(d[index + 1]);
    const left = rotationOf(f, g);
    d[index] = left.r;
    f = left.c * Number(e[index]) + left.s * Number(d[index + 1]);
    d[index + 1] = left.c * Number(d[index + 1]) - left.s * Number(e[index]);
    if (index < end - 1) {
      g = left.s * Number(e[index + 1]);
      e[index + 1] = left.c * Number(e[index + 1]);
    }
    rotateRight(matrix, index, right.c, right.s);
    rotateLeft(matrix, index, left.c, left.s);
  }
  e[end - 1] = f;
}

function shiftedUpward(matrix: Bidiagonal, start: number, end: number, shift: number): void {
  const { d, e } = matrix;
  let f = (Math.abs(Number(d[end])) - shift) * (signOf(Number(d[end])) + shift / Number(d[end]));
  let g = Number(e[end - 1]);
  for (let index = end; index > start; index--) {
    const left = rotationOf(f, g);
    if (index < end) e[index] = left.r;
    f = left.c * Number(d[index]) + left.s * Number(e[index - 1]);
    e[index - 1] = left.c * Number(e[index - 1]) - left.s * Number(d[index]);
    g = left.s * Number(d[index - 1]);
    d[index - 1] = left.c * Number(d[index - 1]);
    const right = rotationOf(f, g);
    d[index] = right.r;
    f = right.c * Number(e[index - 1]) + right.s * Number(d[index - 1]);
    d[index - 1] = right.c * Number(d[index - 1]) - right.s * Number(e[index - 1]);
    if (index > start + 1) {
      g = right.s * Number(e[index - 2]);
      e[index - 2] = right.c * Number(e[index - 2]);
    }
    rotateLeft(matrix, index - 1, left.c, -left.s);
    rotateRight(matrix, index - 1, right.c, -right.s);
  }
  e[start] = f;
}

function signOf(x: number): number {
  return x >= 0 ? 1 : -1;
}
