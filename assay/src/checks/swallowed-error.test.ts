import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { swallowedError } from "./swallowed-error.ts";

async function found(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await swallowedError.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${/`(.*?)`/.exec(message)?.[1]}`);
}

const open = (name: string): string => `export function ${name}() {\n  save(1);\n}\n`;
const dropped = (name: string): string => `export function ${name}() {\n  try {\n    save(1);\n  } catch {}\n}\n`;
const testing = (title: string): string =>
  `import { test, expect } from "vitest";\ntest("${title}", () => expect(1).toBe(1));\n`;

test("an error that is caught and only mentioned is dropped, one that something is made of is not", async () => {
  const caught = (body: string): string => dropped("keep").replace("catch {}", `catch (error) {\n    ${body}\n  }`);
  for (const body of ["void error;", "error;", "!error;", "console.error(error);"])
    expect([body, await found({ "src/a.ts": open("keep") }, { "src/a.ts": caught(body) })]).toEqual([
      body,
      ["src/a.ts:2 save(1)"],
    ]);
  for (const body of ["void report(error);", "failures.push(error);", "last = error;", "return error;", "throw error;"])
    expect([body, await found({ "src/a.ts": open("keep") }, { "src/a.ts": caught(body) })]).toEqual([body, []]);
});

test("functions that say that they ask or try are left alone, those that only begin alike are not", async () => {
  for (const name of ["trySave", "isSaved", "_maybeSave", "safelySave"]) {
    expect([name, await found({ "src/a.ts": open(name) }, { "src/a.ts": dropped(name) })]).toEqual([name, []]);
  }
  for (const name of ["issue", "hash", "retryIs", "canvas"]) {
    expect([name, await found({ "src/a.ts": open(name) }, { "src/a.ts": dropped(name) })]).toEqual([
      name,
      ["src/a.ts:2 save(1)"],
    ]);
  }
});

test("a test that speaks of the function, or of the module, pins it where the change writes it", async () => {
  const base = { "src/store.ts": open("keep"), "test/all.test.ts": testing("store") };
  const head = { ...base, "src/store.ts": dropped("keep") };
  // It was there before.
  expect(await found(base, head)).toEqual(["src/store.ts:2 save(1)"]);
  const edited = { ...head, "test/all.test.ts": testing("store").replace("(1).toBe(1)", "(2).toBe(2)") };
  expect(await found(base, edited)).toEqual([]);
  expect(await found(base, { ...head, "test/more.test.ts": testing("keep") })).toEqual([]);
  expect(await found(base, { ...head, "test/more.test.ts": testing("other") })).toEqual(["src/store.ts:2 save(1)"]);
});

test("an index goes by its folder, unless that says nothing", async () => {
  for (const [path, pinned] of [
    ["src/orders/index.ts", true],
    ["src/index.ts", false],
    ["lib/index.ts", false],
    ["index.ts", false],
  ] as const) {
    const more = { "test/a.test.ts": testing("orders src lib index") };
    const findings = await found({ [path]: open("keep") }, { [path]: dropped("keep"), ...more });
    expect([path, findings]).toEqual([path, pinned ? [] : [`${path}:2 save(1)`]]);
  }
});

test("what is long is shown by its start", async () => {
  const call = (length: number): string => `save("${"x".repeat(length - 8)}")`;
  for (const [length, shown] of [
    [60, call(60)],
    [61, `${call(61).slice(0, 59)}…`],
  ] as const) {
    const base = { "src/a.ts": open("keep").replace("save(1)", call(length)) };
    const head = { "src/a.ts": dropped("keep").replace("save(1)", call(length)) };
    expect(await found(base, head)).toEqual([`src/a.ts:2 ${shown}`]);
  }
});
