import type * as os from "node:os";
import { expect, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Host } from "../model/process.ts";
import { pairOf, statuses, vitestStart } from "./testing/project.ts";
import { isStopped, type MutationReport } from "./report.ts";
import { runMutation } from "./run.ts";
import { scriptedHost, type Script } from "./testing/scripted-host.ts";
import { baseline, done, file, oneFunction, outlived, requestOf, scriptOf } from "./testing/scripted-session.ts";
import { toOutcome } from "./verdict.ts";
import type { MutationRequest } from "./request.ts";
import { encodeEvent, type Failure, type LoopJob, type SessionEvent, type SessionRequest } from "./worker/protocol.ts";

const machine = vi.hoisted(() => ({ cores: 2 }));
vi.mock("node:os", async (original) => {
  return { ...(await original<typeof os>()), availableParallelism: () => machine.cores };
});

/** What becomes of `1 → 0` when every worker says this. */
function report(said: readonly SessionEvent[], ending: Script["ending"]): Promise<MutationReport> {
  return reportOf(scriptedHost(scriptOf(said, ending)), 1);
}

/** The same for so many places, all with the same test file. */
function reportOf(host: Host, places: number, source = oneFunction): Promise<MutationReport> {
  return runMutation(host, requestOf(places, source));
}

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

test("a place that can not be run is no error where its tests bear on nothing in the next", async () => {
  const broken = scriptOf([{ kind: "broken", message: "no such place" }]);
  const host = scriptedHost(broken, scriptOf([{ kind: "idle", file }, done]));
  const answer = await reportOf(host, 2);
  expect([answer.errors, statuses(answer)]).toEqual([[], ["no-coverage"]]);
});

test("a place that can not be run is an error where nobody has run its tests", async () => {
  const broken = scriptOf([{ kind: "broken", message: "no such place" }]);
  const { errors } = await reportOf(scriptedHost(broken, scriptOf([{ kind: "foreign", file }, done])), 2);
  expect(errors.map(({ message }) => message)).toEqual(["vitest could not be run: no such place"]);
});

test("a file that was neither run nor said to bear on nothing gives no verdict", async () => {
  expect((await report([done], "end")).errors.map(({ message }) => message)).toEqual(["vitest did not run a.test.ts"]);
  expect((await report([{ kind: "idle", file }, done], "end")).errors).toEqual([]);
});

test("a run that ends between two proofs has one survivor, and the other mutant is left to the next run", async () => {
  const run = new AbortController();
  const warm = scriptOf([
    { ...baseline, executed: [0, 1], reached: [0, 1] },
    outlived,
    { ...outlived, mutant: 1 },
    { kind: "finished", file },
    done,
  ]);
  const fresh = { ...scriptOf([outlived]), onEnd: () => run.abort() };
  const host = { ...scriptedHost(warm, fresh), signal: run.signal };
  const answer = await reportOf(host, 1, "export const one = () => 1;\nexport const two = () => 2;\n");
  expect([statuses(answer), answer.pending.map(({ mutant }) => mutant.line), isStopped(answer)]).toEqual([
    ["survived"],
    [2],
    true,
  ]);
  expect(toOutcome(answer)).toMatchObject({
    status: "failed",
    isPart: true,
    note: "stopped too soon: 0 mutants killed, 1 survived, 1 not noticed so far (2 in all)",
  });
});

test("what has been tried in a process that became too large is not tried again in the next one", async () => {
  const start = [{ ...baseline, reached: [0, 1] }] as const;
  const host = scriptedHost(
    scriptOf([...start, outlived, { kind: "worn" }, done]),
    scriptOf([...start, { ...outlived, mutant: 1 }, { kind: "finished", file }, done]),
    scriptOf([outlived, { ...outlived, mutant: 1 }, done]),
  );
  const jobs: LoopJob[] = [];
  const watched: Host = {
    ...host,
    start(command) {
      const process = host.start(command);
      const send = (line: string): void => {
        const { job } = JSON.parse(line) as SessionRequest;
        if (job.kind === "loop") jobs.push(job);
        process.send(line);
      };
      return { ...process, send };
    },
  };
  const answer = await reportOf(watched, 1, "export const one = () => 1;\nexport const two = () => 2;\n");
  expect([answer.errors, statuses(answer)]).toEqual([[], ["survived"]]);
  expect(jobs.map(({ skip }) => skip)).toEqual([[], [{ mutant: 0, file }]]);
});

/** What becomes of mutants of `src/a.ts` with these test files, each of which fails in the nth process that is asked for it in this way. */
async function allRed(
  testFiles: readonly string[],
  {
    failureOf,
    changed = [],
  }: { readonly failureOf: (process: number) => Failure | null; readonly changed?: readonly string[] },
): Promise<{ readonly errors: readonly string[]; readonly asked: readonly number[] }> {
  const asked: number[] = [];
  const host: Host = {
    ...scriptedHost(scriptOf([done])),
    start() {
      let request: SessionRequest | undefined;
      let heard = (): void => undefined;
      const isAsked = new Promise<void>((resolve) => (heard = resolve));
      let nth = 0;
      let isKilled = false;
      async function* lines(): AsyncGenerator<string> {
        await isAsked;
        const { token = "", files = [] } = request ?? {};
        const failure = failureOf(nth);
        for (const each of files) {
          if (isKilled) return;
          yield encodeEvent(token, { ...baseline, file: each, failure, reached: [] });
          if (failure === null) yield encodeEvent(token, { kind: "finished", file: each });
        }
        yield encodeEvent(token, done);
      }
      const outcome = { exitCode: 3, signal: null, spawnError: null, timedOut: false, stdout: "", stderr: "" };
      return {
        send(line) {
          request = JSON.parse(line) as SessionRequest;
          nth = asked.push(request.files.length);
          heard();
        },
        lines: lines(),
        done: Promise.resolve({ ...outcome, truncated: false, durationMs: 0 }),
        kill: () => void (isKilled = true),
      };
    },
  };
  const request = requestOf();
  const { errors } = await runMutation(host, {
    ...request,
    pairs: [...request.pairs, ...changed.map((path) => pairOf(path, null, "", []))],
    runners: [{ start: vitestStart, testFiles: testFiles.map((path) => repoPath(path)) }],
  });
  return { errors: errors.map(({ message }) => message), asked };
}

const many = Array.from({ length: 20 }, (_, index) => `src/${index}.test.ts`);
const missing = { test: null, message: "Cannot find module 'x'" };

test("where none of the nearest files loads the others are not waited for", async () => {
  expect(await allRed(many, { failureOf: () => missing })).toEqual({
    errors: ["src/0.test.ts fails without any mutant: Cannot find module 'x'"],
    // All, until enough had failed; then the nearest by itself, as it is and without instrumented code.
    asked: [20, 1, 1],
  });
});

test("a changed test that does not load is told of before the others are run", async () => {
  expect(await allRed(many, { failureOf: () => missing, changed: ["src/2.test.ts"] })).toEqual({
    errors: ["src/2.test.ts fails without any mutant: Cannot find module 'x'"],
    asked: [20, 1, 1],
  });
});

test("where the nearest loads by itself, the others are run, and after them those that did not load", async () => {
  const failureOf = (process: number): Failure | null => (process === 1 ? missing : null);
  expect(await allRed(many, { failureOf })).toEqual({ errors: [], asked: [20, 1, 12, 7] });
});

test("tests that load and fail are all run, since others may pass", async () => {
  const failure = { test: "one", message: "not one" };
  const { errors, asked } = await allRed(many, { failureOf: () => failure, changed: ["src/2.test.ts"] });
  expect([errors.length, asked]).toEqual([20, [20, 20, 20]]);
});

test("a mutant that no file was tried with when the run ended is not called one without coverage", async () => {
  const run = new AbortController();
  const host = {
    ...scriptedHost({ ...scriptOf([{ ...baseline, reached: [0] }]), onEnd: () => run.abort() }),
    signal: run.signal,
  };
  const answer = await reportOf(host, 1);
  expect([answer.mutants, answer.pending.length]).toEqual([[], 1]);
  expect(toOutcome(answer)).toEqual({
    status: "deferred",
    remaining: "mutants",
    known: ["1 not tried (1 in all)"],
  });
});

test.each([
  ["what nobody has asked about", 3, null, [["src/a.ts"]]],
  ["the same where the runner keeps all cores busy", 2, null, []],
  ["tests as they were at the base", 3, { texts: {}, only: null, isSample: true }, []],
])("of %s the compiler is asked while the tests begin, where a core is free", async (_, cores, replay, expected) => {
  machine.cores = cores;
  const asked: (readonly string[])[] = [];
  const compilersOf: MutationRequest["compilersOf"] = (paths) => {
    asked.push(paths);
    return Promise.resolve([]);
  };
  const killing = { kind: "tried", mutant: 0, file, outcome: "failed", failure: null, testsRun: 1, hits: 1 } as const;
  const killed = scriptOf([{ ...baseline, reached: [0] }, { ...killing, nearest: "a" }, done]);
  await runMutation(scriptedHost(killed), { ...requestOf(), replay, compilersOf });
  expect(asked).toEqual(expected);
});
