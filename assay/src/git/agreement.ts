// Holds git's answers against each other: an answer that was swallowed looks like one that says "nothing".
import { AssayError } from "../model/errors.ts";
import type { Base } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import { listTree, type Differences, type Index } from "./listing.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";
import type { Status } from "./status.ts";

export interface Answers {
  readonly base: Base;
  /** What the base has that differs from the index; null where the base is HEAD. */
  readonly moved: Differences | null;
  readonly index: Index;
  readonly status: Status;
}

/**
 * What is wrong with git's answers; null where they agree. Costs a process only where an answer is suspiciously empty, or
 * all of them are to be held against each other.
 */
export async function findContradiction(
  repository: Repository,
  { base, moved, index, status }: Answers,
  thorough: boolean,
): Promise<AssayError | null> {
  const staged = [...status.fromHead].filter(([, { after }]) => after !== null).map(([path]) => path);
  const unlisted = [...status.onDisk.keys(), ...staged].find((path) => !index.entries.has(path));
  if (unlisted !== undefined)
    return contradiction(`status speaks of ${JSON.stringify(unlisted)}, which ls-files has not`);
  const isSilent = moved !== null && moved.size === 0 && status.fromHead.size > 0;
  if (base.kind === "found" && moved !== null && (thorough || isSilent)) {
    const lost = await lostDifference(repository, base.commit, moved, index);
    if (lost !== undefined)
      return contradiction(`ls-tree and ls-files differ in ${JSON.stringify(lost)}, and diff-index does not say so`);
  }
  if (status.fromHead.size > 0 || index.unmerged.size > 0) return null;
  // The index is what HEAD has, so both are known by HEAD's tree.
  if (index.entries.size === 0 && (await listsFiles(repository)))
    return contradiction("ls-files has no files, but HEAD has");
  if (base.kind === "none" || moved === null || moved.size > 0) return null;
  const [before, now] = await treesOf(repository, [base.commit, repository.head]);
  return before === now ? null : contradiction("diff-index finds no difference between two commits that differ");
}

/** A path in which the base's tree and the index differ although `moved` has nothing of it. */
async function lostDifference(
  repository: Repository,
  base: string,
  moved: Differences,
  { entries, unmerged }: Index,
): Promise<RepoPath | undefined> {
  const tree = await listTree(repository, base);
  const isLost = (path: RepoPath): boolean => !moved.has(path) && !unmerged.has(path);
  for (const [path, { id, mode }] of tree) {
    const now = entries.get(path);
    if ((now?.id !== id || now.mode !== mode) && isLost(path)) return path;
  }
  // What is to be added and has no content yet is in the index, and no difference.
  for (const [path, { id }] of entries) if (!tree.has(path) && !isEmptyBlob(id) && isLost(path)) return path;
  return undefined;
}

function isEmptyBlob(id: string): boolean {
  return id.startsWith("e69de29bb2") || id.startsWith("473a0f4c3b");
}

async function listsFiles(repository: Repository): Promise<boolean> {
  const { stdout } = await git(repository, ["ls-tree", "-z", "--full-tree", repository.head]);
  return stdout.length > 0;
}

async function treesOf(repository: Repository, commits: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await git(repository, ["rev-parse", ...commits.map((commit) => `${commit}^{tree}`)]);
  return stdout.toString("latin1").split("\n");
}

function contradiction(what: string): AssayError {
  return new AssayError("git-failed", `git contradicts itself: ${what}`, {
    hint: "git --version, and see that `git` on the PATH is git itself",
  });
}
