import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import type { CheckResult, Finding } from "../model/finding.ts";
import { repoPath } from "../model/paths.ts";
import type { Run } from "../model/run.ts";
import { finding, noScope, result, run } from "./test-run.ts";
import { answerEnvelope, detailsOf, errorEnvelope, toEnvelope } from "./to-envelope.ts";

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

test("what had to finish and did not is told as the end of the budget in a loop, else of the run", () => {
  const tests = result("tests", "deferred", { unfinished: true });
  expect(toEnvelope(run([tests])).error).toMatchObject({
    code: "no-tests-ran",
    message: "The budget ended before any part of tests finished",
  });
  const mutation = result("mutation", "deferred", { unfinished: true });
  expect(toEnvelope(run([mutation], { command: "mutate" })).error).toMatchObject({
    code: "interrupted",
    message: "The run ended before mutation came to a verdict",
  });
});

test("a failing check's details name file, line and fault", () => {
  const envelope = toEnvelope(run([result("tests", "failed", { findings: [finding] })]));
  expect(envelope.result.checks).toEqual([
    {
      id: "tests",
      status: "fail",
      details: ["src/a.ts:3 expected 1, got 2"],
      omitted_details: 0,
      duration_ms: 13,
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
  const findings = places.map(([path, line]) => ({ path: repoPath(path), line, message: "wrong" }));
  const [check] = toEnvelope(run([result("types", "failed", { findings })])).result.checks;
  expect(check).toMatchObject({
    details: ["src/a.ts:9 wrong", "src/a.ts:10 wrong", "src/b.ts:1 wrong"],
    omitted_details: 0,
  });
});

test("what is about a whole file stands before its lines, what is about no file before all, what is minor behind", () => {
  const ordered: readonly Finding[] = [
    { path: null, line: null, message: "an empty change" },
    { path: repoPath("a.ts"), line: null, message: "too long" },
    { path: repoPath("a.ts"), line: 1, message: "a fault" },
    { path: repoPath("a.ts"), line: 1, message: "one more" },
    { path: null, line: null, message: "by the way", isMinor: true },
  ];
  const details = ["an empty change", "a.ts too long", "a.ts:1 a fault", "a.ts:1 one more", "by the way"];
  expect(detailsOf(result("tests", "failed", { findings: ordered }))).toEqual(details);
  expect(detailsOf(result("tests", "failed", { findings: ordered.toReversed() }))).toEqual(details);
});

test("failures come first, then errors, then what was left", () => {
  const statuses = ["skipped", "passed", "deferred", "errored", "failed"] as const;
  const envelope = toEnvelope(run(statuses.map((status) => result(status, status))));
  expect(envelope.result.checks.map((check) => check.status)).toEqual(["fail", "error", "deferred", "pass", "skip"]);
  expect(envelope.result.summary).toEqual({
    total: 5,
    passed: 1,
    failed: 1,
    errored: 1,
    deferred: 1,
    skipped: 1,
    omitted_checks: 0,
  });
});

test("nothing that goes in can make the envelope larger than its bounds or put a control character into it", () => {
  const nasty = `\u{1b}[31m${"x".repeat(2000)}\u{202e}`;
  const findings = Array.from({ length: 100 }, (_, line) => ({ ...finding, line, message: nasty }));
  const many = Array.from({ length: 100 }, (_, index) => result(`check-${index}`, "failed", { findings }));
  const names = Array.from({ length: 100 }, () => nasty);
  const fallback = { reason: "lockfile", detail: nasty } as const;
  const scope = { ...noScope, direct: names, expanded: names, fallback };
  const envelope = toEnvelope(run(many, { scope, error: new AssayError("git-failed", nasty, { hint: nasty }) }));
  expect(envelope.result.checks).toHaveLength(20);
  expect(envelope.result.summary).toMatchObject({ total: 100, failed: 100, omitted_checks: 80 });
  for (const check of envelope.result.checks) {
    expect(check.details).toHaveLength(8);
    expect(check.omitted_details).toBe(92);
    for (const detail of check.details) expect(detail).toHaveLength(240);
  }
  expect(envelope.result.scope.direct_scopes).toHaveLength(40);

  const text = JSON.stringify(envelope);
  expect(text.length).toBeLessThan(80_000);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|\\u001b/u);
});

test("a green envelope stays short however many checks passed, and counts what it does not list", () => {
  const lengths = Array.from({ length: 200 }, (_, more) => {
    const names = Array.from({ length: 14 }, (_name, index) => `check-${index}${"x".repeat(index === 0 ? more : 0)}`);
    const envelope = toEnvelope(run(names.map((name) => result(name, "passed"))));
    const { checks, summary } = envelope.result;
    expect([checks.length + summary.omitted_checks, summary.passed]).toEqual([14, 14]);
    return JSON.stringify(envelope).length;
  });
  expect(Math.max(...lengths)).toBe(1500);
});

test("a green envelope lists nothing rather than too much", () => {
  const results = ["x", "y"].map((letter) => result(letter.repeat(2000), "passed"));
  expect(toEnvelope(run(results)).result).toMatchObject({ checks: [], summary: { passed: 2, omitted_checks: 2 } });
});

test("an answer stands beside an empty result", () => {
  expect(answerEnvelope("assay doctor", { manager: "npm" })).toEqual({
    schema: "assay/1",
    ok: true,
    exit_code: 0,
    command: "assay doctor",
    error: null,
    result: {
      scope: { base: null, changed_files: 0, direct_scopes: [], expanded_scopes: [], fallback: null },
      checks: [],
      summary: { total: 0, passed: 0, failed: 0, errored: 0, deferred: 0, skipped: 0, omitted_checks: 0 },
    },
    next_actions: [],
    manager: "npm",
  });
});

test("a usage error is an envelope too, with the next step", () => {
  const envelope = errorEnvelope(
    "assay lop",
    new AssayError("usage", '"lop" is not a command', { hint: "assay --help" }),
  );
  expect(envelope).toMatchObject({ ok: false, exit_code: 2, error: { code: "usage", hint: "assay --help" } });
  expect(envelope.result.summary.total).toBe(0);
});

test("what is to be reviewed is listed although all is green, before what was passed in silence", () => {
  const results = [
    result("tests", "passed"),
    result("stale-equivalent", "passed", { reviews: ["a new one"] }),
    result("types", "passed"),
  ];
  expect(toEnvelope(run(results)).result.checks).toMatchObject([
    { id: "stale-equivalent", status: "pass", details: ["a new one"] },
    { id: "tests" },
    { id: "types" },
  ]);
});

test("what somebody has asked to leave out is shown before what passed, and what many checks say alike once", () => {
  const alike = (id: string): CheckResult =>
    result(id, "errored", { errors: [new AssayError("base-not-found", "there is no base", { hint: "--base REV" })] });
  const results = [
    result("tests", "passed"),
    result("lint", "skipped"),
    result("format", "skipped", { reviews: ["left out by --except"] }),
    alike("a"),
    alike("b"),
    result("types", "errored", { errors: [new AssayError("tool-missing", "tsc is not there")] }),
    result("commits", "skipped"),
  ];
  const ids = toEnvelope(run(results)).result.checks.map((check) => check.id);
  expect(ids).toEqual(["a", "types", "format", "tests", "lint", "commits", "b"]);
});
