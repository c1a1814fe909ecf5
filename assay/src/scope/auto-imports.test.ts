// A test may use what it does not import.
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { affectedBy, reached } from "./testing/affected-by.ts";

const files = {
  "package.json": '{"name":"a","dependencies":{"unplugin-auto-import":"21"}}',
  "src/use-count.ts": 'import "./count";',
  "src/count.ts": "",
  "src/shown.vue": "<script setup>\nuseCount();\n</script>\n",
  "src/shown.test.ts": "mount(Shown);",
  "src/imported.ts": "",
  "src/uses.ts": 'import "./imported";',
  "auto-imports.d.ts": 'declare global { const useCount: typeof import("./src/use-count")["useCount"]; }\nexport {};',
  "other/package.json": '{"name":"other"}',
  "other/other.test.ts": "",
  "other/unused.ts": "",
};

async function testsReached(changed: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const all = await reached({ files: { ...files, ...more }, changed: [changed] });
  return all.filter((line) => line.includes(".test.ts"));
}

test("what nobody imports, and what it imports, reaches the tests of a package whose tools write imports", async () => {
  expect(await testsReached("src/use-count.ts")).toEqual([
    "1 src/shown.test.ts: may use src/use-count.ts without importing it",
  ]);
  expect(await testsReached("src/count.ts")).toEqual([
    "2 src/shown.test.ts: may use src/use-count.ts without importing it",
  ]);
  expect(await testsReached("src/shown.vue")).toEqual([
    "1 src/shown.test.ts: may use src/shown.vue without importing it",
  ]);
});

test("a file that somebody imports is reached by its importers, up to one that nobody does", async () => {
  expect(await testsReached("src/imported.ts")).toEqual([
    "2 src/shown.test.ts: may use src/uses.ts without importing it",
  ]);
  const more = { "src/b.test.ts": 'import "./uses";' };
  expect(await testsReached("src/imported.ts", more)).toEqual(["2 src/b.test.ts: imports src/uses.ts"]);
});

test("tests and configuration are used by no test, nor is anything where imports are written by hand", async () => {
  const more = { "src/alone.test.ts": "", "nuxt.config.ts": "" };
  expect(await testsReached("src/alone.test.ts", more)).toEqual(["0 src/alone.test.ts: changed"]);
  expect(await testsReached("nuxt.config.ts", more)).toEqual([]);
  expect(await testsReached("other/unused.ts")).toEqual([]);
});

test.each(["nuxt", "unimport", "unplugin-vue-components", "unplugin-vue-router", "vite-plugin-pages", "wxt"])(
  "%s writes imports",
  async (name) => {
    const more = { "package.json": `{"name":"a","dependencies":{"${name}":"1"}}` };
    expect(await testsReached("src/use-count.ts", more)).toHaveLength(1);
  },
);

test("whoever may use a file unnamed may load it", async () => {
  const affected = await affectedBy({ files, changed: ["src/use-count.ts"] });
  expect(affected.loadersOf(repoPath("src/use-count.ts"))).toContain("src/shown.test.ts");
});
