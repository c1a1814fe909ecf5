import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readReport, type TestReport } from "../test-report.ts";
import vitestReporter from "./vitest.ts";

/** What vitest 2.1.9 handed to its reporters, without what nobody reads. */
const recorded = JSON.parse(readFileSync(new URL("../fixtures/vitest-2.json", import.meta.url), "utf8")) as {
  readonly paths: readonly string[];
  readonly files: Parameters<ReturnType<typeof vitestReporter>["onFinished"]>[0];
  readonly errors: Parameters<ReturnType<typeof vitestReporter>["onFinished"]>[1];
};

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-reporter-"));
  vi.stubEnv("ASSAY_TEST_REPORT", join(folder, "report.jsonl"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function written(): TestReport {
  return readReport(readFileSync(join(folder, "report.jsonl"), "utf8"));
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
  const [first = ""] = readFileSync(join(folder, "report.jsonl"), "utf8").split("\n");
  expect(JSON.parse(first)).toMatchObject({ kind: "file", passed: 3, failed: 1, skipped: 1, todo: 1 });
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
