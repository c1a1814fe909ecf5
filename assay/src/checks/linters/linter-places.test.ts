// Where configurations of linters lie, what stands in the place of one that is gone, and which files each holds for.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedLinter } from "../loosened-linter.ts";

/** What each would have to be approved as. */
async function whats(base: Texts, head: Texts, renames: Texts = {}): Promise<readonly string[]> {
  const context = await contextOf({ base, head, renames });
  return (await loosenedLinter.inspect(context)).map(({ message }) => /\[([^[]*)\]$/.exec(message)?.[1] ?? message);
}

const json = (value: unknown): string => JSON.stringify(value);
const flat = (...blocks: readonly string[]): string => `export default [${blocks.join(", ")}];\n`;
const rules = (level: number): string => json({ rules: { eqeqeq: level } });
const source: Texts = { "src/a.ts": "" };
const needing = (...names: readonly string[]): Texts => ({
  "package.json": json({ devDependencies: Object.fromEntries(names.map((name) => [name, "1"])) }),
});

const eslint = { ...source, "eslint.config.js": flat("{ rules: { eqeqeq: 2 } }") };

test.each<[string, Texts, Texts, readonly string[]]>([
  ["a formatter's comes", eslint, { ".prettierrc.json": "{}" }, ["eslint.config.js deleted"]],
  ["one for commits comes", eslint, { "commitlint.config.js": flat() }, ["eslint.config.js deleted"]],
  [
    "a formatter's stays",
    { ...eslint, ".prettierrc.json": "{}" },
    { ".prettierrc.json": "{}" },
    ["eslint.config.js deleted"],
  ],
  [
    "one for style sheets stays",
    { ...eslint, ".stylelintrc.json": "{}" },
    { ".stylelintrc.json": "{}" },
    ["eslint.config.js deleted"],
  ],
  ["another linter's comes", eslint, { ".oxlintrc.json": "{}" }, []],
  ["another linter's stays", { ...eslint, "biome.json": "{}" }, { "biome.json": "{}" }, []],
  ["a source stays", { ...eslint, "index.ts": "" }, { "index.ts": "" }, ["eslint.config.js deleted"]],
  [
    "another linter's stays, below",
    { ...eslint, "web/.oxlintrc.json": "{}" },
    { "web/.oxlintrc.json": "{}" },
    ["eslint.config.js deleted"],
  ],
  [
    "the linter is still declared",
    { ...eslint, "biome.json": "{}", ...needing("typescript", "eslint") },
    { "biome.json": "{}", ...needing("typescript", "eslint") },
    ["eslint.config.js deleted"],
  ],
  [
    "a configuration to extend is still declared",
    { ...eslint, "biome.json": "{}", ...needing("typescript", "eslint-config-acme") },
    { "biome.json": "{}", ...needing("typescript", "eslint-config-acme") },
    ["eslint.config.js deleted"],
  ],
  [
    "its package is still declared",
    { ...source, "biome.json": "{}", ".oxlintrc.json": "{}", ...needing("typescript", "@biomejs/biome") },
    { ".oxlintrc.json": "{}", ...needing("typescript", "@biomejs/biome") },
    ["biome.json deleted"],
  ],
  [
    "what was for style sheets",
    { ...source, ".stylelintrc.json": rules(2), "src/a.css": "" },
    { "src/a.css": "" },
    [".stylelintrc.json deleted"],
  ],
  ["what was for style sheets, as they are", { ...source, ".stylelintrc.json": rules(2), "src/a.css": "" }, {}, []],
  ["what asked for no rules", { ...source, "deno.json": json({ imports: {} }) }, {}, []],
  [
    "what asked for rules",
    { ...source, "deno.json": json({ lint: { rules: { include: ["no-eval"] } } }) },
    {},
    ["deno.json deleted"],
  ],
])("a configuration is gone: %s", async (_, base, head, expected) => {
  expect(await whats(base, { ...source, ...head })).toEqual(expected);
});

test.each<[string, string, string, string, readonly string[]]>([
  [".eslintrc.json", rules(2), ".eslintrc.yml", "rules: {}", [".eslintrc.yml eqeqeq"]],
  [".eslintrc.json", rules(2), ".eslintrc.yml", "rules: { eqeqeq: 2 }", []],
  [".eslintrc.json", rules(2), "web/.eslintrc.json", rules(0), []],
  [".eslintrc.json", rules(2), "eslint.config.js", flat("{ rules: {} }"), []],
  [".eslintrc.json", rules(2), ".eslintignore", "lib", [".eslintrc.json deleted"]],
  ["eslint.config.js", flat("{ rules: { eqeqeq: 2 } }"), "eslint.config.mjs", flat("{}"), ["eslint.config.mjs eqeqeq"]],
  ["eslint.config.js", flat("{ rules: { eqeqeq: 2 } }"), ".eslintrc.json", "{}", []],
  [
    "biome.json",
    json({ linter: { rules: { style: { useConst: "error" } } } }),
    ".biome.jsonc",
    json({ linter: { rules: { style: { useConst: "off" } } } }),
    [".biome.jsonc style/useConst"],
  ],
  ["package.json", json({ xo: { rules: { eqeqeq: 2 } } }), ".xo-config.json", rules(0), [".xo-config.json eqeqeq"]],
  ["package.json", json({ eslintConfig: { rules: { eqeqeq: 2 } } }), "eslint.config.js", flat("{}"), []],
  [".eslintignore", "lib", ".eslintrc.json", "{}", []],
])("what %s said (%s) is said by %s (%s)", async (from, before, to, after, expected) => {
  const manifest = from === "package.json" ? { "package.json": "{}" } : {};
  expect(await whats({ ...source, [from]: before }, { ...source, ...manifest, [to]: after })).toEqual(expected);
});

test("a file that is renamed is read by the name that it had", async () => {
  const base = { ...source, ".eslintrc.json": '{ "rules": { "eqeqeq": 2 } } // why' };
  const head = { ...source, ".eslintrc.yml": "rules: { eqeqeq: 0 }" };
  expect(await whats(base, head, { ".eslintrc.yml": ".eslintrc.json" })).toEqual([".eslintrc.yml eqeqeq"]);
});

test("a file that moves up holds for what it did not hold for, in whatever way", async () => {
  const sources = { "web/a.ts": "", "lib/a.ts": "" };
  const head = json({ rules: { eqeqeq: 2 }, overrides: [{ files: ["lib/*.ts"], rules: { eqeqeq: 0 } }] });
  expect(
    await whats(
      { ...sources, "web/.eslintrc.json": rules(2) },
      { ...sources, ".eslintrc.json": head },
      { ".eslintrc.json": "web/.eslintrc.json" },
    ),
  ).toEqual([]);
});

test("a configuration that can't be read any more is not deleted, though the linter is declared", async () => {
  const common = { ...source, ...needing("eslint") };
  expect(await whats({ ...common, ".eslintrc.yml": "rules: {}" }, { ...common, ".eslintrc.yml": "rules: {" })).toEqual(
    [],
  );
});

test.each<[string, object, object, readonly string[]]>([
  [
    "another linter",
    { xo: { rules: { eqeqeq: 2 } } },
    { eslintConfig: { rules: { eqeqeq: 0 } } },
    ["package.json eqeqeq"],
  ],
  [
    "another linter that asks for as much",
    { xo: { rules: { eqeqeq: 2 } } },
    { eslintConfig: { rules: { eqeqeq: 2 } } },
    [],
  ],
  [
    "a list of ignored files",
    { eslintConfig: { rules: { eqeqeq: 2 } } },
    { eslintIgnore: ["lib"] },
    ["package.json deleted"],
  ],
  [
    "what was there beside it",
    { eslintConfig: { rules: { eqeqeq: 2 } }, prettier: { semi: true } },
    { prettier: { semi: true } },
    ["package.json deleted"],
  ],
])("in a manifest %s takes the place of a configuration", async (_, base, head, expected) => {
  expect(await whats({ ...source, "package.json": json(base) }, { ...source, "package.json": json(head) })).toEqual(
    expected,
  );
});

test("one in a folder holds for that folder, whether it has sources yet or not", async () => {
  const of = (level: number): string => flat(`{ files: ["src/*.ts"], rules: { eqeqeq: ${level} } }`);
  for (const sources of [{ "web/src/a.ts": "" }, {}])
    expect(
      await whats({ ...sources, "web/eslint.config.js": of(2) }, { ...sources, "web/eslint.config.js": of(0) }),
    ).toEqual(["web/eslint.config.js eqeqeq"]);
  expect(await whats({ "eslint.config.js": of(2) }, { "eslint.config.js": of(0) })).toEqual([
    "eslint.config.js eqeqeq",
  ]);
});

test.each([
  ["eslint.config.ts", "eslint.config.js"],
  ["eslint.config.cjs", "eslint.config.mjs"],
  [".eslintrc.cjs", ".eslintrc.js"],
])("%s is read no more beside %s", async (old, added) => {
  const base = { ...source, [old]: flat("{ rules: { eqeqeq: 2 } }") };
  expect(await whats(base, { ...base, [added]: flat("{ rules: {} }") })).toEqual([`${added} eqeqeq`]);
});

const oxlint = (...names: readonly string[]): string =>
  json({ rules: Object.fromEntries(names.map((name) => [name, "error"])) });

test("a new configuration takes files from the nearest one above, changed or not", async () => {
  const sources = { "src/a.ts": "", "src/b/c.ts": "" };
  const base = { ...sources, ".oxlintrc.json": oxlint("eqeqeq"), "src/.oxlintrc.json": oxlint("no-alert") };
  const nested = "src/b/.oxlintrc.json";
  expect(await whats(base, { ...base, [nested]: "{}" })).toEqual([`${nested} no-alert`]);
  expect(await whats(base, { ...base, "src/.oxlintrc.json": oxlint("no-alert", "no-eval"), [nested]: "{}" })).toContain(
    `${nested} no-alert`,
  );
  const beside = { ...base, "lib/.oxlintrc.json": oxlint("no-eval") };
  expect(await whats(beside, { ...beside, [nested]: oxlint("no-alert") })).toEqual([]);
});

test("what is said above of names holds below, and what is said of other folders does not", async () => {
  const of = (files: string): Texts => ({
    ...source,
    ".oxlintrc.json": json({ overrides: [{ files: [files], rules: { eqeqeq: "error" } }] }),
  });
  const added = async (files: string): Promise<readonly string[]> =>
    whats(of(files), { ...of(files), "src/.oxlintrc.json": "{}" });
  expect(await added("*.ts")).toEqual(["src/.oxlintrc.json eqeqeq"]);
  expect(await added("**/*.ts")).toEqual(["src/.oxlintrc.json eqeqeq"]);
  expect(await added("lib/*.ts")).toEqual([]);
});

test.each(["root: true", '"root":true', "'root' : true", "root:  true"])("%s takes files away", async (text) => {
  const base = { ...source, ".eslintrc.json": rules(2) };
  const below = `{ ${text}, rules: {} }`;
  expect(await whats(base, { ...base, "src/.eslintrc": below })).toEqual(["src/.eslintrc eqeqeq"]);
  expect(await whats(base, { ...base, "src/.eslintrc": below.replace("true", "false") })).toEqual([]);
});

test("tests may be held to less by a configuration of their own", async () => {
  const sources = { ...source, "test/a.test.ts": "" };
  const base = { ...sources, ".eslintrc.json": rules(2), ".oxlintrc.json": oxlint("eqeqeq") };
  expect(await whats(base, { ...base, "test/.eslintrc.json": rules(0) })).toEqual([]);
  expect(await whats(base, { ...base, "test/.eslintrc.json": json({ root: true, rules: {} }) })).toEqual([]);
  expect(await whats(base, { ...base, "test/.oxlintrc.json": "{}" })).toEqual([]);
});

test("each kind of file is held against its own rules", async () => {
  const sources = { "src/a.ts": "", "src/b.ts": "" };
  const of = (a: number, b: number): Texts => ({
    ...sources,
    "eslint.config.js": flat(
      `{ files: ["src/a.ts"], rules: { eqeqeq: ${a} } }`,
      `{ files: ["src/b.ts"], rules: { "no-alert": 2, "no-eval": ${b} } }`,
    ),
  });
  expect(await whats(of(2, 2), of(0, 0))).toEqual(["eslint.config.js eqeqeq", "eslint.config.js no-eval"]);
});

test.each<[string, string, object, object, readonly string[]]>([
  [
    "biome, the linter of scripts",
    "biome.json",
    { javascript: { linter: {} } },
    { javascript: { linter: { enabled: false } } },
    ["javascript.linter"],
  ],
  ["biome, a domain", "biome.json", { linter: {} }, { linter: { domains: { react: "none" } } }, ["domain react"]],
  [
    "biome, all of a domain",
    "biome.json",
    { linter: { domains: { react: "all" } } },
    { linter: { domains: { react: "recommended" } } },
    ["domain react"],
  ],
  [
    "biome, what is recommended of a domain anyway",
    "biome.json",
    { linter: { domains: { react: "recommended" } } },
    { linter: { domains: {} } },
    [],
  ],
  ["biome, a file", "biome.json", { extends: ["./a.json"] }, {}, ["preset ./a.json"]],
  ["biome, by its other name", ".biome.jsonc", {}, { linter: { rules: { recommended: false } } }, ["recommended"]],
  [
    "deno, what is recommended",
    "deno.json",
    { lint: { rules: { tags: ["recommended"] } } },
    { lint: { rules: { tags: [] } } },
    ["preset deno-recommended"],
  ],
  ["deno, as it is without saying so", "deno.json", {}, { lint: { rules: { tags: ["recommended"] } } }, []],
  ["deno, other files alone", "deno.json", {}, { lint: { include: ["src/b"] } }, ["ignores src/a.ts"]],
])("%s", async (_, path, base, head, expected) => {
  const sources = { "src/a.ts": "", "src/b/c.ts": "" };
  const found = await whats({ ...sources, [path]: json(base) }, { ...sources, [path]: json(head) });
  expect(found).toEqual(expected.map((each) => `${path} ${each}`));
});
