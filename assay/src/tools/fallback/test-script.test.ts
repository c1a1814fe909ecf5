import { expect, test } from "vitest";
import { testRunners } from "../runners/known.ts";
import type { TestCommand } from "../runners/test-command.ts";
import { everything, runAll, show, testHost, testRepository } from "../testing/test-host.ts";
import { scriptCommands, testScriptTool } from "./test-script.ts";

const manifest = (test: string, extra: object = {}): string =>
  JSON.stringify({ name: "x", scripts: { test }, ...extra });

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
    "failed -:- npm run test: RangeError: out of range",
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

test("a script that goes to other folders for known runners is theirs, unless one of them is not found there", async () => {
  const left = async (script: string): Promise<readonly string[]> => {
    using repository = testRepository({ "package.json": manifest(script), "web/a.test.js": "", "api/b.test.js": "" });
    const found = await testScriptTool.detect(repository.workspace);
    return found.map(({ evidence }) => evidence);
  };
  expect(await left("cd web && vitest run")).toEqual([]);
  expect(await left("cd web && vitest run && cd ../api && node --test")).toEqual([]);
  expect(await left("cd web && vitest run && cd ../../elsewhere && jest")).toHaveLength(1);
  expect(await left("cd web && node check.js")).toHaveLength(1);
});

test("under Yarn's Plug'n'Play the package manager runs the script", async () => {
  using repository = testRepository({ "package.json": manifest("vitest run"), ".pnp.cjs": "" });
  const workspace = { ...repository.workspace, manager: "yarn" } as const;
  const found = (await Promise.all([...testRunners, testScriptTool].map((tool) => tool.detect(workspace)))).flat();
  expect(found.map(({ tool }) => tool)).toEqual(["test script"]);
});

test("a script whose tests only a build makes is a command of its own package", async () => {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "all", private: true, workspaces: ["*"] }),
    "a/package.json": manifest("tsc && node --test dist/", { name: "a" }),
    "b/package.json": manifest("node check.js", { name: "b" }),
    "c/package.json": manifest("node --test", { name: "c" }),
    "c/c.test.js": "",
  });
  const commands = await scriptCommands(repository.workspace);
  expect(commands.map(({ dir }) => dir).toSorted()).toEqual(["a", "b"]);
});

test("a test program that a script starts beside a known runner is a command of its own", async () => {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "all", private: true, workspaces: ["*"] }),
    "a/package.json": manifest("node make.js && borp -C && node --test", { name: "a" }),
    "a/a.test.js": "",
    "b/package.json": manifest("node --test && node smoke.js", { name: "b" }),
    "b/b.test.js": "",
    "c/package.json": manifest("tape test.js", { name: "c" }),
    "d/package.json": manifest("tsc && tape d.js && node --test dist/", { name: "d" }),
  });
  const commands = await scriptCommands(repository.workspace);
  const inOrder = commands.toSorted((a, b) => (a.dir < b.dir ? -1 : 1));
  const b = inOrder.findIndex(({ dir }) => dir === "b");
  expect(inOrder.splice(b, 1)).toMatchObject([
    { label: "node smoke.js", tool: "node", isBeside: true, isUnknown: true, prepare: [] },
  ]);
  const made = (command: TestCommand): string => command.prepare.map(({ line }) => line).join("; ");
  expect(inOrder.map((command) => [command.label, command.tool, command.isBeside, made(command)])).toEqual([
    ["borp", "borp", true, "node make.js"],
    ["npm run test in c", "test script", false, ""],
    ["npm run test in d", "test script", false, "tsc"],
  ]);
  const allFiles = null;
  expect(inOrder.map((command) => command.call(allFiles, false).args.at(-1))).toEqual([
    "borp",
    "tape test.js",
    "tape d.js && node --test dist/",
  ]);
});

test("Deno's tests are allowed what runs beside them, and nobody else is told of it", async () => {
  using repository = testRepository({
    "package.json": JSON.stringify({ name: "all", private: true, workspaces: ["*"] }),
    "a/package.json": manifest("deno test && tape test.js", { name: "a" }),
    "b/package.json": manifest("tape test.js", { name: "b" }),
  });
  const commands = await scriptCommands(repository.workspace);
  const access = { reads: ["/r"], writes: ["/w"] };
  const lines = (files: readonly string[] | null, given?: typeof access): readonly (string | undefined)[] =>
    commands.map((command) => command.call(files, false, given).args.at(-1));
  expect(lines(null, access)).toEqual([
    "deno test --no-check --allow-read=/r --allow-write=/w && tape test.js",
    "tape test.js",
  ]);
  expect(lines(null)).toEqual(["deno test && tape test.js", "tape test.js"]);
  expect(lines(["/b/x.js"], access)[1]).toBe("tape /b/x.js");
});

test("a script is told of as it is written", async () => {
  using repository = testRepository({ "package.json": manifest("./run.sh --all") });
  const [found] = await testScriptTool.detect(repository.workspace);
  expect(found?.evidence).toBe('"test": "./run.sh --all"');
});
