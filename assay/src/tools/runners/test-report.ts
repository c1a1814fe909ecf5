// What our reporters write from inside the user's test runner, and the reading of it.
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { repoPath } from "../../model/paths.ts";
import type { Finding } from "../../model/finding.ts";

/** One line of a report, as JSON. A run that is killed leaves the lines of the files that were finished. */
export type ReportLine =
  | { readonly kind: "planned"; readonly files: number }
  | FileLine
  | {
      readonly kind: "end";
      /** False: the runner was asked to stop before everything had run. */
      readonly complete: boolean;
      /** Thrown outside every test. */
      readonly errors: readonly ReportedFailure[];
    };

export interface FileLine {
  readonly kind: "file";
  /** Absolute. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly todo: number;
  /** Of tests, of hooks, and of the file itself. */
  readonly failures: readonly ReportedFailure[];
}

export interface ReportedFailure {
  /** The test with the suites around it; null where the file itself failed. */
  readonly name: string | null;
  readonly message: string;
  readonly stack: string;
  readonly file: string | null;
  /** Where the runner says so itself. */
  readonly line: number | null;
}

/** A report, added up. */
export interface TestReport {
  /** How many files the runner set out to run; null where it didn't say. */
  readonly planned: number | null;
  readonly finishedFiles: number;
  /** Tests that passed or failed: neither skipped nor still to be written. */
  readonly executed: number;
  /** The files with such tests, absolute. */
  readonly executedFiles: readonly string[];
  readonly failures: readonly ReportedFailure[];
  /** Thrown outside every test; null when the report has no end. */
  readonly errors: readonly ReportedFailure[] | null;
  /** It has an end, and the runner was not stopped. */
  readonly complete: boolean;
  /** It has a line that is none of ours. */
  readonly damaged: boolean;
}

export function readReport(text: string): TestReport {
  const lines = text.split("\n").filter((line) => line !== "");
  const parsed = lines.map(parseLine);
  const files = parsed.filter((line) => line?.kind === "file");
  const planned = parsed.find((line) => line?.kind === "planned");
  const end = parsed.find((line) => line?.kind === "end");
  return {
    planned: planned?.files ?? null,
    finishedFiles: new Set(files.map((line) => line.file)).size,
    executed: files.reduce((sum, line) => sum + line.passed + line.failed, 0),
    executedFiles: files.filter((line) => line.passed + line.failed > 0).map((line) => line.file),
    failures: files.flatMap((line) => line.failures),
    errors: end?.errors ?? null,
    complete: end?.complete ?? false,
    damaged: parsed.includes(undefined),
  };
}

function parseLine(text: string): ReportLine | undefined {
  try {
    // Written by our own reporter a moment ago; what is cut or mixed up does not parse.
    const line = JSON.parse(text) as ReportLine;
    return ["planned", "file", "end"].includes(line.kind) ? line : undefined;
  } catch {
    return undefined;
  }
}

/** `root` is the repository's, absolute. */
export function toFinding(root: string, failure: ReportedFailure): Finding {
  const place = failurePlace(root, failure);
  const name = failure.name === null ? "" : `${oneLine(failure.name)}: `;
  return { path: place.path, line: place.line, message: `${name}${summarize(root, failure)}` };
}

function failurePlace(root: string, failure: ReportedFailure): Pick<Finding, "path" | "line"> {
  const stack = stripVTControlCharacters(failure.stack);
  const file = failure.file ?? firstOwnFile(root, stack);
  if (file === null || !file.startsWith(`${root}/`)) return { path: null, line: null };
  return { path: repoPath(file.slice(root.length + 1)), line: lineInStack(stack, file) ?? failure.line };
}

/** Runners write the file's path in full, or from the folder they run in. */
function lineInStack(stack: string, file: string): number | null {
  for (const written of [file, pathToFileURL(file).pathname]) {
    const at = stack.indexOf(`${written}:`);
    const line = at === -1 ? NaN : Number.parseInt(stack.slice(at + written.length + 1), 10);
    if (!Number.isNaN(line)) return line;
  }
  for (const [, path, line] of stack.matchAll(/([^\s()]+):(\d+):\d+\)?$/gm)) {
    if (path !== undefined && file.endsWith(`/${path}`)) return Number(line);
  }
  return null;
}

function firstOwnFile(root: string, stack: string): string | null {
  for (const match of stack.matchAll(/(\/[^\s():]+):\d+/g)) {
    const path = match[1]?.replace(/^\/\/(?=\/)/, "");
    if (path?.startsWith(`${root}/`) && !path.includes("/node_modules/")) return path;
  }
  return null;
}

/** The message without colours, frames and line breaks; the error of the file's output where the runner says nothing. */
function summarize(root: string, { message, stack }: ReportedFailure): string {
  const text = stripVTControlCharacters(message).replaceAll(`${root}/`, "");
  const said = oneLine(text.replace(/\n\s+at .*/s, "").replace(/\s*Require stack:.*$/s, ""));
  const bare = said === "" || said === "test failed";
  const told = bare ? tellingLine(stack.replaceAll(`${root}/`, "")) : said.replace(/^Error: /, "");
  return clip(told === "" ? "failed without a message" : told, 300);
}

/**
 * The line of a program's output that says most: its first error, else its last line.
 *
 * Empty when there is no text at all.
 */
export function tellingLine(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !line.startsWith("at ") && !/^Node\.js v\d/.test(line));
  return clip(lines.find(isError) ?? lines.at(-1) ?? "", 300);
}

/** As Node, mocha (`✖ ERROR: Error [CODE]: …`), esbuild (`✘ [ERROR] …`) and tsc write it. */
function isError(line: string): boolean {
  return (
    /^[^\p{L}\p{N}[]*(?:ERROR: )?[\w.]*\s?\w*(?:Error|Exception)(?: \[\w+\])?:/u.test(line) ||
    /^[^\p{L}\p{N}[]*\[ERROR\] /u.test(line) ||
    /(?:^|: )error TS\d+: /.test(line)
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
