import { expect, test } from "vitest";
import type { ChangeContext } from "../model/check.ts";
import { contextOf, type TextsChange } from "./change/change-of-texts.ts";
import { focusedTest } from "./focused-test.ts";
import { forbiddenImport } from "./forbidden-import.ts";
import { guards } from "./index.ts";
import { oversizedFile } from "./oversized-file.ts";
import { runGuard, type Guard } from "./run-guards.ts";
import { suppression } from "./suppression.ts";
import { undeclaredDependency } from "./undeclared-dependency.ts";

/** Where a guard finds something: `path:line`. */
async function found(guard: Guard, change: TextsChange): Promise<readonly string[]> {
  const outcome = await runGuard(guard, await contextOf(change));
  return outcome.status === "failed" ? outcome.findings.map(({ path, line }) => `${path}:${line}`) : [];
}

const ignored = "// @ts-ignore\nrun();\n";

test("what moved to another file with its code is not new", async () => {
  const base = { "a.ts": `one();\n${ignored}`, "b.ts": "two();\n" };
  const head = { "a.ts": "one();\n", "b.ts": `two();\n${ignored}` };
  expect(await found(suppression, { base, head })).toEqual([]);
});

test("what was copied to another file is new there", async () => {
  const base = { "a.ts": ignored, "b.ts": "two();\n" };
  expect(await found(suppression, { base, head: { "a.ts": ignored, "b.ts": `two();\n${ignored}` } })).toEqual([
    "b.ts:2",
  ]);
});

test("what was taken out in one place does not pay for something else in another", async () => {
  const base = { "a.ts": ignored, "b.ts": "two();\n" };
  const head = { "a.ts": "run();\n", "b.ts": "// @ts-ignore\ntwo();\n" };
  expect(await found(suppression, { base, head })).toEqual(["b.ts:1"]);
});

test("what was edited while its file was split is not new", async () => {
  const base = { "all.ts": `${ignored}// @ts-ignore\nwalk();\n` };
  const head = { "one.ts": "// @ts-ignore\nrun(1);\n", "two.ts": "// @ts-ignore\nwalk(2);\n", "c.ts": "c();\n" };
  expect(await found(suppression, { base, head })).toEqual([]);
  expect(await found(suppression, { base, head: { ...head, "c.ts": "// @ts-ignore\nc();\n" } })).toHaveLength(1);
});

test("of equal ones in a file the one on a touched line is the new one", async () => {
  const base = { "a.ts": `start();\n\n${ignored}` };
  expect(await found(suppression, { base, head: { "a.ts": `start();\n${ignored}\n${ignored}` } })).toEqual(["a.ts:2"]);
});

test("a renamed file brings along what it had", async () => {
  const base = { "old.ts": `one();\n${ignored}` };
  const head = { "new.ts": `one(1);\n${ignored}` };
  expect(await found(suppression, { base, head, renames: { "new.ts": "old.ts" } })).toEqual([]);
});

test("a deleted file is not looked at", async () => {
  expect(await found(suppression, { base: { "a.ts": ignored }, head: {} })).toEqual([]);
});

test("generated files and fixtures are left alone", async () => {
  const attributes = {
    ".gitattributes": "gen/** linguist-generated\n*.gen.ts linguist-generated=true\ngen/hand.ts -linguist-generated\n",
  };
  const files = { "gen/a.ts": ignored, "src/b.gen.ts": ignored, "gen/hand.ts": ignored, "test/fixtures/c.ts": ignored };
  expect(await found(suppression, { base: attributes, head: { ...attributes, ...files } })).toEqual(["gen/hand.ts:1"]);
});

test("a file that is marked by its name is left alone at any depth, and no other", async () => {
  const attributes = { ".gitattributes": "api.ts linguist-generated\n" };
  const files = { "api.ts": ignored, "src/deep/api.ts": ignored, "src/my-api.ts": ignored, "src/api.tsx": ignored };
  const head = { ...attributes, ...files };
  expect(await found(suppression, { base: attributes, head })).toEqual(["src/api.tsx:1", "src/my-api.ts:1"]);
});

test("a change can not declare itself generated", async () => {
  const head = { ".gitattributes": "* linguist-generated\n", "a.ts": ignored };
  expect(await found(suppression, { base: {}, head })).toEqual(["a.ts:1"]);
});

test("marks in a folder count below it and go before those above", async () => {
  const attributes = {
    ".gitattributes": "* linguist-generated\n",
    "src/.gitattributes": "/*.ts -linguist-generated\n",
  };
  const head = { ...attributes, "src/a.ts": ignored, "src/deep/b.ts": ignored, "c.ts": ignored };
  expect(await found(suppression, { base: attributes, head })).toEqual(["src/a.ts:1"]);
});

test("files that are not text, or no TypeScript or JavaScript, are no trouble", async () => {
  const head = { "a.png": "\u0000// @ts-ignore", "b.md": "// @ts-ignore", "c.json": "// @ts-ignore" };
  for (const guard of guards) expect(await found(guard, { base: {}, head })).toEqual([]);
});

test("each version of a file is parsed once, whoever looks at it", async () => {
  const context: ChangeContext = await contextOf({ base: { "a.ts": "a();\n" }, head: { "a.ts": "b();\n" } });
  const [pair] = context.pairs;
  expect(pair?.head).toBe(pair?.head);
  expect(pair && context.parse(pair.change.path)).toBe(pair?.head);
});

test("a dependency that is taken out while a file still imports it is found there", async () => {
  const file = { "src/a.ts": 'export * from "kept";\nexport * from "gone";\n' };
  const base = { ...file, "package.json": '{ "dependencies": { "kept": "1", "gone": "1" } }' };
  const head = { ...file, "package.json": '{ "dependencies": { "kept": "1" } }' };
  expect(await found(undeclaredDependency, { base, head })).toEqual(["src/a.ts:2"]);
});

test("a dependency and its imports may go together", async () => {
  const base = { "src/a.ts": 'export * from "gone";\n', "package.json": '{ "dependencies": { "gone": "1" } }' };
  const head = { "src/a.ts": "export {};\n", "package.json": "{}" };
  expect(await found(undeclaredDependency, { base, head })).toEqual([]);
});

test("without any manifest nothing can be undeclared", async () => {
  expect(await found(undeclaredDependency, { base: {}, head: { "a.ts": 'import "anything";\n' } })).toEqual([]);
});

test("without rules, relative paths into another workspace package are found, but for tests and the root", async () => {
  const packages = {
    "package.json": "{}",
    "packages/a/package.json": '{ "name": "a" }',
    "packages/b/package.json": '{ "name": "b" }',
  };
  const into = 'import "../../b/src/index.ts";\n';
  const head = {
    ...packages,
    "packages/a/src/a.ts": into,
    "packages/a/src/a.test.ts": into,
    "packages/a/src/own.ts": 'import "../../a/src/a.ts";\nimport "../../../shared.ts";\n',
    "scripts/x/all.ts": 'import "../../packages/b/src/index.ts";\n',
  };
  expect(await found(forbiddenImport, { base: packages, head })).toEqual(["packages/a/src/a.ts:1"]);
});

test("a file that moves to another scope is judged by that scope's rules", async () => {
  const config = { pathMap: { a: "a", b: "b", c: "c" }, dependencies: { a: ["c"], b: [] } };
  const text = 'import "../c/index.ts";\n';
  const change = { base: { "a/x.ts": text }, head: { "b/x.ts": text }, renames: { "b/x.ts": "a/x.ts" }, config };
  expect(await found(forbiddenImport, change)).toEqual(["b/x.ts:1"]);
});

test("a scope without an entry in the dependencies may import nothing", async () => {
  const config = { pathMap: { a: "a", b: "b" }, dependencies: { b: [] } };
  expect(await found(forbiddenImport, { base: {}, head: { "a/x.ts": 'import "../b/y.ts";\n' }, config })).toEqual([
    "a/x.ts:1",
  ]);
});

test("a file at the limit passes, whatever ends its last line", async () => {
  const config = { maxFileLines: 2 };
  for (const text of ["a();\nb();", "a();\nb();\n", "a();\r\nb();\r\n"]) {
    expect(await found(oversizedFile, { base: {}, head: { "a.ts": text }, config })).toEqual([]);
  }
  expect(await found(oversizedFile, { base: {}, head: { "a.ts": "a();\nb();\nc();" }, config })).toEqual(["a.ts:null"]);
});

test("a file that can not be parsed does not stop the other files", async () => {
  const head = { "a.test.ts": "const = ;\n", "b.test.ts": 'it.only("b", () => {});\n' };
  expect(await found(focusedTest, { base: {}, head })).toEqual(["b.test.ts:1"]);
});
