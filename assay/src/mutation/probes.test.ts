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
