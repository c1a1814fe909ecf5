// Loaded by node:test: turns its events into one line for each finished test file.
// Imports nothing but types, because it is built into a file of its own.
import type { TestError, TestEvent } from "../node-test-events.ts";
import type { ReportedFailure, ReportLine } from "../test-report.ts";

interface Tally {
  file: string;
  passed: number;
  failed: number;
  skipped: number;
  todo: number;
  failures: ReportedFailure[];
}

/** Results come in the order of the files, so a file is finished when a result of another one comes. */
export default async function* nodeTestReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let tally = emptyTally("");
  /** Names of the tests around the one that is running, outermost first. */
  const open: string[] = [];
  /** What a file wrote to its standard error, by the name of the file's own test. */
  const said = new Map<string, string>();
  /** What was remarked last, by the runner, of which Node 20 names no file, or by a test whose file may never fail. */
  let remark: Pick<TestEvent["data"], "file" | "message"> = {};
  for await (const { type, data } of source) {
    if (type === "test:start") open[data.nesting ?? 0] = data.name ?? "";
    if (type === "test:stderr") note(said, data.file ?? "", data.message ?? "");
    if (type === "test:diagnostic" && data.message?.startsWith("Error: ")) remark = data;
    if (type !== "test:pass" && type !== "test:fail") continue;
    const file = data.file ?? tally.file;
    if (file !== tally.file) {
      if (tally.file !== "") yield line({ kind: "file", ...tally });
      tally = emptyTally(file);
    }
    if (isFileItself(data)) {
      const remarked = (remark.file ?? file) === file ? remark.message : undefined;
      recordFile(tally, type, data, remarked ?? said.get(data.name ?? "") ?? "");
      remark = {};
    } else recordTest(tally, type, data, open);
  }
  if (tally.file !== "") yield line({ kind: "file", ...tally });
  yield line({ kind: "end", complete: true, errors: [] });
}

function note(said: Map<string, string>, file: string, text: string): void {
  said.set(file, `${said.get(file) ?? ""}${text}`.slice(0, 4000));
}

/** What a crashed file threw is only on its standard error; what it threw too late is a remark. */
function recordFile(tally: Tally, type: string, data: TestEvent["data"], said: string): void {
  if (type !== "test:fail" || tally.failures.length > 0) return;
  tally.failures.push({ ...failure(null, data, data.details?.error), stack: said });
}

function recordTest(tally: Tally, type: string, data: TestEvent["data"], open: readonly string[]): void {
  const error = data.details?.error;
  // A suite or a test around others is not counted, and repeats the failures inside it.
  if (data.details?.type === "suite" && error?.failureType !== "hookFailed") return;
  if (error?.failureType === "subtestsFailed") return;
  if (data.todo !== undefined && data.todo !== false) tally.todo++;
  else if (data.skip !== undefined && data.skip !== false) tally.skipped++;
  else if (type === "test:pass") tally.passed++;
  else {
    tally.failed++;
    const around = open.slice(0, data.nesting ?? 0);
    tally.failures.push(failure([...around, data.name].join(" > "), data, error));
  }
}

/** A file without any test, or one that crashed, is reported as a test that is named after its path. */
function isFileItself(data: TestEvent["data"]): boolean {
  if (data.nesting !== 0 || data.name === undefined || data.file === undefined) return false;
  return data.file === data.name || data.file.endsWith(`/${data.name.replace(/^\.\//, "")}`);
}

function failure(name: string | null, data: TestEvent["data"], error: TestError | undefined): ReportedFailure {
  const cause = error?.cause;
  const thrown = cause instanceof Error ? cause : error;
  const message = typeof cause === "string" ? cause : (thrown?.message ?? "");
  return {
    name,
    message: message.slice(0, 2000),
    stack: (thrown?.stack ?? "").slice(0, 4000),
    file: data.file ?? null,
    line: name === null ? null : (data.line ?? null),
  };
}

function emptyTally(file: string): Tally {
  return { file, passed: 0, failed: 0, skipped: 0, todo: 0, failures: [] };
}

function line(value: ReportLine): string {
  return `${JSON.stringify(value)}\n`;
}
