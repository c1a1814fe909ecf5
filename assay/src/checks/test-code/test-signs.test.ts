import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { mayConcernTests } from "./test-signs.ts";

async function concerning(base: Texts, head: Texts): Promise<readonly string[]> {
  const { pairs } = await contextOf({ base, head });
  return pairs.filter(mayConcernTests).map(({ change }) => change.path);
}

test("a file of the program is none of the tests'", async () => {
  const head = { "src/price.ts": "export const total = 1; // it is what we expect\n", "README.md": "# Shop\n" };
  expect(await concerning({}, head)).toEqual([]);
});

test.each([
  "src/price.test.ts",
  "test/helper.ts",
  "vite.config.ts",
  "src/bootstrap.ts",
  "apps/shop/cypress/support/e2e.ts",
  "src/__snapshots__/page.html",
  "src/price.test.ts.snap",
  "src/globalSetup.ts",
  "snapshots/page.test.js.md",
])("%s is, by its name", async (path) => {
  expect(await concerning({}, { [path]: "" })).toEqual([path]);
});

test.each([
  "apps/mycypress/support/e2e.ts",
  "src/price.snapshot",
  "src/my__snapshots__/page.html",
  "src/mysnapshots/page.md",
  "snapshots/page.mdx",
])("%s is none, by its name", async (path) => {
  expect(await concerning({}, { [path]: "" })).toEqual([]);
});

test.each(["java and lava", "avast", "a tapered taper", "staple tapes", "myretryTimes = 3;", "setConfigured();"])(
  "a file that says `%s` only has such a word in another",
  async (text) => {
    expect(await concerning({}, { "src/price.ts": text })).toEqual([]);
  },
);

test("a file that comes from the tests, or goes to them, is one of theirs", async () => {
  const moved = async (from: string, to: string): Promise<readonly boolean[]> => {
    const { pairs } = await contextOf({ base: { [from]: "" }, head: { [to]: "" }, renames: { [to]: from } });
    return pairs.map(mayConcernTests);
  };
  expect([await moved("src/a.test.ts", "src/a.ts"), await moved("src/a.ts", "src/a.test.ts")]).toEqual([
    [true],
    [true],
  ]);
  expect(await moved("src/a.ts", "src/b.ts")).toEqual([false]);
});

test.each([
  'import { test } from "vitest";',
  'import test from "tap";',
  'import { test } from "node:test";',
  'import test from "tape";',
  "if (import.meta.vitest) {}",
  "configure({ retryTimes: 3 }); jest.retryTimes(3);",
  'import { test } from "vi\\u0074est";',
])("a file that says `%s` is", async (text) => {
  expect(await concerning({}, { "src/price.ts": text })).toEqual(["src/price.ts"]);
});

test("what a file was counts as well", async () => {
  const test = 'import { test } from "vitest";\n';
  expect(await concerning({ "src/price.ts": test }, { "src/price.ts": "" })).toEqual(["src/price.ts"]);
  expect(await concerning({ "src/price.test.ts": "let a;\n" }, {})).toEqual(["src/price.test.ts"]);
});
