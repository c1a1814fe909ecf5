// A host whose processes answer each job as a function says, and what they were asked.
import type { Host, RunningProcess } from "../../model/process.ts";
import {
  encodeEvent,
  type Job,
  type LoopJob,
  type SessionEvent,
  type SessionRequest,
  type TrialsJob,
} from "../worker/protocol.ts";
import { scriptedHost } from "./scripted-host.ts";

export interface Asked {
  /** Processes are counted from 0. */
  readonly process: number;
  /** With what the process was told before. */
  readonly request: SessionRequest;
}

/** What is said, in one of the process's workers; or that nothing more is to be heard. */
export type Said = SessionEvent | { readonly event: SessionEvent; readonly worker: number } | "silence";

export interface Answering {
  readonly host: Host;
  readonly asked: readonly Asked[];
  /** Processes that were ended, in that order. */
  readonly ended: readonly number[];
}

/** A process that says nothing of being done has died. */
export function answeringHost(answer: (asked: Asked) => readonly Said[], more: Partial<Host> = {}): Answering {
  const asked: Asked[] = [];
  const ended: number[] = [];
  let processes = 0;
  const start = (): RunningProcess => {
    const process = processes;
    processes += 1;
    const requests: SessionRequest[] = [];
    let wake: (() => void) | undefined;
    async function* lines(): AsyncGenerator<string> {
      for (let nth = 0; ; nth++) {
        while (requests.length <= nth) await new Promise<void>((resolve) => (wake = resolve));
        const request = requests[nth];
        if (request === undefined) return;
        const one = { process, request };
        asked.push(one);
        let isOpen = false;
        for (const said of answer(one)) {
          if (said === "silence") await new Promise(() => undefined);
          else {
            const { event, worker } = "event" in said ? said : { event: said, worker: 0 };
            isOpen = event.kind === "done" && event.takesTrials;
            yield encodeEvent(request.token, event, worker);
          }
        }
        if (!isOpen) return;
      }
    }
    const outcome = { exitCode: 3, signal: null, spawnError: null, timedOut: false, stdout: "", stderr: "" };
    return {
      send(line) {
        requests.push({ ...requests.at(-1), ...(JSON.parse(line) as SessionRequest) });
        wake?.();
      },
      lines: lines(),
      done: Promise.resolve({ ...outcome, truncated: false, durationMs: 0 }),
      kill: () => void ended.push(process),
    };
  };
  return { host: { ...scriptedHost({ said: [], ending: "end" }), start, ...more }, asked, ended };
}

function jobsOf<Kind extends Job["kind"]>(asked: readonly Asked[], kind: Kind): readonly (Job & { kind: Kind })[] {
  return asked.flatMap(({ request: { job } }) => (isOf(job, kind) ? [job] : []));
}

function isOf<Kind extends Job["kind"]>(job: Job, kind: Kind): job is Job & { kind: Kind } {
  return job.kind === kind;
}

export function loopsIn({ asked }: Answering): readonly LoopJob[] {
  return jobsOf(asked, "loop");
}

export function trialsIn({ asked }: Answering): readonly TrialsJob[] {
  return jobsOf(asked, "trials");
}
