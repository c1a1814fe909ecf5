// From checks and a change to the work there is. Starts nothing.
import type { ChangeCheck, Check, Phase, PlanContext, Task } from "../model/check.ts";
import { AssayError, needsBase, toAssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import { isWithin, type RepoPath } from "../model/paths.ts";
import { installCommand } from "../project/environment.ts";
import { strayPackages } from "../project/foreign-links.ts";

/** One check and what it has to do in this run. */
export interface PlannedCheck {
  readonly id: string;
  readonly phase: Phase;
  readonly mustFinish: boolean;
  readonly work:
    | { readonly status: "planned"; readonly tasks: readonly Task[] }
    /** `asked`: somebody has asked for it, and others should see that. */
    | { readonly status: "skipped"; readonly reason: string; readonly asked?: true }
    | { readonly status: "errored"; readonly error: AssayError };
}

export type Plan = readonly PlannedCheck[];

/**
 * Plans every check for the change in `context`. A check that can not be planned is an error of that check alone.
 *
 * Guards judge a change against its base, so without one they are errors that ask for it.
 *
 * `leftOut`: why checks are skipped, by their ids.
 */
export async function planChecks(
  checks: readonly Check[],
  context: PlanContext,
  leftOut: ReadonlyMap<string, string> = new Map(),
): Promise<Plan> {
  const plan = await Promise.all(checks.map((check) => planUnless(leftOut.get(check.id), check, context)));
  const error = elsewhere(context);
  if (error === null) return plan;
  return plan.map((planned) => (runsCode(planned) ? erroredBy(planned, error) : planned));
}

function erroredBy(planned: PlannedCheck, error: AssayError): PlannedCheck {
  return { ...planned, work: { status: "errored", error } };
}

/** Why running this checkout's code would run another's: a changed package that imports get from somewhere else. */
function elsewhere({ workspace, diff, affected }: PlanContext): AssayError | null {
  const changed = (dir: RepoPath): boolean =>
    affected.everything ||
    diff.changes.some(({ path, previousPath }) => isWithin(dir, path) || isWithin(dir, previousPath ?? path));
  const stray = strayPackages(workspace).find(({ pkg }) => changed(pkg.dir));
  if (stray === undefined) return null;
  return new AssayError(
    "tool-missing",
    `${stray.link} leads out of this checkout, so programs would import another ${stray.pkg.dir || "package"}`,
    { hint: installCommand(workspace) },
  );
}

/** What reads nothing but the files it names, and what only looks at the change, is not misled. */
function runsCode({ work }: PlannedCheck): boolean {
  return (
    work.status === "planned" &&
    work.tasks.some((task) => task.cost !== "instant" && task.replay?.inputs.kind !== "files")
  );
}

async function planUnless(reason: string | undefined, check: Check, context: PlanContext): Promise<PlannedCheck> {
  if (reason === undefined) return planCheck(check, context);
  return { id: check.id, phase: "verify", mustFinish: false, work: { status: "skipped", reason, asked: true } };
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
