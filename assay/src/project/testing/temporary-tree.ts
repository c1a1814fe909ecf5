// For tests: a folder on disk with the given files, and its tree.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { HeadTree } from "../../model/change.ts";
import { byPath, repoPath } from "../../model/paths.ts";

/** Writes the files into a new folder, which is removed when the test ends. The tree lists them and `extra`. */
export function temporaryTree(
  files: Readonly<Record<string, string>>,
  extra: readonly string[] = [],
): { readonly root: string; readonly tree: HeadTree } {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "assay-project-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return { root, tree: treeOf([...Object.keys(files), ...extra]) };
}

function treeOf(files: readonly string[]): HeadTree {
  const paths = new Set(files.toSorted(byPath).map((file) => repoPath(file)));
  return {
    files: [...paths].map((file) => ({ path: file, blob: null, symlink: false })),
    has: (file) => paths.has(file),
    blobOf: () => null,
  };
}
