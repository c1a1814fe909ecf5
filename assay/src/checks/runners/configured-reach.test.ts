import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { sidesOf } from "../change/sides.ts";
import { fromData } from "../configuration/possible-config.ts";
import { configuredReaches, rooted, withRealFolders } from "./configured-reach.ts";

interface Repository {
  readonly [path: string]: string;
}

const include = (...globs: readonly string[]): string =>
  `export default { test: { include: ${JSON.stringify(globs)} } };\n`;
const manifest = (scripts: object = {}): string =>
  JSON.stringify({ name: "x", scripts, devDependencies: { vitest: "4", jest: "30" } });

/** Is a test that moved from the one place to the other left behind by what ran it? */
async function isLeft(from: string, to: string, base: Repository, head: Repository = base): Promise<boolean> {
  const tests = (path: string): Texts => ({ [path]: "test('a', () => {});\n" });
  const context = await contextOf({
    base: { ...base, ...tests(from) },
    head: { ...head, ...tests(to) },
    renames: { [to]: from },
  });
  return (await configuredReaches(context)).leadsAway(repoPath(from), repoPath(to));
}

const configured = { "package.json": manifest(), "vitest.config.ts": include("src/**/*.test.ts", "unit/**") };

test.each<[string, boolean]>([
  ["src/b.test.ts", false],
  ["unit/a.ts", false],
  ["lib/a.test.ts", true],
  ["src/a.ts", true],
])("by the configuration a test that moves to %s is left: %s", async (to, expected) => {
  expect(await isLeft("src/a.test.ts", to, configured)).toBe(expected);
});

test("what nothing ran before is left by nobody", async () => {
  expect(await isLeft("lib/a.test.ts", "other/a.test.ts", configured)).toBe(false);
});

test("patterns that move along run it as before", async () => {
  const head = { ...configured, "vitest.config.ts": include("lib/**") };
  expect(await isLeft("src/a.test.ts", "lib/a.test.ts", configured, head)).toBe(false);
  expect(await isLeft("src/a.test.ts", "src/b.test.ts", configured, head)).toBe(true);
});

test("a runner that is given up says nothing, and another configuration of the same package speaks for it", async () => {
  const jest = { "package.json": manifest(), "jest.config.json": '{ "testMatch": ["<rootDir>/lib/**"] }' };
  expect(await isLeft("src/a.test.ts", "other/a.test.ts", configured, jest)).toBe(false);
  const moved = { "package.json": manifest(), "config/vitest.config.ts": include("lib/**") };
  expect(await isLeft("src/a.test.ts", "other/a.test.ts", configured, moved)).toBe(true);
  expect(await isLeft("src/a.test.ts", "other/a.test.ts", configured, { "package.json": manifest() })).toBe(false);
});

test("of a package without a configuration nobody says what is run there", async () => {
  const more = { ...configured, "pkg/package.json": manifest() };
  expect(await isLeft("src/a.test.ts", "pkg/a.test.ts", more)).toBe(false);
  const told = { ...more, "pkg/vitest.config.ts": include("checks/**") };
  expect(await isLeft("src/a.test.ts", "pkg/a.test.ts", told)).toBe(true);
  expect(await isLeft("src/a.test.ts", "pkg/checks/a.ts", told)).toBe(false);
});

test("a configuration among fixtures configures nothing", async () => {
  const head = { ...configured, "test/fixtures/vitest.config.ts": include("**") };
  expect(await isLeft("src/a.test.ts", "test/fixtures/a.test.ts", head)).toBe(true);
});

test.each<[string, object, boolean]>([
  ["a script that names the folder", { test: "vitest run src" }, true],
  ["a script for all", { test: "vitest run" }, false],
  ["two scripts, one for each folder", { a: "vitest run src", b: "vitest run lib" }, false],
  ["a script beside a program that nobody knows", { test: "vitest run src", more: "./check" }, false],
  ["a script beside one that serves people", { test: "vitest run src", start: "./serve", prepare: "./make" }, true],
  ["a script beside one whose name only begins so", { test: "vitest run src", "start-tests": "./check" }, false],
  ["a script beside one that a package manager starts", { test: "vitest run src", postinstall: "./make" }, true],
  ["a script beside one whose name only ends so", { test: "vitest run src", "re-start": "./check" }, false],
  ["a script whose files are worked out", { test: "vitest run src $MORE" }, false],
  ["a script of which it can't be told", { test: "vitest run src && mocha" }, false],
  ["a script that runs no tests", { lint: "eslint src" }, false],
])("by %s a test that moves is left", async (_, scripts, expected) => {
  expect(await isLeft("src/a.test.ts", "lib/a.test.ts", { "package.json": manifest(scripts) })).toBe(expected);
});

test("what a configuration says that it runs is run, and what it only may run is not said", async () => {
  const context = await contextOf({ base: {}, head: configured });
  const { leadsTo } = await configuredReaches(context);
  expect(["src/a.test.ts", "unit/a.ts", "lib/a.test.ts"].map((path) => leadsTo(repoPath(path)))).toEqual([
    true,
    true,
    false,
  ]);
});

test("one of several configurations is enough to run a file", async () => {
  const more = { ...configured, "vitest.e2e.config.ts": include("e2e/**") };
  const { leadsTo } = await configuredReaches(await contextOf({ base: {}, head: more }));
  expect(["src/a.test.ts", "e2e/a.ts", "lib/a.ts"].map((path) => leadsTo(repoPath(path)))).toEqual([true, true, false]);
});

test("patterns of vitest begin at the package, those of others at the configuration", async () => {
  const { head } = await sidesOf(await contextOf({ base: {}, head: { "pkg/package.json": "{}" } }));
  const at = (runner: "vitest" | "jest", dir: string): string =>
    rooted({ runner, dir: repoPath(dir), variant: "" }, head).dir;
  expect([at("vitest", "pkg/config"), at("jest", "pkg/config"), at("vitest", "other")]).toEqual([
    "pkg",
    "pkg/config",
    "other",
  ]);
});

test("a folder that is not there is as good as none", async () => {
  const { head } = await sidesOf(await contextOf({ base: {}, head: { "pkg/src/deep/a.ts": "", "pkg/b.ts": "" } }));
  const kept = (settings: Record<string, unknown>): readonly string[] => {
    const map = new Map(Object.entries(settings).map(([key, value]) => [key, fromData(value)]));
    return [...withRealFolders(map, { runner: "vitest", dir: repoPath("pkg"), variant: "" }, head).keys()];
  };
  expect(kept({ "test.dir": "src", "test.root": "./src/deep", root: "src", "test.name": "gone" })).toEqual([
    "test.dir",
    "test.root",
    "root",
    "test.name",
  ]);
  expect(kept({ "test.dir": "gone", "test.root": "src/a.ts", root: "../src", "test.include": "gone" })).toEqual([
    "test.include",
  ]);
  expect(kept({ "test.dir": null })).toEqual(["test.dir"]);
});
