import { expect, test } from "vitest";
import { assay, gitRepository, statusOf, type TestRepository } from "./repository.ts";

const half = "export function half(x: number): number {\n  return x / 2;\n}\n";

/** Two packages with a vitest each; the tests of `b` are about `a`, which it gets from `from`. */
function twoPackages(from: string, more: Readonly<Record<string, string>> = {}): TestRepository {
  const manifest = (name: string): string =>
    `{ "name": "${name}", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "4" } }\n`;
  const repository = gitRepository({
    "package.json": '{ "name": "all", "private": true, "workspaces": ["packages/*"] }\n',
    "packages/a/package.json": manifest("a"),
    "packages/a/src/half.ts": "export {};\n",
    "packages/b/package.json": manifest("b"),
    ...more,
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "packages/a/src/half.ts": half,
    "packages/b/src/half.test.ts": `import { expect, test } from "vitest";\nimport { half } from "${from}";\n\ntest("halves", () => expect(half(8)).toBe(4));\n`,
  });
  return repository;
}

test("tests in another package that import the change from source kill its mutants", async () => {
  const { exitCode, envelope } = await assay(twoPackages("../../a/src/half.ts"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
});

test("tests in another package that import the built output verify nothing, and are told so", async () => {
  const repository = twoPackages("../../a/dist/half.js", {
    "packages/a/dist/half.js": half.replaceAll(": number", ""),
    // The graph follows this from source to the tests.
    "packages/b/src/index.ts": 'export { half } from "../../a/src/half.ts";\n',
    "packages/b/src/index.test.ts": 'import { test } from "vitest";\n\ntest("nothing", () => undefined);\n',
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  expect(envelope.result.checks.find(({ id }) => id === "mutation")?.details).toEqual([
    "packages/a/src/half.ts:2 no test executes this changed line: tests load packages/a/dist/half.js, which is built from it; let the tests resolve the package to its source",
  ]);
});
