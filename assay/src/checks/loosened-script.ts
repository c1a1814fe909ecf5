import type { ChangeCheck, FilePair } from "../model/check.ts";
import { nameOf } from "../model/paths.ts";
import { notApproved } from "./configuration/approvals.ts";
import { isManifestPath, isTaskPath } from "./configuration/config-paths.ts";

const id = "loosened-script";

/**
 * Flags package scripts, and recipes of make, just, Task, Deno and images, that verify less than they did: a tool that is
 * no longer run, whose failure is ignored, or that is told to look at less; task graphs that answer from memory where they
 * had to run; limits of size that are raised; and a tool that is replaced by files of the repository, or patched; and
 * scripts that take tests away before they are run.
 *
 * `npm test` is what people and CI trust; a script that can not fail is green for ever.
 *
 * What counts is what a script amounts to with the scripts that it calls written out, so that work may move between
 * scripts, and one tool may take the place of another.
 *
 * Not seen: what programs of the repository's own do, arguments known only to a shell.
 */
export const loosenedScript: ChangeCheck = {
  id,
  kind: "change",
  summary: "A package script verifies less than it did",
  in: ["loop", "gate"],

  async inspect(context) {
    if (!context.pairs.some(mayHoldScripts)) return [];
    const [
      { scriptLoosenings },
      { recipeLoosenings },
      { budgetLoosenings },
      { taskLoosenings },
      { memberLoosenings },
      { substitutions },
      { deletingScripts },
    ] = await Promise.all([
      import("./commands/script-loosenings.ts"),
      import("./commands/recipe-loosenings.ts"),
      import("./configuration/size-budgets.ts"),
      import("./commands/task-graph.ts"),
      import("./commands/workspace-members.ts"),
      import("./commands/substituted-tools.ts"),
      import("./commands/deleting-scripts.ts"),
    ]);
    return notApproved(context, id, [
      ...(await scriptLoosenings(context)),
      ...(await recipeLoosenings(context)),
      ...budgetLoosenings(context),
      ...taskLoosenings(context),
      ...(await memberLoosenings(context)),
      ...substitutions(context),
      ...(await deletingScripts(context)),
    ]);
  },
};

/** A shell script counts for the scripts that start it. */
function mayHoldScripts({ change: { path }, baseText }: FilePair): boolean {
  if (path.endsWith(".patch") || nameOf(path) === ".npmrc") return true;
  return baseText !== undefined && (isManifestPath(path) || path.endsWith(".sh") || isTaskPath(path));
}
