// Outcomes of earlier runs, keyed by everything they depended on.
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TaskOutcome } from "../model/finding.ts";

/** What can be replayed: what was found out, never what could not be. */
export type ReplayedOutcome = Extract<TaskOutcome, { readonly status: "passed" | "failed" }>;

export interface ReplayCache {
  get(key: string): ReplayedOutcome | undefined;
  /** Stores an outcome. A folder that can not be written is noted once and otherwise no fault: the next run runs again. */
  put(key: string, outcome: ReplayedOutcome): void;
  /** What a person should know: entries dropped, folder not writable. */
  readonly notes: readonly string[];
}

const keptEntries = 2000;

/** A cache of one file per outcome, written by rename, so that any number of runs and worktrees can share the folder. */
export function openReplayCache(dir: string): ReplayCache {
  const notes = new Set<string>();
  const fileOf = (key: string): string => join(dir, key);
  return {
    get(key) {
      const text = readIfThere(fileOf(key));
      if (text === undefined) return undefined;
      const outcome = readEntry(key, text);
      if (outcome === undefined) {
        notes.add("A damaged cache entry was dropped; its check ran again.");
        removeQuietly(fileOf(key));
      }
      return outcome;
    },
    put(key, outcome) {
      const temporary = `${fileOf(key)}.${randomUUID()}`;
      try {
        mkdirSync(dir, { recursive: true });
        writeFileSync(temporary, entryText(key, outcome));
        renameSync(temporary, fileOf(key));
        if (Math.random() < 0.01) prune(dir);
      } catch (error) {
        removeQuietly(temporary);
        notes.add(`The cache could not be written (${error instanceof Error ? error.message : String(error)}).`);
      }
    },
    get notes() {
      return [...notes];
    },
  };
}

/** An entry holds a digest of itself, so that a cut or edited file is noticed. */
function entryText(key: string, outcome: ReplayedOutcome): string {
  const body = JSON.stringify({ key, outcome });
  return JSON.stringify({ body, digest: digestOf(body) });
}

function readEntry(key: string, text: string): ReplayedOutcome | undefined {
  try {
    const entry = JSON.parse(text) as { body?: unknown; digest?: unknown };
    if (typeof entry.body !== "string" || entry.digest !== digestOf(entry.body)) return undefined;
    // The digest vouches for our own writing.
    const body = JSON.parse(entry.body) as { key?: unknown; outcome?: ReplayedOutcome };
    return body.key === key ? body.outcome : undefined;
  } catch {
    return undefined; // Not JSON: as damaged as a wrong digest.
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Removes the oldest half once there are too many. */
function prune(dir: string): void {
  const names = readdirSync(dir);
  if (names.length <= keptEntries) return;
  const byAge = names.map((name) => ({ name, at: statSync(join(dir, name)).mtimeMs })).toSorted((a, b) => a.at - b.at);
  for (const { name } of byAge.slice(0, names.length - keptEntries / 2)) removeQuietly(join(dir, name));
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It cannot be removed either: an entry is only believed if its digest is right, so it does no harm.
  }
}
