import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { undeclaredDependency } from "../undeclared-dependency.ts";

const manifests = (root: object, lib: object = {}): Texts => ({
  "package.json": JSON.stringify({ private: true, workspaces: ["lib"], ...root }),
  "lib/package.json": JSON.stringify({ name: "lib", private: true, ...lib }),
});
const needs = (name: string): string => `import x from "${name}";\nx();\n`;

/** Is a new file told that needs this package? */
async function isTold(path: string, files: Texts, name = "ky"): Promise<boolean> {
  const context = await contextOf({ base: files, head: { ...files, [path]: needs(name) } });
  return (await undeclaredDependency.inspect(context)).length > 0;
}

test.each([
  "lib/src/a.test.ts",
  "lib/vite.config.ts",
  "lib/.storybook/a.ts",
  "lib/bench/a.ts",
  "lib/benchmark/a.ts",
  "lib/benchmarks/a.ts",
  "lib/demo/a.ts",
  "lib/demos/a.ts",
  "lib/dev/a.ts",
  "lib/doc/a.ts",
  "lib/docs/a.ts",
  "lib/e2e/a.ts",
  "lib/example/a.ts",
  "lib/examples/a.ts",
  "lib/playground/a.ts",
  "lib/playgrounds/a.ts",
  "lib/sample/a.ts",
  "lib/samples/a.ts",
  "lib/script/a.ts",
  "lib/scripts/deep/a.ts",
  "lib/stories/a.ts",
  "lib/tasks/a.ts",
  "lib/testing/a.ts",
  "lib/tool/a.ts",
  "lib/tools/a.ts",
  "lib/website/a.ts",
  "lib/src/a.bench.ts",
  "lib/src/a.stories.tsx",
  "lib/src/a.story.jsx",
  "lib/src/a.bench.mjs",
])("%s accompanies its package, and may use what the root declares", async (path) => {
  expect(await isTold(path, manifests({ devDependencies: { ky: "1" } }))).toBe(false);
  expect(await isTold(path, manifests({}, { devDependencies: { ky: "1" } }))).toBe(false);
  expect(await isTold(path, manifests({}))).toBe(true);
});

test.each([
  "lib/src/a.ts",
  "lib/development/a.ts",
  "lib/my-demos/a.ts",
  "lib/src/stories.ts",
  "lib/src/a.benches.ts",
  "lib/src/a.stories.data.ts",
])("%s is the package's own, and needs its manifest", async (path) => {
  expect(await isTold(path, manifests({ dependencies: { ky: "1" } }))).toBe(true);
  expect(await isTold(path, manifests({}, { dependencies: { ky: "1" } }))).toBe(false);
});

test.each([
  ["dependencies", { ky: "1" }],
  ["devDependencies", { ky: "1" }],
  ["peerDependencies", { ky: "1" }],
  ["optionalDependencies", { ky: "1" }],
  ["peerDependenciesMeta", { ky: { optional: true } }],
  ["bundledDependencies", ["ky"]],
  ["bundleDependencies", ["ky", 1]],
])("%s declare a package", async (field, value) => {
  expect(await isTold("lib/a.ts", manifests({}, { [field]: value }))).toBe(false);
});

test("types of a package declare it, of a scoped one as well", async () => {
  const types = (name: string): Texts => manifests({}, { devDependencies: { [name]: "1" } });
  expect(await isTold("lib/a.ts", types("@types/ky"))).toBe(false);
  expect(await isTold("lib/a.ts", types("@types/acme__geo"), "@acme/geo")).toBe(false);
  expect(await isTold("lib/a.ts", types("@types/acme_geo"), "@acme/geo")).toBe(true);
  expect(await isTold("lib/a.ts", types("@types/kyoto"))).toBe(true);
});

test("a folder with a manifest of its own inside of a package may use both", async () => {
  const files = { ...manifests({}, { dependencies: { ky: "1" } }), "lib/esm/package.json": '{ "type": "module" }' };
  const context = await contextOf({ base: files, head: { ...files, "lib/esm/a.ts": needs("ky") } });
  const packages = context.workspace.packages.filter(({ dir }) => dir !== "lib/esm");
  expect(await undeclaredDependency.inspect({ ...context, workspace: { ...context.workspace, packages } })).toEqual([]);
});

test("a file that moves out of a deep folder does not bring a debt that was none there", async () => {
  const files = manifests({ dependencies: { ky: "1" } });
  const context = await contextOf({
    base: { ...files, "a/deep/x.ts": needs("ky") },
    head: { ...files, "lib/x.ts": needs("ky") },
    renames: { "lib/x.ts": "a/deep/x.ts" },
  });
  expect((await undeclaredDependency.inspect(context)).map(({ path }) => path)).toEqual(["lib/x.ts"]);
});
