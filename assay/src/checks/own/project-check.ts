// A project's own `[[check]]` with a command as a check.
import type { Check, Task } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { Finding, TaskOutcome } from "../../model/finding.ts";
import type { CommandCheck, ProjectCheck } from "../../model/own-check.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import { isConcerned, ownBase, shown, withRemedy } from "./own-check.ts";
import { toPatternCheck } from "./own-pattern.ts";

export function toCheck(config: ProjectCheck): Check {
  return config.kind === "pattern" ? toPatternCheck(config) : toCommandCheck(config);
}

/**
 * Exit code 0 passes, 1 to 125 fails with the last lines of output as findings; anything else (not found, not
 * executable, a signal) is an error: the command did not judge.
 */
function toCommandCheck(config: CommandCheck): Check {
  return {
    ...ownBase(config, `Runs \`${shown(config.command)}\`: it fails where that exits with a code from 1 to 125.`),
    kind: "tasks",
    phase: "verify",
    mustFinish: false,
    plan: async (context) => {
      if (!isConcerned(config, context)) return { status: "skipped", reason: "no affected scope" };
      return { status: "planned", tasks: [toTask(config, context.workspace.root)] };
    },
  };
}

function toTask(config: CommandCheck, root: string): Task {
  const [file = "", ...args] = config.command;
  return {
    label: config.command.join(" "),
    cost: "medium",
    replay: null, // What an unknown command reads is unknown.
    run: async (host) => read(config, await host.run({ file, args, cwd: root })),
  };
}

function read(config: CommandCheck, outcome: ProcessOutcome): TaskOutcome {
  const command = config.command.join(" ");
  if (outcome.timedOut) return { status: "deferred", remaining: command };
  if (outcome.exitCode === 0) return { status: "passed" };
  if (outcome.exitCode !== null && outcome.exitCode < 126)
    return { status: "failed", findings: findingsIn(config, outcome) };
  const cause = outcome.spawnError ?? outcome.signal ?? `exit code ${outcome.exitCode}`;
  return {
    status: "errored",
    error: new AssayError("tool-failed", `\`${command}\` could not run: ${cause}`, { hint: command }),
  };
}

/** What the project says of it comes first, where it says something. */
function findingsIn(config: CommandCheck, outcome: ProcessOutcome): readonly Finding[] {
  const own = config.message ?? (config.remedy === null ? null : `${config.id} fails`);
  const messages = own === null ? lastLines(outcome, 8) : [withRemedy(own, config), ...lastLines(outcome, 7)];
  return messages.map((message) => ({ path: null, line: null, message }));
}

function lastLines(outcome: ProcessOutcome, most: number): readonly string[] {
  const text = outcome.stdout.trim() === "" ? outcome.stderr : outcome.stdout;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? [`exit code ${outcome.exitCode} and no output`] : lines.slice(-most);
}
