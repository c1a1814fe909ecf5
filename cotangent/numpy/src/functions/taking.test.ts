import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("elements are taken by their indices, those from the end by negative ones", () => {
  expect(typed(np.take([1, 2, 3], [-3, 2]))).toEqual(["int64", [1, 3]]);
  expect(
    typed(
      np.take(
        [
          [1, 2],
          [3, 4],
        ],
        3,
      ),
    ),
  ).toEqual(["int64", 4]);
  expect(
    typed(
      np.take(
        [
          [1, 2],
          [3, 4],
        ],
        [[1, 0]],
        1,
      ),
    ),
  ).toEqual(["int64", [[[2, 1]], [[4, 3]]]]);
  expect(typed(np.take([1, 2, 3], [true, false]))).toEqual(["int64", [2, 1]]);
  expect(typed(np.take([1, 2, 3], []))).toEqual("int64[0]");
  expect(typed(np.take([], [], { mode: "clip" }))).toEqual("float64[0]");
});

test("indices out of range are an error, the nearest ones, or counted round", () => {
  expect(() => np.take([1, 2, 3], [-4])).toThrow(
    new np.IndexError("take: index -4 is out of bounds for an axis of length 3"),
  );
  expect(() => np.take([1, 2, 3], [3])).toThrow(
    new np.IndexError("take: index 3 is out of bounds for an axis of length 3"),
  );
  expect(typed(np.take([1, 2, 3], [-5, 1, 5], { mode: "clip" }))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.take([1, 2, 3], [-5, -1, 3, 5], { mode: "wrap" }))).toEqual(["int64", [2, 3, 1, 3]]);
  expect(() => np.take([], [0], { mode: "clip" })).toThrow(
    new np.IndexError("take: index 0 is out of bounds for an axis of length 0"),
  );
  expect(() => np.take([], [0], { mode: "wrap" })).toThrow(
    new np.IndexError("take: index 0 is out of bounds for an axis of length 0"),
  );
  expect(() => np.take([1, 2, 3], np.array([1.5]))).toThrow(new DTypeError("take: indices are integers, not float64"));
});

test("each row has indices of its own", () => {
  expect(
    typed(
      np.take_along_axis(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        np.array([[1], [0]]),
        1,
      ),
    ),
  ).toEqual(["int64", [[2], [3]]]);
  expect(
    typed(
      np.take_along_axis(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        np.array([
          [1, 0],
          [0, 0],
        ]),
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 1],
      [3, 3],
    ],
  ]);
  expect(
    typed(
      np.take_along_axis(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        np.array([[1, 0, 1]]),
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 1, 2],
      [4, 3, 4],
    ],
  ]);
  expect(
    typed(
      np.take_along_axis(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        np.array([[0, -1]]),
        0,
      ),
    ),
  ).toEqual(["int64", [[1, 4]]]);
  expect(
    typed(
      np.take_along_axis(
        np.array([
          [1, 2],
          [3, 4],
        ]),
        np.array([0, 3, -1]),
        null,
      ),
    ),
  ).toEqual(["int64", [1, 4, 4]]);
  expect(() =>
    np.take_along_axis(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      np.array([4]),
      null,
    ),
  ).toThrow(new np.IndexError("take_along_axis: index 4 is out of bounds for an axis of length 4"));
  expect(() =>
    np.take_along_axis(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      np.array([[0], [1]]),
      null,
    ),
  ).toThrow(new ShapeError("take_along_axis(int64[2,2], int64[2,1]): both must have as many axes"));
  expect(() =>
    np.take_along_axis(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      np.array([0, 1]),
      0,
    ),
  ).toThrow(new ShapeError("take_along_axis(int64[2,2], int64[2]): both must have as many axes"));
  expect(() =>
    np.take_along_axis(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      np.array([[0, 2]]),
      0,
    ),
  ).toThrow(new np.IndexError("take_along_axis: index 2 is out of bounds for an axis of length 2"));
  expect(() =>
    np.take_along_axis(
      np.array([
        [1, 2],
        [3, 4],
      ]),
      np.array([[0.5, 1]]),
      0,
    ),
  ).toThrow(new np.IndexError("take_along_axis: indices are integers, not float64"));
});

test("elements are chosen from several arrays by their numbers", () => {
  expect(
    typed(
      np.choose(
        [0, 1, 2],
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      ),
    ),
  ).toEqual(["int64", [1, 5, 9]]);
  expect(
    typed(
      np.choose(
        [0, 3, -1],
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        { mode: "wrap" },
      ),
    ),
  ).toEqual(["int64", [1, 2, 9]]);
  expect(
    typed(
      np.choose(
        [0, 3, -1],
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        { mode: "clip" },
      ),
    ),
  ).toEqual(["int64", [1, 8, 3]]);
  expect(typed(np.choose([[0], [1]], [[1, 2], 0.5]))).toEqual([
    "float64",
    [
      [1, 2],
      [0.5, 0.5],
    ],
  ]);
  expect(() =>
    np.choose(
      [0, 3, 2],
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ),
  ).toThrow(new np.IndexError("choose: index 3 is out of bounds for an axis of length 3"));
  expect(() =>
    np.choose(
      [0, -1, 2],
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ),
  ).toThrow(new np.IndexError("choose: an index is negative"));
  expect(() => np.choose(np.array([0.5]), [[1], [2]])).toThrow(
    new DTypeError("choose: indices are integers, not float64"),
  );
});

test("elements are kept where a condition is true, of which less may be given than there are", () => {
  expect(
    typed(
      np.compress(
        [true, false],
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    ),
  ).toEqual(["int64", [[1, 2]]]);
  expect(
    typed(
      np.compress(
        [false, true],
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 1 },
      ),
    ),
  ).toEqual(["int64", [[2], [4]]]);
  expect(
    typed(
      np.compress(
        [true, false, true, true],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual(["int64", [1, 3, 4]]);
  expect(typed(np.compress([0, 2], [1, 2, 3]))).toEqual(["int64", [2]]);
  expect(() =>
    np.compress(
      [true, false, true],
      [
        [1, 2],
        [3, 4],
      ],
      1,
    ),
  ).toThrow(new np.IndexError("compress: index 2 is out of bounds for an axis of length 2"));
  expect(() => np.compress([[true, false]], [1, 2])).toThrow(
    new ShapeError("compress(bool[1,2]): the condition is a vector"),
  );
  expect(typed(np.extract([true, false, true], [1, 2, 3]))).toEqual(["int64", [1, 3]]);
  expect(
    typed(
      np.extract(
        [
          [true, false],
          [false, true],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ),
  ).toEqual(["int64", [1, 4]]);
  expect(() => np.extract([true, false, true, true], [1, 2, 3])).toThrow(
    new np.IndexError("extract: index 3 is out of bounds for an axis of length 3"),
  );
});

test("elements other than 0 have indices", () => {
  expect(
    typed(
      np.nonzero([
        [0, 1],
        [2, 0],
      ]),
    ),
  ).toEqual([
    ["int64", [0, 1]],
    ["int64", [1, 0]],
  ]);
  expect(() => np.nonzero(3)).toThrow(new ShapeError("nonzero: an array of no axes has no indices; use atleast_1d"));
  expect(
    typed(
      np.flatnonzero([
        [0, 1],
        [2, 0],
      ]),
    ),
  ).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.argwhere([
        [0, 1],
        [2, 0],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [0, 1],
      [1, 0],
    ],
  ]);
  expect(typed(np.argwhere(3))).toEqual("int64[1,0]");
  expect(typed(np.argwhere(0))).toEqual("int64[0,0]");
});

test("indices along axes are counted in the order of rows or of columns", () => {
  expect(
    typed(
      np.ravel_multi_index(
        [
          [1, 0],
          [0, 1],
        ],
        [2, 3],
      ),
    ),
  ).toEqual(["int64", [3, 1]]);
  expect(
    typed(
      np.ravel_multi_index(
        [
          [1, 0],
          [0, 1],
        ],
        [2, 3],
        { order: "F" },
      ),
    ),
  ).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.ravel_multi_index(
        [
          [1, 2],
          [0, 1],
        ],
        [2, 3],
        { mode: "wrap" },
      ),
    ),
  ).toEqual(["int64", [3, 1]]);
  expect(
    typed(
      np.ravel_multi_index(
        [
          [1, 2],
          [0, -1],
        ],
        [2, 3],
        "clip",
      ),
    ),
  ).toEqual(["int64", [3, 3]]);
  expect(
    typed(
      np.ravel_multi_index(
        [
          [1, 2],
          [0, -1],
        ],
        [2, 3],
        { mode: ["clip", "wrap"] },
      ),
    ),
  ).toEqual(["int64", [3, 5]]);
  expect(typed(np.ravel_multi_index([1, [0, 2]], [2, 3]))).toEqual(["int64", [3, 5]]);
  expect(() =>
    np.ravel_multi_index(
      [
        [1, 2],
        [0, 1],
      ],
      [2, 3],
    ),
  ).toThrow(new np.IndexError("ravel_multi_index: index 2 is out of bounds for an axis of length 2"));
  expect(() =>
    np.ravel_multi_index(
      [
        [1, -1],
        [0, 1],
      ],
      [2, 3],
    ),
  ).toThrow(new np.IndexError("ravel_multi_index: an index is negative"));
  expect(() => np.ravel_multi_index([np.array([1.5]), [1]], [2, 3])).toThrow(
    new DTypeError("ravel_multi_index: indices are integers, not float64"),
  );
  expect(typed(np.unravel_index([[4], [5]], [2, 3]))).toEqual([
    ["int64", [[1], [1]]],
    ["int64", [[1], [2]]],
  ]);
  expect(typed(np.unravel_index(4, [2, 3], { order: "F" }))).toEqual([
    ["int64", 0],
    ["int64", 2],
  ]);
  expect(typed(np.unravel_index(4, [2, 3], "F"))).toEqual([
    ["int64", 0],
    ["int64", 2],
  ]);
  expect(() => np.unravel_index(6, [2, 3])).toThrow(
    new np.IndexError("unravel_index: index 6 is out of bounds for an axis of length 6"),
  );
  expect(() => np.unravel_index([5, -1], [2, 3])).toThrow(new np.IndexError("unravel_index: an index is negative"));
  expect(() => np.unravel_index(np.array([1.5]), [2, 3])).toThrow(
    new DTypeError("unravel_index: indices are integers, not float64"),
  );
});

test("vectors of indices open a grid", () => {
  expect(typed(np.ix_([0, 1], [2]))).toEqual([
    ["int64", [[0], [1]]],
    ["int64", [[2]]],
  ]);
  expect(typed(np.ix_([true, false, true], [2]))).toEqual([
    ["int64", [[0], [2]]],
    ["int64", [[2]]],
  ]);
  expect(typed(np.ix_([], [2]))).toEqual(["int64[0,1]", ["int64", [[2]]]]);
  expect(() => np.ix_([[0, 1]], [2])).toThrow(new ShapeError("ix_(int64[1,2]): takes vectors"));
  expect(() => np.ix_([0, 1.5], [2])).toThrow(new np.IndexError("ix_: indices are integers, not float64"));
});
