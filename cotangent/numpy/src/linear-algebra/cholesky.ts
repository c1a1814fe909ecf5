// A = Uᴴ U in blocks of rows, from the outer products of its rows (Golub & Van Loan, §4.2).
import { LinAlgError } from "./errors.ts";
import { adjoint, block, type Field } from "./matrix.ts";

const blockRows = 16;

/**
 * The lower factor L of a Hermitian matrix L Lᴴ whose lower half is read.
 *
 * @throws LinAlgError where the matrix is not positive definite.
 */
export function cholesky(field: Field, matrix: Float64Array, size: number): Float64Array {
  const { width } = field;
  const stride = size * width;
  const upper = adjoint({ data: matrix, rows: size, columns: size }, field);
  for (let start = 0; start < size; start += blockRows) {
    const end = Math.min(size, start + blockRows);
    for (let k = start; k < end; k++) factorRow(field, upper, size, k, end);
    const rest = size - end;
    if (rest > 0) updateRest(field, upper, stride, start, end, rest);
  }
  clearBelow(upper, size, width);
  return adjoint({ data: upper, rows: size, columns: size }, field);
}

/** Finishes row k, and takes its outer product from the rows before `end`. */
function factorRow(field: Field, upper: Float64Array, size: number, k: number, end: number): void {
  const { width } = field;
  const stride = size * width;
  const diagonal = k * stride + k * width;
  const square = Number(upper[diagonal]);
  if (square <= 0) throw new LinAlgError("the matrix is not positive definite");
  upper[diagonal] = Math.sqrt(square);
  if (width === 2) upper[diagonal + 1] = 0;
  field.divide(upper, diagonal + width, width, size - k - 1, upper, diagonal);
  const factors = upper.slice(diagonal + width, k * stride + end * width);
  field.conjugate(factors, 0, factors.length / width);
  for (let row = k + 1; row < end; row++) {
    const target = block(upper, row * stride + row * width, stride);
    const source = block(upper, k * stride + row * width, stride);
    field.multiplySubtract(target, block(factors, (row - k - 1) * width, 0), source, 1, 1, size - row);
  }
}

/** Takes the outer products of the rows from start to before end from those after them. */
function updateRest(field: Field, upper: Float64Array, stride: number, start: number, end: number, rest: number): void {
  const { width } = field;
  const count = end - start;
  const factors = new Float64Array(count * rest * width);
  for (let row = 0; row < count; row++) {
    const from = (start + row) * stride + end * width;
    factors.set(upper.subarray(from, from + rest * width), row * rest * width);
  }
  const left = adjoint({ data: factors, rows: count, columns: rest }, field);
  for (let row = 0; row < rest; row += blockRows) {
    const rows = Math.min(blockRows, rest - row);
    const target = block(upper, (end + row) * stride + (end + row) * width, stride);
    const source = block(upper, start * stride + (end + row) * width, stride);
    field.multiplySubtract(target, block(left, row * count * width, count * width), source, rows, count, rest - row);
  }
}

function clearBelow(upper: Float64Array, size: number, width: 1 | 2): void {
  for (let row = 1; row < size; row++) upper.fill(0, row * size * width, (row * size + row) * width);
}
