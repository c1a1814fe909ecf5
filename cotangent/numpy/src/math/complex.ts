// Functions of complex numbers, with the branch cuts and the special values of C99's Annex G, as glibc has them.
import type { Complex } from "@cotangent/core";
import { copysign } from "./real.ts";

export function complex(re: number, im: number): Complex {
  return { re, im };
}

const one = complex(1, 0);

/** i z. */
function turned(z: Complex): Complex {
  return complex(-z.im, z.re);
}

/** -i z. */
function turnedBack(z: Complex): Complex {
  return complex(z.im, -z.re);
}

export function add(x: Complex, y: Complex): Complex {
  return complex(x.re + y.re, x.im + y.im);
}

export function sub(x: Complex, y: Complex): Complex {
  return complex(x.re - y.re, x.im - y.im);
}

export function mul(x: Complex, y: Complex): Complex {
  return complex(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
}

/** The quotient by Smith's method, as NumPy has it. */
export function div(x: Complex, y: Complex): Complex {
  const [re, im] = [Math.abs(y.re), Math.abs(y.im)];
  if (re >= im) {
    if (re === 0 && im === 0) return complex(x.re / re, x.im / re);
    const ratio = y.im / y.re;
    const scale = 1 / (y.re + y.im * ratio);
    return complex((x.re + x.im * ratio) * scale, (x.im - x.re * ratio) * scale);
  }
  const ratio = y.re / y.im;
  const scale = 1 / (y.im + y.re * ratio);
  return complex((x.re * ratio + x.im) * scale, (x.im * ratio - x.re) * scale);
}

export function neg(z: Complex): Complex {
  return complex(-z.re, -z.im);
}

export function conj(z: Complex): Complex {
  return complex(z.re, -z.im);
}

export function square(z: Complex): Complex {
  return mul(z, z);
}

export function reciprocal({ re, im }: Complex): Complex {
  if (Math.abs(im) <= Math.abs(re)) {
    const ratio = im / re;
    const divisor = re + im * ratio;
    return complex(1 / divisor, -ratio / divisor);
  }
  const ratio = re / im;
  const divisor = re * ratio + im;
  return complex(ratio / divisor, -1 / divisor);
}

export function abs(z: Complex): number {
  return Math.hypot(z.re, z.im);
}

export function angle(z: Complex): number {
  return Math.atan2(z.im, z.re);
}

/** z / |z|. */
export function sign(z: Complex): Complex {
  const size = abs(z);
  if (size === 0) return complex(0, 0);
  if (size !== Infinity) return complex(z.re / size, z.im / size);
  if (Math.abs(z.re) !== Infinity) return complex(0, copysign(1, z.im));
  return Math.abs(z.im) === Infinity ? complex(Number.NaN, Number.NaN) : complex(copysign(1, z.re), 0);
}

export function sqrt(z: Complex): Complex {
  const { re, im } = z;
  if (re === 0 && im === 0) return complex(0, im);
  if (Math.abs(im) === Infinity) return complex(Infinity, im);
  if (Number.isNaN(re)) return complex(re, Number.NaN);
  if (re === Infinity) return complex(re, Number.isNaN(im) ? im : copysign(0, im));
  if (re === -Infinity) return complex(Number.isNaN(im) ? im : 0, Number.isNaN(im) ? re : copysign(Infinity, im));
  // Scaled so that the sum can't overflow, and small parts are not lost.
  const scale =
    Math.max(Math.abs(re), Math.abs(im)) > 2 ** 1000
      ? 0.25
      : Math.max(Math.abs(re), Math.abs(im)) < 2 ** -1000
        ? 2 ** 108
        : 1;
  const back = 1 / Math.sqrt(scale);
  const [x, y] = [re * scale, im * scale];
  const size = Math.hypot(x, y);
  if (x >= 0) {
    const root = Math.sqrt((x + size) * 0.5);
    return complex(root * back, (y / (2 * root)) * back);
  }
  const root = Math.sqrt((size - x) * 0.5);
  return complex((Math.abs(y) / (2 * root)) * back, copysign(root, y) * back);
}

export function exp(z: Complex): Complex {
  const { re, im } = z;
  if (im === 0) return complex(Math.exp(re), im);
  if (re === -Infinity && !Number.isFinite(im)) return complex(0, copysign(0, im));
  if (re === Infinity && !Number.isFinite(im)) return complex(Infinity, Number.NaN);
  return alongTheCircle(re, im);
}

/** e^re (cos im + i sin im), where e^re alone may be out of range, and 0 and infinity have a direction. */
function alongTheCircle(re: number, im: number): Complex {
  const [cos, sin] = [Math.cos(im), Math.sin(im)];
  if (Math.abs(re) === Infinity) {
    const size = re > 0 ? Infinity : 0;
    return complex(copysign(size, cos), copysign(size, sin));
  }
  const [half, rest] = re > 709 ? [Math.exp(re / 2), Math.exp(re - re / 2)] : [Math.exp(re), 1];
  return complex(half * cos * rest, half * sin * rest);
}

export function exp2(z: Complex): Complex {
  return exp(complex(z.re * Math.LN2, z.im * Math.LN2));
}

export function expm1(z: Complex): Complex {
  const half = Math.sin(z.im / 2);
  return complex(Math.expm1(z.re) * Math.cos(z.im) - 2 * half * half, Math.exp(z.re) * Math.sin(z.im));
}

/** log |z|, precise where |z| is near 1. */
function logAbs(re: number, im: number): number {
  const [big, small] = Math.abs(re) >= Math.abs(im) ? [Math.abs(re), Math.abs(im)] : [Math.abs(im), Math.abs(re)];
  if (big > 0.5 && big < 2) return 0.5 * Math.log1p((big - 1) * (big + 1) + small * small);
  if (big > 1e300) return Math.log(Math.hypot(big / 2 ** 100, small / 2 ** 100)) + 100 * Math.LN2;
  if (big < 1e-300) return Math.log(Math.hypot(big * 2 ** 100, small * 2 ** 100)) - 100 * Math.LN2;
  return Math.log(Math.hypot(big, small));
}

export function log(z: Complex): Complex {
  return complex(logAbs(z.re, z.im), angle(z));
}

export function log2(z: Complex): Complex {
  const { re, im } = log(z);
  return complex(re * Math.LOG2E, im * Math.LOG2E);
}

export function log10(z: Complex): Complex {
  const { re, im } = log(z);
  return complex(re * Math.LOG10E, im * Math.LOG10E);
}

export function log1p(z: Complex): Complex {
  const { re, im } = z;
  const isSmall = Math.abs(re) < 0.5 && Math.abs(im) < 0.5;
  const size = isSmall ? 0.5 * Math.log1p(re * (2 + re) + im * im) : logAbs(1 + re, im);
  return complex(size, Math.atan2(im, 1 + re));
}

export function pow(x: Complex, y: Complex): Complex {
  if (y.re === 0 && y.im === 0) return one;
  if (x.re === 0 && x.im === 0) {
    return y.re > 0 ? complex(0, 0) : complex(Number.NaN, Number.NaN);
  }
  // Small whole powers by multiplication, as NumPy does; the rest by logarithms.
  if (y.im === 0 && Number.isInteger(y.re) && Math.abs(y.re) < 100) {
    return wholePow(x, y.re);
  }
  return exp(infinitely(y, log(x)));
}

/** The product, which is infinite where a factor is, as C99 has it: of the others `mul` gives NaN. */
function infinitely(x: Complex, y: Complex): Complex {
  const product = mul(x, y);
  if (!Number.isNaN(product.re) || !Number.isNaN(product.im)) return product;
  if (!isInfinite(x) && !isInfinite(y)) return product;
  const [u, v] = [directionOf(x), directionOf(y)];
  const { re, im } = mul(u, v);
  return complex(Infinity * re, Infinity * im);
}

/** With parts of 1 where those of an infinite number are infinite, and 0 where they are not, or unknown. */
function directionOf({ re, im }: Complex): Complex {
  const part = isInfinite(complex(re, im))
    ? (x: number) => copysign(Math.abs(x) === Infinity ? 1 : 0, x)
    : (x: number) => (Number.isNaN(x) ? 0 : x);
  return complex(part(re), part(im));
}

export function isInfinite({ re, im }: Complex): boolean {
  return Math.abs(re) === Infinity || Math.abs(im) === Infinity;
}

function wholePow(x: Complex, exponent: number): Complex {
  // Without a factor of 1, which would make zeros positive and infinite numbers NaN.
  if (exponent === 1) return x;
  if (exponent === 2) return mul(x, x);
  if (exponent === 3) return mul(x, mul(x, x));
  if (exponent < 0) return div(one, byDoubling(x, -exponent));
  return byDoubling(x, exponent);
}

function byDoubling(x: Complex, exponent: number): Complex {
  let result = one;
  for (let base = x, left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = mul(result, base);
    base = mul(base, base);
  }
  return result;
}

export function sinh(z: Complex): Complex {
  const { re, im } = z;
  if (im === 0) return complex(Math.sinh(re), im);
  if (!Number.isFinite(im)) {
    if (re === 0) return complex(re, Number.NaN);
    return complex(Math.abs(re) === Infinity ? Infinity : Number.NaN, Number.NaN);
  }
  if (Math.abs(re) < 700) return complex(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im));
  const half = alongTheCircle(Math.abs(re) - Math.LN2, im);
  return complex(re < 0 ? -half.re : half.re, half.im);
}

export function cosh(z: Complex): Complex {
  const { re, im } = z;
  if (im === 0) return complex(Math.cosh(re), Number.isNaN(re) ? im : copysign(1, re) * im);
  if (!Number.isFinite(im)) {
    if (re === 0) return complex(Number.NaN, 0);
    return complex(Math.abs(re) === Infinity ? Infinity : Number.NaN, Number.NaN);
  }
  if (Math.abs(re) < 700) return complex(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im));
  const half = alongTheCircle(Math.abs(re) - Math.LN2, im);
  return complex(half.re, re < 0 ? -half.im : half.im);
}

export function tanh(z: Complex): Complex {
  const { re, im } = z;
  if (Math.abs(re) === Infinity) {
    const isTurned = Number.isFinite(im) && Math.abs(im) > 1;
    return complex(copysign(1, re), copysign(0, isTurned ? Math.sin(im) * Math.cos(im) : im));
  }
  if (im === 0) return complex(Math.tanh(re), im);
  if (!Number.isFinite(im)) return complex(re === 0 ? re : Number.NaN, Number.NaN);
  const [cos, sin] = [Math.cos(im), Math.sin(im)];
  if (Math.abs(re) > 22) {
    const tail = Math.exp(-Math.abs(re));
    return complex(copysign(1, re), 4 * sin * cos * tail * tail);
  }
  const sinh = Math.sinh(re);
  const size = sinh * sinh + cos * cos;
  return complex((sinh * Math.cosh(re)) / size, (sin * cos) / size);
}

export function sin(z: Complex): Complex {
  return turnedBack(sinh(turned(z)));
}

export function cos(z: Complex): Complex {
  return cosh(turned(z));
}

export function tan(z: Complex): Complex {
  return turnedBack(tanh(turned(z)));
}

/** Complex numbers in the order of their real, then of their imaginary parts, if none is NaN. */
export function isLess(x: Complex, y: Complex): boolean {
  return (x.re < y.re && !isNaN(x) && !isNaN(y)) || (x.re === y.re && x.im < y.im);
}

export function isLessOrEqual(x: Complex, y: Complex): boolean {
  return isLess(x, y) || isEqual(x, y);
}

export function isEqual(x: Complex, y: Complex): boolean {
  return x.re === y.re && x.im === y.im;
}

export function isNaN(z: Complex): boolean {
  return Number.isNaN(z.re) || Number.isNaN(z.im);
}
