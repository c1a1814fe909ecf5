// What a shell makes of a pattern before the program sees it.
import { posix } from "node:path";
import { ancestors, isWithin, repoPath, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";

/** Relative to the folder that the shell is in. */
export interface FilledIn {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** What fits a pattern in `dir` that stands without quotes. A star may be two: then more fits than a shell would find. */
export function filledIn(
  { tree }: Workspace,
  dir: RepoPath,
  pattern: string,
  compile: (glob: string) => (path: string) => boolean,
): FilledIn {
  const below = tree.files.filter((file) => isWithin(dir, file.path)).map(({ path }) => posix.relative(dir, path));
  const folders = new Set(below.flatMap((file) => [...ancestors(repoPath(file))]).filter((path) => path !== rootDir));
  const fits = compile(pattern.replace(/^(?:\.\/)+|\/+$/gu, ""));
  return {
    folders: [...folders].filter((folder) => fits(folder)),
    files: pattern.endsWith("/") ? [] : below.filter((file) => fits(file)),
  };
}
