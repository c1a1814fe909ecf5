import { expect, test } from "vitest";
import type { Mutant } from "../model/mutant.ts";
import { repoPath } from "../model/paths.ts";
import { selectMutants } from "./selection.ts";

function mutant(path: string, line: number, mutator: string, start = line * 100): Mutant {
  const id = `${path}:${line}:${mutator}:${start}`;
  return {
    id,
    path: repoPath(path),
    line,
    start,
    end: start + 1,
    form: "value",
    mutator,
    original: "a",
    replacement: "b",
  };
}

function select(
  candidates: readonly Mutant[],
  limit: number,
  isUsable: (mutant: Mutant) => boolean = () => true,
): string[] {
  return selectMutants(candidates, limit, isUsable).map(({ path, line, mutator }) => `${path}:${line} ${mutator}`);
}

test("each line has one mutant before any has two, the most telling kind first", () => {
  const candidates = [1, 2, 3].flatMap((line) => [
    mutant("a", line, "number-constant"),
    mutant("a", line, "comparison-negation"),
  ]);
  expect(select(candidates, 2)).toEqual(["a:1 comparison-negation", "a:2 number-constant"]);
  expect(select(candidates, 4)).toHaveLength(4);
  expect(new Set(select(candidates, 3).map((each) => each.split(" ")[0])).size).toBe(3);
});

test("files take turns, so that a large one does not crowd out a small one", () => {
  const many = Array.from({ length: 20 }, (_, line) => mutant("a", line + 1, "arithmetic"));
  expect(select([...many, mutant("b", 1, "number-constant"), mutant("c", 9, "number-constant")], 4)).toEqual([
    "a:1 arithmetic",
    "a:2 arithmetic",
    "b:1 number-constant",
    "c:9 number-constant",
  ]);
});

test("folders take turns, the outermost first, so that a large change is tried all over", () => {
  const paths = ["a/x/1", "a/x/2", "a/y/1", "b/x/1", "b/x/2", "c"];
  const candidates = paths.map((path) => mutant(path, 1, "arithmetic"));
  const chosen = [1, 2, 3, 4, 5].map((limit) => select(candidates, limit).map((each) => each.split(":")[0]));
  expect(chosen).toEqual([
    ["c"],
    ["a/x/1", "c"],
    ["a/x/1", "b/x/1", "c"],
    ["a/x/1", "a/y/1", "b/x/1", "c"],
    ["a/x/1", "a/y/1", "b/x/1", "b/x/2", "c"],
  ]);
});

test("folders that lie in one folder do not come before others for that", () => {
  const candidates = ["a/x/1", "a/y/1", "a/z/1", "b/x/1", "b/x/2"].map((path) => mutant(path, 1, "arithmetic"));
  expect(select(candidates, 4).map((each) => each.split(":")[0])).toEqual(["a/x/1", "a/y/1", "b/x/1", "b/x/2"]);
});

test("files that are overlooked come after the others", () => {
  const candidates = ["a", "b", "c"].map((path) => mutant(path, 1, "arithmetic"));
  const chosen = selectMutants(
    candidates,
    2,
    () => true,
    (path) => path === "a",
  );
  expect(chosen.map(({ path }) => path)).toEqual(["b", "c"]);
});

test("families take turns within a file, on untouched lines where there are any", () => {
  const comparisons = [1, 2, 3].map((line) => mutant("a", line, "comparison-negation"));
  const others = [mutant("a", 2, "arithmetic"), mutant("a", 3, "number-constant"), mutant("a", 3, "boolean-literal")];
  const candidates = [...comparisons, ...others];
  expect(select(candidates, 2)).toEqual(["a:1 comparison-negation", "a:2 arithmetic"]);
  expect(select(candidates, 4)).toEqual([
    "a:1 comparison-negation",
    "a:2 arithmetic",
    "a:3 boolean-literal",
    "a:3 number-constant",
  ]);
  expect(select(candidates, 5)).toContain("a:2 comparison-negation");
});

test("a family that had its turn in one file lets others go first in the next", () => {
  const candidates = ["a", "b", "c"].flatMap((path) => [
    mutant(path, 1, "comparison-negation"),
    mutant(path, 1, "arithmetic"),
  ]);
  expect(select(candidates, 3)).toEqual(["a:1 comparison-negation", "b:1 arithmetic", "c:1 comparison-negation"]);
});

test("within a family kinds that were not tried yet come before those that were", () => {
  const candidates = [mutant("a", 1, "arithmetic"), mutant("a", 2, "arithmetic"), mutant("a", 3, "unary-sign")];
  expect(select(candidates, 2)).toEqual(["a:1 arithmetic", "a:3 unary-sign"]);
});

test("what is not usable is replaced", () => {
  const candidates = [mutant("a", 1, "arithmetic"), mutant("a", 2, "arithmetic")];
  expect(select(candidates, 1, ({ line }) => line > 1)).toEqual(["a:2 arithmetic"]);
});

test("the order of the candidates makes no difference", () => {
  const candidates = [1, 2, 3, 4].flatMap((line) => ["a", "b"].map((path) => mutant(path, line, "arithmetic")));
  expect(select(candidates.toReversed(), 5)).toEqual(select(candidates, 5));
});

test("with room for all of them those that are usable are given in the order of their places, the most telling first", () => {
  const candidates = [
    mutant("b", 1, "arithmetic"),
    mutant("a", 2, "number-constant"),
    mutant("a", 2, "comparison-negation"),
    mutant("a", 1, "arithmetic"),
    mutant("a", 3, "arithmetic"),
  ];
  expect(select(candidates, 5, ({ line }) => line < 3)).toEqual([
    "a:1 arithmetic",
    "a:2 comparison-negation",
    "a:2 number-constant",
    "b:1 arithmetic",
  ]);
});

test("where too few are usable fewer are chosen", () => {
  const candidates = [1, 2, 3].map((line) => mutant("a", line, "arithmetic"));
  expect(select(candidates, 2, ({ line }) => line === 3)).toEqual(["a:3 arithmetic"]);
});

test("of two that nothing tells apart the first is chosen", () => {
  const [first, second] = [mutant("a", 1, "arithmetic"), mutant("a", 1, "arithmetic")];
  expect(selectMutants([first, second], 1, () => true)[0]).toBe(first);
});
