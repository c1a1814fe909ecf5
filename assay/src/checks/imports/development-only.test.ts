import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { undeclaredDependency } from "../undeclared-dependency.ts";

const manifest = (fields: object = {}): Texts => ({
  "package.json": JSON.stringify({ name: "own", main: "index.js", devDependencies: { ky: "1" }, ...fields }),
});
const loads = 'import ky from "ky";\nky();\n';

/** Where a package is told to be there for development only. */
async function told(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const findings = await undeclaredDependency.inspect(await contextOf({ base, head, renames }));
  return findings.flatMap(({ path, line, message }) =>
    message.includes("is declared for development only") ? [`${path}:${line}`] : [],
  );
}

/** What is told of these files, which are new, of a package with this manifest. */
const ofNew = (files: Texts, fields: object = {}): Promise<readonly string[]> =>
  told(manifest(fields), { ...manifest(fields), ...files });

test.each([
  ["import 'ky';", true],
  ["import ky from 'ky'; ky();", true],
  ["import * as ky from 'ky'; ky.get();", true],
  ["import { get } from 'ky/http'; get();", true],
  ["const ky = require('ky');", true],
  ["export { get } from 'ky';", true],
  ["export * from 'ky';", true],
  ["import ky from 'ky';", false],
  ["import ky from 'ky'; let ky2 = 1;", false],
  ["import { get } from 'kyoto'; get();", false],
  ["const ky = await import('ky');", false],
  ["try { require('ky'); } catch {}", false],
  ["import own from 'own'; own();", false],
])("a published module with %s is told: %j", async (text, expected) => {
  expect(await ofNew({ "index.js": text })).toEqual(expected ? ["index.js:1"] : []);
});

const compiled = { main: "./dist/index.js", scripts: { build: "tsc -p ." } };

test.each([
  ["import ky from 'ky'; ky();", true],
  ["import { A } from 'ky'; new A();", true],
  ["import type { A } from 'ky'; import ky from 'ky'; ky();", true],
  ["import { A } from 'ky'; class B extends A {}", true],
  ["import ky from 'ky'; (ky as any)();", true],
  ["import ky from 'ky'; ky!.get();", true],
  ["import { A, b } from 'ky'; let a: A; b();", true],
  ["import { A } from 'ky'; let a: A;", false],
  ["import { A } from 'ky'; let a: typeof A;", false],
  ["import { A } from 'ky'; interface B extends A {}", false],
  ["import { A } from 'ky'; export { A };", false],
  ["import type { A } from 'ky'; let a: A;", false],
  ["export { A } from 'ky';", false],
  ["import { b } from 'got'; import { A } from 'ky'; let a: A; b();", false],
])("a compiled module with %s is told: %j", async (text, expected) => {
  expect(await ofNew({ "src/index.ts": text }, compiled)).toEqual(expected ? ["src/index.ts:1"] : []);
});

test.each<[string, object, string]>([
  ["main", { main: "./index.js" }, "index.js"],
  ["main without an ending", { main: "lib" }, "lib/index.js"],
  ["module", { main: undefined, module: "index.mjs" }, "index.mjs"],
  ["bin", { main: undefined, bin: { own: "bin/own.js" } }, "bin/own.js"],
  ["exports", { main: undefined, exports: "./index.js" }, "index.js"],
  ["a condition", { main: undefined, exports: { ".": { types: "./a.js", import: "./index.js" } } }, "index.js"],
  ["a list", { main: undefined, exports: { ".": [{ node: "./index.cjs" }, "./b.js"] } }, "index.cjs"],
  ["what tsc makes", compiled, "src/index.ts"],
  ["what tsc makes with a project", { ...compiled, scripts: { build: "rm -r dist && tsc -b" } }, "src/index.ts"],
  ["what vue-tsc makes", { ...compiled, scripts: { build: "vue-tsc" } }, "src/index.ts"],
  ["a package that says who may have it", { publishConfig: { access: "public" } }, "index.js"],
  ["one of several folders", { ...compiled, main: "dist/esm/a/b.mjs" }, "src/a/b.mts"],
])("%s names what ships", async (_, fields, path) => {
  expect(await ofNew({ [path]: loads }, fields)).toEqual([`${path}:1`]);
});

test.each<[string, object, string]>([
  ["a private package", { private: true }, "index.js"],
  ["a package without a name", { name: undefined }, "index.js"],
  ["another main when published", { publishConfig: { main: "dist/index.js" } }, "index.js"],
  ["another folder when published", { publishConfig: { directory: "dist" } }, "index.js"],
  ["a bundler among its packages", { devDependencies: { ky: "1", tsup: "1" } }, "index.js"],
  ["a bundler's plug-in", { devDependencies: { ky: "1", "@rollup/plugin-json": "1" } }, "index.js"],
  ["a bundler in a script", { scripts: { build: "esbuild index.js --bundle" } }, "index.js"],
  ["Bun as a bundler", { scripts: { build: "bun build index.js" } }, "index.js"],
  ["no compiler", { main: "./dist/index.js" }, "src/index.ts"],
  ["a compiler that only checks", { ...compiled, scripts: { types: "tsc -p . --noEmit" } }, "src/index.ts"],
  ["a script that is only named so", { ...compiled, scripts: { build: "node tsc.js" } }, "src/index.ts"],
  ["sources that someone else compiles", { main: "src/index.ts" }, "src/index.ts"],
  ["a pattern", { main: undefined, exports: { "./*": "./*.js" } }, "index.js"],
  ["types alone", { main: undefined, exports: { ".": { types: "./index.js" } } }, "index.js"],
  ["no entry", { main: undefined }, "index.js"],
  ["users with it", { dependencies: { ky: "1" } }, "index.js"],
  ["users who bring it", { peerDependencies: { ky: "1" } }, "index.js"],
  ["users who may bring it", { peerDependenciesMeta: { ky: { optional: true } } }, "index.js"],
  ["it inside of itself", { bundledDependencies: ["ky", 1] }, "index.js"],
])("of a package with %s nothing is told", async (_, fields, path) => {
  expect(await ofNew({ [path]: loads }, fields)).toEqual([]);
});

test("what a compiled module only hands on may be a type, whatever it ends in", async () => {
  for (const ending of ["mts", "cts"]) {
    const fields = { ...compiled, main: `./dist/index.${ending.replace("ts", "js")}` };
    expect([ending, await ofNew({ [`src/index.${ending}`]: "export { A } from 'ky';" }, fields)]).toEqual([ending, []]);
  }
});

test("a bundler of the workspace's root may bundle a member", async () => {
  const member = manifest()["package.json"] ?? "";
  const inside = (root: object): Texts => ({
    "package.json": JSON.stringify({ private: true, ...root }),
    "lib/package.json": member,
  });
  const more = { "lib/index.js": loads };
  expect(await told(inside({}), { ...inside({}), ...more })).toEqual(["lib/index.js:1"]);
  const bundled = inside({ devDependencies: { rollup: "1" } });
  expect(await told(bundled, { ...bundled, ...more })).toEqual([]);
});

test("what entries load ships with them, and nothing else does", async () => {
  const files = {
    "index.js":
      'import "./a.js"; export * from "./b"; import("./later.js"); import "./test/help.js"; import "../out.js";\n',
    "b.js": 'const c = require("./c"); import "./index.js"; import "./data.json";\n',
  };
  for (const [path, expected] of [
    ["a.js", true],
    ["c/index.js", true],
    ["later.js", false],
    ["test/help.js", false],
    ["scripts/build.js", false],
    ["other.js", false],
  ] as const)
    expect([path, await ofNew({ ...files, [path]: loads })]).toEqual([path, expected ? [`${path}:1`] : []]);
});

test("a package that moves to those of development is told where it is loaded, in files that did not change too", async () => {
  const files = { "index.js": `import "./a.js";\n${loads}`, "a.js": "go();\n", "other.js": loads };
  const before = { ...files, ...manifest({ dependencies: { ky: "1" }, devDependencies: { got: "1" } }) };
  expect(await told(before, { ...files, ...manifest() })).toEqual(["index.js:2"]);
  const changed = { ...files, "index.js": `import "./a.js";\n\n${loads}` };
  expect(await told(before, { ...changed, ...manifest() })).toEqual(["index.js:3"]);
  // What was of development before is old debt.
  const two = { "index.js": `import got from "got";\ngot();\n${loads}` };
  expect(
    await told({ ...before, ...two }, { ...two, ...manifest({ devDependencies: { ky: "1", got: "1" } }) }),
  ).toEqual(["index.js:3"]);
  // Both before: nothing is taken from anybody.
  const both = { ...files, ...manifest({ dependencies: { ky: "1" } }) };
  expect(await told(both, { ...both, ...manifest({ dependencies: { ky: "2" } }) })).toEqual([]);
  expect(await told({ ...files, ...manifest() }, { ...files, ...manifest({ version: "2" }) })).toEqual([]);
});

test("what was loaded so before is old debt, wherever in the package", async () => {
  const old = { ...manifest(), "index.js": loads, "a.js": "go();\n" };
  expect(await told(old, { ...old, "index.js": `// More.\n${loads}` })).toEqual([]);
  expect(await told(old, { ...old, "index.js": 'import "./a.js";\n', "a.js": loads })).toEqual([]);
  const other = { ...old, "index.js": 'import "got";\n', ...manifest({ devDependencies: { ky: "1", got: "1" } }) };
  expect(await told(other, { ...other, "index.js": `import "got";\n${loads}` })).toEqual(["index.js:2"]);
});
