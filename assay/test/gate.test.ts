import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf, type TestRepository } from "./repository.ts";

const double = "export function double(value: number): number {\n  return value * 2;\n}\n";
const doubleTest =
  'import { expect, test } from "vitest";\nimport { double } from "./double.ts";\n\ntest("doubles", () => {\n  expect([double(3), double(0.5)]).toEqual([6, 1]);\n});\n';

function branch(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = gitRepository({ ...smallPackage, ...files });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/double.ts": double, "src/double.test.ts": doubleTest });
  return repository;
}

test("a committed, tested, verified change passes everything", async () => {
  const { exitCode, envelope } = await assay(branch(), "gate");
  expect([exitCode, envelope.error]).toEqual([0, null]);
  for (const id of ["lint", "types", "tests", "mutation", "untested-change", "outdated-branch", "dirty-tree"]) {
    expect([id, statusOf(envelope, id)]).toEqual([id, "pass"]);
  }
  expect(envelope.result.scope.fallback).toBeNull();
});

test("what is not committed is a finding", async () => {
  const repository = branch();
  repository.write({ "src/left.ts": "export const left = 1;\n" });
  const { exitCode, envelope } = await assay(repository, "gate", "--only", "dirty-tree");
  expect([exitCode, envelope.result.checks[0]?.details]).toEqual([
    1,
    ["src/left.ts is untracked: commit it or remove it"],
  ]);
});

test("a base that has moved on is a finding", async () => {
  const repository = branch();
  repository.git("switch", "-q", "main");
  repository.commit({ "README.md": "# small\n" });
  repository.git("switch", "-q", "work");
  const { exitCode, envelope } = await assay(repository, "gate", "--only", "outdated-branch");
  expect([exitCode, statusOf(envelope, "outdated-branch")]).toEqual([1, "fail"]);
  expect(envelope.result.checks[0]?.details[0]).toContain("git rebase main");
});

test("a failing test far from the change is found", async () => {
  const repository = branch({
    "src/other.test.ts": 'import { expect, test } from "vitest";\ntest("other", () => expect(1).toBe(2));\n',
  });
  const { exitCode, envelope } = await assay(repository, "gate", "--only", "tests");
  expect([exitCode, envelope.result.checks[0]?.details[0]]).toEqual([
    1,
    expect.stringContaining("src/other.test.ts:2 other"),
  ]);
});

test("the build runs before the tests that read what it makes", async () => {
  const manifest = JSON.parse(smallPackage["package.json"] ?? "") as { scripts: Record<string, string> };
  manifest.scripts["build"] =
    "node -e \"fs.mkdirSync('dist',{recursive:true});fs.writeFileSync('dist/made.json','7')\"";
  const reads =
    'import { readFileSync } from "node:fs";\nimport { expect, test } from "vitest";\ntest("reads", () => expect(readFileSync("dist/made.json", "utf8")).toBe("7"));\n';
  const repository = branch({
    ".gitignore": "node_modules\ndist\n",
    "package.json": JSON.stringify(manifest),
    "src/reads.test.ts": reads,
  });
  const { envelope } = await assay(repository, "gate", "--only", "build,tests");
  expect([statusOf(envelope, "build"), statusOf(envelope, "tests")]).toEqual(["pass", "pass"]);
});

test("a build that fails, or writes where git looks, is a finding", async () => {
  const manifest = JSON.parse(smallPackage["package.json"] ?? "") as { scripts: Record<string, string> };
  manifest.scripts["build"] =
    "node -e \"fs.writeFileSync('made.js','export {};');console.error('src/a.ts:1 error');process.exitCode=1\"";
  const { exitCode, envelope } = await assay(
    branch({ "package.json": JSON.stringify(manifest) }),
    "gate",
    "--only",
    "build,dirty-tree",
  );
  expect(exitCode).toBe(1);
  const details = (id: string): string => envelope.result.checks.find((check) => check.id === id)?.details.join() ?? "";
  expect(details("build")).toContain("src/a.ts:1 error");
  expect(details("dirty-tree")).toMatch(/made\.js is untracked since a check ran/);
});

test("a pass of a loop is not replayed", async () => {
  const repository = branch();
  await assay(repository, "loop");
  const { envelope } = await assay(repository, "gate", "--only", "tests,types,lint");
  expect(envelope.result.checks.map((check) => check.cached)).toEqual([false, false, false]);
});
