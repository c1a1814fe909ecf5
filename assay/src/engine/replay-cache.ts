// Outcomes of earlier runs, keyed by everything they depended on.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { TaskOutcome } from "../model/finding.ts";
import { keepNewest, readEntry, removeEntry, writeEntry } from "./entry-file.ts";

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

/** A cache of one file per outcome. */
export function openReplayCache(dir: string): ReplayCache {
  const notes = new Set<string>();
  const fileOf = (key: string): string => join(dir, key);
  return {
    get(key) {
      const entry = readEntry(fileOf(key), key);
      if (entry === null) {
        notes.add("A damaged cache entry was dropped; its check ran again.");
        removeEntry(fileOf(key));
      }
      return entry?.value as ReplayedOutcome | undefined;
    },
    put(key, outcome) {
      try {
        writeEntry(fileOf(key), key, outcome);
        // Looking through the folder takes longer than an outcome is worth.
        if (Math.random() < 0.01 && readdirSync(dir).length > keptEntries) keepNewest(dir, keptEntries / 2);
      } catch (error) {
        notes.add(`The cache could not be written (${error instanceof Error ? error.message : String(error)}).`);
      }
    },
    get notes() {
      return [...notes];
    },
  };
}
