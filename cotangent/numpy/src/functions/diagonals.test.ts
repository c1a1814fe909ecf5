import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("diagonals are of two axes", () => {
  expect(
    typed(
      np.diagonal(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    ),
  ).toEqual(["int64", [2]]);
  expect(
    typed(
      np.diagonal(
        [
          [1, 2],
          [3, 4],
        ],
        5,
      ),
    ),
  ).toEqual("int64[0]");
  expect(
    typed(
      np.diagonal(
        [
          [1, 2],
          [3, 4],
        ],
        -5,
      ),
    ),
  ).toEqual("int64[0]");
  expect(
    typed(
      np.diagonal(
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        { axis1: 1, axis2: 2 },
      ),
    ),
  ).toEqual(["int64", [[1, 4]]]);
  expect(() => np.diagonal([1, 2])).toThrow(new ShapeError("diagonal(int64[2]): a diagonal needs two axes"));
  expect(() =>
    np.diagonal(
      [
        [1, 2],
        [3, 4],
      ],
      0,
      0,
      0,
    ),
  ).toThrow(new ShapeError("diagonal(int64[2,2]): a diagonal needs two different axes"));
});

test("small integers on a diagonal are added up in 64 bits", () => {
  expect(
    typed(
      np.trace(
        np.array(
          [
            [1, 2],
            [3, 4],
          ],
          "uint8",
        ),
      ),
    ),
  ).toEqual(["uint64", 5]);
  expect(
    typed(
      np.trace(
        np.array(
          [
            [1, 2],
            [3, 4],
          ],
          "int8",
        ),
      ),
    ),
  ).toEqual(["int64", 5]);
  expect(
    typed(
      np.trace([
        [true, true],
        [false, true],
      ]),
    ),
  ).toEqual(["int64", 2]);
  expect(
    typed(
      np.trace(
        np.array(
          [
            [1, 2],
            [3, 4],
          ],
          "float32",
        ),
      ),
    ),
  ).toEqual(["float32", 5]);
  expect(
    typed(
      np.trace(
        [
          [1, 2],
          [3, 4],
        ],
        { dtype: "float32" },
      ),
    ),
  ).toEqual(["float32", 5]);
  expect(
    typed(
      np.trace(
        [
          [1, 2, 3],
          [3, 4, 5],
        ],
        1,
      ),
    ),
  ).toEqual(["int64", 7]);
  expect(() => np.trace([1, 2])).toThrow(new ShapeError("trace(int64[2]): a diagonal needs two axes"));
});
