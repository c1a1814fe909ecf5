import { expect, test } from "vitest";
import { assertionFreeTest } from "./assertion-free-test.ts";
import { contextOf, type Texts } from "./change/change-of-texts.ts";

/** Lines of `a.test.ts` at which a test that asserts nothing is new. */
async function found(base: Texts, head: Texts): Promise<readonly (number | null)[]> {
  const findings = await assertionFreeTest.inspect(await contextOf({ base, head }));
  return findings.filter(({ path }) => path === "a.test.ts").map(({ line }) => line);
}

const uses = (module: string): string =>
  `import { test } from "vitest";\nimport { total } from "${module}";\ntest("adds", () => {\n  total(1, 2);\n});\n`;
const asserts = 'import { expect } from "vitest";\nexport const total = (a, b) => expect(a + b).toBe(3);\n';

test("a helper is followed through re-exports", async () => {
  const head = {
    "a.test.ts": uses("./testing/index.ts"),
    "testing/index.ts": 'export * from "./named.ts";\n',
    "testing/named.ts": 'export { all as total } from "./all.ts";\n',
    "testing/all.ts": asserts.replace("total", "all"),
  };
  expect(await found({}, head)).toEqual([]);
  expect(await found({}, { ...head, "testing/all.ts": "export const all = (a, b) => a + b;\n" })).toEqual([3]);
});

test("a helper that calls a helper of a third module is followed", async () => {
  const second = 'import { third } from "./c.ts";\nexport function total(a, b) {\n  third(a, b);\n}\n';
  const head = { "a.test.ts": uses("./b.ts"), "b.ts": second, "c.ts": asserts.replace("total", "third") };
  // `b.ts` imports no assertions: it may be the program.
  expect(await found({}, head)).toEqual([3]);
  const inTests = { "a.test.ts": uses("./test/b.ts"), "test/b.ts": second, "test/c.ts": head["c.ts"] };
  expect(await found({}, inTests)).toEqual([]);
});

test("what the program throws is no assertion of its test", async () => {
  const program = 'export function total(a, b) {\n  if (a > b) throw new Error("order");\n  return a + b;\n}\n';
  expect(await found({}, { "a.test.ts": uses("./b.ts"), "b.ts": program })).toEqual([3]);
});

test("helpers are read as they are on the side of the test", async () => {
  const base = { "a.test.ts": uses("./b.ts"), "b.ts": asserts };
  const emptied = { "a.test.ts": `${uses("./b.ts")}// later\n`, "b.ts": "export const total = (a, b) => a + b;\n" };
  expect(await found(base, emptied)).toEqual([3]);
  expect(await found(emptied, base)).toEqual([]);
});

test("a test that was like this before is not new, also under another title", async () => {
  const base = { "a.test.ts": uses("./b.ts"), "b.ts": "export const total = 1;\n" };
  const renamed = { ...base, "a.test.ts": uses("./b.ts").replace("adds", "sums") };
  expect(await found(base, renamed)).toEqual([]);
});

test("type tests assert by their types", async () => {
  const context = await contextOf({ base: {}, head: { "a.test-d.ts": uses("./b.ts") } });
  expect(await assertionFreeTest.inspect(context)).toEqual([]);
});
