// What a command of the program is. The registry in `commands/index.ts` is the only list of them.
import type { Envelope } from "../report/envelope.ts";
import type { Paint } from "../report/terminal.ts";

/** What was typed, read and checked. */
export interface Invocation {
  /** Absolute path of the folder to work in. */
  readonly dir: string;
  /** Names after the command. */
  readonly operands: readonly string[];
  readonly base: string | null;
  readonly only: readonly string[];
  /** Checks that are reported as skipped. */
  readonly except: readonly string[];
  readonly budgetSeconds: number | null;
  /** Patterns of files that count as new from their first line to their last; empty: the change counts. */
  readonly files: readonly string[];
  /** A file that lists the mutants to try; null: they are chosen. */
  readonly mutants: string | null;
  /** Is a report for people wanted? */
  readonly report: boolean;
  /** `--base main` and the like, as typed: what a suggested command repeats. */
  readonly repeated: readonly string[];
  /** The same, for the command itself alone. */
  readonly ownRepeated: readonly string[];
  readonly format: "json" | "pretty";
}

/** Where a command may show what it is doing. */
export interface Console {
  /** A line for people while work goes on; nothing where nobody watches. */
  progress(line: (paint: Paint) => string): void;
  /** Shows a file in the program that people have for it; nothing where nobody watches. */
  open(file: string): void;
  /** A line that matters whoever watches, on standard error. */
  warn(line: string): void;
  /** For the answer's text. */
  readonly paint: Paint;
  /** Aborted on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The two forms of one answer; both are made from the same data. */
export interface Answer {
  readonly envelope: Envelope;
  readonly text: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** `CHECK`, where it takes an operand. */
  readonly operand: string | null;
  readonly options: readonly OptionName[];
  readonly load: () => Promise<(invocation: Invocation, console: Console) => Promise<Answer>>;
}

/** Every option there is. Which a command takes stands in its `options`. */
export const optionSpecs = {
  base: { value: "REV", about: "Judge the change against its merge base with REV" },
  only: { value: "CHECK", about: "Run only this check; may be repeated, or given as a list with commas" },
  except: {
    value: "CHECK",
    about: "Leave this check out, and say so; may be repeated, or given as a list with commas",
  },
  budget: { value: "SECONDS", about: "How long the run may take; in a loop 180 unless assay.toml says otherwise" },
  files: { value: "GLOB", about: "Mutate these files as a whole instead of the change; may be repeated" },
  mutants: { value: "FILE", about: "Try the mutants of this mutation report (the common JSON schema) and no others" },
  all: { value: null, about: "Mutate every source file as a whole" },
  report: { value: null, about: "Write the mutation report as a page and as JSON, and open the page on a terminal" },
  json: { value: null, about: "Print one JSON object; the default when standard output is no terminal" },
  pretty: { value: null, about: "Print text for people; the default on a terminal" },
  dir: { value: "DIR", about: "Work in this folder instead of the current one" },
} as const;

export type OptionName = keyof typeof optionSpecs;

/** Options that every command takes. */
export const commonOptions: readonly OptionName[] = ["json", "pretty", "dir"];

/** An option as it is typed: `-C` for the folder, `--name` for the others. */
export function flagOf(name: OptionName): string {
  return name === "dir" ? "-C" : `--${name}`;
}
