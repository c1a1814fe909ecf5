import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { unreachedTest } from "./unreached-test.ts";

const manifest = { "package.json": '{ "devDependencies": { "vitest": "4" } }' };
const tests = 'import { expect, test } from "vitest";\ntest("adds", () => { expect(1 + 1).toBe(2); });\n';
const include = (glob: string) => ({
  "vitest.config.ts": `export default { test: { include: ["${glob}"] } };\n`,
});

/** What is found when the tests of `src/a.test.ts` are at `to`. */
async function moved(to: string, more: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({
    base: { ...manifest, ...more, "src/a.test.ts": tests },
    head: { ...manifest, ...more, [to]: tests },
    renames: { [to]: "src/a.test.ts" },
  });
  return (await unreachedTest.inspect(context)).map(({ path }) => path ?? "");
}

test.each(["src/a.test.ts.bak", "src/a.txt", "src/a.tests.ts", "src/a.ts", "src/__fixtures__/a.ts", "dist/a.ts"])(
  "%s is not collected",
  async (to) => {
    expect(await moved(to)).toEqual([to]);
  },
);

test.each(["src/b.test.ts", "src/a.spec.ts", "src/deep/a.test.mts", "test/a.test.ts"])(
  "%s is collected",
  async (to) => {
    expect(await moved(to)).toEqual([]);
  },
);

test("the configuration decides where it can be read", async () => {
  expect(await moved("test/a.test.ts", include("src/**/*.test.ts"))).toEqual(["test/a.test.ts"]);
  expect(await moved("src/b.test.ts", include("src/**/*.test.ts"))).toEqual([]);
});

test("several tests that are cut off for one reason are one finding", async () => {
  const body = 'test("adds", () => { expect(1 + 1).toBe(2); });\ntest("doubles", () => { expect(2 * 2).toBe(4); });\n';
  const context = await contextOf({
    base: { "a.test.ts": body },
    head: { "a.test.ts": `if (false) {\n${body}}\n` },
  });
  expect(await unreachedTest.inspect(context)).toEqual([
    {
      path: "a.test.ts",
      line: 2,
      message:
        "the test `adds` (and 1 more) is not run any more: it stands under a condition that is never met; let it run, or delete it and say why",
    },
  ]);
});
