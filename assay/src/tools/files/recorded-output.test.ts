// What formatters and linters outside this repository's dependencies printed; see fixtures/README.md.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Finding } from "../../model/finding.ts";
import { repoPath, rootDir } from "../../model/paths.ts";
import { readGithubCommands } from "./biome.ts";
import { readEslintJson } from "./eslint.ts";
import { readChecked } from "./prettier.ts";

const place = { root: "/repo", dir: rootDir };
const recorded = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const shown = (findings: readonly Finding[] = []): readonly string[] =>
  findings.map(({ path, line, message }) => `${path ?? "?"}:${String(line ?? "-")} ${message}`);

test("eslint's errors, warnings and syntax errors are told apart, and what it ignores is neither", () => {
  const reading = readEslintJson(recorded("eslint-10.json"), place);
  expect(shown(reading?.errors)).toEqual([
    "src/a.js:1 Expected '===' and instead saw '=='. (eqeqeq)",
    "src/bad.js:1 Parsing error: Unexpected token =",
  ]);
  expect(shown(reading?.warnings)).toEqual(["src/a.js:2 Unexpected 'debugger' statement. (no-debugger)"]);
});

test("eslint 8 and typed rules under eslint 9 read the same way", () => {
  const old = readEslintJson(recorded("eslint-8.json"), place);
  expect([shown(old?.errors), shown(old?.warnings)]).toEqual([
    ["src/a.js:1 Expected '===' and instead saw '=='. (eqeqeq)"],
    [],
  ]);
  const typed = readEslintJson(recorded("eslint-9-type-aware.json"), place);
  expect(shown(typed?.errors).some((line) => line.startsWith("src/a.ts:2 Promises must be awaited"))).toBe(true);
  expect(shown(typed?.warnings)).toEqual(["test/w.js:1 Unexpected 'debugger' statement. (no-debugger)"]);
});

test("a path that eslint prints below a package is the repository's path", () => {
  const inside = { root: "/", dir: repoPath("repo") };
  expect(shown(readEslintJson(recorded("eslint-8.json"), inside)?.errors)[0]).toMatch(/^repo\/src\/a\.js:1 /u);
});

test("biome's diagnostics are read once each, with relative and absolute paths, in versions 1 and 2", () => {
  expect(shown(readGithubCommands(recorded("biome-1.txt"), place).errors)).toEqual([
    "src/bad.js:1 Expected an identifier, an array pattern, or an object pattern but instead found '='. (parse)",
    "src/bad.js:1 expected `,` but instead found `;` (parse)",
    "src/a.ts:1 This is an unexpected use of the debugger statement. (lint/suspicious/noDebugger)",
    "src/a.ts:- not formatted; run `npx biome format --write src/a.ts`",
    "package.json:- not formatted; run `npx biome format --write package.json`",
    "biome.json:- not formatted; run `npx biome format --write biome.json`",
  ]);
  expect(shown(readGithubCommands(recorded("biome-2.txt"), place).errors)).toContain(
    "src/a.js:1 Using == may be unsafe if you are relying on type coercion. (lint/suspicious/noDoubleEquals)",
  );
});

test.each(["prettier-2", "prettier-3"])("%s's list and its syntax errors are findings", (name) => {
  const outcome = { stdout: "Checking formatting...\n", stderr: recorded(`${name}.stderr.txt`) };
  const reading = readChecked(outcome, place, (printed) => printed.endsWith(".js"));
  expect(shown(reading?.errors)).toEqual([
    "src/a.js:- not formatted; run `npx prettier --write src/a.js`",
    "src/bad.js:1 Unexpected token (syntax error)",
  ]);
  expect(readChecked({ ...outcome, stdout: "" }, place, () => true)).toBeUndefined();
});
