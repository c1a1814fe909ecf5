// Describes what happened to each path: its kind, its previous name and its changed lines.
import type { Change, ChangeStage, LineRange } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import { isBinary, type Contents } from "./content.ts";
import { isSame, type PathChange } from "./difference.ts";
import { allLines, changedLines } from "./line-diff.ts";
import { isRegular, submoduleMode, symlinkMode, type Entry } from "./listing.ts";
import { findRenames } from "./renames.ts";
import { isCode } from "./source-names.ts";

/** A change before its lines are known. */
interface Described {
  readonly path: RepoPath;
  readonly kind: Change["kind"];
  readonly previousPath: RepoPath | null;
  readonly base: Entry | null;
  readonly head: Entry | null;
  readonly stages: ReadonlySet<ChangeStage>;
}

interface Lines {
  readonly binary: boolean;
  readonly changedLines: readonly LineRange[];
}

const noLines: Lines = { binary: false, changedLines: [] };
const unreadable: Lines = { binary: true, changedLines: [] };

/** Turns path changes into changes; the answer has their order. */
export async function describeChanges(contents: Contents, paths: readonly PathChange[]): Promise<Change[]> {
  const described = await joinRenames(contents, paths);
  const compared = described.filter(({ base, head }) => comparesLines(base, head));
  const blobs = await contents.blobs(compared.map(({ base }) => base?.id).filter((id) => id !== undefined));
  return described.map((change) => {
    const { path, kind, previousPath, base, head, stages } = change;
    const before = comparesLines(base, head) ? blobs.get(base?.id ?? "") : undefined;
    const submodule = [base?.mode, head?.mode].includes(submoduleMode);
    const symlink = (head ?? base)?.mode === symlinkMode;
    const baseBlob = base === null || base.mode === submoduleMode ? null : base.id;
    const { binary, changedLines } = linesOf(contents, change, before);
    return { path, kind, previousPath, changedLines, binary, submodule, symlink, stages, baseBlob };
  });
}

async function joinRenames(contents: Contents, paths: readonly PathChange[]): Promise<Described[]> {
  const renames = await findRenames(contents, paths);
  const byPath = new Map(paths.map((change) => [change.path, change]));
  const previous = new Set(renames.values());
  const described: Described[] = [];
  for (const change of paths) {
    const origin = byPath.get(renames.get(change.path) ?? change.path) ?? change;
    if (origin !== change) {
      const stages = new Set([...change.stages, ...origin.stages]);
      described.push({ ...change, kind: "renamed", previousPath: origin.path, base: origin.base, stages });
    } else if (!previous.has(change.path)) described.push({ ...change, kind: kindOf(change), previousPath: null });
  }
  return described;
}

function kindOf({ base, head }: PathChange): Change["kind"] {
  if (head === null) return "deleted";
  if (base === null) return "added";
  const isModeOnly = base.id === head.id && base.mode !== head.mode && isRegular(base) && isRegular(head);
  return isModeOnly ? "mode-changed" : "modified";
}

function comparesLines(base: Entry | null, head: Entry | null): boolean {
  return base !== null && head !== null && isRegular(base) && isRegular(head) && base.id !== head.id;
}

function linesOf(contents: Contents, { path, base, head }: Described, before: Buffer | undefined): Lines {
  if (head === null || head.mode === submoduleMode || head.mode === symlinkMode) return noLines;
  if (isSame(base, head)) return noLines;
  const after = contents.onDisk(path);
  if (after === undefined) return linesOfLarge(contents, path);
  if (!isCode(path) && (isBinary(after) || (before !== undefined && isBinary(before)))) return unreadable;
  if (before !== undefined) return { binary: false, changedLines: changedLines(before, after) };
  const hasOwnBase = base !== null && isRegular(base);
  return hasOwnBase ? noLines : { binary: false, changedLines: allLines(after) };
}

/** A file too large to compare counts as new from its first line to its last. */
function linesOfLarge(contents: Contents, path: RepoPath): Lines {
  const count = isCode(path) ? contents.countLines(path) : undefined;
  return count === undefined ? unreadable : { binary: false, changedLines: [{ start: 1, end: count }] };
}
