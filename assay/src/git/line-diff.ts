// Which lines of a file's new version are new. Done here rather than by git, whose answer depends on attributes,
// drivers and options of the user's.
import type { LineRange } from "../model/change.ts";

/** Beyond this many differing lines in one stretch the whole stretch counts as new. */
const largestEdit = 400;

/**
 * The lines of `after` that are not in `before`, ascending. How lines end makes no difference, except that a
 * missing line break at the end of a file does.
 */
export function changedLines(before: Buffer, after: Buffer): LineRange[] {
  const ids = new Map<string, number>();
  const old = intern(linesOf(before), ids);
  const now = intern(linesOf(after), ids);
  const isNew = new Uint8Array(now.length);
  compare({ old, now, isNew }, { oldStart: 0, oldEnd: old.length, nowStart: 0, nowEnd: now.length });
  return rangesOf(isNew);
}

/** Every line of a file. */
export function allLines(content: Buffer): LineRange[] {
  const count = linesOf(content).length;
  return count === 0 ? [] : [{ start: 1, end: count }];
}

interface Texts {
  readonly old: Int32Array;
  readonly now: Int32Array;
  readonly isNew: Uint8Array;
}

interface Stretch {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly nowStart: number;
  readonly nowEnd: number;
}

interface Anchor {
  readonly old: number;
  readonly now: number;
}

function linesOf(content: Buffer): string[] {
  // One character a byte: exact for any encoding.
  const lines = content.toString("latin1").split("\n");
  const last = lines.pop();
  const whole = lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  return last ? [...whole, `${last}\n`] : whole;
}

function intern(lines: readonly string[], ids: Map<string, number>): Int32Array {
  return Int32Array.from(lines, (line) => {
    const id = ids.get(line) ?? ids.size;
    ids.set(line, id);
    return id;
  });
}

/** Marks the new lines of a stretch: what is common at both ends is set aside, the rest divided at lines that occur once. */
function compare(texts: Texts, whole: Stretch): void {
  const stretch = trim(texts, whole);
  if (stretch.nowStart === stretch.nowEnd) return;
  if (stretch.oldStart === stretch.oldEnd) {
    texts.isNew.fill(1, stretch.nowStart, stretch.nowEnd);
    return;
  }
  const anchors = longestRising(uniquePairs(texts, stretch));
  if (anchors.length === 0) {
    markByShortestEdit(texts, stretch);
    return;
  }
  let { oldStart, nowStart } = stretch;
  for (const anchor of anchors) {
    compare(texts, { oldStart, oldEnd: anchor.old, nowStart, nowEnd: anchor.now });
    // The anchor itself is the first that the next stretch has in common.
    oldStart = anchor.old;
    nowStart = anchor.now;
  }
  compare(texts, { oldStart, oldEnd: stretch.oldEnd, nowStart, nowEnd: stretch.nowEnd });
}

function trim({ old, now }: Texts, stretch: Stretch): Stretch {
  let { oldStart, oldEnd, nowStart, nowEnd } = stretch;
  for (; oldStart < oldEnd && nowStart < nowEnd && old[oldStart] === now[nowStart]; oldStart += 1) nowStart += 1;
  for (; oldStart < oldEnd && nowStart < nowEnd && old[oldEnd - 1] === now[nowEnd - 1]; oldEnd -= 1) nowEnd -= 1;
  return { oldStart, oldEnd, nowStart, nowEnd };
}

/** Lines that occur exactly once in either version, in the order of the new one. */
function uniquePairs({ old, now }: Texts, { oldStart, oldEnd, nowStart, nowEnd }: Stretch): Anchor[] {
  const inOld = positionsOfUnique(old, oldStart, oldEnd);
  const pairs: Anchor[] = [];
  for (const [id, position] of positionsOfUnique(now, nowStart, nowEnd)) {
    const partner = inOld.get(id);
    if (partner !== undefined && partner !== -1 && position !== -1) pairs.push({ old: partner, now: position });
  }
  return pairs;
}

/** Position by line; -1 for a line that occurs more than once. Ordered by first occurrence. */
function positionsOfUnique(lines: Int32Array, start: number, end: number): ReadonlyMap<number, number> {
  const positions = new Map<number, number>();
  for (const [at, id] of lines.subarray(start, end).entries()) positions.set(id, positions.has(id) ? -1 : start + at);
  return positions;
}

/** Anchors whose old positions rise, from the last one back. */
interface Rise {
  readonly last: Anchor;
  readonly before: Rise | undefined;
}

/** The longest run of anchors whose old positions rise too (patience sorting). */
function longestRising(pairs: readonly Anchor[]): Anchor[] {
  /** For each length the run that ends lowest. */
  const rises: Rise[] = [];
  for (const last of pairs) {
    let low = 0;
    for (let high = rises.length; low < high;) {
      const middle = (low + high) >> 1;
      const rise = rises[middle];
      if (rise !== undefined && rise.last.old < last.old) low = middle + 1;
      else high = middle;
    }
    rises[low] = { last, before: rises[low - 1] };
  }
  const anchors: Anchor[] = [];
  for (let rise = rises.at(-1); rise !== undefined; rise = rise.before) anchors.push(rise.last);
  return anchors.toReversed();
}

/** Myers' greedy search: how far each diagonal reaches with one edit more, until the end is reached. */
function markByShortestEdit(texts: Texts, stretch: Stretch): void {
  const { old, now, isNew } = texts;
  const height = stretch.oldEnd - stretch.oldStart;
  const width = stretch.nowEnd - stretch.nowStart;
  const limit = Math.min(height + width, largestEdit);
  let reach: number[] = [];
  const history: (readonly number[])[] = [];
  for (let edits = 0; edits <= limit; edits += 1) {
    history.push(reach);
    reach = reach.slice();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOf(reach, limit, edits, diagonal);
      while (x < height && x - diagonal < width && old[stretch.oldStart + x] === now[stretch.nowStart + x - diagonal])
        x += 1;
      reach[limit + 1 + diagonal] = x;
      if (x >= height && x - diagonal >= width) {
        markInsertions(history, limit, stretch, isNew);
        return;
      }
    }
  }
  isNew.fill(1, stretch.nowStart, stretch.nowEnd);
}

/** Where a diagonal begins: after an insertion on the one above or a deletion on the one below, whichever gets further. */
function startOf(reach: readonly number[], limit: number, edits: number, diagonal: number): number {
  const center = limit + 1 + diagonal;
  return isInserted(reach, limit, edits, diagonal) ? reachOf(reach, center + 1) : reachOf(reach, center - 1) + 1;
}

function isInserted(reach: readonly number[], limit: number, edits: number, diagonal: number): boolean {
  const center = limit + 1 + diagonal;
  if (diagonal === -edits) return true;
  return diagonal !== edits && reachOf(reach, center - 1) < reachOf(reach, center + 1);
}

/** Before the first edit no diagonal has begun. */
function reachOf(reach: readonly number[], at: number): number {
  return reach[at] ?? 0;
}

/** Walks back from the end and marks each line that was inserted. */
function markInsertions(
  history: readonly (readonly number[])[],
  limit: number,
  stretch: Stretch,
  isNew: Uint8Array,
): void {
  let diagonal = stretch.oldEnd - stretch.oldStart - (stretch.nowEnd - stretch.nowStart);
  for (let edits = history.length - 1; edits > 0; edits -= 1) {
    const reach = history[edits] ?? [];
    const isInsertion = isInserted(reach, limit, edits, diagonal);
    if (isInsertion) isNew[stretch.nowStart + reachOf(reach, limit + 2 + diagonal) - (diagonal + 1)] = 1;
    diagonal += isInsertion ? 1 : -1;
  }
}

function rangesOf(isNew: Uint8Array): LineRange[] {
  const ranges: LineRange[] = [];
  for (let start = isNew.indexOf(1); start !== -1;) {
    const found = isNew.indexOf(0, start);
    const end = found === -1 ? isNew.length : found;
    ranges.push({ start: start + 1, end });
    start = isNew.indexOf(1, end);
  }
  return ranges;
}
