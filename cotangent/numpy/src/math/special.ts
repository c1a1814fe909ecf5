// Special functions of numbers, with their derivatives of any order.

/**
 * The order-th derivative of sin(πx)/(πx). With z = πx and g_k the k-th derivative of sin(z)/z,
 * z g_k + k g_{k-1} = sin(z + kπ/2); near 0, where that cancels, the power series.
 */
export function sinc(x: number, order: number): number {
  const z = Math.PI * x;
  const scale = Math.PI ** order;
  if (Math.abs(z) < Math.max(order, 0.5)) return scale * sincSeries(z, order);
  if (!Number.isFinite(z)) return Number.NaN;
  let value = Math.sin(z) / z;
  for (let k = 1; k <= order; k++) value = (quarterTurns(z, k) - k * value) / z;
  return scale * value;
}

/** sin(πx)/(πx) in float32, whose π is not quite that: at whole numbers it is not 0. */
export function sincSingle(x: number): number {
  const z = Math.fround(Math.fround(Math.PI) * x);
  return x === 0 ? 1 : Math.fround(Math.sin(z)) / z;
}

/** sin(z + kπ/2). */
function quarterTurns(z: number, k: number): number {
  const value = k % 2 === 0 ? Math.sin(z) : Math.cos(z);
  return k % 4 < 2 ? value : -value;
}

/** Σ (-1)^n z^{2n-k} / ((2n+1) (2n-k)!) over 2n ≥ k. */
function sincSeries(z: number, k: number): number {
  const first = Math.ceil(k / 2);
  let power = k % 2 === 0 ? 1 : z;
  if (first % 2 === 1) power = -power;
  let sum = 0;
  for (let n = first; n < first + 60; n++) {
    const term = power / (2 * n + 1);
    sum += term;
    if (Math.abs(term) <= 1e-18 * Math.abs(sum)) break;
    const next = 2 * n + 2 - k;
    power *= -(z * z) / (next * (next - 1));
  }
  return sum;
}

/** The modified Bessel function of the first kind, I_n(x): its power series, for large x the asymptotic one. */
export function besselI(x: number, order: number): number {
  const size = Math.abs(x);
  const value = size > Math.max(40, order * order) ? besselLarge(size, order) : besselSeries(size, order);
  return x < 0 && order % 2 === 1 ? -value : value;
}

/** Σ (x/2)^{2m+n} / (m! (m+n)!). */
function besselSeries(x: number, n: number): number {
  if (Number.isNaN(x)) return x;
  let term = 1;
  for (let k = 1; k <= n; k++) term *= x / 2 / k;
  let sum = term;
  const quarter = (x * x) / 4;
  for (let m = 1; term > sum * 1e-17; m++) {
    term *= quarter / (m * (m + n));
    sum += term;
  }
  return sum;
}

/** e^x / √(2πx) Σ (-1)^k a_k / x^k with a_k = Π (4n² - (2j-1)²) / (k! 8^k). */
function besselLarge(x: number, n: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 40; k++) {
    const next = (-term * (4 * n * n - (2 * k - 1) ** 2)) / (8 * k * x);
    if (Math.abs(next) > Math.abs(term) && k > n) break;
    term = next;
    sum += term;
    if (Math.abs(term) < 1e-17 * Math.abs(sum)) break;
  }
  // Two factors: e^x alone would overflow first.
  const half = Math.exp(x / 2);
  return half * (sum / (Math.sqrt(2 * Math.PI) * Math.sqrt(x))) * half;
}
