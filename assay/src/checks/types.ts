import type { TaskCheck } from "../model/check.ts";
import { planRole } from "../tools/plan-role.ts";

/** Runs every type checker that the repository uses, on what the change can reach. */
export const types: TaskCheck = {
  id: "types",
  kind: "tasks",
  summary: "The program does not type-check",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: (context) => planRole("types", context),
};
