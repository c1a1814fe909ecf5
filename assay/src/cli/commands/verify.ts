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
import type { Answer, Console, Invocation } from "../command.ts";
import { readSituation, type Situation } from "../situation.ts";

export const loop = (invocation: Invocation, console: Console): Promise<Answer> => verify("loop", invocation, console);
export const gate = (invocation: Invocation, console: Console): Promise<Answer> => verify("gate", invocation, console);

/** What takes longest to load is loaded while the repository is read. */
export async function mutate(invocation: Invocation, console: Console): Promise<Answer> {
  const processes = openProcesses(console.signal);
  try {
    if (invocation.only.length === 0 || invocation.only.includes("mutation")) foreseeVitest(processes, invocation.dir);
    return await verify("mutate", invocation, console, processes);
  } finally {
    await processes.dispose();
  }
}

/** `processes`: those that were started already. */
async function verify(
  command: CommandName,
  invocation: Invocation,
  console: Console,
  processes?: Processes,
): Promise<Answer> {
  const started = performance.now();
  const reading = situationOf(command, invocation);
  // While git is at work.
  if (processes !== undefined) import("../run-checks.ts").catch(() => undefined);
  const situation = await reading;
  const { results, notes, error } = await resultsOf(command, situation, invocation, console, started, processes);
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
  const answer = { envelope: toEnvelope(run), text: toTerminal(run, console.paint) };
  return invocation.report ? withReport(answer, situation, run, console) : answer;
}

async function situationOf(command: CommandName, invocation: Invocation): Promise<Situation> {
  const situation = await readSituation(invocation, { thorough: command === "gate" });
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

interface Results {
  readonly results: readonly CheckResult[];
  readonly notes: readonly string[];
  readonly error: AssayError | null;
}

async function resultsOf(
  command: CommandName,
  situation: Situation,
  invocation: Invocation,
  console: Console,
  started: number,
  processes?: Processes,
): Promise<Results> {
  // Nothing changed, nothing to look at: no check, no tool and no parser is even loaded.
  const idle = command !== "gate" && invocation.only.length === 0 && isUnchanged(situation);
  if (idle) return { results: [], notes: [], error: null };
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
    processes,
    onEvent: progressTo(console),
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
