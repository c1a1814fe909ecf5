import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { configChanges, type ConfigChange } from "./runner-changes.ts";

function named({ runner, dir, variant }: ConfigChange["place"]): string {
  return `${dir === "" ? "." : dir} ${runner}${variant === "" ? "" : ` ${variant}`}`;
}

/** `place`, and `place <- place` where it was elsewhere. */
async function changed(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const changes = configChanges(await contextOf({ base, head, renames }));
  return changes
    .map(({ place, was }) => [named(place), named(was)])
    .map(([to, from]) => (to === from ? `${to}` : `${to} <- ${from}`))
    .toSorted();
}

const text = "export default {};\n";

test("a configuration that is edited, new or gone changes, each once", async () => {
  expect(await changed({ "vitest.config.ts": text }, { "vitest.config.ts": "export default 1;\n" })).toEqual([
    ". vitest",
  ]);
  expect(await changed({}, { "a/jest.config.js": text })).toEqual(["a jest"]);
  expect(await changed({ "a/vitest.e2e.config.ts": text }, {})).toEqual(["a vitest e2e"]);
  expect(await changed({ "vite.config.ts": text }, { "vitest.config.ts": "export default 1;\n" })).toEqual([
    ". vitest",
  ]);
  expect(await changed({}, { "test/fixtures/vitest.config.ts": text, "src/a.ts": text })).toEqual([]);
});

test("a manifest counts for the runners that it speaks of, at either end", async () => {
  const of = (fields: object): Texts => ({ "package.json": JSON.stringify(fields) });
  expect(await changed(of({ jest: {} }), of({}))).toEqual([". jest"]);
  expect(await changed(of({}), of({ nyc: {}, c8: {} }))).toEqual([". c8", ". nyc"]);
  expect(await changed(of({}), of({ name: "x" }))).toEqual([]);
});

test("a configuration that is renamed was at its former place", async () => {
  const renamed = (from: string, to: string): Promise<readonly string[]> =>
    changed({ [from]: text }, { [to]: text }, { [to]: from });
  expect(await renamed("vitest.config.ts", "config/vitest.config.ts")).toEqual(["config vitest <- . vitest"]);
  expect(await renamed("vitest.config.ts", "vitest.unit.config.ts")).toEqual([". vitest unit <- . vitest"]);
  expect(await renamed("jest.config.js", "vitest.config.js")).toEqual([". jest", ". vitest"]);
  expect(await renamed("src/a.ts", "vitest.config.ts")).toEqual([". vitest"]);
});

test("one that is gone while one of its runner comes elsewhere has moved there", async () => {
  const before = { "vitest.config.ts": text };
  expect(await changed(before, { "config/vitest.config.ts": "export default 1;\n" })).toEqual([
    "config vitest <- . vitest",
  ]);
  expect(await changed(before, { "jest.config.js": text })).toEqual([". jest", ". vitest"]);
  expect(await changed(before, { "a/vitest.config.ts": "1;\n", "b/vitest.config.ts": "2;\n" })).toEqual([
    ". vitest",
    "a vitest",
    "b vitest",
  ]);
  const more = { ...before, "jest.config.js": text };
  expect(await changed(more, { "a/vitest.config.ts": "1;\n", "jest.config.js": "1;\n" })).toEqual([
    ". jest",
    "a vitest <- . vitest",
  ]);
});

const importing = (path: string): Texts => ({
  "vitest.config.ts": `import shared from "${path}";\nexport default shared;\n`,
});
const shared = "export default { test: { retry: 1 } };\n";

test.each(["thresholds", "threshold", "coverage", "passWithNoTests", "retries", "exclude", "include", "testTimeout"])(
  "what says something of %s is a part of the configurations that import it",
  async (word) => {
    const config = importing("./config/shared.ts");
    const head = { ...config, "config/shared.ts": `export default { ${word}: 1 };\n` };
    expect(await changed({ ...config, "config/shared.ts": "" }, head)).toEqual([". vitest"]);
  },
);

test.each<[string, string, string]>([
  ["says nothing of runs", "./shared.ts", "export default { reincludes: 1, root: 1 };\n"],
  ["is not imported", "./other.ts", shared],
  ["lies among the sources", "./src/shared.ts", shared],
  ["is a test", "./shared.test.ts", shared],
  ["is no source", "./shared.md", shared],
])("what %s is no part of them", async (_, imported, told) => {
  const path = imported === "./other.ts" ? "shared.ts" : imported.slice(2);
  const config = importing(imported);
  expect(await changed({ ...config, [path]: "" }, { ...config, [path]: told })).toEqual([]);
});

test("what is gone is no part any more, and what imports it from a fixture or a source is no configuration", async () => {
  const config = importing("./shared.ts");
  expect(await changed({ ...config, "shared.ts": shared }, config)).toEqual([]);
  const others = {
    "test/fixtures/vitest.config.ts": 'import "../../shared.ts";\n',
    "src/a.ts": 'import "../shared.ts";\n',
  };
  expect(await changed(others, { ...others, "shared.ts": shared })).toEqual([]);
});

test("a part is known by the word that stands in every specifier of it", async () => {
  const asks = "export default { test: { retry: 1 } };\n";
  const byPart = async (path: string, specifier: string, config = "vitest.config.ts"): Promise<boolean> => {
    const files = { [config]: `import part from "${specifier}";\nexport default part;\n` };
    return (await changed({ ...files, [path]: asks }, { ...files, [path]: asks.replace("1", "2") })).length > 0;
  };
  for (const [path, specifier, config] of [
    ["build/part.ts", "./build/part.js"],
    ["config/part.ts", "./part.js", "config/vitest.config.ts"],
    ["build/part.shared.ts", "./build/part.shared"],
    ["build/index.ts", "./build"],
    ["index.ts", "./index.js"],
    ["build/part.json", "./build/part.json"],
  ] as const)
    expect([path, specifier, await byPart(path, specifier, config)]).toEqual([path, specifier, true]);
  for (const [path, specifier] of [
    ["build/part.ts", "./build/other.js"],
    ["build/index.ts", "./lib"],
    ["build/part.yaml", "./build/part.yaml"],
  ] as const)
    expect([path, specifier, await byPart(path, specifier)]).toEqual([path, specifier, false]);
});

test("a part of the sources is none of a configuration, nor is one that says nothing of a run", async () => {
  const byPart = async (path: string, asks: string): Promise<boolean> => {
    const files = { "vitest.config.ts": `import part from "./${path}";\nexport default part;\n` };
    return (await changed({ ...files, [path]: asks }, { ...files, [path]: `${asks}// More.\n` })).length > 0;
  };
  expect(await byPart("build/part.ts", "export const exclude = [];\n")).toBe(true);
  expect(await byPart("mysrc/part.ts", "export const exclude = [];\n")).toBe(true);
  expect(await byPart("src/part.ts", "export const exclude = [];\n")).toBe(false);
  expect(await byPart("pkg/src/part.ts", "export const exclude = [];\n")).toBe(false);
  expect(await byPart("build/part.ts", "export const excluded = [], prefetchInclude = 1;\n")).toBe(false);
});
