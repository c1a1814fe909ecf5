// What the guard of compatibility finds in single files, by the part that finds it.
import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { fallbackReads } from "./fallback-reads.ts";
import { keptAliases } from "./kept-aliases.ts";
import { entriesLeftBehind, filesLeftBehind, filesOfTheOld, signaturesLeftBehind } from "./left-behind.ts";
import { shimSightings } from "./shim-sightings.ts";

function sighted(text: string): readonly string[] {
  return Array.from(shimSightings(parseSource(repoPath("a.ts"), text)), ({ message }) => message.replace(/;.*/, ""));
}

const deprecated = "is deprecated from the start";
const kept = "keeps what was before for compatibility";

test.each([
  ["/** @deprecated use b */", deprecated],
  ["// Deprecated: use b", deprecated],
  ["// backwards-compatible alias", kept],
  ["// for legacy callers", kept],
  ["// the old name", kept],
  ["// temporary re-export", kept],
  ["// remove this once all callers have moved over", kept],
  ["// so that existing imports keep working", kept],
  ["/*\n * kept\n * for compatibility\n */", kept],
  ["// keeps the import compiling", kept],
  ["// for older clients", kept],
  ["// compat shim", kept],
  ["// kept for compat", kept],
  ["// no backwards compatibility", undefined],
  ["// this breaks old callers", undefined],
  ["// existing files", undefined],
  ["// an alias", undefined],
  ["// undeprecated", undefined],
])("the comment %j is told as %s", (comment, message) => {
  expect(sighted(`${comment}\nrun();\n`)).toEqual(message === undefined ? [] : [message]);
});

const warns = "warns that something is deprecated";
const switches = (name: string): string => `"${name}" switches to what was before`;
const isThere = (name: string): string => `"${name}" is there for what was before`;

test.each([
  ["util.deprecate(f, 'x');", [warns]],
  ["console.warn('x is deprecated');", [warns]],
  ["process.emitWarning('x', 'DeprecationWarning');", [warns]],
  ["deprecated('x');", [warns]],
  ["warnDeprecatedOnce('x');", [warns]],
  ["emitDeprecationWarning('x');", [warns]],
  ["@deprecated class A {}", [warns]],
  ["@deprecated('x') class A {}", [warns]],
  ["run('x is deprecated');", []],
  ["console.warn('old');", []],
  ["if (process.env.USE_OLD_PARSER) run();", [switches("USE_OLD_PARSER")]],
  ["if (env.LEGACY) run();", []],
  ["if (process.env['LEGACY_MODE']) run();", [switches("LEGACY_MODE")]],
  ["if (process.env.THRESHOLD_COMPATIBLE) run();", []],
  ["if (flags.isEnabled('legacy-parser')) run();", [switches("legacy-parser")]],
  ["if (isFeatureOn('old-parser')) run();", [switches("old-parser")]],
  ["if (Deno.env.get('LEGACY')) run();", [switches("LEGACY")]],
  ["map.get('legacy');", []],
  ["flag(legacy);", []],
  ["const legacyParse = 1;", [isThere("legacyParse")]],
  ["const useOldParser = 1;", [isThere("useOldParser")]],
  ["const oldApi = 1;", [isThere("oldApi")]],
  ["const oldValue = 1;", []],
  ["const compatMode = 1;", [isThere("compatMode")]],
  ["const backCompat = 1;", [isThere("backCompat")]],
  ["const compatible = 1;", []],
  ["function legacyParse() {}", [isThere("legacyParse")]],
  ["class LegacyParser {}", [isThere("LegacyParser")]],
  ["type LegacyOptions = 1;", [isThere("LegacyOptions")]],
  ["interface Compat {}", [isThere("Compat")]],
  ["interface A { legacy: 1 }", [isThere("legacy")]],
  ["class A { legacy() {} }", [isThere("legacy")]],
  ["class A { legacy = 1; }", [isThere("legacy")]],
  ["const { legacy } = options;", [isThere("legacy")]],
  ["run({ legacy: 1 });", []],
  ["function f(legacy) {}", [isThere("legacy")]],
  ["const f = (legacy = true) => 1;", [isThere("legacy")]],
  ["run(function (legacy) {});", [isThere("legacy")]],
  ["import x from 'x';\nconst legacy = x.legacy();", []],
  ["import x from 'x';\nconst legacy = await new x.Legacy();", []],
  ["import x from './x.ts';\nconst legacy = x.legacy();", [isThere("legacy")]],
  ["const legacy = require('x');", []],
])("%j is told as %j", (text, messages) => {
  expect(sighted(`${text}\n`)).toEqual(messages);
});

/** What a part says of a change: `path:line`. */
async function found(
  part: (
    pairs: Awaited<ReturnType<typeof contextOf>>["pairs"],
  ) => readonly { readonly path: string | null; readonly line: number | null }[],
  base: Texts,
  head: Texts,
  renames: Texts = {},
): Promise<readonly string[]> {
  const { pairs } = await contextOf({ base, head, renames });
  return part(pairs).map(({ path, line }) => `${path}:${line}`);
}

const code = "export const a = 1;\n";

test("a file that only hands on what has moved is told, in every form", async () => {
  for (const form of [
    'export * from "./b.ts";',
    'export { a } from "./b.ts";',
    'export * from "./b.ts";\nexport { default } from "./b.ts";',
    'import { a } from "./b.ts";\nexport { a };',
    'import a from "./b.ts";\nexport default a;',
    '"use strict";\nmodule.exports = require("./b.ts");',
    'export * from "./b.js";',
  ])
    expect([form, await found(filesLeftBehind, { "a.ts": code }, { "a.ts": `${form}\n`, "b.ts": code })]).toEqual([
      form,
      ["a.ts:1"],
    ]);
  expect(
    await found(filesLeftBehind, { "a.ts": code }, { "a.ts": 'export * from "./b";\n', "b/index.ts": code }),
  ).toEqual(["a.ts:1"]);
});

test("a file that does more, that did so before, or that is a face, is not left behind", async () => {
  const b = { "b.ts": code };
  for (const form of [
    'export * from "./b.ts";\nexport const c = 1;',
    'export * from "./b.ts";\nexport * from "./c.ts";',
    'export * from "b";',
    'import { a } from "./b.ts";\na();',
    "export default class {}",
    "module.exports = load('./b.ts');",
    "export { a };",
  ])
    expect([form, await found(filesLeftBehind, { "a.ts": code }, { "a.ts": `${form}\n`, ...b })]).toEqual([form, []]);
  const handing = 'export * from "./b.ts";\n';
  expect(await found(filesLeftBehind, { "a.ts": handing }, { "a.ts": `${handing}// More.\n`, ...b })).toEqual([]);
  expect(await found(filesLeftBehind, {}, { "a.ts": handing, ...b })).toEqual([]);
  expect(await found(filesLeftBehind, { "a.ts": code, ...b }, { "a.ts": handing, ...b })).toEqual([]);
  expect(await found(filesLeftBehind, { "index.ts": code }, { "index.ts": handing, ...b })).toEqual([]);
  expect(
    await found(filesLeftBehind, { "x/index.ts": code }, { "x/index.ts": 'export * from "../b.ts";\n', ...b }),
  ).toEqual(["x/index.ts:1"]);
  expect(await found(filesLeftBehind, { "a.test.ts": code }, { "a.test.ts": handing, ...b })).toEqual([]);
});

test("a new file that is named for what was before is told", async () => {
  for (const [path, isTold] of [
    ["src/legacy.ts", true],
    ["src/parse-legacy.ts", true],
    ["src/deprecated_parse.ts", true],
    ["src/backcompat.ts", true],
    ["src/backwards-compatible.ts", true],
    ["src/legacyish.ts", false],
    ["legacy/parse.ts", false],
  ] as const)
    expect([path, await found(filesOfTheOld, {}, { [path]: code })]).toEqual([path, isTold ? [`${path}:1`] : []]);
  expect(await found(filesOfTheOld, { "legacy.ts": code }, { "legacy.ts": `${code}// More.\n` })).toEqual([]);
});

test("an entry that leads where a new one of its kind leads is told where it stands", async () => {
  const manifest = (kind: string, entries: object): Texts => ({
    "package.json": JSON.stringify({ [kind]: entries }, null, 1),
  });
  for (const [kind, old, fresh] of [
    ["bin", "old", "new"],
    ["exports", "./old", "./new"],
    ["imports", "#old", "#new"],
  ] as const) {
    const base = manifest(kind, { [old]: "./a.js" });
    expect(await found(entriesLeftBehind, base, manifest(kind, { [fresh]: "./b.js", [old]: "./b.js" }))).toEqual([
      "package.json:4",
    ]);
    expect(await found(entriesLeftBehind, base, manifest(kind, { [fresh]: "./b.js", [old]: "./a.js" }))).toEqual([]);
    expect(await found(entriesLeftBehind, base, manifest(kind, { [fresh]: "./a.js", [old]: "./a.js" }))).toEqual([]);
    expect(await found(entriesLeftBehind, base, manifest(kind, { [old]: "./b.js" }))).toEqual([]);
  }
  const conditions = manifest("exports", { import: "./a.js" });
  expect(
    await found(entriesLeftBehind, conditions, manifest("exports", { import: "./b.js", require: "./b.js" })),
  ).toEqual([]);
  expect(await found(entriesLeftBehind, {}, manifest("bin", { a: "./b.js", b: "./b.js" }))).toEqual([]);
});

test("an old signature beside a new one is told", async () => {
  const declared = (...signatures: readonly string[]): string =>
    signatures.map((each) => `export declare function f(${each}): void;\n`).join("");
  const of = (before: string, after: string): Promise<readonly string[]> =>
    found(signaturesLeftBehind, { "a.ts": before }, { "a.ts": after });
  expect(await of(declared("a: 1, b: 2"), declared("options: 3", "a: 1, b: 2"))).toEqual(["a.ts:2"]);
  expect(
    await of(
      `function f(a: 1, b: 2) {}\n`,
      `function f(options: 3): void;\nfunction f(a: 1, b: 2): void;\nfunction f(x: any, y?: any) {}\n`,
    ),
  ).toEqual(["a.ts:2"]);
  expect(
    await of(
      "class A {\n  f(a: 1, b: 2) {}\n}\n",
      "class A {\n  f(options: 3): void;\n  f(a: 1, b: 2): void;\n  f(x: any, y?: any) {}\n}\n",
    ),
  ).toEqual(["a.ts:3"]);
  expect(await of(declared("a: 1"), declared("options: 3", "a: 1"))).toEqual([]);
  expect(await of(declared("a: 1, b: 2"), declared("a: 1, b: 2", "a: 1"))).toEqual([]);
  expect(await of(declared("a: 1, b: 2"), declared("a: 1, b: 2", ""))).toEqual([]);
  expect(await of(declared("a: 1, b: 2"), declared("options: 3"))).toEqual([]);
  expect(await of(declared("a: 1, b: 2", "c: 3"), declared("options: 3", "a: 1, b: 2"))).toEqual([]);
});

test("an import under the old name is told, of modules that the repository has", async () => {
  const importing = (names: string, from: string): Texts => ({ "a.ts": `import { ${names} } from "${from}";\n` });
  for (const from of ["./b.ts", "../b.ts", "#b", "~/b.ts", "@/b.ts"])
    expect([from, await found(keptAliases, importing("read", from), importing("load as read", from))]).toEqual([
      from,
      ["a.ts:1"],
    ]);
  for (const from of ["b", "@acme/b", "~b"])
    expect([from, await found(keptAliases, importing("read", from), importing("load as read", from))]).toEqual([
      from,
      [],
    ]);
  expect(await found(keptAliases, importing("read, load", "./b.ts"), importing("load as read", "./b.ts"))).toEqual([]);
  expect(await found(keptAliases, importing("read", "./b.ts"), importing("load as other", "./b.ts"))).toEqual([]);
  expect(await found(keptAliases, importing("read", "./b.ts"), importing("read", "./b.ts"))).toEqual([]);
});

/** What is told of a function that read `old` from its settings, and has this body now. */
async function read(body: string, parameters = "options", before = "options.old"): Promise<number> {
  const f = (text: string): Texts => ({ "a.ts": `export const f = (${parameters}) => {\n${text}\n};\n` });
  return (await found(fallbackReads, f(`return ${before};`), f(body))).length;
}

test("a setting that is asked for under an old name as well is told, whatever holds it", async () => {
  for (const holder of [
    "options",
    "opts",
    "buildOptions",
    "config",
    "cfg",
    "settings",
    "args",
    "argv",
    "flags",
    "props",
    "env",
    "params",
    "manifest",
    "header",
    "raw",
    "input",
    "file",
    "json",
    "body",
    "query",
  ])
    expect([holder, await read(`return ${holder}.fresh ?? ${holder}.old;`, holder, `${holder}.old`)]).toEqual([
      holder,
      1,
    ]);
  for (const holder of ["store", "data", "optional", "files"])
    expect([holder, await read(`return ${holder}.fresh ?? ${holder}.old;`, holder, `${holder}.old`)]).toEqual([
      holder,
      0,
    ]);
});

test("it is told however it is asked for", async () => {
  for (const body of [
    "return options.old ?? options.fresh;",
    "return options.fresh || options.old;",
    "return (options.fresh ?? options.other) ?? options.old;",
    "return options.fresh ? options.fresh : options.old;",
    "options.fresh ??= options.old;",
    "return options!.fresh ?? (options as any).old;",
    "return options.get('fresh') ?? options.get('old');",
    "return options.readNumber('fresh') ?? options.readNumber('old');",
    "const { old, fresh = old } = options; return fresh;",
    "const { old, fresh } = options; return fresh ?? old;",
    "const { old: a, fresh: b = 1 } = options; return b || a;",
  ])
    expect([body, await read(body)]).toEqual([body, 1]);
});

test("two settings, and one that is still read for itself, are none in two names", async () => {
  for (const body of [
    "return options.fresh && options.old;",
    "return options.fresh ?? other.old;",
    "return options.old ?? options.old;",
    "return options.fresh ?? options.newer;",
    "return (options.fresh ?? options.old) + options.old;",
    "return options.set('fresh') ?? options.set('old');",
    "return options.get('fresh', 1) ?? options.get('old', 1);",
    "const { old, fresh } = options; return fresh && old;",
    "const { old, fresh = other } = options; return fresh;",
  ])
    expect([body, await read(body)]).toEqual([body, 0]);
  expect(await read("if (options.old) warn(); return options.fresh ?? options.old;")).toBe(1);
  expect(await read("if (options.old === undefined) warn(); return options.fresh ?? options.old;")).toBe(1);
});
