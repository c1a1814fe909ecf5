// How the process is started that holds a test runner.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../model/paths.ts";
import type { Command } from "../model/process.ts";
import type { RunnerStart } from "../tools/runners/runner-start.ts";
import { compileCacheDir } from "./compile-cache.ts";
import { ownTemporary } from "./own-temporary.ts";
import { workersBeside, type WorkerFiles } from "./request.ts";
import type { Preparation } from "./worker/protocol.ts";

export interface WorkerCommand {
  /** The name in messages: `vitest`. */
  readonly runner: string;
  readonly file: string;
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it is to do before it is asked for anything; null: nothing. */
  readonly preparation: Preparation | null;
}

export function workerOf(workers: WorkerFiles, { runner, runnerDir, nodeArgs, env }: RunnerStart): WorkerCommand {
  const preparation = runner === "vitest" ? { runnerDir, compileCache: compileCacheDir() } : null;
  return { runner, file: workers.runners[runner].main, nodeArgs, env, preparation };
}

/**
 * Workers make much that is soon of no use. Left to itself V8 gives the youngest objects of each up to 96 MiB before it
 * looks at what is.
 */
const sparing = ["--max-semi-space-size=8"];

export function commandOf(scratch: string, { file, nodeArgs, env, preparation }: WorkerCommand, cwd: string): Command {
  const own = preparation === null ? [] : [JSON.stringify(preparation)];
  return {
    file: process.execPath,
    args: [...sparing, ...nodeArgs, file, ...own],
    cwd,
    env: { ...ownTemporary(scratch), ...env },
  };
}

/** Where a process can be started before it is wanted. */
interface Foresight {
  readonly scratch: string;
  foresee(command: Command): void;
}

/** Has vitest loaded, before anything is known of the repository, as most of those that have it in this folder run it. */
export function foreseeVitest(host: Foresight, dir: string): void {
  const runnerDir = join(dir, "node_modules/vitest");
  if (!existsSync(runnerDir)) return;
  const plain: RunnerStart = {
    runner: "vitest",
    dir: rootDir,
    version: "",
    runnerDir,
    nodeArgs: [],
    args: [],
    env: {},
  };
  host.foresee(commandOf(host.scratch, workerOf(workersBeside(import.meta.url), plain), dir));
}
