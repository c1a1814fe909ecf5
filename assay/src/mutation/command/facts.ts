// What instrumented code in any process tells: facts as lines in files, one file for each process and thread.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a process is told before a run, as JSON. */
export interface Control {
  /** The mutant that is on, or one that no code has; null: none. */
  readonly mutant: number | null;
  /** The folder for facts. */
  readonly facts: string;
  /** How often each loop went round in one process without a mutant, as far as it matters. */
  readonly rounds: Readonly<Record<number, number>>;
}

/** `loaded 0`: the first instrumented file is loaded. Each is told once for a process, but `rounds`, which grow. */
export type Fact =
  | readonly ["loaded" | "reached" | "executed", number]
  /** The active mutant is executed. */
  | readonly ["hit" | "stopped"]
  | readonly ["rounds", number, number];

export interface Facts {
  readonly loaded: ReadonlySet<number>;
  /** Mutants that are not on. */
  readonly reached: ReadonlySet<number>;
  /** Probes. */
  readonly executed: ReadonlySet<number>;
  readonly hit: boolean;
  /** Was a loop stopped? */
  readonly stopped: boolean;
  readonly rounds: Readonly<Record<number, number>>;
}

/** A line that a process could not finish counts for nothing. */
export function readFacts(folder: string): Facts {
  const facts = {
    loaded: new Set<number>(),
    reached: new Set<number>(),
    executed: new Set<number>(),
    hit: false,
    stopped: false,
    rounds: {} as Record<number, number>,
  };
  const files = existsSync(folder) ? readdirSync(folder) : [];
  for (const line of files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1))) {
    const [kind, ...numbers] = line.split(" ");
    const [first = 0, second = 0] = numbers.map(Number);
    if (kind === "loaded" || kind === "reached" || kind === "executed") facts[kind].add(first);
    if (kind === "hit" || kind === "stopped") facts[kind] = true;
    if (kind === "rounds") facts.rounds[first] = Math.max(facts.rounds[first] ?? 0, second);
  }
  return facts;
}
