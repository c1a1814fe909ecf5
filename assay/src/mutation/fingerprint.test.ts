import { expect, test } from "vitest";
import type { Mutant } from "../model/mutant.ts";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates } from "./candidates.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { mutantWith } from "./known-mutants.ts";

const path = repoPath("src/a.ts");

/** The fingerprints of all mutants of a file, in their order. */
function fingerprints(text: string): readonly string[] {
  const file = parseSource(path, text);
  return mutantsOf(text).map(fingerprintsOf(file, parseSource));
}

function mutantsOf(text: string): readonly Mutant[] {
  return findCandidates(parseSource(path, text), [{ start: 1, end: Infinity }]).mutants;
}

const original = "export function isOver(a: number, b: number) {\n  if (a > b) return true;\n  return a + 1 > b;\n}\n";

const same: Readonly<Record<string, string>> = {
  "moved to other lines": `const other = 1;\n\n\n${original}`,
  "laid out otherwise": original.replace("a > b", "(\n    a >\n b )"),
  "with comments": original.replace("a + 1", "a /* one */ + /* more */ 1"),
  "with other types": original.replace("a: number, b: number", "a: any, b: 1").replace("a + 1", "(a as number)! + 1"),
};

for (const [title, text] of Object.entries(same)) {
  test(`the fingerprints of code are those of the same code ${title}`, () => {
    const found = fingerprints(original);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThan(2);
    expect(fingerprints(text)).toEqual(expect.arrayContaining([...found]));
  });
}

const other: Readonly<Record<string, string>> = {
  "another number in its function": original.replace("1", "2"),
  "one more statement in its function": original.replace("return a", "b;\n  return a"),
  "another name of its function": original.replace("isOver", "isUnder"),
};

for (const [title, text] of Object.entries(other)) {
  test(`${title} makes another mutant of each`, () => {
    const before = new Set(fingerprints(original));
    expect(fingerprints(text).filter((fingerprint) => before.has(fingerprint))).toEqual([]);
  });
}

test("the same edit at two places of a function is two mutants", () => {
  const found = fingerprints("export const f = (a: number) => [a > 1, a > 1];\n");
  expect(found.length).toBeGreaterThan(1);
  expect(new Set(found).size).toBe(found.length);
});

test("two edits of the same place are two mutants", () => {
  const found = fingerprints("export const f = (a?: number, b = 1) => g(a ?? b);\n");
  expect(found.length).toBeGreaterThan(2);
  expect(new Set(found).size).toBe(found.length);
});

test("outside of functions the statement counts, and no other one", () => {
  const statement = "export const a = b + c;\n";
  expect(fingerprints(`const d = 1;\n${statement}`)).toEqual(expect.arrayContaining([...fingerprints(statement)]));
  const before = new Set(fingerprints(statement));
  expect(fingerprints(statement.replace("c;", "c, d = 1;")).filter((each) => before.has(each))).toEqual([]);
});

test("what stands beside the outermost function in its statement does not count", () => {
  const beside = "const a = [1], f = (b: number) => b + a;\n";
  const inFunction = fingerprints(beside).at(-1);
  expect(fingerprints(beside.replace("[1]", "[1, 2]"))).toContain(inFunction);
});

test("an edit beside a private field is the same one when it is laid out otherwise", () => {
  const text = "class A { #b = 1; f(c: number) { return g(this.#b + c); } }\n";
  expect(fingerprints(text.replace("+ c", "+\n      c"))).toEqual(fingerprints(text));
});

test("mutants that were acknowledged are known again by the fingerprints that were written down", () => {
  expect(fingerprints(original)).toEqual(["c9bfbbb4e7", "10bb687b87", "83140d3a91", "a34168e7d5"]);
});

test("what surrounds an inner function counts, and what surrounds the outermost one does not", () => {
  const inner = "export const f = (limit: number) => (xs: number[]) => xs.filter((x) => x > limit);\n";
  expect(fingerprints(`const a = 1;\n${inner}`)).toEqual(expect.arrayContaining([...fingerprints(inner)]));
  const before = new Set(fingerprints(inner));
  expect(fingerprints(inner.replace("limit: number", "limit = 1")).filter((each) => before.has(each))).toEqual([]);
});

test("a mutant is found again by its fingerprint, with its line", async () => {
  const moved = parseSource(path, `\n\n${original}`);
  const [fingerprint = ""] = fingerprints(original);
  expect(await mutantWith(fingerprint, moved)).toEqual({ line: 4, shown: [expect.any(String), expect.any(String)] });
  expect(await mutantWith("0123456789", moved)).toBeUndefined();
});

test("a file that can not be parsed has no mutants", async () => {
  expect(await mutantWith("0123456789", parseSource(path, "if ("))).toBeUndefined();
});
