import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { isFlow, parseFile, parseScript, parseSource } from "./parse.ts";
import { walk } from "./walk.ts";

function parse(path: string, text: string) {
  return parseSource(repoPath(path), text);
}

function errorsOf(path: string, text: string): readonly string[] {
  return parse(path, text).syntaxErrors.map((error) => error.message);
}

test("offsets count UTF-16 code units, whatever stands before", () => {
  for (const prefix of ["", "\uFEFF", "#!/usr/bin/env node\n", 'const s = "é🤨漢";\r\n']) {
    const text = `${prefix}call("ü");`;
    const found: string[] = [];
    walk(parse("a.ts", text).program, {
      enter(node) {
        if (node.type === "CallExpression") found.push(text.slice(node.start, node.end));
      },
    });
    expect(found).toEqual(['call("ü")']);
  }
});

test("an empty file has an empty program and one line", () => {
  const file = parse("a.ts", "");
  expect([file.program.body, file.syntaxErrors, file.lineOf(0)]).toEqual([[], [], 1]);
});

test("lines are counted over every kind of line ending", () => {
  const text = "a\r\nb\nc\rd";
  const file = parse("a.js", text);
  expect(["a", "b", "c", "d"].map((name) => file.lineOf(text.indexOf(name)))).toEqual([1, 2, 3, 4]);
  expect([file.lineOf(1), file.lineOf(2), file.lineOf(text.length)]).toEqual([1, 1, 4]);
});

test("a file of 262,144 lines is read to its end", () => {
  const text = ";\n".repeat(262_144);
  const file = parse("a.ts", text);
  expect([file.program.body.length, file.lineOf(text.length - 1)]).toEqual([262_144, 262_144]);
});

test("the extension decides about the language", () => {
  expect(errorsOf("a.js", "export const a = <b/>;")).toEqual([]);
  expect(errorsOf("a.ts", "export const a = <T>(b: T) => b;")).toEqual([]);
  expect(errorsOf("a.tsx", "export const a: C = <b/>;")).toEqual([]);
  expect(errorsOf("a.d.ts", "export const a: number;")).toEqual([]);
  expect(errorsOf("a.js", "const a: number = 1;")).not.toEqual([]);
});

test("scripts and CommonJS modules are not in error", () => {
  expect(errorsOf("a.js", "with (a) { var await; }")).toEqual([]);
  expect(errorsOf("a.js", "if (a) return; module.exports = 1;")).toEqual([]);
  expect(errorsOf("a.cjs", "return 1;")).toEqual([]);
  expect(errorsOf("a.js", "await a;")).toEqual([]);
  expect(errorsOf("a.ts", "return 1;")).not.toEqual([]);
  expect(errorsOf("a.js", "export {}; return 1;")).not.toEqual([]);
});

test("a syntax error says where it is", () => {
  const { syntaxErrors } = parse("a.ts", "const a = 1;\nconst = 2;");
  expect(syntaxErrors.map((error) => error.start)).toEqual([19]);
});

test("a component is its script, in the lines and under the name of the component", () => {
  const text = "<template />\n<script>\nreturn a;\n</script>\n";
  const file = parseFile(repoPath("src/a.vue"), text);
  const [statement] = file.program.body;
  expect(file).toMatchObject({ path: "src/a.vue", role: "source", text, syntaxErrors: [] });
  expect([statement?.type, file.lineOf(statement?.start ?? 0), file.lineOf(text.length)]).toEqual([
    "ReturnStatement",
    3,
    5,
  ]);
});

test.each<readonly [string, readonly string[]]>([
  ['<script lang="ts">', ["VariableDeclaration"]],
  ["<script setup lang='tsx'>", ["ExpressionStatement"]],
  ["<script lang=jsx>", ["ExpressionStatement"]],
  ["<script  lang='tsx'>", ["ExpressionStatement"]],
  ['<script setup generic="T extends Map<string, number>" lang="tsx">', ["ExpressionStatement"]],
  ["<script src='' note=\"\" generic='<T>' lang='tsx'>", ["ExpressionStatement"]],
  ['<script src="a>" lang="ts">', ["VariableDeclaration"]],
  ["<script>", ["VariableDeclaration"]],
])("what stands in %s is read as it says", (opening, expected) => {
  const code = expected[0] === "VariableDeclaration" ? "const a = <A>b;" : "<p>a</p>;";
  const { program, syntaxErrors } = parseScript(repoPath("A.vue"), `${opening}\n${code}\n</script>\n`);
  expect([syntaxErrors, program.body.map(({ type }) => type)]).toEqual([[], expected]);
});

test("a script with markup has types as well, and a file that is no component is read as it is", () => {
  const code = "const a: A = <p>a</p>;";
  const typed = parseScript(repoPath("A.vue"), `<script lang="tsx">${code}</script>`);
  expect([typed.syntaxErrors, typed.program.body.length]).toEqual([[], 1]);
  for (const parse of [parseFile, parseScript]) {
    const { path, text, program, syntaxErrors } = parse(repoPath("a.tsx"), code);
    expect([path, text, program.body.length, syntaxErrors]).toEqual(["a.tsx", code, 1, []]);
  }
});

test.each<readonly [string, readonly string[]]>([
  [
    "import a from 'a';\nif (a) return a('/');\nawait a();",
    ["ImportDeclaration", "IfStatement", "ExpressionStatement"],
  ],
  ["if (a) return;", ["IfStatement"]],
])("an Astro component's script may return and wait at the top: %j", (code, expected) => {
  const { program, syntaxErrors } = parseScript(repoPath("A.astro"), `---\n${code}\n---\n<p>{a}</p>\n`);
  expect([syntaxErrors, program.body.map(({ type }) => type)]).toEqual([[], expected]);
});

test("what is wrong in a component's script otherwise is told", () => {
  const errors = (path: string, text: string): readonly number[] =>
    parseScript(repoPath(path), text).syntaxErrors.map(({ start }) => start);
  expect(errors("A.astro", "---\nif (a) return a;\nconst = 2;\n---\n")).toContain(27);
  expect(errors("A.vue", "<script>\nif (a) return a;\n</script>\n")).toEqual([16]);
});

test("a Flow file is unreadable without being in error", () => {
  const text = "/**\n * @flow strict\n */\nconst a: ?string = null; type T = {| a: number |};";
  expect([isFlow(text), errorsOf("a.js", text)]).toEqual([true, []]);
});

test.each<readonly [string, boolean]>([
  ["// @flow", true],
  ["/* @noflow */", true],
  ["#!/usr/bin/env node\n// @flow", true],
  ["\uFEFF// @flow", true],
  ["'use strict'\n// @flow", true],
  ['"use strict";// @flow', true],
  ["// @flowers", false],
  ["a; // @flow", false],
  ["/* a */ b; /* @flow */", false],
  ['const a = "@flow";', false],
  ["'@flow'", false],
  [`/*${" ".repeat(4096)}@flow */`, false],
])("%j is Flow: %j", (text, expected) => {
  expect(isFlow(text)).toBe(expected);
});

test("parentheses are no nodes", () => {
  const { program } = parse("a.ts", "(a + b);");
  const [statement] = program.body;
  expect(statement?.type === "ExpressionStatement" && statement.expression.type).toBe("BinaryExpression");
});
