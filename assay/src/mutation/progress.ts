// How far the tests have come through the mutants, and how long the rest will take.
import type { SessionEvent } from "./worker/protocol.ts";

/** So many steps back it is looked how long one takes: far test files are slower than near ones, and have fewer mutants. */
const recentSteps = 12;

interface OpenFile {
  /** Mutants that it is still to be tried with. */
  readonly left: number;
  readonly steps: number;
}

/** A step is a run of a test file, without a mutant or with one. */
export class Progress {
  readonly #now: () => number;
  readonly #isAlive: (mutant: number) => boolean;
  #waiting = 0;
  #total = 0;
  readonly #open = new Map<string, OpenFile>();
  /** Of the files that are done, how many steps each took. */
  readonly #done: number[] = [];
  /** When steps ended. */
  readonly #times: number[] = [];

  constructor(isAlive: (mutant: number) => boolean, now: () => number = () => performance.now()) {
    this.#isAlive = isAlive;
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
      this.#open.set(event.file, { left: leftIn(event, this.#isAlive), steps: 1 });
    }
    if (event.kind === "tried") {
      this.#step();
      const { left, steps } = this.#open.get(event.file) ?? { left: 0, steps: 0 };
      this.#open.set(event.file, { left: Math.max(0, left - 1), steps: steps + 1 });
    }
    if (event.kind === "finished" || event.kind === "foreign") this.#close(event.file);
  }

  /** `alive`: mutants that may have to be tried with every file to come. */
  sentence(alive: number, total: number): string {
    const dead = `mutants: ${total - alive} of ${total} dead`;
    if (this.#total === 0) return dead;
    const place = `test file ${Math.min(this.#total, this.#total - this.#waiting + 1)} of ${this.#total}`;
    const leftMs = this.#leftMs(alive);
    const left = leftMs === null ? "" : `, about ${Math.ceil(leftMs / 1000)} s left unless more of them die`;
    return `${dead}; ${place}${left}`;
  }

  /** Null: nothing is known yet that it could be told from. */
  #leftMs(alive: number): number | null {
    const steps = this.#times.length - 1;
    if (steps < 2) return null;
    const [first = 0] = this.#times.slice(-1 - recentSteps);
    const stepMs = (this.#now() - first) / Math.min(steps, recentSteps);
    const opened = [...this.#open.values()];
    const stepsOfOpen = opened.reduce((sum, { left }) => sum + left, 0);
    return stepMs * (stepsOfOpen + Math.max(0, this.#waiting - opened.length) * this.#stepsOfFile(alive));
  }

  /** As many as the last ones took, which were asked about nearly the same; before there are any, about all. */
  #stepsOfFile(alive: number): number {
    const last = this.#done.slice(-recentSteps);
    const mean = last.reduce((sum, steps) => sum + steps, 0) / last.length;
    return last.length === 0 ? 1 + alive : Math.min(1 + alive, mean);
  }

  #step(): void {
    this.#times.push(this.#now());
  }

  #close(file: string): void {
    if (this.#waiting > 0) this.#waiting--;
    this.#done.push(this.#open.get(file)?.steps ?? 0);
    this.#open.delete(file);
  }
}

/** A file that fails is tried with no mutant. */
function leftIn(
  { failure, reached }: SessionEvent & { readonly kind: "baseline" },
  isAlive: (mutant: number) => boolean,
): number {
  return failure === null ? reached.filter(isAlive).length : 0;
}
