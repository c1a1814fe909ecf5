import { expect, test } from "vitest";
import { byPath } from "../../model/paths.ts";
import { biomeFormat, biomeLint } from "./biome.ts";
import { eslint } from "./eslint.ts";
import { oxlint } from "./oxlint.ts";
import { prettier } from "./prettier.ts";
import { changedFiles, labelsOf, reportOf, temporaryWorkspace } from "../testing/temporary-workspace.ts";
import type { Tool } from "../tool.ts";

const manifest = (scripts: Record<string, string>): string => JSON.stringify({ name: "x", scripts });
const rules = '{ "ignorePatterns": ["node_modules"], "rules": { "eqeqeq": "error", "no-debugger": "warn" } }';

test("oxlint's errors are findings with their rule and remedy, its warnings are not", async () => {
  const workspace = temporaryWorkspace(
    { ".oxlintrc.json": rules, "a.js": "debugger;\nif (globalThis.x == 1) {\n  globalThis.y();\n}\n" },
    ["oxlint"],
  );
  expect(await reportOf(oxlint, workspace)).toEqual([
    "a.js:2 Expected === and instead saw ==: Prefer === operator (eslint(eqeqeq))",
  ]);
});

test("the script's limit on warnings makes them findings", async () => {
  const files = {
    "package.json": manifest({
      lint: "oxlint --max-warnings 0 --fix-suggestions src",
      "lint:ci": "oxlint --max-warnings=0 src",
    }),
    "src/a.js": "debugger;\n",
  };
  const workspace = temporaryWorkspace(files, ["oxlint"]);
  expect(await reportOf(oxlint, workspace)).toEqual([
    expect.stringMatching(/^src\/a\.js:1 .*\(eslint\(no-debugger\)\)$/u),
  ]);
});

test("oxlint looks at all of an affected scope and at nothing else", async () => {
  const bad = "if (globalThis.x == 1) globalThis.y();\n";
  const workspace = temporaryWorkspace({ ".oxlintrc.json": rules, "a/x.js": bad, "a/y.js": bad, "b/z.js": bad }, [
    "oxlint",
  ]);
  const report = await reportOf(oxlint, workspace, changedFiles(["a/x.js"], ["a"]));
  expect(report.map((line) => line.replace(/:.*/su, "")).toSorted(byPath)).toEqual(["a/x.js", "a/y.js"]);
});

test("a configuration that oxlint can't read is an error", async () => {
  const workspace = temporaryWorkspace({ ".oxlintrc.json": '{ "rules": { "nope/x": "error" } }', "a.js": "" }, [
    "oxlint",
  ]);
  expect(await reportOf(oxlint, workspace)).toEqual([
    "errored tool-failed: oxlint ended with exit code 1: Plugin 'nope' not found",
  ]);
});

test("affected files that the configuration ignores are no fault", async () => {
  const workspace = temporaryWorkspace(
    { ".oxlintrc.json": '{ "ignorePatterns": ["gen"] }', "gen/a.js": "debugger;\n", "b.js": "" },
    ["oxlint"],
  );
  expect(await reportOf(oxlint, workspace, changedFiles(["gen/a.js"]))).toEqual(["passed"]);
});

async function detected(tool: Tool, files: Record<string, string>): Promise<readonly string[]> {
  const detections = await tool.detect(temporaryWorkspace(files));
  return detections.map(({ dir, evidence }) => `${dir}|${evidence}`);
}

const flat = "export default [];\n";

test("eslint is run where the scripts run it", async () => {
  expect(
    await detected(eslint, {
      "package.json": manifest({ lint: "eslint src --fix", "lint:ci": "cross-env CI=1 npx eslint src" }),
    }),
  ).toEqual(['|"lint:ci": "cross-env CI=1 npx eslint src"']);
  const declared = JSON.stringify({ devDependencies: { eslint: "10" } });
  expect(await detected(eslint, { "eslint.config.mjs": flat, "package.json": declared })).toEqual([
    "|eslint.config.mjs",
  ]);
  // Left behind, or meant for an editor.
  expect(await detected(eslint, { "eslint.config.mjs": flat, "package.json": manifest({}) })).toEqual([]);
  expect(await detected(eslint, { "package.json": manifest({ inspect: "eslint --inspect-config" }) })).toEqual([]);
});

test("packages that the root configures are looked at in one run, those with a configuration of their own apart", async () => {
  const files = {
    "package.json": manifest({ lint: "turbo run lint" }),
    "eslint.config.js": flat,
    "a/package.json": manifest({ lint: "eslint src" }),
    "a/src/x.ts": "",
    "b/package.json": manifest({ lint: "eslint ." }),
    "b/x.ts": "",
    "c/package.json": manifest({ lint: "eslint ." }),
    "c/eslint.config.js": flat,
  };
  expect(await detected(eslint, files)).toEqual(['|"lint": "eslint src"', 'c|"lint": "eslint ."']);
});

test("a package with suppressions or flags that count from its folder is looked at from there", async () => {
  const files = {
    "package.json": manifest({ lint: "turbo run lint" }),
    "eslint.config.js": flat,
    "a/package.json": manifest({ lint: "eslint" }),
    "a/eslint-suppressions.json": "{}",
    "b/package.json": manifest({ lint: "eslint -c ../eslint.config.js" }),
    "c/package.json": manifest({ lint: "eslint --suppressions-location debt.json" }),
    "d/package.json": manifest({ lint: "eslint --ext .ts,.js" }),
  };
  expect(await detected(eslint, files)).toEqual([
    '|"lint": "eslint --ext .ts,.js"',
    'a|"lint": "eslint"',
    'b|"lint": "eslint -c ../eslint.config.js"',
    'c|"lint": "eslint --suppressions-location debt.json"',
  ]);
});

test("a package that the root's own call covers is not looked at twice", async () => {
  const files = {
    "package.json": manifest({ lint: "eslint ." }),
    "eslint.config.js": flat,
    "a/package.json": manifest({ lint: "eslint ." }),
    "b/package.json": manifest({ lint: "eslint ." }),
    "b/eslint.config.js": flat,
  };
  expect(await detected(eslint, files)).toEqual(['|"lint": "eslint ."', 'b|"lint": "eslint ."']);
});

test("a script that checks is preferred to one that writes", async () => {
  const scripts = { format: "prettier --write .", "format:check": "prettier --check src" };
  expect(await detected(prettier, { "package.json": manifest(scripts) })).toEqual([
    '|"format:check": "prettier --check src"',
  ]);
});

test("biome formats and lints as its subcommands and its configuration say", async () => {
  const checks = { "package.json": manifest({ check: "biome check ." }) };
  expect([await detected(biomeFormat, checks), await detected(biomeLint, checks)]).toEqual([
    ['|"check": "biome check ."'],
    ['|"check": "biome check ."'],
  ]);
  const lints = { "package.json": manifest({ lint: "biome lint src" }) };
  expect([await detected(biomeFormat, lints), await detected(biomeLint, lints)]).toEqual([
    [],
    ['|"lint": "biome lint src"'],
  ]);
  const configured = {
    "package.json": JSON.stringify({ devDependencies: { "@biomejs/biome": "2" } }),
    "biome.jsonc": '{\n  // no formatting\n  "formatter": { "enabled": false }\n}\n',
  };
  expect([await detected(biomeFormat, configured), await detected(biomeLint, configured)]).toEqual([
    [],
    ["|biome.jsonc"],
  ]);
});

test("patterns of a script decide which changed files count", async () => {
  const files = {
    "package.json": manifest({ lint: "oxlint 'src/**/*.ts' !src/gen/**" }),
    "src/a.ts": "",
    "src/gen/b.ts": "",
    "c.ts": "",
  };
  const workspace = temporaryWorkspace(files, ["oxlint"]);
  expect(await labelsOf(oxlint, workspace, changedFiles(["c.ts", "src/gen/b.ts"]))).toEqual([]);
  expect(await labelsOf(oxlint, workspace, changedFiles(["src/a.ts"]))).toEqual(["oxlint, 1 file"]);
});
