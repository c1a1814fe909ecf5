// From a runner's report and exit code to a verdict. They have to agree.
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { isWithin, repoPath, type RepoPath } from "../../model/paths.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { interruptedOutcome, toolFailed, withoutRoot } from "../output/tool-outcome.ts";
import { readReport, toFinding, type TestReport } from "./test-report.ts";

/** What was asked of a runner. */
export interface TestRun {
  readonly tool: string;
  /** `vitest in packages/core, 12 files`. */
  readonly label: string;
  /** The repository's, absolute. */
  readonly root: string;
  /** Folders of which each has to execute a test. */
  readonly parts: readonly RepoPath[];
  /** How many files it was given; null when it was to find them. */
  readonly files: number | null;
  /** May it find that there is nothing to run? */
  readonly mayBeEmpty: boolean;
}

/** `reportText` is what the reporter had written by the end; empty when it wrote nothing. */
export function judgeTests(run: TestRun, host: Host, outcome: ProcessOutcome, reportText: string): TaskOutcome {
  const report = readReport(reportText);
  const contradiction = outcome.exitCode === 0 && report.failures.length > 0;
  if (contradiction) return errored(`${run.tool} reports failed tests and ends with exit code 0`);
  const failures = outcome.exitCode === 0 ? report.failures : [...report.failures, ...(report.errors ?? [])];
  // A failure stays one, whatever became of the rest of the run.
  if (failures.length > 0)
    return { status: "failed", findings: failures.map((failure) => toFinding(run.root, failure)) };
  const interrupted = interruptedOutcome(run.tool, run.label, host, outcome);
  if (interrupted !== undefined) return interrupted.status === "deferred" ? deferred(run, report) : interrupted;
  return judgeFinished(run, outcome, report);
}

function judgeFinished(run: TestRun, outcome: ProcessOutcome, report: TestReport): TaskOutcome {
  if (report.errors === null || report.damaged) return cutShort(run, outcome);
  if (report.planned === 0) return nothingFound(run);
  if (outcome.exitCode !== 0) return { status: "errored", error: toolFailed(run.tool, withoutRoot(run.root, outcome)) };
  if (!report.complete) return errored(`${run.label}: the runner stopped before every test had run`);
  if (report.executed === 0) {
    const why = report.finishedFiles === 0 ? "no test was run" : "every test is skipped or still to be written";
    return noTestsRan(`${run.label}: ${why}`);
  }
  const idle = run.parts.find((dir) => !report.executedFiles.some((file) => isBelow(run, dir, file)));
  if (idle !== undefined) return noTestsRan(`${run.label}: no test was run in ${idle}`);
  const notes = [...leftOut(run, report), ...ignoredErrors(run, report)];
  return notes.length === 0 ? { status: "passed" } : { status: "passed", note: notes.join("; ") };
}

function isBelow({ root }: TestRun, dir: RepoPath, file: string): boolean {
  return file.startsWith(`${root}/`) && isWithin(dir, repoPath(file.slice(root.length + 1)));
}

function deferred(run: TestRun, report: TestReport): TaskOutcome {
  const total = report.planned ?? run.files;
  const done = report.finishedFiles;
  const left = total === null ? "the rest" : `${Math.max(total - done, 0)} of ${total} files`;
  return { status: "deferred", remaining: `${run.label}: ${left}`, finished: done };
}

function cutShort(run: TestRun, outcome: ProcessOutcome): TaskOutcome {
  if (outcome.exitCode !== 0) return { status: "errored", error: toolFailed(run.tool, withoutRoot(run.root, outcome)) };
  return errored(`${run.tool} ended with exit code 0 before its report was complete`);
}

function nothingFound(run: TestRun): TaskOutcome {
  if (run.mayBeEmpty) return { status: "passed", note: `${run.label}: no test file among the affected ones` };
  return noTestsRan(`${run.label}: the runner found no test file`);
}

function leftOut(run: TestRun, { planned }: TestReport): readonly string[] {
  if (run.files === null || planned === null || planned >= run.files || run.mayBeEmpty) return [];
  return [`${run.label}: its configuration leaves out ${run.files - planned} of them`];
}

function ignoredErrors(run: TestRun, { errors }: TestReport): readonly string[] {
  return errors === null || errors.length === 0
    ? []
    : [`${run.label}: its configuration ignores errors outside of tests`];
}

function noTestsRan(message: string): TaskOutcome {
  return { status: "errored", error: new AssayError("no-tests-ran", message) };
}

function errored(message: string): TaskOutcome {
  return { status: "errored", error: new AssayError("tool-failed", message) };
}
