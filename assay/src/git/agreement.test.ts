import { expect, onTestFinished, test } from "vitest";
import type { Base } from "../model/change.ts";
import { repoPath } from "../model/paths.ts";
import { findContradiction, type Answers } from "./agreement.ts";
import { diffIndex, listIndex, type Index, type IndexEntry } from "./listing.ts";
import { openRepository, type Repository } from "./repository.ts";
import { readStatus } from "./status.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const [a, b] = [repoPath("a.ts"), repoPath("b.ts")];

/** `a.ts` was edited since the base, `b.ts` was not. */
function repository(): TestRepository {
  const made = makeRepository({ "a.ts": "a\n", "b.ts": "b\n" });
  onTestFinished(() => made.remove());
  made.git("tag", "start");
  made.write("a.ts", "A\n");
  made.commit();
  return made;
}

async function answersOf(made: TestRepository): Promise<readonly [Repository, Answers]> {
  const opened = await openRepository(made.root);
  const commit = made.git("rev-parse", "start");
  const base: Base = { kind: "found", commit, ref: "start", tip: commit };
  const [moved, index, status] = await Promise.all([diffIndex(opened, commit), listIndex(opened), readStatus(opened)]);
  return [opened, { base, moved, index, status }];
}

function indexOf(
  { entries, unmerged }: Index,
  change: (entries: Map<ReturnType<typeof repoPath>, IndexEntry>) => void,
) {
  const changed = new Map(entries);
  change(changed);
  return { entries: changed, unmerged };
}

/** What is wrong, without the words that are always the same. */
async function wrongWith(opened: Repository, answers: Answers, thorough = false): Promise<string | undefined> {
  const contradiction = await findContradiction(opened, answers, thorough);
  return contradiction?.message.replace(/^git contradicts itself: /, "");
}

test("answers that agree are believed, whatever they are", async () => {
  const made = repository();
  for (const edit of [
    () => undefined,
    () => made.write("a.ts", "edited\n"),
    () => made.git("add", "a.ts"),
    () => made.git("rm", "--quiet", "--cached", "b.ts"),
    () => {
      made.write("new.ts", "");
      made.git("add", "--intent-to-add", "new.ts");
    },
    () => made.commit(),
  ]) {
    edit();
    const [opened, answers] = await answersOf(made);
    expect([await wrongWith(opened, answers), await wrongWith(opened, answers, true)]).toEqual([undefined, undefined]);
  }
});

test("a file that status speaks of and the index has not is a contradiction, unless it was taken out", async () => {
  const made = repository();
  made.write("b.ts", "edited\n");
  const [opened, answers] = await answersOf(made);
  const index = indexOf(answers.index, (entries) => entries.delete(b));
  expect(await wrongWith(opened, { ...answers, index })).toBe('status speaks of "b.ts", which ls-files has not');
  made.git("add", "b.ts");
  const [, staged] = await answersOf(made);
  expect(await wrongWith(opened, { ...staged, index })).toBe('status speaks of "b.ts", which ls-files has not');
});

test("an index without files is believed only where HEAD has none", async () => {
  const [opened, answers] = await answersOf(repository());
  const index: Index = { entries: new Map(), unmerged: new Set() };
  expect(await wrongWith(opened, { ...answers, index })).toBe("ls-files has no files, but HEAD has");
  const empty = makeRepository({});
  onTestFinished(() => empty.remove());
  empty.commit();
  empty.git("tag", "start");
  expect(await wrongWith(...(await answersOf(empty)))).toBe(undefined);
});

test("no difference between commits that differ is a contradiction, where there is a base to differ from", async () => {
  const [opened, answers] = await answersOf(repository());
  const silent = { ...answers, moved: new Map() };
  expect(await wrongWith(opened, silent)).toBe("diff-index finds no difference between two commits that differ");
  const none: Base = { kind: "none", reason: "", hint: "" };
  expect(await wrongWith(opened, { ...silent, base: none })).toBe(undefined);
  expect(await wrongWith(opened, { ...silent, moved: null })).toBe(undefined);
  const unmerged = new Set([b]);
  expect(await wrongWith(opened, { ...silent, index: { ...answers.index, unmerged } })).toBe(undefined);
});

test("two commits with the same files do not differ", async () => {
  const made = repository();
  made.git("tag", "--force", "start");
  made.commit();
  const [opened, answers] = await answersOf(made);
  expect([answers.moved?.size, await wrongWith(opened, answers)]).toEqual([0, undefined]);
});

test("a difference that was lost is found where nothing else differs either, or all is to be compared", async () => {
  const made = repository();
  made.write("b.ts", "B\n");
  made.git("add", "b.ts");
  const [opened, answers] = await answersOf(made);
  const message = (path: string) => `ls-tree and ls-files differ in "${path}", and diff-index does not say so`;
  expect(await wrongWith(opened, { ...answers, moved: new Map() })).toBe(message("a.ts"));
  const withoutB = new Map([...(answers.moved ?? [])].filter(([path]) => path !== b));
  expect(await wrongWith(opened, { ...answers, moved: withoutB })).toBe(undefined);
  expect(await wrongWith(opened, { ...answers, moved: withoutB }, true)).toBe(message("b.ts"));
  const conflict = { ...answers.index, unmerged: new Set([b]) };
  expect(await wrongWith(opened, { ...answers, moved: withoutB, index: conflict }, true)).toBe(undefined);
});

test("a mode, a file that is gone and one that came are differences, and one without content yet is none", async () => {
  const made = repository();
  const [opened, answers] = await answersOf(made);
  const entry = answers.index.entries.get(b);
  if (entry === undefined) throw new Error("no entry");
  const lost = async (change: Parameters<typeof indexOf>[1]) =>
    (await wrongWith(opened, { ...answers, index: indexOf(answers.index, change) }, true))?.split('"')[1];
  expect(await lost((entries) => entries.set(b, { ...entry, mode: "100755" }))).toBe("b.ts");
  expect(await lost((entries) => entries.delete(b))).toBe("b.ts");
  expect(await lost((entries) => entries.set(repoPath("c.ts"), entry))).toBe("c.ts");
  // It is among the differences already.
  expect(await lost((entries) => entries.set(a, { ...entry, mode: "100755" }))).toBe(undefined);
  for (const id of [
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
  ])
    expect(await lost((entries) => entries.set(repoPath("c.ts"), { ...entry, id }))).toBe(undefined);
});
