// Continuous distributions made of uniform, normal, exponential and gamma numbers, drawn in NumPy's order.
import type { Drawing } from "./distributions.ts";

/** Below this, powers of uniform numbers by 1/a and 1/b are 0 both. */
const tinyBeta = 3e-103;

/** The beta distribution: Jöhnk (1964) where neither parameter is above 1, else a part of two gamma numbers. */
export function beta(drawing: Drawing, a: number, b: number): number {
  if (a > 1 || b > 1) {
    const x = drawing.gamma(a);
    return x / (x + drawing.gamma(b));
  }
  if (a < tinyBeta && b < tinyBeta) return (a + b) * drawing.bits.nextDouble() < a ? 1 : 0;
  for (;;) {
    const u = drawing.bits.nextDouble();
    const v = drawing.bits.nextDouble();
    const x = u ** (1 / a);
    const y = v ** (1 / b);
    if (x + y > 1 || u + v === 0) continue;
    if (x > 0 && y > 0) return x / (x + y);
    // Both are too small for doubles: by their logarithms.
    const difference = Math.log(u) / a - Math.log(v) / b;
    return difference > 0
      ? Math.exp(-Math.log1p(Math.exp(-difference)))
      : Math.exp(difference - Math.log1p(Math.exp(difference)));
  }
}

export function chiSquare(drawing: Drawing, df: number): number {
  return 2 * drawing.gamma(df / 2);
}

/** Fisher's distribution: chi-square numbers beside their degrees of freedom. */
export function fisher(drawing: Drawing, numerator: number, denominator: number): number {
  const above = chiSquare(drawing, numerator) * denominator;
  return above / (chiSquare(drawing, denominator) * numerator);
}

export function student(drawing: Drawing, df: number): number {
  const x = drawing.normal();
  return (Math.sqrt(df / 2) * x) / Math.sqrt(drawing.gamma(df / 2));
}

export function cauchy(drawing: Drawing): number {
  const x = drawing.normal();
  return x / drawing.normal();
}

/** A uniform number above 0. */
function aboveZero(drawing: Drawing): number {
  for (;;) {
    const u = drawing.bits.nextDouble();
    if (u > 0) return u;
  }
}

export function laplace(drawing: Drawing, loc: number, scale: number): number {
  const u = aboveZero(drawing);
  return u >= 0.5 ? loc - scale * Math.log(2 - u - u) : loc + scale * Math.log(u + u);
}

export function logistic(drawing: Drawing, loc: number, scale: number): number {
  const u = aboveZero(drawing);
  return loc + scale * Math.log(u / (1 - u));
}

export function gumbel(drawing: Drawing, loc: number, scale: number): number {
  return loc - scale * Math.log(-Math.log(1 - aboveZero(drawing)));
}

export function rayleigh(drawing: Drawing, scale: number): number {
  return scale * Math.sqrt(2 * drawing.exponential());
}

export function weibull(drawing: Drawing, a: number): number {
  return a === 0 ? 0 : drawing.exponential() ** (1 / a);
}

export function pareto(drawing: Drawing, a: number): number {
  return Math.expm1(drawing.exponential() / a);
}

export function power(drawing: Drawing, a: number): number {
  return (-Math.expm1(-drawing.exponential())) ** (1 / a);
}

export function triangular(drawing: Drawing, left: number, mode: number, right: number): number {
  const base = right - left;
  const u = drawing.bits.nextDouble();
  return u <= (mode - left) / base
    ? left + Math.sqrt(u * (mode - left) * base)
    : right - Math.sqrt((1 - u) * (right - mode) * base);
}

/** The inverse Gaussian distribution (Michael, Schucany and Haas, 1976). */
export function wald(drawing: Drawing, mean: number, scale: number): number {
  const normal = drawing.normal();
  const y = mean * normal * normal;
  const x = mean * (1 - 2 / (1 + Math.sqrt(1 + (4 * scale) / y)));
  return drawing.bits.nextDouble() <= mean / (mean + x) ? x : (mean * mean) / x;
}

/** The von Mises distribution (Best and Fisher, 1979); with a very large concentration a normal one, wrapped. */
export function vonMises(drawing: Drawing, mu: number, kappa: number): number {
  if (Number.isNaN(kappa)) return Number.NaN;
  if (kappa < 1e-8) return Math.PI * (2 * drawing.bits.nextDouble() - 1);
  if (kappa > 1e6) {
    const x = mu + Math.sqrt(1 / kappa) * drawing.normal();
    return x < -Math.PI ? x + 2 * Math.PI : x > Math.PI ? x - 2 * Math.PI : x;
  }
  const angle = Math.acos(vonMisesCosine(drawing, kappa));
  const turned = (drawing.bits.nextDouble() < 0.5 ? -angle : angle) + mu;
  const wrapped = ((Math.abs(turned) + Math.PI) % (2 * Math.PI)) - Math.PI;
  return turned < 0 ? -wrapped : wrapped;
}

function vonMisesCosine(drawing: Drawing, kappa: number): number {
  const s = vonMisesSpread(kappa);
  for (;;) {
    const z = Math.cos(Math.PI * drawing.bits.nextDouble());
    const w = (1 + s * z) / (s + z);
    const y = kappa * (s - w);
    const v = drawing.bits.nextDouble();
    if (y * (2 - y) - v >= 0 || Math.log(y / v) + 1 - y >= 0) return w;
  }
}

function vonMisesSpread(kappa: number): number {
  // The formula below loses all its digits where the concentration is small.
  if (kappa < 1e-5) return 1 / kappa + kappa;
  const r = 1 + Math.sqrt(1 + 4 * kappa * kappa);
  const rho = (r - Math.sqrt(2 * r)) / (2 * kappa);
  return (1 + rho * rho) / (2 * rho);
}
