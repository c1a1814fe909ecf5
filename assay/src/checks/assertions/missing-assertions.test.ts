import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { loosenedAssertion } from "../loosened-assertion.ts";
import { removedTest } from "../removed-test.ts";

const imports =
  'import assert from "node:assert";\nimport { expect, test } from "vitest";\nimport { list, read } from "./store.ts";\n';
const inTest = (body: string): string => `test("reads an item", async () => {\n${body}\n});\n`;

interface Around {
  /** What else the file has, before and after. */
  readonly file?: readonly [base: string, head: string];
}

/** What is said of a test that stays, without remedies. */
async function said(before: string, after: string, { file = ["", ""] }: Around = {}): Promise<readonly string[]> {
  const context = await contextOf({
    base: { "store.test.ts": imports + file[0] + inTest(before) },
    head: { "store.test.ts": imports + file[1] + inTest(after) },
  });
  const findings = [...(await removedTest.inspect(context)), ...(await loosenedAssertion.inspect(context))];
  return findings.map(({ message }) => message.replace(/;[^;]*$/, ""));
}

const size = "expect(read(1).size).toBe(7);";
const name = 'expect(read(1).name).toBe("tea");';
const sizeIsGone = ["`expect(read(1).size).toBe(7)` was deleted from a test that stays"];
const other = (title: string, body: string): string => `test(${JSON.stringify(title)}, () => {\n${body}\n});\n`;

test("an assertion that is gone from a test that stays is missed", async () => {
  expect(await said(`${size}\n${name}`, name)).toEqual(sizeIsGone);
  expect(await said(`${size}\n${name}`, "")).toEqual([
    "`expect(read(1).size).toBe(7)` and 1 more was deleted from a test that stays",
  ]);
  expect(await said(name, `${size}\n${name}`)).toEqual([]);
  // In another layout it is the same.
  expect(await said(`${size}\n${name}`, `${name}\nexpect(\n  read(1).size,\n).toBe( 7 )`)).toEqual([]);
});

test("what is said twice is missed once it is said once", async () => {
  const twice = `list(1);\n${size}\nlist(2);\n${size}\n${name}`;
  expect(await said(twice, `list(1);\nlist(2);\n${size}\n${name}`)).toEqual(sizeIsGone);
  expect(await said(twice, `${name}\nlist(1);\n${size}\nlist(2);\n${size}`)).toEqual([]);
});

test("an assertion that has moved to another test, a hook or a helper is not missed", async () => {
  const both = `${size}\n${name}`;
  expect(await said(both, name, { file: ["", other("tells the size", size)] })).toEqual([]);
  const had = other("is heavy", "expect(list()).toEqual([1]);");
  const has = other("is heavy", `expect(list()).toEqual([1]);\n${size}`);
  expect(await said(both, name, { file: [had, has] })).toEqual([]);
  expect(await said(both, name, { file: ["", `afterEach(() => {\n${size}\n});\n`] })).toEqual([]);
  // It was there before.
  expect(await said(both, name, { file: [has, has] })).toEqual(sizeIsGone);
  const hook = `afterEach(() => {\n${size}\n});\n`;
  expect(await said(both, name, { file: [hook, hook] })).toEqual(sizeIsGone);
  // One that has moved stands for one.
  const two = other("is light", `expect(list()).toEqual([2]);\n${size}`);
  expect(
    await said(both, name, { file: [two, other("is light", "expect(list()).toEqual([2]);") + other("b", size)] }),
  ).toHaveLength(1);
});

test("an assertion that was edited is held against the one that it was", async () => {
  const twoWays = 'expect(read(1)).toContain("t");\nexpect(read(1)).toBe("tea");';
  // Each has become one of its kind, and in another order.
  expect(await said(twoWays, 'expect(read(1)).toBe("pea");\nexpect(read(1)).toContain("p");')).toEqual([]);
  expect(
    await said('expect(read(1)).toBe("tea");', 'expect(read(1)).toBeDefined();\nexpect(read(1)).toEqual("tea");'),
  ).toEqual([]);
  // What is new beside it is about the same, and says less.
  expect(
    await said('expect(read(1)).toBe("tea");', 'expect(read(1)).toBe("pea");\nexpect(read(1)).toBeDefined();'),
  ).toEqual([]);
  // One stands for one.
  const next = "expect(read()).toBe(1);\nexpect(read()).toBe(2);";
  expect(await said(`${next}\n${name}`, `expect(read()).toBeDefined();\n${name}`)).toEqual([
    "`expect(read()).toBe(2)` was deleted from a test that stays",
    "`expect(read()).toBe(1)` became `toBeDefined`, which accepts almost anything",
  ]);
  // But what is new and exact says it of the same.
  expect(await said(`${next}\n${name}`, `expect(read()).toBe(3);\n${name}`)).toEqual([]);
});

test("what was loosened does not stand for what was deleted beside it", async () => {
  expect(
    await said(`expect(read(1)).toBe("tea");\nexpect(list()).toBe(3);`, 'expect(read(1)).toContain("t");'),
  ).toEqual([
    "`expect(list()).toBe(3)` was deleted from a test that stays",
    '`expect(read(1)).toBe("tea")` became `toContain`, which accepts more',
  ]);
});

test("a test that is rewritten may say something else", async () => {
  const both = 'expect(read(1)).toContain("t");\nexpect(list()).toBe(3);';
  expect(await said(both, "expect(fetched).toEqual([1]);")).toEqual([]);
  expect(await said(both, "expect(fetched).toBeDefined();")).toEqual([
    '`expect(read(1)).toContain("t")` and 1 more was deleted from a test that stays',
  ]);
  expect(await said(both, "expect(fetched).toBeDefined();\nexpect(kept).toBeDefined();")).toHaveLength(1);
  expect(
    await said("expect(read(1)).toEqual({ a: 1 });", "expect(fetched).toEqual({ a: expect.any(Number) });"),
  ).toEqual([]);
});

test("a value that is held in a variable by now is the same", async () => {
  const held = "const item = read(1);\n";
  expect(await said("expect(read(1)).toBe(7);", `${held}expect(item).toBe(7);`)).toEqual([]);
  expect(await said('expect(read(1)).toBe("string");', `${held}expect(typeof item).toBe("string");`)).toEqual([
    '`expect(read(1)).toBe("string")` became `toBe`, which accepts almost anything',
  ]);
  expect(await said("expect(() => read(1)).toThrow('a');", "expect(read(1)).toThrow('a');")).toEqual([]);
  expect(await said("expect(async () => read(1)).toThrow('a');", "expect(() => read(1)).toThrow();")).toHaveLength(1);
});

test("of several members of a value each has to be looked at", async () => {
  const whole = 'expect(read(1)).toEqual({ size: 7, name: "tea", price: 3 });';
  const price = "expect(read(1).price).toBe(3);";
  const part = ['`expect(read(1)).toEqual({ size: 7, name: "tea", price: 3 })` now looks at a part of the value'];
  expect(await said(whole, size)).toEqual(part);
  expect(await said(whole, `${size}\n${name}`)).toEqual(part);
  expect(await said(whole, `${size}\n${name}\n${price}`)).toEqual([]);
  expect(await said(`${price}\n${whole}`, `${price}\n${size}\n${name}`)).toEqual([]);
  expect(await said(whole, `${size}\nexpect(read(1)).toEqual(other);`)).toEqual([]);
  const still = "expect(read(1)).toEqual(other);\n";
  expect(await said(still + whole, still + size)).toEqual([]);
  const beside = "expect(list()).toBe(1);\nexpect(list(2)).toBe(2);\n";
  expect(await said(beside + whole, beside + size)).toEqual(part);
  expect(await said("expect(read(1)).toEqual({ size: 7 });", size)).toEqual([]);
  expect(await said("expect(read(1)).toEqual([7, 8]);", "expect(read(1)?.[0]).toBe(7);")).toHaveLength(1);
  expect(await said("expect(read(1)).toEqual([7, 8]);", "expect(read(1)[0]).toBe(7);")).toHaveLength(1);
  expect(await said("expect(read).toEqual([7, 8]);", "expect(reader).toBe(7);")).toEqual([]);
});

test("a vague assertion is not missed where its value is asserted on", async () => {
  expect(await said(`expect(read(1)).toBeDefined();\n${size}`, size)).toEqual([]);
  expect(await said(`expect(read(2)).toBeDefined();\n${size}`, size)).toHaveLength(1);
  expect(await said(`expect(read(1)).toEqual({ size: 7 });\n${size}`, size)).toHaveLength(1);
  expect(
    await said(`expect(read(1)).toBeDefined();\n${size}\nexpect(list()).toBe(1);`, `${size}\nexpect(list()).toBe(1);`),
  ).toEqual([]);
  expect(await said(`expectTypeOf<Item>().toBeObject();\n${size}`, size)).toHaveLength(1);
});

test("what is now asserted not to be was changed on purpose", async () => {
  const has = 'expect(list()).toContain("a");';
  const none = other("is empty", 'expect(list()).not.toContain("b");');
  expect(await said(`${has}\n${size}`, size, { file: ["", none] })).toEqual([]);
  for (const elsewhere of [
    'expect(list()).toContain("b");',
    'expect(list(2)).not.toContain("a");',
    "expect(list()).not.toBe(1);",
  ])
    expect(await said(`${has}\n${size}`, size, { file: ["", other("is empty", elsewhere)] })).toHaveLength(1);
});

test("an assertion that has become a row of a table is not missed", async () => {
  const table = (...rows: readonly string[]): string =>
    `test.each([${rows.join(", ")}])("reads %s", (id, value) => {\n  expect(read(id)).toBe(value);\n});\n`;
  const own = 'expect(read("pea")).toBe(77);';
  expect(
    await said(`${own}\n${size}`, size, { file: [table('["tea", 9]'), table('["tea", 9]', '["pea", 77]')] }),
  ).toEqual([]);
  expect(await said(`${own}\n${size}`, size, { file: ["", table('["tea", 9]', '["pea", 77]')] })).toEqual([]);
  const rows = table('["tea", 9]', '["pea", 77]');
  for (const made of [rows.replace("each", "for"), rows.replace("each", "concurrent.each")])
    expect(await said(`${own}\n${size}`, size, { file: ["", made] })).toEqual([]);
  // A loop is no table of tests, and a number is no text.
  const loop = `for (const [id, value] of [["tea", 9], ["pea", 77]]) read(id, value);\n`;
  expect(await said(`${own}\n${size}`, size, { file: ["", loop] })).toHaveLength(1);
  expect(await said(`${own}\n${size}`, size, { file: ["", table('["tea", 9]', '["pea", "77"]')] })).toHaveLength(1);
  // Half of it, or what was there before.
  expect(
    await said(`${own}\n${size}`, size, { file: [table('["tea", 9]'), table('["tea", 9]', '["pea", 78]')] }),
  ).toHaveLength(1);
  const all = table('["tea", 9]', '["pea", 77]');
  expect(await said(`${own}\n${size}`, size, { file: [all, all] })).toHaveLength(1);
  expect(await said(`expect(read(one)).toBe(other);\n${size}`, size, { file: ["", all] })).toHaveLength(1);
  expect(
    await said(`${own}\n${size}`, size, { file: [table('["pea", 9]'), table('["pea", 9]', '["pea", 77]')] }),
  ).toEqual([]);
});

test("assertions of another library say it in their own words", async () => {
  expect(await said(`${size}\n${name}`, "assert.ok(matches(read(1)));")).toEqual([]);
  expect(await said(`${size}\n${name}`, `${name}\nassert.ok(list());`)).toEqual(sizeIsGone);
});

test("a helper that asserts may say it", async () => {
  const both = `${size}\n${name}`;
  const calls = `checkItem(read(1));\n${name}`;
  for (const helper of [
    "function checkItem(item) {\n  expect(item.size).toBe(7);\n}\n",
    "const checkItem = (item) => expect(item.size).toBe(7);\n",
    'describe("a", () => { const checkItem = (item) => { assert(item.size === 7); }; });\n',
    'import { checkItem } from "./helpers.ts";\n',
    'import { other, checkItem } from "../helpers.ts";\n',
    'import checkItem from "./check-item.ts";\n',
  ])
    expect([helper, await said(both, calls, { file: ["", helper] })]).toEqual([helper, []]);
  for (const helper of [
    "function checkItem(item) {\n  return item.size;\n}\n",
    "function checkOther(item) {\n  expect(item.size).toBe(7);\n}\n",
    'import { checkItem } from "helpers";\n',
    'import { checkOther } from "./helpers.ts";\n',
    "",
  ])
    expect([helper, await said(both, calls, { file: ["", helper] })]).toEqual([helper, sizeIsGone]);
});

test("a helper that was called before says no more than it did", async () => {
  const helper = "function checkItem(item) {\n  expect(item.name).toBe(7);\n}\n";
  const file: Around["file"] = [helper, helper];
  expect(await said(`checkItem(read(1));\n${size}`, "checkItem(read(1));", { file })).toEqual(sizeIsGone);
  expect(await said(`list(1);\n${size}`, "list(1);\ncheckItem(read(1));", { file })).toEqual([]);
});

test("a function of the module that is tested is no helper, unless it sounds like one", async () => {
  const both = `${size}\n${name}`;
  const importing = (names: string, module: string): string => `import { ${names} } from "${module}";\n`;
  for (const [names, module, expected] of [
    ["weigh", "./scales.ts", sizeIsGone],
    ["checkWeight", "./scales.ts", []],
    ["weigh", "./scales-helpers.ts", []],
  ] as const) {
    const file = [importing("Scales", module), importing(`Scales, ${names}`, module)] as const;
    expect(await said(both, `${name}\n${names}(read(1));`, { file })).toEqual(expected);
  }
  expect(await said(both, `${name}\nlist(1);`)).toEqual(sizeIsGone);
  expect(await said(both, `${name}\nweigh(1);`, { file: ["", importing("weigh", "./scales.ts")] })).toEqual([]);
});

test("the function that declares a test is no helper of it", async () => {
  const declaring = (body: string): string =>
    `import { expect } from "vitest";\nimport { test } from "./fixtures.ts";\nimport { read } from "./store.ts";\n${inTest(body)}`;
  const context = await contextOf({
    base: { "store.test.ts": declaring(`${size}\n${name}`) },
    head: { "store.test.ts": declaring(name) },
  });
  expect(await removedTest.inspect(context)).toHaveLength(1);
});

test("what a hook or a helper asserts is missed as well", async () => {
  const hook = (body: string): string => `afterEach(() => {\n${body}\n});\n`;
  const file: Around["file"] = [hook(`${size}\n${name}`), hook(name)];
  expect(await said("expect(list()).toBe(1);", "expect(list()).toBe(1);", { file })).toEqual([
    "`expect(read(1).size).toBe(7)` was deleted from what tests call",
  ]);
});
