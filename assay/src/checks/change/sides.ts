// The two sides of a change as trees of texts, for checks that read what may not itself have changed.
import type { ChangeContext } from "../../model/check.ts";
import { ancestors, joinPath, type RepoPath } from "../../model/paths.ts";
import { baseTextReader } from "./base-text.ts";

/** A tree of files. */
export interface Side {
  readonly paths: ReadonlySet<RepoPath>;
  /** Undefined where there is no such text file. */
  read(path: RepoPath): string | undefined;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

export async function sidesOf(context: ChangeContext): Promise<Sides> {
  const { base, workspace } = context;
  return {
    base: { paths: new Set(await base.paths()), read: baseTextReader(context) },
    head: {
      paths: new Set(workspace.tree.files.map(({ path }) => path)),
      read: (path) => workspace.readText(path),
    },
  };
}

/** The nearest file of that name in the folder of `path` or above it. */
export function nearest({ paths }: Side, path: RepoPath, name: string): RepoPath | undefined {
  return [...ancestors(path)].map((dir) => joinPath(dir, name)).find((candidate) => paths.has(candidate));
}
