// The two sides of a change as trees of texts, for checks that read configuration which may not itself have changed.
import type { ChangeContext } from "../model/check.ts";
import { ancestors, joinPath, type RepoPath } from "../model/paths.ts";

/** A tree of files. */
export interface Side {
  readonly paths: ReadonlySet<RepoPath>;
  /** Undefined where there is no such text file. */
  read(path: RepoPath): Promise<string | undefined>;
}

/** Base and head. What did not change is read from the head, where no program has to be asked. */
export async function sidesOf({
  base,
  diff,
  workspace,
}: ChangeContext): Promise<Readonly<Record<"base" | "head", Side>>> {
  const changed = new Set(diff.changes.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  return {
    base: {
      paths: new Set(await base.paths()),
      read: async (path) => (changed.has(path) ? (await base.read([path]))[0] : workspace.readText(path)),
    },
    head: {
      paths: new Set(workspace.tree.files.map(({ path }) => path)),
      read: async (path) => workspace.readText(path),
    },
  };
}

/** The nearest file of that name in the folder of `path` or above it. */
export function nearest({ paths }: Side, path: RepoPath, name: string): RepoPath | undefined {
  return [...ancestors(path)].map((dir) => joinPath(dir, name)).find((candidate) => paths.has(candidate));
}

/** `path` seen from `dir`; undefined where the repository would be left. */
export function pathBelow(dir: RepoPath, relative: string): RepoPath | undefined {
  try {
    return joinPath(dir, relative);
  } catch {
    return undefined;
  }
}
