import { expect, test } from "vitest";
import { bearsOnOpen, Board } from "./board.ts";
import type { Bearing } from "./protocol.ts";

const asked = { mutants: [7, 3], probes: [0, 5], until: Infinity, isSample: false };

function boardOf(questions: Partial<typeof asked> = {}, flags = new Uint8Array(Board.sizeOf(asked))): Board {
  return new Board({ ...asked, ...questions }, flags);
}

test("what was asked is open, what was not is not, and mutants are tried in the order in which they were asked", () => {
  const board = boardOf();
  expect([...board.mutants]).toEqual([7, 3]);
  expect([7, 3, 0, 5].map((mutant) => board.isAlive(mutant))).toEqual([true, true, false, false]);
  expect([0, 5, 7, 3].map((probe) => board.isUnexecuted(probe))).toEqual([true, true, false, false]);
});

test("each question is settled by itself, and the board is finished with the last", () => {
  const board = boardOf();
  const finished = [board.isFinished];
  board.kill(7);
  expect([board.isAlive(7), board.isAlive(3), board.isUnexecuted(0)]).toEqual([false, true, true]);
  board.execute([5, 99]);
  expect([board.isUnexecuted(5), board.isUnexecuted(0), board.isAlive(3)]).toEqual([false, true, true]);
  board.kill(3);
  finished.push(board.isFinished);
  board.execute([0]);
  expect([...finished, board.isFinished, board.isAbandoned]).toEqual([false, false, true, false]);
});

test("what one worker settles the others know, and that none is to be trusted any more", () => {
  const flags = new Uint8Array(Board.sizeOf(asked));
  const [one, other] = [boardOf({}, flags), boardOf({}, flags)];
  one.kill(3);
  one.execute([0]);
  expect([other.isAlive(3), other.isAlive(7), other.isUnexecuted(0)]).toEqual([false, true, false]);
  expect([other.isAbandoned, other.isFinished]).toEqual([false, false]);
  one.abandon();
  expect([other.isAbandoned, other.isFinished, other.isAlive(7)]).toEqual([true, true, true]);
});

test("when time is over, lines are given up that nobody has executed, if some were", () => {
  const board = boardOf({ until: 0 });
  expect(board.isUnexecuted(5)).toBe(true);
  board.kill(7);
  expect([board.isUnexecuted(5), board.isFinished]).toEqual([true, false]);
  board.execute([0]);
  expect([board.isUnexecuted(5), board.isAlive(3), board.isFinished]).toEqual([false, true, false]);
  board.kill(3);
  expect(board.isFinished).toBe(true);
});

test("of a sample mutants are given up as well, if some were killed", () => {
  const board = boardOf({ until: 0, isSample: true });
  expect([board.isAlive(7), board.isFinished]).toEqual([true, false]);
  board.kill(3);
  expect([board.isAlive(7), board.isUnexecuted(0), board.isFinished]).toEqual([false, false, true]);
});

test("while there is time nothing is given up", () => {
  const board = boardOf({ until: Date.now() + 60_000, isSample: true });
  board.kill(3);
  board.execute([0]);
  expect([board.isAlive(7), board.isUnexecuted(5), board.isFinished]).toEqual([true, true, false]);
});

const bearing: Bearing = {
  sources: [
    { mutants: [7], probes: [] },
    { mutants: [], probes: [5] },
  ],
  loads: { "a.test.ts": [0], "b.test.ts": [1], "both.test.ts": [0, 1], "none.test.ts": [] },
};

test("a file bears on what is open in the sources that it may load", () => {
  const board = boardOf();
  const bears = (): readonly boolean[] =>
    [...Object.keys(bearing.loads), "unknown.test.ts"].map((file) => bearsOnOpen(file, bearing, board));
  expect(bears()).toEqual([true, true, true, false, true]);
  board.kill(7);
  expect(bears()).toEqual([false, true, true, false, true]);
  board.execute([5]);
  expect(bears()).toEqual([false, false, false, false, true]);
  expect(bearsOnOpen("a.test.ts", null, board)).toBe(true);
});
