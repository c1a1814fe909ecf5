import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { removedTest } from "../removed-test.ts";

const imports = 'import { expect, test } from "vitest";\nimport { sum, lint } from "./sum.ts";\n';
const program = { "sum.ts": "export const sum = (a, b) => a + b;\nexport const lint = 1;\n" };

/** What is said of tables of a test file, whose other texts stay. */
async function lost(before: string, after: string, others: Texts = {}, more: Texts = {}): Promise<readonly string[]> {
  const of = (text: string, rest: Texts): Texts => ({ ...program, ...rest, "sum.test.ts": imports + text });
  const findings = await removedTest.inspect(
    await contextOf({ base: of(before, others), head: of(after, { ...others, ...more }) }),
  );
  return findings.map(({ message }) => message.replace(/; .*/, ""));
}

const body = '"adds", (a, b) => { expect(sum(a, b)).toBe(3); }';
const says = ["a case was deleted from the table `adds`, `[2, 1]` first"];

test.each([
  ["test.each([ROWS])(BODY);", says],
  ["test.for([ROWS])(BODY);", says],
  ["test.concurrent.each([ROWS])(BODY);", says],
  ["test.each([ROWS] as const)(BODY);", says],
  ["const rows = [ROWS];\ntest.each(rows)(BODY);", ["a case was deleted from the table `rows`, `[2, 1]` first"]],
  [
    "const rows = [ROWS];\ntest.each(rows.map((row) => row))(BODY);",
    ["a case was deleted from the table `rows`, `[2, 1]` first"],
  ],
  [
    "const rows = new Map([ROWS]);\ntest.each(rows.entries())(BODY);",
    ["a case was deleted from the table `rows`, `[2, 1]` first"],
  ],
  [
    "test.each([ROWS])(`adds ${unit}`, (a, b) => { expect(sum(a, b)).toBe(3); });",
    ["a case was deleted from the table `a test`, `[2, 1]` first"],
  ],
  ["for (const [a, b] of [ROWS]) test(BODY);", ["a case was deleted from the table `for … of`, `[2, 1]` first"]],
  ["[ROWS].forEach(([a, b]) => { test(BODY); });", ["a case was deleted from the table `forEach`, `[2, 1]` first"]],
  [
    "test('all', () => { for (const [a, b] of [ROWS]) expect(sum(a, b)).toBe(3); });",
    ["a case was deleted from the table `for … of`, `[2, 1]` first"],
  ],
])("a row is missed of %s", async (table, expected) => {
  const of = (rows: string) => table.replace("ROWS", rows).replace("BODY", body);
  expect(await lost(of("[1, 2], [2, 1]"), of("[1, 2]"))).toEqual(expected);
  expect(await lost(of("[1, 2], [2, 1]"), of("[2, 1], [1,2]"))).toEqual([]);
  expect(await lost(of("[1, 2], [2, 1]"), of("[1, 2], [2, 2]"))).toEqual([]);
  expect(await lost(of("[1, 2]"), of("[1, 2], [2, 1]"))).toEqual([]);
});

const table = (rows: string): string => `test.each([${rows}])(${body});\n`;

test("how many rows went is told, and of which table", async () => {
  expect(await lost(table("[1, 2], [2, 1], [0, 3]"), table("[1, 2]"))).toEqual([
    "2 cases were deleted from the table `adds`, `[2, 1]` first",
  ]);
  expect(await lost(table("[1, 2], [2, 1], [0, 3]"), table("[1, 2], [4, 4]"))).toEqual([
    "a case was deleted from the table `adds`, `[2, 1]` first",
  ]);
});

test("rows of objects and of templates are rows", async () => {
  const objects = (rows: string) => `for (const [a, b] of Object.entries({ ${rows} })) test(${body});\n`;
  expect(await lost(objects("one: 2, two: 1"), objects("one: 2"))).toEqual([
    "a case was deleted from the table `for … of`, `two: 1` first",
  ]);
  const template = (rows: string) => `test.each\`\n  a | b\n  ${rows}\n\`(${body});\n`;
  expect(await lost(template("${1} | ${2}\n  ${22} | ${11}"), template("${1} | ${2}"))).toEqual([
    "a case was deleted from the table `adds`, `22` first",
  ]);
});

test("a row that is elsewhere by now, or was of something that went, is not missed", async () => {
  expect(
    await lost(table("[1, 2], [2, 1]"), `${table("[1, 2]")}test("more", () => { expect(sum(...[2, 1])).toBe(3); });\n`),
  ).toEqual([]);
  expect(
    await lost(table("[1, 2], [2, 1]"), table("[1, 2]"), {}, { "more.test.ts": `${imports}${table("[2, 1]")}` }),
  ).toEqual([]);
  expect(await lost(table("[1, 2], [2, 1]"), `${table("[1, 2]")}// [2, 1]\n`)).toEqual(says);
  const gone = { "gone.ts": "export const tax = 1;\n" };
  const of = (own: Texts, rows: string): Texts => ({ ...program, ...own, "sum.test.ts": imports + table(rows) });
  const context = await contextOf({ base: of(gone, "[1, 2], [tax, 1]"), head: of({}, "[1, 2]") });
  expect(await removedTest.inspect(context)).toEqual([]);
});

test("what no test is made from is no table", async () => {
  const list = (rows: string) => `for (const each of [${rows}]) sum(each);\n${table("[1, 2]")}`;
  expect(await lost(list("1, 2"), list("1"))).toEqual([]);
  const called = (rows: string) => `[${rows}].forEach((each) => { sum(each); });\n${table("[1, 2]")}`;
  expect(await lost(called("1, 2"), called("1"))).toEqual([]);
  const committed = (rows: string) => `[${rows}].forEach((each) => { commit(each); });\n${table("[1, 2]")}`;
  expect(await lost(committed("1, 2"), committed("1"))).toEqual([]);
  const filled = (rows: string) => `fill([${rows}])(${body});\n${table("[1, 2]")}`;
  expect(await lost(filled("1, 2"), filled("1"))).toEqual([]);
});

test.each(["slice(0, 1)", "filter(([a]) => a > 1)", "splice(1)"])("a table may be cut by %s", async (cut) => {
  const of = (rest: string) => `const rows = [[1, 2], [2, 1]];\ntest.each(rows${rest})(${body});\n`;
  expect(await lost(of(""), of(`.${cut}`))).toEqual(["only some cases of the table `rows` are tried"]);
  expect(await lost(of(`.${cut}`), of(`.${cut}`).replace("adds", "sums"))).toEqual([]);
  expect(await lost(of(".concat([])"), of(""))).toEqual([]);
});

test.each([
  "[rows[0]]",
  "[rows[0], rows[1]]",
  "[...rows.slice(0, 1)]",
  "[...rows].slice(1)",
  "[...rows].filter(isSmall)",
])("a table may be cut by taking %s", async (some) => {
  const of = (source: string) => `const rows = [[1, 2], [2, 1], [3, 0]];\ntest.each(${source})(${body});\n`;
  expect(await lost(of("rows"), of(some))).toEqual(["only some cases of the table `rows` are tried"]);
  expect(await lost(of(some), of("rows"))).toEqual([]);
  for (const all of ["[...rows]", "[...rows].map((row) => row)"]) expect(await lost(of("rows"), of(all))).toEqual([]);
  expect(await lost(of("rows"), of("[rows.small]"))).toEqual([]);
  expect(await lost(of("rows"), of("[rows[0], others[0]]"))).toEqual([]);
});

test("each of several tables that are called the same is held against the one that it was", async () => {
  const loops = (first: string, second: string) =>
    `for (const a of [${first}]) expect(sum(a, 0)).toBe(a);\nfor (const b of [${second}]) expect(sum(0, b)).toBe(b);\n${table("[1, 2]")}`;
  expect(await lost(loops("11, 12", "21, 22"), loops("11", "21, 22"))).toEqual([
    "a case was deleted from the table `for … of`, `12` first",
  ]);
  expect(await lost(loops("11, 12", "21, 22"), loops("11", "21"))).toHaveLength(2);
  expect(await lost(loops("11, 12", "21, 22"), loops("21, 22", "11, 12"))).toEqual([]);
  const more = `for (const c of [31]) expect(sum(c, c)).toBe(62);\n${loops("11, 12", "21, 22")}`;
  expect(await lost(loops("11, 12", "21, 22"), more)).toEqual([]);
  const shared = (rows: string) =>
    `const rows = [${rows}];\ntest.each(rows)(${body});\ntest.each(rows)(${body.replace("adds", "sums")});\n`;
  expect(await lost(shared("[1, 2], [2, 1]"), shared("[1, 2]"))).toEqual([
    "a case was deleted from the table `rows`, `[2, 1]` first",
  ]);
});

test("of a linter's rule the cases are tables, between which they may move", async () => {
  const rule = (valid: string, invalid: string) =>
    `tester.run("rule", lint, { valid: [${valid}], invalid: [${invalid}] });\n`;
  expect(await lost(rule("'a', 'b'", "'c'"), rule("'a'", "'c'"))).toEqual([
    "a case was deleted from the table `valid`, `'b'` first",
  ]);
  expect(await lost(rule("'a', 'b'", "'c'"), rule("'a'", "'c', 'b'"))).toEqual([]);
  expect(await lost(rule("'a', 'b'", "'c'"), rule("'a'", "'c', 'd'"))).toEqual([]);
  const twice = (valid: string) => rule("'a'", "'c'") + rule(valid, "'d'");
  expect(await lost(twice("'b'"), twice("'a'"))).toEqual([]);
  const only = (valid: string) => `tester.run("rule", lint, { valid: [${valid}] }); // invalid\n`;
  expect(await lost(only("'a', 'b'"), only("'a'"))).toEqual([]);
});
