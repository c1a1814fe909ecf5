// What the last run found out, told again as long as everything that it depended on is the same. No check, no tool and
// no parser is loaded for it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readEntry, writeEntry } from "../engine/entry-file.ts";
import type { KeyOf } from "../engine/replay-key.ts";
import type { CommandName } from "../model/check.ts";
import type { CheckResult } from "../model/finding.ts";
import { rootDir, type RepoPath } from "../model/paths.ts";
import type { Invocation } from "./command.ts";
import type { Situation } from "./situation.ts";
import { stateDir } from "./state-dir.ts";

/** What a run has found out, of all its checks. */
export interface FoundOut {
  readonly results: readonly CheckResult[];
  /** The files that the change can reach, the nearest first. */
  readonly reached: readonly RepoPath[];
}

/** What is asked, of which state of the repository. */
export interface Question {
  readonly command: CommandName;
  readonly invocation: Invocation;
  readonly situation: Situation;
}

/**
 * What was found out when the same was asked last, if nothing but the same can be found out now: the base, the commit
 * that is checked out, and the whole ground of `replayKeys` are as they were.
 */
export function recall(question: Question, keyOf: KeyOf): FoundOut | null {
  const file = fileOf(question);
  // Without an answer, making the key would be for nothing.
  const key = existsSync(file) ? keyOfAnswer(question, keyOf) : null;
  if (key === null) return null;
  // Written by us: the entry vouches for itself.
  const found = readEntry(file, key)?.value as FoundOut | undefined;
  return found === undefined ? null : { ...found, results: found.results.map(replayed) };
}

/** Takes the place of the last answer, if another run would find the same and `keyNow`, of the files as they are by now, says that nothing has changed. */
export function remember(question: Question, found: FoundOut, keyOf: KeyOf, keyNow: KeyOf): void {
  if (!found.results.every(({ lasting }) => lasting)) return;
  const key = keyOfAnswer(question, keyOf);
  if (key === null || keyOfAnswer(question, keyNow) !== key) return;
  try {
    writeEntry(fileOf(question), key, found);
  } catch {
    // The next run finds it out again.
  }
}

function replayed(result: CheckResult): CheckResult {
  return { ...result, durationMs: 0, cached: result.status !== "skipped" };
}

function fileOf({ situation }: Question): string {
  return join(stateDir(situation.repository), "answer");
}

/** The whole run as one task, which may read every file. */
function keyOfAnswer({ command, invocation, situation }: Question, keyOf: KeyOf): string | null {
  const { repository, diff, listed } = situation;
  const { only, except, files, budgetSeconds } = invocation;
  const asked = JSON.stringify([only, except, files, budgetSeconds, listed]);
  // Guards read what the commits since the base say.
  const facts = [JSON.stringify(diff.base), repository.head, asked];
  return keyOf("answer", { label: command, replay: { facts, inputs: { kind: "dirs", dirs: [rootDir] } } });
}
