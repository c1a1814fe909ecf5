// What a report means for the change.
import type { LineRange } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";
import { byPath, nameOf, type RepoPath } from "../model/paths.ts";
import { mutatorOf } from "./mutators/index.ts";
import {
  isStopped,
  type CommandRuns,
  type MutantResult,
  type MutationReport,
  type TestName,
  type Uncovered,
} from "./report.ts";
import { shorten, shownEdit, shownPart } from "./shown-code.ts";
import { standingOf, tallyOf } from "./standing.ts";

/**
 * A mutant that no test noticed is a finding, and so are changed lines that no test executes: a note only where it is not
 * certain that none does, or nothing on them is worth a test. What could not be judged is an error.
 */
export function toOutcome(report: MutationReport): TaskOutcome {
  if (isStopped(report)) return stoppedOutcome(report);
  const [error, ...others] = report.errors;
  if (error) return { status: "errored", error: others.length === 0 ? error : withOthers(error, others.length) };
  if (report.runtimeLines === 0 && report.mutants.length === 0) {
    return {
      status: "skipped",
      reason: `no changed line of the program does anything at run time${leftOut(report.arid)}`,
    };
  }
  const [counted, noted] = uncoveredOf(report);
  const findings = [...survivors(report), ...refuted(report), ...unexecutedLines(counted, report)];
  if (findings.length === 0) return { status: "passed", note: summaryOf(report, noted) };
  const isMore = noted.length > 0 || report.mutants.some(({ status }) => status === "killed");
  return { status: "failed", findings, ...(isMore ? { note: summaryOf(report, noted) } : {}) };
}

/** What is proven by then is a finding, whatever else there would have been. */
function stoppedOutcome(report: MutationReport): TaskOutcome {
  const unproven = [...survivors(report), ...refuted(report)];
  const known = standingOf(report);
  if (unproven.length > 0)
    return { status: "failed", findings: unproven, note: `stopped too soon: ${known[0]}`, isPart: true };
  return { status: "deferred", remaining: "mutants", known };
}

function withOthers(error: AssayError, count: number): AssayError {
  const options = error.hint === null ? { cause: error } : { cause: error, hint: error.hint };
  return new AssayError(error.code, `${error.message} (and ${count} more)`, options);
}

/** Lines that count against the change, and those that are only worth knowing. */
function uncoveredOf(report: MutationReport): readonly [readonly Uncovered[], readonly Uncovered[]] {
  if (!isExecuted(report)) return [report.uncovered, []];
  const counts = (file: Uncovered): boolean => isOwed(file, report);
  return [report.uncovered.filter(counts), report.uncovered.filter((file) => !counts(file))];
}

/** Does any test execute any of the change? */
function isExecuted({ mutants, runtimeLines, uncovered }: MutationReport): boolean {
  const unexecuted = uncovered.flatMap(({ ranges }) => ranges).reduce((sum, range) => sum + lengthOf(range), 0);
  return unexecuted < runtimeLines || mutants.some(({ status }) => status !== "no-coverage");
}

/** All tests were asked, none of them executes these lines, and what they start in other processes can't either. */
function isOwed({ isAskedFor, instead }: Uncovered, { unasked, beside, processStarters }: MutationReport): boolean {
  return isAskedFor && instead === null && unasked === 0 && beside.length === 0 && processStarters.length === 0;
}

function lengthOf({ start, end }: LineRange): number {
  return end - start + 1;
}

function survivors({ mutants }: MutationReport): Finding[] {
  return mutants
    .filter(({ status, acknowledged }) => status === "survived" && acknowledged === null)
    .map((result) => toFinding(result, survivalOf(result)));
}

/** Acknowledged as equivalent, and yet a test can tell them from the original. */
function refuted({ mutants }: MutationReport): Finding[] {
  return mutants
    .filter(({ status, acknowledged }) => acknowledged !== null && (status === "killed" || status === "timeout"))
    .map((result) => {
      const test = result.killedBy === null ? "a test" : (result.killedBy.test ?? result.killedBy.file);
      return toFinding(
        result,
        `the mutant ${result.fingerprint} is acknowledged as equivalent, but "${shorten(test, 60)}" notices it; remove the entry from assay.toml`,
      );
    });
}

/** One for each file. */
function unexecutedLines(uncovered: readonly Uncovered[], report: MutationReport): Finding[] {
  return uncovered.map((file) => ({
    path: file.path,
    line: file.ranges[0]?.start ?? null,
    message: unexecutedMessage(file, report),
    isMinor: true,
  }));
}

interface Place extends LineRange {
  readonly path: RepoPath;
  /** Null: whole lines. */
  readonly part: string | null;
}

/** Mutants that no test reaches on lines that are executed otherwise, once for each line. */
function unexecutedParts({ mutants, uncovered }: MutationReport): readonly Place[] {
  const isListed = ({ mutant }: MutantResult): boolean =>
    uncovered.some(
      ({ path, ranges }) =>
        path === mutant.path && ranges.some(({ start, end }) => start <= mutant.line && mutant.line <= end),
    );
  return mutants
    .filter((result) => result.status === "no-coverage" && !isListed(result))
    .filter((result, index, all) => all.findIndex((other) => isSameLine(other, result)) === index)
    .map(({ mutant }) => ({ path: mutant.path, start: mutant.line, end: mutant.line, part: shownPart(mutant) }));
}

function isSameLine({ mutant: a }: MutantResult, { mutant: b }: MutantResult): boolean {
  return a.path === b.path && a.line === b.line;
}

function toFinding({ mutant }: MutantResult, message: string): Finding {
  return { path: mutant.path, line: mutant.line, message };
}

/** What a detail may be long, its place included. */
const longest = 240;

function survivalOf({ mutant, fingerprint, around, testsRun, nearest }: MutantResult): string {
  const { family, kill } = mutatorOf(mutant.mutator) ?? { family: mutant.mutator, kill: "a difference" };
  // A program that only has an exit code does not say how many tests it has.
  const tests = testsRun === 0 ? "the tests" : `${testsRun} ${testsRun === 1 ? "test" : "tests"}`;
  const end = `(${family} ${fingerprint}) survived ${tests}; a killing test must show ${kill}`;
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
  return test === null || left < 12 ? place : `${place} "${shorten(test, left)}"`;
}

function unexecutedMessage({ ranges, instead }: Uncovered, report: MutationReport): string {
  const lines = shownLines(ranges);
  if (instead !== null) {
    return `no test executes ${lines}: tests load ${instead}, which is built from it; let the tests resolve the package to its source`;
  }
  const [starter] = report.processStarters;
  const [beside] = report.beside;
  if (beside !== undefined)
    return `${nobodyExecutes(report)} ${lines}, of those that the test script runs (${beside} is run by another script); add one that does`;
  if (starter === undefined) return `${nobodyExecutes(report)} ${lines}; add one that does`;
  return `${nobodyExecutes(report)} ${lines} in its own process (what ${starter} starts in others is not seen); add one that imports it`;
}

/** Of files that might have, some may have been left out. */
function nobodyExecutes({ unasked, testFilesRun }: MutationReport): string {
  return unasked === 0 ? "no test executes" : `none of ${testFilesRun} test files (${unasked} were not asked) executes`;
}

function shownLines(ranges: readonly LineRange[]): string {
  const [first] = ranges;
  if (ranges.length === 1 && first?.start === first?.end) return "this changed line";
  return `the changed lines ${listed(ranges.map(shownRange))}`;
}

function shownPlace({ path, part, ...range }: Place): string {
  return `${part === null ? "" : `${part} of `}${path}:${shownRange(range)}`;
}

function shownRange({ start, end }: LineRange): string {
  return start === end ? String(start) : `${start}-${end}`;
}

function listed(places: readonly string[]): string {
  const others = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : "";
  return `${places.slice(0, mostPlaces).join(", ")}${others}`;
}

function summaryOf(report: MutationReport, uncovered: readonly Uncovered[]): string {
  const lines = uncovered.flatMap(({ path, ranges }) => ranges.map((range): Place => ({ path, ...range, part: null })));
  const missing = [...lines, ...unexecutedParts(report)].toSorted(
    (a, b) => byPath(a.path, b.path) || a.start - b.start,
  );
  const said = [killsOf(report), ...report.commands.map(runsOf)].join("; ");
  if (missing.length === 0) return said;
  const places = listed(missing.map(shownPlace));
  const where = report.processStarters.length === 0 ? "" : " in its own process";
  const [beside] = report.beside;
  const but = beside === undefined ? "" : ` (${beside} is run by another script)`;
  return `${said}; ${nobodyExecutes(report)} ${places}${where}${but}`;
}

/** Why it took so long. */
function runsOf({ label, runs, durationMs }: CommandRuns): string {
  return `\`${label}\` ran ${runs} times, ${(durationMs / 1000).toFixed(1)} s each`;
}

const mostPlaces = 5;

function killsOf({ mutants, runtimeLines, arid }: MutationReport): string {
  if (mutants.length === 0) return `${runtimeLines} changed lines, of which none can be mutated${leftOut(arid)}`;
  return `${tallyOf(mutants)}${leftOut(arid)}`;
}

/** How many edits would have been in vain, and where. */
function leftOut(arid: MutationReport["arid"]): string {
  const parts = [...arid].toSorted(([a], [b]) => byPath(a, b)).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? "" : `, left out: ${parts.join(", ")}`;
}
