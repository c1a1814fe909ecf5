// Loaded by the user's mocha: appends one line for each finished test file to a report.
// Imports nothing but Node and types, because it is built into a file of its own.
import { appendFileSync } from "node:fs";
import type { ReportedFailure, ReportLine } from "../test-report.ts";

interface Test {
  readonly file?: string;
  fullTitle(): string;
}

interface Runner {
  on(
    event: string,
    listener: (test: Test, error: { readonly message?: string; readonly stack?: string }) => void,
  ): Runner;
}

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  failures: ReportedFailure[];
}

/** Mocha runs its files one after the other, so a file is finished when a test of another one comes. */
export default function mochaReporter(runner: Runner) {
  let file = "";
  let tally: Tally = emptyTally();
  const enter = (next: string): void => {
    if (next === file) return;
    flush();
    file = next;
  };
  const flush = (): void => {
    if (tally.passed + tally.failed + tally.skipped + tally.failures.length === 0) return;
    append({ kind: "file", file, todo: 0, ...tally });
    tally = emptyTally();
  };
  runner.on("pass", (test) => {
    enter(test.file ?? file);
    tally.passed++;
  });
  runner.on("pending", (test) => {
    enter(test.file ?? file);
    tally.skipped++;
  });
  runner.on("fail", (test, error) => {
    enter(test.file ?? file);
    tally.failed++;
    const message = (error.message ?? "").slice(0, 2000);
    const stack = (error.stack ?? "").slice(0, 4000);
    tally.failures.push({ name: test.fullTitle(), message, stack, file: test.file ?? null, line: null });
  });
  runner.on("end", () => {
    flush();
    append({ kind: "end", complete: true, errors: [] });
  });
}

function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, failures: [] };
}

function append(line: ReportLine): void {
  appendFileSync(process.env["ASSAY_TEST_REPORT"] ?? "", `${JSON.stringify(line)}\n`);
}
