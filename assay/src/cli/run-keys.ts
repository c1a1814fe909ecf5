// The keys under which this program replays what it found out.
import type { RunFacts } from "../engine/ground.ts";
import { replayKeys, type KeyOf } from "../engine/replay-key.ts";
import type { Workspace } from "../model/workspace.ts";
import { installState } from "../project/environment.ts";
import { version } from "./version.ts";

/** What is the same for everything in a run. */
export function runFacts(workspace: Workspace): RunFacts {
  return { assayVersion: version, installState: installState(workspace), environment: process.env };
}

/** Reads what is installed once something may be replayed. */
export function runKeys(workspace: Workspace): KeyOf {
  let keyOf: KeyOf | undefined;
  return (checkId, task, reachOf) => {
    if (task.replay === null) return null;
    keyOf ??= replayKeys(workspace, runFacts(workspace));
    return keyOf(checkId, task, reachOf);
  };
}
