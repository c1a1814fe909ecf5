import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("different elements are found once, with places and counts", () => {
  expect(typed(np.unique([]))).toEqual("float64[0]");
  expect(typed(np.unique([Number.NaN, 1, Number.NaN]))).toEqual(["float64", [1, Number.NaN]]);
  expect(typed(np.unique([Number.NaN, 1, Number.NaN], { equal_nan: false }))).toEqual([
    "float64",
    [1, Number.NaN, Number.NaN],
  ]);
  expect(
    typed(
      np.unique(
        [
          [1, 2],
          [3, 1],
        ],
        { return_inverse: true },
      ),
    ),
  ).toEqual([
    ["int64", [1, 2, 3]],
    [
      "int64",
      [
        [0, 1],
        [2, 0],
      ],
    ],
  ]);
  expect(
    typed(
      np.unique(
        [
          { re: 1, im: 2 },
          { re: 1, im: 2 },
          { re: 0, im: 1 },
        ],
        { return_counts: true },
      ),
    ),
  ).toEqual([
    [
      "complex128",
      [
        { re: 0, im: 1 },
        { re: 1, im: 2 },
      ],
    ],
    ["int64", [1, 2]],
  ]);
  expect(typed(np.unique_values([3, 1, 3]))).toEqual(["int64", [1, 3]]);
  expect(typed(np.unique_all([3, 1, 3]))).toEqual([
    ["int64", [1, 3]],
    ["int64", [1, 0]],
    ["int64", [1, 0, 1]],
    ["int64", [1, 2]],
  ]);
  expect(typed(np.unique_counts([Number.NaN, Number.NaN]))).toEqual([
    ["float64", [Number.NaN, Number.NaN]],
    ["int64", [1, 1]],
  ]);
  expect(
    typed(
      np.unique_inverse([
        [3, 1],
        [3, 3],
      ]),
    ),
  ).toEqual([
    ["int64", [1, 3]],
    [
      "int64",
      [
        [1, 0],
        [1, 1],
      ],
    ],
  ]);
});

test("different rows are found once", () => {
  expect(
    typed(
      np.unique(
        [
          [1, 2],
          [1, 2],
          [0, 1],
        ],
        { axis: 0, return_index: true, return_inverse: true, return_counts: true },
      ),
    ),
  ).toEqual([
    [
      "int64",
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ["int64", [2, 0]],
    ["int64", [1, 1, 0]],
    ["int64", [1, 2]],
  ]);
  expect(
    typed(
      np.unique(
        [
          [
            { re: 1, im: 2 },
            { re: 0, im: 1 },
          ],
          [
            { re: 1, im: 2 },
            { re: 0, im: 1 },
          ],
          [
            { re: 0, im: 1 },
            { re: 0, im: 0 },
          ],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "complex128",
    [
      [
        { re: 0, im: 1 },
        { re: 0, im: 0 },
      ],
      [
        { re: 1, im: 2 },
        { re: 0, im: 1 },
      ],
    ],
  ]);
  expect(
    typed(
      np.unique(
        [
          [-0, 1],
          [0, 1],
        ],
        { axis: 0, return_counts: true },
      ),
    ),
  ).toEqual([
    ["float64", [[-0, 1]]],
    ["int64", [2]],
  ]);
  expect(
    typed(
      np.unique(
        [
          [1, 1, 2],
          [3, 3, 4],
        ],
        { axis: 1 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(typed(np.unique(np.zeros([0, 2]), { axis: 0 }))).toEqual("float64[0,2]");
  expect(() =>
    np.unique(
      [
        [1, 2],
        [1, 2],
      ],
      { axis: 2 },
    ),
  ).toThrow(new np.AxisError("unique: axis 2 is out of bounds for an array of 2 axes"));
});

test("sets are joined, intersected and taken apart", () => {
  expect(typed(np.intersect1d([1, 2, 3, 2], [2, 3, 4], { return_indices: true }))).toEqual([
    ["int64", [2, 3]],
    ["int64", [1, 2]],
    ["int64", [0, 1]],
  ]);
  expect(
    typed(
      np.intersect1d(
        [
          { re: 1, im: 2 },
          { re: 0, im: 1 },
        ],
        [{ re: 0, im: 1 }],
      ),
    ),
  ).toEqual(["complex128", [{ re: 0, im: 1 }]]);
  expect(typed(np.intersect1d([], [1]))).toEqual("float64[0]");
  expect(typed(np.union1d([], []))).toEqual("float64[0]");
  expect(typed(np.union1d([1, 2], [2, 0]))).toEqual(["int64", [0, 1, 2]]);
  expect(typed(np.setdiff1d([1, 2, 3, 2], [2]))).toEqual(["int64", [1, 3]]);
  expect(typed(np.setdiff1d([1, 2, 3, 1], [2], { assume_unique: true }))).toEqual(["int64", [1, 3, 1]]);
  expect(typed(np.setxor1d([1, 2, 3], [2, 4]))).toEqual(["int64", [1, 3, 4]]);
  expect(typed(np.setxor1d([], []))).toEqual("float64[0]");
  expect(typed(np.setxor1d([Number.NaN], [Number.NaN]))).toEqual(["float64", [Number.NaN, Number.NaN]]);
  expect(typed(np.isin([1, 2, Number.NaN], [2, Number.NaN]))).toEqual(["bool", [false, true, false]]);
  expect(
    typed(
      np.isin(
        [
          [1, 2],
          [3, 4],
        ],
        [2, 3],
        { invert: true },
      ),
    ),
  ).toEqual([
    "bool",
    [
      [true, false],
      [false, true],
    ],
  ]);
  expect(typed(np.isin([{ re: 1, im: 2 }], [{ re: 1, im: 2 }]))).toEqual(["bool", [true]]);
});

test("elements of long arrays are found, and told apart, as one by one", () => {
  const numbers = np.random.default_rng(4).integers(-50, 50, [2000]);
  const list = numbers.toList() as number[];
  const sorted = [...new Set(list)].toSorted((a, b) => a - b);
  expect(np.unique_all(numbers)[0].toList()).toEqual(sorted);
  expect((np.unique(numbers) as np.NDArray).toList()).toEqual(sorted);
  const wanted = [3, -7, 60];
  for (const dtype of ["int64", "float64", "int8"] as const) {
    const found = np.isin(np.astype(numbers, dtype), np.array(wanted, dtype));
    expect(found.toList()).toEqual(list.map((each) => wanted.includes(each)));
  }
  const large = np.array([2n ** 60n, 2n ** 60n + 1n]);
  expect(np.isin(large, np.array([2n ** 60n + 1n])).toList()).toEqual([false, true]);
  expect(np.isin([Number.NaN, 0], [Number.NaN, -0]).toList()).toEqual([false, true]);
  expect(typed(np.unique([Number.NaN, 1, Number.NaN]) as np.NDArray)).toEqual(["float64", [1, Number.NaN]]);
  expect(typed(np.unique_values([Number.NaN, Number.NaN]))).toEqual(["float64", [Number.NaN, Number.NaN]]);
});
