import { expect, test } from "vitest";
import { chunked, readArguments } from "./argument-lists.ts";

const table = { values: new Set(["--config", "-f"]), dropped: new Set(["--fix", "-f"]) };

test("flags are kept with their values, dropped with their values, and told from paths", () => {
  const { flags, paths, seen } = readArguments(
    ["src", "--config", "a.js", "--fix", "-f", "json", "--quiet", "--x=1", "--", "-odd"],
    table,
  );
  expect([flags, paths]).toEqual([
    ["--config", "a.js", "--quiet", "--x=1"],
    ["src", "-odd"],
  ]);
  expect([...seen]).toEqual([
    ["--config", "a.js"],
    ["--fix", null],
    ["-f", "json"],
    ["--quiet", null],
    ["--x", "1"],
  ]);
});

test("a flag that takes a list has every word up to the next flag, behind a first one as well", () => {
  const lists = { values: new Set<string>(), lists: new Set(["--roots", "--also"]), dropped: new Set(["--also"]) };
  const { flags, paths, seen } = readArguments(
    ["x", "--roots", "a", "b", "--also=c", "d", "--quiet", "y", "--roots", "--", "--also", "z"],
    lists,
  );
  expect([flags, paths]).toEqual([
    ["--roots", "a", "b", "--quiet", "--roots"],
    ["x", "y", "--also", "z"],
  ]);
  expect([...seen]).toEqual([
    ["--roots", null],
    ["--also", "c"],
    ["--quiet", null],
  ]);
  expect(readArguments(["--roots", "a", "b"], lists)).toMatchObject({ flags: ["--roots", "a", "b"], paths: [] });
  const table = { ...lists, paths: new Set(["--roots"]) };
  expect(readArguments(["x", "--roots=a", "b", "--also", "c"], table)).toMatchObject({
    flags: [],
    paths: ["x", "a", "b"],
  });
  expect(readArguments(["-c"], { values: new Set(["-c"]), dropped: new Set() }).flags).toEqual(["-c"]);
});

test("a long list is cut into parts that fit, and none of it is lost", () => {
  const words = Array.from({ length: 1000 }, (_, index) => `src/file-${String(index)}.ts`);
  const chunks = chunked(words, 1000);
  expect(chunks.flat()).toEqual(words);
  expect(chunks.every((chunk) => Buffer.byteLength(chunk.join(" ")) <= 1000)).toBe(true);
  expect(chunked([])).toEqual([[]]);
  expect(chunked(["longer than the limit"], 5)).toEqual([["longer than the limit"]]);
});

test("the value of a flag starts behind the first sign", () => {
  expect([...readArguments(["--x=a=b"], table).seen]).toEqual([["--x", "a=b"]]);
});

test("a part is as long as it may be, and a whole command line is no part", () => {
  expect(chunked(["aa", "bb", "cc", "d"], 6)).toEqual([
    ["aa", "bb"],
    ["cc", "d"],
  ]);
  expect(chunked(["a", "a", "a", "a", "a"], 4)).toEqual([["a", "a"], ["a", "a"], ["a"]]);
  const long = Array.from({ length: 30 }, () => "x".repeat(999));
  const limit = process.platform === "win32" ? 24 : 120;
  expect(chunked(long).map((part) => part.length)).toEqual(limit < 30 ? [24, 6] : [30]);
});
