import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import type { CheckResult } from "../model/finding.ts";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { Run } from "../model/run.ts";
import type { Scope } from "../model/scope.ts";
import { bounds } from "./envelope.ts";
import { plain, toTerminal } from "./terminal.ts";
import { detailsOf, errorEnvelope, toEnvelope } from "./to-envelope.ts";

const noScope: Scope = {
  changes: [],
  all: [],
  direct: [],
  expanded: [],
  fallback: null,
  why: new Map(),
  scopeOf: () => undefined,
};

function result(id: string, status: CheckResult["status"], more: Partial<CheckResult> = {}): CheckResult {
  return {
    id,
    status,
    findings: [],
    errors: [],
    reviews: [],
    notes: [],
    durationMs: 12.4,
    cached: false,
    attachments: [],
    unfinished: false,
    ...more,
  };
}

function run(results: readonly CheckResult[], more: Partial<Run> = {}): Run {
  return {
    command: "loop",
    options: [],
    ownOptions: [],
    base: { kind: "found", commit: "3".repeat(40), ref: "origin/main", tip: "3".repeat(40) },
    scope: noScope,
    results,
    error: null,
    durationMs: 1234,
    ...more,
  };
}

const finding = { path: "src/a.ts" as RepoPath, line: 3, message: "expected 1, got 2" };

test("the exit code is 1 for a failure, 2 for uncertainty alone, 0 otherwise", () => {
  const codeOf = (results: readonly CheckResult[], more: Partial<Run> = {}): unknown => {
    const { ok, exit_code } = toEnvelope(run(results, more));
    return [exit_code, ok];
  };
  const broken = result("b", "errored", { errors: [new AssayError("tool-missing", "no eslint", { hint: "npm ci" })] });
  expect(codeOf([])).toEqual([0, true]);
  expect(codeOf([result("a", "passed"), result("c", "skipped"), result("d", "deferred")])).toEqual([0, true]);
  expect(codeOf([result("a", "failed", { findings: [finding] }), broken])).toEqual([1, false]);
  expect(codeOf([result("a", "passed"), broken])).toEqual([2, false]);
  expect(codeOf([result("a", "passed")], { error: new AssayError("interrupted", "Interrupted by SIGINT") })).toEqual([
    2,
    false,
  ]);
  expect(codeOf([result("tests", "deferred", { unfinished: true })])).toEqual([2, false]);
});

test("a failing check's details name file, line and fault", () => {
  const envelope = toEnvelope(run([result("tests", "failed", { findings: [finding] })]));
  expect(envelope.result.checks).toEqual([
    {
      id: "tests",
      status: "fail",
      details: ["src/a.ts:3 expected 1, got 2"],
      omitted_details: 0,
      duration_ms: 12,
      cached: false,
    },
  ]);
});

test("details are ordered by place, whoever found them first, and stand once", () => {
  const places = [
    ["src/b.ts", 1],
    ["src/a.ts", 10],
    ["src/a.ts", 9],
    ["src/a.ts", 9],
  ] as const;
  const findings = places.map(([path, line]) => ({ path: path as RepoPath, line, message: "wrong" }));
  const [check] = toEnvelope(run([result("types", "failed", { findings })])).result.checks;
  expect(check).toMatchObject({
    details: ["src/a.ts:9 wrong", "src/a.ts:10 wrong", "src/b.ts:1 wrong"],
    omitted_details: 0,
  });
});

test("failures come first, then errors, then what was left", () => {
  const statuses = ["passed", "deferred", "errored", "skipped", "failed"] as const;
  const envelope = toEnvelope(run(statuses.map((status) => result(status, status))));
  expect(envelope.result.checks.map((check) => check.status)).toEqual(["fail", "error", "deferred", "pass", "skip"]);
});

test("nothing that goes in can make the envelope larger than its bounds or put a control character into it", () => {
  const nasty = `\u{1b}[31m${"x".repeat(1_000_000)}\u{202e}`;
  const findings = Array.from({ length: 100 }, (_, line) => ({ ...finding, line, message: nasty }));
  const many = Array.from({ length: 100 }, (_, index) => result(`check-${index}`, "failed", { findings }));
  const names = Array.from({ length: 100 }, () => nasty);
  const scope: Scope = { ...noScope, direct: names, expanded: names, fallback: { reason: "lockfile", detail: nasty } };
  const envelope = toEnvelope(run(many, { scope, error: new AssayError("git-failed", nasty, { hint: nasty }) }));
  expect(envelope.result.checks).toHaveLength(bounds.checks);
  expect(envelope.result.summary).toMatchObject({ total: 100, failed: 100, omitted_checks: 80 });
  for (const check of envelope.result.checks) {
    expect(check.details).toHaveLength(bounds.details);
    expect(check.omitted_details).toBe(92);
    for (const detail of check.details) expect(detail.length).toBeLessThanOrEqual(bounds.text);
  }
  expect(envelope.result.scope.direct_scopes).toHaveLength(bounds.scopes);
  expect(envelope.next_actions.length).toBeLessThanOrEqual(bounds.actions);
  const text = JSON.stringify(envelope);
  expect(text.length).toBeLessThan(80_000);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|\\u001b/u);
});

test("a green envelope stays short however many checks passed, and counts what it does not list", () => {
  const envelope = toEnvelope(
    run(Array.from({ length: 40 }, (_, index) => result(`a-check-with-a-name-${index}`, "passed"))),
  );
  expect(JSON.stringify(envelope).length).toBeLessThanOrEqual(bounds.greenJson);
  expect(envelope.result.checks.length + envelope.result.summary.omitted_checks).toBe(40);
  expect(envelope.result.summary.passed).toBe(40);
});

test("a green loop suggests mutate, a green mutate the gate, each with the base that was asked for", () => {
  const next = (command: Run["command"]): unknown =>
    toEnvelope(run([result("tests", "passed")], { command, options: ["--base", "main"] })).next_actions.map(
      (action) => action.command,
    );
  expect(next("loop")).toEqual(["assay mutate --base main"]);
  expect(next("mutate")).toEqual(["assay gate --base main"]);
  expect(next("gate")).toEqual([]);
});

test("a red run names the narrowest command that checks the failures again", () => {
  const results = [
    result("lint", "failed", { findings: [finding] }),
    result("types", "passed"),
    result("tests", "failed", { findings: [finding] }),
  ];
  expect(toEnvelope(run(results)).next_actions[0]?.command).toBe("assay loop --only lint,tests");
});

test("what was deferred is named first, with a command that has time for it", () => {
  const results = [
    result("lint", "failed", { findings: [finding] }),
    result("tests", "deferred", { notes: ["not run: 3 files"] }),
  ];
  expect(toEnvelope(run(results)).next_actions[0]?.command).toBe("assay loop --only tests --budget 600");
});

test("a usage error is an envelope too, with the next step", () => {
  const envelope = errorEnvelope(
    "assay lop",
    new AssayError("usage", '"lop" is not a command', { hint: "assay --help" }),
  );
  expect(envelope).toMatchObject({ ok: false, exit_code: 2, error: { code: "usage", hint: "assay --help" } });
  expect(envelope.result.summary.total).toBe(0);
});

test("the text of a green run is one line and short", () => {
  const long = Array.from({ length: 60 }, (_, index) => `packages/scope-${index}`);
  const text = toTerminal(run([result("tests", "passed")], { scope: { ...noScope, expanded: long } }), plain);
  expect(text.split("\n")).toHaveLength(2);
  expect(text.length).toBeLessThanOrEqual(300);
});

test("the text of a red run ends with the verdict", () => {
  const text = toTerminal(run([result("tests", "failed", { findings: [finding] })]), plain);
  expect(text).toContain("✘ tests\n  src/a.ts:3 expected 1, got 2\n");
  expect(text.trimEnd().split("\n").at(-1)).toBe("FAIL assay loop: 1 failed, 0 passed in 1.2 s (0 changed files)");
});

test("what is minor stands behind the other findings", () => {
  const minor = { ...finding, path: repoPath("src/0.ts"), isMinor: true };
  expect(detailsOf(result("tests", "failed", { findings: [minor, finding] }))).toEqual([
    "src/a.ts:3 expected 1, got 2",
    "src/0.ts:3 expected 1, got 2",
  ]);
});

test("what is to be reviewed is shown although all is green, before what was passed in silence", () => {
  const results = [result("tests", "passed"), result("stale-equivalent", "passed", { reviews: ["a new one"] })];
  expect(toEnvelope(run(results)).result.checks).toMatchObject([
    { id: "stale-equivalent", status: "pass", details: ["a new one"] },
    { id: "tests" },
  ]);
  expect(toTerminal(run(results), plain).split("\n").slice(0, 2)).toEqual([
    "! stale-equivalent: to review",
    "  a new one",
  ]);
});
