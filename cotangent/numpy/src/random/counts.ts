// Distributions of counts, drawn in NumPy's order.
import type { Drawing } from "./distributions.ts";

const { exp, expm1, floor, log, log1p, sqrt } = Math;

/** The Poisson distribution: by products of uniform numbers, or with a large mean by rejection (Hörmann, 1993). */
export function poisson(drawing: Drawing, mean: number): number {
  if (mean === 0) return 0;
  return mean >= 10 ? poissonByRejection(drawing, mean) : poissonByProducts(drawing, mean);
}

function poissonByProducts(drawing: Drawing, mean: number): number {
  const least = exp(-mean);
  let product = drawing.bits.nextDouble();
  let number = 0;
  for (; product > least; product *= drawing.bits.nextDouble()) number++;
  return number;
}

/** Algorithm PTRS of "The transformed rejection method for generating Poisson random variables". */
function poissonByRejection(drawing: Drawing, mean: number): number {
  const logMean = log(mean);
  const b = 0.931 + 2.53 * sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = drawing.bits.nextDouble() - 0.5;
    const v = drawing.bits.nextDouble();
    const us = 0.5 - Math.abs(u);
    const k = floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= quick) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const bound = -mean + k * logMean - logGamma(k + 1);
    if (log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= bound) return k;
  }
}

/** Bernoulli numbers B₂ₖ / (2k (2k − 1)), k = 1 to 10, the last one cut short. */
const stirling = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4,
  -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
];
const logTwoPi = 1.8378770664093453;

/** The logarithm of the gamma function above 0, by Stirling's series from 7 on. */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const steps = x < 7 ? Math.trunc(7 - x) : 0;
  let at = x + steps;
  const square = (1 / at) * (1 / at);
  const series = stirling.reduceRight((sum, each) => sum * square + each);
  let result = series / at + 0.5 * logTwoPi + (at - 0.5) * log(at) - at;
  for (let step = 0; step < steps; step++) {
    result -= log(at - 1);
    at--;
  }
  return result;
}

/** How many trials until one succeeds. */
export function geometric(drawing: Drawing, p: number): number {
  if (p < 1 / 3) return Math.ceil(-drawing.exponential() / log1p(-p));
  let [number, sum, term] = [1, p, p];
  for (const u = drawing.bits.nextDouble(); u > sum; number++) {
    term *= 1 - p;
    sum += term;
  }
  return number;
}

/** How many of n trials succeed, each with probability p. */
export function binomial(drawing: Drawing, n: number, p: number): number {
  if (n === 0 || p === 0) return 0;
  const rarer = p <= 0.5 ? p : 1 - p;
  const number = n * rarer <= 30 ? binomialByInversion(drawing, n, rarer) : binomialByRejection(drawing, n, rarer);
  return p <= 0.5 ? number : n - number;
}

function binomialByInversion(drawing: Drawing, n: number, p: number): number {
  const q = 1 - p;
  const none = exp(n * log1p(-p));
  const most = floor(Math.min(n, n * p + 10 * sqrt(n * p * q + 1)));
  let [number, chance, u] = [0, none, drawing.bits.nextDouble()];
  while (u > chance) {
    number++;
    if (number > most) [number, chance, u] = [0, none, drawing.bits.nextDouble()];
    else {
      u -= chance;
      chance = ((n - number + 1) * p * chance) / (number * q);
    }
  }
  return number;
}

/** What algorithm BTPE works out once for n and p. */
interface Hat {
  readonly n: number;
  readonly r: number;
  readonly q: number;
  /** The most likely number. */
  readonly mode: number;
  /** Half the width of the triangle, and where its sides end. */
  readonly half: number;
  readonly left: number;
  readonly right: number;
  readonly height: number;
  /** Rates of the exponential tails. */
  readonly leftRate: number;
  readonly rightRate: number;
  /** Where the areas of triangle, parallelograms, left and right tail end. */
  readonly areas: readonly [number, number, number, number];
}

function hatOf(n: number, r: number): Hat {
  const q = 1 - r;
  const mean = n * r + r;
  const mode = floor(mean);
  const half = floor(2.195 * sqrt(n * r * q) - 4.6 * q) + 0.5;
  const [left, right] = [mode + 0.5 - half, mode + 0.5 + half];
  const height = 0.134 + 20.5 / (15.3 + mode);
  const toLeft = (mean - left) / (mean - left * r);
  const toRight = (right - mean) / (right * q);
  const [leftRate, rightRate] = [toLeft * (1 + toLeft / 2), toRight * (1 + toRight / 2)];
  const sides = half * (1 + 2 * height);
  const lower = sides + height / leftRate;
  const areas = [half, sides, lower, lower + height / rightRate] as const;
  return { n, r, q, mode, half, left, right, height, leftRate, rightRate, areas };
}

/** Algorithm BTPE (Kachitvichyanukul and Schmeiser, 1988). */
function binomialByRejection(drawing: Drawing, n: number, r: number): number {
  const hat = hatOf(n, r);
  const { mode, half, left, right, height, leftRate, rightRate, areas } = hat;
  for (;;) {
    const u = drawing.bits.nextDouble() * areas[3];
    let v = drawing.bits.nextDouble();
    if (u <= areas[0]) return floor(mode + 0.5 - half * v + u);
    let number = 0;
    if (u <= areas[1]) {
      const x = left + (u - half) / height;
      v = v * height + 1 - Math.abs(mode - x + 0.5) / half;
      if (v > 1) continue;
      number = floor(x);
    } else if (u <= areas[2]) {
      number = floor(left + log(v) / leftRate);
      if (number < 0 || v === 0) continue;
      v *= (u - areas[1]) * leftRate;
    } else {
      number = floor(right - log(v) / rightRate);
      if (number > n || v === 0) continue;
      v *= (u - areas[2]) * rightRate;
    }
    if (isBelow(hat, number, v)) return number;
  }
}

/** Whether v is below the chance of the number, relative to that of the most likely one. */
function isBelow(hat: Hat, number: number, v: number): boolean {
  const { n, r, q, mode } = hat;
  const variance = n * r * q;
  const distance = Math.abs(number - mode);
  if (distance <= 20 || distance >= variance / 2 - 1) return v <= ratioOf(hat, number);
  const spread = (distance / variance) * ((distance * (distance / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const middle = (-distance * distance) / (2 * variance);
  const height = log(v);
  if (height < middle - spread) return true;
  if (height > middle + spread) return false;
  const [x, f, z, w] = [number + 1, mode + 1, n + 1 - mode, n - number + 1];
  return (
    height <=
    (mode + 0.5) * log(f / x) +
      (n - mode + 0.5) * log(z / w) +
      (number - mode) * log((w * r) / (x * q)) +
      correction(f) +
      correction(z) +
      correction(x) +
      correction(w)
  );
}

/** The chance of a number beside that of the most likely one, step by step. */
function ratioOf({ n, r, q, mode }: Hat, number: number): number {
  const s = r / q;
  const a = s * (n + 1);
  let ratio = 1;
  for (let each = mode + 1; each <= number; each++) ratio *= a / each - s;
  for (let each = number + 1; each <= mode; each++) ratio /= a / each - s;
  return ratio;
}

/** Of Stirling's formula for a factorial. */
function correction(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

/** How many trials fail before n succeed: a Poisson number whose mean is a gamma number. */
export function negativeBinomial(drawing: Drawing, n: number, p: number): number {
  return poisson(drawing, ((1 - p) / p) * drawing.gamma(n));
}

/** The logarithmic series distribution (Kemp, 1981). */
export function logSeries(drawing: Drawing, p: number): number {
  const rate = log1p(-p);
  for (;;) {
    const v = drawing.bits.nextDouble();
    if (v >= p) return 1;
    const q = -expm1(rate * drawing.bits.nextDouble());
    if (v > q * q) return v >= q ? 1 : 2;
    const number = floor(1 + log(v) / log(q));
    if (number >= 1 && v !== 0) return number;
  }
}

const largestCount = 2 ** 63;

/** Zipf's distribution, by rejection from a Pareto distribution (Devroye, 1986). */
export function zipf(drawing: Drawing, a: number): number {
  if (a >= 1025) return 1;
  const power = a - 1;
  const b = 2 ** power;
  const least = largestCount ** -power;
  for (;;) {
    const u = drawing.bits.nextDouble();
    const v = drawing.bits.nextDouble();
    const x = floor((u * least + (1 - u)) ** (-1 / power));
    if (!(x <= largestCount && x >= 1)) continue;
    const t = (1 + 1 / x) ** power;
    if ((v * x * (t - 1)) / (b - 1) <= t / b) return x;
  }
}
