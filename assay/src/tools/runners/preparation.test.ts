import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Task } from "../../model/check.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { repoPath, rootDir } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { runScript } from "../scripts/run-script.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { show, testHost } from "../testing/test-host.ts";
import { behindPreparation, prepare, preparedPackages, speaksOfMissing, withPreparation } from "./preparation.ts";

type Scripts = Readonly<Record<string, string>>;

function workspaceOf(scripts: Scripts, files: Scripts = {}): Workspace {
  return temporaryWorkspace({ "package.json": JSON.stringify({ name: "x", scripts }), ...files });
}

/** A run of tests that has these outcomes, one after the other. */
function runsOf(...outcomes: readonly TaskOutcome[]): { readonly task: Task; readonly runs: () => number } {
  let runs = 0;
  const run: Task["run"] = () => Promise.resolve(outcomes[runs++] ?? { status: "skipped", reason: "once too often" });
  return { task: { label: "tests", cost: "medium", replay: null, run }, runs: () => runs };
}

const passed: TaskOutcome = { status: "passed" };
const failed = (message: string): Extract<TaskOutcome, { status: "failed" }> => ({
  status: "failed",
  findings: [{ path: repoPath("a.test.js"), line: 1, message }],
});
const missing = failed("Cannot find module './made.json' imported from a.js");

const makes = { pretest: "echo 1 >> made", test: "node --test" };

test("packages that make something first are those around a run and below it", () => {
  const manifest = (name: string, scripts: Scripts): string => JSON.stringify({ name, scripts });
  const workspace = temporaryWorkspace({
    "package.json": manifest("root", makes),
    "a/package.json": manifest("a", { test: "node make.js && vitest run", pretest: "eslint ." }),
    "a/b/package.json": manifest("b", { test: "vitest run" }),
    "c/package.json": manifest("c", { pretest: "node make.js" }),
  });
  const of = (dir: string): unknown =>
    preparedPackages(workspace, repoPath(dir)).map(({ pkg, lines }) => `${pkg.dir}: ${lines.join("; ")}`);
  expect(of("")).toEqual([": echo 1 >> made", "a: node make.js"]);
  expect([of("a/test"), of("a/b"), of("c")]).toEqual([["a: node make.js"], [], []]);
});

test("the gate makes it once, before anything is run, with the commands of what is installed", async () => {
  const workspace = workspaceOf({ test: "maker one && node --test", pretest: "npm run make", make: "echo 1 >> made" });
  const bin = join(workspace.root, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "maker"), '#!/bin/sh\necho "$CI $1" >> made\n');
  chmodSync(join(bin, "maker"), 0o755);
  using own = testHost();
  const progress: string[] = [];
  const host = { ...own, progress: (text: string) => void progress.push(text) };
  const packages = preparedPackages(workspace, rootDir);
  const [first, second] = [runsOf(passed), runsOf(missing)];
  const outcomes = await Promise.all(
    [first, second].map(({ task }) => behindPreparation(workspace, packages, task)(host)),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["passed", "failed"]);
  expect([first.runs(), second.runs()]).toEqual([1, 1]);
  expect(progress).toEqual([
    "npm run make, which the test script runs first",
    "maker one, which the test script runs first",
  ]);
  expect(host.commands.map(({ file, args }) => [file, args.at(-1)])).toEqual([
    ["npm", "make"],
    ["sh", "maker one"],
  ]);
});

test("what can not be made is told once, and no test is run", async () => {
  const workspace = workspaceOf({ ...makes, pretest: "node nowhere.js" });
  using host = testHost();
  const packages = preparedPackages(workspace, rootDir);
  const { task, runs } = runsOf(passed);
  const outcomes = [1, 2].map(() => behindPreparation(workspace, packages, task)(host));
  const [first, second] = await Promise.all(outcomes);
  expect(first && show(first)).toEqual([expect.stringContaining("node nowhere.js: Error: Cannot find module")]);
  expect([second, runs()]).toEqual([{ status: "skipped", reason: "what the test script does first has failed" }, 0]);
});

test("a script that the run has started already is not started again", async () => {
  const workspace = workspaceOf({ test: "npm run build && node --test", build: "tsup" });
  using host = testHost();
  const commands: string[] = [];
  const counting = {
    ...host,
    run: (command: Parameters<typeof host.run>[0]) => {
      commands.push([command.file, ...command.args].join(" "));
      return host.run({ ...command, file: "true", args: [] });
    },
  };
  const [pkg] = workspace.packages;
  if (pkg === undefined) throw new Error("there is a package");
  await runScript(counting, workspace, pkg, "build");
  await runScript(counting, workspace, pkg, "other");
  expect(await prepare(counting, workspace, preparedPackages(workspace, rootDir))).toEqual(passed);
  expect(commands).toEqual(["npm run --silent build", "npm run --silent other"]);
});

test("a loop makes it where something is missing, and runs the tests again", async () => {
  const after = async (scripts: Scripts, ...outcomes: readonly TaskOutcome[]): Promise<unknown> => {
    const workspace = workspaceOf(scripts);
    using host = testHost();
    const { task, runs } = runsOf(...outcomes);
    const run = withPreparation(workspace, preparedPackages(workspace, rootDir), task);
    return [(await run(host)).status, runs(), host.commands.length];
  };
  expect(await after(makes, passed)).toEqual(["passed", 1, 0]);
  expect(await after(makes, failed("expected 1, got 2"))).toEqual(["failed", 1, 0]);
  expect(await after(makes, missing, passed)).toEqual(["passed", 2, 1]);
  const findings = [...failed("expected 1, got 2").findings, ...missing.findings];
  expect(await after(makes, { status: "failed", findings }, passed)).toEqual(["passed", 2, 1]);
  expect(await after({ ...makes, pretest: "node nowhere.js" }, missing, passed)).toEqual(["failed", 1, 1]);
});

test.each([
  ["Cannot find module './made.json' imported from src/a.js", true],
  ["Cannot find package 'x' imported from a.js", true],
  ["Error: Failed to resolve import './made' from 'a.ts'. Does the file exist?", true],
  ["Failed to load url ./made.js", true],
  ["Could not locate module ./made mapped as: x", true],
  ["ENOENT: no such file or directory, open 'made.json'", true],
  ["expected 1 to be 2", false],
  ["missing argument", false],
])("%s: is something missing? %s", (message, expected) => {
  expect(speaksOfMissing(message)).toBe(expected);
});
