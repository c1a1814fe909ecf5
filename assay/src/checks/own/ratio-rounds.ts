// Measures two programs in turns, until the ratio is decided or time is up.
import { AssayError } from "../../model/errors.ts";
import type { Ratio } from "../../model/own-check.ts";
import type { Host, ProcessOutcome } from "../../model/process.ts";
import { tellingLine } from "../../tools/runners/test-report.ts";
import { estimateRatio, fewestRounds, looks, type RatioEstimate, type Round } from "./ratio-decision.ts";

export interface Program {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** For messages. */
  readonly name: string;
}

/** As much of a host as is needed. */
export type MeasuringHost = Pick<Host, "run" | "progress" | "deadline" | "signal">;

export type Measured =
  | { readonly status: "measured"; readonly estimate: RatioEstimate; readonly rounds: number }
  /** The run as a whole has no time left. */
  | { readonly status: "deferred" };

type Side = keyof Round;

/** In each round every side has the same place on average, and over three rounds every place. */
const orders: readonly (readonly Side[])[] = [
  ["numerator", "denominator", "control", "control", "denominator", "numerator"],
  ["denominator", "control", "numerator", "numerator", "control", "denominator"],
  ["control", "numerator", "denominator", "denominator", "numerator", "control"],
];

/** @throws AssayError `tool-failed` where a program fails, says nothing that was asked for, or takes all the time. */
export async function measureRatio(
  config: Pick<Ratio, "atMost" | "measure" | "seconds">,
  programs: { readonly numerator: Program; readonly denominator: Program },
  host: MeasuringHost,
): Promise<Measured> {
  const started = performance.now();
  const once = (side: Side): Promise<number | null> =>
    measure(config, side === "numerator" ? programs.numerator : programs.denominator, host);
  // The first run of each fills caches, and says whether it runs at all.
  for (const side of ["numerator", "denominator"] as const)
    if ((await once(side)) === null) return { status: "deferred" };
  const pair = performance.now() - started;
  const rounds: Round[] = [];
  let longest = pair * 3;
  while (performance.now() - started + longest <= config.seconds * 1000) {
    const before = performance.now();
    const round = await measureRound(orders[rounds.length % orders.length] ?? [], once);
    if (round === null) return { status: "deferred" };
    rounds.push(round);
    longest = Math.max(performance.now() - before, rounds.length === 1 ? 0 : longest);
    host.progress(`${programs.numerator.name}: round ${rounds.length}`);
    if (!looks.includes(rounds.length)) continue;
    const estimate = estimateRatio(rounds, config.atMost);
    if (estimate.verdict !== "undecided" || rounds.length === looks.at(-1)) return measured(rounds, estimate);
  }
  if (rounds.length > 0) return measured(rounds, estimateRatio(rounds, config.atMost));
  const { name } = programs.numerator;
  throw new AssayError("tool-failed", `One round of ${name} takes longer than the ${config.seconds} s that there are`, {
    hint: `Raise \`seconds\` in assay.toml, or measure less: ${fewestRounds} rounds are the least.`,
  });
}

function measured(rounds: readonly Round[], estimate: RatioEstimate): Measured {
  return { status: "measured", estimate, rounds: rounds.length };
}

async function measureRound(
  order: readonly Side[],
  once: (side: Side) => Promise<number | null>,
): Promise<Round | null> {
  const round: Record<Side, number[]> = { numerator: [], denominator: [], control: [] };
  for (const side of order) {
    const value = await once(side);
    if (value === null) return null;
    round[side].push(value);
  }
  return round;
}

/** Null where the run has no time left. */
async function measure(
  { measure, seconds }: Pick<Ratio, "measure" | "seconds">,
  { argv, cwd, name }: Program,
  host: MeasuringHost,
): Promise<number | null> {
  const [file = "", ...args] = argv;
  const outcome = await host.run({ file, args, cwd, timeoutMs: seconds * 1000 });
  if (outcome.timedOut && (host.signal.aborted || performance.now() >= host.deadline)) return null;
  const fault = faultOf(outcome, seconds);
  if (fault !== null) throw new AssayError("tool-failed", `\`${name}\` can't be measured: ${fault}`, { hint: name });
  return measure === "time" ? outcome.durationMs : lastNumber(outcome, name);
}

function faultOf({ timedOut, spawnError, signal, exitCode, stderr }: ProcessOutcome, seconds: number): string | null {
  if (timedOut) return `it takes more than ${seconds} s`;
  const failure = spawnError ?? signal ?? (exitCode === 0 ? null : `exit code ${exitCode}`);
  const said = tellingLine(stderr);
  return failure === null || said === "" ? failure : `${failure}: ${said}`;
}

function lastNumber({ stdout }: ProcessOutcome, name: string): number {
  const last = stdout.trim().split("\n").at(-1)?.trim() ?? "";
  const value = /^\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(last) ? Number(last) : NaN;
  if (Number.isFinite(value) && value > 0) return value;
  throw new AssayError("tool-failed", `\`${name}\` ends in "${last.slice(0, 40)}", which is no number above 0`, {
    hint: 'Print the measurement as the last line, or set `measure = "time"`.',
  });
}
