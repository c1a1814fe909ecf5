import type { PlanContext, Task, TaskCheck } from "../model/check.ts";
import { needsBase } from "../model/errors.ts";
import { isWithin, rootDir, type RepoPath } from "../model/paths.ts";
import {
  mutatorsNamed,
  runMutation,
  toOutcome,
  toSchemaReport,
  workersBeside,
  type CommandPlace,
  type MutationRequest,
  type RunnerPlace,
} from "../mutation/index.ts";
import { allTools, testCommands } from "../tools/index.ts";
import type { Detection } from "../tools/tool.ts";
import { driven, hasTests, isTest, placesOf } from "./runner-places.ts";
import { typeCheckers } from "./type-checkers.ts";

/**
 * Edits the changed lines, one at a time and never in the working tree, and fails for every edit that no test notices.
 *
 * Coverage says that a line was executed. Only a test that fails when the line is wrong verifies it.
 *
 * Not seen with vitest, jest and node:test: code that only child processes or built output execute, which counts as not
 * executed. Runners that can neither be driven nor run as a command are an error where the change depends on them.
 */
export const mutation: TaskCheck = {
  id: "mutation",
  kind: "tasks",
  summary: "The tests do not notice when a changed line is changed again",
  in: ["mutate", "gate"],
  phase: "mutate",
  mustFinish: false,
  plan: async (context) => {
    if (context.diff.base.kind === "none") throw needsBase(context.diff.base);
    if (!context.pairs.some(({ head }) => head?.role === "source")) {
      return { status: "skipped", reason: "no source file changed" };
    }
    const task: Task = {
      label: `mutants of ${context.pairs.length} changed files`,
      cost: "expensive",
      // A survivor was confirmed before it was one.
      replay: {
        facts: [context.diff.base.commit, ...askedFor(context)],
        inputs: { kind: "dirs", dirs: [rootDir] },
        failures: true,
      },
      run: async (host) => {
        const mutators = mutatorsNamed(context.workspace.config.mutators);
        const report = await runMutation(host, await requestOf(context), mutators);
        const outcome = toOutcome(report);
        if (outcome.status !== "passed" && outcome.status !== "failed") return outcome;
        return { ...outcome, attachment: { kind: "mutation-report", content: toSchemaReport(report, context.pairs) } };
      },
    };
    return { status: "planned", tasks: [task] };
  },
};

/** What is asked for, beside what the tree holds. */
function askedFor({ pairs, workspace, listed }: PlanContext): readonly string[] {
  const lines = pairs.map(({ change }) => JSON.stringify([change.path, change.changedLines]));
  return [String(workspace.config.maxMutants), JSON.stringify(listed), ...lines];
}

async function requestOf(context: PlanContext): Promise<MutationRequest> {
  const { workspace, pairs, affected } = context;
  const order = new Map([...affected.reached.keys()].map((path, index) => [path, index]));
  const nearness = ({ testFiles }: RunnerPlace): number => order.get(testFiles[0] ?? rootDir) ?? Infinity;
  // Nearest first: that is the order of `reached`.
  const reached = [...affected.reached.keys()];
  const places = (await placesOf(workspace, reached)).toSorted((a, b) => nearness(a) - nearness(b));
  const commands = await commandsOf(context);
  return {
    root: workspace.root,
    pairs,
    maxMutants: workspace.config.maxMutants,
    listed: context.listed,
    replay: null,
    equivalents: workspace.config.equivalents,
    // With no test to run it still is known who would run it.
    runners: places.some(hasTests) || commands.length > 0 ? places.filter(hasTests) : places.slice(0, 1),
    commands,
    longestCommandMs: 1000 * workspace.config.commandSeconds,
    files: workspace.tree.files.map(({ path }) => path),
    loads: loadsOf(context),
    otherRunners: await otherRunners(context, commands),
    workers: workersBeside(import.meta.url),
    compilersOf: (paths) => typeCheckers(workspace, paths),
  };
}

function loadsOf({ pairs, affected }: PlanContext): ReadonlyMap<RepoPath, ReadonlySet<RepoPath>> {
  const loads = new Map([...affected.reached.keys()].map((path) => [path, new Set<RepoPath>()]));
  for (const { change } of pairs)
    for (const loader of affected.loadersOf(change.path)) loads.get(loader)?.add(change.path);
  return loads;
}

/** What tests the change, in whatever way, and can only be run as a whole program; the nearest folders first. */
async function commandsOf(context: PlanContext): Promise<readonly CommandPlace[]> {
  const { workspace, affected } = context;
  const commands = (await testCommands(workspace)).filter(({ dir }) => isReached(context, dir));
  const tests = [...affected.reached.keys()].filter((path) => isTest(path, false));
  return commands
    .map((command) => ({ command, testFiles: tests.filter((path) => isWithin(command.dir, path)) }))
    .toSorted((a, b) => b.command.dir.length - a.command.dir.length);
}

function isReached({ affected }: PlanContext, dir: RepoPath): boolean {
  return (
    [...affected.reached.keys()].some((path) => isWithin(dir, path)) ||
    [...affected.whole.keys()].some((whole) => isWithin(dir, whole) || isWithin(whole, dir))
  );
}

/** Runners in folders that the change reaches, of which nothing but their names is known here. */
async function otherRunners(context: PlanContext, commands: readonly CommandPlace[]): Promise<readonly string[]> {
  const { workspace } = context;
  const tools = allTools.filter(({ role, name }) => role === "tests" && !(name in driven));
  const detections = (await Promise.all(tools.map((tool) => tool.detect(workspace)))).flat();
  const isRun = ({ tool, dir }: Detection): boolean =>
    commands.some(({ command }) => command.tool === tool && command.dir === dir);
  return detections
    .filter((detection) => isReached(context, detection.dir) && !isRun(detection))
    .map(({ tool, dir }) => (dir === "" ? `${tool} in the root` : `${tool} in ${dir}`));
}
