import type { ChangeCheck } from "../model/check.ts";
import { notApproved } from "./configuration/approvals.ts";
import { configChanges } from "./runners/runner-changes.ts";

/**
 * Flags the configuration of a test runner or a coverage tool that asks for less than it did: tests or sources out of
 * its patterns, thresholds lowered, retries, `passWithNoTests` and the like.
 *
 * A run that looks at less is green more easily, and nobody reads what it did not look at. What counts is what the
 * configuration amounts to for the files that are there, wherever it is written.
 *
 * Not seen: values that are worked out at run time, flags on a command line, what set-up files do.
 */
export const loosenedTestRunner: ChangeCheck = {
  id: "loosened-test-runner",
  kind: "change",
  summary: "A test runner or coverage tool is configured to see less",
  in: ["loop", "gate"],

  async inspect(context) {
    const changes = configChanges(context);
    if (changes.length === 0) return [];
    const { testRunnerLoosenings } = await import("./runners/test-runner-loosenings.ts");
    return notApproved(context, "loosened-test-runner", await testRunnerLoosenings(context, changes));
  },
};
