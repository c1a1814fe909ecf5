import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { RunnerName } from "../configuration/config-paths.ts";
import { fromData, type PossibleConfig } from "../configuration/possible-config.ts";
import { coverageReach, testReach } from "./runner-reach.ts";
import { settingsIn } from "./runner-settings.ts";

const tests = "src/a.test.ts src/b.spec.mts src/c.ts test/d.js test/e/f.test.js e2e/g.cy.ts __tests__/h.ts".split(" ");

/** Which of the files are run, from a folder. */
async function run(runner: RunnerName, config: unknown, dir = "", files: readonly string[] = tests): Promise<string> {
  const reach = await testReach({ runner, dir: repoPath(dir), variant: "" }, settingsIn(fromData(config)));
  return reach === undefined ? "?" : files.filter((path) => reach(repoPath(path))).join(" ");
}

test.each<[RunnerName, unknown, string]>([
  ["vitest", {}, "src/a.test.ts src/b.spec.mts test/e/f.test.js"],
  ["vitest", { test: { include: ["src/**/*.test.ts"] } }, "src/a.test.ts"],
  ["vitest", { test: { include: ["./src/*.test.ts", "!src/a.test.ts"] } }, ""],
  ["vitest", { test: { exclude: ["src"] } }, "test/e/f.test.js"],
  ["vitest", { test: { exclude: ["src/"] } }, "test/e/f.test.js"],
  ["vitest", { test: { exclude: ["**/e/**"] } }, "src/a.test.ts src/b.spec.mts"],
  ["vitest", { test: { dir: "test" } }, "test/e/f.test.js"],
  ["vitest", { test: { root: "src" } }, "src/a.test.ts src/b.spec.mts"],
  ["vitest", { root: "./src" }, "src/a.test.ts src/b.spec.mts"],
  ["vitest", { test: { root: "src", include: ["a.*"] } }, "src/a.test.ts"],
  [
    "vitest",
    { test: { coverage: { exclude: ["src"] }, typecheck: { include: ["x"] } } },
    "src/a.test.ts src/b.spec.mts test/e/f.test.js",
  ],
  [
    "vitest",
    {
      test: {
        projects: [
          { test: { name: "a", include: ["src/**/*.test.ts"] } },
          { test: { name: "b", include: ["test/**/*.js"] } },
        ],
      },
    },
    "src/a.test.ts test/d.js test/e/f.test.js",
  ],
  [
    "vitest",
    { test: { exclude: ["src"], projects: [{ test: { name: "a", include: ["src/*.ts"] } }] } },
    "src/a.test.ts src/c.ts",
  ],
  [
    "vitest",
    { test: { projects: ["src", "test/e/vitest.config.ts"] } },
    "src/a.test.ts src/b.spec.mts test/e/f.test.js",
  ],
  ["vitest", { test: { projects: ["src/*"] } }, ""],
  ["vitest", { test: { projects: ["vitest.unit.config.ts"] } }, "src/a.test.ts src/b.spec.mts test/e/f.test.js"],
  ["vitest", { test: { dir: "test", include: ["e/*.js"] } }, "test/e/f.test.js"],
  ["jest", { testMatch: ["**/src/**"], projects: [{ displayName: "x" }] }, "src/a.test.ts src/b.spec.mts src/c.ts"],
  ["jest", { projects: [{ displayName: "x", rootDir: "src", testMatch: ["*.ts"] }] }, "src/a.test.ts src/c.ts"],
  ["jest", {}, "src/a.test.ts src/b.spec.mts test/e/f.test.js __tests__/h.ts"],
  ["jest", { testRegex: "/test/.*[.]js$" }, "test/d.js test/e/f.test.js"],
  ["jest", { testRegex: ["("] }, ""],
  ["jest", { testMatch: ["<rootDir>/src/**"] }, "src/a.test.ts src/b.spec.mts src/c.ts"],
  ["jest", { testPathIgnorePatterns: ["/src/"] }, "test/e/f.test.js __tests__/h.ts"],
  ["jest", { testPathIgnorePatterns: ["<rootDir>/src/"] }, "test/e/f.test.js __tests__/h.ts"],
  ["jest", { modulePathIgnorePatterns: ["e/f"] }, "src/a.test.ts src/b.spec.mts __tests__/h.ts"],
  ["jest", { roots: ["<rootDir>/src", "test"] }, "src/a.test.ts src/b.spec.mts test/e/f.test.js"],
  ["jest", { rootDir: "src" }, "src/a.test.ts src/b.spec.mts"],
  [
    "jest",
    { testPathIgnorePatterns: ["a[.]"], projects: [{ displayName: "x", testMatch: ["**/*.test.ts", "**/*.test.js"] }] },
    "test/e/f.test.js",
  ],
  [
    "jest",
    {
      roots: ["src"],
      projects: [
        { displayName: "x", testMatch: ["**/*.js"] },
        { displayName: "y", roots: ["test"] },
      ],
    },
    "test/e/f.test.js",
  ],
  ["jest", { rootDir: "src", projects: [{ displayName: "long", testMatch: ["*.ts"] }] }, "src/a.test.ts src/c.ts"],
  ["jest", { rootDir: "<rootDir>", testMatch: ["/src/*.ts"] }, "src/a.test.ts src/c.ts"],
  ["vitest", { test: { include: [".hidden/**", "src/c.ts"] } }, "src/c.ts"],
  ["playwright", { testMatch: "**/e/*" }, "test/e/f.test.js"],
  ["playwright", { testDir: "e2e", testMatch: "*.cy.ts" }, "e2e/g.cy.ts"],
  ["playwright", { testIgnore: "**/src/**" }, "test/e/f.test.js"],
  ["playwright", { testMatch: ["f.*"] }, "test/e/f.test.js"],
  ["cypress", {}, "e2e/g.cy.ts"],
  [
    "cypress",
    { e2e: { specPattern: "src/*.spec.mts" }, component: { specPattern: "test/*.js" } },
    "src/b.spec.mts test/d.js",
  ],
  ["cypress", { e2e: { excludeSpecPattern: "**/g.*" } }, ""],
  ["mocha", {}, "test/d.js"],
  ["mocha", { spec: "src/**/*.ts", ignore: ["src/c.ts"], exclude: "src/x" }, "src/a.test.ts"],
  ["ava", {}, "src/a.test.ts test/d.js test/e/f.test.js __tests__/h.ts"],
  ["ava", { files: ["src/**", "!src/c.ts"] }, "src/a.test.ts src/b.spec.mts"],
  ["bun", {}, "src/a.test.ts src/b.spec.mts test/e/f.test.js"],
  ["bun", { root: "test" }, "test/e/f.test.js"],
  ["deno", { include: ["src"], exclude: ["src/c.ts"] }, "src/a.test.ts src/b.spec.mts"],
  ["tap", { "test-regex": "d[.]js$", "test-ignore": "x" }, "test/d.js"],
  ["nyc", {}, "?"],
])("%s with %j runs %s", async (runner, config, expected) => {
  expect(await run(runner, config)).toBe(expected);
});

test("folders and files that begin with a dot are run as others are", async () => {
  const files = [".github/a.test.ts", "src/.hidden.test.ts"];
  expect(await run("vitest", {}, "", files)).toBe(files.join(" "));
  expect(await run("jest", { testMatch: ["**/.github"] }, "", files)).toBe(".github/a.test.ts");
});

test("patterns count from the configuration's folder", async () => {
  const files = ["a/src/b.test.ts", "src/b.test.ts", "ab/src/c.test.ts"];
  expect(await run("vitest", { test: { include: ["src/*.test.ts"] } }, "a", files)).toBe("a/src/b.test.ts");
  expect(await run("vitest", { test: { dir: "src" } }, "a", files)).toBe("a/src/b.test.ts");
});

test("where patterns can't be read a file is taken to be run, unless asked for certain", async () => {
  const unknown: PossibleConfig = { kind: "unknown", text: "x" };
  const of = (include: PossibleConfig): ReadonlyMap<string, PossibleConfig> => new Map([["test.include", include]]);
  const place = { runner: "vitest", dir: repoPath(""), variant: "" } as const;
  const path = repoPath("src/c.ts");
  const answers = async (include: PossibleConfig): Promise<readonly unknown[]> => {
    const reach = await testReach(place, of(include));
    return [reach?.(path), reach?.(path, false)];
  };
  expect(await answers({ kind: "list", items: [fromData("x"), unknown] })).toEqual([true, false]);
  expect(await answers({ kind: "list", items: [fromData("src/*.ts"), unknown] })).toEqual([true, true]);
  expect(await answers(unknown)).toEqual([true, false]);
  expect(await answers({ kind: "oneOf", options: [fromData("x"), fromData(["src/c.ts"])] })).toEqual([true, true]);
  expect(await answers({ kind: "regex", source: "c[.]ts$" })).toEqual([true, true]);
  expect(await answers(fromData("x"))).toEqual([false, false]);
});

const sources = ["src/a.ts", "lib/b.ts", "test/c.ts"].map((path) => repoPath(path));

test.each<[RunnerName, unknown, string]>([
  ["vitest", {}, "src/a.ts lib/b.ts test/c.ts"],
  ["vitest", { test: { coverage: { include: ["src/**"] } } }, "src/a.ts"],
  ["vitest", { test: { coverage: { exclude: ["lib"] }, exclude: ["src"] } }, "src/a.ts test/c.ts"],
  ["jest", { collectCoverageFrom: ["**/*.ts", "!lib/**"] }, "src/a.ts test/c.ts"],
  ["jest", { coveragePathIgnorePatterns: ["/lib/"] }, "src/a.ts test/c.ts"],
  ["jest", { rootDir: "lib" }, "lib/b.ts"],
  ["nyc", { include: ["src"], exclude: ["src/a.ts"] }, ""],
  ["c8", { src: ["lib"] }, "lib/b.ts"],
  ["bun", { coveragePathIgnorePatterns: ["test"] }, "src/a.ts lib/b.ts"],
  ["stryker", {}, "src/a.ts lib/b.ts"],
  ["stryker", { mutate: ["test/**"] }, "test/c.ts"],
  ["ava", {}, "?"],
])("%s with %j measures %s", async (runner, config, expected) => {
  const reach = await coverageReach({ runner, dir: repoPath(""), variant: "" }, settingsIn(fromData(config)));
  expect(reach === undefined ? "?" : sources.filter((path) => reach(path)).join(" ")).toBe(expected);
});
