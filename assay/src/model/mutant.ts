import type { RepoPath } from "./paths.ts";

/** The states of the common mutation report schema, but for `ignored` and `pending`, which assay does not plan. */
export type MutantStatus = "killed" | "survived" | "no-coverage" | "timeout" | "compile-error" | "runtime-error";

/** One small edit to one changed file. */
export interface Mutant {
  /** Stable for the same text at the same place: path, mutator, offset order. */
  readonly id: string;
  readonly path: RepoPath;
  readonly line: number;
  /** Offsets in UTF-16 code units in the head's text. */
  readonly start: number;
  readonly end: number;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}
