// Task graphs of Turborepo and Nx, and what Nx is told of a target.
import { expect, test } from "vitest";
import { contextOf, type Texts } from "../change/change-of-texts.ts";
import { taskLoosenings } from "./task-graph.ts";

async function found(
  path: string,
  base: object | string,
  head: object | string,
  others: Texts = {},
): Promise<readonly string[]> {
  const textOf = (value: object | string): string =>
    typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const context = await contextOf({
    base: { ...others, [path]: textOf(base) },
    head: { ...others, [path]: textOf(head) },
  });
  return taskLoosenings(context).map(({ what, line }) => `${line}: ${what.slice(path.length + 1)}`);
}

test.each<[string, object, object, readonly string[]]>([
  ["a cache", { cache: false }, {}, ["3: test cache"]],
  ["a cache that is asked for", { cache: false }, { cache: true }, ["3: test cache"]],
  ["no cache as before", { cache: false }, { cache: false }, []],
  ["a cache as before", {}, { cache: true }, []],
  ["fewer inputs", { inputs: ["src/**", "test/**"] }, { inputs: ["src/**"] }, ["3: test inputs"]],
  ["the first inputs", {}, { inputs: ["package.json"] }, ["3: test inputs"]],
  ["the first inputs, of everything", {}, { inputs: ["src/**"] }, []],
  ["inputs that cover others", { inputs: ["src/a/**"] }, { inputs: ["src/**"] }, []],
  ["inputs that cover no others", { inputs: ["src/a/**"] }, { inputs: ["lib/**"] }, ["3: test inputs"]],
  ["what is no code", { inputs: ["src/**", "README.md"] }, { inputs: ["src/**"] }, []],
  ["a file of code", { inputs: ["a.mts", "README.md"] }, { inputs: ["README.md"] }, ["3: test inputs"]],
  ["a file of scripts", { inputs: ["a.ts", "README.md"] }, { inputs: ["README.md"] }, ["3: test inputs"]],
  ["a file of data", { inputs: ["a.json", "src/**"] }, { inputs: ["src/**"] }, []],
  ["what was left out is counted", { inputs: ["a.json", "!a.ts"] }, { inputs: ["a.json"] }, []],
  ["inputs of production", { inputs: ["production"] }, { inputs: ["a.ts"] }, ["3: test inputs"]],
  ["production", { inputs: ["src/**"] }, { inputs: ["production"] }, []],
  ["names like that of everything", { inputs: ["src/**"] }, { inputs: ["no-default", "defaults"] }, ["3: test inputs"]],
  ["names like the others", { inputs: ["no-default", "defaults", "productions"] }, { inputs: ["a.ts"] }, []],
  ["what a command prints, of Nx", { inputs: [{ runtime: "node -v" }, "src/**"] }, { inputs: ["src/**"] }, []],
  ["inputs by name", { inputs: ["default"] }, { inputs: ["src/a.ts"] }, ["3: test inputs"]],
  ["inputs of what is built on", { inputs: ["^production"] }, { inputs: ["a.ts"] }, ["3: test inputs"]],
  ["everything", { inputs: ["src/**"] }, { inputs: ["$TURBO_DEFAULT$"] }, []],
  ["some files and everything", { inputs: ["src/**"] }, { inputs: ["a.ts", "^production"] }, []],
  ["two folders in the place of one", { inputs: ["src/a/**"] }, { inputs: ["lib/**", "src/**"] }, []],
  ["the first inputs, two folders of them", {}, { inputs: ["a.json", "src/**"] }, []],
  ["a single source left out", { inputs: ["default"] }, { inputs: ["default", "!a.mjs"] }, ["3: test inputs"]],
  ["a name like production", { inputs: ["preproduction"] }, { inputs: ["a.ts"] }, []],
  ["everything of the project", { inputs: ["a/**"] }, { inputs: ["{projectRoot}/**/*"] }, []],
  ["everything but tests", { inputs: ["default"] }, { inputs: ["default", "!test/**"] }, ["3: test inputs"]],
  ["everything but a script", { inputs: ["default"] }, { inputs: ["default", "!a.ts"] }, ["3: test inputs"]],
  ["everything but what was left out", { inputs: ["default", "!test/**"] }, { inputs: ["default", "!test/**"] }, []],
  ["everything but pages", { inputs: ["default"] }, { inputs: ["default", "!src/**/*.md"] }, []],
  ["sources but one", { inputs: ["src/**"] }, { inputs: ["src/**", "!src/a.ts"] }, ["3: test inputs"]],
  ["no list of inputs any more", { inputs: ["src/**"] }, {}, []],
  ["a command that says something", { command: "vitest run" }, { command: "echo done" }, ["3: test command"]],
  [
    "a command among the options",
    { options: { command: "vitest run" } },
    { options: { command: "true" } },
    ["3: test command"],
  ],
  ["an executor that does nothing", { executor: "nx:run-commands" }, { executor: "nx:noop" }, ["3: test command"]],
  ["a command that is none", { command: "vitest run" }, { command: " :" }, ["3: test command"]],
  ["no command, with a word", { command: "vitest run" }, { command: ": later" }, ["3: test command"]],
  ["no command at all", { command: "vitest run" }, { command: ":" }, ["3: test command"]],
  ["a task of Gradle", { command: "gradle test" }, { command: ":app:test" }, []],
  ["a command that says something at its end", { command: "vitest run" }, { command: "vitest run && echo done" }, []],
  ["a command that begins like one", { command: "vitest run" }, { command: "echoes" }, []],
  [
    "a command besides the options",
    { command: "vitest run", options: {} },
    { command: "exit 0", options: {} },
    ["3: test command"],
  ],
  ["a command that said something", { command: "echo a" }, { command: "echo b" }, []],
])("%s", async (_, base, head, expected) => {
  expect(await found("turbo.json", { tasks: { test: base } }, { tasks: { test: head } })).toEqual(expected);
  expect(await found("turbo.json", { pipeline: { dev: base } }, { pipeline: { dev: head } })).toEqual([]);
});

test.each([
  "test",
  "Test",
  "web#test",
  "lint:js",
  "type",
  "type-check",
  "//#check",
  "verify",
  "coverage",
  "unit_a",
  "e2e",
])("%s verifies", async (name) => {
  const of = (task: object): object => ({ pipeline: { [name]: task } });
  expect(await found("turbo.json", of({ cache: false }), of({}))).toEqual([`3: ${name} cache`]);
});

test.each(["latest", "testing", "tester:a"])("%s does not", async (name) => {
  const of = (task: object): object => ({ pipeline: { [name]: task } });
  expect(await found("turbo.json", of({ cache: false }), of({}))).toEqual([]);
});

test("a task is told with what it lost, and what no longer starts it", async () => {
  const said = async (base: object, head: object): Promise<readonly string[]> => {
    const graphOf = (task: object): Texts => ({ "turbo.json": JSON.stringify({ tasks: { test: task } }) });
    const context = await contextOf({ base: graphOf(base), head: graphOf(head) });
    return taskLoosenings(context).map(({ message }) => message);
  };
  const end = "; put it back, or it is green without having run";
  expect(await said({}, { inputs: ["a.json"] })).toEqual([`task "test" is no longer run when a source changes${end}`]);
  expect(await said({ inputs: ["default"] }, { inputs: ["default", "!docs/**", "!test/**", "!src/**"] })).toEqual([
    `task "test" is no longer run when test/** changes${end}`,
  ]);
});

test.each(["ci", "CI", "//#ci", "check:all", "verify"])("%s starts several", async (name) => {
  const graph = (parts: readonly unknown[]): object => ({ tasks: { [name]: { dependsOn: parts }, test: {} } });
  expect(await found("turbo.json", graph([1, "test"]), graph([]))).toEqual([`3: ${name} starts test`]);
});

test.each(["pre-check", "checks", "lint"])("%s starts what it needs", async (name) => {
  const graph = (parts: readonly string[]): object => ({ tasks: { [name]: { dependsOn: parts }, test: {} } });
  expect(await found("turbo.json", graph(["test"]), graph([]))).toEqual([]);
});

test("what starts several starts no longer what verifies", async () => {
  const graph = (parts: readonly string[], more: object = {}): object => ({
    tasks: { ci: { dependsOn: parts }, test: {}, "build:all": { dependsOn: ["^lint"] }, lint: {}, ...more },
  });
  expect(await found("turbo.json", graph(["^test", "build:all"]), graph(["build:all"]))).toEqual(["3: ci starts test"]);
  expect(await found("turbo.json", graph(["test", "build:all"]), graph(["test"]))).toEqual(["3: ci starts lint"]);
  expect(await found("turbo.json", graph(["build:all"]), graph(["test", "build:all"]))).toEqual([]);
  expect(await found("turbo.json", graph(["test", "types"]), graph(["test", "tsc"]))).toEqual([]);
  expect(await found("turbo.json", graph(["test", "types"]), graph(["test"]))).toEqual(["3: ci starts types"]);
  const cyclic = graph(["ci", "test"]);
  expect(await found("turbo.json", cyclic, graph(["ci"]))).toEqual(["3: ci starts test"]);
  const other = (parts: readonly string[]): object => ({ tasks: { release: { dependsOn: parts }, test: {} } });
  expect(await found("turbo.json", other(["test"]), other([]))).toEqual([]);
});

const jest = { executor: "@nx/jest:jest" };

test.each<[string, object, object, readonly string[]]>([
  [
    "no tests pass",
    { test: jest },
    { test: { ...jest, options: { passWithNoTests: true } } },
    ["3: test passWithNoTests"],
  ],
  ["as before", { test: { ...jest, options: { quiet: true } } }, { test: { ...jest, options: { quiet: true } } }, []],
  ["off", { test: jest }, { test: { ...jest, options: { force: false } } }, []],
  ["some of the tests", { test: jest }, { test: { ...jest, options: { testFile: "a" } } }, ["3: test testFile"]],
  ["other tests", { test: { ...jest, options: { grep: "a" } } }, { test: { ...jest, options: { grep: "b" } } }, []],
  [
    "more warnings",
    { lint: { options: { maxWarnings: 0 } } },
    { lint: { options: { maxWarnings: 5 } } },
    ["3: lint maxWarnings"],
  ],
  ["any warnings", { lint: { options: { maxWarnings: 3 } } }, { lint: { options: {} } }, ["3: lint maxWarnings"]],
  ["fewer warnings", { lint: { options: { maxWarnings: 5 } } }, { lint: { options: { maxWarnings: 0 } } }, []],
  ["the first limit", { lint: { options: {} } }, { lint: { options: { maxWarnings: 5 } } }, []],
  ["by what runs it", { spec: jest }, { spec: { ...jest, options: { onlyChanged: true } } }, ["3: spec onlyChanged"]],
  ["what verifies nothing", { serve: {} }, { serve: { options: { force: true } } }, []],
  [
    "as before, and something else",
    { test: { ...jest, options: { quiet: true } } },
    { test: { ...jest, options: { quiet: true, verbose: true } } },
    [],
  ],
  ["a part of what verifies", { "test:ci": {} }, { "test:ci": { options: { force: true } } }, ["3: test:ci force"]],
  ["what is named like it", { latest: {} }, { latest: { options: { force: true } } }, []],
  ["what begins like it", { testbed: {} }, { testbed: { options: { force: true } } }, []],
  ["gone", { test: jest, build: {} }, { build: {} }, ["null: test gone"]],
  ["gone, with another name", { test: jest }, { unit: jest }, []],
  ["gone, beside one that was there", { test: jest, unit: jest }, { unit: jest }, ["null: test gone"]],
])("a target: %s", async (_, base, head, expected) => {
  expect(await found("project.json", { targets: base }, { targets: head })).toEqual(expected);
});

test("what a plug-in gives a project need not be written down", async () => {
  const [base, head] = [{ targets: { test: jest } }, { targets: {} }];
  expect(await found("a/project.json", base, head, { "nx.json": '{ "plugins": ["@nx/vite"] }' })).toEqual([]);
  expect(await found("a/project.json", base, head, { "nx.json": '{ "plugins": [] }' })).toEqual(["null: test gone"]);
});

test("defaults of an executor count, and may go", async () => {
  const of = (options: object): object => ({ targetDefaults: { "@nx/jest:jest": { options } } });
  expect(await found("nx.json", of({}), of({ passWithNoTests: true }))).toEqual(["3: @nx/jest:jest passWithNoTests"]);
  expect(await found("nx.json", of({}), { targetDefaults: {} })).toEqual([]);
});

test.each<[string, string, object, object, readonly string[]]>([
  [
    "a global dependency",
    "turbo.json",
    { globalDependencies: ["a.json", "b.json"] },
    { globalDependencies: ["a.json"] },
    ["null: globalDependencies b.json"],
  ],
  ["one that is gone", "turbo.json", { globalDependencies: ["c.json"] }, {}, []],
  ["a pattern in its place", "turbo.json", { globalDependencies: ["b.json"] }, { globalDependencies: ["*.json"] }, []],
  [
    "a named input",
    "nx.json",
    { namedInputs: { shared: ["{workspaceRoot}/b.json"] } },
    { namedInputs: {} },
    ["null: shared b.json"],
  ],
  [
    "a named input as before",
    "nx.json",
    { namedInputs: { shared: ["{workspaceRoot}/b.json"] } },
    { namedInputs: { shared: ["b.json", 1] } },
    [],
  ],
])("what starts everything anew: %s", async (_, path, base, head, expected) => {
  expect(await found(path, base, head, { "a.json": "{}", "b.json": "{}" })).toEqual(expected);
});

test("a graph that is deleted says nothing of its tasks, and another file is none", async () => {
  const text = '{ "tasks": { "test": { "cache": false } }, "globalDependencies": ["a.json"] }';
  const context = await contextOf({ base: { "turbo.json": text, "a.json": "" }, head: { "a.json": "" } });
  expect(taskLoosenings(context)).toEqual([]);
  for (const path of ["other.json", "my-turbo.json", "turbo.json.bak"])
    expect(await found(path, text, "{}")).toEqual([]);
  expect(await found("turbo.json", text, "{ broken")).toEqual([]);
});

test("comments and commas at the end are read over", async () => {
  const graph = (task: string): string => `{\n  // why\n  "tasks": {\n    "test": { ${task} /* , */ },\n  },\n}\n`;
  expect(await found("turbo.jsonc", graph('"cache": false,'), graph(""))).toEqual(["4: test cache"]);
  expect(await found("turbo.json", graph('"inputs": ["src//**", "a/*"],'), graph('"inputs": ["a/*"]'))).toEqual([
    "4: test inputs",
  ]);
});
