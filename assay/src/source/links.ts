// Where the repository's symbolic links lead.
import { readlinkSync } from "node:fs";
import { join } from "node:path";
import { dirOf, joinPath, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";

/** Follows the links on the way to a path, one after the other. A path without any comes back as it is. */
export function linkFollower(workspace: Workspace): (path: RepoPath) => RepoPath {
  const links = new Set(workspace.tree.files.filter(({ symlink }) => symlink).map(({ path }) => path));
  const follow = (path: RepoPath, left: number): RepoPath => {
    const link = left === 0 ? undefined : [...links].find((each) => path === each || path.startsWith(`${each}/`));
    const target = link === undefined ? undefined : targetOfLink(workspace, link);
    return link === undefined || target === undefined
      ? path
      : follow(joinPath(target, path.slice(link.length)), left - 1);
  };
  return (path) => (links.size === 0 ? path : follow(path, 8));
}

/** What a link points to; undefined where that is outside of the repository, or the link can't be read. */
export function targetOfLink(workspace: Workspace, link: RepoPath): RepoPath | undefined {
  try {
    return joinPath(dirOf(link), readlinkSync(join(workspace.root, link)));
  } catch {
    return undefined;
  }
}
