import { expect, test } from "vitest";
import { rootDir } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { lostFiles } from "./file-reach.ts";
import { manifestSides } from "./manifest-sides.ts";
import { amountOfLine } from "./verifications.ts";

/** What a line no longer sees of files that were there, besides what another line sees. */
async function lost(
  before: string,
  after: string,
  paths: readonly string[],
  { others = "echo", added = {} }: { others?: string; added?: Texts } = {},
): Promise<readonly string[]> {
  const texts = { "package.json": "{}", ...Object.fromEntries(paths.map((path) => [path, ""])) };
  const context = await contextOf({ base: texts, head: { ...texts, ...added } });
  const side = manifestSides(context).head;
  const [base, head, other] = [before, after, others].map((line) =>
    amountOfLine(line, { side, dir: rootDir, stopsAtFailure: false }),
  );
  if (!base || !head || !other) return [];
  return (await lostFiles(context, base, head, other)).map(({ says }) => says.replace("no longer lets ", ""));
}

test("the first of the files is told, and how many more there are", async () => {
  const seen = (...paths: readonly string[]): Promise<readonly string[]> => lost("vitest run", "vitest run x", paths);
  expect(await seen("a.test.ts")).toEqual(["vitest see a.test.ts"]);
  expect(await seen("a.test.ts", "b.test.ts")).toEqual(["vitest see a.test.ts and 1 more"]);
  expect(await seen("a.test.ts", "b.test.ts", "c.test.ts", "x/d.test.ts")).toEqual(["vitest see a.test.ts and 2 more"]);
});

test.each(["a.test.ts", "a_spec.mjs", "deep/a-test.jsx", "test/a.ts", "tests/a-b.cjs", "src/test/a.tsx"])(
  "%s is a test that a runner has to see",
  async (path) => {
    expect(await lost("vitest run", "vitest run nothing", [path])).toEqual([`vitest see ${path}`]);
  },
);

test.each([
  "a.ts",
  "a.test.md",
  "contest/a.ts",
  "test/fixtures/a.test.ts",
  "test/helper.ts",
  "test/my-utils.ts",
  "test/setup.ts",
  "test/common.js",
  "test/_a.ts",
  "test/a.b.ts",
  "test/deep/a.ts",
])("%s is none", async (path) => {
  expect(await lost("vitest run", "vitest run nothing", [path])).toEqual([]);
});

test.each(["a.ts", "src/a.test.ts", "src/builder/a.js", "redist/a.ts", "mydocs/a.ts"])(
  "%s is code that a linter has to see",
  async (path) => {
    expect(await lost("eslint .", "eslint nothing", [path])).toEqual([`eslint see ${path}`]);
  },
);

test.each([
  "a.md",
  "dist/a.js",
  "build/a.js",
  "example/a.ts",
  "examples/a.ts",
  "a/doc/b.ts",
  "docs/a.ts",
  "benchmarks/a.ts",
])("%s is none", async (path) => {
  expect(await lost("eslint .", "eslint nothing", [path])).toEqual([]);
});

test("what comes with the change was never seen, and what another command sees is seen", async () => {
  const paths = ["src/a.ts"];
  expect(await lost("eslint .", "eslint lib", [], { added: { "src/a.ts": "" } })).toEqual([]);
  expect(await lost("eslint .", "eslint lib", paths, { others: "eslint src" })).toEqual([]);
  expect(await lost("eslint .", "eslint lib", paths, { others: "eslint test" })).toEqual(["eslint see src/a.ts"]);
  expect(await lost("eslint .", "eslint lib && eslint src", paths)).toEqual([]);
  expect(await lost("eslint lib", "eslint lib --quiet", paths)).toEqual([]);
});

test("each program is told for itself, and one that is new or gone not at all", async () => {
  const paths = ["src/a.ts", "src/a.test.ts"];
  expect(await lost("eslint . && vitest run", "eslint lib && vitest run lib", paths)).toEqual([
    "eslint see src/a.test.ts and 1 more",
    "vitest see src/a.test.ts",
  ]);
  expect(await lost("eslint .", "oxlint lib", paths)).toEqual([]);
  expect(await lost("deno test . && deno lint", "deno test . && deno lint lib", paths)).toEqual([
    "deno lint see src/a.test.ts and 1 more",
  ]);
});

test("where it can't be told which files one of the commands sees, nothing is lost", async () => {
  const paths = ["src/a.test.ts"];
  expect(await lost("vitest run && vitest run $MORE", "vitest run lib", paths)).toEqual([]);
  expect(await lost("vitest run", "vitest run lib && vitest run ../elsewhere", paths)).toEqual([]);
});
