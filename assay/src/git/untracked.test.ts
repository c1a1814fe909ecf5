import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openRepository } from "./repository.ts";
import { readStatus } from "./status.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";
import { chooseUntracked, listVisible, type Untracked } from "./untracked.ts";

const cleanups: (() => void)[] = [];

/** The user's home folder; every test has one of its own. */
let home = "";

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "assay-home-")));
  cleanups.push(() => rmSync(home, { recursive: true, force: true }));
  vi.stubEnv("HOME", home);
  vi.stubEnv("XDG_CONFIG_HOME", join(home, "xdg"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function repository(files: Readonly<Record<string, string>>): TestRepository {
  const made = makeRepository(files);
  cleanups.push(() => made.remove());
  return made;
}

async function untracked({ root }: TestRepository): Promise<Untracked> {
  const repository = await openRepository(root);
  const [status, visible] = await Promise.all([readStatus(repository), listVisible(repository, false)]);
  const { files, nested } = await chooseUntracked(repository, status, visible);
  return { files: files.toSorted(), nested: nested.toSorted() };
}

test("what a versioned .gitignore names is ignored, at any depth, and can be taken back", async () => {
  const repo = repository({ ".gitignore": "dist/\n*.log\n!keep.log\n", "a/.gitignore": "tmp\n" });
  for (const path of ["dist/x.ts", "a/b.log", "keep.log", "a/tmp", "tmp", "new.ts"]) repo.write(path, "");
  expect(await untracked(repo)).toEqual({ files: ["keep.log", "new.ts", "tmp"], nested: [] });
});

test("private ignore rules hide what editors leave, but no sources", async () => {
  const repo = repository({ "a.ts": "a\n", ".gitignore": "dist/\n" });
  repo.write(".git/info/exclude", "src/\n*.swp\nnotes.txt\n.vscode\n");
  repo.git("config", "core.excludesFile", "~/ignore");
  writeFileSync(join(home, "ignore"), "*.json\n*.orig\n");
  for (const path of [
    "src/evil.ts",
    "a.ts.swp",
    "notes.txt",
    "data.json",
    "x.orig",
    ".vscode/settings.json",
    ".vscode/run.js",
    "dist/x.ts",
  ]) {
    repo.write(path, "");
  }
  expect(await untracked(repo)).toEqual({ files: [".vscode/run.js", "data.json", "src/evil.ts"], nested: [] });
});

test("the user's default ignore file is private too", async () => {
  const repo = repository({ "a.ts": "a\n" });
  const other = makeRepository({});
  cleanups.push(() => other.remove());
  repo.write("hidden.ts", "");
  repo.write(".DS_Store", "");
  const { mkdirSync } = await import("node:fs");
  mkdirSync(join(home, "xdg/git"), { recursive: true });
  writeFileSync(join(home, "xdg/git/ignore"), "hidden.ts\n.DS_Store\n");
  expect(await untracked(repo)).toEqual({ files: ["hidden.ts"], nested: [] });
});

test("an untracked .gitignore counts while it shows itself", async () => {
  const repo = repository({ "a.ts": "a\n" });
  for (const path of ["out/x.js", "b.ts"]) repo.write(path, "");
  repo.write(".gitignore", "out\n");
  expect(await untracked(repo)).toEqual({ files: [".gitignore", "b.ts"], nested: [] });
});

test("an untracked .gitignore that hides itself hides no sources", async () => {
  const repo = repository({ ".gitignore": "dist/\n", "src/a.ts": "a\n" });
  repo.write("src/evil/.gitignore", "*\n");
  for (const path of ["src/evil/deep/x.ts", "src/evil/note.txt", "src/evil/dist/y.js", "src/evil/node_modules/p/z.js"])
    repo.write(path, "");
  expect(await untracked(repo)).toEqual({ files: ["src/evil/deep/x.ts", "src/evil/dist/y.js"], nested: [] });
  repo.write("src/evil/.gitignore", ".gitignore\ndeep\n");
  expect(await untracked(repo)).toEqual({ files: ["src/evil/deep/x.ts", "src/evil/note.txt"], nested: [] });
});

test("a .gitignore at the top that hides everything and itself hides no sources", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.write(".gitignore", "*\n");
  for (const path of ["evil.ts", "deep/er/x.ts", "note.txt"]) repo.write(path, "");
  expect(await untracked(repo)).toEqual({ files: ["deep/er/x.ts", "evil.ts"], nested: [] });
});

test("a .gitignore that hides nothing but itself hides nothing", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.write("src/.gitignore", ".gitignore\n");
  repo.write("src/b.ts", "");
  expect(await untracked(repo)).toEqual({ files: ["src/b.ts"], nested: [] });
});

test("what is only called a little like node_modules is listed", async () => {
  const repo = repository({ "a.ts": "a\n" });
  const paths = ["node_modules.ts", "old_node_modules/a.ts", "src/node_modules-list.ts"];
  for (const path of paths) repo.write(path, "");
  expect(await untracked(repo)).toEqual({ files: paths, nested: [] });
});

test("nothing in node_modules is listed, wherever it is and whatever is ignored", async () => {
  const repo = repository({ "a.ts": "a\n" });
  for (const path of ["node_modules/p/index.js", "packages/a/node_modules/q/index.js", "packages/a/index.ts"])
    repo.write(path, "");
  symlinkSync("../node_modules", join(repo.root, "packages/node_modules"));
  expect(await untracked(repo)).toEqual({ files: ["packages/a/index.ts"], nested: [] });
});

test("a repository inside the repository is listed once", async () => {
  const repo = repository({ "a.ts": "a\n" });
  for (const dir of ["nested", "deep/er", "hidden"]) repo.git("init", "--quiet", dir);
  repo.write("nested/x.ts", "");
  repo.write(".git/info/exclude", "hidden\n");
  expect(await untracked(repo)).toEqual({ files: [], nested: ["deep/er", "hidden", "nested"] });
});

test("a folder that only pretends to be a repository is a folder", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.write("fake/.git", "no repository\n");
  repo.write("fake/x.ts", "");
  const { files } = await untracked(repo);
  expect(files).toContain("fake/x.ts");
});

test("a linked worktree inside the repository can be hidden privately", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.git("worktree", "add", "--quiet", ".worktrees/x");
  expect(await untracked(repo)).toEqual({ files: [], nested: [".worktrees/x"] });
  repo.write(".git/info/exclude", ".worktrees\n");
  expect(await untracked(repo)).toEqual({ files: [], nested: [] });
});
