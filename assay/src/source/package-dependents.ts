import type { RepoPath } from "../model/paths.ts";
import { declaredDependencies, type Workspace } from "../model/workspace.ts";
import type { ModuleGraph } from "./graph.ts";
import { packageIndex } from "./package-index.ts";

/** Answers the folders of a package and of all that depend on it, by manifest or by an import. */
export function packageDependents(workspace: Workspace, graph: ModuleGraph): (dir: RepoPath) => ReadonlySet<RepoPath> {
  let direct: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>> | undefined;
  const cache = new Map<RepoPath, ReadonlySet<RepoPath>>();
  return (dir) => {
    direct ??= directDependents(workspace, graph);
    const found = cache.get(dir);
    if (found !== undefined) return found;
    const made = closure(dir, direct);
    cache.set(dir, made);
    return made;
  };
}

function closure(dir: RepoPath, direct: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>>): ReadonlySet<RepoPath> {
  // A set visits what is added to it while it is being walked.
  const reached = new Set([dir]);
  for (const next of reached) for (const dependent of direct.get(next) ?? []) reached.add(dependent);
  return reached;
}

/** Package folders to the folders of those that depend on them directly. */
export function directDependents(
  workspace: Workspace,
  graph: ModuleGraph,
): ReadonlyMap<RepoPath, ReadonlySet<RepoPath>> {
  const dependents = new Map<RepoPath, Set<RepoPath>>(workspace.packages.map((pkg) => [pkg.dir, new Set()]));
  const dirByName = new Map(workspace.packages.map((pkg) => [pkg.name, pkg.dir]));
  for (const pkg of workspace.packages) {
    for (const name of declaredDependencies(pkg.manifest)) {
      const dir = dirByName.get(name);
      if (dir !== undefined) dependents.get(dir)?.add(pkg.dir);
    }
  }
  const packageAt = packageIndex(workspace);
  for (const file of graph.files) {
    const from = packageAt(file)?.dir;
    if (from === undefined) continue;
    for (const target of graph.targetsOf(file)) {
      if (target?.kind === "file") {
        const to: RepoPath = packageAt(target.path)?.dir ?? from;
        // Most imports stay at home.
        if (to !== from) dependents.get(to)?.add(from);
      } else if (target?.kind === "workspace" || target?.kind === "missing") dependents.get(target.dir)?.add(from);
    }
  }
  return dependents;
}
