// Eigenvalues and eigenvectors of any square matrix: balanced, made Hessenberg, then triangular (as LAPACK's geev).
import { balance, type Balance } from "./balance.ts";
import { complexField } from "./complex-field.ts";
import { complexSchur } from "./complex-schur.ts";
import { LinAlgError } from "./errors.ts";
import { toHessenberg } from "./hessenberg.ts";
import { block, type Field } from "./matrix.ts";
import { norm } from "./norm.ts";
import { realSchur } from "./real-schur.ts";
import { scaled, scaleFor } from "./scaling.ts";
import { eigenvectorOf } from "./schur-eigenvectors.ts";

/** Eigenvalues, and eigenvectors of length 1 as columns, whose largest entry is real: both as pairs of doubles. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** @throws LinAlgError where an entry is NaN or infinite. */
export function eig(field: Field, matrix: Float64Array, size: number): Eigen {
  if (!matrix.every(Number.isFinite)) throw new LinAlgError("the matrix has entries that are not finite");
  const scale = scaleFor(matrix);
  const a = matrix.map((entry) => entry * scale);
  const balanced = balance(field, a, size);
  const q = toHessenberg(field, a, size);
  const values = new Float64Array(2 * size);
  if (field.width === 2) {
    complexSchur(a, q, size);
    for (let k = 0; k < 2 * size; k++) values[k] = Number(a[k + 2 * size * (k >> 1)]);
  } else {
    const { re, im } = realSchur(a, q, size);
    for (let k = 0; k < size; k++) [values[2 * k], values[2 * k + 1]] = [Number(re[k]), Number(im[k])];
  }
  const isReal = field.width === 1;
  const triangle = { data: isReal ? asPairs(a) : a, size };
  const rows = new Float64Array(2 * size * size);
  for (let k = 0; k < size; k++) {
    const [re, im] = [Number(values[2 * k]), Number(values[2 * k + 1])];
    if (isReal && im < 0) continue;
    rows.set(eigenvectorOf(triangle, k, re, im), 2 * k * size);
  }
  const vectors = backTransformed(isReal ? asPairs(q) : q, rows, size);
  for (let k = 0; k < size; k++) {
    if (isReal && Number(values[2 * k + 1]) < 0) conjugateColumn(vectors, size, k);
    else normalize(vectors, size, k, balanced, isReal);
  }
  return { values: scaled(values, 1 / scale), vectors };
}

function asPairs(data: Float64Array): Float64Array {
  const result = new Float64Array(2 * data.length);
  for (let index = 0; index < data.length; index++) result[2 * index] = Number(data[index]);
  return result;
}

/** q times the vectors in the rows, as columns. */
function backTransformed(q: Float64Array, rows: Float64Array, size: number): Float64Array {
  const columns = new Float64Array(rows.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      columns[2 * (column * size + row)] = -Number(rows[2 * (row * size + column)]);
      columns[2 * (column * size + row) + 1] = -Number(rows[2 * (row * size + column) + 1]);
    }
  }
  const result = new Float64Array(rows.length);
  const stride = 2 * size;
  complexField.multiplySubtract(
    block(result, 0, stride),
    block(q, 0, stride),
    block(columns, 0, stride),
    size,
    size,
    size,
  );
  return result;
}

/** Makes column k the conjugate of the one before it. */
function conjugateColumn(vectors: Float64Array, size: number, k: number): void {
  for (let place = 2 * k; place < vectors.length; place += 2 * size) {
    vectors[place] = Number(vectors[place - 2]);
    vectors[place + 1] = -Number(vectors[place - 1]);
  }
}

/** The place of the entry of the largest absolute value. */
function largestOf(column: Float64Array): number {
  let [largest, place] = [-1, 0];
  for (let index = 0; index < column.length; index += 2) {
    const square = Number(column[index]) ** 2 + Number(column[index + 1]) ** 2;
    if (square > largest) [largest, place] = [square, index];
  }
  return place;
}

/**
 * Makes column k what it is without balancing, of length 1, and its largest entry real: positive, or with the sign that
 * it has.
 */
function normalize(vectors: Float64Array, size: number, k: number, balanced: Balance, keepsSign: boolean): void {
  const column = new Float64Array(2 * size);
  for (let row = 0; row < size; row++) {
    const place = 2 * (row * size + k);
    const to = 2 * Number(balanced.places[row]);
    column[to] = Number(vectors[place]) * Number(balanced.scales[row]);
    column[to + 1] = Number(vectors[place + 1]) * Number(balanced.scales[row]);
  }
  const length = norm(column, 0, column.length);
  const largest = largestOf(column);
  const [re, im] = [Number(column[largest]), Number(column[largest + 1])];
  const magnitude = Math.hypot(re, im);
  const sign = keepsSign && re < 0 ? -1 : 1;
  const [cos, sin] = [(sign * re) / magnitude, (-sign * im) / magnitude];
  for (let row = 0; row < size; row++) {
    const [x, y] = [Number(column[2 * row]) / length, Number(column[2 * row + 1]) / length];
    const place = 2 * (row * size + k);
    vectors[place] = x * cos - y * sin;
    vectors[place + 1] = 2 * row === largest ? 0 : x * sin + y * cos;
  }
}
