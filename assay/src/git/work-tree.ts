// Compares the files on disk with the index, by content wherever git's own word can't be taken.
import { createHash } from "./hash.ts";
import type { RepoPath } from "../model/paths.ts";
import { isAttributesFile, normalisedPaths, rewrittenPaths } from "./attributes.ts";
import { blobId, lookAt, readEntry, readLargeFile, type DiskEntry } from "./disk.ts";
import { submoduleMode, symlinkMode, type Entry, type Index, type IndexEntry } from "./listing.ts";
import type { Repository } from "./repository.ts";
import { isSource } from "./source-names.ts";
import type { Status } from "./status.ts";
import type { Untracked } from "./untracked.ts";

export interface WorkTree {
  /** Tracked files that are not as the index has them, and those with a conflict; null where the file is gone. */
  readonly edited: ReadonlyMap<RepoPath, Entry | null>;
  /** Files that a sparse checkout leaves out. */
  readonly leftOut: ReadonlySet<RepoPath>;
  readonly untracked: ReadonlyMap<RepoPath, Entry>;
}

/** What comparing one tracked file with the index came to. */
type Comparison = "same" | "left-out" | "other-line-endings" | { readonly now: Entry | null };

/** Reads the disk. `listed` are the files that git found changed; with `thorough` every tracked file is read. */
export async function readWorkTree(
  repository: Repository,
  index: Index,
  listed: Status["onDisk"],
  untracked: Untracked,
  thorough: boolean,
): Promise<WorkTree> {
  const edited = new Map<RepoPath, Entry | null>();
  const leftOut = new Set<RepoPath>();
  const convertible = new Map<RepoPath, Entry | null>();
  for (const path of await candidates(repository, index, listed, untracked, thorough)) {
    const comparison = compare(repository, path, index.entries.get(path), listed);
    if (comparison === "left-out") leftOut.add(path);
    else if (comparison === "other-line-endings") convertible.set(path, readNow(repository, path));
    else if (comparison !== "same") edited.set(path, comparison.now);
  }
  const normalised = await normalisedPaths(repository, [...convertible.keys()]);
  for (const [path, now] of convertible) if (!normalised.has(path)) edited.set(path, now);
  for (const path of index.unmerged) edited.set(path, readNow(repository, path));
  return { edited, leftOut, untracked: readUntracked(repository, untracked) };
}

/** Tracked files whose content must be looked at. */
async function candidates(
  repository: Repository,
  { entries }: Index,
  listed: Status["onDisk"],
  untracked: Untracked,
  thorough: boolean,
): Promise<ReadonlySet<RepoPath>> {
  const paths = new Set<RepoPath>();
  for (const path of listed.keys()) if (entries.has(path)) paths.add(path);
  const attributeFiles = untracked.files.filter(isAttributesFile);
  const sources: RepoPath[] = [];
  for (const [path, entry] of entries) {
    if (entry.unwatched !== "no" || thorough) paths.add(path);
    else if (isSource(path)) sources.push(path);
    if (isAttributesFile(path)) attributeFiles.push(path);
  }
  for (const path of await rewrittenPaths(repository, sources, attributeFiles)) paths.add(path);
  return paths;
}

function compare(
  repository: Repository,
  path: RepoPath,
  indexed: IndexEntry | undefined,
  listed: Status["onDisk"],
): Comparison {
  if (indexed === undefined || listed.get(path) === "gone") return { now: null };
  const entry = lookAt(repository.root, path);
  if (entry.kind === "absent") return indexed.unwatched === "skip-worktree" ? "left-out" : { now: null };
  if (indexed.mode === submoduleMode) return compareSubmodule(repository, path, indexed, listed.has(path));
  const mode = modeOf(repository, entry, indexed.mode);
  const content = readEntry(repository.root, path, entry);
  if (mode !== indexed.mode || content === undefined) {
    const now = entryOf(repository, path, entry, indexed.mode);
    if (now?.mode !== indexed.mode) return { now };
    return now.id === indexed.id || isLargeFilePointer(repository, path, entry, content, indexed.id) ? "same" : { now };
  }
  const id = blobId(repository.objectFormat, content);
  if (id === indexed.id || isLargeFilePointer(repository, path, entry, content, indexed.id)) return "same";
  if (mode !== symlinkMode && blobId(repository.objectFormat, withoutCarriageReturns(content)) === indexed.id)
    return "other-line-endings";
  return { now: { mode, id } };
}

function compareSubmodule({ root }: Repository, path: RepoPath, indexed: IndexEntry, isListed: boolean): Comparison {
  if (isListed) return { now: { mode: submoduleMode, id: "" } };
  // Git was told not to look into this one. It counts as changed unless it was never checked out.
  const isCheckedOut = lookAt(root, `${path}/.git` as RepoPath).kind !== "absent";
  return indexed.unwatched !== "no" && isCheckedOut ? { now: { mode: submoduleMode, id: "" } } : "same";
}

function readNow(repository: Repository, path: RepoPath): Entry | null {
  return entryOf(repository, path, lookAt(repository.root, path), null);
}

function readUntracked(repository: Repository, { files, nested }: Untracked): ReadonlyMap<RepoPath, Entry> {
  const entries = new Map<RepoPath, Entry>();
  for (const path of files) {
    const entry = readNow(repository, path);
    // Gone since git listed it.
    if (entry !== null) entries.set(path, entry);
  }
  for (const path of nested) entries.set(path, { mode: submoduleMode, id: "" });
  return entries;
}

/** What is on disk, in git's terms. A folder in the place of a file is nothing: its files are listed by themselves. */
function entryOf(repository: Repository, path: RepoPath, entry: DiskEntry, indexedMode: string | null): Entry | null {
  if (entry.kind === "absent" || entry.kind === "folder") return null;
  const mode = modeOf(repository, entry, indexedMode);
  const content = readEntry(repository.root, path, entry);
  if (content !== undefined) return { mode, id: blobId(repository.objectFormat, content) };
  const large =
    entry.kind === "file" ? readLargeFile(repository.root, path, entry.size, repository.objectFormat) : undefined;
  return { mode, id: large?.id ?? "" };
}

function modeOf({ keepsModes, settings }: Repository, entry: DiskEntry, indexedMode: string | null): string {
  if (entry.kind === "symlink") return symlinkMode;
  // Without symbolic links git writes the target into a plain file.
  if (indexedMode === symlinkMode && !settings.symlinks && process.platform === "win32") return symlinkMode;
  if (!keepsModes) return indexedMode === "100755" ? indexedMode : "100644";
  return entry.kind === "file" && entry.executable ? "100755" : "100644";
}

/** Does the index hold the Git LFS pointer to this file? */
function isLargeFilePointer(
  repository: Repository,
  path: RepoPath,
  entry: DiskEntry,
  content: Buffer | undefined,
  id: string,
): boolean {
  const { root, objectFormat, settings } = repository;
  if (entry.kind !== "file" || !settings.filters.includes("lfs")) return false;
  const oid = content
    ? createHash("sha256").update(content).digest("hex")
    : readLargeFile(root, path, entry.size, objectFormat)?.sha256;
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${entry.size}\n`;
  return blobId(objectFormat, Buffer.from(pointer)) === id;
}

function withoutCarriageReturns(content: Buffer): Buffer {
  if (!content.includes("\r\n")) return content;
  return Buffer.from(content.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
