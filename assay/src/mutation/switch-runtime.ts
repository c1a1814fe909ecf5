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

/** Some tests go round so often that a hundred times that takes minutes: others are given this much more time than usual. */
const leastMs = 2000;
const timeFactor = 10;
/** Asking for the time takes longer than a round. */
const roundsPerLook = 1024;

/** What some tests usually do while they run. */
interface Stretch {
  readonly rounds: number[];
  ms: number;
}

// Captured before any test can put a fake in its place.
const { now: ofClock } = Date;

/**
 * What instrumented code calls uses nothing that this code may itself define, replace or count the calls of, such as
 * `Math.max` and the methods of collections; and nobody can replace it.
 *
 * `before`: the usual rounds, where another process went them. `now`: the time in milliseconds.
 */
export function switchRuntime(before: Rounds = [], now: () => number = ofClock): SwitchRuntime {
  let active: number | null = null;
  let running: ReadonlySet<string> = new Set();
  let hits = 0;
  let stopped = false;
  // Instrumented code may be hot: who reached a mutant is written down once for each set of running tests.
  let reachedBy: (ReadonlySet<string>[] | undefined)[] = [];
  let executed: boolean[] = [];
  /** Since `begin`. */
  let rounds: number[] = [];
  const usual = [...before];
  /** Without a mutant on, by test of this file. */
  let ofTests = new Map<string, Stretch>();
  /** Of the tests that are running. */
  let stretch: Stretch = { rounds: [], ms: 0 };
  let startedAt = now();
  /** What the tests that are running do without a mutant; null where that is not known. */
  let known: Stretch | null = null;

  const isOverdue = (number: number, count: number): boolean => {
    if (known === null || count <= leastRounds || count % roundsPerLook !== 0) return false;
    const ms = now() - startedAt;
    return count > factor * (known.rounds[number] ?? 0) && ms > leastMs && ms > timeFactor * known.ms;
  };
  const setRunning = (tests: ReadonlySet<string>): void => {
    stretch.ms = now() - startedAt;
    if (active === null) for (const test of running) ofTests.set(test, sumOf([ofTests.get(test), stretch]));
    const stretches = [...tests].flatMap((test) => ofTests.get(test) ?? []);
    known = stretches.length > 0 && stretches.length === tests.size ? sumOf(stretches) : null;
    stretch = { rounds: [], ms: 0 };
    running = tests;
    startedAt = now();
  };

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
      const own = (stretch.rounds[number] ?? 0) + 1;
      stretch.rounds[number] = own;
      const most = usual[number] ?? 0;
      if (active === null) {
        if (count > most) usual[number] = count;
      } else if (isEndless(count, most) || isOverdue(number, own)) {
        stopped = true;
        throw new EndlessLoop(`A loop was still going after ${count} rounds`);
      }
    },
    begin(mutant: number | null) {
      if (mutant === null) ofTests = new Map();
      stretch = { rounds: [], ms: 0 };
      startedAt = now();
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
      setRunning(tests);
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

function sumOf(stretches: readonly (Stretch | undefined)[]): Stretch {
  const sum: Stretch = { rounds: [], ms: 0 };
  for (const { rounds, ms } of stretches.filter((each) => each !== undefined)) {
    for (const [number, count] of rounds.entries()) sum.rounds[number] = (sum.rounds[number] ?? 0) + (count ?? 0);
    sum.ms += ms;
  }
  return sum;
}

function testsIn(sets: readonly ReadonlySet<string>[]): ReadonlySet<string | null> {
  return new Set(sets.flatMap((running) => (running.size === 0 ? [null] : [...running])));
}
