import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { headTree } from "./head-tree.ts";
import type { Entry, Index } from "./listing.ts";
import type { WorkTree } from "./work-tree.ts";

function byPath<Value>(values: Readonly<Record<string, Value>>): ReadonlyMap<RepoPath, Value> {
  return new Map(Object.entries(values).map(([path, value]) => [repoPath(path), value]));
}

const file = (id: string): Entry => ({ mode: "100644", id });

function indexOf(entries: Readonly<Record<string, Entry>>): Index {
  const tracked = Object.entries(entries).map(([path, entry]) => [path, { ...entry, unwatched: "no" }] as const);
  return { entries: byPath(Object.fromEntries(tracked)), unmerged: new Set() };
}

function workTree({ leftOut = new Set(), edited = new Map(), untracked = new Map() }: Partial<WorkTree>): WorkTree {
  return { leftOut, edited, untracked };
}

test("the tree has what is on disk: edited, untracked, and neither what is gone nor what was left out", () => {
  const tree = headTree(
    indexOf({ "b.ts": file("1"), "edited.ts": file("2"), "gone.ts": file("3"), "left/out.ts": file("4") }),
    workTree({
      leftOut: new Set([repoPath("left/out.ts")]),
      edited: byPath({ "edited.ts": file("5"), "gone.ts": null }),
      untracked: byPath({ "a.ts": file("6") }),
    }),
  );
  expect(tree.files).toEqual([
    { path: "a.ts", blob: "6", symlink: false },
    { path: "b.ts", blob: "1", symlink: false },
    { path: "edited.ts", blob: "5", symlink: false },
  ]);
  for (const path of ["gone.ts", "left/out.ts", "never.ts"])
    expect([tree.has(repoPath(path)), tree.blobOf(repoPath(path))]).toEqual([false, null]);
  expect([tree.has(repoPath("a.ts")), tree.blobOf(repoPath("edited.ts"))]).toEqual([true, "5"]);
});

test("a link is told from a file, and what has no content of its own has no blob", () => {
  const { files } = headTree(
    indexOf({ link: { mode: "120000", id: "1" }, module: { mode: "160000", id: "2" } }),
    workTree({ untracked: byPath({ unreadable: file("") }) }),
  );
  expect(files).toEqual([
    { path: "link", blob: "1", symlink: true },
    { path: "module", blob: null, symlink: false },
    { path: "unreadable", blob: null, symlink: false },
  ]);
});
