import type { TaskCheck } from "../model/check.ts";
import { planRole } from "../tools/plan-role.ts";

/** Runs every formatter that the repository uses, on what the change can reach. */
export const format: TaskCheck = {
  id: "format",
  kind: "tasks",
  summary: "A file is not formatted the way the repository formats",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: (context) => planRole("format", context),
};
