import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import {
  fromData,
  isList,
  isMap,
  isReference,
  stringsIn,
  writtenConfig,
  type WrittenConfig,
} from "./written-config.ts";

/** What is only known by its name stands behind an `@`. */
function shown(value: WrittenConfig | undefined): unknown {
  if (isReference(value)) return `@${value.reference}`;
  if (isMap(value)) return Object.fromEntries([...value].map(([key, each]) => [key, shown(each)]));
  return isList(value) ? value.map(shown) : value;
}

function read(text: string): unknown {
  return shown(writtenConfig(parseSource(repoPath("eslint.config.ts"), text)));
}

test.each<[string, string, unknown]>([
  [
    "scalars",
    "export default { a: 1, b: 'x', c: true, d: null, e: undefined, f: 1n }",
    { a: 1, b: "x", c: true, d: null, e: "@undefined", f: "@1n" },
  ],
  ["nothing", "const a = 1;", undefined],
  ["a type", "export default interface A {}", undefined],
  ["module.exports", "module.exports = [1]", [1]],
  ["keys", "export default { 'a-b': 1, [`c`]: 2, 3: 4, [d]: 5, [true]: 6 }", { "a-b": 1, c: 2, 3: 4 }],
  ["a constant", "const a = { b: 1 }; export default [a, a.b, a['b'], a.c, a[x]]", [{ b: 1 }, 1, 1, "@.c", "@.?"]],
  [
    "a module's name in place of the import's",
    "import js, { x as y } from '@eslint/js'; export default [js.configs.all, y]",
    ["@@eslint/js.configs.all", "@@eslint/js"],
  ],
  [
    "the same by require",
    "const js = require('@eslint/js'); export default [js.configs.all]",
    ["@@eslint/js.configs.all"],
  ],
  ["another call", "const js = load('@eslint/js'); export default [js]", [["@load()", "@eslint/js"]]],
  ["spreads", "const a = [1, 2]; export default [0, ...a, ...b, ...c.d]", [0, 1, 2, "@b", "@c.d"]],
  ["holes", "export default [1, , 2]", [1, 2]],
  [
    "spread objects",
    "const a = { x: 1 }; export default { ...a, ...b.rules, y: 2 }",
    { x: 1, "...b.rules": "@b.rules", y: 2 },
  ],
  ["types and brackets", "export default ([1] satisfies T)", [1]],
  ["what is awaited", "export default await [1]", [1]],
  ["the last of two", "export default [process.env.CI && 1]", [1]],
  ["a function", "export default [(() => 1)]", [1]],
  ["a function with a body", "export default [() => { return 1; }]", ["@() => { return 1; }"]],
  ["what is not known", "export default [x   ? 1\n : 2]", ["@x ? 1 : 2"]],
  ["a long text", `export default [x ? "${"a".repeat(90)}" : 1]`, [`@${`x ? "${"a".repeat(90)}`.slice(0, 80)}`]],
  ["defineConfig", "export default defineConfig([1], 2)", [1, 2]],
  ["tseslint.config", "export default tseslint.config(a, [{ b: 1 }])", ["@a", { b: 1 }]],
  ["a list and more", "export default [1].concat(2)", [1, 2]],
  ["a list that is mapped", "export default [1, 2].map((x) => ({ x }))", [1, 2]],
  [
    "a preset that is called",
    "export default antfu({ ignores: ['a'] }, { files: ['b'], ignores: ['c'] })",
    ["@antfu()", { ignores: ["a"], globalIgnores: ["a"] }, { files: ["b"], ignores: ["c"] }],
  ],
  [
    "a preset with more behind it",
    "import antfu from 'antfu'; export default antfu({ a: 1 }).append({ b: 2 })",
    ["@antfu()", { a: 1 }, { b: 2 }],
  ],
  [
    "ignores of all",
    "export default [globalIgnores(['a']), globalIgnores()]",
    [{ globalIgnores: ["a"] }, { globalIgnores: [] }],
  ],
  ["what old presets are given", "export default [...compat.extends('a', x, 'b')]", ["@a", "@b"]],
  ["arguments that are spread", "const a = [1, 2]; export default defineConfig(...a)", [1, 2]],
  ["private names", "export default [a.#b]", ["@a.?"]],
])("%s", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("what names itself comes to an end", () => {
  expect(JSON.stringify(read("const a = [a]; export default a;"))).toContain("@");
});

test("data is as it is, and what it can't be is null", () => {
  expect(shown(fromData({ a: [1, "b", true, null], c: { d: undefined } }))).toEqual({
    a: [1, "b", true, null],
    c: { d: null },
  });
});

test("strings are those of a list, of lists in it, or a single one", () => {
  expect([stringsIn("a"), stringsIn(["a", 1, ["b", 2]]), stringsIn(undefined), stringsIn(new Map())]).toEqual([
    ["a"],
    ["a", "b"],
    [],
    [],
  ]);
});
