import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { packedLines } from "./packed-lines.ts";

const packed = (text: string): number => packedLines(parseSource(repoPath("a.ts"), text));

test.each([
  ["a();\nb();\n", 0],
  ["a(); b();", 1],
  ["a(); b(); c();", 2],
  ["a();;", 0],
  ["if (a) { b(); }", 0],
  ["if (a) { b(); c(); }", 3],
  ["if (a) { b(); if (c) { d(); } }", 5],
  ["if (a) { b(); } if (c) { d(); }", 1],
  ["if (a) {\n  b(); c();\n}", 1],
  ["if (a) {\n  b();\n}", 0],
  ["if (a) {} else {}", 0],
  ["class A { a = 1; b = 2; c = 3; }", 4],
  ["class A { static { a(); b(); } c() { d(); } }", 8],
  ["interface A { a: 1; b: 2; }", 3],
  ["namespace A { a(); b(); }", 3],
  ["const a = { b: 1, c: 2 };", 0],
  ["for (let a = 0; a < 1; a++) b();", 0],
])("%j has so many lines too few: %i", (text, lines) => {
  expect(packed(text)).toBe(lines);
});

const wide = (length: number): string => `const a = [${"b, ".repeat(length)}];`.slice(0, length - 2) + "];";

test("a line that is too long counts as the lines it would be", () => {
  expect(packed(wide(160))).toBe(0);
  expect(packed(wide(161))).toBe(1);
  expect(packed(wide(320))).toBe(1);
  expect(packed(wide(321))).toBe(2);
  expect(packed(`${wide(161)}\n${wide(10)}\n${wide(321)}`)).toBe(3);
});

test("what is long in it, and can not be broken, does not count", () => {
  const long = "b".repeat(400);
  for (const text of [`const a = "${long}";`, `const a = \`${long}\`;`, `// ${long}`, `a(); /* ${long} */`])
    expect(packed(text)).toBe(0);
  expect(packed(`const a = "${long}";\n${wide(161)}`)).toBe(1);
  expect(packed(`${wide(321)} // ${long}`)).toBe(2);
});
