// Runs one guard over a change and says what became of it.
import type { ChangeCheck, ChangeContext, SyntaxCheck } from "../model/check.ts";
import type { TaskOutcome } from "../model/finding.ts";
import { handWritten } from "./change/hand-written.ts";
import { newFindings } from "./change/new-findings.ts";

/** A check that reads files and runs nothing. */
export type Guard = SyntaxCheck | ChangeCheck;

/** Judges the change. What the base already had is not reported, wherever in the change it stood. */
export async function runGuard(guard: Guard, context: ChangeContext): Promise<TaskOutcome> {
  const findings = await overChange(guard).inspect(context);
  return findings.length === 0 ? { status: "passed" } : { status: "failed", findings };
}

/** A guard as a check of the whole change: a syntax check looks at base and head of every file that a person wrote. */
export function overChange(guard: Guard): ChangeCheck {
  if (guard.kind === "change") return guard;
  const { id, summary, in: commands } = guard;
  return {
    id,
    kind: "change",
    summary,
    in: commands,
    inspect: async (context) =>
      newFindings(await handWritten(context), (file) => (guard.appliesTo(file) ? guard.inspect(file) : [])),
  };
}
