import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { compilerLoosenings } from "./compiler-loosenings.ts";

const config = (compilerOptions: object, rest: object = {}): string => JSON.stringify({ compilerOptions, ...rest });
const sources: Texts = {
  "package.json": '{ "devDependencies": { "typescript": "^5.9.0" } }',
  "src/a.ts": "",
  "test/a.test.ts": "",
};

/** What each would have to be approved as. */
async function whats(base: Texts, head: Texts, common: Texts = sources): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...common, ...base }, head: { ...common, ...head } });
  return (await compilerLoosenings(context)).map(({ what }) => what);
}

test.each<[string, string, string, readonly string[]]>([
  [
    "what is emitted in spite of errors",
    config({ noEmitOnError: true }),
    config({ noEmitOnError: false }),
    ["noEmitOnError"],
  ],
  ["no emission, where none is asked for", config({ noEmitOnError: true }), config({}), []],
  [
    "names in any case",
    config({}),
    config({ forceConsistentCasingInFileNames: false }),
    ["forceConsistentCasingInFileNames"],
  ],
  [
    "strict off, and one of the family on",
    config({ strict: true }),
    config({ strict: false, noImplicitAny: true }),
    ["strict"],
  ],
  [
    "a preset that says nothing of strict",
    config({ strict: true }),
    '{ "extends": "astro/tsconfigs/base" }',
    ["strict"],
  ],
  ["the same with an ending", config({ strict: true }), '{ "extends": "@acme/tsconfig/base.json" }', ["strict"]],
  ["a preset that is strict", config({ strict: true }), '{ "extends": "@acme/tsconfig/base-strict.json" }', []],
  [
    "no check in spite of a preset",
    '{ "extends": "@acme/a" }',
    config({ noCheck: true }, { extends: "@acme/a" }),
    ["noCheck"],
  ],
  [
    "libraries, which a preset may skip",
    '{ "extends": "@acme/a" }',
    config({ skipLibCheck: true }, { extends: "@acme/a" }),
    [],
  ],
  [
    "what no preset of the compiler says",
    '{ "extends": "@acme/a" }',
    config({ strictTemplates: false }, { extends: "@acme/a" }),
    [],
  ],
  [
    "the strictest left",
    '{ "extends": "@tsconfig/strictest/tsconfig.json" }',
    config({ strict: true, noUnusedLocals: true }),
    [
      "noUncheckedIndexedAccess",
      "noImplicitOverride",
      "noImplicitReturns",
      "noFallthroughCasesInSwitch",
      "noPropertyAccessFromIndexSignature",
      "exactOptionalPropertyTypes",
      "noUnusedParameters",
    ],
  ],
  [
    "less in a program of listed files",
    config({ strict: true }, { files: [], include: ["src", "test"] }),
    config({}, { files: [], include: ["src", "test"] }),
    ["strict"],
  ],
])("%s", async (_, base, head, expected) => {
  const found = await whats({ "tsconfig.json": base }, { "tsconfig.json": head });
  expect(found).toEqual(expected.map((name) => `tsconfig.json ${name}`));
});

const family = [
  "noImplicitAny",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitThis",
  "alwaysStrict",
  "useUnknownInCatchVariables",
];

test("the whole family written out is as strict", async () => {
  const all = (isOn: boolean): object => Object.fromEntries(family.map((name) => [name, isOn]));
  const strict = { "tsconfig.json": config({ strict: true }) };
  expect(await whats(strict, { "tsconfig.json": config({ strict: false, ...all(true) }) })).toEqual([]);
  expect(await whats(strict, { "tsconfig.json": config({ strict: false, ...all(false) }) })).toEqual([
    "tsconfig.json strict",
  ]);
});

test("where the compiler's version is not known, what was not said may have been on", async () => {
  const unknown = { "src/a.ts": "", "package.json": "{}" };
  const lost = async (base: object, head: object): Promise<readonly string[]> =>
    whats({ "tsconfig.json": config(base) }, { "tsconfig.json": config(head) }, unknown);
  expect(await lost({}, { strict: false })).toEqual(["tsconfig.json strict"]);
  expect(await lost({ strict: true }, {})).toEqual(["tsconfig.json strict"]);
  expect(await lost({}, { target: "es2022" })).toEqual([]);
});

test.each(["x.js", "x.mjs", "x.cjs", "x.jsx"])("scripts are checked no more, of which %s is one", async (path) => {
  const [on, off] = [{ "tsconfig.json": config({ checkJs: true }) }, { "tsconfig.json": config({}) }];
  const found = await whats({ ...on, [path]: "" }, { ...off, [path]: "" });
  expect(found).toContain("tsconfig.json checkJs");
  expect(await whats({ ...on, "eslint.config.js": "" }, { ...off, "eslint.config.js": "" })).toEqual([]);
});

test.each([
  "playground",
  "playgrounds",
  "example",
  "examples",
  "demo",
  "demos",
  "docs",
  "website",
  "template",
  "templates",
])("what is only shown may be left out: %s", async (folder) => {
  const base = { "tsconfig.json": config({}) };
  const head = { "tsconfig.json": config({}, { exclude: [folder, `src/my-${folder}`] }) };
  expect(await whats(base, head, { ...sources, [`${folder}/a.ts`]: "" })).toEqual([]);
  expect(await whats(base, head, { ...sources, [`src/my-${folder}/a.ts`]: "" })).toEqual(["tsconfig.json files"]);
});

test.each([
  ["tsconfig.eslint.json", []],
  ["tsconfig-lint.json", []],
  ["tsconfig.typedoc.json", []],
  ["tsconfig.docs.json", []],
  ["tsconfig.override.json", ["tsconfig.override.json files"]],
  ["tsconfig.document.json", ["tsconfig.document.json files"]],
])("what %s leaves out", async (path, expected) => {
  expect(await whats({ [path]: config({}) }, { [path]: config({}, { exclude: ["src"] }) })).toEqual(expected);
});

test("a folder with a dot that is left out is missed, and a runner's configuration is not", async () => {
  const base = { "tsconfig.json": config({}), "src/v1.x/a.ts": "", "vitest.config.ts": "" };
  const without = (exclude: readonly string[]): Texts => ({ ...base, "tsconfig.json": config({}, { exclude }) });
  expect(await whats(base, without(["src/v1.x"]))).toEqual(["tsconfig.json files"]);
  expect(await whats(base, without(["vitest.config.ts"]))).toEqual([]);
});

test("a new configuration is held against the nearest one above it", async () => {
  const base = {
    "tsconfig.json": config({ strict: false }),
    "a/tsconfig.json": config({ strict: true, checkJs: true }),
    "a/b/c.ts": "1",
  };
  const head = { ...base, "a/b/c.ts": "2", "a/b/tsconfig.json": config({ strict: false }) };
  expect(await whats(base, head)).toEqual(["a/b/tsconfig.json strict"]);
  expect(await whats(base, { ...head, "a/b/tsconfig.json": config({ strict: true }) })).toEqual([]);
  // It governed nothing that was there.
  expect(
    await whats({ ...base, "a/b/c.ts": "2" }, { ...head, "a/b/tsconfig.json": "{}", "a/n/tsconfig.json": "{}" }),
  ).toEqual(["a/b/tsconfig.json strict"]);
});

const strict = { strict: true };

test("files that go to a program as strict may be in a laxer one besides, where the first is built", async () => {
  const base = { "tsconfig.json": config(strict, { include: ["src", "test"] }) };
  const homes = {
    "test/tsconfig.json": config(strict),
    "tsconfig.vitest.json": config({ strict: false }, { include: ["test"] }),
  };
  const head = (references: readonly string[]): Texts => ({
    ...homes,
    "tsconfig.json": config(strict, { include: ["src"], references: references.map((path) => ({ path })) }),
  });
  expect(await whats(base, head([]))).toEqual([]);
  expect(await whats(base, head(["test"]))).toEqual([]);
  expect(await whats(base, head(["packages/a"]))).toEqual(["tsconfig.vitest.json strict"]);
});

test("with a configuration that is gone its references are", async () => {
  const project = { "a/tsconfig.json": config({}), "a/b.ts": "" };
  const context = await contextOf({
    base: { ...project, "tsconfig.json": '{ "files": [], "references": [{ "path": "a" }] }' },
    head: project,
  });
  expect(await compilerLoosenings(context)).toEqual([
    {
      path: null,
      line: null,
      what: "tsconfig.json references a/tsconfig.json",
      message: "tsconfig.json no longer refers to a/tsconfig.json, so a build does not check it; refer to it again",
    },
  ]);
});

test.each([
  ["ky", "./types/ky.d.ts", ["tsconfig.json paths ky"]],
  ["*", "./types/any.d.ts", ["tsconfig.json paths *"]],
  ["@acme/ui", "./library/ui.d.ts", ["tsconfig.json paths @acme/ui"]],
  ["@acme/ui/*", "./my-lib/*", ["tsconfig.json paths @acme/ui/*"]],
  ["ky", "./node_modules/ky/index.d.ts", []],
  ["ky", "lib", []],
  ["ky", "../ky/index.d.ts", []],
  ["@acme/own", "./packages/own/index.ts", []],
  ["@/*", "./src/*", []],
])("paths that lead %s to %s", async (key, target, expected) => {
  const common = {
    "package.json": '{ "dependencies": { "ky": "1", "@acme/ui": "1", "@acme/own": "1", "typescript": "5.0.0" } }',
    "packages/own/package.json": '{ "name": "@acme/own" }',
  };
  const head = { "tsconfig.json": config({ paths: { [key]: [target] } }) };
  expect(await whats({ "tsconfig.json": config({}) }, head, common)).toEqual(expected);
});

const manifest = '{ "dependencies": { "ky": "1", "@acme/ui": "1" } }';
const typed: Texts = {
  "package.json": "{}",
  "packages/a/package.json": manifest,
  "src/a.ts": 'import ky from "ky";\nimport "@acme/ui";\nimport { b } from \'@acme/ui/b\';\nimport x from "other";\n',
  "old.js": 'import { c } from "@acme/ui/c";\n',
  "types/d.d.ts": 'import { d } from "@acme/ui/d";\n',
};

test.each([
  ["ky", true],
  ["@acme/ui/b", true],
  ["@acme/ui/c", false],
  ["@acme/ui/d", false],
  ["other", false],
  ["ky*", true],
  ["@acme/*", true],
  ["*.svg", false],
  ["*.module.css", false],
  ["*.svg?react", false],
  ["*?raw", false],
  ["*.svg/x", true],
  ["*?raw/x", true],
])('the module "%s" without a body is found: %s', async (name, isFound) => {
  const head = { "src/env.d.ts": `declare module "${name}";\n` };
  expect(await whats({}, head, typed)).toEqual(isFound ? [`src/env.d.ts module ${name}`] : []);
});

test("a module counts as typed where the change takes its import away", async () => {
  const module = { "src/env.d.ts": 'declare module "ky";\n' };
  const [base, head] = [{ "src/b.ts": 'import ky from "ky";\n' }, { "src/b.ts": "", ...module }];
  const common = { "package.json": manifest, "src/z.ts": "" };
  expect(await whats(base, head, common)).toEqual(["src/env.d.ts module ky"]);
  expect(await whats({ "src/b.js": base["src/b.ts"] }, { "src/b.js": "", ...module }, common)).toEqual([]);
});

test.each(["ignoreBuildErrors: true", '"ignoreBuildErrors": true', "ignoreBuildErrors: isCi"])(
  "a build that passes over errors of types: %s",
  async (property) => {
    const of = (inner: string): Texts => ({ "next.config.mjs": `export default { typescript: { ${inner} } };\n` });
    expect(await whats(of(""), of(property))).toEqual(["next.config.mjs ignoreBuildErrors"]);
    expect(await whats(of(property), of(`${property}, tsconfigPath: "a"`))).toEqual([]);
    expect(await whats(of(""), of("ignoreBuildErrors: false"))).toEqual([]);
    expect(await whats(of(""), of("[ignore]: true, 1: true"))).toEqual([]);
  },
);
