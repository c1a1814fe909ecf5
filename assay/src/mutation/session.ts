// One process that holds a runner, and what it says, with the limits that it sets itself.
import { randomUUID } from "node:crypto";
import { AssayError } from "../model/errors.ts";
import type { Host, RunningProcess } from "../model/process.ts";
import { compileCacheDir } from "./compile-cache.ts";
import { commandOf, type WorkerCommand } from "./runner-process.ts";
import {
  decodeEvent,
  silenceMs,
  type NextRequest,
  type Said,
  type SessionEvent,
  type SessionRequest,
} from "./worker/protocol.ts";

/** How a session ended. */
export type SessionEnd =
  | { readonly kind: "done"; readonly trouble: string | null }
  /** While this was tried it went silent for longer than was allowed. */
  | { readonly kind: "silent"; readonly during: Trying }
  /** While this was tried the process ended, or the runner gave up its run. `isSure`: nothing else was tried meanwhile. */
  | { readonly kind: "died"; readonly during: Trying; readonly isSure: boolean; readonly reason: string }
  /** It ended for a reason that no mutant can be blamed for. */
  | { readonly kind: "broken"; readonly error: AssayError };

export type Trying = SessionEvent & { readonly kind: "trying" };

/** What a process is told once. */
export type Setup = Omit<SessionRequest, "token" | "compileCache" | keyof NextRequest>;

/** A process that holds a runner, from its first job to its last. */
export class Session {
  readonly #host: Host;
  readonly #runner: string;
  readonly #setup: Setup;
  readonly #token = randomUUID();
  readonly #worker: RunningProcess;
  readonly #lines: AsyncIterator<string>;
  #isNew = true;
  #takesTrials = false;

  constructor(host: Host, worker: WorkerCommand, setup: Setup) {
    this.#host = host;
    this.#runner = worker.runner;
    this.#setup = setup;
    this.#worker = host.start(commandOf(host.scratch, worker, setup.root));
    this.#lines = this.#worker.lines[Symbol.asyncIterator]();
  }

  /** Can it be asked for trials? */
  get takesTrials(): boolean {
    return this.#takesTrials;
  }

  /** Runs one job. `hear` is called for each event in order; no event comes after the promise is settled. */
  async run(next: NextRequest, hear: (event: SessionEvent) => void): Promise<SessionEnd> {
    const token = this.#token;
    const first = { ...this.#setup, token, compileCache: compileCacheDir(), ...next };
    const request = this.#isNew ? (first satisfies SessionRequest) : next;
    this.#isNew = false;
    this.#takesTrials = false;
    this.#worker.send(JSON.stringify(request));
    const watch = new Watch();
    for (;;) {
      const said = await withLimit(this.#lines.next(), watch.leftMs);
      if (this.#host.signal.aborted) return broken("interrupted", "The run ended before mutation testing did");
      if (said === "late") {
        const { late } = watch;
        return late
          ? { kind: "silent", during: late }
          : broken("tool-failed", `${this.#runner} started no test within five minutes`);
      }
      if (said.done === true) {
        const reason = await reasonOf(this.#worker.done);
        return diedIn(watch.trying, reason) ?? this.#notRun(reason);
      }
      const heard = decodeEvent(token, said.value);
      if (heard === undefined) continue;
      const { event } = heard;
      if (event.kind === "done") {
        const reason = event.trouble ?? "it gave no answer";
        // Of a file that could not be run without a mutant, the runner's own trouble says more.
        const died = diedIn(
          watch.trying.filter(({ mutant }) => mutant !== null),
          reason,
        );
        if (died) return died;
        this.#takesTrials = event.takesTrials;
        return { kind: "done", trouble: event.trouble };
      }
      if (event.kind === "broken") return this.#notRun(event.message);
      watch.hear(heard);
      hear(event);
    }
  }

  close(): void {
    this.#worker.kill();
  }

  #notRun(reason: string): SessionEnd {
    return broken("tool-failed", `${this.#runner} could not be run: ${reason}`);
  }
}

/** A place for one process that has done its job and can do another one. */
export class SpareSession {
  #session: Session | null = null;

  get isThere(): boolean {
    return this.#session !== null;
  }

  /** Answers null where there is none. */
  take(): Session | null {
    const session = this.#session;
    this.#session = null;
    return session;
  }

  /** Closes it if it is of no further use. */
  leave(session: Session): void {
    if (this.#session === null && session.takesTrials) this.#session = session;
    else session.close();
  }

  close(): void {
    this.take()?.close();
  }
}

/** What the workers of a process are trying, and until when they have to say something. */
class Watch {
  readonly #tries = new Map<number, { readonly trying: Trying; readonly until: number }>();
  #silentSince = performance.now();

  hear({ event, worker }: Said): void {
    const now = performance.now();
    this.#silentSince = now;
    if (event.kind === "trying") this.#tries.set(worker, { trying: event, until: now + event.limitMs });
    // Whatever else is heard meanwhile, such as of a module that is loaded, is no answer.
    else if (event.kind === "tried" || event.kind === "baseline") this.#tries.delete(worker);
  }

  get trying(): readonly Trying[] {
    return [...this.#tries.values()].map(({ trying }) => trying);
  }

  get leftMs(): number {
    return Math.max(0, (this.#next?.until ?? this.#silentSince + silenceMs) - performance.now());
  }

  /** What takes longer than it may, when that time is over. */
  get late(): Trying | undefined {
    return this.#next?.trying;
  }

  get #next(): { readonly trying: Trying; readonly until: number } | undefined {
    return [...this.#tries.values()].toSorted((a, b) => a.until - b.until)[0];
  }
}

function diedIn(trying: readonly Trying[], reason: string): SessionEnd | undefined {
  const during = trying.find(({ mutant }) => mutant !== null) ?? trying[0];
  return during && { kind: "died", during, isSure: trying.length === 1, reason };
}

function broken(code: "interrupted" | "tool-failed", message: string): SessionEnd {
  return { kind: "broken", error: new AssayError(code, message) };
}

async function reasonOf(done: ReturnType<Host["start"]>["done"]): Promise<string> {
  const { stderr, exitCode, signal, spawnError } = await done;
  const reason = spawnError ?? stderr.trim().split("\n").slice(-3).join(" ");
  return reason === "" ? `it ended with ${exitCode ?? signal}` : reason;
}

async function withLimit<T>(promise: Promise<T>, limitMs: number): Promise<T | "late"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
