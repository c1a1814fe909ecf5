import type { HeadFile, HeadTree } from "../model/change.ts";
import { byPath, type RepoPath } from "../model/paths.ts";
import { submoduleMode, symlinkMode, type Entry, type Index } from "./listing.ts";
import type { WorkTree } from "./work-tree.ts";

/** The files that are there: of the index without what is gone from disk, and the untracked ones. */
export function headTree(index: Index, workTree: WorkTree): HeadTree {
  const files = new Map<RepoPath, HeadFile>();
  const add = (path: RepoPath, entry: Entry | null) => {
    if (entry !== null) files.set(path, headFile(path, entry));
  };
  for (const [path, entry] of index.entries)
    if (!workTree.edited.has(path) && !workTree.leftOut.has(path)) add(path, entry);
  for (const [path, entry] of workTree.edited) add(path, entry);
  for (const [path, entry] of workTree.untracked) add(path, entry);
  return {
    files: [...files.values()].toSorted((a, b) => byPath(a.path, b.path)),
    has: (path) => files.has(path),
    blobOf: (path) => files.get(path)?.blob ?? null,
  };
}

function headFile(path: RepoPath, { mode, id }: Entry): HeadFile {
  return { path, blob: mode === submoduleMode || id === "" ? null : id, symlink: mode === symlinkMode };
}
