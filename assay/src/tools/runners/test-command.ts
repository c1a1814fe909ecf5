// A way to run tests from anywhere: a program with arguments, of which no more has to be known than its exit code.
import type { RepoPath } from "../../model/paths.ts";
import type { ProcessOutcome } from "../../model/process.ts";
import type { Preparation } from "../scripts/test-steps.ts";
import type { TestReport } from "./test-report.ts";

export interface TestCommand {
  /** As its detection calls it: `mocha`, `test script`. */
  readonly tool: string;
  /** `mocha in packages/core`, `npm run test`. */
  readonly label: string;
  /** Is it one of several that a script starts, of which others are known better? */
  readonly isBeside?: boolean;
  /** Is it not known whether it tests at all? Then what it fails of without a mutant is no error. */
  readonly isUnknown?: boolean;
  readonly dir: RepoPath;
  /** The manifest or configuration file that says so, for whoever wants to see it. */
  readonly evidence: RepoPath;
  /** What the test script makes before the tests start, in order. */
  readonly prepare: readonly Preparation[];
  /** The line for a shell that builds the package; null where no script does. */
  readonly build: string | null;
  /** Can it be told to run some test files only? */
  readonly takesFiles: boolean;
  /** May this test file be one of those that it runs? */
  accepts(path: RepoPath): boolean;
  /** `files`: absolute paths; null for all. `stops`: with the first failure. `access`: for what runs beside the tests. */
  call(files: readonly string[] | null, stops: boolean, access?: Access): ProgramCall;
  /** What the runner said about its tests; null where nobody can read it. */
  read(outcome: ProcessOutcome, report: string): TestReport | null;
}

/** Absolute paths, for programs that allow only what they are told to. */
export interface Access {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The shell that package managers hand scripts to. */
export function shellCall(line: string, env: ProgramCall["env"] = {}): ProgramCall {
  return process.platform === "win32"
    ? { file: "cmd.exe", args: ["/d", "/s", "/c", line], env }
    : { file: "sh", args: ["-c", line], env };
}
