// Runs a command once for each mutant, and again with the control in its place after every failure.
import { AssayError } from "../../model/errors.ts";
import type { Bench } from "./bench.ts";
import type { TestRun } from "./test-run.ts";

/** What a mutant's run says, with its proof. */
export type Trial =
  | { readonly kind: "outlived"; readonly run: TestRun }
  | { readonly kind: "dead"; readonly status: "killed" | "timeout" | "runtime-error"; readonly run: TestRun }
  | { readonly kind: "undecided"; readonly why: string };

export interface Stage {
  readonly bench: Bench;
  /** Absolute, in the copy; null: all. */
  readonly files: readonly string[] | null;
  readonly baseline: TestRun;
  /** A mutant that no code has: with it on, only code that asks the switch by itself does anything else. */
  readonly control: number;
}

/** A process may be slow to start. */
const leastLimitMs = 5000;
const limitFactor = 5;

export async function tryMutant(stage: Stage, mutant: number): Promise<Trial> {
  const run = await runHit(stage, mutant);
  if (run === undefined) return { kind: "undecided", why: "its tests execute it now and then" };
  if (isSlow(run) && (await runHit(stage, mutant))?.outcome !== run.outcome)
    return { kind: "undecided", why: "its tests run out of time now and then" };
  if (run.outcome === "passed") return { kind: "outlived", run };
  if (run.outcome === "unknown") return { kind: "undecided", why: run.failure?.message ?? "its run is no proof" };
  if (!(await isProven(stage, mutant, run)))
    return { kind: "undecided", why: "its tests fail now and then without it as well" };
  const died = run.outcome === "failed" && run.exitCode === null;
  return { kind: "dead", status: run.outcome === "timeout" ? "timeout" : died ? "runtime-error" : "killed", run };
}

/** Did a test fail because of its time alone? A machine that is busy would be enough for that. */
function isSlow({ outcome, failure }: TestRun): boolean {
  return outcome === "failed" && /\btime(?:d )?-?out\b/i.test(failure?.message ?? "");
}

/** What fails without having executed the mutant has not failed for it. Undefined: it is not executed, twice. */
async function runHit({ bench, files, ...stage }: Stage, mutant: number): Promise<TestRun | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const run = await bench.run(mutant, files, limitOf(stage));
    if (run.facts.hit) return run;
  }
  return undefined;
}

/**
 * The killing test passes with the control in the mutant's place, so that a test which only notices that some mutant is
 * on kills none: where its file is known, in a run of that alone, as long as that executes the mutant's place too; else
 * in a run of the same tests. After a timeout these must be far from one.
 */
async function isProven(stage: Stage, mutant: number, run: TestRun): Promise<boolean> {
  const { bench, baseline, control } = stage;
  const limitMs = limitOf(stage);
  const file = run.outcome === "failed" && bench.command.takesFiles ? run.failedFile : null;
  if (file !== null && baseline.files.includes(file)) {
    const alone = await bench.run(control, [file], limitMs);
    if (isUnmoved(alone) && alone.files.includes(file) && alone.facts.reached.has(mutant)) return true;
  }
  const again = await bench.run(control, stage.files, limitMs);
  if (!isUnmoved(again)) return false;
  return run.outcome !== "timeout" || run.facts.stopped || again.durationMs < limitMs / 2;
}

/** Does it pass although some mutant is on, and leave the switch to the code that the mutants are in? */
function isUnmoved({ outcome, facts }: TestRun): boolean {
  return outcome === "passed" && !facts.hit;
}

function limitOf({ baseline }: Pick<Stage, "baseline">): number {
  return leastLimitMs + limitFactor * baseline.durationMs;
}

/** The run without a mutant, which everything rests on; the command is run twice before it counts as red. */
export async function runBaseline(bench: Bench, longestMs: number): Promise<TestRun> {
  const first = await bench.run(null, null, longestMs);
  if (first.outcome === "timeout") throw tooLong(bench, longestMs);
  const run = first.outcome === "failed" ? await bench.run(null, null, longestMs) : first;
  bench.rounds = run.facts.rounds;
  return run;
}

function tooLong({ command }: Bench, longestMs: number): AssayError {
  const seconds = Math.round(longestMs / 1000);
  const message = `\`${command.label}\` takes more than ${seconds} s, too long to be run for every mutant`;
  const hint = "raise command_seconds below [mutate] in assay.toml";
  return new AssayError("tool-failed", message, { hint });
}
