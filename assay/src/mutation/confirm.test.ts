// What is found in a warm worker is believed when a fresh one says the same.
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { runMutation } from "./run.ts";
import { pairOf, statuses, vitestStart, workers } from "./testing/project.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import type { SessionEvent } from "./worker/protocol.ts";

const file = "/repo/src/a.test.ts";
const done = { kind: "done", trouble: null, takesTrials: false } as const;
const baseline = {
  kind: "baseline",
  file,
  failure: null,
  tests: 1,
  isBound: true,
  durationMs: 1,
  executed: [0],
  reached: [0],
  usual: [],
} as const;

/** The only mutant, and the number at which none is on. */
const [mutant, control] = [0, 1];
const passed = {
  kind: "tried",
  mutant,
  file,
  outcome: "passed",
  failure: null,
  nearest: "one",
  testsRun: 1,
  hits: 1,
} as const;
const failed = { ...passed, outcome: "failed", failure: { test: "one", message: "not one" } } as const;

const said = (...events: readonly SessionEvent[]): Script => ({
  said: events.map((event) => [0, event]),
  ending: "end",
});

/** What becomes of `1 → 0`, which outlives its tests in the warm worker, when fresh ones say this in turn. */
async function settled(...fresh: readonly Script[]): Promise<readonly string[]> {
  const warm = said(baseline, passed, { kind: "finished", file }, done);
  const answer = await runMutation(scriptedHost(warm, ...fresh), {
    root: "/repo",
    pairs: [pairOf("src/a.ts", null, "export const one = () => 1;\n")],
    support: new Set(),
    maxMutants: 12,
    equivalents: [],
    listed: null,
    replay: null,
    runners: [{ start: vitestStart, testFiles: [repoPath("src/a.test.ts")] }],
    commands: [],
    longestCommandMs: 1000,
    patienceMs: 1000,
    overlooked: new Set(),
    doubted: new Set(),
    files: [],
    loads: null,
    otherRunners: [],
    workers,
    compilersOf: () => Promise.resolve([]),
  });
  return [...statuses(answer), ...answer.errors.map(({ message }) => message)];
}

test("what outlives its tests in a fresh worker too is a survivor", async () => {
  expect(await settled(said(passed, done))).toEqual(["survived"]);
});

test("what a fresh worker notices is killed, where the tests pass there without it", async () => {
  expect(await settled(said(failed, done), said({ ...passed, mutant: control, hits: 0 }, done))).toEqual(["killed"]);
});

const unjudged = "src/a.ts:1 `1` → `0` could not be judged: its tests fail now and then without it as well";

test.each([
  ["fail without it as well", { ...failed, mutant: control, hits: 0 }],
  ["are moved by the switch itself", { ...passed, mutant: control, hits: 1 }],
])("nothing is believed of tests that %s", async (_, inControl) => {
  expect(await settled(said(failed, done), said(inControl, done))).toEqual([unjudged]);
});

test("a failure that never came to the mutant is none of its", async () => {
  const own = said({ ...passed, mutant: control, hits: 0 }, done);
  expect(await settled(said({ ...failed, hits: 0 }, done), own)).toEqual([unjudged]);
});

test.each([
  ["is not reached", { ...passed, hits: 0 }],
  ["is reached nobody knows how often", { ...passed, hits: null }],
  ["has no test that ran", { ...passed, testsRun: 0 }],
])("what %s in a fresh worker is no survivor", async (_, fresh) => {
  expect(await settled(said(fresh, done))).toEqual([
    "src/a.ts:1 `1` → `0` was reached in a shared worker, and is not in a fresh one: its tests depend on their order",
  ]);
});

test("a fresh worker that says nothing of the mutant gives no verdict", async () => {
  expect(await settled(said(done))).toEqual(["vitest did not run a.test.ts"]);
});

test("a fresh worker that ends while the mutant is on has noticed it", async () => {
  const trying = { kind: "trying", mutant, file, limitMs: 1000 } as const;
  expect(await settled(said(trying), said({ ...passed, mutant: control, hits: 0 }, done))).toEqual(["timeout"]);
});
