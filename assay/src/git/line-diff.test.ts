import { expect, test } from "vitest";
import { allLines, changedLines } from "./line-diff.ts";

/** `2-3`, one text for each range. */
function changed(before: readonly string[], after: readonly string[]): string[] {
  return changedLines(textOf(before), textOf(after)).map(({ start, end }) => `${start}-${end}`);
}

function textOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

test("equal texts have no changed lines", () => {
  expect(changed([], [])).toEqual([]);
  expect(changed(["a", "b"], ["a", "b"])).toEqual([]);
});

test("an inserted, a rewritten and an appended line are found", () => {
  expect(changed(["a", "c"], ["a", "b", "c"])).toEqual(["2-2"]);
  expect(changed(["a", "b", "c"], ["a", "B", "c"])).toEqual(["2-2"]);
  expect(changed(["a"], ["a", "b", "c"])).toEqual(["2-3"]);
  expect(changed([], ["a", "b"])).toEqual(["1-2"]);
});

test("a deletion leaves no changed line", () => {
  expect(changed(["a", "b", "c"], ["a", "c"])).toEqual([]);
  expect(changed(["a"], [])).toEqual([]);
});

test("a function added after another is marked from its own first line", () => {
  const first = ["function a() {", "  return 1;", "}"];
  const second = ["function b() {", "  return 2;", "}"];
  expect(changed(first, [...first, "", ...second])).toEqual(["4-7"]);
  expect(changed([...first, "", "last"], [...first, "", ...second, "", "last"])).toEqual(["5-8"]);
});

test("lines that look like a diff's headers are lines", () => {
  expect(changed(["x"], ["@@ -1 +1 @@", "--- a/x", "+++ b/x", "x"])).toEqual(["1-3"]);
});

test("repeated lines are told apart by the shortest edit", () => {
  expect(changed(["{", "}", "{", "}"], ["{", "}", "{", "x", "}", "{", "}"])).toEqual(["4-6"]);
  expect(changed(["a", "a", "b", "b"], ["b", "b", "a", "a"])).toEqual(["3-4"]);
});

test("a moved line counts as changed at its new place", () => {
  expect(changed(["a", "b", "c", "d"], ["b", "c", "d", "a"])).toEqual(["4-4"]);
});

test("only the end of the last line is compared, not how lines end", () => {
  expect(changedLines(Buffer.from("a\nb\n"), Buffer.from("a\r\nb\r\n"))).toEqual([]);
  expect(changedLines(Buffer.from("a\nb\n"), Buffer.from("a\r\nc\r\n"))).toEqual([{ start: 2, end: 2 }]);
  expect(changedLines(Buffer.from("one\ntwo\n"), Buffer.from("one\r\ntwice\r\n"))).toEqual([{ start: 2, end: 2 }]);
  expect(changedLines(Buffer.from("a\nb\n"), Buffer.from("a\nb"))).toEqual([{ start: 2, end: 2 }]);
});

test("an empty line is a line", () => {
  expect(changed(["a", "", "b"], ["a", "", "", "b"])).toEqual(["3-3"]);
  expect(allLines(Buffer.from("\n\n"))).toEqual([{ start: 1, end: 2 }]);
});

test("all lines of a file are counted with or without a line break at the end", () => {
  expect(allLines(Buffer.from(""))).toEqual([]);
  expect(allLines(Buffer.from("a"))).toEqual([{ start: 1, end: 1 }]);
  expect(allLines(Buffer.from("a\nb\n"))).toEqual([{ start: 1, end: 2 }]);
});

test("many edits are told apart where lines between them occur once", () => {
  const count = 20_000;
  const text = (word: string) => Array.from({ length: count }, (_, at) => [`line ${at}`, word]).flat();
  const every = Array.from({ length: count }, (_, at) => `${2 * at + 2}-${2 * at + 2}`);
  expect(changed(text("x"), text("y"))).toEqual(every);
});

test("of lines that changed places as few as possible are new, however many", () => {
  const random = seeded(11);
  const before = Array.from({ length: 300 }, (_, at) => `line ${at}`);
  for (let round = 0; round < 5; round += 1) {
    const order = shuffled(before.length, random);
    const ranges = changedLines(textOf(before), textOf(order.map((at) => `line ${at}`)));
    const isNew = (at: number) => ranges.some(({ start, end }) => start <= at + 1 && at + 1 <= end);
    const kept = order.filter((_, at) => !isNew(at));
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
    expect(kept).toHaveLength(longestRise(order));
  }
});

test("as few lines as possible are new where none occurs once", () => {
  const random = seeded(5);
  const text = (edge: string) => [
    edge,
    ...Array.from({ length: random(12) }, () => "abc".charAt(random(3))),
    ..."abcabc".split(""),
    edge,
  ];
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [text("old"), text("new")];
    const count = changedLines(textOf(before), textOf(after)).reduce((sum, { start, end }) => sum + end - start + 1, 0);
    expect(count).toBe(after.length - longestCommon(before, after));
  }
});

test("more than 400 edits in one stretch are not told apart", () => {
  const before = [...Array.from({ length: 200 }, () => "b"), "a", "a"];
  const after = (count: number) => ["a", "a", ...Array.from({ length: count }, () => "c")];
  expect(changed(before, after(200))).toEqual(["3-202"]);
  expect(changed(before, after(201))).toEqual(["1-203"]);
});

test("without the changed lines the new text is a part of the old one, for any edit", () => {
  const random = seeded(7);
  for (let round = 0; round < 400; round += 1) {
    const before = Array.from({ length: random(40) }, () => `line ${random(8)}`);
    const after = before.flatMap((line) => (random(5) > 0 ? [line] : random(2) > 0 ? [] : [`line ${random(8)}`, line]));
    const changed = changedLines(Buffer.from(before.join("\n") + "\n"), Buffer.from(after.join("\n") + "\n"));
    const kept = after.filter((_, at) => !changed.some(({ start, end }) => start <= at + 1 && at + 1 <= end));
    expect(isSubsequence(kept, before.length === 0 ? [""] : before)).toBe(true);
  }
});

test("a text without one line in common and a very long one are compared in reasonable time", () => {
  const before = Array.from({ length: 30_000 }, (_, at) => `old ${at % 900}`);
  const after = Array.from({ length: 30_000 }, (_, at) => `new ${at % 900}`);
  expect(changed(before, after)).toEqual(["1-30000"]);
  expect(changed(before, [...before.slice(0, 15_000), "new", ...before.slice(15_000)])).toEqual(["15001-15001"]);
  const shuffled = before.map((line, at) => (at % 2 === 0 ? line : `new ${at % 700}`));
  expect(changedLines(Buffer.from(before.join("\n")), Buffer.from(shuffled.join("\n"))).length).toBeGreaterThan(0);
});

/** Is every element of `part` found in `whole`, in the same order? */
function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const line of whole) if (line === part[at]) at += 1;
  return at === part.length;
}

/** A generator of integers below a bound, the same sequence for the same seed. */
function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % bound;
  };
}

/** The numbers below a bound in some order. */
function shuffled(count: number, random: (bound: number) => number): number[] {
  const left = Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: count }, () => left.splice(random(left.length), 1)).flat();
}

function longestRise(numbers: readonly number[]): number {
  const lengths: number[] = [];
  for (const [at, number] of numbers.entries())
    lengths[at] = 1 + Math.max(0, ...lengths.filter((_, before) => (numbers[before] ?? Infinity) < number));
  return Math.max(...lengths);
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const lengths = a.reduce<readonly number[]>(
    (above, line) =>
      b.reduce<readonly number[]>(
        (row, other, at) => [
          ...row,
          line === other ? 1 + (above[at] ?? 0) : Math.max(row.at(-1) ?? 0, above[at + 1] ?? 0),
        ],
        [0],
      ),
    [],
  );
  return lengths.at(-1) ?? 0;
}
