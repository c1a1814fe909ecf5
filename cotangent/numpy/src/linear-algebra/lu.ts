// LU decomposition with partial pivoting, in panels whose updates are products (Golub & Van Loan, §3.2 and §3.4).
import { LinAlgError } from "./errors.ts";
import { block, identity, swapRows, type Field } from "./matrix.ts";
import { solveLower, solveUpper } from "./triangular.ts";

const panelWidth = 16;

/** L (unit, below the diagonal) and U of the matrix with its rows exchanged. */
export interface Factors {
  readonly data: Float64Array;
  readonly size: number;
  /** The row that each row was exchanged with, in this order. */
  readonly pivots: Int32Array;
  readonly isSingular: boolean;
}

/** Factors a square matrix in its place. */
export function factorLU(field: Field, data: Float64Array, size: number): Factors {
  const { width } = field;
  const stride = size * width;
  const pivots = new Int32Array(size);
  let isSingular = false;
  for (let start = 0; start < size; start += panelWidth) {
    const end = Math.min(size, start + panelWidth);
    if (!factorPanel(field, data, size, start, end, pivots)) isSingular = true;
    const rest = size - end;
    if (rest === 0) continue;
    const right = block(data, start * stride + end * width, stride);
    solveLower(field, block(data, start * stride + start * width, stride), right, end - start, rest, true);
    const below = block(data, end * stride + start * width, stride);
    field.multiplySubtract(block(data, end * stride + end * width, stride), below, right, rest, end - start, rest);
  }
  return { data, size, pivots, isSingular };
}

/** Columns from start to before end. Whether none of the pivots is 0. */
function factorPanel(
  field: Field,
  data: Float64Array,
  size: number,
  start: number,
  end: number,
  pivots: Int32Array,
): boolean {
  const { width } = field;
  const stride = size * width;
  let isRegular = true;
  for (let k = start; k < end; k++) {
    const diagonal = k * stride + k * width;
    const pivot = k + field.largest(data, diagonal, stride, size - k);
    pivots[k] = pivot;
    if (pivot !== k) swapRows(data, k * stride, pivot * stride, stride);
    if (isZero(data, diagonal, width)) {
      isRegular = false;
      continue;
    }
    field.divide(data, diagonal + stride, stride, size - k - 1, data, diagonal);
    const target = block(data, diagonal + stride + width, stride);
    const column = block(data, diagonal + stride, stride);
    field.multiplySubtract(target, column, block(data, diagonal + width, stride), size - k - 1, 1, end - k - 1);
  }
  return isRegular;
}

function isZero(data: Float64Array, at: number, width: 1 | 2): boolean {
  return data[at] === 0 && (width === 1 || data[at + 1] === 0);
}

/** Replaces the right-hand sides (size × columns) by the solutions. @throws LinAlgError for a singular matrix. */
export function solveFactored(field: Field, factors: Factors, right: Float64Array, columns: number): void {
  const { data, size, pivots, isSingular } = factors;
  if (isSingular) throw new LinAlgError("the matrix is singular");
  const { width } = field;
  const length = columns * width;
  for (let row = 0; row < size; row++) {
    if (pivots[row] !== row) swapRows(right, row * length, Number(pivots[row]) * length, length);
  }
  const matrix = block(data, 0, size * width);
  solveLower(field, matrix, block(right, 0, length), size, columns, true);
  solveUpper(field, matrix, block(right, 0, length), size, columns, false);
}

/** The inverse of a factored matrix. */
export function inverseOf(field: Field, factors: Factors): Float64Array {
  const result = identity(factors.size, field.width);
  solveFactored(field, factors, result, factors.size);
  return result;
}

/** A determinant as a number of absolute value 1 (or 0) and the logarithm of its size; and as it is, if in range. */
export interface Determinant {
  readonly re: number;
  readonly im: number;
  readonly signRe: number;
  readonly signIm: number;
  readonly logarithm: number;
}

export function determinantOf(field: Field, { data, size, pivots, isSingular }: Factors): Determinant {
  if (isSingular) return { re: 0, im: 0, signRe: 0, signIm: 0, logarithm: -Infinity };
  const { width } = field;
  let [re, im, signRe, signIm, logarithm] = [1, 0, 1, 0, 0];
  for (let k = 0; k < size; k++) {
    const flip = pivots[k] === k ? 1 : -1;
    const x = flip * Number(data[(k * size + k) * width]);
    const y = width === 1 ? 0 : flip * Number(data[(k * size + k) * width + 1]);
    const length = width === 1 ? Math.abs(x) : Math.hypot(x, y);
    [re, im] = width === 1 ? [re * x, 0] : [re * x - im * y, re * y + im * x];
    const [cos, sin] = width === 1 ? [x < 0 ? -1 : 1, 0] : [x / length, y / length];
    [signRe, signIm] = width === 1 ? [signRe * cos, 0] : [signRe * cos - signIm * sin, signRe * sin + signIm * cos];
    logarithm += Math.log(length);
  }
  const isInRange = Math.abs(re) + Math.abs(im) > 1e-290 && Math.abs(re) + Math.abs(im) < Infinity;
  const scale = Math.exp(logarithm);
  return isInRange
    ? { re, im, signRe, signIm, logarithm }
    : { re: signRe * scale, im: signIm * scale, signRe, signIm, logarithm };
}
