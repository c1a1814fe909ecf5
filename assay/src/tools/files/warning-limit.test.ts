import { expect, test } from "vitest";
import { warningLimit } from "./warning-limit.ts";

test("a limit is a whole number, anything else limits nothing", () => {
  const given = (value: string | null): number => warningLimit(new Map([["--max-warnings", value]]));
  expect(["0", "12"].map(given)).toEqual([0, 12]);
  for (const other of ["-1", "3x", "x3", "1.5", "", null]) expect([other, given(other)]).toEqual([other, Infinity]);
  expect(warningLimit(new Map())).toBe(Infinity);
});
