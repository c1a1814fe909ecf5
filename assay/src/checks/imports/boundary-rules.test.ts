import { expect, test } from "vitest";
import type { Boundary, Config } from "../../model/config.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { forbiddenImport } from "../forbidden-import.ts";

const boundary = (of: Partial<Boundary>): Partial<Config> => ({
  pathMap: { "pkg/core": "core", "pkg/numpy": "numpy", "pkg/util": "util" },
  boundaries: { core: { forbidPackages: [], forbidMentions: [], allowTypeImports: false, ...of } },
});

/** `core` may use nothing of `numpy`; nobody says what it may use beside that. */
const layers: Partial<Config> = { ...boundary({}), dependencies: { core: ["util"], numpy: [], util: [] } };

const members: Texts = {
  "package.json": '{ "name": "root", "private": true, "workspaces": ["pkg/*"] }',
  "pkg/core/package.json": '{ "name": "@acme/core" }',
  "pkg/numpy/package.json": '{ "name": "@Acme/numpy" }',
  "pkg/numpy/src/index.ts": "export const dot = 1;\n",
  "pkg/util/package.json": '{ "name": "@acme/util" }',
};

/** What is said of a change, without the way out. */
async function said(base: Texts, head: Texts, config: Partial<Config>): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...members, ...base }, head: { ...members, ...head }, config });
  const findings = await forbiddenImport.inspect(context);
  return findings.map(({ path, message }) => `${path}: ${message.replace(/;.*/, "")}`);
}

/** Is a file of `core` with this text told, beside these files? */
async function isTold(
  text: string,
  config: Partial<Config>,
  more: Texts = {},
  path = "pkg/core/src/a.ts",
): Promise<boolean> {
  const found = await said(more, { ...more, [path]: text }, config);
  return found.some((each) => each.startsWith(path));
}

test.each([
  ["numpy-ts", 'import "numpy-ts";', true],
  ["numpy-ts", 'import "numpy-ts/linalg";', true],
  ["numpy-ts", 'import "numpy-ts?raw";', true],
  ["numpy-ts", 'import "npm:numpy-ts";', true],
  ["numpy-ts", 'import "NumPy-TS";', true],
  ["NumPy-TS", 'import "numpy-ts";', true],
  ["numpy-ts", 'import "numpy-tsx";', false],
  ["numpy-ts", 'import "@types/numpy-ts";', false],
  ["lodash/fp", 'import "lodash/fp";', true],
  ["lodash/fp", 'import "lodash/fp/";', true],
  ["lodash/fp", 'import "lodash";', false],
  ["node:fs", 'import "fs";', true],
  ["fs", 'import "node:fs";', true],
  ["fs", 'import "node:fs/promises";', true],
  ["@acme/*", 'import "@acme/any";', true],
  ["@Acme/*", 'import "@acme/any/thing";', true],
  ["@acme/*", 'import "@acmes/any";', false],
  ["@acme/*", 'import "acme";', false],
  ["@acme/*", 'import "../../numpy/src/index.ts";', true],
  ["@acme/*", 'import "../src/b.ts";', false],
  ["numpy-ts", 'import "../../../node_modules/numpy-ts/index.js";', true],
  ["@x/np", 'import "../node_modules/@x/np";', true],
  ["numpy-ts", 'import "../../../node_modules/numpy-tsx/index.js";', false],
  ["numpy-ts", 'import "../my_node_modules/numpy-ts";', false],
  ["numpy-ts", 'execSync("npx numpy-ts --help");', true],
  ["numpy-ts", 'readFileSync("numpy-ts");', false],
])("where %j may not be reached, %s is told: %j", async (entry, text, expected) => {
  expect(await isTold(text, boundary({ forbidPackages: [entry] }))).toBe(expected);
});

test("a package that lies in the repository, and is none of its own, is known by the name in its manifest", async () => {
  const vendored = { "vendor/np/package.json": '{ "version": "1", "name" : "numpy-ts" }' };
  const context = await contextOf({
    base: { ...members, ...vendored },
    head: { ...members, ...vendored, "pkg/core/src/a.ts": 'import "../../../vendor/np";' },
    config: boundary({ forbidPackages: ["numpy-ts"] }),
  });
  const packages = context.workspace.packages.filter(({ dir }) => dir !== "vendor/np");
  const found = await forbiddenImport.inspect({ ...context, workspace: { ...context.workspace, packages } });
  expect(found.map(({ path }) => path)).toEqual(["pkg/core/src/a.ts"]);
});

test.each([
  ['import "../../numpy/src/index.ts";', true],
  ['import "../../numpy/src/index.js";', true],
  ['import "../../numpy/src";', true],
  ['import "../../numpy";', true],
  ['import "../../NumPy/src/index.ts";', true],
  ['import "@Acme/numpy";', true],
  ['import "@Acme/numpy/src/index.ts";', true],
  ['import "../node_modules/@Acme/numpy/src/index.ts";', true],
  ['import "../../util/a.ts";', false],
  ['import "@acme/util/a.ts";', false],
  ['import "../../other/a.ts";', false],
  ['import "..";', false],
  ['import "../../../../outside/numpy";', false],
  ['import "/pkg/numpy/src/index.ts";', false],
  ['new URL("../../numpy/src/index.ts", import.meta.url);', true],
  ['new URL("../../numpy/src/index.ts?worker#1", import.meta.url);', true],
  ['new URL("b.ts", import.meta.url);', false],
  ['new URL("https://x.dev/../../numpy/src/index.ts", import.meta.url);', false],
  ["import(`${import.meta.dirname}/../../numpy/src/index.ts`);", true],
  ["import(`${import.meta.dirname}/b.ts`);", false],
  ['import(import.meta.resolve("../../numpy/src/index.ts"));', true],
  ['readFileSync("pkg/numpy/src/index.ts");', true],
  ['readFileSync("../../numpy/src/index.ts");', true],
  ['readFileSync("../numpy/src/index.ts");', true],
  ['readFileSync("pkg/numpy/src/missing.ts");', false],
  ['execSync("node pkg/numpy/src/index.ts");', true],
  ['readFileSync(new URL("../../numpy/README.md", import.meta.url));', false],
  ['readFileSync(new URL("../../numpy/data.mdx?raw", import.meta.url));', false],
  ['readFileSync(new URL("../../numpy/notes.txt", import.meta.url));', false],
  ['readFileSync(new URL("../../numpy/notes.txt.ts", import.meta.url));', true],
  ['import "../../numpy/README.md";', true],
])("where a scope may not be imported, %s is told: %j", async (text, expected) => {
  expect(await isTold(text, layers)).toBe(expected);
});

test("tests and tools' configuration may read and run what is another's, and import none of it", async () => {
  const reads = 'readFileSync("pkg/numpy/src/index.ts"); execSync("node pkg/numpy/src/index.ts");';
  for (const path of ["pkg/core/src/a.test.ts", "pkg/core/vite.config.ts"]) {
    expect([path, await isTold(reads, layers, {}, path)]).toEqual([path, false]);
    expect([path, await isTold('import "@Acme/numpy";', layers, {}, path)]).toEqual([path, true]);
  }
});

test("types pass where the boundary lets them through, and nothing else", async () => {
  const config = { ...layers, ...boundary({ allowTypeImports: true }) };
  for (const [text, expected] of [
    ['import type { A } from "@Acme/numpy";', false],
    ['/// <reference types="@Acme/numpy" />', false],
    ['declare module "@Acme/numpy" { interface A {} }', false],
    ['import { A } from "@Acme/numpy";', true],
  ] as const) {
    expect([text, await isTold(text, config)]).toEqual([text, expected]);
    expect([text, await isTold(text, layers)]).toEqual([text, true]);
  }
});

test("a scope of which nothing is stated may import no other, and files of no scope may import any", async () => {
  const config = { ...layers, dependencies: { numpy: [] } };
  expect(await isTold('import "@acme/util";', config)).toBe(true);
  expect(await isTold('import "@Acme/numpy";', layers, {}, "tools/a.ts")).toBe(false);
});

test("what may not be mentioned is told in names, texts and the file's own name, once a line", async () => {
  const config = boundary({ forbidMentions: ["numpy"], forbidPackages: ["numpy-ts"] });
  const mentions = async (text: string, path = "pkg/core/src/a.ts"): Promise<readonly string[]> =>
    said({}, { [path]: text }, config);
  const told = 'pkg/core/src/a.ts: "numpy" may not be mentioned in scope "core"';
  expect(await mentions("const numpy = 1;\n")).toEqual([told]);
  expect(await mentions('say("use numpy");\n')).toEqual([told]);
  expect(await mentions("const x = 1; // numpy\n")).toEqual([]);
  expect(await mentions('import numpy from "numpy-ts";\n')).toEqual([
    'pkg/core/src/a.ts: "numpy-ts" may not be reached from scope "core" (numpy-ts)',
  ]);
  expect(await mentions("const x = 1;\n", "pkg/core/src/numpy-arrays.ts")).toEqual([
    'pkg/core/src/numpy-arrays.ts: "numpy" may not be mentioned in scope "core"',
  ]);
  expect(await mentions("const x = 1;\n", "pkg/core/src/as.numpy.ts")).toHaveLength(1);
  for (const path of ["pkg/core/src/numpy.test.ts", "pkg/core/vite.config.ts", "pkg/util/src/numpy.ts", "numpy.ts"])
    expect([path, await mentions("const numpy = 1;\n", path)]).toEqual([path, []]);
});

test("a mention of the extension alone is none", async () => {
  expect(await said({}, { "pkg/core/src/a.ts": "f();\n" }, boundary({ forbidMentions: ["ts"] }))).toEqual([]);
});

test("another way to a package that is forbidden is another fault, another line to a scope is not", async () => {
  const old = { "pkg/core/src/a.ts": 'import "numpy-ts";\n' };
  const more = (line: string): Texts => ({ "pkg/core/src/a.ts": `import "numpy-ts";\n${line}\n` });
  const config = boundary({ forbidPackages: ["numpy-ts"] });
  expect(await said(old, more('import "numpy-ts/linalg";'), config)).toEqual([
    'pkg/core/src/a.ts: "numpy-ts" may not be reached from scope "core" (numpy-ts/linalg)',
  ]);
  expect(await said(old, { "pkg/core/src/a.ts": 'import "numpy-ts/linalg";\n' }, config)).toHaveLength(1);
  expect(await said(old, { "pkg/core/src/a.ts": '\nimport x from "numpy-ts";\n' }, config)).toEqual([]);
  const toScope = { "pkg/core/src/a.ts": 'import "../../numpy/src/index.ts";\n' };
  expect(await said(toScope, { "pkg/core/src/a.ts": '\nimport "../../numpy/src/index.js";\n' }, layers)).toEqual([]);
});

test("a long way is told by its ends", async () => {
  const long = "a".repeat(60);
  const [told] = await said({}, { "pkg/core/src/a.ts": `import "../../numpy/${long}.ts";\n` }, layers);
  expect(told?.length).toBeLessThan(120);
  const [marked] = await said(
    {},
    { "pkg/core/src/a.ts": 'readFileSync(import.meta.dirname + "/../../numpy/src/index.ts");\n' },
    layers,
  );
  expect(marked).toBe('pkg/core/src/a.ts: scope "core" may not import "numpy" (pkg/core/src/../../numpy/src/index.ts)');
});
