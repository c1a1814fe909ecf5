import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { findUses, useAbove, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";

/** A runner that is configured by `tester.json` or the manifest's field `tester`. */
const signs: RunnerSigns = {
  packageName: "tester",
  startedBy: ({ program }) => program === "tester",
  configFiles: ["tester.json"],
  projectsAlone: false,
  manifestField: "tester",
};

/** A manifest whose `test` script this is; none where it is null. */
const manifest = (test: string | null, fields: object = {}): string =>
  JSON.stringify({ scripts: test === null ? {} : { test }, ...fields });

const declared = { devDependencies: { tester: "1" } };

/** The folder and the evidence of each use. */
function uses(files: Readonly<Record<string, string>>, given: Partial<RunnerSigns> = {}): readonly string[] {
  const found = findUses(temporaryWorkspace(files), { ...signs, ...given });
  return found.map(({ dir, evidence, invocation }) => `${dir}> ${invocation === null ? "" : "runs "}${evidence}`);
}

test("a test script speaks for a runner in the folder that it starts it in, once for each call", () => {
  expect(uses({ "package.json": manifest("tester && tester b") })).toHaveLength(2);
  expect(uses({ "package.json": manifest("cd a && tester") })).toEqual(['a> runs "test": "cd a && tester"']);
  expect(uses({ "package.json": manifest("cd ../x && tester") })).toEqual([]);
  const there = "cd a && tester && cd ../b && tester && cd .. && tester";
  expect(uses({ "package.json": manifest(there) }).map((use) => use.split(">")[0])).toEqual(["a", "b", ""]);
});

test("a run has the variables that stand in files, where the script is started; what the script sets counts more", () => {
  const variablesOf = (script: string): unknown => {
    const files = { "package.json": manifest(script), ".env": "ASSAY_A=1\nASSAY_B=1\n", "a/.env": "ASSAY_A=2\n" };
    return findUses(temporaryWorkspace(files), signs).map(({ invocation }) => invocation?.env);
  };
  expect(variablesOf("ASSAY_B=0 dotenv -- tester")).toEqual([{ ASSAY_A: "1", ASSAY_B: "0" }]);
  expect(variablesOf("ASSAY_B=0 env-cmd tester")).toEqual([{ ASSAY_A: "1", ASSAY_B: "1" }]);
  expect(variablesOf("cd a && dotenv -- tester")).toEqual([{ ASSAY_A: "2" }]);
  expect(variablesOf("tester")).toEqual([{}]);
});

test("a configuration speaks for a runner that is declared or installed", () => {
  expect(uses({ "package.json": manifest(null, declared), "tester.json": "" })).toEqual(["> tester.json"]);
  const installed = { "node_modules/tester/package.json": '{ "version": "1" }' };
  expect(uses({ "package.json": manifest(null), "tester.json": "", ...installed })).toEqual(["> tester.json"]);
  expect(uses({ "package.json": manifest(null), "tester.json": "" })).toEqual([]);
  const field = { "a/package.json": manifest(null, { ...declared, tester: {} }) };
  expect(uses(field)).toEqual(['a> "tester" in a/package.json']);
  expect(uses(field, { manifestField: null })).toEqual([]);
  expect(uses({ "package.json": manifest(null, declared) })).toEqual([]);
});

test("a configuration above folders that run it themselves is a run where the test script is none or unread", () => {
  const below = { "tester.json": "", "a/package.json": manifest("tester") };
  const own = 'a> runs "test": "tester"';
  expect(uses({ ...below, "package.json": manifest("node check.js", declared) })).toEqual([own]);
  expect(uses({ ...below, "package.json": manifest(null, declared) })).toEqual(["> tester.json", own]);
  expect(uses({ ...below, "package.json": manifest("node check.js | tee log", declared) })).toEqual([
    "> tester.json",
    own,
  ]);
  const alone = { "tester.json": "", "package.json": manifest("node check.js", declared) };
  expect(uses(alone)).toEqual(["> tester.json"]);
  expect(uses({ ...alone, "b/package.json": manifest("node check.js") })).toEqual(["> tester.json"]);
});

test("what nobody starts in its own folder is part of the run above, unless projects are better run one by one", () => {
  const files = {
    "package.json": manifest("tester", declared),
    "a/package.json": manifest(null, declared),
    "a/tester.json": "",
    "b/package.json": manifest("tester"),
  };
  expect(uses(files)).toEqual(['> runs "test": "tester"', 'b> runs "test": "tester"']);
  expect(uses(files, { projectsAlone: true })).toContain("a> a/tester.json");
});

test("the use above is the nearest, and never one of the same folder", () => {
  const use = (dir: string): RunnerUse => ({ dir: repoPath(dir), evidence: dir, invocation: null });
  const asked = use("a/b/c");
  for (const others of [
    ["", "a", "a/b"],
    ["a/b", "a", ""],
  ])
    expect(useAbove(asked, [...others, "a/b/c", "a/b/c/d", "a/bb", "z/z/z/z"].map(use))?.dir).toBe("a/b");
  expect(useAbove(use("a"), [use("a"), use("b")])).toBeUndefined();
});
