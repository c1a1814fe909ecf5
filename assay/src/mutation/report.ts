// What mutation testing found out. Data only.
import type { LineRange } from "../model/change.ts";
import type { AssayError } from "../model/errors.ts";
import type { Mutant, MutantStatus } from "../model/mutant.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Around } from "./shown-code.ts";

export interface TestName {
  readonly file: RepoPath;
  /** Null: a hook, or the file itself. */
  readonly test: string | null;
}

export interface MutantResult {
  readonly mutant: Mutant;
  readonly fingerprint: string;
  /** Why no test can tell it from the original, where a person has said so. */
  readonly acknowledged: string | null;
  readonly around: Around;
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

/** Changed lines of one file that no test executes, joined to ranges. */
export interface Uncovered {
  readonly path: RepoPath;
  readonly ranges: readonly LineRange[];
  /** The built module of the same package that tests load, where none of them loads the file itself. */
  readonly instead: RepoPath | null;
  /** Is a test asked for that executes some of them? */
  readonly isAskedFor: boolean;
}

export interface CommandRuns {
  /** `mocha in packages/core`. */
  readonly label: string;
  readonly runs: number;
  /** Of a run without a mutant. */
  readonly durationMs: number;
}

export interface MutationReport {
  /** Ordered by path and offset. A mutant that could not be judged is not in it, but in `errors` or `pending`. */
  readonly mutants: readonly MutantResult[];
  /** Those that were not judged since the run was over, in the same order: tests may have outlived some, and no test all. */
  readonly pending: readonly MutantResult[];
  /** Changed lines that do something at run time. */
  readonly runtimeLines: number;
  /** Those of them that no test executes. */
  readonly uncovered: readonly Uncovered[];
  /**
   * Tests, their helpers, and sources with modules of their own to run there, that can start other processes or workers,
   * in which nothing is seen. Ordered by path.
   */
  readonly processStarters: readonly RepoPath[];
  /** Candidates in all, of which `mutants` is the choice. */
  readonly candidates: number;
  /** Candidates left out for where they stand, by reason. */
  readonly arid: ReadonlyMap<string, number>;
  readonly testFilesRun: number;
  /** Test files that might execute what is uncovered, and were not run for that alone. */
  readonly unasked: number;
  /** Those that might, and that only scripts beside the test script run. */
  readonly beside: readonly RepoPath[];
  /** Commands that were run anew for each mutant. */
  readonly commands: readonly CommandRuns[];
  readonly errors: readonly AssayError[];
}

/** Was the run over before all was found out, and is that all that went wrong? */
export function isStopped({ errors }: Pick<MutationReport, "errors">): boolean {
  return errors.length > 0 && errors.every(({ code }) => code === "interrupted");
}
