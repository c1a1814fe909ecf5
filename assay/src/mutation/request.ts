// What mutation testing is asked to do.
import { fileURLToPath } from "node:url";
import type { FilePair } from "../model/check.ts";
import type { Equivalent } from "../model/config.ts";
import type { ListedMutant } from "../model/mutant.ts";
import type { RepoPath } from "../model/paths.ts";
import type { DrivenRunner, RunnerStart } from "../tools/runners/runner-start.ts";
import type { TestCommand } from "../tools/runners/test-command.ts";

export interface MutationRequest {
  /** The repository's root, symbolic links resolved. */
  readonly root: string;
  readonly pairs: readonly FilePair[];
  /** Those that are a part of the tests, wherever they lie: they are counted, and not mutated unless they are listed. */
  readonly support: ReadonlySet<RepoPath>;
  /** Files that no test is known to load: mutants of the others are chosen first. */
  readonly overlooked: ReadonlySet<RepoPath>;
  /** Files in which the compiler takes what a list has at an index for uncertain, and asks for a fallback everywhere. */
  readonly doubted: ReadonlySet<RepoPath>;
  readonly maxMutants: number;
  /** The mutants to try, where they are not chosen. */
  readonly listed: readonly ListedMutant[] | null;
  /** Null: the change is judged, its lines included. */
  readonly replay: Replay | null;
  readonly equivalents: readonly Equivalent[];
  /** One for each folder and runner that can be driven, in the order in which they are tried. */
  readonly runners: readonly RunnerPlace[];
  /** The changed files that each test file may load into its own process. Null: any may load all. */
  readonly loads: ReadonlyMap<RepoPath, ReadonlySet<RepoPath>> | null;
  /** What runs the other tests that can reach the change, anew for each mutant; tried after the runners. */
  readonly commands: readonly CommandPlace[];
  /** A command that takes longer is not run again and again. */
  readonly longestCommandMs: number;
  /** So long tests are run for what the verdict does not hang on: changed lines alone, and mutants of a sample. */
  readonly patienceMs: number;
  /** Every file of the repository that git tracks or would. */
  readonly files: readonly RepoPath[];
  /** Test runners that can not be driven and whose tests the change can reach: `mocha in packages/core`. */
  readonly otherRunners: readonly string[];
  readonly workers: WorkerFiles;
  /** Where texts of these files can be type-checked. Asked about files with survivors only. */
  compilersOf(paths: readonly RepoPath[]): Promise<readonly CompilerPlace[]>;
  /**
   * Test files that can reach the change, and that scripts beside the test script may run: these are not started. Asked
   * about lines that nobody has executed only.
   */
  filesBeside(): Promise<readonly RepoPath[]>;
}

/** Mutants of code that need not have changed: whether tests execute its lines is not asked. */
export interface Replay {
  /** What test files are to read like, by absolute path; the others are as they are. */
  readonly texts: Readonly<Record<string, string>>;
  /** Of the mutants that are chosen those with these ids; null: all of them. */
  readonly only: ReadonlySet<string> | null;
  /** Only kills count: what outlives the tests needs no proof, and is not tried for ever. */
  readonly isSample: boolean;
}

export interface RunnerPlace {
  readonly start: RunnerStart;
  /** Test files of this place that can reach the change, the nearest first. A file may belong to several places. */
  readonly testFiles: readonly RepoPath[];
}

export interface CommandPlace {
  readonly command: TestCommand;
  /** As in a runner's place; empty where nobody can tell. */
  readonly testFiles: readonly RepoPath[];
}

/** A changed file that a TypeScript project holds. */
export interface CompilerPlace {
  readonly path: RepoPath;
  readonly config: RepoPath;
  /** Absolute path of the installed `typescript` folder. */
  readonly compilerDir: string;
}

/** Absolute paths of the files that processes are started with. */
export interface WorkerFiles {
  /** Asks the compiler. */
  readonly types: string;
  /** What instrumented code loads in processes that nobody else has prepared. */
  readonly switchProgram: string;
  readonly runners: Readonly<Record<DrivenRunner, RunnerFiles>>;
}

export interface RunnerFiles {
  /** The process that holds the runner. */
  readonly main: string;
  /** What the runner loads where it runs the tests. */
  readonly inside: string;
}

/** The worker's files where they are shipped: beside the bundle that a module's own URL points into. */
export function workersBeside(moduleUrl: string): WorkerFiles {
  const beside = (name: string): string => fileURLToPath(new URL(name, moduleUrl));
  return {
    types: beside("mutation-types.js"),
    switchProgram: beside("mutation-switch.cjs"),
    runners: {
      vitest: { main: beside("mutation-vitest.js"), inside: beside("mutation-vitest-runner.js") },
      jest: { main: beside("mutation-jest.js"), inside: beside("mutation-jest-runtime.cjs") },
      "node:test": { main: beside("mutation-node.js"), inside: beside("mutation-node-inside.cjs") },
    },
  };
}
