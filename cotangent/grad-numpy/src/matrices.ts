// Tangents of functions of matrices. Formulas: M. B. Giles, "An extended collection of matrix derivative results for
// forward and reverse mode algorithmic differentiation" (2008), unless another source is named.
import { operations, type ParamsOf, type Value } from "@cotangent/core";

const {
  broadcast,
  cast,
  conj,
  dot,
  imag,
  mul,
  neg,
  real,
  reshape,
  select,
  solve,
  sum,
  take,
  transpose,
  triangularSolve,
} = operations;

/** How many axes are batches. */
export function batchAxes(a: Value): readonly number[] {
  return a.shape.slice(0, -2).map((_, axis) => axis);
}

/** The matrix product over the last two axes. */
export function matmul(a: Value, b: Value): Value {
  const batch = batchAxes(a);
  return dot(a, b, [[a.shape.length - 1], [b.shape.length - 2]], [batch, batch]);
}

export function swapped(a: Value): Value {
  const { length } = a.shape;
  return transpose(a, [...batchAxes(a), length - 1, length - 2]);
}

/** The conjugate transpose. */
export function adjoint(a: Value): Value {
  return conj(swapped(a));
}

/** A constant matrix of these sizes, the same for all batches, as a value to multiply with. */
export function pattern(a: Value, entry: (row: number, column: number) => number): Value {
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  const elements = Array.from({ length: rows * columns }, (_, index) =>
    entry(Math.floor(index / columns), index % columns),
  );
  const matrix = a.backend.fromElements(elements, { shape: [rows, columns], dtype: a.dtype });
  return broadcast(matrix, a.shape, batchAxes(a));
}

/** Where `entry` says 0, zero instead of the element, even of one that is not finite. */
export function masked(a: Value, entry: (row: number, column: number) => number): Value {
  const mask = pattern(a, entry);
  return select(operations.notEqual(mask, 0), mul(a, mask), 0);
}

/** A row vector for each matrix: element (i, j) is v[j]. */
export function acrossColumns(v: Value, rows: number): Value {
  const { length } = v.shape;
  return broadcast(v, [...v.shape.slice(0, -1), rows, v.shape.at(-1) ?? 0], [length - 1]);
}

/** A column vector for each matrix: element (i, j) is v[i]. */
export function acrossRows(v: Value, columns: number): Value {
  const { length } = v.shape;
  return broadcast(v, [...v.shape, columns], [length]);
}

/** The diagonals of square matrices, as the last axis. */
export function diagonal(a: Value): Value {
  const size = a.shape.at(-1) ?? 0;
  const rest = a.shape.slice(0, -2);
  const last = rest.length;
  const flat = transpose(reshape(a, [...rest, size * size]), [last, ...batchAxes(a)]);
  const places = a.backend.fromElements(
    Array.from({ length: size }, (_, index) => index * (size + 1)),
    { shape: [size], dtype: "int64" },
  );
  const rows = take(flat, places);
  return transpose(rows, [...batchAxes(a).map((axis) => axis + 1), 0]);
}

export function trace(a: Value): Value {
  return sum(diagonal(a), [a.shape.length - 2]);
}

/** d(A⁻¹) = −A⁻¹ dA A⁻¹. */
export function inverseTangent(da: Value, _: readonly [Value], y: Value): Value {
  return neg(matmul(matmul(y, da), y));
}

/** d log |det A| = Re tr(A⁻¹ dA), and the sign turns by the imaginary part. */
export function logDeterminantTangents(
  [da]: readonly (Value | null)[],
  [a]: readonly [Value],
  [sign]: readonly Value[],
): readonly (Value | null)[] {
  if (da === null || da === undefined || sign === undefined) return [null, null];
  const change = trace(solve(a, da));
  const isReal = real(change).dtype === change.dtype;
  if (isReal) return [null, change];
  const turn = operations.complex(operations.zerosLike(imag(change)), imag(change));
  return [mul(sign, turn), real(change)];
}

/** dL = L Φ(L⁻¹ dA L⁻ᴴ), where Φ takes the lower half with half of the diagonal (Murray, 2016, arXiv:1602.07527). */
export function choleskyTangent(da: Value, _: readonly [Value], l: Value): Value {
  const lower = { lower: true, transposed: false, unit: false };
  const left = triangularSolve(l, da, lower);
  const both = adjoint(triangularSolve(l, adjoint(left), lower));
  return matmul(
    l,
    masked(both, (row, column) => (row > column ? 1 : row === column ? 0.5 : 0)),
  );
}

/** dX = −A⁻¹ dA X, of the half of A that counts. */
export function triangularTangent(
  da: Value,
  [a]: readonly [Value, Value],
  x: Value,
  form: ParamsOf<"triangularSolve">,
): Value {
  const counts = (row: number, column: number) =>
    (form.lower ? row > column : row < column) || (row === column && !form.unit) ? 1 : 0;
  const half = masked(da, counts);
  return neg(triangularSolve(a, matmul(form.transposed ? swapped(half) : half, x), form));
}

/** Elements of a real array as elements of the dtype of another. */
export function castLike(a: Value, like: Value): Value {
  return cast(a, like.dtype);
}
