import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { byPath } from "../../model/paths.ts";
import { oxfmt } from "./oxfmt.ts";
import { prettier } from "./prettier.ts";
import { changedFiles, changeOf, reportOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";

const unformatted = "const   a=1\n";
const manifest = (scripts: Record<string, string>): string => JSON.stringify({ name: "x", scripts });

test("oxfmt names the files that differ and how to format them", async () => {
  const workspace = temporaryWorkspace(
    { ".oxfmtrc.json": "{}\n", "src/a.ts": unformatted, "src/ok.ts": "const b = 1;\n" },
    ["oxfmt"],
  );
  expect(await reportOf(oxfmt, workspace)).toEqual(["src/a.ts:- not formatted; run `npx oxfmt src/a.ts`"]);
  expect(readFileSync(join(workspace.root, "src/a.ts"), "utf8")).toBe(unformatted);
});

test("a formatter looks at the changed files alone", async () => {
  const workspace = temporaryWorkspace({ ".oxfmtrc.json": "{}\n", "a.ts": unformatted, "ok.ts": "const b = 1;\n" }, [
    "oxfmt",
  ]);
  expect(await reportOf(oxfmt, workspace, changedFiles(["ok.ts"]))).toEqual(["passed"]);
  expect(await reportOf(oxfmt, workspace, changedFiles(["a.ts"]))).toHaveLength(1);
  expect(await reportOf(oxfmt, workspace, changedFiles([]))).toEqual([]);
});

test("a syntax error is a finding with its line", async () => {
  const workspace = temporaryWorkspace({ ".oxfmtrc.json": "{}\n", "bad.ts": "const a = 1;\nconst = ;\n" }, ["oxfmt"]);
  expect(await reportOf(oxfmt, workspace)).toEqual(["bad.ts:2 Unexpected token (syntax error)"]);
});

test("changed files that the configuration ignores are no fault", async () => {
  const workspace = temporaryWorkspace(
    { ".oxfmtrc.json": '{ "ignorePatterns": ["gen"] }', "gen/a.ts": unformatted, "ok.ts": "const b = 1;\n" },
    ["oxfmt"],
  );
  expect(await reportOf(oxfmt, workspace, changedFiles(["gen/a.ts"]))).toEqual(["passed"]);
});

test("a broken configuration is an error with the tool's own words", async () => {
  const workspace = temporaryWorkspace({ ".oxfmtrc.json": "{ bad", "a.ts": unformatted }, ["oxfmt"]);
  expect(await reportOf(oxfmt, workspace)).toEqual([
    expect.stringMatching(/^errored tool-failed: oxfmt ended with exit code 1: key must be a string/),
  ]);
});

test("file names that look like flags and patterns are taken literally", async () => {
  const names = ["-d.ts", "[id].ts", "(group)/a b.ts", "!x.ts", "ü.ts"];
  const files = Object.fromEntries(names.map((name) => [name, unformatted]));
  const workspace = temporaryWorkspace({ ".oxfmtrc.json": "{}\n", "ok.ts": "const b = 1;\n", ...files }, ["oxfmt"]);
  const report = await reportOf(oxfmt, workspace, changedFiles(names));
  expect(report.map((line) => line.replace(/:.*/su, "")).toSorted(byPath)).toEqual(names.toSorted(byPath));
});

test("a formatter that nothing configures and no script calls is not used", async () => {
  const workspace = temporaryWorkspace(
    { "package.json": JSON.stringify({ devDependencies: { oxfmt: "1" } }), "a.ts": unformatted },
    ["oxfmt"],
  );
  expect(await oxfmt.detect(workspace)).toEqual([]);
});

test("the paths of the script are the files that count", async () => {
  const workspace = temporaryWorkspace(
    {
      "package.json": manifest({ "fmt:check": "oxfmt --check src" }),
      "src/ok.ts": "const b = 1;\n",
      "other/a.ts": unformatted,
    },
    ["oxfmt"],
  );
  expect(await reportOf(oxfmt, workspace)).toEqual(["passed"]);
  expect(await reportOf(oxfmt, workspace, changedFiles(["other/a.ts"]))).toEqual([]);
});

test("a formatter that is used and not installed comes with the command that installs it", async () => {
  const workspace = temporaryWorkspace({
    "package.json": manifest({ format: "prettier --write ." }),
    ".prettierrc": "{}",
  });
  const [detection] = await prettier.detect(workspace);
  expect(existsSync(join(workspace.root, "node_modules"))).toBe(false);
  expect(detection).toMatchObject({
    version: null,
    install: "npm install --save-dev prettier",
    evidence: '"format": "prettier --write ."',
  });
});

test("old faults in files that the change does not touch are not the change's, wherever everything is looked at", async () => {
  const files = { ".oxfmtrc.json": "{}\n", ".gitignore": "", "old.ts": unformatted, "ok.ts": "const b = 1;\n" };
  const workspace = temporaryWorkspace(files, ["oxfmt"]);
  const report = (paths: readonly string[], packages: readonly string[] = []): Promise<readonly string[]> =>
    reportOf(oxfmt, workspace, { kind: "all", change: changeOf(paths, packages) });
  const inOld = "old.ts:- not formatted; run `npx oxfmt old.ts`";
  expect(await report(["ok.ts", ".gitignore"])).toEqual(["passed"]);
  expect(await report(["old.ts"])).toEqual([inOld]);
  expect(await report(["ok.ts", ".oxfmtrc.json"])).toEqual([inOld]);
  expect(await report(["ok.ts"], ["oxfmt"])).toEqual([inOld]);
});
