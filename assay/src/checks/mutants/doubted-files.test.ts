import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { doubtedFiles } from "./doubted-files.ts";

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** The files whose compiler asks for a fallback, among configurations that lie on the disk. */
async function doubted(configs: Texts, files: Texts): Promise<readonly string[]> {
  const root = mkdtempSync(join(tmpdir(), "doubted-files-"));
  made.push(root);
  for (const [path, text] of Object.entries(configs)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { pairs, workspace } = await contextOf({ base: {}, head: files });
  return [...doubtedFiles({ pairs, workspace: { ...workspace, root } })];
}

const strict = '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }';
const lax = '{ "compilerOptions": { "strict": true } }';
const fallback = "export const first = (list: string[]) => list[0] ?? '';\n";

test.each([
  [{ "tsconfig.json": strict }, true],
  [{ "src/tsconfig.json": strict }, true],
  [{ "tsconfig.json": strict, "src/tsconfig.json": lax }, false],
  [{ "tsconfig.json": lax, "src/tsconfig.json": strict }, true],
  [{ "src/tsconfig.json": '{ "extends": "../base.json" }', "base.json": strict }, true],
  [{ "tsconfig.json": lax }, false],
  [{ "lib/tsconfig.json": strict }, false],
  [{}, false],
])("the nearest configuration of %j asks for one: %s", async (configs, is) => {
  expect(await doubted(configs, { "src/deep/a.ts": fallback })).toEqual(is ? ["src/deep/a.ts"] : []);
});

test("a configuration that only lists others is none; one of those is enough", async () => {
  const solution = { "tsconfig.json": '{ "files": [], "references": [{ "path": "a.json" }, { "path": "b.json" }] }' };
  const files = { "src/a.ts": fallback };
  expect(await doubted({ ...solution, "a.json": lax, "b.json": strict }, files)).toEqual(["src/a.ts"]);
  expect(await doubted({ ...solution, "a.json": lax, "b.json": lax }, files)).toEqual([]);
  const refers = { "tsconfig.json": '{ "references": [{ "path": "b.json" }] }', "b.json": strict };
  expect(await doubted(refers, files)).toEqual([]);
});

test.each([
  ["src/a.mts", fallback, true],
  ["src/a.tsx", fallback, true],
  ["src/a.ts", "const a = list[0]\n  ?? b;\n", true],
  ["src/a.ts", "const a = list[0]??b;\n", true],
  ["src/a.js", fallback, false],
  ["src/a.ts.txt", fallback, false],
  ["src/a.ts", "const a = b ?? list[0];\n", false],
])("%s with %j may have one to doubt: %s", async (path, text, is) => {
  expect(await doubted({ "tsconfig.json": strict }, { [path]: text })).toEqual(is ? [path] : []);
});
