// Scripts that are run as they are: which ones, when, and what they come to, without starting any.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { unaffected } from "../../model/scope.ts";
import type { Workspace } from "../../model/workspace.ts";
import { answered } from "../testing/answering-host.ts";
import { changedFiles, labelsOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { everything, plans, show } from "../testing/test-host.ts";
import type { Tool } from "../tool.ts";
import { formatScript, lintScript, scriptsRunWhole, typesScript } from "./conventional-script.ts";
import { lintRemainder, testsRemainder, typesRemainder } from "./script-remainder.ts";
import { scriptCommands, testScriptTool } from "./test-script.ts";

type Scripts = Readonly<Record<string, string>>;

function workspaceOf(scripts: Scripts, files: Scripts = {}, fields: object = {}): Workspace {
  return temporaryWorkspace({ "package.json": JSON.stringify({ name: "x", scripts, ...fields }), ...files });
}

/** A file that is there and is none of the repository's. */
function put(workspace: Workspace, path: string): Workspace {
  const file = join(workspace.root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "");
  return workspace;
}

/** Those of the scripts' names under which a program that nobody knows is run. */
async function conventional(tool: Tool, names: readonly string[]): Promise<readonly string[]> {
  const labels = await Promise.all(names.map((name) => labelsOf(tool, workspaceOf({ [name]: "my-tool" }))));
  return labels.flat().map((label) => label.replace("npm run ", ""));
}

test("formatters, linters and type checkers that nobody knows are run under the names that are usual for them", async () => {
  const formats = [
    "format:check",
    "check:format",
    "fmt:check",
    "check:fmt",
    "prettier:check",
    "format-check",
    "check-format",
  ];
  const lints = ["lint", "lint:check", "check:lint"];
  const types = [
    "typecheck",
    "type-check",
    "check-types",
    "check:types",
    "types:check",
    "typecheck:all",
    "types",
    "tsc",
  ];
  const all = [...formats, ...lints, ...types, "format", "check", "lint:js"];
  expect(await conventional(formatScript, all)).toEqual(formats);
  expect(await conventional(lintScript, all)).toEqual(lints);
  expect(await conventional(typesScript, all)).toEqual(types);
  expect(await labelsOf(lintScript, workspaceOf({ "check:lint": "a", lint: "b" }))).toEqual(["npm run lint"]);
});

test("a script is left alone that only starts what is known, says something, or writes", async () => {
  const of = (lint: string): Promise<readonly string[]> => labelsOf(lintScript, workspaceOf({ lint }));
  for (const left of [
    "biome lint",
    "oxlint && oxfmt --check",
    "tsc --noEmit",
    "echo a && exit 0",
    ": && true",
    "cd a && set -e",
    "nx lint",
  ])
    expect([left, await of(left)]).toEqual([left, []]);
  for (const flag of ["--fix", "--write", "--fix-dry", "--apply", "--apply-x", "--watch", "--unsafe", "-w"])
    expect([flag, await of(`my-tool ${flag} .`)]).toEqual([flag, []]);
  for (const run of [
    "my-tool --fixed",
    "my-tool --no--fix",
    "my-tool --no-fix",
    "my-tool -W",
    "tsc a.ts",
    "eslint . && my-tool",
  ])
    expect([run, await of(run)]).toEqual([run, ["npm run lint"]]);
  expect(await of("my-tool && eslint --fix")).toEqual([]);
});

test("under Yarn's Plug'n'Play what is known is run by its script as well", async () => {
  const workspace = { ...workspaceOf({ lint: "eslint ." }, { ".pnp.cjs": "" }), manager: "yarn" as const };
  expect(await labelsOf(lintScript, workspace)).toEqual(["yarn run lint"]);
});

test("a program that is neither declared, installed nor on the path has been given up, where anything is installed", async () => {
  const scripts = { lint: "my-given-up-linter ." };
  const isRun = async (workspace: Workspace): Promise<boolean> => (await labelsOf(lintScript, workspace)).length > 0;
  expect(await isRun(workspaceOf(scripts))).toBe(true);
  expect(await isRun(put(workspaceOf(scripts), "node_modules/other/x"))).toBe(false);
  expect(await isRun(put(workspaceOf(scripts), "node_modules/.bin/my-given-up-linter"))).toBe(true);
  const declared = { devDependencies: { "my-given-up-linter": "1" } };
  expect(await isRun(put(workspaceOf(scripts, {}, declared), "node_modules/other/x"))).toBe(true);
  expect(await isRun(put(workspaceOf({ lint: "node lint.js" }), "node_modules/other/x"))).toBe(true);
  expect(await isRun(put(workspaceOf({ lint: "node x.js && my-given-up-linter" }), "node_modules/other/x"))).toBe(
    false,
  );
  const nested = (root: object, inner: object): Workspace =>
    put(
      temporaryWorkspace({
        "package.json": JSON.stringify(root),
        "a/package.json": JSON.stringify({ scripts, ...inner }),
        "b/package.json": JSON.stringify({ ...declared }),
      }),
      "node_modules/other/x",
    );
  expect(await isRun(put(nested({}, {}), "node_modules/.bin/my-given-up-linter"))).toBe(true);
  expect([await isRun(nested(declared, {})), await isRun(nested({}, declared)), await isRun(nested({}, {}))]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a package's script is run where anything in it is affected, or all of its scope", async () => {
  const workspace = temporaryWorkspace({
    "a/package.json": '{ "scripts": { "lint": "my-tool" } }',
    "a/x.css": "",
    "b/y.css": "",
  });
  expect(await labelsOf(lintScript, workspace, changedFiles([], ["a"]))).toEqual(["npm run lint in a"]);
  expect(await labelsOf(lintScript, workspace, changedFiles(["a/x.css"]))).toEqual(["npm run lint in a"]);
  expect(await labelsOf(lintScript, workspace, changedFiles([], ["b"]))).toEqual([]);
  const whole = { ...unaffected, whole: new Map([[repoPath("a"), "it is new"]]) };
  const selection = { kind: "affected", change: null, affected: whole, inScope: () => false } as const;
  expect(await labelsOf(lintScript, workspace, selection)).toEqual(["npm run lint in a"]);
});

test("a linter's verdict depends on its script and everything else, that of tests on what nobody knows", async () => {
  const workspace = workspaceOf({ lint: "my-tool", test: "my-tests" });
  const [lint] = plans(await lintScript.detect(workspace), everything);
  expect([lint?.cost, lint?.replay]).toEqual([
    "medium",
    { facts: ["script", "npm", process.version, "", "lint", "my-tool"], inputs: { kind: "dirs", dirs: [""] } },
  ]);
  const [tests] = plans(await testScriptTool.detect(workspace), everything);
  expect([tests?.label, tests?.cost, tests?.replay]).toEqual(["npm run test", "expensive", null]);
  const [detection] = await lintScript.detect(workspace);
  expect(detection).toMatchObject({
    tool: "script",
    role: "lint",
    dir: "",
    version: "",
    install: null,
    evidence: '"lint": "my-tool"',
  });
});

test("the scripts of a package that are run whole are known by their names", () => {
  const workspace = workspaceOf({ lint: "my-tool", "format:check": "prettier -c .", types: "svelte-check" });
  const [pkg] = workspace.packages;
  expect(pkg && scriptsRunWhole(workspace, pkg)).toEqual(["lint", "types"]);
});

test("a script that says something but tests nothing is no pass, one that does more is run", async () => {
  const judged = async (script: string): Promise<readonly string[]> =>
    (await answered(testScriptTool, workspaceOf({ test: script }))).outcomes.flatMap(show);
  for (const script of ["exit 0", ":", "true && echo x"])
    expect([script, await judged(script)]).toEqual([
      script,
      ["errored no-tests-ran: npm run test: the script tests nothing"],
    ]);
  for (const script of ["exit 0 || node a.js", "echo a && node a.js", "echo a | node a.js"])
    expect([script, await judged(script)]).toEqual([script, ["passed"]]);
});

/** A package whose script starts known tests beside these programs, which are installed. */
function beside(
  script: string,
  programs: readonly string[] = [],
  fields: object = {},
  others: Scripts = {},
): Workspace {
  const workspace = workspaceOf({ test: script, ...others }, { "a.test.js": "", "sub/b.js": "" }, fields);
  for (const program of programs) put(workspace, `node_modules/.bin/${program}`);
  return workspace;
}

/** Those of the remainders that are there: role, tool and, in brackets, why the loop leaves it to the gate. */
async function remainders(workspace: Workspace): Promise<readonly string[]> {
  const found = await Promise.all(
    [lintRemainder, typesRemainder, testsRemainder].map((tool) => tool.detect(workspace)),
  );
  return found
    .flat()
    .map(({ role, tool, gateOnly, version }) =>
      [role, tool, ...(gateOnly === undefined ? [] : [`(${gateOnly})`]), ...(version === null ? ["missing"] : [])].join(
        " ",
      ),
    );
}

test("what stands beside the runner is told by what it is for, and what looks at a build is the gate's", async () => {
  expect(await remainders(beside("xo && node --test && tsd && attw", ["xo", "tsd", "attw"]))).toEqual([
    "lint xo",
    "types tsd",
    'tests attw (part of "test")',
  ]);
  expect(await remainders(beside("xo && rollup -c && xo a && tsd && node --test", ["xo", "tsd"]))).toEqual([
    "lint xo",
    'lint xo (part of "test")',
    'types tsd (part of "test")',
  ]);
  expect(await remainders(beside("xo --fix && node --test && eslint . && tsc --noEmit", ["xo"]))).toEqual([]);
  expect(await remainders(beside("xo && node check.js", ["xo"]))).toEqual([]);
  expect(await remainders(beside("xo && cd sub && node --test", ["xo"]))).toEqual(["lint xo"]);
});

test("a checker is missing where it is declared, and nothing where it is not", async () => {
  const flow = { devDependencies: { "flow-bin": "1" } };
  expect(await remainders(beside("node --test && flow", [], flow))).toEqual(["types flow missing"]);
  expect(await remainders(beside("node --test && tsd", [], flow))).toEqual([]);
  expect(await remainders(beside("node --test && my-checker"))).toEqual(["tests test script"]);
  const { outcomes } = await answered(testsRemainder, beside("node --test && my-checker a"));
  expect(outcomes).toEqual([{ status: "skipped", reason: '`my-checker a` of "test" is not run here' }]);
});

test("a program is started in its folder with its variables, and judged by its exit code", async () => {
  const workspace = beside("node --test && cd sub && A=1 xo -q", ["xo"]);
  const { commands, outcomes } = await answered(lintRemainder, workspace, () => ({
    exitCode: 1,
    stdout: "b.js:3: bad",
  }));
  expect(commands).toEqual([
    {
      file: join(workspace.root, "node_modules/.bin/xo"),
      args: ["-q"],
      cwd: join(workspace.root, "sub"),
      env: { A: "1", CI: "true", UPDATE_SNAPSHOT: undefined },
    },
  ]);
  expect(outcomes.flatMap(show)).toEqual(["failed -:- xo -q in sub: b.js:3: bad"]);
  const crashed = await answered(lintRemainder, workspace, () => ({ exitCode: null, spawnError: "EACCES" }));
  expect(crashed.outcomes.flatMap(show)).toEqual(["errored tool-failed: xo could not be started: EACCES"]);
  const [task] = plans(await lintRemainder.detect(workspace), everything);
  expect(task?.replay).toEqual({
    facts: ["program", process.version, "sub", "xo -q in sub", '{"A":"1"}'],
    inputs: { kind: "dirs", dirs: [""] },
  });
});

test("runs that need something made first, or are held to a coverage, are the gate's, each script once", async () => {
  const others = {
    build: "tsup",
    "test:dist": "npm run build && node --test dist && node --test more",
    unit: "c8 --100 node --test",
  };
  const found = await testsRemainder.detect(beside("node --test && npm run unit && npm run test:dist", [], {}, others));
  expect(found.map(({ evidence, gateOnly }) => [evidence.split('"')[1], gateOnly])).toEqual([
    ["unit", "measures coverage"],
    ["test:dist", "makes something first"],
  ]);
  expect(plans(found, everything).map(({ label, cost, replay }) => [label, cost, replay])).toEqual([
    ["npm run unit", "expensive", null],
    ["npm run test:dist", "expensive", null],
  ]);
});

test("a test script is a command without what only judges files, and none where it may fail for a coverage", async () => {
  const commands = async (test: string, fields: object = {}): Promise<readonly string[]> =>
    (await scriptCommands(workspaceOf({ test }, {}, fields))).map((command) =>
      [...command.prepare.map(({ line }) => `(${line})`), ...command.call(["/x/a.js"], false).args.slice(1)].join(" "),
    );
  expect(await commands("xo && rollup -c && node check.js && node more.js")).toEqual([
    "(rollup -c) node check.js && node more.js",
  ]);
  expect(await commands("sh -c 'c8 node check.js'")).toEqual([]);
  expect(await commands("node check.js && sh -c 'c8 node check.js'")).toEqual([]);
  expect(await commands("echo none")).toEqual([]);
  expect(await commands("node --test")).toEqual([]);
  expect(await commands("tap test/*.js")).toEqual(["tap /x/a.js"]);
});

test("a command knows its package, what it may be given and what its runner says", async () => {
  const [command] = await scriptCommands(workspaceOf({ test: "tape t", build: "tsc" }, {}, { version: "1.2.3" }));
  expect(command).toMatchObject({
    tool: "test script",
    label: "npm run test",
    dir: "",
    evidence: "package.json",
    build: "npm run build",
    takesFiles: true,
  });
  expect([command?.accepts(repoPath("t/a.js")), command?.accepts(repoPath("a.js"))]).toEqual([true, false]);
  const whole = command?.call(["/x/a.js"], true).env;
  expect(whole).toMatchObject({
    CI: "true",
    npm_lifecycle_event: "test",
    npm_package_name: "x",
    npm_package_version: "1.2.3",
    TAP_CHECK_COVERAGE: "0",
  });
  const ended = {
    exitCode: 1,
    signal: null,
    spawnError: null,
    timedOut: false,
    stderr: "",
    truncated: false,
    durationMs: 1,
  };
  const read = (stdout: string): number | undefined => command?.read({ ...ended, stdout }, "")?.executed;
  expect(read("TAP version 13\nok 1 a\nnot ok 2 b\n1..2\n")).toBe(2);
  expect(read("TAP version 14\n1..1\nok 1 a\n")).toBe(1);
  for (const text of [
    "ok 1 a\n1..1\n",
    "TAP version 13\nok 1\n",
    "TAP version 13\nok 1 a\n1..1\nTAP version 13\n",
    "TAP version 13\nok 1 a\n1..1\n1..1\n",
    "TAP version 130\n1..1\n",
    "TAP version 13\nok 1 a\nx 1..1\n",
    " TAP version 13\n1..1\n",
  ])
    expect(read(text)).toBeUndefined();
  const [other] = await scriptCommands(workspaceOf({ test: "node check.js" }));
  expect([other?.takesFiles, other?.accepts(repoPath("any.js")), other?.build]).toEqual([false, true, null]);
});
