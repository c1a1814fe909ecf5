// What mutation testing is asked to do.
import { fileURLToPath } from "node:url";
import type { FilePair } from "../model/check.ts";
import type { RepoPath } from "../model/paths.ts";

export interface MutationRequest {
  /** The repository's root, symbolic links resolved. */
  readonly root: string;
  readonly pairs: readonly FilePair[];
  readonly maxMutants: number;
  /** One for each folder in which the repository runs vitest, in the order in which they are tried. */
  readonly runners: readonly VitestPlace[];
  /** Other test runners whose tests the change can reach: `jest in packages/core`. */
  readonly otherRunners: readonly string[];
  readonly workers: WorkerFiles;
  /** Where texts of these files can be type-checked. Asked about files with survivors only. */
  compilersOf(paths: readonly RepoPath[]): Promise<readonly CompilerPlace[]>;
}

export interface VitestPlace {
  /** Where vitest is run. */
  readonly dir: RepoPath;
  readonly version: string;
  /** Absolute path of the installed `vitest` folder. */
  readonly vitestDir: string;
  /** Test files of this place that can reach the change, the nearest first. A file may belong to several places. */
  readonly testFiles: readonly RepoPath[];
}

/** A changed file that a TypeScript project holds. */
export interface CompilerPlace {
  readonly path: RepoPath;
  readonly config: RepoPath;
  /** Absolute path of the installed `typescript` folder. */
  readonly compilerDir: string;
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
