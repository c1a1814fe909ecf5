import type { Program } from "@oxc-project/types";
import type { Comment } from "oxc-parser";
import type { RepoPath } from "./paths.ts";

/** What a file is for, by name and place; it decides which checks look at it. */
export type FileRole = "source" | "test" | "config" | "declaration";

/** One version of a TypeScript or JavaScript file, parsed. */
export interface SourceFile {
  readonly path: RepoPath;
  readonly role: FileRole;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** Syntax errors; `program` is what could be recovered. */
  readonly syntaxErrors: readonly { readonly message: string; readonly start: number }[];
  /** The 1-based line of an offset. */
  lineOf(offset: number): number;
}
