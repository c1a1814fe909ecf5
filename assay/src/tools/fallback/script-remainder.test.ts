import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changedFiles, labelsOf, reportOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import type { Workspace } from "../../model/workspace.ts";
import { lintRemainder, testsRemainder, typesRemainder } from "./script-remainder.ts";

/** A package with these scripts, whose commands do what their text says. */
function workspaceOf(
  scripts: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>> = {},
  devDependencies: Readonly<Record<string, string>> = {},
): Workspace {
  const workspace = temporaryWorkspace({
    "package.json": JSON.stringify({ name: "x", scripts, devDependencies }),
    "a.js": "",
    "a.test.js": "",
  });
  const bin = join(workspace.root, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return workspace;
}

/** Labels of the work and, after a `!`, of what is left to the gate. */
async function planned(workspace: Workspace): Promise<readonly (readonly string[])[]> {
  const roles = [lintRemainder, typesRemainder, testsRemainder].map(async (tool) =>
    (await tool.detect(workspace)).map(({ tool: name, gateOnly }) => `${name}${gateOnly === undefined ? "" : "!"}`),
  );
  return Promise.all(roles);
}

test("a linter and a type checker beside the runner are run with their arguments, judged by their exit code", async () => {
  const scripts = { test: "xo --quiet && node --test && tsd" };
  const workspace = workspaceOf(scripts, { xo: 'echo "a.js:1:1: $*"; exit 1', tsd: "exit 0" });
  expect(await reportOf(lintRemainder, workspace)).toEqual(["a.js:1 xo --quiet: --quiet"]);
  expect(await reportOf(typesRemainder, workspace)).toEqual(["passed"]);
  expect(await labelsOf(lintRemainder, workspace, changedFiles(["a.js"]))).toEqual(["xo --quiet"]);
  expect(await labelsOf(lintRemainder, workspace, changedFiles([]))).toEqual([]);
});

test("a checker that is declared and not installed comes with the command that installs it", async () => {
  const [found] = await typesRemainder.detect(workspaceOf({ test: "node --test && tsd" }, {}, { tsd: "1" }));
  expect([found?.version, found?.install]).toEqual([null, "npm install"]);
  expect(await typesRemainder.detect(workspaceOf({ test: "node --test && tsd" }))).toEqual([]);
});

test("what looks at a build, and runs that need one, are the gate's", async () => {
  const scripts = {
    build: "tsup",
    test: "node --test && npm run test:build && npm run test:size && npx tsd",
    "test:build": "npm run build && node --test dist",
    "test:size": "size-limit",
  };
  const workspace = workspaceOf(scripts, { tsd: "", "size-limit": "" });
  expect(await planned(workspace)).toEqual([[], ["tsd!"], ["size-limit!", "test script!"]]);
  expect(await labelsOf(testsRemainder, workspace)).toEqual(["size-limit", "npm run test:build"]);
});

test("a script that measures coverage is run by the gate as it is", async () => {
  const workspace = workspaceOf({ test: "npm run unit", unit: "c8 --100 node --test" });
  expect(await planned(workspace)).toEqual([[], [], ["test script!"]]);
  expect(await planned(workspaceOf({ test: "c8 node --test" }))).toEqual([[], [], []]);
});

test("a program that only the script can start is told, one that only makes files is not", async () => {
  const late = workspaceOf({ test: "node --test && node look.js" });
  expect(await reportOf(testsRemainder, late)).toEqual(["skipped"]);
  const workspace = workspaceOf({ test: "rimraf out && node make.js && node --test" }, { rimraf: "" });
  expect(await planned(workspace)).toEqual([[], [], ["test script!"]]);
  expect(await reportOf(testsRemainder, workspace)).toEqual(["?:- node make.js: Error: Cannot find module 'make.js'"]);
  expect(await planned(workspaceOf({ test: "npm ci && node --test" }))).toEqual([[], [], ["test script"]]);
  const made = { build: "node make.js", test: "npm run build && node --test" };
  expect(await planned(workspaceOf(made))).toEqual([[], [], []]);
  expect(await planned(workspaceOf({ test: "rimraf out && tsc && node --test" }))).toEqual([[], [], []]);
});

test("where no runner is known, or a script is run whole, nothing is left", async () => {
  expect(await planned(workspaceOf({ test: "xo && node check.js" }, { xo: "" }))).toEqual([[], [], []]);
  const linted = { lint: "stylelint .", test: "npm run lint && node --test" };
  expect(await planned(workspaceOf(linted, { stylelint: "" }))).toEqual([[], [], []]);
});
