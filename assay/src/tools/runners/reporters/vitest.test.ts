import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { writtenReport } from "../../testing/written-report.ts";
import { readReport, type TestReport } from "../test-report.ts";
import vitestReporter from "./vitest.ts";

/** What vitest 2.1.9 handed to its reporters, without what nobody reads. */
const recorded = JSON.parse(readFileSync(new URL("../fixtures/vitest-2.json", import.meta.url), "utf8")) as {
  readonly paths: readonly string[];
  readonly files: Parameters<ReturnType<typeof vitestReporter>["onFinished"]>[0];
  readonly errors: Parameters<ReturnType<typeof vitestReporter>["onFinished"]>[1];
};

const text = writtenReport();

function written(): TestReport {
  return readReport(text());
}

test("what vitest 2 tells is told as what later versions do", () => {
  const reporter = vitestReporter();
  reporter.onPathsCollected(recorded.paths);
  reporter.onFinished(recorded.files, recorded.errors);
  const { failures, errors, ...counts } = written();
  expect(counts).toEqual({
    planned: 3,
    finishedFiles: 3,
    executed: 5,
    executedFiles: ["/project/src/a.test.ts", "/project/src/c.test.ts"],
    complete: true,
    damaged: false,
  });
  expect(failures.map(({ name, message, file }) => ({ name, message, file }))).toEqual([
    {
      name: "sums > is wrong",
      message: "expected 2 to be 3 // Object.is equality",
      file: "/project/src/a.test.ts",
    },
    { name: "left open", message: "not closed", file: "/project/src/a.test.ts" },
    {
      name: null,
      message:
        "Failed to load url ./missing.ts (resolved id: ./missing.ts) in /project/src/b.test.ts. Does the file exist?",
      file: "/project/src/b.test.ts",
    },
  ]);
  expect(errors?.map(({ message, stack }) => [message, stack])).toEqual([
    ["nobody waits", "Error: nobody waits\n    at /project/src/c.test.ts:3:23"],
  ]);
});

test("tests that vitest 2 has left out are told apart from those that are still to be written", () => {
  vitestReporter().onFinished(recorded.files, []);
  const [first = ""] = text().split("\n");
  expect(JSON.parse(first)).toMatchObject({ kind: "file", passed: 3, failed: 1, skipped: 1, todo: 1 });
});

type Modules = Parameters<ReturnType<typeof vitestReporter>["onTestRunEnd"]>[0];
type Module = Modules[number];
type Thrown = ReturnType<Module["errors"]>[number];

interface Told {
  readonly state?: string;
  readonly errors?: readonly Thrown[];
  readonly suites?: readonly { readonly fullName: string; readonly errors: readonly Thrown[] }[];
  readonly tests?: readonly {
    readonly state: string;
    readonly mode?: string;
    readonly error?: Thrown;
    line?: number;
  }[];
}

/** A file as vitest 3 and later tell of it, each of whose tests is called `suite > test`. */
function moduleOf(moduleId: string, { state = "passed", errors = [], suites = [], tests = [] }: Told = {}): Module {
  const allTests = tests.map(({ state: outcome, mode, error, line }) => ({
    fullName: "suite > test",
    options: mode === undefined ? {} : { mode },
    ...(line !== undefined && { location: { line } }),
    result: () => ({ state: outcome, ...(error && { errors: [error] }) }),
  }));
  const allSuites = suites.map(({ fullName, errors: thrown }) => ({ fullName, errors: () => thrown }));
  return {
    moduleId,
    state: () => state,
    errors: () => errors,
    children: { allTests: () => allTests, allSuites: () => allSuites },
  };
}

/** The first line of a report. */
function firstLine(): Record<string, unknown> {
  const [first = ""] = text().split("\n");
  return JSON.parse(first) as Record<string, unknown>;
}

test("a file's tests are counted by what became of them", () => {
  const tests = [
    ...["passed", "passed", "failed"].map((state) => ({ state })),
    { state: "skipped" },
    { state: "skipped", mode: "todo" },
    { state: "pending", mode: "run" },
  ];
  vitestReporter().onTestModuleEnd(moduleOf("/x/a.test.ts", { tests }));
  expect(firstLine()).toMatchObject({ file: "/x/a.test.ts", passed: 2, failed: 1, skipped: 2, todo: 1 });
  expect(written().failures).toEqual([
    { name: "suite > test", message: "", stack: "", file: "/x/a.test.ts", line: null },
  ]);
});

test("a failure's line is that of its frame in the file, else that of the test", () => {
  const frames = [
    { file: "/x/helper.ts", line: 7 },
    { file: "/x/a.test.ts", line: 5 },
  ];
  const tests = [frames, frames.slice(0, 1)].map((stacks) => ({
    state: "failed",
    error: { message: "no", stack: "at x", stacks },
    line: 3,
  }));
  vitestReporter().onTestModuleEnd(moduleOf("/x/a.test.ts", { tests }));
  expect(written().failures.map(({ line, message, stack }) => [line, message, stack])).toEqual([
    [5, "no", "at x"],
    [3, "no", "at x"],
  ]);
});

test("what a file and its suites threw are failures too, and long texts are cut", () => {
  const long = { message: "m".repeat(3000), stack: "s".repeat(5000) };
  const suites = [{ fullName: "suite", errors: [{ stack: "Error: in a hook" }] }];
  vitestReporter().onTestModuleEnd(moduleOf("/x/a.test.ts", { errors: [long], suites }));
  expect(written().failures.map(({ name, message, stack }) => [name, message.length, stack.length])).toEqual([
    [null, 2000, 4000],
    ["suite", 16, 16],
  ]);
});

test("a file that had no end of its own is told when the run ends, and one that never ran is not", () => {
  const reporter = vitestReporter();
  const [told, untold, failed] = ["/x/a.ts", "/x/b.ts", "/x/c.ts"].map((id) =>
    moduleOf(id, { state: id === "/x/c.ts" ? "failed" : "passed", tests: [{ state: "passed" }] }),
  );
  reporter.onTestRunStart(["a", "b", "c", "d"]);
  for (const module of [told, told]) if (module) reporter.onTestModuleEnd(module);
  const modules = [told, untold, failed, moduleOf("/x/d.ts", { state: "queued" })].filter((each) => each !== undefined);
  const error = { message: "nobody waits", stacks: [{ file: "/x/b.ts", line: 4 }] };
  reporter.onTestRunEnd(modules, [error], "interrupted");
  const { planned, executed, executedFiles, complete, errors } = written();
  expect({ planned, executed, executedFiles, complete, errors }).toEqual({
    planned: 4,
    executed: 3,
    executedFiles: ["/x/a.ts", "/x/b.ts", "/x/c.ts"],
    complete: false,
    errors: [{ name: null, message: "nobody waits", stack: "", file: "/x/b.ts", line: 4 }],
  });
});

test("vitest 3 tells everything twice, and it counts once", () => {
  const reporter = vitestReporter();
  reporter.onTestRunStart(["a", "b"]);
  reporter.onPathsCollected(recorded.paths);
  reporter.onTestRunEnd([], [], "passed");
  reporter.onFinished(recorded.files, recorded.errors);
  const { planned, finishedFiles, errors, complete } = written();
  expect({ planned, finishedFiles, errors, complete }).toEqual({
    planned: 2,
    finishedFiles: 0,
    errors: [],
    complete: true,
  });
});

test("a run that finds no file has an end as well", () => {
  const reporter = vitestReporter();
  reporter.onPathsCollected();
  reporter.onFinished();
  const { planned, errors, complete } = written();
  expect({ planned, errors, complete }).toEqual({ planned: 0, errors: [], complete: true });
});
