import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("natural numbers are counted, or their weights added up", () => {
  expect(typed(np.bincount([1, 2, 2]))).toEqual(["int64", [0, 1, 2]]);
  expect(typed(np.bincount([]))).toEqual("int64[0]");
  expect(typed(np.bincount([], { weights: [0.5] }))).toEqual("int64[0]");
  expect(typed(np.bincount([true, false, true]))).toEqual(["int64", [1, 2]]);
  expect(typed(np.bincount(np.array([1, 2], "uint64")))).toEqual(["int64", [0, 1, 1]]);
  expect(typed(np.bincount([], { minlength: 3 }))).toEqual(["int64", [0, 0, 0]]);
  expect(typed(np.bincount([1, 2, 2], [0.5, 1, 2], 5))).toEqual(["float64", [0, 0.5, 3, 0, 0]]);
  expect(typed(np.bincount([1, 2, 2], { weights: [1, 1, 2], minlength: 2 }))).toEqual(["float64", [0, 1, 3]]);
});

test("what can't be counted is refused", () => {
  expect(() =>
    np.bincount([
      [1, 2],
      [2, 3],
    ]),
  ).toThrow(new ShapeError("bincount(int64[2,2]): takes a vector"));
  expect(() => np.bincount(3)).toThrow(new ShapeError("bincount(int64[]): takes a vector"));
  expect(() => np.bincount(np.array([1.5, 2]))).toThrow(new DTypeError("bincount: indices are integers, not float64"));
  expect(() => np.bincount([1, -1])).toThrow(new RangeError("bincount: a number is negative"));
  expect(() => np.bincount([1, 2, 3], { minlength: -1 })).toThrow(new RangeError("bincount: the length can't be -1"));
  expect(() => np.bincount([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("bincount: weights float64[3] don't fit int64[2]"),
  );
  expect(() => np.bincount([1, 2], { weights: [[1, 2]] })).toThrow(
    new ShapeError("bincount: weights float64[1,2] don't fit int64[2]"),
  );
  expect(() => np.bincount([1, 2], { weights: [{ re: 1, im: 2 }, 1] })).toThrow(
    new DTypeError("bincount: weights are real numbers, not complex128"),
  );
});

test("a histogram has bins of one width, or edges that may be of any distance", () => {
  expect(typed(np.histogram([1, 2, 2, 5], 4))).toEqual([
    ["int64", [1, 2, 0, 1]],
    ["float64", [1, 2, 3, 4, 5]],
  ]);
  expect(typed(np.histogram([0, 10]))).toEqual([
    ["int64", [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["float64", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
  ]);
  expect(
    typed(
      np.histogram(
        [
          [1, 2],
          [3, 4],
        ],
        3,
      ),
    ),
  ).toEqual([
    ["int64", [1, 1, 2]],
    ["float64", [1, 2, 3, 4]],
  ]);
  expect(typed(np.histogram([1, 2, 3], np.array(2)))).toEqual([
    ["int64", [1, 2]],
    ["float64", [1, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 3], [1, 2, 2, 3]))).toEqual([
    ["int64", [1, 0, 2]],
    ["int64", [1, 2, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 2, 3], 2, [0, 2]))).toEqual([
    ["int64", [0, 3]],
    ["float64", [0, 1, 2]],
  ]);
  expect(typed(np.histogram([1, 2, 3], 3, { range: [1, 1] }))).toEqual([
    ["int64", [0, 1, 0]],
    ["float64", [0.5, 0.8333333333333333, 1.1666666666666665, 1.5]],
  ]);
  expect(typed(np.histogram([2, 2, 2], 4))).toEqual([
    ["int64", [0, 0, 3, 0]],
    ["float64", [1.5, 1.75, 2, 2.25, 2.5]],
  ]);
  expect(typed(np.histogram([], 4))).toEqual([
    ["int64", [0, 0, 0, 0]],
    ["float64", [0, 0.25, 0.5, 0.75, 1]],
  ]);
  expect(typed(np.histogram([1, 2, 3], [1]))).toEqual(["int64[0]", ["int64", [1]]]);
  expect(typed(np.histogram([1], []))).toEqual(["int64[0]", "float64[0]"]);
  expect(typed(np.histogram([true, false, true], 2))).toEqual([
    ["int64", [1, 2]],
    ["float64", [0, 0.5, 1]],
  ]);
  expect(typed(np.histogram(np.array([1, 2, 3.5], "float32"), 2))).toEqual([
    ["int64", [2, 1]],
    ["float32", [1, 2.25, 3.5]],
  ]);
  expect(typed(np.histogram(np.array([-128, 127], "int8"), 3))).toEqual([
    ["int64", [1, 0, 1]],
    ["float64", [-128, -43, 42, 127]],
  ]);
});

test("what is in no bin is not counted: NaN, and what lies outside", () => {
  expect(typed(np.histogram([Number.NaN, 1, 2], [0, 1, 2]))).toEqual([
    ["int64", [0, 2]],
    ["int64", [0, 1, 2]],
  ]);
  expect(typed(np.histogram([Number.NaN, -1, 0, 2, 2.5], 2, [0, 2]))).toEqual([
    ["int64", [1, 1]],
    ["float64", [0, 1, 2]],
  ]);
});

test("weights are added up in their dtype", () => {
  expect(typed(np.histogram([1, 2, 3], 2, { weights: [0.5, 1, 2] }))).toEqual([
    ["float64", [0.5, 3]],
    ["float64", [1, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 3], 2, { weights: [1, 2, 3] }))).toEqual([
    ["int64", [1, 5]],
    ["float64", [1, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 3], 2, { weights: np.array([1, 2, 3], "uint8") }))).toEqual([
    ["uint8", [1, 5]],
    ["float64", [1, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 3], 2, { weights: [true, true, false] }))).toEqual([
    ["bool", [true, true]],
    ["float64", [1, 2, 3]],
  ]);
  expect(typed(np.histogram([1, 2, 3], 2, { weights: [{ re: 1, im: 2 }, { re: 0, im: 1 }, 3] }))).toEqual([
    [
      "complex128",
      [
        { re: 1, im: 2 },
        { re: 3, im: 1 },
      ],
    ],
    ["float64", [1, 2, 3]],
  ]);
  expect(
    typed(
      np.histogram(
        [
          [1, 2],
          [3, 4],
        ],
        2,
        {
          weights: [
            [1, 2],
            [3, 4],
          ],
        },
      ),
    ),
  ).toEqual([
    ["int64", [3, 7]],
    ["float64", [1, 2.5, 4]],
  ]);
});

test("the integral of a density is 1", () => {
  expect(typed(np.histogram([1, 2, 2, 5], 4, { density: true }))).toEqual([
    ["float64", [0.25, 0.5, 0, 0.25]],
    ["float64", [1, 2, 3, 4, 5]],
  ]);
  expect(typed(np.histogram([1, 2, 2, 5], [0, 1, 4, 5], { density: true }))).toEqual([
    ["float64", [0, 0.25, 0.25]],
    ["int64", [0, 1, 4, 5]],
  ]);
  expect(typed(np.histogram([1, 2, 2, 5], [0, 1, 4, 5], { density: true, weights: [1, 2, 3, 4] }))).toEqual([
    ["float64", [0, 0.2, 0.4]],
    ["int64", [0, 1, 4, 5]],
  ]);
  expect(typed(np.histogram([1, 2, 2, 5], 2, [0, 4], { density: true }))).toEqual([
    ["float64", [0.16666666666666666, 0.3333333333333333]],
    ["float64", [0, 2, 4]],
  ]);
});

test("bins, ranges and weights that fit nothing are refused", () => {
  expect(() => np.histogram([1, 2, 3], 0)).toThrow(new RangeError("histogram: there can't be 0 bins"));
  expect(() => np.histogram([1, 2, 3], 2.5)).toThrow(new TypeError("histogram: 2.5 is not an integer"));
  expect(() => np.histogram([1, 2, 3], [1, 3, 2])).toThrow(new RangeError("histogram: the edges of bins don't ascend"));
  expect(() =>
    np.histogram(
      [1, 2, 3],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toThrow(new ShapeError("histogram: edges int64[2,2] are no vector"));
  expect(() => np.histogram([1, 2, 3], 10, [0, Infinity])).toThrow(
    new RangeError("histogram: the range from 0 to Infinity is not finite"),
  );
  expect(() => np.histogram([1, 2, 3], 10, [-Infinity, 3])).toThrow(
    new RangeError("histogram: the range from -Infinity to 3 is not finite"),
  );
  expect(() => np.histogram([1, 2, Number.NaN])).toThrow(
    new RangeError("histogram: the range from NaN to NaN is not finite"),
  );
  expect(() => np.histogram([1, 2, 3], 10, [3, 1])).toThrow(new RangeError("histogram: 1 is less than 3"));
  expect(() => np.histogram([1, 1], 2, [1, 1.0000000000000002])).toThrow(
    new RangeError("histogram: 2 bins from 1 to 1.0000000000000002 are too many for float64"),
  );
  expect(() => np.histogram(np.array([1, 1.0000001], "float32"), 3)).toThrow(
    new RangeError("histogram: 3 bins from 1 to 1.0000001192092896 are too many for float32"),
  );
  expect(() => np.histogram([1, 2, 3], 2, { weights: [1, 2] })).toThrow(
    new ShapeError("histogram: weights int64[2] don't fit int64[3]"),
  );
  expect(() =>
    np.histogram(
      [
        [1, 2],
        [3, 4],
      ],
      2,
      { weights: [1, 2, 3, 4] },
    ),
  ).toThrow(new ShapeError("histogram: weights int64[4] don't fit int64[2,2]"));
  expect(() => np.histogram([1, 2, 3], "auto", { weights: [1, 2, 3] })).toThrow(
    new TypeError('histogram: the rule "auto" takes no weights'),
  );
  expect(() => np.histogram([{ re: 1, im: 2 }], 2)).toThrow(
    new DTypeError("histogram(complex128[1]): complex numbers have no order"),
  );
});
