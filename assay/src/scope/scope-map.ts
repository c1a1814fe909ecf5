import { ancestors, byPath, repoPath, rootDir, type RepoPath } from "../model/paths.ts";
import type { Package, Workspace } from "../model/workspace.ts";

/** Which scope a path belongs to. */
export interface ScopeMap {
  /** Every scope, ordered. */
  readonly all: readonly string[];
  /** Folders and files that stand for a scope: the path map's prefixes, or the packages' folders. */
  readonly units: readonly RepoPath[];
  scopeOf(path: RepoPath): string | undefined;
}

/** The path map of `assay.toml`, or the packages of the workspace. */
export function scopeMap({ config, packages }: Pick<Workspace, "config" | "packages">): ScopeMap {
  return config.pathMap === null ? packageScopes(packages) : mappedScopes(config.pathMap);
}

/** The longest prefix wins. A prefix is whole segments: `packages/core` does not hold `packages/core-extra`. */
function mappedScopes(pathMap: Readonly<Record<string, string>>): ScopeMap {
  const prefixes = new Map(Object.entries(pathMap));
  return {
    all: unique(prefixes.values()),
    units: [...prefixes.keys()].map((prefix) => repoPath(prefix)),
    scopeOf: (path) => nearestAbove(path, (dir) => prefixes.get(dir)),
  };
}

function packageScopes(packages: readonly Package[]): ScopeMap {
  const byDir = new Map(packages.map((pkg) => [pkg.dir, pkg]));
  const isSinglePackage = packages.length === 1;
  return {
    all: unique(packages.map(({ name }) => name)),
    units: packages.map(({ dir }) => dir),
    scopeOf: (path) =>
      nearestAbove(path, (dir) => {
        const pkg = byDir.get(dir);
        if (pkg === undefined || dir !== rootDir || isSinglePackage) return pkg?.name;
        return ownsAtRoot(pkg, path) ? pkg.name : undefined;
      }),
  };
}

const sourceFolders = new Set(["src", "lib", "source", "test", "tests", "__tests__", "spec"]);
const entryFields = ["main", "module", "exports", "bin", "types", "typings"];

/** In a workspace the root's own package, if it publishes something, has the usual source folders and nothing else. */
function ownsAtRoot(root: Package, path: RepoPath): boolean {
  const [folder, ...rest] = path.split("/");
  const hasEntry = entryFields.some((field) => root.manifest.raw[field] !== undefined);
  return hasEntry && rest.length > 0 && sourceFolders.has(folder ?? "");
}

/** Asks for the path itself and then for each folder above it, up to the root. */
function nearestAbove(path: RepoPath, ask: (dir: RepoPath) => string | undefined): string | undefined {
  const own = ask(path);
  if (own !== undefined) return own;
  for (const dir of ancestors(path)) {
    const found = ask(dir);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unique(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].toSorted(byPath);
}
