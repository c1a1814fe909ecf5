// Tries every mutant in one warm worker, and starts another one whenever a worker can not be trusted any more.
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { AssayError } from "../model/errors.ts";
import type { Host } from "../model/process.ts";
import type { RunnerPlace } from "./request.ts";
import type { WorkerCommand } from "./runner-process.ts";
import { Session, type SessionEnd, type Setup, type SpareSession } from "./session.ts";
import type { TrialLog } from "./trial-log.ts";
import type { Bearing, SessionEvent, Skipped } from "./worker/protocol.ts";

/** Where sessions are run. Paths are absolute. */
export interface Site {
  readonly host: Host;
  readonly place: RunnerPlace;
  readonly worker: WorkerCommand;
  readonly session: Setup;
  /** Of the worker's process, once it has nothing more to loop through. */
  readonly spare: SpareSession;
  readonly bearing: Bearing | null;
  /** Files that the runner does not count among its tests here. */
  readonly foreign: Set<string>;
  /** Is told of every mutant that outlives a file. */
  readonly onSurvival: (file: string) => void;
}

/**
 * Runs the files in order until every mutant is dead and every changed line was executed. Answers the files that fail
 * without any mutant.
 *
 * `isEnough`: told of these, says whether the other files are to be left for later.
 */
export async function loopMutants(
  site: Site,
  files: readonly string[],
  log: TrialLog,
  isolate: boolean,
  isEnough: (red: readonly string[]) => boolean = () => false,
): Promise<string[]> {
  const red: string[] = [];
  let queue = files;
  /** Of processes that could be trusted and had become too large. */
  const outlived: Skipped[] = [];
  let workers = isolate ? 1 : Math.min(availableParallelism(), mostWorkers);
  while (queue.length > 0 && !log.isSettled) {
    const open = {
      mutants: [...log.alive],
      skip: [...log.doubts, ...log.remembered, ...outlived],
      probes: [...log.unexecuted],
      until: log.until,
      isSample: log.isSample,
    };
    const job = { kind: "loop", isolate, workers, ...open, bearing: site.bearing } as const;
    const finished = new Set<string>();
    const passed: Skipped[] = [];
    let isPolluted = false;
    let isWorn = false;
    let isLeft = false;
    let kills = 0;
    site.spare.close();
    const session = new Session(site.host, site.worker, site.session);
    const end = await session.run({ files: queue, job }, (event) => {
      if (event.kind === "finished" || event.kind === "foreign") finished.add(event.file);
      if (event.kind === "baseline" && event.failure) red.push(event.file);
      if (event.kind === "tried" && event.outcome === "polluted") isPolluted = true;
      if (event.kind === "worn") isWorn = true;
      if (event.kind === "tried" && event.outcome !== "passed") kills++;
      if (event.kind === "tried" && event.outcome === "passed" && event.mutant !== null)
        passed.push({ mutant: event.mutant, file: event.file });
      record(event, site, log);
      if (event.kind === "tried" && event.outcome === "passed") site.onSurvival(event.file);
      log.progress.hear(event);
      if (log.alive.size > 0) site.host.progress(log.progressLine);
      isLeft ||= event.kind === "baseline" && event.failure !== null && isEnough(red);
      if (isLeft) session.close();
    });
    if (isLeft) break;
    site.spare.leave(session);
    queue = queue.filter((file) => !finished.has(file) && !red.includes(file));
    if (isWorn && !isPolluted) outlived.push(...passed);
    // A worker that can not start afresh ends where the next file needs it.
    if (isPolluted || isWorn || (endedEarly(end) && finished.size > 0)) continue;
    // What a killed mutant has left running can end the worker, or block it, while another one is on.
    if ((end.kind === "died" || end.kind === "silent") && kills > 0) continue;
    if (end.kind === "died" && !end.isSure) workers = 1;
    else if (!settleEnd(site, end, queue[0] ?? null, log)) break;
  }
  return red;
}

const mostWorkers = 4;

/** Of its own accord, and with nothing to complain about. */
export function endedEarly(end: SessionEnd): boolean {
  return end.kind === "done" && end.trouble === null;
}

function record(event: SessionEvent, { foreign }: Site, log: TrialLog): void {
  if (event.kind === "foreign") foreign.add(event.file);
  if (event.kind === "elsewhere") log.elsewhere.add(event.file);
  if (event.kind === "idle") log.idle.add(event.file);
  if (event.kind === "loaded") log.loaded.add(event.file);
  if (event.kind === "built") log.built.add(event.file);
  if (event.kind === "starter") log.starters.add(event.file);
  if (event.kind === "baseline") log.ran(event);
  if (event.kind !== "tried" || event.mutant === null) return;
  switch (event.outcome) {
    case "passed":
      return log.outlive(event.mutant, event);
    case "failed":
      return log.settle(event.mutant, { status: "killed", by: event });
    case "timeout":
      return log.settle(event.mutant, { status: "timeout", by: event });
    case "polluted":
      return log.doubt(event.mutant, event.file);
  }
}

/** Puts down what the end of a session says. Answers whether there is any going on. */
function settleEnd(site: Site, end: SessionEnd, missed: string | null, log: TrialLog): boolean {
  if (end.kind === "done") {
    if (missed !== null && !log.isSettled) log.errors.push(notRun(site.worker.runner, missed, end.trouble));
    return false;
  }
  if (end.kind === "broken") {
    log.errors.push(end.error);
    return false;
  }
  if (end.during.mutant === null) {
    log.errors.push(neverEnded(site.worker.runner, end));
    return false;
  }
  const { mutant, file } = end.during;
  log.settle(mutant, { status: end.kind === "silent" ? "timeout" : "runtime-error", by: { file, failure: null } });
  return true;
}

function neverEnded(runner: string, end: SessionEnd & { readonly kind: "silent" | "died" }): AssayError {
  const what = end.kind === "silent" ? "did not come to an end in five minutes" : `ended ${runner}: ${end.reason}`;
  const message = `${basename(end.during.file)} without any mutant ${what}`;
  return new AssayError("tool-failed", message, { hint: "assay loop --only tests" });
}

/** No verdict may rest on a file that was not run. */
export function notRun(runner: string, file: string, trouble: string | null): AssayError {
  return new AssayError(
    "tool-failed",
    `${runner} did not run ${basename(file)}${trouble === null ? "" : `: ${trouble}`}`,
  );
}
