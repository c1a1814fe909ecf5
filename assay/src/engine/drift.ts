// What happened to the tree while it was checked.
import type { HeadTree } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";

/** What a run is not about, although it says so. */
export interface Drift {
  /** Files whose content was replaced or that are gone. */
  readonly rewritten: readonly RepoPath[];
  readonly appeared: readonly RepoPath[];
  /** `from 1234567 to 89abcde`, where another commit is checked out. */
  readonly moved: string | null;
}

/** What is checked out. */
export interface Checkout {
  readonly tree: HeadTree;
  /** The id of the commit. */
  readonly head: string;
}

/** Compares what was checked with what is there after it was checked. Not seen: an edit that was taken back in between. */
export function driftOf(before: Checkout, after: Checkout): Drift {
  const now = new Map(after.tree.files.map((file) => [file.path, file]));
  const rewritten = before.tree.files.filter((file) => {
    const current = now.get(file.path);
    return current === undefined || current.blob !== file.blob || current.symlink !== file.symlink;
  });
  return {
    rewritten: rewritten.map(({ path }) => path),
    appeared: after.tree.files.map(({ path }) => path).filter((path) => !before.tree.has(path)),
    moved: before.head === after.head ? null : `from ${before.head.slice(0, 12)} to ${after.head.slice(0, 12)}`,
  };
}

/** Why the verdict is none: the files it speaks of are not there any more. Null where they are. */
export function driftError({ rewritten, moved }: Drift): AssayError | null {
  const [first] = rewritten;
  if (first === undefined) return null;
  const others = rewritten.length === 1 ? "" : ` and ${rewritten.length - 1} more`;
  const files = `The tree changed while it was checked: ${first}${others}`;
  const message =
    moved === null
      ? `${files}. If a test writes there, let it write to a temporary folder; if somebody edits it, run again afterwards`
      : `${files}, since HEAD moved ${moved}. Run again on what is checked out now`;
  return new AssayError("interrupted", message, { hint: "git status --short" });
}

/** Sentences for the report about what no check has seen. */
export function driftNotes({ appeared, rewritten, moved }: Drift): readonly string[] {
  const [first] = appeared;
  const others = appeared.length === 1 ? "" : ` and ${appeared.length - 1} more`;
  return [
    ...(first === undefined ? [] : [`${first}${others} appeared while checks ran; no check has seen them.`]),
    ...(moved === null || rewritten.length > 0
      ? []
      : [`HEAD moved ${moved} while checks ran. The files are the same; no check has seen the new commits.`]),
  ];
}
