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
  "test/a.tsd.ts",
  "test/contests/a.ts",
  "a.test.jsdom.ts",
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
  "benchmark/a.ts",
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

test.each<[string, string, readonly string[], readonly string[]]>([
  // Folders and patterns.
  ["eslint src lib", "eslint ./src/", ["src/a.ts", "lib/b.ts"], ["eslint see lib/b.ts"]],
  ["cd a && eslint .", "cd a && eslint lib", ["a/lib/a.ts", "a/src/b.ts"], ["eslint see a/src/b.ts"]],
  ["ava", "ava test/a !test/a/deep", ["test/b/x.test.js"], ["ava see test/b/x.test.js"]],
  ["ava", "ava !test/a", ["test/a/x.test.js", "test/b/x.test.js"], ["ava see test/a/x.test.js"]],
  ["jest", "jest --testMatch 'a/**' --testMatch 'b/**'", ["a/a.test.ts", "b/b.test.ts"], []],
  ["jest", "jest --testMatch '<rootDir>/a/**'", ["a/a.test.ts", "b/b.test.ts"], ["jest see b/b.test.ts"]],
  ["jest-cli", "jest-cli --testPathIgnorePatterns lib.*", ["lib/a.test.ts"], ["jest-cli see lib/a.test.ts"]],
  ["eslint .", "eslint src/v2", ["lib/a.ts"], ["eslint see lib/a.ts"]],
  ["eslint .", "eslint 2nd", ["lib/a.ts"], ["eslint see lib/a.ts"]],
  ["eslint src/a-c src/b", "eslint src/a-c", ["src/a-c/x.ts", "src/b/y.ts"], ["eslint see src/b/y.ts"]],
  // What is the value of an option, and what is not.
  ["eslint .", "eslint --format=json lib", ["src/a.ts"], ["eslint see src/a.ts"]],
  ["vitest run", "vitest run --coverage.provider lib src", ["lib/a.test.ts"], ["vitest see lib/a.test.ts"]],
  ["vitest run", "vitest run --bail 10 src", ["10/a.test.ts"], ["vitest see 10/a.test.ts"]],
  ["vitest run", "vitest run --dir 2024", ["2024/a.test.ts", "2025/b.test.ts"], ["vitest see 2025/b.test.ts"]],
  ["vitest run", "vitest run --dir", ["a.test.ts"], []],
  ["vitest run", "vitest run -r lib", ["src/a.test.ts"], ["vitest see src/a.test.ts"]],
  ["vitest run", "vitest run --root=lib", ["src/a.test.ts"], ["vitest see src/a.test.ts"]],
  ["jest", "jest --testPathPattern lib", ["src/a.test.ts"], ["jest see src/a.test.ts"]],
  ["jest", "jest --roots lib", ["src/a.test.ts"], ["jest see src/a.test.ts"]],
  ["mocha 2024 test", "mocha --spec 2024", ["2024/a.test.js", "test/b.test.js"], ["mocha see test/b.test.js"]],
  ["mocha 2024 test", "mocha --spec=2024", ["2024/a.test.js", "test/b.test.js"], ["mocha see test/b.test.js"]],
  ["mocha test", "mocha --spec", ["test/a.test.js"], []],
  ["mocha test tdd", "mocha -u tdd test", ["tdd/a.test.js"], ["mocha see tdd/a.test.js"]],
  ["_mocha test tdd", "_mocha -u tdd test", ["tdd/a.test.js"], ["_mocha see tdd/a.test.js"]],
  ["vitest run", "vitest run -u lib", ["src/a.test.ts"], ["vitest see src/a.test.ts"]],
  ["jest-cli", "jest-cli -o lib", ["src/a.test.ts"], ["jest-cli see src/a.test.ts"]],
  ["eslint .", "eslint -o lib src", ["lib/a.ts"], ["eslint see lib/a.ts"]],
  ["prettier -c .", "prettier -c lib", ["src/a.ts"], ["prettier see src/a.ts"]],
  ["prettier -c .", "prettier -c --config lib src", ["lib/a.ts"], ["prettier see lib/a.ts"]],
  // A command in front of the paths, and a folder that is named like one.
  ["vitest run", "vitest tests", ["src/a.test.ts"], ["vitest see src/a.test.ts"]],
  ["vitest run", "vitest src/test", ["lib/a.test.ts"], ["vitest see lib/a.test.ts"]],
  ["eslint lib lint", "eslint lint", ["lib/a.ts"], ["eslint see lib/a.ts"]],
  ["bun test && bun build", "bun test lib && bun build", ["src/a.ts"], []],
  // What is not told by paths.
  ["bundlesize", "bundlesize lib", ["src/a.ts"], []],
])("%s, then %s", async (before, after, paths, expected) => {
  expect(await lost(before, after, paths)).toEqual(expected);
});

test("a file that is edited in the same change was seen before", async () => {
  expect(await lost("eslint .", "eslint lib", ["src/a.ts"], { added: { "src/a.ts": "1" } })).toEqual([
    "eslint see src/a.ts",
  ]);
});

test("a long path is told by its end", async () => {
  const path = `src/${"long/".repeat(8)}file.ts`;
  expect(path).toHaveLength(51);
  const [said = ""] = await lost("eslint .", "eslint nothing", [path]);
  expect(said).not.toContain(path);
  expect(said).toMatch(/long\/file\.ts$/);
  const short = path.replace("file", "fil");
  expect(await lost("eslint .", "eslint nothing", [short])).toEqual([`eslint see ${short}`]);
});
