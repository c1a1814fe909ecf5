import type { ChangeContext, Task, TaskCheck } from "../model/check.ts";
import { repoPath } from "../model/paths.ts";
import type { Equivalent } from "../model/config.ts";
import type { TaskOutcome } from "../model/finding.ts";

/**
 * Fails when a mutant that `assay.toml` acknowledges as equivalent is no longer there: the code around it has changed,
 * so that somebody has to look again. Names those that the change acknowledges, for a person to review.
 *
 * Not seen: whether a reason is true.
 */
export const staleEquivalent: TaskCheck = {
  id: "stale-equivalent",
  kind: "tasks",
  summary: "A mutant is acknowledged as equivalent and the code around it has changed",
  in: ["mutate", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async (context) => {
    const { equivalents } = context.workspace.config;
    if (equivalents.length === 0) return { status: "skipped", reason: "no mutant is acknowledged as equivalent" };
    const before = context.pairs.find(({ change }) => change.path === configPath);
    const tasks = equivalents.map((entry): Task => {
      const words = [entry.path, entry.mutant];
      const isNew = before !== undefined && !words.every((word) => before.baseText?.includes(word));
      const label = `the mutant ${entry.mutant} of ${entry.path}`;
      return { label, cost: "cheap", replay: null, run: () => judge(context, entry, isNew) };
    });
    return { status: "planned", tasks };
  },
};

const configPath = repoPath("assay.toml");

async function judge(context: ChangeContext, entry: Equivalent, isNew: boolean): Promise<TaskOutcome> {
  const file = context.parse(entry.path);
  const { mutantWith } = await import("../mutation/index.ts");
  const mutant = file && (await mutantWith(entry.mutant, file));
  if (mutant === undefined) {
    const why = file === undefined ? "there is no such source file" : "no such mutant is there any more";
    const message = `acknowledges the mutant ${entry.mutant} of ${entry.path}, and ${why}; remove the entry, and acknowledge anew what survives`;
    return { status: "failed", findings: [{ path: configPath, line: null, message }] };
  }
  const edit = `${entry.path}:${mutant.line} ${mutant.shown[0]} → ${mutant.shown[1]}`;
  return isNew
    ? { status: "passed", review: `newly acknowledged as equivalent: ${edit}: ${entry.reason}` }
    : { status: "passed" };
}
