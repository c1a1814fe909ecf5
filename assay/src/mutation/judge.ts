// From the plan to what the tests say of every mutant, place by place.
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AssayError } from "../model/errors.ts";
import type { Mutant } from "../model/mutant.ts";
import type { Host } from "../model/process.ts";
import { bearingOf } from "./bearing.ts";
import { judgeByCommands } from "./command/judge-commands.ts";
import { Compiler } from "./compiler.ts";
import { confirm } from "./confirm.ts";
import { drivenVersions, isDriven } from "./driven-versions.ts";
import { KeptTrials } from "./kept-trials.ts";
import { loopMutants, type Site } from "./loop.ts";
import type { MutationPlan } from "./plan.ts";
import type { MutationRequest, RunnerPlace } from "./request.ts";
import { bearsOnOpen } from "./worker/board.ts";
import type { Bearing } from "./worker/protocol.ts";
import { workerOf } from "./runner-process.ts";
import { SpareSession } from "./session.ts";
import { namesakesOf, speakingOf } from "./subjects.ts";
import { pathOf } from "./to-report.ts";
import { TrialLog } from "./trial-log.ts";
import { decisiveOf } from "./unloadable.ts";

/** What was run in one place. */
interface Attempt {
  readonly site: Site;
  readonly files: readonly string[];
  /** Why the place could not be run to its end. */
  readonly errors: readonly AssayError[];
}

/** Tries the plan's mutants against the tests of every place, until all is settled or all have run. */
export async function judge(host: Host, request: MutationRequest, plan: MutationPlan, log: TrialLog): Promise<void> {
  const unsupported = unsupportedBy(request);
  if (unsupported) {
    log.errors.push(unsupported);
    return;
  }
  // What a runner keeps of this plan's code is of no use to another one.
  const scratch = join(host.scratch, randomUUID());
  const bearing = bearingOf(request, plan);
  const compiler = new Compiler(host, request);
  const decisive = new Set<string>();
  const onSurvival = (file: string): void => {
    if (decisive.has(file) && !log.isSample)
      compiler.begin([...log.alive].flatMap((number) => plan.mutants[number] ?? []));
  };
  const sites = request.runners.map((place) => ({
    ...siteOf(host, scratch, request, place, plan),
    bearing,
    onSurvival,
  }));
  const memory = request.replay === null ? host.memory() : null;
  const { parseSource } = await import("../source/parse.ts");
  const kept = memory && new KeptTrials(memory, request, plan, parseSource);
  const homes = new Map(kept?.recall(log, sites));
  const remembered = new Set(homes.keys());
  const inOrder = (files: readonly string[], site: Site): readonly string[] => {
    const order = tellingFirst(files, plan, site, log);
    for (const file of order.decisive) decisive.add(file);
    return order.files;
  };
  const trying = tryPlaces(sites, request, inOrder, log, homes, (file) => !log.isGreen(file));
  // What was kept of some mutants tells of the compiler too.
  const isNew = request.replay === null && remembered.size === 0;
  if (isNew && availableParallelism() > runnerCores) compiler.begin(plan.mutants);
  await trying;
  // Who had killed these mutants may have been rewritten, and left them to files that had not been asked; and a run that
  // ended too soon has left some in the middle of a file.
  const isDue = (file: string, site: Site): boolean =>
    remembered.has(file) && homes.get(file) === site && log.leavesOut(file);
  await tryPlaces(sites, request, inOrder, log, homes, isDue, (file) => kept?.forget(file));
  if (log.errors.length === 0) await judgeByCommands(host, request, plan, log);
  log.order(sites.flatMap((site) => filesOf(site, request)));
  log.unasked += sites.flatMap((site) => filesOf(site, request).filter((file) => isUnasked(file, site, log))).length;
  if (log.unexecuted.size > 0)
    log.beside = (await besideOf(sites, request)).filter((file) => mayExecute(file, bearing, log));
  if (log.errors.length === 0) log.errors.push(...gapsIn(request, plan, bearing, log));
  const settleCompiled = (): Promise<void> => settleRefused(compiler, plan, log);
  if (log.errors.length === 0) {
    const nameOf = (mutant: number): string => describe(plan.mutants[mutant]);
    await confirm(homes, log, nameOf, settleCompiled);
  } else if (log.isStopped) await settleCompiled();
  compiler.close();
  for (const { spare } of sites) spare.close();
  kept?.keep(log, homes);
  if (log.errors.length > 0 && !(log.isStopped && log.commands.length + 1 >= request.commands.length)) return;
  const isProven = (mutant: number): boolean =>
    log.alive.has(mutant) && (log.errors.length === 0 || log.accepted.has(mutant));
  for (const mutant of log.proven) if (isProven(mutant)) log.settle(mutant, { status: "survived" });
}

/** So many the runner keeps busy by itself; what is begun for nothing, where every mutant is killed, must not hold it up. */
const runnerCores = 2;

/** Runs the files that are due, place by place, until all is settled or all have run. */
async function tryPlaces(
  sites: readonly Site[],
  request: MutationRequest,
  order: (files: readonly string[], site: Site) => readonly string[],
  log: TrialLog,
  homes: Map<string, Site>,
  isDue: (file: string, site: Site) => boolean,
  beforeRun: (file: string) => void = () => undefined,
): Promise<void> {
  const attempts: Attempt[] = [];
  log.progress.expect(sites.flatMap((site) => filesOf(site, request).filter((file) => isDue(file, site))).length);
  for (const site of sites) {
    if (isOver(log)) break;
    const due = filesOf(site, request).filter((file) => isDue(file, site));
    const files = order(due, site);
    for (const file of files) beforeRun(file);
    // One process that waits is enough: a workspace may have many places.
    if (files.length > 0) for (const { spare } of sites) spare.close();
    // In another place it may load.
    const decides = (red: readonly string[]): string | undefined =>
      sites.length === 1 ? decisiveOf(red, request, site.bearing, log) : undefined;
    const red = await loopMutants(site, files, log, false, (soFar) => decides(soFar) !== undefined);
    const decisive = log.errors.length === 0 ? decides(red) : undefined;
    if (decisive !== undefined) {
      await retryRed(site, request, [decisive], log);
      if (log.errors.length > 0) return;
      const others = files.filter((file) => !red.includes(file));
      await loopMutants(site, others, log, false);
    }
    attempts.push({ site, files, errors: site.host.signal.aborted ? [] : log.errors.splice(0) });
    settleIn(homes, site, files, log);
  }
  for (const attempt of attempts) await repeat(request, attempt, homes, log);
}

interface Order {
  readonly files: readonly string[];
  /** What outlives one of these will probably outlive the others. */
  readonly decisive: readonly string[];
}

/** What may tell of a mutant comes before what can only execute lines, and first of all what is named after it or speaks of it. */
function tellingFirst(files: readonly string[], plan: MutationPlan, { bearing }: Site, log: TrialLog): Order {
  const open = { isAlive: (mutant: number) => log.isAlive(mutant), isUnexecuted: () => false };
  const telling = files.filter((file) => bearsOnOpen(file, bearing, open));
  const speaking = speakingOf(telling, plan.subjects);
  const namesakes = namesakesOf(
    telling,
    plan.mutants.map(({ path }) => path),
  );
  const first = [...new Set([...namesakes, ...speaking, ...telling])];
  return {
    files: [...new Set([...first, ...files])],
    decisive: speaking.size > 0 ? [...speaking] : first.slice(-1),
  };
}

/** Was it left out, and might it have executed what nobody has? */
function isUnasked(file: string, { bearing, foreign }: Site, log: TrialLog): boolean {
  return !log.baselines.has(file) && !foreign.has(file) && mayExecute(file, bearing, log);
}

/** What other scripts alone run. */
async function besideOf(sites: readonly Site[], request: MutationRequest): Promise<readonly string[]> {
  const own = new Set(sites.flatMap((site) => filesOf(site, request).filter((file) => !site.foreign.has(file))));
  return (await request.filesBeside()).map((file) => join(request.root, file)).filter((file) => !own.has(file));
}

/** May it execute what nobody has? */
function mayExecute(file: string, bearing: Bearing | null, log: TrialLog): boolean {
  return bearsOnOpen(file, bearing, { isAlive: () => false, isUnexecuted: (probe) => log.unexecuted.has(probe) });
}

function filesOf({ place }: Site, { root }: MutationRequest): readonly string[] {
  return place.testFiles.map((file) => join(root, file));
}

/** A change that can not be built needs no test. */
async function settleRefused(compiler: Compiler, plan: MutationPlan, log: TrialLog): Promise<void> {
  const unknown = log.candidates.filter((number) => !log.accepted.has(number));
  const { refused, accepted } = await compiler.judge(unknown.flatMap((number) => plan.mutants[number] ?? []));
  for (const number of unknown) {
    const id = plan.mutants[number]?.id ?? "";
    if (refused.has(id)) log.settle(number, { status: "compile-error" });
    else if (accepted.has(id)) log.accepted.add(number);
  }
}

function isOver(log: TrialLog): boolean {
  return log.isSettled || log.errors.length > 0;
}

/** The first place in which a file passes is where it is run again. */
function settleIn(homes: Map<string, Site>, site: Site, files: readonly string[], log: TrialLog): void {
  for (const file of files) if (log.isGreen(file) && !homes.has(file)) homes.set(file, site);
}

/** What lies among tests without such a name may be there to help them. */
const testName = /[._](?:test|spec)\.[cm]?[jt]sx?$/;

/** A file that did not pass anywhere matters only as long as something is left that it might have told about. */
async function repeat(
  request: MutationRequest,
  { site, files, errors }: Attempt,
  homes: Map<string, Site>,
  log: TrialLog,
): Promise<void> {
  if (isOver(log)) return;
  const failed = files.filter((file) => log.baselines.has(file) && !log.isGreen(file));
  const red = failed.filter((file) => !log.baselines.get(file)?.isBound || bearsOnOpen(file, site.bearing, log));
  if (errors.length === 0 && red.length > 0) await retryRed(site, request, red, log);
  settleIn(homes, site, red, log);
  const missed = files.some((file) => testName.test(file) && !log.baselines.has(file) && !log.idle.has(file));
  if (missed && !log.isSettled) log.errors.push(...errors);
}

/** Tests that fail together may pass alone; tests that fail alone may fail because the code looks different. */
async function retryRed(
  site: Site,
  { root, replay }: MutationRequest,
  red: readonly string[],
  log: TrialLog,
): Promise<void> {
  log.progress.expect(red.length);
  const stillRed = await loopMutants(site, red, log, true);
  if (stillRed.length === 0 || log.isSettled) return;
  const session = { ...site.session, sources: replay?.texts ?? {} };
  const plainSite = { ...site, session, spare: new SpareSession(), bearing: null };
  const plain = new TrialLog(0, new Set([0]), { patienceMs: 0, isSample: false });
  const redWithoutUs = await loopMutants(plainSite, stillRed, plain, true);
  plainSite.spare.close();
  for (const file of stillRed) {
    const failure = log.baselines.get(file)?.failure;
    const what = `${pathOf(root, file)}${failure?.test ? ` "${failure.test}"` : ""} fails`;
    const why = failure ? `: ${failure.message}` : "";
    const when = redWithoutUs.includes(file)
      ? "without any mutant"
      : "once the code is instrumented, and passes otherwise";
    log.errors.push(new AssayError("baseline-failed", `${what} ${when}${why}`, { hint: "assay loop --only tests" }));
  }
}

function gapsIn(
  { root, runners, otherRunners }: MutationRequest,
  plan: MutationPlan,
  bearing: Bearing | null,
  log: TrialLog,
): AssayError[] {
  const [outside, ...others] = [...log.elsewhere].filter((file) => bearsOnOpen(file, bearing, log));
  if (outside !== undefined) {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    const message = `No mutant can be tried in a browser or another runtime, which runs ${pathOf(root, outside)}${more}; what is noticed there of the change is not known: let a project of vitest that runs in Node have tests of it too`;
    return [new AssayError("tool-missing", message)];
  }
  if (runners.some(({ testFiles }) => testFiles.length > 0) && log.baselines.size + log.idle.size === 0) {
    const names = [...new Set(runners.map(({ start }) => start.runner))].join(" and ");
    return [new AssayError("no-tests-ran", `${names} counts none of the affected test files among its tests`)];
  }
  const [untried] = log.untried;
  if (untried !== undefined) {
    return [new AssayError("internal", `${describe(plan.mutants[untried])} was reached by a test and not tried`)];
  }
  return log.unexecuted.size > 0 && otherRunners.length > 0 ? [unsupportedRunners(otherRunners)] : [];
}

function unsupportedBy({ runners, commands, otherRunners }: MutationRequest): AssayError | undefined {
  const old = runners.map(({ start }) => start).find((start) => !isDriven(start));
  if (old) {
    return new AssayError(
      "tool-missing",
      `Mutation testing supports ${drivenVersions}; ${old.dir || "the root"} has ${old.runner} ${old.version}`,
    );
  }
  return runners.length > 0 || commands.length > 0 ? undefined : unsupportedRunners(otherRunners);
}

function unsupportedRunners(names: readonly string[]): AssayError {
  const found = names.length > 0 ? `the change is tested by ${names.join(", ")}` : "no script or configuration runs it";
  return new AssayError("tool-missing", `Mutation testing supports ${drivenVersions}; ${found}`);
}

function siteOf(
  host: Host,
  scratch: string,
  request: MutationRequest,
  place: RunnerPlace,
  plan: MutationPlan,
): Omit<Site, "bearing" | "onSurvival"> {
  const { start } = place;
  const session = {
    runnerDir: start.runnerDir,
    args: start.args,
    root: join(request.root, start.dir),
    repository: request.root,
    scratch,
    insideFile: request.workers.runners[start.runner].inside,
    switchName: plan.switchName,
    control: plan.mutants.length,
    sources: plan.sources,
  };
  const worker = workerOf(request.workers, start);
  return { host, place, worker, session, spare: new SpareSession(), foreign: new Set() };
}

function describe(mutant: Mutant | undefined): string {
  return mutant ? `${mutant.path}:${mutant.line} \`${mutant.original}\` → \`${mutant.replacement}\`` : "A mutant";
}
