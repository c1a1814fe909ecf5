import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { relaxedTest } from "./relaxed-test.ts";

async function said(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await relaxedTest.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.replace(/;.*/, "")}`);
}

const header = 'import { expect, test } from "vitest";\n';
const testing = (options: string): Texts => ({
  "a.test.ts": `${header}test("a", ${options}() => expect(a).toBe(1));\n`,
});

test("retries that were added or raised are told, fewer are not", async () => {
  expect(await said(testing(""), testing("{ retry: 2 }, "))).toEqual([
    "a.test.ts:2 `retry: 2` adds retries of tests that did without",
  ]);
  expect(await said(testing("{ retry: 1 }, "), testing("{ retry: 2 }, "))).toEqual([
    "a.test.ts:2 `retry: 2` raises the retries of tests that did with less",
  ]);
  expect(await said(testing("{ retry: 2 }, "), testing("{ retry: 1 }, "))).toEqual([]);
  expect(await said(testing("{ retry: 2 }, "), testing("{ retry: 2, tags: [] }, "))).toEqual([]);
  expect(await said({}, testing("{ retry: 2 }, "))).toEqual([]);
});

test("a time limit beyond the runner's own is told", async () => {
  expect(await said(testing(""), testing("{ timeout: 5000 }, "))).toEqual([]);
  expect(await said(testing(""), testing("{ timeout: 5001 }, "))).toEqual([
    "a.test.ts:2 `timeout: 5001` raises the time limit of tests that did without",
  ]);
  expect(await said(testing("{ timeout: 6000 }, "), testing("{ timeout: 9000 }, "))).toEqual([
    "a.test.ts:2 `timeout: 9000` raises the time limit of tests that did with less",
  ]);
});

test("what is set for all tests is told in a file that has none", async () => {
  const path = "test/setup.ts";
  const set = (count: number): Texts => ({ [path]: `jest.retryTimes(${count});\n` });
  expect(await said({}, set(3))).toEqual([`${path}:1 \`jest.retryTimes(3)\` adds retries of tests that did without`]);
  expect(await said(set(1), set(3))).toEqual([
    `${path}:1 \`jest.retryTimes(3)\` raises the retries of tests that did with less`,
  ]);
  expect(await said(set(3), set(1))).toEqual([]);
  const limit = (amount: number): Texts => ({ [path]: `jest.setTimeout(${amount});\n` });
  expect(await said({}, limit(5000))).toEqual([]);
  expect(await said({}, limit(5001))).toHaveLength(1);
  const playwright = { [path]: `import "@playwright/test";\njest.setTimeout(30000);\n` };
  expect(await said({}, playwright)).toEqual([]);
});

test("a long setting is shown by its start", async () => {
  const set = (text: string): Texts => ({ "test/setup.ts": `${text}\n` });
  const call = (length: number): string => `jest.retryTimes(3, { ${"x".repeat(length - 27)}: 1 })`;
  expect(call(50)).toHaveLength(50);
  expect(await said({}, set(call(50)))).toEqual([
    `test/setup.ts:1 \`${call(50)}\` adds retries of tests that did without`,
  ]);
  expect(await said({}, set(call(51)))).toEqual([
    `test/setup.ts:1 \`${call(51).slice(0, 49)}…\` adds retries of tests that did without`,
  ]);
});

test("a sanitizer that is switched off lets a test leave something open", async () => {
  const deno = (options: string): Texts => ({
    "a.test.ts": `import { test } from "jsr:@std/testing/bdd";\nDeno.test({ name: "a", ${options}fn() { assert(a); } });\ntest("b", () => assert(b));\n`,
  });
  expect(await said(deno(""), deno("sanitizeOps: false, "))).toEqual([
    "a.test.ts:2 `sanitizeOps: false` lets a test leave open what it had to close",
  ]);
});
