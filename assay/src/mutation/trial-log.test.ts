import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { AssayError } from "../model/errors.ts";
import { TrialLog, type BaselineRun, type Tried } from "./trial-log.ts";

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

/** Of two mutants and two probes, with patience for a second. */
function logOf(isSample = false): TrialLog {
  return new TrialLog(2, new Set([5, 6]), { patienceMs: 1000, isSample });
}

function tried(file: string, mutant: number, testsRun = 1): Tried {
  return { kind: "tried", mutant, file, outcome: "passed", failure: null, nearest: null, testsRun, hits: 1 };
}

function ran(file: string, fields: Partial<BaselineRun> = {}): BaselineRun {
  const nothing = { failure: null, tests: 1, isBound: true, durationMs: 1, reached: [], executed: [], usual: [] };
  return { kind: "baseline", file, ...nothing, ...fields };
}

const failure = { test: null, message: "no" };

test("all is settled when no mutant is alive and every line was executed", () => {
  const log = logOf();
  const seen = [log.isSettled];
  for (const mutant of [0, 1]) log.settle(mutant, { status: "survived" });
  seen.push(log.isSettled);
  log.ran(ran("a", { executed: [5] }));
  seen.push(log.isSettled);
  log.ran(ran("b", { executed: [6] }));
  expect([...seen, log.isSettled]).toEqual([false, false, false, true]);
});

test("what a file executes that fails does not count", () => {
  const log = logOf();
  log.ran(ran("a", { executed: [5], failure }));
  log.ran(ran("b", { executed: [6] }));
  expect([[...log.unexecuted], log.isGreen("a"), log.isGreen("b"), log.isGreen("c")]).toEqual([
    [5],
    false,
    true,
    false,
  ]);
});

test("after a while lines are not asked for any more, if any of them was executed", () => {
  const [none, some] = [logOf(), logOf()];
  some.executed([5]);
  for (const log of [none, some]) for (const mutant of [0, 1]) log.settle(mutant, { status: "compile-error" });
  const asked = (): unknown => [none, some].map((log) => [log.isSettled, log.isUnexecuted(5), log.isUnexecuted(6)]);
  vi.advanceTimersByTime(999);
  const before = asked();
  vi.advanceTimersByTime(1);
  expect([before, asked()]).toEqual([
    [
      [false, true, true],
      [false, false, true],
    ],
    [
      [false, true, true],
      [true, false, false],
    ],
  ]);
});

test("after a while mutants of a sample are not tried any more, if any of them was killed", () => {
  const logs = [logOf(), logOf(true), logOf(true)];
  const kill = { status: "killed", by: { file: "a", failure: null } } as const;
  logs[0]?.settle(0, kill);
  logs[1]?.settle(0, kill);
  const before = logs.map((log) => log.isSettled);
  vi.advanceTimersByTime(1000);
  expect([before, logs.map((log) => log.isSettled)]).toEqual([
    [false, false, false],
    [false, true, false],
  ]);
});

test("a run is stopped when nothing else went wrong", () => {
  const log = logOf();
  log.errors.push(new AssayError("interrupted", "the time is over"));
  const isStopped = log.isStopped;
  log.errors.push(new AssayError("tool-failed", "no"));
  expect([isStopped, log.isStopped]).toEqual([true, false]);
});

test("of several runs of a file that a mutant outlived the last one counts, and files come in their order", () => {
  const log = logOf();
  for (const run of [tried("b", 0), tried("c", 0), tried("a", 0), tried("b", 0, 7)]) log.outlive(0, run);
  log.order(["a", "b"]);
  expect(log.outlived.get(0)?.map(({ file, testsRun }) => [file, testsRun])).toEqual([
    ["a", 1],
    ["b", 7],
    ["c", 1],
  ]);
});

test("mutants that were tried and live are candidates, and those that nobody has tried are named", () => {
  const log = new TrialLog(5, new Set(), { patienceMs: 1000, isSample: false });
  log.ran(ran("a", { reached: [0, 1, 2, 3] }));
  log.ran(ran("red", { reached: [4], failure }));
  for (const mutant of [0, 1]) log.outlive(mutant, tried("a", mutant));
  log.settle(1, { status: "survived" });
  log.doubt(2, "a");
  expect([log.candidates, log.untried, log.isAlive(0), log.isAlive(1)]).toEqual([[0], [3], true, false]);
});

test("a file leaves a mutant out that it reaches and was not tried with", () => {
  const log = new TrialLog(3, new Set(), { patienceMs: 1000, isSample: false });
  log.ran(ran("a", { reached: [0, 1, 2] }));
  for (const file of ["a", "z"]) log.outlive(0, tried(file, 0));
  for (const mutant of [1, 0]) log.doubt(mutant, mutant === 1 ? "a" : "z");
  const leftOut = [log.leavesOut("a"), log.leavesOut("b")];
  log.settle(2, { status: "survived" });
  expect([leftOut, log.leavesOut("a")]).toEqual([[true, false], false]);
  log.ran(ran("b", { reached: [0] }));
  log.ran(ran("c", { reached: [1] }));
  expect([log.leavesOut("b"), log.leavesOut("c")]).toEqual([true, true]);
});

test("the usual rounds of a loop are the most that it ever went in any file", () => {
  const log = logOf();
  log.ran(ran("a", { usual: [3, null, 4] }));
  log.ran(ran("b", { usual: [5, null, 2] }));
  expect(log.usual).toEqual([5, 0, 4]);
});

test("how far the run has come is told of all mutants", () => {
  const log = logOf();
  log.settle(1, { status: "survived" });
  expect(log.progressLine).toBe("mutants: 1 of 2 dead");
});
