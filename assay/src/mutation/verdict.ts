// What a report means for the change.
import type { LineRange } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import { byPath, nameOf } from "../model/paths.ts";
import { mutatorOf } from "./mutators/index.ts";
import type { CommandRuns, MutantResult, MutationReport, TestName, Uncovered } from "./report.ts";
import { shorten, shownEdit, shownPart } from "./shown-code.ts";

/**
 * A mutant that no test noticed is a finding. Changed lines that no test executes are findings where none is executed
 * or something else is wrong, and a note where the rest is verified. What could not be judged is an error.
 */
export function toOutcome(report: MutationReport): TaskOutcome {
  const [error, ...others] = report.errors;
  if (error) return { status: "errored", error: others.length === 0 ? error : withOthers(error, others.length) };
  if (report.runtimeLines === 0 && report.mutants.length === 0) {
    return { status: "skipped", reason: "no changed line does anything at run time" };
  }
  const survived = survivors(report);
  if (survived.length > 0 || !isExecuted(report)) {
    return { status: "failed", findings: [...survived, ...unexecutedLines(report), ...unexecutedParts(report)] };
  }
  return { status: "passed", note: summaryOf(report) };
}

function withOthers(error: AssayError, count: number): AssayError {
  const options = error.hint === null ? { cause: error } : { cause: error, hint: error.hint };
  return new AssayError(error.code, `${error.message} (and ${count} more)`, options);
}

/** Does any test execute any of the change? */
function isExecuted({ mutants, runtimeLines, uncovered }: MutationReport): boolean {
  const unexecuted = uncovered.flatMap(({ ranges }) => ranges).reduce((sum, range) => sum + lengthOf(range), 0);
  return unexecuted < runtimeLines || mutants.some(({ status }) => status !== "no-coverage");
}

function lengthOf({ start, end }: LineRange): number {
  return end - start + 1;
}

function survivors({ mutants }: MutationReport): Finding[] {
  return mutants.filter(({ status }) => status === "survived").map((result) => toFinding(result, survivalOf(result)));
}

function unexecutedLines(report: MutationReport): Finding[] {
  return report.uncovered.flatMap((file) =>
    file.ranges.map((range) => ({
      path: file.path,
      line: range.start,
      message: unexecutedMessage(range, file, report),
    })),
  );
}

/** Mutants that no test reaches on lines that are executed otherwise, one for each line. */
function unexecutedParts({ mutants, uncovered }: MutationReport): Finding[] {
  const isListed = ({ mutant }: MutantResult): boolean =>
    uncovered.some(
      ({ path, ranges }) =>
        path === mutant.path && ranges.some(({ start, end }) => start <= mutant.line && mutant.line <= end),
    );
  return mutants
    .filter((result) => result.status === "no-coverage" && !isListed(result))
    .filter((result, index, all) => all.findIndex((other) => isSameLine(other, result)) === index)
    .map((result) => toFinding(result, `no test executes ${shownPart(result.mutant.original)}; add one that does`));
}

function isSameLine({ mutant: a }: MutantResult, { mutant: b }: MutantResult): boolean {
  return a.path === b.path && a.line === b.line;
}

function toFinding({ mutant }: MutantResult, message: string): Finding {
  return { path: mutant.path, line: mutant.line, message };
}

/** What a detail may be long, its place included. */
const longest = 240;

function survivalOf({ mutant, around, testsRun, nearest }: MutantResult): string {
  const { family, kill } = mutatorOf(mutant.mutator) ?? { family: mutant.mutator, kill: "a difference" };
  // A program that only has an exit code does not say how many tests it has.
  const tests = testsRun === 0 ? "the tests" : `${testsRun} ${testsRun === 1 ? "test" : "tests"}`;
  const end = `(${family}) survived ${tests}; a killing test must show ${kill}`;
  const place = `${mutant.path}:${mutant.line}`;
  const [original, replacement] = shownEdit(mutant, around, roomForCode(`${place} ${end}`));
  const message = `${original} → ${replacement} ${end}`;
  const room = longest - `${place} ${message}`.length;
  return nearest ? message + nearestIn(room, nearest) : message;
}

/** For each of the two versions, once the rest of the detail has its place. */
function roomForCode(rest: string): number {
  const quotes = "`……` → `……` ".length;
  return Math.max(12, Math.min(40, Math.floor((longest - rest.length - quotes) / 2)));
}

/** As much of the nearest test's name as there is room for: its end says most. */
function nearestIn(room: number, { file, test }: TestName): string {
  const place = [`; nearest: ${file}`, `; nearest: ${nameOf(file)}`].find(({ length }) => length <= room);
  if (place === undefined) return "";
  const left = room - place.length - ' ""'.length;
  return test === null || left < 12 ? place : `${place} "${shorten(test, left, "start")}"`;
}

function unexecutedMessage(range: LineRange, { instead }: Uncovered, { processStarters }: MutationReport): string {
  const { start, end } = range;
  const lines = start === end ? "this changed line" : `the changed lines ${start} to ${end}`;
  if (instead !== null) {
    return `no test executes ${lines}: tests load ${instead}, which is built from it; let the tests resolve the package to its source`;
  }
  const [starter] = processStarters;
  if (starter === undefined) return `no test executes ${lines}; add one that does`;
  return `no test executes ${lines} in its own process (what ${starter} starts in others is not seen); add one that imports it`;
}

function summaryOf(report: MutationReport): string {
  const lines = report.uncovered.flatMap(({ path, ranges }) => ranges.map((range) => ({ path, ...range })));
  const parts = unexecutedParts(report).map(({ path, line }) => ({ path, start: line ?? 0, end: line ?? 0 }));
  const missing = [...lines, ...parts].toSorted((a, b) => byPath(a.path ?? "", b.path ?? "") || a.start - b.start);
  const said = [killsOf(report), ...report.commands.map(runsOf)].join("; ");
  if (missing.length === 0) return said;
  const places = missing.map(({ path, start, end }) => `${path}:${start === end ? start : `${start}-${end}`}`);
  const others = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : "";
  return `${said}; no test executes ${places.slice(0, mostPlaces).join(", ")}${others}`;
}

/** Why it took so long. */
function runsOf({ label, runs, durationMs }: CommandRuns): string {
  return `\`${label}\` ran ${runs} times, ${(durationMs / 1000).toFixed(1)} s each`;
}

const mostPlaces = 5;

function killsOf({ mutants, runtimeLines, arid }: MutationReport): string {
  if (mutants.length === 0) return `${runtimeLines} changed lines, of which none can be mutated${leftOut(arid)}`;
  const refused = mutants.filter(({ status }) => status === "compile-error").length;
  const killed = mutants.filter(({ status }) => status !== "compile-error" && status !== "no-coverage").length;
  const kills = `${killed} ${killed === 1 ? "mutant" : "mutants"} killed`;
  return `${refused === 0 ? kills : `${kills}, ${refused} refused by the compiler`}${leftOut(arid)}`;
}

/** How many edits would have been in vain, and where. */
function leftOut(arid: MutationReport["arid"]): string {
  const parts = [...arid].toSorted(([a], [b]) => byPath(a, b)).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? "" : `, left out: ${parts.join(", ")}`;
}
