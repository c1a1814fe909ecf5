import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

const nonsense: string = "nonsense";

test("edges are found without counting", () => {
  expect(typed(np.histogram_bin_edges([1, 2, 3], 2))).toEqual(["float64", [1, 2, 3]]);
  expect(typed(np.histogram_bin_edges([0, 10]))).toEqual(["float64", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  expect(typed(np.histogram_bin_edges([1, 2, 3], 2, [0, 4]))).toEqual(["float64", [0, 2, 4]]);
  expect(typed(np.histogram_bin_edges([1, 2, 3], 2, { range: [0, 4] }))).toEqual(["float64", [0, 2, 4]]);
  expect(typed(np.histogram_bin_edges([1, 2, 3], [1, 5]))).toEqual(["int64", [1, 5]]);
  expect(typed(np.histogram_bin_edges([1, 2, 3], 1, [1, 1.0000000000000002]))).toEqual([
    "float64",
    [1, 1.0000000000000002],
  ]);
});

test("the number of bins follows from the data by a rule", () => {
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "sqrt"))).toEqual([
    "float64",
    [1.5, 4.333333333333334, 7.166666666666667, 10],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "sturges"))).toEqual([
    "float64",
    [1.5, 3.2, 4.9, 6.6, 8.3, 10],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "rice"))).toEqual([
    "float64",
    [1.5, 3.2, 4.9, 6.6, 8.3, 10],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "scott"))).toEqual([
    "float64",
    [1.5, 5.75, 10],
  ]);
  expect(typed(np.histogram_bin_edges([3.5, 1, 2, 7, 4, 4, 4, 9, 12, 3, 2], "scott"))).toEqual([
    "float64",
    [1, 4.666666666666666, 8.333333333333332, 12],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "fd"))).toEqual([
    "float64",
    [1.5, 5.75, 10],
  ]);
  expect(typed(np.histogram_bin_edges([3.5, 1, 2, 7, 4, 4, 4, 9, 12, 3, 2], "fd"))).toEqual([
    "float64",
    [1, 3.2, 5.4, 7.6000000000000005, 9.8, 12],
  ]);
  expect(typed(np.histogram_bin_edges([3.5, 1, 2, 7, 4, 4, 4, 9, 12, 3, 2], "doane"))).toEqual([
    "float64",
    [
      1, 2.571428571428571, 4.142857142857142, 5.714285714285714, 7.285714285714286, 8.857142857142858,
      10.428571428571429, 12,
    ],
  ]);
  expect(typed(np.histogram_bin_edges([1, 1, 1, 1, 2, 3, 90], "doane"))).toEqual([
    "float64",
    [1, 15.833333333333334, 30.666666666666668, 45.5, 60.333333333333336, 75.16666666666667, 90],
  ]);
  expect(typed(np.histogram_bin_edges([3, 1, 2, 7, 4, 4, 4, 9, 12, 3, 2], "stone", [2, 9]))).toEqual([
    "float64",
    [2, 3, 4, 5, 6, 7, 8, 9],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 2, 2.25, 4, 7, 7.5, 9, 9, 10], "auto"))).toEqual([
    "float64",
    [1.5, 3.2, 4.9, 6.6, 8.3, 10],
  ]);
  expect(typed(np.histogram_bin_edges([1, 1, 1, 1, 1, 1, 9], "auto"))).toEqual([
    "float64",
    [1, 2.333333333333333, 3.6666666666666665, 5, 6.333333333333333, 7.666666666666666, 9],
  ]);
  expect(typed(np.histogram_bin_edges(np.arange(100), "auto"))).toEqual([
    "float64",
    [0, 12.375, 24.75, 37.125, 49.5, 61.875, 74.25, 86.625, 99],
  ]);
  expect(typed(np.histogram_bin_edges(np.square(np.arange(60)), "auto"))).toEqual([
    "float64",
    [
      0, 497.2857142857143, 994.5714285714286, 1491.857142857143, 1989.142857142857, 2486.4285714285716,
      2983.714285714286, 3481,
    ],
  ]);
  expect(typed(np.histogram_bin_edges([5.75, 7.5, 3.75, 6], "doane"))).toEqual([
    "float64",
    [3.75, 4.6875, 5.625, 6.5625, 7.5],
  ]);
  expect(typed(np.histogram_bin_edges([1.5, 9, 3.75, 0, 3.25, 6.5, 4.25, 2.75], "doane"))).toEqual([
    "float64",
    [0, 1.8, 3.6, 5.4, 7.2, 9],
  ]);
  expect(typed(np.histogram_bin_edges([5.5, 4.75, 7.5, 5, 2.75, 7.5], "doane"))).toEqual([
    "float64",
    [2.75, 3.9375, 5.125, 6.3125, 7.5],
  ]);
  expect(
    typed(np.histogram_bin_edges([2.75, 0.75, 4, 0.25, 5.5, 6.25, 0.25, 8.75, 6.5, 5.75, 6, 9.25], "stone")),
  ).toEqual([
    "float64",
    [
      0.25, 1.5357142857142858, 2.8214285714285716, 4.107142857142858, 5.392857142857143, 6.678571428571429,
      7.964285714285715, 9.25,
    ],
  ]);
  expect(() => np.histogram_bin_edges([0.5], nonsense as np.BinRule)).toThrow(
    new RangeError('histogram: there is no rule "nonsense"'),
  );
});

test("bins of integers are no narrower than 1", () => {
  expect(typed(np.histogram_bin_edges(np.arange(5), "rice"))).toEqual(["float64", [0, 1, 2, 3, 4]]);
  expect(typed(np.histogram_bin_edges([0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3], "sturges"))).toEqual([
    "float64",
    [0, 1, 2, 3],
  ]);
  expect(typed(np.histogram_bin_edges([0, 1, 1, 1.5, 2, 2, 2, 2, 2, 2, 3], "sturges"))).toEqual([
    "float64",
    [0, 0.6, 1.2, 1.7999999999999998, 2.4, 3],
  ]);
  expect(typed(np.histogram_bin_edges(np.array([0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3], "uint8"), "sturges"))).toEqual([
    "float64",
    [0, 1, 2, 3],
  ]);
});

test("without a width there is one bin", () => {
  expect(typed(np.histogram_bin_edges([], "auto"))).toEqual(["float64", [0, 1]]);
  expect(typed(np.histogram_bin_edges([1, 2, 3], "auto", [5, 6]))).toEqual(["float64", [5, 6]]);
  expect(typed(np.histogram_bin_edges([1, 2], "doane"))).toEqual(["float64", [1, 2]]);
  expect(typed(np.histogram_bin_edges([2, 2, 2], "doane"))).toEqual(["float64", [1.5, 2.5]]);
  expect(typed(np.histogram_bin_edges([2], "stone"))).toEqual(["float64", [1.5, 2.5]]);
  expect(typed(np.histogram_bin_edges([2, 2, 2], "stone"))).toEqual(["float64", [1.5, 2.5]]);
  expect(typed(np.histogram_bin_edges([2, 2, 2], "fd"))).toEqual(["float64", [1.5, 2.5]]);
  expect(typed(np.histogram_bin_edges([2, 2, 2], "doane", [0, 4]))).toEqual(["float64", [0, 4]]);
  expect(typed(np.histogram_bin_edges([2, 3], "doane", [0, 4]))).toEqual(["float64", [0, 4]]);
  expect(typed(np.histogram_bin_edges([2], "doane", [0, 4]))).toEqual(["float64", [0, 4]]);
  expect(typed(np.histogram_bin_edges([2], "stone", [0, 4]))).toEqual(["float64", [0, 4]]);
  expect(typed(np.histogram_bin_edges([2, 2, 2], "stone", [0, 4]))).toEqual(["float64", [0, 4]]);
});

test("a rule reads what is in the range only", () => {
  expect(typed(np.histogram_bin_edges([1, 2, 5, 9], "sqrt", [0, 4]))).toEqual(["float64", [0, 1, 2, 3, 4]]);
  expect(typed(np.histogram_bin_edges([3, 1, 2, 7, 4, 4, 4, 9, 12, 3, 2], "auto", [2, 9]))).toEqual([
    "float64",
    [2, 3.166666666666667, 4.333333333333334, 5.5, 6.666666666666667, 7.833333333333334, 9],
  ]);
});

test("one number far from the others makes many bins", () => {
  const x = np.concatenate([np.arange(100), [10000]]);
  const edges = (rule: np.BinRule) => np.histogram_bin_edges(x, rule).size;
  expect(edges("fd")).toBe(467);
  expect(edges("scott")).toBe(15);
  expect(edges("rice")).toBe(11);
  expect(edges("sturges")).toBe(9);
  expect(edges("sqrt")).toBe(12);
  expect(edges("doane")).toBe(15);
  expect(edges("stone")).toBe(101);
  expect(edges("auto")).toBe(22);
});
