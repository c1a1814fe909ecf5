import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KeyOf } from "../engine/replay-key.ts";
import { repoPath } from "../model/paths.ts";
import { result } from "../report/test-run.ts";
import type { Invocation } from "./command.ts";
import { recall, remember, type FoundOut, type Question } from "./last-answer.ts";
import { readSituation } from "./situation.ts";
import { invocation } from "./testing/invocation.ts";
import { repositoryOf } from "./testing/answer.ts";

async function question(): Promise<Question> {
  const { root } = repositoryOf({ "package.json": "{}\n", "a.js": "export const a = 1;\n" });
  return { command: "mutate", invocation, situation: await readSituation({ dir: root, base: "main" }) };
}

/** Keys of a tree that is called so. */
const keysOf =
  (tree: string): KeyOf =>
  (checkId, task) =>
    JSON.stringify([tree, checkId, task]);

const found: FoundOut = {
  results: [
    result("mutation", "failed", { findings: [{ path: repoPath("a.js"), line: 1, message: "survived" }] }),
    result("stale-equivalent", "skipped", { notes: ["nothing is acknowledged"] }),
  ],
  reached: [repoPath("a.js")],
};

test("what was found out is told again, as replayed and in no time", async () => {
  const asked = await question();
  expect(recall(asked, keysOf("1"))).toBe(null);
  remember(asked, found, keysOf("1"), keysOf("1"));
  expect(recall(asked, keysOf("1"))).toEqual({
    results: [
      { ...found.results[0], durationMs: 0, cached: true },
      { ...found.results[1], durationMs: 0, cached: false },
    ],
    reached: ["a.js"],
  });
});

test("as long as there is no answer no key is made", async () => {
  const keyOf: KeyOf = () => expect.unreachable("the whole repository is read for it");
  expect(recall(await question(), keyOf)).toBe(null);
});

const others: Readonly<Record<string, (asked: Question) => Question>> = {
  command: (asked) => ({ ...asked, command: "loop" }),
  check: (asked) => ({ ...asked, invocation: { ...invocation, only: ["mutation"] } }),
  "check that is left out": (asked) => ({ ...asked, invocation: { ...invocation, except: ["mutation"] } }),
  file: (asked) => ({ ...asked, invocation: { ...invocation, files: ["a.js"] } }),
  budget: (asked) => ({ ...asked, invocation: { ...invocation, budgetSeconds: 9 } }),
  "list of mutants": (asked) => ({ ...asked, situation: { ...asked.situation, listed: [] } }),
  base: ({ situation, ...asked }) => {
    const base = { kind: "found", commit: "b45e", ref: "main", tip: "b45e" } as const;
    return { ...asked, situation: { ...situation, diff: { ...situation.diff, base } } };
  },
  commit: ({ situation, ...asked }) => {
    return { ...asked, situation: { ...situation, repository: { ...situation.repository, head: "c0de" } } };
  },
};

test.each(Object.entries(others))("another %s is another question", async (_what, other) => {
  const asked = await question();
  remember(asked, found, keysOf("1"), keysOf("1"));
  expect(recall(other(asked), keysOf("1"))).toBe(null);
});

test("the form of the answer is none of the question", async () => {
  const asked = await question();
  remember(asked, found, keysOf("1"), keysOf("1"));
  const shown: Invocation = { ...invocation, report: true, format: "pretty", repeated: ["--base", "main"] };
  expect(recall({ ...asked, invocation: shown }, keysOf("1"))?.results).toHaveLength(2);
});

test("what another run would not find again is not told again, and neither is anything of files that were edited", async () => {
  const asked = await question();
  const passing: FoundOut = { ...found, results: [...found.results, result("mutation", "passed", { lasting: false })] };
  remember(asked, passing, keysOf("1"), keysOf("1"));
  remember(asked, found, keysOf("1"), keysOf("2"));
  remember(
    asked,
    found,
    () => null,
    () => null,
  );
  expect([recall(asked, keysOf("1")), recall(asked, keysOf("2"))]).toEqual([null, null]);
  remember(asked, found, keysOf("1"), keysOf("1"));
  expect([recall(asked, keysOf("2")), recall(asked, () => null)]).toEqual([null, null]);
});

test("a damaged answer is none, and a folder that can not be written is no fault", async () => {
  const asked = await question();
  const { commonDir } = asked.situation.repository;
  rmSync(join(commonDir, "assay"), { recursive: true });
  writeFileSync(join(commonDir, "assay"), "");
  remember(asked, found, keysOf("1"), keysOf("1"));
  expect(recall(asked, keysOf("1"))).toBe(null);
  const other = await question();
  writeFileSync(join(other.situation.repository.commonDir, "assay", "answer"), "{");
  expect(recall(other, keysOf("1"))).toBe(null);
});
