import { expect, test } from "vitest";
import { anyType } from "../any-type.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";

/** What is said of a new file of JavaScript: `line type`. */
async function found(text: string, others: Texts = {}, path = "src/a.js"): Promise<readonly string[]> {
  const findings = await anyType.inspect(await contextOf({ base: others, head: { ...others, [path]: text } }));
  return findings.map(({ line, message }) => `${line} ${/`\{(.*?)\}`/.exec(message)?.[1] ?? message}`);
}

const checked = "// @ts-check\n";

test.each([
  ["/** @type {any} */\nlet a;", "any"],
  ["/** @type {any[]} */\nlet a;", "any[]"],
  ["/** @type {Array<any>} */\nlet a;", "Array<any>"],
  ["/** @type {Record<string, any>} */\nlet a;", "Record<string, any>"],
  ["/** @type {{ b: any }} */\nlet a;", "{ b: any }"],
  ["/** @type {string | any} */\nlet a;", "string | any"],
  ["/** @type {*} */\nlet a;", "*"],
  ["/** @type {Array<*>} */\nlet a;", "Array<*>"],
  ["/** @type {?} */\nlet a;", "?"],
  ["/** @type { ? } */\nlet a;", "?"],
  ["/** @param {any} a */\nfunction b(a) {}", "any"],
  ["/** @arg {any} a */\nfunction b(a) {}", "any"],
  ["/** @argument {any} a */\nfunction b(a) {}", "any"],
  ["/** @return {any} */\nfunction b() {}", "any"],
  ["/** @returns {Promise<any>} */\nfunction b() {}", "Promise<any>"],
  ["/** @typedef {any} Loose */", "any"],
  ["/** @prop {any} a */", "any"],
  ["/** @property {any} a */", "any"],
  ["/** @satisfies {any} */\nconst a = 1;", "any"],
  ["/** @this {any} */\nfunction b() {}", "any"],
  ["/** @yields {any} */\nfunction* b() {}", "any"],
  ["/** @type{any} */\nlet a;", "any"],
  ["/** @returns {Function} */\nfunction b() {}", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { a(); }", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { new a(); }", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { a.call(1); }", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { a.apply(1); }", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { a.bind(1); }", "Function"],
  ["/** @param {Function} a */\nfunction b(a) { a`c`; }", "Function"],
  ["/** @param {Function} [a] */\nfunction b(a) { a(); }", "Function"],
  ["/** @param {Function} [a=c] */\nfunction b(a) { a(); }", "Function"],
  ["/** @param {Function} b.a */\nfunction c(b) { b.a(); }", "Function"],
  ["/** @type {Function} */\nlet a = b;\na();", "Function"],
  ["/** @type {Function} */\nexport const a = b;", "Function"],
])("%s gives a type up", async (text, type) => {
  expect(await found(checked + text)).toEqual([`2 ${type}`]);
  expect(await found(text)).toEqual([]);
});

test.each([
  "/** @type {unknown} */\nlet a;",
  "/** @type {company} */\nlet a;",
  "/** @type {my.any} */\nlet a;",
  "/** @type {'any'} */\nlet a;",
  "/** @type {$any} */\nlet a;",
  "/** @type {number[]} */\nlet a;",
  "/** @type {?string} */\nlet a;",
  "/** @type {string?} */\nlet a;",
  "/** @template {any} T */\nfunction b() {}",
  "/** @see {any} */\nlet a;",
  "/** any {of} these */\nlet a;",
  "/* @type {any} */\nlet a;",
  "// @type {any}\nlet a;",
  "const a = /** @type {any} */ (b);",
  "const a = /** @type {*} */ (b);",
  "/** @param {Function} a */\nfunction b(a) { c(a); }",
  "/** @param {Function} a */\nfunction b(a) { d(); }",
  "/** @type {Function} */\nlet a = b;",
  "/** @type {Function} */\nlet a = b;\nb();",
  "const a = /** @type {Function} */ (b);",
])("%s gives none up, or is told of otherwise", async (text) => {
  expect(await found(checked + text)).toEqual([]);
});

test("a cast to `Function` counts where its value is called", async () => {
  expect(await found(`${checked}const a = /** @type {Function} */ (b);\na();`)).toEqual(["2 Function"]);
  expect(await found(`${checked}const a = /** @type {any[]} */ (b);`)).toEqual(["2 any[]"]);
});

test("each place is told on its line", async () => {
  expect(
    await found(`${checked}/**\n * @param {any} a\n * @param {string} b\n * @returns {any}\n */\nfunction c(a, b) {}`),
  ).toEqual(["3 any", "5 any"]);
});

const text = "/** @type {any} */\nlet a;";

test.each<[Texts, boolean]>([
  [{ "tsconfig.json": '{ "compilerOptions": { "checkJs": true } }' }, true],
  [{ "tsconfig.json": '{ // why\n "compilerOptions": { "checkJs": true, }, }' }, true],
  [{ "jsconfig.json": '{ "compilerOptions": { "checkJs": true } }' }, true],
  [{ "src/jsconfig.json": '{ "compilerOptions": { "checkJs": true } }' }, true],
  [{ "lib/tsconfig.json": '{ "compilerOptions": { "checkJs": true } }' }, false],
  [{ "tsconfig.json": '{ "compilerOptions": { "checkJs": false } }' }, false],
  [{ "tsconfig.json": '{ "compilerOptions": { "allowJs": true } } // checkJs' }, false],
  [{ "tsconfig.json": '{ "checkJs": true }' }, false],
  [{ "tsconfig.json": '["checkJs"]' }, false],
  [{ "tsconfig.json": '"checkJs"' }, false],
  [{ "tsconfig.json": '{ "compilerOptions": "checkJs" }' }, false],
  [{ "tsconfig.json": '{ "compilerOptions": null, "checkJs": 1 }' }, false],
  [{}, false],
])("with %j JavaScript is checked: %s", async (configs, is) => {
  expect(await found(text, configs)).toEqual(is ? ["1 any"] : []);
  expect(await found(`// @ts-nocheck\n${text}`, configs)).toEqual([]);
  expect(await found(`// @ts-check\n${text}`, configs)).toEqual(["2 any"]);
});

test.each(["/* @ts-check */", "/// @ts-check", "//@ts-check", "// @ts-check why"])(
  "%s says that a file is checked",
  async (comment) => {
    expect(await found(`${comment}\n${text}`)).toEqual(["2 any"]);
  },
);

test.each(["// see @ts-check", "// @ts-checked", "'@ts-check';"])("%s does not", async (comment) => {
  expect(await found(`${comment}\n${text}`)).toEqual([]);
});

test("a place is known again when its file is edited", async () => {
  const base = { "src/a.js": `${checked}/** @param {any} a */\nfunction b(a) {}\n` };
  const head = {
    "src/a.js": `${checked}let c;\n/** @param { any } a Why. */\nfunction b(a) {}\n/** @param {any} d */\nfunction e(d) {}\n`,
  };
  const findings = await anyType.inspect(await contextOf({ base, head }));
  expect(findings.map(({ line }) => line)).toEqual([5]);
});
