import { expect, test } from "vitest";
import { isComplex, isInexact, realDType, sameAval, sameShape, showAval, sizeOf } from "./aval.ts";

test("a scalar has one element, and a shape with a zero none", () => {
  expect([sizeOf([]), sizeOf([2, 3]), sizeOf([2, 0, 3])]).toEqual([1, 6, 0]);
});

test("shapes are the same when their lengths are", () => {
  expect([sameShape([2, 3], [2, 3]), sameShape([2], [2, 1]), sameShape([2, 3], [3, 2])]).toEqual([true, false, false]);
});

test("types are the same when shape and dtype are", () => {
  const a = { shape: [2], dtype: "float64" } as const;
  expect([sameAval(a, { ...a }), sameAval(a, { ...a, dtype: "float32" })]).toEqual([true, false]);
});

test("floating-point and complex values have derivatives", () => {
  const all = ["bool", "int64", "float32", "complex64"] as const;
  expect(all.map(isInexact)).toEqual([false, false, true, true]);
  expect(all.map(isComplex)).toEqual([false, false, false, true]);
  expect(all.map(realDType)).toEqual(["bool", "int64", "float32", "float32"]);
});

test("types are printed as dtype and lengths", () => {
  expect(showAval({ shape: [3, 4], dtype: "float64" })).toBe("float64[3,4]");
  expect(showAval({ shape: [], dtype: "bool" })).toBe("bool[]");
});
