import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { pairOf, statuses, vitestStart, workers } from "./testing/project.ts";
import type { MutationReport } from "./report.ts";
import { runMutation } from "./run.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import type { SessionEvent } from "./worker/protocol.ts";

const file = "/repo/src/a.test.ts";

/** What becomes of `1 → 0` when every worker says this. */
function report(said: readonly SessionEvent[], ending: Script["ending"]): Promise<MutationReport> {
  return runMutation(scriptedHost({ said: said.map((event) => [0, event]), ending }), {
    root: "/repo",
    pairs: [pairOf("src/a.ts", null, "export const one = () => 1;\n")],
    maxMutants: 12,
    runners: [{ start: vitestStart, testFiles: [repoPath("src/a.test.ts")] }],
    commands: [],
    longestCommandMs: 1000,
    files: [],
    loads: null,
    otherRunners: [],
    workers,
    compilersOf: () => Promise.resolve([]),
  });
}

const baseline = { kind: "baseline", file, failure: null, tests: 1, durationMs: 1, executed: [0, 1] } as const;
const done = { kind: "done", trouble: null } as const;

test("a mutant that a test reaches and nobody tries is no mutant without coverage", async () => {
  const { mutants, errors } = await report([{ ...baseline, reached: [0] }, done], "end");
  expect([mutants, errors.map(({ message }) => message)]).toEqual([
    [],
    ["src/a.ts:1 `1` → `0` was reached by a test and not tried"],
  ]);
});

test("a mutant that no test reaches has no coverage", async () => {
  const answer = await report([{ ...baseline, reached: [] }, done], "end");
  expect([answer.errors, statuses(answer)]).toEqual([[], ["no-coverage"]]);
});

test("a file that ends vitest without any mutant is named, with what was said last", async () => {
  const { errors } = await report([{ kind: "trying", mutant: null, file, limitMs: 1000 }], "end");
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ["tool-failed", "a.test.ts without any mutant ended vitest: it ended with 3"],
  ]);
});

test("a file that does not come to an end without any mutant is named", async () => {
  const { errors } = await report([{ kind: "trying", mutant: null, file, limitMs: 20 }], "silence");
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ["tool-failed", "a.test.ts without any mutant did not come to an end in five minutes"],
  ]);
});
