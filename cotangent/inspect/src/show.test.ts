import { trace, type Value } from "@cotangent/core";
import { array } from "@cotangent/core/testing";
import { expect, test } from "vitest";
import { showConstant, showElement } from "./show.ts";

test("elements are shown shortly: few digits, both parts, the sign of zero", () => {
  expect(showElement({ re: 1, im: -2.5 })).toBe("1-2.5i");
  expect(showElement({ re: 1 / 3, im: 2 })).toBe("0.333333+2i");
  expect(showElement(-0)).toBe("-0");
  expect(showElement(true)).toBe("true");
  expect(showElement(2n ** 60n)).toBe("1152921504606846976");
});

test("a constant is shown by its elements where they are few, and known", () => {
  expect(showConstant(array([1, 2]))).toBe("[1, 2]");
  expect(showConstant(array(3))).toBe("3");
  expect(showConstant(array([1, 2, 3]), 2)).toBe("…");
  const seen: string[] = [];
  trace((x: Value) => {
    seen.push(showConstant(x));
    return x;
  })(array([1, 2]));
  expect(seen).toEqual(["(traced)"]);
});
