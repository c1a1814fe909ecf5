import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

const nonsense: string = "nonsense";

test("widths are one number, a pair, or a pair for each axis", () => {
  expect(typed(np.pad([1, 2, 3], 1))).toEqual(["int64", [0, 1, 2, 3, 0]]);
  expect(typed(np.pad([1, 2, 3], [1, 2]))).toEqual(["int64", [0, 1, 2, 3, 0, 0]]);
  expect(typed(np.pad([1, 2, 3], [[1, 2]]))).toEqual(["int64", [0, 1, 2, 3, 0, 0]]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 2],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 0, 0, 0],
      [0, 1, 2, 0, 0],
      [0, 3, 4, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [0, 1],
        ],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 0],
      [1, 2, 0],
      [3, 4, 0],
      [0, 0, 0],
      [0, 0, 0],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [[1], [2]],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 0, 0, 0, 0],
      [0, 0, 1, 2, 0, 0],
      [0, 0, 3, 4, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [[1, 2]],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 0, 0, 0],
      [0, 1, 2, 0, 0],
      [0, 3, 4, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
  ]);
  expect(typed(np.pad([1, 2, 3], 0))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.pad(3, 1))).toEqual(["int64", 3]);
});

test("widths may be given for some axes", () => {
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        { 0: [1, 2] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0],
      [1, 2],
      [3, 4],
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        { "-1": [1, 2] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 1, 2, 0, 0],
      [0, 3, 4, 0, 0],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        { 1: 2 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 1, 2, 0, 0],
      [0, 0, 3, 4, 0, 0],
    ],
  ]);
  expect(() =>
    np.pad(
      [
        [1, 2],
        [3, 4],
      ],
      { 5: 2 },
    ),
  ).toThrow(new np.AxisError("pad: axis 5 is out of bounds for an array of 2 axes"));
});

test("widths that fit no axes, and are no natural numbers, are refused", () => {
  expect(() =>
    np.pad(
      [1, 2, 3],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toThrow(new ShapeError("pad: 2 pairs don't fit 1 axes"));
  expect(() => np.pad([1, 2, 3], [[1, 2, 3]])).toThrow(new ShapeError("pad: [1, 2, 3] is not one number or two"));
  expect(() => np.pad([1, 2, 3], -1)).toThrow(new RangeError("pad(int64[3]): of widths [-1,-1] one is negative"));
  expect(() => np.pad([1, 2, 3], 1.5)).toThrow(new TypeError("pad(int64[3]): widths [1.5,1.5] are not all integers"));
  expect(() => np.pad([1, 2, 3], 2, nonsense as np.PadMode)).toThrow(new RangeError("pad: there is no mode nonsense"));
});

test("constants are 0 unless given, in the array's dtype", () => {
  expect(typed(np.pad([true, false], 1))).toEqual(["bool", [false, true, false, false]]);
  expect(typed(np.pad([], 2))).toEqual(["float64", [0, 0, 0, 0]]);
  expect(typed(np.pad([1, 2, 3], 2, { mode: "constant", constant_values: 9 }))).toEqual([
    "int64",
    [9, 9, 1, 2, 3, 9, 9],
  ]);
  expect(typed(np.pad([1, 2, 3], 2, "constant", { constant_values: [9, 8] }))).toEqual([
    "int64",
    [9, 9, 1, 2, 3, 8, 8],
  ]);
  expect(typed(np.pad([1, 2, 3], [2, 0], "constant", { constant_values: 1.7 }))).toEqual(["int64", [1, 1, 1, 2, 3]]);
  expect(typed(np.pad([1, 2, 3], [0, 1], "constant", { constant_values: [0, 5] }))).toEqual(["int64", [1, 2, 3, 5]]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        "constant",
        {
          constant_values: [
            [5, 6],
            [7, 8],
          ],
        },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [7, 5, 5, 8],
      [7, 1, 2, 8],
      [7, 3, 4, 8],
      [7, 6, 6, 8],
    ],
  ]);
  expect(typed(np.pad([1, 2, 3], 2, "empty"))).toEqual(["int64", [0, 0, 1, 2, 3, 0, 0]]);
});

test("elements at the ends are repeated", () => {
  expect(typed(np.pad([1, 2, 3], 2, "edge"))).toEqual(["int64", [1, 1, 1, 2, 3, 3, 3]]);
  expect(typed(np.pad([1, 2, 3], 7, "wrap"))).toEqual(["int64", [3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]]);
  expect(typed(np.pad([1, 2, 3], 7, "reflect"))).toEqual([
    "int64",
    [2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2],
  ]);
  expect(typed(np.pad([1, 2, 3], 7, "symmetric"))).toEqual([
    "int64",
    [1, 1, 2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2, 3, 3],
  ]);
  expect(typed(np.pad([5], 3, "reflect"))).toEqual(["int64", [5, 5, 5, 5, 5, 5, 5]]);
  expect(typed(np.pad([5], [1, 2], "symmetric"))).toEqual(["int64", [5, 5, 5, 5]]);
  expect(typed(np.pad([5], 3, "wrap"))).toEqual(["int64", [5, 5, 5, 5, 5, 5, 5]]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        "reflect",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 4, 3],
      [1, 2, 1],
      [3, 4, 3],
    ],
  ]);
});

test("odd reflections mirror values too", () => {
  expect(typed(np.pad([1, 2, 3], 7, "reflect", { reflect_type: "odd" }))).toEqual([
    "int64",
    [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ]);
  expect(typed(np.pad([1, 2, 4], 7, "symmetric", { reflect_type: "odd" }))).toEqual([
    "int64",
    [-5, -5, -4, -2, -2, 0, 1, 1, 2, 4, 4, 6, 7, 7, 8, 10, 10],
  ]);
  expect(typed(np.pad([5], 3, "reflect", { reflect_type: "odd" }))).toEqual(["int64", [5, 5, 5, 5, 5, 5, 5]]);
  expect(
    typed(
      np.pad(
        [
          [1, 2.5],
          [3, 4],
        ],
        1,
        "reflect",
        { reflect_type: "odd" },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [-3, -1, 1, 3],
      [-0.5, 1, 2.5, 4],
      [2, 3, 4, 5],
      [4.5, 5, 5.5, 6],
    ],
  ]);
});

test("ramps go to an end value, which integers reach from below", () => {
  expect(typed(np.pad([1, 2, 3], 2, "linear_ramp"))).toEqual(["int64", [0, 0, 1, 2, 3, 1, 0]]);
  expect(typed(np.pad([1, 2, 3], [3, 2], "linear_ramp", { end_values: [9, 0] }))).toEqual([
    "int64",
    [9, 6, 3, 1, 2, 3, 1, 0],
  ]);
  expect(typed(np.pad([1, 2, 3], [0, 2], "linear_ramp", { end_values: -4 }))).toEqual(["int64", [1, 2, 3, -1, -4]]);
  expect(typed(np.pad(np.array([250, 2], "uint8"), 3, "linear_ramp"))).toEqual([
    "uint8",
    [0, 83, 166, 250, 2, 1, 0, 0],
  ]);
  expect(typed(np.pad(np.array([1, 2], "float32"), 1, "linear_ramp"))).toEqual(["float32", [0, 1, 2, 0]]);
  expect(typed(np.pad([{ re: 1, im: 2 }, 3], 1, "linear_ramp"))).toEqual([
    "complex128",
    [
      { re: 0, im: 0 },
      { re: 1, im: 2 },
      { re: 3, im: 0 },
      { re: 0, im: 0 },
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [0, 0],
          [2, 0],
        ],
        "linear_ramp",
        { end_values: 7 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [7, 4, 1, 2],
      [7, 5, 3, 4],
    ],
  ]);
});

test("statistics are of all elements, or of some at the end; means of integers are rounded", () => {
  expect(typed(np.pad([1, 2, 3], 2, "maximum"))).toEqual(["int64", [3, 3, 1, 2, 3, 3, 3]]);
  expect(typed(np.pad([1, 2, 3], 2, "minimum"))).toEqual(["int64", [1, 1, 1, 2, 3, 1, 1]]);
  expect(typed(np.pad([1, 2, 4], 2, "mean"))).toEqual(["int64", [2, 2, 1, 2, 4, 2, 2]]);
  expect(typed(np.pad([1, 2, 4], 2, "median"))).toEqual(["int64", [2, 2, 1, 2, 4, 2, 2]]);
  expect(typed(np.pad([1, 4], 1, "mean"))).toEqual(["int64", [2, 1, 4, 2]]);
  expect(typed(np.pad([-1, -4], 1, "mean"))).toEqual(["int64", [-2, -1, -4, -2]]);
  expect(typed(np.pad([1, 2, 4, 8], [1, 0], "mean"))).toEqual(["int64", [4, 1, 2, 4, 8]]);
  expect(typed(np.pad(np.array([1, 2], "float32"), 1, "mean"))).toEqual(["float32", [1.5, 1, 2, 1.5]]);
  expect(typed(np.pad([true, true, false], 1, "mean"))).toEqual(["bool", [true, true, true, false, true]]);
  expect(typed(np.pad([true, true, false], 1, "maximum"))).toEqual(["bool", [true, true, true, false, true]]);
  expect(typed(np.pad([1, 2, 4, 4], 2, "mean", { stat_length: 2 }))).toEqual(["int64", [2, 2, 1, 2, 4, 4, 4, 4]]);
  expect(typed(np.pad([1, 2, 4, 7], 2, "mean", { stat_length: [2, 3] }))).toEqual(["int64", [2, 2, 1, 2, 4, 7, 4, 4]]);
  expect(typed(np.pad([1, 2, 4, 4], 2, "maximum", { stat_length: 9 }))).toEqual(["int64", [4, 4, 1, 2, 4, 4, 4, 4]]);
  expect(typed(np.pad([1.5, 2, 4, 4], 2, "median", { stat_length: [1, 3] }))).toEqual([
    "float64",
    [1.5, 1.5, 1.5, 2, 4, 4, 4, 4],
  ]);
  expect(() => np.pad([1, 2, 4, 4], 2, "maximum", { stat_length: 0 })).toThrow(
    new ShapeError("max(int64[0]): there is none of no elements; give an initial value"),
  );
  expect(
    typed(
      np.pad(
        [
          { re: 1, im: 2 },
          { re: 3, im: 4 },
        ],
        2,
        "mean",
      ),
    ),
  ).toEqual([
    "complex128",
    [
      { re: 2, im: 3 },
      { re: 2, im: 3 },
      { re: 1, im: 2 },
      { re: 3, im: 4 },
      { re: 2, im: 3 },
      { re: 2, im: 3 },
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 9],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        "maximum",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 9, 9],
      [1, 2, 2],
      [3, 9, 9],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 9],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        "minimum",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2, 1],
      [1, 2, 1],
      [3, 9, 3],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 9],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        "mean",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 6, 4],
      [1, 2, 2],
      [3, 9, 6],
    ],
  ]);
  expect(
    typed(
      np.pad(
        [
          [1, 2],
          [3, 9],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        "median",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 6, 4],
      [1, 2, 2],
      [3, 9, 6],
    ],
  ]);
});

test("an axis without elements can be padded with constants only", () => {
  expect(typed(np.pad([], 0, "edge"))).toEqual("float64[0]");
  expect(
    typed(
      np.pad(
        np.zeros([2, 0]),
        [
          [1, 1],
          [0, 0],
        ],
        "edge",
      ),
    ),
  ).toEqual("float64[4,0]");
  expect(() =>
    np.pad(
      np.zeros([2, 0]),
      [
        [1, 1],
        [1, 0],
      ],
      "edge",
    ),
  ).toThrow(new ShapeError("pad(float64[4,0]): axis 1 has no elements to pad with"));
  expect(() => np.pad([], 2, "mean")).toThrow(new ShapeError("pad(float64[0]): axis 0 has no elements to pad with"));
  expect(() => np.pad([], 2, "linear_ramp")).toThrow(
    new ShapeError("pad(float64[0]): axis 0 has no elements to pad with"),
  );
});
