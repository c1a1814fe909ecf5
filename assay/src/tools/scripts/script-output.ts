// What can be told from the output of a program that nobody knows.
import type { Finding } from "../../model/finding.ts";
import { rootDir, type RepoPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import type { Package, Workspace } from "../../model/workspace.ts";
import { printedPath, usefulLine, withoutColors } from "../output/tool-outcome.ts";

type Locate = (printed: string) => RepoPath | undefined;

/**
 * The findings of a script that failed, at least one: lines that name a file of the repository and a line of it, else
 * what was thrown, else the lines that speak of an error, else the last ones.
 */
export function findingsIn(
  workspace: Workspace,
  pkg: Package,
  label: string,
  { stdout, stderr, exitCode }: ProcessOutcome,
): readonly Finding[] {
  const lines = withoutColors(`${stdout}\n${stderr}`)
    .replaceAll(`${workspace.root}/`, "")
    .split(/\r?\n/u)
    .filter((line) => !managersOwn.test(line));
  const told = lines.some((line) => errorMark.test(line)) ? lines.filter((line) => !warningMark.test(line)) : lines;
  const locate = locator(workspace, pkg);
  const placed = withoutWarnings(placedLines(told, locate));
  const found = placed.length > 0 ? placed : thrown(lines, locate);
  const silence = `exit code ${String(exitCode)} and no output`;
  const all = found.length > 0 ? found : lastWords(lines, silence);
  return all.map(({ path, line, message }) => ({ path, line, message: `${label}: ${message}` }));
}

/** What package managers add about a failing script says nothing about why. */
const managersOwn =
  /^\s*(?:npm (?:error|ERR!|warn)|> |error Command failed|info Visit|.*ELIFECYCLE|.*Exit status|\$ )/u;

/** A path as a script prints it: from its own folder or from the root. Undefined where there is no such file. */
function locator({ root, tree }: Workspace, { dir }: Package): Locate {
  return (printed) => {
    const candidates = [printedPath(root, dir, printed), printedPath(root, rootDir, printed)];
    return candidates.find((path) => path !== null && tree.has(path)) ?? undefined;
  };
}

/** `src/a.ts:3:5 - message`, `src/a.ts(3,5): message`. */
const oneLiner = /^\s*(?<file>[^\s(][^:(]*?)(?::|\()(?<line>\d+)(?:[:,]\d+)?\)?:?\s+(?:-\s+)?(?<message>\S.*)$/u;
/** A file on a line of its own, with or without a place. */
const heading = /^\s*(?<file>\S.*?)(?::(?<line>\d+)(?::\d+)?)?:?\s*$/u;
/** As XO and stylelint mark what they print. */
const errorMark = /^\s*[✖×✘]\s+\d+:\d+\s/u;
const warningMark = /^\s*⚠\s+\d+:\d+\s/u;
/** A place in the file that the heading names, as ESLint's and stylelint's own formats have it. */
const underHeading = /^\s*(?:[^\w\s]+\s+)?(?<line>\d+):\d+\s+(?<message>\S.*)$/u;

function placedLines(lines: readonly string[], locate: Locate): readonly Finding[] {
  const found: Finding[] = [];
  let current: { readonly path: RepoPath; readonly line: number | null } | undefined;
  for (const text of lines) {
    const own = oneLiner.exec(text)?.groups;
    const path = own && locate(own["file"] ?? "");
    const below = current && underHeading.exec(text)?.groups;
    if (own !== undefined && path !== undefined) found.push(findingOf(path, own["line"], own["message"]));
    else if (current !== undefined && below) found.push(findingOf(current.path, below["line"], below["message"]));
    else if (current !== undefined && current.line !== null && /^\s*error\b/iu.test(text)) {
      found.push(findingOf(current.path, String(current.line), text));
    } else current = headingOf(text, locate) ?? current;
  }
  return found;
}

function headingOf(text: string, locate: Locate): { path: RepoPath; line: number | null } | undefined {
  const groups = heading.exec(text)?.groups;
  const path = groups && locate(groups["file"] ?? "");
  return path === undefined
    ? undefined
    : { path, line: groups?.["line"] === undefined ? null : Number(groups["line"]) };
}

function findingOf(path: RepoPath, line: string | undefined, message: string | undefined): Finding {
  return { path, line: Number(line), message: onOneLine(message ?? "") };
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Where some lines call themselves errors, those that call themselves warnings are not what it failed for. */
function withoutWarnings(findings: readonly Finding[]): readonly Finding[] {
  const hasErrors = findings.some(({ message }) => /^error\b/iu.test(message));
  return hasErrors ? findings.filter(({ message }) => !/^warn(?:ing)?\b/iu.test(message)) : findings;
}

const thrownLine = /^(?:Uncaught )?[\w.]*\s?\w*(?:Error|Exception)(?: \[\w+\])?:/u;
const frame = /^\s+at .*?(?<file>(?:file:\/\/)?[^\s():]+):(?<line>\d+):\d+\)?$/u;

/** An error that nothing caught, at the first line of the repository's own in its stack. */
function thrown(lines: readonly string[], locate: Locate): readonly Finding[] {
  const start = lines.findIndex((line) => thrownLine.test(line.trim()));
  if (start < 0) return [];
  const rest = lines.slice(start);
  const end = rest.findIndex((line) => /^\s+at /u.test(line));
  if (end < 0) return [];
  const message = onOneLine(rest.slice(0, end).join(" "));
  for (const line of rest) {
    const groups = frame.exec(line)?.groups;
    const path = groups && locate(groups["file"] ?? "");
    if (path !== undefined) return [{ path, line: Number(groups?.["line"]), message }];
  }
  return [{ path: null, line: null, message }];
}

const shownLines = 5;

function lastWords(lines: readonly string[], silence: string): readonly Finding[] {
  const useful = lines.flatMap((line) => usefulLine(line) ?? []);
  const telling = useful.filter((line) => /error|fail|:\d+/iu.test(line));
  const shown = (telling.length > 0 ? telling : useful.slice(-shownLines)).slice(0, shownLines);
  return (shown.length > 0 ? shown : [silence]).map((message) => ({ path: null, line: null, message }));
}
