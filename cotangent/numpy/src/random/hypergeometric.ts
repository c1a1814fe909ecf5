// The hypergeometric distribution, drawn in NumPy's order.
import { logGamma } from "./counts.ts";
import type { Drawing } from "./distributions.ts";

const { floor, log, sqrt } = Math;

/** How many good ones are among those that are drawn. @throws RangeError where there are not so many. */
export function hypergeometric(drawing: Drawing, good: number, bad: number, sample: number): number {
  const total = good + bad;
  if (sample > total) throw new RangeError(`hypergeometric: of ${good} and ${bad} ${sample} can't be drawn`);
  return sample >= 10 && sample <= total - 10
    ? hypergeometricByRatios(drawing, good, bad, sample)
    : hypergeometricOneByOne(drawing, good, bad, sample);
}

/** Draws the fewer ones of those that are drawn and those that are left. */
function hypergeometricOneByOne(drawing: Drawing, good: number, bad: number, sample: number): number {
  const total = good + bad;
  const isMost = sample > floor(total / 2);
  let [left, goodLeft, toDraw] = [total, good, isMost ? total - sample : sample];
  for (; toDraw > 0 && goodLeft > 0 && left > goodLeft; toDraw--) {
    left--;
    if (drawing.within(left) < goodLeft) goodLeft--;
  }
  // Only good ones are left.
  if (left === goodLeft) goodLeft -= toDraw;
  return isMost ? goodLeft : good - goodLeft;
}

/** 2 √(2/e) and 3 − 2 √(3/e). */
const [ratioSlope, ratioStart] = [1.7155277699214135, 0.8989161620588988];

/** Algorithm HRUA, by a ratio of uniform numbers (Stadlober, 1989). */
function hypergeometricByRatios(drawing: Drawing, good: number, bad: number, sample: number): number {
  const total = good + bad;
  const drawn = Math.min(sample, total - sample);
  const [fewer, more] = [Math.min(good, bad), Math.max(good, bad)];
  const [p, q] = [fewer / total, more / total];
  const a = drawn * p + 0.5;
  const spread = sqrt(((total - drawn) * drawn * p * q) / (total - 1) + 0.5);
  const h = ratioSlope * spread + ratioStart;
  const chance = (number: number): number =>
    logGamma(number + 1) +
    logGamma(fewer - number + 1) +
    logGamma(drawn - number + 1) +
    logGamma(more - drawn + number + 1);
  const best = chance(floor(((drawn + 1) * (fewer + 1)) / (total + 2)));
  const end = Math.min(Math.min(drawn, fewer) + 1, floor(a + 16 * spread));
  for (;;) {
    const u = drawing.bits.nextDouble();
    const x = a + (h * (drawing.bits.nextDouble() - 0.5)) / u;
    if (!(x >= 0 && x < end)) continue;
    const number = floor(x);
    const t = best - chance(number);
    const isQuick = u * (4 - u) - 3 <= t;
    if (!isQuick && (u * (u - t) >= 1 || 2 * log(u) > t)) continue;
    const ofDrawn = good > bad ? drawn - number : number;
    return drawn < sample ? good - ofDrawn : ofDrawn;
  }
}
