// Which changed files the guards of configuration are loaded for: found where they lie, and where they lay before.
import { expect, test } from "vitest";
import { contextOf, type TextsChange } from "./change/change-of-texts.ts";
import { loosenedCompiler } from "./loosened-compiler.ts";
import { loosenedHook } from "./loosened-hook.ts";
import { loosenedLinter } from "./loosened-linter.ts";
import { loosenedScript } from "./loosened-script.ts";
import { loosenedWorkflow } from "./loosened-workflow.ts";
import type { Guard } from "./run-guards.ts";
import { overChange } from "./run-guards.ts";

/** How many findings there are in a change. */
async function count(guard: Guard, change: TextsChange): Promise<number> {
  return (await overChange(guard).inspect(await contextOf(change))).length;
}

const workflow = "on: pull_request\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n";
const ci = ".github/workflows/ci.yml";
const manifest = { "package.json": '{ "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "4" } }' };

test("a workflow that is emptied, goes, or is moved to where nothing runs it, is told", async () => {
  const base = { ...manifest, [ci]: workflow, "a.ts": "a();\n" };
  const emptied = { ...base, [ci]: workflow.replace("npm test", "true"), "a.ts": "b();\n" };
  expect(await count(loosenedWorkflow, { base, head: emptied })).toBe(1);
  expect(await count(loosenedWorkflow, { base, head: { ...manifest, "a.ts": "b();\n" } })).toBe(1);
  const away = { ...manifest, "docs/ci.yml": workflow, "a.ts": "a();\n" };
  expect(await count(loosenedWorkflow, { base, head: away, renames: { "docs/ci.yml": ci } })).toBe(1);
  const renamed = { ...manifest, ".github/workflows/all.yml": workflow, "a.ts": "a();\n" };
  expect(await count(loosenedWorkflow, { base, head: renamed, renames: { ".github/workflows/all.yml": ci } })).toBe(0);
});

test("owners that go with their file, or by its move, are told beside other changes", async () => {
  const owners = ".github/CODEOWNERS";
  const base = { [owners]: "* @someone\n", "a.ts": "a();\n" };
  expect(await count(loosenedWorkflow, { base, head: { "a.ts": "b();\n" } })).toBe(1);
  const moved = { "docs/owners.txt": "* @someone\n", "a.ts": "b();\n" };
  expect(await count(loosenedWorkflow, { base, head: moved, renames: { "docs/owners.txt": owners } })).toBe(1);
  expect(await count(loosenedWorkflow, { base, head: { ...base, "a.ts": "b();\n" } })).toBe(0);
});

const rules = 'export default [{ rules: { "no-var": "error", "no-eval": "error" } }];\n';
const fewer = rules.replace(', "no-eval": "error"', "");

test("a linter's configuration that is moved is still the one that it was", async () => {
  const moved = (to: string, text: string): TextsChange => ({
    base: { "eslint.config.js": rules },
    head: { [to]: text },
    renames: { [to]: "eslint.config.js" },
  });
  expect(await count(loosenedLinter, moved("eslint.config.mjs", fewer))).toBeGreaterThan(0);
  expect(await count(loosenedLinter, moved("lint/eslint.config.js", rules))).toBe(0);
  expect(await count(loosenedLinter, moved("eslint.config.mjs", rules))).toBe(0);
});

test("a linter's configuration that is moved to where no tool looks for it is gone, unless one is told where it is", async () => {
  for (const to of ["docs/example.js", "lint/rules.js", "test/fixtures/eslint.config.js"]) {
    const moved = { base: { "eslint.config.js": rules }, head: { [to]: rules }, renames: { [to]: "eslint.config.js" } };
    expect([to, await count(loosenedLinter, moved)]).toEqual([to, 1]);
    const script = { "package.json": `{ "scripts": { "lint": "eslint -c ${to}" } }` };
    const named = { ...moved, base: { ...moved.base, ...script }, head: { ...moved.head, ...script } };
    expect([to, await count(loosenedLinter, named)]).toEqual([to, 0]);
  }
});

test("a linter's configuration in a manifest counts, however it is laid out", async () => {
  for (const [before, after] of [
    ['"eslintConfig":{"rules":{"no-var":"error"}}', '"eslintConfig":{"rules":{}}'],
    ['"eslintConfig" : {"rules": {"no-var": "error"}}', '"eslintConfig" : {"rules": {}}'],
    ['"eslintIgnore": ["dist"]', '"eslintIgnore": ["dist", "src"]'],
  ]) {
    const files = { "src/a.ts": "" };
    const change = {
      base: { ...files, "package.json": `{${before}}` },
      head: { ...files, "package.json": `{${after}}` },
    };
    expect([before, await count(loosenedLinter, change)]).toEqual([before, 1]);
  }
  const named = '{ "name": "eslintConfig", "prettier": "@acme/prettier" }';
  expect(await count(loosenedLinter, { base: { "package.json": named }, head: { "package.json": "{}" } })).toBe(0);
});

test("a linter's configuration among fixtures is material, unless a script names it or it was none", async () => {
  const at = "test/fixtures/eslint.config.js";
  const change = (more: Readonly<Record<string, string>> = {}): TextsChange => ({
    base: { [at]: rules, ...more },
    head: { [at]: fewer, ...more },
  });
  expect(await count(loosenedLinter, change())).toBe(0);
  const script = '{ "scripts": { "lint": "eslint -c test/fixtures/eslint.config.js" } }';
  expect(await count(loosenedLinter, change({ "package.json": script }))).toBeGreaterThan(0);
  const out = { base: { [at]: rules }, head: { "eslint.config.js": fewer }, renames: { "eslint.config.js": at } };
  expect(await count(loosenedLinter, out)).toBeGreaterThan(0);
});

test("a hook that goes from its folder or its manifest is told, by a move as well, and a new one is not", async () => {
  const hook = { ...manifest, ".husky/pre-commit": "npm test\n" };
  expect(await count(loosenedHook, { base: hook, head: manifest })).toBe(1);
  expect(await count(loosenedHook, { base: manifest, head: hook })).toBe(0);
  for (const to of ["docs/pre-commit", ".husky/_old/pre-commit", ".husky/pre-commit.old"]) {
    const moved = {
      base: hook,
      head: { ...manifest, [to]: hook[".husky/pre-commit"] },
      renames: { [to]: ".husky/pre-commit" },
    };
    expect([to, await count(loosenedHook, moved)]).toEqual([to, 1]);
  }
  const text = manifest["package.json"];
  const installs = text.replace("{", '{ "simple-git-hooks": { "pre-commit": "npm test" },');
  expect(await count(loosenedHook, { base: { "package.json": installs }, head: { "package.json": text } })).toBe(1);
});

test("a compiler's configuration that is moved to where the compiler does not look for it is gone", async () => {
  const files = { ...manifest, "src/a.ts": "export const a = 1;\n" };
  const strict = '{ "compilerOptions": { "strict": true } }\n';
  const moved = (to: string, more: Readonly<Record<string, string>> = {}): TextsChange => ({
    base: { ...files, "tsconfig.json": strict },
    head: { ...files, [to]: strict, ...more },
    renames: { [to]: "tsconfig.json" },
  });
  for (const to of ["docs/old.txt", "tsconfig.json.old", "test/fixtures/tsconfig.json"])
    expect([to, await count(loosenedCompiler, moved(to))]).toEqual([to, 1]);
  // It is still read: from there, or under the new name.
  expect(await count(loosenedCompiler, moved("base.json", { "tsconfig.json": '{ "extends": "./base.json" }\n' }))).toBe(
    0,
  );
  expect(await count(loosenedCompiler, moved("tsconfig.app.json"))).toBe(0);
});

test("a script that is new verifies no less than none did", async () => {
  expect(await count(loosenedScript, { base: {}, head: { "package.json": '{ "scripts": { "test": "true" } }' } })).toBe(
    0,
  );
  const change = {
    base: { "package.json": '{ "scripts": { "test": "vitest run" } }' },
    head: { "package.json": '{ "scripts": { "test": "true" } }' },
  };
  expect(await count(loosenedScript, change)).toBe(1);
});
