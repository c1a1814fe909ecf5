import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
import { withoutBuildScripts } from "./build-scripts.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";

/** The changed files that tests have to be about, where `imports` are what files import. */
async function left(head: Texts, imports: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const context = await contextOf({ base: {}, head });
  const importsOf = (path: RepoPath): readonly RepoPath[] => [imports[path] ?? []].flat().map(repoPath);
  return withoutBuildScripts({ ...context, affected: { ...unaffected, importsOf } })
    .map(({ change }) => change.path)
    .filter((path) => !path.endsWith(".json"));
}

const manifest = (scripts: Readonly<Record<string, string>>): string => JSON.stringify({ name: "x", scripts });

test.each([
  ["node build.mjs"],
  ["tsc -p . && node ./build.mjs --minify"],
  ["node --enable-source-maps build.mjs build.mjs"],
  ["npx tsx build.mjs"],
])("what %j runs is the build's own", async (build) => {
  expect(await left({ "package.json": manifest({ build }), "build.mjs": "", "a.ts": "" })).toEqual(["a.ts"]);
});

test("so is what runs before and after it, what another script runs for it, and in each package", async () => {
  const head = {
    "package.json": manifest({ build: "npm run pack", pack: "cd tools && node pack.mjs" }),
    "tools/pack.mjs": "",
    "pack.mjs": "",
    "lib/package.json": manifest({ prebuild: "node clean.mjs", postbuild: "bun sign.ts" }),
    "lib/clean.mjs": "",
    "lib/sign.ts": "",
  };
  expect(await left(head)).toEqual(["pack.mjs"]);
});

test("what the program is started with is not the program", async () => {
  const head = { "package.json": manifest({ build: "node --env-file .env build.mjs" }), "build.mjs": "", ".env": "" };
  expect(await left(head)).toEqual([".env"]);
});

test("a program that is named from the machine's root lies in no folder", async () => {
  const head = { "package.json": manifest({ build: "cd tools && node /pack.mjs" }), "tools/pack.mjs": "" };
  expect(await left(head)).toEqual(["tools/pack.mjs"]);
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["what it is given", { build: "node build.mjs a.ts" }, ["a.ts"]],
  ["what another program reads", { build: "esbuild a.ts build.mjs" }, ["a.ts", "build.mjs"]],
  ["what a build of another name runs", { start: "node build.mjs" }, ["a.ts", "build.mjs"]],
  ["what lies outside of the repository", { build: "node /build.mjs && node ../build.mjs" }, ["a.ts", "build.mjs"]],
])("%s is not", async (_, scripts, expected) => {
  const head = { "package.json": manifest(scripts), "build.mjs": "", "a.ts": "" };
  expect(await left(head)).toEqual(expected);
});

test("what another file imports has to be tested", async () => {
  const head = { "package.json": manifest({ build: "node build.mjs" }), "build.mjs": "", "build.test.ts": "" };
  expect(await left(head, { "build.mjs": "build.mjs" })).toEqual(["build.test.ts"]);
  expect(await left(head, { "build.test.ts": "build.mjs" })).toEqual(["build.mjs", "build.test.ts"]);
});
