// The fast Fourier transform of lengths with large prime factors, as a convolution with a chirp: Bluestein, IEEE
// Transactions on Audio and Electroacoustics 18 (1970).
import { mixedRadix, transformLines, type MixedRadix } from "./mixed-radix.ts";
import { rootsOfUnity } from "./roots-of-unity.ts";

/** What is computed once for each length. */
export interface Bluestein {
  readonly length: number;
  /** exp(−πi k²/length). */
  readonly chirp: Float64Array;
  /** For the convolution, of a length without large prime factors. */
  readonly inner: MixedRadix;
  /** The transform of the chirp's conjugate, divided by the length of the convolution. */
  readonly kernel: Float64Array;
}

export function bluestein(length: number): Bluestein {
  const roots = rootsOfUnity(2 * length, 2 * length);
  const chirp = new Float64Array(2 * length);
  for (let k = 0; k < length; k++) {
    const root = 2 * ((k * k) % (2 * length));
    chirp[2 * k] = Number(roots[root]);
    chirp[2 * k + 1] = Number(roots[root + 1]);
  }
  const inner = mixedRadix(2 ** Math.ceil(Math.log2(2 * length - 1)));
  const padded = new Float64Array(2 * inner.length);
  for (let k = 0; k < length; k++) {
    const other = (inner.length - k) % inner.length;
    for (const place of [k, other]) {
      padded[2 * place] = Number(chirp[2 * k]) / inner.length;
      padded[2 * place + 1] = -Number(chirp[2 * k + 1]) / inner.length;
    }
  }
  const kernel = transformLines(inner, padded, new Float64Array(padded.length), 1);
  return { length, chirp, inner, kernel };
}

/** Transforms length × lines numbers along their first axis, in place. */
export function transformByChirp(plan: Bluestein, data: Float64Array, lines: number): void {
  const { length, chirp, inner, kernel } = plan;
  const work = new Float64Array(2 * inner.length);
  const spare = new Float64Array(2 * inner.length);
  for (let line = 0; line < lines; line++) {
    work.fill(0);
    for (let k = 0; k < length; k++) multiply(work, 2 * k, data, 2 * (k * lines + line), chirp, 2 * k);
    const spectrum = transformLines(inner, work, spare, 1);
    const other = spectrum === work ? spare : work;
    // The transform back is the conjugate of the transform of the conjugate.
    for (let k = 0; k < inner.length; k++) {
      multiply(spectrum, 2 * k, spectrum, 2 * k, kernel, 2 * k);
      spectrum[2 * k + 1] = -Number(spectrum[2 * k + 1]);
    }
    const convolution = transformLines(inner, spectrum, other, 1);
    for (let k = 0; k < length; k++) {
      convolution[2 * k + 1] = -Number(convolution[2 * k + 1]);
      multiply(data, 2 * (k * lines + line), convolution, 2 * k, chirp, 2 * k);
    }
  }
}

function multiply(to: Float64Array, at: number, x: Float64Array, xAt: number, y: Float64Array, yAt: number): void {
  const [a, b, c, d] = [Number(x[xAt]), Number(x[xAt + 1]), Number(y[yAt]), Number(y[yAt + 1])];
  to[at] = a * c - b * d;
  to[at + 1] = a * d + b * c;
}
