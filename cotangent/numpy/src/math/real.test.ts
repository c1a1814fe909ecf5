// Numbers that JavaScript has no function for, or another one: values are those of NumPy 2.4.6.
import type { DType, Value } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../index.ts";

function small(list: readonly number[], dtype: DType = "int32"): Value {
  return np.array(list, dtype);
}

test("the neighbour of a float32 is one of its own, towards the other number", () => {
  const x = small([0, -0, 1, -1, 2 ** -149, 3.4028234663852886e38, Infinity, NaN, 1, 2], "float32");
  const y = small([1, -1, 2, 0, -1, Infinity, 0, 1, 1, NaN], "float32");
  const found = np.nextafter(x, y);
  expect(found.dtype).toBe("float32");
  expect(found.toList()).toEqual([
    2 ** -149,
    -(2 ** -149),
    1 + 2 ** -23,
    -1 + 2 ** -24,
    0,
    Infinity,
    3.4028234663852886e38,
    NaN,
    1,
    NaN,
  ]);
});

test("the distance to the next number has the sign of the number, and there is none of what is not finite", () => {
  const distances = (dtype: DType, large: number) =>
    np.spacing(small([0, 1, -1, large, Infinity, -Infinity, NaN], dtype)).toList();
  expect(distances("float32", 3e38)).toEqual([2 ** -149, 2 ** -23, -(2 ** -23), 2 ** 104, NaN, NaN, NaN]);
  expect(distances("float64", 1e308)).toEqual([5e-324, 2 ** -52, -(2 ** -52), 2 ** 971, NaN, NaN, NaN]);
});

test("a remainder has the sign of the divisor, fmod's that of the dividend; by 0 both are 0", () => {
  const x = small([5, -5, 7, -7, 6]);
  const y = small([0, 0, -3, 3, 3]);
  expect(np.remainder(x, y).toList()).toEqual([0, 0, -2, 2, 0]);
  expect(np.fmod(x, y).toList()).toEqual([0, 0, 1, -1, 0]);
  expect(np.floor_divide(x, y).toList()).toEqual([0, 0, -3, -3, 2]);
});

test("integers have no negative powers", () => {
  for (const dtype of ["int32", "int64"] as const) {
    expect(() => np.power(small([2], dtype), small([-1], dtype))).toThrow(RangeError);
    expect(() => np.power(small([2], dtype), small([-1], dtype))).toThrow("negative integer powers");
    expect(np.power(small([2, 3], dtype), small([0, 4], dtype)).toList()).toEqual([1, 81]);
  }
});

test("shifts by more than there are bits leave the sign alone", () => {
  const x = small([-8, 8], "int16");
  const by = small([40, 40], "int16");
  expect(np.right_shift(x, by).toList()).toEqual([-1, 0]);
  expect(np.left_shift(x, by).toList()).toEqual([0, 0]);
  expect(np.right_shift(small([-8]), small([-1])).toList()).toEqual([-1]);
});

test("reciprocals of integers are whole, squares of truth values int8", () => {
  expect(np.reciprocal(small([1, 2, -1])).toList()).toEqual([1, 0, -1]);
  expect(np.reciprocal(small([1, 2, -1], "int64")).toList()).toEqual([1, 0, -1]);
  const squares = np.square(np.array([true, false]));
  expect([squares.dtype, squares.toList()]).toEqual(["int8", [1, 0]]);
  expect(np.bitwise_count(small([-7, 255])).toList()).toEqual([3, 8]);
});

test("the modified Bessel function is infinite where it is out of range", () => {
  expect(np.i0(small([1.7e308, 800, 0], "float64")).toList()).toEqual([Infinity, Infinity, 1]);
  expect(Number(np.i0(45).item()) / 2 ** 60).toBeCloseTo(1.807073653195298, 13);
});

test("parts of complex numbers are rounded and asked one by one", () => {
  const x = np.array([
    { re: 0.5, im: 1.5 },
    { re: -2.5, im: -0.4 },
    { re: Infinity, im: NaN },
    { re: 0, im: -Infinity },
    { re: 0, im: 0 },
  ]);
  expect(np.rint(x).toList()).toEqual([
    { re: 0, im: 2 },
    { re: -2, im: -0 },
    { re: Infinity, im: NaN },
    { re: 0, im: -Infinity },
    { re: 0, im: 0 },
  ]);
  expect(np.isinf(x).toList()).toEqual([false, false, true, true, false]);
  expect(np.isfinite(x).toList()).toEqual([true, true, false, false, true]);
  expect(np.logical_not(x).toList()).toEqual([false, false, false, false, true]);
  const sinc = np
    .sinc([
      { re: 0, im: 0 },
      { re: 1, im: 1 },
    ])
    .toList();
  const part = expect.closeTo(-1.8380389551874887, 13) as unknown;
  expect(sinc).toEqual([
    { re: 1, im: 0 },
    { re: part, im: part },
  ]);
});

test("of two complex numbers the one that is none is left out by fmax and fmin", () => {
  const x = np.array([
    { re: 1, im: 1 },
    { re: NaN, im: 1 },
    { re: 2, im: 0 },
  ]);
  const y = np.array([
    { re: 1, im: 2 },
    { re: 3, im: 0 },
    { re: 0, im: NaN },
  ]);
  expect(np.fmax(x, y).toList()).toEqual([
    { re: 1, im: 2 },
    { re: 3, im: 0 },
    { re: 2, im: 0 },
  ]);
  expect(np.fmin(x, y).toList()).toEqual([
    { re: 1, im: 1 },
    { re: 3, im: 0 },
    { re: 2, im: 0 },
  ]);
});

test("the sign bit of a big integer is its sign, and a complex number has none", () => {
  expect(np.signbit(small([-1, 2], "int64")).toList()).toEqual([true, false]);
  expect(() => np.signbit({ re: 1, im: 0 })).toThrow(TypeError);
  expect(() => np.bitwise_count([1.5])).toThrow(TypeError);
});
