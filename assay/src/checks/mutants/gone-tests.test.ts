import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { goneTests } from "./gone-tests.ts";

/** What is gone of tests, and by test the files of the head that it imported. */
async function gone(
  base: Texts,
  head: Texts,
  renames: Texts = {},
): Promise<{ readonly texts: Texts; readonly imports: Readonly<Record<string, readonly string[]>> }> {
  const { texts, imports } = await goneTests(await contextOf({ base, head, renames }));
  return { texts: Object.fromEntries(texts), imports: Object.fromEntries(imports) };
}

const sum = { "src/sum.ts": "export const sum = (a: number, b: number) => a + b;\n" };
const adds =
  'import { expect, test } from "vitest";\nimport { sum } from "./sum.ts";\ntest("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const addsMore = `${adds}test("adds more", () => { expect(sum(2, 2)).toBe(4); });\n`;

test("a test that was deleted is gone, and with it what it was made of", async () => {
  const tests = {
    "src/sum.test.ts": adds,
    "src/__snapshots__/sum.test.ts.snap": "exports[`adds 1`] = `3`;\n",
    "test/fixtures/three.json": "3",
  };
  expect(await gone({ ...sum, ...tests, "src/other.ts": "other();\n" }, sum)).toEqual({
    texts: tests,
    imports: { "src/sum.test.ts": ["src/sum.ts"] },
  });
});

test("a test that moved as it was, or with more in it, is not lost", async () => {
  const base = { ...sum, "src/sum.test.ts": addsMore };
  const moved = (text: string) =>
    gone(base, { ...sum, "src/add.test.ts": text }, { "src/add.test.ts": "src/sum.test.ts" });
  for (const text of [addsMore, `${addsMore}test("more", () => { expect(sum(0, 0)).toBe(0); });\n`])
    expect(await moved(text)).toEqual({ texts: { "src/sum.test.ts": addsMore }, imports: {} });
  expect(await moved(adds)).toEqual({
    texts: { "src/sum.test.ts": addsMore },
    imports: { "src/sum.test.ts": ["src/sum.ts"] },
  });
  const program = { ...sum, "src/add.ts": addsMore };
  expect((await gone(base, program, { "src/add.ts": "src/sum.test.ts" })).imports).toEqual({
    "src/sum.test.ts": ["src/sum.ts"],
  });
});

test("what is still there is not gone", async () => {
  expect(await gone({ ...sum, "src/sum.test.ts": addsMore }, { ...sum, "src/sum.test.ts": adds })).toEqual({
    texts: {},
    imports: {},
  });
});

test("a test of a module that went as well is not missed", async () => {
  expect(await gone({ ...sum, "src/sum.test.ts": adds }, {})).toEqual({
    texts: { "src/sum.test.ts": adds },
    imports: {},
  });
  const exported = 'export { sum } from "./sum.ts";\ntest("adds", () => {});\n';
  expect((await gone({ ...sum, "src/all.test.ts": exported }, {})).imports).toEqual({});
});

test("what a test asked of other packages, or by the way, does not matter", async () => {
  const text = `import "gone";\n${adds}vi.mock("./gone.ts");\n`;
  expect((await gone({ ...sum, "src/sum.test.ts": text }, sum)).imports).toEqual({ "src/sum.test.ts": ["src/sum.ts"] });
});

test("a test may import what is gone of tests with it", async () => {
  const helper = { "test/helper.ts": "export const three = 3;\n" };
  const test = { "test/sum.test.ts": 'import { three } from "./helper.ts";\nimport { sum } from "../src/sum.ts";\n' };
  const { imports } = await gone({ ...sum, ...helper, ...test }, sum);
  expect(imports["test/sum.test.ts"]).toEqual(["test/helper.ts", "src/sum.ts"]);
});
