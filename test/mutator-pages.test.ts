import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allMutators } from "../assay/src/mutation/mutators/index.ts";
import { mutate, project } from "../assay/src/mutation/testing/project.ts";

const folder = new URL("../docs/mutators/", import.meta.url);
const ids = allMutators.map(({ id }) => id);

test("every mutator has a page, and every page a mutator", () => {
  const pages = readdirSync(folder).map((name) => name.replace(/\.md$/, ""));
  expect(pages.toSorted()).toEqual(ids.toSorted());
});

test.each(allMutators)("the page of $id says what a survivor means and what kills it", ({ id, survivor, kill }) => {
  const page = readPage(id);
  expect(page.startsWith(`# ${id}\n\n`)).toBe(true);
  expect(page).toContain(`\n## What a survivor means\n\n${survivor}\n`);
  expect(page).toContain(`\n## What kills it\n\nA test that shows ${kill}.\n`);
});

test.each(allMutators)("the page of $id says whether it is used by default", ({ id, byDefault }) => {
  expect(readPage(id).includes("\n**Not used by default:** ")).toBe(!byDefault);
});

test("the weak example on each page leaves a survivor of its kind", async () => {
  expect([...(await survivingKinds("weak"))].toSorted()).toEqual(ids.toSorted());
});

test("the strong example on each page leaves none", async () => {
  expect([...(await survivingKinds("strong"))]).toEqual([]);
});

/** The mutators whose own example has a survivor of their kind under this test. */
async function survivingKinds(example: "weak" | "strong"): Promise<ReadonlySet<string>> {
  const files = Object.fromEntries(ids.flatMap((id) => filesOf(id, example)));
  const report = await mutate(project(files), { maxMutants: 1000, mutators: allMutators });
  expect(report.errors).toEqual([]);
  const survivors = report.mutants.filter(({ status }) => status === "survived").map(({ mutant }) => mutant);
  return new Set(survivors.filter(({ mutator, path }) => path.includes(`/${mutator}/`)).map(({ mutator }) => mutator));
}

function filesOf(id: string, example: string): readonly (readonly [string, string])[] {
  const page = readPage(id);
  const source = blockOf(page, "file=src/example.ts");
  const name = /export function (\w+)/.exec(source)?.[1] ?? "";
  const imports = `import { expect, test } from "vitest";\nimport { ${name} } from "./example.ts";\n`;
  return [
    [`src/${id}/example.ts`, source],
    [`src/${id}/example.test.ts`, `${imports}test("example", () => {\n${blockOf(page, example)}});\n`],
  ];
}

function readPage(id: string): string {
  return readFileSync(new URL(`${id}.md`, folder), "utf8");
}

function blockOf(page: string, name: string): string {
  return new RegExp(`^\`\`\`ts ${name}\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1] ?? "";
}
