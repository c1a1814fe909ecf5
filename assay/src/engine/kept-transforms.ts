// A folder for code that a test runner has made of modules, for as long as the ground is the same.
import { mkdirSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, utimesSync, type Dirent } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";

/** A branch or two beside the one that is worked on. */
const keptGrounds = 4;
/** Nobody who runs at the same time uses a folder that was not opened for this long. */
const unusedMs = 24 * 60 * 60 * 1000;
/** More entries than this were left behind by edits, and are dropped with their folder. */
const keptEntries = 20_000;

/**
 * Vitest notes the lockfile here and clears the folder when it meets another, while it writes to it. Packages of one
 * repository can have several, and the ground knows them all, so there is nothing to note.
 */
const metadataFile = "_metadata.json";

/** Opens the folder of a ground below `dir` and removes those of grounds long gone. Null where nothing can be written. */
export function openKeptTransforms(dir: string, ground: string, mostEntries = keptEntries): string | null {
  const folder = join(dir, ground);
  try {
    const entries = entriesIn(folder);
    if (entries.length > mostEntries || !entries.every((entry) => isOurs(folder, entry))) dropKeptTransforms(folder);
    mkdirSync(folder, { recursive: true });
    linkMetadata(folder);
    const now = new Date();
    utimesSync(folder, now, now);
    dropUnused(dir, now.getTime());
    return folder;
  } catch {
    return null; // A read-only repository is checked all the same, only slower.
  }
}

/** Forgets what is in a folder. */
export function dropKeptTransforms(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Vitest gives up on an entry that is no file, and writes what it made through a link. */
function isOurs(folder: string, entry: Dirent): boolean {
  return entry.name === metadataFile ? leadsNowhere(join(folder, metadataFile)) : entry.isFile();
}

function leadsNowhere(path: string): boolean {
  try {
    return readlinkSync(path) === devNull;
  } catch {
    return false;
  }
}

function linkMetadata(folder: string): void {
  const file = join(folder, metadataFile);
  if (!leadsNowhere(file)) symlinkSync(devNull, file);
}

function dropUnused(dir: string, now: number): void {
  const byAge = readdirSync(dir)
    .map((name) => ({ path: join(dir, name), at: statSync(join(dir, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path, at } of byAge.slice(keptGrounds)) {
    if (now - at > unusedMs) dropKeptTransforms(path);
  }
}
