import { expect, test } from "vitest";
import type { Change, ChangeStage } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import { describeChanges } from "./changes.ts";
import type { Contents } from "./content.ts";
import type { PathChange } from "./difference.ts";
import type { Entry } from "./listing.ts";

/** What each blob holds, by its id, and each file on disk, by the path it is given below. */
const blobs: Readonly<Record<string, string>> = {
  old: "first\nsecond\nthird\n",
  new: "first\ntwo\nthird\n4\n",
  near: "first\nsecond\nthird\n4\n",
  zero: "1\0\n2\n",
  target: "elsewhere",
};

const entry = (id: string, mode = "100644"): Entry => ({ mode, id });
const link = entry("target", "120000");
const submodule = entry("commit", "160000");

function change(path: string, base: Entry | null, head: Entry | null, ...stages: readonly ChangeStage[]): PathChange {
  return { path: repoPath(path), base, head, stages: new Set(stages) };
}

/** Files of the id `large` are too large to hold and have seven lines; those of `lost` can't be read. */
function contentsOf(changes: readonly PathChange[]): Contents {
  const headOf = new Map(changes.map(({ path, head }) => [path, head]));
  return {
    blobs: (ids) => Promise.resolve(new Map(Array.from(ids, (id) => [id, Buffer.from(blobOf(id))]))),
    onDisk(path) {
      const text = blobs[headOf.get(path)?.id ?? ""];
      return text === undefined ? undefined : Buffer.from(text);
    },
    countLines: (path) => (headOf.get(path)?.id === "large" ? 7 : undefined),
  };
}

/** As git would, this refuses what is no blob. */
function blobOf(id: string): string {
  const text = blobs[id];
  if (text === undefined) throw new Error(`there is no blob ${id}`);
  return text;
}

async function described(...changes: readonly PathChange[]): Promise<readonly Change[]> {
  return describeChanges(contentsOf(changes), changes);
}

/** `kind lines flags` of one change. */
async function summary(base: Entry | null, head: Entry | null, path = "x.ts"): Promise<string> {
  const [only] = await described(change(path, base, head));
  if (only === undefined) throw new Error("no change");
  const lines = only.changedLines.map(({ start, end }) => `${start}-${end}`);
  const flags = [only.binary && "binary", only.submodule && "submodule", only.symlink && "symlink"];
  return [only.kind, ...lines, ...flags.filter((flag) => flag !== false)].join(" ");
}

test("what came has all its lines, what went has none, and what was edited has those that are new", async () => {
  expect(await summary(null, entry("new"))).toBe("added 1-4");
  expect(await summary(entry("old"), null)).toBe("deleted");
  expect(await summary(entry("old"), entry("new"))).toBe("modified 2-2 4-4");
});

test("a mode is a change without lines, unless the content is another too", async () => {
  expect(await summary(entry("old"), entry("old", "100755"))).toBe("mode-changed");
  expect(await summary(entry("old"), entry("new", "100755"))).toBe("modified 2-2 4-4");
});

test("a change that was undone on disk has no lines", async () => {
  expect(await summary(entry("old"), entry("old"))).toBe("modified");
});

test("a link has no lines, and a file that takes its place is new from its first line to its last", async () => {
  expect(await summary(null, link)).toBe("added symlink");
  expect(await summary(link, null)).toBe("deleted symlink");
  expect(await summary(entry("old"), link)).toBe("modified symlink");
  expect(await summary(link, entry("old"))).toBe("modified 1-3");
  expect(await summary(entry("target"), link)).toBe("modified symlink");
});

test("a repository in the place of a file is one change without lines, and a file in its place has all", async () => {
  expect(await summary(null, submodule)).toBe("added submodule");
  expect(await summary(submodule, null)).toBe("deleted submodule");
  expect(await summary(submodule, entry("", "160000"))).toBe("modified submodule");
  expect(await summary(entry("old"), submodule)).toBe("modified submodule");
  expect(await summary(submodule, entry("old"))).toBe("modified 1-3 submodule");
});

test("what is binary before or after has no lines, unless it is code", async () => {
  expect(await summary(entry("old"), entry("zero"), "x.png")).toBe("modified binary");
  expect(await summary(entry("zero"), entry("old"), "x.png")).toBe("modified binary");
  expect(await summary(null, entry("zero"), "x.png")).toBe("added binary");
  expect(await summary(entry("old"), entry("new"), "x.png")).toBe("modified 2-2 4-4");
  expect(await summary(null, entry("zero"))).toBe("added 1-2");
});

test("of code that is too large to compare all lines count, and what can't be read is no text", async () => {
  expect(await summary(entry("old"), entry("large"))).toBe("modified 1-7");
  expect(await summary(entry("old"), entry("lost"))).toBe("modified binary");
  expect(await summary(entry("old"), entry("large"), "x.csv")).toBe("modified binary");
});

test("a change names the blob it started from, where that was a file or a link", async () => {
  const all = await described(
    change("added.ts", null, entry("new")),
    change("edited.ts", entry("old"), entry("new")),
    change("link", link, entry("old")),
    change("module", submodule, null),
  );
  expect(all.map(({ baseBlob }) => baseBlob)).toEqual([null, "old", "target", null]);
});

test("a rename is one change, with the stages of both and the lines that were edited on the way", async () => {
  const all = await described(
    change("a.ts", entry("old"), null, "staged"),
    change("b.ts", null, entry("new"), "unstaged", "staged"),
    change("c.ts", entry("zero"), null, "committed"),
  );
  expect(all.map(({ kind, path, previousPath }) => [kind, path, previousPath])).toEqual([
    ["renamed", "b.ts", "a.ts"],
    ["deleted", "c.ts", null],
  ]);
  expect(all[0]).toMatchObject({
    baseBlob: "old",
    changedLines: [
      { start: 2, end: 2 },
      { start: 4, end: 4 },
    ],
    stages: new Set(["unstaged", "staged"]),
  });
});

test("of two files that are like one that went, the one that is more so is the rename", async () => {
  const all = await described(
    change("a.ts", entry("old"), null),
    change("b.ts", null, entry("new")),
    change("c.ts", null, entry("near")),
  );
  expect(all.map(({ kind, path, previousPath }) => [kind, path, previousPath])).toEqual([
    ["added", "b.ts", null],
    ["renamed", "c.ts", "a.ts"],
  ]);
});

test("what went is read only where a file of its kind came", async () => {
  const all = await described(change("a.png", entry("unread"), null), change("b.ts", null, entry("new")));
  expect(all.map(({ kind }) => kind)).toEqual(["deleted", "added"]);
});
