import { join } from "node:path";
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
import type { Selection } from "../tool.ts";
import { vitest } from "./vitest.ts";

const passing = 'import { expect, test } from "vitest";\ntest("adds", () => expect(1 + 1).toBe(2));\n';
const failing = passing.replace("toBe(2)", "toBe(3)");
const skipped = 'import { test } from "vitest";\ntest.skip("later", () => {});\n';
const manifest = (name: string, script = "vitest run"): string =>
  JSON.stringify({ name, type: "module", scripts: { test: script }, devDependencies: { vitest: "4" } });

/** A root that lists packages `a` to `e` as its projects, each with a test. */
function repositoryFiles(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const packages = ["a", "b", "c", "d", "e"].flatMap((name): readonly [string, string][] => [
    [`packages/${name}/package.json`, manifest(name)],
    [`packages/${name}/vitest.config.ts`, "export default {};\n"],
    [`packages/${name}/${name}.test.ts`, passing],
  ]);
  return {
    "package.json": manifest("root"),
    "vitest.config.ts": 'export default { test: { projects: ["packages/*"] } };\n',
    ...Object.fromEntries(packages),
    ...changes,
  };
}

const tests = (names: string): readonly string[] => names.split("").map((name) => `packages/${name}/${name}.test.ts`);

async function labels(files: Record<string, string>, selection: Selection): Promise<readonly string[]> {
  using repository = testRepository(files, true);
  return plans(await vitest.detect(repository.workspace), selection).map(({ label }) => label);
}

async function run(files: Record<string, string>, selection: Selection): Promise<readonly string[]> {
  using repository = testRepository(files, true);
  using host = testHost();
  const before = listFiles(repository.root);
  const outcomes = await runAll(await vitest.detect(repository.workspace), selection, host);
  expect(listFiles(repository.root)).toEqual(before);
  return outcomes.flatMap(show);
}

const together = /^vitest in \d packages, /u;

test("many packages of one list of projects share processes, few have their own", async () => {
  const files = repositoryFiles();
  expect(await labels(files, affected(...tests("ab")))).toEqual([
    "vitest in packages/a, packages/a/a.test.ts",
    "vitest in packages/b, packages/b/b.test.ts",
  ]);
  const joined = await labels(files, affected(...tests("edcba")));
  expect(joined.length).toBeLessThan(5);
  expect(joined.some((label) => together.test(label))).toBe(true);
  const byFile = { "vitest.config.ts": 'export default { test: { projects: ["packages/*/vitest.config.ts"] } };\n' };
  expect(await labels(repositoryFiles(byFile), affected(...tests("edcba")))).toEqual(joined);
});

test("the folder of the list itself is no package below it", async () => {
  const listed = { "vitest.config.ts": 'export default { test: { projects: ["./", "packages/*", "!"] } };\n' };
  const planned = await labels(repositoryFiles(listed), affected(...tests("abcde")));
  expect(planned.every((label) => together.test(label))).toBe(true);
  const alone = { "vitest.config.ts": 'export default { test: { projects: ["./"] } };\n' };
  expect(await labels(repositoryFiles(alone), affected(...tests("abc")))).toHaveLength(3);
});

test("packages that the list leaves out, or whose script says more, have their own process", async () => {
  const files = repositoryFiles({
    "vitest.config.ts": 'export default { test: { projects: ["packages/*", "!packages/b"] } };\n',
    "packages/a/package.json": manifest("a", "vitest run --mode x"),
  });
  const planned = await labels(files, affected(...tests("abcde")));
  expect(planned.filter((label) => !together.test(label) && /packages\/[ab]\//u.test(label))).toHaveLength(2);
});

test("the verdict is that of the packages one by one", async () => {
  expect(new Set(await run(repositoryFiles(), affected(...tests("abcde"))))).toEqual(new Set(["passed"]));
  expect(new Set(await run(repositoryFiles(), everything))).toEqual(new Set(["passed"]));
  const red = await run(repositoryFiles({ "packages/d/d.test.ts": failing }), affected(...tests("abcde")));
  expect(red.filter((line) => line !== "passed")).toEqual([
    "failed packages/d/d.test.ts:2 adds: expected 2 to be 3 // Object.is equality",
  ]);
});

test("a package of which no test runs is an error among others that pass", async () => {
  const lines = await run(repositoryFiles({ "packages/d/d.test.ts": skipped }), affected(...tests("abcde")));
  const idle = lines.find((line) => line !== "passed");
  expect(idle).toMatch(/^errored no-tests-ran: .*(?:in packages\/d$|still to be written$)/u);
});

test("a replay names the projects, and looks at all of their folders", async () => {
  using repository = testRepository(repositoryFiles(), true);
  const tasks = plans(await vitest.detect(repository.workspace), affected(...tests("abcde")));
  const inputs = tasks.flatMap(({ replay }) => (replay?.inputs.kind === "dirs" ? replay.inputs.dirs : []));
  expect(inputs.toSorted()).toEqual(["a", "b", "c", "d", "e"].map((name) => `packages/${name}`));
  const facts = tasks.flatMap(({ replay }) => replay?.facts ?? []).join("\n");
  expect(facts).toContain("./packages/a");
  expect(facts).not.toContain(repository.root);
});

test("the nearest files are finished first", async () => {
  const slow = 'import { test } from "vitest";\ntest("s", () => new Promise((f) => setTimeout(f, 6e4)), 9e4);\n';
  const big = `${slow}//${" ".repeat(2000)}\n`;
  const files = repositoryFiles(Object.fromEntries(tests("bcde").map((path) => [path, big])));
  using repository = testRepository(files, true);
  using host = testHost('"kind":"file"');
  const [task] = plans(await vitest.detect(repository.workspace), affected(...tests("abcde")));
  const outcome = await task?.run(host);
  expect(outcome).toMatchObject({ status: "deferred", finished: 1 });
  expect(host.commands[0]?.cwd).toBe(join(repository.root));
});
