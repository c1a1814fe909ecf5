// Random numbers of distributions, from random bits, as NumPy draws them.
import type { PCG64 } from "./pcg64.ts";
import {
  exponentialHeights,
  exponentialLimits,
  exponentialWidths,
  normalHeights,
  normalLimits,
  normalWidths,
} from "./ziggurat-tables.ts";

interface Ziggurat {
  readonly limits: Float64Array;
  readonly widths: Float64Array;
  readonly heights: Float64Array;
}

function decoded(table: string): Float64Array {
  const bytes = Uint8Array.from(atob(table), (each) => each.codePointAt(0) ?? 0);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 8 }, (_, place) => view.getFloat64(8 * place, true));
}

const normalEdge = 3.654152885361009;
const exponentialEdge = 7.69711747013105;

/** Draws from the normal and the exponential distribution. */
export class Drawing {
  readonly bits: PCG64;
  readonly #normal: Ziggurat = {
    limits: decoded(normalLimits),
    widths: decoded(normalWidths),
    heights: decoded(normalHeights),
  };
  readonly #exponential: Ziggurat = {
    limits: decoded(exponentialLimits),
    widths: decoded(exponentialWidths),
    heights: decoded(exponentialHeights),
  };

  constructor(bits: PCG64) {
    this.bits = bits;
  }

  /** The normal distribution with mean 0 and variance 1, by the ziggurat method. */
  normal(): number {
    const { limits, widths, heights } = this.#normal;
    for (;;) {
      this.bits.next64();
      const upper = this.bits.upper;
      const lower = this.bits.lower;
      const layer = lower & 0xff;
      const isNegative = (lower & 0x100) !== 0;
      // Bits 9 to 60.
      const place = (upper & 0x1fffffff) * 0x800000 + (lower >>> 9);
      const size = place * (widths[layer] ?? 0);
      const x = isNegative ? -size : size;
      if (place < (limits[layer] ?? 0)) return x;
      if (layer === 0) return this.#normalTail(place);
      const [above, below] = [heights[layer - 1] ?? 0, heights[layer] ?? 0];
      if ((above - below) * this.bits.nextDouble() + below < Math.exp(-0.5 * x * x)) return x;
    }
  }

  #normalTail(place: number): number {
    for (;;) {
      const x = -(1 / normalEdge) * Math.log1p(-this.bits.nextDouble());
      const y = -Math.log1p(-this.bits.nextDouble());
      if (y + y > x * x) return (Math.floor(place / 256) & 1) === 1 ? -(normalEdge + x) : normalEdge + x;
    }
  }

  /** The exponential distribution with mean 1, by the ziggurat method. */
  exponential(): number {
    const { limits, widths, heights } = this.#exponential;
    for (;;) {
      this.bits.next64();
      const { upper, lower } = this.bits;
      const layer = (lower >>> 3) & 0xff;
      // Bits 11 to 63.
      const place = upper * 0x200000 + (lower >>> 11);
      const x = place * (widths[layer] ?? 0);
      if (place < (limits[layer] ?? 0)) return x;
      if (layer === 0) return exponentialEdge - Math.log1p(-this.bits.nextDouble());
      const [above, below] = [heights[layer - 1] ?? 0, heights[layer] ?? 0];
      if ((above - below) * this.bits.nextDouble() + below < Math.exp(-x)) return x;
    }
  }

  /** The gamma distribution with scale 1 (Marsaglia and Tsang, 2000). */
  gamma(shape: number): number {
    if (shape === 1) return this.exponential();
    if (shape === 0) return 0;
    return shape < 1 ? this.#smallGamma(shape) : this.#largeGamma(shape);
  }

  #smallGamma(shape: number): number {
    for (;;) {
      const u = this.bits.nextDouble();
      const v = this.exponential();
      if (u <= 1 - shape) {
        const x = u ** (1 / shape);
        if (x <= v) return x;
      } else {
        const y = -Math.log((1 - u) / shape);
        const x = (1 - shape + shape * y) ** (1 / shape);
        if (x <= v + y) return x;
      }
    }
  }

  #largeGamma(shape: number): number {
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      let [x, v] = [0, 0];
      do {
        x = this.normal();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = this.bits.nextDouble();
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
    }
  }

  /** A natural number up to `limit`, which counts (Lemire, 2019). */
  upTo(limit: number): number {
    if (limit === 0) return 0;
    if (limit === 0xffffffff) return this.bits.next32();
    if (limit > 0xffffffff) return Number(this.bigUpTo(BigInt(limit)));
    return lemire(() => this.bits.next32(), limit, 32);
  }

  /** As `upTo`, by bits that are drawn again where they exceed the limit. */
  within(limit: number): number {
    let mask = limit;
    for (const by of [1, 2, 4, 8, 16]) mask |= mask >>> by;
    for (;;) {
      const value = (this.bits.next32() & mask) >>> 0;
      if (value <= limit) return value;
    }
  }

  /** As `upTo`, for any number of 64 bits. */
  bigUpTo(limit: bigint): bigint {
    if (limit <= 0xffffffffn) return BigInt(this.upTo(Number(limit)));
    if (limit === 0xffffffffffffffffn) return this.bits.nextBig();
    const number = limit + 1n;
    let product = this.bits.nextBig() * number;
    if ((product & 0xffffffffffffffffn) < number) {
      const threshold = (0xffffffffffffffffn - limit) % number;
      while ((product & 0xffffffffffffffffn) < threshold) product = this.bits.nextBig() * number;
    }
    return product >> 64n;
  }
}

/** A natural number up to `limit` from random numbers of as many bits, all equally likely. */
export function lemire(next: () => number, limit: number, width: 8 | 16 | 32): number {
  const size = 2 ** width;
  const number = limit + 1;
  const draw = () => {
    const x = next();
    // The product may have 64 bits: its halves are computed apart.
    const low = (x & 0xffff) * number;
    const middle = (x >>> 16) * number + Math.floor(low / 0x10000);
    const lower = width === 32 ? (middle & 0xffff) * 0x10000 + (low & 0xffff) : (x * number) % size;
    const upper = width === 32 ? Math.floor(middle / 0x10000) : Math.floor((x * number) / size);
    return [lower, upper] as const;
  };
  let [lower, upper] = draw();
  if (lower < number) {
    const threshold = (size - 1 - limit) % number;
    while (lower < threshold) [lower, upper] = draw();
  }
  return upper;
}
