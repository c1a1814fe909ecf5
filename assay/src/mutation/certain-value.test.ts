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
  "xs.reduceRight((sum, x, i) => sum + (xs[i] ?? 7), 1)",
  ...["every", "filter", "find", "findIndex", "flatMap", "forEach", "some"].map(
    (name) => `xs.${name}((x, i) => f(x, xs[i] ?? 7))`,
  ),
  "for (let i = 0; i < xs!.length; i++) f(xs![i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) try { g() } catch { f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) try { g() } catch (e) { f(e, xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { function g() {} f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { n = a; n++; delete ys[0]; ys.pop(); f(-i, xs.at(0), xs[i] ?? 7) }",
  "const xs = f(); for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "const f = (xs: readonly number[]) => { for (let i = 0; i < xs.length; i++) g(xs[i] ?? 7) }",
  "const match = /(a)(b|c)/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)(b|c)/.exec(s); f(match[2] ?? 7)",
  "const match = /(a)(b|c)/.exec(s); f(match[0] ?? 7)",
  "const match = /(?:a)?(?<b>c)/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)+?b/.exec(s); f(match[1] ?? 7)",
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
  "for (let i = 0; i < xs.length; i++) { xs.length = n; f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { i++; f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { delete xs[0]; f(xs[i] ?? 7) }",
  "for (let i = 0; i < o.xs.length; i++) { o = a; f(o.xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) try { g() } catch (xs) { f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) { class xs {} f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) switch (a) { case b: let xs = c; f(xs[i] ?? 7) }",
  "for (let i = 0; ; i++) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i *= 2) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i += 0) f(xs[i] ?? 7)",
  "for (let i = 0; n > i; i++) f(xs[i] ?? 7)",
  "for (let i = xs.length - 0; i >= 0; i--) f(xs[i] ?? 7)",
  "for (let i = xs.length - 1; i > -2; i--) f(xs[i] ?? 7)",
  "for (let i = xs.length - 1; i > low; i--) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) { i += a; f(xs[i] ?? 7) }",
  "for (let i = 0; i < xs.length; i++) xs[i] = (xs[i] ?? 7) + 1",
  "for (let i = 0; i < xs.length; i++) for (const i of ys) f(xs[i] ?? 7)",
  "for (let i = 0; i < xs.length; i++) ys.map((xs) => xs[i] ?? 7)",
  "for (let i = xs.length; i >= 0; i--) f(xs[i] ?? 7)",
  "for (let i = xs.length - 1; i >= low; i--) f(xs[i] ?? 7)",
  "const xs = Array(n); for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "const xs = []; for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "const xs = new Array(n); for (let i = 0; i < xs.length; i++) f(xs[i] ?? 7)",
  "const f = (xs: (number | undefined)[]) => { for (let i = 0; i < xs.length; i++) g(xs[i] ?? 7) }",
  "for (const key of Object.keys(xs)) f(xs[key] ?? 7)",
  "ys.map((y, i) => xs[i] ?? 7)",
  "xs.map((xs, i) => xs[i] ?? 7)",
  "xs.map(f, (x, i) => xs[i] ?? 7)",
  "xs.reach((x, i) => xs[i] ?? 7)",
  "xs.reach((i) => xs[i] ?? 7)",
  "counts[word] = (counts[word] ?? 7) + 1",
  "const match = /(a)?b/.exec(s); f(match[1] ?? 7)",
  "const match = /x(a)?b/.exec(s); f(match[1] ?? 7)",
  "const match = /(?:(a)b)*/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)|b/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)|bcd/.exec(s); f(match[1] ?? 7)",
  "const match = /(?:a|(?:(b)))/.exec(s); f(match[1] ?? 7)",
  "for (const match of /(a)/.exec(s)) f(match[1] ?? 7)",
  "for (const [match] of s.matchAll(/(a)/g)) f(match[1] ?? 7)",
  "const match = /(?!(a))b/.exec(s); f(match[1] ?? 7)",
  "const match = /a/.exec(s); f(match[1] ?? 7)",
  "const match = /(a)/.exec(s); f(match?.[1] ?? 7)",
  "const match = s.match(/(a)/g); f(match[1] ?? 7)",
  "let match = /(a)/.exec(s); f(match[1] ?? 7)",
  "f(xs[0] ?? 7)",
  'f(s?.split(",")[0] ?? 7)',
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

test("nothing is believed of lists unless the compiler asks for fallbacks", () => {
  const file = parseSource(repoPath("src/a.ts"), "for (let i = 0; i < xs.length; i++) f(xs[i] ?? b)");
  const { mutants, arid } = findCandidates(file, everyLine, mutatorsNamed(["nullish-coalescing"]));
  expect([mutants.map(({ replacement }) => replacement), arid.size]).toEqual([["b", "xs[i]"], 0]);
});

test("what is left out is counted: the fallback that is dropped, and what it could be instead", () => {
  const [loop = ""] = certain;
  expect(candidates(loop).arid).toEqual(new Map([["certain-value", 2]]));
});

test("late is what drops or changes a fallback that the compiler may have asked for", () => {
  const { mutants, late } = candidates("f(xs[a] ?? 7, ys[b] ?? 8, c.d ?? 5)");
  const named = mutants.filter(({ id }) => late.has(id)).map(({ replacement }) => replacement);
  expect(named.toSorted()).toEqual(["8", "9", "xs[a]", "ys[b]"]);
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
