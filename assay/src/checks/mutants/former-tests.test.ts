import { expect, test } from "vitest";
import { repoPath, rootDir, type RepoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
import { testRepository } from "../../tools/testing/test-host.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { planFormerTests } from "./former-tests.ts";

/** Why tests of the base are not tried, or what is. `imports` and `loaders`: by path. */
async function planned(
  base: Texts,
  head: Texts,
  imports: Readonly<Record<string, readonly string[]>> = {},
  loaders: Readonly<Record<string, readonly string[]>> = {},
): Promise<string> {
  const context = await contextOf({ base, head });
  const plan = await planFormerTests(
    {
      ...context,
      command: "gate",
      listed: null,
      reread: async () => context.diff,
      affected: {
        ...unaffected,
        importsOf: (path: RepoPath) => (imports[path] ?? []).map(repoPath),
        loadersOf: (path: RepoPath) => new Set((loaders[path] ?? []).map(repoPath)),
      },
    },
    "0".repeat(40),
  );
  return plan.status === "skipped" ? plan.reason : plan.tasks.map(({ label }) => label).join();
}

const none = "no test was rewritten or deleted";
const noCode = "the rewritten and deleted tests import no code";
const noRunner = "the rewritten and deleted tests can not be run";

const sum = { "src/sum.ts": "export const sum = (a: number, b: number) => a + b;\n" };
const adds =
  'import { expect, test } from "vitest";\nimport { sum } from "./sum.ts";\ntest("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const more = `${adds}test("adds more", () => { expect(sum(2, 2)).toBe(4); });\n`;
const tested: Readonly<Record<string, readonly string[]>> = { "src/sum.test.ts": ["src/sum.ts"] };

test("tests that stay, that gain or that are new have no former version to try", async () => {
  const at = (text: string): Texts => ({ ...sum, "src/sum.test.ts": text });
  expect(await planned(at(adds), at(adds), tested)).toBe(none);
  expect(await planned(at(adds), at(more), tested)).toBe(none);
  expect(await planned(sum, at(adds), tested)).toBe(none);
  expect(await planned(at(adds), { "src/sum.test.ts": adds, "src/sum.ts": "export const sum = 1;\n" }, tested)).toBe(
    none,
  );
});

test("a test that was rewritten or deleted is tried on what it imports", async () => {
  const at = (text: string): Texts => ({ ...sum, "src/sum.test.ts": text });
  // Here no runner is installed.
  expect(await planned(at(more), at(adds), tested)).toBe(noRunner);
  expect(await planned(at(adds), sum)).toBe(noRunner);
  expect(await planned(at(more), at(adds))).toBe(noCode);
  expect(await planned(at(more), at(adds), { "src/sum.test.ts": ["src/sum.test.ts", "README.md"] })).toBe(noCode);
});

test("what only tests use is no code of the program", async () => {
  const at = (text: string): Texts => ({
    "src/testing/make.ts": "export const make = (n: number) => n;\n",
    "src/a.test.ts": text,
  });
  expect(await planned(at(more), at(adds), { "src/a.test.ts": ["src/testing/make.ts"] })).toBe(noRunner);
});

test("a helper that was rewritten is tried by the tests that load it", async () => {
  const at = (helper: string): Texts => ({ ...sum, "test/helper.ts": helper, "src/sum.test.ts": adds });
  const [before, after] = ["export const three = 3;\n", "export const three = 4;\n"];
  expect(await planned(at(before), at(after), tested, { "test/helper.ts": ["src/sum.test.ts"] })).toBe(noRunner);
  expect(await planned(at(before), at(after), tested)).toBe(noCode);
});

test("where a runner is installed, they are run by it", async () => {
  const manifest = JSON.stringify({ name: "a", devDependencies: { vitest: "*" }, scripts: { test: "vitest" } });
  const head = { "package.json": manifest, ...sum, "src/sum.test.ts": adds };
  using repository = testRepository({
    ...head,
    "node_modules/vitest/package.json": JSON.stringify({ name: "vitest", version: "3.0.0", bin: "cli.js" }),
  });
  const context = await contextOf({ base: { ...head, "src/sum.test.ts": more, "src/old.test.ts": adds }, head });
  const plan = await planFormerTests(
    {
      ...context,
      workspace: repository.workspace,
      command: "gate",
      listed: null,
      reread: async () => context.diff,
      affected: {
        ...unaffected,
        importsOf: (path: RepoPath) => (tested[path] ?? []).map(repoPath),
        loadersOf: () => new Set([repoPath("src/sum.test.ts")]),
      },
    },
    "0".repeat(40),
  );
  const told = plan.status === "planned" ? plan.tasks.map(({ label, cost, replay }) => ({ label, cost, replay })) : [];
  // What was found stands while neither the base nor anything in the repository is another.
  const replay = { facts: ["0".repeat(40)], inputs: { kind: "dirs", dirs: [rootDir] }, failures: true };
  expect(told).toEqual([{ label: "what 2 rewritten or deleted tests noticed before", cost: "expensive", replay }]);
});

test("a test that was moved and rewritten is one that is gone", async () => {
  const context = { "test/sum.test.ts": adds.replace("./sum.ts", "../src/sum.ts"), ...sum };
  expect(await planned({ ...sum, "src/sum.test.ts": more }, context, { "test/sum.test.ts": ["src/sum.ts"] })).toBe(
    noRunner,
  );
});
