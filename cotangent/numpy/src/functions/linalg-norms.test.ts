import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";
import { LinAlgError } from "../linear-algebra/errors.ts";

const nonsense: string = "nonsense";

test("vectors have norms of any order", () => {
  expect(typed(np.linalg.norm([3, 4]))).toEqual(["float64", 5]);
  expect(typed(np.linalg.norm([3, 4, 0], 0))).toEqual(["float64", 2]);
  expect(typed(np.linalg.norm([3, -4], 1))).toEqual(["float64", 7]);
  expect(typed(np.linalg.norm([3, 4], 3))).toEqual(["float64", 4.497941445275415]);
  expect(typed(np.linalg.norm([3, 0, -4], -2))).toEqual(["float64", 0]);
  expect(typed(np.linalg.norm([3, -4], Infinity))).toEqual(["float64", 4]);
  expect(typed(np.linalg.norm([3, -4], -Infinity))).toEqual(["float64", 3]);
  expect(
    typed(
      np.linalg.norm(
        [
          { re: 3, im: 4 },
          { re: 0, im: 1 },
        ],
        1,
      ),
    ),
  ).toEqual(["float64", 6]);
  expect(
    typed(
      np.linalg.norm([
        { re: 3, im: 4 },
        { re: 0, im: 1 },
      ]),
    ),
  ).toEqual(["float64", 5.0990195135927845]);
  expect(typed(np.linalg.norm(np.array([3, 4], "float32")))).toEqual(["float32", 5]);
  expect(typed(np.linalg.norm([]))).toEqual(["float64", 0]);
  expect(typed(np.linalg.norm([], 1))).toEqual(["float64", 0]);
  expect(() => np.linalg.norm([3, 4], "fro")).toThrow(new RangeError('norm: "fro" is no order of a vector\'s norm'));
  expect(() => np.linalg.norm([3, 4], "nuc")).toThrow(new RangeError('norm: "nuc" is no order of a vector\'s norm'));
});

test("matrices have norms of sums and of singular values", () => {
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        1,
      ),
    ),
  ).toEqual(["float64", 6]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        -1,
      ),
    ),
  ).toEqual(["float64", 4]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        Infinity,
      ),
    ),
  ).toEqual(["float64", 7]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        -Infinity,
      ),
    ),
  ).toEqual(["float64", 3]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        2,
      ),
    ),
  ).toEqual(["float64", 5.4649857042190435]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        -2,
      ),
      12,
    ),
  ).toEqual(["float64", 0.365966190626]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        "nuc",
      ),
    ),
  ).toEqual(["float64", 5.830951894845302]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        "fro",
      ),
    ),
  ).toEqual(["float64", 5.477225575051661]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        "f",
      ),
    ),
  ).toEqual(["float64", 5.477225575051661]);
  expect(() =>
    np.linalg.norm(
      [
        [3, 4],
        [1, 2],
      ],
      3,
    ),
  ).toThrow(new RangeError("norm: 3 is no order of a matrix's norm"));
  expect(() =>
    np.linalg.norm(
      [
        [3, 4],
        [1, 2],
      ],
      0,
    ),
  ).toThrow(new RangeError("norm: 0 is no order of a matrix's norm"));
  expect(() =>
    np.linalg.norm(
      [
        [3, 4],
        [1, 2],
      ],
      nonsense as "fro",
    ),
  ).toThrow(new RangeError("norm: nonsense is no order of a matrix's norm"));
});

test("norms are of one axis or two, which may stay", () => {
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual(["float64", [3.1622776601683795, 4.47213595499958]]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        1,
        1,
      ),
    ),
  ).toEqual(["float64", [7, 3]]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        { axis: 1, keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[5], [2.23606797749979]]]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        { keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[5.477225575051661]]]);
  expect(
    typed(
      np.linalg.norm(
        [
          [3, 4],
          [1, 2],
        ],
        { ord: -2, keepdims: true },
      ),
      12,
    ),
  ).toEqual(["float64", [[0.365966190626]]]);
  expect(typed(np.linalg.norm(np.reshape(np.arange(8), [2, 2, 2]), 1, [0, 2]))).toEqual(["float64", [6, 10]]);
  expect(typed(np.linalg.norm(np.reshape(np.arange(8), [2, 2, 2]), Infinity, [2, 0]))).toEqual(["float64", [6, 10]]);
  expect(() => np.linalg.norm(np.ones([2, 2, 2]), 2)).toThrow(
    new ShapeError("norm(float64[2,2,2]): norms of this order are of one or two axes"),
  );
  expect(() => np.linalg.norm(3, 2)).toThrow(
    new ShapeError("norm(float64[]): norms of this order are of one or two axes"),
  );
  expect(
    typed(
      np.linalg.vector_norm([
        [3, 4],
        [1, 2],
      ]),
    ),
  ).toEqual(["float64", 5.477225575051661]);
  expect(
    typed(
      np.linalg.vector_norm(
        [
          [3, 4],
          [1, 2],
        ],
        { ord: 1, axis: 0 },
      ),
    ),
  ).toEqual(["float64", [4, 6]]);
  expect(
    typed(
      np.linalg.vector_norm(
        [
          [3, 4],
          [1, 2],
        ],
        { keepdims: true },
      ),
    ),
  ).toEqual(["float64", [[5.477225575051661]]]);
  expect(typed(np.linalg.matrix_norm(np.reshape(np.arange(8), [2, 2, 2]), { ord: 1, keepdims: true }))).toEqual([
    "float64",
    [[[4]], [[12]]],
  ]);
  expect(
    typed(
      np.linalg.matrix_norm([
        [3, 4],
        [1, 2],
      ]),
    ),
  ).toEqual(["float64", 5.477225575051661]);
  expect(() => np.linalg.matrix_norm([3, 4])).toThrow(
    new LinAlgError("matrix_norm(float64[2]): a matrix has at least two axes"),
  );
});

test("a condition is a norm times that of the inverse, or a quotient of singular values", () => {
  expect(
    typed(
      np.linalg.cond([
        [1, 2],
        [3, 4],
      ]),
      12,
    ),
  ).toEqual(["float64", 14.9330343737]);
  expect(
    typed(
      np.linalg.cond(
        [
          [1, 2],
          [3, 4],
        ],
        -2,
      ),
    ),
  ).toEqual(["float64", 0.06696562634074717]);
  expect(
    typed(
      np.linalg.cond(
        [
          [1, 2],
          [3, 4],
        ],
        { p: 1 },
      ),
      12,
    ),
  ).toEqual(["float64", 21]);
  expect(
    typed(
      np.linalg.cond(
        [
          [1, 2],
          [3, 4],
        ],
        "fro",
      ),
    ),
  ).toEqual(["float64", 14.999999999999998]);
  expect(
    typed(
      np.linalg.cond([
        [1, 2, 3],
        [3, 4, 5],
      ]),
      12,
    ),
  ).toEqual(["float64", 12.9869448911]);
});

test("singular matrices have an infinite condition, each of a batch for itself", () => {
  expect(
    typed(
      np.linalg.cond(
        [
          [1, 1],
          [1, 1],
        ],
        1,
      ),
    ),
  ).toEqual(["float64", Infinity]);
  expect(typed(np.linalg.cond(np.zeros([2, 2])))).toEqual(["float64", Infinity]);
  expect(typed(np.linalg.cond(np.zeros([2, 2]), -2))).toEqual(["float64", Infinity]);
  expect(
    typed(
      np.linalg.cond([
        [
          [1, 0],
          [0, 0],
        ],
        [
          [1, 0],
          [0, 2],
        ],
      ]),
    ),
  ).toEqual(["float64", [Infinity, 2]]);
  expect(
    typed(
      np.linalg.cond(
        [
          [
            [1, 1],
            [1, 1],
          ],
          [
            [1, 0],
            [0, 2],
          ],
        ],
        1,
      ),
    ),
  ).toEqual(["float64", [Infinity, 2]]);
  expect(
    typed(
      np.linalg.cond(
        np.array(
          [
            [
              [
                [1, 1],
                [1, 1],
              ],
            ],
            [
              [
                [1, 0],
                [0, 2],
              ],
            ],
          ],
          "float32",
        ),
        1,
      ),
    ),
  ).toEqual(["float32", [[Infinity], [2]]]);
  expect(
    typed(
      np.linalg.cond(
        [
          [1, Number.NaN],
          [3, 4],
        ],
        1,
      ),
    ),
  ).toEqual(["float64", Number.NaN]);
});

test("some matrices have no condition", () => {
  expect(() => np.linalg.cond(np.zeros([0, 0]))).toThrow(
    new LinAlgError("cond(float64[0,0]): empty matrices have none"),
  );
  expect(() =>
    np.linalg.cond(
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
      1,
    ),
  ).toThrow(new LinAlgError("inv(float64[2,3]): the last two axes must be square"));
  expect(() => np.linalg.cond([1, 2])).toThrow(new LinAlgError("cond(float64[2]): a matrix has at least two axes"));
  expect(() =>
    np.linalg.cond(
      [
        [1, 2],
        [3, 4],
      ],
      3,
    ),
  ).toThrow(new RangeError("cond: 3 is no order of a matrix's norm"));
});
