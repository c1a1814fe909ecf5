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

test("nothing of it can be replaced", () => {
  const runtime = switchRuntime();
  expect(Reflect.set(runtime, "is", () => true)).toBe(false);
  expect(Reflect.deleteProperty(runtime, "loop")).toBe(false);
});
