import { joinPath, type RepoPath } from "../model/paths.ts";

/** `relative` from `dir`; undefined when that is not a place in the repository. */
export function inside(dir: RepoPath, relative: string): RepoPath | undefined {
  try {
    return joinPath(dir, relative);
  } catch {
    return undefined;
  }
}
