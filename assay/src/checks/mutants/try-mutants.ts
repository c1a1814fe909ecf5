// Tries the mutants of a change with the repository's own tests.
import type { PlanContext } from "../../model/check.ts";
import { AssayError } from "../../model/errors.ts";
import type { TaskOutcome } from "../../model/finding.ts";
import { isWithin, repoPath, rootDir, type RepoPath } from "../../model/paths.ts";
import type { Host } from "../../model/process.ts";
import {
  mutatorsNamed,
  runMutation,
  toOutcome,
  toSchemaReport,
  workersBeside,
  type CommandPlace,
  type MutationRequest,
  type RunnerPlace,
} from "../../mutation/index.ts";
import { roleOf } from "../../source/role.ts";
import { allTools } from "../../tools/index.ts";
import { usesPlugAndPlay } from "../../tools/packages/installed.ts";
import { notInstalledError } from "../../tools/plan-role.ts";
import type { Detection, Tool } from "../../tools/tool.ts";
import { prepare, preparedPackages } from "../../tools/runners/preparation.ts";
import {
  commandPlacesOf,
  driven,
  filesBeside,
  hasTests,
  isAsked,
  placesOf,
  specificFirst,
  type Loads,
} from "../runners/runner-places.ts";
import { doubtedFiles } from "./doubted-files.ts";
import { isTestSupport } from "./test-support.ts";
import { typeCheckers } from "./type-checkers.ts";

/** Says what became of them, with the report for whoever asks for it. */
export async function tryMutants(host: Host, context: PlanContext): Promise<TaskOutcome> {
  const mutators = mutatorsNamed(context.workspace.config.mutators);
  const request = await requestOf(context);
  let report = await runMutation(host, request, mutators);
  if (isRed(toOutcome(report)) && (await isPrepared(host, context, request)))
    report = await runMutation(host, request, mutators);
  const outcome = toOutcome(report);
  if (outcome.status === "errored" && outcome.error.code === "tool-missing")
    return { status: "errored", error: (await obstacle(context, request)) ?? outcome.error };
  if (outcome.status === "errored" || outcome.status === "skipped") return outcome;
  return { ...outcome, attachment: { kind: "mutation-report", content: toSchemaReport(report, context.pairs) } };
}

/** Why nothing can run the tests, where there is something to run them. */
async function obstacle(context: PlanContext, { runners, commands }: MutationRequest): Promise<AssayError | null> {
  if (runners.length > 0 || commands.length > 0) return null;
  const detections = (await detectionsOf(context, testTools)).filter(({ dir }) => isReached(context, dir));
  const bound = detections.find(({ dir }) => usesPlugAndPlay(context.workspace, dir));
  if (bound !== undefined) {
    const message = `${bound.tool} (${bound.evidence}) needs Yarn's Plug'n'Play, which a copy of the repository does not have; with \`nodeLinker: node-modules\` mutants can be tried`;
    return new AssayError("tool-missing", message);
  }
  const missing = detections.find(({ version }) => version === null);
  return missing === undefined ? null : notInstalledError(missing);
}

/** Were the tests red without any mutant? */
function isRed(outcome: TaskOutcome): boolean {
  return outcome.status === "errored" && outcome.error.code === "baseline-failed";
}

/** Is there something now that the scripts of these tests make first, and that may not have been there? */
async function isPrepared(host: Host, { workspace }: PlanContext, { runners }: MutationRequest): Promise<boolean> {
  const packages = runners.flatMap(({ start }) => preparedPackages(workspace, start.dir));
  return packages.length > 0 && (await prepare(host, workspace, packages)).status === "passed";
}

async function requestOf(context: PlanContext): Promise<MutationRequest> {
  const { workspace, pairs, affected } = context;
  const loads = loadsOf(context);
  // Nearest first: that is the order of `reached`.
  const reached = specificFirst([...affected.reached.keys()], loads);
  const order = new Map(reached.map((path, index) => [path, index]));
  const nearness = ({ testFiles }: RunnerPlace): number => order.get(testFiles[0] ?? rootDir) ?? Infinity;
  const places = (await placesOf(workspace, reached)).toSorted((a, b) => nearness(a) - nearness(b));
  const commands = await commandsOf(context);
  return {
    root: workspace.root,
    pairs,
    support: new Set(pairs.map(({ change }) => change.path).filter((path) => isTestSupport(path, context))),
    overlooked: overlookedBy(context, loads),
    doubted: doubtedFiles(context),
    maxMutants: workspace.config.maxMutants,
    listed: context.listed,
    replay: null,
    equivalents: workspace.config.equivalents,
    // With no test to run it still is known who would run it.
    runners: places.some(hasTests) || commands.length > 0 ? places.filter(hasTests) : places.slice(0, 1),
    commands,
    longestCommandMs: 1000 * workspace.config.commandSeconds,
    patienceMs: 120_000,
    files: workspace.tree.files.map(({ path }) => path),
    loads,
    otherRunners: await otherRunners(context, commands),
    workers: workersBeside(import.meta.url),
    compilersOf: (paths) => typeCheckers(workspace, paths),
    filesBeside: () => filesBeside(workspace, reached),
  };
}

const unknownFile = repoPath("a file that nobody knows");

function loadsOf({ pairs, affected }: PlanContext): Loads {
  const loads = new Map([...affected.reached.keys()].map((path) => [path, new Set<RepoPath>()]));
  for (const { change } of pairs)
    for (const loader of affected.loadersOf(change.path)) loads.get(loader)?.add(change.path);
  return loads;
}

/** What only tests load that may load anything: what nobody imports, they load too. */
function overlookedBy({ pairs, affected }: PlanContext, loads: Loads): ReadonlySet<RepoPath> {
  const loadingAnything = affected.loadersOf(unknownFile);
  const tests = [...loads].filter(([path]) => roleOf(path) === "test" && !loadingAnything.has(path));
  const paths = pairs.map(({ change }) => change.path);
  return new Set(paths.filter((path) => !tests.some(([, loaded]) => loaded.has(path))));
}

/** What tests the change, in whatever way, and can only be run as a whole program; the nearest folders first. */
async function commandsOf(context: PlanContext): Promise<readonly CommandPlace[]> {
  const places = await commandPlacesOf(context.workspace, [...context.affected.reached.keys()]);
  return places.filter(({ command: { dir } }) => isReached(context, dir) && !usesPlugAndPlay(context.workspace, dir));
}

function isReached({ affected }: PlanContext, dir: RepoPath): boolean {
  return (
    [...affected.reached.keys()].some((path) => isWithin(dir, path)) ||
    [...affected.whole.keys()].some((whole) => isWithin(dir, whole) || isWithin(whole, dir))
  );
}

/** Runners in folders that the change reaches, of which nothing but their names is known here. */
async function otherRunners(context: PlanContext, commands: readonly CommandPlace[]): Promise<readonly string[]> {
  const detections = await detectionsOf(
    context,
    testTools.filter(({ name }) => !(name in driven)),
  );
  return detections
    .filter((detection) => isReached(context, detection.dir) && !isAsked(detection, commands))
    .map(({ tool, dir }) => (dir === "" ? `${tool} in the root` : `${tool} in ${dir}`));
}

const testTools = allTools.filter(({ role }) => role === "tests");

async function detectionsOf({ workspace }: PlanContext, tools: readonly Tool[]): Promise<readonly Detection[]> {
  return (await Promise.all(tools.map((tool) => tool.detect(workspace)))).flat();
}
