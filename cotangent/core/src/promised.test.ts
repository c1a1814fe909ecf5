import { expect, test } from "vitest";
import { promised } from "./promised.ts";

test("what is there is given, 0 and null among it, and what is not is named", () => {
  expect([0, null, false].map((each) => promised(each, "an element"))).toEqual([0, null, false]);
  expect(() => promised(undefined, "the second result")).toThrow(RangeError);
  expect(() => promised(undefined, "the second result")).toThrow("the second result is missing");
});
