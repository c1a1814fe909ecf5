// Matrices in the last two axes of arrays, for the functions that are made of primitives on them.
import { bind, isInexact, operations, primitives, showCall, type Value } from "@cotangent/core";
import { LinAlgError } from "../linear-algebra/errors.ts";
import { asValue, broadcastTo, commonShape, type ArrayLike } from "./arguments.ts";

/** The operand in a dtype of floats: float64 for integers. */
export function asInexact(raw: ArrayLike): Value {
  const value = asValue(raw);
  return isInexact(value.dtype) ? value : operations.cast(value, "float64");
}

/** The operand as matrices of floats. @throws LinAlgError for fewer than two axes. */
export function asMatrices(name: string, raw: ArrayLike): Value {
  const value = asInexact(raw);
  if (value.ndim < 2) throw new LinAlgError(`${showCall(name, [value])}: a matrix has at least two axes`);
  return value;
}

/** The operand as square matrices of floats. @throws LinAlgError where they are not square. */
export function asSquare(name: string, raw: ArrayLike): Value {
  const value = asMatrices(name, raw);
  if (value.shape.at(-1) !== value.shape.at(-2)) {
    throw new LinAlgError(`${showCall(name, [value])}: the last two axes must be square`);
  }
  return value;
}

/** The operands with the same batches. */
export function withSameBatches(name: string, a: Value, b: Value): readonly [Value, Value] {
  const batch = commonShape(
    `${showCall(name, [a, b])}: batches`,
    [a, b].map(({ shape, dtype }) => ({ shape: shape.slice(0, -2), dtype })),
  );
  return [broadcastTo(a, [...batch, ...a.shape.slice(-2)]), broadcastTo(b, [...batch, ...b.shape.slice(-2)])];
}

/** The last two axes exchanged. */
export function swapped(a: Value): Value {
  const order = a.shape.map((_, axis) => axis);
  return operations.transpose(a, [...order.slice(0, -2), a.ndim - 1, a.ndim - 2]);
}

export function adjoint(a: Value): Value {
  return operations.conj(swapped(a));
}

/** The product of matrices whose batches are the same. */
export function times(a: Value, b: Value): Value {
  const batch = a.shape.slice(0, -2).map((_, axis) => axis);
  return operations.dot(a, b, [[a.ndim - 1], [b.ndim - 2]], [batch, batch]);
}

/** The value with a new axis of length 1 at this place, counted from the end: -1 is the last of the result. */
export function withAxis(value: Value, place: number): Value {
  return operations.reshape(value, value.shape.toSpliced(value.ndim + 1 + place, 0, 1));
}

/** A vector's entries as a column for each batch, over the columns of matrices of this shape. */
export function acrossColumns(vector: Value, like: Value): Value {
  return broadcastTo(withAxis(vector, -1), like.shape);
}

/** A vector's entries as a row for each batch, over the rows of matrices of this shape. */
export function acrossRows(vector: Value, like: Value): Value {
  return broadcastTo(withAxis(vector, -2), like.shape);
}

/** Identity matrices like these. */
export function identityLike(a: Value): Value {
  const size = a.shape.at(-1) ?? 0;
  const entries = Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 1 : 0));
  return broadcastTo(a.backend.fromElements(entries, { shape: [size, size], dtype: a.dtype }), a.shape);
}

/** u, singular values (descending) and vᴴ. */
export function singularValues(a: Value, full: boolean): readonly [Value, Value, Value] {
  return bind(primitives.svd, [a], { full });
}

export function hermitianEigen(a: Value): readonly [Value, Value] {
  return bind(primitives.eigh, [a], {});
}

/** Elements along the last axis in the order of the numbers, which are one list for each batch. */
export function alongLast(value: Value, numbers: Value): Value {
  const { shape } = value;
  const length = shape.at(-1) ?? 0;
  const wanted = numbers.ndim === value.ndim ? numbers : acrossRows(numbers, value);
  const rows = value.size === 0 ? 0 : value.size / length;
  const flat = operations.reshape(value, [value.size]);
  const starts = value.backend.fromElements(
    Array.from({ length: rows }, (_, row) => row * length),
    { shape: [rows, 1], dtype: "int64" },
  );
  const places = operations.add(operations.reshape(wanted, [rows, length]), broadcastTo(starts, [rows, length]));
  return operations.reshape(operations.take(flat, places), shape);
}
