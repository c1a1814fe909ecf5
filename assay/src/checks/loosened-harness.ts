import type { ChangeCheck } from "../model/check.ts";
import { notApproved } from "./configuration/approvals.ts";
import { harnessConfig } from "./configuration/config-paths.ts";

/**
 * Flags an `assay.toml` that asks for less than it did at the base: a limit raised, a check off or gone, a boundary
 * removed, files that may import more than they could.
 *
 * Whoever is judged must not choose the judge. A check that the change switches off is reported by this one, which only
 * the base can switch off.
 *
 * Not seen: what a command of the project's own checks does. A dependency on a scope that comes with the change passes.
 */
export const loosenedHarness: ChangeCheck = {
  id: "loosened-harness",
  kind: "change",
  summary: "assay.toml asks for less than it did",
  in: ["loop", "gate"],
  heedsBaseOnly: true,

  async inspect(context) {
    const pair = context.pairs.find(({ change }) => [change.path, change.previousPath].includes(harnessConfig));
    if (pair === undefined) return [];
    // Whoever adopts assay chooses how, in a change that does nothing else.
    if (pair.baseText === undefined && context.pairs.length === 1) return [];
    const { harnessLoosenings } = await import("./configuration/harness-loosenings.ts");
    return notApproved(context, loosenedHarness.id, await harnessLoosenings(context, pair.baseText));
  },
};
