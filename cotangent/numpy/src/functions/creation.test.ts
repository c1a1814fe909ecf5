import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("elements must be finite where that is asked for", () => {
  expect(typed(np.asarray_chkfinite([1, 2]))).toEqual(["int64", [1, 2]]);
  expect(() => np.asarray_chkfinite([1, Number.NaN])).toThrow(
    new RangeError("asarray_chkfinite: there are NaNs or infinities"),
  );
  expect(() => np.asarray_chkfinite([1, Infinity])).toThrow(
    new RangeError("asarray_chkfinite: there are NaNs or infinities"),
  );
});

test("an array may be required to have columns in a piece", () => {
  expect(
    np.isfortran(
      np.require(
        [
          [1, 2],
          [3, 4],
        ],
        "float32",
        "F",
      ),
    ),
  ).toEqual(true);
  expect(
    np.isfortran(
      np.require(
        [
          [1, 2],
          [3, 4],
        ],
        null,
        ["F_CONTIGUOUS"],
      ),
    ),
  ).toEqual(true);
  expect(
    np.isfortran(
      np.require(
        [
          [1, 2],
          [3, 4],
        ],
        null,
        ["C", "W"],
      ),
    ),
  ).toEqual(false);
  expect(
    np.isfortran(
      np.require([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual(false);
  expect(
    typed(
      np.require(
        [
          [1, 2],
          [3, 4],
        ],
        "float32",
      ),
    ),
  ).toEqual([
    "float32",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
});

test("elements are taken from what can be walked over", () => {
  expect(typed(np.fromiter([1, 2, 3], "int8"))).toEqual(["int8", [1, 2, 3]]);
  expect(typed(np.fromiter([1, 2, 3], "int8", { count: 2 }))).toEqual(["int8", [1, 2]]);
  expect(typed(np.fromiter([1, 2], "int8", 0))).toEqual("int8[0]");
  expect(() => np.fromiter([1, 2], "int8", 3)).toThrow(new RangeError("fromiter: there are 2 elements, not 3"));
});

test("numbers are read from text", () => {
  expect(typed(np.fromstring("1 2 3", { sep: " " }))).toEqual(["float64", [1, 2, 3]]);
  expect(typed(np.fromstring("1, 2,3", { sep: ",", dtype: "int8" }))).toEqual(["int8", [1, 2, 3]]);
  expect(typed(np.fromstring("1 2 3", { sep: " ", count: 2 }))).toEqual(["float64", [1, 2]]);
  expect(typed(np.fromstring("", { sep: " " }))).toEqual("float64[0]");
  expect(() => np.fromstring("1 x 3", { sep: " " })).toThrow(
    new RangeError('fromstring: not all of "1 x 3" are numbers'),
  );
});

test("arrays of one value have its dtype, or one that can hold it", () => {
  expect(typed(np.full([2], [1, 2]))).toEqual(["int64", [1, 2]]);
  expect(typed(np.full(2, 3))).toEqual(["int64", [3, 3]]);
  expect(typed(np.full(2, true))).toEqual(["bool", [true, true]]);
  expect(typed(np.full(2, { re: 1, im: 2 }))).toEqual([
    "complex128",
    [
      { re: 1, im: 2 },
      { re: 1, im: 2 },
    ],
  ]);
  expect(typed(np.full(2, 1.5, "int8"))).toEqual(["int8", [1, 1]]);
  expect(typed(np.full(2, np.array([300, 1]), "int8"))).toEqual(["int8", [44, 1]]);
  expect(typed(np.full_like([1, 2], 1.5))).toEqual(["int64", [1, 1]]);
  expect(typed(np.full_like([1, 2], 1.5, { shape: [1] }))).toEqual(["int64", [1]]);
  expect(typed(np.zeros_like([1.5, 2], { dtype: "int8" }))).toEqual(["int8", [0, 0]]);
  expect(() => np.full(2, 300, "int8")).toThrow(new RangeError("the integer 300 is out of bounds for int8"));
  expect(() => np.full_like(np.array([1], "int8"), 300)).toThrow(
    new RangeError("the integer 300 is out of bounds for int8"),
  );
  expect(() => np.full([2, 2], [1, 2, 3])).toThrow(new ShapeError("broadcastTo: [3] can't be broadcast to [2, 2]"));
  expect(() => np.full(-1, 3)).toThrow(new ShapeError("full: [-1] has a negative length"));
  expect(() => np.zeros(1.5)).toThrow(new TypeError("zeros: 1.5 is not an integer"));
});

test("arrays have as many axes as are wanted", () => {
  expect(typed(np.array([1, 2], { ndmin: 3 }))).toEqual(["int64", [[[1, 2]]]]);
  expect(typed(np.ascontiguousarray(3))).toEqual(["int64", [3]]);
});

test("what can be walked over is no scalar", () => {
  expect(np.iterable([1])).toEqual(true);
  expect(np.iterable("a")).toEqual(true);
  expect(np.iterable(np.ones(2))).toEqual(true);
  expect(np.iterable(3)).toEqual(false);
  expect(np.iterable(np.array(3))).toEqual(false);
  expect(np.isscalar(3)).toEqual(true);
  expect(np.isscalar("a")).toEqual(true);
  expect(np.isscalar([3])).toEqual(false);
});
