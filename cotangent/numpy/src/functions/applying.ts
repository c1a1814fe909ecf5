// Functions of vectors, applied along axes.
import { ShapeError, sizeOf, type Value } from "@cotangent/core";
import { asValue, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxes, normalizeAxis } from "./axes.ts";
import { stack } from "./joining.ts";
import { permuted, reshaped, section } from "./moving.ts";
import { expand_dims, moveaxis } from "./shaping.ts";

/** The results of a function for each vector along an axis. Their axes stand where that was. */
export function apply_along_axis<Arguments extends readonly unknown[]>(
  f: (vector: Value, ...args: Arguments) => ArrayLike,
  axis: number,
  x: ArrayLike,
  ...args: Arguments
): Value {
  const value = asValue(x);
  const own = normalizeAxis("apply_along_axis", axis, value.ndim);
  const others = value.shape.toSpliced(own, 1);
  const length = value.shape[own] ?? 0;
  const rows = reshaped(moveaxis(value, own, -1), [sizeOf(others), length]);
  if (rows.shape[0] === 0) throw new ShapeError("apply_along_axis: there are no vectors");
  const results = count(sizeOf(others)).map((row) =>
    asValue(f(reshaped(section(rows, 0, row, row + 1), [length]), ...args)),
  );
  const all = stack(results);
  const inner = all.shape.slice(1);
  const grid = reshaped(all, [...others, ...inner]);
  const order = [
    ...count(own),
    ...count(inner.length).map((each) => others.length + each),
    ...count(others.length - own).map((each) => own + each),
  ];
  return permuted(grid, order);
}

/** A reduction applied along one axis after the other, which stay with length 1. */
export function apply_over_axes(
  f: (x: Value, axis: number) => ArrayLike,
  x: ArrayLike,
  axes: number | readonly number[],
): Value {
  const value = asValue(x);
  return normalizeAxes("apply_over_axes", axes, value.ndim).reduce<Value>((result, axis) => {
    const next = asValue(f(result, axis));
    if (next.ndim === result.ndim) return next;
    const kept = expand_dims(next, axis);
    if (kept.ndim !== result.ndim) throw new ShapeError("apply_over_axes: the function returns an array of other axes");
    return kept;
  }, value);
}
