import { expect, test } from "vitest";
import type { Task } from "../../model/check.ts";
import { repoPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { unaffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { answered, installedInName } from "../testing/answering-host.ts";
import { changedFiles, changeOf, labelsOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { everything, plans, show } from "../testing/test-host.ts";
import type { ChangeFacts, Selection, Tool } from "../tool.ts";
import { biomeLint } from "./biome.ts";
import { eslint } from "./eslint.ts";
import { oxfmt } from "./oxfmt.ts";
import { oxlint } from "./oxlint.ts";
import { prettier } from "./prettier.ts";

const installed = { eslint: "9.1.0", oxlint: "1.2.0", prettier: "3.0.0", oxfmt: "1.0.0", "@biomejs/biome": "2.0.0" };

function workspaceOf(script: string, files: Readonly<Record<string, string>> = {}): Workspace {
  return installedInName({ "package.json": JSON.stringify({ scripts: { script } }), ...files }, installed);
}

async function taskOf(tool: Tool, workspace: Workspace, selection: Selection = everything): Promise<Task | undefined> {
  return plans(await tool.detect(workspace), selection)[0];
}

const files = { "a.ts": "", "b/c.ts": "", "b/d.ts": "", "README.md": "" };

test("work is named after the tool, its folder and how many files it is about", async () => {
  expect(await labelsOf(oxlint, workspaceOf("oxlint", files))).toEqual(["oxlint, 3 files"]);
  expect(await labelsOf(oxlint, workspaceOf("cd b && oxlint", files))).toEqual(["oxlint in b, 2 files"]);
  expect(await labelsOf(oxlint, workspaceOf("oxlint a.ts", files))).toEqual(["oxlint, 1 file"]);
  expect(await labelsOf(oxlint, workspaceOf("oxlint none", files))).toEqual([]);
});

test("a linter of single files looks at those that a change reaches, one of whole scopes at all of theirs", async () => {
  const reach = async (tool: Tool, script: string, selection: Selection): Promise<readonly string[]> => {
    const { commands } = await answered(tool, workspaceOf(script, files), () => ({}), selection);
    return commands.flatMap(({ args }) => args.filter((arg) => arg.endsWith(".ts")));
  };
  const inB = changedFiles(["b/c.ts"], ["b"]);
  expect(await reach(eslint, "eslint .", inB)).toEqual(["b/c.ts"]);
  expect(await reach(oxlint, "oxlint .", inB)).toEqual(["b/c.ts", "b/d.ts"]);
  expect(await reach(prettier, "prettier -c .", inB)).toEqual(["b/c.ts"]);
  expect(await reach(eslint, "eslint .", changedFiles(["b/gone.ts"]))).toEqual([]);
  const whole = { ...unaffected, whole: new Map([[repoPath("b"), "it is new"]]) };
  const selection: Selection = { kind: "affected", change: null, affected: whole, inScope: () => false };
  expect(await reach(eslint, "eslint .", selection)).toEqual(["b/c.ts", "b/d.ts"]);
  expect(await reach(prettier, "prettier -c .", selection)).toEqual(["b/c.ts", "b/d.ts"]);
});

/** Does a formatter look at files that a change of `a.ts` and of these does not touch? */
async function looksAtAll(
  paths: readonly string[],
  facts: Partial<ChangeFacts> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const change = { ...changeOf(["a.ts", ...paths]), ...facts };
  const labels = await labelsOf(prettier, workspaceOf("prettier -c .", { ...files, ...more }), { kind: "all", change });
  return labels[0]?.endsWith(" 1 file") === false;
}

test("a formatter looks at what was not touched where its verdict on that may be another", async () => {
  expect(await looksAtAll([])).toBe(false);
  expect(await looksAtAll(["b/.gitignore", "x.prettierrc"])).toBe(false);
  for (const path of [".prettierrc", "b/.prettierrc.yaml", "prettier.config.mts", ".prettierignore", "b/.editorconfig"])
    expect([path, await looksAtAll([path])]).toEqual([path, true]);
  expect(await looksAtAll([], { touchesPackage: (name) => name === "prettier" })).toBe(true);
  expect(await looksAtAll([], { touchesPackage: (name) => name === "oxfmt" })).toBe(false);
  // What a configuration imports may have changed, where it is a program.
  expect(await looksAtAll([], { configuration: true }, { ".prettierrc": "" })).toBe(false);
  expect(await looksAtAll([], { configuration: true }, { "b/prettier.config.js": "" })).toBe(true);
  expect(await looksAtAll([], {}, { "b/prettier.config.js": "" })).toBe(false);
});

test("what a change took away is not looked at, nor is what the tool can not read", async () => {
  expect(await labelsOf(prettier, workspaceOf("prettier -c .", files), changedFiles(["gone.ts"]))).toEqual([]);
  expect(await labelsOf(oxlint, workspaceOf("oxlint", files), changedFiles(["README.md"]))).toEqual([]);
  expect(await labelsOf(eslint, workspaceOf("eslint", files), changedFiles(["README.md"]))).toEqual(["eslint, 1 file"]);
  const names = ["a.css", "b.txt", "c.vue", "d.tsx", "e.jsonc", "f.mdx", "g.cts.x", "h.mts", "i.yml", "j.htmlx"];
  const sources = Object.fromEntries(names.map((name) => [name, ""]));
  expect(await labelsOf(eslint, workspaceOf("eslint", sources))).toEqual(["eslint, 8 files"]);
  expect(await labelsOf(oxlint, workspaceOf("oxlint", sources))).toEqual(["oxlint, 3 files"]);
  expect(await labelsOf(biomeLint, workspaceOf("biome lint", sources))).toEqual(["biome, 6 files"]);
  for (const [tool, script] of [
    [eslint, "eslint"],
    [oxlint, "oxlint"],
    [biomeLint, "biome lint"],
    [prettier, "prettier -c ."],
    [oxfmt, "oxfmt"],
  ] as const) {
    const workspace = workspaceOf(script, sources);
    const linked = workspace.tree.files.map((file) => ({ ...file, symlink: true }));
    expect(await labelsOf(tool, { ...workspace, tree: { ...workspace.tree, files: linked } })).toEqual([]);
  }
});

test("files are named from the folder that the tool runs in, and none of them can be taken for a flag", async () => {
  const odd = ["b/-x.ts", "b/!y.ts", "b/@z.ts", "b/#w.ts", "b/d-!@#.ts"];
  const workspace = workspaceOf(
    "cd b && oxfmt --check",
    Object.fromEntries([...odd, "b/e.ts"].map((path) => [path, ""])),
  );
  const { commands } = await answered(oxfmt, workspace, () => ({}), changedFiles(odd));
  const [command] = commands;
  expect(command?.args.slice(-5)).toEqual(["./!y.ts", "./#w.ts", "./-x.ts", "./@z.ts", "d-!@#.ts"]);
  expect(command?.cwd).toBe(`${workspace.root}/b`);
});

test("a tool prints no colours, and sees the variables of its script", async () => {
  const { commands } = await answered(oxlint, workspaceOf("A=1 FORCE_COLOR=2 oxlint", files));
  expect(commands[0]?.env).toEqual({ NO_COLOR: "1", FORCE_COLOR: "2", A: "1" });
  const plain = await answered(oxlint, workspaceOf("oxlint", files));
  expect(plain.commands[0]?.env).toEqual({ NO_COLOR: "1", FORCE_COLOR: undefined });
});

test("what an outcome depends on is the tool, how it is called and, for a formatter, the files and what configures it", async () => {
  const configured = { ...files, ".prettierrc": "", "b/.gitignore": "", "b/bun.lock": "", "x.lock": "" };
  const workspace = workspaceOf("A=1 prettier -c b --tab-width 3", configured);
  const whole = await taskOf(prettier, workspace);
  expect([whole?.cost, whole?.replay]).toEqual([
    "cheap",
    {
      facts: [
        "prettier",
        "3.0.0",
        process.version,
        "",
        '{"A":"1"}',
        "/node_modules/prettier/bin/prettier.js",
        "--check",
        "--ignore-unknown",
        "--tab-width",
        "3",
        "b",
      ],
      inputs: {
        kind: "files",
        files: [
          "b/.gitignore",
          "b/bun.lock",
          "b/c.ts",
          "b/d.ts",
          ".prettierrc",
          "b/.gitignore",
          "b/bun.lock",
          "package.json",
        ],
      },
    },
  ]);
  const inJson = await taskOf(prettier, workspaceOf("prettier -c b", { ...files, ".prettierrc.json": "" }));
  expect(inJson?.replay?.inputs.kind).toBe("files");
  const one = await taskOf(prettier, workspace, changedFiles(["b/c.ts"]));
  expect(one?.replay?.facts.slice(-2)).toEqual(["--tab-width", "3"]);
  expect(one?.replay?.inputs).toMatchObject({
    files: ["b/c.ts", ".prettierrc", "b/.gitignore", "b/bun.lock", "package.json"],
  });
});

test("what can read anything depends on everything: a linter, and a formatter that a program configures", async () => {
  const inputs = { kind: "dirs", dirs: [""] };
  expect((await taskOf(eslint, workspaceOf("eslint", files)))?.replay?.inputs).toEqual(inputs);
  const workspace = workspaceOf("prettier -c .", { ...files, "prettier.config.mjs": "" });
  expect((await taskOf(prettier, workspace))?.replay?.inputs).toEqual(inputs);
});

const diagnostic = (severity: string, message: string): object => ({ severity, message, filename: "a.ts", labels: [] });
const printed = (...diagnostics: readonly object[]): string => JSON.stringify({ diagnostics });

/** What a run of oxlint comes to that ends like this. */
async function judged(script: string, ended: Partial<ProcessOutcome>): Promise<readonly string[]> {
  const { outcomes } = await answered(oxlint, workspaceOf(script, files), () => ended);
  return outcomes.flatMap(show);
}

test("errors fail, and more warnings than the script allows", async () => {
  const [error, warning] = [diagnostic("error", "bad"), diagnostic("warning", "odd")];
  expect(await judged("oxlint", { stdout: printed() })).toEqual(["passed"]);
  expect(await judged("oxlint", { exitCode: 1, stdout: printed(error, warning) })).toEqual(["failed a.ts:- bad"]);
  expect(await judged("oxlint", { stdout: printed(warning) })).toEqual(["passed"]);
  expect(await judged("oxlint --max-warnings 1", { stdout: printed(warning) })).toEqual(["passed"]);
  expect(await judged("oxlint --max-warnings 1", { stdout: printed(warning, warning) })).toHaveLength(2);
  expect(await judged("oxlint --deny-warnings", { stdout: printed(warning) })).toEqual(["failed a.ts:- odd"]);
  expect(await judged("oxlint --max-warnings 0", { exitCode: 1, stdout: printed(warning, error) })).toEqual([
    "failed a.ts:- bad",
    "failed a.ts:- odd",
  ]);
});

test("what can not be read, or ends before its time, is no verdict", async () => {
  expect(await judged("oxlint", { stdout: "all is well" })).toEqual([
    "errored tool-failed: oxlint ended with exit code 0: all is well",
  ]);
  expect(await judged("oxlint", { exitCode: null, spawnError: "EACCES" })).toEqual([
    "errored tool-failed: oxlint could not be started: EACCES",
  ]);
  expect(await judged("oxlint", { timedOut: true })).toEqual(["deferred"]);
  expect(await judged("cd gone && oxlint", {})).toEqual([]);
});

test("a folder that is listed and not there is no verdict", async () => {
  const workspace = workspaceOf("cd b && oxlint", files);
  const root = temporaryWorkspace({ "node_modules/oxlint/package.json": '{ "version": "1", "bin": "x.js" }' }).root;
  const { commands, outcomes } = await answered(oxlint, { ...workspace, root });
  expect([commands, outcomes.flatMap(show)]).toEqual([
    [],
    ["errored tool-failed: oxlint is to run in b, which is not there"],
  ]);
});

test("more files than a command line holds are looked at in several runs, and all that these find counts", async () => {
  const known = workspaceOf("oxlint --max-warnings 1 '*.ts'", files);
  const many = Array.from({ length: 1500 }, (_, index) => repoPath(`${"x".repeat(99)}${String(index)}.ts`));
  const listed = many.map((path) => ({ path, blob: null, symlink: false }));
  const workspace = { ...known, tree: { ...known.tree, files: listed } };
  const find = (severity: string): Promise<readonly string[]> =>
    answered(oxlint, workspace, () => ({
      exitCode: severity === "error" ? 1 : 0,
      stdout: printed(diagnostic(severity, "x")),
    })).then(({ commands, outcomes }) => [String(commands.length), ...outcomes.flatMap(show)]);
  expect(await find("error")).toEqual(["2", "failed a.ts:- x", "failed a.ts:- x"]);
  expect(await find("warning")).toEqual(["2", "failed a.ts:- x", "failed a.ts:- x"]);
});

test("a tool that is silent when all is well has to show that it looked", async () => {
  const workspace = workspaceOf("biome lint", files);
  const run = async (answer: Partial<ProcessOutcome>, proof: string): Promise<readonly unknown[]> => {
    const { commands, outcomes } = await answered(biomeLint, workspace, ({ args }) =>
      args.includes("--reporter=json") ? { stdout: proof } : answer,
    );
    return [commands.length, ...outcomes.flatMap(show)];
  };
  expect(await run({}, '\n{"summary":{"changed":0}}')).toEqual([2, "passed"]);
  expect(await run({}, "")).toEqual([
    2,
    "errored tool-failed: biome ended with exit code 0 and does not say that it checked anything",
  ]);
  expect((await run({}, 'see {"summary":{}}'))[1]).toContain("errored");
  const found = "::warning title=lint/a,file=a.ts,line=2,endLine=2,col=1,endColumn=2::odd";
  expect(await run({ stdout: found }, "")).toEqual([1, "passed"]);
  const both = `${found}\n${found.replace("warning", "error")}`;
  expect(await run({ exitCode: 1, stdout: both }, "")).toEqual([1, "failed a.ts:2 odd (lint/a)"]);
  const { commands } = await answered(biomeLint, workspace);
  expect(commands[1]?.args).toEqual(commands[0]?.args.map((arg) => arg.replace("=github", "=json")));
});

test("a tool is run by the folder that has it, and not where only Yarn can run it", async () => {
  const found = await oxlint.detect(workspaceOf("cd b && oxlint", files));
  expect(found).toMatchObject([{ tool: "oxlint", role: "lint", dir: "b", version: "1.2.0", install: null }]);
  const workspace = { ...workspaceOf("oxlint", { ...files, ".pnp.cjs": "" }), manager: "yarn" as const };
  expect(await oxlint.detect(workspace)).toEqual([]);
  const missing = temporaryWorkspace({ "package.json": '{ "scripts": { "lint": "oxlint" } }', "a.ts": "" });
  expect(await labelsOf(oxlint, missing)).toEqual([]);
});
