// What is said of a loss, and which rules count as taken out where presets and plug-ins may have them.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { loosenedLinter } from "../loosened-linter.ts";

const sources: Texts = { "src/a.ts": "", "src/b.ts": "", "src/c.test.ts": "" };

/** What each says, without what to do. */
async function says(path: string, base: string, head: string, more: Texts = {}): Promise<readonly string[]> {
  const common = { ...sources, ...more };
  const context = await contextOf({ base: { ...common, [path]: base }, head: { ...common, [path]: head } });
  return (await loosenedLinter.inspect(context)).map(({ message }) => message.replace(/; put it back.*$/, ""));
}

const flat = (...blocks: readonly string[]): string => `export default [${blocks.join(", ")}];\n`;

test.each<[string, string, string, string]>([
  [
    "a level",
    "{ rules: { eqeqeq: 'error' } }",
    "{ rules: { eqeqeq: 'warn' } }",
    'rule eqeqeq was "error" and is "warn"',
  ],
  ["no level", "{ rules: { eqeqeq: 'warn' } }", "{ rules: { eqeqeq: 'off' } }", 'rule eqeqeq was "warn" and is "off"'],
  ["a rule", "{ rules: { eqeqeq: 2 } }", "{ rules: {} }", 'rule eqeqeq was "error" and is gone'],
  [
    "a limit",
    "{ rules: { maxDepth: [2, 3] } }",
    "{ rules: { maxDepth: [2, 4] } }",
    "rule maxDepth has its limit raised from 3 to 4",
  ],
  [
    "a preset's error",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { 'no-debugger': 1 } }",
    'rule no-debugger was an error of a preset and is "warn"',
  ],
  [
    "a preset's rule",
    "js.configs.recommended",
    "js.configs.recommended, { rules: { eqeqeq: 0 } }",
    "rule eqeqeq is switched off",
  ],
  [
    "a preset",
    "js.configs.recommended, tseslint.configs.strict",
    "js.configs.recommended",
    "the preset tseslint.configs.strict is gone",
  ],
  [
    "a strict preset",
    "tseslint.configs.strict",
    "tseslint.configs.recommended",
    "the preset tseslint.configs.strict is gone for a weaker one",
  ],
  ["a file", "{}", "{}, { ignores: ['src/a.ts'] }", "src/a.ts is ignored now"],
  ["files", "{}", "{}, { ignores: ['src/**'] }", "src/a.ts (and 2 more) is ignored now"],
  ["types", "{}", "{}, tseslint.configs.disableTypeChecked", "rules that need types are off in every file"],
  ["a switch", "{ linterOptions: { noInlineConfig: true } }", "{}", "`noInlineConfig` is off or gone"],
  [
    "an exception",
    "{ rules: { 'no-console': 2 } }",
    "{ rules: { 'no-console': [2, { allow: ['log'] }] } }",
    'rule no-console has "log" in `allow` now',
  ],
])("%s", async (_, base, head, expected) => {
  expect(await says("eslint.config.js", flat(base), flat(head))).toEqual([expect.stringContaining(expected)]);
});

test("a mark that files need says what it leaves alone", async () => {
  expect(await says(".prettierrc.json", "{}", '{ "requirePragma": true }')).toEqual([
    expect.stringContaining("`requirePragma` leaves all files without a mark alone"),
  ]);
  expect(await says(".prettierrc.json", '{ "requirePragma": false }', "{}")).toEqual([]);
});

test.each<[string, string, string, boolean]>([
  ["a rule of a plug-in without a preset", "'import/no-cycle'", "js.configs.recommended", true],
  [
    "a rule of a plug-in with its preset",
    "'import/no-cycle'",
    "importPlugin.configs.recommended, { ...x }, 'plugin:import/recommended'",
    false,
  ],
  ["a rule of ESLint with a plug-in's preset", "eqeqeq", "'plugin:import/recommended'", true],
  ["a rule of ESLint that its preset has", "'no-debugger'", "js.configs.recommended", false],
  ["a rule of ESLint that its preset has not", "eqeqeq", "js.configs.recommended", true],
  ["a rule of ESLint that all has", "eqeqeq", "js.configs.all", false],
  ["a rule that a broad preset may have", "eqeqeq", "airbnb", false],
  ["a rule of typescript-eslint with its preset", "'@typescript-eslint/no-shadow'", "tseslint.configs.strict", true],
])("%s is taken out", async (_, rule, presets, isFound) => {
  const found = await says("eslint.config.js", flat(presets, `{ rules: { ${rule}: 2 } }`), flat(presets));
  expect(found.length > 0).toBe(isFound);
});

test.each<[string, string]>([
  [".eslintrc", "rules:\n  eqeqeq: 2\n"],
  [".eslintrc", '{ "rules": { "eqeqeq": 2, }, /* why */ }'],
  [".eslintrc.yaml", '{ "rules": { "eqeqeq": 2 } }'],
  [".eslintrc.json", '{ "rules": { "eqeqeq": 2, }, // why\n }'],
])("%s may be written as %j", async (path, text) => {
  expect(await says(path, text, text.replace("2", "0"))).toHaveLength(1);
});

test.each(["'error'", "2", "true", "'deny'", "'on'", "['error']"])("%s is an error", async (level) => {
  const found = await says(
    "eslint.config.js",
    flat(`{ rules: { eqeqeq: ${level} } }`),
    flat("{ rules: { eqeqeq: 'info' } }"),
  );
  expect(found).toEqual([expect.stringContaining('was "error" and is "warn"')]);
});

test.each(["'off'", "0", "false", "'allow'", "'none'", "null"])("%s is off", async (level) => {
  const found = await says(
    "eslint.config.js",
    flat("{ rules: { eqeqeq: 1 } }"),
    flat(`{ rules: { eqeqeq: ${level} } }`),
  );
  expect(found).toEqual([expect.stringContaining('was "warn" and is "off"')]);
});

test("rules of a module are as good as a preset, and presets of a block are presets", async () => {
  const imported = "import rules from './rules.js';\n";
  const named = imported + flat("{ rules }");
  expect(await says("eslint.config.js", imported + flat("{ rules: { eqeqeq: 2 } }"), named)).toEqual([]);
  const inside = flat("{ extends: [js.configs.recommended, tseslint.configs.strict] }");
  expect(await says("eslint.config.js", inside, flat("{ extends: [js.configs.recommended] }"))).toHaveLength(1);
  const block = flat("{ extends: [{ rules: { eqeqeq: 2 } }] }");
  expect(await says("eslint.config.js", block, flat("{ extends: [{ rules: { eqeqeq: 0 } }] }"))).toHaveLength(1);
});

test("a preset's overrides are rules", async () => {
  const of = (level: string): string =>
    flat(`antfu({ overrides: { eqeqeq: '${level}' } })`, `vue({ vue: { overrides: { curly: '${level}' } } })`)
      .replace("[antfu(", "antfu(")
      .replace(/\];\n$/, ";\n")
      .replace("), vue(", ", ")
      .replace("))", ")");
  const found = await says("eslint.config.js", of("error"), of("off"));
  expect(found).toEqual([expect.stringContaining("eqeqeq"), expect.stringContaining("curly")]);
});

test.each<[string, string, string, number]>([
  ["with a number for the level", "[2, 3]", "[2, 4]", 1],
  ["with a number for the level, lowered", "[2, 4]", "[2, 3]", 0],
  ["that becomes an error", "[1, 4]", "[2, 4]", 0],
  ["that is none", "1", "2", 0],
])("a limit of eslint %s", async (_, before, after, count) => {
  const of = (setting: string): string => flat(`{ rules: { complexity: ${setting} } }`);
  expect(await says("eslint.config.js", of(before), of(after))).toHaveLength(count);
});

test.each<[string, string, number]>([
  ["2", "4", 1],
  ["3", "1", 0],
  ["1", "0", 0],
  ["[3, { ignore: [a] }]", "[4, { ignore: [a] }]", 1],
  ["3", "null", 1],
])("a limit of stylelint goes from %s to %s", async (before, after, count) => {
  const of = (setting: string): string => `rules: { max-nesting-depth: ${setting} }`;
  expect(await says(".stylelintrc.yml", of(before), of(after))).toHaveLength(count);
});

test("a limit of stylelint is an error, and says so when it is gone or off", async () => {
  const limit = "rules: { max-nesting-depth: 3 }";
  expect(await says(".stylelintrc.yml", limit, "rules: {}")).toEqual([
    'rule max-nesting-depth was "error" and is gone',
  ]);
  expect(await says(".stylelintrc.yml", limit, limit.replace("3", "null"))).toEqual([
    'rule max-nesting-depth was "error" and is "off"',
  ]);
});

test.each<[string, string, string, readonly string[]]>([
  ["that was none", "2", "[2, 60]", ["rule complexity has its limit raised from 20 to 60"]],
  ["that is taken out", "[2, 5]", "2", ["rule complexity has its limit raised from 5 to 20"]],
  ["that is the usual one", "2", "[2, 20]", []],
  ["that is taken out, and was more", "[2, 30]", "2", []],
])("a limit %s is the linter's own", async (_, before, after, expected) => {
  const of = (setting: string): string => flat(`{ rules: { complexity: ${setting} } }`);
  expect(await says("eslint.config.js", of(before), of(after))).toEqual(expected);
});

test.each<[string, string, string, boolean]>([
  ["another plug-in's preset", "'unicorn/no-null'", "'plugin:n/recommended'", true],
  ["its own preset", "'import/no-cycle'", "'plugin:import/recommended', js.configs.recommended", false],
  ["its own preset of nothing", "'import/no-cycle'", "'plugin:import/base'", true],
  ["the preset of its successor", "'import/no-cycle'", "'plugin:import-x/recommended'", false],
  ["a preset of the plug-in's scope", "'@next/next/no-img'", "'plugin:@next/recommended'", false],
  ["a preset of a longer name", "'react-hooks/rules-of-hooks'", "'plugin:react/recommended'", true],
])("a rule of a plug-in beside %s is taken out", async (_, rule, presets, isFound) => {
  const extending = `{ extends: [${presets}] }`;
  const found = await says("eslint.config.js", flat(extending, `{ rules: { ${rule}: 2 } }`), flat(extending));
  expect(found.length > 0).toBe(isFound);
});

test("what another plug-in has in its place is off, as the linter's guide says", async () => {
  const base = "js.configs.recommended";
  const replaced = (level: number): string =>
    `{ rules: { 'no-unused-vars': 0, '@typescript-eslint/no-unused-vars': ${level} } }`;
  expect(await says("eslint.config.js", flat(base), flat(base, replaced(2)))).toEqual([]);
  expect(await says("eslint.config.js", flat(base), flat(base, replaced(1)))).not.toEqual([]);
});

test("a rule that only warns may have exceptions", async () => {
  const of = (setting: string): string => flat(`{ rules: { 'no-console': ${setting} } }`);
  expect(await says("eslint.config.js", of("1"), of("[1, { allow: ['log'] }]"))).toEqual([]);
});

test.each<[string, string, string, readonly string[]]>([
  [
    "one of them for all of it",
    "js.configs.recommended, { extends: 'plugin:import/recommended' }",
    "js.configs.all",
    ["the preset plugin:import/recommended is gone"],
  ],
  ["a file", "js.configs.recommended", "local", []],
  ["an addition, a file", "js.configs.recommended, local", "js.configs.recommended", ["what ./local.js says is gone"]],
  ["a file's rules", "local", "{ rules: { eqeqeq: 2 } }", []],
  ["a file, a preset", "local", "js.configs.recommended", []],
  ["a file of what is ignored", "js.configs.recommended, ignored", "js.configs.recommended", []],
])("in the place of presets stands %s", async (_, base, head, expected) => {
  const modules = "import local from './local.js';\nimport ignored from './ignores.js';\n";
  expect(await says("eslint.config.js", modules + flat(base), modules + flat(head))).toEqual(expected);
});

const versions = (tools: object): string => JSON.stringify({ devDependencies: tools });

test.each<[string, object, object, string, readonly string[]]>([
  ["another linter", { eslint: "8" }, { eslint: "9" }, "js.configs.recommended", []],
  [
    "fewer plug-ins",
    { eslint: "9", "eslint-plugin-x": "1" },
    { eslint: "9" },
    "js.configs.recommended",
    ["the preset js.configs.recommended is gone"],
  ],
  [
    "fewer plug-ins",
    { eslint: "9", "eslint-plugin-x": "1" },
    { eslint: "9" },
    "{ extends: 'plugin:x/recommended' }",
    [],
  ],
  [
    "another package",
    { eslint: "9", react: "18" },
    { eslint: "9", react: "19" },
    "{ extends: 'plugin:x/recommended' }",
    ["the preset plugin:x/recommended is gone"],
  ],
])("with %s a preset goes", async (_, before, after, preset, expected) => {
  const context = await contextOf({
    base: { ...sources, "package.json": versions(before), "eslint.config.js": flat(preset) },
    head: { ...sources, "package.json": versions(after), "eslint.config.js": flat() },
  });
  const found = (await loosenedLinter.inspect(context)).map(({ message }) => message.replace(/; put it back.*$/, ""));
  expect(found).toEqual(expected);
});

const besides =
  "docs doc website site www examples example samples playground sandbox benchmarks benchmark bench templates template scripts script tools tool vendor third-party third_party dist build out coverage public assets storybook .storybook generated __generated__ snapshots cache web/docs";
const products = "doctor mydocs sites toolbox builder output publics assetsx cached src/example-code";
const named = "src/a.gen.ts src/a.generated.ts src/a.min.js src/generated-a.ts";

test.each([
  ...besides.split(" ").map((folder) => ({ path: `${folder}/a.ts`, isFound: false })),
  ...named.split(" ").map((path) => ({ path, isFound: false })),
  ...products.split(" ").map((folder) => ({ path: `${folder}/a.ts`, isFound: true })),
  ...["src/generate.ts", "src/regenerated.ts", "src/admin.js"].map((path) => ({ path, isFound: true })),
])("$path may not be ignored where it is of the product: $isFound", async ({ path, isFound }) => {
  const found = await says(".eslintrc.json", "{}", JSON.stringify({ ignorePatterns: [path] }), { [path]: "" });
  expect(found).toEqual(isFound ? [`${path} is ignored now`] : []);
});
