import type { ChangeCheck } from "../model/check.ts";
import { isSourcePath } from "../source/role.ts";
import { notApproved } from "./configuration/approvals.ts";
import { installsHooks, isHookPath, isManifestPath, mayBypassHooks } from "./configuration/config-paths.ts";

const id = "loosened-hook";

/**
 * Flags git hooks that verify less than they did: of husky, lefthook, simple-git-hooks, pre-commit and lint-staged; and new
 * ways past them in scripts, instructions, settings and environments: `--no-verify`, `HUSKY=0`, `core.hooksPath`.
 *
 * A hook is the first that looks at a commit, and where there is no CI it is the only one.
 *
 * What CI runs may be left to it, and a hook may be taken out together with the program that installed it.
 *
 * Not seen: hooks in git's own folder, files that lint-staged no longer matches, and programs that call git themselves.
 */
export const loosenedHook: ChangeCheck = {
  id,
  kind: "change",
  summary: "A git hook verifies less than it did",
  in: ["loop", "gate"],

  async inspect(context) {
    const changed = context.pairs.find(
      ({ change, baseText, headText }) =>
        isHookPath(change.path) ||
        isHookPath(change.previousPath ?? change.path) ||
        (isManifestPath(change.path) && installsHooks(baseText ?? "")) ||
        (!isSourcePath(change.path) && mayBypassHooks(headText ?? "")),
    );
    if (changed === undefined) return [];
    const { hookLoosenings } = await import("./commands/hook-loosenings.ts");
    return notApproved(context, id, await hookLoosenings(context, changed.change.path));
  },
};
