import { readSituation } from "../situation.ts";
import { makePlan } from "../run-checks.ts";
import type { PlannedCheck } from "../../engine/plan.ts";
import { answerEnvelope, toEnvelopeScope } from "../../report/to-envelope.ts";
import { showText } from "../../report/text.ts";
import type { Answer, Invocation } from "../command.ts";

/** What a loop would run, in order, without running it. */
export async function plan(invocation: Invocation): Promise<Answer> {
  const situation = await readSituation(invocation);
  const planned = (await makePlan("loop", situation, invocation)).plan.map(describePlanned);
  const envelope = answerEnvelope("assay plan", {});
  const scope = toEnvelopeScope(situation.diff.base, situation.scope);
  const result = { ...envelope.result, scope, plan: planned };
  return {
    envelope: { ...envelope, result },
    text: `${planned.map(({ id, work }) => `${id}: ${work.map((line) => showText(line, 240)).join("; ")}`).join("\n")}\n`,
  };
}

function describePlanned({ id, work }: PlannedCheck): { readonly id: string; readonly work: readonly string[] } {
  switch (work.status) {
    case "planned":
      return { id, work: work.tasks.map((task) => task.label) };
    case "skipped":
      return { id, work: [`skipped, ${work.reason}`] };
    case "errored":
      return { id, work: [`can not be planned: ${work.error.message}`] };
  }
}
