// A host without processes: what it starts says what a test has it say.
import type { Host, RunningProcess } from "../../model/process.ts";
import { temporaryFolder } from "./project.ts";
import { encodeEvent, type SessionEvent, type SessionRequest } from "../worker/protocol.ts";

/** What a process says, each thing after so many milliseconds and in one of its workers, and whether it ends then or keeps silent. */
export interface Script {
  readonly said: readonly (readonly [afterMs: number, event: SessionEvent, worker?: number])[];
  readonly ending: "end" | "silence";
  /** What it has written to standard error when it ends. */
  readonly stderr?: string;
  /** Called when all has been heard. */
  readonly onEnd?: () => void;
}

/** The processes that it starts follow one script each, in order, and the last one's from then on. */
export function scriptedHost(first: Script, ...others: readonly Script[]): Host {
  const left = [...others];
  let script = first;
  const next = (): RunningProcess => {
    const process = start(script);
    script = left.shift() ?? script;
    return process;
  };
  return {
    run: () => Promise.reject(new Error("sessions are talked to")),
    start: next,
    scratch: temporaryFolder("assay-scripted-"),
    keptTransforms: () => null,
    memory: () => null,
    progress: () => undefined,
    deadline: Infinity,
    signal: new AbortController().signal,
  };
}

function start({ said, ending, stderr = "", onEnd = () => undefined }: Script): RunningProcess {
  let token = "";
  async function* lines(): AsyncGenerator<string> {
    for (const [afterMs, event, worker] of said) {
      if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
      yield encodeEvent(token, event, worker);
    }
    onEnd();
    if (ending === "silence") await new Promise(() => undefined);
  }
  const outcome = { exitCode: 3, signal: null, spawnError: null, timedOut: false, stdout: "", stderr };
  return {
    send(line) {
      token ||= (JSON.parse(line) as SessionRequest).token;
    },
    lines: lines(),
    done: Promise.resolve({ ...outcome, truncated: false, durationMs: 0 }),
    kill: () => undefined,
  };
}
