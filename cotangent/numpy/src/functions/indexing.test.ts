import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("slices may go either way, and beyond the ends", () => {
  expect(typed(np.getitem([1, 2, 3], "5:"))).toEqual("int64[0]");
  expect(typed(np.getitem([1, 2, 3], "::-1"))).toEqual(["int64", [3, 2, 1]]);
  expect(typed(np.getitem([1, 2, 3], "-2:-5:-1"))).toEqual(["int64", [2, 1]]);
  expect(typed(np.getitem([1, 2, 3], "10:0:-2"))).toEqual(["int64", [3]]);
  expect(typed(np.getitem([1, 2, 3, 4, 5], np.slice(1, -1, 2)))).toEqual(["int64", [2, 4]]);
  expect(typed(np.getitem([1, 2, 3], np.slice(2)))).toEqual(["int64", [1, 2]]);
  expect(() => np.getitem([1, 2, 3], np.slice(null, null, 0))).toThrow(new RangeError("slice: the step is 0"));
});

test("an array without axes is an integer, or adds an axis if it is true or false", () => {
  expect(typed(np.getitem([1, 2, 3], np.array(1)))).toEqual(["int64", 2]);
  expect(typed(np.getitem([1, 2, 3], np.array(true)))).toEqual(["int64", [[1, 2, 3]]]);
  expect(typed(np.getitem([1, 2, 3], false))).toEqual("int64[0,3]");
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        true,
        0,
      ),
    ),
  ).toEqual(["int64", [[1, 2]]]);
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        false,
        0,
      ),
    ),
  ).toEqual("int64[0]");
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
        true,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
        ":",
        true,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        null,
        true,
        "...",
        1,
      ),
    ),
  ).toEqual(["int64", [[[2, 4]]]]);
  expect(typed(np.getitem(np.array(5), true))).toEqual(["int64", [5]]);
  expect(typed(np.getitem(np.array(5), "..."))).toEqual(["int64", 5]);
  expect(typed(np.getitem(np.array(5), null))).toEqual(["int64", [5]]);
  expect(
    typed(
      np.set_at(
        [
          [1, 2],
          [3, 4],
        ],
        9,
        true,
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2],
      [9, 9],
    ],
  ]);
  expect(typed(np.set_at([1, 2], 9, false))).toEqual(["int64", [1, 2]]);
});

test("an index that is none is refused", () => {
  expect(() => np.getitem([1, 2, 3], "...", "...")).toThrow(new np.IndexError("an index has at most one ellipsis"));
  expect(() => np.getitem([1, 2, 3], 1.5)).toThrow(
    new np.IndexError('an index is an integer, a slice, null, "..." or an array of integers, not 1.5'),
  );
  expect(() => np.getitem([1, 2, 3], [1.5])).toThrow(new np.IndexError("getitem: indices are integers, not float64"));
  expect(() => np.getitem([1, 2, 3], 0, 0)).toThrow(
    new np.IndexError("getitem(int64[3]): too many indices: 2 for 1 axes"),
  );
  expect(() => np.getitem([1, 2, 3], true, 0, 0)).toThrow(
    new np.IndexError("getitem(int64[3]): too many indices: 2 for 1 axes"),
  );
  expect(() => np.getitem([1, 2, 3], 3)).toThrow(
    new np.IndexError("getitem: index 3 is out of bounds for an axis of length 3"),
  );
  expect(() => np.getitem([1, 2, 3], [0, -4])).toThrow(
    new np.IndexError("getitem: index -4 is out of bounds for an axis of length 3"),
  );
  expect(() => np.getitem([1, 2, 3], [true, false])).toThrow(
    new np.IndexError("getitem(int64[3]): a mask of 2 elements is for an axis of 3"),
  );
  expect(() =>
    np.getitem(
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
      [0, 1, 1],
    ),
  ).toThrow(new ShapeError("getitem(int64[2], int64[3]): shapes can't be broadcast together"));
});

test("no elements are chosen by an empty list", () => {
  expect(typed(np.getitem([1, 2, 3], []))).toEqual("int64[0]");
  expect(
    typed(
      np.getitem(
        [
          [1, 2],
          [3, 4],
        ],
        [],
        0,
      ),
    ),
  ).toEqual("int64[0]");
});
