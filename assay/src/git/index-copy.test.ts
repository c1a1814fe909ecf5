import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { copyIndex } from "./index-copy.ts";
import { openRepository } from "./repository.ts";
import { readRevision, type RevisionOptions } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const files = { "a.ts": "1\n", "b.ts": "1\n" };

function repository(): TestRepository {
  const made = makeRepository(files);
  onTestFinished(() => made.remove());
  return made;
}

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-copies-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The paths that changed since HEAD. */
async function changed({ root }: TestRepository, options: RevisionOptions): Promise<string[]> {
  const { diff } = await readRevision(await openRepository(root), { requested: "HEAD", configured: null }, options);
  return diff.changes.map(({ path }) => path);
}

const noon = 1_700_000_000;

/** As a clone leaves it: files and index are of one second, the index a part of it later. */
function fresh({ root }: TestRepository): void {
  for (const path of Object.keys(files)) utimesSync(join(root, path), noon, noon + 0.1);
  utimesSync(join(root, ".git/index"), noon, noon + 0.7);
}

test("an edit in the second of the index that keeps a file's size is seen, with a new copy and with one that is kept", async () => {
  const repo = repository();
  const copies = folder();
  fresh(repo);
  repo.git("update-index", "--refresh");
  fresh(repo);
  repo.write("a.ts", "2\n");
  utimesSync(join(repo.root, "a.ts"), noon, noon + 0.9);
  expect(await changed(repo, { copies })).toEqual(["a.ts"]);
  expect(await changed(repo, { copies })).toEqual(["a.ts"]);
  repo.write("b.ts", "2\n");
  expect(await changed(repo, { copies })).toEqual(["a.ts", "b.ts"]);
});

test("git writes the copy, so that it need not read the files again, and never the repository's own index", async () => {
  const repo = repository();
  const copies = folder();
  fresh(repo);
  const index = join(repo.root, ".git/index");
  const before = [readFileSync(index), statSync(index).mtimeMs];
  await changed(repo, { copies });
  const [name = ""] = readdirSync(copies);
  const written = statSync(join(copies, name));
  expect(written.mtimeMs).toBeGreaterThan(statSync(index).mtimeMs + 1000);
  await changed(repo, { copies });
  expect([readdirSync(copies), statSync(join(copies, name)).ino]).toEqual([[name], written.ino]);
  expect([readFileSync(index), statSync(index).mtimeMs]).toEqual(before);
});

test("a new index has a new copy, in the place of the former", async () => {
  const repo = repository();
  const copies = folder();
  await changed(repo, { copies });
  const former = readdirSync(copies);
  mkdirSync(join(copies, "a folder", "of somebody"), { recursive: true });
  repo.write("c.ts", "1\n");
  repo.git("add", "c.ts");
  expect(await changed(repo, { copies })).toEqual(["c.ts"]);
  const present = readdirSync(copies);
  expect([former.length, present.length, present.includes(former[0] ?? "")]).toEqual([1, 1, false]);
});

test("what a copy hides is seen by whoever believes no index", async () => {
  const repo = repository();
  const copies = folder();
  await changed(repo, { copies });
  repo.write("a.ts", "2\n");
  const [copy = ""] = readdirSync(copies).map((name) => join(copies, name));
  execFileSync("git", ["update-index", "--assume-unchanged", "a.ts"], {
    cwd: repo.root,
    env: { ...process.env, GIT_INDEX_FILE: copy },
  });
  expect(await changed(repo, { copies })).toEqual([]);
  expect(await changed(repo, { copies, thorough: true })).toEqual(["a.ts"]);
});

test("a damaged copy is thrown away, and one that is removed while git reads it is not an empty index", async () => {
  const repo = repository();
  const copies = folder();
  repo.write("a.ts", "2\n");
  await changed(repo, { copies });
  const [name = ""] = readdirSync(copies);
  writeFileSync(join(copies, name), "no index at all, and longer than the head of one");
  expect([await changed(repo, { copies }), readdirSync(copies)]).toEqual([["a.ts"], []]);
  gitRemovesItsIndex();
  expect([await changed(repo, { copies }), readdirSync(copies)]).toEqual([["a.ts"], []]);
});

/** Until the test ends git finds no index where it is told that one is. */
function gitRemovesItsIndex(): void {
  const bin = folder();
  const path = process.env["PATH"] ?? "";
  writeFileSync(
    join(bin, "git"),
    `#!/bin/sh\n[ -z "$GIT_INDEX_FILE" ] || rm -f "$GIT_INDEX_FILE"\nPATH='${path}' exec git "$@"\n`,
  );
  chmodSync(join(bin, "git"), 0o755);
  vi.stubEnv("PATH", `${bin}:${path}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("without a place for a copy the index itself is read", async () => {
  const repo = repository();
  const copies = join(folder(), "file");
  writeFileSync(copies, "");
  repo.write("a.ts", "2\n");
  expect(await changed(repo, { copies })).toEqual(["a.ts"]);
});

test("a split index is copied as a whole, and no part of it is written into the repository", async () => {
  const repo = repository();
  repo.git("update-index", "--split-index");
  fresh(repo);
  const copies = folder();
  const shared = () => readdirSync(join(repo.root, ".git")).filter((name) => name.startsWith("sharedindex."));
  const before = shared();
  repo.write("a.ts", "2\n");
  expect(await changed(repo, { copies })).toEqual(["a.ts"]);
  expect(await changed(repo, { copies })).toEqual(["a.ts"]);
  expect([before.length, shared()]).toEqual([1, before]);
});

test.each([".gitmodules", ".git/modules/a"])("git may not write the indexes of submodules: %s", async (path) => {
  const repo = repository();
  const copies = folder();
  repo.write(path, "");
  const opened = await openRepository(repo.root);
  expect([copyIndex(opened, copies), existsSync(join(opened.commonDir, "index"))]).toEqual([null, true]);
});
