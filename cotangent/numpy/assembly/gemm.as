// Matrix products: c += a b. Rows and columns of all three may lie at any distance (in elements).

const MC: i32 = 64;
const KC: i32 = 256;

const NC: i32 = 2048;

/** Of a product with no more rows than this it takes longer to arrange b than to read it where it is. */
const FEW: i32 = 64;

/** Bytes that a product needs to arrange its operands in. */
export function scratchBytes(columns: i32, sum: i32): i32 {
  return 256 + (MC + ((min(columns, NC) + 7) & ~7)) * min(KC, sum) * 8;
}

// As many elements of these as vectors hold.
// @ts-ignore: decorator
@inline
function wholeVectors<T>(count: i32): i32 {
  return count & ~(16 / <i32>sizeof<T>() - 1);
}

// Columns of a tile: two vectors.
// @ts-ignore: decorator
@inline
function width<T>(): i32 {
  return 32 / <i32>sizeof<T>();
}

/**
 * Arranges 4 rows without gaps, `row` bytes apart, so that the elements of a column lie side by side, and those of the
 * next one `step` bytes behind. The number of columns is one of whole vectors.
 */
function packFour<T>(a: usize, row: i32, columns: i32, to: usize, step: i32): void {
  const end = a + columns * sizeof<T>();
  for (; a < end; a += 16) {
    const x = v128.load(a);
    const y = v128.load(a + row);
    const z = v128.load(a + 2 * row);
    const w = v128.load(a + 3 * row);
    if (sizeof<T>() == 8) {
      v128.store(to, v128.shuffle<i64>(x, y, 0, 2));
      v128.store(to, v128.shuffle<i64>(z, w, 0, 2), 16);
      to += step;
      v128.store(to, v128.shuffle<i64>(x, y, 1, 3));
      v128.store(to, v128.shuffle<i64>(z, w, 1, 3), 16);
      to += step;
    } else {
      const xyLow = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
      const zwLow = v128.shuffle<i32>(z, w, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<i64>(xyLow, zwLow, 0, 2));
      v128.store(to + step, v128.shuffle<i64>(xyLow, zwLow, 1, 3));
      const xyHigh = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
      const zwHigh = v128.shuffle<i32>(z, w, 2, 6, 3, 7);
      v128.store(to + 2 * step, v128.shuffle<i64>(xyHigh, zwHigh, 0, 2));
      v128.store(to + 3 * step, v128.shuffle<i64>(xyHigh, zwHigh, 1, 3));
      to += 4 * step;
    }
  }
}

/** Copies 4 elements of each column, which lie side by side. */
function copyFours<T>(a: usize, step: i32, columns: i32, to: usize): void {
  for (let k = 0; k < columns; k++, a += step, to += 4 * sizeof<T>()) {
    v128.store(to, v128.load(a));
    if (sizeof<T>() == 8) v128.store(to, v128.load(a, 16), 16);
  }
}

/** Arranges a block of rows of a: for each 4 rows, the elements of a column side by side. */
function packRows<T>(a: usize, rs: i32, cs: i32, rows: i32, sum: i32, to: usize): void {
  const size = <i32>sizeof<T>();
  for (let i = 0; i < rows; i += 4) {
    const some = min(4, rows - i);
    let k = 0;
    if (some == 4 && cs == 1) {
      k = wholeVectors<T>(sum);
      packFour<T>(a + i * rs * size, rs * size, k, to, 4 * size);
    } else if (some == 4 && rs == 1) {
      k = sum;
      copyFours<T>(a + i * size, cs * size, k, to);
    }
    to += 4 * size * k;
    for (; k < sum; k++) {
      let from = a + (i * rs + k * cs) * <i32>sizeof<T>();
      for (let each = 0; each < 4; each++) {
        store<T>(to, each < some ? load<T>(from) : <T>0);
        to += sizeof<T>();
        from += rs * <i32>sizeof<T>();
      }
    }
  }
}

/** Arranges rows of b: for each few columns, the elements of a row side by side. */
function packColumns<T>(b: usize, rs: i32, cs: i32, sum: i32, columns: i32, to: usize): void {
  const wide = width<T>();
  const size = <i32>sizeof<T>();
  for (let j = 0; j < columns; j += wide) {
    const some = min(wide, columns - j);
    let k = 0;
    if (some == wide && rs == 1) {
      k = wholeVectors<T>(sum);
      const from = b + j * cs * size;
      packFour<T>(from, cs * size, k, to, 32);
      if (wide == 8) packFour<T>(from + 4 * cs * size, cs * size, k, to + 16, 32);
    }
    to += 32 * k;
    for (; k < sum; k++) {
      let from = b + (k * rs + j * cs) * size;
      if (some == wide && cs == 1) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
        to += 32;
        continue;
      }
      for (let each = 0; each < wide; each++) {
        store<T>(to, each < some ? load<T>(from) : <T>0);
        to += size;
        from += cs * size;
      }
    }
  }
}

// An element of memory in all places of a vector: what takes two instructions once the element has been loaded.
// @ts-ignore: decorator
@inline
function spread<T>(at: usize, offset: usize = 0): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(at + offset) : v128.load32_splat(at + offset);
}

// The vector of the result at c: x, or what is there and x.
// @ts-ignore: decorator
@inline
function put<T>(isFirst: bool, c: usize, x: v128, offset: usize = 0): void {
  v128.store(c + offset, isFirst ? x : v128.add<T>(v128.load(c + offset), x));
}

// The product of 4 packed rows and a few columns, whose rows are `step` bytes apart: c, or what is added to it.
// @ts-ignore: decorator
@inline
function tile<T>(isFirst: bool, a: usize, b: usize, step: i32, sum: i32, c: usize, rs: i32): void {
  const size = <i32>sizeof<T>();
  let c00 = v128.splat<T>(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let k = 0; k < sum; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = spread<T>(a);
    const a1 = spread<T>(a, sizeof<T>());
    const a2 = spread<T>(a, 2 * sizeof<T>());
    const a3 = spread<T>(a, 3 * sizeof<T>());
    c00 = v128.add<T>(c00, v128.mul<T>(a0, b0));
    c01 = v128.add<T>(c01, v128.mul<T>(a0, b1));
    c10 = v128.add<T>(c10, v128.mul<T>(a1, b0));
    c11 = v128.add<T>(c11, v128.mul<T>(a1, b1));
    c20 = v128.add<T>(c20, v128.mul<T>(a2, b0));
    c21 = v128.add<T>(c21, v128.mul<T>(a2, b1));
    c30 = v128.add<T>(c30, v128.mul<T>(a3, b0));
    c31 = v128.add<T>(c31, v128.mul<T>(a3, b1));
    a += 4 * sizeof<T>();
    b += step;
  }
  const row = rs * size;
  put<T>(isFirst, c, c00);
  put<T>(isFirst, c, c01, 16);
  c += row;
  put<T>(isFirst, c, c10);
  put<T>(isFirst, c, c11, 16);
  c += row;
  put<T>(isFirst, c, c20);
  put<T>(isFirst, c, c21, 16);
  c += row;
  put<T>(isFirst, c, c30);
  put<T>(isFirst, c, c31, 16);
}

/** Writes or adds part of a tile of the result, computed apart. */
function putCorner<T>(isFirst: bool, from: usize, c: usize, rs: i32, cs: i32, rows: i32, columns: i32): void {
  const size = <i32>sizeof<T>();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = c + (i * rs + j * cs) * size;
      const part = load<T>(from + (i * width<T>() + j) * size);
      store<T>(at, isFirst ? part : <T>(load<T>(at) + part));
    }
  }
}

/**
 * c += a b, or c = a b if it is fresh and sum > 0, where c is rows x columns. `scratch` has room for
 * `scratchBytes(columns, sum)`.
 */
// @ts-ignore: decorator
@inline
export function multiply<T>(
  rows: i32,
  columns: i32,
  sum: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  scratch: usize,
  isFresh: bool,
): void {
  const size = <i32>sizeof<T>();
  const isPacked = bcs != 1 || rows > FEW || columns % width<T>() != 0;
  const packedA = scratch + 256;
  const packedB = packedA + MC * min(KC, sum) * 8;
  for (let j = 0; j < columns; j += NC) {
    const some = min(NC, columns - j);
    for (let k = 0; k < sum; k += KC) {
      const depth = min(KC, sum - k);
      const from = b + (k * brs + j * bcs) * size;
      if (isPacked) packColumns<T>(from, brs, bcs, depth, some, packedB);
      for (let i = 0; i < rows; i += MC) {
        const high = min(MC, rows - i);
        packRows<T>(a + (i * ars + k * acs) * size, ars, acs, high, depth, packedA);
        const to = c + (i * crs + j * ccs) * size;
        const isFirst = isFresh && k == 0;
        if (isPacked) block<T>(isFirst, high, some, depth, packedA, packedB, 32, 32 * depth, to, crs, ccs, scratch);
        else block<T>(isFirst, high, some, depth, packedA, from, brs * size, 32, to, crs, ccs, scratch);
      }
    }
  }
}

/**
 * c or what is added to it: the product of a, which is packed, and b, whose rows are `step` bytes apart, and groups of
 * as many columns as a tile has `group` bytes. `corner` has room for a tile.
 */
function block<T>(
  isFirst: bool,
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  b: usize,
  step: i32,
  group: i32,
  c: usize,
  crs: i32,
  ccs: i32,
  corner: usize,
): void {
  const size = <i32>sizeof<T>();
  const wide = width<T>();
  for (let j = 0, right = b; j < columns; j += wide, right += group) {
    const some = min(wide, columns - j);
    for (let i = 0; i < rows; i += 4) {
      const left = a + i * depth * size;
      const to = c + (i * crs + j * ccs) * size;
      if (some == wide && rows - i >= 4 && ccs == 1) tile<T>(isFirst, left, right, step, depth, to, crs);
      else {
        tile<T>(true, left, right, step, depth, corner, wide);
        putCorner<T>(isFirst, corner, to, crs, ccs, min(4, rows - i), some);
      }
    }
  }
}

/** c += a b where b and c are vectors. */
// @ts-ignore: decorator
@inline
export function multiplyVector<T>(
  rows: i32,
  sum: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  bs: i32,
  c: usize,
  cs: i32,
): void {
  const size = <i32>sizeof<T>();
  if (acs == 1 && bs == 1) {
    for (let i = 0; i < rows; i++) {
      const at = c + i * cs * size;
      store<T>(at, <T>(load<T>(at) + inner<T>(sum, a + i * ars * size, b)));
    }
    return;
  }
  if (ars == 1 && cs == 1) {
    for (let k = 0; k < sum; k++) addScaled<T>(rows, load<T>(b + k * bs * size), a + k * acs * size, c);
    return;
  }
  for (let i = 0; i < rows; i++) {
    let total: T = 0;
    for (let k = 0; k < sum; k++) {
      total = <T>(total + load<T>(a + (i * ars + k * acs) * size) * load<T>(b + k * bs * size));
    }
    const at = c + i * cs * size;
    store<T>(at, <T>(load<T>(at) + total));
  }
}

function inner<T>(n: i32, a: usize, b: usize): T {
  let s0 = v128.splat<T>(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const lanes = 16 / <i32>sizeof<T>();
  let left = n;
  for (; left >= 4 * lanes; left -= 4 * lanes) {
    s0 = v128.add<T>(s0, v128.mul<T>(v128.load(a), v128.load(b)));
    s1 = v128.add<T>(s1, v128.mul<T>(v128.load(a, 16), v128.load(b, 16)));
    s2 = v128.add<T>(s2, v128.mul<T>(v128.load(a, 32), v128.load(b, 32)));
    s3 = v128.add<T>(s3, v128.mul<T>(v128.load(a, 48), v128.load(b, 48)));
    a += 64;
    b += 64;
  }
  const all = v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3));
  let total = <T>(v128.extract_lane<T>(all, 0) + v128.extract_lane<T>(all, 1));
  if (sizeof<T>() == 4) total = <T>(total + v128.extract_lane<T>(all, 2) + v128.extract_lane<T>(all, 3));
  for (; left > 0; left--) {
    total = <T>(total + load<T>(a) * load<T>(b));
    a += sizeof<T>();
    b += sizeof<T>();
  }
  return total;
}

function addScaled<T>(n: i32, factor: T, a: usize, c: usize): void {
  const lanes = 16 / <i32>sizeof<T>();
  const x = v128.splat<T>(factor);
  let left = n;
  for (; left >= lanes; left -= lanes) {
    v128.store(c, v128.add<T>(v128.load(c), v128.mul<T>(x, v128.load(a))));
    a += 16;
    c += 16;
  }
  for (; left > 0; left--) {
    store<T>(c, <T>(load<T>(c) + factor * load<T>(a)));
    a += sizeof<T>();
    c += sizeof<T>();
  }
}

/** c += a b by plain loops, for integers. */
// @ts-ignore: decorator
@inline
export function multiplyPlain<T>(
  rows: i32,
  columns: i32,
  sum: i32,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  c: usize,
  crs: i32,
  ccs: i32,
): void {
  const size = <i32>sizeof<T>();
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < sum; k++) {
      const factor = load<T>(a + (i * ars + k * acs) * size);
      for (let j = 0; j < columns; j++) {
        const at = c + (i * crs + j * ccs) * size;
        store<T>(at, <T>(load<T>(at) + factor * load<T>(b + (k * brs + j * bcs) * size)));
      }
    }
  }
}
