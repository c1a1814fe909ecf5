// The real Schur form by Francis's double-shift QR algorithm (Golub & Van Loan, §7.5; shifts and order of
// eigenvalues as LAPACK's lahqr).
import { LinAlgError } from "./errors.ts";
import { standardPair } from "./standard-pair.ts";

const epsilon = 2 ** -52;
const sweepsPerValue = 60;

/** Real eigenvalues have no imaginary part; others stand in conjugate pairs, the one with the positive part first. */
export interface Eigenvalues {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Makes an upper Hessenberg matrix h quasi-triangular: its 2×2 blocks on the diagonal have no real eigenvalues. What
 * was q h qᵀ still is.
 */
export function realSchur(h: Float64Array, q: Float64Array, size: number): Eigenvalues {
  const values = { re: new Float64Array(size), im: new Float64Array(size) };
  let end = size - 1;
  for (let sweeps = 0; end >= 0;) {
    const start = partStart(h, size, end);
    if (end - start > 1) {
      if (sweeps === sweepsPerValue) throw new LinAlgError("the eigenvalues did not converge");
      sweep(h, q, size, start, end, shiftsOf(h, size, start, end, ++sweeps));
      continue;
    }
    if (end === start) values.re[end] = Number(h[end * size + end]);
    else splitPair(h, q, size, start, values);
    end = start - 1;
    sweeps = 0;
  }
  return values;
}

/** Where the part that ends at `end` and falls into no smaller ones begins. */
function partStart(h: Float64Array, size: number, end: number): number {
  for (let start = end; start > 0; start--) {
    const here = Number(h[start * size + start]);
    const before = Number(h[(start - 1) * size + start - 1]);
    const beside = Math.abs(Number(h[start * size + start - 1]));
    const scale = Math.abs(here) + Math.abs(before) || neighbours(h, size, start);
    // The second test is Ahues & Tisseur's, which spares small eigenvalues.
    if (beside > 2 ** -1000 && beside > epsilon * scale) continue;
    const across = Math.abs(Number(h[(start - 1) * size + start]));
    const gap = Math.abs(before - here);
    const [low, high] = [Math.min(beside, across), Math.max(beside, across)];
    const [small, large] = [Math.min(Math.abs(here), gap), Math.max(Math.abs(here), gap)];
    const sum = high + large;
    if (beside <= 2 ** -1000 || low * (high / sum) <= Math.max(2 ** -1000, epsilon * (small * (large / sum)))) {
      h[start * size + start - 1] = 0;
      return start;
    }
  }
  return 0;
}

function neighbours(h: Float64Array, size: number, start: number): number {
  const before = start > 1 ? Math.abs(Number(h[(start - 1) * size + start - 2])) : 0;
  const after = start + 1 < size ? Math.abs(Number(h[(start + 1) * size + start])) : 0;
  return before + after;
}

/** Two shifts: conjugate, or equal and real. */
interface Shifts {
  readonly re: number;
  /** Of the first; the second has the opposite one. */
  readonly im: number;
}

/** Of the last two rows; now and then of others, for matrices on which those go round in circles. */
function shiftsOf(h: Float64Array, size: number, start: number, end: number, sweeps: number): Shifts {
  const at = (row: number, column: number): number => Number(h[row * size + column]);
  if (sweeps % 20 === 0) {
    const s = Math.abs(at(end, end - 1)) + Math.abs(at(end - 1, end - 2));
    const x = 0.75 * s + at(end, end);
    return shiftsOfBlock(x, -0.4375 * s, s, x);
  }
  if (sweeps % 10 === 0) {
    const s = Math.abs(at(start + 1, start)) + Math.abs(at(start + 2, start + 1));
    const x = 0.75 * s + at(start, start);
    return shiftsOfBlock(x, -0.4375 * s, s, x);
  }
  return shiftsOfBlock(at(end - 1, end - 1), at(end - 1, end), at(end, end - 1), at(end, end));
}

/** The eigenvalues of [[a, b], [c, d]], or, if they are real, twice the one that is closer to d. */
function shiftsOfBlock(a: number, b: number, c: number, d: number): Shifts {
  const scale = Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d);
  const mean = (a / scale + d / scale) / 2;
  const determinant = (a / scale - mean) * (d / scale - mean) - (b / scale) * (c / scale);
  const root = Math.sqrt(Math.abs(determinant));
  if (determinant >= 0) return { re: mean * scale, im: root * scale };
  const [high, low] = [mean + root, mean - root];
  const isHigh = Math.abs(high - d / scale) <= Math.abs(low - d / scale);
  return { re: (isHigh ? high : low) * scale, im: 0 };
}

/** The first column of (h − shift₁)(h − shift₂), from a row on, up to a factor. */
interface Bulge {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a sweep may begin: the lowest row above which two neighbours below the diagonal are small together. */
function bulgeOf(h: Float64Array, size: number, start: number, end: number, { re, im }: Shifts): Bulge {
  for (let row = end - 2; ; row--) {
    const diagonal = row * size + row;
    const here = Number(h[diagonal]);
    const next = Number(h[diagonal + size + 1]);
    const below = Number(h[diagonal + size]);
    const scale = Math.abs(here - re) + Math.abs(im) + Math.abs(below);
    const ratio = below / scale;
    const x = ratio * Number(h[diagonal + 1]) + (here - re) * ((here - re) / scale) + im * (im / scale);
    const y = ratio * (here + next - 2 * re);
    const z = ratio * Number(h[diagonal + 2 * size + 1]);
    if (row === start) return { row, x, y, z };
    const before = Math.abs(Number(h[diagonal - 1])) * (Math.abs(y) + Math.abs(z));
    const around = Math.abs(Number(h[diagonal - size - 1])) + Math.abs(here) + Math.abs(next);
    if (before <= epsilon * Math.abs(x) * around) return { row, x, y, z };
  }
}

/** Two implicit QR steps: a reflection in three rows makes a bulge, which others chase out at the end. */
function sweep(h: Float64Array, q: Float64Array, size: number, start: number, end: number, shifts: Shifts): void {
  const bulge = bulgeOf(h, size, start, end, shifts);
  let { x, y, z } = bulge;
  for (let k = bulge.row; k < end; k++) {
    const isLast = k === end - 1;
    const isFirst = k === bulge.row;
    if (!isFirst) {
      x = Number(h[k * size + k - 1]);
      y = Number(h[(k + 1) * size + k - 1]);
      z = isLast ? 0 : Number(h[(k + 2) * size + k - 1]);
    }
    const scale = Math.abs(x) + Math.abs(y) + Math.abs(z);
    if (scale === 0) continue;
    const [a, b, c] = [x / scale, y / scale, z / scale];
    const isReflected = b !== 0 || c !== 0;
    const length = Math.sqrt(a * a + b * b + c * c);
    const beta = !isReflected ? a : a >= 0 ? -length : length;
    const tau = isReflected ? (beta - a) / beta : 0;
    const [v, w] = isReflected ? [b / (a - beta), c / (a - beta)] : [0, 0];
    if (!isFirst) {
      h[k * size + k - 1] = beta * scale;
      h[(k + 1) * size + k - 1] = 0;
      if (!isLast) h[(k + 2) * size + k - 1] = 0;
    } else if (k > start) h[k * size + k - 1] = Number(h[k * size + k - 1]) * (1 - tau);
    reflectThreeRows(h, size, k, isLast, tau, v, w);
    reflectThreeColumns(h, size, k, Math.min(end, k + 3) + 1, isLast, tau, v, w);
    reflectThreeColumns(q, size, k, size, isLast, tau, v, w);
  }
}

/** Rows k, k + 1 and (but for the last) k + 2, from column k on. */
function reflectThreeRows(
  h: Float64Array,
  size: number,
  k: number,
  isLast: boolean,
  tau: number,
  v: number,
  w: number,
): void {
  const row = k * size;
  for (let column = k; column < size; column++) {
    const third = isLast ? 0 : w * Number(h[row + 2 * size + column]);
    const sum = tau * (Number(h[row + column]) + v * Number(h[row + size + column]) + third);
    h[row + column] = Number(h[row + column]) - sum;
    h[row + size + column] = Number(h[row + size + column]) - sum * v;
    if (!isLast) h[row + 2 * size + column] = Number(h[row + 2 * size + column]) - sum * w;
  }
}

/** Columns k, k + 1 and (but for the last) k + 2 of so many rows. */
function reflectThreeColumns(
  h: Float64Array,
  size: number,
  k: number,
  rows: number,
  isLast: boolean,
  tau: number,
  v: number,
  w: number,
): void {
  for (let place = k; place < rows * size; place += size) {
    const third = isLast ? 0 : w * Number(h[place + 2]);
    const sum = tau * (Number(h[place]) + v * Number(h[place + 1]) + third);
    h[place] = Number(h[place]) - sum;
    h[place + 1] = Number(h[place + 1]) - sum * v;
    if (!isLast) h[place + 2] = Number(h[place + 2]) - sum * w;
  }
}

/** Brings the 2×2 block at `k` to its standard form, and notes its eigenvalues. */
function splitPair(h: Float64Array, q: Float64Array, size: number, k: number, values: Eigenvalues): void {
  const at = k * size + k;
  const { a, b, c, d, cos, sin } = standardPair(
    Number(h[at]),
    Number(h[at + 1]),
    Number(h[at + size]),
    Number(h[at + size + 1]),
  );
  rotatePairRows(h, size, k, cos, sin);
  rotatePairColumns(h, size, k, k + 2, cos, sin);
  rotatePairColumns(q, size, k, size, cos, sin);
  [h[at], h[at + 1], h[at + size], h[at + size + 1]] = [a, b, c, d];
  values.re[k] = a;
  values.re[k + 1] = d;
  if (c === 0) return;
  const im = Math.sqrt(Math.abs(b)) * Math.sqrt(Math.abs(c));
  values.im[k] = im;
  values.im[k + 1] = -im;
}

function rotatePairRows(h: Float64Array, size: number, k: number, cos: number, sin: number): void {
  for (let place = k * size + k; place < (k + 1) * size; place++) {
    const [x, y] = [Number(h[place]), Number(h[place + size])];
    h[place] = cos * x + sin * y;
    h[place + size] = cos * y - sin * x;
  }
}

function rotatePairColumns(h: Float64Array, size: number, k: number, rows: number, cos: number, sin: number): void {
  for (let place = k; place < rows * size; place += size) {
    const [x, y] = [Number(h[place]), Number(h[place + 1])];
    h[place] = cos * x + sin * y;
    h[place + 1] = cos * y - sin * x;
  }
}
