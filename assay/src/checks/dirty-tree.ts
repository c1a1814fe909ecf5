import type { Change, Diff } from "../model/change.ts";
import type { TaskCheck } from "../model/check.ts";
import type { Finding, TaskOutcome } from "../model/finding.ts";

/**
 * Fails when the working tree differs from the commit.
 *
 * What is merged is the commit. A verdict on files that are not in it is a verdict on something else. The tree is
 * looked at after all other checks, so that a build or a test that writes into it is seen too.
 */
export const dirtyTree: TaskCheck = {
  id: "dirty-tree",
  kind: "tasks",
  summary: "The working tree differs from the commit that would be merged",
  in: ["gate"],
  phase: "last",
  mustFinish: false,
  plan: async (context) => ({
    status: "planned",
    tasks: [
      {
        label: "working tree",
        cost: "instant",
        replay: null,
        run: async () => judge(uncommitted(context.diff), await context.reread()),
      },
    ],
  }),
};

function judge(before: readonly Change[], now: Diff): TaskOutcome {
  const known = new Set(before.map((change) => change.path));
  const findings = uncommitted(now).map((change) => toFinding(change, known.has(change.path)));
  return findings.length === 0 ? { status: "passed" } : { status: "failed", findings };
}

function uncommitted(diff: Diff): readonly Change[] {
  return diff.changes.filter((change) => [...change.stages].some((stage) => stage !== "committed"));
}

function toFinding(change: Change, wasThere: boolean): Finding {
  const stages = [...change.stages].filter((stage) => stage !== "committed").join(", ");
  const message = wasThere
    ? `is ${stages}: commit it or remove it`
    : `is ${stages} since a check ran: let the build write to an ignored folder, or commit its output`;
  return { path: change.path, line: null, message };
}
