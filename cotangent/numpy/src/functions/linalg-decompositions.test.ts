import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";
import { LinAlgError } from "../linear-algebra/errors.ts";

const nonsense: string = "nonsense";

test("factors and eigenvalues are of square matrices", () => {
  expect(
    typed(
      np.linalg.cholesky([
        [4, 9],
        [2, 5],
      ]),
    ),
  ).toEqual([
    "float64",
    [
      [2, 0],
      [1, 2],
    ],
  ]);
  expect(
    typed(
      np.linalg.cholesky(
        [
          [4, 2],
          [9, 5],
        ],
        { upper: true },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [2, 1],
      [0, 2],
    ],
  ]);
  expect(() =>
    np.linalg.cholesky([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(new LinAlgError("cholesky(float64[2,2]): the matrix is not positive definite"));
  expect(
    typed(
      np.linalg.eigvalsh(
        [
          [1, 2],
          [5, 1],
        ],
        "U",
      ),
    ),
  ).toEqual(["float64", [-1, 3]]);
  expect(
    typed(
      np.linalg.eigvalsh(
        [
          [1, 2],
          [5, 1],
        ],
        { UPLO: "L" },
      ),
    ),
  ).toEqual(["float64", [-4, 6]]);
  expect(() =>
    np.linalg.eigvalsh(
      [
        [1, 2],
        [5, -3],
      ],
      nonsense as "L",
    ),
  ).toThrow(new RangeError('eigvalsh: UPLO must be "L" or "U"'));
  expect(() => np.linalg.eig(np.ones([2, 3]))).toThrow(
    new LinAlgError("eig(float64[2,3]): the last two axes must be square"),
  );
  expect(() =>
    np.linalg.inv([
      [1, 2, 3],
      [2, 4, 5],
    ]),
  ).toThrow(new LinAlgError("inv(float64[2,3]): the last two axes must be square"));
  expect(() => np.linalg.det([1, 2])).toThrow(new LinAlgError("det(float64[2]): a matrix has at least two axes"));
  expect(() =>
    np.linalg.qr(
      [
        [1, 2],
        [3, 4],
      ],
      nonsense as "raw",
    ),
  ).toThrow(new RangeError('qr: there is no mode "nonsense"'));
  expect(() => np.linalg.qr([1, 2])).toThrow(new LinAlgError("qr(float64[2]): a matrix has at least two axes"));
});

test("singular values of Hermitian matrices are the sizes of eigenvalues", () => {
  expect(
    typed(
      np.linalg.svd(
        [
          [1, 2],
          [2, -3],
        ],
        { hermitian: true, compute_uv: false },
      ),
    ),
  ).toEqual(["float64", [3.8284271247461903, 1.8284271247461898]]);
  expect(
    typed(
      np.linalg.svd(
        [
          [1, 2],
          [2, -3],
        ],
        { compute_uv: false },
      ),
      12,
    ),
  ).toEqual(["float64", [3.82842712475, 1.82842712475]]);
  expect(
    typed(
      np.linalg.svdvals([
        [3, 0],
        [0, -4],
      ]),
    ),
  ).toEqual(["float64", [4, 3]]);
  expect(typed(np.linalg.svd(np.zeros([2, 0]), { full_matrices: false }))).toEqual([
    "float64[2,0]",
    "float64[0]",
    "float64[0,0]",
  ]);
  expect(() => np.linalg.svd([1, 2])).toThrow(new LinAlgError("svd(float64[2]): a matrix has at least two axes"));
});

test("vectors and matrices have functions of their own", () => {
  expect(typed(np.linalg.outer([1, 2], [3, 4]))).toEqual([
    "int64",
    [
      [3, 4],
      [6, 8],
    ],
  ]);
  expect(typed(np.linalg.cross([[1], [2], [3]], [[4], [5], [6]], { axis: 0 }))).toEqual(["int64", [[-3], [6], [-3]]]);
  expect(
    typed(
      np.linalg.matrix_transpose([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(() => np.linalg.outer([[1, 2]], [3, 4])).toThrow(
    new ShapeError("outer(int64[1,2], int64[2]): both operands must be vectors"),
  );
  expect(() => np.linalg.outer(1, [3, 4])).toThrow(
    new ShapeError("outer(int64[], int64[2]): both operands must be vectors"),
  );
  expect(() => np.linalg.cross([1, 2], [4, 5])).toThrow(
    new ShapeError("cross(int64[2], int64[2]): vectors must have 3 components"),
  );
  expect(() => np.linalg.matrix_transpose([1, 2])).toThrow(
    new ShapeError("matrix_transpose(int64[2]): a matrix has two axes"),
  );
});
