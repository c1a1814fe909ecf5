import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("variables are rows, or columns, or given apart", () => {
  expect(typed(np.cov([1, 2, 3]))).toEqual(["float64", 1]);
  expect(
    typed(
      np.cov([
        [1, 2, 3],
        [3, 1, -1],
      ]),
    ),
  ).toEqual([
    "float64",
    [
      [1, -2],
      [-2, 4],
    ],
  ]);
  expect(
    typed(
      np.cov(
        [
          [1, 2, 3],
          [3, 1, -1],
        ],
        { rowvar: false },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [2, -1, -4],
      [-1, 0.5, 2],
      [-4, 2, 8],
    ],
  ]);
  expect(typed(np.cov([1, 2, 3], [3, 1, -1]))).toEqual([
    "float64",
    [
      [1, -2],
      [-2, 4],
    ],
  ]);
  expect(typed(np.cov([1, 2, 3], { y: [3, 1, -1], bias: true }))).toEqual([
    "float64",
    [
      [0.6666666666666666, -1.3333333333333333],
      [-1.3333333333333333, 2.6666666666666665],
    ],
  ]);
  expect(typed(np.cov(np.array([1, 2, 3], "float32")))).toEqual(["float64", 1]);
  expect(typed(np.cov([1, 2, 3], { dtype: "float32" }))).toEqual(["float32", 1]);
  expect(
    typed(
      np.cov([
        { re: 1, im: 2 },
        { re: 3, im: 4 },
      ]),
    ),
  ).toEqual(["complex128", { re: 4, im: 0 }]);
  expect(
    typed(
      np.cov([
        [
          { re: 1, im: 2 },
          { re: 3, im: 4 },
        ],
        [1, 2],
      ]),
    ),
  ).toEqual([
    "complex128",
    [
      [
        { re: 4, im: 0 },
        { re: 1, im: 1 },
      ],
      [
        { re: 1, im: -1 },
        { re: 0.5, im: 0 },
      ],
    ],
  ]);
  expect(
    typed(
      np.cov(
        [
          [1, 2, 3],
          [3, 1, -1],
        ],
        { ddof: 5 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [Infinity, -Infinity],
      [-Infinity, Infinity],
    ],
  ]);
  expect(typed(np.cov([1]))).toEqual(["float64", Number.NaN]);
  expect(typed(np.cov([]))).toEqual(["float64", Number.NaN]);
});

test("observations have weights", () => {
  expect(
    typed(
      np.cov(
        [
          [1, 2, 4],
          [3, 1, 0],
        ],
        { fweights: [1, 2, 3] },
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [1.76666666667, -1.43333333333],
      [-1.43333333333, 1.36666666667],
    ],
  ]);
  expect(
    typed(
      np.cov(
        [
          [1, 2, 4],
          [3, 1, 0],
        ],
        { aweights: [1, 2, 0.5] },
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [1.5, -1.5],
      [-1.5, 1.92857142857],
    ],
  ]);
  expect(
    typed(
      np.cov(
        [
          [1, 2, 4],
          [3, 1, 0],
        ],
        { aweights: [1, 2, 0.5], ddof: 0 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [0.8571428571428571, -0.8571428571428571],
      [-0.8571428571428571, 1.1020408163265305],
    ],
  ]);
  expect(
    typed(
      np.cov(
        [
          [1, 2, 4],
          [3, 1, 0],
        ],
        { aweights: [1, 2, 0.5], fweights: [1, 2, 3] },
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [1.27692307692, -1.03076923077],
      [-1.03076923077, 1.09230769231],
    ],
  ]);
});

test("variables, weights and freedom must fit", () => {
  expect(() => np.cov([[[1, 2]]])).toThrow(new ShapeError("cov(int64[1,1,2]): takes vectors and matrices"));
  expect(() => np.cov([1, 2], [[[1, 2]]])).toThrow(
    new ShapeError("cov(int64[2], int64[1,1,2]): takes vectors and matrices"),
  );
  expect(() => np.cov([1, 2, 4], [3, 1])).toThrow(
    new ShapeError("concatenate(float64[1,3], float64[1,2]): shapes differ along other axes than 0"),
  );
  expect(() => np.cov([1, 2, 4], { fweights: [1.5, 2, 3] })).toThrow(
    new DTypeError("cov: fweights are integers, not float64"),
  );
  expect(() => np.cov([1, 2, 4], { fweights: [-1, 2, 3] })).toThrow(new RangeError("cov: one of fweights is negative"));
  expect(() => np.cov([1, 2, 4], { aweights: [-1, 2, 3] })).toThrow(new RangeError("cov: one of aweights is negative"));
  expect(() => np.cov([1, 2, 4], { ddof: 1.5 })).toThrow(new RangeError("cov: ddof 1.5 is not an integer"));
  expect(() => np.cov([1, 2, 4], { fweights: [1, 2] })).toThrow(
    new ShapeError("cov(float64[1,3]): there is not one weight for each observation"),
  );
  expect(() => np.cov([1, 2, 4], { aweights: [[1, 2, 3]] })).toThrow(ShapeError);
});

test("correlations are at most 1", () => {
  expect(typed(np.corrcoef([1, 2, 4]))).toEqual(["float64", 1]);
  expect(typed(np.corrcoef([1, 1, 1]))).toEqual(["float64", Number.NaN]);
  expect(
    typed(
      np.corrcoef([
        [1, 2, 4],
        [3, 1, 0],
      ]),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [1, -0.928571428571],
      [-0.928571428571, 1],
    ],
  ]);
  expect(typed(np.corrcoef([1, 2, 4], [3, 1, 0]), 12)).toEqual([
    "float64",
    [
      [1, -0.928571428571],
      [-0.928571428571, 1],
    ],
  ]);
  expect(
    typed(
      np.corrcoef(
        [
          [1, 2, 4],
          [3, 1, 0],
        ],
        { rowvar: false },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [0.9999999999999999, -0.9999999999999999, -0.9999999999999999],
      [-0.9999999999999999, 0.9999999999999999, 0.9999999999999999],
      [-0.9999999999999999, 0.9999999999999999, 0.9999999999999999],
    ],
  ]);
  expect(
    typed(
      np.corrcoef([
        [{ re: 1, im: 2 }, { re: 3, im: 4 }, 0],
        [1, 2, { re: 0, im: 1 }],
      ]),
      12,
    ),
  ).toEqual([
    "complex128",
    [
      [
        { re: 1, im: 0 },
        { re: 0.172061800403, im: 0.917662935482 },
      ],
      [
        { re: 0.172061800403, im: -0.917662935482 },
        { re: 1, im: 0 },
      ],
    ],
  ]);
  expect(
    typed(
      np.corrcoef([
        [1, 1, 1],
        [3, 1, 0],
      ]),
    ),
  ).toEqual([
    "float64",
    [
      [Number.NaN, Number.NaN],
      [Number.NaN, 1],
    ],
  ]);
  expect(
    typed(
      np.corrcoef(
        np.array(
          [
            [1, 2, 4],
            [3, 1, 0],
          ],
          "float32",
        ),
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [1, -0.928571428571],
      [-0.928571428571, 1],
    ],
  ]);
});
