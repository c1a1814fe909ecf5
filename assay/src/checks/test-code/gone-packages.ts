// Packages that a change takes away as a whole, with what they were made of and what tried nothing else.
import type { ChangeContext, FilePair } from "../../model/check.ts";
import { dirOf, isWithin, nameOf, type RepoPath } from "../../model/paths.ts";
import { roleOf } from "../../source/role.ts";
import { objectIn } from "../configuration/json-texts.ts";
import { isObject } from "../../tools/output/json-output.ts";

/**
 * Folders of packages of which nothing is left: those whose sources are deleted with the manifest, applications that
 * declare one of these among their dependencies, and examples of how to use what stays. A package that moved is not gone,
 * nor is one that had tests alone, since what those verified is still there.
 */
export function gonePackages({ pairs, workspace }: ChangeContext): readonly RepoPath[] {
  const manifests = pairs.filter((pair) => nameOf(placeOf(pair)) === "package.json" && isAway(pair));
  const left = (dir: RepoPath): boolean => dir === "" || workspace.tree.files.some(({ path }) => isWithin(dir, path));
  const emptied = manifests.filter((pair) => !left(dirOf(placeOf(pair))));
  const deleted = emptied.filter((pair) => isDeletedWithSources(pairs, pair));
  const names = new Set(deleted.map(({ baseText }) => packageName(baseText)));
  const there = new Set(
    pairs.map(({ change, headText }) => (nameOf(change.path) === "package.json" ? packageName(headText) : undefined)),
  );
  const others = emptied.filter(({ baseText }) => !there.has(packageName(baseText)));
  const users = others.filter(({ baseText }) => dependenciesIn(baseText).some((name) => names.has(name)));
  const examples = others.filter((pair) => /(?:^|\/)examples?\//.test(dirOf(placeOf(pair))));
  return [...new Set([...deleted, ...users, ...examples])].map((pair) => dirOf(placeOf(pair)));
}

function packageName(manifest: string | undefined): string | undefined {
  const name = objectIn(manifest)?.["name"];
  return typeof name === "string" ? name : undefined;
}

function placeOf({ change }: FilePair): RepoPath {
  return change.previousPath ?? change.path;
}

/** Is it not where it was? */
function isAway({ change }: FilePair): boolean {
  return change.kind === "deleted" || change.previousPath !== null;
}

function isDeletedWithSources(pairs: readonly FilePair[], manifest: FilePair): boolean {
  const dir = dirOf(placeOf(manifest));
  const sources = pairs.filter(
    (pair) => isWithin(dir, placeOf(pair)) && roleOf(placeOf(pair)) === "source" && pair.base,
  );
  return (
    manifest.change.kind === "deleted" && sources.length > 0 && sources.every(({ change }) => change.kind === "deleted")
  );
}

function dependenciesIn(manifest: string | undefined): readonly string[] {
  const fields = objectIn(manifest) ?? {};
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap((field) => {
    const declared = fields[field];
    return isObject(declared) ? Object.keys(declared) : [];
  });
}
