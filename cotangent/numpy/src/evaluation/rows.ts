// Arrays as rows along some of their axes.
import type { Shape } from "@cotangent/core";
import { asContiguous } from "../copies.ts";
import type { TypedArray } from "../dtype.ts";
import type { NDArray } from "../ndarray.ts";
import { transpose } from "../views.ts";

/** Rows that lie one after the other without gaps. */
export interface Rows {
  readonly data: TypedArray;
  /** The first element of the first row. */
  readonly start: number;
  /** Elements of a row. */
  readonly length: number;
}

/** The axes that are left without `axes`. */
export function keptShape(x: NDArray, axes: readonly number[]): Shape {
  return x.shape.filter((_, axis) => !axes.includes(axis));
}

/** The array's elements as rows along `axes`, copied if they lie otherwise. */
export function rowsOf(x: NDArray, axes: readonly number[]): Rows {
  const length = axes.reduce((size, axis) => size * (x.shape[axis] ?? 1), 1);
  const first = x.ndim - axes.length;
  if (x.isContiguous && axes.every((axis, place) => axis === first + place)) {
    return { data: x.data, start: x.offset, length };
  }
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const { data, offset } = asContiguous(transpose(x, [...kept, ...axes]));
  return { data, start: offset, length };
}

/** The axes' order after which `axis` is the last one, and the order back. */
export function lastAndBack(ndim: number, axis: number): readonly [readonly number[], readonly number[]] {
  const others = Array.from({ length: ndim }, (_, each) => each).filter((each) => each !== axis);
  const last = [...others, axis];
  return [last, last.map((_, each) => last.indexOf(each))];
}
