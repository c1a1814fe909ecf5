import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { loosenedAssertion } from "./loosened-assertion.ts";

const head = 'import { expect, test } from "vitest";\nimport { read, list } from "./store.ts";\n';
const inTest = (code: string): string => `${head}test("reads", async () => {\n${code}\n});\n`;

/** What is said of an edit, without the assertion and the remedy. */
async function said(before: string, after: string): Promise<readonly string[]> {
  const context = await contextOf({ base: { "a.test.ts": before }, head: { "a.test.ts": after } });
  const findings = await loosenedAssertion.inspect(context);
  return findings.map(({ message }) => message.replace(/^`.*?` (?=is |now |became )/, "").replace(/;.*/, ""));
}

const edited = (before: string, after: string): Promise<readonly string[]> => said(inTest(before), inTest(after));

const strict = 'import assert from "node:assert/strict";\n';
const asserting = 'import { test } from "node:test";\ntest("a", () => assert.equal(a, 1));\n';

test("assertions of Node that are strict no more are told by their import", async () => {
  const told = ["the assertions are not strict any more: `equal` compares with `==` now"];
  expect(await said(strict + asserting, `import assert from "node:assert";\n${asserting}`)).toEqual(told);
  expect(await said(strict.replace("node:", "") + asserting, `import assert from "assert";\n${asserting}`)).toEqual(
    told,
  );
  const deep = asserting.replace("equal", "deepEqual");
  expect(await said(strict + deep, `import assert, { AssertionError } from "node:assert";\n${deep}`)).toEqual(told);
});

test("assertions of Node that are strict in another way are left alone", async () => {
  for (const imported of [
    'import { strict as assert } from "node:assert";\n',
    'import { AssertionError, strict as assert } from "node:assert";\n',
    `${strict}import { AssertionError } from "node:assert";\n`,
    'import assert from "my-assert";\n',
    'import assert from "node:assert/lax";\n',
  ]) {
    expect([imported, await said(strict + asserting, imported + asserting)]).toEqual([imported, []]);
  }
  // It says so itself, in both cases alike.
  const explicit = asserting.replace("equal(", "strictEqual(");
  expect(await said(strict + explicit, `import assert from "node:assert";\n${explicit}`)).toEqual([]);
  for (const former of ["my-assert/strict", "node:assert/strictly"]) {
    const before = strict.replace("node:assert/strict", former);
    expect([former, await said(before + asserting, `import assert from "node:assert";\n${asserting}`)]).toEqual([
      former,
      [],
    ]);
  }
});

test("fewer members that are looked at are told, unless each has an assertion of its own now", async () => {
  const both = 'expect(read()).toMatchObject({ name: "tea", "count": 3 });';
  const one = 'expect(read()).toMatchObject({ name: "tea" });';
  expect(await edited(both, one)).toEqual(["now looks at less of the value"]);
  expect(await edited(both, `${one}\nexpect(read().count).toBe(3);`)).toEqual([]);
  expect(await edited(both, `${one}\nexpect(read().price).toBe(3);`)).toEqual(["now looks at less of the value"]);
  // It was there before.
  expect(await edited(`${both}\nexpect(list().count).toBe(3);`, `${one}\nexpect(list().count).toBe(3);`)).toEqual([
    "now looks at less of the value",
  ]);
  const three = both.replace("}", ", price: 7 }");
  expect(await edited(three, `${one}\nexpect(read().count).toBe(3);\nexpect(read().price).toBe(7);`)).toEqual([]);
});

test("a value that is looked for inside an object is still said", async () => {
  expect(await edited("expect(read()).toBe(17);", "expect(read()).toMatchObject({ value: 17 });")).toEqual([]);
  expect(await edited("expect(read()).toBe(17);", 'expect(read()).toMatchObject({ value: 17, unit: "g" });')).toEqual(
    [],
  );
  expect(await edited("expect(read()).toBe(17);", "expect(read()).toMatchObject({ value: 18 });")).toEqual([
    "became `toMatchObject`, which accepts more",
  ]);
  expect(await edited("expect(read()).toBe(17);", "expect(read()).toMatchObject({});")).toEqual([
    "became `toMatchObject`, which accepts more",
  ]);
});

test("what is there once is visible, what is there twice has to be counted", async () => {
  expect(await edited('expect(read("a")).toHaveCount(1);', 'expect(read("a")).toBeVisible();')).toEqual([]);
  expect(await edited('expect(read("a")).toHaveCount(2);', 'expect(read("a")).toBeVisible();')).toHaveLength(1);
  expect(await edited('expect(read("a")).toHaveText("b");', 'expect(read("a")).toBeVisible();')).toHaveLength(1);
  expect(await edited('expect(read("a")).toHaveCount(1);', 'expect(read("a")).toBeAttached();')).toHaveLength(1);
});

test("a matcher that compares less strictly is told by its own library", async () => {
  for (const [before, after] of [
    ["expect(read()).toStrictEqual({ a: 1 });", "expect(read()).toEqual({ a: 1 });"],
    ["expect(read).toHaveBeenCalledExactlyOnceWith(1);", "expect(read).toHaveBeenCalledWith(1);"],
    ["assert.strictEqual(read(), 7);", "assert.equal(read(), 7);"],
    ["assert.deepStrictEqual(read(), [7]);", "assert.deepEqual(read(), [7]);"],
  ] as const) {
    expect([before, await edited(before, after)]).toEqual([before, [expect.stringContaining("accepts more")]]);
  }
  for (const [before, after] of [
    ["expect(read()).toEqual({ a: 1 });", "expect(read()).toStrictEqual({ a: 1 });"],
    ["assert.equal(read(), 7);", "assert.strictEqual(read(), 7);"],
    ["expect(read()).to.deep.equal([7]);", "expect(read()).to.eql([7]);"],
    ["t.strictEqual(read(), 7);", "t.equal(read(), 7);"],
  ] as const) {
    expect([before, await edited(before, after)]).toEqual([before, []]);
  }
});

test("any error in place of a certain one is told, for each way of waiting for it", async () => {
  for (const [before, after] of [
    ["expect(() => read()).toThrow(RangeError);", "expect(() => read()).toThrow(Error);"],
    ["expect(() => read()).toThrowError(RangeError);", "expect(() => read()).toThrowError(Error);"],
    ["assert.throws(() => read(), RangeError);", "assert.throws(() => read(), Error);"],
    ["await assert.rejects(read(), RangeError);", "await assert.rejects(read(), Error);"],
    ["expect(() => read()).to.throw(RangeError);", "expect(() => read()).to.throw(Error);"],
    ["t.throwsAsync(() => read(), RangeError);", "t.throwsAsync(() => read(), Error);"],
  ] as const) {
    expect([before, await edited(before, after)]).toEqual([before, ["now takes any error"]]);
  }
});

test("what is denied of one kind only is told", async () => {
  expect(await edited("expect(() => read()).not.toThrow();", "expect(() => read()).not.toThrow(RangeError);")).toEqual([
    "now denies only a part of what it denied",
  ]);
  expect(await edited("expect(read).not.toHaveBeenCalled();", "expect(read).not.toHaveBeenCalledTimes(2);")).toEqual([
    "now denies only a part of what it denied",
  ]);
  expect(await edited("expect(read).not.toHaveBeenCalled();", "expect(read).not.toHaveBeenCalledWith(2);")).toEqual([]);
  expect(await edited("expect(read).not.toHaveReturned();", "expect(read).not.toHaveBeenCalledTimes(2);")).toEqual([]);
});

test("what is held against itself is told, also by way of constants", async () => {
  const circular = ["is now held against itself"];
  expect(await edited("expect(read(1)).toBe(7);", "expect(read(1)).toBe(read(1));")).toEqual(circular);
  expect(await edited("expect(await read(1)).toBe(7);", "expect(await read(1)).toBe(await read(1));")).toEqual(
    circular,
  );
  const constant = "const other = 1, wanted = read(1);\n";
  expect(await edited(`${constant}expect(read(1)).toBe(7);`, `${constant}expect(read(1)).toBe(wanted);`)).toEqual(
    circular,
  );
  const between = `${constant}expect(list()).toBe(3);\n`;
  expect(await edited(`${between}expect(read(1)).toBe(7);`, `${between}expect(read(1)).toBe(wanted);`)).toEqual(
    circular,
  );
});

test("what was kept before something was done says that nothing has come of it", async () => {
  const kept = "const before = read(1);\nlist(2);\n";
  expect(await edited(`${kept}expect(read(1)).toBe(7);`, `${kept}expect(read(1)).toBe(before);`)).toEqual([]);
  const late = "list(2);\nconst before = read(1);\n";
  expect(await edited(`${late}expect(read(1)).toBe(7);`, `${late}expect(read(1)).toBe(before);`)).toHaveLength(1);
  const after = "const before = read(1);\n";
  expect(
    await edited(`${after}expect(read(1)).toBe(7);\nlist(2);`, `${after}expect(read(1)).toBe(before);\nlist(2);`),
  ).toHaveLength(1);
});

test("another subject that is asked for nearly nothing is told, one that is asked for as much is not", async () => {
  expect(await edited("expect(read(1)).toBe(7);", "expect(list(1)).toBeDefined();")).toEqual([
    "became `toBeDefined`, which accepts almost anything",
  ]);
  expect(await edited("expect(read(1)).toBeGreaterThan(7);", "expect(list(1)).toBeDefined();")).toEqual([]);
  expect(await edited("expect(read(1)).toBe(7);", "expect(list(1)).toBeGreaterThan(7);")).toEqual([]);
  expect(await edited("expect(read(1).size).toBe(7);", "expect(read(1)).toBeDefined();")).toEqual([
    "became `toBeDefined`, which accepts almost anything",
  ]);
  expect(await edited("expect(read(1).size).toBe(7);", "expect(read(2).size).toBeGreaterThan(7);")).toEqual([]);
  expect(await edited("expect(read(1).size).toBeGreaterThan(7);", "expect(read(2).other).toBeDefined();")).toEqual([]);
});

test("what was so and is not so now was changed on purpose", async () => {
  expect(await edited('expect(read()).toContain("a");', 'expect(read()).not.toContain("a");')).toEqual([]);
  expect(
    await edited("expect(read).toHaveBeenCalledWith(1, 2);", "expect(read).not.toHaveBeenCalledWith(1, 3);"),
  ).toHaveLength(1);
  expect(
    await edited(
      "expect(read).not.toHaveBeenCalledWith({ a: 1 });",
      "expect(read).not.toHaveBeenCalledWith({ a: expect.any(Number) });",
    ),
  ).toEqual([]);
});

test("what a mock was called with may be asserted by itself, of its calls or of what comes of them", async () => {
  const before = "list(handler);\nexpect(handler).toHaveBeenCalledWith(state);";
  const times = "list(handler);\nexpect(handler).toHaveBeenCalledTimes(1);";
  const looser = ["became `toHaveBeenCalledTimes`, which accepts more"];
  expect(await edited(before, times)).toEqual(looser);
  expect(await edited(before, `${times}\nexpect(handler.mock.calls[0][0](1)).toEqual(state);`)).toEqual([]);
  expect(await edited(before, `${times}\nexpect(handler.mock.calls[0][0](1)).toEqual(other);`)).toEqual(looser);
  expect(await edited(before, `${times}\nexpect(handler.mock.calls[0][0]).toContain(state);`)).toEqual(looser);
  // It was there before, or is said of something else.
  const same = "\nexpect(handler.mock.calls[0][0](1)).toEqual(state);";
  expect(await edited(before + same, times + same)).toEqual(looser);
  expect(await edited(before, `${times}\nexpect(read()).toEqual(state);`)).toEqual(looser);
  const two = before.replace("state)", "state, 1)");
  expect(await edited(two, `${times}\nexpect(handler.mock.calls[0][0](1)).toEqual(state);`)).toEqual(looser);
});
