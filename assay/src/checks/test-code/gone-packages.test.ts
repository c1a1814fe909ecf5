// Which packages are gone with all that tried them, and which have only moved or lost a part.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { gonePackages } from "./gone-packages.ts";

const manifest = (name: string, dependencies: readonly string[] = []): string =>
  JSON.stringify({ name, dependencies: Object.fromEntries(dependencies.map((each) => [each, "*"])) });
const root: Texts = { "package.json": manifest("root"), "src/a.ts": "" };
const lib: Texts = { "packages/lib/package.json": manifest("lib"), "packages/lib/src/a.ts": "export const a = 1;\n" };
const tests: Texts = { "packages/lib/a.test.ts": "test('a', () => {});\n" };

async function gone(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  return gonePackages(await contextOf({ base: { ...root, ...base }, head: { ...root, ...head }, renames }));
}

const app: Texts = { "apps/web/package.json": manifest("web", ["lib"]), "apps/web/a.test.ts": "" };

test.each<[string, Texts, Texts, readonly string[]]>([
  ["a package", { ...lib, ...tests }, {}, ["packages/lib"]],
  ["a package, but for a page", { ...lib, "packages/lib/README.md": "" }, { "packages/lib/README.md": "" }, []],
  [
    "a package that had tests alone",
    { "packages/e2e/package.json": manifest("e2e"), "packages/e2e/a.test.ts": "" },
    {},
    [],
  ],
  ["a manifest", { ...lib }, { "packages/lib/src/a.ts": "export const a = 1;\n" }, []],
  ["sources", { ...lib }, { "packages/lib/package.json": manifest("lib") }, []],
  ["what used it", { ...lib, ...app }, {}, ["packages/lib", "apps/web"]],
  ["what used it, in part", { ...lib, ...app }, app, ["packages/lib"]],
  ["what used another", { ...lib, "apps/web/package.json": manifest("web", ["root"]) }, {}, ["packages/lib"]],
  ["an example", { "examples/a/package.json": manifest("a"), "examples/a/a.test.ts": "" }, {}, ["examples/a"]],
  ["an example of its own", { "web/example/a/package.json": manifest("a") }, {}, ["web/example/a"]],
  ["what is named like an example", { "my-examples/a/package.json": manifest("a") }, {}, []],
])("gone is %s", async (_, base, head, expected) => {
  expect(await gone(base, head)).toEqual(expected);
});

test("what moved is not gone", async () => {
  const moved: Texts = { "libs/lib/package.json": manifest("lib"), "libs/lib/src/a.ts": "export const a = 1;\n" };
  const renames = Object.fromEntries(Object.keys(moved).map((path) => [path, path.replace("libs/", "packages/")]));
  expect(await gone(lib, moved, renames)).toEqual([]);
  const source = { "libs/lib/src/a.ts": "packages/lib/src/a.ts" };
  expect(await gone(lib, { "libs/lib/src/a.ts": "export const a = 1;\n" }, source)).toEqual([]);
  const example: Texts = { "examples/a/package.json": manifest("a") };
  expect(await gone(example, { "examples/b/package.json": manifest("a") })).toEqual([]);
  expect(await gone({ ...lib, ...app }, { "sites/web/package.json": manifest("web", ["lib"]) })).toEqual([
    "packages/lib",
  ]);
});

test("the repository itself is never gone", async () => {
  const context = await contextOf({ base: { ...root, "a.test.ts": "" }, head: { "b.ts": "" } });
  expect(gonePackages(context)).toEqual([]);
});
