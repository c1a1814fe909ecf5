import type { TaskCheck } from "../model/check.ts";

/** Runs every linter that the repository uses, on what the change can reach. */
export const lint: TaskCheck = {
  id: "lint",
  kind: "tasks",
  summary: "The repository's linter reports a finding",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async (context) => {
    const { planRole } = await import("../tools/plan-role.ts");
    return planRole("lint", context);
  },
};
