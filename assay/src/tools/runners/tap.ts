// Reads the Test Anything Protocol, as ava prints it, into the lines that our own reporters write.
import type { ReportedFailure, ReportLine } from "./test-report.ts";

/** Tape leaves out the dash. */
const point = /^(not )?ok \d+(?: (?:- )?(.*?))?(?:\s+# (SKIP|TODO)\b.*)?$/i;

/** One line for all of its files, none where nothing has been told of a test, and an end when the plan was printed. */
export function tapToReport(text: string): string {
  const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  const failures: ReportedFailure[] = [];
  const report: ReportLine[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (/^1\.\.0\s*$/.test(line)) report.push({ kind: "planned", files: 0 });
    if (/^1\.\.\d+/.test(line)) report.push({ kind: "end", complete: true, errors: [] });
    const match = point.exec(line);
    if (match === null) continue;
    const [, not, name = "", directive] = match;
    if (directive !== undefined) counts[directive.toUpperCase() === "SKIP" ? "skipped" : "todo"]++;
    else if (not === undefined) counts.passed++;
    else {
      counts.failed++;
      failures.push(failure(name, detailsAfter(lines, index)));
    }
  }
  const tests = counts.passed + counts.failed + counts.skipped + counts.todo;
  if (tests > 0) report.push({ kind: "file", file: "", ...counts, failures });
  return report.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** The indented block between `---` and `...`. */
function detailsAfter(lines: readonly string[], index: number): readonly string[] {
  if (lines[index + 1]?.trim() !== "---") return [];
  const end = lines.indexOf("  ...", index + 2);
  return lines.slice(index + 2, end === -1 ? undefined : end);
}

function failure(name: string, details: readonly string[]): ReportedFailure {
  const told = valueOf(details, "message");
  const parts = [valueOf(details, "assertion"), told, valueOf(details, "details")].filter((part) => part !== "");
  const common = { stack: details.join("\n"), file: null, line: null };
  // A file that could not be loaded is reported as a test that is named after the error.
  const isFile = parts.length === 0 || (told !== "" && told.startsWith(name.replace(/^\w*Error: /, "")));
  return isFile ? { ...common, name: null, message: name } : { ...common, name, message: parts.join(": ") };
}

/** The text of a YAML field, on one line, without the captions inside it. */
function valueOf(details: readonly string[], key: string): string {
  const start = details.findIndex((line) => line.startsWith(`    ${key}:`));
  const first = details[start];
  if (first === undefined) return "";
  const inline = first.slice(first.indexOf(":") + 1).trim();
  if (inline !== "" && !/^[|>]/.test(inline)) return inline.replace(/^'(.*)'$/, "$1");
  const depth = indentOf(first);
  const rest = details.slice(start + 1);
  const end = rest.findIndex((line) => indentOf(line) <= depth);
  const block = end === -1 ? rest : rest.slice(0, end);
  const text = block.filter((line) => !/^\s*'.*': [|>]-$/.test(line));
  return text.map((line) => line.trim()).join(" ");
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
