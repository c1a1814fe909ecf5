import { expect, test } from "vitest";
import { contextOf } from "../change/change-of-texts.ts";
import { hardCodedAnswer } from "../hard-coded-answer.ts";

/** Of which line of a program it is said that it answers the test, where `test` was there before. */
async function found(program: string, testText: string): Promise<readonly string[]> {
  const code = "export function answer(it: unknown) {\n  return computed(it);\n}\n";
  const tests = `import { expect, test } from "vitest";\nimport { answer } from "./answer.ts";\n${testText}\n`;
  const context = await contextOf({
    base: { "answer.ts": code, "answer.test.ts": tests },
    head: { "answer.ts": program, "answer.test.ts": tests },
  });
  return (await hardCodedAnswer.inspect(context)).map(({ line }) => program.split("\n")[(line ?? 0) - 1]?.trim() ?? "");
}

/** Where the program answers `input` with `output` before it computes anything. */
const answering = (input: string, output: string) =>
  `export function answer(it: unknown) {\n  if (it === ${input}) return ${output};\n  return computed(it);\n}\n`;

const asking = (input: string, output: string) =>
  `test("it answers", () => { expect(answer(${input})).toEqual(${output}); });`;

const fifty = Array.from({ length: 50 }, (_, n) => n).join(", ");
const fiftyNamed = Array.from({ length: 50 }, (_, n) => `n${n}: 1`).join(", ");

test.each([
  ["'ab12'", "{ id: 'ab', count: 3 }", "{ count: 3, 'id': \"ab\" }"],
  ["'ab12'", "[1, [2, 3]]", "[ 1,[ 2,3 ] ]"],
  ["'ab12'", "{ sum: -7 } as const", "{ sum: -7 }"],
  ["'ab12'", "undefined", "undefined"],
  ["'ab12'", `[${fifty}]`, `[${fifty}]`],
  ["'ab12'", `{ ${fiftyNamed} }`, `{ ${fiftyNamed} }`],
  ["'12.5'", "7", "7"],
  ["-7.5", "7", "7"],
  ["10n", "7", "7"],
  ["1e21", "7", "7"],
  ["1e-7", "7", "7"],
])("what is %s and wants %s is known again however it is written", async (input, output, wanted) => {
  expect(await found(answering(input, output), asking(input, wanted))).toEqual([
    `if (it === ${input}) return ${output};`,
  ]);
});

test("a key that is a number is that number", async () => {
  expect(await found(answering("'12.5'", "7"), asking("12.5", "7"))).toHaveLength(1);
});

test.each([
  ["another object", "'ab12'", "{ id: 'ab', count: 3 }", "{ id: 'ab', count: 4 }"],
  ["an object of another key", "'ab12'", "{ [id]: 'ab' }", "{ id: 'ab' }"],
  ["an object that is computed", "'ab12'", "{ id: first() }", "{ id: second() }"],
  ["an object that holds another", "'ab12'", "{ ...first }", "{ ...second }"],
  ["another number below zero", "'ab12'", "-7", "-8"],
  ["a number above zero", "'ab12'", "-7", "7"],
  ["a list of data", "'ab12'", `[${fifty}, 50]`, `[${fifty}, 50]`],
  ["an object of data", "'ab12'", `{ ${fiftyNamed}, last: 1 }`, `{ ${fiftyNamed}, last: 1 }`],
  ["a digit", "7", "8", "8"],
  ["a digit below zero", "-7", "8", "8"],
  ["a short word", "'ab'", "8", "8"],
  ["a small list", "[1]", "8", "8"],
  ["nothing", "null", "8", "8"],
  ["a regular expression", "/ab12/", "8", "8"],
])("%s is no answer to the test", async (_, input, output, wanted) => {
  expect(await found(answering(input, output), asking(input, wanted))).toEqual([]);
});

const byText = (text: string) =>
  `export function answer(it: unknown) {\n  if (JSON.stringify(it) === ${text}) return 42;\n  return computed(it);\n}\n`;

test.each([
  ["'[1,[2,\"b\"]]'", "[1, [2, 'b']]"],
  ['\'{"id":"tea","count":3,"tags":["a",null,true]}\'', "{ id: 'tea', count: 3, tags: ['a', null, true] }"],
  ["'\"ab12\"'", "'ab12'"],
])("a value is known again in its text %s", async (text, input) => {
  expect(await found(byText(text), asking(input, "42"))).toEqual([`if (JSON.stringify(it) === ${text}) return 42;`]);
});

test("what is no text of a value is compared as it is", async () => {
  expect(await found(byText("undefined && it !== 'ab12'"), asking("undefined", "42"))).toEqual([]);
  const both = byText("undefined && it === undefined");
  expect(await found(both, asking("undefined", "42"))).toHaveLength(1);
});

test("the answer may come after other statements", async () => {
  const program = answering("'ab12'", "42").replace("return 42;", "{ note(it); return 42; }");
  expect(await found(program, asking("'ab12'", "42"))).toHaveLength(1);
});

test.each([
  ["const known = { ...others, ab12: 42 };", "known[it]"],
  ["const known = { ab12: 42, other: computed(1) } satisfies Known;", "known?.[it]"],
  ["const known = new Map([...others, ['ab12', 42], ['b', computed(1)], null]);", "known.get(it)"],
])("a row of %s is an answer among rows that are none", async (table, lookup) => {
  const program = `${table}\nexport const answer = (it: string) => ${lookup} ?? computed(it);\n`;
  expect(await found(program, asking("'ab12'", "42"))).toEqual([table]);
});

test.each([
  ["register({ ab12: 42 });", "computed(it)"],
  ["const known = { ab12: 42 };", "computed(it, known)"],
  ["const { ab12 } = { ab12: 42 };", "computed[it]"],
  ["const known = new Map(rows({ ab12: 42 }));", "known.get(it)"],
  ["const known = new Set([['ab12', 42]]);", "known.get(it)"],
  ["const known = { ['ab' + it]: 42 };", "known[it]"],
])("%s is no table that is asked", async (table, lookup) => {
  const program = `${table}\nexport const answer = (it: string) => ${lookup} ?? computed(it);\n`;
  expect(await found(program, asking("'ab12'", "42"))).toEqual([]);
});

test.each([
  ["const wanted = 42;\ntest('it answers', () => { const wanted = 42; expect(answer('ab12')).toBe(wanted); });"],
  ["test('it answers', () => { expect(answer('ab12')).toBe(42); });"],
  [
    "test.each([{ ...common, text: 'ab12', wanted: 42 }])('it answers', (row) => { expect(answer(row.text)).toBe(row.wanted); });",
  ],
  ["test.each(Object.entries({ ab12: 42 }))('it answers', (text, wanted) => { expect(answer(text)).toBe(wanted); });"],
])("an answer may stand before the question, behind it and in a table: %s", async (tests) => {
  expect(await found(answering("'ab12'", "42"), tests)).toHaveLength(1);
});

test.each([
  ["what is given beside the question", "test('it answers', () => { expect(answer('ab12', 42)).toBe(43); });", "42"],
  [
    "a table for another function",
    "// answer\ntest.each([['ab12', 42]])('it', (a, b) => { expect(other(a)).toBe(b); });",
    "42",
  ],
  ["a row of one value", "test.each([['ab12']])('it', (a) => { expect(answer(a)).toBeTruthy(); });", "'ab12'"],
  [
    "a row of one value among others",
    "test.each([{ ...others, ['ab12']: 'ab12' }])('it', ({ a }) => { expect(answer(a)).toBeTruthy(); });",
    "'ab12'",
  ],
])("%s is no answer", async (_, tests, output) => {
  expect(await found(answering("'ab12'", output), tests)).toEqual([]);
});

test.each([
  ["'200,10'", "answer(200, 10)"],
  ["'200 , 10'", "answer(200, 10)"],
  ["'200:10'", "answer(200, 10)"],
  ["'ab|cd'", "answer('ab', 'cd')"],
  ["'ab_cd'", "answer('ab', 'cd')"],
  ["'ab cd'", "answer('ab cd')"],
])("a key of several values %s stands for them in %s", async (key, asked) => {
  const table = `const known = { ${key}: 42 };`;
  const program = `${table}\nexport const answer = (...all) => known[all.join()] ?? computed(all);\n`;
  expect(await found(program, `test("it answers", () => { expect(${asked}).toBe(42); });`)).toEqual([table]);
});

test.each([
  ["'200,10'", "answer(200)"],
  ["'200,10'", "answer(10)"],
  ["'ab,'", "answer('ab')"],
  ["'abcd'", "answer('ab', 'cd')"],
])("a key of several values %s does not stand for %s", async (key, asked) => {
  const program = `const known = { ${key}: 42 };\nexport const answer = (...all) => known[all.join()] ?? computed(all);\n`;
  expect(await found(program, `test("it answers", () => { expect(${asked}).toBe(42); });`)).toEqual([]);
});

test.each([
  "export function answer(it: unknown) { return 42; }",
  "export const answer = (it: unknown) => 42;",
  "export const answer = function (it: unknown) { return 42; };",
  "export const answer = () => 42;",
])("one answer for everything is the test's: %s", async (program) => {
  expect(await found(program, asking("'ab12'", "42"))).toEqual([program]);
  expect(await found(program, asking("'ab12'", "43"))).toEqual([]);
});

test.each([
  "export function answer(it: unknown) { note(it); return 42; }",
  "export function answer(it: unknown) { return it; }",
  "export function answer(it: unknown) {}",
  "export function answer(it: unknown) { return 1; }",
  "export function other(it: unknown) { return 42; }",
])("%s does more, or answers nothing telling", async (program) => {
  expect(await found(program, asking("'ab12'", "42"))).toEqual([]);
});

test("a function that always answered so, or that was asked nothing, answers no test", async () => {
  const tests = `import { expect, test } from "vitest";\nimport { answer } from "./answer.ts";\n${asking("'ab12'", "42")}\n`;
  const inspect = async (before: string, after: string) =>
    (
      await hardCodedAnswer.inspect(
        await contextOf({
          base: { "answer.ts": before, "answer.test.ts": tests },
          head: { "answer.ts": after, "answer.test.ts": tests },
        }),
      )
    ).length;
  const now = "export function answer(it) { return 42; }\n";
  expect(await inspect("export function answer(it) { return it; }\n", now)).toBe(1);
  expect(await inspect("export function answer(it) { return 41; }\n", now)).toBe(0);
  expect(await inspect("export function answer() { return computed(); }\n", now)).toBe(0);
});

test.each([
  ["'1.5.2'", "1.5"],
  ["'v12'", "12"],
  ["'12px'", "12"],
])("%s is not the number %s", async (text, number) => {
  expect(await found(answering(text, "42"), asking(number, "42"))).toEqual([]);
});
