import { DTypeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("the first condition that is true chooses", () => {
  expect(
    typed(
      np.select(
        [
          [true, false],
          [true, true],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual(["int64", [1, 4]]);
  expect(typed(np.select([[true, false]], [[1.5, 2]], 9))).toEqual(["float64", [1.5, 9]]);
  expect(typed(np.select([true], [1]))).toEqual(["int64", 1]);
  expect(() => np.select([], [])).toThrow(new RangeError("select: there are no conditions"));
  expect(() => np.select([[true, false]], [])).toThrow(
    new RangeError("select: there are not as many choices as conditions"),
  );
  expect(() => np.select([[1, 0]], [[1, 2]])).toThrow(new DTypeError("select: conditions are truth values, not int64"));
});

test("pieces are put where conditions are true, the last where none is", () => {
  expect(typed(np.piecewise([1, 2, 3], [[true, false, false]], [10]))).toEqual(["int64", [10, 0, 0]]);
  expect(typed(np.piecewise([1, 2, 3], [true, false, false], [10, 20]))).toEqual(["int64", [10, 20, 20]]);
  expect(
    typed(
      np.piecewise(
        [1, 2, 3],
        [
          [true, false, false],
          [true, true, false],
        ],
        [10, 20],
      ),
    ),
  ).toEqual(["int64", [20, 20, 0]]);
  expect(
    typed(
      np.piecewise(
        [1, 2, 3],
        np.array([
          [true, false, false],
          [false, true, true],
        ]),
        [10, 20],
      ),
    ),
  ).toEqual(["int64", [10, 20, 20]]);
  expect(typed(np.piecewise([1, 2, 3], np.array([true, false, false]), [10, 20]))).toEqual(["int64", [10, 20, 20]]);
  expect(typed(np.piecewise([1, 2, 3], [[true, true, false]], [1.5, 2.5]))).toEqual(["int64", [1, 1, 2]]);
  expect(typed(np.piecewise(2, [true], [5]))).toEqual(["int64", 5]);
  expect(typed(np.piecewise(2, [false], [5, 6]))).toEqual(["int64", 6]);
  expect(typed(np.piecewise(2, true, [5]))).toEqual(["int64", 5]);
  expect(() =>
    np.piecewise(
      [1, 2, 3],
      [
        [true, false, false],
        [false, true, true],
      ],
      [10],
    ),
  ).toThrow(new RangeError("piecewise: 2 conditions need as many pieces, or one more"));
  expect(() => np.piecewise([1, 2, 3], [[true, false, false]], [10, 20, 30])).toThrow(
    new RangeError("piecewise: 1 conditions need as many pieces, or one more"),
  );
});

test("elements are of one array or the other", () => {
  expect(typed(np.where([[true], [false]], [1, 2], 3))).toEqual([
    "int64",
    [
      [1, 2],
      [3, 3],
    ],
  ]);
  expect(typed(np.where([true, false], 1.5, 2))).toEqual(["float64", [1.5, 2]]);
  expect(typed(np.where([0, 2]))).toEqual([["int64", [1]]]);
});
