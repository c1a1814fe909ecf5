import type { TaskCheck } from "../model/check.ts";

/** Runs every test runner that the repository uses, on what the change can reach. */
export const tests: TaskCheck = {
  id: "tests",
  kind: "tasks",
  summary: "A test fails, or no test ran",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: true,
  plan: async (context) => {
    const { planRole } = await import("../tools/plan-role.ts");
    return planRole("tests", context);
  },
};
