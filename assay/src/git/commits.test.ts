import { afterEach, expect, test } from "vitest";
import type { Commits } from "../model/change.ts";
import { openRepository } from "./repository.ts";
import { readRevision } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const made: TestRepository[] = [];

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove();
});

function repository(): TestRepository {
  const created = makeRepository({ "a.txt": "1\n" });
  made.push(created);
  return created;
}

async function commitsOf({ root }: TestRepository): Promise<Commits> {
  const { commits } = await readRevision(await openRepository(root), { requested: "main", configured: null });
  return commits();
}

const messages = (commits: Commits["ofChange"]): readonly string[] => commits.map(({ message }) => message.trim());

test("the change's commits are told oldest first, the base's newest first", async () => {
  const { git, write, commit, ...rest } = repository();
  write("a.txt", "2\n");
  commit("second");
  git("switch", "--quiet", "--create", "feature");
  write("a.txt", "3\n");
  commit("feat: third\n\nWith a body.");
  write("a.txt", "4\n");
  commit("fourth, über alles");
  const { ofChange, before } = await commitsOf({ git, write, commit, ...rest });
  expect(messages(ofChange)).toEqual(["feat: third\n\nWith a body.", "fourth, über alles"]);
  expect(messages(before)).toEqual(["second", "first"]);
  expect(ofChange.map(({ parents, author }) => [parents, author])).toEqual([
    [1, "A. Tester"],
    [1, "A. Tester"],
  ]);
  expect(before.map(({ parents }) => parents)).toEqual([1, 0]);
});

test("what was merged from the base is no part of the change", async () => {
  const { git, write, commit, ...rest } = repository();
  git("switch", "--quiet", "--create", "feature");
  write("b.txt", "1\n");
  commit("mine");
  git("switch", "--quiet", "main");
  write("c.txt", "1\n");
  commit("theirs");
  git("switch", "--quiet", "feature");
  git("merge", "--quiet", "--no-edit", "main");
  const { ofChange } = await commitsOf({ git, write, commit, ...rest });
  expect(ofChange.map(({ parents, message }) => [parents, message.split("\n", 1)[0]])).toEqual([
    [1, "mine"],
    [2, "Merge branch 'main' into feature"],
  ]);
});

test("a change that nobody has committed has no message", async () => {
  const made = repository();
  made.write("a.txt", "2\n");
  expect(await commitsOf(made)).toEqual({ ofChange: [], before: [] });
});

test("as many as fifty commits are told of those before the change", async () => {
  const { git, pipe, commit, ...rest } = repository();
  const many = Array.from({ length: 60 }, (_, at) => {
    const message = `chore: number ${at}`;
    const from = at === 0 ? "from refs/heads/main^0\n" : "";
    return `commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\ndata ${message.length}\n${message}\n${from}`;
  });
  pipe(many.join(""), "fast-import", "--quiet");
  git("switch", "--quiet", "--create", "feature");
  commit("mine");
  const { before } = await commitsOf({ git, pipe, commit, ...rest });
  expect([before.length, before[0]?.message, before.at(-1)?.message]).toEqual([
    50,
    "chore: number 59",
    "chore: number 10",
  ]);
});
