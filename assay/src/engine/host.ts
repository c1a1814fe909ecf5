// Starts processes, ends them, and leaves none behind.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { AssayError } from "../model/errors.ts";
import type { Command, Host, Memory, ProcessOutcome, RunningProcess } from "../model/process.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

/** How long a stream may stay open after its process has ended: a grandchild holds it. */
const drainMs = 250;
/** Kept out of children: they redirect git, and are set while a git hook runs. */
const hookVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];
const markName = "ASSAY_RUN";

/** The processes of one run. */
export interface Processes {
  readonly scratch: Host["scratch"];
  /** Starts what will probably be wanted: whoever launches the same command first gets this process. */
  foresee(command: Command): void;
  /** `runEnds`: by then at the latest it is ended. */
  launch(command: Command, runEnds: AbortSignal): LiveProcess;
  /** Ends all that still runs and removes the scratch folder. */
  dispose(): Promise<void>;
}

export interface RunHost extends Host {
  dispose: Processes["dispose"];
}

export interface HostOptions {
  /** As `performance.now()` counts. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Those of the run, where there are some already. */
  readonly processes?: Processes | undefined;
  /** Asked for once, when it is needed first; without it nothing is kept. */
  readonly keptTransforms?: () => string | null;
  /** Asked for once, when it is needed first; without it nothing is remembered. */
  readonly memory?: () => Memory | null;
  readonly onProgress?: (text: string) => void;
}

/** Opens the host of one run. */
export function openHost(options: HostOptions): RunHost {
  const { deadline, processes = openProcesses(options.signal) } = options;
  const signal = endOf(options);
  return {
    get scratch() {
      return processes.scratch;
    },
    keptTransforms: once(() => options.keptTransforms?.() ?? null),
    memory: once(() => options.memory?.() ?? null),
    progress: (text) => options.onProgress?.(text),
    deadline,
    signal,
    run: (command) => {
      const process = processes.launch(command, signal);
      process.collect();
      return process.done;
    },
    start: (command) => processes.launch(command, signal),
    dispose: () => processes.dispose(),
  };
}

/**
 * Children inherit the environment and a mark in it, by which processes that left their
 * group are found. A watchdog process starts with the first child.
 *
 * Not ended: a process that leaves its group and clears its environment, of which nothing tells that it is ours; off
 * Linux any that leaves its group, and anywhere one of a command that was foreseen and that nobody launched; and all of
 * them when someone kills both assay and its watchdog.
 */
export function openProcesses(signal: AbortSignal): Processes {
  // Never without an id of its own, whatever else goes wrong: all that carries the mark is ended.
  const mark = `${process.env[markName] ?? "run"}:${randomUUID()}`;
  let made: string | undefined;
  const scratch = (): string => (made ??= makeScratch());
  const live = new Set<LiveProcess>();
  const foreseen = new Map<string, LiveProcess>();
  let isUsed = false;
  let watchdog: Watchdog | undefined;

  const start = (command: Command): LiveProcess => {
    watchdog ??= startWatchdog(`${markName}=${mark}`, scratch());
    const process = new LiveProcess(command, mark, watchdog);
    live.add(process);
    void process.done.then(() => live.delete(process));
    return process;
  };

  return {
    get scratch() {
      return scratch();
    },
    foresee(command) {
      const process = start(command);
      process.endWith(signal);
      foreseen.set(JSON.stringify(command), process);
    },
    launch(command, runEnds) {
      isUsed = true;
      const key = JSON.stringify(command);
      const process = foreseen.get(key) ?? start(command);
      foreseen.delete(key);
      process.endWith(runEnds);
      return process;
    },
    async dispose() {
      await Promise.all([...live].map((process) => process.end()));
      // What nobody has asked for anything has started nothing.
      if (isUsed) endMarked(`${markName}=${mark}`);
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
      watchdog?.dismiss();
      watchdog = undefined;
    },
  };
}

/**
 * When the budget is spent, or the run interrupted. No process may be seen to end before the signal says why: what it
 * was doing then would be blamed for it.
 */
function endOf({ deadline, signal }: HostOptions): AbortSignal {
  const end = new AbortController();
  const abort = (): void => end.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort);
  const leftMs = Math.max(0, deadline - performance.now());
  if (leftMs <= longestTimerMs) setTimeout(() => end.abort(), leftMs).unref();
  return end.signal;
}

/** Timers that are set for longer ring at once. */
const longestTimerMs = 2 ** 31 - 1;

function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: ask() }).value;
}

function makeScratch(): string {
  try {
    return mkdtempSync(join(tmpdir(), "assay-"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AssayError("tool-failed", `No temporary folder can be made in ${tmpdir()} (${code})`, {
      hint: "export TMPDIR=/var/tmp",
      cause,
    });
  }
}

/** One child and its process group, from start to the last byte. */
class LiveProcess implements RunningProcess {
  readonly done: Promise<ProcessOutcome>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #stdout = new OutputBuffer();
  readonly #stderr = new OutputBuffer();
  #timedOut = false;
  /** Undefined where none was started, and when it is gone: its number may be another's by then. */
  #group: number | undefined;
  /** Aborted when nobody need end it any more. */
  readonly #gone = new AbortController();

  constructor(command: Command, mark: string, watchdog: Watchdog) {
    const started = performance.now();
    this.#child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: childEnvironment(command.env, mark),
      detached: true,
      windowsHide: true,
    });
    const group = this.#child.pid;
    this.#group = group;
    if (group !== undefined) watchdog.add(group);
    this.#child.stdin.on("error", () => {}); // The child ended first; its exit says so.
    this.#child.stderr.on("data", (chunk: Buffer) => this.#stderr.push(chunk));

    const { timeoutMs = Infinity } = command;
    const timer = Number.isFinite(timeoutMs) ? setTimeout(() => this.#expire(), timeoutMs) : undefined;
    this.done = exitOf(this.#child).then((exit) => {
      clearTimeout(timer);
      this.#gone.abort();
      if (group !== undefined) {
        signalGroup(group, "SIGKILL");
        watchdog.drop(group);
      }
      this.#group = undefined;
      return {
        ...exit,
        timedOut: this.#timedOut,
        stdout: this.#stdout.text(),
        stderr: this.#stderr.text(),
        truncated: this.#stdout.truncated || this.#stderr.truncated,
        durationMs: performance.now() - started,
      };
    });
  }

  /** It is ended when `runEnds` is aborted, if it still is there. */
  endWith(runEnds: AbortSignal): void {
    const onAbort = (): void => this.#expire();
    if (runEnds.aborted) queueMicrotask(onAbort);
    else runEnds.addEventListener("abort", onAbort, { signal: this.#gone.signal });
  }

  /** Keeps standard output for the outcome; `lines` must not be read then. */
  collect(): void {
    this.#child.stdin.end();
    this.#child.stdout.on("data", (chunk: Buffer) => this.#stdout.push(chunk));
  }

  get lines(): AsyncIterable<string> {
    // A stream that is let go before its end has none that a reader would hear of.
    return createInterface({ input: this.#child.stdout, crlfDelay: Infinity, signal: this.#gone.signal });
  }

  send(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  kill(): void {
    if (this.#group !== undefined) signalGroup(this.#group, "SIGKILL");
  }

  async end(): Promise<void> {
    this.#expire();
    await this.done;
  }

  /**
   * Ends the process group at once. A signal that can be handled would let a runner report the tests it interrupts as
   * failed, and a run that only lacked time would be red.
   */
  #expire(): void {
    if (this.#group === undefined) return;
    this.#timedOut = true;
    this.kill();
  }
}

type Exit = Pick<ProcessOutcome, "exitCode" | "signal" | "spawnError">;

/** Resolves when the process has ended and its streams have closed, or soon after when someone else holds them open. */
function exitOf(child: ChildProcessWithoutNullStreams): Promise<Exit> {
  return new Promise((resolve) => {
    let drain: NodeJS.Timeout | undefined;
    child.once("error", (error) => {
      if (child.pid === undefined) resolve({ exitCode: null, signal: null, spawnError: error.message });
    });
    child.once("exit", (exitCode, signal) => {
      drain = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ exitCode, signal, spawnError: null });
      }, drainMs);
    });
    child.once("close", (exitCode, signal) => {
      clearTimeout(drain);
      if (child.pid !== undefined) resolve({ exitCode, signal, spawnError: null });
    });
  });
}

function childEnvironment(changes: Command["env"], mark: string): NodeJS.ProcessEnv {
  // Of what is undefined Node sets nothing.
  const environment: NodeJS.ProcessEnv = { ...process.env, ...changes, [markName]: mark };
  for (const name of hookVariables) delete environment[name];
  return environment;
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group is already gone, which is what was wanted.
  }
}

/** Ends every process that carries the mark, wherever it moved itself. Linux only: elsewhere the groups are all we know. */
function endMarked(mark: string): void {
  if (process.platform !== "linux") return;
  for (const entry of readdirSync("/proc")) {
    try {
      if (readFileSync(`/proc/${entry}/environ`, "latin1").includes(mark)) process.kill(Number(entry), "SIGKILL");
    } catch {
      // No process, gone, or another user's.
    }
  }
}
