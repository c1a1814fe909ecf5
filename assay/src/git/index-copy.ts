// A copy of the index for git to write.
//
// Git believes a file's times only where they are older than the index, to the second. Of a fresh clone, whose files and
// index are written within one, it reads every file each time, until it may write the index again. The repository's own
// is left alone: somebody may be about to write it. The copy is read as long as the index is the one it was made of.
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { Repository } from "./repository.ts";

/** Differs when the index was written in between. */
export function indexStamp({ gitDir }: Pick<Repository, "gitDir">): string {
  const stats = statSync(indexOf(gitDir), { bigint: true, throwIfNoEntry: false });
  return `${stats?.ino}-${stats?.size}-${stats?.mtimeNs}`;
}

/**
 * Answers the copy of the index as it is now, made if it is not there yet, in a folder of one worktree alone. Null where
 * none can be made, and where git would write the index of a submodule as well.
 */
export function copyIndex(repository: Repository, folder: string): string | null {
  if (hasSubmodules(repository)) return null;
  const copy = join(folder, indexStamp(repository));
  if (existsSync(copy)) return copy;
  try {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${copy}.${process.pid}`;
    const index = indexOf(repository.gitDir);
    const { mtimeNs } = statSync(index, { bigint: true });
    copyFileSync(index, unfinished, constants.COPYFILE_FICLONE);
    // With the time of its own that it has by now, no file would be read again that was edited in that second.
    const seconds = Number(mtimeNs / 1_000_000_000n);
    utimesSync(unfinished, seconds, seconds);
    for (const former of readdirSync(folder))
      if (former !== basename(unfinished)) rmSync(join(folder, former), { recursive: true, force: true });
    renameSync(unfinished, copy);
    return copy;
  } catch {
    return null;
  }
}

function indexOf(gitDir: string): string {
  return join(gitDir, "index");
}

function hasSubmodules({ root, commonDir }: Repository): boolean {
  return [join(root, ".gitmodules"), join(commonDir, "modules")].some((path) => existsSync(path));
}
