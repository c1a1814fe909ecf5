// What the guards of configuration have in common: approvals, and findings that say where.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedLinter } from "./loosened-linter.ts";
import { loosenedScript } from "./loosened-script.ts";
import { runGuard, type Guard } from "./run-guards.ts";

async function messages(guard: Guard, base: Texts, head: Texts): Promise<readonly string[]> {
  const outcome = await runGuard(guard, await contextOf({ base, head }));
  return outcome.status === "failed"
    ? outcome.findings.map(({ path, line, message }) => `${path}:${line} ${message}`)
    : [];
}

const script = (line: string): string => JSON.stringify({ scripts: { test: line } }, null, 2);

test("a script that lost a command is told at its line, with what an approval names", async () => {
  const found = await messages(
    loosenedScript,
    { "package.json": script("tsc --noEmit && vitest run") },
    { "package.json": script("vitest run") },
  );
  expect(found).toEqual([
    'package.json:3 script "test" no longer checks types; put it back and mend what it finds [package.json test types]',
  ]);
});

test("what the base approves passes, and what the change approves does not", async () => {
  const approval =
    '[[approval]]\ncheck = "loosened-script"\nwhat = "package.json test types"\nreason = "types are checked by the editor of everyone"\n';
  const [base, head] = [
    { "package.json": script("tsc --noEmit && vitest run") },
    { "package.json": script("vitest run") },
  ];
  const file = { "assay-approvals.toml": approval };
  expect(await messages(loosenedScript, { ...base, ...file }, { ...head, ...file })).toEqual([]);
  expect(await messages(loosenedScript, base, { ...head, ...file })).toHaveLength(1);
});

test("a loss that several scripts show is told where it was made", async () => {
  const scripts = (unit: string): Texts => ({
    "package.json": JSON.stringify({ scripts: { all: "npm run unit", unit } }),
  });
  expect(await messages(loosenedScript, scripts("vitest run"), scripts("vitest run || true"))).toEqual([
    expect.stringContaining('script "unit"'),
  ]);
});

test("a rule counts for the files that its block is for", async () => {
  const config = (block: string): Texts => ({
    ".oxlintrc.json": `{ "rules": { "eqeqeq": "error" }, "overrides": [${block}] }`,
    "src/a.ts": "",
  });
  const off = (files: string): Texts => config(`{ "files": ["${files}"], "rules": { "eqeqeq": "off" } }`);
  expect(await messages(loosenedLinter, config(""), off("src/**"))).toHaveLength(1);
  expect(await messages(loosenedLinter, config(""), off("**/*.test.ts"))).toEqual([]);
});

test("not seen: a configuration that is worked out at run time", async () => {
  const config = (severity: string): Texts => ({
    "eslint.config.js": `export default make(() => { return { rules: { eqeqeq: "${severity}" } }; });`,
  });
  expect(await messages(loosenedLinter, config("error"), config("off"))).toEqual([]);
});
