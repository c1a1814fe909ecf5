// Tests that were rewritten, and notice less than they did.
import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

const clamp =
  "export function clamp(value: number, high: number): number {\n  if (value > high) return high;\n  return value;\n}\n";

function suite(...assertions: readonly string[]): string {
  const body = assertions.map((assertion) => `  ${assertion}\n`).join("");
  return `import { expect, test } from "vitest";\nimport { clamp } from "./clamp.ts";\n\ntest("clamps", () => {\n${body}});\n`;
}

const strong = ["expect(clamp(5, 3)).toBe(3);", "expect(clamp(2, 3)).toBe(2);"];

/** A branch whose base has `clamp` with a strong test. */
function branch(files: Readonly<Record<string, string>>): TestRepository {
  const repository = gitRepository({ ...smallPackage, "src/clamp.ts": clamp, "src/clamp.test.ts": suite(...strong) });
  repository.git("switch", "-q", "-c", "work");
  repository.commit(files);
  return repository;
}

test("a test that was made weaker fails, though no code was changed", async () => {
  const repository = branch({ "src/clamp.test.ts": suite("expect(clamp(5, 3)).toBeDefined();") });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation"), statusOf(envelope, "weakened-test")]).toEqual([1, "skip", "fail"]);
  const details = envelope.result.checks.find(({ id }) => id === "weakened-test")?.details ?? [];
  expect(details[0]).toMatch(
    /^src\/clamp\.test\.ts "clamps" noticed `.*` → `.*` in src\/clamp\.ts:\d before this change, and no test does now; restore what it asserted$/,
  );
});

test("assertions that moved to another test are not lost", async () => {
  const moved = suite(...strong).replace('"clamps"', '"clamps, elsewhere"');
  const repository = branch({
    "src/clamp.test.ts": suite("expect(clamp(5, 3)).toBeDefined();"),
    "src/other.test.ts": moved,
  });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([
    { status: "pass", details: [expect.stringMatching(/^\d mutants are noticed as before$/)] },
  ]);
});

test("a test that says the same in other words is as strong", async () => {
  const repository = branch({ "src/clamp.test.ts": suite("expect([clamp(5, 3), clamp(2, 3)]).toEqual([3, 2]);") });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([{ status: "pass" }]);
});

test("additions are not tried", async () => {
  const repository = branch({ "src/clamp.test.ts": suite(...strong, "expect(clamp(3, 3)).toBe(3);") });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([{ status: "skip", details: ["no test was rewritten or deleted"] }]);
});

test("where the former test fails on the new code it tells nothing", async () => {
  const repository = branch({
    "src/clamp.ts": clamp.replace("return high", "return high - 1"),
    "src/clamp.test.ts": suite("expect(clamp(5, 3)).toBe(2);"),
  });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([
    { status: "skip", details: [expect.stringContaining("the tests of the base tell nothing of this code")] },
  ]);
});

test("a helper of the tests that was rewritten is what it was when they are tried as they were", async () => {
  const helper = 'import { expect } from "vitest";\nexport const same = (a: number, b: number) => expect(a).toBe(b);\n';
  const tests = suite("same(clamp(5, 3), 3);", "same(clamp(2, 3), 2);").replace(
    "import { clamp }",
    'import { same } from "../test/same.ts";\nimport { clamp }',
  );
  const repository = gitRepository({
    ...smallPackage,
    "src/clamp.ts": clamp,
    "src/clamp.test.ts": tests,
    "test/same.ts": helper,
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "test/same.ts": helper.replace("toBe(b)", "toBeDefined()") });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([{ status: "fail" }]);
});

test("nothing is written to the tree", async () => {
  const repository = branch({ "src/clamp.test.ts": suite("expect(clamp(5, 3)).toBeDefined();") });
  await assay(repository, "mutate");
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

const inJest = {
  "package.json": JSON.stringify({
    scripts: { test: "jest" },
    devDependencies: { jest: "30" },
    jest: { transform: { "\\.ts$": "@swc/jest" } },
  }),
  "src/clamp.test.ts": suite("expect(clamp(5, 3)).toBe(3);").replace(/import .*vitest";\n/, ""),
};

const inNode = {
  "package.json": JSON.stringify({
    type: "module",
    scripts: { test: "tsx --test src/*.test.ts" },
    devDependencies: { tsx: "4" },
  }),
  "src/clamp.test.ts":
    'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { clamp } from "./clamp.ts";\n\ntest("clamps", () => {\n  assert.equal(clamp(5, 3), 3);\n});\n',
};

const weak: readonly (readonly [runner: string, files: typeof inJest, from: RegExp, to: string])[] = [
  ["jest", inJest, /expect\(clamp\(5, 3\)\)\.toBe\(3\);/, "expect(clamp(5, 3)).toBeDefined();"],
  ["node:test", inNode, /assert\.equal\(clamp\(5, 3\), 3\)/, "assert.ok(clamp(5, 3))"],
];

test.each(weak)("%s: a test that was made weaker fails", async (_runner, files, from, to) => {
  const repository = gitRepository({ ...files, "src/clamp.ts": clamp });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/clamp.test.ts": files["src/clamp.test.ts"].replace(from, to) });
  const { envelope } = await assay(repository, "mutate", "--only", "weakened-test");
  expect(envelope.result.checks).toMatchObject([
    { status: "fail", details: expect.arrayContaining([expect.stringContaining("and no test does now")]) as unknown },
  ]);
});
