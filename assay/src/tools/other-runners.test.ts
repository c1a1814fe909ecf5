// Jest, mocha, AVA and plain scripts: what is found and how it would be started. What their runs tell is in
// `test-verdict.test.ts`.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ava } from "./ava.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { affected, everything, plans, runAll, show, testHost, testRepository } from "./test-host.ts";
import { testScriptTool } from "./test-script.ts";
import { testTools } from "./test-tools.ts";
import type { Tool } from "./tool.ts";

const installed = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "30.0.0", bin: { [name]: "bin.js" } }),
});
const manifest = (test: string | null, extra: object = {}): string =>
  JSON.stringify({ name: "x", scripts: test === null ? {} : { test }, ...extra });

/** Labels and arguments of the planned runs, without the path of the reporter. */
async function plan(
  tool: Tool,
  files: Record<string, string>,
  ...paths: readonly string[]
): Promise<readonly string[]> {
  using repository = testRepository(files);
  const detections = await tool.detect(repository.workspace);
  return plans(detections, paths.length === 0 ? everything : affected(...paths)).map((task) => {
    const args = JSON.parse(task.replay?.facts[2] ?? "[]") as string[];
    return [`${task.label}:`, ...args.map((arg) => arg.replace(/[^= ]*\/reporters\//, ""))].join(" ");
  });
}

test("jest gets the affected files, and not the flags that would change the verdict", async () => {
  const files = {
    ...installed("jest"),
    "package.json": manifest("cross-env TZ=UTC jest --coverage -u --passWithNoTests --config jest.config.js"),
    "jest.config.js": 'module.exports = { testMatch: ["<rootDir>/src/**/*.spec.js"] };\n',
    "src/a.spec.js": "",
    "src/a.js": "",
    "other.test.js": "",
  };
  const fixed =
    "--reporters=jest.cjs --ci --watch=false --watchAll=false --bail=0 --passWithNoTests --forceExit --coverage=false --testLocationInResults";
  const start = `./node_modules/jest/bin.js --config jest.config.js ${fixed}`;
  expect(await plan(jest, files, "src/a.js", "src/a.spec.js")).toEqual([`jest, src/a.spec.js: ${start}`]);
  expect(await plan(jest, files)).toEqual([`jest: ${start}`]);
  expect(await plan(jest, files, "src/a.js", "other.test.js")).toEqual([]);
});

test("jest's own patterns count without a configuration; presets and projects leave the choice to jest", async () => {
  const files = { ...installed("jest"), "__tests__/a.js": "", "b.test.tsx": "", "c.js": "" };
  const labels = async (config: object): Promise<readonly string[]> =>
    (
      await plan(jest, { ...files, "package.json": manifest("jest", config) }, "__tests__/a.js", "b.test.tsx", "c.js")
    ).map((line) => line.slice(0, line.indexOf(":")));
  expect(await labels({})).toEqual(["jest, 2 files"]);
  expect(await labels({ jest: { testPathIgnorePatterns: ["<rootDir>/__tests__/"] } })).toEqual(["jest, b.test.tsx"]);
  expect(await labels({ jest: { preset: "ts-jest" } })).toEqual(["jest, 2 files"]);
  expect(await labels({ jest: { preset: "react-native" } })).toEqual(["jest, 3 files"]);
  expect(await labels({ jest: { projects: ["a"] } })).toEqual(["jest, 3 files"]);
});

test("a configuration of a runner that is neither declared nor installed counts for nothing", async () => {
  const files = { "package.json": manifest(null, { jest: {} }), "a.test.js": "" };
  using repository = testRepository(files);
  expect(await jest.detect(repository.workspace)).toEqual([]);
});

test("folders that jest takes as projects from above are run from there", async () => {
  const files = {
    ...installed("jest"),
    "package.json": manifest("NODE_OPTIONS=--experimental-vm-modules jest", { jest: { projects: ["<rootDir>/a"] } }),
    "a/package.json": manifest(null, { name: "a", jest: {} }),
    "a/a.test.js": "",
    "b/package.json": manifest("jest", { name: "b" }),
    "b/b.test.js": "",
  };
  using repository = testRepository(files);
  const detections = await jest.detect(repository.workspace);
  expect(plans(detections, everything).map((task) => task.label)).toEqual(["jest, a/a.test.js", "jest in b"]);
});

test("jest started through node keeps node's flags", async () => {
  const files = {
    ...installed("jest"),
    "package.json": manifest("node --experimental-vm-modules node_modules/jest/bin/jest.js"),
  };
  const [line] = await plan(jest, { ...files, "a.test.js": "" });
  expect(line).toContain("jest: --experimental-vm-modules ./node_modules/jest/bin.js --reporters=jest.cjs");
});

test("mocha and AVA run as a whole when anything of their folder is affected", async () => {
  const files = {
    ...installed("mocha"),
    ...installed("ava"),
    "package.json": manifest(null),
    "a/package.json": manifest("nyc mocha -r tsx --bail 'test/**/*.ts'"),
    "a/src/x.ts": "",
    "b/package.json": manifest("ava --fail-fast", { name: "b" }),
    "b/x.js": "",
  };
  const [line] = await plan(mocha, files, "a/src/x.ts");
  expect(line).toBe(
    "mocha in a: ./node_modules/mocha/bin.js -r tsx --reporter mocha.cjs --no-bail --no-color --no-watch",
  );
  expect(await plan(mocha, files, "b/x.js")).toEqual([]);
  expect(await plan(ava, files, "b/x.js")).toEqual(["ava in b: ./node_modules/ava/bin.js --tap --no-watch"]);
  expect(await plan(ava, files, "a/src/x.ts")).toEqual([]);
});

test("the inputs of a run are its package and the workspace packages it depends on", async () => {
  using repository = testRepository({
    ...installed("mocha"),
    "a/package.json": manifest("mocha", { name: "a", dependencies: { b: "*" } }),
    "b/package.json": manifest(null, { name: "b", devDependencies: { c: "*", a: "*" } }),
    "c/package.json": manifest(null, { name: "c" }),
    "d/package.json": manifest(null, { name: "d" }),
  });
  const [task] = plans(await mocha.detect(repository.workspace), everything);
  expect(task?.replay?.inputs).toEqual({ kind: "dirs", dirs: ["a", "b", "c"] });
});

/** What the scripts of a repository come to, with a package manager that does what they say. */
async function runScripts(files: Record<string, string>): Promise<readonly string[]> {
  using repository = testRepository(files);
  using host = testHost();
  const detections = await testScriptTool.detect(repository.workspace);
  return (await runAll(detections, everything, host)).flatMap(show);
}

test("a script that no runner is known for is judged by its exit code", async () => {
  expect(await runScripts({ "package.json": manifest("node check.js"), "check.js": "" })).toEqual(["passed"]);
  const failing = 'console.error("starting\\nRangeError: out of range\\n    at x (y.js:1:1)");\nprocess.exit(4);\n';
  expect(await runScripts({ "package.json": manifest("node check.js"), "check.js": failing })).toEqual([
    "failed -:- npm run test ends with exit code 4: RangeError: out of range",
  ]);
});

test("a script that tests nothing is an error, npm's placeholder is no script", async () => {
  for (const script of ["exit 0", "true", 'echo "no tests yet"', "echo a && exit 0"]) {
    expect(await runScripts({ "package.json": manifest(script) })).toEqual([
      "errored no-tests-ran: npm run test: the script tests nothing",
    ]);
  }
  expect(await runScripts({ "package.json": manifest('echo "Error: no test specified" && exit 1') })).toEqual([]);
});

test("scripts that a runner covers or that start other packages' scripts are left alone", async () => {
  using repository = testRepository({
    "package.json": manifest("npm test --workspaces"),
    "a/package.json": manifest("vitest", { name: "a" }),
    "b/package.json": manifest("jest | tee log", { name: "b", jest: {}, devDependencies: { jest: "30" } }),
    "c/package.json": manifest("./run.sh", { name: "c" }),
  });
  const found = await testScriptTool.detect(repository.workspace);
  expect(found.map(({ dir }) => dir)).toEqual(["c"]);
});

test("under Yarn's Plug'n'Play the package manager runs the script", async () => {
  using repository = testRepository({ "package.json": manifest("vitest run"), ".pnp.cjs": "" });
  const workspace = { ...repository.workspace, manager: "yarn" } as const;
  const found = (await Promise.all(testTools.map((tool) => tool.detect(workspace)))).flat();
  expect(found.map(({ tool }) => tool)).toEqual(["test script"]);
});

test("the order of the runners is fixed", () => {
  expect(testTools.map((tool) => tool.name)).toEqual(["vitest", "jest", "node:test", "mocha", "ava", "test script"]);
});

test("a runner's report is read from where the runner was told to write it", async () => {
  using repository = testRepository({ ...installed("mocha"), "package.json": manifest("mocha"), "a.js": "" });
  const line = JSON.stringify({ kind: "file", file: "a", passed: 1, failed: 0, skipped: 0, todo: 0, failures: [] });
  const end = JSON.stringify({ kind: "end", complete: true, errors: [] });
  const program = `require("fs").writeFileSync(process.env.ASSAY_TEST_REPORT, ${JSON.stringify(`${line}\n${end}\n`)})\n`;
  const bin = join(repository.root, "node_modules/mocha/bin.js");
  writeFileSync(bin, program);
  chmodSync(bin, 0o755);
  using host = testHost();
  expect(await runAll(await mocha.detect(repository.workspace), everything, host)).toEqual([{ status: "passed" }]);
});
