import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { suppression } from "./suppression.ts";

/** Line and directive of each finding. */
async function found(base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await suppression.inspect(await contextOf({ base, head }));
  return findings.map(({ line, message }) => `${line} ${/`(.*?)`/.exec(message)?.[1] ?? message}`);
}

/** The same in a file that is new. */
const inNew = (path: string, text: string): Promise<readonly string[]> => found({}, { [path]: text });

/** The same in a file that was another before. */
const edited = (before: string, after: string): Promise<readonly string[]> =>
  found({ "a.ts": before }, { "a.ts": after });

test.each([
  ["// @ts-ignore", "hides type errors; mend the type instead"],
  ["// eslint-disable-next-line eqeqeq", "silences the linter; mend the code instead"],
  ["// prettier-ignore", "keeps code from the formatter; let it be formatted"],
  ["/* v8 ignore next */", "hides code from coverage; test it or take it out"],
  ["// Stryker disable all", "hides code from mutation testing; test it or take it out"],
])("%s is told with what to do instead", async (comment, remedy) => {
  const context = await contextOf({ base: {}, head: { "a.ts": `${comment}\nrun();\n` } });
  const [finding] = await suppression.inspect(context);
  expect(finding?.message).toMatch(new RegExp(`^\`.*\` ${remedy}$`));
});

const disabled = (rule: string, code: string): string => `// eslint-disable-next-line ${rule}\n${code}\n`;
const told = (rule: string): readonly string[] => [`1 eslint-disable-next-line ${rule}`];

test.each<[string, string]>([
  ["@typescript-eslint/no-explicit-any", "run(x as any);"],
  ["unicorn/no-null", "run(null);"],
  ["prefer-const", "let x = 1;"],
  ["no-control-regex", "run(/\\x1b/);"],
  ["no-throw-literal", "throw 1;"],
  ["max-statements", "test(() => {});"],
  ["react-hooks/rules-of-hooks", "await use(page);"],
])("in a test %s may be switched off for a line", async (rule, code) => {
  const text = disabled(rule, code);
  expect(await inNew("a.test.ts", text)).toEqual([]);
  expect(await inNew("a.ts", text)).toEqual(told(rule));
});

test("but not for what follows, unless it is a rule about types", async () => {
  expect(await inNew("a.test.ts", "/* eslint-disable prefer-const */\nlet x = 1;\n")).toEqual([
    "1 eslint-disable prefer-const",
  ]);
  expect(await inNew("a.test.ts", "/* eslint-disable no-explicit-any */\nlet x: any;\n")).toEqual([]);
  expect(await inNew("a.test.ts", disabled("rules-of-hooks", "useState();"))).toEqual(told("rules-of-hooks"));
  expect(await inNew("a.test.ts", disabled("no-empty", "run();"))).toEqual(told("no-empty"));
});

test("in a test a type error may be expected, and not ignored", async () => {
  expect(await inNew("a.test.ts", "// @ts-expect-error\nrun(1);\n")).toEqual([]);
  expect(await inNew("a.test.ts", "// @ts-ignore\nrun(1);\n")).toEqual(["1 @ts-ignore"]);
  expect(await inNew("a.ts", "// @ts-expect-error\nrun(1);\n")).toEqual(["1 @ts-expect-error"]);
});

test("a test of types is never run, and linters may be told to look away there", async () => {
  expect(await inNew("a.test-d.ts", disabled("no-empty", "run();"))).toEqual([]);
  expect(await inNew("a.test-d.ts", "// @ts-ignore\nrun(1);\n")).toEqual(["1 @ts-ignore"]);
});

test.each<[string, boolean]>([
  ["if (a === null) run();", true],
  ["if (a !== b && c === d) run();", true],
  ["if (a == null) run();", false],
  ["if (a === b || c != d) run();", false],
  ["run(a);", false],
])("a rule against loose comparisons may be switched off at %s: %s", async (code, mayBe) => {
  expect(await inNew("a.ts", disabled("eqeqeq", code))).toEqual(mayBe ? [] : told("eqeqeq"));
  expect(await inNew("a.ts", `/* eslint-disable eqeqeq */\n${code}\n`)).toEqual(["1 eslint-disable eqeqeq"]);
});

const rule = "@typescript-eslint/no-empty-interface";

test.each<[string, string, boolean]>([
  ["another module's", 'declare module "x" {\n%}\n', true],
  ["everybody's", "declare global {\n%}\n", true],
  ["a namespace's", "declare namespace x {\n%}\n", false],
  ["its own", "%", false],
])("a declaration that is merged into %s has the form that it has there", async (_, around, mayBe) => {
  const text = `export {};\n${around.replace("%", disabled(rule, "interface Y extends Z {}"))}`;
  expect(await inNew("a.ts", text)).toHaveLength(mayBe ? 0 : 1);
  expect(await inNew("a.ts", text.replace(rule, "no-x"))).toHaveLength(1);
});

test("a declaration before or behind such a module is its own", async () => {
  const own = disabled(rule, "export interface Y extends Z {}");
  expect(await inNew("a.ts", `${own}declare global {}\n`)).toHaveLength(1);
  expect(await inNew("a.ts", `declare global {}\n${own}`)).toHaveLength(1);
});

const between = "between();\nthem();\n";

test.each<[string, string, string, string]>([
  ["behind else", "run();", "if (y) {\n}\n", "else run();"],
  ["behind the end of a block and else", "run();", "if (y) {\n", "} else run();"],
  ["behind a plain condition", "run();", "", "if (!x) run();"],
  ["behind a comparison", "run();", "", "if (x === -1) run();"],
  ["returned where it was kept", "const x: Y = run();", "", "return run();"],
  ["kept where it was returned", "return run();", "", "export const x = run();"],
])("what moves is the same %s", async (_, before, leading, after) => {
  const at = (code: string, lead = ""): string => lead + disabled("no-x", code);
  expect(await edited(at(before) + between, between + at(after, leading))).toEqual([]);
});

test.each(["go();", "if (x()) run();", "else if (x) run();", "run(1);"])(
  "with %s it covers another thing",
  async (after) => {
    const head = after.startsWith("else") ? `if (y) {\n}\n${disabled("no-x", after)}` : disabled("no-x", after);
    expect(await edited(disabled("no-x", "run();") + between, between + head)).toHaveLength(1);
  },
);

test("a comment covers what stands on its line, else the next line that is not empty", async () => {
  const beside = (code: string): string => `${code} // eslint-disable-line no-x\nnext();\n`;
  expect(await edited(beside("run();") + between, between + beside("run();"))).toEqual([]);
  expect(await edited(beside("run();") + between, between + beside("go();"))).toEqual(["3 eslint-disable-line no-x"]);
  expect(await edited(disabled("no-x", "\n\n  run(  1);") + between, between + disabled("no-x", "run( 1);"))).toEqual(
    [],
  );
  const inBlock = (code: string): string => `{ /* eslint-disable-next-line no-x */ }\n${code}\n`;
  expect(await edited(inBlock("run();") + between, between + inBlock("go();"))).toHaveLength(1);
});

test("what is narrowed is not new, and what is widened is", async () => {
  const [all, one] = ["/* eslint-disable */\nrun();\n", "/* eslint-disable no-x */\nrun();\n"];
  expect(await edited(all, one)).toEqual([]);
  expect(await edited(one, all)).toEqual(["1 eslint-disable"]);
  expect(await edited(one, disabled("no-x", "run();"))).toEqual([]);
  expect(await edited(disabled("no-x", "run();"), one)).toEqual(["1 eslint-disable no-x"]);
  expect(await edited(one, disabled("no-y", "run();"))).toEqual(told("no-y"));
  const everything = "// eslint-disable-next-line\nrun();\n";
  expect(await edited(everything, disabled("no-x", "run();"))).toEqual([]);
  expect(await edited(everything, disabled("no-x", "go();"))).toEqual(told("no-x"));
  expect(await edited("// @ts-nocheck\nrun();\n", disabled("no-x", "run();"))).toEqual(told("no-x"));
});

test("a directive whose end moves covers more than it did", async () => {
  const [off, on] = ["/* eslint-disable no-x */", "/* eslint-enable no-x */"];
  expect(await edited(`${off}\na();\n${on}\nb();\n`, `${off}\na();\nb();\n${on}\n`)).toEqual(["3 eslint-disable no-x"]);
  expect(await edited(`${off}\na();\nb();\n${on}\n`, `${off}\na();\n${on}\nb();\n`)).toEqual([]);
});

test.each<[string, string, string, boolean]>([
  ["a.js", "// @ts-check\nrun();\n", "run();\n", true],
  ["a.jsx", "/* @ts-check */\nrun();\n", "run();\n", true],
  ["a.mjs", "/// @ts-check\nrun();\n", "// ts-check\nrun();\n", true],
  ["a.js", "// @ts-check\nrun();\n", "//@ts-check\ngo();\n", false],
  ["a.js", "// see @ts-check\nrun();\n", "run();\n", false],
  ["a.js", "run('@ts-check');\n", "run();\n", false],
  ["a.js", "// @ts-checked\nrun();\n", "run();\n", false],
  ["a.ts", "// @ts-check\nrun();\n", "run();\n", false],
])("%s was checked by %j, and with %j is not any more: %s", async (path, before, after, isLost) => {
  const expected = isLost ? ["1 @ts-check"] : [];
  expect(await found({ [path]: before }, { [path]: after })).toEqual(expected);
  const config = { "tsconfig.json": '{ "compilerOptions": { "checkJs": true } }' };
  expect(await found({ ...config, [path]: before }, { ...config, [path]: after })).toEqual([]);
});

test("a file that is new, or is gone, has lost no check", async () => {
  expect(await inNew("a.js", "run();\n")).toEqual([]);
  expect(await found({ "a.js": "// @ts-check\nrun();\n" }, {})).toEqual([]);
});
