// The same run for a person. Colour is the caller's decision; without it the text is plain.
import type { CheckResult } from "../model/finding.ts";
import type { AssayError } from "../model/errors.ts";
import type { Run } from "../model/run.ts";
import { bounds, type NextAction } from "./envelope.ts";
import { nextActions } from "./next-actions.ts";
import { count, duration, showText } from "./text.ts";
import { detailsOf } from "./to-envelope.ts";
import { commandLine, errorOf, exitCodeOf, summaryOf } from "./verdict.ts";

/** Puts text in a colour, or returns it as it is. */
export type Paint = (style: "red" | "green" | "yellow" | "dim" | "bold", text: string) => string;

const codes = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

export const colourful: Paint = (style, text) => `\u{1b}[${codes[style]}m${text}\u{1b}[0m`;
export const plain: Paint = (_style, text) => text;

const marks = {
  passed: ["green", "✔"],
  failed: ["red", "✘"],
  errored: ["red", "!"],
  deferred: ["yellow", "…"],
  skipped: ["dim", "-"],
} as const;

/** One line when green and nothing is to be reviewed; else a block per check that needs a reader, and the verdict last. */
export function toTerminal(run: Run, paint: Paint): string {
  const exitCode = exitCodeOf(run);
  const troubled = run.results.filter((result) => ["failed", "errored", "deferred"].includes(result.status));
  const toReview = run.results.filter((result) => !troubled.includes(result) && result.reviews.length > 0);
  const blocks = [
    ...troubled.flatMap((result) => checkBlock(result, paint)),
    ...toReview.flatMap((result) => reviewBlock(result, paint)),
  ];
  const error = errorOf(run);
  const actions = [...nextActions(run), ...pageOf(run)].map(
    ({ command, description }) => `  ${paint("bold", command)}  ${paint("dim", description)}`,
  );
  if (exitCode === 0 && troubled.length === 0)
    return `${[...blocks, `${verdictLine(run, paint)}${nextClause(run)}`].join("\n")}\n`;
  return `${[
    ...blocks,
    ...(error ? errorLines(error, paint) : []),
    ...(actions.length > 0 ? ["next:", ...actions] : []),
    verdictLine(run, paint),
  ].join("\n")}\n`;
}

/** What a person would rather see in its place than read as a list. */
function pageOf(run: Run): readonly NextAction[] {
  if (run.command !== "mutate" || !run.results.some(hasPage)) return [];
  return [
    { command: `${commandLine(run, "mutate")} --report`, description: "See every mutant in its place, on a page." },
  ];
}

function hasPage({ status, attachments }: CheckResult): boolean {
  return status === "failed" && attachments.length > 0;
}

/** A line about a check that has just finished, for progress. */
export function progressLine(result: CheckResult, paint: Paint): string {
  const [style, mark] = marks[result.status];
  const time = result.cached ? "replayed" : duration(result.durationMs);
  return `${paint(style, mark)} ${result.id} ${paint("dim", time)}`;
}

/** What a person sees of an error that kept a command from running. */
export function errorText(error: AssayError, paint: Paint): string {
  return `${errorLines(error, paint).join("\n")}\n`;
}

function errorLines(error: AssayError, paint: Paint): readonly string[] {
  const hint = error.hint === null ? [] : [`  try: ${showText(error.hint, bounds.text)}`];
  return [`${paint("red", "!")} ${showText(error.message, 1000)}`, ...hint];
}

function checkBlock(result: CheckResult, paint: Paint): readonly string[] {
  const [style, mark] = marks[result.status];
  const details = detailsOf(result);
  const shown = details.slice(0, bounds.details).map((detail) => `  ${showText(detail, bounds.text)}`);
  const more = details.length > bounds.details ? [paint("dim", `  and ${details.length - bounds.details} more`)] : [];
  return [paint(style, `${mark} ${result.id}`), ...shown, ...more];
}

function reviewBlock({ id, reviews }: CheckResult, paint: Paint): readonly string[] {
  return [paint("yellow", `! ${id}: to review`), ...reviews.map((review) => `  ${showText(review, bounds.text)}`)];
}

function verdictLine(run: Run, paint: Paint): string {
  const exitCode = exitCodeOf(run);
  const word = { 0: paint("green", "ok"), 1: paint("red", "FAIL"), 2: paint("red", "NO VERDICT") }[exitCode];
  return `${word} assay ${run.command}: ${countsOf(run)} in ${duration(run.durationMs)} (${scopeClause(run)})`;
}

function countsOf(run: Run): string {
  if (run.results.length === 0) return "nothing to check";
  const summary = summaryOf(run.results);
  const words = (["failed", "errored", "deferred"] as const).flatMap((status) =>
    summary[status] > 0 ? [`${summary[status]} ${status}`] : [],
  );
  return [...words, `${summary.passed} passed`].join(", ");
}

function scopeClause(run: Run): string {
  const { scope } = run;
  const files = count(scope.changes.length, "changed file");
  if (scope.fallback) return showText(`${files}; everything, since ${scope.fallback.detail}`, 110);
  if (scope.expanded.length === 0) return files;
  return showText(`${files} in ${scope.expanded.join(", ")}`, 110);
}

function nextClause(run: Run): string {
  const [next] = nextActions(run);
  return next === undefined ? "" : `; next: ${next.command}`;
}
