import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { packageUses } from "./package-uses.ts";

/** `kind name`, with the line. */
function uses(code: string, path = "src/a.ts"): readonly string[] {
  return packageUses(parseSource(repoPath(path), code)).map(({ kind, name, line }) => `${line} ${kind} ${name}`);
}

test.each([
  ["import 'ky';", ["1 import ky"]],
  ["import 'ky/http';", ["1 import ky"]],
  ["import 'ky?raw';", ["1 import ky"]],
  ["import '@x/y/z';", ["1 import @x/y"]],
  ["import '@x/y';\nimport 'ky';\nimport 'ky/http';", ["1 import @x/y", "2 import ky"]],
  ["import type { A } from 'ky';", ["1 type ky"]],
  ["export * from 'ky';", ["1 re-export ky"]],
  ["import('ky');", ["1 dynamic ky"]],
  ["require('ky');", ["1 require ky"]],
  ["import 'JSONStream';", []],
  ["import './ky'; import '../ky'; import '/ky';", []],
  ["import 'fs'; import 'node:test'; import 'fs/promises';", []],
  ["import '@/ky'; import '@@/ky'; import '~/ky'; import '~ky'; import '$ky'; import '#ky';", []],
  ["import '@site/ky'; import '@theme/ky'; import '@generated/ky'; import '@theme-original/ky';", []],
  ["import '@sites/ky'; import 'virtually';", ["1 import @sites/ky", "1 import virtually"]],
  ["import 'virtual:ky'; import 'virtual-ky'; import 'meteor/ky';", []],
  ["import 'astro:content'; import 'raw!ky'; import 'https://x.dev/ky'; import 'ky/*';", []],
  ["import '@ky'; import '@x/'; import '.ky';", []],
  [
    "import 'k'; import '@x/y'; import '@a/b-c.d_e~f'; import '~';",
    ["1 import k", "1 import @x/y", "1 import @a/b-c.d_e~f"],
  ],
  ["import.meta.resolve('ky'); vi.mock('ky'); readFile('ky');", []],
  ["declare module 'ky' {}", []],
  ["try { require('ky'); } catch {}", []],
  ["const name = 'ky'; import(name);", []],
])("%s asks for %j", (code, expected) => {
  expect(uses(code)).toEqual(expected);
});

test.each([
  ["jest.config.js", []],
  ["lib/vite.config.mjs", []],
  ["vite.config.prod.cjs", []],
  ["vite.config.e2e-ci.jsx", []],
  ["src/a.js", ["1 type ky"]],
  ["src/config.js", ["1 type ky"]],
  ["vite.config.js.map.js.tsx", []],
])("a note for editors in %s asks for %j", (path, expected) => {
  expect(uses("/** @type {import('ky').Config} */\nmodule.exports = {};\n", path)).toEqual(expected);
});

test("a note that a compiler reads asks for the package, and so does code beside a note", () => {
  const note = "/** @type {import('ky').Config} */\n";
  expect(uses(`// @ts-check\n${note}`, "jest.config.js")).toEqual(["2 type ky"]);
  expect(uses(`${note}import 'ky';\n`, "jest.config.js")).toEqual(["2 import ky"]);
  expect(uses(`import 'ky';\n${note}`, "jest.config.js")).toEqual(["1 import ky"]);
  expect(uses(`// For jest.\n${note}`, "jest.config.js")).toEqual([]);
  expect(uses("// Of ky.\nimport type { A } from 'ky';\n", "jest.config.ts")).toEqual(["2 type ky"]);
});
