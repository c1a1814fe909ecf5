// How the repository starts a test runner, for whoever drives it in another way than by a task.
import type { RepoPath } from "../../model/paths.ts";
import type { InstalledPackage } from "../packages/installed.ts";
import type { ReadArguments } from "../scripts/argument-lists.ts";
import type { RunnerUse } from "./runner-uses.ts";
import type { TestFiles } from "./test-selection.ts";

/** Runners that mutants can be tried in without starting them anew for each. */
export type DrivenRunner = "vitest" | "jest" | "node:test";

export interface RunnerStart {
  readonly runner: DrivenRunner;
  /** The folder it is run in. */
  readonly dir: RepoPath;
  readonly version: string;
  /** Absolute path of the installed package; of the folder where Node itself is the runner. */
  readonly runnerDir: string;
  /** What the script hands to Node, such as `--conditions=source`. */
  readonly nodeArgs: readonly string[];
  /** The flags that the script hands to the runner. */
  readonly args: readonly string[];
  /** Variables that the script sets. */
  readonly env: Readonly<Record<string, string>>;
}

/** A folder in which the repository runs an installed runner, and its test files. */
export interface DrivenPlace {
  readonly start: RunnerStart;
  readonly tests: TestFiles;
}

/** A folder in which the repository runs a package that it has, or declares. */
export interface PackagePlace {
  readonly use: RunnerUse;
  /** Undefined where the package is declared and not installed. */
  readonly found: InstalledPackage | undefined;
  readonly given: ReadArguments;
  readonly tests: TestFiles;
  /** Do the run's arguments or its configuration say where its tests are? */
  readonly isNamed: boolean;
}

/** Those of the places where the package is installed. */
export function drivenPlaces(
  runner: Exclude<DrivenRunner, "node:test">,
  places: readonly PackagePlace[],
): readonly DrivenPlace[] {
  return places.flatMap(({ use: { dir, invocation }, found, given, tests }) => {
    if (found === undefined) return [];
    const { nodeArgs = [], env = {} } = invocation ?? {};
    const common = { runner, dir, version: found.version, runnerDir: found.dir };
    return [{ start: { ...common, nodeArgs, args: given.flags, env }, tests }];
  });
}
