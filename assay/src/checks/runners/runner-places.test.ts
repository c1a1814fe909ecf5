import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { specificFirst } from "./runner-places.ts";

test("tests that load little of the change come first, then in their order, and last those that load nothing of it", () => {
  const [a, b] = [repoPath("a.ts"), repoPath("b.ts")];
  const loads = new Map([
    [repoPath("all.test.ts"), new Set([a, b])],
    [repoPath("near.test.ts"), new Set([a])],
    [repoPath("far.test.ts"), new Set([b])],
    [repoPath("none.test.ts"), new Set<typeof a>()],
  ]);
  const paths = ["other.test.ts", "all.test.ts", "none.test.ts", "near.test.ts", "far.test.ts"].map((path) =>
    repoPath(path),
  );
  expect(specificFirst(paths, loads)).toEqual([
    "near.test.ts",
    "far.test.ts",
    "all.test.ts",
    "other.test.ts",
    "none.test.ts",
  ]);
});
