import { expect, test } from "vitest";
import { fieldOf, fromJson, isAbsent, readStaticConfig, stringsOf } from "./static-config.ts";

/** The strings of `include` in what a file exports; "open" and "unknown" where they can't all be read. */
async function include(text: string, name = "x.config.ts"): Promise<unknown> {
  const field = fieldOf(await readStaticConfig(name, text), "include");
  const strings = stringsOf(field);
  if (strings !== undefined) return strings.open ? [...strings.items, "open"] : strings.items;
  return field.kind === "literal" ? field.value : field.kind;
}

test("literals are read in every form a configuration is exported", async () => {
  const forms = [
    'export default { include: ["a"] }',
    'export default defineConfig({ include: ["a"] })',
    'export default defineConfig(() => ({ include: ["a"] }))',
    'export default defineConfig(async ({ mode }) => { return { include: ["a"] } })',
    "const include = [`a`];\nconst config: Config = { include };\nexport default config;",
    'export default { include: ["a"] } satisfies Config',
    'export default { "include": ["a"] as const } as Config',
    'module.exports = { include: ["a"] }',
    'export = { include: ["a"] }',
  ];
  for (const form of forms) expect([form, await include(form)]).toEqual([form, ["a"]]);
  expect(await include('{ "include": "a" }', "x.json")).toEqual(["a"]);
});

test("a field that is not there is told from one that can't be known", async () => {
  expect(await include("export default {}")).toBeNull();
  expect(await include("export default { ...base }")).toBe("unknown");
  expect(await include('export default { include: ["a"], ...base }')).toBe("unknown");
  expect(await include('export default { ...base, include: ["a"] }')).toEqual(["a"]);
  expect(await include("export default mergeConfig(base, { include: [] })")).toBe("unknown");
  expect(await include("export default { include: process.env.X }")).toBe("unknown");
  expect(await include('export default { include: [...base, "a"] }')).toEqual(["a", "open"]);
  expect(await include('let include = ["a"]; export default { include }')).toBe("unknown");
});

test("a file that can't be parsed or exports nothing is unknown", async () => {
  expect(await include("export default {")).toBe("unknown");
  expect(await include("console.log(1)")).toBe("unknown");
  expect(await include("{", "x.json")).toBe("unknown");
  expect(await include("const a = a; export default a;")).toBe("unknown");
});

test("what the module changes after it has declared it is unknown", async () => {
  const changed = [
    'const config = { include: ["a"] };\nconfig.include = ["b"];\nexport default config;',
    'const config = { include: ["a"] };\nif (process.env.CI) Object.assign(config, { include: ["b"] });\nexport default config;',
    'const include = ["a"];\nif (process.env.CI) include.push("b");\nexport default { include };',
    'const include = ["a"];\ninclude[1] = "b";\nexport default { include };',
    'const include = ["a"];\nfunction add() { more(include); }\nexport default { include };',
    'module.exports = { include: ["a"] };\nmodule.exports.include = ["b"];',
    'const config = { include: ["a"] };\nmodule.exports = config;\nObject.assign(module.exports, { include: ["b"] });',
  ];
  for (const text of changed) expect([text, await include(text)]).toEqual([text, "unknown"]);
  const kept = [
    'const config = { include: ["a"] };\nexport default defineConfig(config);',
    'const include = ["a"];\nconst other = [];\nother.push("b");\nexport default { include, other };',
    'const path = require("node:path");\nmodule.exports = { include: ["a"], root: path.resolve(".") };',
  ];
  for (const text of kept) expect([text, await include(text)]).toEqual([text, ["a"]]);
});

test("values are what they are written as, and what is not a plain value is unknown", async () => {
  const value = async (text: string): Promise<unknown> => include(`export default { include: ${text} }`);
  expect(await Promise.all(["1", "true", "null", "`a`", '("a")', '["a"]!'].map(value))).toEqual([
    1,
    true,
    null,
    ["a"],
    ["a"],
    ["a"],
  ]);
  for (const text of [
    "1n",
    "`a${b}`",
    "a.b",
    "-1",
    "() => {}",
    "() => { return }",
    "() => { a(); return [] }",
    "f()",
    "defineConfig(...a)",
    "defineConfig()",
  ])
    expect([text, await value(text)]).toEqual([text, "unknown"]);
  expect(await value("/a/")).toBe("regex");
  expect(await value('["a", 1, , ...b]')).toEqual(["a", "open"]);
  expect(await value('["a", 1]')).toEqual(["a", "open"]);
  expect(await include('export default { ["include"]: ["a"] }')).toBe("unknown");
  expect(await include('export default { 1: 2, include: ["a"] }')).toEqual(["a"]);
  expect(
    await include('const include = ["a"];\nexport { include };\nexport const other = 1;\nexport default { include }'),
  ).toEqual(["a"]);
  expect(await include('export const include = ["a"];\nexport default { include }')).toBe("unknown");
  expect(await include("export default interface X {}")).toBe("unknown");
});

test("a field of nothing is nothing, and one of another value is unknown", () => {
  expect(fieldOf(fromJson(null), "a")).toEqual(fromJson(null));
  expect(fieldOf(fromJson("text"), "a")).toEqual({ kind: "unknown" });
  expect(fieldOf(fromJson({ a: [1, { b: true }] }), "a")).toEqual(fromJson([1, { b: true }]));
  expect(fromJson(undefined)).toEqual({ kind: "unknown" });
  expect([isAbsent(fromJson(null)), isAbsent(fromJson(false)), isAbsent(fromJson({}))]).toEqual([true, false, false]);
});
