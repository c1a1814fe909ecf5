import { expect, onTestFinished, test } from "vitest";
import { openRepository, type Repository } from "./repository.ts";
import { readStatus } from "./status.ts";
import { makeRepository } from "./test-repository.ts";
import { gitPrints } from "./testing/printing-git.ts";

const [one, two, none] = ["1".repeat(40), "2".repeat(40), "0".repeat(40)];

async function repository(): Promise<Repository> {
  const made = makeRepository({ "a.ts": "a\n" });
  onTestFinished(() => made.remove());
  return openRepository(made.root);
}

/** What a status says that starts as it should. */
async function read(...fields: readonly string[]) {
  const opened = await repository();
  gitPrints(`# branch.oid ${opened.head}`, "# branch.head main", ...fields);
  return readStatus(opened);
}

test("what is staged differs from HEAD, and what is not lies on disk only", async () => {
  const { fromHead, onDisk, untracked, ignored } = await read(
    `1 M. N... 100644 100644 100644 ${one} ${two} staged.ts`,
    `1 A. N... 000000 100644 100644 ${none} ${one} added.ts`,
    `1 D. N... 100644 000000 000000 ${one} ${none} removed.ts`,
    `1 M. N... 100644 100755 100755 ${one} ${one} mode.ts`,
    `1 .M N... 100644 100644 100644 ${one} ${one} edited.ts`,
    `1 .T N... 100644 100644 120000 ${one} ${one} link`,
    `1 .D N... 100644 100644 000000 ${one} ${one} gone.ts`,
    `1 MM N... 100644 100644 100644 ${one} ${two} both\nlines.ts`,
    `1 .M SCMU 160000 160000 160000 ${one} ${one} module`,
  );
  const file = { mode: "100644", id: one };
  expect(Object.fromEntries(fromHead)).toEqual({
    "staged.ts": { before: file, after: { mode: "100644", id: two } },
    "added.ts": { before: null, after: file },
    "removed.ts": { before: file, after: null },
    "mode.ts": { before: file, after: { mode: "100755", id: one } },
    "both\nlines.ts": { before: file, after: { mode: "100644", id: two } },
  });
  expect(Object.fromEntries(onDisk)).toEqual({
    "edited.ts": "different",
    link: "different",
    "gone.ts": "gone",
    "both\nlines.ts": "different",
    module: "different",
  });
  expect([untracked, ignored]).toEqual([[], []]);
});

test("what is added with intent only differs from HEAD, though the index has no content of it", async () => {
  const { fromHead, onDisk } = await read(`1 .A N... 000000 000000 100644 ${none} ${none} new.ts`);
  expect([Object.fromEntries(fromHead), Object.fromEntries(onDisk)]).toEqual([
    { "new.ts": { before: null, after: null } },
    { "new.ts": "different" },
  ]);
});

test("untracked and ignored names are told apart, and conflicts and the stash are left to others", async () => {
  const conflict = `u UU N... 100644 100644 100644 100644 ${one} ${two} ${one} conflict.ts`;
  const { fromHead, onDisk, untracked, ignored } = await read("? new.ts", "? inner/", "! dist/", conflict, "# stash 1");
  expect([fromHead.size, onDisk.size, untracked, ignored]).toEqual([0, 0, ["new.ts", "inner/"], ["dist/"]]);
});

test.each([
  `2 R. N... 100644 100644 100644 ${one} ${one} R100 renamed.ts`,
  `1 .X N... 100644 100644 100644 ${one} ${one} a.ts`,
  `1 .M N... 100644 100644 100644 ${one} ${one} `,
  `1 .M N... 100644 100644 ${one} ${one} a.ts`,
  `1 x 1 .M N... 100644 100644 100644 ${one} ${one} a.ts`,
  "surprise",
])("a status with %j in it is never believed", async (field) => {
  await expect(read(field)).rejects.toMatchObject({
    code: "git-failed",
    message: `\`git status\` printed something unexpected: ${JSON.stringify(field.slice(0, 80))}`,
    hint: "git --version",
  });
});

test("a status of another commit says so, and one of no commit is never believed", async () => {
  const opened = await repository();
  gitPrints(`# branch.oid ${two}`);
  await expect(readStatus(opened)).rejects.toMatchObject({
    message: `HEAD moved from ${opened.head.slice(0, 12)} to 222222222222 while assay ran`,
    hint: "wait for other git commands to end, then run assay again",
  });
  gitPrints("# branch.head main", `# branch.oid ${two}`);
  await expect(readStatus(opened)).rejects.toThrow("`git status` printed something unexpected");
});
