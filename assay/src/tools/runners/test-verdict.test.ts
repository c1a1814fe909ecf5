import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { tapToReport } from "./tap.ts";
import { endedWell, show, testHost } from "../testing/test-host.ts";
import type { FileLine, ReportLine } from "./test-report.ts";
import { judgeTests, type TestRun } from "./test-verdict.ts";

// Reports of real runs, with the folder they ran in written as `/repo`. Each has failing tests and hooks, a file that
// can't be loaded, and skipped and missing tests.
const recorded = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");

const run: TestRun = {
  tool: "runner",
  label: "runner in packages/a",
  root: "/repo",
  files: null,
  parts: [],
  mayBeEmpty: false,
};
const killed: ProcessOutcome = { ...endedWell, exitCode: null, signal: "SIGKILL", timedOut: true };

function judge(outcome: Partial<ProcessOutcome>, report: string, asked: Partial<TestRun> = {}): readonly string[] {
  using host = testHost();
  return show(judgeTests({ ...run, ...asked }, host, { ...endedWell, ...outcome }, report));
}

const lines = (...report: readonly ReportLine[]): string => report.map((line) => `${JSON.stringify(line)}\n`).join("");
const file = (name: string, counts: Partial<FileLine> = {}): ReportLine => ({
  kind: "file",
  file: `/repo/${name}`,
  passed: 1,
  failed: 0,
  skipped: 0,
  todo: 0,
  failures: [],
  ...counts,
});
const end: ReportLine = { kind: "end", complete: true, errors: [] };
const failure = { name: "adds", message: "expected 1 to be 2", stack: "", file: "/repo/a.test.ts", line: 3 };

test("vitest 3 and 5 tell the same about the same suite", () => {
  const three = judge({ exitCode: 1 }, recorded("vitest-3.jsonl"));
  const five = judge({ exitCode: 1 }, recorded("vitest-5.jsonl"));
  expect(three.toSorted().map((line) => line.replaceAll("'", ""))).toEqual(
    five.toSorted().map((line) => line.replaceAll("'", "")),
  );
  expect(five.toSorted()).toEqual([
    "failed src/a.test.ts:11 snap: Snapshot `snap 1` mismatched",
    "failed src/a.test.ts:12 async throw: boom",
    "failed src/a.test.ts:6 outer > fails here: expected 1 to be 2 // Object.is equality",
    "failed src/b.test.ts:1 Cannot find module './missing' imported from src/b.test.ts",
    "failed src/c.test.ts:2 late",
    "failed src/d.test.ts:2 s: hook",
  ]);
});

test("jest's failures, hooks and syntax errors are findings", () => {
  const found = judge({ exitCode: 1 }, recorded("jest-30.jsonl")).toSorted();
  expect(found.map((line) => line.slice(0, 100))).toEqual([
    "failed src/a.test.js:10 snap: expect(received).toMatchSnapshot() Snapshot name: `snap 1` New snapsho",
    "failed src/a.test.js:11 async throw: TypeError: boom",
    "failed src/a.test.js:5 outer fails here: expect(received).toBe(expected) // Object.is equality Expec",
    "failed src/b.test.js:1 Cannot find module './missing' from 'src/b.test.js'",
    'failed src/c.test.js:- src/c.test.js: Unexpected token, expected "," (1:14) > 1 | test("broken" => {',
    "failed src/d.test.js:1 s ok: hook",
  ]);
});

test("mocha's failures and hooks are findings", () => {
  expect(judge({ exitCode: 2 }, recorded("mocha-12.jsonl"))).toEqual([
    "failed test/a.test.js:5 outer fails here: Expected values to be strictly equal: 1 !== 2",
    'failed test/b.test.js:1 s "before all" hook for "ok": hook',
  ]);
});

test("AVA's TAP output is read: failures, files that can't be loaded, skipped and missing tests", () => {
  expect(judge({ exitCode: 1 }, tapToReport(recorded("ava-7.tap")))).toEqual([
    "failed -:- Cannot find module './nope'",
    "failed -:- test-b.js exited with a non-zero exit code: 1",
    "failed -:- Cannot find module './nope'",
    "failed -:- b.test.js exited with a non-zero exit code: 1",
    "failed -:- test › fails: t.is(): - 1 + 2",
    "failed test.js:6 test › throws: Error thrown in test: TypeError { message: 'boom', }",
    "failed -:- test › snap: t.snapshot(): No snapshot available — new snapshots are not created in CI environments",
    'failed -:- No tests found in test-c.js, make sure to import "ava" at the top of your test file',
  ]);
  expect(judge({}, tapToReport("TAP version 13\nok 1 - a\nok 2 - b # SKIP\n1..2\n# pass 1\n"))).toEqual(["passed"]);
  expect(judge({ exitCode: 1 }, tapToReport("TAP version 13\n\n1..0\n# tests 0\n"))).toEqual([
    "errored no-tests-ran: runner in packages/a: the runner found no test file",
  ]);
});

test("a report and an exit code that disagree are an error", () => {
  expect(judge({ exitCode: 0 }, lines(file("a.test.ts", { failures: [failure] }), end))).toEqual([
    "errored tool-failed: runner reports failed tests and ends with exit code 0",
  ]);
  expect(judge({ exitCode: 1, stderr: "Error: threshold not met\n" }, lines(file("a.test.ts"), end))[0]).toMatch(
    /^errored tool-failed: runner ended with exit code 1: .*threshold/,
  );
});

test("a report that is missing, cut or mixed up is an error although the process ended well", () => {
  const cut = "errored tool-failed: runner ended with exit code 0 before its report was complete";
  expect(judge({}, "")).toEqual([cut]);
  expect(judge({}, lines(file("a.test.ts")))).toEqual([cut]);
  expect(judge({}, `{"kind":"fi\n${lines(file("a.test.ts"), end)}`)).toEqual([cut]);
  expect(judge({}, lines(file("a.test.ts"), { ...end, complete: false }))[0]).toContain("errored tool-failed");
});

test("a process that we ended is deferred, with its last line cut or not", () => {
  using host = testHost();
  const report = `${lines({ kind: "planned", files: 5 }, file("a.test.ts"), file("b.test.ts"))}{"kind":"file","fi`;
  expect(judgeTests(run, host, killed, report)).toEqual({
    status: "deferred",
    remaining: "runner in packages/a: 3 of 5 files",
    finished: 2,
  });
  expect(judgeTests({ ...run, files: 7 }, host, killed, "")).toMatchObject({
    remaining: "runner in packages/a: 7 of 7 files",
  });
});

test("a failure seen before the end of the budget is a failure", () => {
  expect(judge(killed, lines(file("a.test.ts", { failures: [failure] })))).toEqual([
    "failed a.test.ts:3 adds: expected 1 to be 2",
  ]);
});

test("a process that ended by a signal that was not ours, or never started, is an error", () => {
  expect(judge({ exitCode: null, signal: "SIGSEGV" }, lines(file("a.test.ts")))[0]).toContain("errored tool-failed");
  expect(judge({ exitCode: null, spawnError: "ENOENT" }, "")[0]).toContain("errored tool-failed");
});

test("finding no test file is a pass only where nothing looked like one", () => {
  const none = lines({ kind: "planned", files: 0 }, end);
  expect(judge({ exitCode: 1 }, none)[0]).toContain("errored no-tests-ran");
  expect(judge({ exitCode: 1 }, none, { mayBeEmpty: true })).toEqual(["passed"]);
});

test("files that the runner leaves out and errors that it ignores are noted", () => {
  using host = testHost();
  const outside = { ...failure, name: null };
  const report = lines({ kind: "planned", files: 1 }, file("a.test.ts"), { ...end, errors: [outside] });
  expect(judgeTests({ ...run, files: 3 }, host, endedWell, report)).toEqual({
    status: "passed",
    note: "runner in packages/a: its configuration leaves out 2 of them; runner in packages/a: its configuration ignores errors outside of tests",
  });
});

test("a run in which no test was run is no pass, whatever its exit code, and says which kind of none", () => {
  expect(judge({}, lines(end))).toEqual(["errored no-tests-ran: runner in packages/a: no test was run"]);
  expect(judge({}, lines(file("a.test.ts", { passed: 0, skipped: 1, todo: 1 }), end))).toEqual([
    "errored no-tests-ran: runner in packages/a: every test is skipped or still to be written",
  ]);
  const parts = [repoPath("a"), repoPath("b")];
  const inA = [file("a/x.test.ts"), file("a/y.test.ts"), file("bb/z.test.ts")];
  expect(judge({}, lines(...inA, end), { parts })).toEqual([
    "errored no-tests-ran: runner in packages/a: no test was run in b",
  ]);
  expect(judge({}, lines(...inA, file("b/z.test.ts"), end), { parts })).toEqual(["passed"]);
  expect(judge({}, lines(...inA, file("b/z.test.ts", { passed: 0 }), end), { parts })[0]).toContain(
    "errored no-tests-ran",
  );
});

test("a runner that ended badly before it said anything is told by its own words", () => {
  expect(judge({ exitCode: 1, stderr: "Error: no such flag in /repo/x" }, "")).toEqual([
    "errored tool-failed: runner ended with exit code 1: Error: no such flag in x",
  ]);
});

test("of a run that we ended, and that never said how much it has to do, the rest is left", () => {
  using host = testHost();
  expect(judgeTests(run, host, killed, lines(file("a.test.ts")))).toMatchObject({
    remaining: "runner in packages/a: the rest",
    finished: 1,
  });
  const report = lines({ kind: "planned", files: 1 }, file("a.test.ts"), file("b.test.ts"));
  expect(judgeTests(run, host, killed, report)).toMatchObject({ remaining: "runner in packages/a: 0 of 1 files" });
});
