import { dirOf, type RepoPath } from "../model/paths.ts";
import type { Package, Workspace } from "../model/workspace.ts";

/** Answers which package holds a path, as `packageOf` does, for many paths: remembers each folder. */
export function packageIndex(workspace: Workspace): (path: RepoPath) => Package | undefined {
  const cache = new Map<RepoPath, Package | undefined>(workspace.packages.map((pkg) => [pkg.dir, pkg]));
  const ofDir = (dir: RepoPath): Package | undefined => {
    if (cache.has(dir)) return cache.get(dir);
    const found = dir === "" ? undefined : ofDir(dirOf(dir));
    cache.set(dir, found);
    return found;
  };
  return (path) => ofDir(dirOf(path));
}
