// From a role to the work of every tool that has it.
import type { PlanContext, Task, TaskPlan } from "../model/check.ts";
import { AssayError } from "../model/errors.ts";
import { allTools } from "./index.ts";
import type { Detection, Selection, ToolRole } from "./tool.ts";

/** The tools of one role that the repository uses, and what each has to look at. */
export async function planRole(role: ToolRole, context: PlanContext): Promise<TaskPlan> {
  const tools = allTools.filter((tool) => tool.role === role);
  const detections = (await Promise.all(tools.map((tool) => tool.detect(context.workspace)))).flat();
  if (detections.length === 0) return { status: "skipped", reason: `the repository has no tool for ${role}` };
  const selection = selectionOf(role, context);
  const tasks = detections.flatMap((detection) => tasksOf(detection, selection));
  return tasks.length === 0 ? { status: "skipped", reason: "nothing affected" } : { status: "planned", tasks };
}

function selectionOf(role: ToolRole, { affected, scope, command }: PlanContext): Selection {
  // Inside a budget the tests nearest to the change come first, also when all of them are due.
  const ordered = role === "tests" && command === "loop";
  if (affected.everything && !ordered) return { kind: "all" };
  const expanded = new Set(scope.expanded);
  return { kind: "affected", affected, inScope: (path) => expanded.has(scope.scopeOf(path) ?? "") };
}

function tasksOf(detection: Detection, selection: Selection): readonly Task[] {
  return detection.version === null ? [missing(detection)] : detection.plan(selection);
}

/** A tool that the repository declares and that is not installed: nobody can say what it would have found. */
function missing(detection: Detection): Task {
  const where = detection.dir === "" ? "" : ` in ${detection.dir}`;
  const message = `${detection.tool} is declared${where} (${detection.evidence}) but not installed`;
  const error = new AssayError("tool-missing", message, detection.install === null ? {} : { hint: detection.install });
  return {
    label: `${detection.tool}${where}`,
    cost: "instant",
    replay: null,
    run: () => Promise.resolve({ status: "errored", error }),
  };
}
