// Reads the change: base against disk, in as few git processes as can be, side by side.
import type { Base, BaseReader, Commits, Diff, HeadTree, RevertedCommit } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import { findContradiction } from "./agreement.ts";
import { resolveBase, type BaseRequest } from "./base.ts";
import { baseReader } from "./base-reader.ts";
import { describeChanges } from "./changes.ts";
import { commitReader } from "./commits.ts";
import { contentsOf } from "./content.ts";
import { pathChanges, treeOf } from "./difference.ts";
import { headTree } from "./head-tree.ts";
import { copyIndex, indexStamp } from "./index-copy.ts";
import { diffIndex, listIndex, listTree, type Differences, type Index } from "./listing.ts";
import type { Repository } from "./repository.ts";
import { revertReader } from "./reverts.ts";
import { readStatus } from "./status.ts";
import { chooseUntracked, listVisible } from "./untracked.ts";
import { readWorkTree } from "./work-tree.ts";

export interface Revision {
  readonly diff: Diff;
  readonly tree: HeadTree;
  readonly base: BaseReader;
  /** Asks git on first use. */
  readonly commits: () => Promise<Commits>;
  /** Asks git on first use. */
  readonly reverted: () => Promise<readonly RevertedCommit[]>;
}

export interface RevisionOptions {
  /**
   * Read every tracked file rather than believe the times and sizes in git's index. Finds an edit that was added
   * through a content filter which is no longer configured.
   */
  readonly thorough?: boolean;
  /** Folder in which a copy of the index may be kept, which unlike the index itself is brought up to date. */
  readonly copies?: string;
}

/** How often a reading starts again because someone wrote the index meanwhile. */
const attempts = 5;

/**
 * Reads what changed since the base, what the files are now and what they were.
 *
 * @throws AssayError `base-not-found` when the requested base names no commit, `git-failed` when git fails.
 */
export async function readRevision(
  repository: Repository,
  request: BaseRequest,
  options: RevisionOptions = {},
): Promise<Revision> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = indexStamp(repository);
    const { revision, contradiction } = await readOnce(repository, request, options);
    if (indexStamp(repository) !== before) continue;
    if (contradiction !== null) throw contradiction;
    return revision;
  }
  throw new AssayError("git-failed", "the index changed again and again while assay read it", {
    hint: "wait for other git commands to end, then run assay again",
  });
}

interface Reading {
  readonly revision: Revision;
  /** Why it can't be believed, unless someone wrote the index meanwhile. */
  readonly contradiction: AssayError | null;
}

async function readOnce(
  repository: Repository,
  request: BaseRequest,
  { thorough = false, copies }: RevisionOptions,
): Promise<Reading> {
  // A copy says only what somebody has written into it.
  const copy = thorough || copies === undefined ? null : copyIndex(repository, copies);
  // The slowest first: starting a process takes its time too.
  const [status, { base, moved }, index, visible] = await Promise.all([
    readStatus(repository, copy),
    resolveBase(repository, request).then((base) => movedFrom(repository, base)),
    listIndex(repository),
    listVisible(repository, thorough),
  ]);
  const contradiction = await findContradiction(repository, { base, moved, index, status }, thorough);
  const untracked = await chooseUntracked(repository, status, visible);
  const workTree = await readWorkTree(repository, index, status.onDisk, untracked, thorough);
  const tree = headTree(index, workTree);
  const contents = contentsOf(repository);
  const commits = commitReader(repository, base);
  const reverted = revertReader(repository, { base, commits, contents });
  if (base.kind === "none") {
    const reader = baseReader(contents, () => new Map());
    return { revision: { diff: { base, changes: [] }, tree, base: reader, commits, reverted }, contradiction };
  }
  const [fromBase, fromHead] = await withConflicts(repository, index, base.commit, [
    moved ?? status.fromHead,
    status.fromHead,
  ]);
  const changes = await describeChanges(
    contents,
    pathChanges({ base: fromBase, headCommit: fromHead, index, workTree }),
  );
  let files: ReturnType<typeof treeOf> | undefined;
  const reader = baseReader(contents, () => (files ??= treeOf(fromBase, index)));
  return { revision: { diff: { base, changes }, tree, base: reader, commits, reverted }, contradiction };
}

/** A base with what it has that differs from the index; null where it is HEAD, whose differences are known anyway. */
async function movedFrom(repository: Repository, base: Base): Promise<{ base: Base; moved: Differences | null }> {
  const isElsewhere = base.kind === "found" && base.commit !== repository.head;
  return { base, moved: isElsewhere ? await diffIndex(repository, base.commit) : null };
}

/** Adds what base and HEAD have at paths with a merge conflict, of which the index says nothing. */
async function withConflicts(
  repository: Repository,
  { unmerged }: Index,
  base: string,
  [fromBase, fromHead]: readonly [Differences, Differences],
): Promise<readonly [Differences, Differences]> {
  if (unmerged.size === 0) return [fromBase, fromHead];
  const [baseTree, tree] = await Promise.all([listTree(repository, base), listTree(repository, repository.head)]);
  const conflicts = (files: typeof tree): Differences =>
    new Map(Array.from(unmerged, (path) => [path, { before: files.get(path) ?? null, after: null }]));
  return [new Map([...fromBase, ...conflicts(baseTree)]), new Map([...fromHead, ...conflicts(tree)])];
}
