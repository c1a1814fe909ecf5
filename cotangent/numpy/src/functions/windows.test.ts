import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("a window of no points is empty, and of one point 1", () => {
  expect(typed(np.bartlett(0))).toEqual("float64[0]");
  expect(typed(np.hanning(-1))).toEqual("float64[0]");
  expect(typed(np.hamming(0))).toEqual("float64[0]");
  expect(typed(np.blackman(1))).toEqual(["float64", [1]]);
  expect(typed(np.kaiser(1, 3))).toEqual(["float64", [1]]);
});

test("windows", () => {
  expect(typed(np.bartlett(4))).toEqual(["float64", [0, 0.6666666666666667, 0.6666666666666667, 0]]);
  expect(typed(np.hanning(5))).toEqual(["float64", [0, 0.5, 1, 0.5, 0]]);
  expect(typed(np.hamming(5))).toEqual(["float64", [0.08000000000000002, 0.54, 1, 0.54, 0.08000000000000002]]);
  expect(typed(np.blackman(5))).toEqual([
    "float64",
    [-1.3877787807814457e-17, 0.34, 0.9999999999999999, 0.34, -1.3877787807814457e-17],
  ]);
  expect(typed(np.kaiser(3, 5), 12)).toEqual(["float64", [0.0367108922713, 1, 0.0367108922713]]);
});
