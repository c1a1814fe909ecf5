// loop, mutate and gate: one line of data flow, from the change to the run.
import { openProcesses, type Processes } from "../../engine/host.ts";
import type { RunEvent } from "../../engine/run.ts";
import type { CommandName } from "../../model/check.ts";
import type { AssayError } from "../../model/errors.ts";
import { toAssayError } from "../../model/errors.ts";
import type { CheckResult } from "../../model/finding.ts";
import type { Run } from "../../model/run.ts";
import { foreseeVitest } from "../../mutation/runner-process.ts";
import { progressLine, toTerminal } from "../../report/terminal.ts";
import { toEnvelope } from "../../report/to-envelope.ts";
import type { CheckedChange } from "../run-checks.ts";
import type { Answer, Console, Invocation } from "../command.ts";
import { recall, remember, type Question } from "../last-answer.ts";
import { isAsLeft, isUnknown, putDown } from "../last-stand.ts";
import { runKeys } from "../run-keys.ts";
import { readSituation, type Situation, type SituationOptions } from "../situation.ts";

export const loop = (invocation: Invocation, console: Console): Promise<Answer> => verify("loop", invocation, console);
export const gate = (invocation: Invocation, console: Console): Promise<Answer> => verify("gate", invocation, console);

/** What may be started before it is known to be wanted. */
interface Early {
  readonly processes: Processes;
  /** To be called once something is to be tried, or probably will be. */
  foresee(): void;
}

/** What takes longest to load is loaded while the repository is read, unless everything is as the last run left it. */
export async function mutate(invocation: Invocation, console: Console): Promise<Answer> {
  const processes = openProcesses(console.signal);
  let isForeseen = invocation.only.length > 0 && !invocation.only.includes("mutation");
  const foresee = (): void => {
    if (!isForeseen) foreseeVitest(processes, invocation.dir);
    isForeseen = true;
  };
  try {
    if (isUnknown(invocation.dir)) foresee();
    return await verify("mutate", invocation, console, { processes, foresee });
  } finally {
    await processes.dispose();
  }
}

async function verify(
  command: CommandName,
  invocation: Invocation,
  console: Console,
  early: Early | null = null,
): Promise<Answer> {
  const started = performance.now();
  let wasAsLeft = false;
  const onOpened = (repository: Situation["repository"]): void => {
    wasAsLeft = isAsLeft({ repository, invocation });
    if (wasAsLeft || early === null) return;
    early.foresee();
    // While git is at work.
    import("../run-checks.ts").catch(() => undefined);
  };
  const situation = await situationOf(command, invocation, early === null ? {} : { onOpened });
  const question = { command, invocation, situation };
  const { results, notes, error, reached } = await resultsOf(question, console, started, early);
  for (const note of notes) console.warn(note);
  const run: Run = {
    command,
    options: invocation.repeated,
    ownOptions: invocation.ownRepeated,
    budgetSeconds: invocation.budgetSeconds,
    base: situation.diff.base,
    scope: situation.scope,
    results,
    error: interruption(console.signal) ?? error,
    durationMs: performance.now() - started,
  };
  const files = [...situation.diff.changes.map(({ path }) => path), ...reached];
  if (early !== null && !wasAsLeft && files.length > 0 && run.error === null && results.every(isKnown))
    putDown({ repository: situation.repository, invocation, files });
  const answer = { envelope: toEnvelope(run), text: toTerminal(run, console.paint) };
  return invocation.report ? withReport(answer, situation, run, console) : answer;
}

/** Is nothing left to be found out? */
function isKnown({ status }: CheckResult): boolean {
  return status !== "deferred" && status !== "errored";
}

async function situationOf(
  command: CommandName,
  invocation: Invocation,
  options: Pick<SituationOptions, "onOpened">,
): Promise<Situation> {
  const situation = await readSituation(invocation, { thorough: command === "gate", ...options });
  if (invocation.mutants !== null) {
    const { withListedMutants } = await import("../listed-mutants.ts");
    return withListedMutants(situation, invocation.mutants);
  }
  if (invocation.files.length === 0) return situation;
  const { withWholeFiles } = await import("../whole-files.ts");
  return withWholeFiles(situation, invocation.files);
}

async function withReport(answer: Answer, situation: Situation, run: Run, console: Console): Promise<Answer> {
  const { shownFiles, writeMutationReport } = await import("../mutation-report.ts");
  const written = await writeMutationReport(situation, run);
  if (written === null) return answer;
  console.open(written.page);
  const report = shownFiles(situation, written);
  const { envelope, text } = answer;
  return { envelope: { ...envelope, result: { ...envelope.result, report } }, text: `${text}report: ${report.page}\n` };
}

async function resultsOf(
  question: Question,
  console: Console,
  started: number,
  early: Early | null,
): Promise<CheckedChange> {
  const { command, invocation, situation } = question;
  // Nothing changed, nothing to look at: no check, no tool and no parser is even loaded.
  const idle = command !== "gate" && invocation.only.length === 0 && isUnchanged(situation);
  if (idle) return { results: [], notes: [], error: null, reached: [] };
  const keyOf = runKeys(situation.workspace);
  // All checks of `mutate` read the change and the ground of its key alone; those of a loop ask git for more.
  const isToldAgain = command === "mutate";
  const known = isToldAgain ? recall(question, keyOf) : null;
  const show = progressTo(console);
  if (known !== null) {
    for (const result of known.results) show({ kind: "check-finished", result });
    return { ...known, notes: [], error: null };
  }
  const { runChecks } = await import("../run-checks.ts");
  return runChecks({
    command,
    situation,
    choice: {
      // These are no change that a test had to follow.
      only: invocation.files.length > 0 || invocation.mutants !== null ? ["mutation"] : invocation.only,
      except: invocation.except,
    },
    deadline: started + 1000 * budgetOf(command, situation, invocation),
    signal: console.signal,
    processes: early?.processes,
    keyOf,
    ...(isToldAgain && { onSteady: (found, keyNow) => remember(question, found, keyOf, keyNow) }),
    onEvent: (event) => {
      if (event.kind === "task-started" && event.check === "mutation") early?.foresee();
      show(event);
    },
  });
}

function budgetOf(command: CommandName, { workspace }: Situation, { budgetSeconds }: Invocation): number {
  return budgetSeconds ?? (command === "loop" ? workspace.config.budgetSeconds : Infinity);
}

const progressEveryMs = 1000;

function progressTo(console: Console): (event: RunEvent) => void {
  let last = -Infinity;
  return (event) => {
    if (event.kind === "check-finished") console.progress((paint) => progressLine(event.result, paint));
    if (event.kind !== "progress" || performance.now() - last < progressEveryMs) return;
    last = performance.now();
    console.progress((paint) => paint("dim", event.text));
  };
}

function isUnchanged({ diff, scope }: Situation): boolean {
  return diff.base.kind === "found" && diff.changes.length === 0 && scope.fallback === null;
}

function interruption(signal: AbortSignal): AssayError | null {
  return signal.aborted ? toAssayError(signal.reason, "interrupted") : null;
}
