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
const killed = (file: string): SessionEvent => ({ kind: "tried", mutant: 0, file, ...said, outcome: "failed" });
const finished = (file: string): SessionEvent => ({ kind: "finished", file });

type Timed = readonly [seconds: number, event: SessionEvent];

/** What is said after each event took so many seconds, with the first `alive` of `total` mutants left. */
function sentence(files: number, alive: number, events: readonly Timed[], total = 10): string {
  let now = 0;
  const progress = new Progress(new Set(Array.from({ length: alive }, (_, mutant) => mutant)), () => now);
  progress.expect(files);
  for (const [seconds, event] of events) {
    now += 1000 * seconds;
    progress.hear(event);
  }
  return progress.sentence(total);
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
  expect(sentence(1, 8, events)).toBe("mutants: 2 of 10 dead; test file 1 of 1, about 6 s left");
});

test("what outlives every file is tried with every file to come, as long as the last ones took", () => {
  const near: readonly Timed[] = [
    [1, baseline("near", [0, 1])],
    [1, tried("near")],
    [1, tried("near")],
    [0, finished("near")],
  ];
  // Ten files by themselves, and for two mutants that have outlived two tries of two: 10 + about 11.
  expect(sentence(11, 2, near)).toMatch(/; test file 2 of 11, about 21 s left/);
  const far = ["b", "c", "d", "e", "f"].flatMap((file): readonly Timed[] => [
    [20, baseline(file, [0])],
    [20, tried(file)],
    [0, finished(file)],
  ]);
  // Ten of these twelve steps took 20 s, and of the five files that are left each reaches about one mutant.
  expect(sentence(11, 2, [...near, ...far])).toMatch(/; test file 7 of 11, about 3 min left/);
});

test("where most die at once, the other files are not expected to be asked about all that are alive now", () => {
  const many = Array.from({ length: 400 }, (_, mutant) => mutant);
  const deaths = Array.from({ length: 9 }, (): Timed => [1, killed("near")]);
  const events: readonly Timed[] = [[1, baseline("near", many)], ...deaths, [1, tried("near")]];
  // 390 tries of this file, and 99 runs of the others; about fifty of the mutants outlive it.
  expect(sentence(100, 400, events, 409)).toMatch(/^mutants: 9 of 409 dead; test file 1 of 100, about 9 min left$/);
});

test("a mutant that few files reach is no step of the others", () => {
  const events = ["a", "b", "c", "d"].flatMap((file): readonly Timed[] => [
    [1, baseline(file, [])],
    [0, finished(file)],
  ]);
  expect(sentence(64, 10, events)).toMatch(/; test file 5 of 64, about 60 s left/);
});

test("files that fail, and are run once more alone, leave nothing to try", () => {
  const failure = { test: null, message: "no" };
  const red = (file: string): SessionEvent => ({ ...run, kind: "baseline", file, reached: [0, 1], failure });
  const events = ["a", "b", "c"].flatMap((file): readonly Timed[] => [
    [1, red(file)],
    [0, finished(file)],
    [1, red(file)],
  ]);
  expect(sentence(3, 10, events)).toBe("mutants: 0 of 10 dead; test file 3 of 3, about 0 s left");
});

test("a file that the runner does not know is none to wait for", () => {
  expect(sentence(2, 10, [[1, { kind: "foreign", file: "a" }]])).toBe("mutants: 0 of 10 dead; test file 2 of 2");
});

/** A file that reaches these, and is through. */
function through(file: string, reached: readonly number[], seconds: number): readonly Timed[] {
  return [
    [seconds, baseline(file, reached)],
    [0, finished(file)],
  ];
}

const everyone = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

test("only the last twelve steps say how long one takes, and how many mutants a file reaches", () => {
  const before = [...through("first", [], 1), ...through("second", everyone, 1000)];
  const recent = Array.from({ length: 12 }, (_, index) => through(String(index), [], 1)).flat();
  expect(sentence(24, 10, [...before, ...recent])).toMatch(/; test file 15 of 24, about 10 s left$/);
});

test("only the last 48 tries say how often a mutant outlives one", () => {
  const deaths = Array.from({ length: 48 }, (): Timed => [1, killed("near")]);
  const tries = Array.from({ length: 48 }, (): Timed => [1, tried("near")]);
  const events = [[1, baseline("near", everyone)], ...deaths, ...tries, [0, finished("near")]] as const;
  // Ten files by themselves, and with ten mutants of which one in a hundred dies in each.
  expect(sentence(11, 10, events)).toMatch(/; test file 2 of 11, about 106 s left$/);
});

test("a file that fails says nothing of what others reach", () => {
  const failure = { test: null, message: "no" };
  const red: Timed = [1, { ...run, kind: "baseline", file: "red", reached: [], failure }];
  const events = [...through("a", everyone, 1), red, [0, finished("red")] as const, ...through("b", everyone, 1)];
  // By itself, and with each of ten mutants.
  expect(sentence(4, 10, events)).toMatch(/; test file 4 of 4, about 11 s left$/);
});

test("where no mutant is left every file runs once", () => {
  const events = ["a", "b", "c"].flatMap((file) => through(file, [], 1));
  expect(sentence(5, 0, events)).toBe("mutants: 10 of 10 dead; test file 4 of 5, about 2 s left");
});

test("mutants that are dead are none to try", () => {
  const events = [
    [1, baseline("a", [...everyone, 10, 11, 12])],
    [1, tried("a")],
    [1, tried("a")],
  ] as const;
  expect(sentence(1, 10, events, 13)).toBe("mutants: 3 of 13 dead; test file 1 of 1, about 8 s left");
});

test("long times are told in minutes", () => {
  const many = Array.from({ length: 62 }, (_, mutant) => mutant);
  const events = [
    [60, baseline("a", many)],
    [60, tried("a")],
    [60, tried("a")],
  ] as const;
  expect(sentence(1, 62, events, 62)).toBe("mutants: 0 of 62 dead; test file 1 of 1, about 60 min left");
});
