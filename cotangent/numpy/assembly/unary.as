// Elementwise functions of one operand that processors have.

export const enum Unary {
  Neg,
  Abs,
  Sqrt,
  Floor,
  Ceil,
  Trunc,
  Rint,
  Square,
  Reciprocal,
  Sign,
}

// @ts-ignore: decorator
@inline
function apply<T>(op: i32, x: T): T {
  if (op == Unary.Neg) return isFloat<T>() ? <T>-x : <T>(<T>0 - x);
  if (op == Unary.Square) return <T>(x * x);
  if (op == Unary.Abs) return abs<T>(x);
  if (isFloat<T>()) {
    if (op == Unary.Sqrt) return sqrt<T>(x);
    if (op == Unary.Floor) return floor<T>(x);
    if (op == Unary.Ceil) return ceil<T>(x);
    if (op == Unary.Trunc) return trunc<T>(x);
    if (op == Unary.Rint) return nearest<T>(x);
    if (op == Unary.Sign) return x > 0 ? <T>1 : x < 0 ? <T>-1 : x == 0 ? <T>0 : x;
    return <T>(<T>1 / x);
  }
  return x;
}

// @ts-ignore: decorator
@inline
function applyVector<T>(op: i32, x: v128): v128 {
  if (op == Unary.Neg) return v128.neg<T>(x);
  if (op == Unary.Square) return v128.mul<T>(x, x);
  if (op == Unary.Abs) return v128.abs<T>(x);
  if (isFloat<T>()) {
    if (op == Unary.Sqrt) return v128.sqrt<T>(x);
    if (op == Unary.Floor) return v128.floor<T>(x);
    if (op == Unary.Ceil) return v128.ceil<T>(x);
    if (op == Unary.Trunc) return v128.trunc<T>(x);
    if (op == Unary.Rint) return v128.nearest<T>(x);
    if (op == Unary.Sign) return signs<T>(x);
    return v128.div<T>(v128.splat<T>(1), x);
  }
  return x;
}

/** 1, -1 or 0; NaN of NaN. */
// @ts-ignore: decorator
@inline
function signs<T>(x: v128): v128 {
  const zero = v128.splat<T>(0);
  const above = v128.and(v128.gt<T>(x, zero), v128.splat<T>(1));
  const below = v128.and(v128.lt<T>(x, zero), v128.splat<T>(-1));
  return v128.or(v128.or(above, below), v128.and(v128.ne<T>(x, x), x));
}

// @ts-ignore: decorator
@inline
export function map<T>(op: i32, n: i32, out: usize, a: usize, sa: i32): void {
  const size = <i32>sizeof<T>();
  let left = n;
  if (sa == size) {
    for (; left >= 16 / size; left -= 16 / size) {
      v128.store(out, applyVector<T>(op, v128.load(a)));
      out += 16;
      a += 16;
    }
  }
  for (; left > 0; left--) {
    store<T>(out, apply<T>(op, load<T>(a)));
    out += size;
    a += sa;
  }
}
