// The report in the common schema of mutation testing tools (https://github.com/stryker-mutator/mutation-testing-elements).
import { extname } from "node:path";
import type { MutationTestResult } from "mutation-testing-report-schema/api";
import type { FilePair } from "../model/check.ts";
import type { MutantStatus } from "../model/mutant.ts";
import { byPath, type RepoPath } from "../model/paths.ts";
import { mutatorOf } from "./mutators/index.ts";
import type { MutantResult, MutationReport, TestName } from "./report.ts";

type Place = MutationTestResult["files"][string]["mutants"][number]["location"]["start"];
type SchemaMutant = MutationTestResult["files"][string]["mutants"][number];

const statuses: Readonly<Record<MutantStatus, SchemaMutant["status"]>> = {
  killed: "Killed",
  survived: "Survived",
  "no-coverage": "NoCoverage",
  timeout: "Timeout",
  "compile-error": "CompileError",
  "runtime-error": "RuntimeError",
  pending: "Pending",
};

/** Files without a mutant are left out. The thresholds are those of a gate: anything below all is low. */
export function toSchemaReport(report: MutationReport, pairs: readonly FilePair[]): MutationTestResult {
  const files: MutationTestResult["files"] = {};
  for (const { change, headText } of pairs) {
    const own = [...report.mutants, ...report.pending].filter(({ mutant }) => mutant.path === change.path);
    if (headText === undefined || own.length === 0) continue;
    files[change.path] = {
      language: languageOf(change.path),
      source: headText,
      mutants: own.map((result) => toMutant(result, placesIn(headText))),
    };
  }
  return {
    schemaVersion: "2",
    thresholds: { high: 100, low: 100 },
    files,
    testFiles: testFilesOf(report),
    framework: { name: "assay" },
  };
}

function languageOf(path: RepoPath): string {
  return /^\.[cm]?tsx?$/.test(extname(path)) ? "typescript" : "javascript";
}

function toMutant(result: MutantResult, placeAt: (offset: number) => Place): SchemaMutant {
  const { mutant, status, killedBy, nearest, testsRun, acknowledged } = result;
  const isIgnored = status === "survived" && acknowledged !== null;
  const reason = isIgnored ? `equivalent: ${acknowledged}` : reasonOf(result);
  return {
    id: mutant.id,
    mutatorName: mutant.mutator,
    location: { start: placeAt(mutant.start), end: placeAt(mutant.end) },
    replacement: mutant.replacement,
    status: isIgnored ? "Ignored" : statuses[status],
    testsCompleted: testsRun,
    ...(reason === null ? {} : { statusReason: reason }),
    ...(killedBy === null ? {} : { killedBy: [testId(killedBy)] }),
    ...(nearest === null ? {} : { coveredBy: [testId(nearest)] }),
  };
}

/** What the page says of a mutant to whoever clicks on it. */
function reasonOf({ mutant, fingerprint, status, message, nearest }: MutantResult): string | null {
  const mutator = mutatorOf(mutant.mutator);
  const test = nearest === null ? "" : ` Nearest: ${testId(nearest)}.`;
  if (status === "survived")
    return `${mutator?.survivor ?? ""} A killing test must show ${mutator?.kill ?? "a difference"}.${test} Fingerprint: ${fingerprint}`;
  if (status === "no-coverage") return "No test executes it.";
  if (status === "pending") return `The run was over before it was judged.${test}`;
  return message;
}

/** Lines and columns count from 1, columns in UTF-16 code units. */
function placesIn(text: string): (offset: number) => Place {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** The tests that the report speaks of, by file. */
function testFilesOf({ mutants, pending }: MutationReport): NonNullable<MutationTestResult["testFiles"]> {
  const named = [...mutants, ...pending].flatMap(({ killedBy, nearest }) =>
    [killedBy, nearest].filter((name) => name !== null),
  );
  const tests = new Map(named.map((name) => [testId(name), name]));
  const files: NonNullable<MutationTestResult["testFiles"]> = {};
  for (const [id, { file, test }] of [...tests].toSorted(([a], [b]) => byPath(a, b))) {
    (files[file] ??= { tests: [] }).tests.push({ id, name: test ?? file });
  }
  return files;
}

function testId({ file, test }: TestName): string {
  return test === null ? file : `${file} ${test}`;
}
