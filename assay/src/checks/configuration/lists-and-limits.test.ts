// Lists of ignored files, owners of files, texts of JSON, and limits of size.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { lostOwners } from "./code-owners.ts";
import { ignoreMatcher, linesOf, type IgnoreStyle } from "./ignore-patterns.ts";
import { objectWithComments } from "./commented-json.ts";
import { lineOfJson, objectIn } from "./json-texts.ts";
import { budgetLoosenings, mayHoldBudgets } from "./size-budgets.ts";

/** Which of the paths are ignored. */
async function ignored(style: IgnoreStyle, patterns: string, paths: string, dir = ""): Promise<string> {
  const matches = await ignoreMatcher({ dir: repoPath(dir), style, patterns: patterns.split(" ") });
  return paths
    .split(" ")
    .filter((path) => matches(repoPath(path)))
    .join(" ");
}

test.each<[IgnoreStyle, string, string, string]>([
  ["gitignore", "dist", "dist/a.js a/dist/b.js a/dist dists/a.js", "dist/a.js a/dist/b.js a/dist"],
  ["gitignore", "dist/", "dist/a.js a/dist/b.js dists", "dist/a.js a/dist/b.js"],
  ["gitignore", "/dist", "dist/a.js a/dist/b.js", "dist/a.js"],
  ["gitignore", "a/b", "a/b/c.js c/a/b/d.js", "a/b/c.js"],
  ["gitignore", "./a/b", "a/b/c.js", "a/b/c.js"],
  ["gitignore", "**/b", "a/b/c.js b/c.js", "a/b/c.js b/c.js"],
  ["gitignore", "*.js !a.js", "a.js b.js c/a.js", "b.js"],
  ["gitignore", "!a.js *.js", "a.js b.js", "a.js b.js"],
  ["gitignore", ".cache", ".cache/a.js a/.cache/.b/c.js", ".cache/a.js a/.cache/.b/c.js"],
  ["globs", "dist", "dist/a.js a/dist/b.js", "dist/a.js"],
  ["globs", "**/dist/**", "dist/a.js a/dist/b.js", "dist/a.js a/dist/b.js"],
  ["globs", "** !src/** !!src/a.js", "src/a.js b.js", "b.js"],
])("%s %s of %s", async (style, patterns, paths, expected) => {
  expect(await ignored(style, patterns, paths)).toBe(expected);
});

test("a list is for what lies below its folder", async () => {
  expect(await ignored("gitignore", "/dist", "a/dist/b.js dist/b.js ab/dist/b.js", "a")).toBe("a/dist/b.js");
});

test("comments and blank lines are no patterns", () => {
  expect(linesOf("# a\r\n\r\n  b  \n#c\nd#e")).toEqual(["b", "d#e"]);
});

test("an object is read from JSON alone", async () => {
  expect(objectIn('\uFEFF{ "a": 1 }')).toEqual({ a: 1 });
  expect([objectIn("[1]"), objectIn("{"), objectIn(undefined), objectIn("{} // x")]).toEqual(Array.from({ length: 4 }));
  expect(objectWithComments('{ "a": "x // y \\" /* z */", /* , */ "b": [1,], // c\n }')).toEqual({
    a: 'x // y " /* z */',
    b: [1],
  });
  expect([objectWithComments(undefined), objectWithComments('{ "a": 1'), objectWithComments("[1]")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(objectWithComments("\uFEFF{}")).toEqual({});
  const text = '{\n  // why\n  "a": {\n    "b": 1,\n  },\n}';
  expect(await Promise.all([["a", "b"], ["a"], ["c"]].map((key) => lineOfJson(text, key)))).toEqual([4, 3, null]);
  expect([await lineOfJson(undefined, ["a"]), await lineOfJson("", ["a"])]).toEqual([null, null]);
});

async function owners(before: string, after: string | undefined, more: Texts = {}): Promise<readonly string[]> {
  const files = { "src/a.ts": "", ".github/workflows/ci.yml": "", "assay.toml": "", ...more };
  const head = after === undefined ? files : { ...files, CODEOWNERS: after };
  return (await lostOwners(await contextOf({ base: { ...files, CODEOWNERS: before }, head }))).map(
    ({ path, message }) => `${path}: ${message.split(",")[0] ?? ""}`,
  );
}

test.each<[string, string, string | undefined, readonly string[]]>([
  ["the file is gone", "* @a", undefined, ["null: nobody owns anything any more"]],
  ["the list is empty", "* @a", "# nobody", ["CODEOWNERS: nobody owns anything any more"]],
  ["a rule has no owner", "* @a", "* @a\n.github/ # @a", ["CODEOWNERS: nobody owns .github/workflows/ci.yml any more"]],
  ["the harness has none", "* @a", "* @a\n/assay.toml", ["CODEOWNERS: nobody owns assay.toml any more"]],
  ["the list of owners itself has none", "* @a", "* @a\nCODEOWNERS", ["CODEOWNERS: nobody owns CODEOWNERS any more"]],
  ["other files have none", "* @a", "* @a\nsrc/", []],
  ["other owners", "* @a", "* @b @c", []],
  ["sections of GitLab", "* @a", "[Docs] @x\n^[More]\n* @a", []],
  ["nobody owned it", "src/ @a", "src/ @a # .github/", []],
])("owners: %s", async (_, before, after, expected) => {
  expect(await owners(before, after)).toEqual(expected);
});

test("the first place of owners counts", async () => {
  const hidden = { ".github/CODEOWNERS": "* @a" };
  expect(await owners("* @a", undefined, hidden)).toEqual([]);
  const files = { "a.ts": "", CODEOWNERS: "* @a" };
  expect(await lostOwners(await contextOf({ base: files, head: { ...files, ".github/CODEOWNERS": "" } }))).toHaveLength(
    1,
  );
  expect(await lostOwners(await contextOf({ base: { "a.ts": "" }, head: { "a.ts": "", CODEOWNERS: "" } }))).toEqual([]);
});

async function budgets(path: string, before: unknown, after: unknown): Promise<readonly string[]> {
  const [base, head] = [before, after].map((value) => JSON.stringify(value, null, 2));
  const found = budgetLoosenings(await contextOf({ base: { [path]: base ?? "" }, head: { [path]: head ?? "" } }));
  return found.map(
    ({ what, line, message }) =>
      `${line} ${what.slice(path.length + 6)}: ${/(?:is gone|went[^;]*)/.exec(message)?.[0]}`,
  );
}

test.each<[string, string, unknown, unknown, readonly string[]]>([
  [
    "a list",
    ".size-limit.json",
    [{ path: "a.js", limit: "10 kB" }],
    [{ path: "a.js", limit: "20 kB" }],
    ["3 a.js: went from 10000 to 20000 bytes"],
  ],
  ["a little", ".size-limit.json", [{ path: "a.js", limit: "10 kB" }], [{ path: "a.js", limit: "11kB" }], []],
  [
    "a little more",
    ".size-limit.json",
    [{ path: "a.js", limit: 1000 }],
    [{ path: "a.js", limit: 1101 }],
    ["3 a.js: went from 1000 to 1101 bytes"],
  ],
  [
    "other units",
    ".size-limit.json",
    [{ name: "x", limit: "1 MiB" }],
    [{ name: "x", limit: "1.2 MB" }],
    ["3 x: went from 1048576 to 1200000 bytes"],
  ],
  [
    "units in any case",
    ".size-limit.json",
    [{ name: "x", limit: "1 KIB" }],
    [{ name: "x", limit: "2 kib" }],
    ["3 x: went from 1024 to 2048 bytes"],
  ],
  [
    "bytes",
    ".size-limit.json",
    [{ name: "x", limit: "100" }],
    [{ name: "x", limit: "200 B" }],
    ["3 x: went from 100 to 200 bytes"],
  ],
  ["a time", ".size-limit.json", [{ name: "x", limit: "1 s" }], [{ name: "x", limit: "9 s" }], []],
  [
    "one that is gone",
    ".size-limit.json",
    [
      { name: "x", limit: 1 },
      { name: "y", limit: 1 },
    ],
    [{ name: "y", limit: 1 }],
    ["null x: is gone"],
  ],
  ["one with another name", ".size-limit.json", [{ name: "x", limit: 1 }], [{ name: "y", limit: 1 }], []],
  ["one without a name", ".size-limit.json", [{ limit: 1 }], [{ limit: 9 }], ["null entry 1: went from 1 to 9 bytes"]],
  [
    "a manifest",
    "package.json",
    { "size-limit": [{ path: "a.js", limit: 1 }] },
    { "size-limit": [{ path: "a.js", limit: 9 }] },
    ["4 a.js: went from 1 to 9 bytes"],
  ],
  [
    "a manifest's other field",
    "package.json",
    { other: [{ path: "a.js", limit: 1 }] },
    { other: [{ path: "a.js", limit: 9 }] },
    [],
  ],
  [
    "bundlesize",
    "package.json",
    { bundlesize: [{ path: "a.js", maxSize: 1 }] },
    { bundlesize: [{ path: "a.js", maxSize: 9 }] },
    ["4 a.js: went from 1 to 9 bytes"],
  ],
  [
    "bundlewatch",
    ".bundlewatch.config.json",
    { files: [{ path: "a.js", maxSize: "1kb" }] },
    { files: [{ path: "a.js", maxSize: "9kb" }] },
    ["4 a.js: went from 1000 to 9000 bytes"],
  ],
  [
    "angular",
    "angular.json",
    { budgets: [{ type: "initial", maximumWarning: "1kb", maximumError: "2kb" }] },
    { budgets: [{ type: "initial", maximumWarning: "1kb", maximumError: "9kb" }] },
    ["null initial (maximumError): went from 2000 to 9000 bytes"],
  ],
  ["another file", "sizes.json", { limit: 1 }, { limit: 9 }, []],
])("a size: %s", async (_, path, before, after, expected) => {
  expect(await budgets(path, before, after)).toEqual(expected);
});

test("a file of sizes that can't be read, or is gone, is left to its tool", async () => {
  const context = await contextOf({ base: { ".size-limit.json": '[{ "limit": 1 }]' }, head: {} });
  expect(budgetLoosenings(context)).toEqual([]);
  const broken = await contextOf({ base: { ".size-limit.json": '[{ "limit": 1 ' }, head: { ".size-limit.json": "[" } });
  expect(budgetLoosenings(broken)).toEqual([]);
});

test.each<[string, boolean]>([
  ["a/.size-limit.json", true],
  [".bundlesizerc", true],
  ["bundlesize.config.json", true],
  ["bundlewatch.json", true],
  ["a/project.json", true],
  ["budgets.json", true],
  ["performance-budget.json", true],
  ["package.json", true],
  ["my-angular.json", false],
  ["budget.jsonc", false],
])("%s may hold sizes: %s", (path, expected) => {
  expect(mayHoldBudgets(repoPath(path))).toBe(expected);
});
