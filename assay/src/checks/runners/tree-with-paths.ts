// A tree as it would be with files that it has not, for whoever asks what a tool would make of them.
import type { HeadTree } from "../../model/change.ts";
import { byPath, type RepoPath } from "../../model/paths.ts";

export function treeWithPaths(tree: HeadTree, others: readonly RepoPath[]): HeadTree {
  const more = new Set(others.filter((path) => !tree.has(path)));
  const files = [...tree.files, ...[...more].map((path) => ({ path, blob: null, symlink: false }))];
  return {
    files: files.toSorted((a, b) => byPath(a.path, b.path)),
    has: (path) => tree.has(path) || more.has(path),
    blobOf: (path) => tree.blobOf(path),
  };
}
