import type { TaskCheck } from "../model/check.ts";
import { planRole } from "../tools/plan-role.ts";

/** Runs every linter that the repository uses, on what the change can reach. */
export const lint: TaskCheck = {
  id: "lint",
  kind: "tasks",
  summary: "The repository's linter reports a finding",
  in: ["loop", "gate"],
  phase: "verify",
  mustFinish: false,
  plan: (context) => planRole("lint", context),
};
