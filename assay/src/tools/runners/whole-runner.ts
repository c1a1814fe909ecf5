// Runners whose configuration alone says which files they run, and whose tests may depend on each other's order: they
// are run as a whole.
import type { RepoPath } from "../../model/paths.ts";
import type { Workspace } from "../../model/workspace.ts";
import { findInstalled, installCommand, usesPlugAndPlay, type InstalledPackage } from "../packages/installed.ts";
import { readArguments, type ArgumentTable } from "../scripts/argument-lists.ts";
import type { Detection, Tool } from "../tool.ts";
import { runnerCommand, type CommandTraits } from "./runner-command.ts";
import { argumentsOf, findUses, nestedDirs, type RunnerSigns, type RunnerUse } from "./runner-uses.ts";
import type { TestCommand } from "./test-command.ts";
import { concerns } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";

export interface WholeRunner extends Pick<RunnerSetup, "readOutput"> {
  readonly signs: RunnerSigns;
  /** Flags of a script that would change what a run tells, or make it wait for a person, are dropped. */
  readonly flags: ArgumentTable;
  fixedFlags(): readonly string[];
  /** What is added to them where the first failure tells enough. */
  readonly stopFlags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The tool is called as its package and its command are. */
export function wholeRunner(runner: WholeRunner): Tool {
  return {
    name: runner.signs.packageName,
    role: "tests",
    detect(workspace) {
      const uses = findUses(workspace, runner.signs).filter((use) => !usesPlugAndPlay(workspace, use.dir));
      return Promise.resolve(uses.map((use) => toDetection(runner, workspace, use, nestedDirs(use.dir, uses))));
    },
  };
}

function toDetection(
  runner: WholeRunner,
  workspace: Workspace,
  { dir, evidence, invocation }: RunnerUse,
  nested: readonly RepoPath[],
): Detection {
  const name = runner.signs.packageName;
  const found = findInstalled(workspace, dir, name);
  const common = { tool: name, role: "tests", dir, evidence } as const;
  if (found === undefined) {
    return { ...common, version: null, install: installCommand(workspace, dir, name), plan: () => [] };
  }
  const setup = setupOf(runner, workspace, { use: { dir, evidence, invocation }, found });
  const whole = { files: null, first: false, mayBeEmpty: false };
  return {
    ...common,
    version: found.version,
    install: null,
    plan: (selection) => (concerns(selection, workspace, dir, nested) ? [testTask(setup, whole)] : []),
  };
}

interface Installed {
  readonly use: RunnerUse;
  readonly found: InstalledPackage;
}

function setupOf(
  runner: WholeRunner,
  workspace: Workspace,
  { use: { dir, invocation }, found }: Installed,
): RunnerSetup {
  const name = runner.signs.packageName;
  const written = readArguments(invocation?.args ?? [], runner.flags);
  const given = argumentsOf(workspace, { dir, invocation }, written, { knowsPatterns: true });
  return {
    workspace,
    tool: name,
    version: found.version,
    dir,
    args: [...(invocation?.nodeArgs ?? []), found.bin(name), ...given.flags, ...runner.fixedFlags()],
    env: { ...invocation?.env, ...runner.env },
    fileArgs: (files) => files ?? given.paths,
    reportArgs: () => [],
    ...(runner.readOutput && { readOutput: runner.readOutput }),
  };
}

/** Each installed use as a command that can be run elsewhere. */
export function wholeRunnerCommands(runner: WholeRunner, workspace: Workspace): readonly TestCommand[] {
  const name = runner.signs.packageName;
  const traits: CommandTraits = { accepts: () => true, stopping: (args) => [...args, ...runner.stopFlags] };
  return findUses(workspace, runner.signs).flatMap((use) => {
    const found = findInstalled(workspace, use.dir, name);
    if (found === undefined || usesPlugAndPlay(workspace, use.dir)) return [];
    return [runnerCommand(setupOf(runner, workspace, { use, found }), traits)];
  });
}
