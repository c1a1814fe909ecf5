// Singular value decomposition: Golub & Kahan's reduction to bidiagonal form (as LAPACK's gebrd), then QR sweeps.
import { diagonalize } from "./bidiagonal.ts";
import { LinAlgError } from "./errors.ts";
import { adjoint, block, transposed, type Field, type Matrix, type Reflector } from "./matrix.ts";
import { qr } from "./qr.ts";
import { scaled, scaleFor } from "./scaling.ts";
import { productOf } from "./reflection-blocks.ts";
import { columnOf, reflectRows } from "./reflections.ts";

/** A = u diag(s) vh, with s descending: u is rows × (rows or inner), vh (columns or inner) × columns. */
export interface SingularValues {
  readonly u: Float64Array;
  readonly s: Float64Array;
  readonly vh: Float64Array;
}

/**
 * `isFull`: u and vh are square, else they have as many columns and rows as there are singular values.
 *
 * @throws LinAlgError where an entry is NaN or infinite.
 */
export function svd(field: Field, matrix: Matrix, isFull: boolean): SingularValues {
  const { rows, columns } = matrix;
  if (!matrix.data.every(Number.isFinite)) throw new LinAlgError("the matrix has entries that are not finite");
  const scale = scaleFor(matrix.data);
  if (scale !== 1) {
    const { u, s, vh } = svd(field, { ...matrix, data: scaled(matrix.data, scale) }, isFull);
    return { u, s: scaled(s, 1 / scale), vh };
  }
  if (rows >= columns) return tallSVD(field, matrix, isFull, false);
  const { u, s, vh } = tallSVD(field, { data: adjoint(matrix, field), rows: columns, columns: rows }, isFull, true);
  const inner = isFull ? columns : rows;
  return {
    u: adjoint({ data: vh, rows, columns: rows }, field),
    s,
    vh: adjoint({ data: u, rows: columns, columns: inner }, field),
  };
}

function tallSVD(field: Field, matrix: Matrix, isFull: boolean, isAdjoint: boolean): SingularValues {
  const { rows, columns } = matrix;
  const { width } = field;
  // From LAPACK's gesdd.
  const muchTaller = Math.floor(columns * (width === 1 ? 11 / 6 : 17 / 9));
  if (rows > columns && rows >= muchTaller) return afterQR(field, matrix, isFull, isAdjoint);
  const inner = isFull ? rows : columns;
  const { left, right, d, e } = bidiagonalize(field, matrix);
  const q = productOf(field, left, rows, inner, 0);
  const p = productOf(field, right, columns, columns, 1);
  const u = transposed({ data: q, rows, columns: inner }, width);
  const vh = adjoint({ data: p, rows: columns, columns }, field);
  diagonalize(d, e, { left: u, leftLength: rows * width, right: vh, rightLength: columns * width });
  const order = descending(d);
  const s = Float64Array.from(order, (place) => Math.abs(Number(d[place])));
  // As LAPACK has it, signs go to the right of the matrix that was asked for, a single value's to the left.
  if ((columns === 1) !== isAdjoint) turnNegative(u, d, rows * width);
  else turnNegative(vh, d, columns * width);
  return {
    u: transposed({ data: rowsInOrder(u, order, rows * width), rows: inner, columns: rows }, width),
    s,
    vh: rowsInOrder(vh, order, columns * width),
  };
}

/** The decomposition of a much taller matrix, from that of its triangular factor. */
function afterQR(field: Field, matrix: Matrix, isFull: boolean, isAdjoint: boolean): SingularValues {
  const { rows, columns } = matrix;
  const { width } = field;
  const inner = isFull ? rows : columns;
  const { q, r } = qr(field, matrix, inner);
  const triangle = r.slice(0, columns * columns * width);
  const { u, s, vh } = tallSVD(field, { data: triangle, rows: columns, columns }, false, isAdjoint);
  const first = new Float64Array(rows * columns * width);
  const stride = columns * width;
  field.multiplySubtract(
    block(first, 0, stride),
    block(q, 0, inner * width),
    block(u, 0, stride),
    rows,
    columns,
    columns,
  );
  for (let row = 0; row < rows; row++) {
    for (let entry = 0; entry < stride; entry++) q[row * inner * width + entry] = -Number(first[row * stride + entry]);
  }
  return { u: q, s, vh };
}

/** Reflections from both sides that leave the diagonals d and, above it, e: both real. */
function bidiagonalize(field: Field, { data, rows, columns }: Matrix) {
  const { width } = field;
  const stride = columns * width;
  const a = data.slice();
  const left: Reflector[] = [];
  const right: Reflector[] = [];
  const d = new Float64Array(columns);
  const e = new Float64Array(Math.max(0, columns - 1));
  for (let k = 0; k < columns; k++) {
    const diagonal = k * stride + k * width;
    const fromLeft = field.reflector(columnOf(block(a, diagonal, stride), rows - k, width));
    reflectRows(field, block(a, diagonal + width, stride), columns - k - 1, fromLeft, true);
    d[k] = fromLeft.beta;
    left.push(fromLeft);
    if (k + 1 >= columns) continue;
    const row = a.slice(diagonal + width, (k + 1) * stride);
    field.conjugate(row, 0, columns - k - 1);
    const fromRight = field.reflector(row);
    field.reflectColumns(block(a, diagonal + stride + width, stride), rows - k - 1, fromRight);
    e[k] = fromRight.beta;
    right.push(fromRight);
  }
  return { left, right, d, e };
}

/** Places of entries from the largest in size on. */
function descending(d: Float64Array): Uint32Array {
  return Uint32Array.from(d, (_, place) => place).toSorted(
    (a, b) => Math.abs(Number(d[b])) - Math.abs(Number(d[a])) || a - b,
  );
}

/** The rows (of `length` doubles) in this order, and those after them. */
function rowsInOrder(data: Float64Array, order: Uint32Array, length: number): Float64Array {
  const result = data.slice();
  for (const [to, from] of order.entries()) {
    result.set(data.subarray(from * length, (from + 1) * length), to * length);
  }
  return result;
}

/** Turns the rows of negative values round. */
function turnNegative(rows: Float64Array, d: Float64Array, length: number): void {
  for (const [row, value] of d.entries()) {
    if (value >= 0) continue;
    for (let index = row * length; index < (row + 1) * length; index++) rows[index] = -Number(rows[index]);
  }
}
