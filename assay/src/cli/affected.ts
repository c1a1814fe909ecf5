// scope -> affected files. Apart from the checks, which `assay scope` need not load.
import { join } from "node:path";
import { newFile, type Change } from "../model/change.ts";
import type { CommandName } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import { isAffected, unaffected, type Affected } from "../model/scope.ts";
import { resolveAffected } from "../scope/affected.ts";
import { resolveScope } from "../scope/scope.ts";
import { readGraph, type ModuleGraph } from "../source/graph.ts";
import { packageReach } from "../source/package-reach.ts";
import type { Situation } from "./situation.ts";
import { stateDir } from "./state-dir.ts";

type ReachOf = ReturnType<typeof packageReach>;

/** What the module graph tells. */
export interface Reached {
  readonly affected: Affected;
  readonly notes: readonly string[];
  readonly reachOf: ReachOf;
  /** Tells which files can see a difference in these. */
  readonly seenBy: (changed: readonly RepoPath[]) => Sees;
}

type Sees = (path: RepoPath) => boolean;

/** Which files the change can reach, from the module graph. */
export async function affectedBy(command: CommandName, situation: Situation): Promise<Reached> {
  const { scope, workspace, diff } = situation;
  const isGate = command === "gate";
  if (diff.changes.length === 0) {
    return {
      affected: { ...unaffected, everything: isGate || scope.fallback !== null },
      notes: [],
      reachOf: () => null,
      seenBy: () => () => true,
    };
  }
  const cacheFile = isGate ? null : join(stateDir(situation.repository), "modules.json");
  const graph = await readGraph(workspace, { cacheFile });
  const affected = resolveAffected(scope, graph, workspace);
  return {
    affected: { ...affected, everything: isGate || affected.everything },
    notes: graph.notes,
    reachOf: packageReach(workspace, graph),
    seenBy: (changed) => seenBy(situation, graph, changed),
  };
}

function seenBy({ diff, workspace }: Situation, graph: ModuleGraph, changed: readonly RepoPath[]): Sees {
  const changes = changed.map((path): Change => {
    return { ...newFile(path, []), kind: workspace.tree.has(path) ? "modified" : "deleted" };
  });
  const affected = resolveAffected(resolveScope({ diff: { ...diff, changes }, workspace }), graph, workspace);
  return (path) => isAffected(affected, path);
}
