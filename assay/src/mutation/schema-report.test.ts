import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { MutantResult, MutationReport } from "./report.ts";
import { toSchemaReport } from "./schema-report.ts";
import { mutantResult } from "./testing/mutant-result.ts";
import { mutate, pairOf, project } from "./testing/project.ts";

const schemaFile = createRequire(import.meta.url).resolve(
  "mutation-testing-report-schema/mutation-testing-report-schema.json",
);
const source = "export function clamp(value, high) {\n  if (value > high) return high;\n  return value + 1;\n}\n";
const weak =
  'import { expect, test } from "vitest";\nimport { clamp } from "./clamp.js";\n\ntest("clamps", () => {\n  expect(clamp(5, 3)).toBe(3);\n  clamp(2, 3);\n});\n';

test("a report is valid against the common schema and says where and by what each mutant was killed", async () => {
  const report = await mutate(project({ "clamp.js": source, "clamp.test.js": weak }));
  const result = toSchemaReport(report, [pairOf("clamp.js", null, source)]);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);
  expect([validate(result), validate.errors]).toEqual([true, null]);
  const { mutants, language } = result.files["clamp.js"] ?? { mutants: [] };
  expect(language).toBe("javascript");
  expect(new Set(mutants.map(({ status }) => status))).toEqual(new Set(["Killed", "Survived"]));
  const negated = mutants.find(({ replacement }) => replacement === "value <= high");
  expect(negated).toMatchObject({
    status: "Killed",
    location: { start: { line: 2, column: 7 }, end: { line: 2, column: 19 } },
    killedBy: ["clamp.test.js clamps"],
  });
  const survivor = mutants.find(({ status }) => status === "Survived");
  expect(survivor?.statusReason).toMatch(
    /^No test .*\. A killing test must show .*\. Nearest: clamp\.test\.js clamps\. Fingerprint: [0-9a-f]{10}$/,
  );
  expect(result.testFiles).toEqual({ "clamp.test.js": { tests: [{ id: "clamp.test.js clamps", name: "clamps" }] } });
});

function reportOf(mutants: readonly MutantResult[], pending: readonly MutantResult[] = []): MutationReport {
  return {
    mutants,
    pending,
    runtimeLines: 0,
    uncovered: [],
    processStarters: [],
    candidates: mutants.length,
    arid: new Map(),
    testFilesRun: 0,
    unasked: 0,
    beside: [],
    commands: [],
    errors: [],
  };
}

/** What the page shows of one mutant. */
function shown(fields: Partial<MutantResult>): { readonly status?: string; readonly statusReason?: string } {
  const result = mutantResult(fields);
  const report = reportOf(fields.status === "pending" ? [] : [result], fields.status === "pending" ? [result] : []);
  const [mutant] = toSchemaReport(report, [pairOf("src/a.ts", null, "a < b;\n")]).files["src/a.ts"]?.mutants ?? [];
  return mutant ?? {};
}

test("what is said of a mutant tells why it stands as it does", () => {
  const nearest = { file: repoPath("a.test.ts"), test: "compares" };
  const reasons = [
    shown({ status: "survived", nearest }),
    shown({ status: "survived", nearest: null }),
    shown({ status: "survived", acknowledged: "both end at the same place", nearest }),
    shown({ status: "killed", acknowledged: "both end at the same place", message: "expected 1 to be 2" }),
    shown({ status: "no-coverage" }),
    shown({ status: "pending", nearest }),
    shown({ status: "pending" }),
    shown({ status: "compile-error", message: "Type 'number' is not assignable" }),
    shown({ status: "timeout" }),
  ].map(({ status, statusReason }) => [status, statusReason]);
  const survivor =
    "No test sees a difference between both answers of the comparison. A killing test must show a result that holds only while the comparison is right.";
  expect(reasons).toEqual([
    ["Survived", `${survivor} Nearest: a.test.ts compares. Fingerprint: 0123456789`],
    ["Survived", `${survivor} Fingerprint: 0123456789`],
    ["Ignored", "equivalent: both end at the same place"],
    ["Killed", "expected 1 to be 2"],
    ["NoCoverage", "No test executes it."],
    ["Pending", "The run was over before it was judged. Nearest: a.test.ts compares."],
    ["Pending", "The run was over before it was judged."],
    ["CompileError", "Type 'number' is not assignable"],
    ["Timeout", undefined],
  ]);
});

test.each([
  ["a.ts", "typescript"],
  ["a.mts", "typescript"],
  ["a.cts", "typescript"],
  ["a.tsx", "typescript"],
  ["a.js", "javascript"],
  ["a.jsx", "javascript"],
  ["a.cjs", "javascript"],
  ["a.tsv.js", "javascript"],
])("%s is shown as %s", (name, language) => {
  const mutant = { ...mutantResult({}).mutant, path: repoPath(name) };
  const { files } = toSchemaReport(reportOf([mutantResult({ mutant })]), [pairOf(name, null, "a < b;\n")]);
  expect(files[name]?.language).toBe(language);
});

test("each test is named once, in the order of their names, and a hook by its file", () => {
  const file = repoPath("b.test.ts");
  const mutants = [
    mutantResult({ killedBy: { file, test: "z" } }),
    mutantResult({ status: "survived", nearest: { file: repoPath("a.test.ts"), test: null } }),
    mutantResult({ killedBy: { file, test: "c" }, nearest: { file, test: "z" } }),
  ];
  const pending = [mutantResult({ status: "pending", nearest: { file: repoPath("c.test.ts"), test: "late" } })];
  const { testFiles, files } = toSchemaReport(reportOf(mutants, pending), [pairOf("src/a.ts", null, "a < b;\n")]);
  expect(Object.entries(testFiles ?? {})).toEqual([
    ["a.test.ts", { tests: [{ id: "a.test.ts", name: "a.test.ts" }] }],
    [
      "b.test.ts",
      {
        tests: [
          { id: "b.test.ts c", name: "c" },
          { id: "b.test.ts z", name: "z" },
        ],
      },
    ],
    ["c.test.ts", { tests: [{ id: "c.test.ts late", name: "late" }] }],
  ]);
  expect(files["src/a.ts"]?.mutants.map(({ killedBy, coveredBy }) => [killedBy, coveredBy])).toEqual([
    [["b.test.ts z"], undefined],
    [undefined, ["a.test.ts"]],
    [["b.test.ts c"], ["b.test.ts z"]],
    [undefined, ["c.test.ts late"]],
  ]);
});

test("a file that is gone or has no mutant is left out, and a place counts from the first line and column", () => {
  const text = "x;\n  a < b;\n";
  const mutant = { ...mutantResult({}).mutant, start: 0, end: text.indexOf(";\n", 3) };
  const { files } = toSchemaReport(reportOf([mutantResult({ mutant })]), [
    pairOf("src/a.ts", null, text),
    pairOf("src/b.ts", null, text),
    pairOf("src/gone.ts", text, null),
  ]);
  expect(Object.keys(files)).toEqual(["src/a.ts"]);
  expect(files["src/a.ts"]?.mutants[0]?.location).toEqual({
    start: { line: 1, column: 1 },
    end: { line: 2, column: 8 },
  });
});
