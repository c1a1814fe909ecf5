// Tries mutants by running a test command anew for each, in a copy of the repository with all of them compiled in.
import { randomUUID } from "node:crypto";
import { join, relative } from "node:path";
import { AssayError, toAssayError } from "../../model/errors.ts";
import type { Host } from "../../model/process.ts";
import type { CommandPlace, MutationRequest } from "../request.ts";
import type { MutationPlan } from "../plan.ts";
import type { Tried, TrialLog } from "../trial-log.ts";
import { Bench } from "./bench.ts";
import { runIsOver, type TestRun } from "./test-run.ts";
import { runBaseline, tryMutant, type Stage } from "./try-mutants.ts";

interface Session {
  readonly host: Host;
  readonly request: MutationRequest;
  readonly plan: MutationPlan;
  readonly log: TrialLog;
}

/** One command after the other, until all is settled. What kept one from telling matters if something is left. */
export async function judgeByCommands(
  host: Host,
  request: MutationRequest,
  plan: MutationPlan,
  log: TrialLog,
): Promise<void> {
  const errors: AssayError[] = [];
  for (const place of request.commands) {
    if (log.isSettled) break;
    try {
      // What a command was not asked for has not gone unnoticed.
      if (host.signal.aborted) throw runIsOver();
      errors.push(...(await judgeBy({ host, request, plan, log }, place)));
    } catch (error) {
      const told = toAssayError(error, "tool-failed");
      if (place.command.isUnknown === true && told.code !== "interrupted") {
        // What can not be run here might have executed what nobody else does.
        if (told.code !== "no-tests-ran") log.unasked += 1;
        continue;
      }
      // What others test need not be what this one does.
      if (place.command.isBeside !== true || told.code !== "no-tests-ran") errors.push(told);
    }
  }
  if (!log.isSettled) log.errors.push(...errors);
}

/** Answers why mutants could not be judged. */
async function judgeBy(session: Session, place: CommandPlace): Promise<readonly AssayError[]> {
  const bench = openBench(session, place, session.plan.sources);
  const failed = await bench.make(place.command.prepare);
  if (failed) throw failed;
  const told = (durationMs: number): void =>
    void session.log.commands.push({ label: place.command.label, runs: bench.runs, durationMs });
  let baseline: TestRun;
  try {
    baseline = await reachingBaseline(session, place, bench);
  } catch (error) {
    const near = await nearestAlone(session, place, bench);
    // What is left might be noticed by the others.
    if (near === undefined || !session.log.isSettled) throw error;
    told(near.durationMs);
    return [];
  }
  record(session, place, bench, baseline);
  const errors = await runStages(session, place, bench, baseline);
  told(baseline.durationMs);
  return errors;
}

/** Tries what is alive against the nearest test files, where all tests together take too long, or are red. */
async function nearestAlone(session: Session, place: CommandPlace, bench: Bench): Promise<TestRun | undefined> {
  const { request, plan } = session;
  const files = place.testFiles.slice(0, mostNear).map((file) => join(bench.place.copy, file));
  if (!place.command.takesFiles || files.length === 0) return undefined;
  const run = await bench.run(null, files, request.longestCommandMs);
  if (!isGreenAlone(run, files)) return undefined;
  bench.rounds = run.facts.rounds;
  record(session, place, bench, run);
  await runStage(session, place, { bench, files, baseline: run, control: plan.mutants.length });
  return run;
}

async function runStages(
  session: Session,
  place: CommandPlace,
  bench: Bench,
  baseline: TestRun,
): Promise<readonly AssayError[]> {
  const near = await nearestStage(session, place, bench, baseline);
  if (near) await runStage(session, place, near);
  return runStage(session, place, { bench, files: null, baseline, control: session.plan.mutants.length });
}

function openBench(
  { host, request, plan: { switchName } }: Session,
  { command }: CommandPlace,
  texts: MutationPlan["sources"],
): Bench {
  const at = join(host.scratch, randomUUID());
  const { root, files, workers } = request;
  const program = { switchProgram: workers.switchProgram, switchName };
  return new Bench(host, { root, paths: files, texts, at, command, ...program });
}

/** A green run without a mutant that loads the change; of a build where the tests execute what is built. */
async function reachingBaseline(session: Session, place: CommandPlace, bench: Bench): Promise<TestRun> {
  const { longestCommandMs } = session.request;
  const { build, label, prepare } = bench.command;
  let run = await runBaseline(bench, longestCommandMs);
  const isAboutChange = run.outcome === "passed" && run.facts.loaded.size > 0;
  if (!isAboutChange && build !== null && !prepare.some(({ line }) => line === build)) {
    const failed = await bench.make([{ line: build, mayFail: false }]);
    // What fails with a stale build, or none, fails for that.
    if (failed && run.outcome === "passed") throw failed;
    if (!failed) run = await runBaseline(bench, longestCommandMs);
  }
  if (run.outcome !== "passed") throw await redBaseline(session, place, bench, run);
  if (run.facts.loaded.size > 0 || (build === null && run.tests !== null)) return run;
  const why =
    build === null ? "says nothing of its tests" : "executes the changed code only through a build, if at all";
  const message = `\`${label}\` loads none of the changed files, and ${why}; let its tests import them`;
  throw new AssayError("no-tests-ran", message);
}

/** Tells tests that fail in any case from those that only fail for the code that is put into theirs. */
async function redBaseline(session: Session, place: CommandPlace, bench: Bench, run: TestRun): Promise<AssayError> {
  const { label } = bench.command;
  const said = run.failure?.message ?? "";
  if (run.outcome === "unknown") return new AssayError("no-tests-ran", `\`${label}\`: ${said}`);
  if (run.exitCode === 126 || run.exitCode === 127) return new AssayError("tool-missing", `\`${label}\`: ${said}`);
  const plain = openBench(session, place, {});
  const unmade = await plain.make(bench.made);
  const passes =
    unmade === undefined && (await runBaseline(plain, session.request.longestCommandMs)).outcome === "passed";
  const what = `\`${label}\` fails${run.failure?.test ? ` in "${run.failure.test}"` : ""}`;
  const when = passes ? "once the code is instrumented, and passes otherwise" : "without any mutant, in a copy";
  const { leftOut } = bench.overlay;
  const without = leftOut.length === 0 ? "" : ` without ${leftOut.join(", ")}, too large to be copied`;
  return new AssayError("baseline-failed", `${what} ${when}${without}: ${said}`, { hint: "assay loop --only tests" });
}

function record({ request, log }: Session, place: CommandPlace, bench: Bench, run: TestRun): void {
  for (const number of run.facts.loaded) log.loaded.add(bench.instrumented[number] ?? "");
  log.executed([...run.facts.executed]);
  const files = run.files.map((file) => inRepository(request.root, bench, file));
  const common = {
    kind: "baseline",
    failure: null,
    tests: run.tests ?? 0,
    isBound: false,
    durationMs: run.durationMs,
  } as const;
  const { executed, reached } = run.facts;
  for (const file of files.length > 0 ? files : [join(request.root, place.command.evidence)])
    log.baselines.set(file, {
      ...common,
      file,
      executed: [...executed],
      reached: [...reached],
      // A runner that could be driven has counted.
      usual: log.baselines.get(file)?.usual ?? [],
    });
}

function inRepository(root: string, { place }: Bench, file: string): string {
  return join(root, relative(place.copy, file));
}

/** More would be as slow as all of them. */
const mostNear = 3;
/** Below this it is hardly worth it. */
const worthMs = 1500;

/** The nearest test files alone, where they can be run alone and are quicker. */
async function nearestStage(
  { request, log, plan }: Session,
  { command, testFiles }: CommandPlace,
  bench: Bench,
  baseline: TestRun,
): Promise<Stage | undefined> {
  if (!command.takesFiles || baseline.durationMs < worthMs || log.alive.size === 0) return undefined;
  const { files: all } = baseline;
  const own = testFiles.map((file) => join(bench.place.copy, file));
  // What the runner does not count among its tests can neither kill nor save.
  const files = own.filter((file) => all.length === 0 || all.includes(file)).slice(0, mostNear);
  if (files.length === 0 || files.length === all.length) return undefined;
  const run = await bench.run(null, files, request.longestCommandMs);
  return isGreenAlone(run, files) && run.durationMs < 0.7 * baseline.durationMs
    ? { bench, files, baseline: run, control: plan.mutants.length }
    : undefined;
}

/** Did these files pass, and no others run? */
function isGreenAlone(run: TestRun, files: readonly string[]): boolean {
  return run.outcome === "passed" && run.tests !== null && run.files.every((file) => files.includes(file));
}

async function runStage(session: Session, place: CommandPlace, stage: Stage): Promise<readonly AssayError[]> {
  const { host, log, plan } = session;
  const errors: AssayError[] = [];
  const reached = [...log.alive].filter((each) => stage.baseline.facts.reached.has(each));
  for (const [tried, mutant] of reached.entries()) {
    if (log.isSettled) break;
    host.progress(`${log.progressLine}; ${place.command.label}, mutant ${tried + 1} of ${reached.length}`);
    const trial = await tryMutant(stage, mutant);
    const event = triedBy(session, place, stage, mutant, trial);
    if (trial.kind === "dead") log.settle(mutant, { status: trial.status, by: event });
    else if (trial.kind === "undecided") {
      // A part of the tests that contradicts itself leaves the question to all of them.
      if (stage.files === null) errors.push(new AssayError("baseline-failed", `${nameOf(plan, mutant)}: ${trial.why}`));
    } else if (stage.files === null) {
      log.outlive(mutant, event);
      log.proven.add(mutant);
    }
  }
  return errors;
}

function nameOf(plan: MutationPlan, mutant: number): string {
  const named = plan.mutants[mutant];
  return named ? `${named.path}:${named.line} could not be judged` : "A mutant could not be judged";
}

function triedBy(
  { request }: Session,
  { command, testFiles }: CommandPlace,
  { bench, files }: Stage,
  mutant: number,
  trial: Awaited<ReturnType<typeof tryMutant>>,
): Tried {
  const run = trial.kind === "undecided" ? null : trial.run;
  const failedFile = run?.failedFile ?? null;
  const told = failedFile ?? (files?.length === 1 ? (files[0] ?? null) : null);
  const nearest = told === null ? undefined : inRepository(request.root, bench, told);
  const near = testFiles[0] ?? command.evidence;
  return {
    kind: "tried",
    mutant,
    file: nearest ?? join(request.root, trial.kind === "dead" ? command.evidence : near),
    outcome: run === null || run.outcome === "unknown" ? "polluted" : run.outcome,
    failure: run?.failure ?? null,
    nearest: null,
    testsRun: run?.tests ?? 0,
    hits: run?.facts.hit ? 1 : 0,
  };
}
