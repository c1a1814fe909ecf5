// How what needs a proof is tried again in fresh workers: how often, where, for how long, and how many at a time.
import type * as os from "node:os";
import { expect, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { RunnerStart } from "../tools/runners/runner-start.ts";
import type { MutationReport } from "./report.ts";
import type { MutationRequest } from "./request.ts";
import { runMutation } from "./run.ts";
import { answeringHost, loopsIn, trialsIn, type Answering, type Asked, type Said } from "./testing/answering-host.ts";
import { jestStart, nodeStart, vitestStart } from "./testing/project.ts";
import { baseline, done, outlived, requestOf } from "./testing/scripted-session.ts";
import type { Trial } from "./worker/protocol.ts";

const machine = vi.hoisted(() => ({ cores: 4 }));
vi.mock("node:os", async (original) => {
  return { ...(await original<typeof os>()), availableParallelism: () => machine.cores };
});

type Warm = "passed" | "polluted";

interface Given {
  /** So many functions, with a mutant each. */
  readonly mutants: number;
  readonly files?: readonly string[];
  readonly durationMs?: number;
  readonly start?: RunnerStart;
  /** What a trial says; that it passes, unless given. */
  readonly trial?: (trial: Trial, asked: Asked) => readonly Said[];
  /** What the warm worker says of each mutant. */
  readonly warm?: (mutant: number) => Warm;
  readonly request?: Partial<MutationRequest>;
  readonly takesTrials?: boolean;
}

interface Answer {
  readonly report: MutationReport;
  readonly answering: Answering;
}

/** Every mutant outlives every file in the warm worker; then trials are asked for. */
async function confirmed(given: Given): Promise<Answer> {
  const {
    mutants,
    files = ["a"],
    durationMs = 1,
    start = vitestStart,
    warm = () => "passed",
    takesTrials = false,
  } = given;
  const { trial = passing } = given;
  const numbers = Array.from({ length: mutants }, (_, number) => number);
  const answering = answeringHost((asked) => {
    const { job, files: own } = asked.request;
    if (job.kind === "types") return [done];
    if (job.kind === "trials") return [...job.trials.flatMap((each) => trial(each, asked)), done];
    return [...own.flatMap((file) => warmRun(file, numbers, warm, durationMs)), { ...done, takesTrials }];
  });
  const source = numbers.map((number) => `export const f${number} = () => ${number + 1};\n`).join("");
  const request: MutationRequest = {
    ...requestOf(1, source),
    maxMutants: 99,
    runners: [{ start, testFiles: files.map((name) => repoPath(`src/${name}.test.ts`)) }],
    ...given.request,
  };
  return { report: await runMutation(answering.host, request), answering };
}

/** Each of these mutants is reached, and tried. */
function warmRun(
  file: string,
  mutants: readonly number[],
  outcomeOf: (mutant: number) => Warm,
  durationMs: number,
): Said[] {
  const executed = mutants.flatMap((mutant) => [2 * mutant, 2 * mutant + 1]);
  const said: Said[] = [{ ...baseline, file, executed, reached: mutants, durationMs }];
  for (const mutant of mutants) said.push({ ...outlived, mutant, file, outcome: outcomeOf(mutant) });
  return [...said, { kind: "finished", file }];
}

function passing({ mutant, file }: Trial): readonly Said[] {
  return [{ ...outlived, mutant, file, hits: mutant === null ? 0 : 1 }];
}

function failing({ mutant, file }: Trial): Said {
  return { ...outlived, mutant, file, outcome: "failed", failure: { test: "one", message: "not one" } };
}

/** The control, which is behind all mutants, is hit by none. */
function isControl({ mutant }: Trial, { request }: Asked): boolean {
  return mutant === request.control;
}

const verdictsOf = ({ report }: Answer): readonly unknown[] => [
  report.mutants.map(({ status }) => status),
  report.errors.map(({ message }) => message),
];

/** `mutant file`, for each job by itself. */
const asksIn = ({ answering }: Answer): readonly (readonly string[])[] =>
  trialsIn(answering).map(({ trials }) =>
    trials.map(({ mutant, file }) => `${String(mutant)} ${file.slice("/repo/src/".length)}`),
  );

test("each survivor is tried in the three nearest files that reach it, ordered by mutant", async () => {
  const answer = await confirmed({ mutants: 2, files: ["a", "b", "c", "d"] });
  expect(verdictsOf(answer)).toEqual([["survived", "survived"], []]);
  const three = (mutant: number): string[] => ["a", "b", "c"].map((name) => `${mutant} ${name}.test.ts`);
  expect(asksIn(answer)).toEqual([[...three(0), ...three(1)]]);
});

test("a fresh worker has ten seconds to start, and ten times as long as the file takes, a second at least", async () => {
  const limits = async (durationMs: number): Promise<unknown> =>
    trialsIn((await confirmed({ mutants: 1, durationMs })).answering)[0]?.trials[0]?.limitMs;
  expect([await limits(1), await limits(500)]).toEqual([11_000, 15_000]);
});

test.each([
  [2, 2],
  [4, 4],
  [16, 4],
])(
  "on %i cores at most %i are tried at a time, in one process where the runner can do that",
  async (cores, workers) => {
    machine.cores = cores;
    const { answering } = await confirmed({ mutants: 9 });
    expect(trialsIn(answering).map(({ trials, shared, ...job }) => [trials.length, job.workers, shared])).toEqual([
      [9, workers, true],
    ]);
  },
);

test.each<readonly [string, RunnerStart]>([
  ["vitest 3", { ...vitestStart, version: "3.2.4" }],
  ["jest", jestStart],
  ["node:test", nodeStart()],
])("%s gets several processes, each with four trials to make up for its start", async (_name, start) => {
  machine.cores = 4;
  const jobs = async (mutants: number): Promise<unknown> =>
    trialsIn((await confirmed({ mutants, start })).answering).map(({ trials, workers }) => [trials.length, workers]);
  expect([await jobs(4), await jobs(5), await jobs(12), await jobs(40)]).toEqual([
    [[4, 4]],
    [
      [3, 2],
      [2, 2],
    ],
    [
      [4, 1],
      [4, 1],
      [4, 1],
    ],
    [
      [10, 1],
      [10, 1],
      [10, 1],
      [10, 1],
    ],
  ]);
});

test("a process that is warm is used for trials, in the place of another one", async () => {
  const open = await confirmed({ mutants: 9, start: { ...vitestStart, version: "3.2.4" }, takesTrials: true });
  expect(open.answering.asked.map(({ process }) => process)).toEqual([0, 0]);
  const over = await confirmed({ mutants: 1 });
  expect(over.answering.asked.map(({ process }) => process)).toEqual([0, 1]);
  // None is left behind.
  expect([open.answering.ended, over.answering.ended]).toEqual([[0], [0, 1]]);
});

test("what fails beside others is tried again alone, and only that", async () => {
  let isFirst = true;
  const answer = await confirmed({
    mutants: 3,
    trial: (trial) => {
      if (trial.mutant !== 1 || !isFirst) return passing(trial);
      isFirst = false;
      return [failing(trial)];
    },
  });
  expect(verdictsOf(answer)).toEqual([["survived", "survived", "survived"], []]);
  expect(asksIn(answer)).toEqual([["0 a.test.ts", "1 a.test.ts", "2 a.test.ts"], ["1 a.test.ts"]]);
  expect(trialsIn(answer.answering)[1]).toMatchObject({ workers: 1, shared: false });
});

test("of several mutants only the one that a fresh worker notices is killed, and its file is tried with none", async () => {
  const answer = await confirmed({
    mutants: 3,
    files: ["a", "b"],
    trial: (trial, asked) => {
      if (isControl(trial, asked)) return [{ ...outlived, mutant: trial.mutant, file: trial.file, hits: 0 }];
      return trial.mutant === 1 && trial.file.endsWith("b.test.ts") ? [failing(trial)] : passing(trial);
    },
  });
  expect(verdictsOf(answer)).toEqual([["survived", "killed", "survived"], []]);
  expect(asksIn(answer).slice(1)).toEqual([["1 b.test.ts"], ["3 b.test.ts"]]);
  expect(answer.report.mutants[1]).toMatchObject({
    killedBy: { file: "src/b.test.ts", test: "one" },
    message: "not one",
  });
});

test("a kill without a proof is tried in a fresh worker, which may confirm it or not", async () => {
  const killed = await confirmed({
    mutants: 1,
    warm: () => "polluted",
    trial: (trial, asked) =>
      isControl(trial, asked) ? [{ ...outlived, mutant: 1, file: trial.file, hits: 0 }] : [failing(trial)],
  });
  expect(verdictsOf(killed)).toEqual([["killed"], []]);
  expect(verdictsOf(await confirmed({ mutants: 1, warm: () => "polluted" }))).toEqual([["survived"], []]);
  expect(loopsIn(killed.answering)[0]?.skip).toEqual([]);
});

test("kills without a proof and survivors are tried together, ordered by mutant", async () => {
  const answer = await confirmed({ mutants: 3, warm: (mutant) => (mutant === 1 ? "passed" : "polluted") });
  expect([verdictsOf(answer), asksIn(answer)]).toEqual([
    [["survived", "survived", "survived"], []],
    [["0 a.test.ts", "1 a.test.ts", "2 a.test.ts"]],
  ]);
});

test("of several files it is enough that one reaches the mutant, and too much that one can not be believed", async () => {
  const reachedBy = (name: string): Promise<Answer> =>
    confirmed({
      mutants: 1,
      files: ["a", "b"],
      trial: ({ mutant, file }) => [{ ...outlived, mutant, file, hits: file.endsWith(`${name}.test.ts`) ? 1 : 0 }],
    });
  expect([verdictsOf(await reachedBy("a")), verdictsOf(await reachedBy("b"))]).toEqual([
    [["survived"], []],
    [["survived"], []],
  ]);
  const doubtful = await confirmed({
    mutants: 1,
    files: ["a", "b"],
    trial: (trial) => (trial.file.endsWith("b.test.ts") ? [failing(trial)] : passing(trial)),
  });
  expect(verdictsOf(doubtful)).toEqual([
    [],
    ["src/a.ts:1 `1` → `0` could not be judged: its tests fail now and then without it as well"],
  ]);
});

test("each file is tried in the place where it passes", async () => {
  const runners = [
    { start: vitestStart, testFiles: [repoPath("src/a.test.ts")] },
    { start: jestStart, testFiles: [repoPath("src/b.test.ts")] },
  ];
  const answer = await confirmed({ mutants: 1, request: { runners } });
  const places = answer.answering.asked.map(({ request: { runnerDir, files, job } }) =>
    job.kind === "trials" ? [runnerDir, files] : [],
  );
  expect(places).toEqual([
    [],
    [],
    [vitestStart.runnerDir, ["/repo/src/a.test.ts"]],
    [jestStart.runnerDir, ["/repo/src/b.test.ts"]],
  ]);
});

test("a worker that can not be used again leaves the rest to others, which are fresh", async () => {
  const answer = await confirmed({
    mutants: 3,
    trial: (trial, { process }) => (trial.mutant === 0 || process > 1 ? passing(trial) : []),
  });
  expect(verdictsOf(answer)).toEqual([["survived", "survived", "survived"], []]);
  expect(asksIn(answer)).toEqual([
    ["0 a.test.ts", "1 a.test.ts", "2 a.test.ts"],
    ["1 a.test.ts", "2 a.test.ts"],
  ]);
  expect(trialsIn(answer.answering).map(({ shared }) => shared)).toEqual([true, false]);
});

const trying = ({ mutant, file }: Trial, worker: number): Said => ({
  event: { kind: "trying", mutant, file, limitMs: 1000 },
  worker,
});

test("where one of several workers has ended the process, all that is left is tried one at a time", async () => {
  const answer = await confirmed({
    mutants: 2,
    trial: (trial, { process }) => (process === 1 ? [trying(trial, trial.mutant ?? 0)] : passing(trial)),
    start: vitestStart,
  });
  expect(verdictsOf(answer)).toEqual([["survived", "survived"], []]);
  expect(trialsIn(answer.answering).map(({ workers }) => workers)).toEqual([4, 1]);
});

test("the mutant that was on when a process ended is the one it has ended for, and the others are tried further", async () => {
  const answer = await confirmed({
    mutants: 3,
    trial: (trial, asked) => {
      if (isControl(trial, asked)) return [{ ...outlived, mutant: 3, file: trial.file, hits: 0 }];
      return trial.mutant === 1
        ? [trying(trial, 0), { kind: "done", trouble: "gone", takesTrials: false }]
        : passing(trial);
    },
  });
  expect(verdictsOf(answer)).toEqual([["survived", "timeout", "survived"], []]);
  expect(answer.report.mutants[1]?.killedBy).toEqual({ file: "src/a.test.ts", test: null });
});

test("it is the one that was tried then, wherever it stands among those that are left", async () => {
  const answer = await confirmed({
    mutants: 3,
    trial: (trial, asked) => {
      if (isControl(trial, asked)) return [{ ...outlived, mutant: 3, file: trial.file, hits: 0 }];
      if (trial.mutant === 1) return [trying(trial, 0), { kind: "done", trouble: "gone", takesTrials: false }];
      return asked.process > 1 ? passing(trial) : [];
    },
  });
  expect(verdictsOf(answer)).toEqual([["survived", "timeout", "survived"], []]);
});

test("a runner that complains and runs nothing gives no verdict", async () => {
  const answer = await confirmed({ mutants: 2, trial: () => [{ kind: "broken", message: "no workers" }] });
  expect(verdictsOf(answer)).toEqual([[], ["vitest could not be run: no workers"]]);
});
