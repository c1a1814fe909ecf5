// What the checks that run something plan, and when there is nothing to run.
import { expect, test } from "vitest";
import type { PlanContext, TaskCheck } from "../model/check.ts";
import { toAssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import { unaffected } from "../model/scope.ts";
import { testHost } from "../tools/testing/test-host.ts";
import { build } from "./build.ts";
import { contextOf, type Texts, type TextsChange } from "./change/change-of-texts.ts";
import { docsBuild } from "./docs-build.ts";
import { format } from "./format.ts";
import { builtInChecks } from "./index.ts";
import { lint } from "./lint.ts";
import { mutation } from "./mutation.ts";
import { outdatedBranch } from "./outdated-branch.ts";
import { staleEquivalent } from "./stale-equivalent.ts";
import { tests } from "./tests.ts";
import { types } from "./types.ts";
import { untestedChange } from "./untested-change.ts";
import { weakenedTest } from "./weakened-test.ts";

async function planContextOf(change: TextsChange, more: Partial<PlanContext> = {}): Promise<PlanContext> {
  const context = await contextOf(change);
  return {
    ...context,
    command: "gate",
    affected: unaffected,
    listed: null,
    reread: () => Promise.resolve(context.diff),
    ...more,
  };
}

/** The labels of what a check plans, or why it plans nothing. */
async function planned(check: TaskCheck, context: PlanContext): Promise<readonly string[] | string> {
  const plan = await check.plan(context);
  return plan.status === "planned" ? plan.tasks.map(({ label }) => label) : plan.reason;
}

/** What becomes of each of its tasks. */
async function outcomes(check: TaskCheck, context: PlanContext): Promise<readonly string[]> {
  using host = testHost();
  const plan = await check.plan(context);
  if (plan.status !== "planned") return [plan.reason];
  const ended = await Promise.all(plan.tasks.map((task) => task.run(host)));
  return ended.map((outcome) =>
    outcome.status === "failed"
      ? outcome.findings.map(({ path, line, message }) => `${path}:${line} ${message}`).join("\n")
      : outcome.status === "passed"
        ? `passed ${outcome.review ?? ""}`.trim()
        : outcome.status,
  );
}

const none = { base: {}, head: {} };
const withoutBase: Partial<PlanContext> = {
  diff: { base: { kind: "none", reason: "there is no main", hint: "git fetch" }, changes: [] },
};
const manifest = (raw: object): Texts => ({ "package.json": JSON.stringify(raw) });

test("a run has verified nothing where no test and no mutant came to an end", () => {
  const all = builtInChecks.filter((check) => check.kind === "tasks" && check.mustFinish);
  expect(all.map(({ id }) => id)).toEqual(["tests", "mutation", "weakened-test"]);
});

test("what builds comes first, what looks at the tree last", () => {
  const phases = [build, docsBuild, types, mutation].map(({ phase }) => phase);
  expect(phases).toEqual(["build", "verify", "verify", "mutate"]);
});

test("the scripts of the builds are planned by their names", async () => {
  const head = manifest({ scripts: { build: "tsc", "build-docs": "typedoc" } });
  const context = await planContextOf({ base: head, head });
  expect(await planned(build, context)).toEqual([expect.stringContaining("build")]);
  expect(await planned(docsBuild, context)).toEqual([expect.stringContaining("build-docs")]);
  expect(await planned(build, await planContextOf(none))).toBe("no script named build");
  expect(await planned(docsBuild, await planContextOf(none))).toBe("no script named docs:build");
});

test("each role of a tool is planned by its check", async () => {
  const context = await planContextOf({ base: {}, head: { ...manifest({}), "a.ts": "" } });
  for (const check of [format, lint, types, tests]) {
    expect(await planned(check, context)).toBe(`the repository has no tool for ${check.id}`);
  }
});

test("whatever judges against a base says so where there is none", async () => {
  const context = await planContextOf({ ...none, config: { requireChangedTests: true } }, withoutBase);
  for (const check of [outdatedBranch, mutation, weakenedTest, untestedChange]) {
    const error = await check.plan(context).then(
      () => undefined,
      (thrown: unknown) => toAssayError(thrown, "internal"),
    );
    expect([check.id, error?.code, error?.message]).toEqual([check.id, "base-not-found", "there is no main"]);
  }
});

test("a base that has moved on is named with what to do", async () => {
  const at = (tip: string): Partial<PlanContext> => ({
    diff: { base: { kind: "found", commit: "a".repeat(40), ref: "origin/main", tip }, changes: [] },
  });
  const [current, outdated] = [at("a".repeat(40)), at("b".repeat(40))];
  expect(await planned(outdatedBranch, await planContextOf(none, current))).toEqual(["origin/main"]);
  expect(await outcomes(outdatedBranch, await planContextOf(none, current))).toEqual(["passed"]);
  expect(await outcomes(outdatedBranch, await planContextOf(none, outdated))).toEqual([
    "null:null origin/main has moved on to bbbbbbbbbbbb: merge or rebase onto it (`git rebase origin/main`), then run again",
  ]);
});

test("mutants are planned for sources alone, with markup that has a script among them", async () => {
  for (const [path, isPlanned] of [
    ["src/a.ts", true],
    ["src/a.vue", true],
    ["src/a.test.ts", false],
    ["README.md", false],
    ["types/a.d.ts", false],
  ] as const) {
    const plan = await planned(mutation, await planContextOf({ base: {}, head: { [path]: "export const a = 1;\n" } }));
    expect([path, plan]).toEqual([path, isPlanned ? ["mutants of 1 changed files"] : "no source file changed"]);
  }
  const gone = await planContextOf({ base: { "src/a.ts": "export const a = 1;\n" }, head: {} });
  expect(await planned(mutation, gone)).toBe("no source file changed");
});

test("what became of mutants is told again only where the same was asked for", async () => {
  const factsOf = async (change: TextsChange, more: Partial<PlanContext> = {}): Promise<string> => {
    const plan = await mutation.plan(await planContextOf(change, more));
    return JSON.stringify(plan.status === "planned" ? plan.tasks.map(({ replay }) => replay) : plan.reason);
  };
  const change = { base: { "a.ts": "a();\n" }, head: { "a.ts": "a();\nb();\n" } };
  const facts = await factsOf(change);
  expect(await factsOf(change)).toBe(facts);
  expect(await factsOf({ ...change, base: { "a.ts": "b();\n" } })).not.toBe(facts);
  expect(await factsOf({ ...change, config: { maxMutants: 7 } })).not.toBe(facts);
  expect(await factsOf(change, { listed: [] })).not.toBe(facts);
});

test("a program that the build runs has no mutants, unless they are named", async () => {
  const head = { ...manifest({ scripts: { build: "node build.js" } }), "build.js": "run();\n" };
  const change = { base: manifest({ scripts: { build: "node build.js" } }), head };
  expect(await planned(mutation, await planContextOf(change))).toBe("no source file changed");
  expect(await planned(mutation, await planContextOf(change, { listed: [] }))).toEqual(["mutants of 1 changed files"]);
});

test("tests that were only added are not tried as they were", async () => {
  const head = { "a.test.ts": 'test("a", () => expect(a()).toBe(1));\n' };
  expect(await planned(weakenedTest, await planContextOf({ base: {}, head }))).toBe("no test was rewritten or deleted");
  const more = { "a.test.ts": `${head["a.test.ts"]}test("b", () => expect(b()).toBe(1));\n` };
  expect(await planned(weakenedTest, await planContextOf({ base: head, head: more }))).toBe(
    "no test was rewritten or deleted",
  );
  const rewritten = { "a.test.ts": 'test("a", () => expect(a()).toBe(2));\n' };
  expect(await planned(weakenedTest, await planContextOf({ base: head, head: rewritten }))).toBe(
    "the rewritten and deleted tests import no code",
  );
});

test("a change of code wants a change of a test that can reach it", async () => {
  const source = { "src/a.ts": "export const a = 1;\n" };
  const head = { ...source, "a.test.ts": "a();\n" };
  const observersOf = (): ReadonlySet<ReturnType<typeof repoPath>> => new Set([repoPath("a.test.ts")]);
  const reaching = { affected: { ...unaffected, observersOf } };
  const config = { requireChangedTests: true };
  const off = { base: {}, head: source, config: { requireChangedTests: false } };
  expect(await planned(untestedChange, await planContextOf(off))).toBe("off in assay.toml");
  expect(await planned(untestedChange, await planContextOf({ base: {}, head: source, config }))).toEqual([
    "changed tests",
  ]);
  expect(await outcomes(untestedChange, await planContextOf({ base: {}, head: source, config }))).toEqual([
    expect.stringMatching(/^src\/a\.ts:1 runtime code changed, and no test did/),
  ]);
  expect(await outcomes(untestedChange, await planContextOf({ base: {}, head, config }, reaching))).toEqual(["passed"]);
});

test("an acknowledged mutant has to be there, and a new acknowledgement is for a person to review", async () => {
  const head = {
    "src/a.ts": "export const isLarge = (size: number) => size > 9;\n",
    "assay.toml": "a36a391f28 src/a.ts",
  };
  const acknowledged = (path: string, mutant: string, base: Texts = head): Promise<readonly string[]> => {
    const entry = { path: repoPath(path), mutant, reason: "sizes are odd" };
    return planContextOf({ base, head, config: { equivalents: [entry] } }).then((context) =>
      outcomes(staleEquivalent, context),
    );
  };
  expect(await planned(staleEquivalent, await planContextOf({ base: {}, head }))).toBe(
    "no mutant is acknowledged as equivalent",
  );
  expect(await acknowledged("src/a.ts", "a36a391f28")).toEqual(["passed"]);
  const newly =
    "passed newly acknowledged as equivalent: src/a.ts:1 `…= (size: number) => size > 9;` → `…= (size: number) => size >= 9;`: sizes are odd";
  expect(await acknowledged("src/a.ts", "a36a391f28", {})).toEqual([newly]);
  expect(await acknowledged("src/a.ts", "a36a391f28", { "assay.toml": "src/a.ts" })).toEqual([newly]);
  expect(await acknowledged("src/a.ts", "a36a391f28", { "assay.toml": "another order: src/a.ts a36a391f28" })).toEqual([
    "passed",
  ]);
  expect(await acknowledged("src/a.ts", "0000000000")).toEqual([
    expect.stringMatching(
      /^assay\.toml:null .* 0000000000 of src\/a\.ts, and no such mutant is there any more; remove/,
    ),
  ]);
  expect(await acknowledged("src/b.ts", "a36a391f28")).toEqual([
    expect.stringMatching(/^assay\.toml:null .*src\/b\.ts, and there is no such source file; remove/),
  ]);
});
