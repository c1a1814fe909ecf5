// What mutation testing found out. Data only.
import type { LineRange } from "../model/change.ts";
import type { AssayError } from "../model/errors.ts";
import type { Mutant, MutantStatus } from "../model/mutant.ts";
import type { RepoPath } from "../model/paths.ts";

export interface TestName {
  readonly file: RepoPath;
  /** Null: a hook, or the file itself. */
  readonly test: string | null;
}

export interface MutantResult {
  readonly mutant: Mutant;
  readonly status: MutantStatus;
  readonly killedBy: TestName | null;
  /** The first line of what the killing test said. */
  readonly message: string | null;
  /** The nearest test that executes the mutated code. */
  readonly nearest: TestName | null;
  /** Tests that finished while the mutant was on. */
  readonly testsRun: number;
  /** How often the mutated code was reached. */
  readonly hits: number;
}

export interface MutationReport {
  /** Ordered by path and offset. A mutant that could not be judged is not in it, but in `errors`. */
  readonly mutants: readonly MutantResult[];
  /** Changed lines that do something at run time. */
  readonly runtimeLines: number;
  /** Those of them that no test executes, joined to ranges. */
  readonly uncovered: readonly { readonly path: RepoPath; readonly ranges: readonly LineRange[] }[];
  /** Candidates in all, of which `mutants` is the choice. */
  readonly candidates: number;
  /** Candidates left out for where they stand, by reason. */
  readonly arid: ReadonlyMap<string, number>;
  readonly testFilesRun: number;
  readonly errors: readonly AssayError[];
}
