// Whether a run will probably find everything as an earlier one left it. A guess: it decides what is started early, and
// never what is said.
import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { digest } from "../engine/digest.ts";
import { readEntry, writeEntry } from "../engine/entry-file.ts";
import type { Repository } from "../git/repository.ts";
import type { RepoPath } from "../model/paths.ts";
import type { Invocation } from "./command.ts";
import { stateDir, stateName } from "./state-dir.ts";

/** More are not looked at in the time that is to be saved. */
const mostFiles = 500;

const standName = "stand";

/** By path: what the file system says of it. */
type Stamps = Readonly<Record<string, string>>;

/** What was asked for, and the files that tell whether the answer may be another one. */
export interface Stand {
  readonly repository: Pick<Repository, "root" | "gitDir" | "commonDir">;
  readonly invocation: Invocation;
  /** What matters most comes first. */
  readonly files: readonly RepoPath[];
}

/**
 * Was the same asked for before, and has nobody edited any of what mattered then?
 *
 * Not seen: an edit of a file that neither belonged to the change nor was reached by it, and a test in a new folder.
 */
export function isAsLeft(stand: Omit<Stand, "files">): boolean {
  const stamps = readEntry(fileOf(stand), keyOf(stand))?.value as Stamps | undefined;
  return stamps !== undefined && Object.entries(stamps).every(([path, stamp]) => stampOf(path) === stamp);
}

/** Is it certain, before git is asked, that nothing was put down? Not told of a folder within a repository, or a linked one. */
export function isUnknown(dir: string): boolean {
  const gitDir = join(dir, ".git");
  return existsSync(join(gitDir, "HEAD")) && !existsSync(join(gitDir, stateName, standName));
}

/** To be called once nothing is left to be found out. Takes the place of what was put down of another request. */
export function putDown(stand: Stand): void {
  const { root, gitDir } = stand.repository;
  const files = stand.files.slice(0, mostFiles).map((path) => join(root, path));
  // The folders tell of new files.
  const folders = new Set(files.map((file) => dirname(file)));
  const paths = [join(gitDir, "HEAD"), join(gitDir, "index"), ...files, ...folders];
  try {
    writeEntry(fileOf(stand), keyOf(stand), Object.fromEntries(paths.map((path) => [path, stampOf(path)])));
  } catch {
    // The next run starts early what it does not need.
  }
}

function fileOf({ repository }: Omit<Stand, "files">): string {
  return join(stateDir(repository), standName);
}

function keyOf({ repository, invocation }: Omit<Stand, "files">): string {
  const { base, only, except, files, mutants } = invocation;
  return digest([repository.root, JSON.stringify([base, only, except, files, mutants])]);
}

function stampOf(path: string): string {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return `${stats?.ino} ${stats?.size} ${stats?.mtimeNs}`;
}
