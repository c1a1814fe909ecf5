import { expect, test } from "vitest";
import { nodePlaces, nodePlacesBeside, nodeTest } from "./node-test.ts";
import { affected, everything, plans, runAll, show, testHost, testRepository } from "../testing/test-host.ts";

const manifest = (script: string): string => JSON.stringify({ name: "x", type: "module", scripts: { test: script } });
const passing = 'import { test } from "node:test";\ntest("adds", () => {});\n';
const failing = `import assert from "node:assert/strict";
import { describe, it } from "node:test";
describe("sum", () => {
  it("adds", () => {
    const sum = 1 + 1;
    assert.equal(sum, 3);
  });
});
`;

async function run(files: Record<string, string>, ...paths: readonly string[]): Promise<readonly string[]> {
  using repository = testRepository(files);
  using host = testHost();
  const detections = await nodeTest.detect(repository.workspace);
  const outcomes = await runAll(detections, paths.length === 0 ? everything : affected(...paths), host);
  return outcomes.flatMap(show);
}

/** The files that a script's runs would be given. */
async function filesOf(script: string, ...names: readonly string[]): Promise<readonly string[]> {
  using repository = testRepository({
    "package.json": manifest(script),
    ...Object.fromEntries(names.map((name) => [name, ""])),
  });
  const tasks = plans(await nodeTest.detect(repository.workspace), everything);
  return tasks.flatMap((task) => JSON.parse(task.replay?.facts.at(-1) ?? "[]") as string[]);
}

test("a green suite passes, a failed test is a finding at its assertion's line", async () => {
  const files = { "package.json": manifest("node --test"), "a.test.js": passing, "test/b.js": failing };
  expect(await run(files)).toEqual(["failed test/b.js:6 sum > adds: Expected values to be strictly equal: 2 !== 3"]);
  expect(await run(files, "a.test.js")).toEqual(["passed"]);
});

test("a file that crashes tells why", async () => {
  const files = {
    "package.json": manifest("node --test"),
    "a.test.js": 'import "./missing.js";\n',
    "b.test.js": passing,
  };
  const [line, ...others] = await run(files);
  expect(line).toMatch(/^failed a\.test\.js:- Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module .*missing\.js/);
  expect(others).toEqual([]);
});

const exits = {
  "in a test": 'import test from "node:test";\ntest("a", () => process.exit(0));\ntest("b", () => { throw 1; });\n',
  "while it loads": 'import test from "node:test";\ntest("b", () => { throw 1; });\nprocess.exit(0);\n',
  "when tests have been told of": `import test from "node:test";
test("a", () => new Promise((resolve) => setTimeout(resolve, 100)));
test("b", () => process.exit(0));
test("c", () => { throw 1; });
`,
  "after a failure":
    'import test, { after } from "node:test";\nafter(() => process.exit(0));\ntest("b", () => { throw 1; });\n',
};

test.each(Object.entries(exits))("a file that ends its process well %s has not passed", async (_when, text) => {
  const files = { "package.json": manifest("node --test"), "a.test.js": text, "b.test.js": passing };
  expect(await run(files)).toEqual([expect.stringMatching(/^failed a\.test\.js:- .*process\.exit\(0\)/)]);
});

test("files that end their process when all is over, have no tests, or a failing todo pass", async () => {
  const files = {
    "package.json": manifest("node --test"),
    "a.test.js":
      'import test, { after } from "node:test";\nafter(() => process.exit(0));\ntest("a", () => new Promise((resolve) => setTimeout(resolve, 100)));\n',
    "b.test.js": 'import assert from "node:assert";\nassert.ok(true);\nprocess.exit(0);\n',
    "c.test.js":
      'import { test } from "node:test";\ntest("c", { todo: true }, () => { throw 1; });\ntest("d", () => {});\n',
  };
  expect(await run(files)).toEqual(["passed"]);
});

test("a test that fails after it has ended, and a hook that fails, are findings", async () => {
  const late =
    'import { it } from "node:test";\nit("late", () => void setTimeout(() => { throw new Error("x"); }, 10));\n';
  const hook =
    'import { before, describe, it } from "node:test";\ndescribe("s", () => {\n  before(() => { throw new Error("no"); });\n  it("a", () => {});\n});\n';
  const lines = await run({ "package.json": manifest("node --test"), "a.test.js": late, "b.test.js": hook });
  expect(lines[0]).toContain('failed a.test.js:- Error: Test "late"');
  expect(lines).toContain("failed b.test.js:3 s: no");
});

test("a suite without any executed test is an error", async () => {
  const skipped = 'import { it } from "node:test";\nit.skip("a", () => {});\nit.todo("b");\n';
  expect(await run({ "package.json": manifest("node --test"), "a.test.js": skipped, "b.test.js": "" })).toEqual([
    "errored no-tests-ran: node:test, 2 files: every test is skipped or still to be written",
  ]);
});

test("a run that is ended tells which files were finished", async () => {
  const slow = 'import { test } from "node:test";\ntest("s", () => new Promise((f) => setTimeout(f, 6e4)));\n';
  using repository = testRepository({
    "package.json": manifest("node --test --test-concurrency=1"),
    "a.test.js": passing,
    "b.test.js": `${passing}await new Promise((f) => setTimeout(f, 300));\n`,
    "c.test.js": slow,
  });
  using host = testHost('"kind":"file"');
  const [outcome] = await runAll(await nodeTest.detect(repository.workspace), everything, host);
  expect(outcome).toMatchObject({ status: "deferred", finished: 1 });
});

test("node's own patterns choose the files when the script names none", async () => {
  const names = ["a.js", "a.test.js", "b-test.mjs", "c_test.cjs", "test-d.js", "test.js", "lib/test/e.js", "f.spec.js"];
  expect(await filesOf("node --test", ...names)).toEqual(
    names.filter((name) => !["a.js", "f.spec.js"].includes(name)).toSorted(),
  );
});

test("globs, files and folders of the script choose the files otherwise", async () => {
  const names = ["test/a.js", "test/b/c.mjs", "test/data.json", "src/x.test.ts", "src/y.test.ts", "z.js"];
  expect(await filesOf("node --test 'src/**/*.test.ts' z.js", ...names)).toEqual([
    "src/x.test.ts",
    "src/y.test.ts",
    "z.js",
  ]);
  expect(await filesOf("node --test ./test/", ...names)).toEqual(["test/a.js", "test/b/c.mjs"]);
  expect(await filesOf("node --import tsx --test src/x.test.ts", ...names)).toEqual(["src/x.test.ts"]);
});

test.each([
  "--experimental-test-coverage --test-coverage-lines 80 --test-coverage-exclude 'lib/**'",
  "--test-isolation none --disable-warning ExperimentalWarning",
])("what follows a flag in %s is its value, not a file", async (flags) => {
  const names = ["a.test.js", "lib/b.test.js", "c.js"];
  expect(await filesOf(`node ${flags} --test`, ...names)).toEqual(["a.test.js", "lib/b.test.js"]);
  expect(await filesOf(`node --test ${flags} c.js`, ...names)).toEqual(["c.js"]);
});

test("brackets in a file's name select that file", async () => {
  const files = { "package.json": manifest("node --test"), "[a].test.js": failing, "a.test.js": passing };
  expect(await run(files, "[a].test.js")).toHaveLength(1);
  expect((await run(files, "[a].test.js"))[0]).toContain("failed [a].test.js:6");
});

test("flags and variables of the script are kept, reporters and coverage are not", async () => {
  using repository = testRepository({
    "package.json": manifest(
      "NODE_ENV=test node --import ./setup.mjs --experimental-test-coverage --test-reporter spec --watch --test '*.test.js'",
    ),
    "setup.mjs": "globalThis.ready = process.env.NODE_ENV;\n",
    "a.test.js":
      'import assert from "node:assert";\nimport { test } from "node:test";\ntest("ready", () => assert.equal(globalThis.ready, "test"));\n',
  });
  using host = testHost();
  expect(await runAll(await nodeTest.detect(repository.workspace), everything, host)).toEqual([{ status: "passed" }]);
  expect(host.commands[0]?.args.slice(0, 3)).toEqual(["--import", "./setup.mjs", "--test"]);
});

test("tsx that is not installed names the command that installs it", async () => {
  using repository = testRepository({ "package.json": manifest("tsx --test") });
  const [detection] = await nodeTest.detect(repository.workspace);
  expect([detection?.version, detection?.install]).toEqual([null, "npm install --save-dev tsx"]);
});

test("whoever starts the files itself is told what tsx hands to Node", async () => {
  using repository = testRepository({
    "package.json": manifest(
      "A=1 tsx --tsconfig t.json --no-cache --test --conditions=source --test-reporter dot a.test.ts",
    ),
    "node_modules/tsx/package.json": JSON.stringify({ name: "tsx", version: "4.0.0", bin: "./dist/cli.mjs" }),
    "a.test.ts": passing,
    "b.test.ts": passing,
  });
  const [place, ...others] = await nodePlaces(repository.workspace);
  expect([others, place?.tests.candidates]).toEqual([[], ["a.test.ts"]]);
  expect(place?.start).toMatchObject({
    runner: "node:test",
    args: [
      "--require",
      expect.stringMatching(/tsx\/dist\/preflight\.cjs$/),
      "--import",
      expect.stringMatching(/^file:.*tsx\/dist\/loader\.mjs$/),
      "--conditions=source",
    ],
    env: { A: "1", TSX_TSCONFIG_PATH: "t.json", TSX_DISABLE_CACHE: "1" },
  });
});

test("where only Yarn's loader finds packages, the script is left as it is, and so is one beside it", async () => {
  const scripts = { test: "node --test a.test.js", "test:e2e": "node --test e2e.test.js" };
  const startedIn = async (more: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    using repository = testRepository({
      "package.json": JSON.stringify({ name: "x", type: "module", scripts }),
      "a.test.js": passing,
      "e2e.test.js": passing,
      "yarn.lock": "",
      ...more,
    });
    const workspace = { ...repository.workspace, manager: "yarn" as const };
    const places = [await nodePlaces(workspace), await nodePlacesBeside(workspace)];
    return places.map((found) => found.map(({ tests }) => tests.candidates));
  };
  expect(await startedIn({})).toEqual([[["a.test.js"]], [["e2e.test.js"]]]);
  expect(await startedIn({ ".pnp.cjs": "" })).toEqual([[], []]);
});
