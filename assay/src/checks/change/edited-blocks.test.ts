import { expect, test } from "vitest";
import { editedBlocks } from "./edited-blocks.ts";

/** Each letter is a line. */
function blocks(base: string, head: string): readonly string[] {
  return editedBlocks(base.split("").join("\n"), head.split("").join("\n")).map(
    ({ base, head }) => `${base.start}-${base.end}:${head.start}-${head.end}`,
  );
}

test("equal texts have no blocks", () => {
  expect(blocks("abc", "abc")).toEqual([]);
});

test("a replaced line stands for the line in its place", () => {
  expect(blocks("abc", "axc")).toEqual(["2-2:2-2"]);
});

test("added and deleted lines leave the other side empty", () => {
  expect(blocks("abc", "abxc")).toEqual(["3-2:3-3"]);
  expect(blocks("abc", "ac")).toEqual(["2-2:2-1"]);
});

test("a line that is repeated, or no longer, is the last of them", () => {
  expect(blocks("a", "aa")).toEqual(["2-1:2-2"]);
  expect(blocks("aa", "a")).toEqual(["2-2:2-1"]);
  expect(blocks("xaay", "xay")).toEqual(["3-3:3-2"]);
});

test("kept lines part the blocks", () => {
  expect(blocks("abcdef", "xbcyef")).toEqual(["1-1:1-1", "4-4:4-4"]);
  expect(blocks("abcabba", "cbabac")).toHaveLength(4);
});

test("texts with nothing in common are one block", () => {
  expect(blocks("abc", "xyz")).toEqual(["1-3:1-3"]);
});

test("line endings are not a difference", () => {
  expect(editedBlocks("a\r\nb\r\n", "a\nb\n")).toEqual([]);
});

test("a rewrite of thousands of lines is one block, soon", () => {
  const before = process.cpuUsage();
  expect(editedBlocks(manyLines("a"), manyLines("b"))).toHaveLength(1);
  // Not by the clock: others may keep the machine busy.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});

function manyLines(name: string): string {
  return Array.from({ length: 5_000 }, (_, index) => `${name}${index}`).join("\n");
}
