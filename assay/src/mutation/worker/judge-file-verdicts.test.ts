import { expect, test } from "vitest";
import { switchRuntime, type SwitchRuntime } from "../switch-runtime.ts";
import { judge, openMemory, triedEvent, type Bench, type Run } from "./judge-file.ts";
import type { LoopJob, SessionEvent } from "./protocol.ts";

const file = "/repo/src/a.test.ts";
const control = 9;

const green: Run = { finished: [{ id: "1", name: "one" }], failure: null, failedId: null, isStray: false };
const red: Run = { ...green, failure: { test: "one", message: "expected 1" }, failedId: "1" };
/** Something that nobody caught. */
const stray: Run = { ...red, failedId: null, isStray: true };
const late: Run = { ...red, failure: { test: "one", message: "Test timed out in 5000ms." } };

interface Rerun {
  readonly run: Run;
  /** Is the mutant executed in it? */
  readonly hits?: boolean;
}

interface Told {
  /** Each in a few words. */
  readonly events: readonly string[];
  /** Which mutant was on, and which tests were to be run. */
  readonly reruns: readonly string[];
  readonly isAbandoned: boolean;
  readonly tried: readonly SessionEvent[];
}

interface Given {
  readonly reruns?: readonly Rerun[];
  readonly baseline?: Run;
  /** Which tests reached which mutants; without one the whole file did. */
  readonly reached?: readonly (readonly [mutant: number, test?: string])[];
  readonly job?: Partial<LoopJob>;
  readonly isBound?: boolean;
}

async function tell({
  reruns = [],
  baseline = green,
  reached = [[0, "1"]],
  job,
  isBound = true,
}: Given): Promise<Told> {
  const runtime = switchRuntime();
  const asked = { mutants: [0, 1], skip: [], probes: [5, 6], until: Infinity, isSample: false, ...job };
  const memory = openMemory(runtime, control, asked);
  const left = [...reruns];
  const events: SessionEvent[] = [];
  const asks: string[] = [];
  const bench: Bench = {
    memory,
    isBound,
    rerun(mutant, tests, limits) {
      asks.push(
        `${String(mutant)} on ${tests === null ? "all" : [...tests].join()}${limits === null ? ", no hurry" : ""}`,
      );
      const { run, hits = mutant !== control } = left.shift() ?? { run: green };
      runtime.begin(mutant);
      if (hits && mutant !== null) runtime.is(mutant);
      return Promise.resolve(run);
    },
    emit: (event) => Promise.resolve(void events.push(event)),
  };
  execute(runtime, reached);
  await judge(bench, file, baseline, 100);
  return {
    events: events.map(inWords),
    reruns: asks,
    isAbandoned: memory.board.isAbandoned,
    tried: events.filter(({ kind }) => kind === "tried"),
  };
}

function execute(runtime: SwitchRuntime, reached: NonNullable<Given["reached"]>): void {
  runtime.begin(null);
  runtime.at(5);
  for (const [mutant, by] of reached) {
    runtime.running = new Set(by === undefined ? [] : [by]);
    runtime.is(mutant);
  }
}

function inWords(event: SessionEvent): string {
  if (event.kind === "tried") return `${String(event.mutant)} ${event.outcome}`;
  return event.kind === "trying" ? `trying ${String(event.mutant)}` : event.kind;
}

test("a mutant that its tests do not notice has outlived the file, and is tried no further", async () => {
  const { events, reruns, tried } = await tell({ reruns: [{ run: green }] });
  expect(events).toEqual(["baseline", "trying 0", "0 passed", "finished"]);
  expect(reruns).toEqual(["0 on 1"]);
  expect(tried).toEqual([
    { kind: "tried", mutant: 0, file, outcome: "passed", failure: null, nearest: "one", testsRun: 1, hits: 1 },
  ]);
});

test("a kill is proven by the same test, which passes with the control in the mutant's place", async () => {
  const two = { id: "2", name: "two" };
  const baseline = { ...green, finished: [...green.finished, two] };
  const { events, reruns, isAbandoned } = await tell({
    baseline,
    reached: [
      [0, "1"],
      [0, "2"],
    ],
    reruns: [{ run: { ...red, failedId: "2" } }, { run: green }],
  });
  expect(events).toEqual(["baseline", "trying 0", "0 failed", "finished"]);
  expect([reruns, isAbandoned]).toEqual([["0 on 1,2", `${control} on 2, no hurry`], false]);
});

test("all the tests prove what no known test has failed of: a hook, or a test that was not there before", async () => {
  for (const failedId of [null, "new"]) {
    const { reruns } = await tell({ reruns: [{ run: { ...red, failedId } }, { run: green }] });
    expect(reruns).toEqual(["0 on 1", `${control} on 1, no hurry`]);
  }
  expect((await tell({ reached: [[0]], reruns: [{ run: { ...red, failedId: null } }] })).reruns).toEqual([
    "0 on all",
    `${control} on all, no hurry`,
  ]);
});

test.each([
  ["the test fails with the control as well", [{ run: red }, { run: red }]],
  ["no test is run with the control", [{ run: red }, { run: { ...green, finished: [] } }]],
  ["the test asks the switch by itself", [{ run: red }, { run: green, hits: true }]],
  ["it fails before it has reached the mutant", [{ run: red, hits: false }]],
  ["what was late is not late again", [{ run: late }, { run: green }]],
  ["what nobody caught does not come again", [{ run: stray }, { run: green }]],
  [
    "what nobody caught comes again before the control and not behind it",
    [{ run: stray }, { run: stray }, { run: green }, { run: green }],
  ],
])("a worker is not trusted any more where %s", async (_name, reruns) => {
  const { events, isAbandoned } = await tell({
    reruns,
    reached: [
      [0, "1"],
      [1, "1"],
    ],
  });
  expect([events[0], events.at(-1), isAbandoned]).toEqual(["baseline", "0 polluted", true]);
});

test("what was late is late again, and what nobody has caught comes again on both sides of the control", async () => {
  const slow = await tell({ reruns: [{ run: late }, { run: late }, { run: green }] });
  expect([slow.events.at(-2), slow.reruns]).toEqual(["0 timeout", ["0 on 1", "0 on 1", `${control} on 1, no hurry`]]);
  const thrown = await tell({ reruns: [{ run: stray }, { run: stray }, { run: green }, { run: stray }] });
  expect([thrown.events.at(-2), thrown.reruns]).toEqual([
    "0 failed",
    ["0 on 1", "0 on 1", `${control} on 1, no hurry`, "0 on 1"],
  ]);
});

test("the run without a mutant is told first: what it executed and reached, and what it bears on", async () => {
  const runtime = switchRuntime();
  const memory = openMemory(runtime, control, { mutants: [], skip: [], probes: [], until: Infinity, isSample: false });
  const events: SessionEvent[] = [];
  const emit = (event: SessionEvent): Promise<void> => Promise.resolve(void events.push(event));
  const rerun = (): Promise<Run> => Promise.reject(new Error("nothing is asked"));
  execute(runtime, [
    [3, "1"],
    [4, "unknown"],
  ]);
  await judge({ memory, isBound: true, rerun, emit }, file, green, 100);
  const common = { kind: "baseline", file, failure: null, tests: 1, isBound: true, durationMs: 100 };
  expect(events).toEqual([
    { ...common, executed: [5], reached: [3], usual: [] },
    { kind: "finished", file },
  ]);
});

test("with a file that fails without a mutant none is tried, and it executes nothing that counts", async () => {
  const { events } = await tell({ baseline: red, job: { mutants: [], probes: [5] } });
  expect(events).toEqual(["baseline", "finished"]);
});

test("what is dead, was not reached, or is not to be tried again there is left out", async () => {
  const skip = [
    { mutant: 1, file },
    { mutant: 2, file: "/repo/src/other.test.ts" },
  ];
  const { events } = await tell({
    job: { mutants: [0, 1, 2, 3], skip },
    reached: [
      [1, "1"],
      [2, "1"],
      [3, "1"],
    ],
    reruns: [{ run: red }, { run: green }, { run: green }],
  });
  expect(events).toEqual(["baseline", "trying 2", "2 failed", "trying 3", "3 passed", "finished"]);
});

test("a sample of which something is known is left when time is over", async () => {
  const reached: Given["reached"] = [
    [0, "1"],
    [1, "1"],
  ];
  const job = { until: 0, isSample: true, probes: [] };
  expect((await tell({ job, reached, reruns: [{ run: red }, { run: green }] })).events).toEqual([
    "baseline",
    "trying 0",
    "0 failed",
    "finished",
  ]);
});

function outcomeOf(message: string): string {
  const failure = { test: null, message };
  return triedEvent(0, file, { ...red, failure }, switchRuntime()).outcome;
}

test("timeouts are told in the words of vitest and of jest", () => {
  const timeouts = [
    "Test timed out in 5000ms.",
    "Hook timed out in 10000ms.",
    'thrown: "Exceeded timeout of 5000 ms for a test.',
    'thrown: "Exceeded timeout of 1.5 s for a hook.',
  ];
  expect(timeouts.map(outcomeOf)).toEqual(timeouts.map(() => "timeout"));
  const others = ["expected Test timed out in 5000ms.", "Test timed out in time", 'thrown: "Exceeded timeout"', ""];
  expect(others.map(outcomeOf)).toEqual(others.map(() => "failed"));
});

test("a loop that was stopped is a timeout, whatever a test has made of it", () => {
  const runtime = { ...switchRuntime(), stopped: true, hits: 2 };
  expect(triedEvent(0, file, { ...green, finished: [] }, runtime)).toEqual({
    kind: "tried",
    mutant: 0,
    file,
    outcome: "timeout",
    failure: null,
    nearest: null,
    testsRun: 0,
    hits: 2,
  });
});
