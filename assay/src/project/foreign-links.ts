// Installed names that lead to other files than those of this checkout.
import { lstatSync, realpathSync } from "node:fs";
import path from "node:path";
import { ancestors, rootDir, type RepoPath } from "../model/paths.ts";
import { declaredDependencies, type Package, type Workspace } from "../model/workspace.ts";

/** A package of the workspace that an import gets from somewhere else. */
export interface StrayPackage {
  readonly pkg: Package;
  /** Where the import finds it, relative to the root: `node_modules/core`. */
  readonly link: string;
}

/**
 * The packages whose installed link leaves this checkout, as in a worktree that shares another one's `node_modules`:
 * what imports them by name runs the other checkout's code. A copy that a package manager made is not one of them.
 */
export function strayPackages(workspace: Workspace): readonly StrayPackage[] {
  const byName = new Map(workspace.packages.map((pkg) => [pkg.name, pkg]));
  const stray = new Map<RepoPath, StrayPackage>();
  for (const { name, link } of foreignLinks(workspace)) {
    const pkg = byName.get(name);
    if (pkg !== undefined && !stray.has(pkg.dir)) stray.set(pkg.dir, { pkg, link });
  }
  return [...stray.values()];
}

/** Does an import of a declared package lead to a folder outside the repository that is under nobody's control (`npm link`)? */
export function hasForeignLinks(workspace: Workspace): boolean {
  return !foreignLinks(workspace).next().done;
}

function* foreignLinks(workspace: Workspace): Generator<{ readonly name: string; readonly link: string }> {
  const names = workspace.packages.map(({ name }) => name);
  for (const { dir, manifest } of workspace.packages) {
    for (const name of new Set([...declaredDependencies(manifest), ...(dir === rootDir ? names : [])])) {
      const link = installedAt(workspace.root, dir, name);
      if (link !== undefined && isForeign(workspace.root, path.join(workspace.root, link))) yield { name, link };
    }
  }
}

/** The first `node_modules` on the way up that has the name. */
function installedAt(root: string, dir: RepoPath, name: string): string | undefined {
  for (const folder of dir === rootDir ? [dir] : [dir, ...ancestors(dir)]) {
    const link = path.posix.join(folder, "node_modules", name);
    if (lstatSync(path.join(root, link), { throwIfNoEntry: false })) return link;
  }
  return undefined;
}

function isForeign(root: string, link: string): boolean {
  try {
    const target = realpathSync.native(link);
    // A package may be its own dependency (`"own": "."`), so that tests import it by its name.
    const isInside = target === root || target.startsWith(root + path.sep);
    return !isInside && !target.split(path.sep).includes("node_modules");
  } catch {
    return false; // It leads nowhere: whoever imports it fails.
  }
}
