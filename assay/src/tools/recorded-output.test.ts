// What tools outside this repository's dependencies printed; see fixtures/README.md.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import type { Finding } from "../model/finding.ts";
import { repoPath, rootDir } from "../model/paths.ts";
import type { ProcessOutcome } from "../model/process.ts";
import { readGithubCommands } from "./biome.ts";
import { readEslintJson } from "./eslint.ts";
import { syntaxErrors, unformatted } from "./prettier.ts";
import { reconcile, usefulLine, type Reading } from "./tool-outcome.ts";
import { readDiagnostics } from "./tsc-output.ts";

const place = { root: "/repo", dir: rootDir };
const recorded = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const shown = (findings: readonly Finding[] = []): readonly string[] =>
  findings.map(({ path, line, message }) => `${path ?? "?"}:${String(line ?? "-")} ${message}`);

const outcome = (exitCode: number, stderr = ""): ProcessOutcome => ({
  exitCode,
  signal: null,
  spawnError: null,
  timedOut: false,
  stdout: "",
  stderr,
  truncated: false,
  durationMs: 1,
});

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

test("prettier's list and its syntax errors are findings", () => {
  expect(shown(unformatted("src/a.js\n", place, "npx prettier --write"))).toEqual([
    "src/a.js:- not formatted; run `npx prettier --write src/a.js`",
  ]);
  expect(shown(syntaxErrors(recorded("prettier-3.stderr.txt"), place))).toEqual([
    "src/bad.js:1 Unexpected token (syntax error)",
  ]);
});

test("a compiler's message keeps its second line, and one without a file is laid to the configuration", () => {
  const config = repoPath("tsconfig.json");
  expect(shown(readDiagnostics(recorded("tsc-5.txt"), place, config))).toEqual([
    "src/a.ts:3 Argument of type '{ a: { b: string; }; }' is not assignable to parameter of type '{ a: { b: number; }; }'. The types of 'a.b' are incompatible between these types. Type 'string' is not assignable to type 'number'. (TS2345)",
    "src/a.ts:4 Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
  expect(shown(readDiagnostics("error TS18003: No inputs were found.\n", place, config))).toEqual([
    "tsconfig.json:- No inputs were found. (TS18003)",
  ]);
});

test("output that disagrees with the exit code is no verdict", () => {
  const finding: Finding = { path: null, line: 1, message: "wrong" };
  const nothing: Reading = { errors: [], warnings: [] };
  const found: Reading = { errors: [finding], warnings: [] };
  expect(reconcile("x", outcome(0), nothing)).toBe(nothing);
  expect(reconcile("x", outcome(1), found)).toBe(found);
  expect(reconcile("x", outcome(1), { errors: [], warnings: [finding] })).toEqual(found);
  expect(reconcile("x", outcome(0), found)).toBeInstanceOf(AssayError);
  expect(reconcile("x", outcome(1), nothing)).toMatchObject({
    code: "tool-failed",
    message: "x ended with exit code 1",
  });
  expect(reconcile("x", outcome(2, "boom"), undefined)).toMatchObject({ message: "x ended with exit code 2: boom" });
});

test("of a crash the line that says what went wrong is kept", () => {
  const crash =
    "\nOops! Something went wrong! :(\n\nESLint: 10.15.0\n\nError: boom\n    at file:///repo/eslint.config.js:1:7\n";
  expect(usefulLine(crash)).toBe("Error: boom");
  expect(usefulLine("configuration ━━━━━━\n\n  × Biome exited because the configuration resulted in errors.\n")).toBe(
    "Biome exited because the configuration resulted in errors.",
  );
  expect(usefulLine("  \n")).toBeUndefined();
});
