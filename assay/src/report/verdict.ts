// The one answer of a run. Everything that reports agrees because it asks here.
import { AssayError } from "../model/errors.ts";
import type { CheckResult } from "../model/finding.ts";
import type { Run } from "../model/run.ts";

/** 0: go. 1: findings. 2: no verdict. */
export function exitCodeOf(run: Run): 0 | 1 | 2 {
  if (run.results.some((result) => result.status === "failed")) return 1;
  const uncertain = run.results.some((result) => result.status === "errored") || errorOf(run) !== null;
  return uncertain ? 2 : 0;
}

/** What keeps the run from a verdict: its own error, or a check that had to finish and did not. */
export function errorOf(run: Run): AssayError | null {
  if (run.error) return run.error;
  const unfinished = run.results.find((result) => result.unfinished);
  if (unfinished === undefined) return null;
  const isLoop = run.command === "loop";
  const message = isLoop
    ? `The budget ended before any part of ${unfinished.id} finished`
    : `The run ended before ${unfinished.id} came to a verdict`;
  return new AssayError(isLoop ? "no-tests-ran" : "interrupted", message, { hint: goingOn(run) });
}

/** How to do what was left undone. What mutants were tried is remembered, so the same time again is more. */
export function goingOn(run: Run): string {
  const deferred = run.results.filter(({ status }) => status === "deferred").map(({ id }) => id);
  const command = commandLine(run, run.command, deferred);
  if (run.command === "loop") return `${command} --budget 600`;
  return run.budgetSeconds === null ? command : `${command} --budget ${run.budgetSeconds}`;
}

/** Counts by status, in the envelope's words. */
export function summaryOf(
  results: readonly CheckResult[],
): Record<"passed" | "failed" | "errored" | "deferred" | "skipped", number> {
  const counts = { passed: 0, failed: 0, errored: 0, deferred: 0, skipped: 0 };
  for (const result of results) counts[result.status] += 1;
  return counts;
}

/** A command as it would be typed, with the run's own options. */
export function commandLine(run: Run, command: string, only: readonly string[] = []): string {
  const selection = only.length === 0 ? [] : ["--only", only.join(",")];
  const own = command === run.command ? run.ownOptions : [];
  return ["assay", command, ...selection, ...run.options, ...own].join(" ");
}
