import { expect, test } from "vitest";
import { Progress } from "./progress.ts";
import type { SessionEvent } from "./worker/protocol.ts";

const run = { failure: null, tests: 1, isBound: true, durationMs: 1, executed: [], usual: [] } as const;
const baseline = (file: string, reached: readonly number[]): SessionEvent => ({
  kind: "baseline",
  file,
  reached,
  ...run,
});
const said = { outcome: "passed", failure: null, nearest: null, testsRun: 1, hits: 1 } as const;
const tried = (file: string): SessionEvent => ({ kind: "tried", mutant: 0, file, ...said });

/** What is said after each event takes so long, in seconds, with `alive` of 10 mutants left. */
function sentence(files: number, alive: number, events: readonly (readonly [number, SessionEvent])[]): string {
  let now = 0;
  const progress = new Progress(
    () => true,
    () => now,
  );
  progress.expect(files);
  for (const [seconds, event] of events) {
    now += 1000 * seconds;
    progress.hear(event);
  }
  return progress.sentence(alive, 10);
}

test("before anything takes time there is a place, and no estimate", () => {
  expect(sentence(4, 10, [])).toBe("mutants: 0 of 10 dead; test file 1 of 4");
  expect(sentence(0, 10, [])).toBe("mutants: 0 of 10 dead");
});

test("in the only file what is left is a run for each mutant that is left", () => {
  const events = [
    [9, baseline("a", [0, 1, 2, 3, 4, 5])],
    [2, tried("a")],
    [2, tried("a")],
    [2, tried("a")],
  ] as const;
  expect(sentence(1, 8, events)).toBe(
    "mutants: 2 of 10 dead; test file 1 of 1, about 6 s left unless more of them die",
  );
});

test("survivors are tried with every file to come, as long as the last ones took", () => {
  const near = [
    [1, baseline("near", [0, 1])],
    [1, tried("near")],
    [1, tried("near")],
    [0, { kind: "finished", file: "near" }],
  ] as const;
  expect(sentence(11, 2, near)).toMatch(/; test file 2 of 11, about 30 s left/);
  const far = ["b", "c", "d", "e", "f"].flatMap((file) => [
    [20, baseline(file, [0])] as const,
    [20, tried(file)] as const,
    [0, { kind: "finished", file }] as const,
  ]);
  // Ten of these twelve steps took 20 s, and five files are left.
  expect(sentence(11, 2, [...near, ...far])).toMatch(/; test file 7 of 11, about 18\d s left/);
});

test("files that fail, and are run once more alone, leave nothing to try", () => {
  const failure = { test: null, message: "no" };
  const red = (file: string): SessionEvent => ({ ...run, kind: "baseline", file, reached: [0, 1], failure });
  const events = ["a", "b", "c"].flatMap((file) => [
    [1, red(file)] as const,
    [0, { kind: "finished", file }] as const,
    [1, red(file)] as const,
  ]);
  expect(sentence(3, 10, events)).toBe(
    "mutants: 0 of 10 dead; test file 3 of 3, about 0 s left unless more of them die",
  );
});

test("a file that the runner does not know is none to wait for", () => {
  expect(sentence(2, 10, [[1, { kind: "foreign", file: "a" }]])).toBe("mutants: 0 of 10 dead; test file 2 of 2");
});
