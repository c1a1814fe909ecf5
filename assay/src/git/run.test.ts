import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { AssayError } from "../model/errors.ts";
import { git, gitFailed, type Place } from "./run.ts";

const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A folder in which git is this script. */
function place(script: string, mode = 0o755): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "assay-bin-")));
  cleanups.push(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, "git"), mode);
  vi.stubEnv("PATH", mode === 0o755 ? `${root}:${process.env["PATH"]}` : root);
  return { root, overrides: [] };
}

async function failure(running: Promise<unknown>): Promise<AssayError> {
  const error: unknown = await running.catch((thrown: unknown) => thrown);
  if (error instanceof AssayError) return error;
  throw new Error("git was believed");
}

test("what git prints is handed on, with the exit codes that are an answer", async () => {
  const at = place('cat; echo "$@" >&2; exit 7');
  expect(await git(at, ["show", "x"], { stdin: Buffer.from("in\0put"), answers: [1, 7] })).toEqual({
    exitCode: 7,
    stdout: Buffer.from("in\0put"),
    stderr: "show x\n",
  });
  expect((await failure(git(at, ["show", "x"], { answers: [1] }))).message).toBe(
    "`git show` ended with exit code 7: show x",
  );
});

test("a git that ends before it has read everything is judged by its exit code", async () => {
  const at = place("exit 3");
  for (let round = 0; round < 5; round += 1) {
    const error = await failure(git(at, ["cat-file"], { stdin: Buffer.alloc(4 * 1024 * 1024) }));
    expect(error.message).toBe("`git cat-file` ended with exit code 3");
  }
});

test("a git that never ends is ended, and no timer outlives one that does", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const endless = git(place("exec sleep 1000"), ["status"]);
  const ended = failure(endless);
  vi.advanceTimersByTime(119_000);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(await ended).toMatchObject({ code: "git-failed", message: "`git status` was ended by SIGKILL" });
  await git(place("exit 0"), ["status"]);
  await failure(git(place("exit 0", 0o644), ["status"]));
  expect(vi.getTimerCount()).toBe(0);
});

test("a git that can't be started is told from one that is not there", async () => {
  const error = await failure(git(place("exit 0", 0o644), ["status"]));
  expect([error.code, error.message]).toEqual([
    "git-failed",
    expect.stringMatching(/^git could not be started: .*EACCES/),
  ]);
  vi.stubEnv("PATH", "/nonexistent");
  expect(await failure(git({ root: "/", overrides: [] }, ["status"]))).toMatchObject({ code: "tool-missing" });
});

const safe = "git config --global --add safe.directory /w";
const rebuild = 'the index is damaged; rebuild it: rm "$(git rev-parse --git-path index)" && git reset';

test.each([
  ["", "", 'git -C "/w" status'],
  ["warning: one\nfatal: two\nmore\n", ": fatal: two", 'git -C "/w" status'],
  ["warning: one\nerror: two\n", ": error: two", 'git -C "/w" status'],
  ["one\nwhat is a fatal: thing\n", ": one", 'git -C "/w" status'],
  ["\nwhat is a fatal: thing\nmore\n", ": what is a fatal: thing", 'git -C "/w" status'],
  [`fatal: dubious ownership\nCall:\n\n\t${safe}\n\nor not`, ": fatal: dubious ownership", safe],
  [`fatal: say ${safe}`, `: fatal: say ${safe}`, 'git -C "/w" status'],
  ["fatal: Index file corrupt", ": fatal: Index file corrupt", rebuild],
  ["error: bad signature 0x1", ": error: bad signature 0x1", rebuild],
  ["fatal: unknown bad index", ": fatal: unknown bad index", rebuild],
  ["fatal: Cache Entry out of order", ": fatal: Cache Entry out of order", rebuild],
  ["fatal: bad object x", ": fatal: bad object x", "git fsck --full"],
  ["fatal: unable to read Tree x", ": fatal: unable to read Tree x", "git fsck --full"],
  ["fatal: bad pack", ": fatal: bad pack", "git fsck --full"],
])("what git says in %j is its reason %j and the hint %j", (stderr, reason, hint) => {
  const error = gitFailed({ root: "/w", overrides: [] }, ["ls-tree"], {
    exitCode: 128,
    stdout: Buffer.from(""),
    stderr,
  });
  expect([error.code, error.message, error.hint]).toEqual([
    "git-failed",
    `\`git ls-tree\` ended with exit code 128${reason}`,
    hint,
  ]);
});
