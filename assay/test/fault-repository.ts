// Repositories in which something is wrong, and what assay may say of them.
import { execFileSync } from "node:child_process";
import { chmodSync, renameSync, writeFileSync } from "node:fs";
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
  repository.startBranch("change");
  renameSync(join(repository.root, "src/renamed.ts"), join(repository.root, "src/moved.ts"));
  repository.commit({ "src/committed.ts": silenced, "src/moved.ts": silenced });
  repository.write({ "src/staged.ts": silenced });
  repository.stage();
  repository.write({ "src/unstaged.ts": silenced, "src/untracked.ts": silenced });
  return repository;
}

/** The files in which the check must find something. */
export const silencedFiles: readonly string[] = ["committed", "moved", "staged", "unstaged", "untracked"].map(
  (name) => `src/${name}.ts`,
);

/** What is green that must not be: an answer is red for every fault, or no verdict and a word of what to do. */
export function lostIn(outcome: Outcome): readonly string[] {
  const { exitCode, envelope } = outcome;
  if (exitCode !== 1) return isEqual(verdictOf(outcome), 2) ? [] : ["all"];
  const found = envelope.result.checks.find(({ id }) => id === "suppression")?.details ?? [];
  const missed = silencedFiles.filter((path) => !found.some((detail) => detail.startsWith(`${path}:`)));
  return isEqual(verdictOf(outcome), 1) ? missed : ["the step"];
}

interface Verdict {
  readonly exitCode: number | null;
  readonly ok: boolean;
  readonly exit_code: number;
  readonly step: string | undefined;
}

/** What matters of an outcome. */
export function verdictOf({ exitCode, envelope }: Outcome): Verdict {
  const { ok, exit_code, error, next_actions } = envelope;
  return { exitCode, ok, exit_code, step: error?.hint ?? next_actions[0]?.command };
}

function isEqual({ exitCode, ok, exit_code, step }: Verdict, wanted: number): boolean {
  return exitCode === wanted && exit_code === wanted && !ok && /\w/.test(step ?? "");
}

/** What an outcome without a verdict looks like: one envelope, which names a next step. */
export const noVerdict = { exitCode: 2, ok: false, exit_code: 2, step: expect.stringMatching(/\w/) as string };
