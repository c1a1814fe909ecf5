// Copies and conversions of elements. The result may have gaps: its elements are `so` bytes apart.

// @ts-ignore: decorator
@inline
export function move<T>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  const size = <i32>sizeof<T>();
  if (so == size && sa == size) {
    memory.copy(out, a, n * size);
    return;
  }
  for (let left = n; left > 0; left--) {
    store<T>(out, load<T>(a));
    out += so;
    a += sa;
  }
}

/** Elements of 16 bytes. */
export function moveWide(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  for (let left = n; left > 0; left--) {
    v128.store(out, v128.load(a));
    out += so;
    a += sa;
  }
}

// @ts-ignore: decorator
@inline
export function convert<From, To>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  for (let left = n; left > 0; left--) {
    store<To>(out, <To>load<From>(a));
    out += so;
    a += sa;
  }
}

/** Floats to integers: what is none becomes the smallest one, as processors have it. */
// @ts-ignore: decorator
@inline
export function truncate<From>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  for (let left = n; left > 0; left--) {
    const x = <f64>load<From>(a);
    store<i64>(out, abs(x) < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE);
    out += so;
    a += sa;
  }
}

/** Whether elements are other than 0. */
// @ts-ignore: decorator
@inline
export function truth<From>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  for (let left = n; left > 0; left--) {
    store<u8>(out, load<From>(a) != 0 ? 1 : 0);
    out += so;
    a += sa;
  }
}

/** Numbers as complex numbers. */
// @ts-ignore: decorator
@inline
export function widen<T>(n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  for (let left = n; left > 0; left--) {
    store<T>(out, load<T>(a));
    store<T>(out + sizeof<T>(), <T>0);
    out += so;
    a += sa;
  }
}
