import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { collectorFor } from "./collected-tests.ts";
import { treeWithPaths } from "./tree-with-paths.ts";

/** Those of the paths that a runner takes for tests, whether they are there or not. */
async function collected(texts: Texts, paths: readonly string[]): Promise<readonly string[]> {
  const { workspace } = await contextOf({ base: {}, head: texts });
  const others = paths.map(repoPath);
  const collects = await collectorFor(workspace, others);
  return others.filter(collects);
}

const manifest = (...tools: readonly string[]): string =>
  JSON.stringify({ name: "a", devDependencies: Object.fromEntries(tools.map((tool) => [tool, "*"])) });
const plain = { "package.json": manifest() };

test("without a configuration names and folders say what is a test", async () => {
  const tests = [
    "src/a.test.ts",
    "src/a_spec.jsx",
    "src/a-test.mjs",
    "src/a.test-d.ts",
    "src/a.e2e.cts",
    "src/a.cy.js",
    "src/test-a.js",
    "src/test.js",
    "test/a.ts",
    "src/distance/a.test.ts",
    "src/fixtures.test.ts",
  ];
  const others = [
    "src/a.ts",
    "src/latest.ts",
    "src/mytest.ts",
    "src/protest-a.ts",
    "src/a.test.ts.bak",
    "src/a.test.md",
    "dist/a.test.js",
    "src/build/a.test.ts",
    "node_modules/a/a.test.js",
    ".cache/a.test.ts",
    "src/__fixtures__/a.test.ts",
    "test/fixture/a.test.ts",
    "test/fixtures/a.test.ts",
    "vendor/a.test.ts",
  ];
  expect(await collected(plain, [...tests, ...others])).toEqual(tests);
});

const only = (glob: string): string => `export default { test: { include: ["${glob}"] } };\n`;

test("where the runner is told, it is as it is told", async () => {
  const told = { "package.json": manifest("vitest"), "vitest.config.ts": only("checks/**/*.ts") };
  const paths = ["checks/a.ts", "src/a.test.ts", "checks/a.md"];
  expect(await collected(told, paths)).toEqual(["checks/a.ts"]);
  // It may be there already.
  expect(await collected({ ...told, "checks/a.ts": "", "src/a.test.ts": "" }, paths)).toEqual(["checks/a.ts"]);
});

test("a package is told nothing by another's configuration", async () => {
  const told = {
    ...plain,
    "a/package.json": manifest("vitest"),
    "a/vitest.config.ts": only("checks/**/*.ts"),
    "b/package.json": manifest(),
  };
  const paths = ["a/checks/a.ts", "a/src/a.test.ts", "b/checks/a.ts", "b/src/a.test.ts"];
  expect(await collected(told, paths)).toEqual(["a/checks/a.ts", "b/src/a.test.ts"]);
});

test("where one of the runners can't be read, names say it beside what the other is told", async () => {
  const told = {
    ...plain,
    "a/package.json": manifest("vitest"),
    "a/vitest.config.ts": only("checks/**/*.ts"),
    "b/package.json": manifest("vitest"),
    "b/vitest.config.ts": "export default make();\n",
  };
  const paths = ["a/checks/a.ts", "a/src/a.test.ts", "b/src/a.test.ts"];
  expect(await collected(told, paths)).toEqual(paths);
});

test("a tree with other paths has both, in order, and each once", async () => {
  const { workspace } = await contextOf({ base: {}, head: { "b.ts": "", "d.ts": "" } });
  const paths = ["c.ts", "a.ts", "b.ts"].map(repoPath);
  const tree = treeWithPaths(workspace.tree, paths);
  expect(tree.files.map(({ path }) => path)).toEqual(["a.ts", "b.ts", "c.ts", "d.ts"]);
  expect(["a.ts", "b.ts", "d.ts", "e.ts"].map((path) => tree.has(repoPath(path)))).toEqual([true, true, true, false]);
  expect(["a.ts", "b.ts"].map((path) => tree.blobOf(repoPath(path)))).toEqual([null, "b.ts"]);
});
