// Inverse trigonometric and hyperbolic functions of complex numbers, after T. E. Hull, T. F. Fairgrieve and P. T. P.
// Tang, "Implementing the complex arcsine and arccosine functions using exception handling" (1997).
import type { Complex } from "@cotangent/core";
import { complex, log } from "./complex.ts";
import { copysign } from "./real.ts";

const epsilon = 2 ** -52;
/** From here on, the hyperbolic arctangent's real part is that of 1 / z. */
const tooLarge = 2 ** 56;
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
  // Squares of y would be lost.
  if (y < epsilon * (1 - x)) return y / Math.sqrt((1 - x) * (1 + x));
  const excess = 0.5 * ((y * y) / (r + x + 1) + (x < 1 ? (y * y) / (s + (1 - x)) : s + (x - 1)));
  return Math.log1p(excess + Math.sqrt(excess * (a + 1)));
}

export function arcsin(z: Complex): Complex {
  const { re, im } = z;
  if (Number.isNaN(re) || Number.isNaN(im)) return arcsinOfNaN(z);
  const { asin, height } = parts(Math.abs(re), Math.abs(im));
  return complex(copysign(asin, re), copysign(height, im));
}

function arcsinOfNaN(z: Complex): Complex {
  if (z.re === 0) return z;
  const isInfinite = Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity;
  return complex(Number.NaN, isInfinite ? copysign(Infinity, z.im) : Number.NaN);
}

export function arccos(z: Complex): Complex {
  const { re, im } = z;
  if (Number.isNaN(re) || Number.isNaN(im)) {
    const other = arcsinOfNaN(z);
    return complex(Math.PI / 2 - other.re, -other.im);
  }
  const { acos, height } = parts(Math.abs(re), Math.abs(im));
  return complex(copysign(1, re) < 0 ? Math.PI - acos : acos, copysign(height, -im));
}

export function arcsinh(z: Complex): Complex {
  if (Number.isNaN(z.re) && z.im === 0) return z;
  const { re, im } = arcsin(complex(-z.im, z.re));
  return complex(im, -re);
}

export function arccosh(z: Complex): Complex {
  if (Number.isNaN(z.re) || Number.isNaN(z.im)) {
    const isInfinite = Math.abs(z.re) === Infinity || Math.abs(z.im) === Infinity;
    return complex(isInfinite ? Infinity : Number.NaN, z.re === 0 ? Math.PI / 2 : Number.NaN);
  }
  const { re, im } = arccos(z);
  // ±i arccos(z), whichever has a real part that is not negative.
  return complex(Math.abs(im), copysign(re, z.im));
}

export function arctanh(z: Complex): Complex {
  const [x, y] = [Math.abs(z.re), Math.abs(z.im)];
  if (Number.isNaN(x) && y !== Infinity) return complex(Number.NaN, Number.NaN);
  if (x > tooLarge || y > tooLarge) {
    return complex(copysign(inverted(x, y), z.re), Number.isNaN(z.im) ? z.im : copysign(Math.PI / 2, z.im));
  }
  if (x === 0) return complex(z.re, Math.atan(z.im));
  // Where z is 1 but for what is lost in squares.
  const re = x === 1 && y < epsilon * epsilon ? 0.5 * (Math.LN2 - Math.log(y)) : realOfArctanh(x, y);
  const im = 0.5 * Math.atan2(2 * y, (1 - x) * (1 + x) - y * y);
  return complex(copysign(re, z.re), copysign(im, z.im));
}

/** The real part of 1 / (x + iy), whose square is out of range. */
function inverted(x: number, y: number): number {
  if (x === Infinity || y === Infinity) return 0;
  if (y <= 1) return 1 / x;
  if (x <= 1) return x / y / y;
  const half = Math.hypot(x / 2, y / 2);
  return x / half / half / 4;
}

/** ¼ log(((1+x)² + y²) / ((1-x)² + y²)). */
function realOfArctanh(x: number, y: number): number {
  const distance = (1 - x) * (1 - x) + y * y;
  return 0.25 * Math.log1p((4 * x) / distance);
}

export function arctan(z: Complex): Complex {
  const { re, im } = arctanh(complex(-z.im, z.re));
  return complex(im, Number.isNaN(z.im) && re === 0 ? 0 : -re);
}
