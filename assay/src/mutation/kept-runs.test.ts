// What is remembered of a run: which files and mutants the next one asks about, and what it says without asking.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Memory } from "../model/process.ts";
import type { MutationReport } from "./report.ts";
import type { MutationRequest } from "./request.ts";
import { runMutation } from "./run.ts";
import { answeringHost, type Asked, type Said } from "./testing/answering-host.ts";
import { pairOf, temporaryFolder, typescript5, vitestStart } from "./testing/project.ts";
import { baseline, done, outlived, requestOf } from "./testing/scripted-session.ts";

const two = "export const one = () => 1;\nexport const two = () => 2;\n";
const suite =
  'import { test } from "vitest";\nimport { one } from "./a.ts";\ntest("one", () => expect(one()).toBe(1));\n';

/** By a file's name the mutants that it kills, or that it fails without any; it outlives the others. */
type Kills = Readonly<Record<string, readonly number[] | "fails">>;

interface Ran {
  readonly report: MutationReport;
  readonly verdicts: readonly string[];
  /** `loop a b`, `trials 0 a`, `types 1`: what processes were asked. */
  readonly asked: readonly string[];
}

interface Repository {
  readonly edit: (path: string, text: string) => void;
  readonly run: (
    kills: Kills,
    more?: Partial<MutationRequest>,
    source?: string,
    reached?: readonly number[],
  ) => Promise<Ran>;
  /** Files that are not what they were. */
  outdated: ReadonlySet<string>;
  /** Files that see one that is not what it was. */
  seeing: ReadonlySet<string>;
}

function repository(files: readonly string[] = ["a", "b"]): Repository {
  const root = temporaryFolder("assay-kept-");
  mkdirSync(join(root, "src"));
  for (const name of files) writeFileSync(join(root, `src/${name}.test.ts`), suite);
  let kept: string | undefined;
  const self: Repository = {
    outdated: new Set(),
    seeing: new Set(),
    edit(path, text) {
      writeFileSync(join(root, path), text);
      self.outdated = new Set([path]);
    },
    async run(kills, more = {}, source = two, reached = [0, 1]) {
      const memory: Memory = {
        recall: () =>
          kept === undefined
            ? undefined
            : {
                value: JSON.parse(kept) as unknown,
                isOutdated: (path) => self.outdated.has(path) || self.seeing.has(path),
                seesOutdated: (path) => self.seeing.has(path),
              },
        keep: (_name, value) => void (kept = JSON.stringify(value)),
      };
      const { host, asked } = answeringHost((each) => answer(each, kills, reached), { memory: () => memory });
      const testFiles = files.map((name) => repoPath(`src/${name}.test.ts`));
      const pairs = [pairOf("src/a.ts", null, source)];
      const runners = [{ start: vitestStart, testFiles }];
      const report = await runMutation(host, { ...requestOf(), root, pairs, runners, ...more });
      return { report, verdicts: report.mutants.map(({ status }) => status), asked: asked.map(inWords) };
    },
  };
  return self;
}

const nameOf = (file: string): string => file.replace(/^.*\/(.*)\.test\.ts$/, "$1");

function answer(
  { request: { job, files, control } }: Asked,
  kills: Kills,
  reached: readonly number[],
): readonly Said[] {
  if (job.kind === "types") {
    const ids = job.programs.flatMap(({ variants }) => variants.map(({ id }) => id));
    return [...ids.map((id, index): Said => ({ kind: index === 0 ? "refused" : "accepted", id })), done];
  }
  const tried = (file: string, mutant: number | null): Said => {
    const isKill = isKilled(kills, file, mutant);
    const failure = isKill ? { test: "one", message: "not one" } : null;
    return {
      ...outlived,
      mutant,
      file,
      outcome: isKill ? "failed" : "passed",
      failure,
      hits: mutant === control ? 0 : 1,
    };
  };
  if (job.kind === "trials") return [...job.trials.map(({ file, mutant }) => tried(file, mutant)), done];
  const alive = new Set(job.mutants);
  const said: Said[] = [];
  for (const file of files) {
    if (alive.size === 0 && job.probes.length === 0) break;
    if (kills[nameOf(file)] === "fails") {
      const failure = { test: "one", message: "not one" };
      said.push({ ...baseline, file, failure, reached: [] }, { kind: "finished", file });
      continue;
    }
    said.push({ ...baseline, file, executed: [0, 1, 2, 3], reached });
    for (const mutant of reached) {
      const isSkipped = job.skip.some((skip) => skip.mutant === mutant && skip.file === file);
      if (!alive.has(mutant) || isSkipped) continue;
      said.push(tried(file, mutant));
      if (isKilled(kills, file, mutant)) alive.delete(mutant);
    }
    said.push({ kind: "finished", file });
  }
  return [...said, { kind: "starter", file: files[0] ?? "" }, done];
}

function isKilled(kills: Kills, file: string, mutant: number | null): boolean {
  const own = kills[nameOf(file)] ?? [];
  return own !== "fails" && mutant !== null && own.includes(mutant);
}

function inWords({ request: { job, files } }: Asked): string {
  if (job.kind === "loop") return `loop ${files.map(nameOf).join(" ")}`;
  if (job.kind === "types") return `types ${job.programs.flatMap(({ variants }) => variants).length}`;
  return `trials ${job.trials.map(({ mutant, file }) => `${String(mutant)} ${nameOf(file)}`).join(", ")}`;
}

const kills: Kills = { a: [0] };

test("where nothing is another than it was nobody is asked, and all is said again", async () => {
  const { run } = repository();
  const first = await run(kills);
  expect([first.verdicts, first.asked]).toEqual([
    ["killed", "survived"],
    ["loop a b", "trials 1 a, 1 b"],
  ]);
  const again = await run({ a: [0, 1] });
  expect([again.verdicts, again.asked]).toEqual([["killed", "survived"], []]);
  expect(again.report.mutants).toEqual(first.report.mutants);
  expect(again.report.processStarters).toEqual(["src/a.test.ts"]);
  expect([again.report.testFilesRun, again.report.uncovered]).toEqual([2, []]);
});

test("a file that is another is asked again, about what the others have not killed", async () => {
  const own = repository();
  await own.run(kills);
  own.outdated = new Set(["src/b.test.ts"]);
  const again = await own.run({ a: [], b: [1] });
  expect([again.verdicts, again.asked]).toEqual([["killed", "killed"], ["loop b"]]);
  own.outdated = new Set(["src/a.test.ts"]);
  own.edit("src/a.test.ts", suite.replace("toBe(1)", "toBeDefined()"));
  const weaker = await own.run({ b: [1] });
  expect([weaker.verdicts, weaker.asked]).toEqual([
    ["survived", "killed"],
    ["loop a", "loop b", "trials 0 a, 0 b"],
  ]);
});

test("a file that sees another one that was edited is asked again", async () => {
  const own = repository(["a"]);
  await own.run(kills);
  own.seeing = new Set(["src/a.test.ts"]);
  expect((await own.run({})).asked).toEqual(["loop a", "trials 0 a, 1 a"]);
});

test("what a file noticed it notices still when it was only added to, and it is asked about the rest", async () => {
  const own = repository(["a"]);
  await own.run(kills);
  own.edit("src/a.test.ts", `${suite}test("two", () => expect(one()).toBe(1));\n`);
  const more = await own.run({});
  expect([more.verdicts, more.asked]).toEqual([
    ["killed", "survived"],
    ["loop a", "trials 1 a"],
  ]);
  own.edit("src/a.test.ts", `${suite}one.skip = true;\n`);
  expect((await own.run({})).verdicts).toEqual(["survived", "survived"]);
});

test("another way to start the runner is another place, of which nothing is known", async () => {
  const { run } = repository(["a"]);
  await run(kills);
  const runners = [{ start: { ...vitestStart, args: ["--pool=forks"] }, testFiles: [repoPath("src/a.test.ts")] }];
  expect((await run(kills, { runners })).asked).toEqual(["loop a", "trials 1 a"]);
  // Both are known now.
  expect([(await run(kills, { runners })).asked, (await run(kills)).asked]).toEqual([[], []]);
});

test("files are asked about mutants and lines that there were not before, unless they do not load their source", async () => {
  const own = repository();
  const one = "export const one = () => 1;\n";
  await own.run({ a: [0] }, {}, one, [0]);
  const loads = new Map([
    [repoPath("src/a.test.ts"), new Set([repoPath("src/a.ts")])],
    [repoPath("src/b.test.ts"), new Set([repoPath("src/b.ts")])],
  ]);
  expect((await own.run({ a: [0, 1] }, { loads })).asked).toEqual(["loop a"]);
});

test("fewer mutants than before are no reason to ask, and what is known of the others stays", async () => {
  const { run } = repository(["a"]);
  await run(kills);
  const fewer = await run(kills, {}, "export const one = () => 1;\n");
  expect([fewer.verdicts, fewer.asked]).toEqual([["killed"], []]);
  expect((await run(kills)).asked).toEqual([]);
});

test("what the compiler has said it need not say again, until the file is another", async () => {
  const own = repository(["a"]);
  const path = repoPath("src/a.ts");
  const compilersOf = (): ReturnType<MutationRequest["compilersOf"]> =>
    Promise.resolve([{ path, config: repoPath("tsconfig.json"), compilerDir: typescript5 }]);
  const first = await own.run({}, { compilersOf });
  expect(first.verdicts).toEqual(["compile-error", "survived"]);
  expect(first.asked).toContain("types 2");
  const again = await own.run({}, { compilersOf });
  expect([again.verdicts, again.asked]).toEqual([["compile-error", "survived"], []]);
  own.outdated = new Set(["src/a.ts"]);
  expect((await own.run({}, { compilersOf })).asked.some((words) => words.startsWith("types"))).toBe(true);
});

test("what a file said before it was edited is forgotten, though nobody has asked it since", async () => {
  const own = repository();
  const both = { a: [0], b: [1] };
  await own.run(both);
  own.outdated = new Set(["src/b.test.ts"]);
  expect((await own.run(both, {}, "export const one = () => 1;\n")).asked).toEqual([]);
  own.outdated = new Set();
  expect((await own.run(both)).asked).toEqual(["loop b"]);
});

test("of a file that fails nothing is kept, and what others have said is", async () => {
  const { run } = repository();
  const red = await run({ a: "fails" });
  expect(red.report.errors.map(({ message }) => message)).toEqual([
    'src/a.test.ts "one" fails without any mutant: not one',
  ]);
  const green = await run(kills);
  expect([green.verdicts, green.asked]).toEqual([
    ["killed", "survived"],
    ["loop a", "trials 1 a, 1 b"],
  ]);
});

test("tests as they were at the base are neither remembered nor known", async () => {
  const { run } = repository(["a"]);
  const replay = { texts: {}, only: null, isSample: true };
  await run(kills, { replay });
  expect((await run(kills)).asked[0]).toBe("loop a");
  expect((await run(kills, { replay })).asked[0]).toBe("loop a");
});
