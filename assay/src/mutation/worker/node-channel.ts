// What the process that starts test files and the file that is loaded before each of them say to each other.
import type { Rounds } from "../switch-runtime.ts";

/** Names the environment variable that holds the descriptor on which they talk; taken away before any other code runs. */
export const channelVariable = "ASSAY_NODE_CHANNEL";

/** Written to the descriptor first, as one line. Paths are absolute. */
export interface InsideTask {
  /** Starts every line that counts. */
  readonly token: string;
  readonly mutant: number | null;
  /** The global that these contents call. */
  readonly switchName: string;
  /** Contents to be served instead of what is on disk. */
  readonly sources: Readonly<Record<string, string>>;
  /** By loop: the rounds it went without a mutant. */
  readonly usual: Rounds;
  /** Once a test has failed the others are not run any more. Only for files that use `node:test`. */
  readonly stopAtFirst: boolean;
  /** Are the loaded modules to be told, and whether the process is reached out of? */
  readonly watchModules: boolean;
  /** The module with the load hook, and those that a script names with `--loader`. */
  readonly hooks: string;
  readonly loaders: readonly string[];
  /** The variable as the test is to see it. */
  readonly nodeOptions: string | null;
}

/** What the load hook, which runs in a thread of its own, is told. */
export type HooksTask = Pick<InsideTask, "token" | "sources" | "watchModules"> & { readonly descriptor: number };

export type InsideEvent =
  /** The file uses `node:test`. */
  | { readonly kind: "harness" }
  /** A changed file was read by a loader. */
  | { readonly kind: "loaded"; readonly file: string }
  | { readonly kind: "modules"; readonly files: readonly string[] }
  /** A test or a suite has ended, and is neither skipped nor still to be written. */
  | { readonly kind: "ended"; readonly name: string; readonly suite: boolean; readonly failure: InsideFailure | null }
  /** Something went wrong outside of all tests. */
  | { readonly kind: "remark"; readonly message: string }
  /** The process ends, in whatever way it is that it knows of. */
  | ({ readonly kind: "end" } & Counts);

export interface InsideFailure {
  readonly message: string;
  readonly timeout: boolean;
}

export interface Counts {
  readonly executed: readonly number[];
  readonly reached: readonly number[];
  readonly usual: Rounds;
  readonly hits: number;
  readonly stopped: boolean;
  /** The first test that reached the mutant. */
  readonly nearest: string | null;
  /** Tests that have ended, where they are followed: what Node reports may come too late in a process that ends itself. */
  readonly followed: readonly string[];
  /** Has Node reported everything? */
  readonly complete: boolean;
  /** Something outside of the process was written, started or talked to; true where nobody has watched. */
  readonly reachedOut: boolean;
  /** Was a module for assertions loaded? */
  readonly asserts: boolean;
}

export function encodeInside(token: string, event: InsideEvent): string {
  return `\n${token} ${JSON.stringify(event)}\n`;
}

/** Reads one line; undefined when it is not ours. */
export function decodeInside(token: string, line: string): InsideEvent | undefined {
  if (!line.startsWith(`${token} `)) return undefined;
  // The token is known to nobody else, so what follows was written by `encodeInside`.
  return JSON.parse(line.slice(token.length + 1)) as InsideEvent;
}
