// `assay mutate` where the tests are not vitest's: mocha, and programs of which nothing is known but their exit code.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assay, gitRepository, statusOf, type TestRepository } from "./repository.ts";

const clamp = "export function clamp(value, high) {\n  if (value > high) return high;\n  return value;\n}\n";

/** A branch that adds `clamp` with a mocha test of this body. */
function clampBranch(testBody: string, script = "mocha", more: Readonly<Record<string, string>> = {}): TestRepository {
  const manifest = { name: "small", type: "module", scripts: { test: script }, devDependencies: { mocha: "12" } };
  const repository = gitRepository({
    "package.json": JSON.stringify(manifest),
    ".gitignore": "node_modules\nbuilt\n",
    ...more,
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.js": clamp,
    "test/clamp.test.js": `import assert from "node:assert/strict";
import { clamp } from "../src/clamp.js";

describe("clamp", () => {
  it("clamps", () => {
    ${testBody}
  });
});
`,
  });
  return repository;
}

const strong = "assert.deepEqual([clamp(5, 3), clamp(2, 3), clamp(3, 3)], [3, 2, 3]);";

test("mocha: a test that only executes the change leaves survivors, each with its place and what would kill it", async () => {
  const { exitCode, envelope } = await assay(clampBranch("assert.ok(clamp(5, 3));"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details ?? [];
  expect(details[0]).toMatch(
    /^src\/clamp\.js:2 `value > high` → `value <= high` \(comparison \w+\) survived 1 test; a killing test must show .*; nearest: test\/clamp\.test\.js$/,
  );
  expect(details.join("\n")).toMatch(/src\/clamp\.js:3 no test executes this changed line; add one that does/);
});

test("mocha: a test that verifies the change kills every mutant", async () => {
  const { exitCode, envelope } = await assay(clampBranch(strong), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details;
  expect(details).toEqual([expect.stringMatching(/^3 mutants killed; `mocha` ran 7 times, \d+\.\d s each$/)]);
});

test("the flags, variables and setup of the repository's script are honoured", async () => {
  const repository = clampBranch(
    `const high = Number(process.env.HIGH);
    assert.deepEqual([clamp(5, high), clamp(2, high), globalThis.isSetUp], [3, 2, true]);`,
    "HIGH=3 mocha --require ./setup.cjs --spec 'test/**/*.test.js'",
    { "setup.cjs": "globalThis.isSetUp = true;\n" },
  );
  const { envelope } = await assay(repository, "mutate");
  expect(envelope.result.checks.find(({ id }) => id === "mutation")).toMatchObject({ status: "pass" });
});

test("any other program: a red baseline is no verdict, a green one tells survivors from kills", async () => {
  const program = (body: string): Record<string, string> => ({
    "check.js": `import { clamp } from "./src/clamp.js";\n${body}\n`,
  });
  const mutate = async (body: string): Promise<readonly unknown[]> => {
    const { exitCode, envelope } = await assay(clampBranch("", "node check.js", program(body)), "mutate");
    const check = envelope.result.checks.find(({ id }) => id === "mutation");
    return [exitCode, check?.status, check?.details[0]];
  };
  expect(await mutate('if (clamp(5, 3) !== 3 || clamp(2, 3) !== 2) throw new Error("wrong");')).toEqual([
    0,
    "pass",
    expect.stringMatching(/^3 mutants killed; `npm run test` ran 7 times/),
  ]);
  expect(await mutate("clamp(5, 3);")).toEqual([
    1,
    "fail",
    expect.stringMatching(
      /^src\/clamp\.js:2 .* survived the tests; a killing test must show .*; nearest: test\/clamp\.test\.js$/,
    ),
  ]);
  expect(await mutate('if (clamp(5, 3) === 3) throw new Error("wrong");')).toEqual([
    2,
    "error",
    expect.stringContaining("`npm run test` fails without any mutant, in a copy: Error: wrong"),
  ]);
});

test("a red mocha baseline is no verdict", async () => {
  const { exitCode, envelope } = await assay(clampBranch("assert.equal(clamp(5, 3), 4);"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope)).toContain("clamp clamps");
});

test("a command that takes too long is no verdict, and assay.toml says what is too long", async () => {
  const repository = clampBranch("", "node check.js", {
    "assay.toml": "[mutate]\ncommand_seconds = 1\n",
    "check.js": 'import "./src/clamp.js";\nsetTimeout(() => {}, 5000);\n',
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope)).toContain("takes more than 1 s");
});

test("tests of another package of the workspace get the change, and nothing is written to the tree", async () => {
  const repository = gitRepository(
    {
      ".gitignore": "node_modules\nbuilt\n",
      "package.json": JSON.stringify({ name: "all", private: true, workspaces: ["packages/*"] }),
      "packages/core/package.json": JSON.stringify({ name: "core", type: "module", exports: "./core.js" }),
      "packages/core/core.js": "export const one = () => 2;\n",
      "packages/app/package.json": JSON.stringify({
        name: "app",
        type: "module",
        scripts: { test: "node check.js" },
        dependencies: { core: "*" },
      }),
      "packages/app/check.js": `import { writeFileSync } from "node:fs";
import { one } from "core";
writeFileSync("report.txt", String(one()));
writeFileSync("check.js", "");
if (one() !== 1) throw new Error("not one");
`,
    },
    { tools: false },
  );
  const modules = join(repository.root, "packages/app/node_modules");
  mkdirSync(modules);
  symlinkSync("../../core", join(modules, "core"));
  repository.git("switch", "-q", "-c", "work");
  repository.commit({ "packages/core/core.js": "export const one = () => 1;\n" });
  const { envelope } = await assay(repository, "mutate", "--only", "mutation");
  expect(envelope.result.checks.find(({ id }) => id === "mutation")).toMatchObject({
    status: "pass",
    details: [expect.stringMatching(/^1 mutant killed; `npm run test in packages\/app` ran/) as string],
  });
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! packages/app/node_modules/\n");
});

test("tests that only a build makes are run by their script", async () => {
  const build = 'import { cpSync } from "node:fs";\ncpSync("src", "built", { recursive: true });\n';
  const script = "node build.mjs && node --test built/";
  const scripts = { name: "small", type: "module", scripts: { test: script } };
  const repository = gitRepository({
    "package.json": JSON.stringify(scripts),
    ".gitignore": "built\n",
    "build.mjs": build,
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.js": clamp,
    "src/clamp.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp } from "./clamp.js";

test("clamps", () => {
  ${strong}
});
`,
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details;
  expect(details).toEqual([expect.stringMatching(/^3 mutants killed; `npm run test` ran \d+ times, \d+\.\d s each$/)]);
});
