import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedCompiler } from "./loosened-compiler.ts";

const manifest = (typescript: string): string => JSON.stringify({ devDependencies: { typescript } });
const config = (compilerOptions: object, rest: object = {}): string => JSON.stringify({ compilerOptions, ...rest });
const sources: Texts = { "package.json": manifest("^5.9.0"), "src/a.ts": "", "src/b.ts": "", "test/a.test.ts": "" };

/** What each finding would have to be approved as. */
async function whats(
  base: Texts,
  head: Texts,
  renames: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...sources, ...base }, head: { ...sources, ...head }, renames });
  return (await loosenedCompiler.inspect(context)).map(({ message }) => /\[(.*)\]$/.exec(message)?.[1] ?? message);
}

const one = (base: string, head: string): readonly [Texts, Texts] => [
  { "tsconfig.json": base },
  { "tsconfig.json": head },
];

test.each<[string, readonly [Texts, Texts], readonly string[]]>([
  ["strict off", one(config({ strict: true }), config({ strict: false })), ["tsconfig.json strict"]],
  ["strict taken out", one(config({ strict: true }), config({})), ["tsconfig.json strict"]],
  [
    "strict switched off by a comment",
    one('{"compilerOptions":{"strict":true}}', '{"compilerOptions":{/* "strict": true */}}'),
    ["tsconfig.json strict"],
  ],
  [
    "the last of two",
    one('{"compilerOptions":{"strict":true}}', '{"compilerOptions":{"strict":true,"strict":false}}'),
    ["tsconfig.json strict"],
  ],
  [
    "one of the family",
    one(config({ strict: true }), config({ strict: true, strictNullChecks: false })),
    ["tsconfig.json strictNullChecks"],
  ],
  [
    "a stricter option off",
    one(config({ noUncheckedIndexedAccess: true }), config({})),
    ["tsconfig.json noUncheckedIndexedAccess"],
  ],
  ["libraries skipped", one(config({}), config({ skipLibCheck: true })), ["tsconfig.json skipLibCheck"]],
  ["no check", one(config({}), config({ noCheck: true })), ["tsconfig.json noCheck"]],
  [
    "JavaScript no longer checked",
    [
      { "tsconfig.json": config({ checkJs: true }), "x.js": "" },
      { "tsconfig.json": config({}), "x.js": "" },
    ],
    ["tsconfig.json checkJs"],
  ],
  ["a file excluded", one(config({}), config({}, { exclude: ["src/b.ts"] })), ["tsconfig.json files"]],
  ["include narrowed", one(config({}), config({}, { include: ["src"] })), ["tsconfig.json files"]],
  [
    "files instead of include",
    one(config({}, { include: ["src"] }), config({}, { files: ["src/a.ts"] })),
    ["tsconfig.json files"],
  ],
  [
    "a new file excluded",
    [{ "tsconfig.json": config({}) }, { "tsconfig.json": config({}, { exclude: ["new"] }), "new/x.ts": "" }],
    ["tsconfig.json files"],
  ],
  ["the configuration deleted", [{ "tsconfig.json": config({}) }, {}], ["tsconfig.json files"]],
  [
    "excluded where only another tool's program has it",
    [
      { "tsconfig.json": config({}), "tsconfig.eslint.json": config({}) },
      { "tsconfig.json": config({}, { exclude: ["test"] }), "tsconfig.eslint.json": config({}) },
    ],
    ["tsconfig.json files"],
  ],
  [
    "what is extended",
    [
      { "tsconfig.json": config({}, { extends: "./base.json" }), "base.json": config({ strict: true }) },
      { "tsconfig.json": config({}, { extends: "./base.json" }), "base.json": config({ strict: false }) },
    ],
    ["base.json strict"],
  ],
  [
    "files moved to a looser program",
    [
      { "tsconfig.json": config({ strict: true }) },
      {
        "tsconfig.json": config({ strict: true }, { exclude: ["test"] }),
        "tsconfig.test.json": config({ strict: false }),
      },
    ],
    ["tsconfig.test.json strict"],
  ],
  [
    "something looser extended",
    [
      { "tsconfig.json": '{"extends":"./a.json"}', "a.json": config({ strict: true }), "b.json": config({}) },
      { "tsconfig.json": '{"extends":"./b.json"}', "a.json": config({ strict: true }), "b.json": config({}) },
    ],
    ["tsconfig.json strict"],
  ],
  [
    "something looser extended behind the strict one",
    [
      { "tsconfig.json": '{"extends":["./a.json"]}', "a.json": config({ strict: true }) },
      {
        "tsconfig.json": '{"extends":["./a.json","./b.json"]}',
        "a.json": config({ strict: true }),
        "b.json": config({ strict: false }),
      },
    ],
    ["b.json strict"],
  ],
  ["a preset left", one('{"extends":"@tsconfig/node22/tsconfig.json"}', "{}"), ["tsconfig.json strict"]],
  [
    "an option of a preset off",
    one('{"extends":"@acme/tsconfig"}', config({ noUnusedLocals: false }, { extends: "@acme/tsconfig" })),
    ["tsconfig.json noUnusedLocals"],
  ],
  [
    "a stricter configuration overridden",
    [
      { "tsconfig.json": config({ strict: true }) },
      { "tsconfig.json": config({ strict: true }), "src/tsconfig.json": config({}) },
    ],
    ["src/tsconfig.json strict"],
  ],
  [
    "a reference removed",
    [
      { "tsconfig.json": config({}, { files: [], references: [{ path: "a" }] }), "a/tsconfig.json": config({}) },
      { "tsconfig.json": config({}, { files: [] }), "a/tsconfig.json": config({}) },
    ],
    ["tsconfig.json references a/tsconfig.json"],
  ],
  [
    "a package's types replaced",
    [
      { "package.json": '{"dependencies":{"ky":"1"}}', "tsconfig.json": config({}) },
      {
        "package.json": '{"dependencies":{"ky":"1"}}',
        "tsconfig.json": config({ paths: { ky: ["./types/ky.d.ts"] } }),
        "types/ky.d.ts": "",
      },
    ],
    ["tsconfig.json paths ky"],
  ],
])("%s is found", async (_, [base, head], expected) => {
  expect(await whats(base, head)).toEqual(expected);
});

test.each<[string, readonly [Texts, Texts]]>([
  ["strict on", one(config({}), config({ strict: true }))],
  [
    "formatted and commented",
    one('{"compilerOptions":{"strict":true}}', '// why\n{\n  "compilerOptions": { "strict": true, },\n}\n'),
  ],
  ["what strict says anyway taken out", one(config({ strict: true, noImplicitAny: true }), config({ strict: true }))],
  [
    "the family written out",
    one(config({ strict: true, target: "es2020" }), config({ strict: true, target: "es2022", lib: ["es2022"] })),
  ],
  [
    "strict left to the compiler that has it on",
    [
      { "package.json": manifest("^5.9.0"), "tsconfig.json": config({ strict: true }) },
      { "package.json": manifest("^6.0.0"), "tsconfig.json": config({}) },
    ],
  ],
  [
    "what held said for the compiler that has another default",
    [
      { "package.json": manifest("^5.9.0"), "tsconfig.json": config({}) },
      { "package.json": manifest("^6.0.0"), "tsconfig.json": config({ strict: false }) },
    ],
  ],
  ["what is not in the tree excluded", one(config({}), config({}, { exclude: ["node_modules", "dist", "coverage"] }))],
  [
    "a program split in two",
    [
      { "tsconfig.json": config({ strict: true }) },
      {
        "tsconfig.json": config(
          {},
          { files: [], references: [{ path: "tsconfig.src.json" }, { path: "tsconfig.test.json" }] },
        ),
        "tsconfig.src.json": config({ strict: true }, { include: ["src"] }),
        "tsconfig.test.json": config({ strict: true }, { include: ["test"] }),
      },
    ],
  ],
  [
    "tests left out of the build",
    [
      { "tsconfig.json": config({}), "tsconfig.build.json": config({}, { extends: "./tsconfig.json" }) },
      {
        "tsconfig.json": config({}),
        "tsconfig.build.json": config({}, { extends: "./tsconfig.json", exclude: ["test"] }),
      },
    ],
  ],
  [
    "a new project",
    [
      { "tsconfig.json": config({ strict: true }) },
      { "tsconfig.json": config({ strict: true }), "docs/tsconfig.json": config({}), "docs/a.ts": "" },
    ],
  ],
  [
    "a project gone with its files",
    [
      { "tsconfig.json": config({}, { include: ["src"] }), "a/tsconfig.json": config({}), "a/x.ts": "" },
      { "tsconfig.json": config({}, { include: ["src"] }) },
    ],
  ],
  [
    "options moved to what is extended",
    [
      { "tsconfig.json": config({ strict: true }) },
      { "tsconfig.json": '{"extends":"./tsconfig.base"}', "tsconfig.base.json": config({ strict: true }) },
    ],
  ],
  ["an alias of one's own", one(config({}), config({ paths: { "@/*": ["./src/*"] } }))],
  ["a fixture", [{ "fixtures/tsconfig.json": config({ strict: true }) }, { "fixtures/tsconfig.json": config({}) }]],
])("%s is none", async (_, [base, head]) => {
  expect(await whats(base, head)).toEqual([]);
});

const ky = { "package.json": '{"dependencies":{"ky":"1"}}' };

test.each<[string, Texts, Texts, readonly string[]]>([
  [
    "a module that was typed",
    { ...ky, "src/a.ts": 'import ky from "ky";' },
    { "types.d.ts": 'declare module "ky";' },
    ["types.d.ts module ky"],
  ],
  ["every module", {}, { "types.d.ts": 'declare module "*";' }, ["types.d.ts module *"]],
  ["all of a company", {}, { "types.d.ts": 'declare module "@acme/*";' }, ["types.d.ts module @acme/*"]],
  [
    "what a bundler makes",
    {},
    { "types.d.ts": 'declare module "*.svg";\ndeclare module "*.svg?react";\ndeclare module "*?raw";' },
    [],
  ],
  [
    "a package that comes with the change",
    {},
    { ...ky, "src/b.ts": 'import ky from "ky";', "types.d.ts": 'declare module "ky";' },
    [],
  ],
  [
    "one with a body",
    { ...ky, "src/a.ts": 'import ky from "ky";' },
    { "types.d.ts": 'declare module "ky" { export const get: () => string; }' },
    [],
  ],
  [
    "one that has moved",
    { ...ky, "src/a.ts": 'import ky from "ky";', "a.d.ts": 'declare module "ky";' },
    { "a.d.ts": "", "b.d.ts": 'declare module "ky";' },
    [],
  ],
])("%s, declared without a body", async (_, base, head, expected) => {
  expect(await whats(base, { ...base, ...head })).toEqual(expected);
});

test("a renamed configuration is still itself", async () => {
  const base = { "tsconfig.json": config({ strict: true }) };
  const renames = { "tsconfig.app.json": "tsconfig.json" };
  expect(await whats(base, { "tsconfig.app.json": config({ strict: true }) }, renames)).toEqual([]);
  expect(await whats(base, { "tsconfig.app.json": config({}) }, renames)).toEqual(["tsconfig.app.json strict"]);
});

test("a finding says where and what to do", async () => {
  const context = await contextOf({
    base: { ...sources, "tsconfig.json": config({ strict: true }) },
    head: { ...sources, "tsconfig.json": '{\n  "compilerOptions": {\n    "strict": false\n  }\n}\n' },
  });
  expect(await loosenedCompiler.inspect(context)).toEqual([
    {
      path: "tsconfig.json",
      line: 3,
      message:
        "`strict` is false now, so the compiler reports less; restore it and mend what it reports [tsconfig.json strict]",
    },
  ]);
});
