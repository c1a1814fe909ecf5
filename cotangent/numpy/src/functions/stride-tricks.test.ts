import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

const { as_strided, sliding_window_view } = np.lib.stride_tricks;
const table = np.reshape(np.arange(12, { dtype: "float64" }), [3, 4]);

test("windows are told by where they begin, then by what is in them, as NumPy has it", () => {
  expect(sliding_window_view(table, [2, 3]).toList()).toEqual([
    [
      [
        [0, 1, 2],
        [4, 5, 6],
      ],
      [
        [1, 2, 3],
        [5, 6, 7],
      ],
    ],
    [
      [
        [4, 5, 6],
        [8, 9, 10],
      ],
      [
        [5, 6, 7],
        [9, 10, 11],
      ],
    ],
  ]);
  expect(sliding_window_view(np.array([1, 2, 3]), 2).toList()).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(np.getitem(sliding_window_view(table, 2, 1), 2).toList()).toEqual([
    [8, 9],
    [9, 10],
    [10, 11],
  ]);
  const twice = sliding_window_view(table, [2, 2], { axis: [0, 0] });
  expect(twice.shape).toEqual([1, 4, 2, 2]);
  expect(np.getitem(twice, 0, 3).toList()).toEqual([
    [3, 7],
    [7, 11],
  ]);
});

test("windows that don't fit are refused", () => {
  expect(() => sliding_window_view(table, [4, 2])).toThrow(
    new ShapeError("sliding_window_view(float64[3,4]): a window of shape [4, 2] is larger than the array"),
  );
  expect(() => sliding_window_view(table, 2)).toThrow(
    new ShapeError("sliding_window_view(float64[3,4]): a window of shape [2] doesn't fit 2 axes"),
  );
});

test("strides count elements of the array's memory, which they don't lead out of", () => {
  const row = np.arange(6);
  expect(typed(as_strided(row, [3, 2], [2, 1]))).toEqual([
    "int64",
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  ]);
  expect(as_strided(np.flip(row), [2, 3], [-1, -1]).toList()).toEqual([
    [5, 4, 3],
    [4, 3, 2],
  ]);
  expect(as_strided(row, [0, 9], [1, 1]).shape).toEqual([0, 9]);
  expect(() => as_strided(row, [3, 2], [3, 1])).toThrow(np.IndexError);
  expect(() => as_strided(row, [2], [-1])).toThrow(np.IndexError);
  expect(() => as_strided(row, [2, 2], [1])).toThrow(ShapeError);
});

test("a view of windows shares the array's memory", () => {
  const row = np.zeros([4]);
  const windows = sliding_window_view(row, 2);
  np.put(row, 1, 7);
  expect(windows.toList()).toEqual([
    [0, 7],
    [7, 0],
    [0, 0],
  ]);
});
