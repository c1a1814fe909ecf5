import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "../source/parse.ts";
import { findProbes } from "./probes.ts";

function runtimeLines(text: string, lines = [{ start: 1, end: 1000 }]): number[] {
  return [...findProbes(parseSource(repoPath("a.tsx"), text), lines).lines.keys()];
}

test("lines without anything to execute are none of the runtime lines", () => {
  const text = `import { a } from "a";
// A comment.
/* Another,
   longer one. */
export interface B { readonly c: number }
type D = B;
export { a };

function f(
  x: number,
): number {
  return x; // Executed.
}
export default f;
declare const g: number;
`;
  expect(runtimeLines(text)).toEqual([12, 14]);
});

test("a line is told by the statements that start on it, else by the innermost one that spans it", () => {
  const text = "function f(a: boolean) {\n  if (a) return 1;\n  return g(\n    a,\n    2,\n  );\n}\n";
  const { lines, probes } = findProbes(parseSource(repoPath("a.ts"), text), [{ start: 2, end: 5 }]);
  const told = [...lines].map(([line, own]) => [
    line,
    own.map((probe) => text.slice(probes[probe]?.start).split(/[ (;]/, 1)[0]),
  ]);
  expect(told).toEqual([
    [2, ["if", "return"]],
    [3, ["return"]],
    [4, ["return"]],
    [5, ["return"]],
  ]);
});

test("bodies of arrow functions and values of fields are told on their own", () => {
  expect(runtimeLines("const f = () =>\n  g();\nclass A {\n  b = c();\n  d = () => {};\n}\n")).toEqual([1, 2, 3, 4, 5]);
});

test("only changed lines get probes, but every loop is guarded", () => {
  const file = parseSource(repoPath("a.ts"), "a();\nb();\nwhile (c) d();\nfor (const e of f) { g(); }\n");
  const { probes, loops } = findProbes(file, [{ start: 2, end: 2 }]);
  expect([probes.length, loops.map(({ form }) => form)]).toEqual([1, ["lone", "block"]]);
});

/** Where code is told to report, and how. */
const told: readonly (readonly [code: string, ...probes: string[]])[] = [
  ["x = () => f();", "before x = () => f();", "value f()"],
  ["x = (a = 1) => { f(); };", "before x = (a = 1) => { f(); };", "before f();"],
  ["if (a) f(); else g();", "before if (a) f(); else g();", "braces f();", "braces g();"],
  ["for (let i = 0; i < 1; i++) f();", "before for (let i = 0; i < 1; i++) f();", "braces f();"],
  ["switch (a) { case b: f(); }", "before switch (a) { case b: f(); }", "before f();"],
  ["export type A = 1; export interface B {}"],
];

test.each(told)("%s", (code, ...expected) => {
  const { probes } = findProbes(parseSource(repoPath("a.ts"), code), [{ start: 1, end: 1 }]);
  expect(probes.map(({ form, start, end }) => `${form} ${code.slice(start, end)}`)).toEqual(expected);
});

test("values of fields are told, but for functions, and keys are not", () => {
  const code = "class A { b = c(); d = () => f(); e = function () {}; [g] = h; }";
  const { probes } = findProbes(parseSource(repoPath("a.ts"), code), [{ start: 1, end: 1 }]);
  const values = probes.filter(({ form }) => form === "value");
  expect(values.map(({ start, end }) => code.slice(start, end))).toEqual(["c()", "f()", "h"]);
});

test.each<readonly [string, string]>([
  ["a.svelte.ts", "$state(0)"],
  ["a.ts", "input(10)"],
])(
  "in %s the value %s of a field is not told, as a compiler has to find it; what is inside of functions is",
  (path, value) => {
    const text = `import { input } from "@angular/core";\nclass A {\n  a = ${value};\n  b = a(1);\n}\nf(() => ${value});\n`;
    const { lines, probes } = findProbes(parseSource(repoPath(path), text), [{ start: 3, end: 6 }]);
    const told = probes.map(({ start, end }) => text.slice(start, end));
    expect(told.filter((code) => code === value || code === "a(1)")).toEqual(["a(1)", value]);
    expect([...lines.keys()]).toEqual([3, 4, 6]);
  },
);

test("a line within two statements is told by the inner one alone", () => {
  const text = "if (a) {\n  f(\n    1,\n  );\n}\n";
  const { lines, probes } = findProbes(parseSource(repoPath("a.ts"), text), [{ start: 3, end: 3 }]);
  expect([lines.size, probes.map(({ start, end }) => text.slice(start, end))]).toEqual([1, ["f(\n    1,\n  );"]]);
});

test("comments between the arguments of a call are no runtime lines", () => {
  expect(runtimeLines("f(\n  // One.\n  a,\n  // Other.\n  b,\n);\n")).toEqual([1, 3, 5]);
});
