import type { ChangeCheck, ChangeContext } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";
import { notApproved, type Loosening } from "./approvals.ts";
import { isUpgraded, rangesOf, sidesOf, type Sides } from "./repository-side.ts";
import { isCovered, lossesOf, type Loss } from "./verification-losses.ts";
import { amountOfWorkflow, amountOn, occasions, startsOn, type Occasion } from "./workflow-amounts.ts";
import { lostAxes, lostCheckouts, lostNeeds, lostPaths } from "./workflow-details.ts";
import { isCiPath, workflowsOf, type Workflow } from "./workflow-files.ts";

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
    const sides = sidesOf(context);
    const base = await workflowsOf(context, sides.base, "base");
    const head = await workflowsOf(context, sides.head, "head");
    const ends = { base, head };
    const loosenings = [
      ...lossesOfAll(context, sides, ends, changed.change.path),
      ...(await detailsOf(context, sides, ends)),
    ];
    return notApproved(context, id, loosenings);
  },
};

interface Ends {
  readonly base: readonly Workflow[];
  readonly head: readonly Workflow[];
}

/** Judges the occasion that says most about a change: if pull requests were verified, these. */
function lossesOfAll(
  context: ChangeContext,
  sides: Sides,
  { base, head }: Ends,
  fallback: RepoPath,
): readonly Loosening[] {
  for (const occasion of occasions) {
    const before = amountOn(occasion, base, sides.base);
    if (before.verifications.length === 0) continue;
    const after = amountOn(occasion, head, sides.head);
    const isElsewhere: Parameters<typeof lossesOf>[2]["isElsewhere"] = (kind, lost) =>
      isCovered(kind, lost, before, after);
    const losses = lossesOf(before, after, {
      isElsewhere,
      isDeclared: (program) => rangesOf(sides.head, program).length > 0,
      isUpgraded: (program) => isUpgraded(sides, program),
      isBuild: false,
    });
    return losses.map((loss) => {
      const path = placeOf(context, sides, { base, head }, occasion, loss) ?? fallback;
      return looseningOf(path, loss, occasion === "pull request" ? " on pull requests" : "");
    });
  }
  return [];
}

/** The changed file that shows the loss by itself. */
function placeOf(
  context: ChangeContext,
  sides: Sides,
  { base, head }: Ends,
  occasion: Occasion,
  { key }: Loss,
): RepoPath | undefined {
  const pairs = context.pairs.filter(({ change }) => isCiPath(change.path));
  return pairs.find(({ change }) => {
    const before = base.find(({ path }) => path === (change.previousPath ?? change.path));
    const after = head.find(({ path }) => path === change.path);
    const none = { verifications: [], strangers: [] };
    const old = before && startsOn(occasion, before, base) ? amountOfWorkflow(before, occasion, sides.base) : none;
    const now = after && startsOn(occasion, after, head) ? amountOfWorkflow(after, occasion, sides.head) : none;
    const never = { isElsewhere: () => false, isDeclared: () => true, isUpgraded: () => false, isBuild: false };
    return lossesOf(old, now, never).some((loss) => loss.key === key);
  })?.change.path;
}

/** What a workflow that is still there does in fewer cases. */
async function detailsOf(context: ChangeContext, sides: Sides, { base, head }: Ends): Promise<readonly Loosening[]> {
  const losses = await Promise.all(
    context.pairs.map(async ({ change }) => {
      const before = base.find(({ path }) => path === (change.previousPath ?? change.path));
      const after = head.find(({ path }) => path === change.path);
      if (before === undefined || after === undefined) return [];
      if (!isVerifying(before, sides.base) || !isVerifying(after, sides.head)) return [];
      const found = [
        ...lostAxes(before, after, sides),
        ...lostNeeds(before, after, sides),
        ...lostCheckouts(before, after, sides),
        ...(await lostPaths(context, before, after)),
      ];
      return found.map((loss) => looseningOf(change.path, loss, ""));
    }),
  );
  return losses.flat();
}

function isVerifying(workflow: Workflow, side: Sides["base"]): boolean {
  return occasions.some((occasion) => amountOfWorkflow(workflow, occasion, side).verifications.length > 0);
}

function looseningOf(path: RepoPath, { key, says }: Loss, when: string): Loosening {
  return { path, line: null, what: `${path} ${key}`, message: `CI ${says}${when}; put it back and mend what it finds` };
}
