// Which stored resolutions may have changed, now that files have come and gone.
import { dirOf, nameOf, type RepoPath } from "../model/paths.ts";
import type { Module } from "./graph-cache.ts";

/** What differs between two lists of paths. */
export interface Drift {
  readonly added: readonly RepoPath[];
  readonly removed: ReadonlySet<RepoPath>;
}

export function pathDrift(old: readonly RepoPath[], now: readonly RepoPath[]): Drift {
  const before = new Set(old);
  const after = new Set(now);
  return {
    added: now.filter((path) => !before.has(path)),
    removed: new Set(old.filter((path) => !after.has(path))),
  };
}

/**
 * Answers which modules are to be resolved again: all, when manifests or tsconfigs have changed; else those with a
 * target that is not known, gone or found by guess, or which a new file could take over: one of the same name, in
 * whatever folder and with whatever extension.
 */
export function staleTargets(drift: Drift | "all"): (module: Module) => boolean {
  if (drift === "all") return () => true;
  const { added, removed } = drift;
  const stems = new Set(
    added.flatMap((path) => [stemOf(path), ...(stemOf(path) === "index" ? [stemOf(dirOf(path))] : [])]),
  );
  const isQuiet = added.length === 0 && removed.size === 0;

  return ({ facts, targets }) => {
    if (targets.includes(undefined)) return true;
    if (isQuiet) return false;
    const { specifiers } = facts;
    return targets.some((target, index) => {
      if (target?.kind === "computed" || target?.kind === "builtin") return false;
      const stem = stemOf(specifiers[index]?.text ?? "");
      if (stem === "" || stems.has(stem)) return true;
      if (target?.kind === "file") return removed.has(target.path) || stems.has(stemOf(target.path));
      return target?.kind !== "package";
    });
  };
}

/** The last segment up to its first dot: `a` of `x/a.test.ts`, nothing of `..`. */
function stemOf(path: string): string {
  return nameOf(path as RepoPath).replace(/\..*$/, "");
}
