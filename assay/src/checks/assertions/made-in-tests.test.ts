import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedAssertion } from "../loosened-assertion.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";

const claim = 'test("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const imported = 'import { expect, test } from "vitest";\nimport { sum, Cart } from "./sum.ts";\n';
const program = {
  "src/sum.ts": "export const sum = (a, b) => a + b;\nexport class Cart {}\n",
  "src/log.ts": "export const log = 1;\n",
};

/** What a test file makes itself that it took from the program before. */
async function made(before: string, after: string, others: Texts = program): Promise<readonly string[]> {
  const of = (text: string): Texts => ({ ...others, "src/sum.test.ts": text });
  const findings = await loosenedAssertion.inspect(await contextOf({ base: of(before), head: of(after) }));
  return findings.flatMap(({ message }) => /^`(\w+)` is made here now/.exec(message)?.[1] ?? []);
}

const own = (code: string): string => `import { expect, test } from "vitest";\n${code}\n${claim}`;

test.each([
  "const sum = (a, b) => a + b;",
  "const sum = function (a, b) { return a + b; };",
  "function sum(a, b) { return a + b; }",
  "const more = 1, sum = (a, b) => a + b;",
])("%s is made here now", async (code) => {
  expect(await made(imported + claim, own(code))).toEqual(["sum"]);
});

test("a class may be made here, too", async () => {
  for (const code of ["class Cart {}", "const Cart = class {};"])
    expect(
      await made(
        imported + claim,
        `import { expect, test } from "vitest";\nimport { sum } from "./sum.ts";\n${code}\n${claim}`,
      ),
    ).toEqual(["Cart"]);
});

test.each([
  "const sum = 3;",
  "let sum;",
  "declare function sum(a: number, b: number): number;",
  "const { sum } = { sum: () => 3 };",
  "const total = (a, b) => a + b;",
  'import { sum } from "./sum.ts";',
  'const sum = async () => import("./sum.ts");',
  'const sum = (a) => require("./sum.ts").sum(a);',
  'import { log } from "./log.ts";\nconst sum = (a, b) => log + a + b;',
])("%s is not, or calls the program", async (code) => {
  expect(await made(imported + claim, own(code))).toEqual([]);
});

test("what the program offers no more, or never did, may be made here", async () => {
  const copy = own("const sum = (a, b) => a + b;");
  const head = (others: Texts) => made(imported + claim, copy, others);
  expect(await head({ "src/sum.ts": "export const total = 1;\n" })).toEqual([]);
  expect(await head({ "src/other.ts": "export const sum = 1;\n" })).toEqual([]);
  expect(await made(imported.replace("./sum.ts", "sum") + claim, copy)).toEqual([]);
  expect(
    await made(imported.replace("./sum.ts", "./testing/sum.ts") + claim, copy, {
      "src/testing/sum.test.ts": "",
      "test/sum.ts": "",
    }),
  ).toEqual([]);
  expect(await made("", copy)).toEqual([]);
  const renamed = 'import { expect, test } from "vitest";\nimport { total as sum } from "./sum.ts";\n';
  expect(await made(renamed + claim, copy)).toEqual([]);
});

/** Does a test call nothing but what its own file declares? */
function isCopy(code: string): boolean {
  const found = [...vacuousAssertion.inspect(parseSource(repoPath("src/sum.test.ts"), code))];
  return found.some(({ message }) => message.startsWith("this test calls only what its own file declares"));
}

const runner = 'import { expect, test } from "vitest";\n';
const copied = "const sum = (a, b) => a + b;\n";

test.each([
  `${runner}${copied}${claim}`,
  `${runner}function sum(a, b) { return a + b; }\n${claim}`,
  `import assert from "node:assert";\nimport test from "node:test";\n${copied}test("adds", () => { assert.equal(sum(1, 2), 3); });`,
  `${runner}${copied}test("adds", () => { expect([sum(1, 2)]).toEqual([3]); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { const sum = (a, b) => a + b; expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { function sum(a, b) { return Math.max(a + b); } expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "@/sum";\ntest("adds", () => { const sum = (a, b) => a + b; expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "#sum";\ntest("adds", () => { const sum = (a, b) => String(Number(a) + b); expect([sum(1, 2)]).toEqual([3]); });`,
])("%j tries a copy", (code) => {
  expect(isCopy(code)).toBe(true);
});

test.each([
  `${runner}import { sum } from "./sum.ts";\n${claim}`,
  `${runner}import { other } from "./other.ts";\n${copied}${claim}`,
  `${runner}const sum = () => 3;\n${claim}`,
  `${runner}const sum = (a, b) => app.sum(a, b);\nconst app = require("./app");\n${claim}`,
  `${runner}const sum = (a, b) => total(a, b);\n${claim}`,
  `${runner}const sum = (a, b) => document.title + a + b;\n${claim}`,
  `${runner}${copied}test("adds", () => { expect(sum(1, 2)).toBe(3); expect(other).toBe(1); });`,
  `${runner}{ const sum = (a, b) => a + b;\n${claim} }`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { const sum = (a, b) => total(a, b); expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\nconst more = 1;\ntest("adds", () => { const sum = (a, b) => a + more; expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", (t) => { const sum = (a, b) => a + b; expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { const sum = (a, b) => helper(a, b); expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "sum";\ntest("adds", () => { const sum = (a, b) => a + b; expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { const sum = (a, b) => a + b; expect(sum(1, 2)).toBe(3); expect(total(1)).toBe(1); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", async () => { const sum = (a, b) => a + b; await import("./sum.ts"); expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", function () { const sum = (a, b) => this.sum(a, b); expect(sum(1, 2)).toBe(3); });`,
  `${runner}import { total } from "./sum.ts";\ntest("adds", () => { const sum = (a, b) => Mathematics(a, b); expect(sum(1, 2)).toBe(3); });`,
  `${runner}${copied}class Cart { sum(a) { return a; } }\ntest("adds", () => { expect(new Cart().sum(3)).toBe(3); });`,
])("%j may try the program", (code) => {
  expect(isCopy(code)).toBe(false);
});
