import { relative } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { testRepository } from "../../tools/testing/test-host.ts";
import { typeCheckers } from "./type-checkers.ts";

const compiler = { "node_modules/typescript/package.json": '{ "name": "typescript", "version": "5.9.0" }' };

/** By file, the project that is asked about another text of it. */
async function projects(
  files: Readonly<Record<string, string>>,
  paths: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  using repository = testRepository(files);
  const places = await typeCheckers(repository.workspace, paths.map(repoPath));
  for (const { compilerDir } of places)
    expect(relative(repository.root, compilerDir)).toMatch(/^(?:a\/)?node_modules\/typescript$/);
  return Object.fromEntries(places.map(({ path, config }) => [path, config]));
}

const manifest = (build: string): string => JSON.stringify({ name: "x", scripts: { build } });

test("the project that names a file is asked, else the one in whose folder it lies", async () => {
  const files = {
    ...compiler,
    "package.json": manifest("tsc -p a && tsc -p b"),
    "a/package.json": '{ "name": "a" }',
    "a/tsconfig.json": '{ "include": ["src"] }',
    "a/src/x.ts": "",
    "a/lib/y.ts": "",
    "b/tsconfig.json": '{ "include": ["src", "../shared"] }',
    "b/src/z.ts": "",
    "shared/s.ts": "",
    "other/o.ts": "",
  };
  expect(await projects(files, ["a/src/x.ts", "a/lib/y.ts", "b/src/z.ts", "shared/s.ts", "other/o.ts"])).toEqual({
    "a/src/x.ts": "a/tsconfig.json",
    "a/lib/y.ts": "a/tsconfig.json",
    "b/src/z.ts": "b/tsconfig.json",
    "shared/s.ts": "b/tsconfig.json",
  });
});

test("what is built with its references is asked about their files, and what only lists them about none", async () => {
  const files = (build: string): Readonly<Record<string, string>> => ({
    ...compiler,
    "package.json": manifest(build),
    "tsconfig.json": '{ "files": [], "references": [{ "path": "a" }, { "path": "gone" }] }',
    "a/tsconfig.json": '{ "compilerOptions": { "composite": true }, "include": ["*.ts"] }',
    "a/x.ts": "",
    "y.ts": "",
  });
  expect(await projects(files("tsc -b"), ["a/x.ts", "y.ts"])).toEqual({ "a/x.ts": "a/tsconfig.json" });
  expect(await projects(files("tsc -p ."), ["a/x.ts", "y.ts"])).toEqual({});
});

test("without a compiler nothing is asked", async () => {
  const files = { "package.json": manifest("tsc"), "tsconfig.json": "{}", "a.ts": "" };
  expect(await projects(files, ["a.ts"])).toEqual({});
  expect(await projects({ ...files, ...compiler }, ["a.ts"])).toEqual({ "a.ts": "tsconfig.json" });
});
