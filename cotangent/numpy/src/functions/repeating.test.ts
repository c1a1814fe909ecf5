import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("elements are repeated as often as each other, or each as often as is said", () => {
  expect(typed(np.repeat([1, 2], 3))).toEqual(["int64", [1, 1, 1, 2, 2, 2]]);
  expect(typed(np.repeat([1, 2], [3]))).toEqual(["int64", [1, 1, 1, 2, 2, 2]]);
  expect(typed(np.repeat([1, 2], [1, 2]))).toEqual(["int64", [1, 2, 2]]);
  expect(
    typed(
      np.repeat(
        [
          [1, 2],
          [3, 4],
        ],
        2,
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 1, 2, 2],
      [3, 3, 4, 4],
    ],
  ]);
  expect(
    typed(
      np.repeat(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 2],
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 4],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.repeat(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
    ),
  ).toEqual(["int64", [1, 1, 2, 2, 3, 3, 4, 4]]);
  expect(typed(np.repeat(3, 2))).toEqual(["int64", [3, 3]]);
  expect(typed(np.repeat([], []))).toEqual("float64[0]");
  expect(() => np.repeat([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("repeat(int64[2]): 3 repetitions don't fit 2 elements"),
  );
  expect(() => np.repeat([1, 2], [])).toThrow(new ShapeError("repeat(int64[2]): 0 repetitions don't fit 2 elements"));
  expect(() => np.repeat([1, 2], -1)).toThrow(new RangeError("repeat: nothing can be repeated less than 0 times"));
});

test("arrays are laid side by side, along more axes than they have too", () => {
  expect(typed(np.tile([1, 2], 2))).toEqual(["int64", [1, 2, 1, 2]]);
  expect(typed(np.tile([1, 2], [2, 2]))).toEqual([
    "int64",
    [
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ],
  ]);
  expect(
    typed(
      np.tile(
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
      [1, 2, 1, 2],
      [3, 4, 3, 4],
    ],
  ]);
  expect(
    typed(
      np.tile(
        [
          [1, 2],
          [3, 4],
        ],
        [2, 1, 2],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [
        [1, 2, 1, 2],
        [3, 4, 3, 4],
      ],
      [
        [1, 2, 1, 2],
        [3, 4, 3, 4],
      ],
    ],
  ]);
  expect(typed(np.tile(3, [2, 2]))).toEqual([
    "int64",
    [
      [3, 3],
      [3, 3],
    ],
  ]);
  expect(typed(np.tile([1, 2], []))).toEqual(["int64", [1, 2]]);
  expect(typed(np.tile([1, 2], [2, 0]))).toEqual("int64[2,0]");
  expect(() => np.tile([1, 2], -1)).toThrow(new ShapeError("tile: [-1] has a negative length"));
});

test("values are put in before places", () => {
  expect(typed(np.insert([1, 2, 3], 1, 9))).toEqual(["int64", [1, 9, 2, 3]]);
  expect(typed(np.insert([1, 2, 3], 3, 9))).toEqual(["int64", [1, 2, 3, 9]]);
  expect(typed(np.insert([1, 2, 3], -1, 9))).toEqual(["int64", [1, 2, 9, 3]]);
  expect(typed(np.insert([1, 2, 3], 1, 1.7))).toEqual(["int64", [1, 1, 2, 3]]);
  expect(typed(np.insert([1, 2, 3], 1, [7, 8]))).toEqual(["int64", [1, 7, 8, 2, 3]]);
  expect(typed(np.insert([1, 2, 3], [0, 2], [7, 8]))).toEqual(["int64", [7, 1, 2, 8, 3]]);
  expect(typed(np.insert([1, 2, 3], [2, 0], [7, 8]))).toEqual(["int64", [8, 1, 2, 7, 3]]);
  expect(typed(np.insert([1, 2, 3], [1, 1], [7, 8]))).toEqual(["int64", [1, 7, 8, 2, 3]]);
  expect(typed(np.insert([1, 2, 3], [], []))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.insert([1, 2, 3], np.array([true, false, true]), [7, 8]))).toEqual(["int64", [7, 1, 2, 8, 3]]);
  expect(typed(np.insert([1, 2, 3], np.slice(0, 3, 2), 9))).toEqual(["int64", [9, 1, 2, 9, 3]]);
  expect(typed(np.insert([1, 2, 3], np.slice(null, null, -1), [7, 8, 9]))).toEqual(["int64", [9, 1, 8, 2, 7, 3]]);
  expect(typed(np.insert([1, 2, 3], np.slice(1, 2), [7, 8]))).toEqual(["int64", [1, 7, 8, 2, 3]]);
});

test("along an axis, a single place and a list of one place differ", () => {
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        9,
      ),
    ),
  ).toEqual(["int64", [1, 9, 2, 3, 4]]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        [7, 8],
        0,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [7, 8],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        [7, 8],
        { axis: 1 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 7, 2],
      [3, 8, 4],
    ],
  ]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        np.array(1),
        [7, 8],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 7, 2],
      [3, 8, 4],
    ],
  ]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        [1],
        [7, 8],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 7, 8, 2],
      [3, 7, 8, 4],
    ],
  ]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        [1],
        [[7], [8]],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 7, 2],
      [3, 8, 4],
    ],
  ]);
  expect(
    typed(
      np.insert(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
        [
          [7, 8],
          [9, 10],
        ],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [7, 1, 8, 2],
      [9, 3, 10, 4],
    ],
  ]);
});

test("values that fit no places, and places that there are none of, are refused", () => {
  expect(() => np.insert([1, 2, 3], 4, 9)).toThrow(
    new np.IndexError("insert: index 4 is out of bounds for an axis of length 3"),
  );
  expect(() => np.insert([1, 2, 3], -4, 9)).toThrow(
    new np.IndexError("insert: index -4 is out of bounds for an axis of length 3"),
  );
  expect(() => np.insert([1, 2, 3], [0, 1], [7, 8, 9])).toThrow(
    new ShapeError("broadcastTo: [3] can't be broadcast to [2]"),
  );
  expect(() => np.insert([1, 2, 3], [0, 1.5], [4, 5])).toThrow(
    new np.IndexError("insert: indices are integers, not float64"),
  );
});

test("elements are left out", () => {
  expect(typed(np.delete([1, 2, 3], 1))).toEqual(["int64", [1, 3]]);
  expect(typed(np.delete([1, 2, 3], -1))).toEqual(["int64", [1, 2]]);
  expect(typed(np.delete([1, 2, 3], [0, 0, -3]))).toEqual(["int64", [2, 3]]);
  expect(typed(np.delete([1, 2, 3], []))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.delete([1, 2, 3], [true, false, true]))).toEqual(["int64", [2]]);
  expect(typed(np.delete([1, 2, 3], np.array([[0], [1]])))).toEqual(["int64", [3]]);
  expect(typed(np.delete([1, 2, 3], np.slice(0, 2)))).toEqual(["int64", [3]]);
  expect(typed(np.delete([1, 2, 3], np.slice(null, null, -2)))).toEqual(["int64", [2]]);
  expect(
    typed(
      np.delete(
        [
          [1, 2],
          [3, 4],
        ],
        0,
        1,
      ),
    ),
  ).toEqual(["int64", [[2], [4]]]);
  expect(
    typed(
      np.delete(
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    ),
  ).toEqual(["int64", [2, 3, 4]]);
  expect(() => np.delete([1, 2, 3], 3)).toThrow(
    new np.IndexError("delete: index 3 is out of bounds for an axis of length 3"),
  );
  expect(() => np.delete([1, 2, 3], [1.5])).toThrow(new np.IndexError("delete: indices are integers, not float64"));
  expect(() => np.delete([1, 2, 3], [true, false])).toThrow(
    new ShapeError("delete: the mask bool[2] doesn't fit 3 elements"),
  );
  expect(() => np.delete([1, 2, 3], [[true, false, true]])).toThrow(
    new ShapeError("delete: the mask bool[1,3] doesn't fit 3 elements"),
  );
});

test("arrays are repeated or cut to another size", () => {
  expect(typed(np.resize([1, 2, 3], 5))).toEqual(["int64", [1, 2, 3, 1, 2]]);
  expect(typed(np.resize([1, 2, 3], [2, 4]))).toEqual([
    "int64",
    [
      [1, 2, 3, 1],
      [2, 3, 1, 2],
    ],
  ]);
  expect(
    typed(
      np.resize(
        [
          [1, 2],
          [3, 4],
        ],
        [3],
      ),
    ),
  ).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.resize([], [2, 2]))).toEqual([
    "float64",
    [
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(typed(np.resize(np.array([], "int8"), 3))).toEqual(["int8", [0, 0, 0]]);
  expect(typed(np.resize([1, 2, 3], [2, 0]))).toEqual("int64[2,0]");
  expect(() => np.resize([1, 2, 3], -1)).toThrow(new ShapeError("resize: [-1] has a negative length"));
});

test("zeros are left out in front, at the back, or on both sides of each axis", () => {
  expect(typed(np.trim_zeros(np.array([0, 0, 1, 0, 2, 0])))).toEqual(["int64", [1, 0, 2]]);
  expect(typed(np.trim_zeros(np.array([0, 0, 1, 0, 2, 0]), "f"))).toEqual(["int64", [1, 0, 2, 0]]);
  expect(typed(np.trim_zeros(np.array([0, 0, 1, 0, 2, 0]), "B"))).toEqual(["int64", [0, 0, 1, 0, 2]]);
  expect(typed(np.trim_zeros(np.array([0, 0, 0])))).toEqual("int64[0]");
  expect(typed(np.trim_zeros(np.array([0, 0, 0]), "f"))).toEqual("int64[0]");
  expect(typed(np.trim_zeros(np.array([0, 0, 0]), "b"))).toEqual("int64[0]");
  expect(typed(np.trim_zeros(np.array([])))).toEqual("float64[0]");
  expect(
    typed(
      np.trim_zeros(
        np.array([
          [0, 0, 0],
          [0, 1, 2],
          [0, 0, 0],
        ]),
      ),
    ),
  ).toEqual(["int64", [[1, 2]]]);
  expect(
    typed(
      np.trim_zeros(
        np.array([
          [0, 0, 0],
          [0, 1, 2],
          [0, 0, 0],
        ]),
        "f",
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [0, 0],
    ],
  ]);
  expect(
    typed(
      np.trim_zeros(
        np.array([
          [0, 0, 0],
          [0, 1, 2],
          [0, 0, 0],
        ]),
        { axis: 0 },
      ),
    ),
  ).toEqual(["int64", [[0, 1, 2]]]);
  expect(
    typed(
      np.trim_zeros(
        np.array([
          [0, 0, 0],
          [0, 1, 2],
          [0, 0, 0],
        ]),
        "b",
        [0, 1],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [0, 0, 0],
      [0, 1, 2],
    ],
  ]);
  expect(() => np.trim_zeros(np.array([0, 0, 1]), "x")).toThrow(
    new RangeError('trim_zeros: "x" is not made of "f" and "b"'),
  );
  expect(() => np.trim_zeros(np.array([0, 0, 1]), "")).toThrow(
    new RangeError('trim_zeros: "" is not made of "f" and "b"'),
  );
});

test("zeros are trimmed, and elements put in, left out and repeated, in long arrays too", () => {
  const long = np.pad(np.ones([300_000]), 2);
  expect(np.trim_zeros(long).shape).toEqual([300_000]);
  expect(np.sum(np.delete(long, [2, -1])).item()).toBe(299_999);
  expect(np.getitem(np.insert(long, 300_003, 5), "-3:").toList()).toEqual([0, 5, 0]);
  expect(np.repeat(long, 2).shape).toEqual([600_008]);
});
