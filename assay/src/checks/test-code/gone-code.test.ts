import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { removedTest } from "../removed-test.ts";

const title = "carts add up";
const imports =
  'import { expect, test } from "vitest";\nimport { cart, Cart, total, text as shown } from "./cart.ts";\n';

/** Is a test missed that went while the program changed? `others` are there on both sides. */
async function isMissed(code: string, before: string, after: string, others: Texts = {}): Promise<boolean> {
  const of = (program: string, own: string): Texts => ({
    "src/cart.ts": program,
    "src/cart.test.ts": `${imports}test("stays", () => { expect(total(1)).toBe(1); });\n${own}`,
    ...others,
  });
  const removed = `test("${title}", () => { ${code} });\n`;
  return (await removedTest.inspect(await contextOf({ base: of(before, removed), head: of(after, "") }))).length > 0;
}

const stays = "export const total = (a) => a;\nexport const cart = {};\n";

test.each([
  ["expect(discount(1)).toBe(2);", "export function discount(a) { return a; }"],
  ["expect(discount).toBe(2);", "export const discount = 2;"],
  ["expect(new Discount().a).toBe(2);", "export class Discount {}"],
  ["const a: Discount = make();\nexpect(a).toBe(2);", "export interface Discount { b: string }"],
  ["const a: Discount = make();\nexpect(a).toBe(2);", "export type Discount = string;"],
  ["expect(cart.discount()).toBe(2);", "class Own { discount() {} }"],
  ["expect(cart.discount).toBe(2);", "class Own { discount = 1; }"],
  ["expect(cart.discount).toBe(2);", "interface Own { discount: number }"],
  ["expect(cart.discount()).toBe(2);", "interface Own { discount(): number }"],
  ["expect(cart.discount).toBe(2);", "const own = { discount: 1 };"],
  ["expect(cart['dis-count']).toBe(2);", "const own = { 'dis-count': 1 };"],
  ["expect(Kind.Discount).toBe(2);", "enum Kind { Discount }"],
  ["expect(total('discount')).toBe(2);", "total('discount');"],
  ["expect(total(discount)).toBe(2);", "own.discount = 1;"],
  ["expect(reduced(1)).toBe(2);", "const own = 1;\nexport { own as reduced };"],
])("%s goes with %s", async (code, part) => {
  expect(await isMissed(code, `${stays}${part}\n`, stays)).toBe(false);
  expect(await isMissed(code, `${stays}${part}\n`, `${stays}${part}\n// rewritten\n`)).toBe(true);
});

test.each([
  ["expect(total(1, 2)).toBe(3);", "const own = () => { const discount = 1; };"],
  ["expect(total([1]).map(String)).toBe(3);", "total([1]).map(String);"],
  ["expect(total('ab')).toBe(3);", "total('ab');"],
  ["expect(total(discount)).toBe(3);", "own[discount] = 1;"],
  ["expect(total(1)).toBe(3);", "export const discount = 1;"],
])("%s does not go with %s", async (code, part) => {
  expect(await isMissed(code, `${stays}${part}\n`, stays)).toBe(true);
});

test.each([
  ["expect(price(1, 2)).toBe(3);", "export function price(a, b) {}", "export function price(a) {}"],
  ["expect(price(1, 2)).toBe(3);", "export const price = (a, b) => a;", "export const price = (a) => a;"],
  ["expect(price(1, 2)).toBe(3);", "export const price = function (a, b) {};", "export const price = function (a) {};"],
  ["expect(cart.price(1, 2)).toBe(3);", "class Own { price(a, b) {} }", "class Own { price(a) {} }"],
  [
    "expect(new Price(1, 2)).toBe(3);",
    "export class Price { constructor(a, b) {} }",
    "export class Price { constructor(a) {} }",
  ],
  ["expect(price(1, 2)).toBe(3);", "export function price(...a) {}", "export function price(a) {}"],
])("%s goes with an argument: %s to %s", async (code, before, after) => {
  expect(await isMissed(code, `${stays}${before}\n`, `${stays}${after}\n`)).toBe(false);
  expect(await isMissed(code, `${stays}${after}\n`, `${stays}${before}\n`)).toBe(true);
  expect(await isMissed(code.replace(", 2)", ")"), `${stays}${before}\n`, `${stays}${after}\n`)).toBe(true);
});

test("a member that one class lost is gone, though another has it", async () => {
  const both = "class A { price() {} }\nclass B { price() {} }\n";
  const one = "class A { other() {} }\nclass B { price() {} }\n";
  expect(await isMissed("expect(cart.price()).toBe(3);", stays + both, stays + one)).toBe(false);
  expect(await isMissed("expect(price()).toBe(3);", stays + both, stays + one)).toBe(true);
});

test("a name that moves within the program is not gone", async () => {
  const part = "export function discount(a) { return a; }\n";
  const base = {
    "src/cart.ts": stays + part,
    "src/cart.test.ts": `${imports}test("${title}", () => { expect(discount(1)).toBe(2); });\n`,
  };
  const removed = async (head: Texts) => (await removedTest.inspect(await contextOf({ base, head }))).length;
  expect(await removed({ "src/cart.ts": stays, "src/discount.ts": part, "src/cart.test.ts": imports })).toBe(1);
  expect(await removed({ "src/cart.ts": stays, "src/other.ts": "", "src/cart.test.ts": imports })).toBe(0);
});

test("with a package its tests go", async () => {
  const manifest = (name: string, more = ""): string => `{ "name": "${name}"${more} }`;
  const tests =
    'import { expect, test } from "vitest";\nimport { total } from "shop";\ntest("adds", () => { expect(total(1)).toBe(1); });\n';
  const shop = { "package.json": manifest("all"), "shop/package.json": manifest("shop"), "shop/src/a.ts": stays };
  const gone = async (base: Texts, head: Texts, renames: Texts = {}) =>
    (await removedTest.inspect(await contextOf({ base, head, renames }))).map(({ path }) => path);
  const own = { "shop/test/a.test.ts": tests };
  const root = { "package.json": manifest("all") };
  expect(await gone({ ...shop, ...own }, root)).toEqual([]);
  const user = { "app/package.json": manifest("app", ', "dependencies": { "shop": "1" }'), "app/a.test.ts": tests };
  expect(await gone({ ...shop, ...user }, root)).toEqual([]);
  expect(await gone({ ...shop, ...user }, shop)).toEqual(["app/a.test.ts"]);
  const example = { "examples/one/package.json": manifest("one"), "examples/one/a.test.ts": tests };
  expect(await gone({ ...shop, ...example }, shop)).toEqual([]);
  const only = { ...root, "kit/package.json": manifest("kit"), "kit/a.test.ts": tests };
  expect(await gone(only, root)).toEqual(["kit/a.test.ts"]);
});

test("with its environment a test goes", async () => {
  const testsOf = (runner: string) =>
    `// @${runner}-environment miniflare\nimport { expect, test } from "vitest";\nimport { total } from "./cart.ts";\ntest("adds", () => { expect(total(1)).toBe(1); });\n`;
  const manifest = (packages: string): Texts => ({
    "package.json": `{ "name": "a", "devDependencies": { ${packages} } }`,
  });
  const gone = async (before: string, after: string, text = testsOf("vitest")) => {
    const base = { "cart.ts": stays, ...manifest(before), "cart.test.ts": text };
    return (await removedTest.inspect(await contextOf({ base, head: { "cart.ts": stays, ...manifest(after) } })))
      .length;
  };
  for (const name of ["miniflare", "vitest-environment-miniflare", "jest-environment-miniflare"]) {
    expect(await gone(`"${name}": "1"`, "")).toBe(0);
    expect(await gone(`"${name}": "1"`, `"${name}": "2"`)).toBe(1);
  }
  expect(await gone('"other": "1"', "")).toBe(1);
  expect(await gone('"miniflare": "1"', "", testsOf("vitest").replace("@", ""))).toBe(1);
  expect(await gone('"miniflare": "1"', "", testsOf("jest"))).toBe(0);
});

test("a test of how one module uses another goes when it stops to", async () => {
  const tests =
    'import { expect, test } from "vitest";\nimport { total } from "./total.ts";\ntest("adds", () => { expect(total(1)).toBe(1); });\n';
  const uses = 'import { total } from "./total.ts";\nexport const shop = () => total(1);\n';
  const rest = { "src/total.ts": "export const total = (a) => a;\n" };
  const gone = async (after: string, name = "shop.test.ts") => {
    const base = { ...rest, "src/shop.ts": uses, [`src/${name}`]: tests };
    return (await removedTest.inspect(await contextOf({ base, head: { ...rest, "src/shop.ts": after } }))).length;
  };
  expect(await gone("export const shop = () => 1;\n")).toBe(0);
  expect(await gone("export const shop = () => 1;\n", "shop.spec.ts")).toBe(0);
  expect(await gone(`${uses}// rewritten\n`)).toBe(1);
  expect(await gone("export const shop = () => 1;\n", "shops.test.ts")).toBe(1);
});

test.each<[string, string, string, string, boolean]>([
  [
    "a constructor is gone",
    "expect(new Price(1, 2)).toBe(3);",
    "export class Price { constructor(a, b) {} }",
    "export class Price {}",
    false,
  ],
  [
    "the rest is taken as a list",
    "expect(price(1, 2, 3)).toBe(3);",
    "export function price(a, b, c) {}",
    "export function price(a, ...rest) {}",
    true,
  ],
])("where %s, a call of more is of what was", async (_, code, before, after, expected) => {
  expect(await isMissed(code, `${stays}${before}\n`, `${stays}${after}\n`)).toBe(expected);
});

test("declarations tell of members that are gone, and of those of no class nothing is said", async () => {
  const own = (members: string): Texts => ({ "src/own.d.ts": `export interface Own { ${members} }\n` });
  const missed = async (head: Texts): Promise<boolean> => {
    const of = (more: string): string => `${imports}test("stays", () => { expect(total(1)).toBe(1); });\n${more}`;
    const removed = `test("${title}", () => { expect(cart.discount).toBe(2); });\n`;
    const common = { "src/cart.ts": stays };
    const context = await contextOf({
      base: { ...common, ...own("discount: number; sum: number"), "src/cart.test.ts": of(removed) },
      head: { ...common, ...head, "src/cart.test.ts": of("") },
    });
    return (await removedTest.inspect(context)).length > 0;
  };
  expect(await missed(own("sum: number"))).toBe(false);
  expect(await missed({})).toBe(false);
  expect(await missed(own("discount: number"))).toBe(true);
});
