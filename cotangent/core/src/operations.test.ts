import { expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { add, less, mul, select } from "./operations.ts";

test("a number beside an array is of its dtype, on either side", () => {
  expect(mul(array([1.5, 2]), 2).toList()).toEqual([3, 4]);
  expect(mul(2, array([1.5, 2])).toList()).toEqual([3, 4]);
  const condition = less(array([1, 3]), 2);
  expect(select(condition, array([5, 6]), 0).toList()).toEqual([5, 0]);
  expect(select(condition, 0, array([5, 6])).toList()).toEqual([0, 6]);
});

test("numbers alone are no array, since they don't say which library is to compute", () => {
  expect(() => add(1, 2)).toThrow(TypeError);
  expect(() => add(1, 2)).toThrow("add of two numbers is no array");
  expect(() => select(less(array([1]), 2), 1, 2)).toThrow(TypeError);
  expect(() => select(less(array([1]), 2), 1, 2)).toThrow("select of two numbers is no array");
});
