// Functions of complex numbers, with the branch cuts of C99.
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

export function reciprocal(z: Complex): Complex {
  return div(one, z);
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
  if (Number.isFinite(z.re)) return complex(0, copysign(1, z.im));
  return Number.isFinite(z.im) ? complex(copysign(1, z.re), 0) : complex(Number.NaN, Number.NaN);
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
  if (re === -Infinity) return complex(copysign(0, Math.cos(im)), copysign(0, Math.sin(im)));
  if (re > 709) {
    const [half, rest] = [Math.exp(re / 2), Math.exp(re - re / 2)];
    return complex(half * Math.cos(im) * rest, half * Math.sin(im) * rest);
  }
  const size = Math.exp(re);
  return complex(size * Math.cos(im), size * Math.sin(im));
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
    const power = wholePow(x, Math.abs(y.re));
    return y.re < 0 ? div(one, power) : power;
  }
  const { re, im } = log(x);
  return exp(complex(y.re * re - y.im * im, y.re * im + y.im * re));
}

function wholePow(x: Complex, exponent: number): Complex {
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
  if (re === 0) return complex(re * Math.cos(im), Math.sin(im));
  if (Math.abs(re) < 700) return complex(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im));
  const half = exp(complex(Math.abs(re) - Math.LN2, im));
  return complex(re < 0 ? -half.re : half.re, half.im);
}

export function cosh(z: Complex): Complex {
  const { re, im } = z;
  if (im === 0) return complex(Math.cosh(re), copysign(0, re) * im);
  if (re === 0) return complex(Math.cos(im), re * Math.sin(im));
  if (Math.abs(re) < 700) return complex(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im));
  const half = exp(complex(Math.abs(re) - Math.LN2, im));
  return complex(half.re, re < 0 ? -half.im : half.im);
}

/** Kahan's formula. */
export function tanh(z: Complex): Complex {
  const { re, im } = z;
  if (Math.abs(re) > 22) {
    const tail = 4 * Math.exp(-2 * Math.abs(re));
    const turn = Number.isFinite(im) ? Math.sin(im) * Math.cos(im) : 0;
    return complex(copysign(1, re), Number.isNaN(turn * tail) ? copysign(0, im) : turn * tail);
  }
  const t = Math.tan(im);
  const beta = 1 + t * t;
  const s = Math.sinh(re);
  const rho = Math.sqrt(1 + s * s);
  if (!Number.isFinite(t)) return complex(rho / s, 1 / t);
  const denominator = 1 + beta * s * s;
  return complex((beta * rho * s) / denominator, t / denominator);
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

/** Complex numbers in the order of their real, then of their imaginary parts. */
export function isLess(x: Complex, y: Complex): boolean {
  return x.re < y.re || (x.re === y.re && x.im < y.im);
}

export function isNaN(z: Complex): boolean {
  return Number.isNaN(z.re) || Number.isNaN(z.im);
}
