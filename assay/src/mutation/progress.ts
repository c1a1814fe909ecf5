// How far the tests have come through the mutants, and how long the rest will take.
import type { SessionEvent } from "./worker/protocol.ts";

/** So many steps back it is looked how long one takes: far test files are slower than near ones, and have fewer mutants. */
const recentSteps = 12;

/** So many tries back it is looked how often a mutant outlives one. */
const recentTries = 48;

/** What the tests of one file have to say of a mutant that they reach, as far as the last steps tell. */
interface Chances {
  /** That a file reaches a mutant which is alive. */
  readonly reach: number;
  /** That a mutant outlives a file that reaches it. */
  readonly survival: number;
}

/** A step is a run of a test file, without a mutant or with one. */
export class Progress {
  readonly #now: () => number;
  readonly #alive: { readonly size: number; has(mutant: number): boolean };
  #waiting = 0;
  #total = 0;
  /** How many mutants each file under way is still to be tried with. */
  readonly #open = new Map<string, number>();
  /** Of each file that was run without a mutant: which part of those alive it reaches. */
  readonly #reached: number[] = [];
  /** Of each try: did the mutant outlive it? */
  readonly #outlived: boolean[] = [];
  /** When steps ended. */
  readonly #times: number[] = [];

  constructor(
    alive: { readonly size: number; has(mutant: number): boolean },
    now: () => number = () => performance.now(),
  ) {
    this.#alive = alive;
    this.#now = now;
  }

  /** So many files more are to be run. */
  expect(files: number): void {
    this.#total += files;
    this.#waiting += files;
  }

  hear(event: SessionEvent): void {
    if (event.kind === "baseline") {
      this.#step();
      const left = leftIn(event, this.#alive);
      this.#open.set(event.file, left);
      if (event.failure === null && this.#alive.size > 0) this.#reached.push(left / this.#alive.size);
    }
    if (event.kind === "tried") {
      this.#step();
      this.#outlived.push(event.outcome === "passed");
      const left = this.#open.get(event.file);
      if (left) this.#open.set(event.file, left - 1);
    }
    if (event.kind === "finished" || event.kind === "foreign") this.#close(event.file);
  }

  /** `total`: mutants, dead ones as well. */
  sentence(total: number): string {
    const dead = `mutants: ${total - this.#alive.size} of ${total} dead`;
    if (this.#total === 0) return dead;
    const place = `test file ${Math.min(this.#total, this.#total - this.#waiting + 1)} of ${this.#total}`;
    const leftMs = this.#leftMs();
    return `${dead}; ${place}${leftMs === null ? "" : `, about ${span(leftMs / 1000)} left`}`;
  }

  /** Null: nothing is known yet that it could be told from. */
  #leftMs(): number | null {
    const steps = this.#times.length - 1;
    if (steps < 2) return null;
    const since = Math.min(...this.#times.slice(-1 - recentSteps));
    const stepMs = (this.#now() - since) / Math.min(steps, recentSteps);
    return stepMs * this.#stepsLeft();
  }

  /** Each file runs once by itself and once for each mutant that it reaches; what outlives it is left to the next one. */
  #stepsLeft(): number {
    const { reach, survival } = this.#chances();
    const opened = [...this.#open.values()];
    const inOpen = opened.reduce((sum, left) => sum + left, 0);
    let alive = Math.max(0, this.#alive.size - inOpen * (1 - survival));
    let steps = inOpen;
    for (let file = opened.length; file < this.#waiting; file += 1) {
      const tried = alive * reach;
      steps += 1 + tried;
      alive -= tried * (1 - survival);
    }
    return steps;
  }

  #chances(): Chances {
    const reached = this.#reached.slice(-recentSteps);
    const outlived = this.#outlived.slice(-recentTries);
    // Half a try for each outcome: nobody is sure of what was never seen.
    const survival = (outlived.filter(Boolean).length + 0.5) / (outlived.length + 1);
    return { reach: reached.reduce((sum, part) => sum + part, 0) / Math.max(1, reached.length), survival };
  }

  #step(): void {
    this.#times.push(this.#now());
  }

  #close(file: string): void {
    if (this.#waiting > 0) this.#waiting -= 1;
    this.#open.delete(file);
  }
}

/** A file that fails is tried with no mutant. */
function leftIn(
  { failure, reached }: SessionEvent & { readonly kind: "baseline" },
  alive: { has(mutant: number): boolean },
): number {
  return failure === null ? reached.filter((mutant) => alive.has(mutant)).length : 0;
}

function span(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
