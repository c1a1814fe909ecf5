// What assay, the process that holds a test runner, and what runs inside of the runner say to each other.
import type { Rounds } from "../switch-runtime.ts";

/** What one process is started for. Paths are absolute. */
export interface SessionRequest {
  /** Starts every line that counts; made anew for each process, so that nothing that a test prints is taken for ours. */
  readonly token: string;
  /** Where Node keeps what it has compiled, for later processes; the temporary folder of this one does not last. */
  readonly compileCache: string;
  /** The folder of the installed runner. */
  readonly runnerDir: string;
  /** The flags that the repository's script hands to the runner. */
  readonly args: readonly string[];
  /** Where the runner is to be run. */
  readonly root: string;
  /** The repository's root: nothing is written below it. */
  readonly repository: string;
  /** A folder outside of the repository, for what may go with the run. */
  readonly scratch: string;
  /** The file that the runner loads where it runs the tests. */
  readonly insideFile: string;
  /** The global that these contents call. */
  readonly switchName: string;
  /** A mutant that no content has: with it on, only code that asks the switch by itself does anything else. */
  readonly control: number;
  /** Contents to be served instead of what is on disk. */
  readonly sources: Readonly<Record<string, string>>;
  /** Test files, in the order in which they are run. */
  readonly files: readonly string[];
  readonly job: Job;
}

/** What a process may load before it is asked for anything: its argument. */
export type Preparation = Pick<SessionRequest, "runnerDir" | "compileCache">;

/** What a process that stays open is asked next. */
export type NextRequest = Pick<SessionRequest, "files" | "job">;

export type Job = LoopJob | TrialsJob | TypesJob;

/** Type-checks texts that differ from what is on disk, one at a time. No test is run. */
export interface TypesJob {
  readonly kind: "types";
  readonly programs: readonly TypesProgram[];
  /** Says nothing of texts for each of which the whole program would be looked at. */
  readonly onlyAtOnce: boolean;
}

export interface TypesProgram {
  /** The folder of the installed `typescript`. */
  readonly compilerDir: string;
  readonly config: string;
  readonly variants: readonly { readonly id: string; readonly file: string; readonly text: string }[];
}

/** Runs each file without a mutant, then each mutant that it reaches. */
export interface LoopJob {
  readonly kind: "loop";
  /** A worker of its own for each file, in the pool that the project asks for. */
  readonly isolate: boolean;
  /** So many files at a time at most, where the runner can. */
  readonly workers: number;
  readonly mutants: readonly number[];
  /** Not to be tried again there: what the tests say of it in a warm worker is worth nothing. */
  readonly skip: readonly Skipped[];
  /** Probes nobody has executed so far; when they and the mutants are dealt with, the other files are left out. */
  readonly probes: readonly number[];
  /** From this moment on, in milliseconds of the clock, no file is run for probes alone, if any were executed. */
  readonly until: number;
  /** Then none is run for mutants either, if any were killed. */
  readonly isSample: boolean;
  readonly bearing: Bearing | null;
}

/** On which mutants and probes a test file bears: those of the sources it may load. Null: each on all. */
export interface Bearing {
  readonly sources: readonly { readonly mutants: readonly number[]; readonly probes: readonly number[] }[];
  /** By the test file's absolute path, the indexes of its sources. A file that is not in it bears on all. */
  readonly loads: Readonly<Record<string, readonly number[]>>;
}

export interface Skipped {
  readonly mutant: number;
  readonly file: string;
}

/** Runs whole files, each in a worker that is fresh or as new, with one mutant on from the start. */
export interface TrialsJob {
  readonly kind: "trials";
  /** So many at a time at most, where the runner can. */
  readonly workers: number;
  readonly trials: readonly Trial[];
  /** May a worker be used for another trial of the same file, as long as it is as new? What then is left has to be asked for again. */
  readonly shared: boolean;
  /** By loop: the most rounds that it ever went without a mutant. */
  readonly usual: Rounds;
}

export interface Trial {
  /** Null: none. */
  readonly mutant: number | null;
  readonly file: string;
  readonly limitMs: number;
}

/** What the runner in vitest's worker is told. */
export type WorkerTask = { readonly token: string; readonly switchName: string } & (
  | (Pick<LoopJob, "kind" | "mutants" | "skip" | "probes" | "until" | "isSample" | "bearing"> &
      Pick<SessionRequest, "control"> & {
        /** Of the board that all workers share; null: it can not be shared. */
        readonly flags: Uint8Array | null;
      })
  | {
      readonly kind: "trials";
      /** Of one file. */
      readonly trials: readonly Pick<Trial, "mutant" | "limitMs">[];
      readonly usual: Rounds;
    }
);

/** For all that has no limit of its own: loading vitest, running a file without a mutant. */
export const silenceMs = 300_000;

/** Under this key the task is provided to the worker. */
export const taskKey = "assay-mutation-task";

/** Names the environment variable that tells the runner where vitest is. */
export const vitestDirVariable = "ASSAY_VITEST_DIR";

export interface Failure {
  /** Null: a hook, or the file itself. */
  readonly test: string | null;
  readonly message: string;
}

export type SessionEvent =
  /** A test file has run without a mutant. */
  | {
      readonly kind: "baseline";
      readonly file: string;
      readonly failure: Failure | null;
      readonly tests: number;
      /** Does it bear on nothing but what the job's bearing says? */
      readonly isBound: boolean;
      readonly durationMs: number;
      readonly executed: readonly number[];
      /** Mutants that some test of the file reached. */
      readonly reached: readonly number[];
      readonly usual: Rounds;
    }
  /** A mutant is about to be tried, or a file to be run without one: there is an answer before the limit is over. */
  | { readonly kind: "trying"; readonly mutant: number | null; readonly file: string; readonly limitMs: number }
  /** A mutant was tried. `polluted`: the killing test failed again without the mutant. */
  | {
      readonly kind: "tried";
      readonly mutant: number | null;
      readonly file: string;
      readonly outcome: "failed" | "passed" | "timeout" | "polluted";
      readonly failure: Failure | null;
      /** A test that reached it, for whoever wants to write another one. */
      readonly nearest: string | null;
      readonly testsRun: number;
      /** How often it was reached; null where a process ended before it could say. */
      readonly hits: number | null;
    }
  /** A file that was run without a mutant has been tried with each that it reaches, or fails. */
  | { readonly kind: "finished"; readonly file: string }
  /** The process holds too much memory to go on: files that are not finished go on in another one. */
  | { readonly kind: "worn" }
  /** A file that the runner's configuration does not count among the tests. */
  | { readonly kind: "foreign"; readonly file: string }
  /** A file that the runner runs in a browser or another runtime than Node, alone or as well: what it tells there is not to be known. */
  | { readonly kind: "elsewhere"; readonly file: string }
  /** A file bears on nothing that is still open: it was loaded, and its tests were not run. */
  | { readonly kind: "idle"; readonly file: string }
  /** A changed file was loaded, with the plan's instrumented text. */
  | { readonly kind: "loaded"; readonly file: string }
  /** A module was loaded from a folder of built output of a changed file's package. */
  | { readonly kind: "built"; readonly file: string }
  /** A module was loaded that can start other processes or workers. */
  | { readonly kind: "starter"; readonly file: string }
  /** The compiler does not accept a text that it is given instead of what is on disk. */
  | { readonly kind: "refused"; readonly id: string }
  /** It has nothing against it. */
  | { readonly kind: "accepted"; readonly id: string }
  | {
      readonly kind: "done";
      /** What the runner itself complained about first, such as a worker that could not start. */
      readonly trouble: string | null;
      /** Does the process stay open, for trials in workers that are fresh all the same? */
      readonly takesTrials: boolean;
    }
  | { readonly kind: "broken"; readonly message: string };

/** What is said, and in which of the process's workers; the process itself is 0. */
export interface Said {
  readonly event: SessionEvent;
  readonly worker: number;
}

export function encodeEvent(token: string, event: SessionEvent, worker = 0): string {
  return `${token} ${JSON.stringify({ event, worker } satisfies Said)}`;
}

/** Reads one line; undefined when it is not ours. */
export function decodeEvent(token: string, line: string): Said | undefined {
  const start = line.indexOf(`${token} `);
  if (start < 0) return undefined;
  // The token is known to nobody else, so what follows was written by `encodeEvent`.
  return JSON.parse(line.slice(start + token.length + 1)) as Said;
}

/** Reads what a process is started with, and what it is asked next. */
export function decodeRequest(line: string, before: SessionRequest | null): SessionRequest {
  return { ...before, ...(JSON.parse(line) as SessionRequest) };
}
