import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { guardsOnDemand } from "../../src/checks/guards-on-demand.ts";
import { guards } from "../../src/checks/index.ts";
import { corpusCases, families } from "../corpus/case.ts";
import { changeOfCase } from "./change-of-case.ts";

test("every family of the corpus has a file here that runs its cases", () => {
  const names = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => name.replace(/\.test\.ts$/, ""));
  expect(names.filter((name) => name !== "families").toSorted()).toEqual(families());
});

test("a case says what is in it", () => {
  const ids = new Set<string>(guards.map(({ id }) => id));
  for (const { name, finds, head } of corpusCases()) {
    const unknown = finds.filter((id) => !ids.has(id) && !(head["assay.toml"] ?? "").includes(`id = "${id}"`));
    expect([name, unknown]).toEqual([name, []]);
  }
});

test("a guard is loaded for every case in which it finds something", async () => {
  for (const corpusCase of corpusCases()) {
    const context = await changeOfCase(corpusCase);
    const finders = guardsOnDemand.filter(({ id }) => corpusCase.finds.includes(id));
    expect([corpusCase.name, ...finders.filter(({ isFor }) => !isFor(context))]).toEqual([corpusCase.name]);
  }
});
