import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { withoutBuildScripts } from "./build-scripts.ts";
import { contextOf, type Texts } from "./change-of-texts.ts";

/** The changed files that tests have to be about; of every file `users` would notice what it does. */
async function left(head: Texts, users: readonly string[] = []): Promise<readonly string[]> {
  const context = await contextOf({ base: {}, head });
  return withoutBuildScripts(context, () => new Set(users.map(repoPath)))
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

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["what it is given", { build: "node build.mjs a.ts" }, ["a.ts"]],
  ["what another program reads", { build: "esbuild a.ts build.mjs" }, ["a.ts", "build.mjs"]],
  ["what a build of another name runs", { start: "node build.mjs" }, ["a.ts", "build.mjs"]],
  ["what lies outside of the repository", { build: "node /build.mjs && node ../build.mjs" }, ["a.ts", "build.mjs"]],
])("%s is not", async (_, scripts, expected) => {
  const head = { "package.json": manifest(scripts), "build.mjs": "", "a.ts": "" };
  expect(await left(head)).toEqual(expected);
});

test("what a test uses has to be tested", async () => {
  const head = { "package.json": manifest({ build: "node build.mjs" }), "build.mjs": "" };
  expect(await left(head, ["build.mjs", "a.ts"])).toEqual([]);
  expect(await left(head, ["a.ts", "build.test.ts"])).toEqual(["build.mjs"]);
});
