import { expect, test } from "vitest";
import { callerLocation } from "./location.ts";

test("the nearest frame outside the library is told", () => {
  expect(callerLocation()).toMatch(/location\.test\.ts:5:10$/);
});

test("deep calls hide nothing", () => {
  const call = (depth: number): string | null => (depth === 0 ? callerLocation() : call(depth - 1));
  expect(call(20)).toMatch(/location\.test\.ts:\d+:\d+$/);
});

test("how much of the stack others see stays what it was", () => {
  const before = Error.stackTraceLimit;
  callerLocation();
  expect(Error.stackTraceLimit).toBe(before);
});
