// What a report means for the change.
import type { LineRange } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import type { Mutant } from "../model/mutant.ts";
import { byPath } from "../model/paths.ts";
import { mutatorOf } from "./mutators/index.ts";
import type { MutantResult, MutationReport } from "./report.ts";

/** A mutant that no test noticed, and a changed line that no test executes, are findings. What could not be judged is an error. */
export function toOutcome(report: MutationReport): TaskOutcome {
  const [error, ...others] = report.errors;
  if (error) return { status: "errored", error: others.length === 0 ? error : withOthers(error, others.length) };
  if (report.runtimeLines === 0 && report.mutants.length === 0) {
    return { status: "skipped", reason: "no changed line does anything at run time" };
  }
  const findings = [...survivors(report), ...unexecuted(report)].toSorted(inOrder);
  return findings.length > 0 ? { status: "failed", findings } : { status: "passed", note: summaryOf(report) };
}

function withOthers(error: AssayError, count: number): AssayError {
  const options = error.hint === null ? { cause: error } : { cause: error, hint: error.hint };
  return new AssayError(error.code, `${error.message} (and ${count} more)`, options);
}

function survivors({ mutants }: MutationReport): Finding[] {
  return mutants.filter(({ status }) => status === "survived").map((result) => toFinding(result, survivalOf(result)));
}

function unexecuted({ mutants, uncovered }: MutationReport): Finding[] {
  const lines = uncovered.flatMap(({ path, ranges }) =>
    ranges.map((range) => ({ path, line: range.start, message: unexecutedMessage(range) })),
  );
  const isListed = ({ mutant }: MutantResult): boolean =>
    uncovered.some(
      ({ path, ranges }) =>
        path === mutant.path && ranges.some(({ start, end }) => start <= mutant.line && mutant.line <= end),
    );
  const parts = mutants
    .filter((result) => result.status === "no-coverage" && !isListed(result))
    .filter((result, index, all) => all.findIndex(({ mutant }) => isSameLine(mutant, result.mutant)) === index)
    .map((result) => toFinding(result, `no test executes ${code(result.mutant.original)}; add one that does`));
  return [...lines, ...parts];
}

function isSameLine(a: Mutant, b: Mutant): boolean {
  return a.path === b.path && a.line === b.line;
}

function toFinding({ mutant }: MutantResult, message: string): Finding {
  return { path: mutant.path, line: mutant.line, message };
}

function survivalOf({ mutant, testsRun, nearest }: MutantResult): string {
  const mutator = mutatorOf(mutant.mutator);
  const tests = `${testsRun} ${testsRun === 1 ? "test" : "tests"}`;
  const where = nearest
    ? `; nearest: ${nearest.file}${nearest.test === null ? "" : ` "${short(nearest.test, 40)}"`}`
    : "";
  const kill = mutator ? `; a killing test must show ${mutator.kill}` : "";
  return `${code(mutant.original)} → ${code(mutant.replacement)} survived ${tests}${where}${kill}`;
}

function unexecutedMessage({ start, end }: LineRange): string {
  return start === end
    ? "no test executes this changed line; add one that does"
    : `no test executes the changed lines ${start} to ${end}; add one that does`;
}

function summaryOf({ mutants, runtimeLines }: MutationReport): string {
  if (mutants.length === 0) return `${runtimeLines} changed lines are executed by tests; none can be mutated`;
  const killed = mutants.filter(({ status }) => status !== "compile-error").length;
  return `${killed} ${killed === 1 ? "mutant" : "mutants"} killed`;
}

function code(text: string): string {
  return `\`${short(text.replaceAll(/\s+/g, " "), 44)}\``;
}

function short(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function inOrder(a: Finding, b: Finding): number {
  return byPath(a.path ?? "", b.path ?? "") || (a.line ?? 0) - (b.line ?? 0);
}
