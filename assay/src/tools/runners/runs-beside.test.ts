import { expect, test } from "vitest";
import { testRepository } from "../testing/test-host.ts";
import { runsBeside, usesBeside } from "./runs-beside.ts";

/** The names of the scripts beside the test script. */
function beside(scripts: Readonly<Record<string, string>>): readonly string[] {
  using repository = testRepository({ "package.json": JSON.stringify({ name: "x", scripts }) });
  return repository.workspace.packages.flatMap(runsBeside);
}

const test1 = "vitest run";

test("another configuration, folder or program runs other tests", () => {
  expect(beside({ test: test1, "test:integration": "vitest run -c it.config.ts" })).toEqual([
    '"test:integration": "vitest run -c it.config.ts"',
  ]);
  expect(beside({ test: test1, it: "vitest run --config=it.config.ts", e2e: "playwright test" })).toHaveLength(2);
  expect(beside({ test: "mocha test/unit", "test:slow": "mocha test/slow" })).toHaveLength(1);
  expect(beside({ test: "node --test test/", "test:e2e": "node --test e2e/" })).toHaveLength(1);
  expect(beside({ test: test1, "test:web": "cd web && vitest run" })).toHaveLength(1);
});

test("the same run in another mood is no other one, nor is a part of it", () => {
  const moods = { watch: "vitest", ui: "vitest --ui", cover: "vitest run --coverage", update: "vitest run -u" };
  expect(beside({ test: test1, ...moods, one: "vitest run src/one.test.ts", name: 'vitest -t "a name"' })).toEqual([]);
  expect(beside({ test: test1, edge: "vitest --run --project edge", node: "vitest --project=node" })).toEqual([]);
  expect(beside({ test: "vitest --project unit", edge: "vitest --run --project edge" })).toHaveLength(1);
  const config = "vitest run -c a.ts";
  expect(beside({ test: config, again: "vitest --config a.ts", more: "vitest --config=a.ts --ui" })).toEqual([]);
  expect(beside({ test: config, again: "vitest --config b.ts" })).toHaveLength(1);
});

test("flags that do not choose tests, and the order of those that do, make no other run", () => {
  const flags = { loader: "vitest run --configLoader=runner", bail: "vitest run --bail 1" };
  expect(beside({ test: test1, ...flags })).toEqual([]);
  expect(beside({ test: "vitest -c a.ts --root b", turned: "vitest --root b -c=a.ts" })).toEqual([]);
  expect(beside({ test: "mocha test/unit --bail", exit: "mocha test/unit --exit" })).toEqual([]);
});

test("projects and folders that are named are what is run", () => {
  expect(beside({ test: "vitest --project=unit", edge: "vitest --project=edge" })).toHaveLength(1);
  expect(beside({ test: "vitest --project unit", edge: "vitest --project edge" })).toHaveLength(1);
  // Folders whose names begin or end as a subcommand does.
  expect(beside({ test: "mocha runs", other: "mocha devices" })).toHaveLength(1);
  expect(beside({ test: "mocha test/run", other: "mocha test/dev" })).toHaveLength(1);
  expect(beside({ test: "mocha a", other: "mocha listeners" })).toHaveLength(1);
});

test("what the test script calls is a part of it, and what only calls others is told of once", () => {
  const parts = {
    "test:unit": "vitest run",
    "test:it": "vitest run -c it.ts",
    all: "npm run test:unit && npm run e2e",
  };
  expect(beside({ test: "npm run test:unit && npm run test:it", ...parts, e2e: "cypress run" })).toEqual([
    '"e2e": "cypress run"',
  ]);
});

test("without a test script, and for what runs no test, there is nothing to tell", () => {
  expect(beside({ e2e: "playwright test" })).toEqual([]);
  expect(beside({ test: test1, bench: "vitest bench", open: "cypress open", codegen: "playwright codegen" })).toEqual(
    [],
  );
  expect(beside({ test: test1, bench: "vitest bench -c bench.ts", types: "tsc -p ." })).toEqual([]);
});

test("a test script that only a shell can read is not beside itself", () => {
  expect(beside({ test: "vitest run | tee log" })).toEqual([]);
  expect(beside({ test: "vitest run | tee log", it: "vitest run -c it.ts" })).toHaveLength(1);
});

/** How vitest is started beside the test script. */
function usesOf(scripts: Readonly<Record<string, string>>): readonly string[] {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "x", scripts: { test: test1, ...scripts } }),
  });
  const signs = {
    packageName: "vitest",
    startedBy: ({ program }: { readonly program: string }) => program === "vitest",
    configFiles: ["vitest.config.ts"],
    projectsAlone: true,
    manifestField: null,
  };
  return usesBeside(repository.workspace, signs).map(
    ({ dir, invocation }) => `${dir}: ${[...Object.entries(invocation?.env ?? {}), invocation?.args].join(" ")}`,
  );
}

test("a run beside is started as its script says, in the folder and with the variables that it names", () => {
  expect(usesOf({ "test:e2e": "vitest run -c e2e.ts", lint: "eslint ." })).toEqual([": run,-c,e2e.ts"]);
  expect(usesOf({ it: "cd web && A=1 vitest run" })).toEqual(["web: A,1 run"]);
  expect(usesOf({ it: "cd ../other && vitest run" })).toEqual([]);
  expect(usesOf({ it: "jest -c it.js", cover: "vitest run --coverage" })).toEqual([]);
});

test("what only a shell can read is not known", () => {
  expect(usesOf({ it: "vitest run -c $CONFIG" })).toEqual([]);
});

test.each([
  "npm run it; echo done",
  "(yarn it)",
  "if [ $CI ]; then pnpm it; fi",
  "node --run it -- $ARGS",
  "npm run all; :",
])("what %s calls is no run beside it", (line) => {
  expect(beside({ test: line, all: "npm run it", it: "vitest run -c it.ts", more: "vitest run -c more.ts" })).toEqual([
    '"more": "vitest run -c more.ts"',
  ]);
});

test("a script is not part of a test script that only begins with its name", () => {
  expect(beside({ test: "npm run it:all | cat", "it:all": "node all.js", it: "vitest run -c it.ts" })).toHaveLength(1);
});
