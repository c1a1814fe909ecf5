import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("elements are sorted along an axis that is there", () => {
  expect(typed(np.sort([3, 1, Number.NaN, 2]))).toEqual(["float64", [1, 2, 3, Number.NaN]]);
  expect(
    typed(
      np.sort(
        [
          [3, 1],
          [2, 0],
        ],
        0,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 0],
      [3, 1],
    ],
  ]);
  expect(
    typed(
      np.sort(
        [
          [3, 1],
          [2, 0],
        ],
        null,
      ),
    ),
  ).toEqual(["int64", [0, 1, 2, 3]]);
  expect(typed(np.sort(3, null))).toEqual(["int64", [3]]);
  expect(
    typed(
      np.sort(
        [
          [3, 1],
          [2, 0],
        ],
        { axis: -2 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 0],
      [3, 1],
    ],
  ]);
  expect(() => np.sort(3)).toThrow(new np.AxisError("sort: axis -1 is out of bounds for an array of 0 axes"));
  expect(() => np.sort([3, 1], 1)).toThrow(new np.AxisError("sort: axis 1 is out of bounds for an array of 1 axes"));
  expect(typed(np.argsort(3))).toEqual(["int64", [0]]);
  expect(
    typed(
      np.argsort(
        [
          [3, 1],
          [2, 0],
        ],
        null,
      ),
    ),
  ).toEqual(["int64", [3, 1, 2, 0]]);
  expect(
    typed(
      np.argsort(
        [
          [3, 1],
          [2, 0],
        ],
        0,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 1],
      [0, 0],
    ],
  ]);
});

test("places to partition at must be there", () => {
  expect(() => np.partition([3, 1, 2], 3)).toThrow(new RangeError("partition: kth 3 is out of bounds for 3 elements"));
  expect(() => np.partition([3, 1, 2], -4)).toThrow(
    new RangeError("partition: kth -4 is out of bounds for 3 elements"),
  );
  expect(() => np.partition([3, 1, 2], [0, 3])).toThrow(
    new RangeError("partition: kth 3 is out of bounds for 3 elements"),
  );
  expect(() =>
    np.partition(
      [
        [3, 1],
        [2, 0],
      ],
      2,
    ),
  ).toThrow(new RangeError("partition: kth 2 is out of bounds for 2 elements"));
  expect(() => np.argpartition([3, 1, 2], 3)).toThrow(
    new RangeError("argpartition: kth 3 is out of bounds for 3 elements"),
  );
  expect(typed(np.partition([3, 1, 2], [0, 1, 2]))).toEqual(["int64", [1, 2, 3]]);
  expect(
    typed(
      np.partition(
        [
          [3, 1],
          [2, 0],
        ],
        [0, 1, 2, 3],
        null,
      ),
    ),
  ).toEqual(["int64", [0, 1, 2, 3]]);
  expect(typed(np.argpartition([3, 1, 2], [0, 1, -1]))).toEqual(["int64", [1, 2, 0]]);
});

test("the last of several keys counts most", () => {
  expect(
    typed(
      np.lexsort([
        [1, 0, 1],
        [1, 1, 0],
      ]),
    ),
  ).toEqual(["int64", [2, 1, 0]]);
  expect(
    typed(
      np.lexsort(
        np.array([
          [1, 0, 1],
          [1, 1, 0],
        ]),
      ),
    ),
  ).toEqual(["int64", [2, 1, 0]]);
  expect(
    typed(
      np.lexsort(
        [
          [
            [1, 0],
            [0, 1],
          ],
          [
            [1, 1],
            [0, 0],
          ],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 1],
      [0, 0],
    ],
  ]);
  expect(typed(np.lexsort([3, 1, 2]))).toEqual(["int64", 0]);
  expect(typed(np.lexsort([[]]))).toEqual("int64[0]");
  expect(() => np.lexsort([])).toThrow(new TypeError("lexsort: there are no keys"));
  expect(() =>
    np.lexsort([
      [1, 0],
      [1, 1, 0],
    ]),
  ).toThrow(new ShapeError("lexsort(int64[2], int64[3]): shapes differ"));
});

test("complex numbers are sorted by their parts", () => {
  expect(
    typed(
      np.sort_complex([
        { re: 1, im: 2 },
        { re: 1, im: 1 },
        { re: 0, im: 5 },
      ]),
    ),
  ).toEqual([
    "complex128",
    [
      { re: 0, im: 5 },
      { re: 1, im: 1 },
      { re: 1, im: 2 },
    ],
  ]);
  expect(typed(np.sort_complex([3, 1]))).toEqual([
    "complex128",
    [
      { re: 1, im: 0 },
      { re: 3, im: 0 },
    ],
  ]);
  expect(typed(np.sort_complex(np.array([3, 1], "float32")))).toEqual([
    "complex128",
    [
      { re: 1, im: 0 },
      { re: 3, im: 0 },
    ],
  ]);
  expect(typed(np.sort_complex(np.array([3, 1], "uint16")))).toEqual([
    "complex64",
    [
      { re: 1, im: 0 },
      { re: 3, im: 0 },
    ],
  ]);
});
