import { ShapeError, evaluate, traceAbstract, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("weights say how often elements count", () => {
  expect(
    typed(np.quantile([4, 3, 2, 1], [0, 0.1, 0.2, 0.5, 1], { method: "inverted_cdf", weights: [0.5, 0.25, 3, 4] })),
  ).toEqual(["int64", [1, 1, 1, 1, 4]]);
  expect(typed(np.quantile([1, 2, 3, 4], [0, 0.1, 0.5, 1], { method: "inverted_cdf", weights: [0, 1, 0, 5] }))).toEqual(
    ["int64", [2, 2, 4, 4]],
  );
  expect(typed(np.quantile([3, 4, 1, 2], [0, 1], { method: "inverted_cdf", weights: [1, 0, 1, 1] }))).toEqual([
    "int64",
    [1, 3],
  ]);
  expect(
    typed(np.quantile(np.arange(100), [0.29, 0.55, 0.57, 0.58], { method: "inverted_cdf", weights: np.ones(100) })),
  ).toEqual(["int64", [28, 54, 56, 57]]);
  expect(
    typed(
      np.quantile(np.arange(100), np.array([0.29, 0.55, 0.58], "float32"), {
        method: "inverted_cdf",
        weights: np.ones(100),
      }),
    ),
  ).toEqual(["int64", [28, 54, 57]]);
  expect(
    typed(np.percentile([1, 2, 3, 4], [50], { method: "inverted_cdf", weights: np.array([1, 1, 1, 5], "float32") })),
  ).toEqual(["int64", [4]]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2],
          [3, 4],
        ],
        0.5,
        0,
        { method: "inverted_cdf", weights: [1, 5] },
      ),
    ),
  ).toEqual(["int64", [3, 4]]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2],
          [3, 4],
        ],
        [0.1, 0.5],
        {
          axis: 1,
          method: "inverted_cdf",
          weights: [
            [1, 5],
            [1, 1],
          ],
        },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [2, 3],
    ],
  ]);
  expect(
    typed(
      np.quantile(
        [
          [1, 2],
          [3, 4],
        ],
        0.5,
        {
          method: "inverted_cdf",
          weights: [
            [1, 5],
            [1, 1],
          ],
        },
      ),
    ),
  ).toEqual(["int64", 2]);
  expect(
    typed(
      np.quantile(
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
        0.5,
        {
          axis: [0, 2],
          method: "inverted_cdf",
          weights: [
            [1, 5],
            [2, 3],
          ],
        },
      ),
    ),
  ).toEqual(["int64", [2, 4]]);
  expect(
    typed(
      np.quantile(
        [
          [1, Number.NaN],
          [1, 2],
        ],
        [0.1, 0.9],
        { axis: 1, method: "inverted_cdf", weights: [1, 5] },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [Number.NaN, 1],
      [Number.NaN, 2],
    ],
  ]);
  expect(typed(np.nanquantile([1, Number.NaN, 2], [0.1, 0.9], { method: "inverted_cdf", weights: [1, 5, 1] }))).toEqual(
    ["float64", [1, 2]],
  );
  expect(typed(np.nanquantile([Number.NaN, Number.NaN], 0.5, { method: "inverted_cdf", weights: [1, 5] }))).toEqual([
    "float64",
    Number.NaN,
  ]);
});

test("weights that fit nothing are refused", () => {
  expect(() => np.quantile([1, 2, 3, 4], 0.5, { weights: [1, 1, 1, 5] })).toThrow(
    new RangeError('quantile: of all methods only "inverted_cdf" takes weights'),
  );
  expect(() => np.quantile([1, 2, 3, 4], 0.5, { method: "inverted_cdf", weights: [1, -1, 1, 5] })).toThrow(
    new RangeError("quantile: a weight is negative"),
  );
  expect(() => np.quantile([1, 2, 3, 4], 0.5, { method: "inverted_cdf", weights: [0, 0, 0, 0] })).toThrow(
    new RangeError("quantile: weights are NaN, infinite or all 0"),
  );
  expect(() => np.quantile([1, 2, 3], 0.5, { method: "inverted_cdf", weights: [1, Number.NaN, 1] })).toThrow(
    new RangeError("quantile: weights are NaN, infinite or all 0"),
  );
  expect(() =>
    np.quantile(
      [
        [1, 2],
        [3, 4],
      ],
      0.5,
      {
        axis: 1,
        method: "inverted_cdf",
        weights: [
          [1, 1],
          [0, 0],
        ],
      },
    ),
  ).toThrow(new RangeError("quantile: weights are NaN, infinite or all 0"));
  expect(() => np.quantile([1, 2, 3, 4], 0.5, { method: "inverted_cdf", weights: [1, 1, 1] })).toThrow(
    new TypeError("quantile(int64[4]): weights int64[3] need an axis"),
  );
  expect(() =>
    np.quantile(
      [
        [1, 2],
        [3, 4],
      ],
      0.5,
      { axis: 1, method: "inverted_cdf", weights: [1, 5, 1] },
    ),
  ).toThrow(new ShapeError("quantile(int64[2,2]): weights int64[3] don't fit axes [1]"));
});

test("weights of which only the type is known are taken as they are", () => {
  const byWeights = (weights: Value) => np.quantile([4, 3, 2, 1], [0, 0.5], { method: "inverted_cdf", weights });
  const weights = np.array([0.5, 0.25, 3, 4]);
  const [found] = evaluate(
    traceAbstract((each) => [byWeights(each)], [weights], np.backend),
    [weights],
  );
  expect(typed(found)).toEqual(["int64", [1, 1]]);
});
