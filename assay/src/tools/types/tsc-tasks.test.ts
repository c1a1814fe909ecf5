// What the compiler is asked and what is made of its answer, without starting it.
import { expect, test } from "vitest";
import type { Task } from "../../model/check.ts";
import { repoPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { unaffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { answered } from "../testing/answering-host.ts";
import { changedFiles, changeOf, labelsOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { everything, plans, show } from "../testing/test-host.ts";
import type { Selection } from "../tool.ts";
import { tsc } from "./tsc.ts";

type Files = Readonly<Record<string, object | string>>;

const compiler = { "node_modules/typescript/package.json": '{ "version": "5.9.3", "bin": { "tsc": "bin/tsc" } }' };

function workspaceOf(files: Files): Workspace {
  const texts = Object.entries({ ...compiler, ...files }).map(([path, text]): [string, string] => [
    path,
    typeof text === "string" ? text : JSON.stringify(text),
  ]);
  return temporaryWorkspace(Object.fromEntries(texts));
}

const scripts = (types: string): object => ({ scripts: { types }, devDependencies: { typescript: "5" } });
const one: Files = {
  "package.json": scripts("tsc"),
  "tsconfig.json": { include: ["src"] },
  "src/a.ts": "",
  "b.ts": "",
};
const three: Files = {
  ".gitignore": "out",
  "package.json": scripts("tsc -b a b c"),
  "a/tsconfig.json": { compilerOptions: { outDir: "out" } },
  "b/tsconfig.json": { compilerOptions: { outDir: "out" }, references: [{ path: "../a" }] },
  "c/tsconfig.json": { compilerOptions: { outDir: "out" }, references: [{ path: "../b" }] },
  "a/x.ts": "",
  "b/y.ts": "",
  "c/z.ts": "",
};

/** The arguments of each start of the compiler, without what keeps its words readable. */
async function called(files: Files, selection: Selection = everything): Promise<readonly string[]> {
  const { commands } = await answered(tsc, workspaceOf(files), () => ({}), selection);
  return commands.map(({ args }) => args.slice(1).join(" ").replace(" --pretty false", ""));
}

test("a project is checked without output, projects that refer to each other are built", async () => {
  expect(await called(one)).toEqual(["-p tsconfig.json --noEmit"]);
  expect(await called({ ...one, "package.json": scripts("tsc -p . --strict") })).toEqual([
    "-p tsconfig.json --noEmit --strict true",
  ]);
  expect(await called(three)).toEqual(["-b c/tsconfig.json b/tsconfig.json a/tsconfig.json"]);
  expect(await called({ ...three, "package.json": "{}", "b/package.json": scripts("tsc -p ../a") })).toEqual([
    "-p ../a/tsconfig.json --noEmit",
  ]);
});

test("the compiler runs in its folder, without colours and with the variables of its script", async () => {
  const workspace = workspaceOf({ ...one, "package.json": "{}", "p/package.json": scripts("A=1 tsc -p ..") });
  const { commands } = await answered(tsc, workspace);
  expect(commands).toMatchObject([
    { cwd: `${workspace.root}/p`, env: { NO_COLOR: "1", FORCE_COLOR: undefined, A: "1" } },
  ]);
  expect(commands[0]?.args.slice(-2)).toEqual(["--pretty", "false"]);
});

test("what a project remembers of its last build goes elsewhere, a place for each", async () => {
  const memory = async (compilerOptions: object, types = "tsc"): Promise<string> => {
    const files = { ...one, "package.json": scripts(types), "tsconfig.json": { compilerOptions } };
    const [, file = ""] = / --tsBuildInfoFile .*\/(\w+)\.tsbuildinfo$/u.exec((await called(files))[0] ?? "") ?? [];
    return file;
  };
  const files = [
    await memory({ incremental: true }),
    await memory({ composite: true }),
    await memory({ incremental: true }, "tsc --strict"),
  ];
  expect(files.map((file) => file.length)).toEqual([16, 16, 16]);
  expect([files[0] === files[1], files[0] === files[2]]).toEqual([true, false]);
  expect([await memory({}), await memory({ incremental: false })]).toEqual(["", ""]);
  const built = { ...three, "a/tsconfig.json": { compilerOptions: { outDir: "out", composite: true } } };
  expect((await called(built))[0]).not.toContain("--tsBuildInfoFile");
});

test("a run is named after its project, or how many there are", async () => {
  expect(await tsc.detect(workspaceOf(one))).toMatchObject([{ tool: "tsc", dir: "", version: "5.9.3", install: null }]);
  expect(await labelsOf(tsc, workspaceOf(one))).toEqual(["tsc tsconfig.json"]);
  expect(await labelsOf(tsc, workspaceOf(three))).toEqual(["tsc of 3 projects"]);
});

test("a change selects the projects that have its files, and those that refer to them, however far", async () => {
  const labels = (selection: Selection): Promise<readonly string[]> => labelsOf(tsc, workspaceOf(three), selection);
  expect(await labels(changedFiles(["c/z.ts"]))).toEqual(["tsc c/tsconfig.json"]);
  expect(await labels(changedFiles(["b/y.ts"]))).toEqual(["tsc of 2 projects"]);
  expect(await labels(changedFiles(["a/x.ts"]))).toEqual(["tsc of 3 projects"]);
  expect(await labels(changedFiles(["README.md", "a/out/x.ts"]))).toEqual([]);
  expect(await labels(changedFiles(["c/tsconfig.json"]))).toEqual(["tsc c/tsconfig.json"]);
  expect(await labels(changedFiles([], ["c"]))).toEqual(["tsc c/tsconfig.json"]);
});

test("a folder all of whose files count selects the projects in it and around it", async () => {
  const labels = async (dir: string): Promise<readonly string[]> => {
    const affected = { ...unaffected, whole: new Map([[repoPath(dir), "it is new"]]) };
    return labelsOf(tsc, workspaceOf(three), { kind: "affected", change: null, affected, inScope: () => false });
  };
  expect(await labels("c")).toEqual(["tsc c/tsconfig.json"]);
  expect(await labels("c/deep")).toEqual(["tsc c/tsconfig.json"]);
  expect(await labels("")).toEqual(["tsc of 3 projects"]);
  expect(await labels("d")).toEqual([]);
});

async function taskOf(files: Files, selection: Selection = everything): Promise<Task | undefined> {
  return plans(await tsc.detect(workspaceOf(files)), selection)[0];
}

test("what an outcome depends on is the compiler, how it is called and everything that it may read", async () => {
  const task = await taskOf({ ...one, "package.json": scripts("A=1 tsc") });
  expect([task?.cost, task?.replay]).toEqual([
    "medium",
    {
      facts: [
        "tsc",
        "5.9.3",
        process.version,
        "",
        '{"A":"1"}',
        "/node_modules/typescript/bin/tsc",
        "-p",
        "tsconfig.json",
        "--noEmit",
        "--pretty",
        "false",
      ],
      inputs: { kind: "dirs", dirs: [""] },
    },
  ]);
});

/** What a run comes to that ends like this. */
async function judged(
  files: Files,
  ended: Partial<ProcessOutcome>,
  selection = everything,
): Promise<readonly string[]> {
  const { outcomes } = await answered(tsc, workspaceOf(files), () => ended, selection);
  return outcomes.flatMap((outcome) => {
    if (outcome.status === "skipped") return [`skipped ${outcome.reason}`];
    return outcome.status === "passed" ? [`passed ${outcome.note ?? ""}`] : show(outcome);
  });
}

const printed = (...paths: readonly string[]): string => paths.map((path) => `${path}(1,1): error TS1: x\n`).join("");

test("errors and the exit code have to agree", async () => {
  expect(await judged(one, {})).toEqual(["passed "]);
  expect(await judged(one, { exitCode: 2, stdout: printed("src/a.ts") })).toEqual(["failed src/a.ts:1 x (TS1)"]);
  expect(await judged(one, { exitCode: 1, stdout: "error TS18003: none\n" })).toEqual([
    "failed tsconfig.json:- none (TS18003)",
  ]);
  expect(await judged(one, { stdout: printed("src/a.ts") })).toEqual([
    "errored tool-failed: tsc reports errors and ends with exit code 0",
  ]);
  expect(await judged(one, { exitCode: 1, stderr: "out of memory" })).toEqual([
    "errored tool-failed: tsc ended with exit code 1: out of memory",
  ]);
  expect(await judged(one, { timedOut: true })).toEqual(["deferred"]);
});

test("what tells of the checkout alone is no verdict, and of a guess not even an error", async () => {
  const unbuilt = { exitCode: 1, stdout: "src/a.ts(1,1): error TS6305: Output file 'x' has not been built\n" };
  const said = "src/a.ts refers to a project that has not been built: Output file 'x' has not been built (TS6305)";
  expect(await judged(one, unbuilt)).toEqual([`errored tool-failed: ${said}`]);
  const guess = { ...one, "package.json": { devDependencies: { typescript: "5" } } };
  expect(await judged(guess, unbuilt)).toEqual([`skipped ${said}; no script checks types`]);
});

const guess: Files = {
  "package.json": { devDependencies: { typescript: "5" } },
  "tsconfig.json": {},
  "a.ts": "",
  "b.ts": "",
};

test("of a guess the errors count that a change reaches, all where the change is seen everywhere", async () => {
  const both = { exitCode: 1, stdout: printed("a.ts", "b.ts") };
  const of = (...paths: readonly string[]): Promise<readonly string[]> =>
    judged(guess, both, { kind: "all", change: changeOf(paths) });
  expect(await of("a.ts")).toEqual(["failed a.ts:1 x (TS1)"]);
  expect(await judged(guess, both)).toHaveLength(2);
  for (const path of ["x.d.ts", "d/x.d.mts", "tsconfig.json", "d/tsconfig.build.json", "jsconfig.json"])
    expect([path, (await of("c.ts", path)).length]).toEqual([path, 2]);
  for (const path of ["xd.ts", "x.d.tsx", "my-tsconfig.json", "tsconfig.js", "tsconfig.json.bak"])
    expect([path, await of(path)]).toEqual([
      path,
      ["passed 2 type errors in files that the change does not reach; no script checks tsconfig.json"],
    ]);
  const alone = { exitCode: 1, stdout: printed("a.ts") };
  expect(await judged(guess, alone, { kind: "all", change: changeOf(["c.ts"]) })).toEqual([
    "passed 1 type error in files that the change does not reach; no script checks tsconfig.json",
  ]);
  const nowhere = { exitCode: 1, stdout: printed("/elsewhere/a.ts", "b.ts") };
  expect(await judged(guess, nowhere, { kind: "all", change: changeOf(["b.ts"]) })).toEqual(["failed b.ts:1 x (TS1)"]);
});

test("a compiler that is not installed, and one that only Yarn can run, plans nothing", async () => {
  const missing = temporaryWorkspace({
    "package.json": JSON.stringify(scripts("tsgo")),
    "tsconfig.json": "{}",
    "a.ts": "",
  });
  const [detection] = await tsc.detect(missing);
  expect(detection).toMatchObject({
    tool: "tsgo",
    role: "types",
    version: null,
    install: "npm install --save-dev @typescript/native-preview",
    evidence: '"types": "tsgo"',
  });
  expect(detection?.plan(everything)).toEqual([]);
  expect(await tsc.detect({ ...workspaceOf({ ...one, ".pnp.cjs": "" }), manager: "yarn" })).toEqual([]);
});
