import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import type { TaskOutcome } from "../model/finding.ts";
import { repoPath } from "../model/paths.ts";
import type { Host } from "../model/process.ts";
import { defaultMutators } from "./mutators/index.ts";
import type { MutationRequest } from "./request.ts";
import { answeringHost, loopsIn, type Answering, type Asked, type Said } from "./testing/answering-host.ts";
import { temporaryFolder } from "./testing/project.ts";
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

/** The same, where processes answer what they are asked. */
function askedOf(
  answer: (asked: Asked) => readonly Said[],
  more: {
    readonly request?: Partial<MutationRequest>;
    readonly former?: Partial<FormerTests>;
    readonly host?: Partial<Host>;
  } = {},
): { readonly outcome: Promise<TaskOutcome>; readonly answering: Answering } {
  const answering = answeringHost(answer, more.host);
  const whole = { ...request, ...more.request };
  const outcome = findWeakened(
    answering.host,
    whole,
    { ...former, runners: whole.runners, ...more.former },
    defaultMutators,
  );
  return { outcome, answering };
}

/** Of these files one kills the mutant, the others are outlived; fresh workers say the same. */
function killedBy(name: string): (asked: Asked) => readonly Said[] {
  return ({ request: { job, files, control } }) => {
    if (job.kind === "trials")
      return [
        ...job.trials.flatMap((trial): Said[] => [{ ...outlived, ...trial, hits: trial.mutant === control ? 0 : 1 }]),
        done,
      ];
    const said: Said[] = [];
    for (const each of files) {
      const isKiller = each.endsWith(name);
      said.push(
        { ...reaching, file: each },
        { ...(isKiller ? failed : outlived), file: each },
        { kind: "finished", file: each },
      );
      if (isKiller) break;
    }
    return [...said, done];
  };
}

test("what noticed mutants before is asked first now, and what is noticed before needs no proof", async () => {
  const testFiles = ["src/x.test.ts", "src/y.test.ts"].map((path) => repoPath(path));
  const runners = request.runners.map(({ start }) => ({ start, testFiles }));
  const { outcome, answering } = askedOf(killedBy("y.test.ts"), { request: { runners } });
  expect(await outcome).toMatchObject({ status: "passed", note: "1 mutant is noticed as before" });
  expect(
    answering.asked.map(({ request: asked }) => asked.files.map((each) => each.slice("/repo/src/".length))),
  ).toEqual([
    ["x.test.ts", "y.test.ts"],
    ["y.test.ts", "x.test.ts"],
  ]);
  expect(loopsIn(answering).map(({ isSample }) => isSample)).toEqual([true, false]);
});

test("the former tests are read in the place of the present ones, and then the present ones", async () => {
  const texts = { [file]: "as it was" };
  const { outcome, answering } = askedOf(killedBy("a.test.ts"), { former: { texts } });
  await outcome;
  expect(answering.asked.map(({ request: { sources } }) => sources[file])).toEqual(["as it was", undefined]);
});

test("tests that are gone are run in a copy of the repository, in which they are there again", async () => {
  const root = temporaryFolder("assay-weakened-");
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/a.ts"), "as it is");
  const gone = repoPath("test/gone.test.ts");
  const found: unknown[] = [];
  const { outcome } = askedOf(
    (asked) => {
      const { repository, sources } = asked.request;
      const read = (path: string): string => readFileSync(join(repository, path), "utf8");
      if (repository !== root)
        found.push(
          read("src/a.ts"),
          read(gone),
          Object.keys(sources).map((path) => relative(repository, path)),
        );
      return killedBy("gone.test.ts")(asked);
    },
    {
      request: {
        root,
        files: [repoPath("src/a.ts")],
        runners: request.runners.map(({ start }) => ({ start, testFiles: [gone] })),
      },
      former: { files: new Set([gone]), gone: [gone], texts: { [join(root, gone)]: "as it was" } },
    },
  );
  expect(await outcome).toMatchObject({ status: "passed" });
  expect(found).toEqual(["as it is", "as it was", ["src/a.ts"]]);
});

test("a run that is over before all is known leaves the rest to the next one", async () => {
  const deferred = { status: "deferred", remaining: "what the tests of the base noticed" };
  for (const stopping of [0, 1]) {
    const aborting = new AbortController();
    const { outcome } = askedOf(
      (asked) => {
        if (asked.process === stopping) aborting.abort();
        return killedBy("a.test.ts")(asked);
      },
      { host: { signal: aborting.signal } },
    );
    expect(await outcome).toEqual(deferred);
  }
});

test("several mutants are counted", async () => {
  const pairs = requestOf(1, "export const one = () => 1;\nexport const two = () => 2;\n").pairs;
  const both = ({ request: { job, files } }: Asked, outcome: typeof failed | typeof outlived): readonly Said[] =>
    job.kind === "trials"
      ? [...job.trials.flatMap((trial): Said[] => [{ ...outlived, ...trial }]), done]
      : [
          ...files.flatMap((each): Said[] => [
            { ...reaching, file: each, executed: [0, 1, 2, 3], reached: [0, 1] },
            ...[0, 1].flatMap((mutant): Said[] =>
              job.kind === "loop" && job.mutants.includes(mutant) ? [{ ...outcome, mutant }] : [],
            ),
            { kind: "finished", file: each },
          ]),
          done,
        ];
  expect(await askedOf((asked) => both(asked, failed), { request: { pairs } }).outcome).toEqual({
    status: "passed",
    note: "2 mutants are noticed as before",
  });
  expect(await askedOf((asked) => both(asked, outlived), { request: { pairs } }).outcome).toEqual({
    status: "passed",
    note: "they noticed none of 2 mutants before",
  });
});

test("a mutant that ended the process has no test that could be named", async () => {
  const dying = ({ process, request: { job, files } }: Asked): readonly Said[] => {
    if (job.kind === "trials") return [...job.trials.flatMap((trial): Said[] => [{ ...outlived, ...trial }]), done];
    if (process > 1)
      return [
        ...files.flatMap((each): Said[] => [{ ...reaching, file: each }, outlived, { kind: "finished", file: each }]),
        done,
      ];
    return process === 0
      ? [
          reaching,
          { ...failed, outcome: "timeout", failure: { test: null, message: "late" } },
          { kind: "finished", file },
          done,
        ]
      : [reaching, outlived, { kind: "finished", file }, done];
  };
  expect(await askedOf(dying).outcome).toMatchObject({
    status: "failed",
    findings: [
      {
        message:
          "it noticed `… const one = () => 1;` → `… const one = () => 0;` in src/a.ts:1 before this change, and no test does now; restore what it asserted",
      },
    ],
  });
});
