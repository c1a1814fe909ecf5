import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { runGuard } from "./run-guards.ts";
import { vacuousAssertion } from "./vacuous-assertion.ts";

/** How many assertions of a new file can't fail. */
async function found(path: string, text: string): Promise<number> {
  const outcome = await runGuard(vacuousAssertion, await contextOf({ base: {}, head: { [path]: text } }));
  return outcome.status === "failed" ? outcome.findings.length : 0;
}

const imports = 'import { expect, it, test } from "vitest";\nimport { sum } from "./sum.ts";\n';
const idle = `${imports}test("adds", () => { expect(1).toBe(1); });\n`;

test.each<[string, number]>([
  ["sum.test.ts", 1],
  ["sum.spec.mts", 1],
  ["src/sum.ts", 1],
  ["sum.d.ts", 0],
  ["sum.test-d.ts", 0],
  ["sum.spec-d.ts", 0],
  ["latest-d.test.ts", 1],
])("in %s %i", async (path, count) => {
  expect(await found(path, idle)).toBe(count);
});

test("matchers may be tried on constants where they are made", async () => {
  expect(await found("a.test.ts", `expect.extend({ toAdd });\n${idle}`)).toBe(0);
  expect(await found("a.test.ts", `unexpect.extend({ toAdd });\n${idle}`)).toBe(1);
});

test("what only passes says nothing, unless it stands in for a test that can't be made", async () => {
  const passing = (declare: string): string =>
    `import test from "ava";\nimport { sum } from "./sum.ts";\n${declare}("adds", (t) => { sum(1, 2); t.pass(); });\n`;
  expect(await found("a.test.ts", passing("test"))).toBe(1);
  expect(await found("a.test.ts", passing("if (!process.env.FULL) test"))).toBe(0);
  expect(await found("a.test.ts", passing("test").replace("adds", "does not throw"))).toBe(0);
  const later = passing("test").replace("t.pass();", "sum(() => t.pass());");
  expect(await found("a.test.ts", later)).toBe(0);
});

test("an assertion that was there is the same in another layout", async () => {
  const base = { "a.test.ts": `${imports}test("adds", () => { expect(1).toBe(1); });\n` };
  const moved = `${imports}more();\ntest("adds", () => {\n  expect(1)\n    .toBe( 1 );\n});\n`;
  const outcome = await runGuard(vacuousAssertion, await contextOf({ base, head: { "a.test.ts": moved } }));
  expect(outcome.status).toBe("passed");
});

test("an assertion in the place of another one is new", async () => {
  const told = "vi.spyOn(store, 'read').mockReturnValue(1);\n";
  const file = (...tests: readonly string[]): string =>
    `${imports}import * as store from "./store.ts";\n${tests.map((body) => `test("adds", () => {\n${body}\n});\n`).join("")}`;
  const news = async (base: string, head: string): Promise<number> => {
    const change = await contextOf({ base: { "a.test.ts": base }, head: { "a.test.ts": head } });
    const outcome = await runGuard(vacuousAssertion, change);
    return outcome.status === "failed" ? outcome.findings.length : 0;
  };
  const other = "expect(sum(1, 2)).toBe(3);";
  for (const [old, relaid, fresh] of [
    ["expect(1).toBe(1);", "expect(1)\n.toBe(1);", "expect(2).toBe(2);"],
    [
      `${told}expect(store.read()).toBe(1);`,
      `${told}expect(store.read())\n.toBe(1);`,
      `${told}expect(store.read()).toBe(2);`,
    ],
  ] as const) {
    expect([old, await news(file(old, other), file(other, relaid))]).toEqual([old, 0]);
    expect([old, await news(file(old, other), file(other, fresh))]).toEqual([old, 1]);
  }
});
