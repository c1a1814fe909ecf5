import type { Change } from "./change.ts";
import { isWithin, type RepoPath } from "./paths.ts";

/** Why scope was widened to everything. */
export interface Fallback {
  readonly reason:
    | "no-base"
    | "unmapped-path"
    | "root-configuration"
    | "lockfile"
    | "manifest"
    | "deleted-package"
    | "configuration"
    | "submodule"
    | "gate";
  readonly detail: string;
}

/** What a run is about. Names are of scopes: the path map's, or the workspace packages'. */
export interface Scope {
  readonly changes: readonly Change[];
  /** Every scope there is, ordered. */
  readonly all: readonly string[];
  /** Scopes that hold a change. */
  readonly direct: readonly string[];
  /** `direct` and all that depend on it. Everything when `fallback` is set. */
  readonly expanded: readonly string[];
  /** What `expanded` is without the widening of a gate, which is about no change in particular. */
  readonly touched: readonly string[];
  readonly fallback: Fallback | null;
  /** Why each scope in `expanded` is there, in a sentence. */
  readonly why: ReadonlyMap<string, string>;
  scopeOf(path: RepoPath): string | undefined;
}

/** A file that a change can reach, and how. */
export interface Reach {
  /** 0 for the changed file itself, else the length of the shortest import chain to one. */
  readonly distance: number;
  /** `imports src/a.ts`, `changed`, `reads files of packages/core at run time`: a clause that follows the file's name. */
  readonly why: string;
}

/** Which files must be looked at again. A path that is not in it can not see the change, as far as imports and run-time reads tell. */
export interface Affected {
  /** True: every file counts, `reached` only says which come first. */
  readonly everything: boolean;
  /** Files of the head, nearest first, then by path. */
  readonly reached: ReadonlyMap<RepoPath, Reach>;
  /** Package folders all of whose files count, with the reason. */
  readonly whole: ReadonlyMap<RepoPath, string>;
  /** Files that import something that is not there. */
  readonly broken: ReadonlySet<RepoPath>;
  /**
   * A changed file and all that may load it into their own process. What it leaves out knows the file by its types only,
   * reads it, or starts other processes.
   */
  loadersOf(changed: RepoPath): ReadonlySet<RepoPath>;
  /** Files that this one names in any form. */
  importsOf(path: RepoPath): readonly RepoPath[];
  /** Files that name this one in any form. Without those that may mean it by way of a package. */
  importersOf(path: RepoPath): readonly RepoPath[];
  /** A changed file and all that can observe what it does: by loading it, reading it, or starting what may load it. */
  observersOf(changed: RepoPath): ReadonlySet<RepoPath>;
}

/** What no change affects. */
export const unaffected: Affected = {
  everything: false,
  reached: new Map(),
  whole: new Map(),
  broken: new Set(),
  importsOf: () => [],
  importersOf: () => [],
  loadersOf: () => new Set(),
  observersOf: () => new Set(),
};

/** Is this file to be looked at again? */
export function isAffected(affected: Affected, path: RepoPath): boolean {
  if (affected.everything || affected.reached.has(path)) return true;
  return Array.from(affected.whole.keys()).some((dir) => isWithin(dir, path));
}
