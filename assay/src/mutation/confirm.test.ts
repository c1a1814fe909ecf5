// What is found in a warm worker is believed when a fresh one says the same.
import { expect, test } from "vitest";
import { runMutation } from "./run.ts";
import { statuses } from "./testing/project.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import { baseline, done, file, outlived as passed, requestOf, scriptOf } from "./testing/scripted-session.ts";
import type { SessionEvent } from "./worker/protocol.ts";

/** The only mutant, and the number at which none is on. */
const [mutant, control] = [0, 1];
const failed = { ...passed, outcome: "failed", failure: { test: "one", message: "not one" } } as const;

const said = (...events: readonly SessionEvent[]): Script => scriptOf(events);

/** What becomes of `1 → 0`, which outlives its tests in the warm worker, when fresh ones say this in turn. */
async function settled(...fresh: readonly Script[]): Promise<readonly string[]> {
  const warm = said({ ...baseline, reached: [0] }, passed, { kind: "finished", file }, done);
  const answer = await runMutation(scriptedHost(warm, ...fresh), requestOf());
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
