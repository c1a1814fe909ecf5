import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { loosenedAssertion } from "../loosened-assertion.ts";

/** What is said of an assertion that took the place of another one, in the same test. */
async function loosened(before: string, after: string): Promise<readonly string[]> {
  const code = (body: string): string =>
    `import assert from "node:assert";\nimport { expect, test } from "vitest";\nimport { app, list, read } from "./store.ts";\ntest("reads", async () => {\n${body}\n});\n`;
  const context = await contextOf({ base: { "a.test.ts": code(before) }, head: { "a.test.ts": code(after) } });
  const findings = await loosenedAssertion.inspect(context);
  return findings.map(({ message }) => message.replace(/^`.*?` (?=became |now |lost )/s, "").replace(/; [^;]*$/, ""));
}

const cut = ["lost a part of what it expects"];

test.each([
  ['await request(app).get("/").expect(200).expect({ a: 1 });', 'await request(app).get("/").expect(200);'],
  ['await request(app).get("/").expect(200, { a: 1 });', 'await request(app).get("/").expect(200);'],
  ['await request(app).get("/").expect("a", "b").expect(200);', 'await request(app).get("/").expect("a", "b");'],
  ['expect(read(1)).to.be.a("string").and.have.lengthOf(3);', 'expect(read(1)).to.be.a("string");'],
  ['expect(read(1)).to.include("a").to.include("b");', 'expect(read(1)).to.include("a");'],
])("the end of a chain is gone: %s to %s", async (before, after) => {
  expect(await loosened(before, after)).toEqual(cut);
  expect(await loosened(after, before)).toEqual([]);
});

test.each([
  ['await request(app).get("/").expect(200);', 'await request(app).get("/").expect(201);'],
  ['await request(app).get("/").expect(200, { a: 1 });', 'await request(app).get("/").expect(201, { a: 1 });'],
  ['await request(app).get("/").expect(200).then(done);', 'await request(app).get("/").expect(200);'],
  ['expect(read(1)).to.equal("a").then(list);', 'expect(read(1)).to.equal("a");'],
  ['expect(read(1)).to.equal("a").android;', 'expect(read(1)).to.equal("a");'],
  ["await expect(read(1)).resolves.toBe(1).finally(list);", "await expect(read(1)).resolves.toBe(1);"],
])("%s may become %s: all of it is expected still", async (before, after) => {
  expect(await loosened(before, after)).toEqual([]);
});

const counted = ["now looks at how many there are"];

test.each([
  ['expect(list()).toEqual(["a", "b"]);', "expect(list()).toHaveLength(2);"],
  ['expect(list()).toEqual(["a", "b"]);', "expect(list().length).toBe(2);"],
  ['expect(list()).toEqual(["a", "b"]);', "assert.strictEqual(list().length, 2);"],
  ['expect(list()).toEqual(["a", "b"]);', "expect(list()).toHaveSize(2);"],
  ['expect(list()).toEqual(["a", "b"]);', "expect(list()).toBeArrayOfSize(2);"],
  ['expect(list()).to.deep.equal(["a", "b"]);', "expect(list()).to.have.lengthOf(2);"],
  ["expect(list()[0]).toEqual({ id: 1 });", "expect(list()).toHaveLength(1);"],
  ["expect(list()[0]).toEqual({ id: 1 });", "expect(list().length).toBe(1);"],
  ['expect(list().ids).toEqual(["a"]);', "expect(list()).toHaveLength(1);"],
  ["expect(list()).toEqual({ id: 1 });", "expect(list()).toHaveLength(1);"],
  ['expect(read(1)).toBe("tea");', "expect(read(1)).toHaveLength(3);"],
  ['expect(read(1)).toBe("tea");', "expect(read(1).length).toBe(3);"],
  ["expect(read(1)).toBe(`tea`);", "expect(read(1).length).toBe(3);"],
])("%s became %s: how many there are", async (before, after) => {
  const isAnother = after.startsWith("assert") ? [] : counted;
  expect(await loosened(before, after)).toEqual(isAnother);
  expect(await loosened(after, before)).toEqual([]);
});

test.each([
  ["expect(list()).toBe(2);", "expect(list()).toHaveLength(2);"],
  ["expect(list()).toHaveLength(2);", "expect(list()).toHaveSize(2);"],
  ["expect(list().length).toBe(2);", "expect(list()).toHaveLength(2);"],
  ["expect(list()).toBeNull();", "expect(list()).toHaveLength(0);"],
  ["expect(list()).toBe(null);", "expect(list()).toHaveLength(0);"],
  ['expect(list()).toEqual(["a", "b"]);', "expect(other()).toHaveLength(2);"],
  ['expect(list()).toEqual(["a", "b"]);', "expect(li).toHaveLength(2);"],
  ['expect(list()).toContain("a");', "expect(list()).toHaveLength(2);"],
  [
    "expect(read(1)).toEqual({ size: 7, name: 'a' });",
    "expect(read(1).size).toBe(7);\nexpect(read(1).name).toBe('a');",
  ],
  ["expect(read(1)).toEqual({ length: 7 });", "expect(read(1).length).toBe(7);"],
])("%s may become %s: it was no more, or is something else", async (before, after) => {
  expect(await loosened(before, after)).toEqual([]);
});

test("how many there are not says nearly nothing", async () => {
  expect(await loosened('expect(list()).toEqual(["a", "b"]);', "expect(list()).not.toHaveLength(0);")).toEqual([
    "became `not.toHaveLength`, which accepts almost anything",
  ]);
});

const rounded = ["now looks at a rounded value"];

test.each([
  "Math.round(read(1) / 100)",
  "Math.round(read(1) * 10) / 10",
  "Math.floor(read(1))",
  "Math.ceil(read(1))",
  "Math.trunc(read(1))",
  "parseInt(read(1))",
  "Number.parseInt(read(1), 10)",
  "read(1).toFixed()",
  "read(1).toFixed(0)",
])("%s is a rounded value", async (after) => {
  expect(await loosened("expect(read(1)).toBe(20.23);", `expect(${after}).toBe(20);`)).toEqual(rounded);
  expect(await loosened(`expect(${after}).toBe(20);`, "expect(read(1)).toBe(20.23);")).toEqual([]);
  expect(await loosened(`expect(${after}).toBe(20);`, `expect(${after}).toBe(21);`)).toEqual([]);
  expect(await loosened("expect(read(2)).toBe(20.23);", `expect(${after}).toBe(20);`)).toEqual([]);
});

test.each(["read(1).toFixed(2)", "Math.abs(read(1))", "read(1) / 100", "convert(read(1))"])(
  "%s is not rounded to a number",
  async (after) => {
    expect(await loosened("expect(read(1)).toBe(20.23);", `expect(${after}).toBe(20.23);`)).toEqual([]);
  },
);

const inAnyOrder = ["now looks at its members in any order"];

test.each([
  "list().sort()",
  "list().toSorted()",
  "[...list()].sort()",
  "list().sort((a, b) => a - b)",
  "list().toSorted((a, b) => a.id.localeCompare(b.id))",
  "list().sort(byId)",
  "Array.from(list()).sort()",
  "_.sortBy(list())",
  "sortBy(list(), byId)",
  "[...(await list())].sort()",
  "(await list()).sort()",
  "[...new Set(list())].sort()",
  "list().map((each) => each.id).sort()",
  "new Set(list())",
])("%s has no order", async (after) => {
  expect(await loosened("expect(list()).toEqual([2, 1]);", `expect(${after}).toEqual([1, 2]);`)).toEqual(inAnyOrder);
  expect(await loosened("expect(await list()).toEqual([2, 1]);", `expect(${after}).toEqual([1, 2]);`)).toEqual(
    inAnyOrder,
  );
  expect(await loosened(`expect(${after}).toEqual([1, 2]);`, "expect(list()).toEqual([2, 1]);")).toEqual([]);
  // One member has one order.
  expect(await loosened("expect(list()).toEqual([2]);", `expect(${after}).toEqual([2]);`)).toEqual([]);
  expect(await loosened("expect(list()).toEqual(wanted);", `expect(${after}).toEqual(wanted);`)).toEqual([]);
  expect(await loosened("expect(read(2)).toEqual([2, 1]);", `expect(${after}).toEqual([1, 2]);`)).toEqual([]);
  expect(await loosened("expect(list().sort()).toEqual([1, 2]);", `expect(${after}).toEqual([1, 2]);`)).toEqual([]);
});

test("a part of an answer that is waited for has no order either", async () => {
  const sorted = "expect((await list()).ids.sort()).toEqual([1, 2]);";
  expect(await loosened("expect((await list()).ids).toEqual([2, 1]);", sorted)).toEqual(inAnyOrder);
  expect(await loosened("expect((await list()).names).toEqual([2, 1]);", sorted)).toEqual([]);
});

test.each([
  ["expect(list()).toEqual([2, 1]);", "expect(list()).toIncludeSameMembers([1, 2]);"],
  ["expect(list()).to.deep.equal([2, 1]);", "expect(list()).to.have.members([1, 2]);"],
  ["assert.deepEqual(list(), [2, 1]);", "assert.sameMembers(list(), [1, 2]);"],
  ["assert.deepEqual(list(), [2, 1]);", "assert.sameDeepMembers(list(), [1, 2]);"],
])("a matcher may look in any order: %s to %s", async (before, after) => {
  expect(await loosened(before, after)).toEqual([expect.stringMatching(/^became `.*`, which accepts more$/)]);
  expect(await loosened(after, before)).toEqual([]);
});

const written = ["became `toMatchSnapshot`, which writes down whatever comes"];

test("what a snapshot writes down is no longer said in the test", async () => {
  const after = "expect(read(1)).toMatchSnapshot();";
  expect(await loosened("expect(read(1)).toEqual({ a: 1 });", after)).toEqual(written);
  expect(await loosened("expect(read(1).name).toBe('a');", after)).toEqual(written);
  expect(await loosened("expect(read(1)[0]).toBe('a');", after)).toEqual(written);
  expect(await loosened("expect(read(2)).toBe('a');", after)).toEqual([]);
  // It said less, or nothing of its own.
  expect(await loosened("expect(read(1)).toMatchObject({ a: 1 });", after)).toEqual([]);
  expect(await loosened("expect(read(1)).toBeNull();", after)).toEqual([]);
  expect(await loosened('expect(read(1)).toMatchInlineSnapshot("a");', after)).toEqual([]);
});
