// Inverse trigonometric and hyperbolic functions of complex numbers, after T. E. Hull, T. F. Fairgrieve and P. T. P.
// Tang, "Implementing the complex arcsine and arccosine functions using exception handling" (1997).
import type { Complex } from "@cotangent/core";
import { complex, log } from "./complex.ts";
import { copysign } from "./real.ts";

const crossover = { a: 10, b: 0.6417 };

/** What arcsine and arccosine share, for the first quadrant. */
interface Parts {
  /** Real part of the arcsine, and of the arccosine. */
  readonly asin: number;
  readonly acos: number;
  /** The imaginary part of the arcsine: arcosh of the mean distance from ±1. */
  readonly height: number;
}

function parts(x: number, y: number): Parts {
  if (x > 1e8 || y > 1e8) {
    const size = log(complex(x, y));
    return { asin: Math.atan2(x, y), acos: Math.atan2(y, x), height: size.re + Math.LN2 };
  }
  const r = Math.hypot(x + 1, y);
  const s = Math.hypot(x - 1, y);
  const a = 0.5 * (r + s);
  const b = x / a;
  return { ...angles(x, y, r, s, a, b), height: height(x, y, r, s, a) };
}

function angles(x: number, y: number, r: number, s: number, a: number, b: number): { asin: number; acos: number } {
  if (b <= crossover.b) return { asin: Math.asin(b), acos: Math.acos(b) };
  const sum = a + x;
  const rest =
    x <= 1
      ? Math.sqrt(0.5 * sum * ((y * y) / (r + x + 1) + (s + (1 - x))))
      : y * Math.sqrt(0.5 * (sum / (r + x + 1) + sum / (s + (x - 1))));
  return { asin: Math.atan2(x, rest), acos: Math.atan2(rest, x) };
}

function height(x: number, y: number, r: number, s: number, a: number): number {
  if (a > crossover.a) return Math.log(a + Math.sqrt(a * a - 1));
  if (y === 0 && x < 1) return 0;
  const excess = 0.5 * ((y * y) / (r + x + 1) + (x < 1 ? (y * y) / (s + (1 - x)) : s + (x - 1)));
  return Math.log1p(excess + Math.sqrt(excess * (a + 1)));
}

export function arcsin(z: Complex): Complex {
  if (Number.isNaN(z.re) || Number.isNaN(z.im)) return nanInverse(z);
  const { asin, height } = parts(Math.abs(z.re), Math.abs(z.im));
  return complex(copysign(asin, z.re), copysign(height, z.im));
}

export function arccos(z: Complex): Complex {
  if (Number.isNaN(z.re) || Number.isNaN(z.im)) {
    const { re, im } = nanInverse(z);
    return complex(z.re === 0 ? Math.PI / 2 : re, Math.abs(z.re) === Infinity ? -Infinity : -im);
  }
  const { acos, height } = parts(Math.abs(z.re), Math.abs(z.im));
  const isNegative = copysign(1, z.re) < 0;
  return complex(isNegative ? Math.PI - acos : acos, copysign(height, -z.im));
}

function nanInverse(z: Complex): Complex {
  if (z.re === 0) return complex(z.re, Number.NaN);
  if (Math.abs(z.im) === Infinity) return complex(Number.NaN, z.im);
  return complex(Number.NaN, Math.abs(z.re) === Infinity ? Infinity : Number.NaN);
}

export function arcsinh(z: Complex): Complex {
  const { re, im } = arcsin(complex(-z.im, z.re));
  return complex(im, -re);
}

export function arccosh(z: Complex): Complex {
  const { re, im } = arccos(z);
  // ±i arccos(z), whichever has a real part that is not negative.
  return im <= 0 && !Object.is(im, 0) ? complex(-im, re) : complex(im, -re);
}

export function arctanh(z: Complex): Complex {
  const [x, y] = [Math.abs(z.re), Math.abs(z.im)];
  if (x > 1e150 || y > 1e150) return complex(copysign(0, z.re), copysign(Math.PI / 2, z.im));
  const re = x === 1 && y === 0 ? Infinity : realOfArctanh(x, y);
  const im = 0.5 * Math.atan2(2 * y, (1 - x) * (1 + x) - y * y);
  return complex(copysign(re, z.re), copysign(im, z.im));
}

/** ¼ log(((1+x)² + y²) / ((1-x)² + y²)). */
function realOfArctanh(x: number, y: number): number {
  const distance = (1 - x) * (1 - x) + y * y;
  return 0.25 * Math.log1p((4 * x) / distance);
}

export function arctan(z: Complex): Complex {
  const { re, im } = arctanh(complex(-z.im, z.re));
  return complex(im, -re);
}
