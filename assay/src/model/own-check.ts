// What a project adds to the checks that are there, in `assay.toml`.
import type { RepoPath } from "./paths.ts";

/** What every one of them says of itself. */
export interface OwnCheck {
  readonly id: string;
  /** Null: in every scope. */
  readonly scopes: readonly string[] | null;
  readonly in: readonly ("loop" | "gate")[];
  /** What is wrong where it fails, and what to do then: clauses. */
  readonly message: string | null;
  readonly remedy: string | null;
  /** The story that taught it. */
  readonly incident: string | null;
}

/** A program and its arguments, run at the root without a shell. */
export type Argv = readonly string[];

/** `[[check]]` with a command: its exit code is the verdict. */
export interface CommandCheck extends OwnCheck {
  readonly kind: "command";
  readonly command: Argv;
}

/** `[[check]]` with a pattern: no code that matches one of them may be added. */
export interface PatternCheck extends OwnCheck {
  readonly kind: "pattern";
  readonly message: string;
  readonly patterns: readonly string[];
  /** Globs. Null: every file. */
  readonly files: readonly string[] | null;
  readonly except: readonly string[];
}

export type ProjectCheck = CommandCheck | PatternCheck;

/** Where a list of names comes from. A JSON pointer says where it stands in a document; null: at its top. */
export type NameSource = { readonly pointer: string | null } & (
  | { readonly file: RepoPath }
  | { readonly command: Argv }
);

/** `[[parity]]`: all names of a reference are covered. */
export interface Parity extends OwnCheck {
  readonly reference: NameSource;
  readonly covered: NameSource;
  /** May names be covered that the reference does not know? */
  readonly allowsExtra: boolean;
  /** Names that need not be covered, each with the reason. */
  readonly except: Readonly<Record<string, string>>;
}

/** `[[ratio]]`: one measurement is at most so many times another. */
export interface Ratio extends OwnCheck {
  readonly sides: RatioSides;
  readonly atMost: number;
  /** The time of the whole process, or the number in its last line of output. */
  readonly measure: "time" | "stdout";
  /** How long measuring may go on. */
  readonly seconds: number;
}

export type RatioSides =
  | { readonly kind: "commands"; readonly numerator: Argv; readonly denominator: Argv }
  /** The same command in copies of the head and of the base, in which `prepare` has been run. */
  | { readonly kind: "revisions"; readonly command: Argv; readonly prepare: Argv | null };
