// A test depends on what sets it up.
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import { affectedBy, reached } from "./testing/affected-by.ts";

const files = {
  "package.json": '{"name":"a"}',
  "src/matchers.ts": "export const matchers = {};",
  "src/alone.ts": "",
  "src/a.test.ts": "",
  "src/b.test.ts": 'import "./matchers";',
  "support/set-up.ts": 'import "../src/matchers";',
};

test("tests that are set up by what imports a changed file come after those that import it", async () => {
  const config = { "vitest.config.ts": 'export default { test: { setupFiles: ["./support/set-up.ts"] } };' };
  expect(await reached({ files: { ...files, ...config }, changed: ["src/matchers.ts"] })).toEqual([
    "0 src/matchers.ts: changed",
    "1 src/b.test.ts: imports src/matchers.ts",
    "1 support/set-up.ts: imports src/matchers.ts",
    "2 src/a.test.ts: is set up by support/set-up.ts",
  ]);
});

const byJest = '{"name":"a","jest":{"setupFilesAfterEnv":["<rootDir>/support/set-up.ts"]}}';

test.each<readonly [string, string]>([
  ["vitest.config.ts", "export default { test: { globalSetup: 'support/set-up' } };"],
  ["vitest.config.mts", 'export default { test: { environment: "./support/set-up.ts" } };'],
  ["vite.config.ts", 'export default { test: { snapshotSerializers: ["./support/set-up.ts"] } };'],
  ["vitest.shared.ts", 'export default { test: { setupFiles: [resolve("./support/set-up.ts")] } };'],
  [
    "vitest.config.ts",
    'export default { test: { setupFiles: path.resolve(import.meta.dirname, "support", "set-up.ts") } };',
  ],
  ["vitest.config.ts", 'export default { test: { setupFiles: [path.join(__dirname, "support/set-up.ts")] } };'],
  [
    "vitest.config.ts",
    'export default { test: { setupFiles: fileURLToPath(new URL("./support/set-up.ts", import.meta.url)) } };',
  ],
  [
    "vitest.config.ts",
    'export default { test: { setupFiles: new URL("./support/set-up.ts", import.meta.url).pathname } };',
  ],
  ["vitest.config.ts", 'export default { test: { setupFiles: path.resolve(process.cwd(), "support/set-up.ts") } };'],
  ["unit.vitest.config.ts", 'export default { test: { setupFiles: ["./support/set-up.ts"] } };'],
  ["vitest.workspace.json", '[{ "test": { "setupFiles": ["./support/set-up.ts"] } }]'],
  ["jest.config.js", "module.exports = { testEnvironment: '<rootDir>/support/set-up.ts' };"],
  ["config/jest.config.js", "module.exports = { rootDir: '..', setupFiles: ['<rootDir>/support/set-up.ts'] };"],
  ["package.json", byJest],
  [".mocharc.json", '{ "require": ["ts-node/register", "./support/set-up.ts"] }'],
  [".mocharc.json", '{"file":"support/set-up.ts"}'],
  [".mocharc.yml", "spec: src/*.test.ts\nrequire:\n  - ts-node/register\n  - support/set-up.ts\n"],
  [".mocharc.yml", "require:\n  -   support/set-up.ts\n"],
  [".mocharc.yml", "require:\n- ts-node/register\n- support/set-up.ts\n"],
  [".mocharc.yaml", "require: support/set-up.ts\n"],
  [".mocharc.cjs", "module.exports = { require: './support/set-up.ts' };"],
  ["bunfig.toml", '[test]\npreload = ["./support/dom.ts", "./support/set-up.ts"]\n'],
  ["package.json", '{"name":"a","scripts":{"test":"bun test --preload ./support/set-up.ts"}}'],
  ["playwright.config.ts", 'export default { globalSetup: require.resolve("./support/set-up") };'],
  ["ava.config.js", "export default { require: ['./support/set-up.ts'] };"],
  ["package.json", '{"name":"a","mocha":{"require":"./support/set-up"}}'],
  ["package.json", '{"name":"a","ava":{"files":["src"],"require":["./support/set-up.ts"]}}'],
  ["package.json", '{"name":"a","scripts":{"test":"mocha -r ./support/set-up.ts src"}}'],
  ["package.json", '{"name":"a","scripts":{"test":"node --import ./support/set-up.ts --test"}}'],
  ["package.json", '{"name":"a","scripts":{"test":"tape -r ./support/set-up.ts src/*.test.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"test":"tap --import=./support/set-up.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"unit":"node --test --require=./support/set-up.ts"}}'],
])("%s names what sets up the tests: %s", async (path, text) => {
  const given = { files: { ...files, [path]: text }, changed: ["src/matchers.ts"] };
  expect(await reached(given)).toContain("2 src/a.test.ts: is set up by support/set-up.ts");
});

test.each<readonly [string, string]>([
  ["vitest.config.ts", 'export default { test: { include: ["./support/set-up.ts"] } };'],
  ["vitest.config.ts", 'export default { resolve: { alias: { x: "./support/set-up.ts" } } };'],
  ["vitest.config.ts", 'import "./support/set-up.ts"; export default {};'],
  ["vitest.config.ts.bak", 'export default { test: { setupFiles: ["./support/set-up.ts"] } };'],
  ["revitest.config.ts", 'export default { test: { setupFiles: ["./support/set-up.ts"] } };'],
  ["eslint.config.js", 'export default [{ environment: "./support/set-up.ts" }];'],
  [".mocharc.json", '{ "spec": ["./support/set-up.ts"] }'],
  ["package.json", '{"name":"a","exports":{"require":"./support/set-up.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"start":"node --import ./support/set-up.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"test":"mocha ./support/set-up.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"test":"mocha fixtures/color-r ./support/set-up.ts"}}'],
  ["package.json", '{"name":"a","scripts":{"start":"node --import ./support/set-up.ts src/avatars.js"}}'],
  ["package.json", '{"name":"a","scripts":{"start":"node --import ./support/set-up.ts src/lava"}}'],
  ["package.json", '{"name":"a","scripts":{"start":"node --import ./support/set-up.ts src/main.js --testing"}}'],
  [".mocharc.json", '{ "asyncrequire": ["./support/set-up.ts"] }'],
  [".mocharc.json.bak", '{ "require": ["./support/set-up.ts"] }'],
  ["my.mocharc.json", '{ "require": ["./support/set-up.ts"] }'],
  ["my-bunfig.toml", 'preload = ["./support/set-up.ts"]'],
  ["bunfig.toml.bak", 'preload = ["./support/set-up.ts"]'],
])("%s names no set-up: %s", async (path, text) => {
  const given = { files: { ...files, [path]: text }, changed: ["src/matchers.ts"] };
  expect((await reached(given)).filter((each) => each.includes("src/a.test.ts"))).toEqual([]);
});

const packages = {
  "package.json": '{"name":"root","workspaces":["packages/*"]}',
  "packages/a/package.json": '{"name":"a"}',
  "packages/a/test/a.test.ts": "",
  "packages/a/src/a.ts": "",
  "packages/b/package.json": '{"name":"b","dependencies":{"a":"*"}}',
  "packages/b/b.test.ts": "",
  "packages/c/package.json": '{"name":"c"}',
  "packages/c/c.test.ts": "",
};
const setUp = 'import "../src/a";';

async function setUpIn(more: Readonly<Record<string, string>>, changed = "packages/a/src/a.ts"): Promise<string> {
  const affected = await affectedBy({ files: { ...packages, ...more }, changed: [changed] });
  return [...affected.reached]
    .filter(([, { why }]) => why.startsWith("is set up"))
    .map(([path]) => path)
    .join(" ");
}

test("a package's configuration sets up its own tests, and those of packages that may share it", async () => {
  const config = 'module.exports = { setupFiles: ["./test/env.ts"] };';
  const given = { "packages/a/jest.config.js": config, "packages/a/test/env.ts": setUp };
  expect(await setUpIn(given)).toBe("packages/a/test/a.test.ts packages/b/b.test.ts");
});

test("a configuration in a folder of its own may name files from where its package lies", async () => {
  const config = 'module.exports = { rootDir: "..", setupFiles: ["<rootDir>/test/env.ts"] };';
  const given = { "packages/c/config/jest.config.js": config, "packages/c/test/env.ts": 'import "../src/c";' };
  expect(await setUpIn({ ...given, "packages/c/src/c.ts": "" }, "packages/c/src/c.ts")).toBe("packages/c/c.test.ts");
});

test("the repository's configuration sets up all tests", async () => {
  const config = 'export default { test: { setupFiles: ["packages/a/test/env.ts"] } };';
  expect(await setUpIn({ "vitest.config.ts": config, "packages/a/test/env.ts": setUp })).toBe(
    "packages/a/test/a.test.ts packages/b/b.test.ts packages/c/c.test.ts",
  );
});

test("a package of the workspace may set up the tests of another", async () => {
  const config = "export default { test: { setupFiles: ['a'] } };";
  expect(await setUpIn({ "packages/c/vitest.config.ts": config })).toBe("packages/c/c.test.ts");
});

test("what a stand-in imports reaches the tests of its package, which a runner may hand it to", async () => {
  const given = { "packages/a/src/__mocks__/store.ts": 'import "../a";', "packages/a/src/store.ts": "" };
  expect(await setUpIn(given)).toBe("packages/a/test/a.test.ts");
  expect(await setUpIn(given, "packages/a/src/store.ts")).toBe("");
  expect(await setUpIn({ "packages/a/src/no__mocks__/store.ts": 'import "../a";' })).toBe("");
});

test("whoever may load a changed file by its set-up may do so at run time", async () => {
  const config = { "vitest.config.ts": 'export default { test: { setupFiles: ["./support/set-up.ts"] } };' };
  const affected = await affectedBy({ files: { ...files, ...config }, changed: ["src/matchers.ts"] });
  expect(affected.loadersOf(repoPath("src/matchers.ts"))).toContain("src/a.test.ts");
  expect(affected.loadersOf(repoPath("src/alone.ts"))).not.toContain("src/a.test.ts");
});

test("a set-up that starts programs brings in no test with every change", async () => {
  const given = {
    ...files,
    "vitest.config.ts": 'export default { test: { globalSetup: "./support/start.ts" } };',
    "support/start.ts": 'import { spawn } from "node:child_process"; spawn("npm", ["start"]);',
  };
  const all = await reached({ files: given, changed: ["src/alone.ts"] });
  expect(all).toContain("1000 support/start.ts: can run files of the repository (node:child_process)");
  expect(all.filter((each) => each.includes("src/a.test.ts"))).toEqual([]);
});
