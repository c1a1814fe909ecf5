import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("arrays are joined along an axis, or all elements of them", () => {
  expect(typed(np.concatenate([[1], [2, 3]]))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.concatenate([1, 2], null))).toEqual(["int64", [1, 2]]);
  expect(typed(np.concatenate([[1.5], [2]], { dtype: "float32" }))).toEqual(["float32", [1.5, 2]]);
  expect(typed(np.concatenate([[1.5], [2]], { dtype: "int8", casting: "unsafe" }))).toEqual(["int8", [1, 2]]);
  expect(typed(np.concatenate([np.array([1], "int8"), [2.5]]))).toEqual(["float64", [1, 2.5]]);
  expect(() => np.concatenate([1, 2])).toThrow(
    new ShapeError("concatenate(int64[], int64[]): arrays of no axes can't be joined"),
  );
  expect(() => np.concatenate([])).toThrow(new ShapeError("concatenate: there is nothing to join"));
  expect(() => np.concatenate([[[1]], [2]])).toThrow(
    new ShapeError("concatenate(int64[1,1], int64[1]): shapes differ along other axes than 0"),
  );
  expect(() => np.concatenate([[1], [2]], 1)).toThrow(
    new np.AxisError("concatenate: axis 1 is out of bounds for an array of 1 axes"),
  );
  expect(() => np.concatenate([[1.5], [2]], { dtype: "int8" })).toThrow(
    new DTypeError('concatenate: float64 can\'t be cast to int8 by the rule "same_kind"'),
  );
  expect(() => np.stack([[1.5], [2]], { dtype: "int8" })).toThrow(
    new DTypeError('stack: float64 can\'t be cast to int8 by the rule "same_kind"'),
  );
});

test("a new axis may stand anywhere", () => {
  expect(typed(np.stack([1, 2]))).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.stack(
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
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(
    typed(
      np.stack(
        [
          [1, 2],
          [3, 4],
        ],
        -2,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(() => np.stack([[1, 2], [3]])).toThrow(new ShapeError("stack(int64[2], int64[1]): shapes differ"));
  expect(() => np.stack([])).toThrow(new ShapeError("stack: there is nothing to join"));
  expect(() =>
    np.stack(
      [
        [1, 2],
        [3, 4],
      ],
      2,
    ),
  ).toThrow(new np.AxisError("stack: axis 2 is out of bounds for an array of 2 axes"));
  expect(() =>
    np.stack(
      [
        [1, 2],
        [3, 4],
      ],
      -3,
    ),
  ).toThrow(new np.AxisError("stack: axis -3 is out of bounds for an array of 2 axes"));
});

test("scalars and vectors are rows, columns or depths", () => {
  expect(typed(np.hstack([1, 2]))).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.hstack([
        [[1], [2]],
        [[3], [4]],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(typed(np.vstack([1, 2]))).toEqual(["int64", [[1], [2]]]);
  expect(typed(np.dstack([1, 2]))).toEqual(["int64", [[[1, 2]]]]);
  expect(
    typed(
      np.dstack([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [
        [1, 3],
        [2, 4],
      ],
    ],
  ]);
  expect(typed(np.dstack([np.ones([1, 2, 2]), np.zeros([1, 2, 1])]))).toEqual([
    "float64",
    [
      [
        [1, 1, 0],
        [1, 1, 0],
      ],
    ],
  ]);
  expect(
    typed(
      np.column_stack([
        [1, 2],
        [
          [3, 4],
          [5, 6],
        ],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3, 4],
      [2, 5, 6],
    ],
  ]);
  expect(typed(np.column_stack([1, 2]))).toEqual(["int64", [[1, 2]]]);
  expect(typed(np.append([1, 2], [[3], [4]]))).toEqual(["int64", [1, 2, 3, 4]]);
  expect(typed(np.append([[1, 2]], [[3, 4]], 0))).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(() => np.hstack([])).toThrow(new ShapeError("hstack: there is nothing to join"));
  expect(() => np.vstack([[1, 2], [3]])).toThrow(
    new ShapeError("vstack(int64[1,2], int64[1,1]): shapes differ along other axes than 0"),
  );
  expect(() => np.append([[1, 2]], [3, 4], 0)).toThrow(
    new ShapeError("concatenate(int64[1,2], int64[2]): shapes differ along other axes than 0"),
  );
});

test("blocks are laid side by side and below each other", () => {
  expect(typed(np.block(1))).toEqual(["int64", 1]);
  expect(typed(np.block([1, 2]))).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.block([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(typed(np.block([[np.eye(2), np.ones([2, 1])], [np.zeros([1, 3])]]))).toEqual([
    "float64",
    [
      [1, 0, 1],
      [0, 1, 1],
      [0, 0, 0],
    ],
  ]);
  expect(typed(np.block([[[[1]]], [[[2]]]]))).toEqual(["int64", [[[[1]]], [[[2]]]]]);
  expect(typed(np.block([np.array([[1, 2]]), 3]))).toEqual(["int64", [[1, 2, 3]]]);
  expect(() => np.block([[1], [2, 3]])).toThrow(
    new ShapeError("concatenate(int64[1,1], int64[1,2]): shapes differ along other axes than 0"),
  );
  expect(() => np.block([])).toThrow(new ShapeError("concatenate: there is nothing to join"));
  expect(() => np.block([[1], []])).toThrow(new ShapeError("concatenate: there is nothing to join"));
});

test("arrays are cut at places, or into equal parts", () => {
  expect(typed(np.split(np.array([1, 2, 3, 4]), 2))).toEqual([
    ["int64", [1, 2]],
    ["int64", [3, 4]],
  ]);
  expect(typed(np.split([1, 2, 3, 4], [1, 3]))).toEqual([
    ["int64", [1]],
    ["int64", [2, 3]],
    ["int64", [4]],
  ]);
  expect(typed(np.split([1, 2, 3, 4], [3, 1]))).toEqual([["int64", [1, 2, 3]], "int64[0]", ["int64", [2, 3, 4]]]);
  expect(typed(np.split([1, 2, 3, 4], [-1]))).toEqual([
    ["int64", [1, 2, 3]],
    ["int64", [4]],
  ]);
  expect(typed(np.split([1, 2, 3, 4], [6]))).toEqual([["int64", [1, 2, 3, 4]], "int64[0]"]);
  expect(
    typed(
      np.split(
        [
          [1, 2],
          [3, 4],
        ],
        [1],
        { axis: 1 },
      ),
    ),
  ).toEqual([
    ["int64", [[1], [3]]],
    ["int64", [[2], [4]]],
  ]);
  expect(() => np.split(np.array([1, 2, 3, 4]), 3)).toThrow(
    new ShapeError("split(int64[4]): 4 elements don't make 3 equal parts"),
  );
  expect(() => np.split(np.array([1, 2, 3, 4]), 0)).toThrow(
    new ShapeError("split(int64[4]): 4 elements don't make 0 equal parts"),
  );
});

test("the first parts may be larger", () => {
  expect(typed(np.array_split([1, 2, 3, 4, 5], 3))).toEqual([
    ["int64", [1, 2]],
    ["int64", [3, 4]],
    ["int64", [5]],
  ]);
  expect(typed(np.array_split([1, 2, 3], 5))).toEqual([
    ["int64", [1]],
    ["int64", [2]],
    ["int64", [3]],
    "int64[0]",
    "int64[0]",
  ]);
  expect(() => np.array_split([1, 2, 3, 4, 5], 0)).toThrow(new RangeError("split: there can't be 0 parts"));
  expect(() => np.array_split([1, 2, 3], -1)).toThrow(new RangeError("split: there can't be -1 parts"));
});

test("arrays are cut along their first axes", () => {
  expect(typed(np.hsplit(np.array([1, 2]), 2))).toEqual([
    ["int64", [1]],
    ["int64", [2]],
  ]);
  expect(
    typed(
      np.hsplit(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        2,
      ),
    ),
  ).toEqual([
    ["int64", [[1], [3]]],
    ["int64", [[2], [4]]],
  ]);
  expect(
    typed(
      np.vsplit(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        2,
      ),
    ),
  ).toEqual([
    ["int64", [[1, 2]]],
    ["int64", [[3, 4]]],
  ]);
  expect(
    typed(
      np.dsplit(
        np.array([
          [
            [1, 2],
            [3, 4],
          ],
        ]),
        2,
      ),
    ),
  ).toEqual([
    ["int64", [[[1], [3]]]],
    ["int64", [[[2], [4]]]],
  ]);
  expect(() => np.hsplit(3, 1)).toThrow(new ShapeError("hsplit: an array of no axes can't be split"));
  expect(() => np.vsplit([1, 2], 2)).toThrow(new ShapeError("vsplit(int64[2]): takes arrays of two or more axes"));
  expect(() =>
    np.dsplit(
      [
        [1, 2],
        [3, 4],
      ],
      2,
    ),
  ).toThrow(new ShapeError("dsplit(int64[2,2]): takes arrays of three or more axes"));
});

test("an axis is taken apart", () => {
  expect(
    typed(
      np.unstack(
        np.array([
          [1, 2],
          [3, 4],
        ]),
      ),
    ),
  ).toEqual([
    ["int64", [1, 2]],
    ["int64", [3, 4]],
  ]);
  expect(
    typed(
      np.unstack(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        { axis: 1 },
      ),
    ),
  ).toEqual([
    ["int64", [1, 3]],
    ["int64", [2, 4]],
  ]);
  expect(() => np.unstack(np.array(3))).toThrow(new np.AxisError("unstack: an array of no axes can't be unstacked"));
  expect(() =>
    np.unstack(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      { axis: 2 },
    ),
  ).toThrow(new np.AxisError("unstack: axis 2 is out of bounds for an array of 2 axes"));
});
