import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("tensors are multiplied over axes that are chosen", () => {
  expect(
    typed(
      np.tensordot(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual(["int64", 30]);
  expect(
    typed(
      np.tensordot(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 4],
        ],
        { axes: 1 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [7, 10],
      [15, 22],
    ],
  ]);
  expect(typed(np.tensordot([1, 2], [3, 4], 0))).toEqual([
    "int64",
    [
      [3, 4],
      [6, 8],
    ],
  ]);
  expect(
    typed(
      np.tensordot(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [7, 15],
      [10, 22],
    ],
  ]);
  expect(
    typed(
      np.tensordot(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 2],
          [3, 4],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ),
  ).toEqual(["int64", 29]);
  expect(() =>
    np.tensordot(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
      [[0, 1], [0]],
    ),
  ).toThrow(new ShapeError("tensordot(int64[2,2], int64[2,2]): axes [[0,1],[0]] do not match"));
  expect(() =>
    np.tensordot(
      [[1, 2, 3]],
      [
        [1, 2],
        [3, 4],
      ],
      1,
    ),
  ).toThrow(new ShapeError("tensordot(int64[1,3], int64[2,2]): axes 1 do not match"));
  expect(() =>
    np.tensordot(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
      3,
    ),
  ).toThrow(new np.AxisError("tensordot: axis -3 is out of bounds for an array of 2 axes"));
  expect(() =>
    np.tensordot(
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ),
  ).toThrow(new RangeError("tensordot: axes [0, 0] has one of them twice"));
});

test("blocks of the second operand are laid out as the elements of the first", () => {
  expect(typed(np.kron([1, 2], [3, 4]))).toEqual(["int64", [3, 4, 6, 8]]);
  expect(
    typed(
      np.kron(
        [1, 2],
        [
          [3, 4],
          [5, 6],
        ],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 4, 6, 8],
      [5, 6, 10, 12],
    ],
  ]);
  expect(
    typed(
      np.kron(
        [
          [3, 4],
          [5, 6],
        ],
        [1, 2],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 6, 4, 8],
      [5, 10, 6, 12],
    ],
  ]);
  expect(typed(np.kron([[[1, 2]]], [3, 4]))).toEqual(["int64", [[[3, 4, 6, 8]]]]);
  expect(typed(np.kron(2, [1, 2]))).toEqual(["int64", [2, 4]]);
  expect(typed(np.kron(2, 3))).toEqual(["int64", 6]);
});

test("cross products are of three components, or two", () => {
  expect(typed(np.cross([1, 2, 3], [4, 5, 6]))).toEqual(["int64", [-3, 6, -3]]);
  expect(typed(np.cross([1, 2], [4, 5]))).toEqual(["int64", -3]);
  expect(typed(np.cross([1, 2], [4, 5, 6]))).toEqual(["int64", [12, -6, -3]]);
  expect(typed(np.cross([1, 2, 3], [4, 5]))).toEqual(["int64", [-15, 12, -3]]);
  expect(
    typed(
      np.cross(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [7, 8, 9],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [-6, 12, -6],
      [-3, 6, -3],
    ],
  ]);
  expect(
    typed(
      np.cross(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [7, 8, 9],
          [1, 2, 3],
        ],
        { axisc: 0 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [-6, 3],
      [12, -6],
      [-6, 3],
    ],
  ]);
  expect(
    typed(
      np.cross(
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
        [
          [7, 8, 9],
          [1, 2, 3],
        ],
        { axisa: 0 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [-6, 12, -6],
      [3, -6, 3],
    ],
  ]);
  expect(
    typed(
      np.cross(
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
        [
          [7, 1],
          [8, 2],
          [9, 3],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [-6, 3],
      [12, -6],
      [-6, 3],
    ],
  ]);
  expect(() => np.cross([1, 2, 3, 4], [4, 5])).toThrow(
    new ShapeError("cross(int64[4], int64[2]): vectors must have 2 or 3 components"),
  );
  expect(() => np.cross([1], [4, 5, 6])).toThrow(
    new ShapeError("cross(int64[1], int64[3]): vectors must have 2 or 3 components"),
  );
});

test("subscripts must say what is there", () => {
  expect(typed(np.einsum("i,j,k->kji", [1, 2], [3, 4], [5, 6]))).toEqual([
    "int64",
    [
      [
        [15, 30],
        [20, 40],
      ],
      [
        [18, 36],
        [24, 48],
      ],
    ],
  ]);
  expect(
    typed(
      np.einsum(
        "ij,ij->j",
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ),
    ),
  ).toEqual(["int64", [26, 44]]);
  expect(
    typed(
      np.einsum(
        "ij,i->ij",
        [
          [1, 2],
          [3, 4],
        ],
        [5, 6],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [5, 10],
      [18, 24],
    ],
  ]);
  expect(
    typed(
      np.einsum(
        "...,...",
        [
          [1, 2],
          [3, 4],
        ],
        [5, 6],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [5, 12],
      [15, 24],
    ],
  ]);
  expect(() => np.einsum("")).toThrow(new RangeError('einsum(""): there are no operands'));
  expect(() => np.einsum("ij", [1, 2])).toThrow(
    new ShapeError('einsum(int64[2]) of "ij": "ij" is not for an array of 1 axes'),
  );
  expect(() => np.einsum("i->ii", [1, 2])).toThrow(
    new ShapeError("einsum(int64[2]) of \"i->ii\": the result's letters must be of the operands', each once"),
  );
  expect(() => np.einsum("i->j", [1, 2])).toThrow(
    new ShapeError("einsum(int64[2]) of \"i->j\": the result's letters must be of the operands', each once"),
  );
  expect(() =>
    np.einsum("ii->i", [
      [1, 2, 3],
      [3, 4, 5],
    ]),
  ).toThrow(new ShapeError('einsum(int64[2,3]): axes labelled "i" differ in length'));
  expect(() => np.einsum("i,i", [1, 2])).toThrow(
    new ShapeError('einsum(int64[2]) of "i,i": subscripts are for 2 operands'),
  );
  expect(() => np.einsum("i->i->i", [1, 2])).toThrow(
    new ShapeError('einsum(int64[2]) of "i->i->i": subscripts are for 1 operands'),
  );
  expect(() => np.einsum("1", [1, 2])).toThrow(new ShapeError('einsum(int64[2]) of "1": "1" is not made of letters'));
  expect(() => np.einsum("i,i", [1, 2], [3, 4, 5])).toThrow(
    new ShapeError("einsum(int64[2], int64[3]): axes of lengths 2 and 3 can't be multiplied"),
  );
});
