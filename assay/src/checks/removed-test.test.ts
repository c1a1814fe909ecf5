import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { removedTest } from "./removed-test.ts";

async function removed(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await removedTest.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const sum = "export const sum = (a: number, b: number) => a + b;\n";
const use = 'import { sum } from "./sum.ts";\n';
const adds = 'test("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const addsMore = 'test("adds large numbers", () => { expect(sum(1e9, 5)).toBe(1_000_000_005); });\n';

test("a file that was deleted is one finding", async () => {
  expect(await removed({ "sum.ts": sum, "sum.test.ts": use + adds + addsMore }, { "sum.ts": sum })).toEqual([
    "sum.test.ts:null the file was deleted with its 2 tests, and the code they verify is still there; keep them, or say why they went",
  ]);
});

test("the tests of a module that was deleted are not missed", async () => {
  expect(await removed({ "sum.ts": sum, "sum.test.ts": use + adds }, { "other.ts": "" })).toEqual([]);
});

test("the line is where the test would stand", async () => {
  const [finding] = await removed({ "sum.test.ts": use + adds + addsMore }, { "sum.test.ts": use + addsMore });
  expect(finding).toMatch(/^sum\.test\.ts:2 the test `adds` was deleted,/);
});

test("a test that a file beside it has as well is not missed", async () => {
  expect(
    await removed(
      { "a.test.ts": use + adds + addsMore, "b.test.ts": use + adds },
      { "a.test.ts": use + addsMore, "b.test.ts": use + adds },
    ),
  ).toEqual([]);
});

test("a parameter that is gone takes the tests that gave it", async () => {
  const three = "export const sum = (a: number, b: number, c = 0) => a + b + c;\n";
  const addsThree = 'test("adds three", () => { expect(sum(10, 20, 30)).toBe(60); });\n';
  expect(
    await removed(
      { "sum.ts": three, "sum.test.ts": use + adds + addsThree },
      { "sum.ts": sum, "sum.test.ts": use + adds },
    ),
  ).toEqual([]);
});

test("while tests are rewritten at large, nothing is said", async () => {
  const many = (call: string) =>
    Array.from(
      { length: 6 },
      (_, n) => `test("adds ${n}", () => { expect(${call}(${n}, 2)).toBe(${n + 2}); });\n`,
    ).join("");
  expect(
    await removed(
      { "sum.ts": sum, "sum.test.ts": use + addsMore + many("sum") },
      { "sum.ts": sum, "sum.test.ts": use + many("await sum.later") },
    ),
  ).toEqual([]);
});
