// How the repository starts a test runner, for whoever drives it in another way than by a task.
import type { RepoPath } from "../../model/paths.ts";
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
