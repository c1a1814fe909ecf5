import { expect, test } from "vitest";
import { EndlessLoop, switchRuntime, type SwitchRuntime } from "./switch-runtime.ts";

/** Does this loop go round so often without being stopped? */
function goesRound(runtime: SwitchRuntime, loop: number, rounds: number): boolean {
  try {
    for (let round = 0; round < rounds; round++) runtime.loop(loop);
    return true;
  } catch (error) {
    if (error instanceof EndlessLoop) return false;
    throw error;
  }
}

test("before it begins nothing was hit and nothing was stopped", () => {
  const { hits, stopped, executed, reached, running } = switchRuntime();
  expect([hits, stopped, executed, reached.size, running.size]).toEqual([0, false, [], 0, 0]);
});

test("a mutant is on when it was switched on, and its hits are counted", () => {
  const runtime = switchRuntime();
  runtime.begin(2);
  expect([runtime.is(1), runtime.is(2), runtime.is(2), runtime.hits]).toEqual([false, true, true, 2]);
  runtime.begin(null);
  expect([runtime.is(2), runtime.hits]).toEqual([false, 0]);
});

test("who reaches a mutant is known by test, and by file where no test runs", () => {
  const runtime = switchRuntime();
  runtime.begin(null);
  runtime.is(1);
  runtime.running = new Set(["a"]);
  runtime.is(3);
  runtime.is(3);
  runtime.running = new Set(["b", "c"]);
  runtime.is(3);
  expect(runtime.running).toEqual(new Set(["b", "c"]));
  expect(runtime.reached).toEqual(
    new Map<number, ReadonlySet<string | null>>([
      [1, new Set([null])],
      [3, new Set(["a", "b", "c"])],
    ]),
  );
});

test("while a mutant is on, nobody reaches another", () => {
  const runtime = switchRuntime();
  runtime.begin(1);
  runtime.is(2);
  expect(runtime.reached).toEqual(new Map());
  runtime.begin(null);
  expect(runtime.reached).toEqual(new Map());
});

test("who reached a mutant counts from the last beginning", () => {
  const runtime = switchRuntime();
  runtime.begin(null);
  runtime.is(1);
  runtime.begin(null);
  expect(runtime.reached).toEqual(new Map());
  runtime.is(2);
  expect([...runtime.reached.keys()]).toEqual([2]);
});

test("what is executed counts from the last beginning, and only without a mutant", () => {
  const runtime = switchRuntime();
  runtime.begin(null);
  runtime.at(4);
  runtime.at(0);
  runtime.at(4);
  expect(runtime.executed).toEqual([0, 4]);
  runtime.begin(7);
  runtime.at(1);
  expect(runtime.executed).toEqual([]);
});

test("without a mutant no loop is stopped", () => {
  const runtime = switchRuntime();
  runtime.begin(null);
  expect([goesRound(runtime, 0, 150_000), runtime.stopped]).toEqual([true, false]);
});

test("with a mutant on, a loop is stopped after a hundred thousand rounds", () => {
  const runtime = switchRuntime();
  runtime.begin(0);
  expect([goesRound(runtime, 0, 100_000), runtime.stopped]).toEqual([true, false]);
  // Each loop has rounds of its own.
  expect([goesRound(runtime, 1, 100_000), runtime.stopped]).toEqual([true, false]);
  expect([goesRound(runtime, 0, 1), runtime.stopped]).toEqual([false, true]);
});

test("with a mutant on, a loop may go round a hundred times as often as it ever did", () => {
  const runtime = switchRuntime();
  runtime.begin(null);
  goesRound(runtime, 0, 1500);
  runtime.begin(null);
  goesRound(runtime, 0, 10);
  runtime.begin(0);
  expect(goesRound(runtime, 0, 150_000)).toBe(true);
  expect(goesRound(runtime, 0, 1)).toBe(false);
  runtime.begin(0);
  expect([goesRound(runtime, 0, 150_000), runtime.stopped]).toEqual([true, false]);
});

/** A clock for a loop of which each round takes a hundredth of a millisecond. */
function clockOf(): {
  readonly now: () => number;
  readonly roundsFor: (runtime: SwitchRuntime, ms: number) => boolean;
} {
  let ms = 0;
  return {
    now: () => ms,
    roundsFor(runtime, longestMs) {
      for (const end = ms + longestMs; ms < end; ms += 0.01) if (!goesRound(runtime, 0, 1)) return false;
      return true;
    },
  };
}

/** After a run without a mutant in which one test goes round for ten seconds, and another one hardly. */
function withSlowTest(): { readonly runtime: SwitchRuntime; readonly goesOnFor: (ms: number) => boolean } {
  const { now, roundsFor } = clockOf();
  const runtime = switchRuntime([], now);
  runtime.begin(null);
  runtime.running = new Set(["slow"]);
  roundsFor(runtime, 10_000);
  runtime.running = new Set(["quick"]);
  goesRound(runtime, 0, 10);
  runtime.running = new Set();
  return { runtime, goesOnFor: (ms) => roundsFor(runtime, ms) };
}

test("what a slow test needs is no reason to let a quick one go on for as long", () => {
  const { runtime, goesOnFor } = withSlowTest();
  runtime.begin(0);
  runtime.running = new Set(["quick"]);
  expect([goesOnFor(1990), goesOnFor(50), runtime.stopped]).toEqual([true, false, true]);
});

test.each(["slow", "other", "other quick", "slow quick"])(
  "%s may go round as often as it ever did, and more",
  (names) => {
    const { runtime, goesOnFor } = withSlowTest();
    runtime.begin(0);
    runtime.running = new Set(names.split(" "));
    expect([goesOnFor(30_000), runtime.stopped]).toEqual([true, false]);
  },
);

test("where no test is running, and once another file has begun, only rounds count", () => {
  const { runtime, goesOnFor } = withSlowTest();
  runtime.begin(0);
  runtime.running = new Set();
  expect(goesOnFor(30_000)).toBe(true);
  runtime.begin(null);
  runtime.begin(0);
  runtime.running = new Set(["quick"]);
  expect([goesOnFor(30_000), runtime.stopped]).toEqual([true, false]);
});

test("what takes long without going round more often than usual is left alone", () => {
  const { now, roundsFor } = clockOf();
  const runtime = switchRuntime([], now);
  runtime.begin(null);
  runtime.running = new Set(["quick"]);
  goesRound(runtime, 0, 100_000);
  runtime.running = new Set();
  runtime.begin(0);
  runtime.running = new Set(["quick"]);
  // Thirty times as often.
  expect([roundsFor(runtime, 30_000), runtime.stopped]).toEqual([true, false]);
});

type Going = readonly [rounds: number, ms: number];

/** A loop that goes round so often in so many milliseconds; it once went round ten thousand times. */
function timedLoop(): { runtime: SwitchRuntime; goes: (...going: Going) => boolean } {
  let time = 0;
  const runtime = switchRuntime([10_000], () => time);
  const goes = (rounds: number, ms: number): boolean => {
    for (let round = 0; round < rounds; round++) {
      time += ms / rounds;
      if (!goesRound(runtime, 0, 1)) return false;
    }
    return true;
  };
  return { runtime, goes };
}

test.each<readonly [string, number, number, Going, Going]>([
  ["take as long", 600, 300, [150_000, 5900], [10_000, 300]],
  ["go round as often", 1000, 1, [199_000, 3000], [3000, 100]],
])("tests that run together may %s as all of them do alone", (_what, rounds, ms, within, beyond) => {
  const { runtime, goes } = timedLoop();
  runtime.begin(null);
  for (const name of ["one", "other"]) {
    runtime.running = new Set([name]);
    goes(rounds, ms);
  }
  runtime.running = new Set();
  runtime.begin(0);
  runtime.running = new Set(["one", "other"]);
  expect([goes(...within), goes(...beyond)]).toEqual([true, false]);
});

test("what was done before the beginning is not what a test needs", () => {
  const befores: readonly Going[] = [
    [5000, 1],
    [1, 10_000],
  ];
  for (const before of befores) {
    const { runtime, goes } = timedLoop();
    runtime.running = new Set(["one"]);
    goes(...before);
    runtime.begin(null);
    runtime.running = new Set();
    runtime.begin(0);
    runtime.running = new Set(["one"]);
    expect([goes(100_000, 2000), goes(10_000, 1000)]).toEqual([true, false]);
  }
});

test("nothing of it can be replaced", () => {
  const runtime = switchRuntime();
  expect(Reflect.set(runtime, "is", () => true)).toBe(false);
  expect(Reflect.deleteProperty(runtime, "loop")).toBe(false);
});
