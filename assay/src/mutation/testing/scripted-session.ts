// For tests: a session about one function in one file, and what a process says in it.
import { repoPath } from "../../model/paths.ts";
import type { MutationRequest } from "../request.ts";
import type { SessionEvent } from "../worker/protocol.ts";
import { pairOf, vitestStart, workers } from "./project.ts";
import type { Script } from "./scripted-host.ts";

/** The test file as a worker names it. */
export const file = "/repo/src/a.test.ts";

export const oneFunction = "export const one = () => 1;\n";

/** All mutants of the source, in so many places that run the same test file. */
export function requestOf(places = 1, source = oneFunction): MutationRequest {
  return {
    root: "/repo",
    pairs: [pairOf("src/a.ts", null, source)],
    support: new Set(),
    maxMutants: 12,
    equivalents: [],
    listed: null,
    replay: null,
    runners: Array.from({ length: places }, () => ({ start: vitestStart, testFiles: [repoPath("src/a.test.ts")] })),
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
    filesBeside: () => Promise.resolve([]),
  };
}

/** A process that says this at once, and ends. */
export function scriptOf(said: readonly SessionEvent[], ending: Script["ending"] = "end"): Script {
  return { said: said.map((event) => [0, event]), ending };
}

/** The one test passes without a mutant; what it `reached` belongs to the case. */
export const baseline = {
  kind: "baseline",
  file,
  failure: null,
  tests: 1,
  isBound: true,
  durationMs: 1,
  executed: [0, 1],
  usual: [],
} as const;

export const done = { kind: "done", trouble: null, takesTrials: false } as const;

/** The first mutant outlives the one test. */
export const outlived = {
  kind: "tried",
  mutant: 0,
  file,
  outcome: "passed",
  failure: null,
  nearest: "one",
  testsRun: 1,
  hits: 1,
} as const;
