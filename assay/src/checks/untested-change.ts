import type { TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import type { TaskOutcome } from "../model/finding.ts";

/**
 * Fails when code that runs was changed and no test that can reach it was.
 *
 * A change of behaviour that no test had to follow is one that no test pins.
 *
 * Not seen: whether the changed test executes the changed code that it can reach; `mutation` finds that out.
 */
export const untestedChange: TaskCheck = {
  id: "untested-change",
  kind: "tasks",
  summary: "Code that runs was changed and no test of it was",
  in: ["mutate", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async (context) => {
    const { diff, workspace, affected } = context;
    if (!workspace.config.requireChangedTests) return { status: "skipped", reason: "off in assay.toml" };
    if (diff.base.kind === "none") throw needsBase(diff.base);
    const run = async (): Promise<TaskOutcome> => {
      const [{ requireChangedTests }, { meantForTests }, { isTestSupport }] = await Promise.all([
        import("../mutation/changed-tests.ts"),
        import("./mutants/build-scripts.ts"),
        import("./mutants/test-support.ts"),
      ]);
      const pairs = context.pairs.filter(({ change }) => !isTestSupport(change.path, context));
      return requireChangedTests(meantForTests({ ...context, pairs }), (path) => affected.observersOf(path));
    };
    return { status: "planned", tasks: [{ label: "changed tests", cost: "instant", replay: null, run }] };
  },
};
