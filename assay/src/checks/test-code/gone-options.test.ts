import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { goneOptions } from "./gone-options.ts";

const slug = (option: string): string =>
  `export interface SlugOptions { dash: string; ${option} }\nexport function slug(text: string, options: SlugOptions) { return options.dash; }\n`;

const call = 'slug(" a ", { dash: "-", trim: true });';

/** Does a test hand over an option that the change takes away? `own` is the test's text, which the change deletes. */
async function isGone(
  base: Texts,
  head: Texts,
  own = `import { slug } from "./slug.ts";\n${call}\n`,
): Promise<boolean> {
  const context = await contextOf({ base: { ...base, "src/a.test.ts": own }, head });
  const hands = goneOptions(context);
  return context.pairs.some(({ base: file }) => file?.path === "src/a.test.ts" && hands(file.program, file));
}

const before = { "src/slug.ts": slug("trim?: boolean") };
const after = { "src/slug.ts": slug("") };

test("an option that went out of the type of its function is gone", async () => {
  expect(await isGone(before, after)).toBe(true);
  expect(await isGone(after, before)).toBe(false);
  expect(await isGone(before, { "src/slug.ts": `${slug("trim?: boolean")}// rewritten\n` })).toBe(false);
});

test.each([
  'import { slug } from "./slug.ts";\nnew slug({ trim: true });',
  'import { slug as make } from "./slug.ts";\nmake({ "trim": true });',
  'import { slug } from "./slug.js";\nslug({ trim: true });',
  'const { slug } = require("./slug");\nslug({ trim: true });',
  'const { slug: make } = require("./slug");\nmake({ trim: true });',
])("%j hands it over", async (own) => {
  expect(await isGone(before, after, own)).toBe(true);
});

test.each([
  'import { slug } from "./slug.ts";\nslug({ dash: "-" });',
  'import { slug } from "./slug.ts";\nslug({ [trim]: true });',
  'import { slug } from "./slug.ts";\nslug({ ...trim });',
  'import { slug } from "./slug.ts";\nslug(trim);',
  'import { slug } from "./slug.ts";\nother({ trim: true });',
  'import { slug } from "./slug.ts";\nmy.slug({ trim: true });',
  'import { slug } from "./slug.ts";\nconst a = { trim: true };',
  'import { slug } from "slug";\nslug({ trim: true });',
  'import { other as slug } from "./slug.ts";\nslug({ trim: true });',
  'import slug from "./slug.ts";\nslug({ trim: true });',
  'const { slug } = load("./slug");\nslug({ trim: true });',
  'const [slug] = require("./slug");\nslug({ trim: true });',
  'const { slug: [make] } = require("./slug");\nmake({ trim: true });',
  "let slug;\nslug({ trim: true });",
  "slug({ trim: true });",
])("%j does not", async (own) => {
  expect(await isGone(before, after, own)).toBe(false);
});

test.each([
  ["export const slug = (options: { TYPE }) => options;", "slug"],
  ["export const slug = function (options: { TYPE }) { return options; };", "slug"],
  ["export function slug({ dash }: { TYPE }) { return dash; }", "slug"],
  ["export function slug(options: Partial<{ TYPE }>) { return options; }", "slug"],
  ["export class slug { constructor(options: { TYPE }) {} }", "slug"],
  ["type Options = { TYPE };\nexport function slug(options: Options) { return options; }", "slug"],
  ["export type Options = { TYPE };\nexport function slug(options: Options) { return options; }", "slug"],
  ["interface Options { TYPE }\nfunction slug(options: Options) { return options; }\nexport { slug };", "slug"],
  ["export default function (options: { TYPE }) { return options; }", "default"],
  ["export default class { constructor(options: { TYPE }) {} }", "default"],
])("what takes it may be written as %s", async (code, name) => {
  const of = (type: string): Texts => ({ "src/slug.ts": `${code.replace("TYPE", type)}\n` });
  const own = name === "default" ? 'import make from "./slug.ts";\nmake({ trim: true });' : undefined;
  expect(await isGone(of("trim: boolean; dash: string"), of("dash: string"), own)).toBe(true);
  expect(await isGone(of("trim(): boolean; dash: string"), of("dash: string"), own)).toBe(true);
  expect(await isGone(of("trims: boolean; dash: string"), of("dash: string"), own)).toBe(false);
});

test("the type may come from another module", async () => {
  const own = (path: string): Texts => ({
    "src/slug.ts": `import type { Options as Own } from "${path}";\nexport const slug = (options: Own) => options;\n`,
  });
  const types = (option: string): string => `export interface Options { dash: string; ${option} }\n`;
  const at = (file: string, option: string): Texts => ({ [file]: types(option) });
  for (const [path, file] of [
    ["./types.ts", "src/types.ts"],
    ["../types.js", "types.ts"],
    ["./types", "src/types/index.ts"],
  ] as const)
    expect(await isGone({ ...own(path), ...at(file, "trim: 1") }, { ...own(path), ...at(file, "") })).toBe(true);
  expect(
    await isGone({ ...own("types"), ...at("src/types.ts", "trim: 1") }, { ...own("types"), ...at("src/types.ts", "") }),
  ).toBe(false);
});

test("a function may be handed on, by some modules", async () => {
  const index = (text: string): Texts => ({ "src/index.ts": text });
  const own = 'import { slug } from "./index.ts";\nslug({ trim: true });';
  const found = (text: string) => isGone({ ...before, ...index(text) }, { ...after, ...index(text) }, own);
  expect(await found('export { slug } from "./slug.ts";\n')).toBe(true);
  expect(await found('export * from "./slug.ts";\n')).toBe(true);
  expect(await found('export { other } from "./slug.ts";\n')).toBe(false);
  expect(await found("export { slug };\n")).toBe(false);
  const renamed = 'import { make } from "./index.ts";\nmake({ trim: true });';
  const as = index('export { slug as make } from "./slug.ts";\n');
  expect(await isGone({ ...before, ...as }, { ...after, ...as }, renamed)).toBe(true);
  const chain = (length: number): Texts =>
    Object.fromEntries(
      Array.from({ length }, (_, n) => [
        `src/m${n}.ts`,
        `export * from "./${n + 1 === length ? "slug" : `m${n + 1}`}.ts";\n`,
      ]),
    );
  const far = (length: number) =>
    isGone(
      { ...before, ...chain(length) },
      { ...after, ...chain(length) },
      'import { slug } from "./m0.ts";\nslug({ trim: true });',
    );
  expect([await far(3), await far(4)]).toEqual([true, false]);
});

test("an option that went to another type, or that is still spoken of, is not gone", async () => {
  const types = (...options: readonly string[]): Texts => ({
    "src/types.ts": options.map((option, n) => `interface A${n} { ${option} }\n`).join(""),
  });
  expect(await isGone({ ...before, ...types("") }, { ...after, ...types("trim: 1") })).toBe(false);
  expect(await isGone({ ...before, ...types("a: 1") }, { ...after, ...types("a: 2") })).toBe(true);
  expect(await isGone(before, { "src/slug.ts": `${slug("")}const trim = 1;\n` })).toBe(false);
  expect(await isGone(before, { "src/slug.ts": `${slug("")}run("trim");\n` })).toBe(false);
  expect(await isGone(before, { "src/slug.ts": `${slug("")}// trim\nrun("trims");\n` })).toBe(true);
});

test("an option that a test is left for is not gone", async () => {
  const other = (text: string): Texts => ({ "src/other.test.ts": text });
  const tries = `import { slug } from "./slug.ts";\n${call}\n`;
  expect(await isGone({ ...before, ...other(tries) }, { ...after, ...other(tries) })).toBe(false);
  expect(await isGone(before, { ...after, ...other(tries) })).toBe(false);
  const others = 'import { slug } from "./other.ts";\nslug({ trim: true });\n';
  expect(await isGone({ ...before, ...other(others) }, { ...after, ...other(others) })).toBe(true);
  const program = { "src/use.ts": tries };
  expect(await isGone({ ...before, ...program }, { ...after, ...program })).toBe(true);
});

test("of JavaScript the declarations beside it say what is taken", async () => {
  const code = (option: string): Texts => ({
    "src/slug.js": `export const slug = (text, options) => options.${option};\n`,
  });
  const types = (option: string): Texts => ({
    "src/slug.d.ts": `export interface Options { dash: string; ${option} }\n`,
  });
  const own = 'import { slug } from "./slug.js";\nslug({ trim: true });';
  expect(await isGone({ ...code("trim"), ...types("trim: 1") }, { ...code("dash"), ...types("") }, own)).toBe(true);
  expect(await isGone({ ...code("trim"), ...types("trim: 1") }, { ...code("dash"), ...types("trim: 2") }, own)).toBe(
    false,
  );
  expect(await isGone({ ...code("dash"), ...types("trim: 1") }, { ...code("dashes"), ...types("") }, own)).toBe(false);
});

test("a folder is the module that its manifest names", async () => {
  const manifest = { "src/slug/package.json": '{ "name": "slug", "main": "lib/main.ts" }' };
  const own = 'import { slug } from "./slug";\nslug({ trim: true });';
  const at = (option: string): Texts => ({ ...manifest, "src/slug/lib/main.ts": slug(option) });
  expect(await isGone(at("trim: 1"), at(""), own)).toBe(true);
});
