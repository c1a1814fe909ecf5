import { expect, test } from "vitest";
import { readFacts } from "./facts.ts";
import { importHeader } from "./import-header.ts";

async function specifiers(path: string, text: string): Promise<readonly string[]> {
  const facts = await readFacts(path, text);
  return facts.specifiers.map(({ kind, text, line }) => `${line} ${kind} ${text}`).toSorted();
}

async function opaque(text: string): Promise<readonly string[]> {
  const facts = await readFacts("a.ts", text);
  return facts.opaque.map(({ by, what }) => `${by} ${what}`);
}

/** Text without a word that asks for the parser, and the same with one. */
async function bothWays(text: string): Promise<readonly (readonly string[])[]> {
  return Promise.all([specifiers("a.ts", text), specifiers("a.ts", `${text}\nconst x = "import";`)]);
}

const headers: Readonly<Record<string, readonly string[]>> = {
  'import a from "./a";\nimport * as b from \'./b\'\nimport "./c";': ["1 import ./a", "2 import ./b", "3 import ./c"],
  'import type A from "./a"; import type { B } from "./b"; import { type C } from "./c";': [
    "1 type ./a",
    "1 type ./b",
    "1 type ./c",
  ],
  'import { type C, D } from "./c"; import type, { x } from "./d"; import type from "./e";': [
    "1 import ./c",
    "1 import ./d",
    "1 import ./e",
  ],
  'export * from "./a";\nexport { b } from "./b";\nexport type { C } from "./c";\nexport * as d from "./d";': [
    "1 re-export ./a",
    "2 re-export ./b",
    "3 type ./c",
    "4 re-export ./d",
  ],
  '#!/usr/bin/env node\n"use strict";\n// a comment\n/* another\n one */ import a from "./a" with { type: "json" };': [
    "5 import ./a",
  ],
  '\uFEFFimport {\r\n  a,\r\n  b,\r\n} from "./a";\r\nimport c from "./c";': ["1 import ./a", "5 import ./c"],
  'import{a}from"./a";export{b}from"./b";': ["1 import ./a", "1 re-export ./b"],
  'import {type A,type B as C , type  D\tas  E,} from "./a";': ["1 type ./a"],
  'import { type a as b } from "./a"; import { type as c } from "./b"; import d, { type e } from "./c";': [
    "1 import ./b",
    "1 import ./c",
    "1 type ./a",
  ],
  '/* a */ import "./a"; /* b */ import "./b";': ["1 import ./a", "1 import ./b"],
  '"use strict"\rimport "./a";\rimport "./b";': ["2 import ./a", "3 import ./b"],
  '\uFEFFimport "./a";': ["1 import ./a"],
  'import { a } from "./a";\nexport { a };': ["1 import ./a"],
  "export const a = 1;": [],
};

for (const [text, expected] of Object.entries(headers)) {
  test(`imports read without the parser are the parser's: ${JSON.stringify(text.slice(0, 40))}`, async () => {
    expect(importHeader(text)).toBeDefined();
    expect(await bothWays(text)).toEqual([expected, expected]);
  });
}

const header = 'import a from "./a";\n';

test.each([
  "const required = 1;",
  "const prerequire = 1;",
  "const imported = 1;",
  "const reimport = 1;",
  "import.meta.env.A;",
  'const from = "x";',
  "vi.mocked(a);",
  "const isActually = 1;",
  '// import("./b"',
  "// from './b'\n/* require */",
])("an import above %j is read without the parser", (text) => {
  const isCall = text.includes("import(");
  expect(importHeader(header + text)?.length).toBe(isCall ? undefined : 1);
});

test.each([
  'require("./b");',
  'M._load("./b");',
  'a;\nimport b from "./c";',
  "import.meta.environment;",
  'import ("./b");',
  'import\n("./b");',
  "const a = 'from'; export * from'./b'",
  'a; export * from "./b";',
  "a; export * from `b`",
  "createRequire(u);",
  'a.mock("./b");',
  'a.doMock("./b");',
  'a.unstable_mockModule("./b");',
  'declare  module "b" {}',
  'a.importActual("./b");',
  '/// <reference path="./b.ts" />',
])("an import above %j is read with the parser", (text) => {
  expect(importHeader(header + text)).toBe(undefined);
});

const mockers =
  "vi.mock vi.unmock vi.doMock vi.doUnmock vi.importActual vitest.importMock jest.createMockFromModule " +
  "jest.deepUnmock jest.dontMock jest.requireActual jest.requireMock jest.setMock jest.unstable_mockModule mock.module";

test.each(mockers.split(" "))("below imports alone, %s names a module", async (method) => {
  expect(await specifiers("a.ts", `${header}${method}("./b");`)).toEqual(["1 import ./a", "2 mock ./b"]);
});

test.each(["esmock", "import-fresh", "proxyquire", "require-from-string", "rewire"])(
  "below imports alone, what %s is called with is a module",
  async (name) => {
    expect(await specifiers("a.ts", `import load from "${name}";\nload("./b");`)).toEqual([
      `1 import ${name}`,
      "2 require ./b",
    ]);
    // A file of which only the record of imports was read.
    const recorded = await specifiers("a.ts", `import load from "${name}";\nload("./b");\nimport("./c");\nimport "d";`);
    expect(recorded).toEqual([`1 import ${name}`, "2 require ./b", "3 dynamic ./c", "4 import d"]);
  },
);

test("a chain of ten thousand calls is read to its end", async () => {
  const chain = "a" + ".b(1)".repeat(10_000);
  expect(await specifiers("a.ts", `${chain};\nrequire("./b");`)).toEqual(["2 require ./b"]);
});

const parsed: Readonly<Record<string, readonly string[]>> = {
  'export const a = 1;\nimport b from "./b";': ["2 import ./b"],
  "import(`./a`); import('./b', { with: {} }); import(c);": ["1 dynamic ", "1 dynamic ./a", "1 dynamic ./b"],
  'import("./a/" + name + ".js");': ["1 dynamic "],
  "import('./a/' + name + '.js');": ["1 dynamic "],
  "import(`./a/${name}.js`);": ["1 dynamic "],
  "import(`./a/` + name + `.js`);": ["1 dynamic "],
  'import(a ? "./a" : "./b");': ["1 dynamic "],
  'import("./$lib/a");': ["1 dynamic ./$lib/a"],
  'const a = require("./a"); require.resolve("./b"); require(c);': ["1 require ", "1 require ./a", "1 resolve ./b"],
  'import { createRequire } from "node:module"; const r = createRequire(import.meta.url); r("./a"); createRequire(u)("./b");':
    ["1 import node:module", "1 require ./a", "1 require ./b"],
  'import.meta.resolve("./a"); new URL("./b", import.meta.url); new URL("./c", "http://d");': [
    "1 resolve ./a",
    "1 url ./b",
  ],
  'vi.mock("./a"); vi.mock(import("./b")); await vi.importActual<T>("./c"); jest.requireActual("./d"); vi.fn().mock("./e");':
    ["1 dynamic ./b", "1 mock ./a", "1 mock ./c", "1 mock ./d"],
  'const a = module.createRequire(import.meta.url)("./a"); const b = module.create(u)("./b"); require("./c");': [
    "1 require ./a",
    "1 require ./c",
  ],
  'module.require("./a"); require.main.require("./b"); require.call(null, "./c"); (0, require)("./d"); a.require("./e");':
    ["1 require ./a", "1 require ./b", "1 require ./c", "1 require ./d"],
  'load("./a"); const load = require; const { resolve: find } = load; find("./b"); globalThis.require["resolve"]("./c");':
    ["1 require ./a", "1 resolve ./b", "1 resolve ./c"],
  'import M, { createRequire as make } from "module"; make(u)("./a"); M._load("./b"); M.createRequire(u).resolve("./c");':
    ["1 import module", "1 require ./a", "1 require ./b", "1 resolve ./c"],
  'const { createRequire } = require("node:module"); createRequire.call(null, u)("./a"); (await import("module"))._load("./b");':
    ["1 dynamic module", "1 require ./a", "1 require ./b", "1 require node:module"],
  'import { vi as v } from "vitest"; v.mock("./a"); const { mock } = v; mock("./b"); import.meta.globEager(["./c", "./d"]);':
    ["1 glob ./c", "1 glob ./d", "1 import vitest", "1 mock ./a", "1 mock ./b"],
  "require(`./a`); require(`./${b}`);": ["1 require ", "1 require ./a"],
  'let b: typeof import("./b");': ["1 type ./b"],
  'let c: typeof import ("./c");': ["1 type ./c"],
  'a; export { type A, b } from "./a"; export { type C } from "./c";': ["1 re-export ./a", "1 type ./c"],
  'mock.module("./a"); t.mock.module("./b"); angular.module("c");': ["1 mock ./a", "1 mock ./b"],
  'import a = require("./a"); type B = import("./b").B; let c: typeof import("./c");': [
    "1 require ./a",
    "1 type ./b",
    "1 type ./c",
  ],
  '/// <reference path="a.d.ts" />\nexport {};': ["1 reference ./a.d.ts"],
  '///<reference  path = "../a.d.ts"/>\n/// <reference path="/b.d.ts" />\n// / <reference path="./c.d.ts" />': [
    "1 reference ../a.d.ts",
    "2 reference /b.d.ts",
  ],
  'import.meta.glob(["./a/*.ts", "./b/*.ts"]); import.meta.glob("./c/*");': [
    "1 glob ./a/*.ts",
    "1 glob ./b/*.ts",
    "1 glob ./c/*",
  ],
  'declare module "a" { import b from "./b"; export * from "./c"; }': ["1 type ./b", "1 type ./c"],
  'import a from "./a";\ndeclare module "b" { interface C { d: typeof a } }\nrequires("./e");': ["1 import ./a"],
  'declare module "a" { interface B { c: import("./c").C } }': ["1 type ./c"],
  'const code = `\nimport a from "./a";\nrequire("./b");\n`; const b = "import c from \'./c\'";': [],
  '// import a from "./a";\n/* require("./b") */ export {};': [],
};

for (const [text, expected] of Object.entries(parsed)) {
  test(`what a file names: ${JSON.stringify(text.slice(0, 60))}`, async () => {
    expect(await specifiers("a.ts", text)).toEqual(expected);
  });
}

test("types in the comments of JavaScript count", async () => {
  expect(await specifiers("a.js", '/** @type {import("./a").A} */\nexport const a = 1;')).toEqual(["1 type ./a"]);
  expect(await specifiers("a.mjs", '/** @type {import( "./a" ).A} */\nexport const a = 1;')).toEqual(["1 type ./a"]);
  for (const path of ["a.ts", "a.js.ts"]) {
    expect(await specifiers(path, '/** @type {import("./a").A} */\nexport const a = 1;')).toEqual([]);
  }
});

test("a file that does not parse still names what it seems to import", async () => {
  const flow = '// @flow\nimport type { A } from "./a";\nconst b: ?B = require("./b");\ntype C = {| c: D |};';
  expect(await specifiers("a.js", flow)).toEqual(["2 import ./a", "3 require ./b"]);
  const broken = "const = 1; export { b } from'./b'; import (\n'./c'); jest.doMock('./d'); vi.mockModule ( './e')";
  expect(await specifiers("a.ts", `import a from "./a";\n${broken}`)).toEqual([
    "1 import ./a",
    "2 import ./b",
    "2 import ./c",
    "3 import ./d",
    "3 import ./e",
  ]);
});

test("what is too long to be parsed names what it seems to, and may see anything", async () => {
  const text = `${"// x\n".repeat(210_000)}const b = require("./b");\nif (b) module.exports = require(b + "c");\n`;
  expect([await specifiers("a.cjs", text), await opaque(text)]).toEqual([
    ["210001 require ./b"],
    ["runs a file of more than 1 MiB"],
  ]);
});

test("the scripts of components are read at their lines", async () => {
  const vue = '<template>\n  <a />\n</template>\n<script setup lang="ts">\nimport A from "./a.vue";\n</script>';
  expect(await specifiers("b.vue", vue)).toEqual(["5 import ./a.vue"]);
  const astro = '---\nimport A from "./a.astro";\n---\n<A />\n<script>import "./b";</script>';
  expect(await specifiers("b.astro", astro)).toEqual(["2 import ./a.astro", "5 import ./b"]);
  expect(await specifiers("b.mdx", '# Title\n\nimport A from "./a";\n\n<A />')).toEqual(["3 import ./a"]);
});

const components: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a.vue",
    "<script>import type { A } from './a';</script>\r\n<script setup>import './b';</script>",
    ["1 type ./a", "2 import ./b"],
  ],
  ["a.vue", "<SCRIPT>import './a';</SCRIPT>", ["1 import ./a"]],
  ["a.vue", "<p>it's</p><script>import('./a'); const a: number = 1;</script>", ["1 dynamic ./a"]],
  ["a.svelte", `<script lang="ts" generics="T extends Map<string, number>">import './a';</script>`, ["1 import ./a"]],
  ["a.svelte", "<script generics='T extends Set<`\"`>'>import './a';</script>", ["1 import ./a"]],
  ["a.svelte", "<!-- <script>import './a'</script> --><script>import './b'</script>", ["1 import ./b"]],
  ["a.vue", "<script-tag>import './a'</script-tag><script>import './b'</script>", ["1 import ./b"]],
  ["a.svelte", "<p>---\nimport './a';\n---</p>", []],
  ["a.astro", "\n---\r\nimport './a';\r\n---\n<p>\n---\n</p>", ["3 import ./a"]],
  ["a.astro", "---\nconst a = `<script>import './a'</script>`;\n---\n<script>import './b'</script>", ["4 import ./b"]],
  [
    "a.astro",
    '<script type="application/ld+json">{ "@type": "a" }</script><script>import "./b"</script>',
    ["1 import ./b"],
  ],
  ["a.astro", '<script type="text/x-template">import "./a"</script>', []],
  ["a.astro", '<script type="module" data-type="x">import "./a"</script>', ["1 import ./a"]],
  [
    "a.astro",
    "<script type='text/javascript'>import './a'</script><script type=module>import './b'</script>",
    ["1 import ./a", "1 import ./b"],
  ],
  ["a.astro", '<script type="">import "./a"</script>', ["1 import ./a"]],
  ["a.mdx", "Do not import './a'\n\nexport * from './b'", ["3 re-export ./b"]],
  ["a.mdx", "import './a'\n\n# Title", ["1 import ./a"]],
  ["a.vue.ts", "import './a';", ["1 import ./a"]],
];

for (const [path, text, expected] of components) {
  test(`what ${path} imports: ${JSON.stringify(text)}`, async () => {
    expect(await specifiers(path, text)).toEqual(expected);
  });
}

test("what lets a file see others at run time is told, by what it does", async () => {
  expect(await opaque('import { readFileSync } from "fs";')).toEqual(["reads node:fs"]);
  expect(await opaque('import { spawn } from "node:child_process";')).toEqual(["runs node:child_process"]);
  expect(await opaque('import { execa } from "execa"; import x from "fs-extra/esm";')).toEqual([
    "runs execa",
    "reads fs-extra/esm",
  ]);
  expect(await opaque("await import(name);")).toEqual(["runs dynamic of a computed name"]);
  expect(await opaque("require(name);")).toEqual(["runs require of a computed name"]);
  expect(await opaque('import.meta.glob("./*.ts");')).toEqual(["runs import.meta.glob"]);
  expect(await opaque("const here = __dirname;")).toEqual(["locates __dirname"]);
  expect(await opaque('import type { Stats } from "node:fs";')).toEqual([]);
  expect(await opaque('import "vitest/node"; import "vitest";')).toEqual(["runs vitest/node"]);
  expect(await opaque('import { SELF } from "cloudflare:test";')).toEqual(["runs cloudflare:test"]);
  expect(await opaque('import { DurableObject } from "cloudflare:workers";')).toEqual([]);
  expect(await opaque("new\n  SharedWorker(a);")).toEqual(["runs new SharedWorker"]);
  expect(await opaque("new WorkerService(a); renew Worker;")).toEqual([]);
  expect(await opaque("await  $`ls`;")).toEqual(["runs await $`"]);
  expect(await opaque('import { vol } from "memfs"; import path from "node:path";')).toEqual([]);
});
