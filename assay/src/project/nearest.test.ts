import { expect, test } from "vitest";
import { nearest, suggestion } from "./nearest.ts";

const known = ["base", "budget_seconds", "max_mutants", "max_file_lines"];
const others = ["GROUP", "core-u1", "core-u2", "ccccccczzz", "dddddddddd", "abcdefg", "abcdef", "abc"];

test.each([
  ["bas", "base"],
  ["Base", "base"],
  ["max_mutant", "max_mutants"],
  ["budget_second", "budget_seconds"],
  ["budgetSeconds", "budget_seconds"],
  ["BASE", "base"],
  ["group", "GROUP"],
  ["core-ui", "core-u1"],
  ["abcdef", "abcdef"],
  ["abcabc", undefined],
  // Up to a third may differ.
  ["cccccccccc", "ccccccczzz"],
  ["ddddxxxxxx", undefined],
  ["zzzz", undefined],
  ["x", undefined],
  ["", undefined],
])("%j is near %j", (name, expected) => {
  expect(nearest(name, [...known, ...others])).toBe(expected);
});

test("what is far from all gets the list, cut after a dozen", () => {
  expect(suggestion("zzzz", known, "keys")).toBe("Known keys: base, budget_seconds, max_mutants, max_file_lines.");
  expect(suggestion("zzzz", [], "scopes")).toBe("There are no scopes.");
  const dozen = Array.from("abcdefghijkl", (letter) => letter.repeat(9));
  expect(suggestion("zzzz", dozen, "scopes")).toBe(`Known scopes: ${dozen.join(", ")}.`);
  const many = Array.from({ length: 30 }, (_, index) => `package-number-${index}`);
  expect(suggestion("zzzz", many, "packages")).toMatch(/package-number-11, …\.$/);
});
