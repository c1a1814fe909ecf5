// Mutation testing from the change to the report.
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { FilePair } from "../model/check.ts";
import type { LineRange } from "../model/change.ts";
import { AssayError } from "../model/errors.ts";
import type { Mutant } from "../model/mutant.ts";
import { repoPath, type RepoPath } from "../model/paths.ts";
import type { Host } from "../model/process.ts";
import { confirm, type Stage } from "./confirm.ts";
import { loopMutants, type Site } from "./loop.ts";
import { planMutation, type MutationPlan } from "./plan.ts";
import type { MutantResult, MutationReport, TestName } from "./report.ts";
import { TrialLog } from "./trial-log.ts";

export interface MutationRequest {
  /** The repository's root, symbolic links resolved. */
  readonly root: string;
  readonly pairs: readonly FilePair[];
  readonly maxMutants: number;
  /** One for each folder in which the repository runs vitest. */
  readonly runners: readonly VitestPlace[];
  /** Other test runners whose tests the change can reach: `jest in packages/core`. */
  readonly otherRunners: readonly string[];
  readonly workers: WorkerFiles;
  /** Which of these the compiler refuses, by id. Asked about survivors only. */
  readonly refusedByCompiler?: (survivors: readonly Mutant[]) => Promise<ReadonlySet<string>>;
}

export interface VitestPlace {
  /** Where vitest is run. */
  readonly dir: RepoPath;
  readonly version: string;
  /** Absolute path of the installed `vitest` folder. */
  readonly vitestDir: string;
  /** Test files of this place that can reach the change, the nearest first. */
  readonly testFiles: readonly RepoPath[];
}

export interface WorkerFiles {
  readonly main: string;
  readonly runner: string;
}

/** The worker's files where they are shipped: beside the bundle that a module's own URL points into. */
export function workersBeside(moduleUrl: string): WorkerFiles {
  const beside = (name: string): string => fileURLToPath(new URL(name, moduleUrl));
  return { main: beside("mutation-worker.js"), runner: beside("mutation-vitest-runner.js") };
}

const supportedMajors = new Set(["3", "4", "5"]);

/** Never throws for what tests or mutants do; what could not be found out is in the report's `errors`. */
export async function runMutation(host: Host, request: MutationRequest): Promise<MutationReport> {
  const { parseSource } = await import("../source/parse.ts");
  const plan = planMutation(
    request.root,
    request.pairs,
    request.maxMutants,
    (path, text) => parseSource(path, text).syntaxErrors.length === 0,
  );
  const log = new TrialLog(plan.mutants.length, new Set(plan.lines.flatMap(({ probes }) => probes)));
  for (const path of plan.unusable)
    log.errors.push(new AssayError("internal", `${path} could not be prepared for mutation testing`));
  if (plan.lines.length > 0 || plan.mutants.length > 0) await judge(host, request, plan, log);
  return toReport(request, plan, log);
}

async function judge(host: Host, request: MutationRequest, plan: MutationPlan, log: TrialLog): Promise<void> {
  const errors = unsupported(request);
  log.errors.push(...errors);
  if (errors.length > 0) return;
  const stages: Stage[] = [];
  for (const place of request.runners) {
    const site = siteOf(host, request, place, plan);
    const files = place.testFiles.map((file) => join(request.root, file));
    stages.push({ site, files: new Set(files) });
    const red = await loopMutants(site, files, log, false);
    if (red.length > 0 && log.errors.length === 0) await retryRed(site, request.root, red, log);
    if (log.isSettled || log.errors.length > 0) break;
  }
  if (stages.some(({ files }) => files.size > 0) && log.baselines.size === 0 && log.errors.length === 0) {
    log.errors.push(new AssayError("no-tests-ran", "vitest counts none of the affected test files among its tests"));
  }
  if (log.errors.length === 0 && log.unexecuted.size > 0 && request.otherRunners.length > 0) {
    log.errors.push(unsupportedRunners(request.otherRunners));
  }
  if (log.errors.length === 0) await confirm(stages, log, (mutant) => describe(plan.mutants[mutant]));
}

function unsupported({ runners, otherRunners }: MutationRequest): AssayError[] {
  const old = runners.find(({ version }) => !supportedMajors.has(version.split(".", 1)[0] ?? ""));
  if (old) {
    return [
      new AssayError(
        "tool-missing",
        `Mutation testing supports vitest 3, 4 and 5; ${old.dir || "the root"} has ${old.version}`,
      ),
    ];
  }
  if (runners.length > 0) return [];
  return [unsupportedRunners(otherRunners)];
}

function unsupportedRunners(names: readonly string[]): AssayError {
  const reach = names.length > 0 ? `; the change is tested by ${names.join(", ")}` : "";
  return new AssayError("tool-missing", `Mutation testing supports vitest 3, 4 and 5${reach}`);
}

function siteOf(host: Host, request: MutationRequest, place: VitestPlace, plan: MutationPlan): Site {
  const session = {
    vitestDir: place.vitestDir,
    root: join(request.root, place.dir),
    runnerFile: request.workers.runner,
    sources: plan.sources,
  };
  return { host, workerFile: request.workers.main, session };
}

/** Tests that fail together may pass alone; tests that fail alone may fail because the code looks different. */
async function retryRed(site: Site, root: string, red: readonly string[], log: TrialLog): Promise<void> {
  const stillRed = await loopMutants(site, red, log, true);
  if (stillRed.length === 0) return;
  const plainSite = { ...site, session: { ...site.session, sources: {} } };
  const plain = new TrialLog(0, new Set([0]));
  const redWithoutUs = await loopMutants(plainSite, stillRed, plain, true);
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

async function toReport(request: MutationRequest, plan: MutationPlan, log: TrialLog): Promise<MutationReport> {
  const results = plan.mutants.flatMap((mutant, number) => resultOf(request.root, mutant, number, log));
  const survivors = results.filter(({ status }) => status === "survived").map(({ mutant }) => mutant);
  const refused = survivors.length > 0 ? await request.refusedByCompiler?.(survivors) : undefined;
  const uncovered = log.errors.length > 0 ? [] : uncoveredLines(plan, log);
  return {
    mutants: refused === undefined ? results : results.map((result) => judgedByCompiler(result, refused)),
    runtimeLines: plan.lines.length,
    uncovered: [...uncovered].map(([path, lines]) => ({ path, ranges: toRanges(lines) })),
    candidates: plan.candidates,
    arid: plan.arid,
    testFilesRun: log.baselines.size,
    errors: log.errors,
  };
}

function judgedByCompiler(result: MutantResult, refused: ReadonlySet<string>): MutantResult {
  return refused.has(result.mutant.id) ? { ...result, status: "compile-error" } : result;
}

function resultOf(root: string, mutant: Mutant, number: number, log: TrialLog): MutantResult[] {
  const verdict = log.verdicts.get(number);
  const outlived = log.outlived.get(number) ?? [];
  const sumOf = (key: "testsRun" | "hits"): number => outlived.reduce((sum, run) => sum + run[key], 0);
  const nearestRun = outlived[0];
  const nearest: TestName | null = nearestRun
    ? { file: pathOf(root, nearestRun.file), test: nearestRun.nearest }
    : null;
  const base = { mutant, killedBy: null, message: null, nearest, testsRun: sumOf("testsRun"), hits: sumOf("hits") };
  // What is not settled was reached by no test, unless an error kept us from finding out.
  if (verdict === undefined) return log.errors.length > 0 ? [] : [{ ...base, status: "no-coverage" }];
  if (verdict.status === "survived") return [{ ...base, status: "survived" }];
  const { by, status } = verdict;
  const killedBy = { file: pathOf(root, by.file), test: by.failure?.test ?? null };
  const own = "testsRun" in by ? { testsRun: base.testsRun + by.testsRun, hits: base.hits + by.hits } : {};
  return [{ ...base, ...own, status, killedBy, message: by.failure?.message ?? null }];
}

function uncoveredLines(plan: MutationPlan, log: TrialLog): Map<RepoPath, number[]> {
  const uncovered = new Map<RepoPath, number[]>();
  for (const { path, line, probes } of plan.lines) {
    if (probes.some((probe) => !log.unexecuted.has(probe))) continue;
    uncovered.set(path, [...(uncovered.get(path) ?? []), line]);
  }
  return uncovered;
}

function toRanges(lines: readonly number[]): LineRange[] {
  const ranges: LineRange[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line === last.end + 1) ranges[ranges.length - 1] = { start: last.start, end: line };
    else ranges.push({ start: line, end: line });
  }
  return ranges;
}

function pathOf(root: string, file: string): RepoPath {
  return repoPath(relative(root, file).split(sep).join("/"));
}

function describe(mutant: Mutant | undefined): string {
  return mutant ? `${mutant.path}:${mutant.line} \`${mutant.original}\` → \`${mutant.replacement}\`` : "A mutant";
}
