// Programs that run assay, or its parts, in their own tests: assay itself is one.
import { expect, test } from "vitest";
import { assay, binary, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

/** A branch that adds a function with a test that verifies it, or only runs it. */
function doubleBranch(assertion: string): TestRepository {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/double.ts": "export const double = (x: number): number => x * 2;\n",
    "src/double.test.ts": `import { expect, test } from "vitest";\nimport { double } from "./double.ts";\n\ntest("doubles", () => ${assertion});\n`,
  });
  return repository;
}

const isVerified = `import { spawnSync } from "node:child_process";

/** Does assay find every mutant of the branch dead? */
export function isVerified(cwd: string): boolean {
  const { status } = spawnSync(process.execPath, [${JSON.stringify(binary)}, "mutate"], { cwd });
  return status === 0;
}
`;

test("tests that run assay are run by assay, and see the verdicts that they would see alone", async () => {
  const verified = doubleBranch("expect(double(3)).toBe(6)");
  const weak = doubleBranch("expect(double(3)).toBeDefined()");
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/is-verified.ts": isVerified,
    "src/is-verified.test.ts": `import { expect, test } from "vitest";
import { isVerified } from "./is-verified.ts";

test("a branch with a test that tells right from wrong", () => {
  expect(isVerified(${JSON.stringify(verified.root)})).toBe(true);
}, 60_000);

test("a branch whose test only executes it", () => {
  expect(isVerified(${JSON.stringify(weak.root)})).toBe(false);
}, 60_000);
`,
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(JSON.stringify(envelope)).toContain("2 mutants killed");
});
