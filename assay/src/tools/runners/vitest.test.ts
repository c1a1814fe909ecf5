import { expect, test } from "vitest";
import {
  affected,
  everything,
  listFiles,
  plans,
  runAll,
  show,
  testHost,
  testRepository,
} from "../testing/test-host.ts";
import { vitest, vitestPlaces } from "./vitest.ts";

const manifest = (extra: object = {}): string =>
  JSON.stringify({
    name: "x",
    type: "module",
    devDependencies: { vitest: "4" },
    scripts: { test: "vitest" },
    ...extra,
  });
const passing = 'import { expect, test } from "vitest";\ntest("adds", () => expect(1 + 1).toBe(2));\n';
const failing = `import { describe, expect, test } from "vitest";
describe("sum", () => {
  test("adds", () => {
    const sum = 1 + 1;
    expect(sum).toBe(3);
  });
});
`;
const skipped = 'import { test } from "vitest";\ntest.skip("later", () => {});\ntest.todo("some day");\n';

/** What a run over the whole repository, or the given files, comes to. */
async function run(files: Record<string, string>, ...paths: readonly string[]): Promise<readonly string[]> {
  using repository = testRepository(files, true);
  using host = testHost();
  const detections = await vitest.detect(repository.workspace);
  const before = listFiles(repository.root);
  const outcomes = await runAll(detections, paths.length === 0 ? everything : affected(...paths), host);
  expect(listFiles(repository.root)).toEqual(before);
  return outcomes.flatMap(show);
}

/** Folder and evidence of every detection. */
async function detect(files: Record<string, string>): Promise<readonly string[]> {
  using repository = testRepository(files, true);
  return (await vitest.detect(repository.workspace)).map(({ dir, evidence }) => `${dir}: ${evidence}`);
}

/** The labels of the planned tasks. */
async function plan(files: Record<string, string>, ...paths: readonly string[]): Promise<readonly string[]> {
  using repository = testRepository(files, true);
  const detections = await vitest.detect(repository.workspace);
  return plans(detections, paths.length === 0 ? everything : affected(...paths)).map((task) => task.label);
}

test("a green suite passes", async () => {
  expect(await run({ "package.json": manifest(), "a.test.ts": passing })).toEqual(["passed"]);
});

test("a failed test is a finding at the failing assertion's line", async () => {
  expect(await run({ "package.json": manifest(), "src/a.test.ts": failing, "b.test.ts": passing })).toEqual([
    "failed src/a.test.ts:5 sum > adds: expected 2 to be 3 // Object.is equality",
  ]);
});

test("a file that cannot be loaded and an error outside of tests are findings", async () => {
  const late = `import { test } from "vitest";
test("late", () => {
  setTimeout(() => { throw new Error("too late"); }, 0);
  return new Promise((done) => setTimeout(done, 50));
});
`;
  const [missing, thrown] = await run({
    "package.json": manifest(),
    "a.test.ts": 'import "./missing.ts";\n',
    "b.test.ts": late,
  });
  expect(missing).toContain("failed a.test.ts:");
  expect(missing).toContain("Cannot find module './missing.ts'");
  expect(thrown).toBe("failed b.test.ts:3 too late");
});

test("a suite that executes no test is an error", async () => {
  expect(await run({ "package.json": manifest(), "a.test.ts": skipped })).toEqual([
    "errored no-tests-ran: vitest: every test is skipped or still to be written",
  ]);
  expect(await run({ "package.json": manifest(), "a.test.ts": skipped, "b.test.ts": passing })).toEqual(["passed"]);
});

test("passWithNoTests cannot hide that nothing ran", async () => {
  const config = 'export default { plugins: [], test: { passWithNoTests: true, exclude: ["**/*.test.ts"] } };\n';
  const dynamic =
    'const exclude = ["**/*.test.ts", "**/node_modules/**"].map(String);\nexport default { test: { passWithNoTests: true, exclude } };\n';
  const files = {
    "package.json": manifest({ scripts: { test: "vitest run --passWithNoTests" } }),
    "a.test.ts": passing,
  };
  expect(await plan({ ...files, "vitest.config.ts": config })).toEqual([]);
  expect(await run({ ...files, "vitest.config.ts": dynamic })).toEqual([
    "errored no-tests-ran: vitest: the runner found no test file",
  ]);
});

test("a snapshot that does not exist fails and is not written", async () => {
  const snapshot = 'import { expect, test } from "vitest";\ntest("s", () => expect({ a: 1 }).toMatchSnapshot());\n';
  const [line] = await run({ "package.json": manifest(), "a.test.ts": snapshot });
  expect(line).toContain("failed a.test.ts:2 s: Snapshot `s 1` mismatched");
});

test("coverage thresholds and bail of the configuration do not touch the run", async () => {
  const config = "export default { test: { bail: 1, coverage: { enabled: true, thresholds: { lines: 100 } } } };\n";
  const outcome = await run({
    "package.json": manifest(),
    "vitest.config.ts": config,
    "a.test.ts": failing,
    "b.test.ts": failing,
  });
  expect(outcome).toHaveLength(2);
});

test("a configuration that cannot be loaded is an error, told in one line", async () => {
  const outcome = await run({
    "package.json": manifest(),
    "vitest.config.ts": 'import "nowhere";\nexport default {};\n',
    "a.test.ts": passing,
  });
  expect(outcome).toHaveLength(1);
  expect(outcome[0]).toMatch(/^errored tool-failed: vitest ended with exit code 1: .*nowhere/);
});

test("only the affected test files are run", async () => {
  const files = { "package.json": manifest(), "src/a.test.ts": failing, "src/b.test.ts": passing, "src/b.ts": "" };
  expect(await run(files, "src/b.ts", "src/b.test.ts")).toEqual(["passed"]);
  expect(await plan(files, "src/b.ts")).toEqual([]);
  expect(await plan(files, "src/b.ts", "src/b.test.ts")).toEqual(["vitest, src/b.test.ts"]);
});

test("brackets and spaces in a file's name select that file", async () => {
  const files = { "package.json": manifest(), "src/[id] page.test.ts": failing, "src/i.test.ts": passing };
  expect(await run(files, "src/[id] page.test.ts")).toHaveLength(1);
});

test("a large set is cut, nearest files first", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `t${String(index).padStart(2, "0")}.test.ts`);
  const files = { "package.json": manifest(), ...Object.fromEntries(names.map((name) => [name, passing])) };
  using repository = testRepository(files, true);
  const detections = await vitest.detect(repository.workspace);
  const tasks = plans(detections, affected(...names.toReversed()));
  expect(tasks.map((task) => [task.label, task.cost])).toEqual([
    ["vitest, 12 files", "medium"],
    ["vitest, 18 files", "expensive"],
  ]);
  expect(tasks[0]?.replay?.facts.at(-1)).toContain('["t29.test.ts","t28.test.ts"');
  expect(await plan(files)).toEqual(["vitest"]);
});

test("a run that is ended tells which files were finished", async () => {
  const slow = 'import { test } from "vitest";\ntest("s", () => new Promise((f) => setTimeout(f, 6e4)), 9e4);\n';
  // Vitest starts with the largest file.
  const files = { "package.json": manifest(), "a.test.ts": `${passing}//${" ".repeat(500)}\n`, "b.test.ts": slow };
  using repository = testRepository(files, true);
  using host = testHost('"kind":"file"');
  const [outcome] = await runAll(await vitest.detect(repository.workspace), everything, host);
  expect(outcome).toEqual({ status: "deferred", remaining: "vitest: 1 of 2 files", finished: 1 });
});

test("a failure that was seen before the run was ended stays a failure", async () => {
  const slow = 'import { test } from "vitest";\ntest("s", () => new Promise((f) => setTimeout(f, 6e4)), 9e4);\n';
  const files = { "package.json": manifest(), "a.test.ts": `${failing}//${" ".repeat(500)}\n`, "b.test.ts": slow };
  using repository = testRepository(files, true);
  using host = testHost('"kind":"file"');
  const [outcome] = await runAll(await vitest.detect(repository.workspace), everything, host);
  expect(outcome?.status).toBe("failed");
});

test("what the script passes is kept, what would change the verdict is not", async () => {
  using repository = testRepository(
    {
      "package.json": manifest({
        scripts: {
          test: "cross-env TZ=UTC vitest --config ./v.config.ts --coverage --bail 1 --watch -u --pool forks src",
        },
      }),
      "v.config.ts": "export default {};\n",
      "src/a.test.ts":
        'import { expect, test } from "vitest";\ntest("tz", () => expect(process.env["TZ"]).toBe("UTC"));\n',
      "b.test.ts": failing,
    },
    true,
  );
  using host = testHost();
  const outcomes = await runAll(await vitest.detect(repository.workspace), everything, host);
  expect(outcomes).toEqual([{ status: "passed" }]);
  const args = host.commands[0]?.args ?? [];
  expect(args.slice(1, 6)).toEqual(["run", "--config", "./v.config.ts", "--pool", "forks"]);
  expect(args.at(-1)).toBe("src");
});

test("the value of a flag about coverage is no part of a path", async () => {
  const files = { "src/text.test.ts": "", "src/a.test.ts": "", "vitest.config.ts": "export default {};\n" };
  const labels = (flags: string): Promise<readonly string[]> =>
    plan({ ...files, "package.json": manifest({ scripts: { test: `vitest run ${flags}` } }) });
  expect(await labels("--coverage --coverage.reporter text --coverage.thresholds.lines 90")).toEqual(["vitest"]);
  expect(await labels("--coverage.reporter=json text")).toEqual(["vitest"]);
  using repository = testRepository({
    ...files,
    ...Object.fromEntries([["node_modules/vitest/package.json", '{"name":"vitest","version":"4.0.0","bin":"v.js"}']]),
    "package.json": manifest({ scripts: { test: "vitest --coverage.all text --coverage.provider v8 --coverage a" } }),
  });
  const [place] = await vitestPlaces(repository.workspace);
  expect(place?.tests.candidates).toEqual(["src/a.test.ts", "src/text.test.ts"]);
  expect(place?.start.args).toEqual([]);
});

test("packages that run vitest themselves are run in their folders, the root keeps the rest", async () => {
  const files = {
    "package.json": manifest({ scripts: { test: "vitest run" } }),
    "vitest.config.ts": 'export default { test: { projects: ["packages/*"] } };\n',
    "packages/a/package.json": manifest({ name: "a", scripts: { test: "vitest" } }),
    "packages/a/vite.config.ts": "export default {};\n",
    "packages/a/a.test.ts": passing,
    "packages/b/package.json": manifest({ name: "b", scripts: {} }),
    "packages/b/vitest.config.ts": "export default {};\n",
    "packages/b/b.test.ts": passing,
    "packages/c/package.json": manifest({ name: "c", scripts: {}, devDependencies: {} }),
    "packages/c/c.test.ts": passing,
    "fixtures/not-a-project.test.ts": failing,
  };
  expect(await detect(files)).toEqual([
    ': "test": "vitest run"',
    'packages/a: "test": "vitest"',
    "packages/b: packages/b/vitest.config.ts",
  ]);
  expect(await plan(files)).toEqual(["vitest, packages/c/c.test.ts", "vitest in packages/a", "vitest in packages/b"]);
  expect(await run(files)).toEqual(["passed", "passed", "passed"]);
});

test("a package without the configuration that the projects are listed by is no project", async () => {
  const files = {
    "package.json": manifest({ scripts: { test: "vitest run" } }),
    "vitest.config.ts": 'export default { test: { projects: ["packages/*/vitest.config.ts"] } };\n',
    "packages/a/package.json": manifest({ name: "a" }),
    "packages/a/vitest.config.ts": "export default {};\n",
    "packages/a/a.test.ts": passing,
    "packages/b/package.json": manifest({ name: "b", scripts: { test: "bun test" } }),
    "packages/b/b.test.ts": 'import "bun:test";\n',
  };
  expect(await plan(files)).toEqual(["vitest in packages/a"]);
});

test("projects that are written out in the list say which files are tests, together", async () => {
  const files = {
    "package.json": manifest(),
    "src/a.test.ts": passing,
    "src/b.test.ts": passing,
    "other/c.test.ts": failing,
    "other/d.spec.ts": passing,
  };
  const config = (...projects: readonly string[]): string =>
    `export default { test: { projects: [${projects.join(", ")}] } };\n`;
  const apart = 'const shared = ["src/a.test.ts"];\n';
  const two = `${apart}${config(
    '{ test: { name: "apart", include: ["src/*.test.ts"], exclude: ["other/d.spec.ts", ...shared] } }',
    '{ test: { name: "shared", isolate: false, include: shared } }',
  )}`;
  const labels = (text: string): Promise<readonly string[]> =>
    plan({ ...files, "vitest.config.ts": text }, "other/c.test.ts", "src/a.test.ts", "src/b.test.ts");
  expect(await labels(two)).toEqual(["vitest, 2 files"]);
  expect(await run({ ...files, "vitest.config.ts": two })).toEqual(["passed"]);
  const left = '{ test: { include: ["src/*.test.ts"], exclude: ["src/b.test.ts"] } }';
  expect(await labels(config(left))).toEqual(["vitest, src/a.test.ts"]);
  // What one leaves out another one may take.
  expect(await labels(config(left, '{ test: { include: ["src/b.test.ts"] } }'))).toEqual(["vitest, 2 files"]);
  for (const unknown of [
    '{ extends: true, test: { include: ["src/*.test.ts"] } }',
    '{ root: "other", test: { include: ["src/*.test.ts"] } }',
    '{ test: { include: ["src/*.test.ts"], includeSource: ["src/*.ts"] } }',
    "{ test: { include: more } }",
    "{ ...more }",
    '"packages/*"',
  ])
    expect([unknown, await labels(config(left, unknown))]).toEqual([unknown, ["vitest, 3 files"]]);
});

test("projects are run from the root where its script or its configuration has more to say", async () => {
  const files = {
    "packages/b/package.json": manifest({ name: "b", scripts: {} }),
    "packages/b/vitest.config.ts": "export default {};\n",
    "packages/b/b.test.ts": passing,
  };
  const root = async (script: string, test: string): Promise<readonly string[]> =>
    detect({
      ...files,
      "package.json": manifest({ scripts: { test: script } }),
      "vitest.config.ts": `export default { test: ${test} };\n`,
    });
  const alone = [': "test": "TZ=UTC vitest"', "packages/b: packages/b/vitest.config.ts"];
  expect(await root("TZ=UTC vitest", '{ projects: ["packages/*"] }')).toEqual(alone);
  expect(await root("vitest --mode x", '{ projects: ["packages/*"] }')).toHaveLength(1);
  expect(await root("vitest", '{ projects: ["packages/*"], globalSetup: "./setup.ts" }')).toHaveLength(1);
  expect(await root("vitest", "{}")).toHaveLength(1);
});

test("a package that takes its projects from the root is run from there", async () => {
  const files = {
    "package.json": manifest({ scripts: {} }),
    "vitest.config.ts": 'export default { test: { projects: ["packages/*"] } };\n',
    "packages/a/package.json": manifest({ name: "a", scripts: { test: "vitest" } }),
    "packages/a/a.test.ts": passing,
  };
  expect(await detect(files)).toEqual([": vitest.config.ts"]);
  expect(await run(files)).toEqual(["passed"]);
});

test("a shared configuration above packages that run vitest themselves is not run", async () => {
  const files = {
    "package.json": manifest({ scripts: { test: "turbo run test" } }),
    "vitest.config.ts": "export default {};\n",
    "packages/a/package.json": manifest({ name: "a" }),
    "packages/a/a.test.ts": passing,
  };
  expect(await detect(files)).toEqual(['packages/a: "test": "vitest"']);
});

test("a vite configuration counts where the package declares vitest", async () => {
  const app = { "vite.config.ts": "export default {};\n", "a.test.ts": passing };
  expect(await detect({ ...app, "package.json": manifest({ scripts: {} }) })).toEqual([": vite.config.ts"]);
  expect(await detect({ ...app, "package.json": manifest({ scripts: {}, devDependencies: {} }) })).toEqual([]);
});

test("vitest that is declared and not installed names the command that installs it", async () => {
  using repository = testRepository({ "package.json": manifest() });
  const [detection] = await vitest.detect(repository.workspace);
  expect([detection?.version, detection?.install]).toEqual([null, "npm install"]);
});

test("a configuration that can't be read leaves the choice of files to vitest", async () => {
  const files = {
    "package.json": manifest(),
    "vitest.config.ts": 'import base from "./base.ts";\nexport default { test: { ...base } };\n',
    "base.ts": 'export default { include: ["checks/*.ts"] };\n',
    "checks/one.ts": passing,
    "checks/two.ts": failing,
    "src/code.ts": "export {};\n",
  };
  expect(await run(files, "src/code.ts", "checks/one.ts")).toEqual(["passed"]);
  expect(await run(files, "src/code.ts")).toEqual(["passed"]);
  expect(await run({ ...files, "src/code.test.ts": passing }, "src/code.test.ts")).toEqual([
    "errored no-tests-ran: vitest, src/code.test.ts: the runner found no test file",
  ]);
});
