// Whatever the user's clone, environment and configuration say, assay sees the files that are there.
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { RepoPath } from "../model/paths.ts";
import { openRepository } from "./repository.ts";
import { readRevision, type RevisionOptions } from "./revision.ts";
import { makeRepository, type TestRepository } from "./test-repository.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A repository with the branch `feature` checked out. */
function repository(files: Readonly<Record<string, string | Buffer>>): TestRepository {
  const made = makeRepository(files);
  cleanups.push(() => made.remove());
  made.git("switch", "--quiet", "--create", "feature");
  return made;
}

/** A home folder for the user who runs assay, with this global configuration. */
function home(config: string): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-home-")));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, ".gitconfig"), config);
  vi.stubEnv("HOME", dir);
  vi.stubEnv("XDG_CONFIG_HOME", "");
  return dir;
}

/** `modified a.ts 2-2`, one text for each change. */
async function changes({ root }: TestRepository, options: RevisionOptions = {}): Promise<string[]> {
  const { diff } = await readRevision(await openRepository(root), { requested: null, configured: null }, options);
  return diff.changes.map(({ kind, path, changedLines }) =>
    [kind, path, ...changedLines.map(({ start, end }) => `${start}-${end}`)].join(" "),
  );
}

/** Writes a file long enough before git looks at it that git believes its times. */
function writeAged({ root, write }: TestRepository, path: string, content: string): void {
  write(path, content);
  utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
}

const text = "one\ntwo\nthree\n";
const edited = "one\nTWO\nthree\n";

test("a configuration full of options for people changes nothing", async () => {
  const repo = repository({ "a.ts": text, "ö.ts": text, "src/moved.ts": text });
  home(`
[core]
  quotePath = true
  fsmonitor = /bin/false
  untrackedCache = true
  trustctime = false
  checkStat = minimal
  pager = false
  abbrev = 4
[diff]
  external = /bin/false
  noprefix = true
  mnemonicPrefix = true
  renames = copies
  algorithm = patience
  orderFile = /nonexistent
  ignoreSubmodules = all
  context = 20
  interHunkContext = 20
  relative = true
  wsErrorHighlight = all
[status]
  showUntrackedFiles = no
  relativePaths = true
[color]
  ui = always
[log]
  showSignature = true
[submodule]
  recurse = true
[i18n]
  logOutputEncoding = UTF-16
`);
  repo.write("a.ts", edited);
  repo.write("ö.ts", edited);
  repo.git("mv", "src/moved.ts", "src/there.ts");
  repo.write("new.ts", text);
  expect(await changes(repo)).toEqual([
    "modified a.ts 2-2",
    "added new.ts 1-3",
    "renamed src/there.ts",
    "modified ö.ts 2-2",
  ]);
});

test("variables of the environment change nothing", async () => {
  const repo = repository({ "a.ts": text });
  const other = repository({ "other.ts": text });
  repo.write("a.ts", edited);
  const hostile = {
    GIT_DIR: join(other.root, ".git"),
    GIT_WORK_TREE: other.root,
    GIT_INDEX_FILE: "/nonexistent",
    GIT_OBJECT_DIRECTORY: "/nonexistent",
    GIT_ALTERNATE_OBJECT_DIRECTORIES: "/nonexistent",
    GIT_COMMON_DIR: "/nonexistent",
    GIT_NAMESPACE: "x",
    GIT_EXTERNAL_DIFF: "/bin/false",
    GIT_DIFF_OPTS: "-u20",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.bare",
    GIT_CONFIG_VALUE_0: "true",
    GIT_CONFIG_PARAMETERS: "'core.bare=true'",
    GIT_CEILING_DIRECTORIES: repo.root,
    GIT_LITERAL_PATHSPECS: "1",
    GIT_GLOB_PATHSPECS: "1",
    GIT_PAGER: "false",
    GIT_TRACE: "1",
    GIT_TRACE2_EVENT: "1",
    GIT_DEFAULT_HASH: "sha256",
    GIT_REPLACE_REF_BASE: "refs/heads/",
    LC_ALL: "de_DE.UTF-8",
    LANGUAGE: "de",
  };
  for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value);
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("attributes of the repository and the user do not hide an edit or its lines", async () => {
  const repo = repository({ "a.ts": text, ".gitattributes": "*.ts -diff\n" });
  const dir = home('[core]\n  attributesFile = ~/attributes\n[diff "hidden"]\n  textconv = true\n  command = true\n');
  writeFileSync(join(dir, "attributes"), "*.ts diff=hidden\n");
  repo.write(".git/info/attributes", "*.ts binary diff=hidden\n");
  repo.write("a.ts", edited);
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("a content filter does not hide an edit, staged or not, and is never run", async () => {
  const repo = repository({ "a.ts": text, "b.ts": text, "c.md": text });
  const trace = join(repo.root, ".git/ran");
  const clean = `sh -c 'git show HEAD:%f; date >> ${trace}'`;
  repo.write(".git/info/attributes", "*.ts filter=hide\n");
  for (const command of ["clean", "smudge"]) repo.git("config", `filter.hide.${command}`, clean);
  repo.git("config", "filter.hide.required", "true");
  writeAged(repo, "a.ts", edited);
  repo.git("add", "a.ts");
  repo.write("b.ts", edited);
  expect(repo.git("status", "--porcelain")).toBe("");
  rmSync(trace, { force: true });
  expect(await changes(repo)).toEqual(["modified a.ts 2-2", "modified b.ts 2-2"]);
  expect(existsSync(trace)).toBe(false);
});

test("a filter by versioned attributes and the user's configuration does not hide an edit", async () => {
  const repo = repository({ "a.ts": text, ".gitattributes": "*.ts filter=hide\n" });
  home('[filter "hide"]\n  clean = git show HEAD:%f\n');
  repo.git("config", "filter.hide.clean", "git show HEAD:%f");
  writeAged(repo, "a.ts", edited);
  repo.git("add", "a.ts");
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("an expanded identifier does not hide an edit", async () => {
  const repo = repository({ "a.ts": "// $Id$\n" });
  repo.write(".git/info/attributes", "*.ts ident\n");
  writeAged(repo, "a.ts", "// $Id: \u2028 evil() // $\n");
  repo.git("add", "a.ts");
  expect(repo.git("status", "--porcelain")).toBe("");
  expect(await changes(repo)).toEqual(["modified a.ts 1-1"]);
});

test("an edit that was added through a filter which is gone is found by a thorough reading", async () => {
  const repo = repository({ "a.ts": text, "b.ts": text });
  repo.write(".git/info/attributes", "*.ts filter=hide\n");
  writeAged(repo, "a.ts", edited);
  repo.git("-c", "filter.hide.clean=git show HEAD:%f", "add", "a.ts");
  rmSync(join(repo.root, ".git/info/attributes"));
  expect(await changes(repo)).toEqual([]);
  expect(await changes(repo, { thorough: true })).toEqual(["modified a.ts 2-2"]);
});

test("files under Git LFS are unchanged while the pointer says so", async () => {
  const asset = "a large asset\n";
  const pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:5ba7cd9d1d9b36bd2ed0eb4a6d0a3a6e37b2c7ff4d7e5ea0ba3a0f0d6a1c6f7e\nsize 14\n";
  const right = pointer.replace(/[0-9a-f]{64}/, createHash("sha256").update(asset).digest("hex"));
  const repo = repository({
    "a.json": right,
    "b.bin": right,
    ".gitattributes": "*.json filter=lfs\n*.bin filter=lfs\n",
  });
  repo.git("config", "filter.lfs.clean", "git-lfs clean -- %f");
  repo.git("config", "filter.lfs.process", "git-lfs filter-process");
  repo.write("a.json", asset);
  repo.write("b.bin", asset);
  expect(await changes(repo)).toEqual([]);
  repo.write("a.json", `${asset}more\n`);
  expect(await changes(repo)).toHaveLength(1);
});

test("a file under Git LFS that is too large for the memory is unchanged while the pointer says so", async () => {
  const size = 65 * 1024 * 1024;
  const oid = createHash("sha256").update(Buffer.alloc(size)).digest("hex");
  const repo = repository({
    "a.bin": `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`,
    ".gitattributes": "*.bin filter=lfs\n",
  });
  repo.git("config", "filter.lfs.clean", "git-lfs clean -- %f");
  const file = join(repo.root, "a.bin");
  writeFileSync(file, "");
  truncateSync(file, size);
  expect(await changes(repo)).toEqual([]);
  chmodSync(file, 0o755);
  expect(await changes(repo)).toEqual(["modified a.bin"]);
  chmodSync(file, 0o644);
  truncateSync(file, size + 1);
  expect(await changes(repo)).toEqual(["modified a.bin"]);
});

test("assume-unchanged and skip-worktree do not hide an edit or a deletion", async () => {
  const repo = repository({ "a.ts": text, "b.ts": text, "c.ts": text, "d.ts": text, "same.ts": text });
  repo.git("update-index", "--assume-unchanged", "a.ts", "c.ts", "same.ts");
  repo.git("update-index", "--skip-worktree", "b.ts", "d.ts");
  repo.write("a.ts", edited);
  repo.write("b.ts", edited);
  repo.delete("c.ts");
  expect(repo.git("status", "--porcelain")).toBe("");
  expect(await changes(repo)).toEqual(["modified a.ts 2-2", "modified b.ts 2-2", "deleted c.ts"]);
  repo.delete("d.ts");
  const { diff, tree } = await readRevision(await openRepository(repo.root), { requested: null, configured: null });
  expect(diff.changes).toHaveLength(3);
  expect(tree.files.map(({ path }) => path)).toEqual(["a.ts", "b.ts", "same.ts"]);
});

test("an edit of the same size with its old modification time is seen", async () => {
  const repo = repository({ "a.ts": text });
  const file = join(repo.root, "a.ts");
  const { atime, mtime } = statSync(file);
  repo.git("config", "core.trustctime", "false");
  repo.git("config", "core.checkStat", "minimal");
  writeFileSync(file, edited);
  utimesSync(file, atime, mtime);
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("a file system monitor that reports nothing is not asked", async () => {
  const repo = repository({ "a.ts": text });
  const hook = join(repo.root, ".git/monitor");
  writeFileSync(hook, "#!/bin/sh\nprintf 'token\\0'\n");
  chmodSync(hook, 0o755);
  repo.git("config", "core.fsmonitor", hook);
  repo.git("update-index", "--fsmonitor");
  repo.git("status");
  repo.write("a.ts", edited);
  repo.write("new.ts", text);
  expect(await changes(repo)).toEqual(["modified a.ts 2-2", "added new.ts 1-3"]);
});

test("modes, links and case are compared even where the configuration says that the disk has none", async () => {
  const repo = repository({ "a.sh": text, "b.ts": text });
  const link = join(repo.root, "link.ts");
  symlinkSync("b.ts", link);
  repo.commit();
  repo.git("branch", "--force", "main");
  repo.git("switch", "--quiet", "--create", "next");
  for (const setting of ["core.fileMode", "core.symlinks"]) repo.git("config", setting, "false");
  repo.git("config", "core.ignoreCase", "true");
  chmodSync(join(repo.root, "a.sh"), 0o755);
  repo.write("B.ts", "another file\n");
  rmSync(link);
  repo.write("link.ts", "b.ts");
  expect(repo.git("status", "--porcelain")).toBe("");
  expect(await changes(repo)).toEqual(["added B.ts 1-1", "mode-changed a.sh", "modified link.ts 1-1"]);
});

test("on a disk without modes every file has the mode that the index has", async () => {
  const repo = repository({ "a.sh": text, "b.ts": text });
  chmodSync(join(repo.root, "a.sh"), 0o755);
  repo.commit();
  repo.git("branch", "--force", "main");
  repo.git("switch", "--quiet", "--create", "next");
  repo.git("config", "core.fileMode", "false");
  for (const file of ["b.ts", ".git/HEAD"]) chmodSync(join(repo.root, file), 0o755);
  expect(await changes(repo, { thorough: true })).toEqual([]);
  repo.git("config", "core.fileMode", "true");
  expect(await changes(repo, { thorough: true })).toEqual(["mode-changed b.ts"]);
});

test("a filter on what is no source is git's own business", async () => {
  const repo = repository({ "a.ts": text, ".gitattributes": "*.bin filter=upper\n" });
  repo.git("config", "filter.upper.clean", "tr a-z A-Z");
  writeAged(repo, "b.bin", text);
  repo.commit();
  repo.git("branch", "--force", "main");
  repo.git("switch", "--quiet", "--create", "next");
  expect(await changes(repo)).toEqual([]);
  expect(await changes(repo, { thorough: true })).toEqual(["modified b.bin 1-3"]);
});

test("replaced objects are not read in place of the real ones", async () => {
  const repo = repository({ "a.ts": text });
  repo.write("a.ts", edited);
  repo.commit();
  const base = repo.git("rev-parse", "main:a.ts");
  repo.git("replace", base, repo.git("rev-parse", "HEAD:a.ts"));
  repo.git("replace", repo.git("rev-parse", "main^{tree}"), repo.git("rev-parse", "HEAD^{tree}"));
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("line endings are no change where git normalises them, and are one where it does not", async () => {
  const repo = repository({ "a.ts": text, "b.bat": text, ".gitattributes": "*.ts text\n" });
  const windows = text.replaceAll("\n", "\r\n");
  repo.write("a.ts", windows);
  repo.write("b.bat", windows);
  expect(await changes(repo)).toEqual(["modified b.bat"]);
  repo.git("config", "core.autocrlf", "true");
  expect(await changes(repo)).toEqual([]);
  repo.write("a.ts", edited.replaceAll("\n", "\r\n"));
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("a reading leaves the index as it was, also when files were touched", async () => {
  const repo = repository({ "a.ts": text });
  const index = join(repo.root, ".git/index");
  utimesSync(join(repo.root, "a.ts"), new Date(), new Date(Date.now() + 10_000));
  const before = [readFileSync(index, "base64"), statSync(index).mtimeMs];
  expect(await changes(repo)).toEqual([]);
  expect([readFileSync(index, "base64"), statSync(index).mtimeMs]).toEqual(before);
});

test("a split index and an index without a cached tree are read like any other", async () => {
  const repo = repository({ "a.ts": text, "b.ts": text });
  repo.git("update-index", "--split-index");
  repo.write("a.ts", edited);
  repo.git("add", "a.ts");
  repo.git("update-index", "--index-version", "4");
  expect(await changes(repo)).toEqual(["modified a.ts 2-2"]);
});

test("hiding a submodule's changes by configuration does not hide them", async () => {
  const inner = repository({ "x.ts": text });
  const repo = repository({ "a.ts": text });
  repo.git("submodule", "--quiet", "add", inner.root, "lib");
  repo.git("config", "-f", ".gitmodules", "submodule.lib.ignore", "all");
  repo.git("config", "submodule.lib.ignore", "all");
  repo.commit();
  repo.git("branch", "--force", "main");
  repo.git("switch", "--quiet", "--create", "next");
  expect(await changes(repo)).toEqual([]);
  repo.write("lib/x.ts", edited);
  expect(await changes(repo)).toEqual(["modified lib"]);
  repo.git("update-index", "--assume-unchanged", "lib");
  expect(await changes(repo)).toEqual(["modified lib"]);
  repo.delete("lib");
  expect(await changes(repo)).toEqual(["deleted lib"]);
  for (const flag of ["--no-assume-unchanged", "--skip-worktree"]) repo.git("update-index", flag, "lib");
  expect(await changes(repo)).toEqual([]);
});

test("a submodule that is as the index has it is unchanged to a thorough reading too", async () => {
  const inner = repository({ "x.ts": text });
  const repo = repository({ "a.ts": text });
  repo.git("submodule", "--quiet", "add", inner.root, "lib");
  repo.commit();
  repo.git("branch", "--force", "main");
  repo.git("switch", "--quiet", "--create", "next");
  expect(await changes(repo, { thorough: true })).toEqual([]);
  repo.git("submodule", "--quiet", "deinit", "--force", "lib");
  repo.git("update-index", "--assume-unchanged", "lib");
  expect(await changes(repo)).toEqual([]);
});

test("a path that only looks like an option of git is a path", async () => {
  const repo = repository({ "--help": text, "-z": text });
  repo.write("--help", edited);
  const opened = await openRepository(repo.root);
  const { diff, base } = await readRevision(opened, { requested: "main", configured: null });
  expect(diff.changes.map(({ path }) => path)).toEqual(["--help"]);
  expect(await base.read(["--help", "-z"] as RepoPath[])).toEqual([text, text]);
});
