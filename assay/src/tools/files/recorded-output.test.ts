// What formatters and linters outside this repository's dependencies printed; see fixtures/README.md.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Finding } from "../../model/finding.ts";
import { repoPath, rootDir } from "../../model/paths.ts";
import type { Reading } from "../output/tool-outcome.ts";
import { readGithubCommands } from "./biome.ts";
import { readEslintJson } from "./eslint.ts";
import { readOxlintJson } from "./oxlint.ts";
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

const below = { root: "/repo", dir: repoPath("p") };

/** Errors and, behind a `~`, warnings. */
function told(reading: Reading | undefined): readonly string[] | undefined {
  return reading && [...shown(reading.errors), ...shown(reading.warnings).map((line) => `~${line}`)];
}

test("biome's lines are read by their level, wherever the tool ran, and nothing else that it prints is", () => {
  const command = (level: string, rule: string, message: string): string =>
    `::${level} title=${rule},file=a%2C%25b.ts,line=12,endLine=3,col=1,endColumn=2::${message}`;
  const lines = [
    command("error", "lint/x", "one%0A  two%3A%0D%25"),
    command("warning", "format", "odd"),
    command("notice", "lint/y", "never mind"),
    ` ${command("error", "lint/z", "not at the start")}`,
    command("error", "lint/x", "another, with a comma::"),
  ];
  expect(told(readGithubCommands(lines.join("\n"), below))).toEqual([
    "p/a,%b.ts:12 one two: % (lint/x)",
    "p/a,%b.ts:12 another, with a comma:: (lint/x)",
    "~p/a,%b.ts:- not formatted; run `npx biome format --write p/a,%b.ts`",
  ]);
  const outside = "::error title=format,file=/other/a.ts,line=1,endLine=1,col=1,endColumn=1::x";
  expect(told(readGithubCommands(outside, below))).toEqual([
    "?:- not formatted; run `npx biome format --write /other/a.ts`",
  ]);
});

test("what is not eslint's or oxlint's list is no reading of it", () => {
  const odd = ["", "{}", "[1]", "[{}]", '[{"messages":[1]}]', '[{"filePath":"a.js","messages":{}}]'];
  expect(odd.map((text) => readEslintJson(text, place))).toEqual(odd.map(() => undefined));
  const notDiagnostics = ["", "[]", "{}", '{"diagnostics":{}}', '{"diagnostics":[1]}'];
  expect(notDiagnostics.map((text) => readOxlintJson(text, place))).toEqual(notDiagnostics.map(() => undefined));
  expect([told(readEslintJson("[]", place)), told(readOxlintJson('{"diagnostics":[]}', place))]).toEqual([[], []]);
});

test("eslint's messages are told with what they have, and only its own about ignoring are left out", () => {
  const ignored = "File ignored because of a matching ignore pattern.";
  const messages = [
    { severity: 2, line: 3, message: "bad", ruleId: "a/b" },
    { severity: 1, message: "odd", ruleId: null },
    { severity: 1, message: ignored, ruleId: null },
    { severity: 1, message: `A ${ignored}`, ruleId: null },
    { severity: 1, message: ignored, ruleId: "c" },
    { severity: 2, message: ignored, ruleId: null },
    { severity: 2 },
  ];
  expect(told(readEslintJson(JSON.stringify([{ filePath: "/repo/a.js", messages }]), place))).toEqual([
    "a.js:3 bad (a/b)",
    `a.js:- ${ignored}`,
    "a.js:- ",
    "~a.js:- odd",
    `~a.js:- A ${ignored}`,
    `~a.js:- ${ignored} (c)`,
  ]);
});

test("oxlint's diagnostics are told with their first place, their rule and a remedy that is short", () => {
  const span = (line: number): object => ({ span: { line } });
  const diagnostics = [
    {
      severity: "error",
      filename: "a.js",
      labels: [span(2), span(1)],
      message: "Bad.",
      help: "Mend it.",
      code: "x(y)",
    },
    { severity: "error", filename: "a.js", labels: [], message: "Bad.", help: "h".repeat(81), code: "x(y)" },
    { severity: "error", filename: "", labels: [{}], message: "Bad", help: "h".repeat(80) },
    { severity: "warning", labels: "none", message: "a. b" },
    { severity: "advice", filename: "../b.js" },
  ];
  expect(told(readOxlintJson(JSON.stringify({ diagnostics }), below))).toEqual([
    "p/a.js:2 Bad: Mend it (x(y))",
    "p/a.js:- Bad. (x(y))",
    `?:- Bad: ${"h".repeat(80)}`,
    "~?:- a. b",
    "~b.js:- ",
  ]);
});

test("of what prettier warns of the files are findings, of its errors those of the syntax", () => {
  const escape = String.fromCodePoint(27);
  const stderr = [
    `[${escape}[33mwarn${escape}[39m] b.js`,
    "[warn] Ignored unknown option",
    "x [warn] c.js",
    "[error] d: e.js: SyntaxError: Odd (token) (12:34)",
    "[error] f.js: TypeError: x (1:1)",
  ].join("\n");
  const isFile = (printed: string): boolean => printed.endsWith(".js");
  expect(told(readChecked({ stdout: "Checking formatting...", stderr }, below, isFile))).toEqual([
    "p/b.js:- not formatted; run `npx prettier --write b.js`",
    "p/d: e.js:12 Odd (token) (syntax error)",
  ]);
});
