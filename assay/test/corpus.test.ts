// What agents do to look green, and what honest people do, through the built program. The cases are in `corpus/`. To start
// it takes three times as long as to judge a case, so that most cases share a process.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { corpusCases, stages, type CorpusCase, type Stage } from "./corpus/case.ts";
import { keptRepository } from "./kept-repository.ts";
import { assay, type TestRepository } from "./repository.ts";
import { warmAssay } from "./warm-program.ts";

/** `ASSAY_CORPUS_STAGES=all` tries every case at every stage, which takes four times as long. */
const everyStage = process.env["ASSAY_CORPUS_STAGES"] === "all";
const cases = corpusCases();

for (const [index, corpusCase] of cases.entries()) {
  for (const stage of stagesOf(corpusCase, index)) {
    test.concurrent(`${corpusCase.name}, ${stage}`, async () => {
      const { finds, why } = corpusCase;
      const failed = await failingChecks(corpusCase, stage, index % 8 === 0 ? assay : warmAssay);
      const missed = finds.filter((id) => !failed.includes(id));
      // Other guards may see an evasion as well; an honest change is seen by none.
      const mistaken = finds.length === 0 ? failed : [];
      expect({ why, missed, mistaken }).toEqual({ why, missed: [], mistaken: [] });
    });
  }
}

/** The stage that a case asks for, else each case another one. */
function stagesOf({ stage }: CorpusCase, index: number): readonly Stage[] {
  if (stage !== undefined) return [stage];
  return everyStage ? stages : stages.slice(index % stages.length, (index % stages.length) + 1);
}

/** Takes away what is not wanted any more. */
function remove({ root }: TestRepository, paths: readonly string[], wanted: CorpusCase["head"]): void {
  for (const path of paths) if (!(path in wanted)) rmSync(join(root, path));
}

/** Checks that the repository of a case adds itself. */
function ownIds({ head }: CorpusCase): readonly string[] {
  return Array.from((head["assay.toml"] ?? "").matchAll(/^id = "(.+)"$/gm), ([, id = ""]) => id);
}

async function failingChecks(corpusCase: CorpusCase, stage: Stage, run: typeof assay): Promise<readonly string[]> {
  const { former, base, head, message } = corpusCase;
  // An id that is none is a usage error. Guards that are off by default are asked for by name.
  const asked = new Set(["guards", ...corpusCase.finds, ...ownIds(corpusCase)]);
  const repository = keptRepository(former ?? base, { tools: false });
  if (former !== undefined) {
    remove(repository, Object.keys(former), base);
    repository.commit(base, "feat: the step before");
  }
  repository.startBranch("change");
  remove(repository, Object.keys(base), head);
  repository.write(head);
  if (stage === "committed")
    repository.commit(
      {},
      message.includes("{base}") ? message.replace("{base}", repository.git("rev-parse", "main").trim()) : message,
    );
  // What is there already can't be untracked; what is new is not added.
  if (stage === "staged") repository.stage();
  if (stage === "unstaged") repository.git("add", "--intent-to-add", "-A");
  const { envelope } = await run(repository, "gate", "--base", "main", "--only", ...asked, "--json");
  const { checks, summary } = envelope.result;
  expect([envelope.error, summary.errored]).toEqual([null, 0]);
  expect(summary.total).toBeGreaterThan(30);
  expect(envelope.ok).toBe(summary.failed === 0);
  return checks.filter(({ status }) => status === "fail").map(({ id }) => id);
}
