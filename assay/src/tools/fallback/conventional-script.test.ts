import { expect, test } from "vitest";
import { formatScript, lintScript, typesScript } from "./conventional-script.ts";
import { changedFiles, labelsOf, reportOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import type { Tool } from "../tool.ts";

const labels = (tool: Tool, scripts: Record<string, string>): Promise<readonly string[]> =>
  labelsOf(tool, temporaryWorkspace({ "package.json": JSON.stringify({ name: "x", scripts }) }));

const lintReport = (lint: string): Promise<readonly string[]> =>
  reportOf(lintScript, temporaryWorkspace({ "package.json": JSON.stringify({ name: "x", scripts: { lint } }) }));

const tslintReport = (manifest: object): Promise<readonly string[]> => {
  const text = JSON.stringify({ scripts: { lint: "tslint ." }, ...manifest });
  return reportOf(lintScript, temporaryWorkspace({ "package.json": text }, ["typescript"]));
};

test("a conventional script is run when it starts a tool that is not known otherwise", async () => {
  expect(await labels(typesScript, { typecheck: "svelte-check" })).toEqual(["npm run typecheck"]);
  expect(
    await labels(lintScript, {
      lint: "npm run lint:js && npm run lint:css",
      "lint:js": "eslint .",
      "lint:css": "stylelint .",
    }),
  ).toEqual(["npm run lint"]);
  expect(await labels(formatScript, { "format:check": "dprint check" })).toEqual(["npm run format:check"]);
});

test("a script that starts known tools alone, or hands on to other packages, is left to them", async () => {
  expect(await labels(typesScript, { typecheck: "tsc -b" })).toEqual([]);
  expect(await labels(lintScript, { lint: "eslint . && prettier --check . && tsc --noEmit" })).toEqual([]);
  expect(await labels(lintScript, { lint: "turbo run lint" })).toEqual([]);
  expect(await labels(lintScript, { lint: "pnpm -r run lint" })).toEqual([]);
  expect(await labels(lintScript, { lint: "echo none" })).toEqual([]);
});

test("a script whose program has been given up is not run, one whose program is to be installed is", async () => {
  expect(await tslintReport({})).toEqual([]);
  expect(await tslintReport({ devDependencies: { tslint: "6" } })).toEqual([
    expect.stringMatching(/^errored tool-missing/u),
  ]);
});

test("a script that changes files is never run", async () => {
  expect(await labels(lintScript, { lint: "stylelint --fix ." })).toEqual([]);
});

test("the exit code is the verdict and the last words are the findings", async () => {
  expect(await lintReport("node -p 1")).toEqual(["passed"]);
  expect(await lintReport(`node -e "console.log('a.css:3 error: no such colour'); process.exit(1)"`)).toEqual([
    "?:- npm run lint: a.css:3 error: no such colour",
  ]);
  expect(await lintReport("a-linter-that-is-not-there .")).toEqual([
    expect.stringMatching(/^errored tool-missing: npm run lint: .*not found/u),
  ]);
});

test("a package is looked at when something in it is affected", async () => {
  const scripts = { lint: "stylelint ." };
  const workspace = temporaryWorkspace({
    "a/package.json": JSON.stringify({ name: "a", scripts }),
    "a/x.css": "",
    "b/y.css": "",
  });
  expect(await labelsOf(lintScript, workspace, changedFiles(["a/x.css"]))).toEqual(["npm run lint in a"]);
  expect(await labelsOf(lintScript, workspace, changedFiles(["b/y.css"]))).toEqual([]);
});
