import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { Invocation } from "./command.ts";
import { isAsLeft, isUnknown, putDown, type Stand } from "./last-stand.ts";
import { invocation } from "./testing/invocation.ts";

/** A repository of two files, of which both matter. */
function stand(): Stand {
  const root = mkdtempSync(join(tmpdir(), "assay-stand-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const gitDir = join(root, ".git");
  mkdirSync(gitDir);
  mkdirSync(join(root, "src"));
  for (const path of [".git/HEAD", ".git/index", "src/a.ts", "src/a.test.ts"]) writeFileSync(join(root, path), path);
  const files = ["src/a.ts", "src/a.test.ts"].map((path) => repoPath(path));
  return { repository: { root, gitDir, commonDir: gitDir }, invocation, files };
}

test("as long as nobody has asked there is nothing that was left", () => {
  expect(isAsLeft(stand())).toBe(false);
});

test("that nobody has asked is known without git where the repository's own folder is at hand", () => {
  const own = stand();
  const { root } = own.repository;
  expect([isUnknown(root), isUnknown(join(root, "src")), isUnknown(join(root, "gone"))]).toEqual([true, false, false]);
  putDown(own);
  expect(isUnknown(root)).toBe(false);
});

test("what is asked again with the same files is as it was left, whatever form the answer takes", () => {
  const own = stand();
  putDown(own);
  expect(isAsLeft(own)).toBe(true);
  expect(isAsLeft({ ...own, invocation: { ...invocation, format: "pretty", report: true } })).toBe(true);
});

test.each<[string, Partial<Invocation>]>([
  ["base", { base: "next" }],
  ["check", { only: ["mutation"] }],
  ["check that is left out", { except: ["mutation"] }],
  ["file", { files: ["src"] }],
  ["list of mutants", { mutants: "list.json" }],
])("another %s is another question", (_, asked) => {
  const own = stand();
  putDown(own);
  expect(isAsLeft({ ...own, invocation: { ...invocation, ...asked } })).toBe(false);
});

test.each([".git/HEAD", ".git/index", "src/a.ts", "src/a.test.ts", "src/new.test.ts"])(
  "when %s is written it is not as it was left",
  (path) => {
    const own = stand();
    putDown(own);
    const file = join(own.repository.root, path);
    writeFileSync(file, "other");
    // Of the same size, and in the same moment as far as a coarse clock tells.
    utimesSync(file, 1, 1);
    expect(isAsLeft(own)).toBe(false);
  },
);

test("of very many files only the first five hundred are looked at", () => {
  const own = stand();
  const { root } = own.repository;
  const files = Array.from({ length: 501 }, (_, at) => repoPath(`src/${at}.ts`));
  for (const file of files) writeFileSync(join(root, file), "1");
  putDown({ ...own, files });
  writeFileSync(join(root, "src/500.ts"), "22");
  expect(isAsLeft(own)).toBe(true);
  writeFileSync(join(root, "src/499.ts"), "22");
  expect(isAsLeft(own)).toBe(false);
});

test("a file that is gone is not as it was left, nor is one in a worktree that another request is put down for", () => {
  const own = stand();
  putDown(own);
  rmSync(join(own.repository.root, "src/a.ts"));
  expect(isAsLeft(own)).toBe(false);
  const other = stand();
  putDown(other);
  putDown({ ...other, repository: { ...other.repository, root: own.repository.root } });
  expect(isAsLeft(other)).toBe(false);
});

test("where nothing can be written nothing is known, and nothing breaks", () => {
  const own = stand();
  const unwritable = { ...own, repository: { ...own.repository, commonDir: join(own.repository.root, "src/a.ts") } };
  putDown(unwritable);
  expect(isAsLeft(unwritable)).toBe(false);
});
