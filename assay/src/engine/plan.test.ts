import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ChangeCheck, PlanContext, Task, TaskCheck, TaskPlan } from "../model/check.ts";
import { newFile } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import { unaffected } from "../model/scope.ts";
import { planChecks, type PlannedCheck } from "./plan.ts";
import { openHost } from "./host.ts";
import { headOf } from "./testing/head-of.ts";

const change = newFile(repoPath("packages/a/a.ts"), []);

const monorepo = {
  "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
  "packages/a/package.json": '{ "name": "a" }',
  "packages/a/a.ts": "a",
  "packages/b/package.json": '{ "name": "b", "dependencies": { "a": "*" } }',
};

/** A change of `packages/a/a.ts`. */
async function contextOf(more: Partial<PlanContext> = {}): Promise<PlanContext> {
  const above = realpathSync(mkdtempSync(join(tmpdir(), "assay-plan-")));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const root = join(above, "repository");
  for (const [path, text] of Object.entries(monorepo)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const none = { all: [], direct: [], expanded: [], touched: [], fallback: null, why: new Map<string, string>() };
  const diff = { base: { kind: "found", commit: "c", ref: "main", tip: "c" }, changes: [change] } as const;
  return {
    command: "loop",
    diff,
    scope: { ...none, changes: [change], scopeOf: () => undefined },
    workspace: await headOf(root),
    pairs: [],
    base: { read: () => Promise.resolve([]), paths: () => Promise.resolve([]) },
    commits: () => Promise.resolve({ ofChange: [], before: [] }),
    reverted: () => Promise.resolve([]),
    parse: () => undefined,
    affected: unaffected,
    listed: null,
    reread: () => Promise.resolve(diff),
    ...more,
  };
}

/** Puts a folder outside of the repository where imports look for the package `a`. */
function leadAway({ workspace: { root } }: PlanContext): void {
  mkdirSync(join(dirname(root), "elsewhere"));
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(dirname(root), "elsewhere"), join(root, "node_modules/a"));
}

function guard(id: string, messages: readonly string[] = []): ChangeCheck {
  const findings = messages.map((message) => ({ path: null, line: null, message }));
  return { id, kind: "change", summary: "", in: ["loop"], inspect: () => Promise.resolve(findings) };
}

function tool(id: string, plan: () => Promise<TaskPlan>, more: Partial<TaskCheck> = {}): TaskCheck {
  return { id, kind: "tasks", summary: "", in: ["loop"], phase: "verify", mustFinish: false, plan, ...more };
}

function running(more: Partial<Task> = {}): () => Promise<TaskPlan> {
  const run: Task["run"] = () => Promise.resolve({ status: "passed" });
  return () =>
    Promise.resolve({ status: "planned", tasks: [{ label: "it", cost: "cheap", replay: null, run, ...more }] });
}

const statusesOf = (plan: readonly PlannedCheck[]): unknown => plan.map(({ id, work }) => `${id} ${work.status}`);

test("a guard is one task that takes no time to start, and as good as what it finds", async () => {
  const plan = await planChecks([guard("clean"), guard("wrong", ["a", "b"])], await contextOf());
  expect(plan).toMatchObject([
    { id: "clean", phase: "verify", mustFinish: false, work: { status: "planned", tasks: [{ label: "clean" }] } },
    { id: "wrong", work: { tasks: [{ label: "wrong", cost: "instant", replay: null }] } },
  ]);
  const host = openHost({ deadline: Infinity, signal: new AbortController().signal });
  const tasks = plan.flatMap(({ work }) => (work.status === "planned" ? work.tasks : []));
  expect(await Promise.all(tasks.map((task) => task.run(host)))).toMatchObject([
    { status: "passed" },
    { status: "failed", findings: [{ message: "a" }, { message: "b" }] },
  ]);
});

test("without a base a guard is an error that asks for one, and without a change it has nothing to do", async () => {
  const context = await contextOf();
  const base = { kind: "none", reason: "there is no main", hint: "--base REV" } as const;
  const [lost] = await planChecks([guard("g")], { ...context, diff: { base, changes: [] } });
  expect(lost?.work).toMatchObject({ status: "errored", error: { message: "there is no main", hint: "--base REV" } });
  const [idle] = await planChecks([guard("g")], { ...context, diff: { ...context.diff, changes: [] } });
  expect(idle?.work).toEqual({ status: "skipped", reason: "nothing changed" });
});

test("what can not be planned is an error of that check alone, in its own phase", async () => {
  const broken =
    (error: unknown): (() => Promise<TaskPlan>) =>
    () =>
      Promise.reject(error);
  const plan = await planChecks(
    [
      tool("lint", broken(new Error("boom")), { phase: "last", mustFinish: true }),
      tool("types", broken(new AssayError("tool-missing", "no tsc"))),
      tool("tests", running(), { phase: "build", mustFinish: true }),
    ],
    await contextOf(),
  );
  expect(plan).toMatchObject([
    { id: "lint", phase: "last", mustFinish: true, work: { error: { code: "check-crashed", message: "boom" } } },
    { id: "types", work: { error: { code: "tool-missing" } } },
    { id: "tests", phase: "build", mustFinish: true, work: { status: "planned" } },
  ]);
});

test("what is left out on request is skipped for everybody to see, without being planned", async () => {
  const plan = await planChecks(
    [tool("lint", running(), { mustFinish: true }), tool("types", running())],
    await contextOf(),
    new Map([["lint", "by --except"]]),
  );
  expect(plan).toMatchObject([
    { id: "lint", phase: "verify", mustFinish: false, work: { status: "skipped", reason: "by --except", asked: true } },
    { id: "types", work: { status: "planned" } },
  ]);
});

test("where imports of a changed package lead out of the checkout nothing is run that could follow them", async () => {
  const context = await contextOf();
  leadAway(context);
  const files = { facts: [], inputs: { kind: "files", files: [change.path] } } as const;
  const dirs = { facts: [], inputs: { kind: "dirs", dirs: [] } } as const;
  const checks = [
    guard("guard"),
    tool("format", running({ replay: files })),
    tool("tests", running({ replay: dirs })),
    tool("types", running(), { phase: "last" }),
    tool("mixed", async () => {
      const [light, heavy] = await Promise.all([running({ cost: "instant" })(), running()()]);
      const tasksOf = (plan: TaskPlan): readonly Task[] => (plan.status === "planned" ? plan.tasks : []);
      return { status: "planned", tasks: [...tasksOf(light), ...tasksOf(heavy)] };
    }),
    tool("idle", () => Promise.resolve({ status: "skipped", reason: "nothing" })),
  ];
  const plan = await planChecks(checks, context);
  expect(statusesOf(plan)).toEqual([
    "guard planned",
    "format planned",
    "tests errored",
    "types errored",
    "mixed errored",
    "idle skipped",
  ]);
  expect(plan[3]).toMatchObject({
    phase: "last",
    work: {
      error: {
        code: "tool-missing",
        message: "node_modules/a leads out of this checkout, so programs would import another packages/a",
        hint: "npm install",
      },
    },
  });
});

test("it does not matter where another package leads, unless everything is affected or it was moved from there", async () => {
  const context = await contextOf();
  leadAway(context);
  const checks = [tool("tests", running())];
  const statusAt = async (more: Partial<PlanContext>): Promise<unknown> =>
    statusesOf(await planChecks(checks, { ...context, ...more }));
  const other = newFile(repoPath("packages/b/b.ts"), []);
  const elsewhere = { ...context.diff, changes: [other] };
  expect(await statusAt({ diff: elsewhere })).toEqual(["tests planned"]);
  expect(await statusAt({ diff: { ...context.diff, changes: [change, other] } })).toEqual(["tests errored"]);
  expect(await statusAt({ diff: elsewhere, affected: { ...unaffected, everything: true } })).toEqual(["tests errored"]);
  const moved = { ...other, previousPath: change.path };
  expect(await statusAt({ diff: { ...context.diff, changes: [moved] } })).toEqual(["tests errored"]);
});
