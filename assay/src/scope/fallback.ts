// When a change reaches further than can be told, and everything has to be looked at.
import type { Change, Diff } from "../model/change.ts";
import { byPath, dirOf, nameOf, type RepoPath } from "../model/paths.ts";
import type { Fallback } from "../model/scope.ts";
import type { Workspace } from "../model/workspace.ts";
import { isReleaseNote } from "../source/path-kinds.ts";
import { configurationReferences, referenceTo, type Reference } from "./configuration-references.ts";
import { governingFiles, type Governing } from "./root-configuration.ts";
import type { ScopeMap } from "./scope-map.ts";

/** The gravest first: that one is reported when there are several. */
const gravity: readonly Fallback["reason"][] = [
  "no-base",
  "configuration",
  "deleted-package",
  "submodule",
  "lockfile",
  "manifest",
  "root-configuration",
  "unmapped-path",
  "gate",
];

/** Why this change concerns everything; null when it does not. */
export function findFallback(diff: Diff, workspace: Workspace, map: ScopeMap): Fallback | null {
  if (diff.base.kind === "none") return { reason: "no-base", detail: diff.base.reason };
  const reasons = wideningReasons(diff.changes, workspace, map);
  const [first] = reasons.toSorted(
    (a, b) => gravity.indexOf(a.reason) - gravity.indexOf(b.reason) || byPath(a.path, b.path),
  );
  if (first === undefined) return null;
  const others = reasons.length - 1;
  const more = others === 0 ? "" : ` (and ${others} more ${others === 1 ? "reason" : "reasons"})`;
  return { reason: first.reason, detail: first.detail + more };
}

interface Widening extends Fallback {
  readonly path: RepoPath;
}

function wideningReasons(changes: readonly Change[], workspace: Workspace, map: ScopeMap): readonly Widening[] {
  const governing = governingFiles(workspace, map);
  const packageDirs = new Set(workspace.packages.map(({ dir }) => dir));
  const changed = changedPaths(changes);
  let references: readonly Reference[] | undefined;
  const referred = (path: RepoPath): Fallback | undefined => {
    references ??= configurationReferences({ workspace, map, governing, changed });
    const reference = referenceTo(references, path);
    if (reference === undefined) return undefined;
    return { reason: "root-configuration", detail: `${path} changed, and ${reference.from} takes settings from it` };
  };
  const reasons: Widening[] = [];
  for (const path of changed) {
    if (isReleaseNote(path)) continue;
    const reason = byPlace(path, workspace, governing, packageDirs) ?? unmapped(path, workspace, map) ?? referred(path);
    if (reason !== undefined) reasons.push({ ...reason, path });
  }
  for (const { path, submodule } of changes) {
    if (submodule)
      reasons.push({ reason: "submodule", detail: `${path} is a repository of its own and changed`, path });
  }
  return reasons;
}

/** Every path that a change touches: a renamed file leaves one place and enters another. */
export function changedPaths(changes: readonly Change[]): ReadonlySet<RepoPath> {
  return new Set(changes.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath])));
}

function byPlace(
  path: RepoPath,
  { tree }: Workspace,
  governing: Governing,
  packageDirs: ReadonlySet<RepoPath>,
): Fallback | undefined {
  if (path === "assay.toml")
    return { reason: "configuration", detail: "assay.toml changed: it decides what is checked" };
  if (nameOf(path) === "package.json") {
    // Any folder with a manifest may have been a package at the base.
    if (!tree.has(path))
      return { reason: "deleted-package", detail: `${path} is gone: who used the package is not known` };
    if (packageDirs.has(dirOf(path))) return { reason: "manifest", detail: `${path} changed` };
  }
  const role = governing.roleOf(path);
  if (role === "lockfile") return { reason: "lockfile", detail: `${path} changed: any dependency may have` };
  if (role === "workspace-list") return { reason: "manifest", detail: `${path} changed: it lists the packages` };
  if (role === "configuration")
    return { reason: "root-configuration", detail: `${path} changed: it applies everywhere` };
  return undefined;
}

function unmapped(path: RepoPath, { config }: Workspace, map: ScopeMap): Fallback | undefined {
  if (map.scopeOf(path) !== undefined) return undefined;
  const where = config.pathMap === null ? "lies outside every package" : "is under no prefix of [scope.path_map]";
  return { reason: "unmapped-path", detail: `${path} ${where}` };
}
