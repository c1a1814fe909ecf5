// When git fails half-way there is an error, never an empty change.
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { RepoPath } from "../model/paths.ts";
import { openRepository } from "./repository.ts";
import { readRevision, type Revision } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function repository(files: Readonly<Record<string, string>>): TestRepository {
  const made = makeRepository(files);
  cleanups.push(() => made.remove());
  made.git("switch", "--quiet", "--create", "feature");
  return made;
}

async function read({ root }: TestRepository, thorough = false): Promise<Revision> {
  return readRevision(await openRepository(root), { requested: null, configured: null }, { thorough });
}

const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();

/** From now on git does something else first for one of its commands. */
function interfere(command: string, script: string): void {
  const bin = realpathSync(mkdtempSync(join(tmpdir(), "assay-bin-")));
  cleanups.push(() => rmSync(bin, { recursive: true, force: true }));
  writeFileSync(join(bin, "git"), `#!/bin/sh\nif [ "$1" = ${command} ]; then ${script}; fi\nexec ${real} "$@"\n`);
  chmodSync(join(bin, "git"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
}

const commands = ["rev-parse", "config", "for-each-ref", "merge-base", "ls-files", "status", "diff-index", "cat-file"];

for (const command of commands) {
  test(`a failing, a killed and a babbling \`git ${command}\` are errors`, async () => {
    const repo = repository({ "a.ts": "a\n" });
    repo.commit("on the branch");
    repo.git("switch", "--quiet", "main");
    repo.commit("on main");
    repo.git("switch", "--quiet", "feature");
    repo.write("a.ts", "A\n");
    expect((await read(repo)).diff.changes).toHaveLength(1);
    const babble = ["echo surprise; exit 0", ...(command === "config" ? [] : ["printf 'surprise\\0'; exit 0"])];
    for (const script of ["exit 3", "kill -9 $$", ...babble]) {
      interfere(command, script);
      const error: unknown = await read(repo).catch((thrown: unknown) => thrown);
      vi.unstubAllEnvs();
      expect(error).toMatchObject({ code: "git-failed", name: "AssayError" });
    }
  });
}

test.each(["x".repeat(40), "0".repeat(39), "0".repeat(41), "0".repeat(65)])(
  "a merge base %s, which is no id, is never believed",
  async (id) => {
    const repo = repository({ "a.ts": "a\n" });
    repo.commit("on the branch");
    repo.git("switch", "--quiet", "main");
    repo.commit("on main");
    repo.git("switch", "--quiet", "feature");
    interfere("merge-base", `echo ${id}; exit 0`);
    await expect(read(repo)).rejects.toMatchObject({ message: "`git merge-base` printed no commit" });
  },
);

test("a clean tree whose files are not listed, or an edit of one that is not, is a contradiction", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  interfere("ls-files", "exit 0");
  await expect(read(repo)).rejects.toMatchObject({ message: containing("ls-files has no files, but HEAD has") });
  repo.write("a.ts", "A\n");
  await expect(read(repo)).rejects.toMatchObject({ message: containing('status speaks of "a.ts"') });
});

test("a commit without files is no contradiction", async () => {
  const repo = makeRepository({});
  cleanups.push(() => repo.remove());
  repo.commit("nothing");
  repo.git("switch", "--quiet", "--create", "feature");
  expect((await read(repo)).diff.changes).toEqual([]);
});

test("a list that was cut short is an error", async () => {
  const repo = repository({ "a.ts": "a\n", "b.ts": "b\n" });
  interfere("ls-files", `${real} "$@" | head -c 70; exit 0`);
  await expect(read(repo)).rejects.toMatchObject({ code: "git-failed" });
});

test("an index that is written meanwhile is read again, five times at most", async () => {
  const repo = repository({ "a.ts": "a\n" });
  const writes = (times: number) =>
    interfere("ls-files", `echo >>.git/reads; [ $(wc -l <.git/reads) -gt ${times} ] || touch .git/index`);
  writes(4);
  expect((await read(repo)).diff.changes).toEqual([]);
  repo.delete(".git/reads");
  writes(5);
  await expect(read(repo)).rejects.toMatchObject({ code: "git-failed", message: containing("again and again") });
});

test("without an index every file has been taken out of it", async () => {
  const repo = repository({ "a.ts": "a\n" });
  repo.delete(".git/index");
  expect((await read(repo)).diff.changes).toMatchObject([{ path: "a.ts", kind: "modified", changedLines: [] }]);
});

test("a file that is too large for the memory is hashed, and all of its lines count", async () => {
  const names = ["big.bin", "big.ts", "edge.ts", "ended.ts"];
  const repo = repository(Object.fromEntries(names.map((name) => [name, "1\n"])));
  for (const name of names) {
    repo.write(name, "1\n2\n");
    truncateSync(join(repo.root, name), (name === "edge.ts" ? 64 : 65) * 1024 * 1024);
  }
  appendFileSync(join(repo.root, "ended.ts"), "xy\n");
  const open = readdirSync("/dev/fd").length;
  const { diff, tree } = await read(repo);
  expect(readdirSync("/dev/fd")).toHaveLength(open);
  expect(diff.changes.map(({ path, binary, changedLines }) => [path, binary, changedLines])).toEqual([
    ["big.bin", true, []],
    ["big.ts", false, [{ start: 1, end: 3 }]],
    ["edge.ts", false, [{ start: 2, end: 3 }]],
    ["ended.ts", false, [{ start: 1, end: 3 }]],
  ]);
  expect(tree.blobOf("big.ts" as RepoPath)).toBe(repo.git("hash-object", "--no-filters", "big.ts"));
  repo.commit();
  repo.git("branch", "--force", "main");
  utimesSync(join(repo.root, "big.ts"), 1_700_000_000, 1_700_000_000);
  expect((await read(repo, true)).diff.changes).toEqual([]);
});

test("what can't be looked at is an error, unless it can't be there", async () => {
  const long = "x".repeat(300);
  const repo = repository({ "in/a.ts": "a\n", "b.ts": "b\n", "dir/c.ts": "c\n" });
  repo.git("update-index", "--add", "--cacheinfo", `100644,${repo.git("rev-parse", "HEAD:b.ts")},${long}`);
  repo.git("update-index", "--assume-unchanged", long, "in/a.ts", "dir/c.ts");
  repo.delete("in");
  repo.write("in", "a file in its place\n");
  expect((await read(repo)).diff.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    "added in",
    "deleted in/a.ts",
    `deleted ${long}`,
  ]);
  repo.delete("dir");
  symlinkSync("dir", join(repo.root, "dir"));
  await expect(read(repo)).rejects.toMatchObject({ code: "git-failed", message: containing("can't be looked at") });
});

test("a damaged index, and a missing or damaged object, are errors and never an empty change", async () => {
  const repo = repository({ "a.ts": "a\n" });
  const blob = repo.git("rev-parse", "main:a.ts");
  repo.write("a.ts", "A\n");
  const object = join(repo.root, ".git/objects", blob.slice(0, 2), blob.slice(2));
  const other = repo.pipe("not it\n", "hash-object", "-w", "--stdin");
  const bytes = readFileSync(object);
  unlinkSync(object);
  await expect(read(repo)).rejects.toMatchObject({
    code: "git-failed",
    message: `the base's object ${blob} is not in the repository`,
    hint: containing("git fsck"),
  });
  writeFileSync(object, readFileSync(join(repo.root, ".git/objects", other.slice(0, 2), other.slice(2))));
  await expect(read(repo)).rejects.toMatchObject({ code: "git-failed" });
  unlinkSync(object);
  writeFileSync(object, bytes);
  expect((await read(repo)).diff.changes).toHaveLength(1);
  writeFileSync(join(repo.root, ".git/index"), "rubbish that is long enough to be an index, but is none at all");
  await expect(read(repo)).rejects.toMatchObject({ code: "git-failed", hint: containing("index") });
});

/** For a text of which a part matters. */
function containing(part: string): unknown {
  return expect.stringContaining(part);
}

for (const command of commands) {
  test(`a \`git ${command}\` whose answer is swallowed loses no change`, async () => {
    const repo = repository({ "a.ts": "a\n", "b.ts": "b\n" });
    repo.write("b.ts", "B\n");
    repo.commit("on the branch");
    repo.git("switch", "--quiet", "main");
    repo.commit("on main");
    repo.git("switch", "--quiet", "feature");
    interfere(command, "exit 0");
    const changed = await read(repo).then(
      ({ diff }) => (diff.base.kind === "none" ? "no base" : diff.changes.map(({ path }) => path).join()),
      (error: unknown) => String(error),
    );
    expect(changed).toMatch(/^(?:b\.ts|no base|AssayError: .*)$/);
  });
}
