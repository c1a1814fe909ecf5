// From what a process left behind to what it means, for every tool that prints findings.
import { isAbsolute, relative, sep } from "node:path";
import { AssayError } from "../../model/errors.ts";
import type { Finding, TaskOutcome } from "../../model/finding.ts";
import { repoPath, type RepoPath } from "../../model/paths.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";

/** What a tool's output says, before its exit code is compared with it. */
export interface Reading {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** Was the process ended before it could say anything? Then this is the outcome. */
export function interruptedOutcome(
  tool: string,
  label: string,
  host: Host,
  outcome: ProcessOutcome,
): TaskOutcome | undefined {
  if (outcome.spawnError !== null) return failed(`${tool} could not be started: ${outcome.spawnError}`);
  if (outcome.timedOut || host.signal.aborted) return { status: "deferred", remaining: label };
  if (outcome.exitCode === null)
    return failed(`${tool} was ended by ${outcome.signal ?? "a signal"}${because(outcome)}`);
  if (outcome.truncated) return failed(`${tool} printed more than could be read`);
  return undefined;
}

/** The error for output that could not be read or that contradicts the exit code. */
export function toolFailed(tool: string, outcome: ProcessOutcome): AssayError {
  return new AssayError("tool-failed", `${tool} ended with exit code ${String(outcome.exitCode)}${because(outcome)}`);
}

/**
 * Joins what a tool printed with how it ended. They must agree: a failing exit code with nothing to show, or findings
 * with a successful one, mean that the output was misunderstood.
 */
export function reconcile(tool: string, outcome: ProcessOutcome, reading: Reading | undefined): Reading | AssayError {
  if (reading === undefined) return toolFailed(tool, outcome);
  if (outcome.exitCode === 0) {
    if (reading.errors.length === 0) return reading;
    return new AssayError("tool-failed", `${tool} reports errors and ends with exit code 0`);
  }
  if (reading.errors.length > 0) return reading;
  // A limit on warnings that stands in the tool's own configuration.
  if (outcome.exitCode === 1 && reading.warnings.length > 0) return { errors: reading.warnings, warnings: [] };
  return toolFailed(tool, outcome);
}

/** A path that a tool printed, absolute or relative to the folder it ran in; null outside the repository. */
export function printedPath(root: string, dir: RepoPath, printed: string): RepoPath | null {
  const file = printed
    .replace(/^file:\/\//u, "")
    .split(sep)
    .join("/");
  const fromRoot = isAbsolute(file) ? relative(root, file).split(sep).join("/") : dir === "" ? file : `${dir}/${file}`;
  try {
    return repoPath(fromRoot);
  } catch {
    return null;
  }
}

/** What a process said on its standard error, with paths as the repository writes them. */
export function withoutRoot(root: string, outcome: ProcessOutcome): ProcessOutcome {
  return { ...outcome, stderr: outcome.stderr.replaceAll(`${root}/`, "").replaceAll(root, ".") };
}

/** A message on one line, with the rule that it comes from. */
export function withRule(message: string, rule: string | null): string {
  const text = message.replaceAll(/\s+/gu, " ").trim();
  return rule === null || rule === "" ? text : `${text} (${rule})`;
}

function failed(message: string): TaskOutcome {
  return { status: "errored", error: new AssayError("tool-failed", message) };
}

function because(outcome: ProcessOutcome): string {
  const line = usefulLine(outcome.stderr) ?? usefulLine(outcome.stdout);
  return line === undefined ? "" : `: ${line}`;
}

const noise =
  /^(?:Oops! |throw |ESLint: \d|at |\(node:|\(Use `|\[warn\]|file:\/\/|node:internal|Failed to (?:parse|load) .*configuration file\.$|The .* experimental|[╭╮╰╯┌┐└┘│─━^~|>{}[\]\s]*$)|━━━|⎯⎯⎯/u;

/** The line that tells what went wrong: the first that is neither a banner nor a stack frame. */
export function usefulLine(text: string): string | undefined {
  const lines = withoutColors(text)
    .split("\n")
    .map((line) => line.replace(/^(?:[\s×✖│|]|x(?=\s))*(?=\S{2})/u, "").trim());
  const telling = lines.filter((candidate) => candidate !== "" && !noise.test(candidate));
  const [line, next] = telling;
  if (line === undefined) return undefined;
  // A heading says nothing without what stands below it.
  return (line.endsWith(":") && next !== undefined ? `${line} ${next}` : line).slice(0, 300);
}

const escape = String.fromCodePoint(27);

export function withoutColors(text: string): string {
  return text.includes(escape) ? text.replaceAll(new RegExp(`${escape}\\[[\\d;?]*[A-Za-z]`, "gu"), "") : text;
}
