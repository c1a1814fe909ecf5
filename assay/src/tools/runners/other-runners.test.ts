// Jest, mocha and AVA: what is found and how it would be started. What their runs tell is in
// `test-verdict.test.ts`.
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ava, avaCommands } from "./ava.ts";
import { jest, jestPlaces } from "./jest.ts";
import { mocha, mochaCommands } from "./mocha.ts";
import { vitest, vitestPlaces } from "./vitest.ts";
import { answered, installedInName } from "../testing/answering-host.ts";
import { affected, endedWell, everything, plans, runAll, testHost, testRepository } from "../testing/test-host.ts";
import { repoPath } from "../../model/paths.ts";
import type { Tool } from "../tool.ts";

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

test("what a flag of jest takes is no pattern, and the patterns that a script gives leave out other tests", async () => {
  const files = { ...installed("jest"), "unit/a.test.js": "", "e2e/b.test.js": "", "src/text.test.js": "" };
  const given = async (script: string): Promise<readonly string[]> =>
    (
      await plan(
        jest,
        { ...files, "package.json": manifest(script) },
        "unit/a.test.js",
        "e2e/b.test.js",
        "src/text.test.js",
      )
    ).map((line) => line.replace(/ --reporters=.*$/u, "").replace("./node_modules/jest/bin.js", ""));
  expect(await given("jest --coverage --coverageReporters text lcov --silent")).toEqual(["jest, 3 files: "]);
  expect(await given("jest --coverageThreshold '{}' --collectCoverageFrom src/a.js")).toEqual(["jest, 3 files: "]);
  expect(await given("jest --setupFiles a.js b.js -t x")).toEqual(["jest, 3 files:  --setupFiles a.js b.js -t x"]);
  expect(await given("jest unit")).toEqual(["jest, unit/a.test.js: "]);
  expect(await given("jest --testPathPattern=e2e")).toEqual(["jest, e2e/b.test.js: "]);
  expect(await given("jest --testPathPatterns unit e2e --ci")).toEqual(["jest, 2 files: "]);
});

test("tests that a script's flags leave out are none of its run", async () => {
  const files = { "a.test.js": "", "e2e/b.test.js": "", "it/c.test.js": "", "x/d.test.js": "" };
  const labels = async (tool: Tool, script: string, more: Record<string, string> = {}): Promise<readonly string[]> => {
    const all = { ...installed(tool.name), ...files, "package.json": manifest(script), ...more };
    return (await plan(tool, all, ...Object.keys(files))).map((line) => line.slice(0, line.indexOf(":")));
  };
  const config = { "jest.config.js": 'module.exports = { testPathIgnorePatterns: ["/x/"] };\n' };
  expect(await labels(jest, "jest", config)).toEqual(["jest, 3 files"]);
  expect(await labels(jest, "jest --testPathIgnorePatterns /e2e/ /it/ --ci", config)).toEqual(["jest, 2 files"]);
  expect(await labels(jest, "jest --testPathIgnorePatterns=/e2e/ /it/ x/d", config)).toEqual(["jest, a.test.js"]);
  expect(await labels(vitest, "vitest run --exclude 'e2e/**' --exclude='it/**' --retry 2")).toEqual([
    "vitest, 2 files",
  ]);
  expect(await labels(vitest, "vitest run --excluded 'e2e/**'")).toEqual(["npm run test"]);
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
  expect(line).toBe("mocha in a: ./node_modules/mocha/bin.js -r tsx --reporter mocha.cjs --no-bail --no-watch");
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

test("colours that a script asks for are kept: tests may look at them", async () => {
  const args = async (tool: Tool, script: string): Promise<string> =>
    (
      await plan(tool, {
        ...installed("jest"),
        ...installed("mocha"),
        "package.json": manifest(script),
        "a.test.js": "",
      })
    ).join();
  expect(await args(jest, "jest --color=true")).toContain(" --color=true ");
  expect(await args(mocha, "mocha --colors")).toContain(" --colors ");
  expect(await args(mocha, "mocha")).not.toContain("color");
});

test("a run that a script builds for is no run of its own", async () => {
  const test = "mocha && npm run test:build";
  const files = (built: string): Record<string, string> => ({
    ...installed("mocha"),
    "package.json": JSON.stringify({ name: "x", scripts: { build: "tsup", test, "test:build": built } }),
    "a.js": "",
  });
  const labels = async (built: string): Promise<number> => (await plan(mocha, files(built))).length;
  expect(await labels("npm run build && mocha --config dist.json")).toBe(1);
  expect(await labels("mocha --config dist.json")).toBe(2);
});

test("a pattern without quotes is what the shell hands on, for runners that know none of their own as well", async () => {
  const files = { "unit/a.test.js": "", "unit/b.test.js": "", "unit/deep/c.test.js": "", "e2e/d.test.js": "" };
  const labels = async (tool: Tool, script: string): Promise<readonly string[]> => {
    const name = tool.name;
    const all = { ...installed(name), ...files, "package.json": manifest(script) };
    return (await plan(tool, all, ...Object.keys(files))).map((line) => line.slice(0, line.indexOf(":")));
  };
  for (const tool of [jest, vitest]) {
    const start = tool === jest ? "jest" : "vitest run";
    expect(await labels(tool, `${start} unit/*.test.js`)).toEqual([`${tool.name}, 2 files`]);
    expect(await labels(tool, `${start} unit/*`)).toEqual([`${tool.name}, 3 files`]);
    expect(await labels(tool, `${start} {e2e,unit/deep}`)).toEqual([`${tool.name}, 2 files`]);
  }
  // In quotes it is a regular expression, which no path fits.
  expect(await labels(jest, "jest 'unit/*.test.js'")).toEqual(["npm run test"]);
  const workspace = installedInName(
    { ...files, "package.json": manifest("mocha unit/* 'e2e/*'") },
    { mocha: "12.0.0" },
  );
  const { commands } = await answered(mocha, workspace);
  expect(commands[0]?.args.slice(-3)).toEqual(["unit/*", "unit/deep", "e2e/*"]);
});

test.each([
  [mocha, ".mocharc.yml", "{}\n"],
  [ava, "ava.config.mjs", "export default {};\n"],
])(
  "a configuration speaks for $name where no script does, and is part of the run above it",
  async (tool, name, text) => {
    const labels = async (files: Record<string, string>): Promise<readonly string[]> =>
      (await plan(tool, { ...installed(tool.name), ...files })).map((line) => line.slice(0, line.indexOf(":")));
    expect(await labels({ "package.json": manifest(null), [name]: text })).toEqual([tool.name]);
    const below = { "a/package.json": manifest(null, { name: "a" }), [`a/${name}`]: text };
    expect(await labels({ ...below, "package.json": manifest(null) })).toEqual([`${tool.name} in a`]);
    expect(await labels({ ...below, "package.json": manifest(tool.name) })).toEqual([tool.name]);
  },
);

test("AVA's debugger is no run of tests", async () => {
  const files = { ...installed("ava"), "a.js": "" };
  expect(await plan(ava, { ...files, "package.json": manifest("ava debug a.js") })).toEqual([]);
  expect(await plan(ava, { ...files, "package.json": manifest("ava a.js debug") })).toHaveLength(1);
});

test("mocha and AVA can be started anywhere, as a whole, and stop where the first failure tells enough", () => {
  const files = { ...installed("mocha"), ...installed("ava"), "a.js": "" };
  using mochas = testRepository({ ...files, "package.json": manifest("A=1 mocha --bail --timeout 5 test/*.js") });
  const all = null;
  const [started, ...others] = mochaCommands(mochas.workspace);
  expect([started?.tool, started?.accepts(repoPath("a.js")), others]).toEqual(["mocha", true, []]);
  const calls = [false, true].map((stops) => started?.call(all, stops));
  expect(calls.map((call) => call?.args.filter((arg) => arg.includes("bail")))).toEqual([
    ["--no-bail"],
    ["--no-bail", "--bail"],
  ]);
  expect(calls[0]?.args).toEqual(expect.arrayContaining(["--timeout", "5", "test/*.js"]));
  expect(calls[0]?.env).toMatchObject({ A: "1" });
  using avas = testRepository({ ...files, "package.json": manifest("ava") });
  const [command] = avaCommands(avas.workspace);
  const call = command?.call(all, true);
  expect([call?.args.includes("--fail-fast"), call?.env["CI"]]).toEqual([true, "true"]);
  const stdout = readFileSync(new URL("./fixtures/ava-7.tap", import.meta.url), "utf8");
  expect(command?.read({ ...endedWell, stdout }, "")?.failures.map(({ name }) => name)).toContain("test › fails");
});

test("what follows a flag of mocha's stays behind it", () => {
  const script = "mocha --globals app --watch-ignore dist --node-option no-warnings test/*.js";
  using repository = testRepository({ ...installed("mocha"), "package.json": manifest(script), "a.js": "" });
  const [, ...args] = mochaCommands(repository.workspace)[0]?.call(["a.js"], false)?.args ?? [];
  const [kept, reporter] = [args.slice(0, 4), args[4]];
  expect([kept, reporter]).toEqual([["--globals", "app", "--node-option", "no-warnings"], "--reporter"]);
});

test("where a runner is not installed it can not be started", () => {
  using bare = testRepository({ "package.json": manifest("mocha", { devDependencies: { mocha: "12" } }) });
  expect(mochaCommands(bare.workspace)).toEqual([]);
});

test.each([
  ["jest", jestPlaces],
  ["vitest", vitestPlaces],
])("whoever starts %s itself is told what its script hands to Node, and its variables", async (name, places) => {
  const program = `node_modules/${name}/bin.js`;
  using repository = testRepository({
    ...installed(name),
    "package.json": manifest(`A=1 node --conditions=source ${program} --config own.config.js`),
    "own.config.js": "module.exports = {};\n",
    "a.test.js": "",
  });
  const [place] = await places(repository.workspace);
  expect(place?.start).toMatchObject({
    runner: name,
    dir: "",
    version: "30.0.0",
    nodeArgs: ["--conditions=source"],
    args: ["--config", "own.config.js"],
    env: { A: "1" },
  });
});
