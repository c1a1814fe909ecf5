// The kinds of checkout there are: worktrees, submodules, sparse, shallow and partial clones.
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { RepoPath } from "../model/paths.ts";
import { openRepository } from "./repository.ts";
import { readRevision, type Revision } from "./revision.ts";
import { makeRepository, repositoryAt, type TestRepository } from "./test-repository.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function repository(files: Readonly<Record<string, string>>): TestRepository {
  const made = makeRepository(files);
  cleanups.push(() => made.remove());
  return made;
}

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-clone-")));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function clone(source: TestRepository, ...options: string[]): TestRepository {
  const dir = folder();
  source.git("clone", "--quiet", ...options, `file://${source.root}`, dir);
  return repositoryAt(dir);
}

async function read({ root }: TestRepository, requested: string | null = null): Promise<Revision> {
  return readRevision(await openRepository(root), { requested, configured: null });
}

function paths({ diff }: Revision): string[] {
  return diff.changes.map(({ kind, path }) => `${kind} ${path}`);
}

test("a linked worktree has changes of its own", async () => {
  const main = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  const dir = join(folder(), "linked");
  main.git("worktree", "add", "--quiet", "-b", "feature", dir);
  main.write("a.ts", "A\n");
  const linked = repositoryAt(dir);
  linked.write("b.ts", "B\n");
  expect(paths(await read(linked))).toEqual(["modified b.ts"]);
});

test("a detached HEAD is judged like a branch", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.git("checkout", "--quiet", "--detach");
  repo.write("b.ts", "b\n");
  repo.commit();
  expect(paths(await read(repo))).toEqual(["added b.ts"]);
});

test("a shallow clone that has the base is enough", async () => {
  const source = repository({ "a.ts": "a\n" });
  source.commit("second");
  const made = clone(source, "--depth=1");
  made.git("switch", "--quiet", "--create", "feature");
  made.write("a.ts", "A\n");
  const revision = await read(made);
  expect([paths(revision), await revision.base.read(["a.ts" as RepoPath])]).toEqual([["modified a.ts"], ["a\n"]]);
});

test("in a sparse checkout the files that are left out are unchanged and not in the tree", async () => {
  const repo = repository({ "in/a.ts": "a\n", "out/b.ts": "b\n", "out/c.ts": "c\n", "root.ts": "r\n" });
  repo.git("switch", "--quiet", "--create", "feature");
  for (const options of [["--no-sparse-index"], ["--sparse-index"]]) {
    repo.git("sparse-checkout", "set", "--cone", ...options, "in");
    const { diff, tree, base } = await read(repo);
    expect([diff.changes, tree.files.map(({ path }) => path)]).toEqual([[], ["in/a.ts", "root.ts"]]);
    expect(await base.paths()).toEqual(["in/a.ts", "out/b.ts", "out/c.ts", "root.ts"]);
    expect(await base.read(["out/b.ts" as RepoPath])).toEqual(["b\n"]);
  }
  repo.write("out/b.ts", "an edit outside of the checkout\n");
  repo.write("out/c.ts", "c\n");
  expect(paths(await read(repo))).toEqual(["modified out/b.ts"]);
});

test("a partial clone fetches what the base needs", async () => {
  const source = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  source.git("config", "uploadpack.allowFilter", "true");
  source.git("config", "uploadpack.allowAnySHA1InWant", "true");
  source.write("a.ts", "A\n");
  source.commit();
  const made = clone(source, "--filter=blob:none");
  made.git("switch", "--quiet", "--create", "feature");
  const { diff, base } = await read(made, "HEAD~1");
  expect(diff.changes.map(({ path, changedLines }) => [path, changedLines])).toEqual([
    ["a.ts", [{ start: 1, end: 1 }]],
  ]);
  expect(await base.read(["a.ts", "b.ts"] as RepoPath[])).toEqual(["a\n", "b\n"]);
});

test("objects that are borrowed from another repository are read", async () => {
  const source = repository({ "a.ts": "a\n" });
  const dir = folder();
  source.git("clone", "--quiet", "--shared", source.root, dir);
  const made = repositoryAt(dir);
  made.write("a.ts", "A\n");
  expect(paths(await read(made))).toEqual(["modified a.ts"]);
});

test("a submodule is one change when its commit, its files or its presence changes", async () => {
  const inner = repository({ "x.ts": "x\n" });
  const outer = repository({ "a.ts": "a\n" });
  outer.git("submodule", "--quiet", "add", inner.root, "lib");
  outer.commit();
  outer.git("switch", "--quiet", "--create", "feature");
  const clean = await read(outer);
  expect(clean.diff.changes).toEqual([]);
  expect(clean.tree.files.find(({ path }) => path === "lib")).toEqual({ path: "lib", blob: null, symlink: false });
  const lib = repositoryAt(join(outer.root, "lib"));
  lib.write("x.ts", "X\n");
  expect((await read(outer)).diff.changes).toMatchObject([
    { path: "lib", kind: "modified", submodule: true, changedLines: [], baseBlob: null },
  ]);
  lib.commit();
  outer.git("add", "lib");
  expect((await read(outer)).diff.changes.map(({ stages }) => Array.from(stages))).toEqual([["staged"]]);
  outer.commit();
  expect((await read(outer)).diff.changes.map(({ stages }) => Array.from(stages))).toEqual([["committed"]]);
  outer.git("rm", "--quiet", "--force", "lib");
  expect(paths(await read(outer))).toEqual(["modified .gitmodules", "deleted lib"]);
});

test("a submodule that was never checked out is unchanged", async () => {
  const inner = repository({ "x.ts": "x\n" });
  const outer = repository({ "a.ts": "a\n" });
  outer.git("submodule", "--quiet", "add", inner.root, "lib");
  outer.commit();
  const made = clone(outer);
  expect((await read(made)).diff.changes).toEqual([]);
});

test("a submodule is a repository of its own from within", async () => {
  const inner = repository({ "x.ts": "x\n" });
  const outer = repository({ "a.ts": "a\n" });
  outer.git("submodule", "--quiet", "add", inner.root, "lib");
  const lib = repositoryAt(join(outer.root, "lib"));
  lib.write("y.ts", "y\n");
  const opened = await openRepository(join(outer.root, "lib"));
  expect(opened).toMatchObject({ root: join(outer.root, "lib"), gitDir: join(outer.root, ".git/modules/lib") });
  expect(paths(await read(lib))).toEqual(["added y.ts"]);
});

test("a repository whose .git folder lies elsewhere works", async () => {
  const gitDir = join(folder(), "store");
  const made = makeRepository({ "a.ts": "a\n" }, `--separate-git-dir=${gitDir}`);
  cleanups.push(() => made.remove());
  made.git("switch", "--quiet", "--create", "feature");
  made.write("a.ts", "A\n");
  expect(paths(await read(made))).toEqual(["modified a.ts"]);
});

test("a tree that can't be written is read all the same", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.git("switch", "--quiet", "--create", "feature");
  writeFileSync(join(repo.root, "a.ts"), "A\n");
  const dirs = [join(repo.root, ".git"), repo.root];
  for (const dir of dirs) chmodSync(dir, 0o555);
  try {
    expect(paths(await read(repo))).toEqual(["modified a.ts"]);
  } finally {
    for (const dir of dirs) chmodSync(dir, 0o755);
  }
});
