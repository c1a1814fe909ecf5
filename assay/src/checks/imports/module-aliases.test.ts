import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { aliasesIn, behindAlias, mayHoldAliases } from "./module-aliases.ts";

/** `name -> targets`. */
async function aliases(path: string, text: string): Promise<readonly string[]> {
  const at = repoPath(path);
  const found = await aliasesIn(at, text, () => parseSource(at, text));
  return found.map(({ dir, name, targets }) => `${dir === "" ? "" : `${dir}: `}${name} -> ${targets.join(" ")}`);
}

test("manifests, configurations of compilers and of tools may hold aliases", () => {
  for (const [path, expected] of [
    ["package.json", true],
    ["pkg/tsconfig.base.json", true],
    ["jsconfig.json", true],
    ["deno.jsonc", true],
    ["import_map.json", true],
    ["import-map.json", true],
    [".babelrc", true],
    [".babelrc.json", true],
    [".babelrc.js", true],
    ["vite.config.ts", true],
    ["vitest.workspace.mts", true],
    ["jest.conf.cjs", true],
    [".storybook.ts", true],
    ["src/config.ts", false],
    ["data.json", false],
    ["vite.config.yaml", false],
  ] as const)
    expect([path, mayHoldAliases(repoPath(path))]).toEqual([path, expected]);
});

test.each([
  ['{ "imports": { "#a": "./a.js" } }', ["#a -> ./a.js"]],
  ['{ "imports": { "#a": { "node": "./a.js", "default": ["./b.js"] } } }', ["#a -> ./a.js ./b.js"]],
  ['{ "alias": { "a": "b" } }', ["a -> b"]],
  ['{ "browser": { "a": "./b.js" }, "name": "npm:x" }', ["a -> ./b.js"]],
  ['{ "browser": "./b.js", "alias": 1 }', []],
  ['{ "dependencies": { "a": "npm:b@1" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "npm:@x/b@^1" } }', ["a -> @x/b"]],
  ['{ "dependencies": { "a": "npm:@xy/b" } }', ["a -> @xy/b"]],
  ['{ "dependencies": { "a": "npm:@xy/b@latest" } }', ["a -> @xy/b"]],
  ['{ "dependencies": { "a": "link:." } }', ["a -> ."]],
  ['{ "dependencies": { "a": "file:./b-10.20.3.tgz" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "http://x.dev/b.tgz" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "https://x.dev/@yz/b.tgz" } }', ["a -> @yz/b"]],
  ['{ "dependencies": { "a": "https://r.dev/b/-/b-1.0.0.tgz" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "https://r.dev/@yz/b/-/b-1.0.0.tgz" } }', ["a -> @yz/b"]],
  ['{ "dependencies": { "a": "git+ssh://git@x.dev/b.git" } }', ["a -> b"]],
  ['{ "devDependencies": { "a": "npm:b" } }', ["a -> b"]],
  ['{ "peerDependencies": { "a": "workspace:b@*" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "workspace:*", "b": "^1" } }', []],
  ['{ "optionalDependencies": { "a": "file:../b" } }', ["a -> ../b"]],
  ['{ "dependencies": { "a": "link:./b" } }', ["a -> ./b"]],
  ['{ "dependencies": { "a": "portal:.." } }', ["a -> .."]],
  ['{ "dependencies": { "a": "github:someone/b" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "git+https://x.dev/someone/b.git#v1" } }', ["a -> b"]],
  ['{ "dependencies": { "a": "https://x.dev/b-1.2.3.tgz" } }', ["a -> b"]],
  ['{ "overrides": { "a": "npm:b@1" }, "resolutions": { "c": "npm:d@1", "e": "1" } }', ["a -> b", "c -> d"]],
  ['{ "jest": { "moduleNameMapper": { "^a$": "<rootDir>/b" } } }', ["^a$ -> ./b"]],
  ['{ "compilerOptions": { "paths": { "@/*": ["src/*"] } } }', ["@/* -> ./src/* src/*"]],
  ['{ "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./a/*"] } } }', ["@/* -> ./src/./a/*"]],
  ['{ "compilerOptions": { "baseUrl": "src" } } // "paths"', []],
  ['{ "name": "a" }', []],
])("the manifest %j has %j", async (text, expected) => {
  expect(await aliases("package.json", text)).toEqual(expected);
});

test.each([
  ["export default { resolve: { alias: { a: './b' } } };", ["a -> ./b"]],
  ["export default { resolve: { alias: { ['a']: './b', ...more } } };", ["a -> ./b"]],
  ["export default { resolve: { alias: [{ find: 'a', replacement: './b' }] } };", ["a -> ./b"]],
  ["export default { resolve: { alias: [{ find: /^a/, replacement: './b' }] } };", ["^a -> ./b"]],
  ["export default { resolve: { alias: [{ find: 'a' }, more] } };", []],
  ["const alias = { a: './b' };\nexport default { resolve: { alias } };", ["a -> ./b"]],
  ["module.exports = { moduleNameMapper: { '^a$': '<rootDir>/b' } };", ["^a$ -> ./b"]],
  ["export default { paths: { a: ['b', 'c'] } }; // alias", ["a -> b c"]],
  ["export default { other: { a: './b' } }; // alias", []],
  ["export default { alias: load() };", []],
])("the program %j has %j", async (text, expected) => {
  expect(await aliases("pkg/vite.config.ts", text)).toEqual(expected.map((each) => `pkg: ${each}`));
});

test.each([
  ["a", ["./b"], "a", ["./b"]],
  ["a", ["./b"], "a/c", ["./b/c"]],
  ["a", ["./b/"], "a/c", ["./b/c"]],
  ["a/", ["./b/"], "a/c", ["./b/c"]],
  ["a", ["./b"], "ab", []],
  ["@/*", ["./src/*", "./lib/*"], "@/c/d", ["./src/c/d", "./lib/c/d"]],
  ["@/*", ["./src/*"], "@", []],
  ["@/*", ["./src/*"], "other/c", []],
  ["@/*.js", ["./src/*"], "@/c/d.ts", []],
  ["^a(/.*)$", ["./b"], "a/c", ["./b/c"]],
  ["*.css", ["./css/*"], "a.css", ["./css/a"]],
  ["a*b", ["./*"], "ab", ["./"]],
  ["a*b", ["./*"], "a", []],
  ["^a$", ["./b"], "a", ["./b"]],
  ["^a/(.*)$", ["./b/$1"], "a/c", ["./b/c"]],
  ["^a/(.*)$", ["./b/$1"], "b/c", []],
  ["^a(", ["./b"], "a(", []],
  ["#a", [], "#a", []],
] as const)("%j that stands for %j makes of %j %j", (name, targets, specifier, expected) => {
  expect(behindAlias({ dir: repoPath(""), name, targets }, specifier)).toEqual(expected);
});
