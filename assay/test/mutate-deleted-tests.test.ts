// Tests that were deleted, moved or merged: is what they noticed still noticed?
import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, type TestRepository } from "./repository.ts";

const clamp = "export function clamp(value, high) {\n  if (value > high) return high;\n  return value;\n}\n";

/** One for each line that counts. */
const few = { "assay.toml": "[mutate]\nmax_mutants = 2\n" };

/** How each runner is set up, and what a test of it looks like that holds `clamp` against these values. */
interface Runner {
  readonly files: Readonly<Record<string, string>>;
  readonly suite: (name: string, assertions: string, from?: string) => string;
}

const assertion = (from: string): string =>
  `import assert from "node:assert/strict";\nimport { clamp } from "${from}";\n`;

function runner(script: string, dependency: string, imported: string): Runner {
  const manifest = { type: "module", scripts: { test: script }, devDependencies: { [dependency]: "*" } };
  return {
    files: { "package.json": JSON.stringify({ name: "small", ...manifest }), "src/clamp.js": clamp, ...few },
    suite: (name, assertions, from = "../src/clamp.js") =>
      `${imported}${assertion(from)}it("${name}", () => {\n  ${assertions}\n});\n`,
  };
}

const vitest = runner("vitest run", "vitest", 'import { it } from "vitest";\n');
const runners = {
  vitest,
  "node:test": runner("node --test", "typescript", 'import { it } from "node:test";\n'),
  mocha: runner("mocha", "mocha", ""),
  "any script": runner("node test/all.js", "typescript", "const it = (name, body) => body();\n"),
  jest: {
    files: {
      "package.json": JSON.stringify({
        scripts: { test: "jest" },
        devDependencies: { jest: "30" },
        jest: { transform: { "\\.js$": "@swc/jest" } },
      }),
      "src/clamp.js": clamp,
      ...few,
    },
    suite: (name, assertions, from = "../src/clamp.js") =>
      `${assertion(from)}it("${name}", () => {\n  ${assertions}\n});\n`,
  },
} satisfies Readonly<Record<string, Runner>>;

const equal = (high: number, expected: number): string => `assert.equal(clamp(5, ${high}), ${expected});`;
const whole = `${equal(3, 3)} ${equal(9, 5)}`;

/** A branch that starts at these files. */
function branch(files: Readonly<Record<string, string>>): TestRepository {
  const repository = gitRepository(files);
  repository.git("switch", "-q", "-c", "work");
  return repository;
}

async function weakened(repository: TestRepository): Promise<unknown> {
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  return envelope.result.checks.map(({ status, details }) => [status, details.map((each) => each.replace(/\d+/, "n"))]);
}

const lost = (path: string): unknown => [
  [
    "fail",
    expect.arrayContaining([
      expect.stringMatching(
        new RegExp(`^${path} .+ noticed .+ in src/clamp.js:. before this change, and no test does`),
      ),
    ]),
  ],
];
const kept = [["pass", ["n mutants are noticed as before"]]];
const nothing = [["skip", ["no test was rewritten or deleted"]]];

const each = ["vitest", "jest", "node:test", "mocha"] as const;

test.each(each)("%s: a deleted test file that alone had noticed something is missed", async (name) => {
  const { files, suite } = runners[name];
  const tests = { "test/one.test.js": suite("one", whole), "test/two.test.js": suite("two", equal(3, 3)) };
  const repository = branch({ ...files, ...tests });
  repository.git("rm", "-q", "test/one.test.js");
  repository.commit({});
  expect(await weakened(repository)).toEqual(lost("test/one.test.js"));
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test.each(each)("%s: two test files that are merged are no loss", async (name) => {
  const { files, suite } = runners[name];
  const repository = branch({
    ...files,
    "test/one.test.js": suite("one", equal(3, 3)),
    "test/two.test.js": suite("two", equal(9, 5)),
  });
  repository.git("rm", "-q", "test/one.test.js", "test/two.test.js");
  repository.commit({
    "test/all.test.js": suite(
      "all",
      `const t = [[3, 3], [9, 5]];\n  for (const [high, is] of t) assert.equal(clamp(5, high), is);`,
    ),
  });
  expect(await weakened(repository)).toEqual(kept);
});

const byCommand = [
  ["mocha", "test/one.test.js", "test/one.test.js"],
  ["any script", "test/all.js", "package.json"],
] as const;

test.each(byCommand)("%s: a test that was made weaker is missed", async (name, path, told) => {
  const { files, suite } = runners[name];
  const repository = branch({ ...files, [path]: suite("one", whole) });
  repository.commit({ [path]: suite("one", "assert.ok(clamp(5, 3)); assert.ok(clamp(5, 9));") });
  expect(await weakened(repository)).toEqual(lost(told));
});

test.each(byCommand)("%s: a test that says the same in other words is not", async (name, path) => {
  const { files, suite } = runners[name];
  const repository = branch({ ...files, [path]: suite("one", whole) });
  repository.commit({ [path]: suite("one", "assert.deepEqual([clamp(5, 3), clamp(5, 9)], [3, 5]);") });
  expect(await weakened(repository)).toEqual(kept);
});

test("where no test is left, all that was noticed is lost", async () => {
  const repository = branch({ ...vitest.files, "src/clamp.test.js": vitest.suite("one", whole, "./clamp.js") });
  repository.git("rm", "-q", "src/clamp.test.js");
  repository.commit({});
  expect(await weakened(repository)).toEqual(lost("src/clamp.test.js"));
});

test("a test that went with the module that it was about is none of those", async () => {
  const repository = branch({
    ...vitest.files,
    "src/old.js": "export { clamp } from './clamp.js';\n",
    "src/old.test.js": vitest.suite("old", whole, "./old.js"),
  });
  repository.git("rm", "-q", "src/old.js", "src/old.test.js");
  repository.commit({});
  expect(await weakened(repository)).toEqual(nothing);
});

test("a test that went with the export that it was about tells nothing", async () => {
  const twice = "export const twice = (value) => value + value;\n";
  const repository = branch({
    ...vitest.files,
    "src/clamp.js": clamp + twice,
    "src/twice.test.js": vitest
      .suite("twice", "assert.equal(clamp(twice(2), 3), 3);", "./clamp.js")
      .replace("{ clamp }", "{ clamp, twice }"),
  });
  repository.git("rm", "-q", "src/twice.test.js");
  repository.commit({ "src/clamp.js": clamp });
  expect(await weakened(repository)).toEqual([
    ["skip", [expect.stringContaining("the tests of the base tell nothing of this code")]],
  ]);
});

test("a test file that was moved is followed, and no longer when it says less", async () => {
  const before = vitest.suite(
    "one",
    `${equal(3, 3)}\n  ${equal(9, 5)}\n  ${equal(5, 5)}\n  ${equal(6, 5)}`,
    "./clamp.js",
  );
  const repository = branch({ ...vitest.files, "src/clamp.test.js": before });
  repository.git("mv", "src/clamp.test.js", "src/clamps.test.js");
  repository.commit({});
  expect(await weakened(repository)).toEqual(nothing);
  repository.commit({
    "src/clamps.test.js": before.replaceAll(/assert\.equal\((clamp\(5, \d\)), \d\)/g, "assert.ok($1)"),
  });
  expect(repository.git("diff", "--name-status", "-M", "main...work")).toMatch(/^R\d+\s/);
  expect(await weakened(repository)).toEqual(lost("src/clamp.test.js"));
});

test("helpers, snapshots and fixtures that went with a test are there again when it is tried", async () => {
  const repository = branch({
    ...smallPackage,
    "src/clamp.js": clamp,
    "test/clamp.test.js": `import { expect, it } from "vitest";
import { clamp } from "../src/clamp.js";
import { readFileSync } from "node:fs";
import { same } from "./same.js";
it("clamps", () => {
  const { high } = JSON.parse(readFileSync("test/fixtures/high.json", "utf8"));
  same(clamp(5, high), high);
  expect(clamp(2, high)).toMatchSnapshot();
});
`,
    "test/same.js": 'import { expect } from "vitest";\nexport const same = (a, b) => expect(a).toBe(b);\n',
    "test/fixtures/high.json": '{ "high": 3 }\n',
    "test/__snapshots__/clamp.test.js.snap":
      "// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`clamps 1`] = `2`;\n",
  });
  repository.git("rm", "-q", "-r", "test");
  repository.commit({});
  expect(await weakened(repository)).toEqual(lost("test/clamp.test.js"));
});
