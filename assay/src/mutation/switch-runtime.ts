// What instrumented code calls while it runs: which mutant is on, who hits what, and when a loop has gone on for too long.

/** The global that instrumented code calls. */
export const switchName = "__assay$";

/** Thrown into a loop that does not end. */
export class EndlessLoop extends Error {
  override readonly name = "EndlessLoop";
}

export interface SwitchRuntime {
  /** Called by instrumented code: is this mutant on? */
  is(mutant: number): boolean;
  /** Called by instrumented code: this stretch is executed. */
  at(probe: number): void;
  /** Called by instrumented code in each round of a loop. */
  loop(number: number): void;

  /** Starts a stretch of execution; counts begin at zero. */
  begin(active: number | null): void;
  /** Hits from now on belong to these tests; none: to all of the file. Set a new set to change it. */
  running: ReadonlySet<string>;
  /** Since `begin`, without a mutant on: the tests that reached each mutant; `null` stands for the whole file. */
  readonly reached: ReadonlyMap<number, ReadonlySet<string | null>>;
  /** Since `begin`: how often the active mutant was reached. */
  readonly hits: number;
  /** Since `begin`: was a loop stopped? */
  readonly stopped: boolean;
  /** Ever. */
  readonly executed: ReadonlySet<number>;
}

const leastRounds = 100_000;
const factor = 100;

/** A loop may go round a hundred times as often as it ever did without a mutant, and at least 100,000 times. */
export function switchRuntime(): SwitchRuntime {
  let active: number | null = null;
  let running: ReadonlySet<string> = new Set();
  let hits = 0;
  let stopped = false;
  let reached = new Map<number, Set<string | null>>();
  // Instrumented code may be hot: who reached a mutant is written down once for each set of running tests.
  let writtenFor: (ReadonlySet<string> | undefined)[] = [];
  let rounds: number[] = [];
  const usual: number[] = [];
  const executed = new Set<number>();

  return {
    is(mutant) {
      if (mutant === active) {
        hits++;
        return true;
      }
      if (active === null && writtenFor[mutant] !== running) {
        writtenFor[mutant] = running;
        record(reached, mutant, running);
      }
      return false;
    },
    at(probe) {
      executed.add(probe);
    },
    loop(number) {
      const count = (rounds[number] ?? 0) + 1;
      rounds[number] = count;
      if (active === null) usual[number] = Math.max(usual[number] ?? 0, count);
      else if (count > leastRounds && count > factor * (usual[number] ?? 0)) {
        stopped = true;
        throw new EndlessLoop(`A loop was still going after ${count} rounds`);
      }
    },
    begin(mutant) {
      active = mutant;
      hits = 0;
      stopped = false;
      reached = new Map();
      writtenFor = [];
      rounds = [];
    },
    get running() {
      return running;
    },
    set running(tests) {
      running = tests;
    },
    get reached() {
      return reached;
    },
    get hits() {
      return hits;
    },
    get stopped() {
      return stopped;
    },
    executed,
  };
}

function record(reached: Map<number, Set<string | null>>, mutant: number, running: ReadonlySet<string>): void {
  const tests = reached.get(mutant) ?? new Set<string | null>();
  if (running.size === 0) tests.add(null);
  else for (const test of running) tests.add(test);
  reached.set(mutant, tests);
}
