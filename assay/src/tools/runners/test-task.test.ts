import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath, rootDir } from "../../model/paths.ts";
import type { Command, Host, ProcessOutcome } from "../../model/process.ts";
import { temporaryWorkspace } from "../testing/temporary-workspace.ts";
import { endedWell, show, testHost } from "../testing/test-host.ts";
import type { TestBatch } from "./test-selection.ts";
import { testTask, type RunnerSetup } from "./test-task.ts";

const manifest = (name: string, ...needs: readonly string[]): string =>
  JSON.stringify({ name, dependencies: Object.fromEntries(needs.map((each) => [each, "*"])) });

function setupOf(given: Partial<RunnerSetup> = {}): RunnerSetup {
  const workspace = temporaryWorkspace({
    "a/package.json": manifest("a", "b"),
    "b/package.json": manifest("b"),
    "c/package.json": manifest("c", "b"),
  });
  return {
    workspace,
    tool: "runner:x",
    version: "1.2.3",
    dir: repoPath("a"),
    args: ["--flag", `${workspace.root}/node_modules/x.js`],
    env: { A: "1" },
    fileArgs: (files) => files ?? ["everything"],
    reportArgs: (report) => [`--report=${report}`],
    ...given,
  };
}

const batch = (count: number | null, first = false): TestBatch => ({
  files: count === null ? null : Array.from({ length: count }, (_, index) => repoPath(`a/${String(index)}.test.js`)),
  first,
  mayBeEmpty: false,
});

test("a run is named after its runner, its folder and what it is given", () => {
  const label = (given: Partial<RunnerSetup>, count: number | null): string =>
    testTask(setupOf(given), batch(count)).label;
  expect([label({}, null), label({}, 1), label({}, 2)]).toEqual([
    "runner:x in a",
    "runner:x in a, a/0.test.js",
    "runner:x in a, 2 files",
  ]);
  expect([label({ dir: rootDir }, null), label({ dirs: [repoPath("a"), repoPath("b")] }, 3)]).toEqual([
    "runner:x",
    "runner:x in 2 packages, 3 files",
  ]);
});

test("few files and the nearest of many go before the rest", () => {
  const cost = (count: number | null, first = false): string => testTask(setupOf(), batch(count, first)).cost;
  expect([cost(12), cost(13), cost(13, true), cost(null), cost(null, true)]).toEqual([
    "medium",
    "expensive",
    "medium",
    "expensive",
    "medium",
  ]);
});

test("an outcome depends on how the runner is called, on what it is given, and on all that its tests can see", () => {
  const configured = setupOf({ configuration: "" });
  const { root } = configured.workspace;
  const task = testTask({ ...configured, configuration: `root: ${root}` }, batch(1));
  expect(task.replay).toEqual({
    facts: [
      "runner:x 1.2.3",
      process.version,
      '["--flag","./node_modules/x.js"]',
      '{"A":"1"}',
      "root: .",
      '["a/0.test.js"]',
    ],
    inputs: { kind: "dirs", dirs: ["a", "b"] },
  });
  const both = testTask(setupOf({ dirs: [repoPath("a"), repoPath("c")] }), batch(null));
  expect(both.replay?.inputs).toEqual({ kind: "dirs", dirs: ["a", "b", "c"] });
});

const passed = { kind: "file", file: "/x", passed: 1, failed: 0, skipped: 0, todo: 0, failures: [] };
const report = [passed, { kind: "end", complete: true, errors: [] }]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

/** Runs a task whose process does this, and says how it was started. */
async function run(
  setup: RunnerSetup,
  files: number | null,
  work: (command: Command) => Partial<ProcessOutcome>,
): Promise<readonly [readonly string[], Command | undefined]> {
  using real = testHost();
  let started: Command | undefined;
  const host: Host = {
    ...real,
    run: (command) => {
      started = command;
      return Promise.resolve({ ...endedWell, ...work(command) });
    },
  };
  return [show(await testTask(setup, batch(files)).run(host)), started];
}

function writeReport({ env }: Command): Partial<ProcessOutcome> {
  writeFileSync(env?.["ASSAY_TEST_REPORT"] ?? "", report);
  return {};
}

test("a runner is started with its arguments, those of the run and its files, and says where it was told to", async () => {
  const hostArgs = (_host: Host, dirs: readonly string[]): Promise<readonly string[]> =>
    Promise.resolve([`--in=${dirs.join()}`]);
  const setup = setupOf({ hostArgs });
  const [said, command] = await run(setup, 1, writeReport);
  const written = command?.env?.["ASSAY_TEST_REPORT"] ?? "";
  expect([said, command?.file, command?.cwd]).toEqual([["passed"], process.execPath, join(setup.workspace.root, "a")]);
  expect(command?.args).toEqual([
    ...setup.args,
    "--in=a",
    `--report=${written}`,
    join(setup.workspace.root, "a/0.test.js"),
  ]);
  expect(written).toMatch(/[/\\]runner-x-[\w-]+\.jsonl$/u);
  expect(command?.env).toEqual({
    A: "1",
    UPDATE_SNAPSHOT: undefined,
    NODE_TEST_CONTEXT: undefined,
    VITEST: undefined,
    JEST_WORKER_ID: undefined,
    ASSAY_TEST_REPORT: written,
  });
  const [, whole] = await run(setupOf({ dirs: [repoPath("b"), repoPath("c")], hostArgs }), null, writeReport);
  expect([whole?.args[2], whole?.args.at(-1)]).toEqual(["--in=b,c", "everything"]);
});

test("without a report there is no pass, and a runner whose output is its report is read from that", async () => {
  expect((await run(setupOf(), null, () => ({})))[0]).toEqual([
    "errored tool-failed: runner:x ended with exit code 0 before its report was complete",
  ]);
  const reads = setupOf({ readOutput: ({ stdout }) => stdout });
  expect((await run(reads, null, () => ({ stdout: report })))[0]).toEqual(["passed"]);
});

test("a configuration that stands in for the repository's own is written outside of it", async () => {
  const setup = setupOf({ configuration: "export default {};" });
  let text = "";
  const [, command] = await run(setup, null, (given) => {
    text = readFileSync(given.args[given.args.indexOf("--config") + 1] ?? "", "utf8");
    return writeReport(given);
  });
  const path = command?.args[3] ?? "";
  expect([text, command?.args[2], path.startsWith(setup.workspace.root), existsSync(path)]).toEqual([
    "export default {};",
    "--config",
    false,
    false,
  ]);
  expect(path).toMatch(/\.config\.mjs$/u);
});

test("a run of several folders has to run a test in each of them", async () => {
  const setup = setupOf({ dirs: [repoPath("a"), repoPath("b")] });
  const [said] = await run(setup, null, ({ env }) => {
    const inA = { ...passed, file: join(setup.workspace.root, "a/0.test.js") };
    writeFileSync(env?.["ASSAY_TEST_REPORT"] ?? "", report.replace(JSON.stringify(passed), JSON.stringify(inA)));
    return {};
  });
  expect(said).toEqual(["errored no-tests-ran: runner:x in 2 packages: no test was run in b"]);
});
