// Holds git's answers against each other: an answer that was swallowed looks like one that says "nothing".
import { AssayError } from "../model/errors.ts";
import type { Base } from "../model/change.ts";
import type { Differences, Index } from "./listing.ts";
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

/** What is wrong with git's answers; null where they agree. Costs a process only where an answer is suspiciously empty. */
export async function findContradiction(
  repository: Repository,
  { base, moved, index, status }: Answers,
): Promise<AssayError | null> {
  const staged = [...status.fromHead].filter(([, { after }]) => after !== null).map(([path]) => path);
  const unlisted = [...status.onDisk.keys(), ...staged].find((path) => !index.entries.has(path));
  if (unlisted !== undefined)
    return contradiction(`status speaks of ${JSON.stringify(unlisted)}, which ls-files has not`);
  if (status.fromHead.size > 0 || index.unmerged.size > 0) return null;
  // The index is what HEAD has, so both are known by HEAD's tree.
  if (index.entries.size === 0 && (await listsFiles(repository)))
    return contradiction("ls-files has no files, but HEAD has");
  if (base.kind === "none" || moved === null || moved.size > 0) return null;
  const [before, now] = await treesOf(repository, [base.commit, repository.head]);
  return before === now ? null : contradiction("diff-index finds no difference between two commits that differ");
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
