// One `git status` says what HEAD, index and disk have different, and which files are untracked or ignored.
import { existsSync, rmSync } from "node:fs";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Difference, Entry } from "./listing.ts";
import { splitFields } from "./names.ts";
import type { Repository } from "./repository.ts";
import { git } from "./run.ts";

export interface Status {
  /** What HEAD has that differs from the index. Paths with a conflict are not in it. */
  readonly fromHead: ReadonlyMap<RepoPath, Difference>;
  /** Tracked files that are not on disk as the index has them, as far as git looked. */
  readonly onDisk: ReadonlyMap<RepoPath, "different" | "gone">;
  /** Not tracked and not ignored, by the user's private rules neither. A folder ends in `/`. */
  readonly untracked: readonly string[];
  /** What an ignore rule names; a folder stands for everything below it. */
  readonly ignored: readonly string[];
}

const args = [
  "status",
  "--porcelain=v2",
  "-z",
  "--untracked-files=all",
  "--ignored=matching",
  "--no-renames",
  "--ignore-submodules=none",
  // The line about the branch is always there, so that a lost answer is not one of "nothing changed".
  "--branch",
  "--no-ahead-behind",
] as const;

/** `1 <XY> <sub> <mode in HEAD> <in index> <on disk> <id in HEAD> <in index> <path>` */
const changed = /^1 .([.MTDA]) \S{4} (\d{6}) (\d{6}) \d{6} ([0-9a-f]+) ([0-9a-f]+) (.+)$/s;

/**
 * Reads the repository's index, or a copy of it that git may write.
 *
 * @throws AssayError `git-failed` when git prints anything else, or speaks of another commit than the one checked out.
 */
export async function readStatus(repository: Repository, indexCopy: string | null = null): Promise<Status> {
  const stdout = await print(repository, indexCopy);
  const fromHead = new Map<RepoPath, Difference>();
  const onDisk = new Map<RepoPath, "different" | "gone">();
  const untracked: string[] = [];
  const ignored: string[] = [];
  for (const field of splitFields(stdout)) {
    const kind = field.slice(0, 2);
    if (kind === "? ") untracked.push(field.slice(2));
    else if (kind === "! ") ignored.push(field.slice(2));
    else if (kind === "1 ") readChanged(field, fromHead, onDisk);
    // `u`: a conflict, which the index tells of; `#`: the branch, and the stash if configured.
    else if (kind !== "u " && kind !== "# ") throw nonsense(field);
  }
  if (!stdout.includes(`# branch.oid ${repository.head}\0`)) throw otherHead(repository, stdout.toString("utf8"));
  return { fromHead, onDisk, untracked, ignored };
}

async function print(repository: Repository, indexCopy: string | null): Promise<Buffer> {
  if (indexCopy !== null) {
    const output = await git(repository, args, { ownIndex: indexCopy }).catch(() => null);
    // An index that is gone git takes for an empty one.
    if (output !== null && existsSync(indexCopy)) return output.stdout;
    rmSync(indexCopy, { recursive: true, force: true });
  }
  return (await git(repository, args)).stdout;
}

function readChanged(
  field: string,
  fromHead: Map<RepoPath, Difference>,
  onDisk: Map<RepoPath, "different" | "gone">,
): void {
  const [, disk, headMode, indexMode, headId, indexId, name] = changed.exec(field) ?? [];
  if (!disk || !headMode || !indexMode || !headId || !indexId || !name) throw nonsense(field);
  const path = name as RepoPath;
  // Added with intent only: the index lists it, without content.
  const isIntent = disk === "A";
  if (isIntent || headMode !== indexMode || headId !== indexId) {
    fromHead.set(path, { before: entry(headMode, headId), after: entry(indexMode, indexId) });
  }
  if (disk !== ".") onDisk.set(path, disk === "D" ? "gone" : "different");
}

function entry(mode: string, id: string): Entry | null {
  return mode === "000000" ? null : { mode, id };
}

/** Whoever commits or switches branches meanwhile has another commit checked out. */
function otherHead({ head }: Repository, printed: string): AssayError {
  const [, now] = /^# branch\.oid ([0-9a-f]+)\0/.exec(printed) ?? [];
  if (now === undefined) return nonsense(printed);
  return new AssayError("git-failed", `HEAD moved from ${head.slice(0, 12)} to ${now.slice(0, 12)} while assay ran`, {
    hint: "wait for other git commands to end, then run assay again",
  });
}

function nonsense(field: string): AssayError {
  const start = JSON.stringify(field.slice(0, 80));
  return new AssayError("git-failed", `\`git status\` printed something unexpected: ${start}`, {
    hint: "git --version",
  });
}
