import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("averages have weights of the array's shape, or of their axes", () => {
  expect(typed(np.average([1, 2, 3]))).toEqual(["float64", 2]);
  expect(typed(np.average([1, 2, 3], { weights: [1, 0, 3] }))).toEqual(["float64", 2.5]);
  expect(
    typed(
      np.average(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 0, weights: [1, 3] },
      ),
    ),
  ).toEqual(["float64", [2.5, 3.5]]);
  expect(
    typed(
      np.average(
        [
          [1, 2],
          [3, 4],
        ],
        {
          axis: 0,
          weights: [
            [1, 2],
            [3, 4],
          ],
        },
      ),
    ),
  ).toEqual(["float64", [2.5, 3.3333333333333335]]);
  expect(
    typed(
      np.average(
        [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
        {
          axis: [0, 2],
          weights: [
            [1, 2],
            [3, 4],
          ],
        },
      ),
    ),
  ).toEqual(["float64", [4.4, 6.4]]);
  expect(
    typed(
      np.average(
        [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
        {
          axis: [2, 0],
          weights: [
            [1, 2],
            [3, 4],
          ],
        },
      ),
    ),
  ).toEqual(["float64", [4.1, 6.1]]);
  expect(
    typed(
      np.average(
        [
          [1, 2],
          [3, 4],
        ],
        { returned: true },
      ),
    ),
  ).toEqual([
    ["float64", 2.5],
    ["float64", 4],
  ]);
  expect(
    typed(
      np.average(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 1, returned: true },
      ),
    ),
  ).toEqual([
    ["float64", [1.5, 3.5]],
    ["float64", [2, 2]],
  ]);
  expect(
    typed(
      np.average(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 1, weights: [1, 3], returned: true, keepdims: true },
      ),
    ),
  ).toEqual([
    ["float64", [[1.75], [3.75]]],
    ["float64", [[4], [4]]],
  ]);
  expect(typed(np.average(np.array([1, 2], "float32"), { weights: [1, 2] }))).toEqual(["float64", 1.6666666666666667]);
  expect(typed(np.average([true, false], { weights: [1, 3] }))).toEqual(["float64", 0.25]);
  expect(typed(np.average([1, 2, 3], { weights: [{ re: 1, im: 1 }, 2, 3] }))).toEqual([
    "complex128",
    { re: 2.297297297297297, im: -0.21621621621621614 },
  ]);
});

test("weights that fit nothing, or cancel each other, are refused", () => {
  expect(() => np.average([1, 2, 3], { weights: [1, 0, -1] })).toThrow(new RangeError("average: weights sum up to 0"));
  expect(() =>
    np.average(
      [
        [1, 2],
        [3, 4],
      ],
      { weights: [1, 3] },
    ),
  ).toThrow(new TypeError("average(int64[2,2]): weights int64[2] need an axis"));
  expect(() =>
    np.average(
      [
        [1, 2],
        [3, 4],
      ],
      { weights: [[1, 2]] },
    ),
  ).toThrow(new TypeError("average(int64[2,2]): weights int64[1,2] need an axis"));
  expect(() =>
    np.average(
      [
        [1, 2],
        [3, 4],
      ],
      { axis: 1, weights: [1, 3, 4] },
    ),
  ).toThrow(new ShapeError("average(int64[2,2]): weights int64[3] don't fit axes [1]"));
  expect(() =>
    np.average(
      [
        [1, 2],
        [3, 4],
      ],
      { axis: 1, weights: [[1, 2]] },
    ),
  ).toThrow(new ShapeError("average(int64[2,2]): weights int64[1,2] don't fit axes [1]"));
});
