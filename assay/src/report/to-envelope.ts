// A run, or a failure to run, as the envelope. Bounded whatever comes in.
import type { Base } from "../model/change.ts";
import type { AssayError } from "../model/errors.ts";
import type { CheckResult, Finding } from "../model/finding.ts";
import { byPath } from "../model/paths.ts";
import type { Run } from "../model/run.ts";
import {
  bounds,
  type Envelope,
  type EnvelopeCheck,
  type EnvelopeError,
  type EnvelopeResult,
  type EnvelopeScope,
} from "./envelope.ts";
import { nextActions } from "./next-actions.ts";
import { showText } from "./text.ts";
import { errorOf, exitCodeOf, summaryOf } from "./verdict.ts";

const statusWords = {
  failed: "fail",
  errored: "error",
  deferred: "deferred",
  passed: "pass",
  skipped: "skip",
} as const;
/** What is shown first. Errors that say the same of many checks come last: one of them is enough to know it. */
const order = ["failed", "errored", "deferred", "to review", "passed", "skipped", "repeated"] as const;

/** The envelope of a verifying command. Same run, same bytes. */
export function toEnvelope(run: Run): Envelope {
  const exitCode = exitCodeOf(run);
  const error = errorOf(run);
  const whole: Envelope = {
    schema: "assay/1",
    ok: exitCode === 0,
    exit_code: exitCode,
    command: `assay ${run.command}`,
    error: error && toEnvelopeError(error),
    result: { scope: toEnvelopeScope(run.base, run.scope), ...listChecks(run.results, bounds.checks) },
    next_actions: nextActions(run),
  };
  return whole.ok ? shortened(whole, run.results) : whole;
}

/** The envelope of a command that could not start: usage, configuration, a bug of ours. */
export function errorEnvelope(command: string, error: AssayError): Envelope {
  return {
    schema: "assay/1",
    ok: false,
    exit_code: 2,
    command: showText(command, bounds.text),
    error: toEnvelopeError(error),
    result: emptyResult,
    next_actions:
      error.hint === null
        ? []
        : [{ command: showText(error.hint, bounds.text), description: showText(error.message, bounds.text) }],
  };
}

/** The envelope of a command that answers a question (`scope`, `doctor`): the answer stands beside an empty result. */
export function answerEnvelope(
  command: string,
  answer: Readonly<Record<string, unknown>>,
): Envelope & Readonly<Record<string, unknown>> {
  return {
    schema: "assay/1",
    ok: true,
    exit_code: 0,
    command,
    error: null,
    result: emptyResult,
    next_actions: [],
    ...answer,
  };
}

const emptyResult: EnvelopeResult = {
  scope: { base: null, changed_files: 0, direct_scopes: [], expanded_scopes: [], fallback: null },
  ...listChecks([], bounds.checks),
};

/** A green run costs little: the list of passed checks is cut from its end until the envelope is short. */
function shortened(envelope: Envelope, results: readonly CheckResult[]): Envelope {
  let shown = envelope;
  for (let limit = shown.result.checks.length; limit > 0 && JSON.stringify(shown).length > bounds.greenJson;) {
    limit -= 1;
    shown = { ...envelope, result: { ...envelope.result, ...listChecks(results, limit) } };
  }
  return shown;
}

function listChecks(results: readonly CheckResult[], limit: number): Pick<EnvelopeResult, "checks" | "summary"> {
  const rankOf = (result: CheckResult): number => order.indexOf(kindOf(result, results));
  const ordered = results.toSorted((a, b) => rankOf(a) - rankOf(b));
  const checks = ordered.slice(0, limit).map(toEnvelopeCheck);
  const summary = { total: results.length, ...summaryOf(results), omitted_checks: results.length - checks.length };
  return { checks, summary };
}

function kindOf(result: CheckResult, results: readonly CheckResult[]): (typeof order)[number] {
  if (result.status === "errored" && firstLike(result, results) !== result) return "repeated";
  const isGreen = result.status === "passed" || result.status === "skipped";
  return isGreen && result.reviews.length > 0 ? "to review" : result.status;
}

function firstLike({ errors }: CheckResult, results: readonly CheckResult[]): CheckResult | undefined {
  const message = errors[0]?.message;
  return results.find((each) => each.status === "errored" && each.errors[0]?.message === message);
}

function toEnvelopeCheck(result: CheckResult): EnvelopeCheck {
  const details = detailsOf(result);
  return {
    id: result.id,
    status: statusWords[result.status],
    details: details.slice(0, bounds.details).map((detail) => showText(detail, bounds.text)),
    omitted_details: Math.max(0, details.length - bounds.details),
    duration_ms: Math.round(result.durationMs),
    cached: result.cached,
  };
}

/** Findings first, by path and line, then what could not be known, what is to be reviewed, what was left or is worth knowing. Each once. */
export function detailsOf(result: CheckResult): readonly string[] {
  const findings = result.findings.toSorted(byPlace).map(describeFinding);
  const errors = result.errors.map(({ message, hint }) => (hint === null ? message : `${message}; try: ${hint}`));
  return [...new Set([...findings, ...errors, ...result.reviews, ...result.notes])];
}

function byPlace(a: Finding, b: Finding): number {
  const isMinor = Number(a.isMinor ?? false) - Number(b.isMinor ?? false);
  return isMinor || byPath(a.path ?? "", b.path ?? "") || (a.line ?? 0) - (b.line ?? 0) || byPath(a.message, b.message);
}

/** `path:line message` */
export function describeFinding(finding: Finding): string {
  if (finding.path === null) return finding.message;
  return finding.line === null
    ? `${finding.path} ${finding.message}`
    : `${finding.path}:${finding.line} ${finding.message}`;
}

function toEnvelopeError(error: AssayError): EnvelopeError {
  return {
    code: error.code,
    message: showText(error.message, bounds.text),
    hint: error.hint === null ? null : showText(error.hint, bounds.text),
  };
}

export function toEnvelopeScope(base: Base, scope: Run["scope"]): EnvelopeScope {
  return {
    base: base.kind === "found" ? base.commit : null,
    changed_files: scope.changes.length,
    direct_scopes: boundedNames(scope.direct),
    expanded_scopes: boundedNames(scope.expanded),
    fallback: scope.fallback && { reason: scope.fallback.reason, detail: showText(scope.fallback.detail, bounds.text) },
  };
}

function boundedNames(names: readonly string[]): readonly string[] {
  return names.slice(0, bounds.scopes).map((name) => showText(name, bounds.text));
}
