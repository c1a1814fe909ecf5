// `np.lib.stride_tricks`: parts of arrays that overlap, as views of them; of traced values copies.
import { operations, ShapeError, showAval, sizeOf, type Shape, type Value } from "@cotangent/core";
import { dtypeInfo } from "../dtype.ts";
import { NDArray } from "../ndarray.ts";
import { viewOf } from "../views.ts";
import { asIntegers, asValue, broadcastTo, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxes, withOption, type Axes } from "./axes.ts";
import { asShape, permuted, reshaped, type ShapeLike } from "./moving.ts";
import { IndexError, integerArray, numbered, takeAlong, takeFlat } from "./rows.ts";

interface WindowOptions {
  readonly axis?: Axes;
}

/**
 * All windows of this shape that can be moved over an array, along all axes or some. Where a window begins is told by the
 * axes that are as many as the array's, what is in it by the ones behind them.
 */
export function sliding_window_view(x: ArrayLike, window_shape: ShapeLike, axis: Axes | WindowOptions = null): Value {
  const value = asValue(x);
  const lengths = asShape("sliding_window_view", window_shape);
  const names = { axis: true } as const;
  const { axis: given = null } = withOption<WindowOptions, "axis">(
    "sliding_window_view",
    names,
    "axis",
    axis,
    undefined,
  );
  const axes = given === null ? count(value.ndim) : axesOf(given, value.ndim);
  if (axes.length !== lengths.length) {
    throw new ShapeError(
      `sliding_window_view(${showAval(value)}): a window of shape [${lengths.join(", ")}] doesn't fit ${axes.length} axes`,
    );
  }
  const left = [...value.shape];
  for (const [place, each] of axes.entries()) left[each] = (left[each] ?? 0) - (lengths[place] ?? 1) + 1;
  if (left.some((length) => length <= 0)) {
    throw new ShapeError(
      `sliding_window_view(${showAval(value)}): a window of shape [${lengths.join(", ")}] is larger than the array`,
    );
  }
  if (!(value instanceof NDArray)) return windowsOf(value, axes, lengths);
  const strides = [...value.strides, ...axes.map((each) => value.strides[each] ?? 0)];
  return viewOf(value, [...left, ...lengths], strides, value.offset);
}

/** An axis may be there more than once. */
function axesOf(axis: number | readonly number[], ndim: number): readonly number[] {
  return (typeof axis === "number" ? [axis] : axis).flatMap((each) => normalizeAxes("sliding_window_view", each, ndim));
}

function windowsOf(value: Value, axes: readonly number[], lengths: Shape): Value {
  let windows = value;
  for (const [place, axis] of axes.entries()) {
    const length = lengths[place] ?? 1;
    const begins = (windows.shape[axis] ?? 0) - length + 1;
    const wide = [begins, length];
    const starts = broadcastTo(reshaped(numbered(begins), [begins, 1]), wide);
    const rows = takeAlong(windows, operations.add(starts, broadcastTo(numbered(length), wide)), axis);
    const others = count(rows.ndim).filter((each) => each !== axis + 1);
    windows = permuted(rows, [...others, axis + 1]);
  }
  return windows;
}

/**
 * The array's memory, read with other strides, which count elements. Of a traced value that is its elements in row-major
 * order. @throws IndexError where strides lead out of it.
 */
export function as_strided(x: ArrayLike, shape: ShapeLike, strides: ArrayLike): Value {
  const value = asValue(x);
  const lengths = asShape("as_strided", shape);
  const steps = asIntegers("as_strided", strides);
  if (steps.length !== lengths.length)
    throw new ShapeError(`as_strided(${showAval(value)}): ${steps.length} strides for ${lengths.length} axes`);
  const ends = lengths.map((length, axis) => (length - 1) * (steps[axis] ?? 0));
  const [low, high] = [Math.min, Math.max].map((part) => ends.reduce((sum, each) => sum + part(each, 0), 0)) as [
    number,
    number,
  ];
  const [first, size] = value instanceof NDArray ? [value.offset, entriesIn(value)] : [0, value.size];
  if (sizeOf(lengths) > 0 && (first + low < 0 || first + high >= size))
    throw new IndexError(`as_strided(${showAval(value)}): strides [${steps.join(", ")}] lead out of its memory`);
  if (value instanceof NDArray) return viewOf(value, lengths, steps, value.offset);
  return takeFlat(value, placesOf(lengths, steps));
}

function entriesIn({ storage, dtype }: NDArray): number {
  return storage.length / dtypeInfo[dtype].lanes;
}

function placesOf(shape: Shape, strides: readonly number[]): Value {
  const places = new Float64Array(sizeOf(shape));
  for (let number = 0; number < places.length; number++) {
    let rest = number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      places[number] = Number(places[number]) + (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
  }
  return integerArray(places, shape);
}
