import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { relaxedTest } from "../relaxed-test.ts";

/** What is shown of the places that give tests more time or another try. */
async function relaxed(base: string, head: string, path = "a.test.ts"): Promise<readonly string[]> {
  const findings = await relaxedTest.inspect(await contextOf({ base: { [path]: base }, head: { [path]: head } }));
  return findings.map(({ message }) => message.replace(/ of tests that did.*| lets a test.*/, ""));
}

const adds = 'test("adds", () => { expect(sum(1, 2)).toBe(3); });';
/** The same test with something behind its function, or as its options. */
const withLast = (last: string): string => adds.replace("; });", `; }, ${last});`);
const withOptions = (options: string): string => adds.replace('"adds", ', `"adds", ${options}, `);

test.each([
  [withOptions("{ retry: 2 }"), "`retry: 2` adds retries"],
  [withOptions("{ retries: 1 }"), "`retries: 1` adds retries"],
  [withOptions("{ flakeAttempts: 1 }"), "`flakeAttempts: 1` adds retries"],
  [withOptions("{ retry: { count: 2, delay: 0 } }"), "`retry: { count: 2, delay: 0 }` adds retries"],
  [withOptions("{ retries: { runMode: 2 } }"), "`retries: { runMode: 2 }` adds retries"],
  [withOptions("{ retries: { openMode: 1 } }"), "`retries: { openMode: 1 }` adds retries"],
  [withOptions("{ retry: process.env.CI ? 2 : 0 }"), "`retry: process.env.CI ? 2 : 0` adds retries"],
  [withOptions("{ retry: process.env.CI ? 0 : 2 }"), "`retry: process.env.CI ? 0 : 2` adds retries"],
  [withOptions("{ retry: often }"), "`retry: often` adds retries"],
  [withOptions('{ "retry": 2 }'), '`"retry": 2` adds retries'],
  [withOptions("{ timeout: 6_000 }"), "`timeout: 6_000` raises the time limit"],
  [withOptions("{ timeout: 0 }"), "`timeout: 0` raises the time limit"],
  [withOptions("{ timeout: Infinity }"), "`timeout: Infinity` raises the time limit"],
  [withOptions("{ timeout: 6 * 1000 }"), "`timeout: 6 * 1000` raises the time limit"],
  [withOptions("{ timeout: 5000 + 1 }"), "`timeout: 5000 + 1` raises the time limit"],
  [withOptions("{ timeout: 9000 - 8000 }"), "`timeout: 9000 - 8000` raises the time limit"],
  [withOptions("{ testTimeout: 6000 }"), "`testTimeout: 6000` raises the time limit"],
  [withOptions("{ slowTestThreshold: 6000 }"), "`slowTestThreshold: 6000` raises the time limit"],
  [withLast("5_001"), "`5_001` raises the time limit"],
  [withLast("0"), "`0` raises the time limit"],
  [withLast("60 * 1000"), "`60 * 1000` raises the time limit"],
  [withLast("{ retry: 1 }"), "`retry: 1` adds retries"],
  [withLast("2 ** 20"), "`2 ** 20` raises the time limit"],
  [withLast("+9000"), "`+9000` raises the time limit"],
  [withLast("Number.MAX_SAFE_INTEGER"), "`Number.MAX_SAFE_INTEGER` raises the time limit"],
  [withOptions("{ timeout: Number.MAX_VALUE }"), "`timeout: Number.MAX_VALUE` raises the time limit"],
  [`const long = 9000 as number;\n${withLast("long")}`, "`long` raises the time limit"],
  [`const long = 9000 satisfies number;\n${withLast("long")}`, "`long` raises the time limit"],
  [`vi["setConfig"]({ retry: 2 });\n${adds}`, "`retry: 2` adds retries"],
  [`jest["retryTimes"](2);\n${adds}`, '`jest["retryTimes"](2)` adds retries'],
  [withOptions("{ sanitizeOps: false }"), "`sanitizeOps: false`"],
  [withOptions("{ sanitizeResources: false }"), "`sanitizeResources: false`"],
  [withOptions("{ sanitizeExit: false }"), "`sanitizeExit: false`"],
  [`const often = 3;\n${withOptions("{ retry: often }")}`, "`retry: often` adds retries"],
  [`const long = 9000;\n${withLast("long")}`, "`long` raises the time limit"],
  [`const options = { retry: 3 };\n${withOptions("options")}`, "`retry: 3` adds retries"],
  [`const options = { retry: 3 };\n${withOptions("{ ...options }")}`, "`retry: 3` adds retries"],
  [`jest.setTimeout(6000);\n${adds}`, "`jest.setTimeout(6000)` raises the time limit"],
  [`jest.retryTimes(2);\n${adds}`, "`jest.retryTimes(2)` adds retries"],
  [`vi.setConfig({ testTimeout: 9000 });\n${adds}`, "`testTimeout: 9000` raises the time limit"],
  [`Cypress.config("retries", 2);\n${adds}`, '`Cypress.config("retries", 2)` adds retries'],
  [`Cypress.config({ retries: 2 });\n${adds}`, "`retries: 2` adds retries"],
  [`test.describe.configure({ retries: 2 });\n${adds}`, "`retries: 2` adds retries"],
  [
    `jasmine.DEFAULT_TIMEOUT_INTERVAL = 9000;\n${adds}`,
    "`jasmine.DEFAULT_TIMEOUT_INTERVAL = 9000` raises the time limit",
  ],
  [adds.replace("expect", "this.timeout(9000); expect"), "`this.timeout(9000)` raises the time limit"],
  [adds.replace("expect", "this.retries(2); expect"), "`this.retries(2)` adds retries"],
  [adds.replace("expect", "test.slow(); expect"), "`test.slow()` raises the time limit"],
  [adds.replace("expect", "test.setTimeout(9000); expect"), "`test.setTimeout(9000)` raises the time limit"],
  [adds.replace(/;$/, ".timeout(9000);"), `\`${adds.slice(0, 49)}…\` raises the time limit`],
  [`describe("sums", { retry: 2 }, () => { ${adds} });`, "`retry: 2` adds retries"],
  [`describe("sums", () => { this.timeout(9000); ${adds} });`, "`this.timeout(9000)` raises the time limit"],
])("%s relaxes the test", async (head, expected) => {
  expect(await relaxed(adds, head)).toEqual([expected]);
});

test.each([
  withOptions("{ retry: 0 }"),
  withOptions("{ timeout: 5000 }"),
  withOptions("{ timeout: 9000 > 1 ? 100 : 200 }"),
  withOptions("{ sanitizeOps: true }"),
  withOptions("{ repeats: 2 }"),
  withOptions("{ [retry]: 2 }"),
  withLast("5_000"),
  withLast("1000 * 2"),
  withLast("...rest"),
  withLast("limit"),
  `const long = 100;\n${withLast("long")}`,
  `describe("sums", () => { ${adds} }, 9000);`,
  `jest.setTimeout(5000);\n${adds}`,
  `vi.setConfig({ maxConcurrency: 9 });\n${adds}`,
  `vi.setConfig("maxConcurrency", 9);\n${adds}`,
  `vi.setConfig(settings);\n${adds}`,
  `Cypress.config("retries");\n${adds}`,
  `client.setTimeout(9000);\n${adds}`,
  `queue.retry(3);\n${adds}`,
  adds.replace("expect", "test.slow(true); expect"),
  adds.replace("expect", "this.timeout(); expect"),
  adds.replace("expect", "setTimeout(run, 9000); expect"),
  adds.replace("expect", "page.DEFAULT_TIMEOUT = 9000; expect"),
  `describe("others", { retry: 2 }, () => { test("more", () => { expect(sum(9, 9)).toBe(18); }); });\n${adds}`,
])("%s does not", async (head) => {
  expect(await relaxed(adds, head)).toEqual([]);
});

test("what a test says itself goes before what is said around it, and the last before the first", async () => {
  const within = (suite: string, own: string) =>
    `describe("sums", { retry: ${suite} }, () => { ${withOptions(`{ retry: ${own} }`)} });`;
  expect(await relaxed(within("1", "1"), within("5", "1"))).toEqual([]);
  expect(await relaxed(within("5", "1"), within("1", "5"))).toEqual(["`retry: 5` raises the retries"]);
  const nested = (outer: string, inner: string) =>
    `describe("a", { retry: ${outer} }, () => { describe("b", { retry: ${inner} }, () => { ${adds} }); });`;
  expect(await relaxed(nested("1", "2"), nested("5", "2"))).toEqual([]);
  expect(await relaxed(nested("1", "2"), nested("1", "3"))).toEqual(["`retry: 3` raises the retries"]);
  const twice = (first: number, second: number) => `jest.setTimeout(${first});\njest.setTimeout(${second});\n${adds}`;
  expect(await relaxed(twice(6000, 7000), twice(9000, 7000))).toEqual([]);
  expect(await relaxed(twice(6000, 7000), twice(6000, 9000))).toEqual([
    "`jest.setTimeout(9000)` raises the time limit",
  ]);
});

test("Playwright's own limit is longer", async () => {
  const imported = 'import { expect, test } from "@playwright/test";\n';
  expect(await relaxed(imported + adds, imported + withOptions("{ timeout: 30_000 }"))).toEqual([]);
  expect(await relaxed(imported + adds, imported + withOptions("{ timeout: 30_001 }"))).toHaveLength(1);
});

test("Deno's tests may be one object", async () => {
  const one = (options: string) => `Deno.test({ name: "adds", ${options} fn() { assertEquals(sum(1, 2), 3); } });`;
  expect(await relaxed(one(""), one("sanitizeOps: false,"))).toEqual(["`sanitizeOps: false`"]);
  expect(await relaxed(one(""), one("sanitizeOps: true,"))).toEqual([]);
});

test("a file that runs before the tests relaxes all of them", async () => {
  const base = "jest.setTimeout(6000);\n";
  expect(await relaxed(base, "jest.setTimeout(9000);\n", "test/setup.ts")).toEqual([
    "`jest.setTimeout(9000)` raises the time limit",
  ]);
  expect(await relaxed(base, "jest.setTimeout(5500);\n", "test/setup.ts")).toEqual([]);
  expect(await relaxed(base, `${base}jest.retryTimes(2);\n`, "test/setup.ts")).toEqual([
    "`jest.retryTimes(2)` adds retries",
  ]);
  const heads: Texts = { "test/setup.ts": "jest.retryTimes(2);\n" };
  expect(await relaxedTest.inspect(await contextOf({ base: {}, head: heads }))).toHaveLength(1);
});

test("what a suite says holds for its own tests, and not for those around it", async () => {
  const inner = (limit: string): string => `describe("inner", () => { ${limit} ${adds} });`;
  const outer = (limit: string, suite: string): string =>
    `describe("outer", () => { ${limit} ${suite} test("other", () => { expect(sum(2, 2)).toBe(4); }); });`;
  const limit = "jest.setTimeout(9000);";
  expect(await relaxed(outer("", inner(limit)), outer(limit, inner(limit)))).toHaveLength(1);
  expect(await relaxed(outer(limit, inner("")), outer(limit, inner(limit)))).toEqual([]);
});
