import { expect, test } from "vitest";
import { testCommands } from "../index.ts";
import { affected, everything, plans, runAll, show, testHost, testRepository } from "../testing/test-host.ts";
import type { Selection, Tool } from "../tool.ts";
import { jestPlaces, jest } from "./jest.ts";
import { nodePlaces, nodeTest } from "./node-test.ts";
import { vitest } from "./vitest.ts";

const manifest = (scripts: Readonly<Record<string, string>>): string => JSON.stringify({ name: "x", scripts });
const installed = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: "4.0.0", bin: { [name]: "bin.js" } }),
});

/** The label of each piece of work, with what the loop says instead of it. */
async function work(
  tool: Tool,
  scripts: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  selection: Selection = everything,
): Promise<readonly string[]> {
  using repository = testRepository({ "package.json": manifest(scripts), ...files });
  const detections = await tool.detect(repository.workspace);
  return detections.flatMap((detection) =>
    detection.plan(selection).map(({ label }) => [label, detection.gateOnly ?? []].flat().join(": ")),
  );
}

const whole = "npm run test: runs tests that a build makes";

test("a run of tests that only a build makes is the script as it is", async () => {
  const files = { "src/a.test.ts": "", "test/b.test.mjs": "" };
  const node = async (line: string): Promise<readonly string[]> => work(nodeTest, { test: line }, files);
  expect(await node("tsc && node --test dist/")).toEqual([whole]);
  expect(await node("node --test 'dist/**/*.test.js'")).toEqual([whole]);
  expect(await node("node build.mjs && node --test test/ dist/a.test.js")).toEqual([whole]);
  expect(await node("node --test test && node --test dist")).toEqual(["node:test, test/b.test.mjs", whole]);
  expect(await work(nodeTest, { test: "npm run unit", unit: "node --test dist" }, files)).toEqual([whole]);
  expect(await work(nodeTest, { test: "tsc -p . && node --test" }, { "src/a.ts": "" })).toEqual([whole]);
});

test("tests that are there are run as ever, and where nothing makes any there is nothing to run", async () => {
  const files = { "test/b.test.mjs": "", "src/a.ts": "" };
  expect(await work(nodeTest, { test: "tsc && node --test test/" }, files)).toEqual(["node:test, test/b.test.mjs"]);
  const none = { "src/a.ts": "" };
  for (const line of ["node --test", "tsc --noEmit && node --test", "eslint . && node --test", "node --test && tsc"])
    expect([line, await work(nodeTest, { test: line }, none)]).toEqual([line, []]);
});

test("a selection that can not be seen from the package calls for nothing", async () => {
  const files = { "src/a.ts": "", "docs/b.ts": "" };
  const only = (path: string): Promise<readonly string[]> =>
    work(nodeTest, { test: "node --test dist" }, files, affected(path));
  expect([await only("src/a.ts"), await only("gone.ts")]).toEqual([[whole], []]);
});

test("jest and vitest are asked the same", async () => {
  const files = { ...installed("jest"), ...installed("vitest"), "src/a.ts": "", "test/a.test.ts": "" };
  expect(await work(jest, { test: "tsc && jest dist" }, files)).toEqual([whole]);
  expect(await work(vitest, { test: "tsc && vitest run dist" }, files)).toEqual([whole]);
  expect(await work(jest, { test: "tsc && jest test" }, files)).toEqual(["jest"]);
  const empty = { ...installed("jest"), ...installed("vitest"), "src/a.ts": "" };
  expect(await work(jest, { test: "tsc -b && jest" }, empty)).toEqual([whole]);
  expect(await work(vitest, { test: "tsc -b && vitest run" }, empty)).toEqual([whole]);
  expect(await work(jest, { test: "jest" }, empty)).toEqual([]);
  expect(await work(vitest, { test: "vitest run" }, empty)).toEqual([]);
  expect(await work(vitest, {}, { ...empty, "vitest.config.ts": "export default {};" })).toEqual([]);
});

test("a folder of tests that no file of the repository is in is left to a build", async () => {
  const files = { ...installed("jest"), ...installed("vitest"), "src/a.ts": "", "src/a.test.ts": "" };
  expect(await work(jest, { test: "jest --roots dist" }, files)).toEqual([whole]);
  expect(await work(jest, { test: "jest --rootDir=./dist" }, files)).toEqual([whole]);
  expect(await work(vitest, { test: "vitest run --dir dist" }, files)).toEqual([whole]);
  expect(await work(vitest, { test: "vitest run -r dist" }, files)).toEqual([whole]);
  const configured = (config: string): Record<string, string> => ({ ...files, "jest.config.json": config });
  const run = { test: "jest" };
  expect(await work(jest, run, configured('{ "roots": ["<rootDir>/src", "<rootDir>/dist"] }'))).toEqual([whole]);
  expect(await work(jest, run, configured('{ "rootDir": "dist", "roots": ["<rootDir>"] }'))).toEqual([whole]);
  expect(await work(jest, run, configured('{ "rootDir": "src", "roots": ["<rootDir>"] }'))).toEqual(["jest"]);
  const vite = (config: string): Record<string, string> => ({ ...files, "vitest.config.ts": config });
  expect(await work(vitest, { test: "vitest" }, vite('export default { test: { dir: "./dist" } };'))).toEqual([whole]);
  expect(await work(vitest, { test: "vitest" }, vite('export default { root: "dist" };'))).toEqual([whole]);
  expect(await work(vitest, { test: "vitest" }, vite('export default { root: "src" };'))).toEqual(["vitest"]);
});

test("the script of such a run can be run anywhere, and is known once", async () => {
  const commands = async (scripts: Record<string, string>): Promise<readonly unknown[]> => {
    using repository = testRepository({ "package.json": manifest(scripts), "src/a.ts": "" });
    const found = await testCommands(repository.workspace);
    return found.map((command) => [
      command.label,
      command.prepare.map(({ line }) => line),
      command.call([], false).args,
    ]);
  };
  const run = (line: string): readonly unknown[] => ["npm run test", ["tsc"], ["-c", line]];
  expect(await commands({ test: "tsc && node --test dist" })).toEqual([run("node --test dist")]);
  const twice = "node --test dist/a.js && node --test dist/b.js";
  expect(await commands({ test: `tsc && ${twice}` })).toEqual([run(twice)]);
  expect(await commands({ test: "node --test" })).toEqual([]);
});

test("nobody drives such a run in another way, and what is not installed is missing", async () => {
  using repository = testRepository({ "package.json": manifest({ test: "tsc && node --test dist/" }), "a.ts": "" });
  expect(await nodePlaces(repository.workspace)).toEqual([]);
  const scripts = { test: "tsc && jest dist" };
  using other = testRepository({ "package.json": manifest(scripts), "a.ts": "" });
  expect([await jestPlaces(other.workspace), (await jest.detect(other.workspace))[0]?.version]).toEqual([[], null]);
  using third = testRepository({ "package.json": manifest({ test: "tsc && tsx --test dist" }), "a.ts": "" });
  expect((await nodeTest.detect(third.workspace))[0]).toMatchObject({ tool: "tsx", version: null });
});

test("a built test that fails is a failure", async () => {
  const build = `import { copyFileSync, mkdirSync } from "node:fs";
mkdirSync("dist", { recursive: true });
copyFileSync("src/a.mjs", "dist/a.test.mjs");
`;
  const failing =
    'import { test } from "node:test";\ntest("a", () => {\n  throw new RangeError("out of range");\n});\n';
  using repository = testRepository({
    "package.json": manifest({ test: "node build.mjs && node --test dist/a.test.mjs" }),
    "build.mjs": build,
    "src/a.mjs": failing,
  });
  using host = testHost();
  const detections = await nodeTest.detect(repository.workspace);
  expect(plans(detections, everything).map(({ cost, replay }) => [cost, replay])).toEqual([["expensive", null]]);
  expect(detections).toMatchObject([{ tool: "node:test", role: "tests", dir: "", version: "", install: null }]);
  const shown = (await runAll(detections, everything, host)).flatMap(show);
  expect(shown.filter((line) => !line.startsWith("failed "))).toEqual([]);
  expect(shown.join("\n")).toContain("RangeError");
});
