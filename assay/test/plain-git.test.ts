// What the repositories of these tests are made with, held against git.
import { chmodSync, existsSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitRepository, type TestRepository } from "./repository.ts";

const files = {
  "b.txt": "b\n",
  "a/z.txt": "z\n",
  "a.txt": "a\n",
  "a/deeper/é 𝒳.txt": "",
  "a-b/x": "x",
  "a/deeper/\uffee.txt": "last\n",
};

/** The tree that git makes of what is on disk, in an index of its own. */
function treeOf({ git }: TestRepository): string {
  git("read-tree", "--empty");
  git("add", "-A");
  return git("write-tree");
}

/** HEAD's tree, and what git finds wrong, different or in the way. */
function stateOf({ git }: TestRepository): unknown {
  // It compares what the index says of files with the disk, and reads no file.
  const different = git("diff-files");
  const status = git("status", "--porcelain");
  return { different, status, damage: git("fsck", "--strict", "--no-progress"), tree: git("rev-parse", "HEAD^{tree}") };
}

const clean = (repository: TestRepository): unknown => ({
  different: "",
  status: "",
  damage: "",
  tree: treeOf(repository),
});

test("a commit has what git would have put into it", () => {
  const repository = gitRepository(files, { tools: false });
  expect(isMadeByGit(repository)).toBe(false);
  expect(stateOf(repository)).toEqual(clean(repository));
  expect(repository.git("ls-files", "-z").split("\0").toSorted()).toEqual(
    ["", ".gitignore", ...Object.keys(files)].toSorted(),
  );
  expect(repository.git("log", "--format=%an <%ae>: %B")).toBe("t <t@example.org>: test: the start\n\n");
});

/** git leaves the message of a commit that it makes itself. */
const isMadeByGit = ({ root }: TestRepository): boolean => existsSync(join(root, ".git/COMMIT_EDITMSG"));

test("files that were edited, moved, added and deleted are committed on a new branch", () => {
  const repository = gitRepository(files, { tools: false });
  repository.startBranch("work");
  rmSync(join(repository.root, "a/z.txt"));
  renameSync(join(repository.root, "b.txt"), join(repository.root, "a/b.txt"));
  repository.commit({ "a.txt": "edited\n", "new/x.txt": "x\n" }, "feat: more \n\n\nof it\n");
  expect(isMadeByGit(repository)).toBe(false);
  expect(repository.git("log", "--format=%D: %B")).toBe(
    "HEAD -> work: feat: more\n\nof it\n\nmain: test: the start\n\n",
  );
  const changed = repository.git("diff", "--name-status", "-z", "main", "work").split("\0");
  expect(changed).toEqual(["M", "a.txt", "R100", "b.txt", "a/b.txt", "D", "a/z.txt", "A", "new/x.txt", ""]);
  expect(stateOf(repository)).toEqual(clean(repository));
});

test("what is staged waits for a commit", () => {
  const repository = gitRepository(files, { tools: false });
  repository.write({ "a.txt": "staged\n" });
  repository.stage();
  repository.write({ "b.txt": "edited\n", "new.txt": "new\n" });
  expect(repository.git("status", "--porcelain")).toBe("M  a.txt\n M b.txt\n?? new.txt\n");
});

/** What may mean that git writes something else. */
const leftToGit: Readonly<Record<string, (repository: TestRepository) => void>> = {
  "a symbolic link": ({ root }) => symlinkSync("b.txt", join(root, "link")),
  "a program": ({ root }) => chmodSync(join(root, "b.txt"), 0o755),
  attributes: ({ write }) => write({ "a/.gitattributes": "*.txt eol=lf\n", "a/z.txt": "z\r\n" }),
  "rules that ignore": ({ write }) => write({ "a/.gitignore": "z.txt\n", "a/y.txt": "y\n" }),
  "other rules that ignore": ({ write }) => write({ ".gitignore": "*.log\n", "a.log": "no\n" }),
  "private rules": ({ root, write }) => {
    writeFileSync(join(root, ".git/info/exclude"), "*.log\n");
    write({ "a.log": "no\n", "a.txt": "edited\n" });
  },
  "a hook": ({ root }) => {
    writeFileSync(join(root, ".git/hooks/post-commit"), "#!/bin/sh\ntouch ran\n", { mode: 0o755 });
    writeFileSync(join(root, "a.txt"), "edited\n");
  },
  "a repository inside": ({ git, root }) => {
    git("init", "-q", join(root, "inner"));
    git("-C", "inner", "-c", "user.name=t", "-c", "user.email=t", "commit", "-q", "--allow-empty", "-m", "x");
  },
  "another configuration": ({ git, write }) => {
    git("config", "core.autocrlf", "input");
    write({ "a.txt": "a\r\nb\r\n" });
  },
  "an index that git wrote": ({ git, write }) => {
    git("update-index", "--assume-unchanged", "a.txt");
    write({ "a.txt": "edited\n", "b.txt": "edited\n" });
  },
  "a head on no branch": ({ git, write }) => {
    git("checkout", "-q", "--detach");
    write({ "a.txt": "edited\n" });
  },
  "references in a pack": ({ git, write }) => {
    git("pack-refs", "--all");
    write({ "a.txt": "edited\n" });
  },
};

test.each(Object.entries(leftToGit))("git itself commits beside %s", (_what, make) => {
  const repository = gitRepository(files, { tools: false });
  make(repository);
  repository.commit({});
  expect(isMadeByGit(repository)).toBe(true);
  expect(repository.git("log", "--format=%s")).toBe("test: a commit\ntest: the start\n");
});

test("git refuses to commit nothing", () => {
  const repository = gitRepository(files, { tools: false });
  expect(() => repository.commit({})).toThrow("Command failed: git");
});

test("git starts the branch where there is none to start from, and says when there is one of the name", () => {
  const repository = gitRepository(files, { tools: false });
  expect(() => repository.startBranch("main")).toThrow("already exists");
  repository.git("pack-refs", "--all");
  repository.startBranch("work");
  expect(repository.git("branch", "--list", "--format=%(HEAD)%(refname)")).toBe(" refs/heads/main\n*refs/heads/work\n");
});
