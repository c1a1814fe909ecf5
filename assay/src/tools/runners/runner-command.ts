// A run of a test runner as a command that can be started from a copy of the repository as well.
import { joinPath } from "../../model/paths.ts";
import { packageOf } from "../../model/workspace.ts";
import { buildLine, stepsBeforeRunner } from "../scripts/test-steps.ts";
import type { InstalledPackage } from "../packages/installed.ts";
import { drivenPlaces, type DrivenRunner, type PackagePlace, type RunnerStart } from "./runner-start.ts";
import { testScript } from "./runner-uses.ts";
import type { TestCommand } from "./test-command.ts";
import { readReport } from "./test-report.ts";
import { ownVariables, type RunnerSetup } from "./test-task.ts";

/** What a setup does not say. */
export interface CommandTraits extends Pick<TestCommand, "accepts"> {
  /** The arguments with those that end a run with its first failure. */
  stopping(args: readonly string[]): readonly string[];
}

/** The command of a place where the runner is installed. */
export interface StartedCommand {
  readonly start: RunnerStart;
  readonly command: TestCommand;
}

export function runnerCommand(setup: RunnerSetup, traits: CommandTraits): TestCommand {
  const { workspace, dir, tool } = setup;
  const pkg = packageOf(workspace, dir);
  const script = pkg && testScript(pkg.manifest);
  return {
    tool,
    label: dir === "" ? tool : `${tool} in ${dir}`,
    dir,
    evidence: joinPath(pkg?.dir ?? dir, "package.json"),
    prepare: pkg && script !== undefined ? stepsBeforeRunner(workspace, pkg.manifest, script) : [],
    build: pkg ? buildLine(workspace, pkg.manifest) : null,
    takesFiles: true,
    accepts: (path) => traits.accepts(path),
    call: (files, stops) => ({
      file: process.execPath,
      args: [...(stops ? traits.stopping(setup.args) : setup.args), ...setup.fileArgs(files)],
      env: { ...setup.env, ...ownVariables },
    }),
    read: (outcome, report) => readReport(setup.readOutput?.(outcome) ?? report),
  };
}

/** Those of the places where the package is installed. Both runners are told by the same flag when to stop. */
export function commandsIn(
  runner: Exclude<DrivenRunner, "node:test">,
  places: readonly PackagePlace[],
  setupOf: (place: PackagePlace, found: InstalledPackage) => RunnerSetup,
): readonly StartedCommand[] {
  return places.flatMap((place) => {
    const { found, tests } = place;
    const [driven] = drivenPlaces(runner, [place]);
    if (found === undefined || driven === undefined || tests.candidates.length === 0) return [];
    const own = new Set(tests.candidates);
    const command = runnerCommand(setupOf(place, found), {
      accepts: (path) => own.has(path),
      stopping: (args) => args.map((arg) => (arg === "--bail=0" ? "--bail=1" : arg)),
    });
    return [{ start: driven.start, command }];
  });
}
