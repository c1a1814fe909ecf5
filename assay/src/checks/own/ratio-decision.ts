// Decides from measurements whether a ratio is above its limit. Pure, and the same for the same numbers.

/** What one round has measured: as often one as the other, in an order in which drift cancels out. */
export interface Round {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
  /** The denominator once more, as if it were another thing: what it differs by is noise. */
  readonly control: readonly number[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface RatioEstimate {
  /** Of the medians. */
  readonly ratio: number;
  readonly interval: Interval;
  /** By how much the denominator differs from itself, as a share. */
  readonly noise: number;
  readonly verdict: "above" | "within" | "undecided";
}

/** A median of fewer says little, and so would an interval around it. */
export const fewestRounds = 6;

/**
 * After how many rounds one looks: the more often, the more likely chance is mistaken for a difference. Every look asks
 * for the same certainty, which is high enough for all of them together.
 */
export const looks: readonly number[] = [fewestRounds, 9, 13, 18, 24];

const resamples = 1000;
/** Share of the resamples that is left out at each end of an interval. */
const tail = 0.001;

/**
 * An interval around the ratio of the medians, by resampling whole rounds, widened by what the denominator differs from
 * itself. Above the limit is what lies above it as a whole; within it, what lies below it as a whole.
 */
export function estimateRatio(rounds: readonly Round[], atMost: number): RatioEstimate {
  const numerator = sampleOf(rounds, "numerator");
  const denominator = sampleOf(rounds, "denominator");
  const everyOnce = Uint8Array.from(rounds, () => 1);
  const center = medianOf(denominator, everyOnce);
  const noise = Math.abs(Math.log(medianOf(sampleOf(rounds, "control"), everyOnce) / center));
  const ratios = drawRounds(rounds.length).map((counts) => medianOf(numerator, counts) / medianOf(denominator, counts));
  const { low, high } = intervalOf(ratios);
  const interval = { low: low / Math.exp(noise), high: high * Math.exp(noise) };
  const verdict = interval.low > atMost ? "above" : interval.high < atMost ? "within" : "undecided";
  return {
    ratio: medianOf(numerator, everyOnce) / center,
    interval,
    noise: Math.expm1(noise),
    verdict: rounds.length < fewestRounds ? "undecided" : verdict,
  };
}

/** In ascending order, each value with the round that it is of. */
interface Sample {
  readonly values: Float64Array;
  readonly rounds: Uint8Array;
}

function sampleOf(rounds: readonly Round[], side: keyof Round): Sample {
  const pairs = rounds.flatMap((round, index) => round[side].map((value) => [value, index] as const));
  pairs.sort(([a], [b]) => a - b);
  return { values: Float64Array.from(pairs, ([value]) => value), rounds: Uint8Array.from(pairs, ([, index]) => index) };
}

/** The median where each round counts so many times. */
function medianOf({ values, rounds }: Sample, counts: Uint8Array): number {
  let total = 0;
  for (const round of rounds) total += counts[round] ?? 0;
  let seen = 0;
  let lower: number | undefined;
  for (let index = 0; index < values.length; index++) {
    seen += counts[rounds[index] ?? 0] ?? 0;
    if (seen * 2 >= total) lower ??= values[index];
    if (seen * 2 > total) return ((lower ?? NaN) + (values[index] ?? NaN)) / 2;
  }
  return NaN;
}

const drawn = new Map<number, readonly Uint8Array[]>();

/** How often each round is in each resample. The same for as many rounds. */
function drawRounds(size: number): readonly Uint8Array[] {
  const known = drawn.get(size);
  if (known !== undefined) return known;
  const random = randomNumbers(size);
  const draws = Array.from({ length: resamples }, () => {
    const counts = new Uint8Array(size);
    for (let draw = 0; draw < size; draw++) {
      const index = Math.floor(random() * size);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts;
  });
  drawn.set(size, draws);
  return draws;
}

function intervalOf(values: readonly number[]): Interval {
  const ordered = values.toSorted((a, b) => a - b);
  const cut = Math.floor(ordered.length * tail);
  return { low: ordered.at(cut) ?? NaN, high: ordered.at(-1 - cut) ?? NaN };
}

/** Mulberry32: numbers from 0 to 1 that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
