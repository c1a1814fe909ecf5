import type { TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";

/**
 * Fails when tests were rewritten, renamed or deleted and no test notices any more what they noticed before.
 *
 * Mutants of the code that these tests import are tried against the tests as they were at the base, and those that were
 * noticed against all tests as they are now.
 *
 * Not seen: tests of modules that went with them; what the tests of the base can not tell since they fail on the code as
 * it is now.
 */
export const weakenedTest: TaskCheck = {
  id: "weakened-test",
  kind: "tasks",
  summary: "Tests were rewritten or deleted, and what they noticed before is noticed no longer",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: true,
  plan: async (context) => {
    const { base } = context.diff;
    if (base.kind === "none") throw needsBase(base);
    if (!context.pairs.some(({ base: before }) => before?.role === "test"))
      return { status: "skipped", reason: "no test was rewritten or deleted" };
    const { planFormerTests } = await import("./mutants/former-tests.ts");
    return planFormerTests(context, base.commit);
  },
};
