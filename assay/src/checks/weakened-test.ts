import type { TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import { isTestPair } from "./test-pairs.ts";

/**
 * Fails when tests were rewritten and no test notices any more what they noticed before.
 *
 * Mutants of the code that the rewritten tests import are tried against these tests as they were at the base, and those
 * that were noticed against all tests as they are now.
 *
 * Not seen: tests that were deleted or renamed; tests that are run by a command; what the tests of the base can not tell
 * since they fail on the code as it is now.
 */
export const weakenedTest: TaskCheck = {
  id: "weakened-test",
  kind: "tasks",
  summary: "Tests were rewritten and no longer notice what they noticed before",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: false,
  plan: async (context) => {
    const { base } = context.diff;
    if (base.kind === "none") throw needsBase(base);
    if (!context.pairs.some(isTestPair)) return { status: "skipped", reason: "no test was rewritten" };
    const { planFormerTests } = await import("./former-tests.ts");
    return planFormerTests(context, base.commit);
  },
};
