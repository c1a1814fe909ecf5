// Brings base, HEAD, index and disk together: which paths differ, and where that can be seen.
import type { ChangeStage } from "../model/change.ts";
import { byPath, type RepoPath } from "../model/paths.ts";
import type { Differences, Entry, Index } from "./listing.ts";
import type { WorkTree } from "./work-tree.ts";

/** One path that is not the same everywhere between base and disk. */
export interface PathChange {
  readonly path: RepoPath;
  readonly base: Entry | null;
  /** What is on disk. */
  readonly head: Entry | null;
  readonly stages: ReadonlySet<ChangeStage>;
}

export interface Sides {
  /** What the commit has that differs from the index. */
  readonly base: Differences;
  readonly headCommit: Differences;
  readonly index: Index;
  readonly workTree: WorkTree;
}

/** Every path that differs between any two of base, HEAD, index and disk, ordered. A staged change that was undone on disk is one. */
export function pathChanges(sides: Sides): PathChange[] {
  const { base, headCommit, index, workTree } = sides;
  const paths = new Set([
    ...base.keys(),
    ...headCommit.keys(),
    ...index.unmerged,
    ...workTree.edited.keys(),
    ...workTree.untracked.keys(),
  ]);
  return [...paths].toSorted(byPath).map((path) => {
    const before = committed(base, index, path);
    const head = onDisk(index, workTree, path);
    return { path, base: before, head, stages: stagesOf(sides, path, before) };
  });
}

/** Everything the tree of a commit holds: the index, corrected by where they differ. */
export function treeOf(differences: Differences, index: Index): ReadonlyMap<RepoPath, Entry> {
  const tree = new Map<RepoPath, Entry>(index.entries);
  for (const [path, { before }] of differences) {
    if (before === null) tree.delete(path);
    else tree.set(path, before);
  }
  return tree;
}

function stagesOf({ headCommit, index, workTree }: Sides, path: RepoPath, before: Entry | null): Set<ChangeStage> {
  const stages = new Set<ChangeStage>();
  if (!isSame(before, committed(headCommit, index, path))) stages.add("committed");
  if (headCommit.has(path)) stages.add("staged");
  if (workTree.edited.has(path)) stages.add("unstaged");
  if (workTree.untracked.has(path)) stages.add("untracked");
  return stages;
}

function committed(differences: Differences, index: Index, path: RepoPath): Entry | null {
  const difference = differences.get(path);
  return difference === undefined ? (index.entries.get(path) ?? null) : difference.before;
}

function onDisk({ entries }: Index, { edited, untracked }: WorkTree, path: RepoPath): Entry | null {
  const now = untracked.get(path) ?? edited.get(path);
  return now === undefined ? (entries.get(path) ?? null) : now;
}

export function isSame(a: Entry | null, b: Entry | null): boolean {
  return a === b || (a !== null && b !== null && a.mode === b.mode && a.id === b.id);
}
