import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { hardCodedAnswer } from "./hard-coded-answer.ts";

const asking = (value: string, answer: string): string =>
  `import { expect, test } from "vitest";\nimport { cost } from "./cost.ts";\ntest("costs", () => expect(cost(${value})).toBe(${answer}));\n`;

/** What is said where `cost` is changed and its test was there before. */
async function said(before: string, after: string, tests: string): Promise<readonly string[]> {
  const beside = { "src/cost.test.ts": tests };
  const [base, head] = [
    { ...beside, "src/cost.ts": before },
    { ...beside, "src/cost.ts": after },
  ];
  const findings = await hardCodedAnswer.inspect(await contextOf({ base, head }));
  return findings.map(({ path, line, message }) => `${path}:${line} ${message.replace(/ in so many words.*/, "")}`);
}

const computed = "export function cost(name) {\n  return name.length;\n}\n";
const special = (value: string, answer: string): string =>
  computed.replace("return", `if (name === ${value}) return ${answer};\n  return`);

test("a case for what a test asks is told with its answer", async () => {
  expect(await said(computed, special('"green tea"', "1250"), asking('"green tea"', "1250"))).toEqual([
    'src/cost.ts:2 answers "green tea" with 1250',
  ]);
});

test("a function that answers one telling value whatever it is given is told", async () => {
  const whole = (answer: string): string => computed.replace("name.length", answer);
  expect(await said(computed, whole("1250"), asking('"green tea"', "1250"))).toEqual([
    "src/cost.ts:1 answers everything with 1250",
  ]);
  expect(await said(computed, whole("0"), asking('"green tea"', "0"))).toEqual([]);
});

test("a case of which the program wrote one half before is new, of which it wrote both is old", async () => {
  const tests = asking('"green tea"', "1250");
  const speaking = (values: string): string => `${computed}export const known = [${values}];\n`;
  const after = special('"green tea"', "1250");
  expect(await said(speaking('"green tea"'), after, tests)).toHaveLength(1);
  expect(await said(speaking("1250"), after, tests)).toHaveLength(1);
  expect(await said(speaking('"green tea", 1250'), after, tests)).toEqual([]);
});

test("a case in a module of its own is told where the program from before comes to it", async () => {
  const tests = { "src/cost.test.ts": asking('"green tea"', "1250") };
  const known = { "src/known.ts": 'export function known(name) {\n  if (name === "green tea") return 1250;\n}\n' };
  const using = `import { known } from "./known.ts";\n${computed.replace("return", "return known(name) ??")}`;
  const told = async (base: Texts, head: Texts): Promise<readonly string[]> => {
    const context = await contextOf({ base: { ...tests, ...base }, head: { ...tests, ...known, ...head } });
    return (await hardCodedAnswer.inspect(context)).map(({ path, line }) => `${path}:${line}`);
  };
  expect(await told({ "src/cost.ts": computed }, { "src/cost.ts": using })).toEqual(["src/known.ts:2"]);
  // Nobody from before comes to it.
  expect(await told({ "src/cost.ts": computed }, { "src/cost.ts": computed })).toEqual([]);
  expect(await told({ "src/cost.ts": computed }, { "src/cost.ts": computed, "src/new.ts": using })).toEqual([]);
  expect(await told({}, { "src/cost.ts": using })).toEqual([]);
  expect(await told({ "src/cost.ts": computed }, { "src/cost.ts": using.replace("./known.ts", "./other.ts") })).toEqual(
    [],
  );
});

test("a key that is worked out is not written as a word", async () => {
  const before = 'export const known = { ["green tea"]: 1250 };\n' + computed;
  expect(await said(before, special('"green tea"', "1250"), asking('"green tea"', "1250"))).toEqual([]);
});

test("a long case is shown by its start", async () => {
  const value = `"${"tea ".repeat(20)}"`;
  expect(await said(computed, special(value, "1250"), asking(value, "1250"))).toEqual([
    `src/cost.ts:2 answers ${value.slice(0, 59)}…`,
  ]);
});
