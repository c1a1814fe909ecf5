// Judges one test file in a warm worker: what it told without a mutant, then every mutant that it reached.
import type { SwitchRuntime } from "../switch-runtime.ts";
import { Board } from "./board.ts";
import type { Failure, LoopJob, SessionEvent, Skipped } from "./protocol.ts";
import { openWear, type Wear } from "./wear.ts";

export interface FinishedTest {
  readonly id: string;
  readonly name: string;
  /** With its hooks; undefined where the runner does not tell. */
  readonly durationMs?: number | undefined;
}

/** For how long a mutant may keep a runner waiting. */
export interface Limits {
  /** In one test. */
  readonly testMs: number;
  /** In one hook, whose usual time nobody tells. */
  readonly hookMs: number;
}

/** What one run of a test file told. */
export interface Run {
  /** Tests that passed or failed, in the order in which they ended. */
  readonly finished: readonly FinishedTest[];
  readonly failure: Failure | null;
  /** The id of the test that failed first; null when no test did. */
  readonly failedId: string | null;
  /** Failed by an error that nobody caught: what an earlier run has left behind may have thrown it. */
  readonly isStray: boolean;
}

/** What one worker knows from one test file to the next. */
export interface Memory {
  readonly runtime: SwitchRuntime;
  readonly board: Board;
  readonly skip: readonly Skipped[];
  readonly control: number;
  readonly wear: Wear;
}

/** `flags`: those that other workers have as well. */
export function openMemory(
  runtime: SwitchRuntime,
  control: number,
  job: Pick<LoopJob, "mutants" | "skip" | "probes" | "until" | "isSample">,
  flags: Uint8Array = new Uint8Array(Board.sizeOf(job)),
): Memory {
  return { runtime, board: new Board(job, flags), skip: job.skip, control, wear: openWear() };
}

/** How a runner runs a file another time, as if it were the first. */
export interface Bench {
  readonly memory: Memory;
  /** Does the file bear on nothing but what the job's bearing says? */
  readonly isBound: boolean;
  /** `tests`: the ids of those to run, null for all. `limits`: null for what the repository allows. */
  rerun(mutant: number | null, tests: ReadonlySet<string> | null, limits: Limits | null): Promise<Run>;
  /** The event must be out before it returns: a mutant can block the thread. */
  emit(event: SessionEvent): Promise<void>;
}

/** Reports the run without a mutant, then tries every mutant that it reached. */
export async function judge(bench: Bench, file: string, baseline: Run, durationMs: number): Promise<void> {
  const { runtime, board, skip, wear } = bench.memory;
  wear.begin();
  const attempts = attemptsOf(runtime, baseline, Math.max(leastLimitMs, limitFactor * durationMs));
  const executed = [...runtime.executed];
  const { failure, finished } = baseline;
  await bench.emit({
    kind: "baseline",
    file,
    failure,
    tests: finished.length,
    isBound: bench.isBound,
    durationMs,
    executed,
    reached: [...attempts.keys()],
    usual: runtime.usual,
  });
  if (!failure) {
    board.execute(executed);
    for (const mutant of board.mutants) {
      const attempt = attempts.get(mutant);
      if (!attempt || !board.isAlive(mutant) || isSkipped(skip, mutant, file)) continue;
      await tryMutant(bench, file, attempt, baseline);
      if (!board.isAbandoned && wear.isWorn) {
        board.abandon();
        await bench.emit({ kind: "worn" });
      }
      if (board.isAbandoned) return;
    }
  }
  await bench.emit({ kind: "finished", file });
}

export function isSkipped(skip: LoopJob["skip"], mutant: number, file: string): boolean {
  return skip.some((skipped) => skipped.mutant === mutant && skipped.file === file);
}

const leastLimitMs = 1000;
/** A machine that has much to do may leave a test alone for a while. */
const leastTestLimitMs = 5000;
const limitFactor = 10;

interface Attempt {
  readonly mutant: number;
  /** Null: the whole file reached it. */
  readonly tests: ReadonlySet<string> | null;
  readonly limits: Limits;
  readonly nearest: string;
}

/** One for each mutant that a test has reached. */
function attemptsOf({ reached }: SwitchRuntime, { finished }: Run, fileMs: number): ReadonlyMap<number, Attempt> {
  const attempts = new Map<number, Attempt>();
  for (const [mutant, by] of reached) {
    const reaching = by.has(null) ? finished : finished.filter(({ id }) => by.has(id));
    const [first] = reaching;
    if (first === undefined) continue;
    const tests = by.has(null) ? null : new Set(reaching.map(({ id }) => id));
    const limits = { testMs: Math.min(fileMs, testLimit(reaching)), hookMs: fileMs };
    attempts.set(mutant, { mutant, tests, limits, nearest: first.name });
  }
  return attempts;
}

/** By the test that usually takes longest: what hangs in a quick one of a slow file need not be waited for as long as the file takes. */
function testLimit(tests: readonly FinishedTest[]): number {
  const longest = Math.max(...tests.map(({ durationMs }) => durationMs ?? Infinity));
  return Math.max(leastTestLimitMs, limitFactor * longest);
}

async function tryMutant(bench: Bench, file: string, attempt: Attempt, baseline: Run): Promise<void> {
  const { runtime, board } = bench.memory;
  const { mutant, nearest } = attempt;
  const run = await runWith(bench, file, attempt);
  const event = { ...triedEvent(mutant, file, run, runtime), nearest };
  if (event.outcome === "passed") return bench.emit(event);
  // What fails before it has reached the mutant has not failed for it.
  if (event.hits === 0 || !(await isProven(bench, file, attempt, run, baseline))) {
    board.abandon();
    return bench.emit({ ...event, outcome: "polluted" });
  }
  board.kill(mutant);
  return bench.emit(event);
}

async function runWith(bench: Bench, file: string, { mutant, tests, limits }: Attempt): Promise<Run> {
  await bench.emit({ kind: "trying", mutant, file, limitMs: 1.5 * limits.hookMs });
  return bench.rerun(mutant, tests, limits);
}

/**
 * The killing test passes again with the control in the mutant's place, so that a test which only notices that some
 * mutant is on kills none; what no test has caught, or was late, comes again with the mutant, before that and, unless it
 * was late, after it.
 */
async function isProven(bench: Bench, file: string, attempt: Attempt, run: Run, baseline: Run): Promise<boolean> {
  if ((run.isStray || isTimeout(run.failure)) && (await runWith(bench, file, attempt)).failure === null) return false;
  const { control, runtime } = bench.memory;
  const proof = await bench.rerun(control, proofTests(run, attempt.tests, baseline), null);
  if (proof.failure !== null || proof.finished.length === 0 || runtime.hits > 0) return false;
  // What an earlier mutant has left behind may have thrown twice, and only then have come to its end.
  return !run.isStray || (await runWith(bench, file, attempt)).failure !== null;
}

/** The killing test alone; all of them where it was a hook or the file that failed, or a test that was not there. */
function proofTests({ failedId }: Run, tests: ReadonlySet<string> | null, baseline: Run): ReadonlySet<string> | null {
  return failedId !== null && baseline.finished.some(({ id }) => id === failedId) ? new Set([failedId]) : tests;
}

/** What a run that has just ended says of the mutant that was on. */
export function triedEvent(
  mutant: number | null,
  file: string,
  { failure, finished }: Run,
  { stopped, hits }: SwitchRuntime,
): SessionEvent & { readonly kind: "tried" } {
  const outcome = stopped || isTimeout(failure) ? "timeout" : failure ? "failed" : "passed";
  const nearest = finished[0]?.name ?? null;
  return { kind: "tried", mutant, file, outcome, failure, nearest, testsRun: finished.length, hits };
}

/** In the words of vitest and of jest. */
function isTimeout(failure: Failure | null): boolean {
  return (
    failure !== null &&
    /^(?:(?:Test|Hook) timed out in \d+ms|thrown: "Exceeded timeout of [\d.]+ m?s for a (?:test|hook))/.test(
      failure.message,
    )
  );
}
