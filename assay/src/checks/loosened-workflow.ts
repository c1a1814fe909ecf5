import type { ChangeCheck } from "../model/check.ts";
import { notApproved } from "./configuration/approvals.ts";
import { isCiPath } from "./configuration/config-paths.ts";

const id = "loosened-workflow";

/**
 * Flags CI configuration that verifies less than it did: steps and jobs that are gone, whose failure is ignored, or that
 * no longer run for a change.
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
    if (changed === undefined) return [];
    const { workflowLoosenings } = await import("./commands/workflow-loosenings.ts");
    return notApproved(context, id, await workflowLoosenings(context, changed.change.path));
  },
};
