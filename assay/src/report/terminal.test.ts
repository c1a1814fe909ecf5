import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import type { CheckResult } from "../model/finding.ts";
import { newFile } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import { colourful, errorText, plain, progressLine, toTerminal, type Paint } from "./terminal.ts";
import { finding, noScope, result, run } from "./test-run.ts";

/** Shows where a colour begins and ends. */
const tagged: Paint = (style, text) => `<${style}>${text}</>`;

function linesOf(text: string): readonly string[] {
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
}

test("a green run names the next command, if there is one", () => {
  const next = (command: "loop" | "gate") => linesOf(toTerminal(run([result("a", "passed")], { command }), plain));
  expect(next("loop")).toEqual(["ok assay loop: 1 passed in 1.2 s (0 changed files); next: assay mutate"]);
  expect(next("gate")).toEqual(["ok assay gate: 1 passed in 1.2 s (0 changed files)"]);
});

test("a red run has a block for each check that needs a reader, what to do, and the verdict last", () => {
  const results = [
    result("types", "passed"),
    result("tests", "failed", { findings: [finding] }),
    result("lint", "errored", { errors: [new AssayError("tool-missing", "no linter", { hint: "npm ci" })] }),
    result("build", "deferred", { notes: ["not run: 3 files"] }),
    result("e2e", "skipped", { notes: ["nothing to run"] }),
  ];
  expect(linesOf(toTerminal(run(results), tagged))).toEqual([
    "<red>✘ tests</>",
    "  src/a.ts:3 expected 1, got 2",
    "<red>! lint</>",
    "  no linter; try: npm ci",
    "<yellow>… build</>",
    "  not run: 3 files",
    "next:",
    "  <bold>assay loop --only build --budget 600</>  <dim>Run what did not fit into the budget: build.</>",
    "  <bold>assay loop --only tests</>  <dim>Re-check after the fix: 1 failing check.</>",
    "  <bold>assay explain tests</>  <dim>What this check looks for and how to put it right.</>",
    "  <bold>npm ci</>  <dim>no linter</>",
    "  <bold>assay loop --only lint</>  <dim>Run again what could not be verified.</>",
    "<red>FAIL</> assay loop: 1 failed, 1 errored, 1 deferred, 1 passed in 1.2 s (0 changed files)",
  ]);
});

test("survivors can be seen on a page, which is for people and so not among what an agent is told", () => {
  const attachments = [{ kind: "mutation-report", content: {} }] as const;
  const survivors = result("mutation", "failed", { findings: [finding], attachments });
  const said = (command: "mutate" | "gate") =>
    toTerminal(run([survivors], { command, options: ["--base", "main"], ownOptions: ["--all"] }), plain);
  expect(said("mutate")).toContain(
    "\n  assay mutate --base main --all --report  See every mutant in its place, on a page.\n",
  );
  expect(said("gate")).not.toContain("--report");
  expect(toTerminal(run([result("mutation", "passed", { attachments })], { command: "mutate" }), plain)).not.toContain(
    "--report",
  );
});

test("a page is named as soon as one check has mutants to show, and not for a failure that has none", () => {
  const attachments = [{ kind: "mutation-report", content: {} }] as const;
  const without = result("weakened-test", "failed", { findings: [finding] });
  const survivors = result("mutation", "failed", { findings: [finding], attachments });
  const said = (results: readonly CheckResult[]) => toTerminal(run(results, { command: "mutate" }), plain);
  expect(said([survivors, without])).toContain("assay mutate --report");
  expect(said([without])).not.toContain("--report");
});

test("what is left for later is told although nothing failed", () => {
  const text = toTerminal(run([result("tests", "deferred", { notes: ["not run: 3 files"] })]), tagged);
  expect(linesOf(text).filter((line) => !line.startsWith("  "))).toEqual([
    "<yellow>… tests</>",
    "next:",
    "<green>ok</> assay loop: 1 deferred, 0 passed in 1.2 s (0 changed files)",
  ]);
});

test("a run without a verdict says why", () => {
  const error = new AssayError("interrupted", "Interrupted by SIGINT");
  expect(linesOf(toTerminal(run([], { error }), tagged))).toEqual([
    "<red>!</> Interrupted by SIGINT",
    "<red>NO VERDICT</> assay loop: nothing to check in 1.2 s (0 changed files)",
  ]);
});

test("of many details the first are shown and the others counted", () => {
  const findings = Array.from({ length: 8 }, (_, line) => ({ ...finding, line: line + 1 }));
  const blockOf = (more: number) => {
    const all = [...findings, { ...finding, line: 9 }, { ...finding, line: 10 }].slice(0, 8 + more);
    const lines = linesOf(toTerminal(run([result("tests", "failed", { findings: all })]), tagged));
    return lines.slice(8, lines.indexOf("next:"));
  };
  expect(blockOf(0)).toEqual(["  src/a.ts:8 expected 1, got 2"]);
  expect(blockOf(2)).toEqual(["  src/a.ts:8 expected 1, got 2", "<dim>  and 2 more</>"]);
});

test("what is to be reviewed is shown although all is green", () => {
  const results = [
    result("tests", "passed"),
    result("stale-equivalent", "passed", { reviews: ["a new one"] }),
    result("lint", "skipped", { reviews: ["left out by --except"] }),
    result("types", "skipped"),
  ];
  expect(linesOf(toTerminal(run(results, { command: "gate" }), tagged))).toEqual([
    "<yellow>! stale-equivalent: to review</>",
    "  a new one",
    "<yellow>! lint: to review</>",
    "  left out by --except",
    "<green>ok</> assay gate: 2 passed in 1.2 s (0 changed files)",
  ]);
});

test("the verdict names what was looked at", () => {
  const changes = ["a.ts", "b.ts"].map((path) => newFile(repoPath(path), []));
  const scopeIn = (scope: Partial<typeof noScope>) =>
    /\((.*)\)/.exec(toTerminal(run([], { scope: { ...noScope, changes, ...scope } }), plain))?.[1];
  expect(scopeIn({})).toBe("2 changed files");
  expect(scopeIn({ expanded: ["core", "app"] })).toBe("2 changed files in core, app");
  const fallback = { reason: "lockfile", detail: "package-lock.json changed" } as const;
  expect(scopeIn({ expanded: ["core"], fallback })).toBe(
    "2 changed files; everything, since package-lock.json changed",
  );
  const long = Array.from({ length: 60 }, (_, index) => `packages/scope-${index}`);
  expect(scopeIn({ expanded: long })).toHaveLength(110);
  expect(scopeIn({ fallback: { ...fallback, detail: long.join(" ") } })).toHaveLength(110);
});

test.each<readonly [CheckResult["status"], Partial<CheckResult>, string]>([
  ["passed", {}, "<green>✔</> tests <dim>13 ms</>"],
  ["passed", { cached: true }, "<green>✔</> tests <dim>replayed</>"],
  ["failed", {}, "<red>✘</> tests <dim>13 ms</>"],
  ["errored", {}, "<red>!</> tests <dim>13 ms</>"],
  ["deferred", {}, "<yellow>…</> tests <dim>13 ms</>"],
  ["skipped", {}, "<dim>-</> tests <dim>13 ms</>"],
])("progress of a check that has %s, with %j, is %s", (status, more, line) => {
  expect(progressLine(result("tests", status, more), tagged)).toBe(line);
});

test("an error is told with its hint", () => {
  expect(errorText(new AssayError("usage", "no such command"), tagged)).toBe("<red>!</> no such command\n");
  const error = new AssayError("usage", '"lop" is not a command', { hint: "assay --help" });
  expect(errorText(error, plain)).toBe('! "lop" is not a command\n  try: assay --help\n');
});

test("colours are a terminal's own", () => {
  const styles = ["red", "green", "yellow", "dim", "bold"] as const;
  expect(styles.map((style) => colourful(style, "x"))).toEqual(
    [31, 32, 33, 2, 1].map((code) => `\u{1b}[${code}mx\u{1b}[0m`),
  );
});
