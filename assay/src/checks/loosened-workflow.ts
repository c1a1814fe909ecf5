import type { ChangeCheck } from "../model/check.ts";
import { notApproved, type Loosening } from "./configuration/approvals.ts";
import { isCiPath, isCodeOwnersPath } from "./configuration/config-paths.ts";

const id = "loosened-workflow";

/**
 * Flags CI configuration that verifies less than it did: steps and jobs that are gone, whose failure is ignored, or that
 * no longer run for a change, and owners in CODEOWNERS who no longer have to look at it.
 *
 * CI is the last to look at a change. What it no longer runs, nobody runs.
 *
 * Commands count with the package scripts that they call written out, over all workflows together, so that work may move
 * between steps, jobs and files.
 *
 * Not seen: what actions and workflows of other repositories do, and conditions that depend on the run.
 */
export const loosenedWorkflow: ChangeCheck = {
  id,
  kind: "change",
  summary: "CI verifies less than it did",
  in: ["loop", "gate"],

  async inspect(context) {
    const changed = context.pairs.find(
      ({ change }) => isCiPath(change.path) || isCiPath(change.previousPath ?? change.path),
    );
    const { pairs } = context;
    const loosenings: Loosening[] = [];
    if (changed !== undefined) {
      const { workflowLoosenings } = await import("./commands/workflow-loosenings.ts");
      loosenings.push(...(await workflowLoosenings(context, changed.change.path)));
    }
    if (pairs.some(({ change: { path, previousPath } }) => [path, previousPath ?? path].some(isCodeOwnersPath))) {
      const { lostOwners } = await import("./configuration/code-owners.ts");
      loosenings.push(...(await lostOwners(context)));
    }
    return notApproved(context, id, loosenings);
  },
};
