// scope -> affected files. Apart from the checks, which `assay scope` need not load.
import { join } from "node:path";
import type { CommandName } from "../model/check.ts";
import { unaffected, type Affected } from "../model/scope.ts";
import { resolveAffected } from "../scope/affected.ts";
import { readGraph } from "../source/graph.ts";
import { packageReach } from "../source/package-reach.ts";
import type { Situation } from "./situation.ts";

export type ReachOf = ReturnType<typeof packageReach>;

/** Which files the change can reach, from the module graph. */
export async function affectedBy(
  command: CommandName,
  situation: Situation,
): Promise<{ readonly affected: Affected; readonly notes: readonly string[]; readonly reachOf: ReachOf }> {
  const { scope, workspace, diff } = situation;
  const everything = command === "gate" || scope.fallback !== null;
  if (diff.changes.length === 0) {
    return {
      affected: { ...unaffected, everything },
      notes: [],
      reachOf: () => null,
    };
  }
  const cacheFile = command === "gate" ? null : join(stateDir(situation), "modules.json");
  const graph = await readGraph(workspace, { cacheFile });
  const affected = resolveAffected(scope, graph, workspace);
  return {
    affected: { ...affected, everything: everything || affected.everything },
    notes: graph.notes,
    reachOf: packageReach(workspace, graph),
  };
}

/** Where assay keeps what it may forget: in git's own folder, shared by all worktrees, never in the tree. */
export function stateDir({ repository }: Situation): string {
  return join(repository.commonDir, "assay");
}
