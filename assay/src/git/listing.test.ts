import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { diffIndex, diffTree, isRegular, listIndex, listTree, type Entry } from "./listing.ts";
import type { Place } from "./run.ts";
import { gitPrints } from "./testing/printing-git.ts";

const place: Place = { root: tmpdir(), overrides: [] };
const [one, two] = ["1".repeat(40), "2".repeat(40)];

test("the index is read with what git was told not to look at", async () => {
  gitPrints(
    `H 100644 ${one} 0\ta.ts`,
    `h 100755 ${two} 0\tassumed.ts`,
    `S 100644 ${one} 0\tskipped.ts`,
    `s 100644 ${one} 0\tboth.ts`,
    `H 120000 ${"3".repeat(64)} 0\twith\ttab`,
  );
  const { entries, unmerged } = await listIndex(place);
  expect(Object.fromEntries(entries)).toEqual({
    "a.ts": { mode: "100644", id: one, unwatched: "no" },
    "assumed.ts": { mode: "100755", id: two, unwatched: "assume-unchanged" },
    "skipped.ts": { mode: "100644", id: one, unwatched: "skip-worktree" },
    "both.ts": { mode: "100644", id: one, unwatched: "skip-worktree" },
    "with\ttab": { mode: "120000", id: "3".repeat(64), unwatched: "no" },
  });
  expect(unmerged.size).toBe(0);
});

test("a conflict is no entry, whichever sides of it there are", async () => {
  gitPrints(`M 100644 ${one} 1\tall.ts`, `M 100644 ${one} 2\tall.ts`, `M 100644 ${two} 3\ttheirs.ts`);
  const { entries, unmerged } = await listIndex(place);
  expect([entries.size, [...unmerged]]).toEqual([0, ["all.ts", "theirs.ts"]]);
});

test.each([
  ["an id that is cut short", `H 100644 ${"1".repeat(39)} 0\ta.ts`],
  ["no tag", `100644 ${"1".repeat(50)} 0\ta.ts`],
  ["another stage", `H 100644 ${one} 4\ta.ts`],
  ["no name", `H 100644 ${one} 0`],
])("an index with %s is never believed", async (_, field) => {
  gitPrints(field);
  await expect(listIndex(place)).rejects.toMatchObject({
    code: "git-failed",
    message: `\`git ls-files\` printed something unexpected: ${JSON.stringify(field)}`,
    hint: "git --version",
  });
});

test("what git printed instead is shown from its beginning", async () => {
  gitPrints(`warning: ${"x".repeat(100)}`);
  await expect(listIndex(place)).rejects.toThrow(/: "warning: x{71}"$/);
});

const entry = (id: string, mode = "100644"): Entry => ({ mode, id });
const none = "0".repeat(40);

for (const [name, command, read] of [
  ["a commit and the index", "diff-index", () => diffIndex(place, "HEAD")],
  ["two commits", "diff-tree", () => diffTree(place, "HEAD~1", "HEAD")],
] as const) {
  test(`what ${name} have different is read, conflicts apart`, async () => {
    const changes = [
      [`:100644 100755 ${one} ${two} M`, "edited.ts"],
      [`:000000 100644 ${none} ${one} A`, "added.ts"],
      [`:100644 000000 ${one} ${none} D`, "deleted\n.ts"],
      [`:100644 120000 ${one} ${two} T`, "link"],
      [`:100644 000000 ${one} ${none} U`, "conflict.ts"],
    ] as const;
    gitPrints(...changes.flat());
    expect(Object.fromEntries(await read())).toEqual({
      "edited.ts": { before: entry(one), after: entry(two, "100755") },
      "added.ts": { before: null, after: entry(one) },
      "deleted\n.ts": { before: entry(one), after: null },
      link: { before: entry(one), after: entry(two, "120000") },
    });
  });

  test.each([
    [[`:100644 100755 ${one} ${two} R100`, "renamed.ts"]],
    [[`:100644 100755 ${one} ${two} MM`, "a.ts"]],
    [[`x:100644 100755 ${one} ${two} M`, "a.ts"]],
    [[`:100644 100755 ${one} ${two} M`]],
    [[`:100644 100755 ${one} ${two} M`, ""]],
    [["a.ts", `:100644 100755 ${one} ${two} M`]],
  ])(`a difference between ${name} that is none is never believed: %j`, async (fields) => {
    gitPrints(...fields);
    await expect(read()).rejects.toMatchObject({
      code: "git-failed",
      message: `\`git ${command}\` printed something unexpected: ${JSON.stringify(fields[0]?.slice(0, 80))}`,
    });
  });
}

test("a tree has files, links and submodules", async () => {
  gitPrints(`100644 blob ${one}\ta.ts`, `120000 blob ${two}\twith\nbreak`, `160000 commit ${one}\tmodule`);
  expect(Object.fromEntries(await listTree(place, "HEAD"))).toEqual({
    "a.ts": entry(one),
    "with\nbreak": entry(two, "120000"),
    module: entry(one, "160000"),
  });
});

test.each([`x100644 blob ${one}\ta.ts`, `100644 blob ${one}\t`, `100644 blob ${one} a.ts`, "surprise"])(
  "a tree with %j in it is never believed",
  async (field) => {
    gitPrints(field);
    await expect(listTree(place, "HEAD")).rejects.toThrow("`git ls-tree` printed something unexpected");
  },
);

test("a file is regular whether it may be run or not, and a link or a repository is not", () => {
  const modes = ["100644", "100755", "100664", "120000", "160000", "040000"];
  expect(modes.filter((mode) => isRegular({ mode, id: one }))).toEqual(["100644", "100755", "100664"]);
});
