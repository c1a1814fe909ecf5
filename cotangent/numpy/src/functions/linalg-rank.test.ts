import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";
import { LinAlgError } from "../linear-algebra/errors.ts";

test("singular values that are small beside the largest count as zero", () => {
  expect(
    typed(
      np.linalg.pinv([
        [1, 2],
        [2, 4],
      ]),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [0.04, 0.08],
      [0.08, 0.16],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [-1.33333333333, -0.333333333333, 0.666666666667],
      [1.08333333333, 0.333333333333, -0.416666666667],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv(
        [
          [1, 2],
          [2, 1],
        ],
        { hermitian: true },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [-0.33333333333333326, 0.6666666666666665],
      [0.6666666666666665, -0.33333333333333326],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv(
        [
          [1, 0],
          [0, 1e-3],
        ],
        1e-2,
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv(
        [
          [1, 0],
          [0, 1e-3],
        ],
        { rcond: 1e-2 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv(
        [
          [1, 0],
          [0, 1e-3],
        ],
        { rtol: 1e-2 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv(
        [
          [1, 0],
          [0, 1e-17],
        ],
        { rtol: null },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv([
        [1, 0],
        [0, 1e-15],
      ]),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.linalg.pinv([
        [1, 0],
        [0, 2e-15],
      ]),
    ),
  ).toEqual([
    "float64",
    [
      [1, 0],
      [0, 499999999999999.94],
    ],
  ]);
  expect(typed(np.linalg.pinv(np.zeros([2, 2])))).toEqual([
    "float64",
    [
      [0, 0],
      [0, 0],
    ],
  ]);
});

test("empty matrices have an inverse of the other shape", () => {
  expect(typed(np.linalg.pinv(np.zeros([2, 0])))).toEqual("float64[0,2]");
  expect(typed(np.linalg.pinv(np.zeros([3, 0, 2])))).toEqual("float64[3,2,0]");
  expect(() => np.linalg.pinv([1, 2])).toThrow(new LinAlgError("pinv(float64[2]): a matrix has at least two axes"));
});

test("a rank counts singular values that are not zero", () => {
  expect(
    typed(
      np.linalg.matrix_rank([
        [1, 2],
        [2, 4],
      ]),
    ),
  ).toEqual(["int64", 1]);
  expect(typed(np.linalg.matrix_rank(np.zeros([2, 2])))).toEqual(["int64", 0]);
  expect(typed(np.linalg.matrix_rank(np.zeros([0, 3])))).toEqual(["int64", 0]);
  expect(typed(np.linalg.matrix_rank(np.zeros([2, 0, 3])))).toEqual(["int64", [0, 0]]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [1, 0],
          [0, 1e-3],
        ],
        1e-2,
      ),
    ),
  ).toEqual(["int64", 1]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [1, 0],
          [0, 1e-3],
        ],
        { rtol: 1e-2 },
      ),
    ),
  ).toEqual(["int64", 1]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [4, 0],
          [0, 3],
        ],
        { rtol: 0.7 },
      ),
    ),
  ).toEqual(["int64", 2]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [4, 0],
          [0, 3],
        ],
        { tol: 3 },
      ),
    ),
  ).toEqual(["int64", 1]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [1, 2],
          [2, 4],
        ],
        { hermitian: true },
      ),
    ),
  ).toEqual(["int64", 1]);
  expect(
    typed(
      np.linalg.matrix_rank(
        [
          [0, 1],
          [0, 0],
        ],
        { hermitian: true },
      ),
    ),
  ).toEqual(["int64", 0]);
  expect(
    typed(
      np.linalg.matrix_rank(
        np.array(
          [
            [1, 0],
            [0, 1e-8],
          ],
          "float32",
        ),
      ),
    ),
  ).toEqual(["int64", 1]);
  expect(() =>
    np.linalg.matrix_rank(
      [
        [1, 0],
        [0, 1e-3],
      ],
      { tol: 2, rtol: 1e-5 },
    ),
  ).toThrow(new RangeError("matrix_rank: `tol` and `rtol` can't both be given"));
});

test("a vector is of rank 1, unless all of it is 0", () => {
  expect(typed(np.linalg.matrix_rank([0, 0]))).toEqual(["int64", 0]);
  expect(typed(np.linalg.matrix_rank([1, 0]))).toEqual(["int64", 1]);
  expect(typed(np.linalg.matrix_rank(3))).toEqual(["int64", 1]);
  expect(typed(np.linalg.matrix_rank(0))).toEqual(["int64", 0]);
});

test("least squares", () => {
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        [1, 2, 4],
      ),
      12,
    ),
  ).toEqual([
    ["float64", [0.666666666667, 0.0833333333333]],
    ["float64", [0.166666666667]],
    ["int32", 2],
    ["float64", [9.52551809157, 0.514300580659]],
  ]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        [
          [1, 2],
          [2, 3],
          [4, 5],
        ],
      ),
      12,
    ),
  ).toEqual([
    [
      "float64",
      [
        [0.666666666667, -0.333333333333],
        [0.0833333333333, 1.08333333333],
      ],
    ],
    ["float64", [0.166666666667, 0.166666666667]],
    ["int32", 2],
    ["float64", [9.52551809157, 0.514300580659]],
  ]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 2, 3],
          [3, 4, 5],
        ],
        [1, 2],
      ),
      12,
    ),
  ).toEqual([
    ["float64", [0.166666666667, 0.166666666667, 0.166666666667]],
    "float64[0]",
    ["int32", 2],
    ["float64", [7.97638869425, 0.614185149866]],
  ]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [0, 2],
          [3, 0],
        ],
        [1, 2],
      ),
    ),
  ).toEqual([["float64", [0.6666666666666666, 0.5]], "float64[0]", ["int32", 2], ["float64", [3, 2]]]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 0],
          [0, 1e-3],
          [0, 0],
        ],
        [1, 2, 3],
        1e-2,
      ),
    ),
  ).toEqual([["float64", [1, 0]], "float64[0]", ["int32", 1], ["float64", [1, 0.001]]]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 0],
          [0, 1e-3],
          [0, 0],
        ],
        [1, 2, 3],
        { rcond: 1e-2 },
      ),
    ),
  ).toEqual([["float64", [1, 0]], "float64[0]", ["int32", 1], ["float64", [1, 0.001]]]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 0],
          [0, 1e-3],
          [0, 0],
        ],
        [1, 2, 3],
        -1,
      ),
    ),
  ).toEqual([
    ["float64", [1, 2000]],
    ["float64", [9]],
    ["int32", 2],
    ["float64", [1, 0.001]],
  ]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 0],
          [0, 3e-16],
          [0, 0],
        ],
        [1, 2, 3],
        -1,
      ),
    ),
  ).toEqual([
    ["float64", [1, 6666666666666667]],
    ["float64", [9]],
    ["int32", 2],
    ["float64", [1, 3e-16]],
  ]);
  expect(
    typed(
      np.linalg.lstsq(
        [
          [1, 0],
          [0, 3e-16],
          [0, 0],
        ],
        [1, 2, 3],
      ),
    ),
  ).toEqual([["float64", [1, 0]], "float64[0]", ["int32", 1], ["float64", [1, 3e-16]]]);
  expect(typed(np.linalg.lstsq(np.zeros([3, 2]), [1, 2, 3]))).toEqual([
    ["float64", [0, 0]],
    "float64[0]",
    ["int32", 0],
    ["float64", [0, 0]],
  ]);
});

test("operands of least squares must have as many rows", () => {
  expect(() =>
    np.linalg.lstsq(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [1, 2],
    ),
  ).toThrow(new ShapeError("lstsq(float64[3,2], float64[2]): numbers of rows differ"));
  expect(() => np.linalg.lstsq([1, 2], [1, 2])).toThrow(
    new LinAlgError("lstsq(float64[2]): a matrix has at least two axes"),
  );
  expect(() =>
    np.linalg.lstsq(
      [
        [1, 2],
        [3, 4],
      ],
      1,
    ),
  ).toThrow(new LinAlgError("lstsq(float64[2,2], float64[]): takes a matrix, and a vector or a matrix"));
  expect(() =>
    np.linalg.lstsq(
      [
        [1, 2],
        [3, 4],
      ],
      [[[1, 2]]],
    ),
  ).toThrow(new LinAlgError("lstsq(float64[2,2], float64[1,1,2]): takes a matrix, and a vector or a matrix"));
  expect(() =>
    np.linalg.lstsq(
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [1, 2],
    ),
  ).toThrow(new LinAlgError("lstsq(float64[1,2,2], float64[2]): takes a matrix, and a vector or a matrix"));
});
