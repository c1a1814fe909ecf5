// Reads git's lists: the index, a commit's tree, and where the two differ.
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import { splitFields } from "./names.ts";
import { git, type Place } from "./run.ts";

/** What stands at a path: git's six-digit mode and the content's id. */
export interface Entry {
  readonly mode: string;
  /** Empty where there is no content that could have one: a submodule's work tree, a file that can't be read. */
  readonly id: string;
}

export const symlinkMode = "120000";
/** The mode of a submodule, and here of any repository inside the repository. */
export const submoduleMode = "160000";

/** A file with content of its own, executable or not. */
export function isRegular({ mode }: Entry): boolean {
  return mode.startsWith("100");
}

export interface IndexEntry extends Entry {
  /** Did someone tell git not to look at the file on disk? */
  readonly unwatched: "no" | "assume-unchanged" | "skip-worktree";
}

export interface Index {
  /** In git's order. */
  readonly entries: ReadonlyMap<RepoPath, IndexEntry>;
  /** Paths with a merge conflict; they are not in `entries`. */
  readonly unmerged: ReadonlySet<RepoPath>;
}

/** One path that differs between a commit and the index; null where a side has nothing. */
export interface Difference {
  readonly before: Entry | null;
  readonly after: Entry | null;
}

export type Differences = ReadonlyMap<RepoPath, Difference>;

const rawDifference = [
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--ignore-submodules=none",
];

export async function listIndex(place: Place): Promise<Index> {
  const { stdout } = await git(place, ["ls-files", "--stage", "-v", "-z"]);
  const entries = new Map<RepoPath, IndexEntry>();
  const unmerged = new Set<RepoPath>();
  for (const field of splitFields(stdout)) {
    // `H 100644 <id> 0<tab><path>`
    const tab = field.indexOf("\t");
    const stage = field[tab - 1];
    if (tab < 51 || field[1] !== " " || stage === undefined || !"0123".includes(stage))
      throw nonsense("ls-files", field);
    const path = field.slice(tab + 1) as RepoPath;
    if (stage === "0")
      entries.set(path, { mode: field.slice(2, 8), id: field.slice(9, tab - 2), unwatched: watch(field[0]) });
    else unmerged.add(path);
  }
  return { entries, unmerged };
}

/** A lower-case tag is git's sign for assume-unchanged, `S` for skip-worktree; both together are `s`. */
function watch(tag: string | undefined): IndexEntry["unwatched"] {
  if (tag === "S" || tag === "s") return "skip-worktree";
  return tag !== undefined && tag >= "a" ? "assume-unchanged" : "no";
}

/** What differs between a commit and the index. */
export async function diffIndex(place: Place, commit: string): Promise<Differences> {
  const { stdout } = await git(place, ["diff-index", "--cached", ...rawDifference, commit, "--"]);
  return parseDifferences(stdout, "diff-index");
}

/** What differs between two commits. */
export async function diffTree(place: Place, before: string, after: string): Promise<Differences> {
  const { stdout } = await git(place, ["diff-tree", "-r", ...rawDifference, before, after, "--"]);
  return parseDifferences(stdout, "diff-tree");
}

/** Every path of a commit's tree. */
export async function listTree(place: Place, commit: string): Promise<ReadonlyMap<RepoPath, Entry>> {
  const { stdout } = await git(place, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  const entries = new Map<RepoPath, Entry>();
  for (const field of splitFields(stdout)) {
    const [, mode, id, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(field) ?? [];
    if (mode === undefined || id === undefined || path === undefined) throw nonsense("ls-tree", field);
    entries.set(path as RepoPath, { mode, id });
  }
  return entries;
}

function parseDifferences(stdout: Buffer, command: string): Differences {
  const fields = splitFields(stdout);
  const differences = new Map<RepoPath, Difference>();
  for (let at = 0; at < fields.length; at += 2) {
    const [header = "", path] = [fields[at], fields[at + 1]];
    const [, modeBefore, modeAfter, idBefore, idAfter, status] =
      /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([AMDTU])$/.exec(header) ?? [];
    if (!path || !modeBefore || !modeAfter || !idBefore || !idAfter) throw nonsense(command, header);
    // A conflict: the index says nothing of what stands there.
    if (status === "U") continue;
    differences.set(path as RepoPath, { before: entry(modeBefore, idBefore), after: entry(modeAfter, idAfter) });
  }
  return differences;
}

function entry(mode: string, id: string): Entry | null {
  return mode === "000000" ? null : { mode, id };
}

function nonsense(command: string, field: string): AssayError {
  return new AssayError(
    "git-failed",
    `\`git ${command}\` printed something unexpected: ${JSON.stringify(field.slice(0, 80))}`,
    {
      hint: "git --version",
    },
  );
}
