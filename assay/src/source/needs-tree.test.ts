import { expect, test } from "vitest";
import { needsTree } from "./needs-tree.ts";

test.each([
  'require("./a")',
  'M._load("./a")',
  "module.createRequire(u)",
  'import.meta.resolve("./a")',
  'new URL("./a", import.meta.url)',
  'import.meta.glob("./*")',
  'vi.mock("./a")',
  'vi\n  . mock ("./a")',
  'vi.mock<A>("./a")',
  'vi.doMock("./a")',
  'jest.unstable_mockModule("./a")',
  'jest.createMockFromModule("./a")',
  'mock.module("./a")',
  'vi.importActual("./a")',
  'jest.requireActual("./a")',
  'import a = require_("./a")',
  "import a=b.c",
  "import  type  abc  = b.c",
  'declare  module "a" { import "b"; }',
  'declare global { import a from "b"; }',
  'const a = "http://b"; require("./c");',
  "const a = `\n// ${require(b)}\n`",
  "const a = `\n/* ${require(b)} */`",
  'a; // b\nrequire("./a")',
  '/* a */ require("./b") /* c */',
  '  /* a */\n  require("./b")\n  /* c */',
  "load(require)",
  "const load = require as Load;",
  "const load = require satisfies Load;",
  'if ("main" in require) a();',
  "if (require in a) b();",
  "if (require instanceof A) b();",
  "for (require of all) a();",
  "const load = require\nload()",
  "const load = require;",
  'require ("./a")',
  'require.resolve("./a")',
  "a = require-1; // require-corp",
])("the tree of %j is asked for", (text) => {
  expect(needsTree(text)).toBe(true);
});

test.each([
  "const required = a;",
  "a_load(b)",
  "_loaded(b)",
  "prerequire;",
  "import.meta.env.A",
  "a.mocked(b)",
  "a.mock = b",
  "a.modules(b)",
  'import a from "./a"; b = c',
  'import type A from "./a"',
  "reimport a = b",
  "declare modules",
  "redeclare module",
  'declare modules; import "b";',
  'redeclare module; import "b";',
  "declare const a: B",
  "// require",
  "  // require",
  "\t//require\n//\nconst a = 1;",
  "/* require */",
  'it("should require a token", () => {});',
  "const text = 'to require\ta token';",
  'headers = { "Cross-Origin-Embedder-Policy": "require-corp" };',
  'rules = { "no-require-imports": "off" };',
  "  /*\n * require\n */ const a = 1;",
  "const a = 1;\n// require",
  "",
])("no tree of %j is asked for", (text) => {
  expect(needsTree(text)).toBe(false);
});

test.each([
  'declare module "a" { interface B { c: number } }',
  'import a from "./a";\ndeclare global { var b: typeof a }',
  'declare module "a" {}\nconst b = Array.from("c");',
  'declare  module "a" {}',
  "declare global {}",
  'declare global { type Place = "upfrom"; }',
  'declare module "a" {\n  interface B {}\n}\nconst c = "x from \'b\'";',
  'declare global {\n  interface B {}\n}\nexport * from "./c";\ndeclare module "a" {\n  interface B {}\n}\n',
])("what %j declares names no file", (text) => {
  expect(needsTree(text)).toBe(false);
});

test.each([
  'declare module "a" { import b from "./b"; }',
  'declare module "a" { export * from "./b"; }',
  'declare module "a" { import "./b"; }',
  'declare module "a" {\n  interface B {}\n}\ndeclare module "c" {\n  import "./b";\n}',
  'namespace A {\n  declare module "a" {\n}\n  import "./b";\n}',
  'declare module "a" { export * from /* b */ "./b"; }',
  'declare module "a" { export * from // b\n"./b"; }',
  'declare module "a" {}\nrequire("./b");',
])("what %j declares may name a file", (text) => {
  expect(needsTree(text)).toBe(true);
});
