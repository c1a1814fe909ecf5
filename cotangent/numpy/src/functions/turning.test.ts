import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("elements are reversed along axes", () => {
  expect(typed(np.flip(3))).toEqual(["int64", 3]);
  expect(typed(np.flip([1, 2, 3]))).toEqual(["int64", [3, 2, 1]]);
  expect(
    typed(
      np.flip(
        [
          [1, 2],
          [3, 4],
        ],
        [],
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
      np.flip(
        [
          [1, 2],
          [3, 4],
        ],
        { axis: 1 },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 1],
      [4, 3],
    ],
  ]);
  expect(typed(np.flip(np.zeros([0, 2])))).toEqual("float64[0,2]");
  expect(() => np.fliplr([1, 2])).toThrow(new np.AxisError("flip: axis 1 is out of bounds for an array of 1 axes"));
  expect(() => np.flipud(np.array(3))).toThrow(
    new np.AxisError("flip: axis 0 is out of bounds for an array of 0 axes"),
  );
});

test("matrices are turned", () => {
  expect(
    typed(
      np.rot90([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual([
    "int64",
    [
      [2, 4],
      [1, 3],
    ],
  ]);
  expect(
    typed(
      np.rot90(
        [
          [1, 2],
          [3, 4],
        ],
        4,
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
      np.rot90(
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
      [4, 3],
      [2, 1],
    ],
  ]);
  expect(
    typed(
      np.rot90(
        [
          [1, 2],
          [3, 4],
        ],
        -1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [3, 1],
      [4, 2],
    ],
  ]);
  expect(
    typed(
      np.rot90(
        [
          [1, 2],
          [3, 4],
        ],
        3,
        [1, 0],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [2, 4],
      [1, 3],
    ],
  ]);
  expect(
    typed(
      np.rot90(
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        1,
        [1, 2],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [
        [2, 4],
        [1, 3],
      ],
    ],
  ]);
  expect(() =>
    np.rot90(
      [
        [1, 2],
        [3, 4],
      ],
      1,
      [0, -2],
    ),
  ).toThrow(new RangeError("rot90: axes [0, 0] has one of them twice"));
  expect(() =>
    np.rot90(
      [
        [1, 2],
        [3, 4],
      ],
      1,
      [0, 2],
    ),
  ).toThrow(new np.AxisError("rot90: axis 2 is out of bounds for an array of 2 axes"));
  expect(() => np.rot90([1, 2])).toThrow(new np.AxisError("rot90: axis 1 is out of bounds for an array of 1 axes"));
});

test("elements are shifted round", () => {
  expect(typed(np.roll([1, 2, 3], -1))).toEqual(["int64", [2, 3, 1]]);
  expect(typed(np.roll([1, 2, 3], [1, 1]))).toEqual(["int64", [2, 3, 1]]);
  expect(
    typed(
      np.roll(
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
      [4, 1],
      [2, 3],
    ],
  ]);
  expect(
    typed(
      np.roll(
        [
          [1, 2, 3],
          [3, 4, 5],
        ],
        1,
        [0, 1],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [5, 3, 4],
      [3, 1, 2],
    ],
  ]);
  expect(
    typed(
      np.roll(
        [
          [1, 2, 3],
          [3, 4, 5],
        ],
        [1, 2],
        1,
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2, 3],
      [3, 4, 5],
    ],
  ]);
  expect(
    typed(
      np.roll(
        [
          [1, 2, 3],
          [3, 4, 5],
        ],
        [1, 2],
        { axis: [1, 1] },
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 2, 3],
      [3, 4, 5],
    ],
  ]);
  expect(typed(np.roll([], 1))).toEqual("float64[0]");
  expect(() =>
    np.roll(
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2],
      [0, 1, 1],
    ),
  ).toThrow(new ShapeError("roll: 2 shifts don't fit 3 axes"));
});
