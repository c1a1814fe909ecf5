import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { testsOf } from "./test-bodies.ts";
import { undoneCommits } from "./undone-commits.ts";

const start = "export const total = (a) => a;\n";
const discount = "export function discount(a) {\n  const rate = 0.9;\n  return a * rate;\n}\n";
const imports = 'import { expect, test } from "vitest";\nimport { discount, total } from "./cart.ts";\n';
const tests = 'test("discounts", () => {\n  expect(discount(10)).toBe(9);\n  expect(discount(0)).toBe(0);\n});\n';
const other = 'test("totals", () => {\n  expect(total(1)).toBe(1);\n});\n';

/** The titles of tests that came with the commit which a change says it reverts. */
async function brought(
  base: Texts,
  head: Texts,
  commit: readonly (readonly [string, string?, string?])[],
  renames: Texts = {},
): Promise<readonly string[]> {
  const files = commit.map(([path, before, after]) => ({ path: repoPath(path), before, after }));
  const context = await contextOf({ base, head, renames, reverted: [{ id: "a".repeat(40), files }] });
  const undone = await undoneCommits(context);
  return context.pairs.flatMap(({ base: file }) =>
    testsOf(file).tests.flatMap(({ node, title }) => (file && undone.brought(node, file) ? [title] : [])),
  );
}

const base = { "cart.ts": start + discount, "cart.test.ts": imports + other + tests };
const head = { "cart.ts": start, "cart.test.ts": imports + other };
const commit = [
  ["cart.ts", start, start + discount],
  ["cart.test.ts", imports + other, imports + other + tests],
] as const;

test("what came with a commit that is taken back is about code that is gone", async () => {
  expect(await brought(base, head, commit)).toEqual(["discounts"]);
  expect(await brought(base, head, [])).toEqual([]);
});

test("a commit that brought tests alone can not be taken back", async () => {
  expect(await brought(base, head, commit.slice(1))).toEqual([]);
});

test("nor can one of which something of the program stays", async () => {
  for (const rest of [discount, "export function discount(a) {\n}\n", "  return a * rate;\n"])
    expect(await brought(base, { ...head, "cart.ts": start + rest }, commit)).toEqual([]);
});

test("what it took away has to be there again", async () => {
  const old = "export const reduced = (a) => a - 1;\n";
  const replaced = [["cart.ts", start + old, start + discount], ...commit.slice(1)] as const;
  expect(await brought(base, head, replaced)).toEqual([]);
  expect(await brought(base, { ...head, "cart.ts": start + old }, replaced)).toEqual(["discounts"]);
});

test("layout, comments and the order of lines do not matter", async () => {
  const laidOut = `${start}// Since then.\nexport function discount(a) {\n    return a * rate,\n    /* why */\n    const rate = 0.9\n}\n`;
  expect(
    await brought({ ...base, "cart.ts": laidOut }, { ...head, "cart.ts": `${start}// Since then.\n` }, commit),
  ).toEqual(["discounts"]);
});

test("of what became of its lines since, half has to be left", async () => {
  const since = (kept: string) => brought({ ...base, "cart.ts": start + kept }, head, commit);
  expect(await since("export function discount(a) {\n  const rate = 0.9;\n  return 1;\n}\n")).toEqual(["discounts"]);
  expect(await since("export function discount(a) {\n  return 1;\n}\n")).toEqual([]);
  expect(await since("")).toEqual([]);
});

test("a line may stand more often than the commit brought it", async () => {
  const twice = start + discount + "export const half = () => {\n  const rate = 0.9;\n};\n";
  expect(
    await brought({ ...base, "cart.ts": twice }, { ...head, "cart.ts": twice.replace(discount, "") }, commit),
  ).toEqual(["discounts"]);
  expect(
    await brought(
      { ...base, "cart.ts": twice },
      { ...head, "cart.ts": twice.replace("  const rate = 0.9;\n", "") },
      commit,
    ),
  ).toEqual([]);
});

test("most lines of a test have to be lines that it brought", async () => {
  const edited = (line: string) => tests.replace("});", `${line}});`);
  const found = (text: string) => brought({ ...base, "cart.test.ts": imports + text }, head, commit);
  expect(await found(edited("  expect(total(2)).toBe(2);\n"))).toEqual(["discounts"]);
  expect(await found(edited("  expect(total(2)).toBe(2);\n  expect(total(3)).toBe(3);\n"))).toEqual([]);
  expect(await found(other)).toEqual([]);
});

test("a module may have moved since", async () => {
  const moved = { "shop.ts": base["cart.ts"], "cart.test.ts": base["cart.test.ts"] };
  expect(await brought(moved, { "shop.ts": start, "cart.test.ts": imports + other }, commit)).toEqual(["discounts"]);
  const renamed = { "shop.ts": start, "cart.test.ts": imports + other };
  expect(await brought(base, renamed, commit, { "shop.ts": "cart.ts" })).toEqual(["discounts"]);
});

test("fixtures and other files are no part of the program", async () => {
  const fixture = [["fixtures/cart.ts", "", discount], ...commit] as const;
  expect(await brought(base, head, fixture)).toEqual(["discounts"]);
  expect(await brought(base, head, [["notes.md", "", "a discount\n"], ...commit.slice(1)])).toEqual([]);
});
