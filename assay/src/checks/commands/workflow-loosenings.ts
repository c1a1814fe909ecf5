// What CI no longer verifies after a change of its configuration.
import type { ChangeContext } from "../../model/check.ts";
import type { RepoPath } from "../../model/paths.ts";
import type { Loosening } from "../configuration/approvals.ts";
import { declaresProgram, isUpgraded, manifestSides, type ManifestSides } from "./manifest-sides.ts";
import { isCovered, lossesOf, type Loss } from "./verification-losses.ts";
import { amountOfWorkflow, amountOn, occasions, startsOn, type Occasion } from "./workflow-amounts.ts";
import {
  lostAxes,
  lostBeforePublish,
  lostBranches,
  lostCheckouts,
  lostCombinations,
  lostLockfile,
  lostNeeds,
  lostPaths,
} from "./workflow-details.ts";
import { workflowsOf, type Workflow } from "./workflow-files.ts";

/** What no single file shows is laid to `fallback`. */
export async function workflowLoosenings(context: ChangeContext, fallback: RepoPath): Promise<readonly Loosening[]> {
  const sides = manifestSides(context);
  const base = await workflowsOf(context, sides.base, "base");
  const head = await workflowsOf(context, sides.head, "head");
  const ends = { base, head };
  return [...lossesOfAll(context, sides, ends, fallback), ...(await detailsOf(context, sides, ends))];
}

interface Ends {
  readonly base: readonly Workflow[];
  readonly head: readonly Workflow[];
}

/** Judges the occasion that says most about a change: if pull requests were verified, these. */
function lossesOfAll(
  context: ChangeContext,
  sides: ManifestSides,
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
      isDeclared: (program) => declaresProgram(sides.head, program),
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
  sides: ManifestSides,
  { base, head }: Ends,
  occasion: Occasion,
  { key }: Loss,
): RepoPath | undefined {
  return context.pairs.find(({ change }) => {
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
async function detailsOf(
  context: ChangeContext,
  sides: ManifestSides,
  { base, head }: Ends,
): Promise<readonly Loosening[]> {
  const losses = await Promise.all(
    context.pairs.map(async ({ change }) => {
      const before = base.find(({ path }) => path === (change.previousPath ?? change.path));
      const after = head.find(({ path }) => path === change.path);
      if (before === undefined || after === undefined) return [];
      const unverified = lostBeforePublish(before, after, sides).map((loss) => looseningOf(change.path, loss, ""));
      if (!isVerifying(before, sides.base) || !isVerifying(after, sides.head)) return unverified;
      const found = [
        ...lostAxes(before, after, sides),
        ...lostCombinations(before, after, sides),
        ...lostNeeds(before, after, sides),
        ...lostCheckouts(before, after, sides),
        ...lostLockfile(before, after, sides),
        ...lostBranches(before, after),
        ...(await lostPaths(context, before, after)),
      ];
      return [...unverified, ...found.map((loss) => looseningOf(change.path, loss, ""))];
    }),
  );
  return losses.flat();
}

function isVerifying(workflow: Workflow, side: ManifestSides["base"]): boolean {
  if (workflow.jobs.some(({ calls }) => calls?.startsWith("./") === true)) return true;
  return occasions.some((occasion) => amountOfWorkflow(workflow, occasion, side).verifications.length > 0);
}

function looseningOf(path: RepoPath, { key, says }: Loss, when: string): Loosening {
  return { path, line: null, what: `${path} ${key}`, message: `CI ${says}${when}; put it back and mend what it finds` };
}
