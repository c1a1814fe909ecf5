// Mutation testing from the change to the report.
import { AssayError } from "../model/errors.ts";
import type { ListedMutant } from "../model/mutant.ts";
import type { Host } from "../model/process.ts";
import { judge } from "./judge.ts";
import { launchersAmong } from "./launchers.ts";
import type { Mutator } from "./mutator.ts";
import { defaultMutators } from "./mutators/index.ts";
import { planMutation } from "./plan.ts";
import type { MutationReport } from "./report.ts";
import type { MutationRequest } from "./request.ts";
import { toReport } from "./to-report.ts";
import { TrialLog } from "./trial-log.ts";

/** Never throws for what tests or mutants do; what could not be found out is in the report's `errors`. */
export async function runMutation(
  host: Host,
  request: MutationRequest,
  mutators: readonly Mutator[] = defaultMutators,
): Promise<MutationReport> {
  const { parseScript } = await import("../source/parse.ts");
  const { maxMutants, listed, support, replay, overlooked, doubted } = request;
  const choice = { maxMutants, mutators, listed, support, replay, overlooked, doubted };
  const plan = planMutation(request.root, request.pairs, choice, parseScript);
  const log = new TrialLog(plan.mutants.length, new Set(plan.lines.flatMap(({ probes }) => probes)), {
    patienceMs: request.patienceMs,
    isSample: request.replay?.isSample ?? false,
  });
  for (const path of plan.unusable)
    log.errors.push(new AssayError("internal", `${path} could not be prepared for mutation testing`));
  const [unplaced] = plan.unplaced;
  if (unplaced !== undefined) log.errors.push(notPlaced(unplaced, plan.unplaced.length - 1));
  if (plan.lines.length > 0 || plan.mutants.length > 0) await judge(host, request, plan, log);
  for (const file of launchersAmong(log.starters)) log.launchers.add(file);
  return toReport(request, plan, log);
}

function notPlaced({ id, path, start }: ListedMutant, others: number): AssayError {
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return new AssayError(
    "usage",
    `the mutant ${id} of ${path}:${start.line} replaces no code that can be switched${more}`,
    {
      hint: "take it out of the list",
    },
  );
}
