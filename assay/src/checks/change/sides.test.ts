import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { baseTextReader } from "./base-text.ts";
import { contextOf } from "./change-of-texts.ts";
import { pairsOf } from "./pairs.ts";
import { nearest, sidesOf } from "./sides.ts";

const base = { "a.ts": "a\n", "b.ts": "b\n", "old.ts": "old\n", "gone.ts": "gone\n" };
const head = { "a.ts": "a\n", "b.ts": "b2\n", "new.ts": "old2\n", "added.ts": "added\n" };
const change = () => contextOf({ base, head, renames: { "new.ts": "old.ts" } });

test("files are read as they were at the base, wherever they are now", async () => {
  const read = baseTextReader(await change());
  const texts = ["a.ts", "b.ts", "old.ts", "gone.ts", "new.ts", "added.ts", "none.ts"].map((path) =>
    read(repoPath(path)),
  );
  expect(texts).toEqual(["a\n", "b\n", "old\n", "gone\n", undefined, undefined, undefined]);
});

test("both sides have their paths and texts", async () => {
  const sides = await sidesOf(await change());
  expect([...sides.base.paths].toSorted()).toEqual(Object.keys(base).toSorted());
  expect([...sides.head.paths].toSorted()).toEqual(Object.keys(head).toSorted());
  expect([sides.base, sides.head].map((side) => side.read(repoPath("b.ts")))).toEqual(["b\n", "b2\n"]);
});

test("the nearest file of a name lies beside a file or above it", async () => {
  const files = { "x.json": "1", "a/b/x.json": "2", "c/x.json": "3" };
  const { head: side } = await sidesOf(await contextOf({ base: {}, head: files }));
  const found = (path: string) => nearest(side, repoPath(path), "x.json");
  expect(["a/b/c.ts", "a/b/d/c.ts", "a/c.ts", "c.ts"].map(found)).toEqual([
    "a/b/x.json",
    "a/b/x.json",
    "x.json",
    "x.json",
  ]);
  expect(nearest(side, repoPath("a.ts"), "y.json")).toBeUndefined();
});

/** What is read of one change, with what is known of it. */
async function pairOf(
  facts: { readonly binary?: boolean; readonly submodule?: boolean; readonly symlink?: boolean },
  before: string | undefined,
  after: string | undefined,
) {
  const context = await contextOf({
    base: before === undefined ? {} : { "a.ts": before },
    head: after === undefined ? {} : { "a.ts": after },
  });
  const changes = context.diff.changes.map((each) => ({ ...each, ...facts }));
  const [pair] = await pairsOf({ ...context.diff, changes }, context.workspace, context.base);
  return pair && [pair.baseText, pair.headText, pair.base?.text, pair.head?.text];
}

test("what is no text on a side is not read there", async () => {
  const [one, two] = ["one();\nmore();\n", "two();\n"];
  expect(await pairOf({}, one, two)).toEqual([one, two, one, two]);
  expect(await pairOf({}, undefined, two)).toEqual([undefined, two, undefined, two]);
  expect(await pairOf({}, one, undefined)).toEqual([one, undefined, one, undefined]);
  for (const facts of [{ binary: true }, { submodule: true }])
    expect(await pairOf(facts, one, two)).toEqual([undefined, undefined, undefined, undefined]);
  // What became a link was text before, unless it was a link as well.
  expect(await pairOf({ symlink: true }, one, "b.ts")).toEqual([one, undefined, one, undefined]);
  expect(await pairOf({ symlink: true }, "c.ts", "b.ts")).toEqual([undefined, undefined, undefined, undefined]);
});
