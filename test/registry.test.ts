import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guardsOnDemand } from "../assay/src/checks/guards-on-demand.ts";
import { guards } from "../assay/src/checks/index.ts";
import type { Check } from "../assay/src/model/check.ts";

const checksFolder = new URL("../assay/src/checks/", import.meta.url);
const pagesFolder = new URL("../docs/checks/", import.meta.url);

type Registered = Pick<Check, "id" | "in" | "kind" | "optIn" | "summary"> & { readonly mustFinish?: boolean };

/** What a file of the folder exports, when that is a check. */
async function checkIn(name: string): Promise<Registered | undefined> {
  const exported = (await import(new URL(name, checksFolder).href)) as Readonly<Record<string, unknown>>;
  const checks = Object.values(exported).filter(isCheck);
  if (checks.length > 0) expect([name, Object.keys(exported).length]).toEqual([name, 1]);
  return checks[0];
}

function isCheck(value: unknown): value is Registered {
  return typeof value === "object" && value !== null && "id" in value && "summary" in value && "kind" in value;
}

const files = readdirSync(checksFolder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
const checks = await Promise.all(files.map(async (name) => ({ name, check: await checkIn(name) })));
const found = checks.flatMap(({ name, check }) => (check ? [{ name, check }] : []));

test("a check's file is named after its id and exports nothing else", () => {
  for (const { name, check } of found) expect(name).toBe(`${check.id}.ts`);
});

test("every guard is in the index, in alphabetical order", () => {
  const ids = found.filter(({ check }) => check.kind !== "tasks").map(({ check }) => check.id);
  expect(guards.map(({ id }) => id)).toEqual(ids.toSorted());
});

test("a guard that is loaded on demand is called what its file says", () => {
  const said = ({ id, summary, in: commands, optIn }: Registered): unknown => [id, summary, commands, optIn];
  const ids = new Set(guardsOnDemand.map(({ id }) => id));
  expect(guardsOnDemand.map(said)).toEqual(found.flatMap(({ check }) => (ids.has(check.id) ? [said(check)] : [])));
});

test("tests and mutants that were planned and did not finish leave nothing verified, and nothing else does", () => {
  const ids = found.filter(({ check }) => check.mustFinish === true).map(({ check }) => check.id);
  expect(ids).toEqual(["mutation", "tests", "weakened-test"]);
});

test("every check has a page that begins with its name and its summary", () => {
  for (const { check } of found) {
    const page = readFileSync(new URL(`${check.id}.md`, pagesFolder), "utf8");
    expect(page.startsWith(`# ${check.id}\n\n${check.summary}.\n`)).toBe(true);
  }
});

test("every page has a check", () => {
  const pages = readdirSync(pagesFolder).map((name) => name.replace(/\.md$/, ""));
  const ids = new Set(found.map(({ check }) => check.id));
  expect(pages.filter((id) => !ids.has(id))).toEqual([]);
});

test("every guard has fixtures", () => {
  for (const { id } of guards) expect(existsSync(new URL(`fixtures/${id}`, checksFolder))).toBe(true);
});
