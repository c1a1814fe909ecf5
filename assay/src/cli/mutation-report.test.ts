import { join } from "node:path";
import { expect, test } from "vitest";
import { shownFiles } from "./mutation-report.ts";
import { readSituation } from "./situation.ts";
import { answerOf, repositoryOf } from "./testing/answer.ts";

const library = { "package.json": "{}", "src/a.js": "export const a = 1;\n" };

test("files are named from the root where they lie below it, else as they are", async () => {
  const { root } = repositoryOf(library);
  const situation = await readSituation({ dir: root, base: "main" });
  const inside = { page: join(root, ".git/a.html"), json: join(root, ".git/a.json") };
  expect(shownFiles(situation, inside)).toEqual({ page: ".git/a.html", json: ".git/a.json" });
  const outside = { page: "/elsewhere/a.html", json: `${root}.json` };
  expect(shownFiles(situation, outside)).toEqual(outside);
});

test("where nothing was tried there is no report, and none is opened", async () => {
  const repository = repositoryOf(library);
  const { envelope, opened } = await answerOf(repository, ["mutate", "--base", "main", "--report"]);
  expect([envelope.ok, Reflect.get(envelope.result, "report"), opened]).toEqual([true, undefined, []]);
});
