import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("points are counted in cells of a grid", () => {
  expect(
    typed(
      np.histogramdd(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        2,
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 0],
        [0, 2],
      ],
    ],
    [
      ["float64", [1, 2, 3]],
      ["float64", [4, 5, 6]],
    ],
  ]);
  expect(
    typed(
      np.histogramdd(
        np.array([
          [1, 2],
          [3, 4],
          [5, 7],
        ]),
        [2, 3],
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 0, 0],
        [0, 1, 1],
      ],
    ],
    [
      ["float64", [1, 3, 5]],
      ["float64", [2, 3.666666666666667, 5.333333333333334, 7]],
    ],
  ]);
  expect(
    typed(
      np.histogramdd(
        np.array([
          [1, 2],
          [3, 4],
          [5, 7],
        ]),
        [
          [0, 3, 6],
          [0, 4, 8],
        ],
        { weights: [1, 2, 3] },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 0],
        [0, 5],
      ],
    ],
    [
      ["int64", [0, 3, 6]],
      ["int64", [0, 4, 8]],
    ],
  ]);
  expect(
    typed(
      np.histogramdd(
        np.array([
          [1, 2],
          [3, 4],
          [5, 7],
        ]),
        [2, 3],
        {
          range: [
            [0, 4],
            [2, 4],
          ],
        },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
    ],
    [
      ["float64", [0, 2, 4]],
      ["float64", [2, 2.6666666666666665, 3.333333333333333, 4]],
    ],
  ]);
  expect(
    typed(
      np.histogramdd(
        np.array([
          [1, 2],
          [3, 4],
          [5, 7],
        ]),
        [2, 3],
        { range: [null, [2, 4]] },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
    ],
    [
      ["float64", [1, 3, 5]],
      ["float64", [2, 2.6666666666666665, 3.333333333333333, 4]],
    ],
  ]);
  expect(typed(np.histogramdd(np.array([1, 2, 3]), 2))).toEqual([["float64", [1, 2]], [["float64", [1, 2, 3]]]]);
});

test("a density of a grid integrates to 1", () => {
  expect(
    typed(
      np.histogramdd(
        np.array([
          [1, 2],
          [3, 4],
          [5, 7],
        ]),
        [2, 3],
        { density: true },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [0.09999999999999998, 0, 0],
        [0, 0.09999999999999998, 0.10000000000000003],
      ],
    ],
    [
      ["float64", [1, 3, 5]],
      ["float64", [2, 3.666666666666667, 5.333333333333334, 7]],
    ],
  ]);
  expect(
    typed(
      np.histogram2d(
        [1, 2, 3],
        [4, 5, 6],
        [
          [0, 2, 4],
          [4, 5, 6],
        ],
        { density: true, weights: [1, 2, 3] },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [0.08333333333333333, 0],
        [0, 0.4166666666666667],
      ],
    ],
    ["int64", [0, 2, 4]],
    ["int64", [4, 5, 6]],
  ]);
});

test("bins, ranges and weights of a grid must fit its points", () => {
  expect(() =>
    np.histogramdd(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [2, 2],
    ),
  ).toThrow(new ShapeError("histogramdd: bins for 2 axes don't fit 3"));
  expect(() =>
    np.histogramdd(
      np.array([
        [1, 2],
        [3, 4],
        [5, 7],
      ]),
      [2, 3],
      { range: [[0, 4]] },
    ),
  ).toThrow(new ShapeError("histogramdd: ranges of 1 axes don't fit 2"));
  expect(() =>
    np.histogramdd(
      np.array([
        [1, 2],
        [3, 4],
        [5, 7],
      ]),
      2,
      { weights: [1, 2] },
    ),
  ).toThrow(new ShapeError("histogramdd: 2 weights don't fit 3 points"));
  expect(() =>
    np.histogramdd(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      2,
      { weights: [{ re: 1, im: 2 }, 1] },
    ),
  ).toThrow(new DTypeError("histogramdd: weights are real numbers, not complex128"));
  expect(() => np.histogramdd([[1, 2], [3]], 2)).toThrow(
    new ShapeError("column_stack(float64[2,1], float64[1,1]): shapes differ along other axes than 1"),
  );
  expect(() => np.histogramdd(np.ones([2, 2, 2]), 2)).toThrow(
    new ShapeError("histogramdd(float64[2,2,2]): points are rows of a matrix"),
  );
});

test("two coordinates make a grid of the bins of both, or of one for each", () => {
  expect(typed(np.histogram2d([1, 2, 3], [4, 5, 6], 2))).toEqual([
    [
      "float64",
      [
        [1, 0],
        [0, 2],
      ],
    ],
    ["float64", [1, 2, 3]],
    ["float64", [4, 5, 6]],
  ]);
  expect(typed(np.histogram2d([1, 2, 3], [4, 5, 6], [2, 3]))).toEqual([
    [
      "float64",
      [
        [1, 0, 0],
        [0, 1, 1],
      ],
    ],
    ["float64", [1, 2, 3]],
    ["float64", [4, 4.666666666666667, 5.333333333333333, 6]],
  ]);
  expect(typed(np.histogram2d([1, 2, 3], [4, 5, 6], [0, 2, 4]))).toEqual([
    [
      "float64",
      [
        [0, 1],
        [0, 0],
      ],
    ],
    ["int64", [0, 2, 4]],
    ["int64", [0, 2, 4]],
  ]);
  expect(typed(np.histogram2d([1, 2, 3], [4, 5, 6], np.array([0, 2, 5])))).toEqual([
    [
      "float64",
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ["int64", [0, 2, 5]],
    ["int64", [0, 2, 5]],
  ]);
  expect(typed(np.histogram2d([1, 2, 3], [4, 5, 6], [2, [4, 5, 6]]))).toEqual([
    [
      "float64",
      [
        [1, 0],
        [0, 2],
      ],
    ],
    ["float64", [1, 2, 3]],
    ["int64", [4, 5, 6]],
  ]);
  expect(
    typed(
      np.histogram2d([1, 2, 3], [4, 5, 6], 2, {
        range: [
          [0, 2],
          [4, 6],
        ],
        weights: [1, 2, 3],
      }),
    ),
  ).toEqual([
    [
      "float64",
      [
        [0, 0],
        [1, 2],
      ],
    ],
    ["float64", [0, 1, 2]],
    ["float64", [4, 5, 6]],
  ]);
  expect(() => np.histogram2d([1, 2, 3], [4, 5], 2)).toThrow(
    new ShapeError("histogram2d(int64[3], int64[2]): coordinates are of different numbers"),
  );
  expect(() => np.histogram2d([1, 2, 3], [4, 5, 6], [0, 2])).toThrow(
    new RangeError("histogram: there can't be 0 bins"),
  );
});

test("grids have ten bins along each axis, unless told otherwise", () => {
  expect(
    np.histogramdd(
      np.array([
        [1, 2],
        [3, 4],
      ]),
    )[0].shape,
  ).toEqual([10, 10]);
  expect(np.histogram2d([1, 2], [3, 4])[0].shape).toEqual([10, 10]);
});
