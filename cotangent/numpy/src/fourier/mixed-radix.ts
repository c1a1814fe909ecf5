// The fast Fourier transform of lengths with small prime factors: Stockham's algorithm, whose result is in order
// without a bit reversal (Van Loan, "Computational frameworks for the fast Fourier transform", §1.7 and §2).
import { rootsOfUnity } from "./roots-of-unity.ts";

/** What is computed once for each length. */
export interface MixedRadix {
  readonly length: number;
  readonly radices: readonly number[];
  /** exp(−2πi k/length). */
  readonly roots: Float64Array;
}

/** One pass over the data: of `radix` parts, each of `parts` groups of `stride` numbers. */
interface Pass {
  readonly radix: number;
  readonly parts: number;
  readonly stride: number;
  /** Doubles between the roots that neighbouring groups are multiplied by. */
  readonly rootStep: number;
  readonly roots: Float64Array;
}

/** Factors of the length, fours first; a large prime is one of them. */
export function radicesOf(length: number): readonly number[] {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  for (let radix = 7; rest > 1; radix += 2) {
    if (radix * radix > rest) radix = rest;
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  return radices;
}

export function mixedRadix(length: number): MixedRadix {
  return { length, radices: radicesOf(length), roots: rootsOfUnity(length, length) };
}

/**
 * Transforms length × lines numbers along their first axis. Both arrays are written over; the result is in the one that
 * is returned.
 */
export function transformLines(plan: MixedRadix, data: Float64Array, spare: Float64Array, lines: number): Float64Array {
  let [from, to] = [data, spare];
  let rest = plan.length;
  let step = 1;
  for (const radix of plan.radices) {
    const parts = rest / radix;
    const pass = { radix, parts, stride: step * lines, rootStep: 2 * step, roots: plan.roots };
    runPass(pass, from, to);
    [from, to] = [to, from];
    rest = parts;
    step *= radix;
  }
  return from;
}

function runPass(pass: Pass, from: Float64Array, to: Float64Array): void {
  if (pass.radix === 4) radix4(pass, from, to);
  else if (pass.radix === 2) radix2(pass, from, to);
  else if (pass.radix === 3) radix3(pass, from, to);
  else oddRadix(pass, from, to);
}

function radix2({ parts, stride, rootStep, roots }: Pass, x: Float64Array, y: Float64Array): void {
  const half = 2 * parts * stride;
  const length = 2 * stride;
  for (let part = 0; part < parts; part++) {
    const re = Number(roots[part * rootStep]);
    const im = Number(roots[part * rootStep + 1]);
    const first = part * length;
    const to = 2 * first;
    for (let q = 0; q < length; q += 2) {
      const a = Number(x[first + q]);
      const ai = Number(x[first + q + 1]);
      const b = Number(x[first + half + q]);
      const bi = Number(x[first + half + q + 1]);
      y[to + q] = a + b;
      y[to + q + 1] = ai + bi;
      const d = a - b;
      const di = ai - bi;
      y[to + length + q] = d * re - di * im;
      y[to + length + q + 1] = d * im + di * re;
    }
  }
}

const sine60 = Math.sqrt(3) / 2;

function radix3({ parts, stride, rootStep, roots }: Pass, x: Float64Array, y: Float64Array): void {
  const third = 2 * parts * stride;
  const length = 2 * stride;
  for (let part = 0; part < parts; part++) {
    const root = part * rootStep;
    const re1 = Number(roots[root]);
    const im1 = Number(roots[root + 1]);
    const re2 = Number(roots[2 * root]);
    const im2 = Number(roots[2 * root + 1]);
    const first = part * length;
    const to = 3 * first;
    for (let q = 0; q < length; q += 2) {
      const a = Number(x[first + q]);
      const ai = Number(x[first + q + 1]);
      const b = Number(x[first + third + q]);
      const bi = Number(x[first + third + q + 1]);
      const c = Number(x[first + 2 * third + q]);
      const ci = Number(x[first + 2 * third + q + 1]);
      const sum = b + c;
      const sumi = bi + ci;
      const even = a - 0.5 * sum;
      const eveni = ai - 0.5 * sumi;
      // −i √3/2 (b − c).
      const odd = sine60 * (bi - ci);
      const oddi = -sine60 * (b - c);
      y[to + q] = a + sum;
      y[to + q + 1] = ai + sumi;
      y[to + length + q] = (even + odd) * re1 - (eveni + oddi) * im1;
      y[to + length + q + 1] = (even + odd) * im1 + (eveni + oddi) * re1;
      y[to + 2 * length + q] = (even - odd) * re2 - (eveni - oddi) * im2;
      y[to + 2 * length + q + 1] = (even - odd) * im2 + (eveni - oddi) * re2;
    }
  }
}

function radix4({ parts, stride, rootStep, roots }: Pass, x: Float64Array, y: Float64Array): void {
  const quarter = 2 * parts * stride;
  const length = 2 * stride;
  for (let part = 0; part < parts; part++) {
    const root = part * rootStep;
    const re1 = Number(roots[root]);
    const im1 = Number(roots[root + 1]);
    const re2 = Number(roots[2 * root]);
    const im2 = Number(roots[2 * root + 1]);
    const re3 = Number(roots[3 * root]);
    const im3 = Number(roots[3 * root + 1]);
    const first = part * length;
    const to = 4 * first;
    for (let q = 0; q < length; q += 2) {
      const at = first + q;
      const a = Number(x[at]);
      const ai = Number(x[at + 1]);
      const b = Number(x[at + quarter]);
      const bi = Number(x[at + quarter + 1]);
      const c = Number(x[at + 2 * quarter]);
      const ci = Number(x[at + 2 * quarter + 1]);
      const d = Number(x[at + 3 * quarter]);
      const di = Number(x[at + 3 * quarter + 1]);
      const s = a + c;
      const si = ai + ci;
      const t = b + d;
      const ti = bi + di;
      const u = a - c;
      const ui = ai - ci;
      // −i (b − d).
      const v = bi - di;
      const vi = d - b;
      const place = to + q;
      y[place] = s + t;
      y[place + 1] = si + ti;
      y[place + length] = (u + v) * re1 - (ui + vi) * im1;
      y[place + length + 1] = (u + v) * im1 + (ui + vi) * re1;
      y[place + 2 * length] = (s - t) * re2 - (si - ti) * im2;
      y[place + 2 * length + 1] = (s - t) * im2 + (si - ti) * re2;
      y[place + 3 * length] = (u - v) * re3 - (ui - vi) * im3;
      y[place + 3 * length + 1] = (u - v) * im3 + (ui - vi) * re3;
    }
  }
}

/** Any odd radix, by the definition; numbers the same way from both ends are added and subtracted first. */
function oddRadix({ radix, parts, stride, rootStep, roots }: Pass, x: Float64Array, y: Float64Array): void {
  const gap = 2 * parts * stride;
  const length = 2 * stride;
  const half = (radix - 1) / 2;
  const unit = roots.length / 2 / radix;
  const sums = new Float64Array(4 * half);
  for (let part = 0; part < parts; part++) {
    for (let q = 0; q < length; q += 2) {
      const first = part * length + q;
      const to = radix * part * length + q;
      const a = Number(x[first]);
      const ai = Number(x[first + 1]);
      let all = a;
      let alli = ai;
      for (let j = 1; j <= half; j++) {
        const low = first + j * gap;
        const high = first + (radix - j) * gap;
        const at = 4 * j - 4;
        const sum = Number(x[low]) + Number(x[high]);
        const sumi = Number(x[low + 1]) + Number(x[high + 1]);
        sums[at] = sum;
        sums[at + 1] = sumi;
        sums[at + 2] = Number(x[low]) - Number(x[high]);
        sums[at + 3] = Number(x[low + 1]) - Number(x[high + 1]);
        all += sum;
        alli += sumi;
      }
      y[to] = all;
      y[to + 1] = alli;
      for (let k = 1; k <= half; k++) {
        let even = a;
        let eveni = ai;
        let odd = 0;
        let oddi = 0;
        for (let j = 1; j <= half; j++) {
          const root = 2 * unit * ((j * k) % radix);
          const at = 4 * j - 4;
          even += Number(roots[root]) * Number(sums[at]);
          eveni += Number(roots[root]) * Number(sums[at + 1]);
          odd -= Number(roots[root + 1]) * Number(sums[at + 3]);
          oddi += Number(roots[root + 1]) * Number(sums[at + 2]);
        }
        write(y, to + k * length, even + odd, eveni + oddi, roots, k * part * rootStep);
        write(y, to + (radix - k) * length, even - odd, eveni - oddi, roots, (radix - k) * part * rootStep);
      }
    }
  }
}

/** The number times a root. */
function write(y: Float64Array, to: number, re: number, im: number, roots: Float64Array, root: number): void {
  y[to] = re * Number(roots[root]) - im * Number(roots[root + 1]);
  y[to + 1] = re * Number(roots[root + 1]) + im * Number(roots[root]);
}
