// A folder for code that a test runner has made of modules, for as long as the ground is the same.
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** A branch or two beside the one that is worked on. */
const keptGrounds = 4;
/** Nobody who runs at the same time uses a folder that was not opened for this long. */
const unusedMs = 24 * 60 * 60 * 1000;
/** More entries than this were left behind by edits, and are dropped with their folder. */
const mostEntries = 20_000;

/** Opens the folder of a ground below `dir` and removes those of grounds long gone. Null where nothing can be written. */
export function openKeptTransforms(dir: string, ground: string): string | null {
  const folder = join(dir, ground);
  try {
    if (entriesIn(folder) > mostEntries) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
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

function entriesIn(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}

function dropUnused(dir: string, now: number): void {
  const byAge = readdirSync(dir)
    .map((name) => ({ path: join(dir, name), at: statSync(join(dir, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path, at } of byAge.slice(keptGrounds)) {
    if (now - at > unusedMs) rmSync(path, { recursive: true, force: true });
  }
}
