import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { guardsOnDemand } from "./guards-on-demand.ts";

const compatibilityShim = guardsOnDemand.find(({ id }) => id === "compatibility-shim");

async function findings(base: Texts, head: Texts, greenfield = true): Promise<readonly string[]> {
  const context = await contextOf({ base, head, config: { greenfield } });
  return ((await compatibilityShim?.inspect(context)) ?? []).map(({ path, line }) => `${path}:${line}`);
}

const old = "export const read = (path: string): string => path.trim();\n";
const renamed = "export const load = (path: string): string => path.trim();\n";

test("only a repository without users is told", async () => {
  expect(await findings({ "a.ts": old }, { "a.ts": `${renamed}export { load as read };\n` }, false)).toEqual([]);
  expect(await findings({ "a.ts": old }, { "a.ts": `${renamed}export { load as read };\n` })).toEqual(["a.ts:2"]);
});

test("an old name is found however it is kept", async () => {
  for (const form of [
    "const kept = load; export { kept as read };",
    "export const read: typeof load = load;",
    "export const read = load.bind(null);",
    "export const read = async (path: string) => { return await load(path); };",
    "export function read(path: string) { return load.call(undefined, path); }",
    "export function read(path: string) { return load({ path: path }); }",
    "export function read(path: string) { warnOnce('x'); return load(path); }",
    "exports.read = load;",
    "module.exports = { load, read: load };",
  ]) {
    expect([form, await findings({ "a.ts": old }, { "a.ts": `${renamed}${form}\n` })]).toEqual([form, ["a.ts:2"]]);
  }
});

test("a name that another file has, and keeps, is no old name", async () => {
  const alias = `${renamed}export const read = load;\n`;
  expect(await findings({ "a.ts": old }, { "a.ts": `${old}// More.\n`, "b.ts": alias })).toEqual([]);
  expect(await findings({ "a.ts": old }, { "b.ts": alias })).toEqual(["b.ts:2"]);
});

test("a member of what is exported as a whole counts", async () => {
  const base = "const read = (path: string) => path.trim();\nexport default { read: (path: string) => path.trim() };\n";
  const head = "const load = (path: string) => path.trim();\nexport default { load, read: load };\n";
  expect(await findings({ "a.ts": base }, { "a.ts": head })).toEqual(["a.ts:2"]);
});

test("a name that is new, or that nothing took the place of, is none", async () => {
  expect(await findings({ "a.ts": old }, { "a.ts": `${old}export const parse = read;\n` })).toEqual([]);
  expect(
    await findings({ "a.ts": old }, { "a.ts": "const inner = (x: string) => x;\nexport { inner as read };\n" }),
  ).toEqual([]);
  expect(await findings({}, { "a.ts": `${renamed}export { load as read };\n` })).toEqual([]);
});

test("a setting under two names is found however it is asked for", async () => {
  const base = { "a.ts": 'export const f = (options: any) => [options.wait, env("WAIT")];\n' };
  for (const form of [
    "if (options.wait !== undefined) options.delay ??= options.wait;",
    "return options.delay || options.wait;",
    "return options?.delay ?? options?.wait ?? 1;",
    "return options.delay !== undefined ? options.delay : options.wait;",
    'return options["delay-ms"] ?? options["wait"];',
    'return env("DELAY") ?? env("WAIT");',
  ]) {
    const head = { "a.ts": `export const f = (options: any) => {\n${form}\n};\n` };
    expect([form, await findings(base, head)]).toEqual([form, ["a.ts:2"]]);
  }
});

test("an old setting that is still read for itself is a setting of its own", async () => {
  const base = { "a.ts": "export const f = (options: any) => options.wait;\n" };
  const head = { "a.ts": "export const f = (options: any) => (options.delay ?? options.wait) + options.wait;\n" };
  expect(await findings(base, head)).toEqual([]);
});

test("entries of a manifest that lead where a new one leads are old names", async () => {
  const base = '{\n "imports": {\n "#old": "./a.ts"\n }\n}';
  const head = '{\n "imports": {\n "#new": "./b.ts",\n "#old": "./b.ts"\n }\n}';
  expect(await findings({ "package.json": base }, { "package.json": head })).toEqual(["package.json:4"]);
  expect(await findings({ "package.json": base }, { "package.json": base.replace("a.ts", "b.ts") })).toEqual([]);
});

test("a file is named for what was before", async () => {
  expect(await findings({}, { "src/legacy-read.ts": renamed, "src/legend.ts": renamed })).toEqual([
    "src/legacy-read.ts:1",
  ]);
});

test("comments that deny compatibility, and tests, are left alone", async () => {
  const head = {
    "a.ts": "// This breaks backward compatibility.\nexport const a = 1;\n",
    "a.test.ts": "// kept for compatibility\nconst legacy = 1;\n",
  };
  expect(await findings({}, head)).toEqual([]);
  expect(await findings({}, { "a.ts": "// so that existing imports keep working\nexport const a = 1;\n" })).toEqual([
    "a.ts:1",
  ]);
});

test("what is found in several ways is told once for a line", async () => {
  const alias = `${renamed}/** @deprecated kept for compatibility */\nexport const read = load;\nexport { load as fetch };\n`;
  const base = { "a.ts": `${old}export const fetch = (path: string): string => path;\n`, "b.ts": old };
  const found = await findings(base, {
    "b.ts": alias.replace(/export \{.*\n/, ""),
    "a.ts": alias,
    "c.md": "kept for compatibility\n",
  });
  expect(found.toSorted()).toEqual(["a.ts:2", "a.ts:3", "a.ts:4", "b.ts:2", "b.ts:3"]);
});
