import { expect, test } from "vitest";
import type { TestRepository } from "../git/test-repository.ts";
import { readSituation, type Situation } from "./situation.ts";
import { refusalOf, repositoryOf } from "./testing/answer.ts";

/** On a branch, with one file edited. */
function edited(): TestRepository {
  const repository = repositoryOf({ "package.json": "{}\n", "a.ts": "1\n", "b.ts": "1\n" });
  repository.git("switch", "--quiet", "--create", "feature");
  repository.write("a.ts", "2\n");
  return repository;
}

const read = ({ root }: TestRepository): Promise<Situation> => readSituation({ dir: root, base: "main" });

test("whoever wants to is told of the repository before anything in it is read", async () => {
  const { root, write } = edited();
  write("assay.toml", "checks = 1\n");
  const opened: string[] = [];
  const reading = readSituation(
    { dir: root, base: "main" },
    { onOpened: (repository) => opened.push(repository.root) },
  );
  expect((await refusalOf(reading)).code).toBe("config-invalid");
  expect(opened).toEqual([root]);
});

test("what is read again is as it is now", async () => {
  const repository = edited();
  const situation = await read(repository);
  repository.write("b.ts", "2\n");
  const { tree, head } = await situation.rereadTree();
  expect((await situation.reread()).changes.map(({ path }) => path)).toEqual(["a.ts", "b.ts"]);
  expect(tree.files.find(({ path }) => path === "b.ts")?.blob).toBe(repository.git("hash-object", "b.ts"));
  expect(head).toBe(situation.repository.head);
});

test("what somebody has committed meanwhile is still the change, and the commit is told", async () => {
  const repository = edited();
  const situation = await read(repository);
  const commit = repository.commit();
  const { tree, head } = await situation.rereadTree();
  expect([head, tree.files.length]).toEqual([commit, 3]);
  const { base, changes } = await situation.reread();
  expect(base.kind).toBe("found");
  expect(changes).toMatchObject([{ path: "a.ts", stages: new Set(["committed"]) }]);
});

test("what can't be read again is an error", async () => {
  const repository = edited();
  const situation = await read(repository);
  repository.write(".git/index", "rubbish that is long enough to be an index, but is none at all");
  for (const again of [() => situation.reread(), () => situation.rereadTree()]) {
    const { code, hint } = await refusalOf(again());
    expect([code, hint]).toEqual(["git-failed", expect.stringContaining("the index is damaged")]);
  }
});
