// Elementwise functions of two operands. Every kernel runs over one row: n elements of the result at `out`, without
// gaps, from operands that start at `a` and `b` and whose elements are `sa` and `sb` bytes apart (0: one for all).

export const enum Binary {
  Add,
  Sub,
  Mul,
  Div,
  Maximum,
  Minimum,
  BitwiseAnd,
  BitwiseOr,
  BitwiseXor,
}

// @ts-ignore: decorator
@inline
export function apply<T>(op: i32, x: T, y: T): T {
  if (op == Binary.Add) return <T>(x + y);
  if (op == Binary.Sub) return <T>(x - y);
  if (op == Binary.Mul) return <T>(x * y);
  if (op == Binary.Div) return <T>(x / y);
  if (op == Binary.Maximum) return max<T>(x, y);
  if (op == Binary.Minimum) return min<T>(x, y);
  if (isInteger<T>()) {
    if (op == Binary.BitwiseAnd) return <T>(x & y);
    if (op == Binary.BitwiseOr) return <T>(x | y);
    return <T>(x ^ y);
  }
  return x;
}

// @ts-ignore: decorator
@inline
export function applyVector<T>(op: i32, x: v128, y: v128): v128 {
  if (op == Binary.Add) return v128.add<T>(x, y);
  if (op == Binary.Sub) return v128.sub<T>(x, y);
  // There is no product of vectors of bytes.
  if (sizeof<T>() > 1) {
    if (op == Binary.Mul) return v128.mul<T>(x, y);
  }
  if (op == Binary.BitwiseAnd) return v128.and(x, y);
  if (op == Binary.BitwiseOr) return v128.or(x, y);
  if (op == Binary.BitwiseXor) return v128.xor(x, y);
  if (isFloat<T>()) {
    if (op == Binary.Div) return v128.div<T>(x, y);
    if (op == Binary.Maximum) return v128.max<T>(x, y);
    return v128.min<T>(x, y);
  }
  if (op == Binary.Maximum) return v128.bitselect(x, y, v128.gt<T>(x, y));
  return v128.bitselect(x, y, v128.lt<T>(x, y));
}

// @ts-ignore: decorator
@inline
export function zip<T>(op: i32, n: i32, out: usize, a: usize, sa: i32, b: usize, sb: i32): void {
  const size = <i32>sizeof<T>();
  let left = n;
  if ((sa == size || sa == 0) && (sb == size || sb == 0) && sa + sb > 0) {
    const step = 16 / size;
    if (sa == size && sb == size) {
      for (; left >= 2 * step; left -= 2 * step) {
        v128.store(out, applyVector<T>(op, v128.load(a), v128.load(b)));
        v128.store(out, applyVector<T>(op, v128.load(a, 16), v128.load(b, 16)), 16);
        out += 32;
        a += 32;
        b += 32;
      }
    } else if (sb == 0) {
      const y = v128.splat<T>(load<T>(b));
      for (; left >= step; left -= step) {
        v128.store(out, applyVector<T>(op, v128.load(a), y));
        out += 16;
        a += 16;
      }
    } else {
      const x = v128.splat<T>(load<T>(a));
      for (; left >= step; left -= step) {
        v128.store(out, applyVector<T>(op, x, v128.load(b)));
        out += 16;
        b += 16;
      }
    }
  }
  for (; left > 0; left--) {
    store<T>(out, apply<T>(op, load<T>(a), load<T>(b)));
    out += size;
    a += sa;
    b += sb;
  }
}

export const enum Compare {
  Equal,
  NotEqual,
  Less,
  LessEqual,
}

// @ts-ignore: decorator
@inline
function holds<T>(op: i32, x: T, y: T): bool {
  if (op == Compare.Equal) return x == y;
  if (op == Compare.NotEqual) return x != y;
  if (op == Compare.Less) return x < y;
  return x <= y;
}

// @ts-ignore: decorator
@inline
function holdsVector<T>(op: i32, x: v128, y: v128): v128 {
  if (op == Compare.Equal) return v128.eq<T>(x, y);
  if (op == Compare.NotEqual) return v128.ne<T>(x, y);
  if (op == Compare.Less) return v128.lt<T>(x, y);
  return v128.le<T>(x, y);
}

// Masks of 64 bits as masks of 32 bits.
// @ts-ignore: decorator
@inline
function halves(x: v128, y: v128): v128 {
  return v128.shuffle<i32>(x, y, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function four<T>(op: i32, a: usize, sa: i32, b: usize, sb: i32): v128 {
  if (sizeof<T>() == 4) return holdsVector<T>(op, loadOr<T>(a, sa), loadOr<T>(b, sb));
  const low = holdsVector<T>(op, loadOr<T>(a, sa), loadOr<T>(b, sb));
  return halves(low, holdsVector<T>(op, loadOr<T>(a + (sa ? 16 : 0), sa), loadOr<T>(b + (sb ? 16 : 0), sb)));
}

// @ts-ignore: decorator
@inline
function loadOr<T>(at: usize, stride: i32): v128 {
  return stride ? v128.load(at) : v128.splat<T>(load<T>(at));
}

/** Truth values: one byte for each. */
// @ts-ignore: decorator
@inline
export function compare<T>(op: i32, n: i32, out: usize, a: usize, sa: i32, b: usize, sb: i32): void {
  const size = <i32>sizeof<T>();
  let left = n;
  if ((sa == size || sa == 0) && (sb == size || sb == 0)) {
    const one = i8x16.splat(1);
    for (; left >= 16; left -= 16) {
      const low = i16x8.narrow_i32x4_s(four<T>(op, a, sa, b, sb), four<T>(op, a + 4 * sa, sa, b + 4 * sb, sb));
      const high = i16x8.narrow_i32x4_s(
        four<T>(op, a + 8 * sa, sa, b + 8 * sb, sb),
        four<T>(op, a + 12 * sa, sa, b + 12 * sb, sb),
      );
      v128.store(out, v128.and(i8x16.narrow_i16x8_s(low, high), one));
      out += 16;
      a += 16 * sa;
      b += 16 * sb;
    }
  }
  for (; left > 0; left--) {
    store<u8>(out, holds<T>(op, load<T>(a), load<T>(b)) ? 1 : 0);
    out += 1;
    a += sa;
    b += sb;
  }
}

/** Elements of `b` where the byte at `a` is not 0, else of `c`. */
// @ts-ignore: decorator
@inline
export function choose<T>(n: i32, out: usize, a: usize, sa: i32, b: usize, sb: i32, c: usize, sc: i32): void {
  for (let left = n; left > 0; left--) {
    const x = load<T>(b);
    const y = load<T>(c);
    store<T>(out, load<u8>(a) != 0 ? x : y);
    out += sizeof<T>();
    a += sa;
    b += sb;
    c += sc;
  }
}
