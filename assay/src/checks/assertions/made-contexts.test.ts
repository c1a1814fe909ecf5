import { expect, test } from "vitest";
import type { Finding } from "../../model/finding.ts";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { assertionFreeTest } from "../assertion-free-test.ts";
import { contextOf } from "../change/change-of-texts.ts";
import { removedTest } from "../removed-test.ts";
import { swallowedAssertion } from "../swallowed-assertion.ts";
import { vacuousAssertion } from "../vacuous-assertion.ts";

const header = {
  modules: 'import { test } from "node:test";\nimport { tspl } from "@matteo.collina/tspl";\n',
  commonJs: 'const { test } = require("node:test");\nconst { tspl } = require("@matteo.collina/tspl");\n',
};
const inTest = (body: string, head = header.commonJs): string => `${head}test("asks", async (t) => {\n${body}\n});\n`;

/** What is said of the body of a test in a file that is new. */
async function assertionFree(text: string): Promise<readonly Finding[]> {
  return assertionFreeTest.inspect(await contextOf({ base: {}, head: { "a.test.js": text } }));
}

test("what is said of a plan of its own is asserted by the test", async () => {
  for (const head of [header.modules, header.commonJs]) {
    for (const body of [
      "const p = tspl(t, { plan: 1 });\np.equal(await ask(), 1);",
      "const planned = tspl(t, { plan: 1 });\nask((answer) => planned.strictEqual(answer, 1));",
      "t = tspl(t, { plan: 1 });\nt.deepStrictEqual(await ask(), {});",
      "t.partialDeepStrictEqual(await ask(), {});",
    ]) {
      expect([body, await assertionFree(inTest(body, head))]).toEqual([body, []]);
    }
  }
  const other = header.commonJs.replace("@matteo", "not-@matteo");
  expect(await assertionFree(inTest("const p = tspl(t, { plan: 1 });\np.equal(await ask(), 1);", other))).toHaveLength(
    1,
  );
  expect(await assertionFree(inTest("const p = plan(t);\np.equal(await ask(), 1);"))).toHaveLength(1);
});

test("where a plan counts, an assertion on the way says that the test has come by", () => {
  const vacuous = (body: string): number =>
    [...vacuousAssertion.inspect(parseSource(repoPath("a.test.js"), inTest(body)))].length;
  expect(vacuous("t = tspl(t, { plan: 1 });\nask(() => { t.ok(true); });")).toBe(0);
  expect(vacuous("const p = tspl(t, { plan: 1 });\nask(() => { p.ok(true); });")).toBe(0);
  expect(vacuous("const p = tspl(t, { timeout: 1 });\nask(() => { p.ok(true); });")).toBe(1);
  expect(vacuous('expect({ plan: "free" }).toEqual({ plan: "free" });')).toBe(1);
  expect(vacuous("make({ plan: 1 });\nexpect(1).toBe(1);")).toBe(1);
  expect(vacuous("t = make(t, 1);\nask(() => { t.ok(true); });")).toBe(1);
});

test("where a plan counts, what is only asserted of a failure is missed where nothing fails", () => {
  const swallowed = (body: string): number =>
    [...swallowedAssertion.inspect(parseSource(repoPath("a.test.js"), inTest(body)))].length;
  const caught = 'ask().catch((error) => { t.equal(error.name, "AbortError"); });\nawait t.completed;';
  expect(swallowed(`t = tspl(t, { plan: 1 });\n${caught}`)).toBe(0);
  expect(swallowed(`t = tspl(t, {});\n${caught}`)).toBe(1);
});

test("an assertion goes along when a test names its plan otherwise", async () => {
  const removed = async (before: string, after: string): Promise<number> => {
    const context = await contextOf({ base: { "a.test.js": before }, head: { "a.test.js": after } });
    return (await removedTest.inspect(context)).length;
  };
  const before = inTest('t = tspl(t, { plan: 2 });\nt.ok(ask() instanceof Error);\nt.equal(ask().code, "E");');
  const said = 'plan.ok(ask() instanceof Error);\nplan.equal(ask().code, "E");';
  expect(await removed(before, inTest(`const plan = tspl(t, { plan: 2 });\n${said}`))).toBe(0);
  expect(await removed(before, inTest(`const plan = tspl(t, { plan: 2 });\n${said.split("\n", 1).join()}`))).toBe(1);
});
