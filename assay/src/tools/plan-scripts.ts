// From conventional script names to one task that runs them in build order.
import type { TaskPlan } from "../model/check.ts";
import type { TaskOutcome } from "../model/finding.ts";
import type { Host } from "../model/process.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { inBuildOrder, runScript, scriptLabel } from "./scripts/run-script.ts";

/** The first name that the root has; else every package that has one of them. */
export function planScripts(workspace: Workspace, names: readonly [string, ...string[]]): TaskPlan {
  const uses = findUses(workspace, names);
  if (uses.length === 0) return { status: "skipped", reason: `no script named ${names[0]}` };
  const label = uses.map(({ pkg, script }) => scriptLabel(workspace, pkg, script)).join(", ");
  return {
    status: "planned",
    tasks: [{ label, cost: "expensive", replay: null, run: (host) => runInOrder(host, workspace, uses) }],
  };
}

interface Use {
  readonly pkg: Package;
  readonly script: string;
}

function findUses(workspace: Workspace, names: readonly string[]): readonly Use[] {
  const root = workspace.packages.find((pkg) => pkg.dir === "");
  const script = names.find((name) => root !== undefined && name in root.manifest.scripts);
  if (root && script !== undefined) return [{ pkg: root, script }];
  return names.flatMap((name) => inBuildOrder(workspace, name).map((pkg) => ({ pkg, script: name })));
}

/** Stops at the first that does not pass: what comes after may need what it would have made. */
async function runInOrder(host: Host, workspace: Workspace, uses: readonly Use[]): Promise<TaskOutcome> {
  for (const { pkg, script } of uses) {
    const outcome = await runScript(host, workspace, pkg, script);
    if (outcome.status !== "passed") return outcome;
  }
  return { status: "passed" };
}
