// What is asked of warm workers one after the other, and what their ends are taken for.
import type * as os from "node:os";
import { expect, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Host } from "../model/process.ts";
import type { MutationReport } from "./report.ts";
import type { MutationRequest } from "./request.ts";
import { runMutation } from "./run.ts";
import { answeringHost, loopsIn, type Answering, type Asked, type Said } from "./testing/answering-host.ts";
import { vitestStart } from "./testing/project.ts";
import { baseline, done, outlived, requestOf } from "./testing/scripted-session.ts";
import type { LoopJob, SessionEvent } from "./worker/protocol.ts";

const machine = vi.hoisted(() => ({ cores: 2 }));
vi.mock("node:os", async (original) => {
  return { ...(await original<typeof os>()), availableParallelism: () => machine.cores };
});

interface Answer {
  readonly report: MutationReport;
  readonly answering: Answering;
}

const source = "export const one = () => 1;\nexport const two = () => 2;\n";

/** Two mutants and these test files. What the warm workers say, in order, the last from then on; fresh ones pass. */
async function looped(
  files: readonly string[],
  loops: readonly ((asked: Asked) => readonly Said[])[],
  more: Partial<Host> = {},
  request: Partial<MutationRequest> = {},
): Promise<Answer> {
  let nth = 0;
  const answering = answeringHost((asked) => {
    const { job } = asked.request;
    if (job.kind === "loop") return loops[Math.min(nth++, loops.length - 1)]?.(asked) ?? [];
    if (job.kind === "types") return [done];
    return [...job.trials.flatMap(({ mutant, file }) => passing(mutant, file)), done];
  }, more);
  const testFiles = files.map((name) => repoPath(`src/${name}.test.ts`));
  const all = { ...requestOf(1, source), runners: [{ start: vitestStart, testFiles }], ...request };
  return { report: await runMutation(answering.host, all), answering };
}

function passing(mutant: number | null, file: string): readonly Said[] {
  return [{ ...outlived, mutant, file, hits: mutant === 2 ? 0 : 1 }];
}

const at = (name: string): string => `/repo/src/${name}.test.ts`;

function green(name: string, reached: readonly number[] = [0, 1]): SessionEvent {
  return { ...baseline, file: at(name), executed: [0, 1, 2, 3], reached };
}

function tried(name: string, mutant: number, outcome: "passed" | "failed" | "timeout" | "polluted"): SessionEvent {
  const failure = outcome === "passed" ? null : { test: "one", message: "not one" };
  return { ...outlived, file: at(name), mutant, outcome, failure };
}

const finished = (name: string): SessionEvent => ({ kind: "finished", file: at(name) });

/** A file that both mutants outlive. */
const weak = (name: string): readonly Said[] => [
  green(name),
  tried(name, 0, "passed"),
  tried(name, 1, "passed"),
  finished(name),
];

const verdictsOf = ({ report }: Answer): readonly unknown[] => [
  report.mutants.map(({ status }) => status),
  report.errors.map(({ message }) => message),
];

const asksIn = ({ answering }: Answer): readonly (readonly string[])[] =>
  answering.asked
    .filter(({ request }) => request.job.kind === "loop")
    .map(({ request }) => request.files.map((file) => file.replace(/^.*\/(.*)\.test\.ts$/, "$1")));

test.each([
  [1, 1],
  [3, 3],
  [64, 4],
])("on %i cores %i workers share the files", async (cores, workers) => {
  machine.cores = cores;
  const { answering } = await looped(["a"], [() => [...weak("a"), done]]);
  expect(loopsIn(answering)).toMatchObject([
    { workers, isolate: false, mutants: [0, 1], probes: [0, 1, 2, 3], skip: [] },
  ]);
  machine.cores = 2;
});

test("what warm workers say is what becomes of mutants", async () => {
  const answer = await looped(
    ["a"],
    [() => [green("a"), tried("a", 0, "failed"), tried("a", 1, "timeout"), finished("a"), done]],
  );
  expect(verdictsOf(answer)).toEqual([["killed", "timeout"], []]);
  expect(answer.report.mutants[0]).toMatchObject({
    killedBy: { file: "src/a.test.ts", test: "one" },
    message: "not one",
  });
});

test("once all is settled no file is asked any more, and the next process asks what is left", async () => {
  const answer = await looped(
    ["a", "b", "c"],
    [
      () => [green("a"), tried("a", 0, "failed"), tried("a", 1, "passed"), finished("a"), done],
      () => [green("b"), tried("b", 1, "failed"), finished("b"), done],
    ],
  );
  expect([verdictsOf(answer), asksIn(answer)]).toEqual([
    [["killed", "killed"], []],
    [
      ["a", "b", "c"],
      ["b", "c"],
    ],
  ]);
  expect(loopsIn(answer.answering)[1]).toMatchObject({ mutants: [1], probes: [] });
});

test("a kill without a proof leaves the mutant open for other files, and is not tried there again", async () => {
  const answer = await looped(
    ["a", "b"],
    [
      () => [green("a"), tried("a", 0, "polluted"), done],
      () => [
        green("a", [1]),
        tried("a", 1, "failed"),
        finished("a"),
        green("b"),
        tried("b", 0, "failed"),
        finished("b"),
        done,
      ],
    ],
  );
  expect([verdictsOf(answer), asksIn(answer)]).toEqual([
    [["killed", "killed"], []],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  ]);
  expect(loopsIn(answer.answering).map(({ skip }) => skip)).toEqual([[], [{ mutant: 0, file: at("a") }]]);
});

test("what outlived a worker that could not be trusted is tried again, and what outlived one that was too large is not", async () => {
  const skipsAfter = async (...end: readonly SessionEvent[]): Promise<readonly LoopJob["skip"][]> => {
    const first = [green("a"), tried("a", 0, "passed"), ...end, done];
    return loopsIn((await looped(["a"], [() => first, () => [...weak("a"), done]])).answering).map(({ skip }) => skip);
  };
  const doubt = { mutant: 1, file: at("a") };
  expect(await skipsAfter({ kind: "worn" })).toEqual([[], [{ mutant: 0, file: at("a") }]]);
  expect(await skipsAfter(tried("a", 1, "polluted"))).toEqual([[], [doubt]]);
  expect(await skipsAfter(tried("a", 1, "polluted"), { kind: "worn" })).toEqual([[], [doubt]]);
});

const trying = (name: string, mutant: number | null, worker = 0, limitMs = 1000): Said => ({
  event: { kind: "trying", mutant, file: at(name), limitMs },
  worker,
});

test("a worker that ends, or goes silent, while a mutant is on tells of the mutant, and the next goes on", async () => {
  const died = await looped(
    ["a"],
    [() => [green("a"), trying("a", 0)], () => [green("a", [1]), tried("a", 1, "passed"), finished("a"), done]],
  );
  expect(verdictsOf(died)).toEqual([["runtime-error", "survived"], []]);
  expect(died.report.mutants[0]?.killedBy).toEqual({ file: "src/a.test.ts", test: null });
  const silent = await looped(
    ["a"],
    [
      () => [green("a"), trying("a", 0, 0, 20), "silence"],
      () => [green("a", [1]), tried("a", 1, "passed"), finished("a"), done],
    ],
  );
  expect(verdictsOf(silent)).toEqual([["timeout", "survived"], []]);
});

test.each(["end", "silence"] as const)(
  "after a mutant that was killed in the same process, the %s of it tells nothing of the next one",
  async (ending) => {
    const last: readonly Said[] = ending === "silence" ? ["silence"] : [];
    const answer = await looped(
      ["a"],
      [
        () => [green("a"), trying("a", 0), tried("a", 0, "failed"), trying("a", 1, 0, 20), ...last],
        () => [green("a", [1]), trying("a", 1), tried("a", 1, "passed"), finished("a"), done],
      ],
    );
    expect(verdictsOf(answer)).toEqual([["killed", "survived"], []]);
  },
);

test("where several workers tried something, the end of the process is laid to none, and one worker goes on", async () => {
  machine.cores = 4;
  const answer = await looped(
    ["a", "b"],
    [() => [green("a"), green("b"), trying("a", 0, 1), trying("b", 1, 2)], () => [...weak("a"), ...weak("b"), done]],
  );
  machine.cores = 2;
  expect(verdictsOf(answer)).toEqual([["survived", "survived"], []]);
  expect(loopsIn(answer.answering).map(({ workers }) => workers)).toEqual([4, 1]);
});

test("a process that ends of its own accord goes on in another one, unless it complains", async () => {
  const early = await looped(["a", "b"], [() => [...weak("a"), done], () => [...weak("b"), done]]);
  expect([verdictsOf(early), asksIn(early)]).toEqual([
    [["survived", "survived"], []],
    [["a", "b"], ["b"]],
  ]);
  const complaining = await looped(["a", "b"], [() => [...weak("a"), { ...done, trouble: "no threads" }]]);
  expect([verdictsOf(complaining)[1], asksIn(complaining)]).toEqual([
    ["vitest did not run b.test.ts: no threads"],
    [["a", "b"]],
  ]);
});

test("a file that is none of the runner's tests is asked for no more, and one that bears on nothing is no gap", async () => {
  const answer = await looped(
    ["a", "b", "c"],
    [() => [{ kind: "foreign", file: at("a") }, { kind: "idle", file: at("b") }, finished("b"), ...weak("c"), done]],
  );
  expect([verdictsOf(answer), asksIn(answer)]).toEqual([[["survived", "survived"], []], [["a", "b", "c"]]]);
  expect(answer.report.testFilesRun).toBe(1);
});

test("whoever waits is told how far it has come, as long as mutants are left", async () => {
  const told: string[] = [];
  await looped(
    ["a", "b"],
    [
      () => [
        green("a"),
        tried("a", 0, "failed"),
        tried("a", 1, "failed"),
        finished("a"),
        green("b", []),
        finished("b"),
        done,
      ],
    ],
    { progress: (text) => void told.push(text) },
  );
  expect(told).toHaveLength(2);
  expect(told[1]).toMatch(/1 of 2/);
});

test("modules that were loaded are told of in the report: those that start processes, and built ones", async () => {
  const starter = { kind: "starter", file: "/repo/src/helper.test.ts" } as const;
  const built = { kind: "built", file: "/repo/dist/a.js" } as const;
  const answer = await looped(
    ["a"],
    [() => [starter, built, { ...baseline, file: at("a"), executed: [], reached: [] }, finished("a"), done]],
  );
  expect(answer.report.processStarters).toEqual(["src/helper.test.ts"]);
  expect(answer.report.uncovered).toMatchObject([{ path: "src/a.ts", instead: "dist/a.js" }]);
  const loaded = { kind: "loaded", file: "/repo/src/a.ts" } as const;
  const direct = await looped(
    ["a"],
    [() => [loaded, built, { ...baseline, file: at("a"), executed: [], reached: [] }, finished("a"), done]],
  );
  expect(direct.report.uncovered).toMatchObject([{ path: "src/a.ts", instead: null }]);
});
