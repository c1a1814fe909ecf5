import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("integers have no NaN", () => {
  expect(typed(np.nanmax([1, 2]))).toEqual(["int64", 2]);
  expect(typed(np.nanmin([true, false]))).toEqual(["bool", false]);
  expect(typed(np.nanargmax([1, 2]))).toEqual(["int64", 1]);
  expect(typed(np.nanmean([1, 2]))).toEqual(["float64", 1.5]);
});

test("extremes are of elements that are not NaN", () => {
  expect(typed(np.nanmax([1, Number.NaN]))).toEqual(["float64", 1]);
  expect(typed(np.nanmax([Number.NaN, Number.NaN]))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.nanmax(
        [
          [1, Number.NaN],
          [Number.NaN, Number.NaN],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[1], [Number.NaN]]]);
  expect(
    typed(
      np.nanmin(
        [
          [1, Number.NaN],
          [Number.NaN, 5],
        ],
        0,
      ),
    ),
  ).toEqual(["float64", [1, 5]]);
  expect(() => np.nanmax([])).toThrow(
    new ShapeError("max(float64[0]): there is none of no elements; give an initial value"),
  );
});

test("places of extremes are of elements that are not NaN, of which there must be one", () => {
  expect(typed(np.nanargmax([1, Number.NaN, 3]))).toEqual(["int64", 2]);
  expect(typed(np.nanargmax([Number.NaN, -Infinity]))).toEqual(["int64", 0]);
  expect(
    typed(
      np.nanargmin(
        [
          [1, Number.NaN],
          [3, Number.NaN],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["int64", [[0], [0]]]);
  expect(() => np.nanargmax([Number.NaN, Number.NaN])).toThrow(
    new ShapeError("nanargmax(float64[2]): all elements of a row are NaN"),
  );
  expect(() =>
    np.nanargmax(
      [
        [1, Number.NaN],
        [Number.NaN, Number.NaN],
      ],
      1,
    ),
  ).toThrow(new ShapeError("nanargmax(float64[2,2]): all elements of a row are NaN"));
  expect(() =>
    np.nanargmin(
      [
        [1, Number.NaN],
        [Number.NaN, Number.NaN],
      ],
      0,
    ),
  ).toThrow(new ShapeError("nanargmin(float64[2,2]): all elements of a row are NaN"));
});

test("sums, means and variances leave NaN out", () => {
  expect(typed(np.nansum([1, Number.NaN], { initial: 5 }))).toEqual(["float64", 6]);
  expect(typed(np.nanprod([2, Number.NaN]))).toEqual(["float64", 2]);
  expect(typed(np.nanmean([Number.NaN]))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.nanmean(
        [
          [1, Number.NaN],
          [Number.NaN, Number.NaN],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[1], [Number.NaN]]]);
  expect(typed(np.nanvar([1, Number.NaN, 3], { ddof: 1 }))).toEqual(["float64", 2]);
  expect(typed(np.nanvar([1, Number.NaN], { ddof: 1 }))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.nanvar([
        { re: 1, im: 2 },
        { re: Number.NaN, im: 1 },
        { re: 3, im: 4 },
      ]),
    ),
  ).toEqual(["float64", 2]);
  expect(
    typed(
      np.nanstd(
        [
          [1, Number.NaN],
          [2, 3],
        ],
        0,
      ),
    ),
  ).toEqual(["float64", [0.5, 0]]);
  expect(typed(np.nancumsum([1, Number.NaN, 3]))).toEqual(["float64", [1, 1, 4]]);
  expect(
    typed(
      np.nancumprod(
        [
          [1, Number.NaN],
          [2, 3],
        ],
        1,
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1, 1],
      [2, 6],
    ],
  ]);
});
