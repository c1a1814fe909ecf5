import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { fromData, possibleConfig, type PossibleConfig } from "./possible-config.ts";

/** Scalars as they are, what may be several things as `{ oneOf }`, and what is unknown as it is written, behind a `?`. */
function shown(value: PossibleConfig | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case "scalar":
      return value.value;
    case "regex":
      return `/${value.source}/`;
    case "list":
      return value.items.map(shown);
    case "object":
      return Object.fromEntries([...value.fields].map(([key, each]) => [key, shown(each)]));
    case "oneOf":
      return { oneOf: value.options.map(shown) };
    case "unknown":
      return `?${value.text}`;
  }
}

const modules: Readonly<Record<string, string>> = {
  "./shared": "export default { a: 1, b: [1] }; ",
  "./named": "export const first = { a: 1 }; export const second = 2;",
};

async function read(text: string): Promise<unknown> {
  const readModule = async (specifier: string): Promise<PossibleConfig | undefined> => {
    const module = modules[specifier];
    return module === undefined
      ? undefined
      : possibleConfig(parseSource(repoPath("m.ts"), module), async () => undefined);
  };
  return shown(await possibleConfig(parseSource(repoPath("x.config.ts"), text), readModule));
}

test.each<[string, string, unknown]>([
  [
    "scalars",
    "export default { a: 1, b: 'x', c: true, d: null, e: -1, f: `t`, g: 'a' + 'b', h: void 0, i: !0 }",
    { a: 1, b: "x", c: true, d: null, e: -1, f: "t", g: "ab", h: null, i: true },
  ],
  [
    "what is no scalar",
    "export default { a: 1n, b: -x, c: 1 + 2, d: /a+/g }",
    { a: "?1n", b: "?-x", c: "?1 + 2", d: "/a+/" },
  ],
  ["keys", "export default { 'a-b': 1, 2: 3, ['c']: 4, [d]: 5, e() { return 6; } }", { "a-b": 1, 2: 3, c: 4, e: 6 }],
  ["a list", "export default [1, , ...[2, 3], ...x]", [1, 2, 3, "?x"]],
  ["a list of one of two", "export default [...(x ? [1] : [2])]", [1, 2]],
  [
    "branches",
    "export default { a: x ? 1 : 2, b: y || 3, c: z ?? 4 }",
    { a: { oneOf: [1, 2] }, b: { oneOf: ["?y", 3] }, c: { oneOf: ["?z", 4] } },
  ],
  ["types and brackets", "export default ({ a: 1 } satisfies T as U)!", { a: 1 }],
  ["what is awaited", "export default await { a: 1 }", { a: 1 }],
  ["module.exports", "module.exports = { a: 1 }", { a: 1 }],
  ["what is exported by name", "export const a = 1; export const b = { c: 2 }; const d = 3;", { a: 1, b: { c: 2 } }],
  ["nothing", "const a = 1;", undefined],
  ["a constant", "const config = { a: 1 }; export default config;", { a: 1 }],
  [
    "a part of a constant",
    "const all = { a: { b: 1 } }; export default { c: all.a.b, d: all['a'], e: all.x }",
    { c: 1, d: "?all['a']", e: "?all.x" },
  ],
  ["a constant that is not there", "export default missing", "?missing"],
  [
    "what is spread",
    "const a = { x: 1, y: 2 }; export default { ...a, y: 3, ...(b ? { z: 4 } : {}), ...c }",
    { x: 1, y: 3, z: 4 },
  ],
  ["a function", "export default () => ({ a: 1 })", { a: 1 }],
  ["a function with a body", "export default async function () { const a = 1; return { a }; }", { a: 1 }],
  [
    "several returns",
    "export default () => { if (x) return { a: 1 }; return { a: 2 }; }",
    { oneOf: [{ a: 1 }, { a: 2 }] },
  ],
  ["an unknown return", "export default () => { if (x) return y; return { a: 2 }; }", { a: 2 }],
  ["a function by its name", "function make() { return { a: 1 }; } export default make();", { a: 1 }],
  ["an exported function by its name", "export function make() { return { a: 1 }; } export default make();", { a: 1 }],
  ["a call of something else", "export default create({ a: 1 })", "?create({ a: 1 })"],
  ["defineConfig", "export default defineConfig({ a: 1 })", { a: 1 }],
  [
    "mergeConfig",
    "export default mergeConfig({ a: { b: 1, c: [1] } }, { a: { d: 2, c: [2] } })",
    { a: { b: 1, c: [1, 2], d: 2 } },
  ],
  [
    "mergeConfig with another value",
    "export default mergeConfig({ a: 1, b: [1], c: {}, d: x }, { a: 2, b: 2, c: 3, d: 4 })",
    { a: 2, b: [1, 2], c: 3, d: 4 },
  ],
  ["mergeConfig with what is unknown", "export default mergeConfig({ a: [1] }, x)", { a: [1] }],
  ["Object.assign", "export default Object.assign({ a: 1 }, { b: 2 })", { a: 1, b: 2 }],
  ["a call with nothing", "export default defineConfig()", "?defineConfig()"],
  ["a spread argument", "export default mergeConfig(...[{ a: 1 }, { b: 2 }])", { a: 1, b: 2 }],
  ["a later assignment", "const c = { t: { r: 1 } }; c.t.r = 3; c.t.s = 4; export default c;", { t: { r: 3, s: 4 } }],
  [
    "what is pushed later",
    "const c = { t: ['a'] }; c.t.push('b'); c.t.unshift('c'); c.t.pop('d'); export default c;",
    { t: ["a", "b", "c"] },
  ],
  ["an assignment to another constant", "const c = { a: 1 }; d.a = 2; c = 3; c[x].a = 4; export default c;", { a: 1 }],
  [
    "a place",
    "export default { a: path.join(__dirname, 'src'), b: new URL('./x', import.meta.url).pathname }",
    { a: "./src", b: "./x" },
  ],
  ["what names itself", "const a = { b: a }; export default 1", 1],
  ["a default import", "import shared from './shared'; export default { ...shared, c: 3 }", { a: 1, b: [1], c: 3 }],
  ["a namespace", "import * as all from './named'; export default all.first", { a: 1 }],
  [
    "an import by name",
    "import { first, second as other } from './named'; export default { ...first, other }",
    { a: 1, other: 2 },
  ],
  ["a name that is not exported", "import { third } from './named'; export default { third }", { third: "?third" }],
  ["an import of a package", "import first from 'named'; export default { first }", { first: "?first" }],
  [
    "an import that is edited",
    "import shared from './shared'; shared.b.push(2); export default shared",
    { a: 1, b: [1, 2] },
  ],
])("%s", async (_, text, expected) => {
  expect(await read(text)).toEqual(expected);
});

test("what goes on for ever is unknown in the end", async () => {
  expect(JSON.stringify(await read("const a = { b: a }; export default a;"))).toContain("?");
  expect(await read("const f = () => f(); export default f();")).toBe("?() => f()");
});

test("data is as it is", () => {
  expect(shown(fromData({ a: [1, "b", null, true], c: { d: 2 } }))).toEqual({ a: [1, "b", null, true], c: { d: 2 } });
  expect(shown(fromData(undefined))).toBe("?undefined");
});
