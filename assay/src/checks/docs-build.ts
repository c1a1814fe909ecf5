import type { TaskCheck } from "../model/check.ts";
import { planScripts } from "../tools/plan-scripts.ts";

/** Runs the repository's documentation build, by its conventional names. */
export const docsBuild: TaskCheck = {
  id: "docs-build",
  kind: "tasks",
  summary: "The documentation does not build",
  in: ["gate"],
  phase: "verify",
  mustFinish: false,
  plan: ({ workspace }) =>
    Promise.resolve(planScripts(workspace, ["docs:build", "build:docs", "docs-build", "build-docs", "docs:generate"])),
};
