// The discrete Fourier transform of any length.
import { bluestein, transformByChirp, type Bluestein } from "./bluestein.ts";
import { mixedRadix, radicesOf, transformLines, type MixedRadix } from "./mixed-radix.ts";

/** Up to here, the definition is not slower than a convolution. */
const largestRadix = 31;

type Plan =
  | { readonly kind: "mixed"; readonly plan: MixedRadix }
  | { readonly kind: "chirp"; readonly plan: Bluestein };

// What is computed once for each length is kept for a while, since programs transform the same lengths again and again.
const kept = new Map<number, Plan>();
const keptPlans = 16;
const keptLength = 2 ** 20;

function planFor(length: number): Plan {
  const known = kept.get(length);
  if (known !== undefined) return known;
  const isMixed = radicesOf(length).every((radix) => radix <= largestRadix);
  const plan: Plan = isMixed ? { kind: "mixed", plan: mixedRadix(length) } : { kind: "chirp", plan: bluestein(length) };
  if (length <= keptLength) keep(length, plan);
  return plan;
}

function keep(length: number, plan: Plan): void {
  const [oldest] = kept.keys();
  if (kept.size >= keptPlans && oldest !== undefined) kept.delete(oldest);
  kept.set(length, plan);
}

/**
 * Transforms outer × length × lines complex numbers (pairs of doubles) along their middle axis. Not scaled. The data is
 * written over.
 */
export function fft(
  data: Float64Array,
  outer: number,
  length: number,
  lines: number,
  isInverse: boolean,
): Float64Array {
  if (length <= 1 || outer * lines === 0) return data;
  // An inverse transform is the transform with real and imaginary parts exchanged, before and after.
  if (isInverse) exchangeParts(data);
  const result = outer === 1 ? transform(data, length, lines) : transformEach(data, outer, length, lines);
  if (isInverse) exchangeParts(result);
  return result;
}

function transformEach(data: Float64Array, outer: number, length: number, lines: number): Float64Array {
  const size = 2 * length * lines;
  const spare = new Float64Array(size);
  for (let index = 0; index < outer; index++) {
    const part = data.subarray(index * size, (index + 1) * size);
    const result = transform(part, length, lines, spare);
    if (result !== part) part.set(result);
  }
  return data;
}

function transform(data: Float64Array, length: number, lines: number, spare?: Float64Array): Float64Array {
  const { kind, plan } = planFor(length);
  if (kind === "mixed") return transformLines(plan, data, spare ?? new Float64Array(data.length), lines);
  transformByChirp(plan, data, lines);
  return data;
}

function exchangeParts(data: Float64Array): void {
  for (let index = 0; index < data.length; index += 2) {
    const held = Number(data[index]);
    data[index] = Number(data[index + 1]);
    data[index + 1] = held;
  }
}
