// Rows in ascending order. Elements become keys, unsigned integers in the same order; where places are wanted, each key
// has its place beside it. Short rows are merged, long ones dealt out by the digits of their keys from the last to the
// first. Equal elements stay in their order.

/** How elements are ordered. */
export const enum Order {
  Unsigned,
  Signed,
  Float,
}

/** Rows up to this length are merged. */
const SHORT: i32 = 256;
/** Runs that merging begins with. */
const RUN: i32 = 16;
/** Bits of a digit. */
const WIDTH: i32 = 8;
const DIGITS: i32 = 1 << WIDTH;
/** Bytes for the counts of all digits, of which a key has at most 8. */
const COUNTS: i32 = 8 * DIGITS * 4;

/** Bytes that sorting needs, beside rows, for n keys of this size (with their places). */
export function sortScratch(n: i32, bytes: i32): i32 {
  return COUNTS + n * bytes;
}

// @ts-ignore: decorator
@inline
function top<T>(): T {
  return <T>((<T>1) << (<T>(8 * sizeof<T>() - 1)));
}

/** That of NaN is the greatest. */
// @ts-ignore: decorator
@inline
function keyOf<T>(bits: T, order: i32): T {
  if (order == Order.Signed) return <T>(bits ^ top<T>());
  if (sizeof<T>() < 4 || order == Order.Unsigned) return bits;
  const infinity: T = sizeof<T>() == 8 ? <T>0x7ff0000000000000 : <T>0x7f800000;
  if (<T>(bits & ~top<T>()) > infinity) return <T>~(<T>0);
  return bits & top<T>() ? <T>~bits : <T>(bits | top<T>());
}

// @ts-ignore: decorator
@inline
function bitsOf<T>(key: T, order: i32): T {
  if (order == Order.Signed) return <T>(key ^ top<T>());
  if (sizeof<T>() < 4 || order == Order.Unsigned) return key;
  return key & top<T>() ? <T>(key ^ top<T>()) : <T>~key;
}

/** Copies a key, and its place if it has one. */
// @ts-ignore: decorator
@inline
function put<T>(bytes: i32, to: usize, from: usize): void {
  if (bytes == 16) v128.store(to, v128.load(from));
  else store<T>(to, load<T>(from));
}

/** Sorts runs by insertion. */
function sortRuns<T>(bytes: i32, n: i32, at: usize, spare: usize): void {
  for (let start = 0; start < n; start += RUN) {
    const first = at + start * bytes;
    const end = at + min(start + RUN, n) * bytes;
    for (let next = first + bytes; next < end; next += bytes) {
      const key = load<T>(next);
      if (load<T>(next - bytes) <= key) continue;
      put<T>(bytes, spare, next);
      let hole = next;
      for (; hole > first && load<T>(hole - bytes) > key; hole -= bytes) put<T>(bytes, hole, hole - bytes);
      put<T>(bytes, hole, spare);
    }
  }
}

/** Merges neighbouring runs until there is one, and gives the address where it is: `at` or `buffer`. */
function mergeRuns<T>(bytes: i32, n: i32, at: usize, buffer: usize, spare: usize): usize {
  sortRuns<T>(bytes, n, at, spare);
  let from = at;
  let to = buffer;
  for (let width = RUN; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      let x = from + start * bytes;
      let y = from + min(start + width, n) * bytes;
      const endX = y;
      const endY = from + min(start + 2 * width, n) * bytes;
      let out = to + start * bytes;
      while (x < endX && y < endY) {
        const isRight = load<T>(y) < load<T>(x);
        put<T>(bytes, out, select<usize>(y, x, isRight));
        const step = <usize>isRight * bytes;
        y += step;
        x += bytes - step;
        out += bytes;
      }
      memory.copy(out, x, endX - x);
      memory.copy(out + (endX - x), y, endY - y);
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

/** Deals elements out by one digit of their keys after the other; gives the address where they are in the end. */
function deal<T>(bytes: i32, skipped: i32, bits: i32, n: i32, at: usize, buffer: usize, counts: usize): usize {
  const digits = (bits + WIDTH - 1) / WIDTH;
  memory.fill(counts, 0, digits * DIGITS * 4);
  for (let i = 0; i < n; i++) {
    let key = <T>(load<T>(at + i * bytes) >> <T>skipped);
    for (let digit = 0; digit < digits; digit++) {
      const slot = counts + ((digit << WIDTH) + (<i32>key & (DIGITS - 1))) * 4;
      store<u32>(slot, load<u32>(slot) + 1);
      key = <T>(key >> <T>WIDTH);
    }
  }
  let from = at;
  let to = buffer;
  for (let digit = 0; digit < digits; digit++) {
    const own = counts + (digit << WIDTH) * 4;
    const shift = <T>(skipped + digit * WIDTH);
    const first = <i32>(load<T>(from) >> shift) & (DIGITS - 1);
    if (load<i32>(own + first * 4) == n) continue;
    let address = <i32>to;
    for (let slot = own; slot < own + DIGITS * 4; slot += 4) {
      const count = load<i32>(slot);
      store<i32>(slot, address);
      address += count * bytes;
    }
    for (let i = 0; i < n; i++) {
      const place = from + i * bytes;
      const slot = own + (<i32>(load<T>(place) >> shift) & (DIGITS - 1)) * 4;
      const out = load<i32>(slot);
      put<T>(bytes, out, place);
      store<i32>(slot, out + bytes);
    }
    const other = from;
    from = to;
    to = other;
  }
  return from;
}

// @ts-ignore: decorator
@inline
function ordered<T>(bytes: i32, skipped: i32, bits: i32, n: i32, at: usize, buffer: usize, counts: usize): usize {
  return n <= SHORT ? mergeRuns<T>(bytes, n, at, buffer, counts) : deal<T>(bytes, skipped, bits, n, at, buffer, counts);
}

/** Sorts rows of n elements. */
// @ts-ignore: decorator
@inline
export function sortRows<T>(order: i32, rows: i32, n: i32, at: usize, scratch: usize): void {
  const size = <i32>sizeof<T>();
  for (let row = 0; row < rows; row++, at += n * size) {
    for (let i = 0; i < n; i++) store<T>(at + i * size, keyOf<T>(load<T>(at + i * size), order));
    const found = ordered<T>(size, 0, 8 * size, n, at, scratch + COUNTS, scratch);
    for (let i = 0; i < n; i++) store<T>(at + i * size, bitsOf<T>(load<T>(found + i * size), order));
  }
}

/** The places of the elements of rows, in the order of the elements. */
// @ts-ignore: decorator
@inline
export function orderRows<T>(order: i32, rows: i32, n: i32, a: usize, out: usize, scratch: usize): void {
  const size = <i32>sizeof<T>();
  const first = scratch + COUNTS;
  for (let row = 0; row < rows; row++, a += n * size, out += n * 8) {
    for (let i = 0; i < n; i++) {
      const bits = load<T>(a + i * size);
      // -0 is equal to 0.
      const key = keyOf<T>(order == Order.Float && bits == top<T>() ? <T>0 : bits, order);
      if (size == 8) {
        store<T>(first + i * 16, key);
        store<u64>(first + i * 16, i, 8);
      } else store<u64>(first + i * 8, ((<u64>key) << 32) | i);
    }
    if (size == 8) {
      const found = ordered<u64>(16, 0, 64, n, first, first + n * 16, scratch);
      for (let i = 0; i < n; i++) store<u64>(out + i * 8, load<u64>(found + i * 16, 8));
    } else {
      const found = ordered<u64>(8, 32, 8 * size, n, first, first + n * 8, scratch);
      for (let i = 0; i < n; i++) store<u64>(out + i * 8, load<u32>(found + i * 8));
    }
  }
}
