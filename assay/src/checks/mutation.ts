import type { FilePair, PlanContext, Task, TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import { rootDir } from "../model/paths.ts";
import { isMarkupWithScript } from "../source/components.ts";
import { isSourcePath, roleOf } from "../source/role.ts";

/**
 * Edits the changed lines, one at a time and never in the working tree, and fails for every edit that no test notices.
 *
 * Coverage says that a line was executed. Only a test that fails when the line is wrong verifies it.
 *
 * Not seen with vitest, jest and node:test: code that only child processes or built output execute, which counts as not
 * executed. Runners that can neither be driven nor run as a command are an error where the change depends on them.
 */
export const mutation: TaskCheck = {
  id: "mutation",
  kind: "tasks",
  summary: "The tests do not notice when a changed line is changed again",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: true,
  plan: async (context) => {
    if (context.diff.base.kind === "none") throw needsBase(context.diff.base);
    const { meantForTests } = await import("./mutants/build-scripts.ts");
    const meant = context.listed === null ? { ...context, pairs: meantForTests(context) } : context;
    if (!meant.pairs.some(isSource)) {
      return { status: "skipped", reason: "no source file changed" };
    }
    const task: Task = {
      label: `mutants of ${meant.pairs.length} changed files`,
      cost: "expensive",
      // A survivor was confirmed before it was one.
      replay: {
        facts: [context.diff.base.commit, ...askedFor(meant)],
        inputs: { kind: "dirs", dirs: [rootDir] },
        failures: true,
      },
      run: async (host) => {
        const { tryMutants } = await import("./mutants/try-mutants.ts");
        return tryMutants(host, meant);
      },
    };
    return { status: "planned", tasks: [task] };
  },
};

/** Told by name, so that what is replayed loads no parser. */
function isSource({ change: { path }, headText }: FilePair): boolean {
  const holdsCode = isSourcePath(path) || isMarkupWithScript(path);
  return holdsCode && roleOf(path) === "source" && headText !== undefined;
}

/** What is asked for, beside what the tree holds. */
function askedFor({ pairs, workspace, listed }: PlanContext): readonly string[] {
  const lines = pairs.map(({ change }) => JSON.stringify([change.path, change.changedLines]));
  return [String(workspace.config.maxMutants), JSON.stringify(listed), ...lines];
}
