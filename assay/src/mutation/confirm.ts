// Repeats, each in a fresh worker with the mutant on from the start, what was found in a warm one but needs a proof.
import { availableParallelism } from "node:os";
import { AssayError } from "../model/errors.ts";
import type { DrivenRunner } from "../tools/runners/runner-start.ts";
import { endedEarly, notRun, type Site } from "./loop.ts";
import { Session, type SessionEnd, type Trying } from "./session.ts";
import type { Tried, TrialLog } from "./trial-log.ts";
import type { Trial } from "./worker/protocol.ts";

interface Outcome {
  readonly trial: Trial;
  /** Null: the worker went silent, or died. */
  readonly run: Tried | null;
}

/** Where each test file passes when no mutant is on. */
export type Homes = ReadonlyMap<string, Site>;

/**
 * Settles survivors and doubtful kills. What contradicts itself becomes an error.
 *
 * `refusals`: settles those that the compiler refuses, at the same time: they need no proof.
 */
export async function confirm(
  homes: Homes,
  log: TrialLog,
  nameOf: (mutant: number) => string,
  refusals: () => Promise<void>,
): Promise<void> {
  const wanted = trialsOf(log).map((trial) => ({ trial, run: confirmationOf(trial, log) }));
  const known = wanted.filter(({ run }) => run !== null);
  const trials = trialsIn(wanted.filter(({ run }) => run === null));
  const [tried] = await Promise.all([runTwice(homes, log, trials), refusals()]);
  for (const { run } of tried) if (run?.outcome === "passed") log.confirmed.push(run);
  const outcomes = [...known, ...tried].filter(({ trial }) => trial.mutant !== null && log.alive.has(trial.mutant));
  const failed = outcomes.filter((outcome) => !hasPassed(outcome));
  const controls = new Map(failed.map(({ trial }) => [trial.file, controlOf(trial, homes)]));
  const green = new Set(
    (await runTrials(homes, log, [...controls.values()], alone)).filter(isUnmoved).map(({ trial }) => trial.file),
  );
  // What is missing was stopped by an error, which is in the log.
  const isStopped = log.errors.length > 0;
  for (const mutant of new Set(outcomes.map(({ trial }) => trial.mutant))) {
    const own = outcomes.filter(({ trial }) => trial.mutant === mutant);
    if (mutant === null || (isStopped && !isBeyondDoubt(log, mutant, own))) continue;
    settle(log, mutant, own, green, nameOf(mutant));
  }
}

/** Has all been done that makes it a survivor, whatever became of others? */
function isBeyondDoubt(log: TrialLog, mutant: number, outcomes: readonly Outcome[]): boolean {
  const wanted = trialsOf(log).filter((trial) => trial.mutant === mutant);
  const isHit = outcomes.some(({ run }) => (run?.hits ?? 0) > 0);
  return isHit && outcomes.length === wanted.length && outcomes.every(hasPassed) && log.accepted.has(mutant);
}

function controlOf(trial: Trial, homes: Homes): Trial {
  return { ...trial, mutant: homes.get(trial.file)?.session.control ?? null };
}

/** Does it pass although some mutant is on, and leave the switch to the code that the mutants are in? */
function isUnmoved(outcome: Outcome): boolean {
  return hasPassed(outcome) && (outcome.run?.hits ?? 0) === 0;
}

/** What an earlier run has found out. */
function confirmationOf({ mutant, file }: Trial, log: TrialLog): Tried | null {
  return log.confirmed.find((run) => run.mutant === mutant && run.file === file) ?? null;
}

/** Several at a time; what fails then is run again alone, since tests may get into each other's way. */
async function runTwice(homes: Homes, log: TrialLog, trials: readonly Trial[]): Promise<Outcome[]> {
  const atOnce = Math.min(availableParallelism(), mostProcesses);
  const outcomes = await runTrials(homes, log, trials, { atOnce, shared: true });
  const passed = outcomes.filter(hasPassed);
  const failed = outcomes.filter((outcome) => !hasPassed(outcome));
  if (trials.length === 1) return outcomes;
  return [...passed, ...(await runTrials(homes, log, trialsIn(failed), alone))];
}

function trialsIn(outcomes: readonly Outcome[]): readonly Trial[] {
  return outcomes.map(({ trial }) => trial);
}

const mostProcesses = 4;

/** For each survivor, the nearest that reach it: a fresh worker for every file of a large suite would take minutes. */
const mostFiles = 3;

function trialsOf(log: TrialLog): Trial[] {
  const survivors = (log.isSample ? [] : [...log.alive]).flatMap((mutant) =>
    (log.outlived.get(mutant) ?? [])
      .slice(0, mostFiles)
      .map(({ file }) => ({ mutant, file, limitMs: limitOf(log, file) })),
  );
  const doubts = log.doubts
    .filter(({ mutant }) => log.alive.has(mutant))
    .map(({ mutant, file }) => ({ mutant, file, limitMs: limitOf(log, file) }));
  return [...survivors, ...doubts].toSorted((a, b) => a.mutant - b.mutant);
}

/** A fresh worker takes its time to start. */
const startMs = 10_000;

function limitOf(log: TrialLog, file: string): number {
  return startMs + Math.max(1000, 10 * (log.baselines.get(file)?.durationMs ?? 0));
}

interface Manner {
  /** So many at a time, in one process if that will do, else in several. */
  readonly atOnce: number;
  /** May a worker be used for several, as long as it is as new? */
  readonly shared: boolean;
}

const alone: Manner = { atOnce: 1, shared: false };

async function runTrials(
  homes: Homes,
  log: TrialLog,
  trials: readonly Trial[],
  { atOnce, shared }: Manner,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const site of new Set(homes.values())) {
    const own = trials.filter(({ file }) => homes.get(file) === site);
    const processes = isOneEnough(site) ? 1 : Math.min(atOnce, Math.ceil(own.length / leastShare));
    const shares = Array.from({ length: processes }, (_, share) =>
      own.filter((_trial, index) => index % processes === share),
    );
    const manner = { atOnce: Math.max(1, Math.floor(atOnce / processes)), shared };
    outcomes.push(...(await Promise.all(shares.map((share) => runTrialsAt(site, log, share, manner)))).flat());
  }
  return outcomes;
}

/** To start another process takes as long as this many trials. */
const leastShare = 4;

/** Which runners try several mutants at a time in one process. */
const triesTogether: Readonly<Record<DrivenRunner, (version: string) => boolean>> = {
  vitest: (version) => !version.startsWith("3."),
  jest: () => false,
  "node:test": () => false,
};

/** Is there one that is warm, or would others only take more memory? */
function isOneEnough({ spare, place: { start } }: Site): boolean {
  return spare.isThere || triesTogether[start.runner](start.version);
}

async function runTrialsAt(site: Site, log: TrialLog, trials: readonly Trial[], manner: Manner): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let left = trials;
  let { atOnce: workers, shared } = manner;
  while (left.length > 0 && log.errors.length === 0) {
    const files = [...new Set(left.map(({ file }) => file))];
    const job = { kind: "trials", workers, trials: left, shared, usual: log.usual } as const;
    const known = outcomes.length;
    const session = site.spare.take() ?? new Session(site.host, site.worker, site.session);
    const end = await session.run({ files, job }, (event) => {
      const trial = event.kind === "tried" ? left.find((each) => isOf(each, event)) : undefined;
      if (trial && event.kind === "tried") outcomes.push({ trial, run: event });
    });
    site.spare.leave(session);
    // What is left found its worker changed, or was not there when it ended.
    shared = false;
    left = left.filter((trial) => !outcomes.some((outcome) => outcome.trial === trial));
    // A worker that can not start afresh ends where the next trial needs it.
    if (endedEarly(end) && outcomes.length > known) continue;
    if (end.kind === "died" && !end.isSure) workers = 1;
    else if (left[0] !== undefined) {
      const stopped = left.find((trial) => "during" in end && isOf(trial, end.during)) ?? left[0];
      const error = errorOf(site, end, stopped.file);
      if (error) log.errors.push(error);
      else outcomes.push({ trial: stopped, run: null });
      left = left.filter((trial) => trial !== stopped);
    }
  }
  return outcomes;
}

function isOf(trial: Trial, { mutant, file }: Tried | Trying): boolean {
  return trial.mutant === mutant && trial.file === file;
}

/** A worker that stops while a mutant is on says something about the mutant; any other end is an error. */
function errorOf(site: Site, end: SessionEnd, file: string): AssayError | undefined {
  if (end.kind === "broken") return end.error;
  return end.kind === "done" ? notRun(site.worker.runner, file, end.trouble) : undefined;
}

function hasPassed({ run }: Outcome): boolean {
  return run?.outcome === "passed";
}

function settle(
  log: TrialLog,
  mutant: number,
  outcomes: readonly Outcome[],
  green: ReadonlySet<string>,
  name: string,
): void {
  const killing = outcomes.find(
    (outcome) => green.has(outcome.trial.file) && !hasPassed(outcome) && outcome.run?.hits !== 0,
  );
  if (killing) {
    const by = killing.run ?? { file: killing.trial.file, failure: null };
    log.settle(mutant, { status: killing.run?.outcome === "failed" ? "killed" : "timeout", by });
  } else if (!outcomes.every(hasPassed)) {
    giveUp(log, mutant, `${name} could not be judged: its tests fail now and then without it as well`);
  } else if (outcomes.some(({ run }) => run !== null && run.hits !== null && run.hits > 0 && run.testsRun > 0)) {
    log.settle(mutant, { status: "survived" });
  } else {
    giveUp(
      log,
      mutant,
      `${name} was reached in a shared worker, and is not in a fresh one: its tests depend on their order`,
    );
  }
}

function giveUp(log: TrialLog, mutant: number, message: string): void {
  log.alive.delete(mutant);
  log.errors.push(new AssayError("baseline-failed", message));
}
