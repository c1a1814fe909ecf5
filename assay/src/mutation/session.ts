// One process that holds a runner, and what it says, with the limits that it sets itself.
import { randomUUID } from "node:crypto";
import { AssayError } from "../model/errors.ts";
import type { Host } from "../model/process.ts";
import { decodeEvent, silenceMs, type SessionEvent, type SessionRequest } from "./worker/protocol.ts";

/** How the process of a session is started. */
export interface WorkerCommand {
  /** The name in messages: `vitest`. */
  readonly runner: string;
  readonly file: string;
  readonly nodeArgs: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How a session ended. */
export type SessionEnd =
  | { readonly kind: "done"; readonly trouble: string | null }
  /** While this was tried it went silent for longer than was allowed. */
  | { readonly kind: "silent"; readonly during: Trying }
  /** While this was tried the process ended, or the runner gave up its run. */
  | { readonly kind: "died"; readonly during: Trying; readonly reason: string }
  /** It ended for a reason that no mutant can be blamed for. */
  | { readonly kind: "broken"; readonly error: AssayError };

export type Trying = SessionEvent & { readonly kind: "trying" };

/** Runs one session. `hear` is called for each event in order; no event comes after the promise is settled. */
export async function runSession(
  host: Host,
  command: WorkerCommand,
  request: Omit<SessionRequest, "token">,
  hear: (event: SessionEvent) => void,
): Promise<SessionEnd> {
  const token = randomUUID();
  const { runner, file, nodeArgs, env } = command;
  const worker = host.start({ file: process.execPath, args: [...nodeArgs, file], cwd: request.root, env });
  worker.send(JSON.stringify({ ...request, token } satisfies SessionRequest));
  const lines = worker.lines[Symbol.asyncIterator]();
  let trying: Trying | null = null;
  try {
    for (;;) {
      const next = await withLimit(lines.next(), trying?.limitMs ?? silenceMs);
      if (host.signal.aborted) return broken("interrupted", "The run ended before mutation testing did");
      if (next === "late")
        return trying
          ? { kind: "silent", during: trying }
          : broken("tool-failed", `${runner} started no test within five minutes`);
      if (next.done === true) {
        const reason = await reasonOf(worker.done);
        return trying
          ? { kind: "died", during: trying, reason }
          : broken("tool-failed", `${runner} could not be run: ${reason}`);
      }
      const event = decodeEvent(token, next.value);
      if (event === undefined) continue;
      if (event.kind === "done") return isTrial(trying) ? gaveUp(trying, event.trouble) : event;
      if (event.kind === "broken") return broken("tool-failed", `${runner} could not be run: ${event.message}`);
      if (event.kind === "trying") trying = event;
      // Whatever else is heard meanwhile, such as of a module that is loaded, is no answer.
      else if (event.kind === "tried" || event.kind === "baseline") trying = null;
      hear(event);
    }
  } finally {
    worker.kill();
  }
}

/** Of a file that could not be run without a mutant, the runner's own trouble says more. */
function isTrial(trying: Trying | null): trying is Trying {
  return trying !== null && trying.mutant !== null;
}

function gaveUp(during: Trying, trouble: string | null): SessionEnd {
  return { kind: "died", during, reason: trouble ?? "it gave no answer" };
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
