// A command that can run some test files alone is asked for the nearest first, and for the one that failed as a proof.
import { join } from "node:path";
import { expect, test } from "vitest";
import { control, mutateScripted, reaching, type Asked, type Ended, type Script } from "../testing/scripted-command.ts";
import type { Fact } from "./facts.ts";
import type { MutationReport } from "../report.ts";
import type { FileLine, ReportLine } from "../../tools/runners/test-report.ts";

const all = ["test/a.test.js", "test/b.test.js"];
const end: ReportLine = { kind: "end", complete: true, errors: [] };

/** A run of these files, in which one may fail. */
function ran({ copy }: Asked, files: readonly string[], failing?: string, more: Ended = {}): Ended {
  const lines = files.map((file): FileLine => {
    const failure = { name: "is one", message: "not one", stack: "", file: join(copy, file), line: null };
    const failures = file === failing ? [failure] : [];
    const counts = { passed: 1 - failures.length, failed: failures.length, skipped: 0, todo: 0 };
    return { kind: "file", file: join(copy, file), ...counts, failures };
  });
  return { exitCode: failing === undefined ? 0 : 1, report: [...lines, end], ...more };
}

interface Given {
  /** How long a run of all files takes, and how long one of some. */
  readonly ms?: readonly [all: number, some: number];
  readonly run?: (asked: Asked, usual: Ended) => Ended;
  readonly testFiles?: readonly string[];
  readonly takesFiles?: boolean;
}

interface Answer {
  readonly verdict: string;
  readonly killedBy: unknown;
  readonly nearest: unknown;
  /** `mutant files`, for each run. */
  readonly runs: readonly string[];
  readonly commands: MutationReport["commands"];
}

async function tried({
  ms = [3000, 300],
  run = (_, usual) => usual,
  testFiles = all,
  takesFiles = true,
}: Given): Promise<Answer> {
  const runs: string[] = [];
  const script: Script = {
    testFiles,
    command: { takesFiles },
    run: (asked) => {
      const files = asked.files ?? all;
      const mutant = asked.mutant === control ? "control" : String(asked.mutant);
      runs.push(`${mutant} ${asked.files?.join(" ") ?? "all"}`);
      return run(asked, ran(asked, files, undefined, { durationMs: asked.files === null ? ms[0] : ms[1] }));
    },
  };
  const { mutants, errors, commands } = await mutateScripted(script);
  const [mutant] = mutants;
  const verdict = errors[0]?.message ?? mutant?.status ?? "none";
  return { verdict, killedBy: mutant?.killedBy, nearest: mutant?.nearest, runs, commands };
}

const [near = "", far = ""] = all;

test("what the nearest files notice is settled by them, with a proof by the one that failed", async () => {
  const answer = await tried({
    testFiles: [near],
    run: (asked, usual) => (asked.mutant === 0 ? ran(asked, asked.files ?? all, near) : usual),
  });
  expect(answer).toMatchObject({ verdict: "killed", killedBy: { file: near, test: "is one" } });
  expect(answer.runs).toEqual(["null all", `null ${near}`, `0 ${near}`, `control ${near}`]);
});

test("what outlives the nearest files is left to all", async () => {
  const answer = await tried({ testFiles: [near] });
  expect(answer).toMatchObject({ verdict: "survived", nearest: { file: near } });
  expect(answer.runs).toEqual(["null all", `null ${near}`, `0 ${near}`, "0 all"]);
});

test("nearest files that contradict themselves leave the question to all", async () => {
  const answer = await tried({
    testFiles: [near],
    run: (asked, usual) => (asked.files !== null && asked.mutant !== null ? ran(asked, asked.files, near) : usual),
  });
  expect([answer.verdict, answer.runs.at(-1)]).toEqual(["survived", "0 all"]);
});

const hardly: Given = { testFiles: [near] };

test.each<readonly [string, Given]>([
  ["the command takes no files", { ...hardly, takesFiles: false }],
  ["all of them are quick", { ...hardly, ms: [1499, 10] }],
  ["no file is known to be near", { testFiles: [] }],
  ["the near ones are all that there are", { testFiles: all }],
  ["the runner does not count them among its tests", { testFiles: ["test/helper.js"] }],
])("the nearest files are not run alone where %s", async (_why, given) => {
  expect((await tried(given)).runs).toEqual(["null all", "0 all"]);
});

test.each<readonly [string, Given]>([
  ["that takes nearly as long", { ...hardly, ms: [3000, 2100] }],
  ["they fail alone", { ...hardly, run: (asked, usual) => (asked.files === null ? usual : ran(asked, [near], near)) }],
  [
    "other files are run with them",
    { ...hardly, run: (asked, usual) => (asked.files === null ? usual : ran(asked, all)) },
  ],
  [
    "nobody says what is run",
    { ...hardly, run: (asked, usual) => (asked.files === null ? usual : { durationMs: 10 }) },
  ],
])("nearest files are not asked about mutants where %s", async (_why, given) => {
  expect((await tried(given)).runs).toEqual(["null all", `null ${near}`, "0 all"]);
});

/** All tests together do not pass; near ones do. */
const redTogether = (asked: Asked, usual: Ended): Ended =>
  asked.files === null ? ran(asked, all, far) : asked.mutant === 0 ? ran(asked, asked.files, near) : usual;

test.each<readonly [string, Ended]>([
  ["are red", { exitCode: 1 }],
  ["take too long", { timedOut: true, exitCode: null }],
])("where all tests %s, the nearest files may settle everything", async (_what, together) => {
  const answer = await tried({
    testFiles: [near],
    run: (asked, usual) => ({ ...redTogether(asked, usual), ...(asked.files === null ? together : {}) }),
  });
  expect(answer).toMatchObject({ verdict: "killed", killedBy: { file: near, test: "is one" } });
  expect(answer.runs.filter((run) => run !== "null all")).toEqual([`null ${near}`, `0 ${near}`, `control ${near}`]);
  expect(answer.commands).toMatchObject([{ label: "npm run test", durationMs: 300 }]);
});

test.each<readonly [string, Given]>([
  ["they let a mutant pass", { run: (asked, usual) => (asked.files === null ? ran(asked, all, far) : usual) }],
  [
    "they leave a line unexecuted",
    { run: (asked, usual) => ({ ...redTogether(asked, usual), facts: someFacts(asked) }) },
  ],
  ["they fail", { run: (asked) => ran(asked, asked.files ?? all, near) }],
  ["no file is known to be near", { testFiles: [], run: redTogether }],
  ["the command takes no files", { takesFiles: false, run: redTogether }],
])("where all tests are red there is no verdict if %s", async (_why, given) => {
  const answer = await tried({ testFiles: [near], ...given });
  expect(answer.verdict).toMatch(/^`npm run test` fails.* without any mutant, in a copy/);
  expect(answer.commands).toEqual([]);
});

function someFacts({ mutant }: Asked): readonly Fact[] {
  const some: readonly Fact[] = reaching.filter(([kind, number]) => kind !== "executed" || number === 0);
  return mutant === 0 ? [...some, ["hit"]] : some;
}

test("at a length of a second and a half, and with less than seven tenths of it, it is worth it", async () => {
  expect((await tried({ ...hardly, ms: [1500, 1049] })).runs).toContain(`0 ${near}`);
});

test("a kill by a test whose file is known is proven by that file alone", async () => {
  const answer = await tried({
    testFiles: [],
    run: (asked, usual) => (asked.mutant === 0 ? ran(asked, all, far) : usual),
  });
  expect(answer).toMatchObject({ verdict: "killed", killedBy: { file: far, test: "is one" } });
  expect(answer.runs).toEqual(["null all", "0 all", `control ${far}`]);
});

test.each<readonly [string, (asked: Asked, usual: Ended) => Ended]>([
  ["does not execute the mutant's place alone", (_asked, usual) => ({ ...usual, facts: [["loaded", 0]] })],
  ["fails alone", (asked) => ran(asked, [far], far)],
  ["is not run alone", (asked) => ran(asked, [near])],
  ["asks the switch by itself", (_asked, usual) => ({ ...usual, facts: [...reaching, ["hit"]] })],
])("where a file %s, all of the tests are the proof", async (_what, alone) => {
  const answer = await tried({
    testFiles: [],
    run: (asked, usual) => {
      if (asked.mutant === 0) return ran(asked, all, far);
      return asked.files === null ? usual : alone(asked, usual);
    },
  });
  expect([answer.verdict, answer.runs.slice(2)]).toEqual(["killed", [`control ${far}`, "control all"]]);
});

test("a file that was not among those without a mutant, and one of a run that does not end, prove nothing alone", async () => {
  const unknown = await tried({
    testFiles: [],
    run: (asked, usual) => {
      if (asked.mutant === 0) return ran(asked, all, far);
      return asked.mutant === null ? ran(asked, [near], undefined, { durationMs: 10 }) : usual;
    },
  });
  const late = await tried({
    testFiles: [],
    run: (asked, usual) =>
      asked.mutant === 0 ? ran(asked, all, far, { timedOut: true, exitCode: null }) : { ...usual, durationMs: 10 },
  });
  expect([unknown.runs.slice(2), late.verdict, late.runs.slice(2)]).toEqual([
    ["control all"],
    "timeout",
    ["control all"],
  ]);
});
