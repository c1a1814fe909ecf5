import { DTypeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("numbers are rounded after the point, or before it", () => {
  expect(typed(np.round([2.5, 3.5]))).toEqual(["float64", [2, 4]]);
  expect(typed(np.round([1.25, 1.35], { decimals: 1 }))).toEqual(["float64", [1.2, 1.4]]);
  expect(typed(np.round([125.5], -1))).toEqual(["float64", [130]]);
  expect(typed(np.round([15, 25], 1))).toEqual(["int64", [15, 25]]);
  expect(typed(np.round([15, 25, 5], -1))).toEqual(["int64", [20, 20, 0]]);
  expect(typed(np.round(np.array([15, 25, 125], "uint8"), -1))).toEqual(["uint8", [20, 20, 120]]);
  expect(typed(np.round(np.array([1.25], "float32"), 1))).toEqual(["float32", [1.2000000476837158]]);
  expect(typed(np.round([{ re: 1.25, im: 2.75 }], 1))).toEqual(["complex128", [{ re: 1.2, im: 2.8 }]]);
  // NumPy has float16 for these.
  expect(typed(np.round([true, false]))).toEqual(["float32", [1, 0]]);
  expect(() => np.round([true, false], 1)).toThrow(
    new DTypeError("round(bool[2]): truth values are rounded to whole numbers only"),
  );
});

test("powers of 2 are multiplied by, without overflow on the way", () => {
  expect(typed(np.ldexp([1, 2], [1, 2]))).toEqual(["float64", [2, 8]]);
  expect(typed(np.ldexp(5e-324, 1074))).toEqual(["float64", 1]);
  expect(typed(np.ldexp(1.5, -1074))).toEqual(["float64", 1e-323]);
  expect(typed(np.ldexp(1.5, [1023, -1080, 5000]))).toEqual(["float64", [1.348269851146737e308, 0, Infinity]]);
  expect(typed(np.ldexp(np.array([1], "float32"), np.array([1], "int8")))).toEqual(["float32", [2]]);
  expect(() => np.ldexp([1, 2], [1.5])).toThrow(
    new DTypeError("ldexp(int64[2], float64[1]): the exponent is not an integer"),
  );
  expect(() => np.ldexp([1, 2], [{ re: 1, im: 1 }])).toThrow(
    new DTypeError("ldexp(int64[2], complex128[1]): the exponent is not an integer"),
  );
  expect(() => np.ldexp([{ re: 1, im: 1 }], [1])).toThrow(
    new DTypeError("ldexp(complex128[1]): there is no such function of complex128"),
  );
});

test("complex numbers are real if their imaginary parts are close to 0", () => {
  expect(typed(np.real_if_close([{ re: 1, im: 1e-20 }]))).toEqual(["float64", [1]]);
  expect(typed(np.real_if_close([{ re: 1, im: 1e-3 }]))).toEqual(["complex128", [{ re: 1, im: 0.001 }]]);
  expect(typed(np.real_if_close([{ re: 1, im: 1e-3 }], 0.1))).toEqual(["float64", [1]]);
  // A hundred spacings of 1 are the limit, and not near enough themselves.
  expect(np.real_if_close([{ re: 1, im: 99.5 * Number.EPSILON }]).dtype).toBe("float64");
  expect(np.real_if_close([{ re: 1, im: 100 * Number.EPSILON }]).dtype).toBe("complex128");
  expect(typed(np.real_if_close([1]))).toEqual(["int64", [1]]);
});
