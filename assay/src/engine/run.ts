// Does what was planned, inside the budget, and leaves what does not fit.
import { availableParallelism } from "node:os";
import type { Cost, Phase, Task } from "../model/check.ts";
import { toAssayError } from "../model/errors.ts";
import type { CheckResult, TaskOutcome } from "../model/finding.ts";
import type { Host } from "../model/process.ts";
import type { Plan, PlannedCheck } from "./plan.ts";
import type { ReplayCache, ReplayedOutcome } from "./replay-cache.ts";
import type { KeyOf } from "./replay-key.ts";

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: "task-started"; readonly check: string; readonly label: string }
  | { readonly kind: "progress"; readonly text: string }
  | { readonly kind: "check-finished"; readonly result: CheckResult };

export interface RunOptions {
  /** Null: nothing is replayed and nothing is stored. */
  readonly replay: Replay | null;
  onEvent(event: RunEvent): void;
}

export interface Replay {
  readonly cache: ReplayCache;
  readonly keyOf: KeyOf;
  /**
   * Reads the inputs again and makes the keys anew. An outcome is stored only under a key that still holds after the run:
   * whoever edits a file meanwhile has tested something else. Not seen: an edit that was taken back before the end.
   */
  readonly keysNow?: () => Promise<KeyOf>;
}

const phases: readonly Phase[] = ["build", "verify", "mutate", "measure", "last"];
const costs: readonly Cost[] = ["instant", "cheap", "medium", "expensive"];

/** Runs the plan phase by phase, in each phase the cheap first and, but for mutants and measurements, several at once. One result per planned check, in the plan's order. */
export async function runPlan(plan: Plan, host: Host, options: RunOptions): Promise<readonly CheckResult[]> {
  const runs = plan.map((planned) => new CheckRun(planned, options));
  for (const phase of phases) {
    await runPhase(
      runs.filter((run) => run.planned.phase === phase),
      host,
      atOnce(phase),
    );
  }
  if (options.replay) {
    await storeOutcomes(
      options.replay,
      runs.flatMap((run) => run.found),
    );
  }
  return runs.map((run) => run.result());
}

/** What a later run may replay. */
interface Found {
  readonly check: string;
  readonly task: Task;
  readonly key: string;
  readonly outcome: ReplayedOutcome;
}

async function storeOutcomes({ cache, keyOf, keysNow }: Replay, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  const keyNow = keysNow === undefined ? keyOf : await keysNow();
  for (const { check, task, key, outcome } of found) if (keyNow(check, task) === key) cache.put(key, outcome);
}

function mayBeReplayed(task: Task, outcome: TaskOutcome): outcome is ReplayedOutcome {
  if (outcome.status === "failed") return task.replay?.failures === true && outcome.isPart !== true;
  return outcome.status === "passed";
}

/** Would the task find the same in a later run on the same ground? What only reads would. */
function isLasting(task: Task, outcome: TaskOutcome): boolean {
  if (outcome.status === "skipped") return true;
  if (task.replay !== null) return mayBeReplayed(task, outcome);
  return task.cost === "instant" && (outcome.status === "passed" || outcome.status === "failed");
}

function atOnce(phase: Phase): number {
  // How long a test takes says whether a mutant has made it endless, and a measurement is of one thing: nothing else may
  // run beside them.
  if (phase === "mutate" || phase === "measure") return 1;
  // One more than there are processors: starting up is mostly waiting for the disk.
  return availableParallelism() + 1;
}

async function runPhase(runs: readonly CheckRun[], host: Host, atOnce: number): Promise<void> {
  const jobs = runs.flatMap((run) => run.tasks.map((task) => ({ run, task })));
  const queue = costs.flatMap((cost) => jobs.filter((job) => job.task.cost === cost));
  const instant = queue.filter((job) => job.task.cost === "instant");
  const waiting = queue.filter((job) => job.task.cost !== "instant");
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job.run.run(job.task, host);
  };
  const workers = Array.from({ length: atOnce }, worker);
  // What runs in this process starts last, so that the others are under way meanwhile.
  for (const job of instant) await job.run.run(job.task, host);
  await Promise.all(workers);
}

/** One check's tasks, their outcomes and the time between the first start and the last end. */
class CheckRun {
  readonly planned: PlannedCheck;
  readonly tasks: readonly Task[];
  readonly found: Found[] = [];
  readonly #options: RunOptions;
  readonly #outcomes: { readonly outcome: TaskOutcome; readonly cached: boolean; readonly lasting: boolean }[] = [];
  #started = Infinity;
  #ended = -Infinity;

  constructor(planned: PlannedCheck, options: RunOptions) {
    this.planned = planned;
    this.#options = options;
    this.tasks = planned.work.status === "planned" ? planned.work.tasks : [];
  }

  async run(task: Task, host: Host): Promise<void> {
    const started = performance.now();
    this.#started = Math.min(this.#started, started);
    const { outcome, cached } = await this.#outcomeOf(task, host);
    this.#outcomes.push({ outcome, cached, lasting: isLasting(task, outcome) });
    this.#ended = performance.now();
    if (this.#outcomes.length === this.tasks.length)
      this.#options.onEvent({ kind: "check-finished", result: this.result() });
  }

  async #outcomeOf(task: Task, host: Host): Promise<{ outcome: TaskOutcome; cached: boolean }> {
    if (host.signal.aborted || performance.now() >= host.deadline) {
      return { outcome: { status: "deferred", remaining: task.label }, cached: false };
    }
    const replay = this.#options.replay;
    const key = replay?.keyOf(this.planned.id, task) ?? null;
    const replayed = key === null ? undefined : replay?.cache.get(key);
    if (replayed && mayBeReplayed(task, replayed)) return { outcome: replayed, cached: true };
    this.#options.onEvent({ kind: "task-started", check: this.planned.id, label: task.label });
    const outcome = await outcomeOf(task, host);
    if (key !== null && mayBeReplayed(task, outcome)) this.found.push({ check: this.planned.id, task, key, outcome });
    return { outcome, cached: false };
  }

  result(): CheckResult {
    const { work, id, mustFinish } = this.planned;
    const outcomes = this.#outcomes.map(({ outcome }) => outcome);
    const status = work.status === "planned" ? statusOf(outcomes) : work.status;
    return {
      id,
      status,
      findings: outcomes.flatMap((outcome) => (outcome.status === "failed" ? outcome.findings : [])),
      errors: [
        ...(work.status === "errored" ? [work.error] : []),
        ...outcomes.flatMap((outcome) => (outcome.status === "errored" ? [outcome.error] : [])),
      ],
      attachments: outcomes.flatMap((outcome) =>
        "attachment" in outcome && outcome.attachment ? [outcome.attachment] : [],
      ),
      reviews:
        work.status === "skipped" && work.asked
          ? [work.reason]
          : outcomes.flatMap((outcome) => (outcome.status === "passed" ? (outcome.review ?? []) : [])),
      notes: work.status === "skipped" ? [work.reason] : outcomes.flatMap(noteOf),
      durationMs: Math.max(0, this.#ended - this.#started),
      cached: this.#outcomes.length > 0 && this.#outcomes.every(({ cached }) => cached),
      lasting: work.status !== "errored" && this.#outcomes.every(({ lasting }) => lasting),
      unfinished: mustFinish && status === "deferred" && !outcomes.some(didFinish),
    };
  }
}

async function outcomeOf(task: Task, host: Host): Promise<TaskOutcome> {
  try {
    return await task.run(host);
  } catch (error) {
    const cause = toAssayError(error, "check-crashed");
    return { status: "errored", error: cause };
  }
}

/** The gravest wins; deferred weighs more than passed, since a part is not the whole. */
function statusOf(outcomes: readonly TaskOutcome[]): CheckResult["status"] {
  const gravity = ["failed", "errored", "deferred", "passed"] as const;
  return gravity.find((status) => outcomes.some((outcome) => outcome.status === status)) ?? "skipped";
}

function noteOf(outcome: TaskOutcome): readonly string[] {
  if (outcome.status === "skipped") return [outcome.reason];
  if (outcome.status === "deferred") return outcome.known ?? [`not run: ${outcome.remaining}`];
  return "note" in outcome && outcome.note !== undefined ? [outcome.note] : [];
}

function didFinish(outcome: TaskOutcome): boolean {
  return outcome.status === "passed" || (outcome.status === "deferred" && (outcome.finished ?? 0) > 0);
}
