import type { TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import { requireChangedTests } from "../mutation/changed-tests.ts";

/**
 * Fails when code that runs was changed and no test was.
 *
 * A change of behaviour that no test had to follow is one that no test pins.
 *
 * Not seen: whether the changed test has to do with the changed code.
 */
export const untestedChange: TaskCheck = {
  id: "untested-change",
  kind: "tasks",
  summary: "Code that runs was changed and no test was",
  in: ["mutate", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async ({ diff, pairs, workspace }) => {
    if (!workspace.config.requireChangedTests) return { status: "skipped", reason: "off in assay.toml" };
    if (diff.base.kind === "none") throw needsBase(diff.base);
    const run = (): Promise<ReturnType<typeof requireChangedTests>> => Promise.resolve(requireChangedTests(pairs));
    return { status: "planned", tasks: [{ label: "changed tests", cost: "instant", replay: null, run }] };
  },
};
