// Tangents of products along an axis. They stay right where elements are zero: nothing is divided by an element.
import { operations, type Value } from "@cotangent/core";

const { add, concatenate, mul, reshape, slice, transpose } = operations;

/** Elements `from`, `from + step`, … of an axis, `length` of them. */
function along(x: Value, axis: number, from: number, length: number, step = 1): Value {
  return slice(
    x,
    x.shape.map((_, each) => (each === axis ? from : 0)),
    x.shape.with(axis, length),
    x.shape.map((_, each) => (each === axis ? step : 1)),
  );
}

function filled(like: Value, axis: number, length: number, value: number): Value {
  return like.backend.full(like.shape.with(axis, length), value, like.dtype);
}

/**
 * The tangent of ∏ x over some axes. Neighbours are multiplied pair by pair until one is left, by
 * d(ab) = da b + a db, so that the work is that of a few products.
 */
export function productTangent(dx: Value, x: Value, axes: readonly number[]): Value {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const keptShape = kept.map((axis) => x.shape[axis] ?? 0);
  const size = axes.reduce((product, axis) => product * (x.shape[axis] ?? 0), 1);
  const flat = (value: Value) => reshape(transpose(value, [...kept, ...axes]), [...keptShape, size]);
  const last = kept.length;
  if (size === 0) return x.backend.full(keptShape, 0, x.dtype);
  let [product, tangent] = [flat(x), flat(dx)];
  for (let length = size; length > 1; length = Math.ceil(length / 2)) {
    if (length % 2 === 1) {
      product = concatenate([product, filled(product, last, 1, 1)], last);
      tangent = concatenate([tangent, filled(product, last, 1, 0)], last);
    }
    const half = Math.ceil(length / 2);
    const pick = (value: Value, from: number) => along(value, last, from, half, 2);
    const [a, b] = [pick(product, 0), pick(product, 1)];
    tangent = add(mul(pick(tangent, 0), b), mul(a, pick(tangent, 1)));
    product = mul(a, b);
  }
  return reshape(tangent, keptShape);
}

/**
 * The tangent of the products of all elements up to each. Every element is combined with the one 1, 2, 4, … places
 * before it (Hillis and Steele, 1986).
 */
export function cumulativeProductTangent(dx: Value, x: Value, axis: number): Value {
  const length = x.shape[axis] ?? 0;
  let [product, tangent] = [x, dx];
  for (let distance = 1; distance < length; distance *= 2) {
    const before = (value: Value, fill: number) =>
      concatenate([filled(x, axis, distance, fill), along(value, axis, 0, length - distance)], axis);
    const [a, da] = [before(product, 1), before(tangent, 0)];
    tangent = add(mul(da, product), mul(a, tangent));
    product = mul(a, product);
  }
  return tangent;
}
