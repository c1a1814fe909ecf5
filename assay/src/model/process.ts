import type { RepoPath } from "./paths.ts";

/** A program to run, as an argument list: nothing here goes through a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Set on top of the inherited environment; undefined removes. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Killed with its whole process group after this long. The run's budget may end it sooner. */
  readonly timeoutMs?: number;
}

export interface ProcessOutcome {
  /** Null when a signal ended it, or it never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Null where the program could be started. */
  readonly spawnError: string | null;
  /** Ended by us, at its own limit or the run's. */
  readonly timedOut: boolean;
  /** At most 64 MiB are kept of each; `truncated` tells when there was more. */
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly durationMs: number;
}

/** A process that is talked to while it runs, over its standard streams. */
export interface RunningProcess {
  send(line: string): void;
  /** Lines of its standard output, without the line ending; ends when it does. */
  readonly lines: AsyncIterable<string>;
  readonly done: Promise<ProcessOutcome>;
  /** Ends its process group at once. */
  kill(): void;
}

/** What parts of a task found out in earlier runs, so that only those that can have changed are done again. */
export interface Memory {
  /** What was kept under this name last, on the same ground: the same installation, environment and ignored files. */
  recall(name: string): Recollection | undefined;
  /** To be recalled by later runs, unless files are edited before this one is over. Must survive JSON. */
  keep(name: string, value: unknown): void;
}

export interface Recollection {
  readonly value: unknown;
  /** Is this file another, or can it see one that is, by importing, reading or running it? */
  isOutdated(path: RepoPath): boolean;
  /** The same of a file that may be another itself. */
  seesOutdated(path: RepoPath): boolean;
}

/** Starts processes. Every one runs in a process group of its own, is ended with the run, and does not outlive assay. */
export interface Host {
  run(command: Command): Promise<ProcessOutcome>;
  start(command: Command): RunningProcess;
  /** Absolute path of a folder outside the repository that is removed after the run. */
  readonly scratch: string;
  /**
   * Absolute path of a folder outside the tree that a runner may keep the code in that it makes of modules, and believe
   * what it finds there: the installation, the environment, the configuration and the names of all files are the same.
   * Null where nothing may be believed that this run did not make.
   */
  keptTransforms(): string | null;
  /** What earlier runs have found out; null where nothing may be believed that this run did not see. */
  memory(): Memory | null;
  /** Tells whoever watches how far something long has come. */
  progress(text: string): void;
  /** When the run must be over, as `performance.now()` counts; Infinity without a budget. */
  readonly deadline: number;
  /** Aborted when the budget is spent or the run is interrupted. */
  readonly signal: AbortSignal;
}
