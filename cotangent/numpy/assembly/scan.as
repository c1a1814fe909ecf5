// Functions along a row that are not combined from parts: running sums and products, and places of extremes.
import { apply } from "./binary";

// @ts-ignore: decorator
@inline
export function scanRow<T>(op: i32, n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  let value = load<T>(a);
  store<T>(out, value);
  for (let left = n - 1; left > 0; left--) {
    out += so;
    a += sa;
    value = apply<T>(op, value, load<T>(a));
    store<T>(out, value);
  }
}

/** The place of the first greatest or smallest element, or of the first NaN. */
// @ts-ignore: decorator
@inline
export function placeRow<T>(isMax: bool, n: i32, out: usize, a: usize, sa: i32): void {
  let best = load<T>(a);
  let place = 0;
  for (let i = 0; i < n; i++) {
    const x = load<T>(a);
    if (isFloat<T>() && x != x) {
      place = i;
      break;
    }
    if (isMax ? x > best : x < best) {
      best = x;
      place = i;
    }
    a += sa;
  }
  store<i64>(out, <i64>place);
}

/** Whether any byte of the row is 1 (or all are), combined with what the result has. */
// @ts-ignore: decorator
@inline
export function truthRow(isAny: bool, n: i32, out: usize, so: i32, a: usize, sa: i32): void {
  if (so != 0) {
    for (let left = n; left > 0; left--) {
      const x = load<u8>(a);
      store<u8>(out, isAny ? load<u8>(out) | x : load<u8>(out) & x);
      out += so;
      a += sa;
    }
    return;
  }
  const decisive: u8 = isAny ? 1 : 0;
  if (load<u8>(out) == decisive) return;
  for (let left = n; left > 0; left--) {
    if (load<u8>(a) == decisive) {
      store<u8>(out, decisive);
      return;
    }
    a += sa;
  }
}
