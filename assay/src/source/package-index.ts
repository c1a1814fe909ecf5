import { dirOf, type RepoPath } from "../model/paths.ts";
import type { Package, Workspace } from "../model/workspace.ts";

/** Answers which package holds a path, as `packageOf` does, for many paths: remembers each folder. */
export function packageIndex(workspace: Workspace): (path: RepoPath) => Package | undefined {
  const byDir = new Map<RepoPath, Package | undefined>(workspace.packages.map((pkg) => [pkg.dir, pkg]));
  const ofDir = (dir: RepoPath): Package | undefined => {
    if (byDir.has(dir)) return byDir.get(dir);
    const found = dir === "" ? undefined : ofDir(dirOf(dir));
    byDir.set(dir, found);
    return found;
  };
  return (path) => ofDir(dirOf(path));
}
