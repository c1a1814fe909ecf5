// Primitives that move elements, left out where nothing moves, and shapes as callers give them.
import { operations, sameShape, ShapeError, type Shape, type Value } from "@cotangent/core";
import { asIntegers, type ArrayLike } from "./arguments.ts";

/** A shape: the lengths of all axes, or of the only one. One length may be -1, for what is left. */
export type ShapeLike = number | readonly number[];

/** The lengths of a shape that a caller gave. @throws RangeError for negative ones. */
export function asShape(name: string, shape: ShapeLike | ArrayLike): Shape {
  const lengths = asIntegers(name, shape);
  if (lengths.some((length) => length < 0))
    throw new ShapeError(`${name}: [${lengths.join(", ")}] has a negative length`);
  return lengths;
}

/** As `operations.reshape`, of which nothing is left to do where the shape is the same. */
export function reshaped(value: Value, target: Shape): Value {
  return sameShape(value.shape, target) ? value : operations.reshape(value, target);
}

/** Axis i of the result is axis permutation[i]. */
export function permuted(value: Value, permutation: readonly number[]): Value {
  return permutation.every((axis, place) => axis === place) ? value : operations.transpose(value, permutation);
}

/** Elements from `start` up to `stop` along an axis. */
export function section(value: Value, axis: number, start: number, stop: number): Value {
  if (start === 0 && stop === value.shape[axis]) return value;
  const zeros = value.shape.map(() => 0);
  const length = value.shape.with(axis, Math.max(stop - start, 0));
  return operations.slice(
    value,
    zeros.with(axis, start),
    length,
    value.shape.map(() => 1),
  );
}

/** A vector as a row. */
export function asMatrix(value: Value): Value {
  return value.ndim >= 2 ? value : reshaped(value, [1, ...(value.ndim === 0 ? [1] : value.shape)]);
}

/** A vector as 1×n×1, a matrix as m×n×1. */
export function asCube(value: Value): Value {
  if (value.ndim >= 3) return value;
  const { shape } = value;
  return reshaped(value, shape.length === 2 ? [...shape, 1] : [1, ...(shape.length === 0 ? [1] : shape), 1]);
}
