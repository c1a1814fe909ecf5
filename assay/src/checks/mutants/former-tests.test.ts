import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
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
const tested = { "src/sum.test.ts": ["src/sum.ts"] };

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
