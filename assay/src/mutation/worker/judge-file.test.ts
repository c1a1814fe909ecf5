import { expect, test } from "vitest";
import { switchRuntime } from "../switch-runtime.ts";
import { judge, openMemory, type Bench, type FinishedTest, type Limits } from "./judge-file.ts";
import type { SessionEvent } from "./protocol.ts";

/** How long a mutant that these tests reach may take, and when the worker itself is given up. */
async function limitsOf(tests: readonly FinishedTest[], fileMs: number): Promise<unknown> {
  const runtime = switchRuntime();
  const job = { mutants: [0], skip: [], probes: [], until: Infinity, isSample: false };
  const given: (Limits | null)[] = [];
  const events: SessionEvent[] = [];
  const bench: Bench = {
    memory: openMemory(runtime, 1, job),
    isBound: false,
    rerun(_mutant, _tests, limits) {
      given.push(limits);
      return Promise.resolve({ finished: tests, failure: null, failedId: null, isStray: false });
    },
    emit: (event) => Promise.resolve(void events.push(event)),
  };
  runtime.begin(null);
  runtime.running = new Set(tests.map(({ id }) => id));
  runtime.is(0);
  const slow: FinishedTest = { id: "other", name: "other", durationMs: 20_000 };
  const finished = [...tests, slow];
  await judge(bench, "a.test.ts", { finished, failure: null, failedId: null, isStray: false }, fileMs);
  return [...given, ...events.flatMap((event) => (event.kind === "trying" ? [event.limitMs] : []))];
}

const taking = (...durations: readonly (number | undefined)[]): readonly FinishedTest[] =>
  durations.map((durationMs, at) => ({ id: String(at), name: "a", durationMs }));

test("a test is waited for ten times as long as the longest that reaches the mutant takes", async () => {
  expect(await limitsOf(taking(10, 700, 20), 30_000)).toEqual([{ testMs: 7000, hookMs: 300_000 }, 450_000]);
});

test("a quick test has five seconds, unless the whole file is quicker", async () => {
  expect(await limitsOf(taking(10), 30_000)).toEqual([{ testMs: 5000, hookMs: 300_000 }, 450_000]);
  expect(await limitsOf(taking(10), 400)).toEqual([{ testMs: 4000, hookMs: 4000 }, 6000]);
  expect(await limitsOf(taking(10), 20)).toEqual([{ testMs: 1000, hookMs: 1000 }, 1500]);
});

test("where it is not known how long a test takes it may take as long as the file", async () => {
  expect(await limitsOf(taking(10, undefined), 30_000)).toEqual([{ testMs: 300_000, hookMs: 300_000 }, 450_000]);
});
