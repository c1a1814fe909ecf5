import type { TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";

/**
 * Fails when the base has commits that the branch does not contain.
 *
 * Two changes can be right apart and wrong together: what has to be verified is the branch on top of today's base.
 *
 * Not seen: commits that have not been fetched yet.
 */
export const outdatedBranch: TaskCheck = {
  id: "outdated-branch",
  kind: "tasks",
  summary: "The base has commits that this branch does not contain",
  in: ["gate"],
  phase: "verify",
  mustFinish: false,
  plan: async ({ diff: { base } }) => {
    if (base.kind === "none") throw needsBase(base);
    const finding = {
      path: null,
      line: null,
      message: `${base.ref} has moved on to ${base.tip.slice(0, 12)}: merge or rebase onto it (\`git rebase ${base.ref}\`), then run again`,
    };
    const outcome =
      base.tip === base.commit ? { status: "passed" as const } : { status: "failed" as const, findings: [finding] };
    return { status: "planned", tasks: [{ label: base.ref, cost: "instant", replay: null, run: async () => outcome }] };
  },
};
