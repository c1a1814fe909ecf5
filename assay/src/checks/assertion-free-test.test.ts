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
  const findsIn = async (name: string): Promise<number> =>
    (await assertionFreeTest.inspect(await contextOf({ base: {}, head: { [name]: uses("./b.ts") } }))).length;
  for (const name of ["a.test-d.ts", "a.types.spec.ts", "src/a.types.test.tsx", "types/a.tst.ts"])
    expect([name, await findsIn(name)]).toEqual([name, 0]);
  for (const name of ["types.test.ts", "a-types.spec.ts", "a.types.spec.js"])
    expect([name, await findsIn(name)]).toEqual([name, 1]);
});

/** What is found in a test file whose one test stands at the third line. */
const inFile = (code: string): Promise<readonly (number | null)[]> =>
  found(
    {},
    { "a.test.ts": `import { afterEach, expect, test } from "vitest";\nimport { run } from "./b.ts";\n${code}\n` },
  );

test("what a hook asserts after each test is asserted in each", async () => {
  for (const hook of ["after", "afterEach", "afterAll", "before", "beforeEach", "teardown", "test.afterEach"]) {
    expect([hook, await inFile(`test("runs", () => { run(); });\n${hook}(() => expect(run()).toBe(1));`)]).toEqual([
      hook,
      [],
    ]);
  }
  expect(await inFile('test("runs", () => { run(); });\nafterEach("cleans", () => expect(run()).toBe(1));')).toEqual(
    [],
  );
});

test("a hook that only tidies up, or that is none, asserts nothing", async () => {
  for (const other of [
    "afterEach(() => run());",
    "afterwards(() => expect(run()).toBe(1));",
    "hereafter(() => expect(1).toBe(1));",
  ]) {
    expect([other, await inFile(`test("runs", () => { run(); });\n${other}`)]).toEqual([other, [3]]);
  }
});

test("what is missing is said of a test that is empty, that only runs, and that has a title alone", async () => {
  const said = async (code: string): Promise<readonly string[]> => {
    const head = { "a.test.ts": `import { test } from "vitest";\nimport { run } from "./b.ts";\n${code}\n` };
    return (await assertionFreeTest.inspect(await contextOf({ base: {}, head }))).map(({ message }) => message);
  };
  expect(await said('test("runs", () => {});')).toEqual([
    "this test is empty and always passes; assert what its title says, or delete it",
  ]);
  expect(await said('test("runs", () => { run(); });')).toEqual([
    "this test asserts nothing and passes whatever the code answers; assert what its title says",
  ]);
});

test("a type error that is expected asserts, when types are checked", async () => {
  expect(await inFile('test("runs", () => {\n  // @ts-expect-error\n  run();\n});')).toEqual([]);
  expect(await inFile('test("runs", () => {\n  // as expected\n  run();\n});')).toEqual([3]);
});

test("a plan of no assertions is none", async () => {
  expect(await inFile('test("runs", (t) => { t.plan(0); run(); });')).toEqual([3]);
  expect(await inFile('test("runs", () => { expect.assertions(0); run(); });')).toEqual([3]);
  expect(await inFile('test("runs", (t) => { t.plan(1); run(t); });')).toEqual([]);
});

test("what a row or a fixture hands to a test may assert", async () => {
  for (const code of [
    'test.each([[run]])("runs", (check) => { check(1); });',
    'test.for([run])("runs", (check) => { check(1); });',
    'test("runs", ({ check }) => { check(1); });',
    'for (const check of [run]) test("runs", () => { check(1); });',
    'function suite(check) { test("runs", () => { check(1); }); }',
    // By these names alone nobody would take them for assertions.
    'test.each([[run]])("runs", (go) => { go(1); });',
    'test.for([run])("runs", (go) => { go(1); });',
    'test("runs", ({ go }) => { go(1); });',
    'for (const go of [run]) test("runs", () => { go(1); });',
    'for (const { go } of [{ go: run }]) test("runs", () => { go(1); });',
    'function suite(go) { test("runs", () => { go(1); }); }',
    'function suite(go) { test("runs", () => { go.all().now(1); }); }',
  ]) {
    expect([code, await inFile(code)]).toEqual([code, []]);
  }
});

test("what a test gets from its runner, or makes itself, is not known to assert", async () => {
  for (const code of [
    'test("runs", (t) => { t(1); });',
    'test("runs", ({ page }) => { page.open(1); });',
    'test.skipIf(false)("runs", (t) => { t(1); });',
    'test("runs", () => { const inner = (go) => go(1); inner(run); });',
    'test("runs", () => { for (const each of [1]) run(each); });',
    'test("runs", () => { for (const go of [run]) go(1); });',
    'test("runs", () => { const inner = function (go) { go(1); }; inner(run); });',
  ]) {
    expect([code, await inFile(code)]).toEqual([code, [3]]);
  }
});
