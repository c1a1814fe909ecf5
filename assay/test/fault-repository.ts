// Repositories in which something is wrong, and what assay may say of them.
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { keptFolder, keptRepository } from "./kept-repository.ts";
import type { Outcome, TestRepository } from "./repository.ts";

const realGit = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();

/** A `PATH` with a `git` before all others. In its script `$real` is the true one. */
export function pathWithGit(script: string): string {
  const dir = keptFolder();
  writeFileSync(join(dir, "git"), `#!/bin/sh\nreal=${realGit}\n${script}\n`);
  chmodSync(join(dir, "git"), 0o755);
  return `${dir}${delimiter}${process.env["PATH"] ?? ""}`;
}

const honest = "export const one: number = 1;\n";
const silenced = "// @ts-ignore\nexport const one: string = 1;\n";

/**
 * A change with faults that reading alone finds, each where another of git's answers tells of it: committed, staged,
 * unstaged, renamed and untracked. Whatever is green here is wrong.
 */
export function silencedRepository(files: Readonly<Record<string, string>> = {}): TestRepository {
  const names = ["committed", "staged", "unstaged", "renamed"];
  const base = Object.fromEntries(names.map((name) => [`src/${name}.ts`, honest]));
  const repository = keptRepository({ "package.json": '{ "type": "module" }\n', ...base, ...files }, { tools: false });
  repository.git("switch", "-q", "-c", "change");
  repository.git("mv", "src/renamed.ts", "src/moved.ts");
  repository.commit({ "src/committed.ts": silenced, "src/moved.ts": silenced });
  repository.write({ "src/staged.ts": silenced });
  repository.git("add", "-A");
  repository.write({ "src/unstaged.ts": silenced, "src/untracked.ts": silenced });
  return repository;
}

/** The files in which the check must find something. */
export const silencedFiles: readonly string[] = ["committed", "moved", "staged", "unstaged", "untracked"].map(
  (name) => `src/${name}.ts`,
);

/** Red for every fault, or no verdict with a word of what to do. Anything less has lost something. */
export function expectNothingLost({ exitCode, envelope }: Outcome): void {
  const { ok, exit_code, error, next_actions, result } = envelope;
  expect([ok, exit_code]).toEqual([false, exitCode]);
  if (exitCode === 1) {
    const found = result.checks.find(({ id }) => id === "suppression")?.details ?? [];
    const missed = silencedFiles.filter((path) => !found.some((detail) => detail.startsWith(`${path}:`)));
    if (missed.length > 0) throw new Error(`not found: ${missed.join(", ")}`);
    return;
  }
  expect(exitCode).toBe(2);
  expectAdvice(error?.hint ?? next_actions[0]?.command);
}

/** No verdict, and a word of what to do. */
export function expectNoVerdict({ exitCode, envelope }: Outcome): void {
  const { ok, exit_code, error, next_actions } = envelope;
  expect([exitCode, exit_code, ok]).toEqual([2, 2, false]);
  expectAdvice(error?.hint ?? next_actions[0]?.command);
}

function expectAdvice(advice: string | undefined): void {
  expect(advice).toMatch(/\w/);
}
