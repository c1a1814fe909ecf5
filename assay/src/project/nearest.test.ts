import { expect, test } from "vitest";
import { nearest, suggestion } from "./nearest.ts";

const known = ["base", "budget_seconds", "max_mutants", "max_file_lines"];

test.each([
  ["bas", "base"],
  ["Base", "base"],
  ["max_mutant", "max_mutants"],
  ["budget_second", "budget_seconds"],
  ["budgetSeconds", "budget_seconds"],
  ["zzzz", undefined],
  ["x", undefined],
  ["", undefined],
])("%j is near %j", (name, expected) => {
  expect(nearest(name, known)).toBe(expected);
});

test("what is far from all gets the list, cut after a dozen", () => {
  expect(suggestion("zzzz", known, "keys")).toBe("Known keys: base, budget_seconds, max_mutants, max_file_lines.");
  expect(suggestion("zzzz", [], "scopes")).toBe("There are no scopes.");
  const many = Array.from({ length: 30 }, (_, index) => `package-number-${index}`);
  expect(suggestion("zzzz", many, "packages")).toMatch(/package-number-11, …\.$/);
});
