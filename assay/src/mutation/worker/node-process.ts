// The process that starts the files of Node's own test runner, each in a process of its own: what a test or a mutant
// leaves behind ends with it.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isSkipped } from "./judge-file.ts";
import { builtOutput, once, startsProcesses } from "./module-signs.ts";
import { runFile, type FileRun, type FileTask, type NodeCommand } from "./node-run.ts";
import { withoutLoaders } from "./node-arguments.ts";
import type { Failure, LoopJob, SessionEvent, SessionRequest, TrialsJob } from "./protocol.ts";
import { over, serve, type Answer, type Say } from "./serve.ts";

interface Session {
  readonly request: SessionRequest;
  readonly command: NodeCommand;
  readonly loaders: readonly string[];
  readonly say: Say;
}

async function work(request: SessionRequest, say: Say): Promise<Answer> {
  const { job } = request;
  if (job.kind === "types") throw new Error("node:test checks no types here");
  for (const name of foreignVariables) delete process.env[name];
  const { args, loaders } = withoutLoaders(request.args);
  const command = { args, cwd: request.root, insideFile: request.insideFile, lane: 0 };
  const session = { request, command, loaders, say };
  // Every file has a limit here, however long it takes: until then this process is not lost.
  const pulse = setInterval(() => say({ kind: "trying", mutant: null, file: "", limitMs: pulseLimitMs }), pulseMs);
  if (job.kind === "loop") await loop(session, job);
  else await runTrials(session, job);
  clearInterval(pulse);
  return over();
}

const pulseMs = 60_000;
const pulseLimitMs = 300_000;

/** What another runner around us has told its own tests, and what would have snapshots rewritten. */
const foreignVariables = ["VITEST", "VITEST_WORKER_ID", "VITEST_POOL_ID", "JEST_WORKER_ID", "UPDATE_SNAPSHOT"];

async function loop(session: Session, { mutants, probes, until, isSample, skip }: LoopJob): Promise<void> {
  const alive = new Set(mutants);
  const unexecuted = new Set(probes);
  const tell = teller(session);
  for (const file of session.request.files) {
    const isLate = Date.now() >= until;
    if (isSample && isLate && alive.size < mutants.length) return;
    if (alive.size === 0 && (unexecuted.size === 0 || (isLate && unexecuted.size < probes.length))) return;
    const baseline = await runBaseline(session, file);
    tell(baseline);
    const event = baselineEvent(file, baseline, Object.keys(session.request.sources));
    session.say(event);
    if (event.failure) {
      session.say({ kind: "finished", file });
      continue;
    }
    for (const probe of event.executed) unexecuted.delete(probe);
    const isTrusted = await tryAll(
      session,
      file,
      event.reached.filter((number) => alive.has(number) && !isSkipped(skip, number, file)),
      baseline,
      alive,
    );
    if (!isTrusted) return;
    session.say({ kind: "finished", file });
  }
}

/**
 * Several at a time, if the file keeps to its own process: others could get into each other's way, and a mutant would
 * look dead for it. False once a killing test has failed without the mutant as well.
 */
async function tryAll(
  session: Session,
  file: string,
  mutants: readonly number[],
  baseline: FileRun,
  alive: Set<number>,
): Promise<boolean> {
  const queue = [...mutants];
  let isTrusted = true;
  const work = async (lane: number): Promise<void> => {
    const own = { ...session, command: { ...session.command, lane } };
    for (let mutant = queue.shift(); mutant !== undefined && isTrusted; mutant = queue.shift()) {
      const tried = await tryMutant(own, file, mutant, baseline);
      session.say(tried);
      if (tried.outcome === "polluted") isTrusted = false;
      else if (tried.outcome !== "passed") alive.delete(mutant);
    }
  };
  const lanes = baseline.counts?.reachedOut === false ? Math.min(availableParallelism(), mostLanes) : 1;
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
  return isTrusted;
}

const mostLanes = 4;

/** What ends itself before Node has reported all of its tests is run again with the tests followed one by one. */
async function runBaseline(session: Session, file: string): Promise<FileRun> {
  const run = await runPlain(session, file, { watchModules: true });
  const isCut = run.failure === null && run.usesHarness && run.counts?.complete === false;
  return isCut ? runPlain(session, file, { watchModules: true, stopAtFirst: true }) : run;
}

function baselineEvent(file: string, run: FileRun, sources: readonly string[]): SessionEvent & { kind: "baseline" } {
  const tests = countTests(file, run);
  const { executed, reached } = tests > 0 && run.counts ? run.counts : { executed: [], reached: [] };
  const failure = run.failure ?? bypassing(run, sources);
  return {
    kind: "baseline",
    file,
    failure,
    tests,
    isBound: false,
    durationMs: run.durationMs,
    executed,
    reached,
    usual: run.counts?.usual ?? [],
  };
}

/** A loader that has another way to a changed file than those that are known would make it look as if nothing ran it. */
function bypassing({ loaded, modules }: FileRun, sources: readonly string[]): Failure | null {
  const missed = sources.find((source) => modules.includes(source) && !loaded.includes(source));
  return missed === undefined ? null : { test: null, message: `${basename(missed)} was loaded without its mutants` };
}

const testName = /(?:^|[._-])(?:test|spec)\.[cm]?[jt]sx?$|^test-/;

/**
 * A file that declares no test counts as one where Node runs it. It is a test if it is called one, or asserts something,
 * and a helper that verifies nothing otherwise.
 */
function countTests(file: string, { finished, usesHarness, counts }: FileRun): number {
  if (usesHarness) return finished.length;
  return testName.test(basename(file)) || counts?.asserts === true ? 1 : 0;
}

async function tryMutant(
  session: Session,
  file: string,
  mutant: number,
  baseline: FileRun,
): Promise<SessionEvent & { kind: "tried" }> {
  const tryIt = (): Promise<FileRun> => runFollowed(session, file, mutant, baseline, limitOf(baseline));
  const first = await tryIt();
  // Whoever was late may only have been held up.
  const run = first.late && first.counts?.stopped !== true ? await tryIt() : first;
  const event = triedEvent(file, mutant, run);
  if (event.outcome === "passed") return event;
  // What fails before it has reached the mutant has not failed for it.
  if (event.hits === 0) return { ...event, outcome: "polluted" };
  // The same run: what we do to the tests themselves must not pass for a kill.
  const { control } = session.request;
  const proof = await runFollowed(session, file, control, baseline, Math.max(leastProofMs, limitOf(baseline)));
  const isProven = proof.failure === null && (proof.counts?.hits ?? 0) === 0;
  return isProven ? event : { ...event, outcome: "polluted" };
}

const leastLimitMs = 1000;
const limitFactor = 10;
const leastProofMs = 10_000;

function limitOf({ durationMs }: FileRun): number {
  return Math.max(leastLimitMs, limitFactor * durationMs);
}

function triedEvent(file: string, mutant: number | null, run: FileRun): SessionEvent & { kind: "tried" } {
  const outcome = run.late ? "timeout" : run.failure === null ? "passed" : "failed";
  const testsRun = countTests(file, run);
  const nearest = run.counts?.nearest ?? run.finished[0] ?? null;
  return {
    kind: "tried",
    mutant,
    file,
    outcome,
    failure: run.failure,
    nearest,
    testsRun,
    hits: run.counts?.hits ?? null,
  };
}

async function runTrials(session: Session, { trials }: TrialsJob): Promise<void> {
  const baselines = new Map<string, FileRun>();
  for (const { mutant, file, limitMs } of trials) {
    const baseline = baselines.get(file) ?? (await runPlain(session, file, {}));
    baselines.set(file, baseline);
    session.say(triedEvent(file, mutant, await runFollowed(session, file, mutant, baseline, limitMs)));
  }
}

/** A file that takes longer than this is not waited for. */
const longestBaselineMs = 300_000;

/** Without a mutant. */
function runPlain(session: Session, file: string, options: Partial<FileTask>): Promise<FileRun> {
  const plain = { mutant: null, usual: [], stopAtFirst: false, watchModules: false, limitMs: longestBaselineMs };
  return run(session, { ...plain, graceMs: longestBaselineMs, ...options, file });
}

/** Test by test. The hooks that follow tests would change a file that has none: it would be a different program. */
function runFollowed(
  session: Session,
  file: string,
  mutant: number | null,
  { usesHarness, counts, durationMs }: FileRun,
  limitMs: number,
): Promise<FileRun> {
  const usual = counts?.usual ?? [];
  const graceMs = Math.max(leastLimitMs, durationMs);
  return run(session, { file, mutant, usual, stopAtFirst: usesHarness, watchModules: false, limitMs, graceMs });
}

function run(
  { request, command, loaders }: Session,
  task: Omit<FileTask, "sources" | "switchName" | "hooks" | "loaders">,
): Promise<FileRun> {
  const { sources, switchName, insideFile } = request;
  return runFile(command, { ...task, sources, switchName, loaders, hooks: hooksBeside(insideFile) });
}

function hooksBeside(insideFile: string): string {
  return pathToFileURL(join(dirname(insideFile), "mutation-node-hooks.cjs")).href;
}

/** Says once what the loaded modules show. */
function teller({ request, say }: Session): (run: FileRun) => void {
  const isBuilt = builtOutput(Object.keys(request.sources));
  const tell = once(say);
  return ({ loaded, modules }) => {
    for (const file of loaded) tell({ kind: "loaded", file });
    for (const file of modules) {
      if (isBuilt(file)) tell({ kind: "built", file });
      if (file.startsWith(request.root) && startsProcesses(textOf(file))) tell({ kind: "starter", file });
    }
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // A test has removed it again.
    return "";
  }
}

await serve(work);
