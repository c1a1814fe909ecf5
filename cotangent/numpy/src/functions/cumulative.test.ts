import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("running sums need an axis where there are several", () => {
  expect(typed(np.cumulative_sum([1, 2, 3]))).toEqual(["int64", [1, 3, 6]]);
  expect(typed(np.cumulative_sum([1, 2, 3], { include_initial: true }))).toEqual(["int64", [0, 1, 3, 6]]);
  expect(
    typed(
      np.cumulative_sum(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 0, include_initial: true },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0],
      [1, 2],
      [4, 6],
    ],
  ]);
  expect(
    typed(
      np.cumulative_prod(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 1, include_initial: true },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 1, 2],
      [1, 3, 12],
    ],
  ]);
  expect(typed(np.cumulative_prod(3))).toEqual(["int64", [3]]);
  expect(typed(np.cumulative_sum(np.array([1, 2], "int8"), { dtype: "float32", include_initial: true }))).toEqual([
    "float32",
    [0, 1, 3],
  ]);
  expect(() =>
    np.cumulative_sum([
      [1, 2],
      [3, 4],
    ]),
  ).toThrow(new ShapeError("cumulative_sum(int64[2,2]): give an axis"));
});

test("differences are taken of neighbours, as often as is said", () => {
  expect(typed(np.diff([1, 2, 4], 2))).toEqual(["int64", [1]]);
  expect(typed(np.diff([1, 2, 4], 5))).toEqual("int64[0]");
  expect(typed(np.diff([1, 2, 4], 0))).toEqual(["int64", [1, 2, 4]]);
  expect(typed(np.diff(np.zeros([0, 2]), 1, 0))).toEqual("float64[0,2]");
  expect(typed(np.diff([]))).toEqual("float64[0]");
  expect(typed(np.diff([true, false, false]))).toEqual(["bool", [true, false]]);
  expect(typed(np.diff(np.array([1, 0], "uint8")))).toEqual(["uint8", [255]]);
  expect(typed(np.diff([1, 2, 4], { append: [5, 7] }))).toEqual(["int64", [1, 2, 1, 2]]);
  expect(
    typed(
      np.diff(
        [
          [1, 2],
          [3, 5],
        ],
        { axis: 0, prepend: 0, append: [[1, 1]] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [2, 3],
      [-2, -4],
    ],
  ]);
  expect(
    typed(
      np.diff(
        [
          [1, 2],
          [3, 5],
        ],
        { n: 1, axis: 0 },
      ),
    ),
  ).toEqual(["int64", [[2, 3]]]);
  expect(() => np.diff(3)).toThrow(new ShapeError("diff: an array of no axes has no differences"));
  expect(() => np.diff([1, 2, 4], -1)).toThrow(new RangeError("diff: the order is -1, which is negative"));
  expect(() => np.diff([1, 2, 4], { prepend: [[1]] })).toThrow(
    new ShapeError("concatenate(int64[1,1], int64[3]): shapes differ along other axes than 0"),
  );
});

test("differences of all elements may have more at the ends, of a dtype that can be cast", () => {
  expect(typed(np.ediff1d([1, 2, 4]))).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.ediff1d(
        [
          [1, 2],
          [4, 8],
        ],
        { to_begin: -1, to_end: [7, 8] },
      ),
    ),
  ).toEqual(["int64", [-1, 1, 2, 4, 7, 8]]);
  expect(typed(np.ediff1d([1, 2, 4], { to_end: [[1, 2]] }))).toEqual(["int64", [1, 2, 1, 2]]);
  expect(typed(np.ediff1d(np.array([1, 2], "int8"), { to_end: np.array([1], "int16") }))).toEqual(["int8", [1, 1]]);
  expect(typed(np.ediff1d([1]))).toEqual("int64[0]");
  expect(typed(np.ediff1d([]))).toEqual("float64[0]");
  expect(() => np.ediff1d([1, 2, 4], { to_end: 1.5 })).toThrow(
    new DTypeError("ediff1d(int64[3]): float64 can't be cast to int64"),
  );
  expect(() => np.ediff1d([true, false])).toThrow(
    new DTypeError("sub(bool[1], bool[1]): there is no such function of bool"),
  );
});

test("areas under lines between points", () => {
  expect(typed(np.trapezoid([1, 2, 3]))).toEqual(["float64", 4]);
  expect(typed(np.trapezoid([1, 2, 3], [1, 2, 4]))).toEqual(["float64", 6.5]);
  expect(
    typed(
      np.trapezoid(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [1, 2, 4],
          [1, 3, 4],
        ],
      ),
    ),
  ).toEqual(["float64", [6.5, 14.5]]);
  expect(
    typed(
      np.trapezoid(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        { x: [1, 3], axis: 0 },
      ),
    ),
  ).toEqual(["float64", [5, 7, 9]]);
  expect(
    typed(
      np.trapezoid(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        { dx: 2 },
      ),
    ),
  ).toEqual(["float64", [8, 20]]);
  expect(typed(np.trapezoid([1]))).toEqual(["float64", 0]);
  expect(() => np.trapezoid(3)).toThrow(new np.AxisError("trapezoid: axis -1 is out of bounds for an array of 0 axes"));
});
