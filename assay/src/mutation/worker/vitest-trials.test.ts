import { expect, test } from "vitest";
import type { SessionEvent, Trial, TrialsJob } from "./protocol.ts";
import { sayCombined, sharesOf } from "./vitest-trials.ts";

function trialsOf(file: string, count: number): readonly Trial[] {
  return Array.from({ length: count }, (_, mutant) => ({ mutant, file, limitMs: 1000 }));
}

function sharesIn(shared: boolean, trials: readonly Trial[]): readonly string[] {
  const job: TrialsJob = { kind: "trials", workers: 1, trials, shared, usual: [] };
  return sharesOf(job).map((share) => `${share.file}: ${share.trials.map(({ mutant }) => mutant).join(" ")}`);
}

const [a, b] = [trialsOf("a", 3), trialsOf("b", 1)];

test("each trial gets a worker of its own, in the given order, unless workers may be shared", () => {
  expect(sharesIn(false, [...a, ...b])).toEqual(["a: 0", "a: 1", "a: 2", "b: 0"]);
});

test("a shared worker tries all mutants of one file, the last ones first", () => {
  expect(sharesIn(true, [...a, ...b])).toEqual(["b: 0", "a: 2 1 0"]);
  expect(sharesIn(true, [])).toEqual([]);
});

test("more than sixteen go to several workers, and none is left out", () => {
  const sizes = (count: number): readonly number[] =>
    sharesIn(true, trialsOf("a", count)).map((share) => share.split(" ").length - 1);
  expect([sizes(16), sizes(17), sizes(40)]).toEqual([[16], [16, 1], [16, 16, 8]]);
  const mutants = sharesIn(true, trialsOf("a", 33)).flatMap((share) => share.split(" ").slice(1).map(Number));
  expect(mutants).toEqual(Array.from({ length: 33 }, (_, index) => 32 - index));
});

const tried = {
  kind: "tried",
  mutant: 0,
  file: "a",
  outcome: "passed",
  failure: null,
  nearest: null,
  testsRun: 1,
  hits: 1,
} as const;

/** What is said once so many projects have told of a file. */
function combined(
  times: number,
  ...events: readonly SessionEvent[]
): readonly (readonly [SessionEvent, number | undefined])[] {
  const said: (readonly [SessionEvent, number | undefined])[] = [];
  const hear = sayCombined(
    (event, worker) => void said.push([event, worker]),
    () => times,
  );
  for (const [worker, event] of events.entries()) hear({ event, worker });
  return said;
}

test("a file that is run in several projects is told of once, when the last has told of it", () => {
  expect(combined(2, tried)).toEqual([]);
  expect(combined(1, tried)).toEqual([[tried, 0]]);
  expect(combined(2, tried, tried)).toEqual([[tried, 1]]);
});

test("what failed in one of them counts, else what reached the mutant most", () => {
  const failed = { ...tried, outcome: "failed" } as const;
  const late = { ...tried, outcome: "timeout", hits: null } as const;
  expect(combined(3, tried, failed, late)).toEqual([[failed, 2]]);
  expect(combined(2, late, failed)).toEqual([[late, 1]]);
  const [often, never, unknown] = [
    { ...tried, hits: 3 },
    { ...tried, hits: 0 },
    { ...tried, hits: null },
  ];
  expect([combined(3, never, often, tried), combined(2, unknown, tried)]).toEqual([[[often, 2]], [[tried, 1]]]);
});

test("mutants and files are told apart, and whatever else is said is said at once", () => {
  const other = { ...tried, mutant: 1 };
  const elsewhere = { ...tried, file: "b" };
  expect(combined(2, tried, other, elsewhere)).toEqual([]);
  const loaded = { kind: "loaded", file: "c" } as const;
  expect(combined(2, tried, loaded, other, tried)).toEqual([
    [loaded, 1],
    [tried, 3],
  ]);
});
