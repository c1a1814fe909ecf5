// A pass is replayed only where nothing that it depended on is different.
import { appendFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keptRepository } from "./kept-repository.ts";
import { assay, assayWith, smallPackage, type TestRepository } from "./repository.ts";
import { install, openNursery } from "./truth-workspace.ts";

const nursery = openNursery();
afterAll(() => nursery.remove(), 60_000);

async function isReplayed(
  repository: Pick<TestRepository, "root">,
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const { envelope } = await assayWith(repository, { env }, "loop", "--base", "main", "--only", "tests");
  return envelope.result.checks.some((check) => check.cached);
}

function changed(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = keptRepository({ ...smallPackage, ".gitignore": "node_modules\ndist\nreal\n", ...files });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  return repository;
}

test.concurrent("what is unchanged is replayed; another value of a variable is a change", async () => {
  const repository = changed();
  expect(await isReplayed(repository)).toBe(false);
  expect(await isReplayed(repository)).toBe(true);
  expect(await isReplayed(repository, { FEATURE: "on" })).toBe(false);
});

test.concurrent("a build that git ignores and a package's users run is an input", async () => {
  const repository = changed();
  mkdirSync(join(repository.root, "dist"));
  writeFileSync(join(repository.root, "dist/index.js"), "export const a = 1;\n");
  expect([await isReplayed(repository), await isReplayed(repository)]).toEqual([false, true]);
  writeFileSync(join(repository.root, "dist/index.js"), "export const a = 2;\n");
  expect(await isReplayed(repository)).toBe(false);
});

test.concurrent("what a link out of the repository leads to is an input", async () => {
  const outside = nursery.free();
  writeFileSync(outside, "1");
  const repository = changed();
  symlinkSync(outside, join(repository.root, "src/data.txt"));
  expect([await isReplayed(repository), await isReplayed(repository)]).toEqual([false, true]);
  appendFileSync(outside, "2");
  expect(await isReplayed(repository)).toBe(false);
});

test.concurrent("times do not matter, neither a file's nor an entry's", async () => {
  const repository = changed();
  expect(await isReplayed(repository)).toBe(false);
  utimesSync(join(repository.root, "src/sum.ts"), new Date(0), new Date(0));
  utimesSync(join(repository.root, ".git/assay/outcomes"), new Date(4e12), new Date(4e12));
  expect(await isReplayed(repository)).toBe(true);
  // The same size and an old time: git's index alone would not notice.
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b").concat("\n") ?? "" });
  utimesSync(join(repository.root, "src/sum.ts"), new Date(0), new Date(0));
  expect((await assay(repository, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(1);
});

test.concurrent("a package that sees another through a link alone runs again when that one changes", async () => {
  const checkout = nursery.copy();
  install(checkout.root);
  rmSync(join(checkout.root, "packages/core/src/index.test.ts"));
  checkout.write({ "packages/core/src/value.ts": "export function core(): number {\n  return 2 - 1;\n}\n" });
  expect((await assay(checkout, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(0);
  checkout.write({ "packages/core/src/value.ts": "export function core(): number {\n  return 2;\n}\n" });
  const { exitCode, stdout } = await assay(checkout, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("packages/linker/src/index.test.ts")]);
});

test.concurrent("a worktree replays what another one passed, and nothing that it did not", async () => {
  const checkout = nursery.copy();
  install(checkout.root);
  checkout.write({ "packages/lone/src/Lone.ts": "export const lone = (): number => 2 + 3;\n" });
  checkout.commit();
  expect([await isReplayed(checkout), await isReplayed(checkout)]).toEqual([false, true]);
  const root = nursery.free();
  checkout.git("worktree", "add", "-q", "-b", "linked", root, "work");
  install(root);
  expect(await isReplayed({ root })).toBe(true);
  writeFileSync(join(root, "packages/lone/src/Lone.ts"), "export const lone = (): number => 2;\n");
  expect((await assay({ root }, "loop", "--base", "main", "--only", "tests")).exitCode).toBe(1);
});
