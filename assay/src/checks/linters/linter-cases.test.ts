// What a change of configuration makes linters and formatters miss.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedLinter } from "../loosened-linter.ts";

const sources: Texts = { "src/a.ts": "", "src/b/c.ts": "", "test/a.test.ts": "", "scripts/x.ts": "" };

/** Each as `LINE: WHAT`, or of several files with the file in front. */
async function whats(base: Texts, head: Texts): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...sources, ...base }, head: { ...sources, ...head } });
  return (await loosenedLinter.inspect(context)).map(
    ({ line, message }) => `${line}: ${/\[([^[]*)\]$/.exec(message)?.[1] ?? message}`,
  );
}

async function inFile(path: string, base: string, head: string, more: Texts = {}): Promise<readonly string[]> {
  const found = await whats({ ...more, [path]: base }, { ...more, [path]: head });
  return found.map((each) => each.replace(`${path} `, ""));
}

const flat = (...blocks: readonly string[]): string => `export default [\n${blocks.join(",\n")}\n];\n`;

test.each<[string, string, string, readonly string[]]>([
  ["a rule off", "{ rules: { eqeqeq: 'error' } }", "{ rules: { eqeqeq: 'off' } }", ["2: eqeqeq"]],
  ["a rule that warns", "{ rules: { eqeqeq: 2 } }", "{ rules: { eqeqeq: 1 } }", ["2: eqeqeq"]],
  ["a rule that is gone", "{ rules: { eqeqeq: 'error', curly: 2 } }", "{ rules: { curly: 2 } }", ["null: eqeqeq"]],
  ["a rule that only warned", "{ rules: { eqeqeq: 'warn' } }", "{ rules: {} }", []],
  ["a rule of looks", "{ rules: { indent: 'error', '@stylistic/semi': 2 } }", "{ rules: {} }", []],
  [
    "a rule that a plug-in has now",
    "{ rules: { 'no-shadow': 'error' } }",
    "{ rules: { 'no-shadow': 'off', '@typescript-eslint/no-shadow': 'error' } }",
    [],
  ],
  [
    "a rule that a plug-in warns of now",
    "{ rules: { 'no-shadow': 'error' } }",
    "{ rules: { 'no-shadow': 'off', '@typescript-eslint/no-shadow': 'warn' } }",
    ["2: no-shadow"],
  ],
  [
    "a limit",
    "{ rules: { 'max-lines': ['error', 100] } }",
    "{ rules: { 'max-lines': ['error', 200] } }",
    ["2: max-lines"],
  ],
  [
    "a limit among options",
    "{ rules: { complexity: ['error', { max: 5 }] } }",
    "{ rules: { complexity: ['error', { maximum: 9 }] } }",
    ["2: complexity"],
  ],
  ["a lower limit", "{ rules: { complexity: ['error', 9] } }", "{ rules: { complexity: ['error', 5] } }", []],
  ["the length of lines", "{ rules: { 'max-len': ['error', 80] } }", "{ rules: { 'max-len': ['error', 120] } }", []],
  [
    "a number that is no limit",
    "{ rules: { 'no-magic': ['error', 1] } }",
    "{ rules: { 'no-magic': ['error', 9] } }",
    [],
  ],
  [
    "a rule of a preset, off",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { 'no-debugger': 'off' } }",
    ["2: no-debugger"],
  ],
  [
    "a rule of a preset that warns",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { 'no-debugger': 'warn' } }",
    ["2: no-debugger"],
  ],
  [
    "a rule of no preset that warns",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { 'no-shadow': 'warn' } }",
    [],
  ],
  [
    "a rule that the compiler knows",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { 'no-undef': 'off' } }",
    [],
  ],
  ["a rule off without a preset", "{ rules: { curly: 2 } }", "{ rules: { curly: 2, eqeqeq: 0 } }", []],
  [
    "a preset",
    "js.configs.recommended, tseslint.configs.strict",
    "js.configs.recommended",
    ["null: preset tseslint.configs.strict"],
  ],
  [
    "a stricter preset",
    "js.configs.recommended, tseslint.configs.strict",
    "js.configs.recommended, tseslint.configs.recommended",
    ["null: preset tseslint.configs.strict"],
  ],
  [
    "a preset with types",
    "tseslint.configs.recommendedTypeChecked",
    "tseslint.configs.recommended",
    ["null: preset tseslint.configs.recommendedTypeChecked"],
  ],
  ["a weaker preset", "tseslint.configs.recommended", "tseslint.configs.strictTypeChecked", []],
  ["a preset for all of it", "js.configs.recommended", "js.configs.all", []],
  ["a preset of nothing", "tseslint.configs.base, js.configs.recommended", "js.configs.recommended", []],
  ["a preset of looks", "prettier, js.configs.recommended", "js.configs.recommended", []],
  ["names of the environment", "globals.node, js.configs.recommended", "js.configs.recommended", []],
  ["another linter's preset", "standard", "xo", []],
  [
    "only warnings",
    "js.configs.recommended",
    "js.configs.recommended, onlyWarn.configs['only-warn']",
    expect.arrayContaining([expect.stringContaining("only-warn")]),
  ],
  [
    "types off for all",
    "js.configs.recommended",
    "js.configs.recommended, tseslint.configs.disableTypeChecked",
    ["null: rules with types"],
  ],
  [
    "types off for some",
    "js.configs.recommended",
    "js.configs.recommended, { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked }",
    [],
  ],
  ["sources ignored", "{ rules: {} }", "{ rules: {} }, { ignores: ['src/b/**'] }", ["null: ignores src/b/c.ts"]],
  ["all sources ignored", "{ rules: {} }", "{ rules: {} }, globalIgnores(['src/**'])", ["null: ignores src/a.ts"]],
  ["what is not the product ignored", "{ rules: {} }", "{ rules: {} }, { ignores: ['scripts/**'] }", []],
  [
    "ignored by one block",
    "{ rules: { eqeqeq: 2 } }",
    "{ rules: { eqeqeq: 2 }, ignores: ['src/b/**'] }",
    ["2: eqeqeq"],
  ],
  [
    "off for some",
    "{ rules: { eqeqeq: 2 } }",
    "{ rules: { eqeqeq: 2 } }, { files: ['src/b/**'], rules: { eqeqeq: 0 } }",
    ["2: eqeqeq"],
  ],
  [
    "off for tests",
    "{ rules: { eqeqeq: 2 } }",
    "{ rules: { eqeqeq: 2 } }, { files: ['**/*.test.ts'], rules: { eqeqeq: 0 } }",
    [],
  ],
  ["on again", "{ rules: { eqeqeq: 2 } }", "{ rules: { eqeqeq: 0 } }, { rules: { eqeqeq: 2 } }", []],
  [
    "unused directives",
    "{ linterOptions: { reportUnusedDisableDirectives: 'error' } }",
    "{ linterOptions: { reportUnusedDisableDirectives: 'off' } }",
    ["2: reportUnusedDisableDirectives"],
  ],
  ["unused directives, gone", "{ linterOptions: { noInlineConfig: true } }", "{ rules: {} }", ["null: noInlineConfig"]],
])("eslint: %s", async (_, base, head, expected) => {
  const modules = "import js from '@eslint/js';\n";
  const found = await inFile("eslint.config.js", modules + flat(base), modules + flat(head));
  // The import is a line of its own.
  const moved = found.map((each) =>
    each.replace(/^\d+/, (line) => String(Number(line) - 1)).replace("@eslint/js", "js"),
  );
  expect(moved.map((each) => each.replace("[", ""))).toEqual(expected);
});

const json = (value: unknown): string => JSON.stringify(value, null, 1);

test.each<[string, unknown, unknown, readonly string[]]>([
  [
    "an override",
    { rules: { eqeqeq: 2 } },
    { rules: { eqeqeq: 2 }, overrides: [{ files: ["*.ts"], rules: { eqeqeq: 0 } }] },
    ["eqeqeq"],
  ],
  [
    "an override with exceptions",
    { rules: { eqeqeq: 2 } },
    { rules: { eqeqeq: 2 }, overrides: [{ files: ["*.ts"], excludedFiles: ["src/**"], rules: { eqeqeq: 0 } }] },
    [],
  ],
  [
    "an override for a folder",
    { rules: { eqeqeq: 2 } },
    { rules: { eqeqeq: 2 }, overrides: [{ files: ["lib/*.ts"], rules: { eqeqeq: 0 } }] },
    [],
  ],
  ["a preset", { extends: ["eslint:recommended"] }, { extends: [] }, ["preset eslint:recommended"]],
  [
    "a preset of a plug-in with a new version",
    { extends: "plugin:import/recommended" },
    { extends: [] },
    ["preset plugin:import/recommended"],
  ],
  [
    "ignored sources",
    { rules: { eqeqeq: 2 } },
    { rules: { eqeqeq: 2 }, ignorePatterns: ["src/b"] },
    ["ignores src/b/c.ts"],
  ],
  [
    "ignored sources in another override",
    { rules: {} },
    { rules: {}, overrides: [{ files: "*.js", ignorePatterns: ["src"] }] },
    [],
  ],
  ["a directive", { reportUnusedDisableDirectives: true }, {}, ["reportUnusedDisableDirectives"]],
])(".eslintrc.json: %s", async (_, base, head, expected) => {
  const found = await inFile(".eslintrc.json", json(base), json(head));
  expect(found.map((each) => each.replace(/^\w+: /, ""))).toEqual(expected);
  const yaml = await inFile(".eslintrc.yml", json(base), json(head));
  expect(yaml.map((each) => each.replace(/^\w+: /, ""))).toEqual(expected);
  const manifest = await inFile("package.json", json({ eslintConfig: base }), json({ eslintConfig: head }));
  expect(manifest.map((each) => each.replace(/^\w+: /, ""))).toEqual(expected);
});

test.each<[string, string, unknown, unknown, readonly string[]]>([
  [
    "oxlint, a category",
    ".oxlintrc.json",
    { categories: { correctness: "error" } },
    { categories: { correctness: "off" } },
    ["category correctness"],
  ],
  [
    "oxlint, a plug-in",
    ".oxlintrc.json",
    { plugins: ["import", "promise"] },
    { plugins: ["import"] },
    ["plugin promise"],
  ],
  ["oxlint, a rule off that nobody listed", ".oxlintrc.json", {}, { rules: { eqeqeq: "off" } }, ["eqeqeq"]],
  ["oxlint, types", ".oxlintrc.json", { options: { typeAware: true } }, { options: {} }, ["typeAware"]],
  [
    "oxlint, warnings",
    ".oxlintrc.json",
    { options: { denyWarnings: true } },
    { options: { denyWarnings: false } },
    ["denyWarnings"],
  ],
  ["oxlint, ignored", ".oxlintrc.json", {}, { ignorePatterns: ["src"] }, ["ignores src/a.ts"]],
  [
    "biome, a rule",
    "biome.json",
    { linter: { rules: { style: { useConst: "error" } } } },
    { linter: { rules: { style: { useConst: { level: "off" } } } } },
    ["style/useConst"],
  ],
  [
    "biome, a group",
    "biome.json",
    { linter: { rules: { style: "error" } } },
    { linter: { rules: { style: "off" } } },
    ["style"],
  ],
  ["biome, the linter", "biome.json", {}, { linter: { enabled: false } }, ["linter.enabled", "linter"]],
  [
    "biome, the formatter",
    "biome.json",
    { formatter: { enabled: true } },
    { formatter: { enabled: false } },
    ["formatter.enabled"],
  ],
  [
    "biome, an override",
    "biome.json",
    { linter: { rules: { style: { useConst: "error" } } } },
    {
      linter: { rules: { style: { useConst: "error" } } },
      overrides: [{ includes: ["src/**"], linter: { rules: { style: { useConst: "off" } } } }],
    },
    ["style/useConst"],
  ],
  [
    "biome, an override for the rest",
    "biome.json",
    { linter: { rules: { style: { useConst: "error" } } } },
    {
      linter: { rules: { style: { useConst: "error" } } },
      overrides: [{ includes: ["**", "!src/**"], linter: { rules: { style: { useConst: "off" } } } }],
    },
    [],
  ],
  [
    "biome, fewer files",
    "biome.json",
    { files: { includes: ["**"] } },
    { files: { includes: ["**", "!src/b"] } },
    ["ignores src/b/c.ts"],
  ],
  [
    "biome, other files alone",
    "biome.json",
    { files: {} },
    { files: { includes: ["src/b/**"] } },
    ["ignores src/a.ts"],
  ],
  ["biome, ignored files", "biome.json", { files: {} }, { files: { ignore: ["src/b/**"] } }, ["ignores src/b/c.ts"]],
  [
    "biome, files of the linter",
    "biome.json",
    { linter: {} },
    { linter: { includes: ["!!src/b/**"] } },
    ["ignores src/b/c.ts"],
  ],
  ["biome, more files", "biome.json", { files: { includes: ["src/b/**"] } }, { files: { includes: ["src/**"] } }, []],
  [
    "biome, a limit",
    "biome.json",
    {
      linter: {
        rules: { c: { noExcessiveCognitiveComplexity: { level: "error", options: { maxAllowedComplexity: 10 } } } },
      },
    },
    {
      linter: {
        rules: { c: { noExcessiveCognitiveComplexity: { level: "error", options: { maxAllowedComplexity: 20 } } } },
      },
    },
    ["c/noExcessiveCognitiveComplexity"],
  ],
  [
    "deno, a rule left out",
    "deno.json",
    { lint: { rules: { include: ["no-eval"] } } },
    { lint: { rules: { exclude: ["no-eval"] } } },
    ["no-eval"],
  ],
  [
    "deno, a rule of what is recommended",
    "deno.json",
    {},
    { lint: { rules: { exclude: ["no-explicit-any"] } } },
    ["no-explicit-any"],
  ],
  ["deno, files", "deno.json", {}, { lint: { exclude: ["src/b"] } }, ["ignores src/b/c.ts"]],
  [
    "stylelint, a rule",
    ".stylelintrc.json",
    { rules: { "color-no-hex": true } },
    { rules: { "color-no-hex": null } },
    ["color-no-hex"],
  ],
  [
    "stylelint, needless directives",
    ".stylelintrc.json",
    { reportNeedlessDisables: true },
    {},
    ["reportNeedlessDisables"],
  ],
  ["stylelint, files", ".stylelintrc.json", {}, { ignoreFiles: ["src"] }, ["ignores src/a.ts"]],
  ["prettier, a mark", ".prettierrc.json", {}, { requirePragma: true }, ["requirePragma"]],
  ["prettier, a mark as before", ".prettierrc.json", { requirePragma: true }, { requirePragma: true, semi: false }, []],
  ["oxfmt, files", ".oxfmtrc.json", {}, { ignorePatterns: ["src/b/**"] }, ["ignores src/b/c.ts"]],
  [
    "commitlint, a rule",
    ".commitlintrc.json",
    { rules: { "type-enum": [2, "always", ["a"]] } },
    { rules: { "type-enum": [0] } },
    ["type-enum"],
  ],
])("%s", async (_, path, base, head, expected) => {
  const found = await inFile(path, json(base), json(head));
  expect(found.map((each) => each.replace(/^\w+: /, ""))).toEqual(expected);
});

test("xo is configured by a module or by a manifest", async () => {
  expect(await inFile("xo.config.js", flat("{ rules: { eqeqeq: 2 } }"), flat("{ rules: { eqeqeq: 0 } }"))).toEqual([
    "2: eqeqeq",
  ]);
  expect(await inFile("package.json", json({ xo: {} }), json({ xo: { rules: { eqeqeq: 0 } } }))).toHaveLength(1);
  expect(
    await inFile(
      "package.json",
      json({ xo: { rules: { curly: 2 } } }),
      json({ xo: { rules: { curly: 2 }, ignores: ["src/b/**"] } }),
    ),
  ).toHaveLength(1);
});

test.each([".eslintignore", ".prettierignore", ".stylelintignore", ".oxlintignore"])(
  "what %s lists is left alone",
  async (path) => {
    expect(await whats({}, { [path]: "# why\nsrc/b\n" })).toEqual([`null: ${path} ignores src/b/c.ts`]);
    expect(await whats({ [path]: "src/b\n" }, { [path]: "src/b/\n" })).toEqual([]);
    expect(await whats({ [path]: "src/b\n" }, {})).toEqual([]);
  },
);

test("what a manifest has ignored is left alone, beside its rules", async () => {
  const of = (fields: object): Texts => ({ "package.json": json(fields) });
  const rules = { eslintConfig: { rules: { eqeqeq: 2 } } };
  expect(await whats(of({ ...rules, eslintIgnore: ["a"] }), of({ ...rules, eslintIgnore: ["a", "src/b"] }))).toEqual([
    expect.stringContaining("ignores src/b/c.ts"),
  ]);
});

test("a configuration that is gone takes what it found with it", async () => {
  const config = { "eslint.config.js": flat("{ rules: { eqeqeq: 2 } }") };
  const tools = { "package.json": '{ "devDependencies": { "eslint": "9" } }' };
  expect(await whats(config, {})).toEqual(["null: eslint.config.js deleted"]);
  expect(await whats(config, { "biome.json": "{}" })).toEqual([]);
  expect(
    await whats(
      { ...config, ...tools, "oxlint.config.ts": "export default {};" },
      { ...tools, "oxlint.config.ts": "export default {};" },
    ),
  ).toEqual(["null: eslint.config.js deleted"]);
  expect(await whats({ ...config, "biome.json": "{}" }, { "biome.json": "{}" })).toEqual([]);
  expect(await whats({ ".prettierrc.json": '{ "overrides": [] }' }, {})).toEqual([]);
  expect(await whats({ "eslint.config.js": flat("{ ignores: ['a'] }") }, {})).toEqual([]);
  expect(
    await whats(
      { ...config, "commitlint.config.js": "export default {};" },
      { "commitlint.config.js": "export default {};" },
    ),
  ).toEqual(["null: eslint.config.js deleted"]);
});

test("a configuration that can't be read any more is not deleted", async () => {
  expect(await inFile(".eslintrc.yml", "rules: { eqeqeq: 2 }", "rules: {")).toEqual([]);
});

test("a manifest's configuration may move to a file of the same form", async () => {
  const rules = { rules: { eqeqeq: 2 } };
  const of = (fields: object): Texts => ({ "package.json": json(fields) });
  expect(await whats(of({ eslintConfig: rules }), { ...of({}), ".eslintrc.json": json(rules) })).toEqual([]);
  expect(await whats(of({ eslintConfig: rules }), { ...of({}), ".eslintrc.json": "{}" })).toEqual([
    "null: .eslintrc.json eqeqeq",
  ]);
});

test("a new configuration in the place of the one that was read", async () => {
  const old = { ".eslintrc.json": json({ rules: { eqeqeq: 2 } }) };
  expect(await whats(old, { ...old, ".eslintrc.js": "module.exports = { rules: {} };" })).toEqual([
    "null: .eslintrc.js eqeqeq",
  ]);
  expect(await whats(old, { ...old, ".eslintrc.js": "module.exports = { rules: { eqeqeq: 2 } };" })).toEqual([]);
  const biome = { "biome.jsonc": json({ linter: { rules: { style: { useConst: "error" } } } }) };
  expect(await whats(biome, { ...biome, "biome.json": "{}" })).toEqual(["null: biome.json style/useConst"]);
});

test("a new configuration below takes files away, or adds to what is above it", async () => {
  const root = { ".eslintrc.json": json({ rules: { eqeqeq: 2 } }) };
  expect(await whats(root, { ...root, "src/.eslintrc.json": json({ root: true, rules: {} }) })).toEqual([
    "null: src/.eslintrc.json eqeqeq",
  ]);
  expect(await whats(root, { ...root, "src/.eslintrc.json": json({ rules: { curly: 2 } }) })).toEqual([]);
  expect(await whats(root, { ...root, "src/.eslintrc.json": json({ rules: { eqeqeq: 0 } }) })).toEqual([
    "3: src/.eslintrc.json eqeqeq",
  ]);
  expect(
    await whats(root, { ...root, "lib/.eslintrc.json": json({ root: true, rules: {} }), "lib/new.ts": "" }),
  ).toEqual([]);
  const oxlint = { ".oxlintrc.json": json({ rules: { eqeqeq: "error" } }) };
  expect(await whats(oxlint, { ...oxlint, "src/.oxlintrc.json": "{}" })).toEqual(["null: src/.oxlintrc.json eqeqeq"]);
  expect(await whats(oxlint, { ...oxlint, "src/biome.json": "{}" })).toEqual([]);
});

test("another version may be strict by itself, and know other rules", async () => {
  const tools = (version: string): Texts => ({ "package.json": json({ devDependencies: { eslint: version } }) });
  const config = (rules: string): Texts => ({ "eslint.config.js": flat(`{ rules: { ${rules} } }`) });
  expect(await whats({ ...tools("8"), ...config("eqeqeq: 2") }, { ...tools("9"), ...config("") })).toEqual([]);
  expect(
    await whats({ ...tools("8"), ...config("eqeqeq: 2") }, { ...tools("9"), ...config("eqeqeq: 0") }),
  ).toHaveLength(1);
  expect(await whats({ ...tools("9"), ...config("eqeqeq: 2") }, { ...tools("9"), ...config("") })).toHaveLength(1);
});

test("what biome extends in the repository counts", async () => {
  const base = {
    "biome.json": json({ extends: ["./shared.json"], files: { includes: ["!a"] } }),
    "shared.json": json({ files: { includes: ["!lib/**"] } }),
  };
  const head = {
    ...base,
    "biome.json": json({ extends: ["@acme/config/biome"], files: { includes: ["!a"] } }),
    "config/package.json": '{ "name": "@acme/config" }',
  };
  expect(await whats(base, { ...head, "config/biome.json": json({ files: { includes: ["!src/b"] } }) })).toEqual([
    "null: biome.json ignores src/b/c.ts",
  ]);
  expect(await whats(base, { ...head, "config/other.json": json({ files: { includes: ["!src/b"] } }) })).toEqual([]);
});
