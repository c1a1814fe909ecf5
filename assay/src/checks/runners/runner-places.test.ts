import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { testsRemainder } from "../../tools/fallback/script-remainder.ts";
import { testRepository } from "../../tools/testing/test-host.ts";
import { commandPlacesOf, filesBeside, hasTests, isAsked, isTest, placesOf, specificFirst } from "./runner-places.ts";

test("tests that load little of the change come first, then in their order, and last those that load nothing of it", () => {
  const [a, b] = [repoPath("a.ts"), repoPath("b.ts")];
  const loads = new Map([
    [repoPath("all.test.ts"), new Set([a, b])],
    [repoPath("near.test.ts"), new Set([a])],
    [repoPath("far.test.ts"), new Set([b])],
    [repoPath("none.test.ts"), new Set<typeof a>()],
  ]);
  const paths = ["other.test.ts", "all.test.ts", "none.test.ts", "near.test.ts", "far.test.ts"].map((path) =>
    repoPath(path),
  );
  expect(specificFirst(paths, loads)).toEqual([
    "near.test.ts",
    "far.test.ts",
    "all.test.ts",
    "other.test.ts",
    "none.test.ts",
  ]);
});

test("a changed test that loads the change keeps its place before others that load as much", () => {
  const [a, alone, changed, other] = [
    repoPath("a.ts"),
    repoPath("alone.test.ts"),
    repoPath("changed.test.ts"),
    repoPath("other.test.ts"),
  ];
  const loads = new Map([
    [changed, new Set([changed, a])],
    [other, new Set([a])],
    [alone, new Set([alone])],
  ]);
  expect(specificFirst([changed, alone, other], loads)).toEqual([alone, changed, other]);
});

/** What runs `a.test.js` in a package that has this runner, and whether it is driven. */
async function ranBy(runner: "vitest" | "jest", version: string): Promise<readonly string[]> {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "a", devDependencies: { [runner]: "*" }, scripts: { test: runner } }),
    "a.js": "",
    "a.test.js": "",
    [`node_modules/${runner}/package.json`]: JSON.stringify({ name: runner, version, bin: "cli.js" }),
  });
  const reached = [repoPath("a.test.js"), repoPath("a.js")];
  const places = await placesOf(repository.workspace, reached);
  const commands = await commandPlacesOf(repository.workspace, reached);
  return [
    ...places.map(({ start, testFiles }) => `${start.runner} ${start.version} is driven: ${testFiles.join(" ")}`),
    ...commands.map(({ command, testFiles }) => `${command.label} is run: ${testFiles.join(" ")}`),
  ];
}

test("a runner is driven in the versions that are known, and run anew for each mutant in all others", async () => {
  expect(await ranBy("vitest", "2.1.9")).toEqual(["vitest is run: a.test.js"]);
  expect(await ranBy("vitest", "3.0.0")).toEqual(["vitest 3.0.0 is driven: a.test.js"]);
  expect(await ranBy("vitest", "60.0.0")).toEqual(["vitest is run: a.test.js"]);
  expect(await ranBy("jest", "28.1.3")).toEqual(["jest is run: a.test.js"]);
  expect(await ranBy("jest", "29.0.0")).toEqual(["jest 29.0.0 is driven: a.test.js"]);
});

test("tests of types execute nothing, whatever a configuration says", () => {
  const tried = (path: string, exact: boolean): boolean => isTest(repoPath(path), exact);
  for (const path of ["a.test.ts", "a.spec.mts", "test/a.ts", "types/a.test.ts"])
    expect([path, tried(path, false), tried(path, true)]).toEqual([path, true, true]);
  for (const path of ["a.test-d.ts", "a.spec-d.tsx", "a.test-d.mts", "a.spec-d.cts"])
    expect([path, tried(path, false), tried(path, true)]).toEqual([path, false, false]);
  expect([tried("a.ts", false), tried("a.ts", true)]).toEqual([false, true]);
  expect(tried("a.test-d.ts.test.ts", true)).toBe(true);
});

test("a place without tests has none to run", () => {
  expect([{ testFiles: [] }, { testFiles: [repoPath("a.test.ts")] }].map(hasTests)).toEqual([false, true]);
});

/** Where tests are run in a repository of several packages, with which files. */
async function places(files: Readonly<Record<string, string>>, reached: readonly string[]): Promise<readonly string[]> {
  using repository = testRepository({ ...files, ...Object.fromEntries(reached.map((path) => [path, ""])) });
  const found = await placesOf(
    repository.workspace,
    reached.map((path) => repoPath(path)),
  );
  return found.map(
    ({ start, testFiles }) => `${start.runner} in ${start.dir === "" ? "." : start.dir}: ${testFiles.join(" ")}`,
  );
}

test("the deepest place comes first, and is offered what lies in it, as those above are", async () => {
  const manifest = (more: object = {}): string =>
    JSON.stringify({
      name: "x",
      devDependencies: { vitest: "*" },
      scripts: { test: "vitest run", again: "vitest run" },
      ...more,
    });
  const files = {
    "package.json": manifest({ workspaces: ["packages/*"] }),
    "packages/a/package.json": manifest({ name: "a" }),
    "node_modules/vitest/package.json": JSON.stringify({ name: "vitest", version: "4.0.0", bin: "cli.js" }),
  };
  expect(await places(files, ["b.test.ts", "packages/a/a.test.ts", "packages/a/a.test-d.ts", "b.ts"])).toEqual([
    "vitest in packages/a: packages/a/a.test.ts",
    "vitest in .: b.test.ts packages/a/a.test.ts",
  ]);
});

test("Node's own runner is offered the files that its script names", async () => {
  const script = (test: string): Readonly<Record<string, string>> => ({
    "package.json": JSON.stringify({ name: "x", scripts: { test } }),
  });
  const reached = ["test/a.test.js", "src/b.test.js", "test/help.js"];
  expect(await places(script('node --test "test/*.test.js"'), reached)).toEqual(["node:test in .: test/a.test.js"]);
  expect(await places(script("node --test src/b.test.js"), reached)).toEqual(["node:test in .: src/b.test.js"]);
});

test("scripts beside the test script run what they are told to, with whichever runner", async () => {
  const installed = (name: string, version: string): Readonly<Record<string, string>> => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, bin: "cli.js" }),
  });
  const scripts = {
    test: "vitest run",
    "test:e2e": "vitest run -c e2e.config.ts",
    "test:old": "jest --config old.json",
    "test:node": "node --test native/",
    "test:none": "node --test none/",
  };
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "x", devDependencies: { vitest: "*", jest: "*" }, scripts }),
    "vitest.config.ts": 'export default { test: { include: ["src/**/*.test.ts"] } };\n',
    "old.json": '{ "testRegex": "old\\\\.spec\\\\.js$" }',
    "e2e.config.ts": 'export default { test: { include: ["e2e/**/*.test.ts"] } };\n',
    ...installed("vitest", "4.0.0"),
    ...installed("jest", "30.0.0"),
    ...Object.fromEntries(["src/a.test.ts", "e2e/a.test.ts", "old.spec.js", "native/a.js"].map((path) => [path, ""])),
  });
  const reached = ["old.spec.js", "src/a.test.ts", "e2e/a.test.ts", "native/a.js"].map((path) => repoPath(path));
  const own = (await placesOf(repository.workspace, reached)).filter(hasTests);
  expect(own.map(({ start, testFiles }) => [start.runner, testFiles])).toEqual([["vitest", ["src/a.test.ts"]]]);
  // The own ones as well: which of them another configuration leaves out is not read.
  expect(await filesBeside(repository.workspace, reached)).toEqual(reached);
  expect(await filesBeside(repository.workspace, reached.slice(2))).toEqual(reached.slice(2));
  expect(await filesBeside(repository.workspace, [repoPath("none/b.js"), repoPath("src/a.ts")])).toEqual([]);
});

/** What of a test script beside vitest is asked by no command. */
async function unasked(test: string, installed: readonly string[] = []): Promise<readonly string[]> {
  using repository = testRepository({
    "package.json": JSON.stringify({
      name: "x",
      devDependencies: { vitest: "*" },
      scripts: { test, it: "tsup && jest" },
    }),
    "node_modules/vitest/package.json": JSON.stringify({ name: "vitest", version: "4.0.0", bin: "cli.js" }),
    "src/a.test.js": "",
    ...Object.fromEntries(installed.map((program) => [`node_modules/.bin/${program}`, ""])),
  });
  const commands = await commandPlacesOf(repository.workspace, []);
  const found = await testsRemainder.detect(repository.workspace);
  return found.filter((detection) => !isAsked(detection, commands)).map(({ tool, evidence }) => `${tool}: ${evidence}`);
}

test("what only looks at files, makes some, or measures coverage is no run that nobody asks", async () => {
  expect(await unasked("vitest run && attw --pack . && publint", ["attw", "publint"])).toEqual([]);
  expect(await unasked("node make.js && vitest run")).toEqual([]);
  expect(await unasked("c8 --check-coverage vitest run", ["c8"])).toEqual([]);
});

test("a program beside a known runner is asked where it runs a file, and else is not", async () => {
  expect(await unasked("vitest run && node smoke.js")).toEqual([]);
  expect(await unasked("vitest run && bats test", ["bats"])).toEqual(['bats: "test": "vitest run && bats test"']);
  expect(await unasked("vitest run && bats test")).toEqual(['test script: "test": "vitest run && bats test"']);
  expect(await unasked("vitest run src && npm run it")).toEqual([expect.stringContaining("test script")]);
});
