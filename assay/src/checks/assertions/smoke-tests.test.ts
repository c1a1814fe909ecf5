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
])("%j does not", async (title) => {
  expect(await mayBe(title, "run();")).toBe(false);
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
