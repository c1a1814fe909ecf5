// Random bits: PCG XSL RR 128/64 (O'Neill, 2014), as NumPy's PCG64.
import { stateWords, type Seed } from "./seed-sequence.ts";

// The multiplier, in words of 32 bits, the lowest first.
const m0 = 0x9fccf645;
const m1 = 0x4385df64;
const m2 = 0x1fc65da4;
const m3 = 0x2360ed05;

/** The upper 32 bits of a product of 32-bit numbers. */
function high(x: number, y: number): number {
  const xl = x & 0xffff;
  const xh = x >>> 16;
  const yl = y & 0xffff;
  const yh = y >>> 16;
  const middle = (Math.imul(xh, yl) >>> 0) + (Math.imul(xl, yl) >>> 16);
  const other = (Math.imul(xl, yh) >>> 0) + (middle & 0xffff);
  return (Math.imul(xh, yh) + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) >>> 0;
}

/** The lower 32 bits of a product. */
function low(x: number, y: number): number {
  return Math.imul(x, y) >>> 0;
}

/** A generator of random bits. Its state changes with each call. */
export class PCG64 {
  // State and increment, in words of 32 bits, the lowest first.
  #s0 = 0;
  #s1 = 0;
  #s2 = 0;
  #s3 = 0;
  readonly #i0: number;
  readonly #i1: number;
  readonly #i2: number;
  readonly #i3: number;
  #kept: number | null = null;
  /** The result of `next64`: its upper and lower half. */
  upper = 0;
  lower = 0;

  constructor(seed: Seed) {
    const words = stateWords(seed, 8);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = words;
    // Pairs of words are numbers of 64 bits; of two of those the first is the upper half.
    this.#i0 = ((g << 1) | 1) >>> 0;
    this.#i1 = ((h << 1) | (g >>> 31)) >>> 0;
    this.#i2 = ((e << 1) | (h >>> 31)) >>> 0;
    this.#i3 = ((f << 1) | (e >>> 31)) >>> 0;
    this.#step();
    this.#add(c, d, a, b);
    this.#step();
  }

  #add(a0: number, a1: number, a2: number, a3: number): void {
    const t0 = this.#s0 + a0;
    const t1 = this.#s1 + a1 + (t0 > 0xffffffff ? 1 : 0);
    const t2 = this.#s2 + a2 + (t1 > 0xffffffff ? 1 : 0);
    const t3 = this.#s3 + a3 + (t2 > 0xffffffff ? 1 : 0);
    this.#s0 = t0 >>> 0;
    this.#s1 = t1 >>> 0;
    this.#s2 = t2 >>> 0;
    this.#s3 = t3 >>> 0;
  }

  /** state = state · multiplier + increment, modulo 2¹²⁸ */
  #step(): void {
    const s0 = this.#s0;
    const s1 = this.#s1;
    const s2 = this.#s2;
    const s3 = this.#s3;
    const c1 = high(s0, m0) + low(s0, m1) + low(s1, m0);
    const c2 = high(s0, m1) + high(s1, m0) + low(s0, m2) + low(s1, m1) + low(s2, m0) + Math.floor(c1 / 0x100000000);
    const c3 =
      high(s0, m2) +
      high(s1, m1) +
      high(s2, m0) +
      low(s0, m3) +
      low(s1, m2) +
      low(s2, m1) +
      low(s3, m0) +
      Math.floor(c2 / 0x100000000);
    this.#s0 = low(s0, m0);
    this.#s1 = c1 >>> 0;
    this.#s2 = c2 >>> 0;
    this.#s3 = c3 >>> 0;
    this.#add(this.#i0, this.#i1, this.#i2, this.#i3);
  }

  /** 64 random bits, in `upper` and `lower`. */
  next64(): void {
    this.#step();
    const lower = (this.#s2 ^ this.#s0) >>> 0;
    const upper = (this.#s3 ^ this.#s1) >>> 0;
    // Rotated right by the upper 6 bits of the state.
    const by = this.#s3 >>> 26;
    const a = by >= 32 ? upper : lower;
    const b = by >= 32 ? lower : upper;
    const shift = by & 31;
    this.lower = shift === 0 ? a : ((a >>> shift) | (b << (32 - shift))) >>> 0;
    this.upper = shift === 0 ? b : ((b >>> shift) | (a << (32 - shift))) >>> 0;
  }

  /** 32 random bits: first the lower, then the upper half of 64. */
  next32(): number {
    if (this.#kept !== null) {
      const kept = this.#kept;
      this.#kept = null;
      return kept;
    }
    this.next64();
    this.#kept = this.upper;
    return this.lower;
  }

  /** 64 random bits as a bigint. */
  nextBig(): bigint {
    this.next64();
    return (BigInt(this.upper) << 32n) | BigInt(this.lower);
  }

  /** A number of 53 random bits, at least 0 and less than 1. */
  nextDouble(): number {
    this.next64();
    return (this.upper * 0x200000 + (this.lower >>> 11)) / 9007199254740992;
  }
}
