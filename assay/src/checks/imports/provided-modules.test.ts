import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { undeclaredDependency } from "../undeclared-dependency.ts";

const bare = '{ "name": "root", "private": true }';

/** Is a new import of this told as undeclared, beside these files? */
async function isTold(specifier: string, files: Texts = {}, path = "src/a.ts"): Promise<boolean> {
  const base = { "package.json": bare, ...files };
  const head = { ...base, [path]: `import x from "${specifier}";\nx();\n` };
  return (await undeclaredDependency.inspect(await contextOf({ base, head }))).length > 0;
}

test.each([
  ["tsconfig.json", '{ "compilerOptions": { "paths": { "parts/*": ["src/*"] } } }', "parts/a"],
  ["tsconfig.base.json", '{ "compilerOptions": { "paths": { "parts": ["src"] } } }', "parts"],
  ["jsconfig.json", '{ "compilerOptions": { "paths": { "parts/*": ["src/*"] } } }', "parts/a"],
  ["deno.json", '{ "imports": { "parts/": "./src/" } }', "parts/a"],
  ["deno.jsonc", '{ "imports": { "parts/": "./src/" } }', "parts/a"],
  ["import_map.json", '{ "imports": { "parts/": "./src/" } }', "parts/a"],
  ["import-map.json", '{ "imports": { "parts/": "./src/" } }', "parts/a"],
  ["vite.config.ts", 'export default { resolve: { alias: { "parts": "/src" } } };', "parts/a"],
  ["vite.config.ts", "export default { resolve: { alias: { 'parts-of': '/of', 'parts': '/src' } } };", "parts/a"],
  ["vite.config.ts", "export default { resolve: { alias: [{ find: `parts`, replacement: '/src' }] } };", "parts"],
  ["vite.config.ts", "export default { resolve: { alias: [{ find: /^parts\\//, replacement: '/src' }] } };", "parts"],
  ["vite.config.ts", "export default { resolve: { alias: [{ find: /^parts(.*)$/, replacement: '/src' }] } };", "parts"],
  ["jest.config.js", "module.exports = { moduleNameMapper: { '^parts/(.*)$': '<rootDir>/src/$1' } };", "parts/a"],
  ["jest.config.js", 'module.exports = { moduleNameMapper: { "^parts$": "<rootDir>/src" } };', "parts"],
  ["webpack.config.js", "module.exports = { externals: { 'parts': 'Parts' } };", "parts"],
  ["tsconfig.json", '{ "compilerOptions": { "paths": { "@parts/*": ["src/*"] } } }', "@parts/a/b"],
])("an alias of %s, %s, stands for %s", async (path, text, specifier) => {
  expect(await isTold(specifier, { [path]: text })).toBe(false);
});

test.each([
  ["tsconfig.json", '{ "compilerOptions": { "paths": { "parts-of/*": ["src/*"] } } }'],
  ["tsconfig.json", '{ "extends": "parts" }'],
  ["other.json", '{ "compilerOptions": { "paths": { "parts/*": ["src/*"] } } }'],
  ["src/aliases.ts", "export const alias = { 'parts': '/src' };"],
  ["lib/tsconfig.json", '{ "compilerOptions": { "paths": { "parts/*": ["src/*"] } } }'],
])("%s with %s says nothing of it", async (path, text) => {
  expect(await isTold("parts/a", { [path]: text })).toBe(true);
});

test.each([
  ["server-only", "next", "my-server-only"],
  ["client-only", "next", "server-only-x"],
  ["@docusaurus/router", "@docusaurus/core", "@docusauruses/router"],
  ["@ember/service", "ember-source", "@embers/service"],
  ["@expo/vector-icons", "expo", "@expo/vector"],
  ["@jest/globals", "jest", "@jest/global"],
])("%s comes with %s, wherever that is declared", async (module, by, other) => {
  const declared = (field: string): Texts => ({
    "package.json": JSON.stringify({ private: true, [field]: { [by]: "1" } }),
  });
  expect(await isTold(module)).toBe(true);
  expect(await isTold(module, declared("dependencies"))).toBe(false);
  expect(await isTold(module, declared("devDependencies"))).toBe(false);
  expect(await isTold(module, { "lib/package.json": declared("dependencies")["package.json"] ?? "" })).toBe(false);
  expect(await isTold(other, declared("dependencies"))).toBe(true);
});

test("a module that the repository declares is one, and no other that only begins so", async () => {
  for (const text of [
    'declare module "parts";',
    "declare module 'parts' { export const a: number; }",
    'declare module "parts/*";',
    'declare module "parts-of";\ndeclare module "parts";',
  ])
    expect([text, await isTold("parts/a", { "src/env.d.ts": text })]).toEqual([text, false]);
  for (const text of ['declare module "parts-of";', 'declare module "of/parts";', "declare module parts {}"])
    expect([text, await isTold("parts/a", { "src/env.d.ts": text })]).toEqual([text, true]);
  expect(await isTold("parts", { "src/env.ts": 'declare module "parts";' })).toBe(true);
});

test("a member of the workspace is to be declared as well", async () => {
  expect(
    await isTold("parts", { "parts/package.json": '{ "name": "parts" }', "parts/index.ts": "export default 1;\n" }),
  ).toBe(true);
});
