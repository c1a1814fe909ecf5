import { afterEach, expect, test } from "vitest";
import type { RevertedCommit } from "../model/change.ts";
import { openRepository } from "./repository.ts";
import { readRevision } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const made: TestRepository[] = [];

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove();
});

/** On a branch whose base has a fix on top of the start. */
function repository(): TestRepository & { readonly fix: string } {
  const created = makeRepository({ "a.txt": "1\n", "gone.txt": "2\n" });
  made.push(created);
  created.write("a.txt", "one\n");
  created.write("new.txt", "3\n");
  created.git("rm", "-q", "gone.txt");
  created.commit("fix: say it in words");
  const fix = created.git("rev-parse", "HEAD").trim();
  created.git("switch", "--quiet", "--create", "feature");
  return { ...created, fix };
}

async function revertedBy({ root }: TestRepository): Promise<readonly RevertedCommit[]> {
  const { reverted } = await readRevision(await openRepository(root), { requested: "main", configured: null });
  return reverted();
}

const idsOf = async (from: TestRepository): Promise<readonly string[]> => (await revertedBy(from)).map(({ id }) => id);

test("what git revert says is found, with all that the commit had done", async () => {
  const made = repository();
  made.git("revert", "--no-edit", made.fix);
  expect(await revertedBy(made)).toEqual([
    {
      id: made.fix,
      files: [
        { path: "a.txt", before: "1\n", after: "one\n" },
        { path: "gone.txt", before: "2\n", after: undefined },
        { path: "new.txt", before: undefined, after: "3\n" },
      ],
    },
  ]);
});

test("an abbreviated id is one, and so is a quoted subject without an id", async () => {
  const made = repository();
  made.write("a.txt", "1\n");
  made.commit(`back\n\nThis reverts commit ${made.fix.slice(0, 10)}.`);
  expect(await idsOf(made)).toEqual([made.fix]);
  made.git("commit", "--quiet", "--amend", "-m", 'Revert "fix: say it in words" (#12)');
  expect(await idsOf(made)).toEqual([made.fix]);
});

test("no commit is found that is not there, is no ancestor of the base, or has nothing before it", async () => {
  const made = repository();
  const start = made.git("rev-parse", "main~1").trim();
  made.write("b.txt", "1\n");
  made.commit("feat: own");
  const own = made.git("rev-parse", "HEAD").trim();
  const ids = ["0123456789abcdef0123456789abcdef01234567", own, start];
  made.write("b.txt", "2\n");
  made.commit(ids.map((id) => `This reverts commit ${id}.`).join("\n"));
  expect(await idsOf(made)).toEqual([]);
});

test("a change that says nothing of the kind reverts nothing", async () => {
  const made = repository();
  made.write("a.txt", "1\n");
  made.commit("fix: figures again");
  expect(await idsOf(made)).toEqual([]);
});

test("without a base there is nothing to revert", async () => {
  const made = repository();
  made.git("switch", "--quiet", "main");
  made.git("revert", "--no-edit", made.fix);
  const { diff, reverted } = await readRevision(await openRepository(made.root), { requested: null, configured: null });
  expect([diff.base.kind, await reverted()]).toEqual(["none", []]);
});

test("a reverted commit is named in many ways", async () => {
  const made = repository();
  made.write("a.txt", "1\n");
  made.commit("back");
  const named = async (message: string): Promise<boolean> => {
    made.git("commit", "--quiet", "--amend", "-m", message);
    return (await idsOf(made)).includes(made.fix);
  };
  const [whole, short] = [made.fix, made.fix.slice(0, 7)];
  for (const message of [`This REVERTS COMMIT ${whole.toUpperCase()}.`, `revert: ${short}`, `reverts  ${short}, again`])
    expect([message, await named(message)]).toEqual([message, true]);
  for (const message of [
    `prereverts ${whole}`,
    `reverts the commit ${whole}`,
    `reverts commit ${short.slice(0, 6)}`,
    `reverts ${short}xyz`,
    'NoRevert "fix: say it in words"',
  ])
    expect([message, await named(message)]).toEqual([message, false]);
});

test("of commits with one subject the newest three are looked at", async () => {
  const made = repository();
  made.git("switch", "--quiet", "main");
  const alike = ["1", "2", "3"].map((text) => {
    made.write("a.txt", `${text}\n`);
    return made.commit("fix: say it in words");
  });
  made.git("switch", "--quiet", "--create", "other");
  made.write("a.txt", "one\n");
  made.commit('Revert "fix: say it in words"');
  expect(await idsOf(made)).toEqual(alike.toReversed());
});
