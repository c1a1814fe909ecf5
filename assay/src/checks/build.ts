import type { TaskCheck } from "../model/check.ts";

/**
 * Runs the repository's build before anything that may read what it makes.
 *
 * The root's `build` script, or without one the packages' own, each after the packages it depends on.
 */
export const build: TaskCheck = {
  id: "build",
  kind: "tasks",
  summary: "The repository does not build",
  in: ["gate"],
  phase: "build",
  mustFinish: false,
  plan: async ({ workspace }) => {
    const { planScripts } = await import("../tools/plan-scripts.ts");
    return planScripts(workspace, ["build"]);
  },
};
