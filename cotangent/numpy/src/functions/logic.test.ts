import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("arrays are equivalent if one can be broadcast to the other", () => {
  expect(
    np.array_equiv(
      [1, 2],
      [
        [1, 2],
        [1, 2],
      ],
    ),
  ).toEqual(true);
  expect(np.array_equiv([1, 2], [1, 3])).toEqual(false);
  expect(np.array_equiv([1, 2], [1, 2, 3])).toEqual(false);
});

test("arrays are equal in shape and elements, whatever their dtype", () => {
  expect(np.array_equal([true], [1])).toEqual(true);
  expect(np.array_equal([1, Number.NaN], [1, Number.NaN])).toEqual(false);
  expect(np.array_equal([1, Number.NaN], [1, Number.NaN], { equal_nan: true })).toEqual(true);
  expect(np.array_equal([1, 2], [1, 2, 3])).toEqual(false);
});

test("elements are close by a part of the second, or by a distance", () => {
  expect(typed(np.isclose([1, 2], [1, 2.1]))).toEqual(["bool", [true, false]]);
  expect(typed(np.isclose(1, [1, 2], 0.6))).toEqual(["bool", [true, true]]);
  expect(typed(np.isclose(1, [1, 2], 0, 1))).toEqual(["bool", [true, true]]);
  expect(typed(np.isclose([1, Number.NaN], [1, Number.NaN], { equal_nan: true }))).toEqual(["bool", [true, true]]);
  expect(typed(np.isclose([Infinity, -Infinity], [Infinity, Infinity]))).toEqual(["bool", [true, false]]);
  expect(np.allclose([1, 2], [1, 2.1], { atol: 0.2 })).toEqual(true);
  expect(() => np.isclose([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("isclose(float64[2], float64[3]): shapes can't be broadcast together"),
  );
});
