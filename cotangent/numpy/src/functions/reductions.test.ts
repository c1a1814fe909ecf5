import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("a reduction starts with a value that the dtype can hold", () => {
  expect(typed(np.sum([1, 2], { initial: 10 }))).toEqual(["int64", 13]);
  expect(
    typed(
      np.sum(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 0, initial: 10 },
      ),
    ),
  ).toEqual(["int64", [14, 16]]);
  expect(typed(np.prod([1, 2, 3], { initial: 10 }))).toEqual(["int64", 60]);
  expect(typed(np.max([1, 2], { initial: 10 }))).toEqual(["int64", 10]);
  expect(
    typed(
      np.max(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 0, initial: 2.5 },
      ),
    ),
  ).toEqual(["int64", [3, 4]]);
  expect(typed(np.min([3, 1], { initial: 2 }))).toEqual(["int64", 1]);
  expect(() => np.sum(np.array([1, 2], "int8"), { dtype: "int8", initial: 200 })).toThrow(
    new RangeError("the integer 200 is out of bounds for int8"),
  );
  expect(() => np.max(np.array([1, 2], "int8"), { initial: 200 })).toThrow(
    new RangeError("the integer 200 is out of bounds for int8"),
  );
});

test("elements that don't count change nothing", () => {
  expect(
    typed(
      np.sum(
        [
          [1, 2],
          [3, 4],
        ],
        { where: [true, false] },
      ),
    ),
  ).toEqual(["int64", 4]);
  expect(
    typed(
      np.sum(
        [
          [1, 2],
          [3, 4],
        ],
        { where: [[true], [false]], axis: 0 },
      ),
    ),
  ).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.prod(
        [
          [1, 2],
          [3, 4],
        ],
        { where: [true, false] },
      ),
    ),
  ).toEqual(["int64", 3]);
  expect(typed(np.max([1, 2], { where: [true, false], initial: 0 }))).toEqual(["int64", 1]);
  expect(typed(np.max([1, 2], { where: [false, false], initial: -5 }))).toEqual(["int64", -5]);
  expect(typed(np.min([1, 2], { where: [true, false], initial: 9 }))).toEqual(["int64", 1]);
  expect(
    typed(
      np.all(
        [
          [0, 1],
          [1, 1],
        ],
        { axis: 1, where: [false, true] },
      ),
    ),
  ).toEqual(["bool", [true, true]]);
  expect(
    typed(
      np.any(
        [
          [0, 1],
          [1, 1],
        ],
        { where: [true, false], keepdims: true },
      ),
    ),
  ).toEqual(["bool", [[true]]]);
  expect(() => np.max([1, 2], { where: [true, false] })).toThrow(
    new RangeError("max: with `where` an initial value is needed"),
  );
});

test("of no elements there is a sum, but an extreme only with a value to start with", () => {
  expect(typed(np.max([], { initial: 4 }))).toEqual(["float64", 4]);
  expect(typed(np.max(np.zeros([2, 0]), { axis: 1, initial: 4 }))).toEqual(["float64", [4, 4]]);
  expect(typed(np.max(np.zeros([2, 0]), { axis: 1, initial: 4, keepdims: true }))).toEqual(["float64", [[4], [4]]]);
  expect(typed(np.max(np.zeros([2, 0]), 0))).toEqual("float64[0]");
  expect(() => np.max(np.zeros([2, 0]), 1)).toThrow(
    new ShapeError("max(float64[2,0]): there is none of no elements; give an initial value"),
  );
  expect(() => np.min([])).toThrow(
    new ShapeError("min(float64[0]): there is none of no elements; give an initial value"),
  );
  expect(() => np.argmax([])).toThrow(new ShapeError("argmax(float64[0]): there is none of no elements"));
  expect(() => np.argmin(np.zeros([2, 0]), 1)).toThrow(
    new ShapeError("argmin(float64[2,0]): there is none of no elements"),
  );
  expect(typed(np.argmin(np.zeros([2, 0]), 0))).toEqual("int64[0]");
});

test("without axes nothing is taken together", () => {
  expect(
    typed(
      np.prod(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: [] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.sum(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: [] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.max(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: [] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
});

test("axes are integers, each once", () => {
  expect(() => np.sum([[1, 2]], 1.5)).toThrow(new TypeError("sum: axis 1.5 is not an integer"));
  expect(() => np.sum([[1, 2]], [0, 0])).toThrow(new RangeError("sum: axes [0, 0] has one of them twice"));
  expect(() => np.sum([[1, 2]], 2)).toThrow(new np.AxisError("sum: axis 2 is out of bounds for an array of 2 axes"));
});

test("spans, counts and places of extremes", () => {
  expect(
    typed(
      np.ptp(
        [
          [1, 5],
          [2, 9],
        ],
        0,
      ),
    ),
  ).toEqual(["int64", [1, 4]]);
  expect(
    typed(
      np.ptp(
        [
          [1, 5],
          [2, 9],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["int64", [[4], [7]]]);
  expect(() => np.ptp([true, false])).toThrow(new DTypeError("sub(bool[], bool[]): there is no such function of bool"));
  expect(
    typed(
      np.count_nonzero(
        [
          [0, 1],
          [2, 0],
        ],
        0,
      ),
    ),
  ).toEqual(["int64", [1, 1]]);
  expect(
    typed(
      np.count_nonzero(
        [
          [0, 1],
          [2, 0],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["int64", [[1], [1]]]);
  expect(
    typed(
      np.argmax([
        [1, 5],
        [7, 2],
      ]),
    ),
  ).toEqual(["int64", 2]);
  expect(
    typed(
      np.argmax(
        [
          [1, 5],
          [7, 2],
        ],
        { axis: 0, keepdims: true },
      ),
    ),
  ).toEqual(["int64", [[1, 0]]]);
  expect(
    typed(
      np.argmax(
        [
          [1, 5],
          [7, 2],
        ],
        { keepdims: true },
      ),
    ),
  ).toEqual(["int64", [[2]]]);
  expect(typed(np.argmin([1, Number.NaN, 0]))).toEqual(["int64", 1]);
});

test("means and variances are of the elements that count", () => {
  expect(
    typed(
      np.mean(
        [
          [1, 2],
          [3, 4],
        ],
        { where: [true, false] },
      ),
    ),
  ).toEqual(["float64", 2]);
  expect(
    typed(
      np.mean(
        [
          [1, 2],
          [3, 4],
        ],
        {
          where: [
            [true, false],
            [false, false],
          ],
          axis: 1,
        },
      ),
    ),
  ).toEqual(["float64", [1, Number.NaN]]);
  expect(typed(np.mean([1, 2], { where: false }))).toEqual(["float64", Number.NaN]);
  expect(typed(np.mean([]))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.mean(
        [
          { re: 1, im: 2 },
          { re: 3, im: 4 },
        ],
        { where: [true, false] },
      ),
    ),
  ).toEqual(["complex128", { re: 1, im: 2 }]);
  expect(
    typed(
      np.var(
        [
          [1, 2],
          [3, 4],
        ],
        { where: [true, false] },
      ),
    ),
  ).toEqual(["float64", 1]);
  expect(
    typed(
      np.var(
        [
          [1, 2, 5],
          [3, 4, 7],
        ],
        { where: [true, true, false], axis: 1, ddof: 1 },
      ),
    ),
  ).toEqual(["float64", [0.5, 0.5]]);
  expect(
    typed(
      np.var(
        [
          [1, 2],
          [3, 4],
        ],
        {
          where: [
            [true, false],
            [false, false],
          ],
          axis: 1,
          ddof: 1,
        },
      ),
    ),
  ).toEqual(["float64", [Number.NaN, Number.NaN]]);
  expect(typed(np.var([1, 2, 3], { correction: 1 }))).toEqual(["float64", 1]);
  expect(typed(np.var([1, 2, 4], { ddof: 5 }))).toEqual(["float64", Infinity]);
  expect(typed(np.var([1, 2, 4], { mean: 2 }))).toEqual(["float64", 1.6666666666666667]);
  expect(
    typed(
      np.var(
        [
          [1, 2],
          [3, 5],
        ],
        { axis: 1, mean: [[1.5], [4]] },
      ),
    ),
  ).toEqual(["float64", [0.25, 1]]);
  expect(typed(np.std([1, 2, 3], { ddof: 1, keepdims: true }))).toEqual(["float64", [1]]);
  expect(
    typed(
      np.var([
        { re: 1, im: 2 },
        { re: 3, im: 4 },
      ]),
    ),
  ).toEqual(["float64", 2]);
});
