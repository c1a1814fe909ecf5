// exp, log, sin, cos, tanh and their like: within one unit in the last place, those near exp - 1 within three; those of
// float32 within two. What is out of the range of the polynomials (infinities, huge arguments) goes through slower functions.
import { exponential, exponentialMinusOne, exponentialOfAny, hyperbolicTangent, powerOfTwo } from "./exponential";
import { at, at4, fma, whole } from "./lanes";
import { exponential4, hyperbolicTangent4, logarithm4, powerOfTwo4, sine4 } from "./single";

export const enum Smooth {
  Exp,
  Exp2,
  Expm1,
  Log,
  Log1p,
  Sin,
  Cos,
  Tanh,
}

/** ln(2) in two parts, then the coefficients of odd and of even powers. */
const LOG = memory.data<f64>([
  6.93147180369123816490e-1, 1.90821492927058770002e-10,
  3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1,
  6.666666666666735130e-1, 2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860510658591e-1,
]);

/** The logarithm of normal numbers, after fdlibm: x = 2^k (1 + f), s = f / (2 + f). */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  // Subtracting sqrt(1/2) from the bits makes 1 + f lie between sqrt(1/2) and sqrt(2).
  const k64 = i64x2.shr_s(i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd)), 52);
  const m = i64x2.sub(x, i64x2.shl(k64, 52));
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(k64, k64, 0, 2, 0, 2));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const t1 = f64x2.mul(w, fma(w, fma(w, at(LOG, 4), at(LOG, 3)), at(LOG, 2)));
  const t2 = f64x2.mul(z, fma(w, fma(w, fma(w, at(LOG, 8), at(LOG, 7)), at(LOG, 6)), at(LOG, 5)));
  const half = f64x2.mul(f64x2.mul(f, f), f64x2.splat(0.5));
  const tail = fma(k, at(LOG, 1), f64x2.mul(s, f64x2.add(half, f64x2.add(t1, t2))));
  return fma(k, at(LOG, 0), f64x2.sub(f, f64x2.sub(half, tail)));
}

/** log(1 + x): what the sum loses is added as the first term of a series. */
// @ts-ignore: decorator
@inline
function logarithmOfOneMore(x: v128): v128 {
  const one = f64x2.splat(1);
  const u = f64x2.add(x, one);
  return f64x2.add(logarithm(u), f64x2.div(f64x2.sub(x, f64x2.sub(u, one)), u));
}

/** 2/pi, pi/2 in three parts, and the polynomials for sine and cosine. */
const SINE = memory.data<f64>([
  6.36619772367581382433e-1, 1.57079632673412561417, 6.07710050630396597660e-11, 2.02226624879595063154e-21,
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
  -2.50507602534068634195e-8, 1.58969099521155010221e-10,
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.08757232129817482790e-9, -1.13596475577881948265e-11,
]);

/** sin(x), or cos(x) = sin(x + pi/2), after fdlibm: x = k pi/2 + y + z with a small z. */
// @ts-ignore: decorator
@inline
function sine(x: v128, quarter: i64): v128 {
  const rounded = fma(x, at(SINE, 0), whole());
  const k = f64x2.sub(rounded, whole());
  const first = f64x2.sub(x, f64x2.mul(k, at(SINE, 1)));
  const second = f64x2.mul(k, at(SINE, 2));
  const r = f64x2.sub(first, second);
  const lost = f64x2.sub(f64x2.mul(k, at(SINE, 3)), f64x2.sub(f64x2.sub(first, r), second));
  const y = f64x2.sub(r, lost);
  const tail = f64x2.sub(f64x2.sub(r, y), lost);

  const z = f64x2.mul(y, y);
  const w = f64x2.mul(z, z);
  const v = f64x2.mul(z, y);
  const sinLow = fma(z, fma(z, at(SINE, 7), at(SINE, 6)), at(SINE, 5));
  const sinHigh = fma(f64x2.mul(z, w), fma(z, at(SINE, 9), at(SINE, 8)), sinLow);
  const ofTail = f64x2.mul(z, f64x2.sub(f64x2.mul(f64x2.splat(0.5), tail), f64x2.mul(v, sinHigh)));
  const sine = f64x2.sub(y, f64x2.sub(f64x2.sub(ofTail, tail), f64x2.mul(v, at(SINE, 4))));

  const cosLow = f64x2.mul(z, fma(z, fma(z, at(SINE, 12), at(SINE, 11)), at(SINE, 10)));
  const cosTop = fma(z, fma(z, at(SINE, 15), at(SINE, 14)), at(SINE, 13));
  const cosHigh = f64x2.add(cosLow, f64x2.mul(f64x2.mul(w, w), cosTop));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const one = f64x2.sub(f64x2.splat(1), half);
  const cosine = f64x2.add(
    one,
    f64x2.add(
      f64x2.sub(f64x2.sub(f64x2.splat(1), one), half),
      f64x2.sub(f64x2.mul(z, cosHigh), f64x2.mul(y, tail)),
    ),
  );

  const turns = i64x2.add(rounded, i64x2.splat(quarter));
  const odd = i64x2.neg(v128.and(turns, i64x2.splat(1)));
  const sign = v128.and(i64x2.shl(turns, 62), i64x2.splat(i64.MIN_VALUE));
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

/** Of log, log1p, exp and sine. NaN may be in range where it stays NaN. */
const RANGE = memory.data<f64>([f64.MIN_NORMAL_VALUE, Infinity, -1, 1e300, 700, -700, 32768, -32768]);
const RANGE4 = memory.data<f32>([f32.MIN_NORMAL_VALUE, Infinity, 87, -87, 8192, -8192]);

/** For arguments in range. */
// @ts-ignore: decorator
@inline
function pair(op: i32, x: v128): v128 {
  if (op == Smooth.Exp) return exponential(false, x);
  if (op == Smooth.Exp2) return powerOfTwo(x);
  if (op == Smooth.Expm1) return exponentialMinusOne(x);
  if (op == Smooth.Log) return logarithm(x);
  if (op == Smooth.Log1p) return logarithmOfOneMore(x);
  if (op == Smooth.Sin) return sine(x, 0);
  if (op == Smooth.Cos) return sine(x, 1);
  return hyperbolicTangent(x);
}

/** Whether both vectors are in range. `pmin` and `pmax` give the first of two if it is NaN, and overlook the second. */
// @ts-ignore: decorator
@inline
function inRange(op: i32, x: v128, y: v128): bool {
  if (op == Smooth.Tanh) return true;
  if (op == Smooth.Log) {
    const isPositive = v128.and(f64x2.ge(x, at(RANGE, 0)), f64x2.ge(y, at(RANGE, 0)));
    return i64x2.all_true(v128.and(isPositive, f64x2.lt(f64x2.pmax(x, y), at(RANGE, 1))));
  }
  if (op == Smooth.Log1p) {
    const isInside = v128.and(f64x2.gt(f64x2.pmin(x, y), at(RANGE, 2)), f64x2.lt(f64x2.pmax(x, y), at(RANGE, 3)));
    const zero = f64x2.splat(0);
    return i64x2.all_true(v128.and(isInside, v128.and(f64x2.ne(x, zero), f64x2.ne(y, zero))));
  }
  const limit = op <= Smooth.Expm1 ? 4 : 6;
  const isBelow = f64x2.le(f64x2.pmax(x, y), at(RANGE, limit));
  return i64x2.all_true(v128.and(isBelow, f64x2.ge(f64x2.pmin(x, y), at(RANGE, limit + 1))));
}

function ofAny(op: i32, x: f64): f64 {
  if (op == Smooth.Log) return NativeMath.log(x);
  if (op == Smooth.Log1p) return NativeMath.log1p(x);
  if (op == Smooth.Sin) return NativeMath.sin(x);
  return NativeMath.cos(x);
}

/** For all arguments. */
// @ts-ignore: decorator
@inline
function anyPair(op: i32, x: v128): v128 {
  if (inRange(op, x, x)) return pair(op, x);
  if (op <= Smooth.Exp2) return exponentialOfAny(op == Smooth.Exp2, x);
  if (op == Smooth.Expm1) {
    const large = f64x2.sub(exponentialOfAny(false, x), f64x2.splat(1));
    return v128.bitselect(exponentialMinusOne(x), large, f64x2.le(f64x2.abs(x), at(RANGE, 4)));
  }
  return f64x2(ofAny(op, f64x2.extract_lane(x, 0)), ofAny(op, f64x2.extract_lane(x, 1)));
}

// @ts-ignore: decorator
@inline
function four(op: i32, x: v128): v128 {
  if (op == Smooth.Exp) return exponential4(false, x);
  if (op == Smooth.Exp2) return powerOfTwo4(x);
  if (op == Smooth.Log) return logarithm4(x);
  if (op == Smooth.Sin) return sine4(x, 0);
  if (op == Smooth.Cos) return sine4(x, 1);
  return hyperbolicTangent4(x);
}

// @ts-ignore: decorator
@inline
function inRange4(op: i32, x: v128, y: v128): bool {
  if (op == Smooth.Tanh) return true;
  // Of these there are none for float32.
  if (op == Smooth.Expm1 || op == Smooth.Log1p) return false;
  if (op == Smooth.Log) {
    const isPositive = v128.and(f32x4.ge(x, at4(RANGE4, 0)), f32x4.ge(y, at4(RANGE4, 0)));
    return i32x4.all_true(v128.and(isPositive, f32x4.lt(f32x4.pmax(x, y), at4(RANGE4, 1))));
  }
  const limit = op <= Smooth.Exp2 ? 2 : 4;
  const isBelow = f32x4.le(f32x4.pmax(x, y), at4(RANGE4, limit));
  return i32x4.all_true(v128.and(isBelow, f32x4.ge(f32x4.pmin(x, y), at4(RANGE4, limit + 1))));
}

// @ts-ignore: decorator
@inline
function anyFour(op: i32, x: v128): v128 {
  const low = anyPair(op, f64x2.promote_low_f32x4(x));
  const high = anyPair(op, f64x2.promote_low_f32x4(v128.shuffle<i32>(x, x, 2, 3, 2, 3)));
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

// What is not a whole number of vectors, and what is not in one row, is computed here.
const ROW = memory.data(64, 16);

/** Two vectors at once. */
// @ts-ignore: decorator
@inline
function two<T>(op: i32, out: usize, a: usize): void {
  const x = v128.load(a);
  const y = v128.load(a, 16);
  if (sizeof<T>() == 4) {
    if (inRange4(op, x, y)) {
      v128.store(out, four(op, x));
      v128.store(out, four(op, y), 16);
    } else {
      for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, anyFour(op, v128.load(a + at)));
    }
  } else if (inRange(op, x, y)) {
    v128.store(out, pair(op, x));
    v128.store(out, pair(op, y), 16);
  } else {
    for (let at: usize = 0; at < 32; at += 16) v128.store(out + at, anyPair(op, v128.load(a + at)));
  }
}

// @ts-ignore: decorator
@inline
export function smooth<T>(op: i32, n: i32, out: usize, a: usize, sa: i32): void {
  const size = <i32>sizeof<T>();
  const some = 32 / size;
  let vectors = sa == size ? n / some : 0;
  let left = n - vectors * some;
  let from = a;
  let to = out;
  a += vectors * some * sa;
  out += vectors * 32;
  let gathered = 0;
  for (;;) {
    for (; vectors > 0; vectors--) {
      two<T>(op, to, from);
      to += 32;
      from += 32;
    }
    memory.copy(out, ROW + 32, gathered * size);
    out += gathered * size;
    if (left == 0) return;
    gathered = min(left, some);
    for (let i = 0; i < some; i++) store<T>(ROW + i * size, load<T>(a + min(i, gathered - 1) * sa));
    a += gathered * sa;
    left -= gathered;
    from = ROW;
    to = ROW + 32;
    vectors = 1;
  }
}
