// What instrumented code calls while it runs: which mutant is on, who hits what, and when a loop has gone on for too long.

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
  /** Since `begin`, without a mutant on: the probes that were executed. */
  readonly executed: readonly number[];
  /** By loop: the most rounds that it ever went without a mutant. */
  readonly usual: Rounds;
}

/** By loop. JSON has no holes: what is not known may be null. */
export type Rounds = readonly (number | null | undefined)[];

const leastRounds = 100_000;
const factor = 100;

/** Has a loop gone round a hundred times as often as it ever did without a mutant, and at least 100,000 times? */
export function isEndless(rounds: number, usual: number): boolean {
  return rounds > leastRounds && rounds > factor * usual;
}

/**
 * What instrumented code calls uses nothing that this code may itself define, replace or count the calls of, such as
 * `Math.max` and the methods of collections; and nobody can replace it.
 *
 * `before`: the usual rounds, where another process went them.
 */
export function switchRuntime(before: Rounds = []): SwitchRuntime {
  let active: number | null = null;
  let running: ReadonlySet<string> = new Set();
  let hits = 0;
  let stopped = false;
  // Instrumented code may be hot: who reached a mutant is written down once for each set of running tests.
  let reachedBy: (ReadonlySet<string>[] | undefined)[] = [];
  let executed: boolean[] = [];
  let rounds: number[] = [];
  const usual = [...before];

  return Object.freeze({
    is(mutant: number) {
      if (mutant === active) {
        hits++;
        return true;
      }
      if (active !== null) return false;
      const by = (reachedBy[mutant] ??= []);
      if (by[by.length - 1] !== running) by[by.length] = running;
      return false;
    },
    at(probe: number) {
      if (active === null) executed[probe] = true;
    },
    loop(number: number) {
      const count = (rounds[number] ?? 0) + 1;
      rounds[number] = count;
      const most = usual[number] ?? 0;
      if (active === null) {
        if (count > most) usual[number] = count;
      } else if (isEndless(count, most)) {
        stopped = true;
        throw new EndlessLoop(`A loop was still going after ${count} rounds`);
      }
    },
    begin(mutant: number | null) {
      active = mutant;
      hits = 0;
      stopped = false;
      reachedBy = [];
      executed = [];
      rounds = [];
    },
    get running() {
      return running;
    },
    set running(tests) {
      running = tests;
    },
    get reached() {
      return new Map([...reachedBy.entries()].flatMap(([mutant, by]) => (by ? [[mutant, testsIn(by)] as const] : [])));
    },
    get hits() {
      return hits;
    },
    get stopped() {
      return stopped;
    },
    get executed() {
      return [...executed.keys()].filter((probe) => executed[probe]);
    },
    usual,
  });
}

function testsIn(sets: readonly ReadonlySet<string>[]): ReadonlySet<string | null> {
  return new Set(sets.flatMap((running) => (running.size === 0 ? [null] : [...running])));
}
