// What is found out place by place, and what keeps a run from a verdict.
import type * as os from "node:os";
import { expect, test, vi } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { ListedMutant } from "../model/mutant.ts";
import type { MutationReport } from "./report.ts";
import type { MutationRequest } from "./request.ts";
import { runMutation } from "./run.ts";
import { answeringHost, loopsIn, type Answering, type Asked, type Said } from "./testing/answering-host.ts";
import { jestStart, typescript5, vitestStart } from "./testing/project.ts";
import { baseline, done, outlived, requestOf } from "./testing/scripted-session.ts";
import type { Failure, SessionEvent } from "./worker/protocol.ts";

/** On so few cores the compiler is not asked before it must be. */
const machine = vi.hoisted(() => ({ cores: 2 }));
vi.mock("node:os", async (original) => {
  return { ...(await original<typeof os>()), availableParallelism: () => machine.cores };
});

interface Answer {
  readonly report: MutationReport;
  readonly answering: Answering;
}

async function run(answer: (asked: Asked) => readonly Said[], request: Partial<MutationRequest> = {}): Promise<Answer> {
  const answering = answeringHost(answer);
  return { report: await runMutation(answering.host, { ...requestOf(), ...request }), answering };
}

const at = (name: string): string => `/repo/src/${name}.test.ts`;
const testFiles = (...names: readonly string[]): RunnerFiles => names.map((name) => repoPath(`src/${name}.test.ts`));
type RunnerFiles = MutationRequest["runners"][number]["testFiles"];

const placeOf = (...names: readonly string[]): MutationRequest["runners"] => [
  { start: vitestStart, testFiles: testFiles(...names) },
];

const green = (file: string, reached: readonly number[] = [0]): SessionEvent => ({ ...baseline, file, reached });
const failing = (file: string, failure: Failure, isBound = false): SessionEvent => ({
  ...baseline,
  file,
  failure,
  isBound,
  reached: [],
});
const passed = (file: string, mutant: number | null = 0): SessionEvent => ({ ...outlived, file, mutant });
const killed = (file: string): SessionEvent => ({
  ...outlived,
  file,
  outcome: "failed",
  failure: { test: "one", message: "not one" },
});
const finished = (file: string): SessionEvent => ({ kind: "finished", file });

/** Every file is green and outlived, and fresh workers say the same. */
function weak({ request: { job, files } }: Asked): readonly Said[] {
  if (job.kind === "types") return [done];
  if (job.kind === "trials") return [...job.trials.map(({ file, mutant }) => passed(file, mutant)), done];
  return [...files.flatMap((file) => [green(file), passed(file), finished(file)]), done];
}

const told = ({ report }: Answer): readonly unknown[] => [
  report.mutants.map(({ status }) => status),
  report.errors.map(({ code, message }) => `${code}: ${message}`),
];

const supported = "Mutation testing supports vitest 3, 4 and 5, jest 29 and 30, node:test";

test.each<readonly [string, Partial<MutationRequest>, string]>([
  [
    "an old runner",
    { runners: [{ start: { ...vitestStart, version: "2.1.9" }, testFiles: testFiles("a") }] },
    "the root has vitest 2.1.9",
  ],
  [
    "an old runner of a package beside one that is driven",
    {
      runners: [
        { start: vitestStart, testFiles: testFiles("a") },
        { start: { ...jestStart, dir: repoPath("packages/b"), version: "28.0.0" }, testFiles: testFiles("b") },
      ],
    },
    "packages/b has jest 28.0.0",
  ],
  ["others alone", { runners: [], otherRunners: ["ava", "karma in web"] }, "the change is tested by ava, karma in web"],
  ["none", { runners: [] }, "no script or configuration runs it"],
])("%s can not be driven, and nothing is started", async (_what, request, why) => {
  const answer = await run(weak, request);
  expect([told(answer), answer.answering.asked]).toEqual([[[], [`tool-missing: ${supported}; ${why}`]], []]);
});

test("files that no runner counts among its tests give no verdict", async () => {
  const foreign = ({ request: { files } }: Asked): readonly Said[] => [
    ...files.map((file): Said => ({ kind: "foreign", file })),
    done,
  ];
  const start = { ...jestStart, dir: repoPath("other") };
  const runners = [...placeOf("helper"), { start, testFiles: [repoPath("src/other.ts")] }];
  const why = "counts none of the affected test files among its tests";
  expect(told(await run(foreign, { runners: placeOf("a") }))).toEqual([[], [`no-tests-ran: vitest ${why}`]]);
  expect(told(await run(foreign, { runners }))).toEqual([[], [`no-tests-ran: vitest and jest ${why}`]]);
  // Where no test is affected at all there is nothing to be counted.
  expect(told(await run(foreign, { runners: placeOf() }))).toEqual([["no-coverage"], []]);
});

const inBrowser = (files: string): string =>
  `tool-missing: No mutant can be tried in a browser or another runtime, which runs ${files}; what is noticed there of the change is not known: let a project of vitest that runs in Node have tests of it too`;

test("what tests in a browser notice is not known, as long as something is left for them", async () => {
  const file = at("b");
  /** `b` loads these; of `a` this is told. */
  const beside = (loaded: readonly string[], ...said: readonly Said[]): Promise<Answer> =>
    run(
      (asked) => {
        if (asked.request.job.kind !== "loop") return weak(asked);
        return [{ kind: "elsewhere", file }, { kind: "foreign", file }, ...said, finished(at("a")), done];
      },
      {
        runners: placeOf("a", "b"),
        loads: new Map([[repoPath("src/b.test.ts"), new Set(loaded.map((path) => repoPath(path)))]]),
      },
    );
  const weakly = [green(at("a")), passed(at("a"))];
  expect(told(await beside(["src/a.ts"], ...weakly))).toEqual([[], [inBrowser("src/b.test.ts")]]);
  expect(told(await beside([], ...weakly))).toEqual([["survived"], []]);
  const all: SessionEvent = { ...baseline, file: at("a"), executed: [0, 1], reached: [0] };
  expect(told(await beside(["src/a.ts"], all, killed(at("a"))))).toEqual([["killed"], []]);
});

test("where all tests run in a browser, that is said", async () => {
  const answer = await run(
    ({ request: { files } }) => [
      ...files.flatMap((file): Said[] => [
        { kind: "elsewhere", file },
        { kind: "foreign", file },
      ]),
      done,
    ],
    { runners: placeOf("a", "b", "c") },
  );
  expect(told(answer)).toEqual([[], [inBrowser("src/a.test.ts and 2 more")]]);
});

test("lines that nobody executes may be executed by runners that can not be driven", async () => {
  const unexecuted = ({ request: { files } }: Asked): readonly Said[] => [
    ...files.flatMap((file): Said[] => [{ ...baseline, file, executed: [], reached: [] }, finished(file)]),
    done,
  ];
  const request = { otherRunners: ["ava"] };
  expect(told(await run(unexecuted, request))).toEqual([
    [],
    [`tool-missing: ${supported}; the change is tested by ava`],
  ]);
  expect(told(await run(unexecuted))).toEqual([["no-coverage"], []]);
  expect(told(await run(weak, request))).toEqual([["survived"], []]);
});

const broken: Failure = { test: "one", message: "not one" };

test("files that fail together are run alone, in a worker each, and count when they pass there", async () => {
  const answer = await run(
    (asked) => {
      const { job, files } = asked.request;
      if (job.kind !== "loop" || job.isolate) return weak(asked);
      return [...files.map((file) => failing(file, broken)), done];
    },
    { runners: placeOf("a", "b") },
  );
  expect(told(answer)).toEqual([["survived"], []]);
  expect(loopsIn(answer.answering)).toMatchObject([{ isolate: false }, { isolate: true, workers: 1 }]);
});

test("what fails alone as well is told from what fails only once the code is instrumented", async () => {
  const failsWhere = (isRed: (asked: Asked) => boolean): Promise<Answer> =>
    run((asked) => {
      const { job, files } = asked.request;
      if (job.kind !== "loop" || !isRed(asked)) return weak(asked);
      return [...files.map((file) => failing(file, broken)), done];
    });
  const isInstrumented = ({ request: { sources } }: Asked): boolean => Object.keys(sources).length > 0;
  const always = await failsWhere(() => true);
  expect(told(always)).toEqual([[], ['baseline-failed: src/a.test.ts "one" fails without any mutant: not one']]);
  expect(always.report.errors[0]?.hint).toBe("assay loop --only tests");
  expect(told(await failsWhere(isInstrumented))).toEqual([
    [],
    ['baseline-failed: src/a.test.ts "one" fails once the code is instrumented, and passes otherwise: not one'],
  ]);
  const plain = loopsIn(always.answering).at(-1);
  expect(plain).toMatchObject({ isolate: true, mutants: [], bearing: null });
  // What it is run with is given back.
  expect(always.answering.ended.length).toBe(3);
});

test("tests as they were are asked without instrumented code too, as they were", async () => {
  const former = { [at("a")]: "as it was" };
  const answer = await run(
    ({ request: { files, job } }) =>
      job.kind === "loop" ? [...files.map((file) => failing(file, broken)), done] : [done],
    { replay: { texts: former, only: null, isSample: true } },
  );
  const sources = answer.answering.asked.map(({ request }) => request.sources);
  expect(sources.at(-1)).toEqual(former);
  expect(sources[0]).toMatchObject(former);
});

test("a file that fails is of no matter once others have settled all, or where it bears on nothing that is left", async () => {
  const answer =
    (isBound: boolean) =>
    (asked: Asked): readonly Said[] => {
      const { job, files } = asked.request;
      if (job.kind !== "loop") return weak(asked);
      return [
        ...files.flatMap((file): Said[] =>
          file === at("a") ? [failing(file, broken, isBound)] : [green(file), killed(file), finished(file)],
        ),
        done,
      ];
    };
  expect(told(await run(answer(false), { runners: placeOf("a", "b") }))).toEqual([["killed"], []]);
  // It loads only what the other file has settled; the second mutant is left to nobody.
  const pairs = requestOf(1, "export const one = () => 1;\nexport const two = () => 2;\n").pairs;
  const loads = new Map([
    [repoPath("src/a.test.ts"), new Set([repoPath("src/other.ts")])],
    [repoPath("src/b.test.ts"), new Set([repoPath("src/a.ts")])],
  ]);
  const bound = await run(answer(true), { runners: placeOf("a", "b"), pairs, loads });
  expect(told(bound)).toEqual([["killed", "no-coverage"], []]);
  expect(told(await run(answer(false), { runners: placeOf("a", "b"), pairs, loads }))[1]).toEqual([
    'baseline-failed: src/a.test.ts "one" fails without any mutant: not one',
  ]);
});

test("files that may tell of a mutant come first, of these the one that is named like its file", async () => {
  const source = repoPath("src/a.ts");
  const loads = new Map(testFiles("other", "z", "a", "nothing").map((path) => [path, new Set([source])]));
  loads.set(repoPath("src/nothing.test.ts"), new Set());
  const answer = await run(weak, { runners: placeOf("nothing", "other", "z", "a"), loads });
  expect(answer.answering.asked[0]?.request.files).toEqual(["a", "other", "z", "nothing"].map(at));
});

test("files that might execute what nobody has, and were not run for that, are counted", async () => {
  const source = repoPath("src/a.ts");
  const loads = new Map(testFiles("a", "b", "c", "d").map((path) => [path, new Set([source])]));
  loads.set(repoPath("src/d.test.ts"), new Set());
  const answer = await run(
    (asked) => {
      const { job } = asked.request;
      if (job.kind !== "loop") return weak(asked);
      const some: SessionEvent = { ...baseline, file: at("a"), executed: [0], reached: [0] };
      return [some, killed(at("a")), finished(at("a")), { kind: "foreign", file: at("b") }, done];
    },
    {
      runners: placeOf("a", "b", "c", "d"),
      loads,
      patienceMs: 0,
      pairs: requestOf(1, "export const one = () => {\n  return 1;\n};\n").pairs,
    },
  );
  expect([told(answer), answer.report.unasked]).toEqual([[["killed"], []], 1]);
});

test("what the compiler refuses is no survivor, and it is asked of survivors alone", async () => {
  const pairs = requestOf(
    1,
    "export const one = () => 1;\nexport const two = () => 2;\nexport const three = () => 3;\n",
  ).pairs;
  const path = repoPath("src/a.ts");
  const answer = await run(
    (asked) => {
      const { job, files } = asked.request;
      if (job.kind === "trials") return weak(asked);
      if (job.kind === "types") {
        const ids = job.programs.flatMap(({ variants }) => variants.map(({ id }) => id));
        return [...ids.map((id, index): Said => ({ kind: index === 0 ? "refused" : "accepted", id })), done];
      }
      const own = files.flatMap((file): Said[] => [
        { ...baseline, file, executed: [0, 1, 2, 3, 4, 5], reached: [0, 1, 2] },
        killed(file),
        passed(file, 1),
        passed(file, 2),
        finished(file),
      ]);
      return [...own, done];
    },
    {
      pairs,
      compilersOf: () => Promise.resolve([{ path, config: repoPath("tsconfig.json"), compilerDir: typescript5 }]),
    },
  );
  expect(told(answer)).toEqual([["killed", "compile-error", "survived"], []]);
});

/** Two files of which the second is the last that may tell of the mutant; it is killed by neither, unless one is named. */
function compiled(killer: string | null, types: readonly Said[], more: Partial<MutationRequest> = {}): Promise<Answer> {
  const place = { path: repoPath("src/a.ts"), config: repoPath("tsconfig.json"), compilerDir: typescript5 };
  return run(
    (asked) => {
      const { job, files } = asked.request;
      if (job.kind === "types") return types;
      if (job.kind === "trials") return weak(asked);
      const said = files.flatMap((file): Said[] => [
        green(file),
        file === killer ? killed(file) : passed(file),
        finished(file),
      ]);
      return [...said, done];
    },
    { runners: placeOf("a", "z"), compilersOf: () => Promise.resolve([place]), ...more },
  );
}

const jobsIn = ({ answering }: Answer): readonly string[] =>
  answering.asked.map(({ request: { job } }) => (job.kind === "types" && job.onlyAtOnce ? "types at once" : job.kind));

test("what outlives the last file that may tell is handed to the compiler while others still run", async () => {
  expect(jobsIn(await compiled(null, [done]))).toEqual(["loop", "types at once", "trials", "types"]);
  // What only the first file has not noticed may still be killed.
  expect(jobsIn(await compiled(at("z"), [done]))).toEqual(["loop"]);
  const replay = { texts: {}, only: null, isSample: true };
  expect(jobsIn(await compiled(null, [done], { replay }))).not.toContain("types at once");
});

test("a compiler that nobody needs any more is not waited for", async () => {
  machine.cores = 3;
  const answer = await compiled(at("a"), ["silence"]);
  machine.cores = 2;
  expect([told(answer), jobsIn(answer).toSorted()]).toEqual([
    [["killed"], []],
    ["loop", "types at once"],
  ]);
  const types = answer.answering.asked.find(({ request }) => request.job.kind === "types");
  expect(answer.answering.ended).toContain(types?.process);
});

test("a process that waits for trials is ended where there are none, and before another place is tried", async () => {
  const open = ({ request: { files } }: Asked): readonly Said[] => [
    ...files.flatMap((file) => [green(file), killed(file), finished(file)]),
    { ...done, takesTrials: true },
  ];
  expect((await run(open)).answering.ended).toEqual([0]);
  const second = { start: jestStart, testFiles: testFiles("b") };
  const { answering } = await run(
    (asked) => {
      const { job, files } = asked.request;
      if (job.kind !== "loop") return weak(asked);
      return [...files.flatMap((file) => [green(file), passed(file), finished(file)]), { ...done, takesTrials: true }];
    },
    { runners: [...placeOf("a"), second] },
  );
  // The second place's own process is asked for its trials.
  const processes = answering.asked.map(({ process, request }) => `${process} ${request.job.kind}`);
  expect([processes, answering.ended]).toEqual([
    ["0 loop", "1 loop", "2 trials", "1 trials"],
    [0, 2, 1],
  ]);
});

const listed: ListedMutant = {
  id: "1",
  path: repoPath("src/a.ts"),
  mutator: "Other",
  start: { line: 1, column: 1 },
  end: { line: 1, column: 7 },
  replacement: "",
};

test("mutants of a list that can not be compiled in are an error, which names the first", async () => {
  const answer = await run(weak, { listed: [listed] });
  const what = "usage: the mutant 1 of src/a.ts:1 replaces no code that can be switched";
  expect(told(answer)[1]).toEqual([what]);
  expect(answer.report.errors[0]?.hint).toBe("take it out of the list");
  expect(told(await run(weak, { listed: [listed, { ...listed, id: "2" }, { ...listed, id: "3" }] }))[1]).toEqual([
    `${what} (and 2 more)`,
  ]);
});

test("where nothing changed does anything at run time nobody is asked", async () => {
  const answer = await run(weak, { pairs: requestOf(1, "export type One = 1;\n").pairs });
  expect([told(answer), answer.answering.asked, answer.report.runtimeLines]).toEqual([[[], []], [], 0]);
});

/** `src/a.test.ts` kills the only mutant and executes half of its lines; `b` and `c` are run by a script beside. */
function beside(executed: readonly number[], more: Partial<MutationRequest> = {}): Promise<Answer> {
  const half: SessionEvent = { ...baseline, file: at("a"), executed, reached: [0] };
  return run(() => [half, killed(at("a")), finished(at("a")), done], {
    filesBeside: () => Promise.resolve(testFiles("b", "c")),
    ...more,
  });
}

test("what only other scripts run is not started, and may execute what nobody has", async () => {
  const answer = await beside([0]);
  expect([told(answer), answer.report.beside]).toEqual([
    [["killed"], []],
    ["src/b.test.ts", "src/c.test.ts"],
  ]);
  expect(answer.answering.asked.flatMap(({ request: { files } }) => files)).not.toContain(at("b"));
});

test("where nothing is left to be executed, or a test of the script is meant, other scripts do not matter", async () => {
  const filesBeside = () => expect.unreachable("no script is looked at");
  expect((await beside([0, 1], { filesBeside })).report.beside).toEqual([]);
  expect((await beside([0], { filesBeside: () => Promise.resolve(testFiles("a")) })).report.beside).toEqual([]);
  const runners = placeOf("a", "b");
  expect((await beside([0], { runners, patienceMs: 0 })).report.beside).toEqual(["src/c.test.ts"]);
  const loads = new Map([[repoPath("src/b.test.ts"), new Set<RunnerFiles[number]>()]]);
  expect((await beside([0], { loads })).report.beside).toEqual(["src/c.test.ts"]);
});
