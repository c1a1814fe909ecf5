import { toParityCheck } from "../../src/checks/own/own-parity.ts";
import { toCheck } from "../../src/checks/own/project-check.ts";
import type { ChangeCheck, Check } from "../../src/model/check.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Host } from "../../src/model/process.ts";
import { unaffected } from "../../src/model/scope.ts";
import { testCases } from "./test-cases.ts";

testCases("own", ({ checks, parities }) => [...checks.map(toCheck), ...parities.map(toParityCheck)].map(asGuard));

/** What it plans is done at once, as in a gate. */
function asGuard(check: Check): ChangeCheck {
  if (check.kind === "change") return check;
  const { id, summary, in: commands } = check;
  return {
    id,
    kind: "change",
    summary,
    in: commands,
    async inspect(context) {
      const affected = { ...unaffected, everything: true };
      const reread = async () => context.diff;
      const plan = await check.plan({ ...context, command: "gate", affected, listed: null, reread });
      const findings: Finding[] = [];
      for (const task of plan.status === "planned" ? plan.tasks : []) {
        const outcome = await task.run(startsNothing);
        if (outcome.status === "failed") findings.push(...outcome.findings);
        else if (outcome.status !== "passed") throw new Error(`${id}: ${outcome.status}`);
      }
      return findings;
    },
  };
}

const startsNothing: Host = {
  run: started,
  start: started,
  scratch: "/nowhere",
  keptTransforms: () => null,
  memory: () => null,
  progress: () => {},
  deadline: Infinity,
  signal: new AbortController().signal,
};

function started(): never {
  throw new Error("a case of the corpus starts a process");
}
