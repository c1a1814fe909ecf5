import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { findCandidates } from "../candidates.ts";
import { allMutators, mutatorOf } from "./index.ts";

/** By mutator: code, and what becomes of its expressions. */
const cases: Readonly<Record<string, readonly (readonly [code: string, ...mutants: string[]])[]>> = {
  arithmetic: [
    ["x = a + b", "a - b"],
    ["x = a - b * c", "a + b * c", "b / c"],
    ["x = (a + b) % c", "(a + b) * c", "a - b"],
    ["x = a ** b", "a * b"],
    ["x = a & b | c", "a & b & c", "a | b"],
    ["x = a ^ b", "a & b"],
    ["x = [a << b, a >> b, a >>> b]", "a >> b", "a << b", "a << b"],
    ["x = 'a' + b"],
    ["x = a + `b` + c"],
    ["x = String(a) + b"],
    ["x = a /* + */ + /* - */ b", "a /* + */ - /* - */ b"],
    ["x = a < b"],
  ],
  "assignment-operator": [
    ["a += b", "a -= b"],
    ["a -= b", "a += b"],
    ["a *= b; a /= b; a %= b; a **= b", "a /= b", "a *= b", "a *= b", "a *= b"],
    ["a &&= b; a ||= b; a ??= b", "a ||= b", "a &&= b"],
    [
      "a |= b; a &= b; a ^= b; a <<= b; a >>= b; a >>>= b",
      "a &= b",
      "a |= b",
      "a &= b",
      "a >>= b",
      "a <<= b",
      "a <<= b",
    ],
    ["a += 'b'"],
    ["a = b"],
  ],
  "boolean-literal": [
    ["x = true", "false"],
    ["f(false, { a: true })", "true", "false"],
    ["type X = true"],
    ["x = <p hidden={true}/>", "false"],
  ],
  "collection-constant": [
    ["() => [a]", "[]"],
    ["() => []", "[undefined]"],
    ["() => ({ a })", "{}"],
    ["() => ({})"],
    ["function f() { return [a] as const }", "[]"],
    ["x = [a]; f({ a })"],
  ],
  "comparison-boundary": [
    ["x = a < b", "a <= b"],
    ["x = [a <= b, a > b, a >= b]", "a < b", "a >= b", "a > b"],
    ["for (let i = 0; i < n; i++) f(i < k)", "i <= k"],
    ["while (i < n) i++"],
    ["x = a < b ? a : b"],
    ["x = a < b ? a : 0", "a <= b"],
    ["function f() { if (a > b) return b; if (a < c) { return c } if (a > d) return e }", "a >= d"],
    ["for (; go(() => i < n);) f()", "i <= n"],
    ["function f() { if (a === 0) return b; return a > 0 ? c : d }"],
    ["function f() { return a > 0 ? c : d }", "a >= 0"],
    ["if (a > 0) f(a)"],
    ["for (;;) if (a > 0) { f(a); break }", "a >= 0"],
    ["if (a > 0) f(a); else g()", "a >= 0"],
    ["x = a === b"],
  ],
  "comparison-negation": [
    ["x = a < b", "a >= b"],
    ["x = [a <= b, a > b, a >= b]", "a > b", "a <= b", "a < b"],
    ["x = [a === b, a !== b, a == b, a != b]", "a !== b", "a === b", "a != b", "a == b"],
    ["x = a in b", "!(a in b)"],
    ["x = a instanceof B", "!(a instanceof B)"],
    ["for (; i < n;) f()", "i >= n"],
    ["let x: A extends B ? true : false"],
  ],
  "condition-inversion": [
    ["if (a) f()", "!(a)"],
    ["x = a.b() ? 1 : 2", "!(a.b())"],
    ["while (a) f()", "!(a)"],
    ["if (a ?? b) f()", "!(a ?? b)"],
    ["if (!a) f(); else if (a && b) f(); else if (a < b) f(); else if (true) f()"],
    ["do f(); while (a)"],
  ],
  "logical-operator": [
    ["x = a && b", "a || b"],
    ["x = a || b", "a && b"],
    ["x = a || b || c", "(a || b) && c", "a && b"],
    ["x = (a || b) || (c ?? d)", "(a || b) && (c ?? d)", "a && b"],
    ["x = a && b || c && d", "a && b && c && d", "a || b", "c || d"],
    ["x = a ?? b"],
  ],
  "negation-removal": [["x = !a", "a"], ["x = !(a && b)", "a && b"], ["x = !!a", "!a"], ["x = -a"]],
  "number-constant": [
    ["x = 0", "1"],
    ["x = 1", "0"],
    ["x = [2, 1.5, 0x10]", "3", "2.5", "17"],
    ["f(a[0])", "1"],
    ["x = f()[1]"],
    ["x = 1e300"],
    ["x = 1n"],
    ["x = { 1: a }; y = { [1]: a }", "0"],
    ["enum E { A = 1 }"],
    ["let x: 1 | 2"],
  ],
  "string-constant": [
    ["x = a === 'b'", '""'],
    ["() => 'a'", '""'],
    ["function f() { return '' }", '"mutated"'],
    ["switch (a) { case 'b': f() }", '""'],
    ["x = a ? 'b' : 'c'", '""', '""'],
    ["x = typeof a === 'string'"],
    ["f('a'); x = 'b'; x = { 'c': 1 }"],
    ["import a from 'a'; export * from 'b'"],
    ["x = <p title='a'/>"],
  ],
  "unary-sign": [["x = -a", "a"], ["x = ~(a | b)", "a | b"], ["x = +a; x = !a; x = typeof a"]],
  "update-operator": [
    ["a++", "a--"],
    ["--a", "++a"],
    ["for (;; i++) f(j--)", "i--", "j++"],
  ],
};

for (const mutator of allMutators) {
  for (const [code, ...mutants] of cases[mutator.id] ?? []) {
    test(`${mutator.id}: ${code}`, () => {
      const file = parseSource(repoPath("a.tsx"), code);
      expect(file.syntaxErrors).toEqual([]);
      const found = findCandidates(file, [{ start: 1, end: 1 }], [mutator]);
      expect(found.mutants.map(({ replacement }) => replacement)).toEqual(mutants);
    });
  }
}

test("every file of the folder is a mutator that is listed, named after its id, and tested", () => {
  const files = readdirSync(fileURLToPath(new URL(".", import.meta.url)));
  const ids = files.filter((name) => !/^index\.|\.test\.ts$/.test(name)).map((name) => name.replace(/\.ts$/, ""));
  expect(allMutators.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
});

test("a mutator is found by its id", () => {
  expect([mutatorOf("arithmetic")?.id, mutatorOf("nothing")]).toEqual(["arithmetic", undefined]);
});

test("what a survivor means is a sentence, and what to show is a clause", () => {
  for (const { survivor, kill } of allMutators) {
    expect(survivor).toMatch(/^[A-Z].*\.$/);
    expect(kill).toMatch(/^[a-z].*[^.]$/);
  }
});
