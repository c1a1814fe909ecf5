// From a role to the work of every tool that has it.
import type { PlanContext, Task, TaskPlan } from "../model/check.ts";
import type { Change } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import { nameOf } from "../model/paths.ts";
import { changeFacts } from "./change-facts.ts";
import { allTools } from "./index.ts";
import { withInstallHint } from "./packages/not-installed.ts";
import { testRunners } from "./runners/known.ts";
import { behindPreparation, preparedPackages, withPreparation } from "./runners/preparation.ts";
import type { Detection, Selection, ToolRole } from "./tool.ts";

/** The tools of one role that the repository uses, and what each has to look at. */
export async function planRole(role: ToolRole, context: PlanContext): Promise<TaskPlan> {
  const tools = allTools.filter((tool) => tool.role === role);
  const found = await Promise.all(
    tools.map(async (tool) => {
      const detections = await tool.detect(context.workspace);
      return detections.map((detection) => ({ detection, isRunner: testRunners.includes(tool) }));
    }),
  );
  const detections = found.flat();
  if (detections.length === 0) return { status: "skipped", reason: `the repository has no tool for ${role}` };
  const selection = selectionOf(role, context);
  const tasks = detections.flatMap(({ detection, isRunner }) =>
    isRunner ? preparedTasks(context, detection, selection) : tasksOf(context, detection, selection),
  );
  return tasks.length === 0 ? { status: "skipped", reason: "nothing affected" } : { status: "planned", tasks };
}

function selectionOf(role: ToolRole, context: PlanContext): Selection {
  const { affected, scope, command } = context;
  const change = changeFacts(context);
  // Inside a budget the tests nearest to the change come first, also when all of them are due.
  const ordered = role === "tests" && command === "loop";
  if (affected.everything && !ordered) return { kind: "all", change };
  const expanded = new Set(scope.expanded);
  return { kind: "affected", change, affected, inScope: (path) => expanded.has(scope.scopeOf(path) ?? "") };
}

function tasksOf(context: PlanContext, detection: Detection, selection: Selection): readonly Task[] {
  if (detection.version === null) return [missing(detection)];
  const tasks = detection.plan(selection);
  const { gateOnly } = detection;
  if (gateOnly !== undefined && context.command === "loop")
    return tasks.map(({ label }) => leftToGate(label, gateOnly));
  // What the change took away is missing from the code, not from the checkout.
  if (context.diff.changes.some(isGonePackage)) return tasks;
  return tasks.map((task) => ({
    label: task.label,
    cost: task.cost,
    replay: task.replay,
    run: async (host) => withInstallHint(context.workspace, detection.dir, await task.run(host)),
  }));
}

/** The gate makes what the test script makes first, a loop only where something is missing. What is run as a script does so itself. */
function preparedTasks(context: PlanContext, detection: Detection, selection: Selection): readonly Task[] {
  const tasks = tasksOf(context, detection, selection);
  const { workspace, command } = context;
  const packages = detection.gateOnly === undefined ? preparedPackages(workspace, detection.dir) : [];
  if (packages.length === 0) return tasks;
  const prepared = command === "gate" ? behindPreparation : withPreparation;
  return tasks.map((task) => {
    const { label, cost, replay } = task;
    return { label, cost, replay, run: prepared(workspace, packages, task) };
  });
}

function isGonePackage({ kind, path, previousPath }: Change): boolean {
  return nameOf(previousPath ?? path) === "package.json" && (kind === "deleted" || kind === "renamed");
}

function leftToGate(label: string, why: string): Task {
  const reason = `${label}: ${why}; \`assay gate\` runs it`;
  return { label, cost: "instant", replay: null, run: () => Promise.resolve({ status: "skipped", reason }) };
}

/** A tool that the repository declares and that is not installed: nobody can say what it would have found. */
function missing(detection: Detection): Task {
  const error = notInstalledError(detection);
  return {
    label: `${detection.tool}${whereOf(detection)}`,
    cost: "instant",
    replay: null,
    run: () => Promise.resolve({ status: "errored", error }),
  };
}

/** Why a tool that the repository declares can tell nothing, with the command that installs it. */
export function notInstalledError(detection: Detection): AssayError {
  const message = `${detection.tool} is declared${whereOf(detection)} (${detection.evidence}) but not installed`;
  return new AssayError("tool-missing", message, detection.install === null ? {} : { hint: detection.install });
}

function whereOf({ dir }: Detection): string {
  return dir === "" ? "" : ` in ${dir}`;
}
