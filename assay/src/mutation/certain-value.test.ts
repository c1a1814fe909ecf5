import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findCandidates, type Candidates } from "./candidates.ts";
import { mutatorsNamed } from "./mutators/index.ts";
import { selectMutants } from "./selection.ts";

const everyLine = [{ start: 1, end: 1000 }];

function candidates(text: string, elements = true): Candidates {
  const mutators = mutatorsNamed(["nullish-coalescing", "number-constant"]);
  return findCandidates(parseSource(repoPath("src/a.ts"), text), everyLine, mutators, { elements });
}

/** What `… ?? 7` may become, where `… ?? 7` stands once in the code. */
function fallbacks(text: string, elements = true): readonly string[] {
  const { mutants } = candidates(text, elements);
  const at = text.indexOf("7");
  return mutants.filter(({ start, end }) => start <= at && at < end).map((each) => each.replacement);
}

const certain = [
  "for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i += 2) f((xs[i] as number) ?? 7)",
  "for (let i = 1; a && xs.length > i; ++i) f(xs[i] ?? 7)",
  "for (let i = 0, n = xs.length; i < n; i++) f(xs[i] ?? 7)",
  "const n = xs.length; for (let i = 0; i < n; i++) { if (a) f(xs[i] ?? 7) }",
  "for (let i = xs.length - 1; i >= 0; i--) f(xs[i] ?? 7)",
  "for (let i = xs.length - 2; i > -1; i -= 1) f(xs[i] ?? 7)",
  "for (let i = 0; i < this.rows.length; i++) f(this.rows[i] ?? 7)",
  "for (const i of xs.keys()) f(xs[i] ?? 7)",
  "for (const [i, x] of xs.entries()) f(x, xs[i] ?? 7)",
  "xs.map((x, i) => f(x, xs[i] ?? 7))",
  "xs.reduce((sum, x, i) => sum + (xs[i] ?? 7), 1)",
  "const f = (xs: readonly number[]) => { for (let i = 0; i < xs.length; i++) g(xs[i] ?? 7) }",
  "const match = /(a)(b|c)/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)(b|c)/.exec(s); f(match[2] ?? 7)",
  "const match = s.match(/(?:x|y)(?<a>z+)+/); f(match![1] ?? 7)",
  "const re = /(a)/g; for (const match of s.matchAll(re)) f(match[1] ?? 7, match[0] ?? 8)",
  'f(s.split(",")[0] ?? 7)',
  'f(s.split(",", 1)[0] ?? 7)',
];

test.each(certain)("there is no test for what is never reached in %s", (code) => {
  // That the value is used at all is asked nevertheless.
  expect(fallbacks(code)).toEqual(["7"]);
  expect(candidates(code).arid.get("certain-value")).toBeGreaterThan(0);
});

const open = [
  "for (let i = 0; i <= xs.length; i++) f(xs[i] ?? 7)",
  "for (let i = 0; i < ys.length; i++) f(xs[i] ?? 7)",
  "for (let i = 0; a || i < xs.length; i++) f(xs[i] ?? 7)",
  "for (let i = from; i < xs.length; i++) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) f(xs[i + 1] ?? 7)",
  "for (let i = 0; i < xs.length; i++) f(xs?.[i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) { xs.pop(); f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { i += a; f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) xs[i] = (xs[i] ?? 7) + 1",
  "for (let i = 0; i < xs.length; i++) for (const i of ys) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) ys.map((xs) => xs[i] ?? 7)",
  "for (let i = xs.length; i >= 0; i--) f(xs[i] ?? 7)",
  "for (let i = xs.length - 1; i >= low; i--) f(xs[i] ?? 7)",
  "const xs = new Array(n); for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "const f = (xs: (number | undefined)[]) => { for (let i = 0; i < xs.length; i++) g(xs[i] ?? 7) }",
  "for (const key of Object.keys(xs)) f(xs[key] ?? 7)",
  "ys.map((y, i) => xs[i] ?? 7)",
  "counts[word] = (counts[word] ?? 7) + 1",
  "const match = /(a)?b/.exec(s); f(match[1] ?? 7)",
  "const match = /(?:(a)b)*/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)|b/.exec(s); f(match[1] ?? 7)",
  "const match = /(?!(a))b/.exec(s); f(match[1] ?? 7)",
  "const match = /a/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)/.exec(s); f(match?.[1] ?? 7)",
  "const match = s.match(/(a)/g); f(match[1] ?? 7)",
  "let match = /(a)/.exec(s); f(match[1] ?? 7)",
  'f(s.split(",")[1] ?? 7)',
  'f(s.split("")[0] ?? 7)',
  "f(s.split(separator)[0] ?? 7)",
  'f(s.split(",", n)[0] ?? 7)',
];

test.each(open)("a test may tell of the fallback in %s", (code) => {
  expect(fallbacks(code).length).toBeGreaterThan(1);
  expect(candidates(code).arid.has("certain-value")).toBe(false);
});

test("where the compiler asks for no fallback, one behind an index was written for a reason", () => {
  const [loop = ""] = certain;
  expect([fallbacks(loop, false).length > 1, fallbacks('f(s.split(",")[0] ?? 7)', false)]).toEqual([true, ["7"]]);
});

test("of what the compiler may have asked for mutants are chosen last, of what it has not in their turn", () => {
  const code = "f(xs[place] ?? 7);\ng(b.c ?? 5);\nh(b.d ?? 6);\n";
  const chosen = (elements: boolean): readonly number[] => {
    const { mutants, late } = candidates(code, elements);
    const isNumber = mutants.filter(({ mutator }) => mutator === "number-constant");
    return selectMutants(
      isNumber,
      2,
      () => true,
      undefined,
      ({ id }) => late.has(id),
    ).map(({ line }) => line);
  };
  expect([chosen(true), chosen(false)]).toEqual([
    [2, 3],
    [1, 2],
  ]);
});
