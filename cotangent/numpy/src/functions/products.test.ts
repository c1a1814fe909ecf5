import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("scalars are multiplied by dot and inner, but are no matrices", () => {
  expect(typed(np.dot(2, [1, 2]))).toEqual(["int64", [2, 4]]);
  expect(
    typed(
      np.dot(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 4],
      [6, 8],
    ],
  ]);
  expect(typed(np.inner(2, [1, 2]))).toEqual(["int64", [2, 4]]);
  expect(typed(np.inner([1, 2], 3))).toEqual(["int64", [3, 6]]);
  expect(() => np.matmul(2, [1])).toThrow(
    new ShapeError("matmul(int64[], int64[1]): scalars are multiplied by multiply"),
  );
  expect(() => np.matmul([[1, 2]], 3)).toThrow(
    new ShapeError("matmul(int64[1,2], int64[]): scalars are multiplied by multiply"),
  );
});

test("sums of products go over axes of one length", () => {
  expect(
    typed(
      np.inner(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 2],
      ),
    ),
  ).toEqual(["int64", [5, 11]]);
  expect(typed(np.vdot([[1, 2]], [1, 2]))).toEqual(["int64", 5]);
  expect(typed(np.vdot([{ re: 1, im: 2 }], [{ re: 3, im: 4 }]))).toEqual(["complex128", { re: 11, im: -2 }]);
  expect(
    typed(
      np.vecdot(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [3, 4],
          [5, 6],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual(["int64", [18, 32]]);
  expect(typed(np.vecdot([{ re: 1, im: 2 }], [{ re: 3, im: 4 }]))).toEqual(["complex128", { re: 11, im: -2 }]);
  expect(
    typed(
      np.vecdot(
        [
          [1, 2],
          [3, 4],
        ],
        [3, 4],
      ),
    ),
  ).toEqual(["int64", [11, 25]]);
  expect(() => np.dot([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("dot(int64[2], int64[3]): 2 (axis 0) and 3 (axis 0) differ"),
  );
  expect(() => np.inner([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("inner(int64[2], int64[3]): 2 (axis 0) and 3 (axis 0) differ"),
  );
  expect(() => np.vdot([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("vdot(int64[2], int64[3]): 2 (axis 0) and 3 (axis 0) differ"),
  );
  expect(() => np.vecdot([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("vecdot(int64[2], int64[3]): 2 (axis 0) and 3 (axis 0) differ"),
  );
  expect(() => np.vecdot(2, [1, 2, 3])).toThrow(
    new np.AxisError("vecdot: axis -1 is out of bounds for an array of 0 axes"),
  );
});

test("outer products are of all elements", () => {
  expect(typed(np.outer(2, [1, 2]))).toEqual(["int64", [[2, 4]]]);
  expect(typed(np.outer([[1, 2]], [3, 4]))).toEqual([
    "int64",
    [
      [3, 4],
      [6, 8],
    ],
  ]);
});

test("matrices and vectors are multiplied from either side, with batches", () => {
  expect(
    typed(
      np.matvec(
        [
          [1, 2],
          [3, 4],
        ],
        [1, 2],
      ),
    ),
  ).toEqual(["int64", [5, 11]]);
  expect(
    typed(
      np.matvec(
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [5, 11],
      [11, 25],
    ],
  ]);
  expect(
    typed(
      np.vecmat(
        [{ re: 1, im: 2 }, 2],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual([
    "complex128",
    [
      { re: 7, im: -2 },
      { re: 10, im: -4 },
    ],
  ]);
  expect(() => np.matvec([1, 2], [1, 2])).toThrow(
    new ShapeError("matvec(int64[2], int64[2]): operands need 2 and 1 axes"),
  );
  expect(() =>
    np.matvec(
      [
        [1, 2],
        [3, 4],
      ],
      2,
    ),
  ).toThrow(new ShapeError("matvec(int64[2,2], int64[]): operands need 2 and 1 axes"));
  expect(() =>
    np.matvec(
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3],
    ),
  ).toThrow(new ShapeError("matvec(int64[2,2], int64[3]): 2 (axis 1) and 3 (axis 0) differ"));
  expect(() => np.vecmat([1, 2], [1, 2])).toThrow(
    new ShapeError("vecmat(int64[2], int64[2]): operands need 1 and 2 axes"),
  );
});
