// Loops over two axes of which one operand lies crosswise: neighbours in a row are far apart, those in a column are not.

/** Columns of a tile. It has as many rows as a line of the cache has elements. */
const WIDE: i32 = 128;
/** Room for a row of a tile. Were it a power of two, processors would take loads from one row to be stores to another. */
const ROOM: i32 = WIDE + 16;
const LINE: i32 = 64;

/** Writes a tile row by row: `from` has its columns, `step` bytes apart. */
// @ts-ignore: decorator
@inline
function turn<T>(rows: i32, columns: i32, from: usize, step: i32, to: usize): void {
  const size = <i32>sizeof<T>();
  const lanes = 16 / size;
  const row = ROOM * size;
  let j = 0;
  if (rows == LINE / size) {
    for (; j <= columns - lanes; j += lanes) {
      for (let i = 0; i < rows; i += lanes) {
        const at = from + i * size;
        const out = to + i * row;
        const x = v128.load(at);
        const y = v128.load(at + step);
        if (lanes == 2) {
          v128.store(out, v128.shuffle<i64>(x, y, 0, 2));
          v128.store(out + row, v128.shuffle<i64>(x, y, 1, 3));
          continue;
        }
        const z = v128.load(at + 2 * step);
        const w = v128.load(at + 3 * step);
        const xyLow = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
        const zwLow = v128.shuffle<i32>(z, w, 0, 4, 1, 5);
        v128.store(out, v128.shuffle<i64>(xyLow, zwLow, 0, 2));
        v128.store(out + row, v128.shuffle<i64>(xyLow, zwLow, 1, 3));
        const xyHigh = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
        const zwHigh = v128.shuffle<i32>(z, w, 2, 6, 3, 7);
        v128.store(out + 2 * row, v128.shuffle<i64>(xyHigh, zwHigh, 0, 2));
        v128.store(out + 3 * row, v128.shuffle<i64>(xyHigh, zwHigh, 1, 3));
      }
      from += lanes * step;
      to += 16;
    }
  }
  for (; j < columns; j++) {
    for (let i = 0; i < rows; i++) store<T>(to + i * row, load<T>(from + i * size));
    from += step;
    to += size;
  }
}

/**
 * Runs a kernel of one or two operands (by its place in the table) for parts of rows. The crosswise operand is the first
 * or the second one, with elements of 8 or 4 bytes; its tiles are turned in `tile`, for which there must be 10 KiB.
 */
export function across(
  kernel: i32,
  isFirst: bool,
  size: i32,
  rows: i32,
  columns: i32,
  out: usize,
  outRow: i32,
  so: i32,
  a: usize,
  aRow: i32,
  sa: i32,
  b: usize,
  bRow: i32,
  sb: i32,
  tile: usize,
): void {
  const high = LINE / size;
  for (let i = 0; i < rows; i += high) {
    const some = min(high, rows - i);
    for (let j = 0; j < columns; j += WIDE) {
      const wide = min(WIDE, columns - j);
      const from = isFirst ? a + j * sa : b + j * sb;
      if (size == 8) turn<u64>(some, wide, from, isFirst ? sa : sb, tile);
      else turn<u32>(some, wide, from, isFirst ? sa : sb, tile);
      for (let each = 0; each < some; each++) {
        const row = tile + each * ROOM * size;
        const x = isFirst ? row : a + each * aRow + j * sa;
        const y = isFirst ? b + each * bRow + j * sb : row;
        const to = out + each * outRow + j * so;
        call_indirect<void>(kernel, wide, to, so, x, isFirst ? size : sa, y, isFirst ? sb : size, <usize>0, 0);
      }
    }
    out += some * outRow;
    a += some * aRow;
    b += some * bRow;
  }
}
