import type { RepoPath } from "./paths.ts";

/** The states of the common mutation report schema, but for `ignored`, which says what a person makes of a survivor. */
export type MutantStatus =
  | "killed"
  | "survived"
  | "no-coverage"
  | "timeout"
  | "compile-error"
  | "runtime-error"
  /** The run ended before it was judged. */
  | "pending";

/** One small edit to one changed file. */
export interface Mutant {
  /** Stable for the same text at the same place: path, mutator, offset order. */
  readonly id: string;
  readonly path: RepoPath;
  readonly line: number;
  /** Offsets in UTF-16 code units in the head's text. */
  readonly start: number;
  readonly end: number;
  /**
   * What is replaced: a value; a value with which a statement of a list begins, so that a parenthesis before it could
   * join it to the line above; or a whole statement.
   */
  readonly form: "value" | "leading-value" | "statement";
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
}

/** Counted from 1, columns in UTF-16 code units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A mutant that somebody names instead of having it chosen, in the words of the common mutation report schema. */
export interface ListedMutant {
  readonly id: string;
  readonly path: RepoPath;
  readonly mutator: string;
  /** The end is excluded. */
  readonly start: TextPlace;
  readonly end: TextPlace;
  readonly replacement: string;
}

/** The name of every kind of edit, in the order of the alphabet. */
export const mutatorIds = [
  "arithmetic",
  "assignment-operator",
  "assignment-removal",
  "boolean-literal",
  "call-removal",
  "collection-constant",
  "comparison-boundary",
  "comparison-negation",
  "condition-constant",
  "condition-inversion",
  "early-exit-removal",
  "logical-operator",
  "method-removal",
  "method-swap",
  "negation-removal",
  "nullish-coalescing",
  "number-constant",
  "optional-chaining",
  "predicate-negation",
  "regular-expression",
  "return-value",
  "string-constant",
  "throw-removal",
  "unary-sign",
  "update-operator",
] as const;

export type MutatorId = (typeof mutatorIds)[number];
