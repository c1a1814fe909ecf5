import type { RepoPath } from "./paths.ts";

/** Lines `start` to `end`, 1-based, both included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Where a change can be seen. One path can be in several: committed, then edited again. */
export type ChangeStage = "committed" | "staged" | "unstaged" | "untracked";

/** One path that differs between the merge base and the working tree. */
export interface Change {
  readonly path: RepoPath;
  readonly kind: "added" | "modified" | "deleted" | "renamed" | "mode-changed";
  /** The path at the base; set for renames only. */
  readonly previousPath: RepoPath | null;
  /** Lines of the head version that were added or rewritten, ascending. Every line for an added file, none for a deletion or a binary file. */
  readonly changedLines: readonly LineRange[];
  readonly binary: boolean;
  /** Neither a regular file nor a symbolic link: a submodule or a nested repository. */
  readonly submodule: boolean;
  readonly symlink: boolean;
  readonly stages: ReadonlySet<ChangeStage>;
  /** Object id of the content at the base; null when there was none. */
  readonly baseBlob: string | null;
}

/** The revision a change is judged against. */
export type Base =
  | {
      readonly kind: "found";
      /** The merge base's full object id. */
      readonly commit: string;
      /** What was asked for or found: `origin/main`. */
      readonly ref: string;
      /** The commit at the tip of `ref`; differs from `commit` when the base has moved on. */
      readonly tip: string;
    }
  | { readonly kind: "none"; readonly reason: string; readonly hint: string };

/** What git reports, read once a run. Without a base `changes` is empty and means nothing. */
export interface Diff {
  readonly base: Base;
  /** Ordered by path. */
  readonly changes: readonly Change[];
}

/** One file of the head: tracked, or untracked and not ignored. */
export interface HeadFile {
  readonly path: RepoPath;
  /** Git's object id of the content in the working tree; null for a submodule or a file that could not be read. */
  readonly blob: string | null;
  readonly symlink: boolean;
}

/** The working tree as git and the disk see it together. */
export interface HeadTree {
  /** Ordered by path. Files deleted from disk are not in it. */
  readonly files: readonly HeadFile[];
  has(path: RepoPath): boolean;
  blobOf(path: RepoPath): string | null;
}

/** Reads contents at the base. Answers undefined where the base has no such file or it is not text. */
export interface BaseReader {
  /** Reads several paths in one go; the answer has the order of the question. */
  read(paths: readonly RepoPath[]): Promise<readonly (string | undefined)[]>;
  /** All paths of the base tree. */
  paths(): Promise<readonly RepoPath[]>;
}

export interface Commit {
  /** Full object id. */
  readonly id: string;
  /** How many there are: none of the first commit, two of a merge. */
  readonly parents: number;
  /** The author's name. */
  readonly author: string;
  /** As it was written, the subject first. */
  readonly message: string;
}

export interface Commits {
  /** The oldest first. */
  readonly ofChange: readonly Commit[];
  /** At most fifty that the base ends with, the newest first, merges left out. Empty where the change has no commits. */
  readonly before: readonly Commit[];
}

/** An earlier commit that a commit of the change says it reverts, and what it had done. */
export interface RevertedCommit {
  /** Full object id. */
  readonly id: string;
  readonly files: readonly RevertedFile[];
}

/** A file as it was before and after that commit. Undefined where it was not there, or no text. */
export interface RevertedFile {
  readonly path: RepoPath;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A file of which these lines count as changed. */
export function newFile(path: RepoPath, changedLines: readonly LineRange[]): Change {
  return {
    path,
    kind: "added",
    previousPath: null,
    changedLines,
    binary: false,
    submodule: false,
    symlink: false,
    stages: new Set(["committed"]),
    baseBlob: null,
  };
}
