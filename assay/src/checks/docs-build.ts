import type { TaskCheck } from "../model/check.ts";

/** Runs the repository's documentation build, by its conventional names. */
export const docsBuild: TaskCheck = {
  id: "docs-build",
  kind: "tasks",
  summary: "The documentation does not build",
  in: ["gate"],
  phase: "verify",
  mustFinish: false,
  plan: async ({ workspace }) => {
    const { planScripts } = await import("../tools/plan-scripts.ts");
    return planScripts(workspace, ["docs:build", "build:docs", "docs-build", "build-docs", "docs:generate"]);
  },
};
