import type { TaskCheck } from "../model/check.ts";

/** Runs every type checker that the repository uses, on what the change can reach. */
export const types: TaskCheck = {
  id: "types",
  kind: "tasks",
  summary: "The program does not type-check",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async (context) => {
    const { planRole } = await import("../tools/plan-role.ts");
    return planRole("types", context);
  },
};
