import { rootDir, type RepoPath } from "../model/paths.ts";
import type { Workspace } from "../model/workspace.ts";
import type { ModuleGraph } from "./graph.ts";
import { directDependents } from "./package-dependents.ts";
import { packageIndex } from "./package-index.ts";
import { roleOf } from "./role.ts";

/**
 * Answers the folders of a package and of all that it depends on, by manifest or by an import. Null where it can see
 * any file: one of theirs reads files or runs programs that no import names.
 *
 * Files that lie in no package but the root belong to everybody and are in no answer.
 */
export function packageReach(
  workspace: Workspace,
  graph: ModuleGraph,
): (dir: RepoPath) => ReadonlySet<RepoPath> | null {
  let ground: Ground | undefined;
  return (dir) => {
    ground ??= readGround(workspace, graph);
    if (dir === rootDir) return null;
    const reached = new Set([dir]);
    for (const next of reached) {
      if (ground.opaque.has(next)) return null;
      for (const dependency of ground.dependencies.get(next) ?? []) if (dependency !== rootDir) reached.add(dependency);
    }
    return reached;
  };
}

interface Ground {
  readonly dependencies: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>>;
  /** Packages with a file that can see what it does not import. */
  readonly opaque: ReadonlySet<RepoPath>;
}

function readGround(workspace: Workspace, graph: ModuleGraph): Ground {
  const dependencies = new Map<RepoPath, Set<RepoPath>>();
  for (const [dir, dependents] of directDependents(workspace, graph)) {
    for (const dependent of dependents)
      dependencies.set(dependent, (dependencies.get(dependent) ?? new Set()).add(dir));
  }
  const packageAt = packageIndex(workspace);
  const opaque = new Set<RepoPath>();
  for (const file of graph.files) {
    const dir = packageAt(file)?.dir;
    if (dir !== undefined && !opaque.has(dir) && seesUnnamed(workspace, graph, file)) opaque.add(dir);
  }
  return { dependencies, opaque };
}

/** A tool's configuration works with paths as a matter of course; it matters where it leaves its folder. */
function seesUnnamed(workspace: Workspace, graph: ModuleGraph, file: RepoPath): boolean {
  if (roleOf(file) === "config") return workspace.readText(file)?.includes("../") ?? true;
  return graph.factsOf(file)?.opaque.length !== 0;
}
