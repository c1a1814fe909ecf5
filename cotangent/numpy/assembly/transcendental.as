// exp, log, sin, cos, tanh and their like, two float64 at once, within 1 or 2 units in the last place. What is out of
// the range of the polynomials (NaN, infinities, huge arguments) goes through the scalar functions of the library.

export const enum Smooth {
  Exp,
  Expm1,
  Exp2,
  Log,
  Log1p,
  Sin,
  Cos,
  Tanh,
}

// @ts-ignore: decorator
@inline
function splat(x: f64): v128 {
  return f64x2.splat(x);
}

// a b + c
// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
// Adding and taking away rounds to an integer, which is left in the lowest bits.
const ROUND: f64 = 6755399441055744;

/** exp(r) - 1 for |r| <= ln(2)/2: the power series up to r^13. */
// @ts-ignore: decorator
@inline
function expm1Reduced(r: v128): v128 {
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = fma(fma(r, splat(1.0 / 120), splat(1.0 / 24)), r2, fma(r, splat(1.0 / 6), splat(0.5)));
  const p67 = fma(r, splat(1.0 / 5040), splat(1.0 / 720));
  const p89 = fma(r, splat(1.0 / 362880), splat(1.0 / 40320));
  const p1011 = fma(r, splat(1.0 / 39916800), splat(1.0 / 3628800));
  const p1213 = fma(r, splat(1.0 / 6227020800), splat(1.0 / 479001600));
  const high = fma(fma(p1213, r2, p1011), r4, fma(p89, r2, p67));
  return fma(fma(high, r4, low), r2, r);
}

/** The whole number k next to x / ln(2), as a float plus ROUND. */
// @ts-ignore: decorator
@inline
function timesLog2(x: v128): v128 {
  return fma(x, splat(LOG2E), splat(ROUND));
}

/** x - k ln(2). */
// @ts-ignore: decorator
@inline
function reduceLog(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, splat(LN2_HIGH))), f64x2.mul(k, splat(LN2_LOW)));
}

/** 2^k from k plus ROUND. */
// @ts-ignore: decorator
@inline
function powerOfTwo(rounded: v128): v128 {
  return i64x2.shl(i64x2.add(rounded, i64x2.splat(1023)), 52);
}

// @ts-ignore: decorator
@inline
function exp2lanes(x: v128): v128 {
  const rounded = timesLog2(x);
  const k = f64x2.sub(rounded, splat(ROUND));
  const scale = powerOfTwo(rounded);
  return fma(scale, expm1Reduced(reduceLog(x, k)), scale);
}

/** 2^x. */
// @ts-ignore: decorator
@inline
function powerLanes(x: v128): v128 {
  const rounded = f64x2.add(x, splat(ROUND));
  const scale = powerOfTwo(rounded);
  const r = f64x2.mul(f64x2.sub(x, f64x2.sub(rounded, splat(ROUND))), splat(Math.LN2));
  return fma(scale, expm1Reduced(r), scale);
}

// @ts-ignore: decorator
@inline
function expm12lanes(x: v128): v128 {
  const rounded = timesLog2(x);
  const k = f64x2.sub(rounded, splat(ROUND));
  const scale = powerOfTwo(rounded);
  return fma(scale, expm1Reduced(reduceLog(x, k)), f64x2.sub(scale, splat(1)));
}

// @ts-ignore: decorator
@inline
function tanh2lanes(x: v128): v128 {
  const size = f64x2.min(f64x2.abs(x), splat(22));
  // From the negative side, where exp(-2|x|) - 1 is near 0 or -1 and never large.
  const t = expm12lanes(f64x2.mul(size, splat(-2)));
  const value = f64x2.div(f64x2.neg(t), f64x2.add(t, splat(2)));
  const sign = v128.and(x, i64x2.splat(i64.MIN_VALUE));
  return v128.or(f64x2.abs(value), sign);
}

/** The logarithm, after fdlibm: x = 2^k (1 + f), s = f / (2 + f). */
// @ts-ignore: decorator
@inline
function log2lanes(x: v128): v128 {
  // Subtracting sqrt(1/2) from the bits makes 1 + f lie between sqrt(1/2) and sqrt(2).
  const offset = i64x2.splat(0x3fe6a09e667f3bcd);
  const moved = i64x2.sub(x, offset);
  const k64 = i64x2.shr_s(moved, 52);
  const m = i64x2.sub(x, i64x2.shl(k64, 52));
  const k = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(k64, k64, 0, 2, 0, 2));
  const f = f64x2.sub(m, splat(1));
  const s = f64x2.div(f, f64x2.add(f, splat(2)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const t1 = f64x2.mul(
    w,
    fma(w, fma(w, splat(1.531383769920937332e-1), splat(2.222219843214978396e-1)), splat(3.999999999940941908e-1)),
  );
  const t2 = f64x2.mul(
    z,
    fma(
      w,
      fma(
        w,
        fma(w, splat(1.479819860511658591e-1), splat(1.818357216161805012e-1)),
        splat(2.857142874366239149e-1),
      ),
      splat(6.666666666666735130e-1),
    ),
  );
  const half = f64x2.mul(f64x2.mul(f, f), splat(0.5));
  const tail = fma(k, splat(LN2_LOW), f64x2.mul(s, f64x2.add(half, f64x2.add(t1, t2))));
  return fma(k, splat(LN2_HIGH), f64x2.sub(f, f64x2.sub(half, tail)));
}

/** log(1 + x): what the sum loses is added as the first term of a series. */
// @ts-ignore: decorator
@inline
function log1p2lanes(x: v128): v128 {
  const u = f64x2.add(x, splat(1));
  return f64x2.add(log2lanes(u), f64x2.div(f64x2.sub(x, f64x2.sub(u, splat(1))), u));
}

const TWO_OVER_PI: f64 = 6.36619772367581382433e-1;
const PIO2_1: f64 = 1.57079632673412561417;
const PIO2_2: f64 = 6.07710050630396597660e-11;
const PIO2_2T: f64 = 2.02226624879595063154e-21;

/** sin(x), or cos(x) = sin(x + pi/2), after fdlibm: x = k pi/2 + y + z with a small z. */
// @ts-ignore: decorator
@inline
function sine2lanes(x: v128, quarter: i64): v128 {
  const rounded = fma(x, splat(TWO_OVER_PI), splat(ROUND));
  const k = f64x2.sub(rounded, splat(ROUND));
  const first = f64x2.sub(x, f64x2.mul(k, splat(PIO2_1)));
  const second = f64x2.mul(k, splat(PIO2_2));
  const r = f64x2.sub(first, second);
  const lost = f64x2.sub(f64x2.mul(k, splat(PIO2_2T)), f64x2.sub(f64x2.sub(first, r), second));
  const y = f64x2.sub(r, lost);
  const tail = f64x2.sub(f64x2.sub(r, y), lost);

  const z = f64x2.mul(y, y);
  const w = f64x2.mul(z, z);
  const v = f64x2.mul(z, y);
  const sinHigh = fma(
    f64x2.mul(z, w),
    fma(z, splat(1.58969099521155010221e-10), splat(-2.50507602534068634195e-8)),
    fma(z, fma(z, splat(2.75573137070700676789e-6), splat(-1.98412698298579493134e-4)), splat(8.33333333332248946124e-3)),
  );
  const sine = f64x2.sub(
    y,
    f64x2.sub(
      f64x2.sub(f64x2.mul(z, f64x2.sub(f64x2.mul(splat(0.5), tail), f64x2.mul(v, sinHigh))), tail),
      f64x2.mul(v, splat(-1.66666666666666324348e-1)),
    ),
  );

  const cosHigh = f64x2.add(
    f64x2.mul(z, fma(z, fma(z, splat(2.48015872894767294178e-5), splat(-1.38888888888741095749e-3)), splat(4.16666666666666019037e-2))),
    f64x2.mul(
      f64x2.mul(w, w),
      fma(z, fma(z, splat(-1.13596475577881948265e-11), splat(2.08757232129817482790e-9)), splat(-2.75573143513906633035e-7)),
    ),
  );
  const half = f64x2.mul(splat(0.5), z);
  const one = f64x2.sub(splat(1), half);
  const cosine = f64x2.add(
    one,
    f64x2.add(f64x2.sub(f64x2.sub(splat(1), one), half), f64x2.sub(f64x2.mul(z, cosHigh), f64x2.mul(y, tail))),
  );

  const turns = i64x2.add(rounded, i64x2.splat(quarter));
  const odd = i64x2.neg(v128.and(turns, i64x2.splat(1)));
  const sign = v128.and(i64x2.shl(turns, 62), i64x2.splat(i64.MIN_VALUE));
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

// @ts-ignore: decorator
@inline
function lanes(op: i32, x: v128): v128 {
  if (op == Smooth.Exp) return exp2lanes(x);
  if (op == Smooth.Expm1) return expm12lanes(x);
  if (op == Smooth.Exp2) return powerLanes(x);
  if (op == Smooth.Log) return log2lanes(x);
  if (op == Smooth.Log1p) return log1p2lanes(x);
  if (op == Smooth.Sin) return sine2lanes(x, 0);
  if (op == Smooth.Cos) return sine2lanes(x, 1);
  return tanh2lanes(x);
}

/** Whether both are in the range of the polynomials. */
// @ts-ignore: decorator
@inline
function inRange(op: i32, x: v128): bool {
  if (op == Smooth.Log) {
    return i64x2.all_true(v128.and(f64x2.ge(x, splat(f64.MIN_NORMAL_VALUE)), f64x2.lt(x, splat(Infinity))));
  }
  if (op == Smooth.Log1p) {
    const isInside = v128.and(f64x2.gt(x, splat(-1)), f64x2.lt(x, splat(1e300)));
    return i64x2.all_true(v128.and(isInside, f64x2.ne(x, splat(0))));
  }
  // The sum would lose the sign of a zero.
  if (op == Smooth.Expm1 && v128.any_true(f64x2.eq(x, splat(0)))) return false;
  const limit: f64 = op <= Smooth.Exp2 ? 700 : op == Smooth.Tanh ? 1e300 : 32768;
  return i64x2.all_true(f64x2.le(f64x2.abs(x), splat(limit)));
}

// @ts-ignore: decorator
@inline
function scalar(op: i32, x: f64): f64 {
  if (op == Smooth.Exp) return NativeMath.exp(x);
  if (op == Smooth.Expm1) return NativeMath.expm1(x);
  if (op == Smooth.Exp2) return NativeMath.exp2(x);
  if (op == Smooth.Log) return NativeMath.log(x);
  if (op == Smooth.Log1p) return NativeMath.log1p(x);
  if (op == Smooth.Sin) return NativeMath.sin(x);
  if (op == Smooth.Cos) return NativeMath.cos(x);
  return NativeMath.tanh(x);
}

// @ts-ignore: decorator
@inline
function pair(op: i32, x: v128): v128 {
  if (inRange(op, x)) return lanes(op, x);
  return f64x2(scalar(op, f64x2.extract_lane(x, 0)), scalar(op, f64x2.extract_lane(x, 1)));
}

// @ts-ignore: decorator
@inline
export function smooth<T>(op: i32, n: i32, out: usize, a: usize, sa: i32): void {
  const size = <i32>sizeof<T>();
  let left = n;
  for (; left >= 2; left -= 2) {
    const x = f64x2(<f64>load<T>(a), <f64>load<T>(a + sa));
    const y = pair(op, x);
    if (sizeof<T>() == 8) v128.store(out, y);
    else v128.store64_lane(out, f32x4.demote_f64x2_zero(y), 0);
    out += 2 * size;
    a += 2 * sa;
  }
  if (left > 0) store<T>(out, <T>f64x2.extract_lane(pair(op, splat(<f64>load<T>(a))), 0));
}
