// What CI verifies when something happens: every command of every workflow that the event starts.
import type { ChangeContext } from "../../model/check.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import type { ManifestSide } from "./manifest-sides.ts";
import { amountOfLine, joined, type Amount } from "./verifications.ts";
import { canHold, type Event } from "./workflow-conditions.ts";
import { workflowsOf, type EventFilter, type Job, type Step, type Workflow } from "./workflow-files.ts";

/** When CI looks at a change, the most telling first. */
export const occasions = ["pull request", "push", "push to the main branch", "schedule"] as const;
export type Occasion = (typeof occasions)[number];

/** Names that the branch which changes are merged into usually has. */
const trunks = ["main", "master", "trunk"];
const mainBranches = [...trunks, "develop", "dev", "next", "canary"];

/** What all of CI amounts to, whenever it runs. */
export async function amountOfWorkflows(
  context: ChangeContext,
  side: ManifestSide,
  end: "base" | "head",
): Promise<Amount> {
  const workflows = await workflowsOf(context, side, end);
  return joined(workflows.flatMap((workflow) => workflow.jobs.map((job) => amountOfJob(job, side, anyEvent))));
}

const anyEvent: Event = { name: "", ref: "", matrix: {} };

export function amountOn(occasion: Occasion, workflows: readonly Workflow[], side: ManifestSide): Amount {
  const started = workflows.filter((workflow) => startsOn(occasion, workflow, workflows));
  return joined(started.map((workflow) => amountOfWorkflow(workflow, occasion, side)));
}

export function amountOfWorkflow({ jobs }: Workflow, occasion: Occasion, side: ManifestSide): Amount {
  const cut = new Set(
    jobs.filter((job) => canHold(job.condition, eventOf(occasion, job)) === false).map(({ id }) => id),
  );
  const runs = jobs.filter(({ id, needs }) => !cut.has(id) && !needs.some((other) => cut.has(other)));
  return joined(runs.map((job) => amountOfJob(job, side, eventOf(occasion, job))));
}

function eventOf(occasion: Occasion, { matrix }: Job): Event {
  if (occasion === "pull request") return { name: "pull_request", ref: "refs/pull/1/merge", matrix };
  if (occasion === "schedule") return { name: "schedule", ref: "refs/heads/main", matrix };
  return { name: "push", ref: occasion === "push" ? "refs/heads/some-change" : "refs/heads/main", matrix };
}

export function startsOn(occasion: Occasion, workflow: Workflow, all: readonly Workflow[]): boolean {
  const { events } = workflow;
  if (events === undefined) return true;
  if (
    events.has("workflow_call") &&
    all.some((other) => other !== workflow && callsIt(other, workflow) && startsOn(occasion, other, [other]))
  )
    return true;
  if (occasion === "schedule") return events.has("schedule") || events.has("workflow_dispatch");
  const names = occasion === "pull request" ? ["pull_request", "pull_request_target", "merge_group"] : ["push"];
  return names.some((name) => {
    const filter = events.get(name);
    return filter !== undefined && letsThrough(filter, occasion);
  });
}

function callsIt({ jobs }: Workflow, { path }: Workflow): boolean {
  return jobs.some(({ calls, condition }) => calls?.replace(/^\.\//, "") === path && condition !== "false");
}

function letsThrough({ branches, branchesIgnore, types, paths }: EventFilter, occasion: Occasion): boolean {
  if (
    occasion === "pull request" &&
    types !== undefined &&
    !types.some((type) => /^(?:opened|synchronize)$/.test(type))
  )
    return false;
  if (paths !== undefined && paths.every((path) => path.startsWith("!"))) return false;
  if (branchesIgnore !== undefined) return !matchAny(branchesIgnore, occasion === "push" ? ["some-change"] : trunks);
  if (branches === undefined) return true;
  // A repository whose main branch has a name of its own is started by whatever it lists.
  const isOther =
    occasion !== "push" &&
    branches.some((branch) => /^(?:v?\d|release|stable|latest|production|dev|beta|alpha|gh-pages|\$)/.test(branch));
  return isOther || matchAny(branches, occasion === "push" ? ["some-change"] : mainBranches);
}

function matchAny(patterns: readonly string[], names: readonly string[]): boolean {
  return names.some((name) => patterns.some((pattern) => branchMatches(pattern, name)));
}

function branchMatches(pattern: string, name: string): boolean {
  const source = pattern.split(/\*+/).map((part) => part.replaceAll(/[^\w/-]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(name);
}

function amountOfJob(job: Job, side: ManifestSide, event: Event): Amount {
  const parts = job.steps.map((step) =>
    canHold(step.condition, event) === false ? nothing : amountOfStep(step, side),
  );
  const calls =
    job.calls !== undefined && !job.calls.startsWith("./") ? [`${withoutVersion(job.calls)} ${job.inputs}`] : [];
  const amount = joined([...parts, { verifications: [], strangers: calls }]);
  return job.isSoft ? marked(amount, "continue-on-error", "can fail without failing its job") : amount;
}

const nothing: Amount = { verifications: [], strangers: [] };
const judgingAction = /lint|test|check|format|biome|prettier|cypress|playwright|\bci\b|autofix/i;

function amountOfStep(step: Step, side: ManifestSide): Amount {
  const dir = folderOf(step.dir);
  const amount = amountOfLine(step.lines, { side, dir, stopsAtFailure: step.stopsAtFailure });
  const { uses } = step;
  const isStrange = uses !== undefined && !uses.startsWith("actions/") && judgingAction.test(uses) && step.lines === "";
  const all = isStrange ? { ...amount, strangers: [...amount.strangers, withoutVersion(uses)] } : amount;
  const tried = step.isRetried ? marked(all, "retried", "is tried again when it fails") : all;
  return step.isSoft ? marked(tried, "continue-on-error", "can fail without failing its job") : tried;
}

function withoutVersion(uses: string): string {
  return uses.replace(/@.*$/, "");
}

function folderOf(dir: string): RepoPath {
  try {
    return repoPath(dir.replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, ""));
  } catch {
    return repoPath("");
  }
}

function marked(amount: Amount, key: string, says: string): Amount {
  const verifications = amount.verifications.map((each) => ({
    ...each,
    weaknesses: new Map([...each.weaknesses, [key, says]]),
  }));
  return { ...amount, verifications };
}
