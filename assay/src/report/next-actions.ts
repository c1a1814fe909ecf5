// What to do after a run.
import type { CheckResult } from "../model/finding.ts";
import type { Run } from "../model/run.ts";
import { bounds, type NextAction } from "./envelope.ts";
import { count, showText } from "./text.ts";
import { commandLine, errorOf, exitCodeOf, goingOn } from "./verdict.ts";

/** Ordered by use: what is left undone, what re-checks a failure, what makes the verdict possible, what comes next. */
export function nextActions(run: Run): readonly NextAction[] {
  const actions = [...deferredActions(run), ...failureActions(run), ...hintActions(run), ...onward(run)];
  const seen = new Set<string>();
  const fresh = actions.filter(({ command }) => !seen.has(command) && seen.add(command));
  return fresh.slice(0, bounds.actions).map(({ command, description }) => ({
    command: showText(command, bounds.text),
    description: showText(description, bounds.text),
  }));
}

function deferredActions(run: Run): readonly NextAction[] {
  const deferred = withStatus(run, "deferred");
  if (deferred.length === 0) return [];
  return [
    {
      command: goingOn(run),
      description:
        run.command === "mutate"
          ? `Go on where this run ended: ${deferred.join(", ")}.`
          : `Run what did not fit into the budget: ${deferred.join(", ")}.`,
    },
  ];
}

function failureActions(run: Run): readonly NextAction[] {
  const failed = withStatus(run, "failed");
  if (failed.length === 0) return [];
  return [
    {
      command: commandLine(run, run.command, failed),
      description: `Re-check after the fix: ${count(failed.length, "failing check")}.`,
    },
    { command: `assay explain ${failed[0]}`, description: "What this check looks for and how to put it right." },
  ];
}

/** The hints of errors, where they can be typed. */
function hintActions(run: Run): readonly NextAction[] {
  const errors = [errorOf(run), ...run.results.flatMap((result) => result.errors)].filter((error) => error !== null);
  const actions = errors.flatMap((error) =>
    error.hint === null ? [] : [{ command: error.hint, description: error.message }],
  );
  const errored = withStatus(run, "errored");
  const again = {
    command: commandLine(run, run.command, errored),
    description: "Run again what could not be verified.",
  };
  const isLost = run.error?.code === "interrupted" && run.error.hint !== null;
  return errored.length > 0 || isLost ? [...actions, again] : actions;
}

function onward(run: Run): readonly NextAction[] {
  if (exitCodeOf(run) !== 0) return [];
  if (run.command === "loop") {
    return [{ command: commandLine(run, "mutate"), description: "See whether the tests verify the changed lines." }];
  }
  if (run.command === "mutate")
    return [{ command: commandLine(run, "gate"), description: "Run everything before the merge." }];
  return [];
}

function withStatus(run: Run, status: CheckResult["status"]): readonly string[] {
  return run.results.filter((result) => result.status === status).map((result) => result.id);
}
