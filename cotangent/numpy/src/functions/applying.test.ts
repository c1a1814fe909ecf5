import { ShapeError, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

const cube = np.reshape(np.arange(8), [2, 2, 2]);

test("a function of vectors is applied along an axis, whose place its results take", () => {
  const spread = (vector: Value) => np.outer(vector, [1, 10]);
  expect(typed(np.apply_along_axis(np.sum, 1, cube))).toEqual(["int64", np.sum(cube, 1).toList()]);
  expect(typed(np.apply_along_axis(spread, 0, [1, 2]))).toEqual([
    "int64",
    [
      [1, 10],
      [2, 20],
    ],
  ]);
  const found = np.apply_along_axis(spread, 1, np.reshape(np.arange(12), [2, 3, 2]));
  expect(found.shape).toEqual([2, 3, 2, 2]);
  expect(np.getitem(found, 1, ":", ":", 0).toList()).toEqual([
    [6, 60],
    [8, 80],
    [10, 100],
  ]);
});

test("further arguments are handed to the function", () => {
  const scaled = (vector: Value, factor: number) => np.multiply(vector, factor);
  expect(typed(np.apply_along_axis(scaled, 0, [1, 2], 3))).toEqual(["int64", [3, 6]]);
});

test("without vectors there is nothing to apply a function to", () => {
  expect(() => np.apply_along_axis(np.sum, 1, np.zeros([0, 2]))).toThrow(
    new ShapeError("apply_along_axis: there are no vectors"),
  );
});

test("a reduction is applied along one axis after the other, which stay", () => {
  expect(typed(np.apply_over_axes(np.sum, cube, [0, 2]))).toEqual(["int64", [[[10], [18]]]]);
  expect(typed(np.apply_over_axes(np.sum, cube, -1))).toEqual(["int64", np.sum(cube, 2, { keepdims: true }).toList()]);
});

test("a function that keeps all axes is applied as it is", () => {
  const running = (x: Value, axis: number) => np.cumsum(x, axis);
  expect(
    typed(
      np.apply_over_axes(
        running,
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [4, 10],
    ],
  ]);
});

test("a function that takes more than one axis away is refused", () => {
  const message = "apply_over_axes: the function returns an array of other axes";
  expect(() => np.apply_over_axes((x) => np.sum(x), cube, 0)).toThrow(new ShapeError(message));
});
