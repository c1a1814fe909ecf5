import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { AssayError } from "../model/errors.ts";
import { openRepository } from "./repository.ts";
import { makeRepository, repositoryAt, type TestRepository } from "./test-repository.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function repository(files: Readonly<Record<string, string>> = { "a.ts": "a\n" }, ...options: string[]): TestRepository {
  const made = makeRepository(files, ...options);
  cleanups.push(() => made.remove());
  return made;
}

function folder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "assay-dir-")));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function refusal(dir: string): Promise<AssayError> {
  const error: unknown = await openRepository(dir).catch((thrown: unknown) => thrown);
  if (error instanceof AssayError) return error;
  throw new Error("the repository was opened");
}

test("a repository is found from a folder below it and through a symbolic link", async () => {
  const { root, git } = repository({ "packages/a/index.ts": "a\n" });
  const link = join(folder(), "link");
  symlinkSync(root, link);
  const opened = await openRepository(join(link, "packages/a"));
  expect(opened).toMatchObject({
    root,
    gitDir: join(root, ".git"),
    commonDir: join(root, ".git"),
    branch: "main",
    shallow: false,
  });
  expect(opened.head).toBe(git("rev-parse", "HEAD"));
});

test("a detached HEAD has no branch, and a branch may have slashes", async () => {
  const { root, git } = repository();
  git("switch", "--quiet", "--create", "feature/x");
  expect((await openRepository(root)).branch).toBe("feature/x");
  git("checkout", "--quiet", "--detach");
  expect((await openRepository(root)).branch).toBeNull();
});

test("files and branches named HEAD confuse nobody", async () => {
  const { root, git } = repository({ HEAD: "a file\n" });
  git("branch", "topic");
  git("update-ref", "refs/heads/HEAD", "HEAD");
  expect((await openRepository(root)).branch).toBe("main");
});

test("a linked worktree shares its common folder", async () => {
  const { root, git } = repository();
  const linked = join(folder(), "linked");
  git("worktree", "add", "--quiet", linked);
  expect(await openRepository(linked)).toMatchObject({ root: linked, commonDir: join(root, ".git"), branch: "linked" });
});

test("longer ids are read as those of their own format", async () => {
  const { root, git } = repository({ "a.ts": "a\n" }, "--object-format=sha256");
  expect(await openRepository(root)).toMatchObject({ head: git("rev-parse", "HEAD"), objectFormat: "sha256" });
});

test("what is no repository with a commit is refused with the next step", async () => {
  const outside = folder();
  expect(await refusal(outside)).toMatchObject({ code: "not-a-repository", hint: containing("git init") });
  const empty = repository({});
  expect(await refusal(empty.root)).toMatchObject({
    code: "not-a-repository",
    message: containing("no commits yet"),
  });
  const bare = repository({}, "--bare");
  expect(await refusal(bare.root)).toMatchObject({
    code: "not-a-repository",
    message: containing("bare"),
  });
  const inside = repository();
  expect(await refusal(join(inside.root, ".git"))).toMatchObject({
    code: "not-a-repository",
    message: containing(".git"),
  });
});

test("a folder that is not there is not mistaken for a missing git", async () => {
  const dir = folder();
  writeFileSync(join(dir, "file"), "");
  expect(await refusal(join(dir, "nowhere"))).toMatchObject({
    code: "usage",
    message: containing("does not exist"),
  });
  expect(await refusal(join(dir, "file"))).toMatchObject({
    code: "usage",
    message: containing("not a folder"),
  });
});

test("without git there is a hint to install it", async () => {
  const { root } = repository();
  vi.stubEnv("PATH", "/nonexistent");
  expect(await refusal(root)).toMatchObject({ code: "tool-missing", hint: containing("install git") });
});

/** Puts a program named git first on the PATH. */
function fakeGit(script: string): void {
  const bin = folder();
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "git"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env["PATH"]}`);
}

test("a git that prints nonsense, is killed or fails is never believed", async () => {
  const { root } = repository();
  fakeGit('[ "$1" = config ] || echo surprise');
  expect(await refusal(root)).toMatchObject({ code: "git-failed", hint: containing("2.31") });
  fakeGit("kill -9 $$");
  expect(await refusal(root)).toMatchObject({ code: "git-failed", message: containing("SIGKILL") });
  fakeGit("echo 'fatal: something else' >&2; exit 3");
  expect(await refusal(root)).toMatchObject({
    code: "git-failed",
    message: containing("exit code 3: fatal: something else"),
  });
});

test.each([
  ["a bare repository", "1s/.*/true/"],
  ["no work tree", "2s/.*/false/"],
  ["an unknown format of ids", "4s/.*/md5/"],
  ["a short id", "8s/.$//"],
  ["a long id", "8s/$/0/"],
  ["an id behind something", "8s/^/0/"],
  ["a line more", "$a\\more"],
  ["an empty line more", "$G"],
  ["a line less", "$d"],
])("a description of the repository with %s is never believed", async (_, edit) => {
  const { root } = repository();
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  fakeGit(`if [ "$1" = rev-parse ]; then ${real} "$@" | sed '${edit}'; else ${real} "$@"; fi`);
  expect(await refusal(root)).toMatchObject({ code: "git-failed", hint: containing("2.31") });
});

test("a configuration that git can't read is an error, unless there is no repository that it could be of", async () => {
  const { root } = repository();
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  fakeGit(`[ "$1" != config ] || exit 128; exec ${real} "$@"`);
  expect(await refusal(root)).toMatchObject({ code: "git-failed", message: "`git config` ended with exit code 128" });
  fakeGit(`[ "$1" = config ] || sleep 0.3; echo "fatal: not a git repository" >&2; exit 128`);
  expect(await refusal(root)).toMatchObject({ code: "not-a-repository" });
});

test("git's own advice on a folder of another owner is handed on", async () => {
  const { root } = repository();
  const advice = "git config --global --add safe.directory /w";
  fakeGit(
    `printf "fatal: detected dubious ownership in repository at '/w'\\nTo add an exception, call:\\n\\n\\t${advice}\\n" >&2; exit 128`,
  );
  expect(await refusal(root)).toMatchObject({ code: "git-failed", hint: advice });
});

test("the environment's idea of the repository is not asked", async () => {
  const { root } = repository();
  const other = repository();
  vi.stubEnv("GIT_DIR", join(other.root, ".git"));
  vi.stubEnv("GIT_WORK_TREE", other.root);
  expect((await openRepository(root)).root).toBe(root);
});

test("core.worktree can not point at a cleaner copy", async () => {
  const { root, git } = repository();
  const copy = folder();
  git("config", "core.worktree", copy);
  expect(["git-failed", "not-a-repository"]).toContain((await refusal(root)).code);
  git("config", "core.worktree", join(root, ".."));
  expect(await refusal(root)).toMatchObject({ code: "git-failed", hint: "git config --unset core.worktree" });
});

test("core.worktree can not point at the files of another repository, or of one that is gone", async () => {
  const { root, git } = repository();
  const around = folder();
  const inside = join(around, "inside");
  git("clone", "--quiet", root, inside);
  repositoryAt(inside).git("config", "core.worktree", around);
  for (const target of [join(root, ".git"), "/nowhere"]) {
    writeFileSync(join(around, ".git"), `gitdir: ${target}\n`);
    expect(await refusal(inside)).toMatchObject({ hint: "git config --unset core.worktree" });
  }
});

test("a damaged configuration is an error", async () => {
  const { root } = repository();
  writeFileSync(join(root, ".git/config"), "[core\n");
  expect((await refusal(root)).code).toBe("git-failed");
});

/** For a text of which a part matters. */
function containing(part: string): unknown {
  return expect.stringContaining(part);
}
