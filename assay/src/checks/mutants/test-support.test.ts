import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { isTestSupport } from "./test-support.ts";

const code = "export const make = (n: number) => n + 1;\n";
const ofVitest = `import { expect } from "vitest";\n${code}`;

/** `importers`: by path, who imports it. */
async function isSupport(
  path: string,
  importers: Readonly<Record<string, readonly string[]>>,
  text = code,
  more: Texts = {},
): Promise<boolean> {
  const others = Object.values(importers).flat();
  const texts = Object.fromEntries([...others.map((other) => [other, code] as const), [path, text]]);
  const context = await contextOf({ base: {}, head: { "package.json": "{}", ...texts, ...more } });
  const importersOf = (of: RepoPath): RepoPath[] => (importers[of] ?? []).map((each) => repoPath(each));
  return isTestSupport(repoPath(path), { ...context, affected: { importersOf } });
}

test.each([
  "src/testing/make.ts",
  "src/test-utils.ts",
  "src/tests-helpers/make.ts",
  "src/testUtils.ts",
  "src/setupTests.ts",
  "src/user.mock.ts",
])("%s is a part of the tests where only tests use it", async (path) => {
  expect(await isSupport(path, { [path]: ["src/a.test.ts", "test/b.ts"] })).toBe(true);
  expect(await isSupport(path, { [path]: ["src/a.test.ts", "src/program.ts"] })).toBe(false);
  expect(await isSupport(path, {})).toBe(false);
});

test.each(
  (
    "test-data test_double test.doubles test-env test-environment test-factory testFactories test-fixture " +
    "tests-fixtures test-harness test-helper test-mock test-mocks testSetup test-support test-util test-utilities " +
    "setup-test setup_tests a.fake a.fakes a.fixture a.fixtures a.mocks a.stub a.stubs"
  ).split(" "),
)("%s is a part of the tests by its name, for a single one", async (name) => {
  for (const path of [`src/${name}.ts`, `src/${name}.mts`, `src/${name}.cjs`])
    expect([path, await isSupport(path, { [path]: ["src/other.test.ts"] })]).toEqual([path, true]);
});

test.each(["@testing-library/react", "node:test", "tap", "uvu"])(
  "what loads %s is a part of the tests",
  async (name) => {
    const text = `import { a } from "${name}";\n${code}`;
    expect(await isSupport("src/make.ts", { "src/make.ts": ["src/other.test.ts"] }, text)).toBe(true);
    const other = text.replace(name, `${name}-like`.replace("@testing-library/", "testing-library/"));
    expect(await isSupport("src/make.ts", { "src/make.ts": ["src/other.test.ts"] }, other)).toBe(false);
  },
);

test.each(["src/contesting/make.ts", "src/latest-data.ts", "src/presetup-tests.ts", "src/test-helpers-page/make.ts"])(
  "%s only has such a name in it",
  async (path) => {
    expect(await isSupport(path, { [path]: ["src/other.test.ts"] })).toBe(false);
  },
);

test.each(["src/a.ts", "src/ab-test.ts", "src/latest.ts", "src/mock.ts", "src/contest.ts", "src/test-runner.ts"])(
  "%s may be new code that nothing uses yet but its test",
  async (path) => {
    expect(await isSupport(path, { [path]: ["src/new.test.ts"] })).toBe(false);
  },
);

test.each(["src/test-repository.ts", "src/fakeServer.ts", "src/mock_store.ts", "src/stub.user.ts", "src/dummy-1.ts"])(
  "%s is a part of the tests where several tests share it, and nothing else does",
  async (path) => {
    expect(await isSupport(path, { [path]: ["src/a.test.ts", "src/b.test.ts"] })).toBe(true);
    expect(await isSupport(path, { [path]: ["src/a.test.ts"] })).toBe(false);
    expect(await isSupport(path, { [path]: ["src/a.test.ts", "src/b.test.ts", "src/program.ts"] })).toBe(false);
  },
);

test.each(["src/a.ts", "src/latest-a.ts", "src/testimonial.ts", "src/mock.ts", "src/a-fake-1.ts"])(
  "%s is none, however many tests share it",
  async (path) => {
    expect(await isSupport(path, { [path]: ["src/a.test.ts", "src/b.test.ts"] })).toBe(false);
  },
);

test("what loads a test runner is a part of the tests, under whatever name", async () => {
  const only = { "src/make.ts": ["src/a.test.ts"] };
  expect(await isSupport("src/make.ts", only, ofVitest)).toBe(true);
  expect(await isSupport("src/make.ts", only, ofVitest.replace("import {", "import type {"))).toBe(false);
  expect(await isSupport("src/make.ts", only, ofVitest.replace('"vitest"', '"vitest/config"'))).toBe(false);
  expect(await isSupport("src/make.ts", only, ofVitest.replace('"vitest"', '"of-vitest"'))).toBe(false);
  expect(await isSupport("src/make.ts", { "src/make.ts": ["src/program.ts"] }, ofVitest)).toBe(false);
});

test("so is what only such modules use, as far as it says so too", async () => {
  const chain = (through: string): Readonly<Record<string, readonly string[]>> => ({
    "src/testing/make.ts": [through],
    [through]: ["src/a.test.ts"],
  });
  expect(await isSupport("src/testing/make.ts", chain("src/testing/project.ts"))).toBe(true);
  expect(await isSupport("src/testing/make.ts", chain("src/project.ts"))).toBe(false);
});

test("what has a test of its own, and what a manifest names, is none", async () => {
  const path = "src/testing/make.ts";
  expect(await isSupport(path, { [path]: ["src/a.test.ts", "src/testing/make.test.ts"] })).toBe(false);
  const module = "src/testing/make.mts";
  expect(await isSupport(module, { [module]: ["src/a.test.ts", "src/make_spec.mts"] })).toBe(false);
  const named = { "package.json": '{ "exports": { "./testing": "./dist/testing/make.js" } }' };
  expect(await isSupport(path, { [path]: ["src/a.test.ts"] }, code, named)).toBe(false);
});

test("a test is none, nor is what is gone", async () => {
  expect(await isSupport("src/a.test.ts", { "src/a.test.ts": ["src/b.test.ts"] }, ofVitest)).toBe(false);
  const context = await contextOf({ base: {}, head: {} });
  const affected = { importersOf: () => [repoPath("src/a.test.ts")] };
  expect(isTestSupport(repoPath("src/testing/make.ts"), { ...context, affected })).toBe(false);
});
