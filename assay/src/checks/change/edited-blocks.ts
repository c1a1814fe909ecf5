// Which lines of two versions of a text stand for each other.
import type { LineRange } from "../../model/change.ts";

/** Lines of the base that were replaced by lines of the head. A side without lines has `end` before `start`. */
export interface EditedBlock {
  readonly base: LineRange;
  readonly head: LineRange;
}

/** Beyond this many differing lines the middle counts as one block: a rewrite has no lines that stand for each other. */
const maxEdits = 400;

/** The blocks in which two texts differ, in order. Their lines are 1-based. */
export function editedBlocks(base: string, head: string): readonly EditedBlock[] {
  const before = linesOf(base);
  const after = linesOf(head);
  let top = 0;
  while (top < before.length && top < after.length && before[top] === after[top]) top++;
  let bottom = 0;
  while (
    bottom < before.length - top &&
    bottom < after.length - top &&
    before[before.length - 1 - bottom] === after[after.length - 1 - bottom]
  ) {
    bottom++;
  }
  const kept = keptLines(before.slice(top, before.length - bottom), after.slice(top, after.length - bottom));
  const anchors = [...kept.map(([x, y]): Match => [x + top, y + top]), endOf(before, after, bottom)];
  return gaps([top, top], anchors);
}

type Match = readonly [base: number, head: number];

function endOf(before: readonly string[], after: readonly string[], bottom: number): Match {
  return [before.length - bottom, after.length - bottom];
}

function gaps([x0, y0]: Match, anchors: readonly Match[]): readonly EditedBlock[] {
  const blocks: EditedBlock[] = [];
  let [x, y] = [x0, y0];
  for (const [nextX, nextY] of anchors) {
    if (nextX > x || nextY > y) blocks.push({ base: { start: x + 1, end: nextX }, head: { start: y + 1, end: nextY } });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return blocks;
}

/** The longest common subsequence, as index pairs (Myers, "An O(ND) Difference Algorithm", 1986). */
function keptLines(before: readonly string[], after: readonly string[]): readonly Match[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(before.length + after.length, maxEdits); edits++) {
    trace.push(new Map(furthest));
    for (let k = -edits; k <= edits; k += 2) {
      let x = isDown(furthest, k, edits) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      furthest.set(k, x);
      if (x >= before.length && x - k >= after.length) return pathBack(trace, before.length, after.length);
    }
  }
  return [];
}

function pathBack(trace: readonly ReadonlyMap<number, number>[], baseLength: number, headLength: number): Match[] {
  const kept: Match[] = [];
  let [x, y] = [baseLength, headLength];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits] ?? new Map<number, number>();
    const k = x - y;
    const previous = isDown(furthest, k, edits) ? k + 1 : k - 1;
    const fromX = edits === 0 ? 0 : at(furthest, previous);
    const fromY = edits === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY) kept.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return kept.toReversed();
}

function isDown(furthest: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && at(furthest, k - 1) < at(furthest, k + 1));
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
