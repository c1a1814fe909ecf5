// Functions of float32, four at once, within two units in the last place. The polynomials are those of Cephes.
import { at4, fma4, whole4 } from "./lanes";

/** log2(e); -ln(2) in two parts, of which the first has few bits; after them the polynomial for exp(r) - 1 - r. */
const EXP = memory.data<f32>([
  1.44269504088896341, -0.693359375, 2.12194440e-4,
  5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.9875691500e-4,
]);
const LN2 = memory.data<f32>([0.6931471805599453]);

/** 2^k (1 + p), or that minus 1, where exp(r) = 1 + p. */
// @ts-ignore: decorator
@inline
function scaled(isMinusOne: bool, rounded: v128, r: v128): v128 {
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  const r2 = f32x4.mul(r, r);
  const high = fma4(fma4(r, at4(EXP, 8), at4(EXP, 7)), r2, fma4(r, at4(EXP, 6), at4(EXP, 5)));
  const part = fma4(fma4(high, r2, fma4(r, at4(EXP, 4), at4(EXP, 3))), r2, r);
  return fma4(power, part, isMinusOne ? f32x4.sub(power, f32x4.splat(1)) : power);
}

/** exp, or exp - 1, of |x| <= 87. */
// @ts-ignore: decorator
@inline
export function exponential4(isMinusOne: bool, x: v128): v128 {
  const rounded = fma4(x, at4(EXP, 0), whole4());
  const k = f32x4.sub(rounded, whole4());
  return scaled(isMinusOne, rounded, fma4(k, at4(EXP, 2), fma4(k, at4(EXP, 1), x)));
}

/** 2^x of |x| <= 125. */
// @ts-ignore: decorator
@inline
export function powerOfTwo4(x: v128): v128 {
  const rounded = f32x4.add(x, whole4());
  const k = f32x4.sub(rounded, whole4());
  return scaled(false, rounded, f32x4.mul(f32x4.sub(x, k), at4(LN2, 0)));
}

// @ts-ignore: decorator
@inline
export function hyperbolicTangent4(x: v128): v128 {
  const size = f32x4.min(f32x4.abs(x), f32x4.splat(10));
  // exp(2|x|) - 1: the larger it is, the less do its errors count.
  const t = exponential4(true, f32x4.add(size, size));
  const value = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
  return v128.or(f32x4.abs(value), v128.and(x, i32x4.splat(i32.MIN_VALUE)));
}

/** ln(2) in two parts, then the polynomial for (log(1 + f) - f + f^2 / 2) / f^3. */
const LOG = memory.data<f32>([
  0.693359375, -2.12194440e-4,
  3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1, -1.2420140846e-1,
  1.1676998740e-1, -1.1514610310e-1, 7.0376836292e-2,
]);

/** The logarithm of normal numbers: x = 2^k (1 + f). */
// @ts-ignore: decorator
@inline
export function logarithm4(x: v128): v128 {
  // Subtracting sqrt(1/2) from the bits makes 1 + f lie between sqrt(1/2) and sqrt(2).
  const k = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(k, 23)), f32x4.splat(1));
  const power = f32x4.convert_i32x4_s(k);
  const f2 = f32x4.mul(f, f);
  const f4 = f32x4.mul(f2, f2);
  const low = fma4(fma4(f, at4(LOG, 5), at4(LOG, 4)), f2, fma4(f, at4(LOG, 3), at4(LOG, 2)));
  const high = fma4(fma4(f, at4(LOG, 9), at4(LOG, 8)), f2, fma4(f, at4(LOG, 7), at4(LOG, 6)));
  const sum = fma4(fma4(at4(LOG, 10), f4, high), f4, low);
  const tail = fma4(power, at4(LOG, 1), f32x4.sub(f32x4.mul(f32x4.mul(sum, f2), f), f32x4.mul(f2, f32x4.splat(0.5))));
  return fma4(power, at4(LOG, 0), f32x4.add(f, tail));
}

/** 2/pi; -pi/2 in four parts, of which three have few bits; the polynomials for sine and cosine. */
const SINE = memory.data<f32>([
  0.63661977236758134, -1.5703125, -4.837512969970703125e-4, -7.549533620476723e-08, -2.5633440682570896e-12,
  -1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4,
  4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5,
]);

/** sin(x), or cos(x) = sin(x + pi/2), of |x| <= 8192: x = k pi/2 + y. */
// @ts-ignore: decorator
@inline
export function sine4(x: v128, quarter: i32): v128 {
  const rounded = fma4(x, at4(SINE, 0), whole4());
  const k = f32x4.sub(rounded, whole4());
  const y = fma4(k, at4(SINE, 4), fma4(k, at4(SINE, 3), fma4(k, at4(SINE, 2), fma4(k, at4(SINE, 1), x))));
  const z = f32x4.mul(y, y);
  const sine = fma4(fma4(fma4(z, at4(SINE, 7), at4(SINE, 6)), z, at4(SINE, 5)), f32x4.mul(z, y), y);
  const high = fma4(fma4(z, at4(SINE, 10), at4(SINE, 9)), z, at4(SINE, 8));
  const cosine = fma4(high, f32x4.mul(z, z), f32x4.sub(f32x4.splat(1), f32x4.mul(z, f32x4.splat(0.5))));
  const turns = i32x4.add(rounded, i32x4.splat(quarter));
  const odd = i32x4.neg(v128.and(turns, i32x4.splat(1)));
  const sign = v128.and(i32x4.shl(turns, 30), i32x4.splat(i32.MIN_VALUE));
  const value = v128.xor(v128.bitselect(cosine, sine, odd), sign);
  if (quarter != 0) return value;
  // The sum has lost the sign of a zero.
  return v128.or(value, v128.and(v128.and(x, i32x4.splat(i32.MIN_VALUE)), f32x4.eq(x, i32x4.splat(0))));
}
