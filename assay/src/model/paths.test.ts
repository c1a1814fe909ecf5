import { expect, test } from "vitest";
import { ancestors, byPath, dirOf, isWithin, joinPath, nameOf, pathInside, repoPath, rootDir } from "./paths.ts";

test.each([
  ["a/b.ts", "a/b.ts"],
  ["./a//b/", "a/b"],
  ["a/../b", "b"],
  ["a/./b/..", "a"],
  ["", ""],
  [".", ""],
  ["a/..", ""],
  ["..a/b..", "..a/b.."],
])("%j is the path %j", (raw, path) => {
  expect(repoPath(raw)).toBe(path);
});

test.each(["/a", "/", "..", "a/../..", "../a"])("%j is outside of the repository", (raw) => {
  expect(() => repoPath(raw)).toThrow(
    expect.objectContaining({ code: "usage", message: `"${raw}" is not a path inside the repository` }),
  );
});

test.each([
  ["a/b/c.ts", "a/b", "c.ts"],
  ["c.ts", "", "c.ts"],
  ["", "", ""],
])("%j lies in %j and is named %j", (path, dir, name) => {
  expect([dirOf(repoPath(path)), nameOf(repoPath(path))]).toEqual([dir, name]);
});

test("paths are joined, up to the root and no further", () => {
  expect(joinPath(rootDir, "a/b")).toBe("a/b");
  expect(joinPath(repoPath("a/b"), "../c")).toBe("a/c");
  expect(() => joinPath(repoPath("a"), "../../b")).toThrow("is not a path inside the repository");
  expect([pathInside(repoPath("a"), "../b"), pathInside(repoPath("a"), "../../b")]).toEqual(["b", undefined]);
});

test.each([
  ["a", "a", true],
  ["a", "a/b", true],
  ["a", "ab", false],
  ["a/b", "a", false],
  ["", "a", true],
])("within %j lies %j: %j", (dir, path, expected) => {
  expect(isWithin(repoPath(dir), repoPath(path))).toBe(expected);
});

test("the folders above a path end with the root", () => {
  expect([...ancestors(repoPath("a/b/c.ts"))]).toEqual(["a/b", "a", ""]);
  expect([...ancestors(rootDir)]).toEqual([""]);
});

test("no locale orders paths", () => {
  expect(["a/b", "a", "ä", "B", "a", "a-b"].toSorted(byPath)).toEqual(["B", "a", "a", "a-b", "a/b", "ä"]);
  expect([byPath("a", "b"), byPath("b", "a"), byPath("a", "a")]).toEqual([-1, 1, 0]);
});
