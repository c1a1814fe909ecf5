import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { nonNullAssertion } from "./non-null-assertion.ts";

async function said(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await nonNullAssertion.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.replace(/;.*/, "")}`);
}

const lines = (count: number): string => "run();\n".repeat(count);
const two = "a!.run();\nb!.run();\n";

test("two in fewer than sixteen changed lines are too many, one is none", async () => {
  expect(await said({}, { "a.ts": `a!.run();\n` })).toEqual([]);
  expect(await said({}, { "a.ts": lines(3) + two })).toEqual(["a.ts:4 2 new `!` in 5 changed lines"]);
  expect(await said({}, { "a.ts": lines(13) + two })).toEqual(["a.ts:14 2 new `!` in 15 changed lines"]);
  expect(await said({}, { "a.ts": lines(14) + two })).toEqual([]);
});

test("what was not changed does not thin them out", async () => {
  expect(await said({ "a.ts": lines(20) }, { "a.ts": lines(20) + two })).toEqual([
    "a.ts:21 2 new `!` in 2 changed lines",
  ]);
  expect(await said({ "a.ts": two }, { "a.ts": two + lines(2) })).toEqual([]);
});

test("several on one line count apart, and so do fields", async () => {
  expect(await said({}, { "a.ts": "run(a!, a!);\n" })).toEqual(["a.ts:1 2 new `!` in 1 changed lines"]);
  expect(await said({}, { "a.ts": "class A {\n  b!: string;\n  c!: string;\n}\nlet d!: string;\n" })).toEqual([
    "a.ts:2 3 new `!` in 5 changed lines",
  ]);
  expect(await said({}, { "a.ts": "if (!a && !b && c !== d) run(!e);\n" })).toEqual([]);
});

test("those of several files are told together where none has too many by itself", async () => {
  const one = lines(4) + "a!.run();\n";
  expect(await said({}, { "a.ts": one, "b.ts": one })).toEqual(["a.ts:5 2 new `!` in 10 changed lines"]);
  expect(await said({}, { "a.ts": one, "b.ts": lines(8) + one })).toEqual([]);
  expect(await said({}, { "a.ts": one, "b.ts": two, "c.ts": two })).toEqual([
    "b.ts:1 2 new `!` in 2 changed lines",
    "c.ts:1 2 new `!` in 2 changed lines",
  ]);
  // Lines of tests and of documents are no code that they stand in.
  expect(await said({}, { "a.ts": one, "b.ts": one, "a.test.ts": lines(99), "README.md": lines(99) })).toHaveLength(1);
});

test("tests may, and so may what takes the place of a suppressed error", async () => {
  expect(await said({}, { "a.test.ts": two })).toEqual([]);
  const ignored = "// @ts-ignore\na.run();\n// @ts-expect-error\nb.run();\n";
  expect(await said({ "a.ts": ignored }, { "a.ts": two })).toEqual([]);
  expect(await said({ "a.ts": ignored }, { "a.ts": `${two}c!.run();\nd!.run();\n` })).toEqual([
    "a.ts:3 2 new `!` in 4 changed lines",
  ]);
  expect(await said({ "a.ts": ignored }, { "a.ts": ignored + two })).toHaveLength(1);
  for (const none of [
    "// see @ts-ignore\n// see @ts-ignore\n",
    "// @ts-ignored\n// @ts-ignored\n",
    "// todo\n// todo\n",
  ])
    expect([none, (await said({ "a.ts": none }, { "a.ts": two })).length]).toEqual([none, 1]);
});

test("what was there before is the same in another layout, and another value is not", async () => {
  const [base, keep] = ["a!.run();\nb!.run();\n", "keep();\n"];
  expect(await said({ "a.ts": base + keep }, { "a.ts": `${keep}a !.run();\nb !.run();\n` })).toEqual([]);
  expect(await said({ "a.ts": base + keep }, { "a.ts": `${keep}c!.run();\nd!.run();\n` })).toHaveLength(1);
});
