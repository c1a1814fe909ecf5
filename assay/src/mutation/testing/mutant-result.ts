// For tests: what became of a mutant, as a report has it.
import { repoPath } from "../../model/paths.ts";
import type { MutantResult } from "../report.ts";

/** A comparison in src/a.ts:3 that one test has killed, unless the fields say otherwise. */
export function mutantResult(fields: Partial<MutantResult>): MutantResult {
  return {
    mutant: {
      id: "m",
      path: repoPath("src/a.ts"),
      line: 3,
      start: 0,
      end: 1,
      form: "value",
      mutator: "comparison-negation",
      original: "a < b",
      replacement: "a >= b",
    },
    fingerprint: "0123456789",
    acknowledged: null,
    around: { before: "  if (", after: ") return;" },
    status: "killed",
    killedBy: null,
    message: null,
    nearest: null,
    testsRun: 1,
    hits: 1,
    ...fields,
  };
}
