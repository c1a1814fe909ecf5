// What parts of tasks have found out in earlier runs, with the files as they were then.
import { join } from "node:path";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { Memory } from "../model/process.ts";
import type { Workspace } from "../model/workspace.ts";
import { digest } from "./digest.ts";
import { keepNewest, readEntry, writeEntry } from "./entry-file.ts";
import { groundFacts, type RunFacts } from "./ground.ts";
import { treeFacts } from "./tree-facts.ts";

export interface RunMemory extends Memory {
  /** Writes what was kept, if the files still are what they were. A folder that can not be written is no fault: the next run finds out anew. */
  store(): void;
}

export interface MemoryOptions {
  readonly dir: string;
  readonly workspace: Workspace;
  readonly run: RunFacts;
  /** Tells which files can see a difference in these. */
  readonly seenBy: (changed: readonly RepoPath[]) => (path: RepoPath) => boolean;
}

/** A few grounds: another branch, another version of Node. */
const keptEntries = 8;

/** What was kept of a value: the facts of every file then. */
interface Kept {
  readonly files: readonly string[];
  readonly value: unknown;
}

/** The memory of a run; null where something that anything may depend on can not be identified. */
export function openMemory({ dir, workspace, run, seenBy }: MemoryOptions): RunMemory | null {
  const ground = groundFacts(workspace, run);
  const files = treeFacts(workspace)(workspace.tree.files.map(({ path }) => path));
  if (ground === null || files === null) return null;
  const keyOf = (name: string): string => digest([...ground, name]);
  const pending = new Map<string, unknown>();
  return {
    recall(name) {
      const key = keyOf(name);
      const entry = readEntry(join(dir, key), key);
      if (!entry) return undefined;
      const kept = entry.value as Kept;
      const changed = changedPaths(kept.files, files);
      return {
        value: kept.value,
        isOutdated: seenBy(changed),
        seesOutdated: (path) => seenBy(changed.filter((other) => other !== path))(path),
      };
    },
    keep: (name, value) => void pending.set(name, value),
    store() {
      for (const [name, value] of pending) {
        const key = keyOf(name);
        try {
          writeEntry(join(dir, key), key, { files, value } satisfies Kept);
          keepNewest(dir, keptEntries);
        } catch {
          return; // A read-only repository is checked all the same, only slower.
        }
      }
    },
  };
}

/** Of two lists of facts, the paths of those that only one of them has. */
function changedPaths(before: readonly string[], after: readonly string[]): readonly RepoPath[] {
  const [then, now] = [new Set(before), new Set(after)];
  const facts = [...before.filter((fact) => !now.has(fact)), ...after.filter((fact) => !then.has(fact))];
  return [...new Set(facts.map((fact) => repoPath(fact.split("\0")[0] ?? "")))];
}
