import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { referencesOf } from "./references.ts";

const parseText = (text: string): ReturnType<typeof parseSource> => parseSource(repoPath("text.js"), text);

/** `kind specifier`, with `~` where names were followed to find it, and `?` where the program goes on without it. */
function references(code: string, path = "src/a.ts"): readonly string[] {
  return referencesOf(parseSource(repoPath(path), code), parseText).map(
    ({ specifier, kind, optional, indirect }) => `${kind} ${specifier}${indirect ? " ~" : ""}${optional ? " ?" : ""}`,
  );
}

test.each([
  ["import a from 'x';", ["import x"]],
  ["import 'x';", ["import x"]],
  ["import type a from 'x';", ["type x"]],
  ["import { type a } from 'x';", ["type x"]],
  ["import { type a, b } from 'x';", ["import x"]],
  ["export * from 'x';", ["re-export x"]],
  ["export { a } from 'x';", ["re-export x"]],
  ["export type * from 'x';", ["type x"]],
  ["export type { a } from 'x';", ["type x"]],
  ["export { type a } from 'x';", ["type x"]],
  ["export { type a, b } from 'x';", ["re-export x"]],
  ["export { a };", []],
  ["type A = import('x').A;", ["type x"]],
  ["import a = require('x');", ["require x"]],
  ["declare module 'x' {}", ["reference x"]],
  ["declare module x {}", []],
  ["import('x');", ["dynamic x"]],
  ["const n = 'x'; import(n);", ["dynamic x ~"]],
  ["import(n);", []],
  ["import('x' + 'y');", ["dynamic xy"]],
  ["require('x');", ["require x"]],
  ["const r = require; r('x');", ["require x"]],
  [
    "import { createRequire } from 'node:module'; createRequire(import.meta.url)('x');",
    ["import node:module", "require x"],
  ],
  ["new URL('./x', import.meta.url);", ["url ./x"]],
  ["new URL('./x', 'https://y.dev');", []],
  ["new URL('./x');", []],
  ["new URL('./x', y ? import.meta.url : 'https://y.dev');", ["url ./x"]],
  ["vi.mock('x');", ["mock x"]],
  ["vi.mock(import('x'));", ["dynamic x"]],
  ["try { require('x'); } catch {}", ["require x ?"]],
  ["try {} catch { require('x'); }", ["require x"]],
  ["import a from 'x'; import b from 'x';", ["import x", "import x"]],
  ["import a, { type b } from 'x';", ["import x"]],
  ["import {} from 'x';", ["import x"]],
  ["export {} from 'x';", ["re-export x"]],
  ["import.meta.resolve('x');", ["resolve x"]],
  ["import.meta.glob(['x', 'y']);", ["glob x ~", "glob y ~"]],
  ["require.resolve('x');", ["resolve x"]],
  ["require.call(null, 'x');", ["require x"]],
  ["const { require: load } = module; load('x');", ["require x"]],
  ["const a = require, b = a, c = b, d = c, e = d, f = e, g = f, h = g; h('x');", ["require x"]],
  ["const a = b; const b = a; a('x'); // require", []],
  ["require('x', 'y');", ["require x"]],
  ["require(`x`);", ["require x"]],
  ["require`x`;", ["require x"]],
  ["other`x`; require();", []],
  ["module.require('x');", ["require x"]],
  ["module['req' + 'uire']('x');", ["require x"]],
  ["global['req' + 'uire']('x');", ["require x"]],
  ["globalThis['req' + 'uire']('x');", ["require x"]],
  ["window?.['req' + 'uire']('x');", ["require x"]],
  ["r\\u0065quire('x');", ["require x"]],
  ["try { try { require('x'); } finally {} } catch {} require('y');", ["require x ?", "require y"]],
  ["import { fork as go } from 'node:child_process'; go('./x.js');", ["import node:child_process", "command ./x.js ~"]],
  ["import('');", []],
])("%j names %j", (code, expected) => {
  expect(references(code)).toEqual(expected);
});

test.each([
  ["fs.createReadStream('x');", "place x"],
  ["fs.readFileSync('x');", "place x"],
  ["fs.copyFileSync('x', 'y');", "place x, place y"],
  ["fs.cpSync('x', 'y');", "place x, place y"],
  ["cp('x', 'y');", "place x, place y"],
  ["fs.symlinkSync('x', 'y');", "place x, place y"],
  ["new Worker('x');", "place x"],
  ["new Worker(new URL('./x', import.meta.url));", "place file:///@repository/src/x, url ./x"],
  ["importScripts('x');", "place x"],
  ["audio.addModule('x');", "place x"],
  ["Deno.readTextFile('x');", "place x"],
  ["Bun.file('x');", "place x"],
  ["navigator.serviceWorker.register('x');", "place x"],
  ["proxyquire('x', {});", "require x"],
  ["rewire('x');", "require x"],
  ["esmock('x');", "require x"],
  ["vi.importActual('x');", "mock x"],
  ["jest.createMockFromModule('x');", "mock x"],
  ["jest.setMock('x', {});", "mock x"],
  ["mock.module('x');", "mock x"],
  ["process.getBuiltinModule('x');", "require x"],
  ["require.context('x');", "glob x"],
])("%s is a way to it", (code, expected) => {
  expect(
    references(code)
      .map((each) => each.replace(" ~", ""))
      .join(", "),
  ).toBe(expected);
});

test("the words of a command are what it may run", () => {
  const run = (code: string): readonly string[] =>
    references(`import { execSync } from "node:child_process"; ${code}`).slice(1);
  expect(run("execSync('node ./x.js --flag=y');")).toEqual([
    "command node ~",
    "command ./x.js ~",
    "command --flag ~",
    "command y ~",
  ]);
  expect(run("execSync(`node -e \"require('x')\"`);")).toContain("command x ~");
  // What is put together in the program of a command is not one of its words.
  for (const option of ["-e ", "-p ", "--eval=", "--print "])
    expect(run(`execSync("node ${option}'require(\\"num\\" + \\"py\\")\\n;'");`)).toContain("require numpy ~");
  expect(run("execSync('node', ['./x.js']);")).toEqual(["command node ~", "command ./x.js ~"]);
  expect(run("execSync(command);")).toEqual([]);
});

test("a program that stands in a text names what it loads", () => {
  expect(references("eval(\"require('x')\");")).toEqual(["require x ~"]);
  expect(references("import(\"data:text/javascript,import 'x'\");")).toContain("import x ~");
  const encoded = Buffer.from("import 'x'").toString("base64");
  expect(references(`import("data:text/javascript;base64,${encoded}");`)).toContain("import x ~");
  expect(references('import("data:text/javascript,%");')).toEqual(["dynamic data:text/javascript,%"]);
});

test("comments name types and the runtime of elements", () => {
  expect(references('/// <reference path="b.d.ts" />\n/// <reference types="node" />\n')).toEqual([
    "reference ./b.d.ts",
    "reference node",
  ]);
  expect(references('/// <reference path="../b.d.ts" />\n')).toEqual(["reference ../b.d.ts"]);
  expect(references("/** @jsxImportSource preact */\n")).toEqual(["import preact"]);
  expect(references("// @jsxImportSource preact\n")).toEqual([]);
  const types = '/** @type {import("x").A} */\n/** @import { A } from "y" */\n';
  expect(references(types, "src/a.js")).toEqual(["type x", "type y"]);
  expect(references(types)).toEqual([]);
  for (const path of ["src/a.mjs", "src/a.cjs", "src/a.jsx"]) expect(references(types, path)).toHaveLength(2);
  expect(references(`import "z";\n${types}`, "src/a.js")).toEqual(["import z", "type x", "type y"]);
  expect(references('/** @import A from "x" @import { B } from "y" */', "src/a.js")).toEqual(["type x", "type y"]);
  expect(references("/// <reference path=\"/b.d.ts\" />\n///<reference types='c'/>\n")).toEqual([
    "reference /b.d.ts",
    "reference c",
  ]);
  expect(references('// See <reference path="b.d.ts" />\n')).toEqual([]);
});
