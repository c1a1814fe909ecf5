// Loaded by the user's jest: appends one line for each finished test file to a report.
// Imports nothing but Node and types, because it is built into a file of its own.
import { appendFileSync } from "node:fs";
import type { ReportedFailure, ReportLine } from "../test-report.ts";

interface AssertionResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
  readonly location?: { readonly line: number } | null;
}

interface TestResult {
  readonly testFilePath: string;
  readonly testResults: readonly AssertionResult[];
  readonly failureMessage?: string | null;
  readonly testExecError?: { readonly message?: string; readonly stack?: string } | null;
}

interface AggregatedResult {
  readonly wasInterrupted: boolean;
  readonly runExecError?: { readonly message?: string; readonly stack?: string };
}

export default function jestReporter() {
  return {
    onRunStart: (results: { readonly numTotalTestSuites: number }) => {
      hideArguments();
      append({ kind: "planned", files: results.numTotalTestSuites });
    },
    onTestResult: (_test: unknown, result: TestResult) => append(fileLine(result)),
    onRunComplete: (_contexts: unknown, { wasInterrupted, runExecError }: AggregatedResult) =>
      append({ kind: "end", complete: !wasInterrupted, errors: runExecError ? [thrown(runExecError, null)] : [] }),
  };
}

/** Few files run in this process, where a test that parses the program's arguments must find none, as in a worker. */
function hideArguments(): void {
  process.argv.splice(2);
}

function fileLine(result: TestResult): ReportLine {
  const file = result.testFilePath;
  const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  const failures: ReportedFailure[] = [];
  for (const test of result.testResults) {
    if (test.status === "passed") counts.passed++;
    else if (test.status === "failed") {
      counts.failed++;
      const message = test.failureMessages[0] ?? "";
      failures.push({ ...texts(message, message), name: test.fullName, file, line: test.location?.line ?? null });
    } else counts[test.status === "todo" ? "todo" : "skipped"]++;
  }
  if (result.testExecError) failures.push(thrown(result.testExecError, file));
  else if (failures.length === 0 && result.failureMessage) {
    failures.push({ ...texts(result.failureMessage, result.failureMessage), name: null, file, line: null });
  }
  return { kind: "file", file, ...counts, failures };
}

function thrown(error: { readonly message?: string; readonly stack?: string }, file: string | null): ReportedFailure {
  return { ...texts(error.message || error.stack || "", error.stack ?? ""), name: null, file, line: null };
}

function texts(message: string, stack: string): { readonly message: string; readonly stack: string } {
  return { message: message.slice(0, 2000), stack: stack.slice(0, 4000) };
}

function append(line: ReportLine): void {
  appendFileSync(process.env["ASSAY_TEST_REPORT"] ?? "", `${JSON.stringify(line)}\n`);
}
