// What scripts and configurations of vitest and jest come to, of runners that are installed in name and started by nobody.
import { expect, test } from "vitest";
import type { Workspace } from "../../model/workspace.ts";
import { affected, plans, testRepository } from "../testing/test-host.ts";
import type { Tool } from "../tool.ts";
import { jest, jestCommands, jestTestFiles } from "./jest.ts";
import { mocha, mochaCommands } from "./mocha.ts";
import { vitest, vitestCommands, vitestTestFiles } from "./vitest.ts";

const installed = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "3.0.0", bin: { [name]: "bin.js" } }),
});
const manifest = (script: string | null, extra: object = {}): string =>
  JSON.stringify({ name: "x", scripts: script === null ? {} : { test: script }, ...extra });

const suite = ["unit/a.test.js", "e2e/b.test.js", "text/c.test.js"];

/** The labels of the planned runs, where every file is affected. */
async function labels(tool: Tool, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const all = { ...installed(tool.name), ...Object.fromEntries(suite.map((path) => [path, ""])), ...files };
  using repository = testRepository(all);
  const paths = Object.keys(all).filter((path) => !path.startsWith("node_modules/"));
  return plans(await tool.detect(repository.workspace), affected(...paths)).map(({ label }) => label);
}

const scripted = (
  tool: Tool,
  script: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> => labels(tool, { "package.json": manifest(script), ...more });

test.each([
  ["vitest run --coverage.reporter text", "vitest, 3 files"],
  ["vitest run --coverage.reporter text unit", "vitest, unit/a.test.js"],
  ["vitest run --coverage.thresholds.lines 80 unit", "vitest, unit/a.test.js"],
  ["vitest run --coverage.all unit", "vitest, unit/a.test.js"],
  ["vitest run --coverage unit", "vitest, unit/a.test.js"],
  ["vitest run --no-coverage unit", "vitest, unit/a.test.js"],
  ["vitest run --max-workers 2 --test-timeout 9000 unit", "vitest, unit/a.test.js"],
  ["vitest --no-file-parallelism unit", "vitest, unit/a.test.js"],
  ["vitest run --sequence.seed 7 --slowTestThreshold 9 --changed main", "vitest, 3 files"],
  ["vitest run --sequence.shuffle unit", "vitest, unit/a.test.js"],
  ["vitest run unit e2e", "vitest, 2 files"],
  ["vitest ./UNIT/A", "vitest, unit/a.test.js"],
  ["vitest watch unit", "vitest, unit/a.test.js"],
])("of %s the run is %s", async (script, label) => {
  expect(await scripted(vitest, script)).toEqual([label]);
});

test("a filter of vitest's fits a path whatever the case of either", async () => {
  expect(await scripted(vitest, "vitest run upper", { "UPPER/d.test.js": "" })).toEqual(["vitest, UPPER/d.test.js"]);
});

test.each([
  { name: "vitest", first: async (workspace: Workspace) => (await vitestCommands(workspace))[0]?.command },
  { name: "jest", first: async (workspace: Workspace) => (await jestCommands(workspace))[0]?.command },
  { name: "mocha", first: (workspace: Workspace) => Promise.resolve(mochaCommands(workspace)[0]) },
])("the command of $name has what its script hands to Node, and the files it is given", async ({ name, first }) => {
  using repository = testRepository({
    ...installed(name),
    "package.json": manifest(`node --conditions=source node_modules/${name}/bin.js unit`),
    "unit/a.test.js": "",
  });
  const command = await first(repository.workspace);
  const { args = [] } = command?.call(["/x/a.test.js"], false) ?? {};
  expect([args[0], args.at(-1), args.includes("unit")]).toEqual(["--conditions=source", "/x/a.test.js", false]);
});

test("a command of vitest's that runs no tests is none, and a filter of that name is one", async () => {
  expect(await scripted(vitest, "vitest bench")).toEqual([]);
  expect(await scripted(vitest, "vitest run bench", { "bench/d.test.js": "" })).toEqual(["vitest, bench/d.test.js"]);
});

test("what vitest itself leaves out up to version 3 is no test of it, unless the configuration leaves out something else", async () => {
  const files = { "package.json": manifest("vitest run"), "cypress/d.spec.js": "", "dist/e.test.js": "" };
  const version = (text: string): Record<string, string> => ({
    "node_modules/vitest/package.json": JSON.stringify({ name: "vitest", version: text, bin: "bin.js" }),
  });
  const other = { "vitest.config.js": 'export default { test: { exclude: ["unit/**"] } };\n' };
  expect(await labels(vitest, { ...files, ...version("3.2.4") })).toEqual(["vitest, 3 files"]);
  expect(await labels(vitest, { ...files, ...version("4.0.0") })).toEqual(["vitest, 5 files"]);
  expect(await labels(vitest, { ...files, ...version("3.2.4"), ...other })).toEqual(["vitest, 4 files"]);
});

test.each(["-c", "--config"])(
  "the configuration that a script names by %s says which files are tests",
  async (flag) => {
    const files = { "own.config.js": 'export default { test: { include: ["e2e/*.js"] } };\n' };
    expect(await scripted(vitest, `vitest run ${flag} own.config.js`, files)).toEqual(["vitest, e2e/b.test.js"]);
    const matching = { "own.config.js": 'module.exports = { testMatch: ["**/e2e/*.js"] };\n' };
    expect(await scripted(jest, `jest ${flag} own.config.js`, matching)).toEqual(["jest, e2e/b.test.js"]);
  },
);

test("a build's configuration speaks for a package that declares vitest, unless the root or its own script runs it", async () => {
  const vite = { "a/vite.config.js": "export default {};\n", "a/a.test.js": "" };
  const declared = manifest(null, { name: "a", devDependencies: { vitest: "3" } });
  const root = { "package.json": manifest(null) };
  expect(await labels(vitest, { ...root, ...vite, "a/package.json": declared })).toEqual(["vitest in a, a/a.test.js"]);
  expect(await labels(vitest, { ...root, ...vite, "a/package.json": manifest(null, { name: "a" }) })).toEqual([]);
  const other = { "b/package.json": manifest("vitest run", { name: "b" }), "b/b.test.js": "" };
  expect(await labels(vitest, { ...root, ...vite, ...other, "a/package.json": declared })).toEqual([
    "vitest in b, b/b.test.js",
    "vitest in a, a/a.test.js",
  ]);
  const own = manifest("vitest run", { name: "a", devDependencies: { vitest: "3" } });
  expect(await labels(vitest, { ...root, ...vite, "a/package.json": own })).toEqual(["vitest in a, a/a.test.js"]);
  const above = { "package.json": manifest("vitest run") };
  expect(await labels(vitest, { ...above, ...vite, "a/package.json": declared })).toEqual(["vitest, 4 files"]);
});

test.each([
  ["jest ./unit", "jest, unit/a.test.js"],
  ["jest UNIT", "jest, unit/a.test.js"],
  ["jest --max-workers 2 --collect-coverage-from 'src/**' unit", "jest, unit/a.test.js"],
  ["jest --test-path-pattern e2e", "jest, e2e/b.test.js"],
  ["jest --test-match '**/never.js'", "jest, 3 files"],
  ["jest --testMatch '**/never.js'", "jest, 3 files"],
])("of %s the run is %s", async (script, label) => {
  expect(await scripted(jest, script)).toEqual([label]);
});

test("a pattern that is no regular expression is what a path has to contain", async () => {
  expect(await scripted(jest, "jest 'd(e'", { "unit/d(e.test.js": "" })).toEqual(["jest, unit/d(e.test.js"]);
});

test.each<readonly [readonly string[], string]>([
  [["**/*.test.js", "!**/e2e/**"], "jest, 2 files"],
  [["./unit/*.js"], "jest, unit/a.test.js"],
  [["<rootDir>/unit/*.js"], "jest, unit/a.test.js"],
  [["<rootDir>/unit/*.js", "!<rootDir>/unit/a*"], "jest: nothing"],
  // What lies elsewhere, or can not be read, is left to jest.
  [["**/unit/*.js", "../other/*.js"], "jest, 3 files"],
  [["**/unit/*.js", "/other/*.js"], "jest, 3 files"],
  [["**/unit/*.js", "<packageDir>/*.js"], "jest, 3 files"],
])("jest's testMatch %j comes to %s", async (testMatch, label) => {
  const [run = "jest: nothing"] = await labels(jest, { "package.json": manifest("jest", { jest: { testMatch } }) });
  expect(run).toBe(label);
});

test("only a preset that is ts-jest's own brings no patterns", async () => {
  const others = { "unit/other.js": "" };
  const of = (preset: string): Promise<readonly string[]> =>
    labels(jest, { "package.json": manifest("jest", { jest: { preset } }), ...others });
  expect(await of("ts-jest/presets/default")).toEqual(["jest, 3 files"]);
  expect(await of("our-ts-jest")).toEqual(["jest, 4 files"]);
});

test.each([vitest, jest, mocha])(
  "$name that is declared and not there names the command that installs it",
  async (tool) => {
    const declared = manifest(tool.name, { devDependencies: { [tool.name]: "3" } });
    using repository = testRepository({ "package.json": declared, "a.test.js": "" });
    const [detection, ...others] = await tool.detect(repository.workspace);
    expect([detection?.version, detection?.install, others]).toEqual([null, "npm install", []]);
    expect(detection?.plan(affected("a.test.js"))).toEqual([]);
  },
);

test.each([vitest, jest, mocha])("$name is left alone where yarn keeps packages in no folders", async (tool) => {
  const files = { ...installed(tool.name), "package.json": manifest(tool.name), "a.test.js": "", ".pnp.cjs": "" };
  using repository = testRepository(files);
  expect(await tool.detect(repository.workspace)).toHaveLength(1);
  const workspace: Workspace = { ...repository.workspace, manager: "yarn" };
  expect(await tool.detect(workspace)).toEqual([]);
  expect(mochaCommands(workspace)).toEqual([]);
});

test.each([
  { name: "vitest", commands: vitestCommands, testFiles: vitestTestFiles },
  { name: "jest", commands: jestCommands, testFiles: jestTestFiles },
])(
  "the command of $name has its script's variables, and its tests are known",
  async ({ name, commands, testFiles }) => {
    using repository = testRepository({
      ...installed(name),
      "package.json": manifest(`A=1 ${name} unit`),
      ...Object.fromEntries(suite.map((path) => [path, ""])),
    });
    const [started, ...others] = await commands(repository.workspace);
    const call = started?.command.call(null, false);
    expect([call?.env["A"], call?.args.at(-1), others]).toEqual(["1", "unit", []]);
    const runs = await testFiles(repository.workspace);
    expect(runs.map(({ dir, tests }) => [dir, tests.candidates])).toEqual([["", ["unit/a.test.js"]]]);
  },
);
