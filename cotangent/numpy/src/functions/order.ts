// The order of elements along an axis. It consists of numbers, which have no derivatives; elements go where they say.
import { bind, isComplex, operations, primitives, type Value } from "@cotangent/core";
import { copy } from "../copies.ts";
import { sortRows } from "../kernels/sort.ts";
import { NDArray } from "../ndarray.ts";
import { concreteArray } from "./arguments.ts";
import { count, lastAxis } from "./axes.ts";
import { permuted } from "./moving.ts";
import { takeInRows } from "./rows.ts";

/** In ascending order along an axis. What is traced, or complex, is taken by the numbers of its order. */
export function sortedAlong(value: Value, axis: number): Value {
  if (!(value instanceof NDArray) || isComplex(value.dtype)) return takeInRows(value, orderAlong(value, axis), axis);
  const [last, back] = lastAxis(value.ndim, axis);
  const rows = copy(concreteArray(permuted(value, last)));
  if (sortRows(rows)) return permuted(rows, back);
  const length = rows.shape.at(-1) ?? 0;
  for (const row of count(length === 0 ? 0 : rows.size / length)) {
    const start = rows.offset + row * length;
    rows.data.subarray(start, start + length).sort();
  }
  return permuted(rows, back);
}

/** Numbers (int64) that sort a value along an axis. */
export function orderAlong(value: Value, axis: number): Value {
  return bind(primitives.argsort, [operations.stopGradient(value)], { axis });
}
