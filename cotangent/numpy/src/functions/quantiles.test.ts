import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

const nonsense: string = "nonsense";

test("a quantile between two elements is found by one of thirteen methods", () => {
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "linear" }))).toEqual([
    "float64",
    [1, 1.2, 1.5, 1.7999999999999998, 3, 3.8, 7, 9],
  ]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "lower" }))).toEqual([
    "float64",
    [1, 1, 1.5, 1.5, 3, 3, 4, 9],
  ]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "higher" }))).toEqual([
    "float64",
    [1, 1.5, 1.5, 3, 3, 4, 9, 9],
  ]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "nearest" }))).toEqual([
    "float64",
    [1, 1, 1.5, 1.5, 3, 4, 9, 9],
  ]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "midpoint" }))).toEqual([
    "float64",
    [1, 1.25, 1.5, 2.25, 3, 3.5, 6.5, 9],
  ]);
  expect(
    typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "inverted_cdf" })),
  ).toEqual(["float64", [1, 1, 1.5, 1.5, 3, 4, 9, 9]]);
  expect(
    typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "averaged_inverted_cdf" })),
  ).toEqual(["float64", [1, 1, 1.5, 1.5, 3, 4, 9, 9]]);
  expect(
    typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "closest_observation" })),
  ).toEqual(["float64", [1, 1, 1, 1.5, 1.5, 4, 4, 9]]);
  expect(
    typed(
      np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "interpolated_inverted_cdf" }),
    ),
  ).toEqual(["float64", [1, 1, 1.125, 1.25, 2.25, 3.5, 6.5, 9]]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "hazen" }))).toEqual([
    "float64",
    [1, 1, 1.375, 1.5, 3, 4, 9, 9],
  ]);
  expect(typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "weibull" }))).toEqual([
    "float64",
    [1, 1, 1.25, 1.4, 3, 5.000000000000001, 9, 9],
  ]);
  expect(
    typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "median_unbiased" })),
  ).toEqual(["float64", [1, 1, 1.3333333333333335, 1.4666666666666668, 3, 4.333333333333332, 9, 9]]);
  expect(
    typed(np.quantile([3, 1, 4, 1.5, 9], [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.9, 1], { method: "normal_unbiased" })),
  ).toEqual(["float64", [1, 1, 1.34375, 1.475, 3, 4.249999999999999, 9, 9]]);
});

test("every method knows where a quantile falls on an element", () => {
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "linear" }))).toEqual([
    "float64",
    [1, 1.375, 1.75, 2.125, 2.5, 3.25, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "lower" }))).toEqual([
    "int64",
    [1, 1, 1, 2, 2, 3, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "higher" }))).toEqual([
    "int64",
    [1, 2, 2, 3, 3, 4, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "nearest" }))).toEqual([
    "int64",
    [1, 1, 2, 2, 3, 3, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "midpoint" }))).toEqual([
    "float64",
    [1, 1.5, 1.5, 2.5, 2.5, 3.5, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "inverted_cdf" }))).toEqual([
    "int64",
    [1, 1, 1, 2, 2, 3, 4],
  ]);
  expect(
    typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "averaged_inverted_cdf" })),
  ).toEqual(["float64", [1, 1, 1.5, 2, 2.5, 3.5, 4]]);
  expect(
    typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "closest_observation" })),
  ).toEqual(["int64", [1, 1, 1, 2, 2, 3, 4]]);
  expect(
    typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "interpolated_inverted_cdf" })),
  ).toEqual(["float64", [1, 1, 1, 1.5, 2, 3, 4]]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "hazen" }))).toEqual([
    "float64",
    [1, 1, 1.5, 2, 2.5, 3.5, 4],
  ]);
  expect(typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "weibull" }))).toEqual([
    "float64",
    [1, 1, 1.25, 1.875, 2.5, 3.75, 4],
  ]);
  expect(
    typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "median_unbiased" })),
  ).toEqual(["float64", [1, 1, 1.4166666666666667, 1.9583333333333335, 2.5, 3.5833333333333335, 4]]);
  expect(
    typed(np.quantile([3, 1, 4, 2], [0, 0.125, 0.25, 0.375, 0.5, 0.75, 1], { method: "normal_unbiased" })),
  ).toEqual(["float64", [1, 1, 1.4375, 1.96875, 2.5, 3.5625, 4]]);
});

test("elements that are NaN are left out of each row", () => {
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "lower" },
      ),
    ),
  ).toEqual(["float64", [1, 5]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "higher" },
      ),
    ),
  ).toEqual(["float64", [2, 7]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "nearest" },
      ),
    ),
  ).toEqual(["float64", [2, 7]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "midpoint" },
      ),
    ),
  ).toEqual(["float64", [1.5, 6]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "inverted_cdf" },
      ),
    ),
  ).toEqual(["float64", [2, 5]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "averaged_inverted_cdf" },
      ),
    ),
  ).toEqual(["float64", [2, 5]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "closest_observation" },
      ),
    ),
  ).toEqual(["float64", [1, 5]]);
  expect(
    typed(
      np.nanquantile(
        [
          [3, 1, Number.NaN, 4, 2],
          [5, Number.NaN, Number.NaN, 7, 9],
        ],
        0.3,
        { axis: 1, method: "interpolated_inverted_cdf" },
      ),
    ),
  ).toEqual(["float64", [1.2, 5]]);
  expect(typed(np.nanquantile([Number.NaN, Number.NaN], 0.5))).toEqual(["float64", Number.NaN]);
  expect(typed(np.nanquantile([1, 2, 3], 0.5))).toEqual(["float64", 2]);
  expect(typed(np.nanquantile([], 0.5))).toEqual(["float64", Number.NaN]);
  expect(typed(np.nanquantile(np.zeros([2, 0]), 0.5, 1))).toEqual(["float64", [Number.NaN, Number.NaN]]);
  expect(typed(np.nanmedian([1, Number.NaN, 3]))).toEqual(["float64", 2]);
  expect(typed(np.nanmedian([Number.NaN]))).toEqual(["float64", Number.NaN]);
  expect(typed(np.nanpercentile([1, Number.NaN, 3], 25))).toEqual(["float64", 1.5]);
});

test("a row with NaN in it has no quantile", () => {
  expect(
    typed(
      np.quantile(
        [
          [1, Number.NaN],
          [1, 2],
        ],
        [0, 0.25, 1],
        1,
      ),
    ),
  ).toEqual([
    "float64",
    [
      [Number.NaN, 1],
      [Number.NaN, 1.25],
      [Number.NaN, 2],
    ],
  ]);
  expect(typed(np.quantile([1, Number.NaN], 0.5, { method: "lower" }))).toEqual(["float64", Number.NaN]);
  expect(typed(np.median([1, Number.NaN]))).toEqual(["float64", Number.NaN]);
  expect(typed(np.percentile([1, Number.NaN], 50))).toEqual(["float64", Number.NaN]);
});

test("an element, or something between elements, has the dtype that NumPy gives it", () => {
  expect(typed(np.quantile(np.array([3, 1, 4], "uint8"), [0.3, 1], { method: "higher" }))).toEqual(["uint8", [3, 4]]);
  expect(typed(np.quantile(np.array([3, 1, 4], "uint8"), [0.3, 1], { method: "inverted_cdf" }))).toEqual([
    "uint8",
    [1, 4],
  ]);
  expect(typed(np.quantile(np.array([3, 1, 4], "uint8"), [0.3, 1]))).toEqual(["float64", [2.2, 4]]);
  expect(typed(np.quantile([true, false, true], [0, 0.25, 1], { method: "nearest" }))).toEqual([
    "bool",
    [false, false, true],
  ]);
  expect(typed(np.quantile(np.array([1, 2, 3, 4], "float32"), 0.3))).toEqual(["float32", 1.899999976158142]);
  expect(typed(np.quantile(np.array([1, 2, 3, 4], "float32"), [0.3]))).toEqual(["float64", [1.9]]);
  expect(typed(np.quantile(np.array([1, 2, 3, 4], "float32"), np.array([0.3], "float32")))).toEqual([
    "float32",
    [1.9000000953674316],
  ]);
  expect(typed(np.percentile(np.array([1, 2, 3, 4], "float32"), 30))).toEqual(["float32", 1.899999976158142]);
  expect(typed(np.median(np.array([1, 2, 4, 4], "float32")))).toEqual(["float32", 3]);
  expect(typed(np.median([true, false]))).toEqual(["float64", 0.5]);
});

test("the axes of parts come before those that are left", () => {
  expect(
    typed(
      np.quantile(
        [1, 2, 3],
        [
          [0.25, 0.5],
          [0.75, 1],
        ],
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1.5, 2],
      [2.5, 3],
    ],
  ]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [0.5, 1],
        1,
      ),
    ),
  ).toEqual([
    "float64",
    [
      [2, 5],
      [3, 6],
    ],
  ]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        0.5,
        { axis: 0, keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[2.5, 3.5, 4.5]]]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [0.5, 1],
        { axis: [0, 1], keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[[3.5]], [[6]]]]);
  expect(typed(np.quantile(np.zeros([0, 2]), 0.5, 1))).toEqual("float64[0]");
  expect(typed(np.quantile([1, 2], []))).toEqual("float64[0]");
  expect(typed(np.quantile(3, 0.5))).toEqual(["float64", 3]);
});

test("parts, methods and dtypes without quantiles are refused", () => {
  expect(() => np.quantile([1, 2], 1.5)).toThrow(new RangeError("quantile: not all of q are between 0 and 1"));
  expect(() => np.quantile([1, 2], [0.5, -0.5])).toThrow(new RangeError("quantile: not all of q are between 0 and 1"));
  expect(() => np.quantile([1, 2], Number.NaN)).toThrow(new RangeError("quantile: not all of q are between 0 and 1"));
  expect(() => np.percentile([1, 2], 101)).toThrow(new RangeError("percentile: not all of q are between 0 and 100"));
  expect(() => np.quantile([1, 2], 0.5, { method: nonsense as np.QuantileMethod })).toThrow(
    new RangeError("quantile: there is no method nonsense"),
  );
  expect(() => np.quantile([{ re: 1, im: 2 }], 0.5)).toThrow(
    new DTypeError("quantile(complex128[1]): complex numbers have no quantiles"),
  );
  expect(() => np.quantile([true, false], 0.5)).toThrow(
    new DTypeError("quantile(bool[2]): there is nothing between truth values"),
  );
  expect(() => np.quantile([], 0.5)).toThrow(new ShapeError("quantile(float64[0]): there are no elements"));
  expect(() => np.quantile(np.zeros([2, 0]), 0.5, 1)).toThrow(
    new ShapeError("quantile(float64[2,0]): there are no elements"),
  );
  expect(() =>
    np.quantile(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      0.5,
      2,
    ),
  ).toThrow(new np.AxisError("quantile: axis 2 is out of bounds for an array of 2 axes"));
});

test("infinite elements are quantiles, which are NaN for NumPy where it takes their difference to themselves", () => {
  expect(typed(np.quantile([Infinity, 1, -Infinity, 2], [0, 0.25, 0.5, 0.75, 1]))).toEqual([
    "float64",
    [-Infinity, -Infinity, 1.5, Infinity, Infinity],
  ]);
  expect(typed(np.quantile([Infinity, 1, -Infinity, 2], [0, 0.25, 1], { method: "weibull" }))).toEqual([
    "float64",
    [-Infinity, Number.NaN, Infinity],
  ]);
  expect(typed(np.quantile([Infinity, 1, -Infinity, 2], [0, 0.25, 0.5, 0.75, 1], { method: "inverted_cdf" }))).toEqual([
    "float64",
    [-Infinity, -Infinity, 1, 2, Infinity],
  ]);
  expect(
    typed(np.quantile([Infinity, 1, -Infinity, 2], [0, 0.25, 0.5, 0.75, 1], { method: "closest_observation" })),
  ).toEqual(["float64", [-Infinity, -Infinity, 1, 2, Infinity]]);
});

test("a median is the element in the middle, or the mean of two", () => {
  expect(typed(np.median([3, 1, 2]))).toEqual(["float64", 2]);
  expect(typed(np.median([3, 1, 2, 7]))).toEqual(["float64", 2.5]);
  expect(
    typed(
      np.median(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: [0, 1], keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[2.5]]]);
  expect(typed(np.median([1, Infinity]))).toEqual(["float64", Infinity]);
  expect(typed(np.median([Infinity, Infinity]))).toEqual(["float64", Infinity]);
  expect(typed(np.median([-Infinity, Infinity]))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.median([
        { re: 1, im: 2 },
        { re: 3, im: 1 },
        { re: 0, im: 5 },
      ]),
    ),
  ).toEqual(["complex128", { re: 1, im: 2 }]);
  expect(
    typed(
      np.median([
        { re: 1, im: 2 },
        { re: 3, im: 1 },
      ]),
    ),
  ).toEqual(["complex128", { re: 2, im: 1.5 }]);
  expect(typed(np.median(3))).toEqual(["float64", 3]);
});

test("a median of nothing is NaN", () => {
  expect(typed(np.median([]))).toEqual(["float64", Number.NaN]);
  expect(typed(np.nanmedian([]))).toEqual(["float64", Number.NaN]);
  expect(typed(np.median(np.zeros([2, 0]), { axis: 1, keepdims: true }))).toEqual([
    "float64",
    [[Number.NaN], [Number.NaN]],
  ]);
  expect(typed(np.median(np.zeros([2, 0], "int8")))).toEqual(["float64", Number.NaN]);
  expect(typed(np.median(np.zeros([2, 0]), 0))).toEqual("float64[0]");
});
