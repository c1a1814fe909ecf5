// Eigenvectors of (quasi-)triangular matrices by back substitution, as LAPACK's trevc.
import { norm } from "./norm.ts";

const epsilon = 2 ** -52;
const tooLarge = 2 ** 400;

/** A complex triangular matrix, or a quasi-triangular one with real entries, as pairs of doubles in row-major order. */
export interface Triangle {
  readonly data: Float64Array;
  readonly size: number;
}

/** The eigenvector of the eigenvalue in row k (the first row of its block if it is one of a pair), as pairs. */
export function eigenvectorOf(triangle: Triangle, k: number, re: number, im: number): Float64Array {
  const { data, size } = triangle;
  const x = new Float64Array(2 * size);
  const smallest = Math.max(epsilon * norm(data, 0, data.length), 2 ** -1000);
  const isPair = hasBlock(triangle, k);
  if (isPair) startPair(triangle, k, re, im, x);
  else x[2 * k] = 1;
  for (let row = k - 1; row >= 0; row--) {
    const isSecond = row > 0 && hasBlock(triangle, row - 1);
    const end = isPair ? k + 2 : k + 1;
    if (isSecond) {
      row--;
      solvePair(triangle, row, re, im, x, end, smallest);
    } else solveOne(triangle, row, re, im, x, end, smallest);
    if (Math.abs(Number(x[2 * row])) + Math.abs(Number(x[2 * row + 1])) > tooLarge) shrink(x);
  }
  return x;
}

function shrink(x: Float64Array): void {
  for (let index = 0; index < x.length; index++) x[index] = Number(x[index]) / tooLarge;
}

/** Whether a 2×2 block begins in the row. */
function hasBlock({ data, size }: Triangle, row: number): boolean {
  const place = 2 * ((row + 1) * size + row);
  return row + 1 < size && (data[place] !== 0 || data[place + 1] !== 0);
}

/** The block's own eigenvector; the block is real. */
function startPair({ data, size }: Triangle, k: number, re: number, im: number, x: Float64Array): void {
  const at = 2 * (k * size + k);
  const across = Number(data[at + 2]);
  const below = Number(data[at + 2 * size]);
  if (Math.abs(across) >= Math.abs(below)) {
    x[2 * k] = 1;
    x[2 * k + 2] = (re - Number(data[at])) / across;
    x[2 * k + 3] = im / across;
  } else {
    x[2 * k] = -im / below;
    x[2 * k + 1] = (re - Number(data[at + 2 * size + 2])) / below;
    x[2 * k + 3] = 1;
  }
}

/** Minus the sum of the row's entries from `start` on times what of x is known. */
function residual({ data, size }: Triangle, row: number, start: number, end: number, x: Float64Array) {
  let re = 0;
  let im = 0;
  for (let column = start; column < end; column++) {
    const place = 2 * (row * size + column);
    const a = Number(data[place]);
    const b = Number(data[place + 1]);
    const u = Number(x[2 * column]);
    const v = Number(x[2 * column + 1]);
    re -= a * u - b * v;
    im -= a * v + b * u;
  }
  return { re, im };
}

function solveOne(
  triangle: Triangle,
  row: number,
  re: number,
  im: number,
  x: Float64Array,
  end: number,
  smallest: number,
): void {
  const { data, size } = triangle;
  const at = 2 * (row * size + row);
  const right = residual(triangle, row, row + 1, end, x);
  let a = Number(data[at]) - re;
  let b = Number(data[at + 1]) - im;
  if (Math.abs(a) + Math.abs(b) < smallest) [a, b] = [smallest, 0];
  const isWide = Math.abs(a) >= Math.abs(b);
  const ratio = isWide ? b / a : a / b;
  const divisor = isWide ? a + b * ratio : a * ratio + b;
  x[2 * row] = (isWide ? right.re + right.im * ratio : right.re * ratio + right.im) / divisor;
  x[2 * row + 1] = (isWide ? right.im - right.re * ratio : right.im * ratio - right.re) / divisor;
}

/** Both rows of a real block at once, by Cramer's rule. */
function solvePair(
  triangle: Triangle,
  row: number,
  re: number,
  im: number,
  x: Float64Array,
  end: number,
  smallest: number,
): void {
  const { data, size } = triangle;
  const at = 2 * (row * size + row);
  const [b, c] = [Number(data[at + 2]), Number(data[at + 2 * size])];
  const [a, d] = [Number(data[at]) - re, Number(data[at + 2 * size + 2]) - re];
  const first = residual(triangle, row, row + 2, end, x);
  const second = residual(triangle, row + 1, row + 2, end, x);
  // The block less the eigenvalue is [[a − i im, b], [c, d − i im]].
  const scale = Math.max(Math.abs(a) + Math.abs(im), Math.abs(d) + Math.abs(im), Math.abs(b), Math.abs(c));
  let p = (a / scale) * d - (im / scale) * im - (b / scale) * c;
  let q = -((a + d) / scale) * im;
  if (Math.abs(p) + Math.abs(q) < smallest) [p, q] = [smallest, 0];
  const square = p * p + q * q;
  const divide = (at: number, u: number, v: number): void => {
    x[at] = (u * p + v * q) / square / scale;
    x[at + 1] = (v * p - u * q) / square / scale;
  };
  divide(2 * row, d * first.re + im * first.im - b * second.re, d * first.im - im * first.re - b * second.im);
  divide(2 * row + 2, a * second.re + im * second.im - c * first.re, a * second.im - im * second.re - c * first.im);
}
