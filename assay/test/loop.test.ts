import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { assay, gitRepository, smallPackage, statusOf } from "./repository.ts";

test("with nothing changed the loop is green, plans nothing and is short", async () => {
  const { exitCode, stdout, envelope } = await assay(gitRepository(smallPackage), "loop", "--base", "main");
  expect(exitCode).toBe(0);
  expect(envelope).toMatchObject({
    ok: true,
    error: null,
    result: { scope: { changed_files: 0, fallback: null }, checks: [], summary: { total: 0 } },
  });
  expect(stdout.length).toBeLessThan(1500);
});

test("a right change is green: the tools ran, and the envelope is short", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": "export function sum(a: number, b: number): number {\n  return b + a;\n}\n" });
  const { exitCode, stdout, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, envelope.error]).toEqual([0, null]);
  expect(statusOf(envelope, "tests")).toBe("pass");
  expect(statusOf(envelope, "types")).toBe("pass");
  expect(statusOf(envelope, "lint")).toBe("pass");
  expect(envelope.result.scope).toMatchObject({
    changed_files: 1,
    direct_scopes: ["small"],
    expanded_scopes: ["small"],
  });
  // The object, not the end of its line.
  expect(stdout.trimEnd().length).toBeLessThanOrEqual(1500);
});

test("a failing test, a type error and a lint error are found together, each with file and line", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({
    "src/sum.ts":
      "export function sum(a: number, b: number): number {\n  debugger;\n  const wrong: string = a;\n  return a - b;\n}\n",
  });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(exitCode).toBe(1);
  const detailsOf = (id: string): string =>
    envelope.result.checks.find((check) => check.id === id)?.details.join("\n") ?? "";
  expect(detailsOf("tests")).toMatch(/src\/sum\.test\.ts:5 .*adds.*expected -1 to be 3/);
  expect(detailsOf("types")).toMatch(/src\/sum\.ts:3 .*not assignable/);
  expect(detailsOf("lint")).toMatch(/src\/sum\.ts:2 .*debugger/);
  expect(envelope.next_actions[0]?.command).toBe("assay loop --only lint,types,tests --base main");
});

test("committed, staged, unstaged and untracked files all belong to the change", async () => {
  const repository = gitRepository(smallPackage);
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "src/committed.ts": "export const a = 1;\n" });
  repository.write({ "src/staged.ts": "export const b = 1;\n" });
  repository.git("add", "src/staged.ts");
  repository.write({
    "src/untracked.ts": "export const c = 1;\n",
    "src/sum.ts": `${smallPackage["src/sum.ts"]}// edited\n`,
  });
  const { envelope } = await assay(repository, "loop", "--base", "main", "--only", "syntax-error");
  expect(envelope.result.scope.changed_files).toBe(4);
});

test("a renamed file keeps its changed lines in scope", async () => {
  const repository = gitRepository({ "src/old name.js": "export const a = 1;\n" });
  repository.git("mv", "src/old name.js", "src/new.js");
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect([exitCode, envelope.result.scope.changed_files]).toEqual([0, 1]);
});

test("a renamed module that breaks its importers is red", async () => {
  const repository = gitRepository(smallPackage);
  repository.git("mv", "src/sum.ts", "src/add.ts");
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(exitCode).toBe(1);
  expect(statusOf(envelope, "tests")).toBe("fail");
});

test("without a base everything runs, and guards ask for one", async () => {
  const { exitCode, envelope } = await assay(gitRepository(smallPackage), "loop");
  expect(exitCode).toBe(2);
  expect(envelope.result.scope.fallback?.reason).toBe("no-base");
  expect(statusOf(envelope, "tests")).toBe("pass");
  // All guards say the same, and one of them stands for the others before what else is told.
  const { checks, summary } = envelope.result;
  expect(summary.errored).toBeGreaterThan(20);
  expect(checks.slice(0, 2).map(({ status }) => status)).toEqual(["error", "pass"]);
  expect(JSON.stringify(envelope)).toContain("--base");
});

test("a second loop replays what passed; an edit runs it again", async () => {
  const repository = gitRepository(smallPackage);
  const cachedChecks = async (): Promise<readonly string[]> =>
    (await assay(repository, "loop", "--base", "main")).envelope.result.checks
      .filter((check) => check.cached)
      .map((check) => check.id);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  expect(await cachedChecks()).toEqual([]);
  expect(await cachedChecks()).toEqual(["lint", "types", "tests"]);
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n\n` });
  expect(await cachedChecks()).toEqual([]);
});

test("a failure is never replayed", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "a - b") ?? "" });
  for (const attempt of [1, 2]) {
    const { envelope } = await assay(repository, "loop", "--base", "main");
    const tests = envelope.result.checks.find((check) => check.id === "tests");
    expect([attempt, tests?.status, tests?.cached]).toEqual([attempt, "fail", false]);
  }
});

test("zero executed tests are no pass", async () => {
  const repository = gitRepository(smallPackage);
  repository.write({
    "src/sum.test.ts":
      'import { test } from "vitest";\nimport { sum } from "./sum.ts";\nvoid sum;\ntest.todo("later");\n',
  });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--only", "tests");
  expect([exitCode, statusOf(envelope, "tests")]).toEqual([2, "error"]);
});

test("a tool that is declared and not installed is no verdict, with the command that installs it", async () => {
  const repository = gitRepository(smallPackage, { tools: false });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(exitCode).toBe(2);
  expect(statusOf(envelope, "tests")).toBe("error");
  expect(envelope.next_actions.map((action) => action.command)).toContain("npm install");
  repository.write({ "src/sum.ts": smallPackage["src/sum.ts"]?.replace("a + b", "b + a") ?? "" });
  const mutate = await assay(repository, "mutate", "--base", "main", "--only", "mutation");
  expect([mutate.exitCode, statusOf(mutate.envelope, "mutation")]).toEqual([2, "error"]);
  expect(mutate.envelope.next_actions.map((action) => action.command)).toContain("npm install");
});

test("what does not fit into the budget is deferred, and the run that finished no test is no verdict", async () => {
  const slow =
    'import { test } from "vitest";\nimport "./sum.ts";\ntest("slow", async () => {\n  await new Promise((done) => setTimeout(done, 60_000));\n}, 90_000);\n';
  const repository = gitRepository({ ...smallPackage, "src/sum.test.ts": slow });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  const started = performance.now();
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--budget", "3", "--only", "tests");
  expect(performance.now() - started).toBeLessThan(5000);
  expect([exitCode, statusOf(envelope, "tests"), envelope.error?.code]).toEqual([2, "deferred", "no-tests-ran"]);
  expect(envelope.next_actions[0]?.command).toBe("assay loop --only tests --base main --budget 600");
  expect(processesIn(repository.root)).toEqual([]);
});

test("a budget that lets some tests finish is green with the rest deferred, the nearest first", async () => {
  const slow =
    'import { test } from "vitest";\nimport "./far.ts";\ntest("slow", async () => {\n  await new Promise((done) => setTimeout(done, 60_000));\n}, 90_000);\n';
  const quick =
    'import { expect, test } from "vitest";\nimport { sum } from "./sum.ts";\ntest("quick", () => expect(sum(1, 1)).toBe(2));\n';
  const repository = gitRepository({
    ...smallPackage,
    "src/far.ts": 'export * from "./sum.ts";\n',
    ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`src/near-${index}.test.ts`, quick])),
    "src/a-slow.test.ts": slow,
  });
  repository.write({ "src/sum.ts": `${smallPackage["src/sum.ts"]}\n` });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main", "--budget", "24", "--only", "tests");
  expect([exitCode, statusOf(envelope, "tests")]).toEqual([0, "deferred"]);
  expect(envelope.result.checks[0]?.details.join()).toMatch(/not run/);
});

test("the project's own check runs on its scopes and fails with what it printed", async () => {
  const toml = `[[check]]\nid = "house-rule"\ncommand = ["node", "rule.mjs"]\nin = ["loop", "gate"]\n`;
  const repository = gitRepository({
    "assay.toml": toml,
    "rule.mjs": 'console.log("src/a.js is against the rule");\nprocess.exitCode = 3;\n',
    "package.json": '{"name":"p"}',
  });
  repository.write({ "src/a.js": "export const a = 1;\n" });
  const { exitCode, envelope } = await assay(repository, "loop", "--base", "main");
  expect(exitCode).toBe(1);
  expect(envelope.result.checks[0]).toMatchObject({
    id: "house-rule",
    status: "fail",
    details: ["src/a.js is against the rule"],
  });
});

/** Processes whose working folder is in the repository. */
function processesIn(root: string): readonly string[] {
  const listing = execFileSync("sh", ["-c", `for p in /proc/[0-9]*; do readlink "$p/cwd" 2>/dev/null; done; true`], {
    encoding: "utf8",
  });
  return listing.split("\n").filter((cwd) => cwd.startsWith(root));
}
