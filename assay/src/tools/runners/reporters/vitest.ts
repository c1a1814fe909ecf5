// Loaded by the user's vitest (1 and later): appends one line for each finished test file to a report.
// Imports nothing but Node and types, because it is built into a file of its own.
import { appendFileSync } from "node:fs";
import type { ReportedFailure, ReportLine } from "../test-report.ts";

interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly stacks?: readonly { readonly file: string; readonly line: number }[];
}

interface TestCase {
  readonly fullName: string;
  readonly location?: { readonly line: number };
  readonly options: { readonly mode?: string };
  result(): { readonly state: string; readonly errors?: readonly Thrown[] };
}

interface Suite {
  readonly fullName: string;
  errors(): readonly Thrown[];
}

interface TestModule {
  readonly moduleId: string;
  state(): string;
  readonly children: { allTests(): Iterable<TestCase>; allSuites(): Iterable<Suite> };
  errors(): readonly Thrown[];
}

/** A test, a suite or a file as vitest 1 and 2 know it. Suites have tasks. */
interface OldTask {
  readonly name: string;
  readonly mode: string;
  readonly result?: { readonly state: string; readonly errors?: readonly Thrown[] };
  readonly tasks?: readonly OldTask[];
}

const finished: ReadonlySet<string> = new Set(["passed", "failed", "skipped"]);

export default function vitestReporter() {
  const reported = new Set<TestModule>();
  // Vitest 3 still tells those who listen as they did before, besides.
  let isNew = false;
  const report = (module: TestModule): void => {
    if (reported.has(module)) return;
    reported.add(module);
    append(fileLine(module));
  };
  return {
    onTestRunStart(specifications: readonly unknown[]) {
      isNew = true;
      append({ kind: "planned", files: specifications.length });
    },
    onTestModuleEnd: report,
    onTestRunEnd(modules: readonly TestModule[], errors: readonly Thrown[], reason: string) {
      // Before version 4, a file that could not be loaded has no end of its own.
      for (const module of modules) if (finished.has(module.state())) report(module);
      append({ kind: "end", complete: reason !== "interrupted", errors: errors.map((error) => failure(null, error)) });
    },
    // Of vitest 1 and 2.
    onPathsCollected(paths: readonly string[] = []) {
      if (!isNew) append({ kind: "planned", files: paths.length });
    },
    onFinished(files: readonly (OldTask & { readonly filepath: string })[] = [], errors: readonly Thrown[] = []) {
      if (isNew) return;
      for (const file of files) append(oldFileLine(file, file.filepath));
      append({ kind: "end", complete: true, errors: errors.map((error) => failure(null, error)) });
    },
  };
}

function oldFileLine(root: OldTask, file: string): ReportLine {
  const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  const failures: ReportedFailure[] = [];
  const visit = (task: OldTask, name: string | null): void => {
    const { mode, result, tasks } = task;
    const errors = result?.errors ?? [];
    if (tasks) {
      for (const error of errors) failures.push(failure(name, error, file));
      for (const each of tasks) visit(each, name === null ? each.name : `${name} > ${each.name}`);
    } else if (result?.state === "pass") counts.passed++;
    else if (result?.state !== "fail") counts[mode === "todo" ? "todo" : "skipped"]++;
    else {
      counts.failed++;
      failures.push(failure(name, errors[0] ?? {}, file));
    }
  };
  visit(root, null);
  return { kind: "file", file, ...counts, failures };
}

function fileLine(module: TestModule): ReportLine {
  const file = module.moduleId;
  const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  const failures = module.errors().map((error) => failure(null, error, file));
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) failures.push(failure(suite.fullName, error, file));
  }
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    if (state === "passed") counts.passed++;
    else if (state !== "failed") counts[test.options.mode === "todo" ? "todo" : "skipped"]++;
    else {
      counts.failed++;
      failures.push(failure(test.fullName, errors?.[0] ?? {}, file, test.location?.line));
    }
  }
  return { kind: "file", file, ...counts, failures };
}

function failure(name: string | null, error: Thrown, file?: string, line?: number): ReportedFailure {
  const at = error.stacks?.find((frame) => file === undefined || frame.file === file);
  return {
    name,
    message: (error.message ?? error.stack ?? "").slice(0, 2000),
    stack: (error.stack ?? "").slice(0, 4000),
    file: file ?? at?.file ?? null,
    line: at?.line ?? line ?? null,
  };
}

function append(line: ReportLine): void {
  appendFileSync(process.env["ASSAY_TEST_REPORT"] ?? "", `${JSON.stringify(line)}\n`);
}
