// What depends on what, between scopes.
import { byPath, isWithin, joinPath, pathInside, rootDir } from "../model/paths.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import type { ScopeMap } from "./scope-map.ts";

/** Scope to the scopes that depend on it directly, ordered. */
export type Dependents = ReadonlyMap<string, readonly string[]>;

/**
 * Reads `[scope.dependencies]` and the manifests together: a dependency that either states counts, so that a list
 * that was forgotten in one place takes nothing out of the selection.
 */
export function dependentsOf({ config, packages }: Workspace, map: ScopeMap): Dependents {
  const dependents = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    if (from === to) return;
    const known = dependents.get(to);
    if (known === undefined) dependents.set(to, new Set([from]));
    else known.add(from);
  };
  for (const [from, targets] of Object.entries(config.dependencies)) for (const to of targets) add(from, to);
  const scopeOfPackage = (pkg: Package): string | undefined =>
    config.pathMap === null ? pkg.name : map.scopeOf(joinPath(pkg.dir, "package.json"));
  for (const [from, to] of packageEdges(packages)) {
    const [fromScope, toScope] = [scopeOfPackage(from), scopeOfPackage(to)];
    if (fromScope !== undefined && toScope !== undefined) add(fromScope, toScope);
  }
  return new Map([...dependents].map(([to, from]) => [to, [...from].toSorted(byPath)]));
}

function* packageEdges(packages: readonly Package[]): Generator<readonly [Package, Package]> {
  const byName = packagesByName(packages);
  for (const from of packages) {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = from.manifest;
    for (const field of [dependencies, devDependencies, peerDependencies, optionalDependencies]) {
      for (const [name, range] of Object.entries(field)) {
        for (const to of byName.get(aliased(range) ?? name) ?? []) yield [from, to];
        for (const to of linked(packages, from, range)) yield [from, to];
      }
    }
  }
}

/** A name can be in use twice: at the root and in the package that is published under it. */
function packagesByName(packages: readonly Package[]): ReadonlyMap<string, readonly Package[]> {
  const byName = new Map<string, Package[]>();
  for (const pkg of packages) {
    const known = byName.get(pkg.name);
    if (known === undefined) byName.set(pkg.name, [pkg]);
    else known.push(pkg);
  }
  return byName;
}

/** The package that `workspace:core@*` or `npm:core@1` stands for under another name. */
function aliased(range: string): string | undefined {
  return /^(?:workspace|npm):(@?[^@]+)@/.exec(range)?.[1];
}

const pathRange = /^(?:link:|file:|portal:|workspace:|(?=\.))(?<target>.+)/;

/** The packages that a range names by a path in the repository. */
function linked(packages: readonly Package[], from: Package, range: string): readonly Package[] {
  const target = pathRange.exec(range)?.groups?.["target"];
  if (target === undefined) return [];
  // Yarn counts the path after `workspace:` from the root, everyone else from the manifest.
  const folders = [
    pathInside(from.dir, target),
    range.startsWith("workspace:") ? pathInside(rootDir, target) : undefined,
  ];
  return packages.filter(({ dir }) => folders.some((at) => at !== undefined && dir !== rootDir && isWithin(dir, at)));
}
