import { expect, test } from "vitest";
import { AssayError } from "../model/errors.ts";
import { repoPath } from "../model/paths.ts";
import type { LineRange } from "../model/change.ts";
import type { MutantResult, MutationReport, Uncovered } from "./report.ts";
import { mutantResult as result } from "./testing/mutant-result.ts";
import { toOutcome } from "./verdict.ts";

const path = repoPath("src/a.ts");

function report(fields: Partial<MutationReport>): MutationReport {
  return {
    mutants: [],
    pending: [],
    runtimeLines: 5,
    uncovered: [],
    processStarters: [],
    candidates: 1,
    commands: [],
    arid: new Map(),
    testFilesRun: 1,
    unasked: 0,
    beside: [],
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
          '`if (a < b) return;` → `if (a >= b) return;` (comparison 0123456789) survived 3 tests; a killing test must show a result that holds only while the comparison is right; nearest: src/a.test.ts "orders"',
      },
    ],
  });
});

const uncoveredFile: Uncovered = { path, ranges: [], instead: null, isAskedFor: true };
const lines = (...ranges: readonly LineRange[]): Uncovered[] => [{ ...uncoveredFile, ranges }];

test("a change of which no test executes anything fails, with its lines and not with the mutants on them", () => {
  const outcome = toOutcome(
    report({
      runtimeLines: 4,
      mutants: [result({ status: "no-coverage" })],
      uncovered: lines({ start: 2, end: 4 }, { start: 9, end: 9 }),
    }),
  );
  expect(outcome).toEqual({
    status: "failed",
    findings: [
      { path, line: 2, message: "no test executes the changed lines 2-4, 9; add one that does", isMinor: true },
    ],
  });
});

test("lines and parts of lines that no test executes are named where the rest is verified", () => {
  const other = { ...result({}).mutant, line: 12 };
  const outcome = toOutcome(
    report({
      mutants: [result({}), result({ status: "no-coverage", mutant: other })],
      uncovered: [{ ...uncoveredFile, ranges: [{ start: 9, end: 10 }], isAskedFor: false }],
    }),
  );
  expect(outcome).toEqual({
    status: "passed",
    note: "1 mutant killed; no test executes src/a.ts:9-10, `a < b` of src/a.ts:12",
  });
});

test("lines that no test executes count against the change, though the rest of it is verified", () => {
  const uncovered = lines({ start: 9, end: 10 });
  const outcome = (fields: Partial<MutationReport>): unknown =>
    toOutcome(report({ mutants: [result({})], uncovered, ...fields }));
  expect(outcome({})).toEqual({
    status: "failed",
    findings: [{ path, line: 9, message: "no test executes the changed lines 9-10; add one that does", isMinor: true }],
    note: "1 mutant killed",
  });
  expect(outcome({ processStarters: [repoPath("test/cli.test.ts")] })).toEqual({
    status: "passed",
    note: "1 mutant killed; no test executes src/a.ts:9-10 in its own process",
  });
  const built = { ...uncoveredFile, ranges: [{ start: 9, end: 10 }], instead: repoPath("dist/a.js") };
  expect(outcome({ uncovered: [built] })).toMatchObject({ status: "passed" });
});

test("of lines that not every test was asked about it is said how many were", () => {
  const uncovered = lines({ start: 9, end: 10 });
  const outcome = toOutcome(report({ mutants: [result({})], uncovered, testFilesRun: 3, unasked: 2 }));
  expect(outcome).toEqual({
    status: "passed",
    note: "1 mutant killed; none of 3 test files (2 were not asked) executes src/a.ts:9-10",
  });
});

test("lines that a test of another script may execute do not fail the change, unless nothing else is executed either", () => {
  const uncovered = lines({ start: 9, end: 9 });
  const beside = [repoPath("test/app.e2e-spec.ts"), repoPath("test/b.e2e-spec.ts")];
  expect(toOutcome(report({ mutants: [result({})], uncovered, beside }))).toEqual({
    status: "passed",
    note: "1 mutant killed; no test executes src/a.ts:9 (test/app.e2e-spec.ts is run by another script)",
  });
  expect(toOutcome(report({ runtimeLines: 1, uncovered, beside }))).toMatchObject({
    status: "failed",
    findings: [
      {
        message:
          "no test executes this changed line, of those that the test script runs (test/app.e2e-spec.ts is run by another script); add one that does",
      },
    ],
  });
});

test("behind survivors the lines that surely no test executes are findings as well", () => {
  const mutants = [
    result({ status: "survived" }),
    result({ status: "no-coverage", mutant: { ...result({}).mutant, line: 7 } }),
  ];
  const outcome = toOutcome(report({ mutants, uncovered: lines({ start: 2, end: 2 }) }));
  expect(
    outcome.status === "failed" && outcome.findings.map(({ line, message }) => [line, message.slice(0, 24)]),
  ).toEqual([
    [3, "`if (a < b) return;` → `"],
    [2, "no test executes this ch"],
  ]);
});

test("what does not fail a change is no finding where something else does", () => {
  const mutants = [
    result({ status: "survived" }),
    result({ status: "no-coverage", mutant: { ...result({}).mutant, line: 7 } }),
  ];
  const uncovered = lines({ start: 20, end: 21 });
  const outcome = toOutcome(report({ mutants, uncovered, testFilesRun: 3, unasked: 2 }));
  expect(outcome).toMatchObject({
    status: "failed",
    findings: [{ line: 3 }],
    note: "0 mutants killed, 1 survived; none of 3 test files (2 were not asked) executes `a < b` of src/a.ts:7, src/a.ts:20-21",
  });
});

test("what only other processes or built output may execute is said to be so", () => {
  const [range] = [{ start: 2, end: 2 }];
  const messages = (fields: Partial<MutationReport>): unknown => {
    const outcome = toOutcome(report({ runtimeLines: 1, uncovered: lines(range), ...fields }));
    return outcome.status === "failed" && outcome.findings.map(({ message }) => message);
  };
  expect(messages({ processStarters: [repoPath("test/cli.test.ts")] })).toEqual([
    "no test executes this changed line in its own process (what test/cli.test.ts starts in others is not seen); add one that imports it",
  ]);
  const built = { ...uncoveredFile, ranges: [range], instead: repoPath("dist/a.js") };
  expect(messages({ uncovered: [built] })).toEqual([
    "no test executes this changed line: tests load dist/a.js, which is built from it; let the tests resolve the package to its source",
  ]);
});

test("places where a mutant would teach nobody anything are counted", () => {
  const arid = new Map([
    ["logging", 3],
    ["error-text", 1],
  ]);
  const note = "1 mutant killed, left out: 1 error-text, 3 logging";
  expect(toOutcome(report({ mutants: [result({})], arid }))).toEqual({ status: "passed", note });
});

test("killed, timed out, crashed and refused mutants pass", () => {
  const mutants = (["killed", "timeout", "runtime-error", "compile-error"] as const).map((status) =>
    result({ status }),
  );
  expect(toOutcome(report({ mutants }))).toEqual({
    status: "passed",
    note: "3 mutants killed, 1 refused by the compiler",
  });
});

test("executed lines without a place to mutate pass", () => {
  expect(toOutcome(report({}))).toEqual({
    status: "passed",
    note: "5 changed lines, of which none can be mutated",
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

test("long code and long names leave room for what a killing test must show", () => {
  const mutant = {
    ...result({}).mutant,
    original: `f(${"a, ".repeat(100)}b)\n < c`,
    replacement: "x".repeat(500),
    mutator: "update-operator",
  };
  const nearest = { file: repoPath("src/a.test.ts"), test: `${"t".repeat(300)} > sorts` };
  const outcome = toOutcome(report({ mutants: [result({ mutant, status: "survived", nearest })] }));
  const [finding] = outcome.status === "failed" ? outcome.findings : [];
  expect(finding?.message).toContain("a killing test must show");
  expect(finding?.message).toMatch(/; nearest: src\/a.test.ts "….* > sorts"$/);
  expect(`src/a.ts:3 ${finding?.message}`.length).toBeLessThanOrEqual(240);
});

test("a pass says how often a whole command was run for it", () => {
  const commands = [{ label: "mocha", runs: 3, durationMs: 1240 }];
  expect(toOutcome(report({ mutants: [result({})], commands }))).toEqual({
    status: "passed",
    note: "1 mutant killed; `mocha` ran 3 times, 1.2 s each",
  });
});

test("what a program without a report has not noticed is told without a number of tests", () => {
  const outcome = toOutcome(report({ mutants: [result({ status: "survived", testsRun: 0 })] }));
  expect(outcome).toMatchObject({
    findings: [{ message: expect.stringContaining(" survived the tests; ") as string }],
  });
});

const acknowledged = "no two keys of the queue are equal";

test("a survivor that is acknowledged as equivalent is none, and is counted apart", () => {
  const mutants = [result({}), result({ status: "survived", acknowledged })];
  expect(toOutcome(report({ mutants }))).toMatchObject({
    status: "passed",
    note: "1 mutant killed, 1 acknowledged as equivalent",
  });
});

test("a mutant that is acknowledged as equivalent and noticed by a test fails, with the test", () => {
  const killedBy = { file: repoPath("src/a.test.ts"), test: "orders" };
  for (const status of ["killed", "timeout"] as const) {
    expect(toOutcome(report({ mutants: [result({ status, acknowledged, killedBy })] }))).toMatchObject({
      status: "failed",
      findings: [
        {
          path,
          line: 3,
          message:
            'the mutant 0123456789 is acknowledged as equivalent, but "orders" notices it; remove the entry from assay.toml',
        },
      ],
    });
  }
});

test("a refutation that no test is named for speaks of a test, and a long name is shortened", () => {
  const messageOf = (killedBy: MutantResult["killedBy"]): string => {
    const outcome = toOutcome(report({ mutants: [result({ acknowledged, killedBy })] }));
    return (outcome.status === "failed" && outcome.findings[0]?.message) || "";
  };
  expect(messageOf(null)).toContain('"a test" notices it');
  expect(messageOf({ file: repoPath("src/a.test.ts"), test: "t".repeat(70) })).toContain(`"…${"t".repeat(59)}"`);
});

const interrupted = [new AssayError("interrupted", "the time is over")];

test("a run that was over too soon is deferred with what is known, unless something is proven", () => {
  expect(toOutcome(report({ errors: interrupted, mutants: [result({})] }))).toEqual({
    status: "deferred",
    remaining: "mutants",
    known: ["1 mutant killed (1 in all)"],
  });
  expect(toOutcome(report({ errors: interrupted, mutants: [result({ status: "survived" })] }))).toMatchObject({
    status: "failed",
    findings: [{ line: 3 }],
    note: "stopped too soon: 0 mutants killed, 1 survived (1 in all)",
    isPart: true,
  });
});

test("beside a survivor it is said how many were killed", () => {
  const mutants = [result({ status: "survived" }), result({})];
  expect(toOutcome(report({ mutants }))).toMatchObject({ status: "failed", note: "1 mutant killed, 1 survived" });
});

test("what may be executed elsewhere is only noted where a line of the change, or a mutant, is executed", () => {
  const processStarters = [repoPath("test/cli.test.ts")];
  const statusOf = (runtimeLines: number, ...mutants: readonly MutantResult[]): string =>
    toOutcome(report({ runtimeLines, mutants, processStarters, uncovered: lines({ start: 9, end: 10 }) })).status;
  expect([statusOf(2), statusOf(2, result({ status: "no-coverage" }))]).toEqual(["failed", "failed"]);
  expect([statusOf(3), statusOf(2, result({})), statusOf(3, result({ status: "no-coverage" }))]).toEqual([
    "passed",
    "passed",
    "passed",
  ]);
});

test("a place that no test executes is named once, whichever of the lines and mutants tell of it, and few are", () => {
  const at = (line: number, file = path): MutantResult =>
    result({ status: "no-coverage", mutant: { ...result({}).mutant, path: file, line } });
  const noteOf = (...mutants: readonly MutantResult[]): unknown =>
    toOutcome(
      report({
        mutants: [result({}), ...mutants],
        uncovered: [
          { ...uncoveredFile, path: repoPath("src/b.ts"), ranges: [{ start: 5, end: 5 }], isAskedFor: false },
          {
            ...uncoveredFile,
            ranges: [
              { start: 8, end: 9 },
              { start: 20, end: 20 },
            ],
            isAskedFor: false,
          },
        ],
      }),
    );
  const [killed, listed] = ["1 mutant killed; no test executes ", "src/a.ts:8-9, src/a.ts:20, src/b.ts:5"];
  expect(noteOf(at(9), at(20), at(5, repoPath("src/b.ts")))).toMatchObject({ note: killed + listed });
  const part = "`a < b` of src/";
  expect(noteOf(at(5), at(5))).toMatchObject({ note: `${killed}${part}a.ts:5, ${listed}` });
  expect(noteOf(at(5), at(6))).toMatchObject({ note: `${killed}${part}a.ts:5, ${part}a.ts:6, ${listed}` });
  expect(noteOf(at(6), at(6, repoPath("src/b.ts")))).toMatchObject({
    note: `${killed}${part}a.ts:6, ${listed}, ${part}b.ts:6`,
  });
  expect(noteOf(at(1), at(2), at(3), at(4))).toMatchObject({
    note: `${killed}${part}a.ts:1, ${part}a.ts:2, ${part}a.ts:3, ${part}a.ts:4, src/a.ts:8-9 and 2 more`,
  });
});

test("a survivor of one test is said to be one", () => {
  expect(toOutcome(report({ mutants: [result({ status: "survived" })] }))).toMatchObject({
    findings: [{ message: expect.stringContaining(" survived 1 test; ") as string }],
  });
});

test.each([60, 61])("under a path of %d letters code has what room there is, and the nearest test none", (length) => {
  const long = repoPath("a".repeat(length));
  const [original, replacement] = ["<", ">="].map((operator) => `${"a".repeat(60)} ${operator} ${"b".repeat(60)}`);
  const mutant = { ...result({}).mutant, path: long, original: original ?? "", replacement: replacement ?? "" };
  const nearest = { file: repoPath("src/a.test.ts"), test: "orders" };
  const outcome = toOutcome(report({ mutants: [result({ mutant, status: "survived", nearest })] }));
  const [finding] = outcome.status === "failed" ? outcome.findings : [];
  expect(finding?.message).toMatch(/a killing test must show a result that holds only while the comparison is right$/);
  const said = `${long}:3 ${finding?.message}`.length;
  expect([239, 240]).toContain(said);
});
