import { expect, test } from "vitest";
import { writtenReport } from "../../testing/written-report.ts";
import { readReport, type TestReport } from "../test-report.ts";
import jestReporter from "./jest.ts";

type Result = Parameters<ReturnType<typeof jestReporter>["onTestResult"]>[1];

const written = writtenReport();

function reportOf(result: Partial<Result>): TestReport {
  jestReporter().onTestResult(null, { testFilePath: "/x/a.test.js", testResults: [], ...result });
  return readReport(written());
}

test("a run has a plan, a line for each file and an end", () => {
  const reporter = jestReporter();
  const result = (status: string): Result["testResults"][number] => ({ fullName: "", status, failureMessages: [] });
  reporter.onRunStart({ numTotalTestSuites: 2 });
  reporter.onTestResult(null, {
    testFilePath: "/x/a.test.js",
    testResults: ["passed", "passed", "todo", "pending", "skipped", "disabled"].map(result),
  });
  reporter.onTestResult(null, { testFilePath: "/x/b.test.js", testResults: [result("todo"), result("todo")] });
  reporter.onRunComplete(null, { wasInterrupted: false });
  const [, first = ""] = written().split("\n");
  expect(JSON.parse(first)).toMatchObject({ passed: 2, failed: 0, skipped: 3, todo: 1, failures: [] });
  expect(readReport(written())).toEqual({
    planned: 2,
    finishedFiles: 2,
    executed: 2,
    executedFiles: ["/x/a.test.js"],
    failures: [],
    errors: [],
    complete: true,
    damaged: false,
  });
});

test("tests that run in the process of jest itself see no argument of the run", () => {
  const given = process.argv;
  process.argv = ["node", "jest", "--reporters=x", "a.test.js"];
  try {
    jestReporter().onRunStart({ numTotalTestSuites: 1 });
    expect(process.argv).toEqual(["node", "jest"]);
  } finally {
    process.argv = given;
  }
});

test("a test that fails has its name, its line where jest knows it, and what was thrown first", () => {
  const failed = { status: "failed", failureMessages: ["Error: no\n    at a.test.js:3:1", "Error: more"] };
  const { failures, executed } = reportOf({
    testResults: [
      { ...failed, fullName: "sum adds", location: { line: 3 } },
      { ...failed, fullName: "hooked", failureMessages: [], location: null },
    ],
    failureMessage: "all of it again",
  });
  const [thrown] = failed.failureMessages;
  expect([executed, failures]).toEqual([
    2,
    [
      { name: "sum adds", message: thrown, stack: thrown, file: "/x/a.test.js", line: 3 },
      { name: "hooked", message: "", stack: "", file: "/x/a.test.js", line: null },
    ],
  ]);
});

test("a file that can not be loaded is a failure without a name", () => {
  const place = { name: null, file: "/x/a.test.js", line: null };
  const load = { message: "Cannot find module", stack: "Error: Cannot find module\n  at x" };
  expect(reportOf({ testExecError: load, failureMessage: "again" }).failures).toEqual([{ ...place, ...load }]);
});

test("of what is thrown without a message the stack says what it was", () => {
  const stack = "ReferenceError: x\n  at y";
  expect(reportOf({ testExecError: { message: "", stack } }).failures).toMatchObject([{ message: stack, stack }]);
  expect(reportOf({ testExecError: {} }).failures.slice(1)).toMatchObject([{ message: "", stack: "" }]);
});

test("what jest says of a file none of whose tests failed is a failure, cut where it is long", () => {
  const { failures } = reportOf({ failureMessage: "x".repeat(5000) });
  expect(failures.map(({ message, stack, name }) => [message.length, stack.length, name])).toEqual([
    [2000, 4000, null],
  ]);
  expect(reportOf({ failureMessage: null, testExecError: null }).failures).toHaveLength(1);
});

test("a run that was interrupted, or broke outside of its files, says so", () => {
  jestReporter().onRunComplete(null, { wasInterrupted: true, runExecError: { message: "no memory" } });
  const { complete, errors } = readReport(written());
  expect([complete, errors]).toEqual([
    false,
    [{ name: null, message: "no memory", stack: "", file: null, line: null }],
  ]);
});
