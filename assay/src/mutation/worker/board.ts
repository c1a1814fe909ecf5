// What is still open while files are judged, for all the workers of one process.
import type { Bearing, LoopJob } from "./protocol.ts";

type Questions = Pick<LoopJob, "mutants" | "probes" | "until" | "isSample">;

// Captured before any test can put a fake in its place.
const now = Date.now.bind(Date);

/** What is open. */
export interface OpenQuestions {
  isAlive(mutant: number): boolean;
  isUnexecuted(probe: number): boolean;
}

/** Can this file tell of anything that is open? */
export function bearsOnOpen(file: string, bearing: Bearing | null, open: OpenQuestions): boolean {
  const own = bearing?.loads[file];
  if (!bearing || !own) return true;
  return own.some((index) => {
    const { mutants = [], probes = [] } = bearing.sources[index] ?? {};
    return mutants.some((mutant) => open.isAlive(mutant)) || probes.some((probe) => open.isUnexecuted(probe));
  });
}

/** Flags that workers share: whoever settles something spares the others from it. */
export class Board implements OpenQuestions {
  readonly #flags: Uint8Array;
  readonly #mutants: ReadonlyMap<number, number>;
  readonly #probes: ReadonlyMap<number, number>;
  readonly #until: number;
  /** Where the flags begin of what is given up when time is over, if any of it was settled. */
  readonly #dispensable: number;

  /** `flags`: as many as `sizeOf` says, zero at first. */
  constructor({ mutants, probes, until, isSample }: Questions, flags: Uint8Array) {
    this.#flags = flags;
    this.#mutants = new Map(mutants.map((mutant, index) => [mutant, 1 + index]));
    this.#probes = new Map(probes.map((probe, index) => [probe, 1 + mutants.length + index]));
    this.#until = until;
    this.#dispensable = isSample ? 1 : 1 + mutants.length;
  }

  static sizeOf({ mutants, probes }: Pick<Questions, "mutants" | "probes">): number {
    return 1 + mutants.length + probes.length;
  }

  /** In the order in which they are tried. */
  get mutants(): Iterable<number> {
    return this.#mutants.keys();
  }

  isAlive(mutant: number): boolean {
    return this.#isOpen(this.#mutants.get(mutant));
  }

  isUnexecuted(probe: number): boolean {
    return this.#isOpen(this.#probes.get(probe));
  }

  kill(mutant: number): void {
    this.#settle(this.#mutants.get(mutant));
  }

  execute(probes: readonly number[]): void {
    for (const probe of probes) this.#settle(this.#probes.get(probe));
  }

  /** The workers can not be trusted any more. */
  abandon(): void {
    this.#settle(0);
  }

  get isAbandoned(): boolean {
    return this.#flags[0] === 1;
  }

  /** Nothing is left to be found out. */
  get isFinished(): boolean {
    return this.isAbandoned || !this.#flags.subarray(0, this.#end).includes(0, 1);
  }

  /** Where the flags end of what is asked at all. */
  get #end(): number {
    const isLate = this.#flags.includes(1, this.#dispensable) && now() >= this.#until;
    return isLate ? this.#dispensable : this.#flags.length;
  }

  #isOpen(index: number | undefined): boolean {
    return index !== undefined && index < this.#end && this.#flags[index] === 0;
  }

  #settle(index: number | undefined): void {
    if (index !== undefined) this.#flags[index] = 1;
  }
}
