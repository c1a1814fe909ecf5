import type { TaskCheck } from "../model/check.ts";

/** Runs every formatter that the repository uses, on what the change can reach. */
export const format: TaskCheck = {
  id: "format",
  kind: "tasks",
  summary: "A file is not formatted the way the repository formats",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: async (context) => {
    const { planRole } = await import("../tools/plan-role.ts");
    return planRole("format", context);
  },
};
