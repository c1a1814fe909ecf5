import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { isSame, pathChanges, treeOf, type Sides } from "./difference.ts";
import type { Difference, Entry, IndexEntry } from "./listing.ts";

const [a, b, c]: readonly [Entry, Entry, Entry] = [
  { mode: "100644", id: "a" },
  { mode: "100644", id: "b" },
  { mode: "100644", id: "c" },
];

function byPath<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<RepoPath, Value> {
  return new Map(Object.entries(values).map(([path, value]) => [repoPath(path), value]));
}

interface Given {
  readonly base?: Readonly<Record<string, Difference>>;
  readonly headCommit?: Readonly<Record<string, Difference>>;
  readonly index?: Readonly<Record<string, Entry>>;
  readonly unmerged?: readonly string[];
  readonly edited?: Readonly<Record<string, Entry | null>>;
  readonly untracked?: Readonly<Record<string, Entry>>;
}

function sides(given: Given): Sides {
  const entries = Object.entries(given.index ?? {}).map(([path, entry]): [RepoPath, IndexEntry] => [
    repoPath(path),
    { ...entry, unwatched: "no" },
  ]);
  return {
    base: byPath(given.base ?? {}),
    headCommit: byPath(given.headCommit ?? {}),
    index: { entries: new Map(entries), unmerged: new Set((given.unmerged ?? []).map(repoPath)) },
    workTree: { edited: byPath(given.edited ?? {}), leftOut: new Set(), untracked: byPath(given.untracked ?? {}) },
  };
}

/** `base > head stages` of the one path `x`. */
function changeOf(given: Given): string {
  const [change, ...others] = pathChanges(sides(given));
  if (change === undefined || others.length > 0) throw new Error("not one change");
  return `${change.base?.id ?? "none"} > ${change.head?.id ?? "none"} ${[...change.stages].join("+")}`;
}

const difference = (before: Entry | null, after: Entry | null): Difference => ({ before, after });

test("a change is seen where it was made", () => {
  expect(changeOf({ base: { x: difference(a, b) }, index: { x: b } })).toBe("a > b committed");
  expect(changeOf({ base: { x: difference(null, b) }, index: { x: b } })).toBe("none > b committed");
  expect(changeOf({ base: { x: difference(a, null) } })).toBe("a > none committed");
  const staged = { x: difference(a, b) };
  expect(changeOf({ base: staged, headCommit: staged, index: { x: b } })).toBe("a > b staged");
  expect(changeOf({ index: { x: a }, edited: { x: b } })).toBe("a > b unstaged");
  expect(changeOf({ index: { x: a }, edited: { x: null } })).toBe("a > none unstaged");
  expect(changeOf({ untracked: { x: a } })).toBe("none > a untracked");
});

test("a path that was changed again and again is seen everywhere, from the base to the disk", () => {
  const all = {
    base: { x: difference(a, c) },
    headCommit: { x: difference(b, c) },
    index: { x: c },
    edited: { x: { mode: "100755", id: "d" } },
  };
  expect(changeOf(all)).toBe("a > d committed+staged+unstaged");
  const undone = { headCommit: { x: difference(b, a) }, index: { x: a } };
  expect(changeOf(undone)).toBe("a > a committed+staged");
});

test("a file that was taken out of the index and lies on disk is there", () => {
  const removed = { x: difference(a, null) };
  expect(changeOf({ base: removed, headCommit: removed, untracked: { x: b } })).toBe("a > b staged+untracked");
});

test("a file with a conflict is a change, also where all sides are silent about it", () => {
  expect(changeOf({ unmerged: ["x"] })).toBe("none > none ");
  const conflict = { x: difference(a, null) };
  expect(changeOf({ base: conflict, headCommit: conflict, unmerged: ["x"], edited: { x: b } })).toBe(
    "a > b staged+unstaged",
  );
});

test("changes are in the order of their paths, each of them once", () => {
  const given: Given = {
    unmerged: ["d"],
    edited: { c: a, a: null },
    untracked: { b: a },
    base: { a: difference(b, a) },
  };
  expect(pathChanges(sides({ ...given, index: { a, c: b } })).map(({ path }) => path)).toEqual(["a", "b", "c", "d"]);
  expect(pathChanges(sides({ index: { a } }))).toEqual([]);
});

test("the tree of a commit has what was deleted since, and nothing that was added", () => {
  const { index } = sides({ index: { same: a, edited: b, added: c } });
  const differences = byPath({ edited: difference(a, b), added: difference(null, c), deleted: difference(c, null) });
  expect([...treeOf(differences, index)].map(([path, { id }]) => `${path} ${id}`).toSorted()).toEqual([
    "deleted c",
    "edited a",
    "same a",
  ]);
});

test("two entries are the same by mode and content", () => {
  expect(isSame(a, { ...a })).toBe(true);
  expect(isSame(null, null)).toBe(true);
  for (const other of [b, { ...a, mode: "100755" }, null])
    expect([isSame(a, other), isSame(other, a)]).toEqual([false, false]);
});
