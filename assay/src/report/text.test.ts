import { expect, test } from "vitest";
import { count, duration, showText } from "./text.ts";

test.each([
  ["plain", 5, "plain"],
  ["plain", 6, "plain"],
  ["plain", 4, "pla…"],
  ["a\nb\rc\td", 20, "a\\nb\\rc d"],
  ["\u{1b}[31m", 20, "\\u{1b}[31m"],
  ["\u202e\u200b\ue000", 40, "\\u{202e}\\u{200b}\\u{e000}"],
  ["\u2028\u2029", 40, "\\u{2028}\\u{2029}"],
  ["caf\udce9", 20, "caf\\u{dce9}"],
  ["日本 ü 😀", 20, "日本 ü 😀"],
  // Neither a character nor an escape is cut in half.
  ["ab😀c", 4, "ab…"],
  ["ab\u{1b}c", 7, "ab…"],
])("%j in %i characters is %j", (text, length, shown) => {
  expect(showText(text, length)).toBe(shown);
});

test("a text without end is cut in no time", () => {
  const endless = "\n".repeat(5_000_000);
  const before = process.cpuUsage();
  for (let round = 0; round < 20; round += 1) showText(endless, 240);
  // Not by the clock: others may keep the machine busy.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
});

test("one is counted in the singular, any other number in the plural", () => {
  expect([0, 1, 2].map((n) => count(n, "file"))).toEqual(["0 files", "1 file", "2 files"]);
});

test.each([
  [0, "0 ms"],
  [84.6, "85 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [2345, "2.3 s"],
  [59_900, "59.9 s"],
  [60_000, "1 min 0 s"],
  [119_700, "2 min 0 s"],
  [185_000, "3 min 5 s"],
])("%i ms are said as %s", (ms, said) => {
  expect(duration(ms)).toBe(said);
});
