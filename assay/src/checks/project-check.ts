// A project's own `[[check]]` as a check.
import type { ProjectCheck } from "../model/config.ts";
import type { Check, Task } from "../model/check.ts";
import { AssayError } from "../model/errors.ts";
import type { TaskOutcome } from "../model/finding.ts";
import type { ProcessOutcome } from "../model/process.ts";

/**
 * Exit code 0 passes, 1 to 125 fails with the last lines of output as findings; anything else (not found, not
 * executable, a signal) is an error: the command did not judge.
 */
export function toCheck(config: ProjectCheck): Check {
  return {
    id: config.id,
    kind: "tasks",
    summary: `The project's own check: ${config.command.join(" ")}`,
    in: config.in,
    phase: "verify",
    mustFinish: false,
    plan: async ({ scope, workspace, affected }) => {
      const concerned = config.scopes === null || config.scopes.some((name) => scope.expanded.includes(name));
      if (!concerned && !affected.everything) return { status: "skipped", reason: "no affected scope" };
      return { status: "planned", tasks: [toTask(config, workspace.root)] };
    },
  };
}

function toTask(config: ProjectCheck, root: string): Task {
  const [file = "", ...args] = config.command;
  return {
    label: config.command.join(" "),
    cost: "medium",
    replay: null, // What an unknown command reads is unknown.
    run: async (host) => read(config, await host.run({ file, args, cwd: root })),
  };
}

function read(config: ProjectCheck, outcome: ProcessOutcome): TaskOutcome {
  const command = config.command.join(" ");
  if (outcome.timedOut) return { status: "deferred", remaining: command };
  if (outcome.exitCode === 0) return { status: "passed" };
  if (outcome.exitCode !== null && outcome.exitCode < 126) {
    return { status: "failed", findings: lastLines(outcome).map((message) => ({ path: null, line: null, message })) };
  }
  const cause = outcome.spawnError ?? outcome.signal ?? `exit code ${outcome.exitCode}`;
  return {
    status: "errored",
    error: new AssayError("tool-failed", `\`${command}\` could not run: ${cause}`, { hint: command }),
  };
}

function lastLines(outcome: ProcessOutcome): readonly string[] {
  const text = outcome.stdout.trim() === "" ? outcome.stderr : outcome.stdout;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? [`exit code ${outcome.exitCode} and no output`] : lines.slice(-8);
}
