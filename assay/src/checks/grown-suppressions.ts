import type { ChangeCheck } from "../model/check.ts";
import { notApproved } from "./configuration/approvals.ts";
import { suppressionFormat } from "./configuration/config-paths.ts";

const id = "grown-suppressions";

/**
 * Flags files in which tools keep the faults that they no longer report, where they hold more of a kind than before.
 *
 * Such a file is there to shrink. A fault that is added to it was made by the change.
 *
 * Counts are compared for each rule over all files together, so that faults may move with their code. A rule that the
 * change switches on may bring the faults that were there already.
 *
 * Not seen: a fault that takes the place of one that was mended.
 */
export const grownSuppressions: ChangeCheck = {
  id,
  kind: "change",
  summary: "A file of suppressed faults holds more than it did",
  in: ["loop", "gate"],

  async inspect(context) {
    const pairs = context.pairs.filter(
      ({ change, headText }) => headText !== undefined && suppressionFormat(change.path) !== undefined,
    );
    if (pairs.length === 0) return [];
    const { suppressionGrowth } = await import("./suppressions/suppression-growth.ts");
    return notApproved(context, id, await suppressionGrowth(context, pairs));
  },
};
