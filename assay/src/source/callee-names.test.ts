import { expect, test } from "vitest";
import { CalleeNames } from "./callee-names.ts";
import { repoPath } from "../model/paths.ts";
import { parseSource } from "./parse.ts";
import { expressionOf } from "./testing/expressions.ts";
import { descendants } from "./walk.ts";

/** The names of an expression where these declarations stand. */
function namesOf(expression: string, declarations = ""): readonly string[] {
  const names = new CalleeNames();
  for (const node of descendants(parseSource(repoPath("a.ts"), declarations).program)) names.learn(node);
  return names.of(expressionOf(expression));
}

test.each([
  ["const a = require;", "require"],
  ["const a = import.meta;", "import.meta"],
  ["const a = module.Module;", "module.Module"],
  ["const a = process;", "process"],
  ["const { readFile: a } = fs;", "fs.readFile"],
  ['import * as a from "vitest";', "vitest"],
  ['import { jest as a } from "@jest/globals";', "@jest/globals.jest"],
  ['import { vi as a } from "vitest";', "vitest.vi"],
  ['import a from "node:module";', "module"],
])("after %s the name stands for %s too", (declarations, name) => {
  expect(namesOf("a", declarations)).toEqual(["a", name]);
});

test.each([
  "const a = b.c;",
  "const a = b.process;",
  "const a = process.c;",
  "const a = bjest;",
  "const a = vi.c;",
  "const a = vitest.c;",
  'import a from "./b.ts";',
])("what %s tells loads nothing and is not remembered", (declarations) => {
  expect(namesOf("a", declarations)).toEqual(["a"]);
});

test("a name that is declared twice stands for both, and never for itself", () => {
  expect(namesOf("a", "var a = require; var a = eval;")).toEqual(["a", "require", "eval"]);
  expect(namesOf("require", "const require = require;")).toEqual(["require"]);
});

test("a name stands for eight others at most", () => {
  const others = ["require", "eval", "Function", "fork", "spawn", "execa", "cp", "copyFile"];
  const choice = [...others, "readFile"].reduceRight((rest, other) => `x ? ${other} : ${rest}`, "y");
  expect(namesOf("a", `const a = ${choice};`)).toEqual(["a", ...others]);
});

test("what is taken of a thing in twelve steps has a name, in thirteen none", () => {
  const steps = (count: number): string => `a${".b".repeat(count)}`;
  expect(namesOf(steps(12))).toEqual([steps(12)]);
  expect(namesOf(steps(13))).toEqual([]);
});
