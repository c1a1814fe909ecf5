// From checks and a change to the work there is. Starts nothing.
import type { ChangeCheck, Check, Phase, PlanContext, Task } from "../model/check.ts";
import { needsBase, toAssayError, type AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";

/** One check and what it has to do in this run. */
export interface PlannedCheck {
  readonly id: string;
  readonly phase: Phase;
  readonly mustFinish: boolean;
  readonly work:
    | { readonly status: "planned"; readonly tasks: readonly Task[] }
    | { readonly status: "skipped"; readonly reason: string }
    | { readonly status: "errored"; readonly error: AssayError };
}

export type Plan = readonly PlannedCheck[];

/**
 * Plans every check for the change in `context`. A check that can not be planned is an error of that check alone.
 *
 * Guards judge a change against its base, so without one they are errors that ask for it.
 */
export function planChecks(checks: readonly Check[], context: PlanContext): Promise<Plan> {
  return Promise.all(checks.map((check) => planCheck(check, context)));
}

async function planCheck(check: Check, context: PlanContext): Promise<PlannedCheck> {
  if (check.kind !== "tasks")
    return { id: check.id, phase: "verify", mustFinish: false, work: planGuard(check, context) };
  const planned = { id: check.id, phase: check.phase, mustFinish: check.mustFinish };
  try {
    return { ...planned, work: await check.plan(context) };
  } catch (error) {
    return { ...planned, work: { status: "errored", error: toAssayError(error, "check-crashed") } };
  }
}

function planGuard(guard: ChangeCheck, context: PlanContext): PlannedCheck["work"] {
  if (context.diff.base.kind === "none") return { status: "errored", error: needsBase(context.diff.base) };
  if (context.diff.changes.length === 0) return { status: "skipped", reason: "nothing changed" };
  const task: Task = {
    label: guard.id,
    cost: "instant",
    replay: null,
    run: async () => judge(await guard.inspect(context)),
  };
  return { status: "planned", tasks: [task] };
}

function judge(findings: readonly Finding[]): TaskOutcome {
  return findings.length === 0 ? { status: "passed" } : { status: "failed", findings };
}
