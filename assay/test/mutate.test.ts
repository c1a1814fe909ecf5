import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

const clamp =
  "export function clamp(value: number, high: number): number {\n  if (value > high) return high;\n  return value;\n}\n";

/** A branch that adds `clamp` with this test. */
function clampBranch(testBody: string): TestRepository {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.ts": clamp,
    "src/clamp.test.ts": `import { expect, test } from "vitest";\nimport { clamp } from "./clamp.ts";\n\ntest("clamps", () => {\n${testBody}\n});\n`,
  });
  return repository;
}

test("a test that only executes the change leaves survivors, each with its place and what would kill it", async () => {
  const { exitCode, envelope } = await assay(clampBranch("  expect(clamp(5, 3)).toBeDefined();"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details ?? [];
  expect(details[0]).toMatch(
    /^src\/clamp\.ts:2 `value > high` → `value <= high` \(comparison [0-9a-f]{10}\) survived 1 test; a killing test must show .*; nearest: src\/clamp\.test\.ts "clamps"$/,
  );
  expect(details.join("\n")).toMatch(/src\/clamp\.ts:3 .*no test executes/);
});

test("a test that verifies the change kills every mutant", async () => {
  const repository = clampBranch("  expect([clamp(5, 3), clamp(2, 3), clamp(3, 3)]).toEqual([3, 2, 3]);");
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, envelope.result.checks]).toMatchObject([
    0,
    [
      { id: "mutation", status: "pass" },
      { id: "untested-change", status: "pass" },
      { id: "weakened-test", status: "skip" },
      { id: "stale-equivalent", status: "skip" },
    ],
  ]);
  expect(envelope.next_actions[0]?.command).toBe("assay gate");
});

test("vitest is given the variables and flags of the repository's script", async () => {
  const manifest = { ...(JSON.parse(smallPackage["package.json"] ?? "") as object) };
  const repository = gitRepository({
    ...smallPackage,
    "package.json": JSON.stringify({ ...manifest, scripts: { test: "HIGH=3 vitest run --config unit.config.ts" } }),
    "unit.config.ts": "export default { test: { globals: true } };\n",
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.ts": clamp,
    "src/clamp.test.ts":
      'import { clamp } from "./clamp.ts";\n\ntest("clamps", () => {\n  const high = Number(process.env["HIGH"]);\n  expect([clamp(5, high), clamp(2, high)]).toEqual([3, 2]);\n});\n',
  });
  const { envelope } = await assay(repository, "mutate");
  expect(envelope.result.checks.find(({ id }) => id === "mutation")).toMatchObject({ status: "pass" });
});

test("a change that no test executes fails, with its lines", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/clamp.ts": clamp });
  const { exitCode, envelope } = await assay(repository, "mutate", "--base", "main");
  expect([exitCode, statusOf(envelope, "mutation"), statusOf(envelope, "untested-change")]).toEqual([
    1,
    "fail",
    "fail",
  ]);
  expect(JSON.stringify(envelope)).toContain("src/clamp.ts:2");
});

test("what the build runs needs no test, and has no mutant", async () => {
  const manifest = { name: "small", type: "module", scripts: { build: "node build.mjs", test: "vitest run" } };
  const repository = gitRepository({ ...smallPackage, "package.json": JSON.stringify(manifest) });
  repository.write({ "build.mjs": "export const target = process.version > 'v20' ? 'new' : 'old';\n" });
  const { exitCode, envelope } = await assay(repository, "mutate", "--base", "main");
  expect([exitCode, statusOf(envelope, "mutation"), statusOf(envelope, "untested-change")]).toEqual([
    0,
    "skip",
    "skip",
  ]);
});

test("a change of comments, types and layout needs no test and has no mutant", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({
    "src/sum.ts": "/** Adds. */\nexport function sum(a: number, b: number) {\n  // As it was.\n  return (a + b);\n}\n",
  });
  const { exitCode, envelope } = await assay(repository, "mutate", "--base", "main");
  expect([exitCode, statusOf(envelope, "untested-change")]).toEqual([0, "skip"]);
});

test("a red baseline is no verdict", async () => {
  const { exitCode, envelope } = await assay(clampBranch("  expect(clamp(5, 3)).toBe(4);"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope)).toMatch(/src\/clamp\.test\.ts.*fails/);
});

test("without a base mutate asks for one", async () => {
  const { exitCode, envelope } = await assay(gitRepository(smallPackage), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope.next_actions)).toContain("--base");
});

test("the number of mutants is bounded by assay.toml", async () => {
  const repository = clampBranch("  clamp(5, 3);\n  clamp(2, 3);\n  expect(1).toBe(1);");
  repository.commit({ "assay.toml": "[mutate]\nmax_mutants = 1\n" });
  const { envelope } = await assay(repository, "mutate");
  expect(envelope.result.checks.find((check) => check.id === "mutation")?.details).toHaveLength(1);
});

test("a test that knows the change by its types only, and drives a program, is not run for it", async () => {
  const repository = clampBranch("  expect(clamp(5, 3)).toBe(3);");
  repository.commit({
    "test/program.test.ts": `import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { clamp } from "../src/clamp.ts";

test("cannot be run here", () => {
  const made: ReturnType<typeof clamp> = Number(execFileSync("missing-program"));
  expect(made).toBe(1);
});
`,
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(JSON.stringify(envelope)).toContain("no test executes src/clamp.ts:3");
});

test("assay.toml chooses the kinds of edits", async () => {
  const repository = clampBranch("  expect(clamp(5, 3)).toBeDefined();");
  repository.commit({ "assay.toml": '[mutate]\nmutators = ["condition-constant"]\n' });
  const { envelope } = await assay(repository, "mutate");
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details ?? [];
  expect(details.filter((detail) => detail.includes("survived"))).toEqual([
    expect.stringMatching(/\(control-flow \w+\) survived/),
    expect.stringMatching(/\(control-flow \w+\) survived/),
  ]);
});

test("nothing is written to the tree", async () => {
  const repository = clampBranch("  expect(clamp(5, 3)).toBe(3);");
  await assay(repository, "mutate");
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test("a changed test that can not reach the change is no changed test", async () => {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.ts": clamp,
    "src/other.test.ts": 'import { expect, test } from "vitest";\n\ntest("adds", () => expect(1 + 1).toBe(2));\n',
  });
  const { envelope } = await assay(repository, "mutate", "--only", "untested-change");
  expect(envelope.result.checks[0]).toMatchObject({ status: "fail" });
  expect(envelope.result.checks[0]?.details[0]).toContain("(src/other.test.ts can not)");
});
