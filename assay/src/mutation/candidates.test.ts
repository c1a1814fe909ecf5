import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates } from "./candidates.ts";

function candidates(text: string, lines = [{ start: 1, end: 1000 }]) {
  return findCandidates(parseSource(repoPath("src/a.ts"), text), lines);
}

/** Code in which nothing is mutated, with the reason that is counted; null where it is no candidate to begin with. */
const barren: readonly (readonly [title: string, code: string, reason: string | null])[] = [
  ["console", "console.log(a + b)", "logging"],
  ["a logger of one's own", "this.logger.warn(a ? 'x' : 'y')", "logging"],
  ["a logger that is imported", "log.debug(`${a + b}`)", "logging"],
  ["the text of an error", "throw new RangeError(a > b ? 'high' : 'low')", "error-text"],
  ["the text of an error that is made first", "const e = new ParseError(a + b)", "error-text"],
  ["an assertion", "assert.ok(a > b)", "assertion"],
  ["an invariant", "invariant(a > b, 'order')", "assertion"],
  ["process.exit", "process.exit(a ? 1 : 2)", "wiring"],
  ["the exit code", "process.exitCode = 1", "wiring"],
  ["the main guard", "if (import.meta.main) start(1)", "wiring"],
  ["the main guard of CommonJS", "if (require.main === module) start(1)", "wiring"],
  ["an exhaustiveness guard", "function f(a: never) { const x: never = g(a, 1) }", "exhaustiveness-guard"],
  ["an exhaustiveness call", "assertNever(a, true)", "exhaustiveness-guard"],
  ["a satisfied never", "f(a + 1 satisfies never)", "exhaustiveness-guard"],
  ["a dynamic import", "const a = import(b ? 'x' : 'y')", "import"],
  ["types", "type A = B extends 1 ? true : 'x'; interface C { a: 1 }; declare const d: 1; let e: typeof f[0]", null],
  ["imports and exports", "import a from 'a' with { type: 'json' }; export { b } from 'b'; export * from 'c'", null],
  ["directives", "'use strict'; function f() { 'use client' }", null],
  ["names of properties", "const a = { 'b': c, 1: d }; class E { 'f' = g; 2 = h }", null],
  ["enums", "enum A { B = 1, C = B + 1 } declare enum D { E = 1 }", null],
  ["overloads and abstract members", "declare function f(a?: 1): true; abstract class A { abstract b: 1 }", null],
];

for (const [title, code, reason] of barren) {
  test(`nothing is mutated in ${title}`, () => {
    const { mutants, arid } = candidates(code);
    expect([mutants, [...arid.keys()]]).toEqual([[], reason === null ? [] : [reason]]);
  });
}

test("a logarithm is no logger", () => {
  expect(candidates("const y = log(x + 1)").mutants).not.toEqual([]);
});

test("the condition of a throw is mutated, its text is not", () => {
  const { mutants, arid } = candidates("if (a > b) throw new Error('a' + (b + 1))");
  expect(mutants.map(({ mutator }) => mutator)).toEqual(["comparison-negation", "comparison-boundary"]);
  expect(arid).toEqual(new Map([["error-text", 2]]));
});

test("a mutant belongs to the line on which it changes something", () => {
  const text = "const a =\n  b\n  + c;\nconst d = e - f;\n";
  expect(candidates(text, [{ start: 3, end: 3 }]).mutants).toEqual([
    {
      id: "src/a.ts:arithmetic:1",
      path: "src/a.ts",
      line: 3,
      start: 12,
      end: 19,
      mutator: "arithmetic",
      original: "b\n  + c",
      replacement: "b\n  - c",
    },
  ]);
  expect(candidates(text, [{ start: 1, end: 2 }]).mutants).toEqual([]);
});

test("ids count the mutants of a kind in a file", () => {
  const ids = candidates("const a = b + c + d;").mutants.map(({ id }) => id);
  expect(ids).toEqual(["src/a.ts:arithmetic:1", "src/a.ts:arithmetic:2"]);
});
