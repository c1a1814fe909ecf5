import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import type { MutantResult, MutationReport } from "./report.ts";
import { toOutcome } from "./verdict.ts";

const path = repoPath("src/a.ts");

function result(fields: Partial<MutantResult>): MutantResult {
  return {
    mutant: {
      id: "m",
      path,
      line: 3,
      start: 0,
      end: 1,
      mutator: "comparison-negation",
      original: "a < b",
      replacement: "a >= b",
    },
    status: "killed",
    killedBy: null,
    message: null,
    nearest: null,
    testsRun: 1,
    hits: 1,
    ...fields,
  };
}

function report(fields: Partial<MutationReport>): MutationReport {
  return {
    mutants: [],
    runtimeLines: 5,
    uncovered: [],
    candidates: 1,
    arid: new Map(),
    testFilesRun: 1,
    errors: [],
    ...fields,
  };
}

test("a survivor says what was changed, which test is nearest, and what a killing test must show", () => {
  const nearest = { file: repoPath("src/a.test.ts"), test: "orders" };
  expect(toOutcome(report({ mutants: [result({ status: "survived", nearest, testsRun: 3 })] }))).toEqual({
    status: "failed",
    findings: [
      {
        path,
        line: 3,
        message:
          '`a < b` → `a >= b` survived 3 tests; nearest: src/a.test.ts "orders"; a killing test must show a result that holds only while the comparison is right',
      },
    ],
  });
});

test("changed lines that no test executes fail, once for each range, and mutants on them are not listed again", () => {
  const outcome = toOutcome(
    report({
      mutants: [result({ status: "no-coverage" })],
      uncovered: [
        {
          path,
          ranges: [
            { start: 2, end: 4 },
            { start: 9, end: 9 },
          ],
        },
      ],
    }),
  );
  expect(outcome).toEqual({
    status: "failed",
    findings: [
      { path, line: 2, message: "no test executes the changed lines 2 to 4; add one that does" },
      { path, line: 9, message: "no test executes this changed line; add one that does" },
    ],
  });
});

test("a part of an executed line that no test reaches fails", () => {
  expect(toOutcome(report({ mutants: [result({ status: "no-coverage" })] }))).toMatchObject({
    status: "failed",
    findings: [{ line: 3, message: "no test executes `a < b`; add one that does" }],
  });
});

test("killed, timed out, crashed and refused mutants pass", () => {
  const mutants = (["killed", "timeout", "runtime-error", "compile-error"] as const).map((status) =>
    result({ status }),
  );
  expect(toOutcome(report({ mutants }))).toEqual({ status: "passed", note: "3 mutants killed" });
});

test("executed lines without a place to mutate pass", () => {
  expect(toOutcome(report({}))).toEqual({
    status: "passed",
    note: "5 changed lines are executed by tests; none can be mutated",
  });
});

test("a change without runtime code is skipped", () => {
  expect(toOutcome(report({ runtimeLines: 0 }))).toMatchObject({ status: "skipped" });
});

test("an error is no verdict, whatever else was found", () => {
  const errors = [
    new AssayError("baseline-failed", "a.test.ts fails", { hint: "assay loop" }),
    new AssayError("tool-failed", "x"),
  ];
  const outcome = toOutcome(report({ errors, mutants: [result({ status: "survived" })] }));
  expect(outcome).toMatchObject({
    status: "errored",
    error: { code: "baseline-failed", message: "a.test.ts fails (and 1 more)", hint: "assay loop" },
  });
});

test("long code does not push the advice out of the message", () => {
  const mutant = { ...result({}).mutant, original: `f(${"a, ".repeat(100)}b)\n < c`, replacement: "x".repeat(500) };
  const nearest = { file: repoPath("src/a.test.ts"), test: "t".repeat(300) };
  const outcome = toOutcome(report({ mutants: [result({ mutant, status: "survived", nearest })] }));
  const [finding] = outcome.status === "failed" ? outcome.findings : [];
  expect(finding?.message).toContain("a killing test must show");
  expect(finding?.message.length).toBeLessThanOrEqual(280);
});
