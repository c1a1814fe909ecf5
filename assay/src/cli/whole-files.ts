// What `assay mutate --files` looks at: files as they are, whatever the change.
import { newFile, type Base, type Change } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { RepoPath } from "../model/paths.ts";
import { resolveScope } from "../scope/scope.ts";
import { isMarkupWithScript } from "../source/components.ts";
import { isSourcePath, roleOf } from "../source/role.ts";
import type { Situation } from "./situation.ts";

/** Git's id of the tree without a file, from which everything is new. */
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/**
 * The situation as if nobody had written these files before: every line of theirs is new, and nothing else is.
 *
 * @throws AssayError `usage` when no source file fits the patterns.
 */
export async function withWholeFiles(situation: Situation, globs: readonly string[]): Promise<Situation> {
  const { default: picomatch } = await import("picomatch");
  const fits = picomatch([...globs]);
  const { workspace } = situation;
  const changes = workspace.tree.files
    .filter(({ path, symlink }) => !symlink && holdsSource(path) && fits(path))
    .map(({ path }) => wholeFile(path, workspace.readText(path)));
  if (changes.length === 0) {
    throw new AssayError("usage", `no source file fits ${globs.join(", ")}`, { hint: "assay mutate --all" });
  }
  return asNew(situation, changes);
}

function holdsSource(path: RepoPath): boolean {
  return (isSourcePath(path) || isMarkupWithScript(path)) && roleOf(path) === "source";
}

/** The situation in which these changes are all that there is, and no number of mutants is too many. */
export function asNew(situation: Situation, changes: readonly Change[]): Situation {
  const base: Base = { kind: "found", commit: emptyTree, ref: "the empty tree", tip: emptyTree };
  const diff = { base, changes };
  const config = { ...situation.workspace.config, maxMutants: Infinity };
  const workspace = { ...situation.workspace, config };
  return { ...situation, diff, workspace, scope: resolveScope({ diff, workspace }) };
}

function wholeFile(path: RepoPath, text: string | undefined): Change {
  return { ...newFile(path, [{ start: 1, end: (text ?? "").split("\n").length }]), binary: text === undefined };
}
