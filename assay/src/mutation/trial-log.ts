// What is known so far about each mutant and each probe, while sessions come and go.
import type { AssayError } from "../model/errors.ts";
import type { OpenQuestions } from "./worker/board.ts";
import { Progress } from "./progress.ts";
import { isStopped, type CommandRuns } from "./report.ts";
import type { SessionEvent, Skipped } from "./worker/protocol.ts";

export type Tried = SessionEvent & { readonly kind: "tried" };
export type BaselineRun = SessionEvent & { readonly kind: "baseline" };

export interface Kill {
  readonly status: "killed" | "timeout" | "runtime-error";
  readonly by: Tried | { readonly file: string; readonly failure: null };
}

export type Verdict = Kill | { readonly status: "survived" | "compile-error" };

/** What the verdict does not hang on is not asked for ever. */
export interface Patience {
  /** So long tests are run for lines alone; of a sample for mutants as well. */
  readonly patienceMs: number;
  /** Only kills count: what outlives the tests needs no proof. */
  readonly isSample: boolean;
}

/** Paths of files are absolute. */
export class TrialLog implements OpenQuestions {
  readonly alive: Set<number>;
  readonly unexecuted: Set<number>;
  /** Kills without a proof. Another file may still tell, so the mutant stays alive. */
  doubts: readonly Skipped[] = [];
  /** What outlived these files in an earlier run. */
  readonly remembered: Skipped[] = [];
  readonly verdicts = new Map<number, Verdict>();
  /** Runs that a mutant outlived. */
  readonly outlived = new Map<number, readonly Tried[]>();
  /** Passing runs in fresh workers, of mutants that outlived the same file in a warm one. */
  readonly confirmed: Tried[] = [];
  /** Mutants that the compiler has nothing against. */
  readonly accepted = new Set<number>();
  /** Mutants that outlived all tests of a command, each in a process of its own: nothing is left to confirm. */
  readonly proven = new Set<number>();
  /** Files that the runner runs in a browser or another runtime, where no mutant can be tried. */
  readonly elsewhere = new Set<string>();
  /** Files that bore on nothing that was still open when it was their turn. */
  readonly idle = new Set<string>();
  readonly baselines = new Map<string, BaselineRun>();
  /** Changed files that some test loads. */
  readonly loaded = new Set<string>();
  /** Modules in folders of built output, below the packages of the changed files, that some test loads. */
  readonly built = new Set<string>();
  /** Modules that can start other processes. */
  readonly starters = new Set<string>();
  /** Those of them that have modules of the repository run there. */
  readonly launchers = new Set<string>();
  readonly commands: CommandRuns[] = [];
  readonly errors: AssayError[] = [];
  /** Test files that were not run since they bore on unexecuted lines alone, and there was no time for these. */
  unasked = 0;
  /** Test files that nothing of what is run as the tests runs, and that might execute what is left. */
  beside: readonly string[] = [];
  /** From this moment on, in milliseconds of the clock, only what is needed is asked, if anything else was settled. */
  readonly until: number;
  readonly isSample: boolean;
  readonly progress: Progress;
  readonly #mutants: number;
  readonly #probes: number;

  constructor(mutants: number, probes: ReadonlySet<number>, { patienceMs, isSample }: Patience) {
    this.#mutants = mutants;
    this.#probes = probes.size;
    this.until = Date.now() + patienceMs;
    this.isSample = isSample;
    this.alive = new Set(Array.from({ length: mutants }, (_, mutant) => mutant));
    this.unexecuted = new Set(probes);
    this.progress = new Progress(this.alive);
  }

  get isSettled(): boolean {
    if (this.isSample && this.#isLate && this.alive.size < this.#mutants) return true;
    return this.alive.size === 0 && !this.#asksForLines;
  }

  get isStopped(): boolean {
    return isStopped(this);
  }

  get #asksForLines(): boolean {
    if (this.unexecuted.size === 0) return false;
    return !this.#isLate || this.unexecuted.size === this.#probes;
  }

  get #isLate(): boolean {
    return Date.now() >= this.until;
  }

  /** A sentence for whoever waits. */
  get progressLine(): string {
    return this.progress.sentence(this.#mutants);
  }

  /** Mutants that were tried and are not dead. */
  get candidates(): readonly number[] {
    return [...this.alive].filter((mutant) => this.outlived.has(mutant));
  }

  /** Mutants that a passing file reaches and that nobody has tried: none, when all went well. */
  get untried(): readonly number[] {
    const reached = [...this.baselines.values()].flatMap((run) => (run.failure === null ? run.reached : []));
    const tried = new Set([...this.outlived.keys(), ...this.doubts.map(({ mutant }) => mutant)]);
    return reached.filter((mutant) => this.alive.has(mutant) && !tried.has(mutant));
  }

  /** By loop: the most rounds that it went in any file, without a mutant. */
  get usual(): readonly number[] {
    const most: number[] = [];
    for (const { usual } of this.baselines.values())
      for (const [number, rounds] of usual.entries()) most[number] = Math.max(most[number] ?? 0, rounds ?? 0);
    return most;
  }

  isAlive(mutant: number): boolean {
    return this.alive.has(mutant);
  }

  isUnexecuted(probe: number): boolean {
    return this.#asksForLines && this.unexecuted.has(probe);
  }

  /** Did the file pass without a mutant? */
  isGreen(file: string): boolean {
    return this.baselines.get(file)?.failure === null;
  }

  settle(mutant: number, verdict: Verdict): void {
    this.alive.delete(mutant);
    this.verdicts.set(mutant, verdict);
  }

  doubt(mutant: number, file: string): void {
    this.doubts = [...this.doubts, { mutant, file }];
  }

  outlive(mutant: number, run: Tried): void {
    const runs = (this.outlived.get(mutant) ?? []).filter(({ file }) => file !== run.file);
    this.outlived.set(mutant, [...runs, run]);
  }

  /** A file was run without a mutant. */
  ran(run: BaselineRun): void {
    this.baselines.set(run.file, run);
    if (run.failure === null) this.executed(run.executed);
  }

  executed(probes: readonly number[]): void {
    for (const probe of probes) this.unexecuted.delete(probe);
  }

  /** Does this file reach a mutant that is alive and was not tried with it? */
  leavesOut(file: string): boolean {
    const isTried = (mutant: number): boolean =>
      this.outlived.get(mutant)?.some((run) => run.file === file) === true ||
      this.doubts.some((doubt) => doubt.mutant === mutant && doubt.file === file);
    return this.baselines.get(file)?.reached.some((mutant) => this.alive.has(mutant) && !isTried(mutant)) === true;
  }

  /** Puts what every mutant outlived in the order of these files. */
  order(files: readonly string[]): void {
    const places = new Map(files.map((file, index) => [file, index]));
    const placeOf = ({ file }: Tried): number => places.get(file) ?? files.length;
    for (const [mutant, runs] of this.outlived)
      this.outlived.set(
        mutant,
        runs.toSorted((a, b) => placeOf(a) - placeOf(b)),
      );
  }
}
