import { expect, test } from "vitest";
import { resolveScope } from "./scope.ts";
import { changeOf, diffOf, workspaceOf } from "./testing/workspace.ts";

const targets = {
  "tools/base.json": "{}",
  "tools/middle.json": '{ "extends": "./deep/base.json" }',
  "tools/deep/base.json": "{}",
  "tools/rules/index.mjs": 'import "./more.mjs"; export { x } from "./typed.js";',
  "tools/rules/more.mjs": "",
  "tools/rules/typed.ts": "",
  "tools/three.js/module.mts": "",
  "tools/setup.ts": "",
  "tools/other.ts": "",
  "packages/rules/index.js": "",
};

/** Does a change of these paths widen the scope, when the repository has this configuration? Everything is mapped. */
function widens(paths: string, configuration: Readonly<Record<string, string>>): boolean {
  const workspace = workspaceOf({
    packages: { "": { name: "root" }, "packages/rules": { name: "@s/rules" }, "packages/a": { name: "a" } },
    files: { ...targets, ...configuration },
    config: { pathMap: { "": "rest", tools: "tools", "packages/rules": "rules", "packages/a": "a" } },
  });
  const { fallback } = resolveScope({ workspace, diff: diffOf(...paths.split(" ").map((path) => changeOf(path))) });
  if (fallback === null) return false;
  expect(fallback.reason).toBe("root-configuration");
  return true;
}

test.each<readonly [string, string, string]>([
  ["tools/base.json", "tsconfig.json", '{ "extends": "./tools/base.json" }'],
  ["tools/base.json", "tsconfig.json", '{ "extends": "./tools/base" }'],
  ["tools/base.json", "tsconfig.json", '{ "extends": ["@x/y", "./tools/base.json"] }'],
  ["tools/base.json", "tsconfig.json", '{ // why\n "extends" : "./tools/base.json", }'],
  ["tools/base.json", "packages/tsconfig.json", '{ "extends": "../tools/base.json" }'],
  ["tools/base.json", "packages/a/tsconfig.json", '{ "extends": "../../tools/base.json" }'],
  ["tools/base.json", "packages/a/test/tsconfig.test.json", '{ "extends": "../../../tools/base.json" }'],
  ["tools/base.json tools/other.ts", "packages/a/tsconfig.json", '{ "extends": "../../tools/base.json" }'],
  ["tools/base.json", "tsconfig.json", '{"extends":"./tools/base.json"}'],
  ["tools/deep/base.json", "tsconfig.json", '{"extends":"./tools/middle.json"}'],
  ["tools/setup.ts", "package.json", '{ "name": "root", "jest": { "setupFiles": ["tools/setup"] } }'],
  ["tools/base.json", "package.json", '{ "name": "root", "prettier": "./tools/base.json" }'],
  ["tools/rules/index.mjs", "eslint.config.mjs", 'import rules from "./tools/rules/index.mjs";'],
  ["tools/rules/index.mjs", "eslint.config.mjs", "import rules from './tools/rules/index.mjs'"],
  ["tools/rules/index.mjs", "eslint.config.mjs", 'import rules from"./tools/rules/index.mjs"'],
  ["tools/rules/index.mjs", "eslint.config.cjs", 'const rules = require("./tools/rules");'],
  ["tools/rules/index.mjs", "eslint.config.cjs", 'const rules = require ( "./tools/rules");'],
  ["tools/three.js/module.mts", "eslint.config.mjs", 'import "./tools/three.js/module.mjs"'],
  ["tools/rules/index.mjs", "eslint.config.mjs", "const rules = await import(`./tools/rules/index.mjs`);"],
  ["tools/rules/index.mjs", "eslint.config.mjs", 'import "./tools/rules/index.mjs";'],
  ["tools/rules/more.mjs", "eslint.config.mjs", 'import "./tools/rules/index.mjs";'],
  ["tools/rules/typed.ts", "eslint.config.mjs", 'import "./tools/rules/index.mjs";'],
  ["tools/setup.ts", "vitest.config.ts", 'export default { test: { setupFiles: ["./tools/setup.ts"] } };'],
  ["tools/setup.ts", "vitest.config.ts", "export default { test: { setupFiles: 'tools/setup.ts' } };"],
  ["tools/setup.ts", "jest.config.js", 'module.exports = { globalSetup: "<rootDir>/tools/setup.ts" };'],
  [
    "tools/setup.ts",
    "jest.config.js",
    "module.exports = {\n  setupFilesAfterEnv: [\n    './tools/setup.ts',\n  ],\n};",
  ],
  [
    "tools/setup.ts",
    "vitest.config.ts",
    'export default { resolve: { alias: { x: resolve("./x") } }, test: { setupFiles: [resolve("./tools/setup.ts")] } };',
  ],
  [
    "packages/rules/index.js",
    "tsconfig.json",
    '{ "compilerOptions": { "plugins": [{ "first": 1, "name": "@s/rules" }] } }',
  ],
  ["tools/other.ts", "tsconfig.json", '{ "compilerOptions": { "plugins": [{ "transform": "./tools/other.ts" }] } }'],
  ["tools/other.ts", "esbuild.config.js", "export default { plugins: [{ name:'./tools/other.ts' }] };"],
  ["tools/other.ts", "esbuild.config.js", "export default { plugins: [{ path: path.join('./tools/other.ts') }] };"],
  ["tools/other.ts", "vite.config.ts", 'export default { mapinput: { x: resolve("./tools/other.ts") } };'],
  ["tools/other.ts", "babel.config.js", "module.exports = { plugins: [['x', { a: 1 }], './tools/other.ts'] };"],
  ["packages/rules/index.js", "eslint.config.mjs", 'import rules from "@s/rules";'],
  ["packages/rules/index.js", "tsconfig.json", '{ "extends": "@s/rules/tsconfig.json" }'],
])("%s widens the scope when %s says %s", (path, file, text) => {
  expect(widens(path, { [file]: text })).toBe(true);
});

test.each<readonly [string, string, string]>([
  ["tools/other.ts", "eslint.config.mjs", 'import "./tools/rules/index.mjs";'],
  ["tools/other.ts", "tsconfig.json", '{ "include": ["./tools/other.ts"] }'],
  ["tools/other.ts", "packages/a/src/a.ts", 'import "../../../tools/other.ts";'],
  ["tools/other.ts", "eslint.config.mjs", 'import other from "tools/other";'],
  ["packages/rules/index.js", "eslint.config.mjs", 'import rules from "@s/rules-extra";'],
  ["tools/other.ts", "eslint.config.mjs", 'import "../../../../outside.mjs";'],
  [
    "tools/other.ts",
    "vitest.config.ts",
    "export default { resolve: { alias: [{ find: /^x$/, replacement: resolve('./tools/other.ts') }] } };",
  ],
  ["tools/other.ts", "vite.config.ts", 'export default { resolve: { alias: { x: resolve("./tools/other.ts") } } };'],
  [
    "tools/other.ts",
    "jest.config.js",
    'module.exports = { moduleNameMapper: { x: require.resolve("./tools/other") } };',
  ],
  ["tools/other.ts", "vite.config.ts", 'export default { resolve: { "alias":{ x: resolve("./tools/other.ts") } } };'],
  ["tools/other.ts", "tsconfig.json", '{ "plugins": [{ "name": "x", "filename": "./tools/other.ts" }] }'],
  ["tools/other.ts", "webpack.config.js", 'module.exports = { entry: require.resolve("./tools/other.ts") };'],
  ["tools/other.ts", "vite.config.ts", 'export default { build: { lib: { entry: resolve("./tools/other.ts") } } };'],
  ["tools/other.ts", "rollup.config.js", 'export default { input: [require.resolve("./tools/other")] };'],
  [
    "packages/rules/index.js",
    "tsconfig.json",
    '{ "compilerOptions": { "plugins": [{ "name": "x", "packages": ["@s/rules", "@s/*"] }] } }',
  ],
  ["tools/other.ts", "babel.config.js", 'module.exports = { plugins: [["x", { root: "./tools/other.ts" }]] };'],
  ["tools/base.json", "tools/tsconfig.json", '{ "extends": "./base.json" }'],
  ["tools/base.json", "packages/a/my-tsconfig.json", '{ "extends": "../../tools/base.json" }'],
  ["tools/base.json", "packages/a/tsconfig.json.bak", '{ "extends": "../../tools/base.json" }'],
  ["tools/base.json", "packages/a/src/a.ts", 'import "../../../tools/base.json";'],
  ["tools/base.json", "package.json", '{ "name": "root", "files": [], "note": "from \'./tools/base.json\'" }'],
])("%s does not widen the scope when %s says %s", (path, file, text) => {
  expect(widens(path, { [file]: text })).toBe(false);
});

test("a set-up file in a folder that is called like its package is that file alone", () => {
  const workspace = workspaceOf({
    packages: { "": { name: "root" }, core: { name: "core" } },
    files: {
      "vitest.config.ts": 'export default { test: { globalSetup: ["core/test/setup.ts"] } };',
      "core/test/setup.ts": "",
      "core/src/a.ts": "",
    },
    config: { pathMap: { "": "rest", core: "core" } },
  });
  const fallbackFor = (path: string): string | undefined =>
    resolveScope({ workspace, diff: diffOf(changeOf(path)) }).fallback?.detail;
  expect([fallbackFor("core/test/setup.ts"), fallbackFor("core/src/a.ts")]).toEqual([
    "core/test/setup.ts changed, and vitest.config.ts takes settings from it",
    undefined,
  ]);
});

test("a file that was deleted and is still referred to widens the scope", () => {
  expect(widens("tools/gone.json", { "tsconfig.json": '{ "extends": "./tools/gone.json" }' })).toBe(true);
});

test("configuration that imports itself in a circle comes to an end", () => {
  const files = {
    "eslint.config.mjs": 'import "./tools/x.mjs"',
    "tools/x.mjs": 'import "./y.mjs"',
    "tools/y.mjs": 'import "./x.mjs"',
  };
  expect([widens("tools/y.mjs", files), widens("tools/other.ts", files)]).toEqual([true, false]);
});

test("what a set-up file imports concerns the tests alone, unless configuration takes it from there", () => {
  const setUp = { "tools/setup.ts": 'import "./other";' };
  const config = 'export default { test: { setupFiles: ["./tools/setup.ts"] } };';
  expect(widens("tools/setup.ts", { ...setUp, "vitest.config.ts": config })).toBe(true);
  expect(widens("tools/other.ts", { ...setUp, "vitest.config.ts": config })).toBe(false);
  const resolved = 'module.exports = { setupFiles: [require.resolve("./tools/setup.ts")] };';
  expect(widens("tools/other.ts", { ...setUp, "jest.config.js": resolved })).toBe(false);
  expect(widens("tools/other.ts", { ...setUp, "vitest.config.ts": `import "./tools/setup.ts"; ${config}` })).toBe(true);
});
