// Reductions. A row of the result is combined with a row of the operand: where the result's stride is 0, all elements of
// the row go into one.
import { apply, applyVector, Binary } from "./binary";

const BLOCK: i32 = 128;

/** The sum by halves: errors grow with the logarithm of the length. */
function sumOf<T>(n: i32, a: usize, sa: i32): T {
  if (n > BLOCK) {
    // The first half is a multiple of 8.
    const half = (n >> 4) << 3;
    return <T>(sumOf<T>(half, a, sa) + sumOf<T>(n - half, a + half * sa, sa));
  }
  let left = n;
  let sum: T = 0;
  if (sa == <i32>sizeof<T>()) {
    const lanes = 16 / <i32>sizeof<T>();
    let s0 = v128.splat<T>(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (; left >= 4 * lanes; left -= 4 * lanes) {
      s0 = v128.add<T>(s0, v128.load(a));
      s1 = v128.add<T>(s1, v128.load(a, 16));
      s2 = v128.add<T>(s2, v128.load(a, 32));
      s3 = v128.add<T>(s3, v128.load(a, 48));
      a += 64;
    }
    const all = v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3));
    sum = <T>(v128.extract_lane<T>(all, 0) + v128.extract_lane<T>(all, 1));
    if (sizeof<T>() == 4) sum = <T>(sum + v128.extract_lane<T>(all, 2) + v128.extract_lane<T>(all, 3));
  }
  for (; left > 0; left--) {
    sum = <T>(sum + load<T>(a));
    a += sa;
  }
  return sum;
}

// @ts-ignore: decorator
@inline
export function sumRow<T>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  if (so == 0) store<T>(out, <T>(load<T>(out) + sumOf<T>(n, a, sa)));
  else accumulate<T>(Binary.Add, n, out, so, a, sa);
}

// @ts-ignore: decorator
@inline
export function accumulate<T>(op: i32, n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  const size = <i32>sizeof<T>();
  let left = n;
  if (so == size && sa == size && op == Binary.Add) {
    const lanes = 16 / size;
    for (; left >= lanes; left -= lanes) {
      v128.store(out, v128.add<T>(v128.load(out), v128.load(a)));
      out += 16;
      a += 16;
    }
  }
  for (; left > 0; left--) {
    store<T>(out, apply<T>(op, load<T>(out), load<T>(a)));
    out += so;
    a += sa;
  }
}

/** Elements of a row that is kept in the cache while others are added to it. */
const PART: i32 = 1024;

/** Combines so many rows of the operand, `step` bytes apart, with a row of the result. None of them has gaps. */
// @ts-ignore: decorator
@inline
export function columns<T>(op: i32, n: i32, out: usize, a: usize, rows: i32, step: i32): void {
  const size = <i32>sizeof<T>();
  for (let start = 0; start < n; start += PART) {
    const bytes = min(PART, n - start) * size;
    let row = a + start * size;
    let left = rows;
    for (; left >= 4; left -= 4, row += 4 * step) combineRows<T>(op, true, out + start * size, bytes, row, step);
    for (; left > 0; left--, row += step) combineRows<T>(op, false, out + start * size, bytes, row, step);
  }
}

/** Combines part of four rows, or of one, with part of a row. */
// @ts-ignore: decorator
@inline
function combineRows<T>(op: i32, isFour: bool, to: usize, bytes: usize, a: usize, step: i32): void {
  const b = a + step;
  const c = b + step;
  const d = c + step;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    let x = applyVector<T>(op, v128.load(to + at), v128.load(a + at));
    if (isFour) {
      x = applyVector<T>(op, x, v128.load(b + at));
      x = applyVector<T>(op, x, v128.load(c + at));
      x = applyVector<T>(op, x, v128.load(d + at));
    }
    v128.store(to + at, x);
  }
  for (; at < bytes; at += sizeof<T>()) {
    let x = apply<T>(op, load<T>(to + at), load<T>(a + at));
    if (isFour) {
      x = apply<T>(op, x, load<T>(b + at));
      x = apply<T>(op, x, load<T>(c + at));
      x = apply<T>(op, x, load<T>(d + at));
    }
    store<T>(to + at, x);
  }
}

/** The greatest or smallest; NaN where there is one. */
// @ts-ignore: decorator
@inline
export function extremeRow<T>(op: i32, n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  if (so != 0) {
    accumulate<T>(op, n, out, so, a, sa);
    return;
  }
  let left = n;
  let best = load<T>(out);
  if (isFloat<T>() && sa == <i32>sizeof<T>() && n >= 16) {
    const lanes = 16 / <i32>sizeof<T>();
    let x = v128.splat<T>(best);
    let y = x;
    // The vector functions that are quick overlook NaN.
    let isNumber = i32x4.splat(-1);
    for (; left >= 2 * lanes; left -= 2 * lanes) {
      const p = v128.load(a);
      const q = v128.load(a, 16);
      isNumber = v128.and(isNumber, v128.and(v128.eq<T>(p, p), v128.eq<T>(q, q)));
      x = op == Binary.Maximum ? v128.pmax<T>(x, p) : v128.pmin<T>(x, p);
      y = op == Binary.Maximum ? v128.pmax<T>(y, q) : v128.pmin<T>(y, q);
      a += 32;
    }
    x = op == Binary.Maximum ? v128.pmax<T>(x, y) : v128.pmin<T>(x, y);
    best = apply<T>(op, best, v128.extract_lane<T>(x, 0));
    best = apply<T>(op, best, v128.extract_lane<T>(x, 1));
    if (sizeof<T>() == 4) {
      best = apply<T>(op, best, v128.extract_lane<T>(x, 2));
      best = apply<T>(op, best, v128.extract_lane<T>(x, 3));
    }
    if (!i32x4.all_true(isNumber)) best = <T>NaN;
  }
  for (; left > 0; left--) {
    best = apply<T>(op, best, load<T>(a));
    a += sa;
  }
  store<T>(out, best);
}

/** Products in one row of the result, or into one element. */
// @ts-ignore: decorator
@inline
export function productRow<T>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  if (so != 0) {
    accumulate<T>(Binary.Mul, n, out, so, a, sa);
    return;
  }
  let product = load<T>(out);
  for (let left = n; left > 0; left--) {
    product = <T>(product * load<T>(a));
    a += sa;
  }
  store<T>(out, product);
}
