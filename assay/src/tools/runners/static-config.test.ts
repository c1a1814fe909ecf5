import { expect, test } from "vitest";
import { fieldOf, readStaticConfig, stringsOf } from "./static-config.ts";

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
