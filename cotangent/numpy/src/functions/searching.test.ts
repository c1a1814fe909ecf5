import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("values belong before elements that are not smaller, or after equal ones", () => {
  expect(typed(np.searchsorted([1, 2, 3], [0, 2, 5]))).toEqual(["int64", [0, 1, 3]]);
  expect(typed(np.searchsorted([1, 2, 3], 2, "right"))).toEqual(["int64", 2]);
  expect(typed(np.searchsorted([1, 2, Number.NaN], [Number.NaN, 3]))).toEqual(["int64", [2, 2]]);
  expect(typed(np.searchsorted([1n, 9007199254740993n], 9007199254740992n))).toEqual(["int64", 1]);
  expect(
    typed(
      np.searchsorted(
        [
          { re: 1, im: 1 },
          { re: 1, im: 2 },
          { re: 2, im: 0 },
        ],
        [
          { re: 1, im: 2 },
          { re: 0, im: 5 },
        ],
      ),
    ),
  ).toEqual(["int64", [1, 0]]);
  expect(
    typed(
      np.searchsorted(
        [
          { re: 1, im: 1 },
          { re: 1, im: 2 },
          { re: 2, im: 0 },
        ],
        [{ re: 1, im: 2 }],
        "right",
      ),
    ),
  ).toEqual(["int64", [2]]);
  expect(typed(np.searchsorted([3, 1, 2], [0, 2, 5], { sorter: [1, 2, 0] }))).toEqual(["int64", [0, 1, 3]]);
  expect(typed(np.searchsorted([3, 1, 2], [0, 2, 5], { side: "right", sorter: [1, 2, 0] }))).toEqual([
    "int64",
    [0, 2, 3],
  ]);
  expect(() => np.searchsorted([[1, 2]], 1)).toThrow(
    new ShapeError("searchsorted(int64[1,2]): the sorted array is a vector"),
  );
  expect(() => np.searchsorted([3, 1, 2], [2], { sorter: [1, 2] })).toThrow(
    new ShapeError("searchsorted(int64[3]): the order int64[2] is another length"),
  );
  expect(() => np.searchsorted([3, 1, 2], [2], { sorter: [1, 2, 3] })).toThrow(np.IndexError);
  expect(() => np.searchsorted([3, 1, 2], [2], { sorter: np.array([1, 2, 0.5]) })).toThrow(
    new DTypeError("searchsorted: indices are integers, not float64"),
  );
});

test("values are in bins, whose edges may go down", () => {
  expect(typed(np.digitize([0, 1, 2, 3, 4], [1, 3]))).toEqual(["int64", [0, 1, 1, 2, 2]]);
  expect(typed(np.digitize([0, 1, 2, 3, 4], [1, 3], true))).toEqual(["int64", [0, 0, 1, 1, 2]]);
  expect(typed(np.digitize([0, 1, 2, 3, 4], [3, 1]))).toEqual(["int64", [2, 1, 1, 0, 0]]);
  expect(typed(np.digitize([0, 1, 2, 3, 4], [3, 1], { right: true }))).toEqual(["int64", [2, 2, 1, 1, 0]]);
  expect(typed(np.digitize([0, 1, 2], [1, 1]))).toEqual(["int64", [0, 2, 2]]);
  expect(typed(np.digitize([0, 1, 2], []))).toEqual(["int64", [0, 0, 0]]);
  expect(
    typed(
      np.digitize(
        [
          [0, 1],
          [2, 3],
        ],
        [1n, 3n],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 1],
      [1, 2],
    ],
  ]);
  expect(() => np.digitize([1, 2, 3], [[1, 2]])).toThrow(new ShapeError("digitize: bins int64[1,2] are not a vector"));
  expect(() => np.digitize([1, 2, 3], [1, 3, 2])).toThrow(
    new RangeError("digitize: bins are neither ascending nor descending"),
  );
  expect(() => np.digitize([{ re: 1, im: 2 }], [1, 3])).toThrow(
    new DTypeError("digitize(complex128[1]): complex numbers have no order"),
  );
});

test("values lie on lines between points", () => {
  expect(typed(np.interp([0, 1.5, 4], [1, 2, 3], [10, 20, 40]))).toEqual(["float64", [10, 15, 40]]);
  expect(typed(np.interp([0, 1.5, 4], [1, 2, 3], [10, 20, 40], { left: -1, right: -2 }))).toEqual([
    "float64",
    [-1, 15, -2],
  ]);
  expect(typed(np.interp(2.5, [1, 2, 3], [10, 20, 40]))).toEqual(["float64", 30]);
  expect(typed(np.interp([1], [1], [5]))).toEqual(["float64", [5]]);
  expect(typed(np.interp([Number.NaN, 1], [1, 2], [5, 7]))).toEqual(["float64", [Number.NaN, 5]]);
  expect(
    typed(
      np.interp(
        [1.5],
        [1, 2],
        [
          { re: 1, im: 2 },
          { re: 3, im: 4 },
        ],
      ),
    ),
  ).toEqual(["complex128", [{ re: 2, im: 3 }]]);
  expect(typed(np.interp([1, 1.5], [1, 1, 2], [3, 4, 5]))).toEqual(["float64", [4, 4.5]]);
  expect(() => np.interp([1], [], [])).toThrow(
    new ShapeError("interp: float64[0] and float64[0] are not as many points, or there are none"),
  );
  expect(() => np.interp([1], [1, 2], [1])).toThrow(
    new ShapeError("interp: float64[2] and float64[1] are not as many points, or there are none"),
  );
  expect(() => np.interp([1], [[1, 2]], [[1, 2]])).toThrow(
    new ShapeError("interp: float64[1,2] and float64[1,2] are not as many points, or there are none"),
  );
});

test("points may repeat after a period", () => {
  expect(typed(np.interp([0, 3, 6, -1], [1, 2], [5, 7], { period: 4 }))).toEqual([
    "float64",
    [5.666666666666667, 6.333333333333333, 7, 6.333333333333333],
  ]);
  expect(typed(np.interp([0, 3, 6, -1], [2, 1], [7, 5], { period: -4 }))).toEqual([
    "float64",
    [5.666666666666667, 6.333333333333333, 7, 6.333333333333333],
  ]);
  expect(() => np.interp([0], [1, 2], [5, 7], { period: 0 })).toThrow(new RangeError("interp: the period is 0"));
});

test("places in long arrays, parts of them and other dtypes are where comparing finds them", () => {
  const sorted = np.sort(np.random.default_rng(3).integers(0, 500, [1000]), 0);
  const values = np.arange(-2, 503);
  for (const dtype of ["int64", "float64", "float32", "int16"] as const) {
    const own = np.getitem(np.astype(sorted, dtype), "10:990:3");
    const list = np.astype(own, "float64").toList() as number[];
    const before = (values.toList() as number[]).map((value) => list.filter((each) => each < value).length);
    const after = (values.toList() as number[]).map((value) => list.filter((each) => each <= value).length);
    expect(np.searchsorted(own, np.astype(values, dtype)).toList()).toEqual(before);
    expect(np.searchsorted(own, np.astype(values, dtype), "right").toList()).toEqual(after);
  }
});

test("complex numbers are in no bin, nor are they bins", () => {
  const complex = { re: 1, im: 1 };
  expect(() => np.digitize([complex], [0, 1])).toThrow(DTypeError);
  expect(() => np.digitize([1], [complex])).toThrow(DTypeError);
});
