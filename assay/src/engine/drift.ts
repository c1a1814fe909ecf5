// What happened to the tree while it was checked.
import type { HeadTree } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";

/** What a run is not about, although it says so. */
export interface Drift {
  /** Files whose content was replaced or that are gone. */
  readonly rewritten: readonly RepoPath[];
  readonly appeared: readonly RepoPath[];
}

/** Compares the tree that was checked with the tree after it was checked. Not seen: an edit that was taken back in between. */
export function driftOf(before: HeadTree, after: HeadTree): Drift {
  const now = new Map(after.files.map((file) => [file.path, file]));
  const rewritten = before.files.filter((file) => {
    const current = now.get(file.path);
    return current === undefined || current.blob !== file.blob || current.symlink !== file.symlink;
  });
  return {
    rewritten: rewritten.map(({ path }) => path),
    appeared: after.files.map(({ path }) => path).filter((path) => !before.has(path)),
  };
}

/** Why the verdict is none: the files it speaks of are not there any more. Null where they are. */
export function driftError({ rewritten }: Drift): AssayError | null {
  const [first] = rewritten;
  if (first === undefined) return null;
  const others = rewritten.length === 1 ? "" : ` and ${rewritten.length - 1} more`;
  return new AssayError(
    "interrupted",
    `The tree changed while it was checked: ${first}${others}. If a test writes there, let it write to a temporary folder`,
    { hint: "git status --short" },
  );
}

/** A sentence for the report about new files, which no check has seen; null without any. */
export function driftNote({ appeared }: Drift): string | null {
  const [first] = appeared;
  if (first === undefined) return null;
  return `${first}${appeared.length === 1 ? "" : ` and ${appeared.length - 1} more`} appeared while checks ran; no check has seen them.`;
}
