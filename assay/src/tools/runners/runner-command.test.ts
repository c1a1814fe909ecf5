import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RepoPath } from "../../model/paths.ts";
import { repoPath } from "../../model/paths.ts";
import { testHost, testRepository, type TestRepository } from "../testing/test-host.ts";
import { jestCommands } from "./jest.ts";
import type { StartedCommand } from "./runner-command.ts";
import { vitestCommands } from "./vitest.ts";

const find = { vitest: vitestCommands, jest: jestCommands };
type Runner = keyof typeof find;

const own = `test("adds", () => expect(1 + 1).toBe(2));\ntest("adds more", () => expect(2 + 2).toBe(4));\n`;
const red = `test("is wrong", () => expect(1).toBe(2));\ntest("is never reached", () => expect(1).toBe(1));\n`;

/** A package in a folder, two of whose files are tests. */
function repositoryOf(runner: Runner, script: string): TestRepository {
  const head = runner === "vitest" ? 'import { expect, test } from "vitest";\n' : "";
  const manifest = {
    name: "a",
    devDependencies: { [runner]: "*" },
    scripts: { pretest: "node make.js", test: script, build: "tsc" },
  };
  return testRepository(
    {
      "package.json": JSON.stringify({ name: "all", private: true, workspaces: ["packages/*"] }),
      "packages/a/package.json": JSON.stringify(manifest),
      "packages/a/a.test.js": head + own,
      "packages/a/b.test.js": head + own,
      "packages/a/red.test.js": head + red,
    },
    true,
  );
}

async function onlyCommand(runner: Runner, { workspace }: TestRepository): Promise<StartedCommand> {
  const [command, ...others] = await find[runner](workspace);
  expect(others).toEqual([]);
  if (command === undefined) throw new Error("no command is found");
  return command;
}

/** What a run of these files reports. */
async function reported(
  { root }: TestRepository,
  { command }: StartedCommand,
  names: readonly string[],
  stops: boolean,
) {
  using host = testHost();
  const report = join(host.scratch, "report.jsonl");
  const call = command.call(
    names.map((name) => join(root, command.dir, name)),
    stops,
  );
  const outcome = await host.run({
    ...call,
    cwd: join(root, command.dir),
    env: { ...call.env, ASSAY_TEST_REPORT: report },
  });
  const read = command.read(outcome, readFileSync(report, "utf8"));
  return { exitCode: outcome.exitCode, executed: read?.executed, failed: read?.failures.map(({ name }) => name) };
}

const runners: readonly (readonly [Runner, string])[] = [
  ["vitest", "vitest run"],
  ["jest", "jest"],
];

test.each(runners)("%s can be started anywhere, for all of its files or some", async (runner, script) => {
  using repository = repositoryOf(runner, script);
  const started = await onlyCommand(runner, repository);
  const { command, start } = started;
  expect([start.runner, start.dir, command.label, command.evidence]).toEqual([
    runner,
    "packages/a",
    `${runner} in packages/a`,
    "packages/a/package.json",
  ]);
  expect([command.prepare, command.build, command.takesFiles]).toEqual([
    [{ line: "node make.js", mayFail: true }],
    "npm run build",
    true,
  ]);
  const paths: readonly RepoPath[] = ["packages/a/a.test.js", "packages/a/package.json", "a.test.js"].map((path) =>
    repoPath(path),
  );
  expect(paths.filter((path) => command.accepts(path))).toEqual(["packages/a/a.test.js"]);
  expect(await reported(repository, started, ["a.test.js", "b.test.js"], false)).toEqual({
    exitCode: 0,
    executed: 4,
    failed: [],
  });
});

test.each(runners)("%s is told to stop where the first failure tells enough", async (runner, script) => {
  using repository = repositoryOf(runner, script);
  const started = await onlyCommand(runner, repository);
  const told = [false, true].map((stops) => started.command.call(null, stops).args);
  expect(told.map((args) => args.filter((arg) => arg.startsWith("--bail")))).toEqual([["--bail=0"], ["--bail=1"]]);
});

test("a failure has its name", async () => {
  using repository = repositoryOf("jest", "jest");
  const started = await onlyCommand("jest", repository);
  expect(await reported(repository, started, ["red.test.js"], true)).toMatchObject({
    exitCode: 1,
    failed: ["is wrong"],
  });
});

test("where tests are only there once they are built, or the runner is not installed, there is no command", async () => {
  using built = testRepository(
    { "package.json": JSON.stringify({ name: "a", scripts: { test: "tsc && vitest run --dir dist" } }) },
    true,
  );
  expect(await vitestCommands(built.workspace)).toEqual([]);
  using bare = testRepository({
    "package.json": JSON.stringify({ name: "a", devDependencies: { jest: "27" }, scripts: { test: "jest" } }),
    "a.test.js": own,
  });
  expect(await jestCommands(bare.workspace)).toEqual([]);
});

test("what says how tests are run in a folder below a package is the package's manifest", async () => {
  using repository = testRepository(
    {
      "package.json": JSON.stringify({
        name: "a",
        devDependencies: { vitest: "*" },
        scripts: { test: "cd web && vitest run" },
      }),
      "web/a.test.js": "",
    },
    true,
  );
  const { command } = await onlyCommand("vitest", repository);
  expect([command.dir, command.label, command.evidence]).toEqual(["web", "vitest in web", "package.json"]);
});
