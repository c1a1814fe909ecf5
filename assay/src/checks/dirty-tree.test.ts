import { expect, test } from "vitest";
import { newFile, type Change, type ChangeStage, type Diff } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import { planContext } from "../tools/testing/plan-context.ts";
import { testHost, testRepository } from "../tools/testing/test-host.ts";
import { dirtyTree } from "./dirty-tree.ts";

function changeIn(path: string, stages: readonly ChangeStage[]): Change {
  return { ...newFile(repoPath(path), []), stages: new Set(stages) };
}

function diffOf(stages: Readonly<Record<string, readonly ChangeStage[]>>): Diff {
  return {
    base: { kind: "found", commit: "", ref: "main", tip: "" },
    changes: Object.entries(stages).map(([path, each]) => changeIn(path, each)),
  };
}

/** What is said of a tree that was one way when the run began, and is another way after it. */
async function said(before: Diff, after: Diff): Promise<readonly string[]> {
  using host = testHost();
  using repository = testRepository({});
  const plan = await dirtyTree.plan(
    planContext(repository.workspace, { diff: before, reread: () => Promise.resolve(after) }),
  );
  if (plan.status !== "planned") return [plan.reason];
  const outcomes = await Promise.all(plan.tasks.map((task) => task.run(host)));
  return outcomes.flatMap((outcome) =>
    outcome.status === "failed" ? outcome.findings.map(({ path, message }) => `${path} ${message}`) : outcome.status,
  );
}

test("a tree that is as the commit passes", async () => {
  const clean = diffOf({ "a.ts": ["committed"] });
  expect(await said(clean, clean)).toEqual(["passed"]);
});

test("what is not committed, or not as it was committed, is named with its stages", async () => {
  const dirty = diffOf({
    "a.ts": ["committed"],
    "b.ts": ["untracked"],
    "c.ts": ["committed", "staged", "unstaged"],
  });
  expect(await said(dirty, dirty)).toEqual([
    "b.ts is untracked: commit it or remove it",
    "c.ts is staged, unstaged: commit it or remove it",
  ]);
});

test("what became different while checks ran was written by one of them", async () => {
  const before = diffOf({ "a.ts": ["committed"], "b.ts": ["untracked"] });
  const after = diffOf({ "a.ts": ["committed", "unstaged"], "b.ts": ["untracked"] });
  expect(await said(before, after)).toEqual([
    expect.stringMatching(/^a\.ts is unstaged since a check ran: .*ignored folder/),
    "b.ts is untracked: commit it or remove it",
  ]);
});

test("what was removed in the meantime is no fault", async () => {
  expect(await said(diffOf({ "b.ts": ["untracked"] }), diffOf({}))).toEqual(["passed"]);
});
