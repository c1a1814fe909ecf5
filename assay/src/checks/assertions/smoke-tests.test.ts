import { expect, test } from "vitest";
import { assertionFreeTest } from "../assertion-free-test.ts";
import { contextOf } from "../change/change-of-texts.ts";

/** May a test that asserts nothing be there because it runs at all? */
async function mayBe(title: string, body: string, path = "a.test.ts"): Promise<boolean> {
  const text = `import { test } from "vitest";\nimport { run } from "./run.ts";\ntest(${JSON.stringify(title)}, () => {\n${body}\n});\n`;
  const context = await contextOf({ base: {}, head: { "run.ts": "export const run = () => 1;\n", [path]: text } });
  return (await assertionFreeTest.inspect(context)).length === 0;
}

test.each([
  "does not throw",
  "doesn't throw",
  "doesn’t throw",
  "doesnt throw",
  "would have hung",
  "should not crash",
  "must never fail",
  "can run without an error",
  "runs without errors",
  "never hangs",
  "no warning: is not warned",
  "without throwing",
  "will not leak",
  "does not really ever throw",
  "smoke test",
  "is a noop",
  "a no-op",
  "are no-ops",
  "would have thrown before",
  "would still hang",
  "would crash",
  "would be rejected",
  "compiles",
  "infers the type",
  "is typed",
  "checks in TypeScript",
])("%j says that running at all is the point", async (title) => {
  expect(await mayBe(title, "run();")).toBe(true);
  expect(await mayBe(title, "const a = 1;")).toBe(false);
});

test.each([
  "throws",
  "crashes",
  "adds numbers",
  "is not a number",
  "does nothing at all to throw off",
  "knot thrown",
  "would add",
  "a compiler",
  "a typewriter",
  "casino errors",
  "does not breakfast",
  "does not in any of these cases throw",
  "a snoop",
  "would be a failure",
  "recompile",
  "a prototype",
  "an inferior cart",
  "reads dtsx",
])("%j does not", async (title) => {
  expect(await mayBe(title, "run();")).toBe(false);
});

const words = (text: string): readonly string[] => text.split(" ");

test.each(words("does do should must can will is are"))("that it %s not is said in each way", async (verb) => {
  for (const title of [`${verb} not throw`, `${verb}n't throw`, `It ${verb} not ever really throw`])
    expect([title, await mayBe(title, "run();")]).toEqual([title, true]);
  expect(await mayBe(`${verb} throw`, "run();")).toBe(false);
});

test.each(
  words(
    "throw throws throwing crash crashes error errors fail fails failing hang hangs warn warnings complain complaints panic panics explode break blow blows leak leaks reject rejects rejections deadlock deadlocks die overflow overflows cause causes exceptions conflict conflicts block blocks stop",
  ),
)("without %s, never and no are as good as that it does not", async (what) => {
  for (const by of ["does not", "without", "never", "no", "not"])
    expect([by, await mayBe(`it ${by} ${what}`, "run();")]).toEqual([by, true]);
  expect(await mayBe(`it ${what}`, "run();")).toBe(false);
});

test.each(words("throw reject fail crash hang"))("what would %s is told by running at all", async (what) => {
  for (const by of ["would", "would still", "would have been", "It would be"])
    expect([by, await mayBe(`${by} ${what}ed`, "run();")]).toEqual([by, true]);
  expect(await mayBe(`would ${what}`, "run();")).toBe(true);
});

test.each(
  words(
    "compile compiles compilation type types typed typing typings typecheck typechecks typescript infer infers inferred inference dts",
  ),
)("where types are checked, a title with the word %s says that they fit", async (word) => {
  expect(await mayBe(`it ${word} all`, "run();")).toBe(true);
  expect(await mayBe(`It ${word.toUpperCase()} all`, "run();", "a.test.mts")).toBe(true);
  expect(await mayBe(`it ${word} all`, "run();", "a.test.cts")).toBe(true);
  expect(await mayBe(`it ${word} all`, "run();", "a.tsx.test.js")).toBe(false);
});

test("a comment may say so, inside of the test", async () => {
  expect(await mayBe("adds", "// Must not throw.\nrun();")).toBe(true);
  expect(await mayBe("adds", "run(); /* It would hang. */")).toBe(true);
  expect(await mayBe("adds", "// It runs.\nrun();")).toBe(false);
});

test.each(["new Run();", "await import('./run.ts');", "run`a`;", "<Run />;", "run().then(run);"])(
  "%s runs something",
  async (body) => {
    expect(await mayBe("does not throw", body, "a.test.tsx")).toBe(true);
  },
);

test.each(["console.log('a');", "let a;", ""])("%j runs nothing", async (body) => {
  expect(await mayBe("does not throw", body)).toBe(false);
});

test("types are checked in TypeScript alone", async () => {
  expect(await mayBe("infers the type", "run();", "a.test.js")).toBe(false);
});

test.each([
  "({}) as Cart satisfies Order;",
  "undefined as Cart satisfies Order;",
  "const a: Order = {} as Cart;",
  "const a: Order = null! as unknown as Cart;",
  "type A = Cart;\nconst a: Order = 'a' as A;",
])("%j holds one type against another", async (body) => {
  expect(await mayBe("a cart is typed as an order", body)).toBe(true);
});

test.each([
  "const a: Order = {} as Order;",
  "const a: Order = {} as any;",
  "const a: unknown = {} as Cart;",
  "const a: Order = run as Cart;",
  "const a: Order = {} as Cart, b: Order = {} as Order;",
  "const a: Order = {} as Cart;\nconst b: Order = {} as Order;",
  "const a: Order = {} as Cart;\nfor (const b of a) b;",
  "const a = {} as Cart;",
  "const a: Order = {};",
  "let a: Order;",
  "const [a]: Order[] = [] as Cart[];",
])("%j does not", async (body) => {
  expect(await mayBe("a cart is typed as an order", body)).toBe(false);
});

test.each([
  "const a: Order = undefined as Cart;",
  "const a: Order = {} as unknown as Cart;",
  "const a: Order = {} as Cart;\nconst b: Order = {} as Basket;",
  "const a: Order = {} as Cart, b: Order = {} as anyCart;",
])("%j holds one against another as well, and not under any title", async (body) => {
  expect(await mayBe("a cart is typed as an order", body, "a.test.mts")).toBe(true);
  expect(await mayBe("does not throw", body)).toBe(false);
});
