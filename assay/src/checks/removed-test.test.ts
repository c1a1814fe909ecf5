import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { removedTest } from "./removed-test.ts";

async function removed(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await removedTest.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

const sum = "export const sum = (a: number, b: number) => a + b;\n";
const use = 'import { sum } from "./sum.ts";\n';
const adds = 'test("adds", () => { expect(sum(1, 2)).toBe(3); });\n';
const addsMore = 'test("adds large numbers", () => { expect(sum(1e9, 5)).toBe(1_000_000_005); });\n';

test("a file that was deleted is one finding", async () => {
  expect(await removed({ "sum.ts": sum, "sum.test.ts": use + adds + addsMore }, { "sum.ts": sum })).toEqual([
    "sum.test.ts:null the file was deleted with its 2 tests, and the code they verify is still there; keep them, or say why they went",
  ]);
});

test("the tests of a module that was deleted are not missed", async () => {
  expect(await removed({ "sum.ts": sum, "sum.test.ts": use + adds }, { "other.ts": "" })).toEqual([]);
});

test("the line is where the test would stand", async () => {
  const [finding] = await removed({ "sum.test.ts": use + adds + addsMore }, { "sum.test.ts": use + addsMore });
  expect(finding).toMatch(/^sum\.test\.ts:2 the test `adds` was deleted,/);
});

test("a test that a file beside it has as well is not missed", async () => {
  expect(
    await removed(
      { "a.test.ts": use + adds + addsMore, "b.test.ts": use + adds },
      { "a.test.ts": use + addsMore, "b.test.ts": use + adds },
    ),
  ).toEqual([]);
});

test("a parameter that is gone takes the tests that gave it", async () => {
  const three = "export const sum = (a: number, b: number, c = 0) => a + b + c;\n";
  const addsThree = 'test("adds three", () => { expect(sum(10, 20, 30)).toBe(60); });\n';
  expect(
    await removed(
      { "sum.ts": three, "sum.test.ts": use + adds + addsThree },
      { "sum.ts": sum, "sum.test.ts": use + adds },
    ),
  ).toEqual([]);
});

test("while tests are rewritten at large, nothing is said", async () => {
  const many = (call: string) =>
    Array.from(
      { length: 6 },
      (_, n) => `test("adds ${n}", () => { expect(${call}(${n}, 2)).toBe(${n + 2}); });\n`,
    ).join("");
  expect(
    await removed(
      { "sum.ts": sum, "sum.test.ts": use + addsMore + many("sum") },
      { "sum.ts": sum, "sum.test.ts": use + many("await sum.later") },
    ),
  ).toEqual([]);
});

/** What is said of a file of tests that becomes another, beside a module that stays. */
function between(base: string, head: string): Promise<readonly string[]> {
  return removed({ "sum.ts": sum, "sum.test.ts": use + base }, { "sum.ts": sum, "sum.test.ts": use + head });
}

const other = 'test("subtracts", () => { expect(sum(9, -4)).toBe(5); });\n';

test("a test is deleted or commented out, and its file goes with one test or with several", async () => {
  const says = "the code it verifies is still there; keep it, or say why it went";
  expect(await between(adds + other, other)).toEqual([`sum.test.ts:2 the test \`adds\` was deleted, and ${says}`]);
  expect(await between(adds + other, `// ${adds}${other}`)).toEqual([
    `sum.test.ts:2 the test \`adds\` was commented out, and ${says}`,
  ]);
  expect(await removed({ "sum.ts": sum, "sum.test.ts": use + adds }, { "sum.ts": sum })).toEqual([
    "sum.test.ts:null the file was deleted with its test, and the code they verify is still there; keep them, or say why they went",
  ]);
});

test("a test is missed at the line where it would stand, whatever was written before and behind it", async () => {
  const lineOf = async (base: string, head: string): Promise<string | undefined> =>
    /:(\d+) /.exec((await between(base, head))[0] ?? "")?.[1];
  const more = "// More words.\n// And more.\n";
  expect(await lineOf(other + adds, other)).toBe("3");
  expect(await lineOf(other + adds + addsMore, more + other + addsMore)).toBe("5");
  expect(await lineOf(adds + other, other + more)).toBe("2");
});

test("what was never run, or could not fail, is not missed", async () => {
  const body = "() => { expect(sum(1, 2)).toBe(3); }";
  for (const [declared, isMissed] of [
    [`test("adds", ${body});`, true],
    [`test.skipIf(isWindows)("adds", ${body});`, true],
    [`test.concurrent("adds", ${body});`, true],
    [`test("adds", () => { sum(1, "two words"); });`, true],
    [`test.skip("adds", ${body});`, false],
    [`test.fixme("adds", ${body});`, false],
    [`xit("adds", ${body});`, false],
    [`xtest("adds", ${body});`, false],
    ['test.todo("adds");', false],
    ['test("adds", () => {});', false],
  ] as const) {
    const found = await between(`${declared}\n${other}`, other);
    expect([declared, found.length > 0]).toEqual([declared, isMissed]);
  }
});

test("assertions that a test loses are counted", async () => {
  const [one, two, three] = [
    "  expect(sum(1, 2)).toBe(3);\n",
    "  expect(sum(3, 4)).toBe(7);\n",
    "  expect(sum(5, 6)).toBe(11);\n",
  ];
  const titled = (title: string, ...lines: readonly string[]): string =>
    `test("${title}", () => {\n${lines.join("")}});\n`;
  const gone = "was deleted from a test that stays; keep it, or say why it went";
  expect(await between(titled("adds", one, two), titled("adds", one))).toEqual([
    `sum.test.ts:2 \`expect(sum(3, 4)).toBe(7)\` ${gone}`,
  ]);
  expect(await between(titled("adds", one, two, three), titled("adds", one))).toEqual([
    `sum.test.ts:2 \`expect(sum(3, 4)).toBe(7)\` and 1 more ${gone}`,
  ]);
  const wide = `expect(sum(3, 4), "${"x".repeat(60)}").toBe(7)`;
  expect(await between(titled("adds", one, `  ${wide};\n`), titled("adds", one))).toEqual([
    `sum.test.ts:2 \`${wide.slice(0, 69)}…\` ${gone}`,
  ]);
});

test("a test of a title that something is still called with is there", async () => {
  expect(await between(adds + other, `declare("adds", sum);\n${other}`)).toEqual([]);
  expect(await between(adds + other, `declare("other", sum);\n${other}`)).toHaveLength(1);
});

test("cases that are in a table by now are not missed", async () => {
  const rows = "[[1, 2, 3], [1e9, 5, 1_000_000_005], [10, 20, 30]]";
  for (const each of ["each", "for"]) {
    const table = `test.${each}(${rows})("adds %s", (a, b, all) => { expect(sum(a, b)).toBe(all); });\n`;
    expect([each, await between(adds + addsMore + other, table + other)]).toEqual([each, []]);
  }
  const less = 'test.each([[4, 5, 9]])("holds for %s", (a, b, all) => { expect(sum(a, b)).toBe(all); });\n';
  expect(await between(adds + addsMore + other, less + other)).toHaveLength(2);
});

test("tests that are made in a loop by now are not missed", async () => {
  const body = "test(name, () => { expect(sum(...values)).toBe(all); });";
  for (const loop of [
    `for (const [name, values, all] of cases) ${body}`,
    `for (const name in cases) ${body}`,
    `for (let i = 0; i < cases.length; i++) ${body}`,
    `cases.forEach(([name, values, all]) => { ${body} });`,
    `cases.map(([name, values, all]) => ${body.slice(0, -1)});`,
  ]) {
    expect([loop, await between(adds + other, `${loop}\n${other}`)]).toEqual([loop, []]);
  }
  for (const none of [
    `for (const each of cases) prepare(each);\n${body}`,
    `cases.filter(([name, values, all]) => { ${body} });`,
    `for (const each of cases) test("one", () => { expect(sum(each)).toBe(0); });`,
    `for (const name of cases) test(name, () => {});`,
  ]) {
    expect([none, (await between(adds + other, `${none}\n${other}`)).length]).toEqual([none, 1]);
  }
});

test("a test that a file beside it has is not missed where that asserts as much", async () => {
  const beside = async (path: string, text: string): Promise<boolean> => {
    const files = { "sum.ts": sum, [path]: text };
    const [base, head] = [use + adds + other, use + other];
    return (await removed({ ...files, "sum.test.ts": base }, { ...files, "sum.test.ts": head })).length === 0;
  };
  expect(await beside("more.test.ts", use + adds)).toBe(true);
  expect(await beside("more.test.ts", use + adds.replace("adds", "adds up"))).toBe(false);
  expect(await beside("more.test.ts", `${use}// adds\n${addsMore}`)).toBe(false);
  expect(await beside("more.test.ts", `${use}test("adds", () => {});\n`)).toBe(false);
  expect(await beside("deep/more.test.ts", use + adds)).toBe(false);
  expect(await beside("more.ts", use + adds)).toBe(false);
});
