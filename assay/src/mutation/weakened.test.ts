import { expect, test } from "vitest";
import type { TaskOutcome } from "../model/finding.ts";
import { repoPath } from "../model/paths.ts";
import { defaultMutators } from "./mutators/index.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import { baseline, done, file, outlived, requestOf, scriptOf } from "./testing/scripted-session.ts";
import { findWeakened, type FormerTests } from "./weakened.ts";
import type { SessionEvent } from "./worker/protocol.ts";

const testFile = repoPath("src/a.test.ts");
const reaching = { ...baseline, reached: [0] };
const failed = { ...outlived, outcome: "failed", failure: { test: "says one", message: "not one" } } as const;

const said = (...events: readonly SessionEvent[]): Script => scriptOf(events);
const killing = said(reaching, failed, done);
const outliving = said(reaching, outlived, { kind: "finished", file }, done);
const proof = said(outlived, done);
const red = said({ ...baseline, failure: { test: "says one", message: "not one" }, reached: [] }, done);

const request = requestOf();
const former: FormerTests = {
  files: new Set([testFile]),
  texts: { [file]: "" },
  gone: [],
  runners: request.runners,
  loads: null,
};

/** What comes of it when the processes say this: first those with the former tests, then those with the present ones. */
function outcomeOf(first: Script, ...others: readonly Script[]): Promise<TaskOutcome> {
  return findWeakened(scriptedHost(first, ...others), request, former, defaultMutators);
}

test("what the former tests noticed and nobody notices now is a finding that names the test", async () => {
  expect(await outcomeOf(killing, outliving, proof)).toEqual({
    status: "failed",
    findings: [
      {
        path: "src/a.test.ts",
        line: null,
        message:
          '"says one" noticed `… const one = () => 1;` → `… const one = () => 0;` in src/a.ts:1 before this change, and no test does now; restore what it asserted',
      },
    ],
  });
});

test("what no test executes any more is a finding too", async () => {
  expect(await outcomeOf(killing, said({ ...baseline, executed: [], reached: [] }, done))).toMatchObject({
    status: "failed",
    findings: [{ path: "src/a.test.ts" }],
  });
});

test("what is still noticed is none", async () => {
  expect(await outcomeOf(killing, killing)).toEqual({ status: "passed", note: "1 mutant is noticed as before" });
});

test("where the former tests noticed nothing, nothing was lost", async () => {
  expect(await outcomeOf(outliving, proof)).toEqual({
    status: "passed",
    note: "they noticed none of 1 mutant before",
  });
});

test("former tests that fail on the code as it is tell nothing, and present ones that fail are an error", async () => {
  expect(await outcomeOf(red)).toEqual({
    status: "skipped",
    reason:
      'the tests of the base tell nothing of this code: src/a.test.ts "says one" fails without any mutant: not one',
  });
  expect(await outcomeOf(killing, red)).toMatchObject({
    status: "errored",
    error: { message: 'src/a.test.ts "says one" fails without any mutant: not one' },
  });
});
