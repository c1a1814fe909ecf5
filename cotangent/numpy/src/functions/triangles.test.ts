import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("a diagonal makes a matrix, and a matrix has diagonals", () => {
  expect(typed(np.diag([]))).toEqual("float64[0,0]");
  expect(typed(np.diag([], 1))).toEqual(["float64", [[0]]]);
  expect(typed(np.diag([], -2))).toEqual([
    "float64",
    [
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(typed(np.diag([1, 2], 1))).toEqual([
    "int64",
    [
      [0, 1, 0],
      [0, 0, 2],
      [0, 0, 0],
    ],
  ]);
  expect(typed(np.diag([1, 2], -1))).toEqual([
    "int64",
    [
      [0, 0, 0],
      [1, 0, 0],
      [0, 2, 0],
    ],
  ]);
  expect(
    typed(
      np.diag(
        [
          [1, 2],
          [3, 4],
        ],
        { k: 1 },
      ),
    ),
  ).toEqual(["int64", [2]]);
  expect(
    typed(
      np.diagflat(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 1, 0, 0, 0],
      [0, 0, 2, 0, 0],
      [0, 0, 0, 3, 0],
      [0, 0, 0, 0, 4],
      [0, 0, 0, 0, 0],
    ],
  ]);
  expect(typed(np.diagflat(3))).toEqual(["int64", [[3]]]);
  expect(() => np.diag([[[1]]])).toThrow(new ShapeError("diag(int64[1,1,1]): takes a vector or a matrix"));
  expect(() => np.diag(3)).toThrow(new ShapeError("diag(int64[]): takes a vector or a matrix"));
});

test("indices of diagonals and triangles", () => {
  expect(typed(np.diag_indices(2, 3))).toEqual([
    ["int64", [0, 1]],
    ["int64", [0, 1]],
    ["int64", [0, 1]],
  ]);
  expect(
    typed(
      np.diag_indices_from(
        np.array([
          [1, 2],
          [3, 4],
        ]),
      ),
    ),
  ).toEqual([
    ["int64", [0, 1]],
    ["int64", [0, 1]],
  ]);
  expect(typed(np.tril_indices(3, -1))).toEqual([
    ["int64", [1, 2, 2]],
    ["int64", [0, 0, 1]],
  ]);
  expect(typed(np.triu_indices(2, 1, 4))).toEqual([
    ["int64", [0, 0, 0, 1, 1]],
    ["int64", [1, 2, 3, 2, 3]],
  ]);
  expect(
    typed(
      np.tril_indices_from(
        np.array([
          [1, 2],
          [3, 4],
        ]),
      ),
    ),
  ).toEqual([
    ["int64", [0, 1, 1]],
    ["int64", [0, 0, 1]],
  ]);
  expect(
    typed(
      np.triu_indices_from(
        np.array([
          [1, 2, 3],
          [3, 4, 5],
        ]),
        1,
      ),
    ),
  ).toEqual([
    ["int64", [0, 0, 1]],
    ["int64", [1, 2, 2]],
  ]);
  expect(typed(np.mask_indices(3, np.triu, 1))).toEqual([
    ["int64", [0, 0, 1]],
    ["int64", [1, 2, 2]],
  ]);
  expect(() =>
    np.diag_indices_from(
      np.array([
        [1, 2, 3],
        [3, 4, 5],
      ]),
    ),
  ).toThrow(
    new ShapeError("diag_indices_from(int64[2,3]): not all axes are of one length, or there are less than two"),
  );
  expect(() => np.diag_indices_from(np.array([1, 2]))).toThrow(
    new ShapeError("diag_indices_from(int64[2]): not all axes are of one length, or there are less than two"),
  );
  expect(() => np.tril_indices_from(np.array([1, 2]))).toThrow(
    new ShapeError("tril_indices_from(int64[2]): takes a matrix"),
  );
  expect(() => np.triu_indices_from(np.array([[[1, 2]]]))).toThrow(
    new ShapeError("triu_indices_from(int64[1,1,2]): takes a matrix"),
  );
});

test("triangles of matrices", () => {
  expect(typed(np.tril([1, 2]))).toEqual([
    "int64",
    [
      [1, 0],
      [1, 2],
    ],
  ]);
  expect(
    typed(
      np.triu(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        -1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
      [0, 6],
    ],
  ]);
  expect(
    typed(
      np.tril(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        { k: 1 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]);
  expect(typed(np.tri(2, 3, 1))).toEqual([
    "float64",
    [
      [1, 1, 0],
      [1, 1, 1],
    ],
  ]);
  expect(typed(np.eye(2, { k: -1 }))).toEqual([
    "float64",
    [
      [0, 0],
      [1, 0],
    ],
  ]);
  expect(typed(np.eye(2, null, 0, "bool"))).toEqual([
    "bool",
    [
      [true, false],
      [false, true],
    ],
  ]);
  expect(typed(np.identity(2, "int8"))).toEqual([
    "int8",
    [
      [1, 0],
      [0, 1],
    ],
  ]);
  expect(() => np.tril(3)).toThrow(new ShapeError("tril: an array of no axes has no triangle"));
  expect(() => np.triu(3)).toThrow(new ShapeError("triu: an array of no axes has no triangle"));
});

test("powers are columns, of 64 bits at least", () => {
  expect(typed(np.vander([1, 2, 3]))).toEqual([
    "int64",
    [
      [1, 1, 1],
      [4, 2, 1],
      [9, 3, 1],
    ],
  ]);
  expect(typed(np.vander([1, 2, 3], 2, true))).toEqual([
    "int64",
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  ]);
  expect(typed(np.vander([1, 2, 3], { N: 2, increasing: true }))).toEqual([
    "int64",
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  ]);
  expect(typed(np.vander([1, 2], 0))).toEqual("int64[2,0]");
  expect(typed(np.vander([]))).toEqual("float64[0,0]");
  expect(typed(np.vander(np.array([1, 2], "float32"), 3))).toEqual([
    "float64",
    [
      [1, 1, 1],
      [4, 2, 1],
    ],
  ]);
  expect(typed(np.vander(np.array([1, 2], "int8"), 3))).toEqual([
    "int64",
    [
      [1, 1, 1],
      [4, 2, 1],
    ],
  ]);
  expect(typed(np.vander(np.array([1, 2], "uint64"), 3))).toEqual([
    "float64",
    [
      [1, 1, 1],
      [4, 2, 1],
    ],
  ]);
  expect(typed(np.vander([true, false], 2))).toEqual([
    "int64",
    [
      [1, 1],
      [0, 1],
    ],
  ]);
  expect(typed(np.vander([{ re: 1, im: 2 }], 3))).toEqual([
    "complex128",
    [
      [
        { re: -3, im: 4 },
        { re: 1, im: 2 },
        { re: 1, im: 0 },
      ],
    ],
  ]);
  expect(() => np.vander([[1, 2]])).toThrow(new ShapeError("vander(int64[1,2]): takes a vector"));
  expect(() => np.vander([1, 2], -1)).toThrow(new RangeError("vander: there can't be -1 columns"));
});
