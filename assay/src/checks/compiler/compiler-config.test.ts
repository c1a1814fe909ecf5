import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { sidesOf } from "../change/sides.ts";
import { createReader, type CompilerConfig } from "./compiler-config.ts";

async function read(texts: Texts, at = "tsconfig.json"): Promise<CompilerConfig | undefined> {
  const context = await contextOf({ base: {}, head: texts });
  return (await createReader((await sidesOf(context)).head, context.workspace.packages))(repoPath(at));
}

/** What an option amounts to, and the file that says so. */
async function option(name: string, texts: Texts): Promise<string> {
  const setting = (await read(texts))?.options.get(name);
  return `${JSON.stringify(setting?.value)} of ${setting?.path}`;
}

const strict = JSON.stringify({ compilerOptions: { strict: true } });

test("commas at the end and comments are read over", async () => {
  expect(await option("strict", { "tsconfig.json": '{ "compilerOptions": { "strict": true, }, /* c */ }' })).toBe(
    "true of tsconfig.json",
  );
});

test("of several that are extended the last that says something counts", async () => {
  const texts = {
    "tsconfig.json": '{ "extends": ["./a.json", "./b.json", "./c.json"] }',
    "a.json": '{ "include": ["a"], "exclude": ["x"] }',
    "b.json": '{ "include": ["b"] }',
    "c.json": strict,
  };
  expect(await read(texts)).toMatchObject({ include: ["b"], exclude: ["x"], files: null });
  expect((await read(texts))?.chain).toEqual(["tsconfig.json", "a.json", "b.json", "c.json"]);
});

test.each([
  ["./base", "base.json"],
  ["./base.json", "base.json"],
  ["./config", "config/tsconfig.json"],
  ["@acme/config", "packages/config/tsconfig.json"],
  ["@acme/config/strict", "packages/config/strict.json"],
  ["@acme/config/strict.json", "packages/config/strict.json"],
])("%s is found in the repository", async (name, path) => {
  const texts: Texts = {
    "tsconfig.json": JSON.stringify({ extends: name }),
    "packages/config/package.json": '{ "name": "@acme/config" }',
    "packages/other/package.json": '{ "name": "@acme/con" }',
    [path]: strict,
  };
  expect(await option("strict", texts)).toBe(`true of ${path}`);
  expect((await read(texts))?.presets).toEqual([]);
});

test.each(["@tsconfig/node22/tsconfig.json", "@acme/configuration", ".config/base.json", "../above.json"])(
  "%s is a preset from elsewhere",
  async (name) => {
    const texts = {
      "tsconfig.json": JSON.stringify({ extends: name }),
      "packages/config/package.json": '{ "name": "@acme/config" }',
      "packages/config/uration.json": strict,
      "base.json": strict,
    };
    expect(await read(texts)).toMatchObject({ presets: [name], chain: ["tsconfig.json"] });
  },
);

test("what extends itself comes to an end", async () => {
  expect((await read({ "tsconfig.json": '{ "extends": "./tsconfig.json" }' }))?.chain).toEqual(["tsconfig.json"]);
});

test("references lead to configurations of the repository", async () => {
  const references = [{ path: "a" }, { path: "./b/tsconfig.lib.json" }, { path: "../outside" }, {}, "c"];
  expect((await read({ "tsconfig.json": JSON.stringify({ references }) }))?.references).toEqual([
    "a/tsconfig.json",
    "b/tsconfig.lib.json",
  ]);
});

test.each([
  ["^5.9.0", 5],
  ["~6", 6],
  [">=6.0.0 <7", 6],
  ["v7.1.0", 7],
  ["10.0.1", 10],
  ["npm:typescript@5.8.2", 5],
  ["npm:typescript@^6.0.0", 6],
  ["latest", undefined],
  ["6-beta", undefined],
  ["npm:@acme/typescript@5.0.0", undefined],
  ["github:acme/typescript#5.0", undefined],
])("the range %s is of version %s", async (range, major) => {
  const manifest = JSON.stringify({ devDependencies: { typescript: range } });
  expect((await read({ "package.json": manifest, "tsconfig.json": "{}" }))?.major).toBe(major);
});

test("the nearest manifest that names the compiler says its version", async () => {
  const texts = {
    "package.json": '{ "devDependencies": { "typescript": "5.0.0" } }',
    "a/package.json": '{ "dependencies": { "ky": "1" } }',
    "a/tsconfig.json": "{}",
    "b/package.json": '{ "peerDependencies": { "typescript": ">=6" } }',
    "b/c/tsconfig.json": "{}",
  };
  expect((await read(texts, "a/tsconfig.json"))?.major).toBe(5);
  expect((await read(texts, "b/c/tsconfig.json"))?.major).toBe(6);
});
