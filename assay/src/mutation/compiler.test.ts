import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Mutant } from "../model/mutant.ts";
import { Compiler, type CompilerVerdict } from "./compiler.ts";
import type { CompilerPlace, MutationRequest } from "./request.ts";
import { answeringHost, type Answering, type Said } from "./testing/answering-host.ts";
import { pairOf } from "./testing/project.ts";
import { done, requestOf } from "./testing/scripted-session.ts";
import type { TypesJob } from "./worker/protocol.ts";

const texts = { "src/a.ts": "one(1);", "src/b.ts": "two(2);" };

/** Replaces the number. */
function mutantOf(path: keyof typeof texts, replacement: string): Mutant {
  const common = { line: 1, start: 4, end: 5, form: "value", mutator: "number-constant", original: "" } as const;
  return { id: `${path} ${replacement}`, path: repoPath(path), replacement, ...common };
}

const [first, second, other] = [mutantOf("src/a.ts", "3"), mutantOf("src/a.ts", "4"), mutantOf("src/b.ts", "5")];

function placeOf(path: string, config = "tsconfig.json"): CompilerPlace {
  return { path: repoPath(path), config: repoPath(config), compilerDir: "/repo/node_modules/typescript" };
}

interface Opened {
  readonly compiler: Compiler;
  readonly answering: Answering;
  /** Which files it was asked for places of. */
  readonly placed: (readonly string[])[];
}

/** A compiler that says of each mutant what it is given by its replacement, and nothing of others. */
function open(said: Readonly<Record<string, "refused" | "accepted">>, places: readonly CompilerPlace[]): Opened {
  const placed: (readonly string[])[] = [];
  const request: MutationRequest = {
    ...requestOf(),
    pairs: Object.entries(texts).map(([path, text]) => pairOf(path, null, text)),
    compilersOf(paths) {
      placed.push(paths);
      return Promise.resolve(places);
    },
  };
  const answering = answeringHost(({ request: { job } }) => {
    if (job.kind !== "types") throw new Error("no tests are run here");
    const ids = job.programs.flatMap(({ variants }) => variants.map(({ id }) => id));
    const heard = ids.flatMap((id): Said[] => {
      const kind = said[id.slice(-1)];
      return kind === undefined ? [] : [{ kind, id }];
    });
    return [...heard, done];
  });
  return { compiler: new Compiler(answering.host, request), answering, placed };
}

const jobsOf = ({ answering }: Opened): readonly TypesJob[] =>
  answering.asked.flatMap(({ request: { job } }) => (job.kind === "types" ? [job] : []));

function namesOf({ refused, accepted }: CompilerVerdict): unknown {
  return { refused: [...refused].toSorted(), accepted: [...accepted].toSorted() };
}

test("the compiler is given each text with its edit, once for every project that holds the file", async () => {
  const places = [placeOf("src/a.ts"), placeOf("src/b.ts"), placeOf("src/b.ts", "tsconfig.other.json")];
  const opened = open({ 3: "refused", 4: "accepted", 5: "accepted" }, places);
  expect(namesOf(await opened.compiler.judge([first, second, other]))).toEqual({
    refused: [first.id],
    accepted: [second.id, other.id],
  });
  const variant = ({ id, path }: Mutant, text: string): object => ({ id, file: `/repo/${path}`, text });
  const compilerDir = "/repo/node_modules/typescript";
  expect(jobsOf(opened)).toEqual([
    {
      kind: "types",
      onlyAtOnce: false,
      programs: [
        {
          compilerDir,
          config: "/repo/tsconfig.json",
          variants: [variant(first, "one((3));"), variant(second, "one((4));"), variant(other, "two((5));")],
        },
        { compilerDir, config: "/repo/tsconfig.other.json", variants: [variant(other, "two((5));")] },
      ],
    },
  ]);
  expect([opened.placed, opened.answering.ended]).toEqual([[["src/a.ts", "src/b.ts"]], [0]]);
});

test("what no project holds no compiler refuses, and where none is held no process is started", async () => {
  const opened = open({ 3: "refused" }, [placeOf("src/a.ts")]);
  expect(namesOf(await opened.compiler.judge([first, other]))).toEqual({ refused: [first.id], accepted: [other.id] });
  const none = open({}, []);
  expect(namesOf(await none.compiler.judge([first]))).toEqual({ refused: [], accepted: [first.id] });
  expect(none.answering.asked).toEqual([]);
});

test("what the compiler says nothing of is neither", async () => {
  const opened = open({ 3: "accepted" }, [placeOf("src/a.ts")]);
  expect(namesOf(await opened.compiler.judge([first, second]))).toEqual({ refused: [], accepted: [first.id] });
});

test("without survivors nothing is asked, and what is still looked at is not waited for", async () => {
  const { compiler, answering, placed } = open({}, [placeOf("src/a.ts")]);
  expect(namesOf(await compiler.judge([]))).toEqual({ refused: [], accepted: [] });
  expect([answering.asked, placed]).toEqual([[], []]);
});

test("what was asked about early is not asked again, and what it said nothing of is", async () => {
  const opened = open({ 3: "refused", 4: "accepted" }, [placeOf("src/a.ts"), placeOf("src/b.ts")]);
  opened.compiler.begin([first, second, other]);
  // Once is enough.
  opened.compiler.begin([first]);
  expect(namesOf(await opened.compiler.judge([first, second, other]))).toEqual({
    refused: [first.id],
    accepted: [second.id],
  });
  const asked = jobsOf(opened).map(({ onlyAtOnce, programs }) => [
    onlyAtOnce,
    programs.flatMap(({ variants }) => variants.map(({ id }) => id)),
  ]);
  expect(asked).toEqual([
    [true, [first.id, second.id, other.id]],
    [false, [other.id]],
  ]);
});

test("of more than a hundred mutants nobody asks early", async () => {
  const many = (count: number): Mutant[] =>
    Array.from({ length: count }, (_, index) => ({ ...first, id: `${index} of many` }));
  const opened = open({}, [placeOf("src/a.ts")]);
  opened.compiler.begin(many(101));
  expect(opened.placed).toEqual([]);
  opened.compiler.begin(many(100));
  await opened.compiler.judge([first]);
  expect(jobsOf(opened).map(({ programs }) => programs[0]?.variants.length)).toEqual([100, 1]);
});

test("what goes wrong early is found out again when it matters", async () => {
  const broken: MutationRequest = { ...requestOf(), compilersOf: () => Promise.reject(new Error("no compiler")) };
  const compiler = new Compiler(answeringHost(() => [done]).host, broken);
  compiler.begin([first]);
  expect(namesOf(await compiler.judge([]))).toEqual({ refused: [], accepted: [] });
  await expect(compiler.judge([first])).rejects.toThrow("no compiler");
});

test("once it is closed nothing is looked at any more", async () => {
  const opened = open({}, [placeOf("src/a.ts")]);
  opened.compiler.begin([first]);
  opened.compiler.close();
  await opened.compiler.judge([]);
  expect(opened.answering.asked).toEqual([]);
  const running = open({}, [placeOf("src/a.ts")]);
  running.compiler.begin([first]);
  await expect.poll(() => running.answering.asked.length).toBe(1);
  running.compiler.close();
  expect(running.answering.ended[0]).toBe(0);
});

test("a run that is over asks nothing", async () => {
  const { host, asked } = answeringHost(() => [done], { signal: AbortSignal.abort() });
  const request = { ...requestOf(), compilersOf: () => Promise.resolve([placeOf("src/a.ts")]) };
  expect(namesOf(await new Compiler(host, request).judge([first]))).toEqual({ refused: [], accepted: [] });
  expect(asked).toEqual([]);
});
