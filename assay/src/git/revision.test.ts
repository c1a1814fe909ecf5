import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Change } from "../model/change.ts";
import type { RepoPath } from "../model/paths.ts";
import { openRepository } from "./repository.ts";
import { readRevision, type Revision } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const made: TestRepository[] = [];

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove();
});

/** A repository with the branch `feature` checked out, which has left `main` at its first commit. */
function repository(files: Readonly<Record<string, string | Buffer>>, ...options: string[]): TestRepository {
  const repository = makeRepository(files, ...options);
  made.push(repository);
  repository.git("switch", "--quiet", "--create", "feature");
  return repository;
}

async function read({ root }: TestRepository, requested: string | null = null): Promise<Revision> {
  return readRevision(await openRepository(root), { requested, configured: null });
}

async function changesOf(repository: TestRepository): Promise<readonly Change[]> {
  return (await read(repository)).diff.changes;
}

/** `modified src/a.ts 2-3 committed`: enough to see what a test is about. */
function summary({ kind, path, previousPath, changedLines, stages, binary, submodule, symlink }: Change): string {
  const flags = [binary && "binary", submodule && "submodule", symlink && "symlink"].filter((flag) => flag !== false);
  const lines = changedLines.map(({ start, end }) => `${start}-${end}`);
  const name = previousPath === null ? path : `${previousPath} => ${path}`;
  return [kind, name, ...lines, ...flags, [...stages].join("+")].join(" ");
}

async function summaries(repository: TestRepository): Promise<string[]> {
  return (await changesOf(repository)).map(summary);
}

const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join("");
const ten = lines("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");

test("an unchanged repository has no changes, and its tree has every file with git's id", async () => {
  const repo = repository({ "b.ts": "b\n", "a/é.ts": "a\n" });
  const { diff, tree } = await read(repo);
  expect(diff.changes).toEqual([]);
  expect(tree.files).toEqual([
    { path: "a/é.ts", blob: repo.git("rev-parse", "HEAD:a/é.ts"), symlink: false },
    { path: "b.ts", blob: repo.git("rev-parse", "HEAD:b.ts"), symlink: false },
  ]);
  expect([tree.has("b.ts" as RepoPath), tree.has("c.ts" as RepoPath), tree.blobOf("c.ts" as RepoPath)]).toEqual([
    true,
    false,
    null,
  ]);
});

test("committed, staged, unstaged and untracked changes are seen together, each where it is", async () => {
  const repo = repository({ "committed.ts": ten, "staged.ts": ten, "unstaged.ts": ten, "all.ts": ten });
  repo.write("committed.ts", ten.replace("2\n", "two\n"));
  repo.write("all.ts", ten.replace("2\n", "two\n"));
  repo.commit();
  repo.write("staged.ts", `0\n${ten}`);
  repo.write("all.ts", ten.replace("2\n", "two\n").replace("5\n", "five\n"));
  repo.git("add", "--all");
  repo.write("unstaged.ts", ten.replace("7\n8\n", ""));
  repo.write("all.ts", ten.replace("2\n", "two\n").replace("5\n", "five\n") + "11\n");
  repo.write("untracked.ts", "new\n");
  expect(await summaries(repo)).toEqual([
    "modified all.ts 2-2 5-5 11-11 committed+staged+unstaged",
    "modified committed.ts 2-2 committed",
    "modified staged.ts 1-1 staged",
    "modified unstaged.ts unstaged",
    "added untracked.ts 1-1 untracked",
  ]);
});

test("what the base branch did since is not part of the change", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.write("b.ts", "b\n");
  repo.commit();
  repo.git("switch", "--quiet", "main");
  repo.write("a.ts", "moved on\n");
  repo.commit();
  repo.git("switch", "--quiet", "feature");
  expect(await summaries(repo)).toEqual(["added b.ts 1-1 committed"]);
});

test("deletions are seen wherever they were made, and the files are not in the tree", async () => {
  const repo = repository({ "committed.ts": "1\n", "staged.ts": "2\n", "gone.ts": "3\n", "kept.ts": "4\n" });
  repo.git("rm", "--quiet", "committed.ts");
  repo.commit();
  repo.git("rm", "--quiet", "staged.ts");
  repo.delete("gone.ts");
  const { diff, tree } = await read(repo);
  expect(diff.changes.map(summary)).toEqual([
    "deleted committed.ts committed",
    "deleted gone.ts unstaged",
    "deleted staged.ts staged",
  ]);
  expect(diff.changes[0]?.baseBlob).toBe(repo.git("rev-parse", "main:committed.ts"));
  expect(tree.files.map(({ path }) => path)).toEqual(["kept.ts"]);
});

test("a change that was staged, or committed, and undone on disk is still a change", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  repo.write("b.ts", "B\n");
  repo.commit();
  repo.write("b.ts", "b\n");
  repo.write("a.ts", "A\n");
  repo.write("c.ts", "c\n");
  repo.git("add", "a.ts", "c.ts");
  repo.write("a.ts", "a\n");
  repo.delete("c.ts");
  expect(await summaries(repo)).toEqual([
    "modified a.ts staged+unstaged",
    "modified b.ts committed+unstaged",
    "deleted c.ts staged+unstaged",
  ]);
});

test("a file taken out of the index but left on disk is there", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.git("rm", "--quiet", "--cached", "a.ts");
  const { diff, tree } = await read(repo);
  expect(diff.changes.map(summary)).toEqual(["modified a.ts staged+untracked"]);
  expect(tree.has("a.ts" as RepoPath)).toBe(true);
});

test("renames are found in every stage, with and without an edit", async () => {
  const repo = repository({
    "one.ts": ten,
    "two.ts": `two\n${ten}`,
    "three.ts": `three\n${ten}`,
    "four.ts": `four\n${ten}`,
  });
  repo.git("mv", "one.ts", "committed.ts");
  repo.commit();
  repo.git("mv", "two.ts", "staged.ts");
  repo.write("staged.ts", `two\n${ten.replace("4\n", "four\n")}`);
  repo.git("add", "--all");
  renameSync(join(repo.root, "three.ts"), join(repo.root, "untracked.ts"));
  mkdirSync(join(repo.root, "dir"));
  renameSync(join(repo.root, "four.ts"), join(repo.root, "dir/four.ts"));
  writeFileSync(join(repo.root, "dir/four.ts"), `four\n${ten}11\n`);
  const changes = await changesOf(repo);
  expect(changes.map(summary)).toEqual([
    "renamed one.ts => committed.ts committed",
    "renamed four.ts => dir/four.ts 12-12 untracked+unstaged",
    "renamed two.ts => staged.ts 5-5 staged",
    "renamed three.ts => untracked.ts untracked+unstaged",
  ]);
  expect(changes[0]?.baseBlob).toBe(repo.git("rev-parse", "main:one.ts"));
});

test("a rename that only changes case is a rename", async () => {
  const repo = repository({ "src/Button.ts": ten });
  repo.git("mv", "src/Button.ts", "src/button.ts");
  expect(await summaries(repo)).toEqual(["renamed src/Button.ts => src/button.ts staged"]);
});

test("of several files with the same content the one with the same name is the origin", async () => {
  const repo = repository({ "a/index.ts": ten, "b/main.ts": ten });
  repo.git("mv", "a", "c");
  repo.git("mv", "b/main.ts", "a.ts");
  expect(await summaries(repo)).toEqual([
    "renamed b/main.ts => a.ts staged",
    "renamed a/index.ts => c/index.ts staged",
  ]);
});

test("a copy, and files that have little in common, are no renames", async () => {
  const repo = repository({ "a.ts": ten, "gone.ts": "x\ny\nz\n" });
  repo.write("copy.ts", ten);
  repo.write("other.ts", "x\nentirely\ndifferent\nfrom\nbefore\n");
  repo.delete("gone.ts");
  expect(await summaries(repo)).toEqual([
    "added copy.ts 1-10 untracked",
    "deleted gone.ts unstaged",
    "added other.ts 1-5 untracked",
  ]);
});

test("mode changes, symbolic links and type changes are told apart", async () => {
  const repo = repository({ "run.sh": "x\n", "file.ts": "a\n", "target.ts": "t\n" });
  for (const name of ["link.ts", "gone.ts"]) symlinkSync("target.ts", join(repo.root, name));
  repo.git("add", "--all");
  repo.git("commit", "--quiet", "--amend", "--no-edit");
  repo.git("branch", "--force", "main");
  chmodSync(join(repo.root, "run.sh"), 0o755);
  // Others may run it, its owner may not.
  chmodSync(join(repo.root, "target.ts"), 0o645);
  unlinkSync(join(repo.root, "gone.ts"));
  unlinkSync(join(repo.root, "file.ts"));
  symlinkSync("target.ts", join(repo.root, "file.ts"));
  unlinkSync(join(repo.root, "link.ts"));
  repo.write("link.ts", "now\na file\n");
  symlinkSync("nowhere", join(repo.root, "dangling"));
  const { diff, tree } = await read(repo);
  expect(diff.changes.map(summary)).toEqual([
    "added dangling symlink untracked",
    "modified file.ts symlink unstaged",
    "deleted gone.ts symlink unstaged",
    "modified link.ts 1-2 unstaged",
    "mode-changed run.sh unstaged",
  ]);
  expect(tree.files.find(({ path }) => path === "dangling")?.symlink).toBe(true);
  expect(tree.blobOf("file.ts" as RepoPath)).toBe(repo.pipe("target.ts", "hash-object", "--stdin"));
});

test("a folder in the place of a file, and a file in the place of a folder", async () => {
  const repo = repository({ a: ten, "b/c.ts": "c\n" });
  repo.delete("a");
  repo.write("a/x.ts", "x\n");
  repo.delete("b");
  repo.write("b", "b\n");
  expect(await summaries(repo)).toEqual([
    "deleted a unstaged",
    "added a/x.ts 1-1 untracked",
    "added b 1-1 untracked",
    "deleted b/c.ts unstaged",
  ]);
});

test("a repository inside of the repository is one change", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.git("init", "--quiet", "nested");
  repo.write("nested/x.ts", "x\n");
  const { diff, tree } = await read(repo);
  expect(diff.changes.map(summary)).toEqual(["added nested submodule untracked"]);
  expect([tree.has("nested" as RepoPath), tree.blobOf("nested" as RepoPath)]).toEqual([true, null]);
});

test("a pipe in the place of a file is a change that nobody waits for", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.delete("a.ts");
  const { execFileSync } = await import("node:child_process");
  execFileSync("mkfifo", [join(repo.root, "a.ts")]);
  const { diff, tree } = await read(repo);
  expect(diff.changes.map(summary)).toEqual(["modified a.ts binary unstaged"]);
  expect(tree.blobOf("a.ts" as RepoPath)).toBeNull();
});

test("binary files have no lines, but a source with a zero byte in it has", async () => {
  const repo = repository({
    "image.png": Buffer.from([0, 1, 2]),
    "a.ts": "a\nb\n",
    "new.bin": "text",
    "old.bin": Buffer.from([0]),
    "notes.txt": "1\n2\n",
  });
  repo.write("old.bin", "text");
  repo.write("notes.txt", "1\n3\n");
  repo.write("image.png", Buffer.from([0, 1, 3]));
  repo.write("a.ts", "a\nb // \0\n");
  repo.write("new.bin", Buffer.from([0]));
  repo.write("added.bin", Buffer.from([0]));
  expect(await summaries(repo)).toEqual([
    "modified a.ts 2-2 unstaged",
    "added added.bin binary untracked",
    "modified image.png binary unstaged",
    "modified new.bin binary unstaged",
    "modified notes.txt 2-2 unstaged",
    "modified old.bin binary unstaged",
  ]);
});

test("names with spaces, quotes, line breaks, unicode and a leading dash are names", async () => {
  const names = [
    "-n.ts",
    " lead.ts",
    'quo"te.ts',
    "line\nbreak.ts",
    "tab\t.ts",
    "ünï/日本.ts",
    "back\\slash.ts",
    ":(glob)x.ts",
    "*.ts",
    "a -> b.ts",
  ];
  const repo = repository({ "kept.ts": "k\n" });
  for (const name of names) repo.write(name, "1\n");
  expect((await changesOf(repo)).map(({ path }) => path)).toEqual([...names].toSorted());
  repo.commit();
  for (const name of names) repo.write(name, "1\n2\n");
  const { diff, base } = await read(repo, "HEAD");
  expect(diff.changes.map(({ path, changedLines }) => [path, changedLines])).toEqual(
    [...names].toSorted().map((name) => [name, [{ start: 2, end: 2 }]]),
  );
  expect(await base.read(names as RepoPath[])).toEqual(names.map(() => "1\n"));
});

test("a name that is not UTF-8 is a change like any other", async () => {
  const repo = repository({ "a.ts": "a\n" });
  const name = Buffer.concat([Buffer.from(`${repo.root}/caf`), Buffer.from([0xe9]), Buffer.from(".ts")]);
  writeFileSync(name, "1\n2\n");
  expect(await summaries(repo)).toEqual(["added caf\udce9.ts 1-2 untracked"]);
  repo.commit();
  writeFileSync(name, "1\n");
  const { diff, tree } = await read(repo, "HEAD");
  expect(diff.changes.map(summary)).toEqual(["modified caf\udce9.ts unstaged"]);
  expect(tree.blobOf("caf\udce9.ts" as RepoPath)).toBe(repo.pipe("1\n", "hash-object", "--stdin"));
});

test("content that looks like a diff does not disturb", async () => {
  const evil = lines("diff --git a/x b/x", "--- a/x", "+++ b/x", "@@ -1,9 +1,9 @@", ":100644 100644 a b M");
  const repo = repository({ "a.ts": ten, "b.ts": ten });
  repo.write("a.ts", evil + ten);
  repo.write("b.ts", ten + evil);
  expect(await summaries(repo)).toEqual(["modified a.ts 1-5 unstaged", "modified b.ts 11-15 unstaged"]);
});

test("files with a merge conflict are changed, with their content on disk", async () => {
  const repo = repository({ "a.ts": ten, "b.ts": ten, "gone.ts": ten });
  repo.write("a.ts", ten.replace("5\n", "five\n"));
  repo.git("rm", "--quiet", "gone.ts");
  repo.commit();
  repo.git("switch", "--quiet", "main");
  repo.write("a.ts", ten.replace("5\n", "FIVE\n"));
  repo.write("gone.ts", ten.replace("5\n", "FIVE\n"));
  const main = repo.commit();
  repo.git("switch", "--quiet", "feature");
  expect(() => repo.git("merge", "--quiet", "main")).toThrow("Command failed");
  const { diff, tree, base } = await read(repo);
  expect(diff.base).toMatchObject({ tip: main });
  expect(diff.changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual(["modified a.ts", "modified gone.ts"]);
  expect(diff.changes[0]?.changedLines).toEqual([{ start: 5, end: 9 }]);
  expect([...(diff.changes[0]?.stages ?? [])]).toContain("unstaged");
  expect(tree.files.map(({ path }) => path)).toEqual(["a.ts", "b.ts", "gone.ts"]);
  expect(await base.read(["a.ts", "b.ts"] as RepoPath[])).toEqual([ten, ten]);
});

test("a file added with intent only is an added file", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.write("new.ts", "1\n2\n");
  repo.git("add", "--intent-to-add", "new.ts");
  expect((await summaries(repo)).map((text) => text.slice(0, 16))).toEqual(["added new.ts 1-2"]);
});

test("touched files are not changed", async () => {
  const repo = repository({ "a.ts": ten, "b.ts": ten });
  const now = new Date();
  const { utimesSync } = await import("node:fs");
  utimesSync(join(repo.root, "a.ts"), now, new Date(now.getTime() + 5000));
  const { diff, tree } = await read(repo);
  expect([diff.changes, tree.blobOf("a.ts" as RepoPath)]).toEqual([[], repo.git("rev-parse", "HEAD:a.ts")]);
});

test("the base gives its texts and paths, whatever is on disk", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n", "bin.dat": Buffer.from([0xff, 0xfe]), "bom.ts": "\uFEFFx" });
  symlinkSync("a.ts", join(repo.root, "link"));
  repo.git("add", "--all");
  repo.git("commit", "--quiet", "--amend", "--no-edit");
  repo.git("branch", "--force", "main");
  repo.delete("a.ts");
  repo.write("b.ts", "B\n");
  repo.write("c.ts", "c\n");
  repo.commit();
  const { base } = await read(repo);
  const asked = ["c.ts", "a.ts", "b.ts", "bin.dat", "link", "bom.ts", "a.ts"] as RepoPath[];
  expect(await base.read(asked)).toEqual([undefined, "a\n", "b\n", undefined, undefined, "\uFEFFx", "a\n"]);
  expect(await base.read(asked.slice(1, 3))).toEqual(["a\n", "b\n"]);
  expect(await base.read([])).toEqual([]);
  expect(await base.paths()).toEqual(["a.ts", "b.ts", "bin.dat", "bom.ts", "link"]);
});

test("what was compared with the head is not read from git again", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  repo.write("a.ts", "A\n");
  const { base } = await read(repo);
  renameSync(join(repo.root, ".git/objects"), join(repo.root, ".git/away"));
  expect(await base.read(["a.ts" as RepoPath])).toEqual(["a\n"]);
  repo.write("b.ts", "B\n");
  await expect(base.read(["b.ts" as RepoPath])).rejects.toMatchObject({ code: "git-failed" });
});

test("what lies on disk as it was is not read from git, and what was edited meanwhile is", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n", "c.ts": "c\n", "d.ts": "d\n" });
  const { base } = await read(repo);
  repo.write("b.ts", "B\n");
  repo.delete("d.ts");
  const all = ["a.ts", "b.ts", "c.ts", "d.ts"] as RepoPath[];
  expect(await base.read(all)).toEqual(["a\n", "b\n", "c\n", "d\n"]);
  const other = await read(repo);
  renameSync(join(repo.root, ".git/objects"), join(repo.root, ".git/away"));
  repo.write("c.ts", "C\n");
  expect(await other.base.read(["a.ts" as RepoPath])).toEqual(["a\n"]);
  await expect(other.base.read(["c.ts" as RepoPath])).rejects.toMatchObject({ code: "git-failed" });
});

test("without a base there is still a tree, and the base is empty", async () => {
  const repo = makeRepository({ "a.ts": "a\n" });
  made.push(repo);
  repo.write("b.ts", "b\n");
  const { diff, tree, base } = await read(repo);
  expect([diff.base.kind, diff.changes, tree.files.length, await base.paths()]).toEqual(["none", [], 2, []]);
  expect(await base.read(["a.ts" as RepoPath])).toEqual([undefined]);
});

test("a repository with sha256 ids works", async () => {
  const repo = repository({ "a.ts": ten, "b.ts": ten }, "--object-format=sha256");
  repo.write("a.ts", `${ten}11\n`);
  repo.git("mv", "b.ts", "c.ts");
  const { diff, tree, base } = await read(repo);
  expect(diff.changes.map(summary)).toEqual(["modified a.ts 11-11 unstaged", "renamed b.ts => c.ts staged"]);
  expect(tree.blobOf("a.ts" as RepoPath)).toBe(repo.git("hash-object", "a.ts"));
  expect(await base.read(["a.ts" as RepoPath])).toEqual([ten]);
});

test("a lock on the index does not matter, and no file below .git is written", async () => {
  const repo = repository({ "a.ts": ten });
  repo.write("a.ts", `${ten}11\n`);
  repo.write(".git/index.lock", "");
  const before = fingerprint(join(repo.root, ".git"));
  expect(await summaries(repo)).toEqual(["modified a.ts 11-11 unstaged"]);
  expect(fingerprint(join(repo.root, ".git"))).toEqual(before);
});

/** Every file below a folder with its time and content. */
function fingerprint(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).mtimeMs} ${readFileSync(file, "base64")}`)
    .toSorted();
}

test("a commit that is made meanwhile is named, rather than an answer of git's that could not be read", async () => {
  const repo = repository({ "a.ts": "1\n" });
  const opened = await openRepository(repo.root);
  repo.git("commit", "--quiet", "--allow-empty", "--message", "chore: nothing");
  const now = (await openRepository(repo.root)).head;
  await expect(readRevision(opened, { requested: null, configured: null })).rejects.toMatchObject({
    code: "git-failed",
    message: `HEAD moved from ${opened.head.slice(0, 12)} to ${now.slice(0, 12)} while assay ran`,
  });
});

/** Reads while the index is given another time, again and again but no more often than that. */
async function readMeanwhile({ root }: TestRepository, times: number): Promise<Revision> {
  const opened = await openRepository(root);
  let left = times;
  const timer = setInterval(() => {
    if (left > 0) utimesSync(join(root, ".git/index"), left, left);
    left -= 1;
  }, 1);
  try {
    return await readRevision(opened, { requested: null, configured: null });
  } finally {
    clearInterval(timer);
  }
}

test("a reading starts again when someone writes the index meanwhile, and gives up when that does not end", async () => {
  const repo = repository({ "a.ts": "1\n" });
  repo.write("b.ts", "2\n");
  const { diff } = await readMeanwhile(repo, 1);
  expect(diff.changes.map(summary)).toEqual(["added b.ts 1-1 untracked"]);
  await expect(readMeanwhile(repo, 1_000_000)).rejects.toMatchObject({
    code: "git-failed",
    message: "the index changed again and again while assay read it",
  });
});

test("where there is no index, nothing is staged and every file is untracked", async () => {
  const repo = repository({ "a.ts": "1\n" });
  repo.delete(".git/index");
  expect(await summaries(repo)).toEqual(["modified a.ts staged+untracked"]);
});
