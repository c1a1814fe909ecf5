// `assay mutate` in repositories that are tested by Node's own test runner.
import { expect, test } from "vitest";
import { assay, gitRepository, statusOf, type TestRepository } from "./repository.ts";

const clamp = `export function clamp(value: number, high: number): number {
  if (value > high) return high;
  return value;
}
`;

interface Shape {
  /** The test script. */
  readonly script?: string;
  /** The statements of the one test. */
  readonly body: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** A branch that adds `clamp` and a test of it, in TypeScript by way of tsx. */
function clampBranch({ script = "tsx --test src/*.test.ts", body, files = {} }: Shape): TestRepository {
  const manifest = { name: "small", type: "module", scripts: { test: script }, devDependencies: { tsx: "4" } };
  const repository = gitRepository({ "package.json": JSON.stringify(manifest), ...files });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "src/clamp.ts": clamp,
    "src/clamp.test.ts": `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { clamp } from "./clamp.ts";\n\ntest("clamps", () => {\n  ${body}\n});\n`,
  });
  return repository;
}

const strong = "assert.deepEqual([clamp(5, 3), clamp(2, 3), clamp(3, 3)], [3, 2, 3]);";

test("a test that only executes the change leaves survivors, each with its place and what would kill it", async () => {
  const repository = clampBranch({ body: "assert.ok(clamp(5, 3));" });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  const details = envelope.result.checks.find((check) => check.id === "mutation")?.details ?? [];
  expect(details[0]).toMatch(
    /^src\/clamp\.ts:2 `value > high` → `value <= high` \(comparison \w+\) survived 1 test; a killing test must show .*; nearest: src\/clamp\.test\.ts "clamps"$/,
  );
  expect(details.join("\n")).toMatch(/src\/clamp\.ts:3 .*no test executes/);
});

test("a test that verifies the change kills every mutant, and nothing is written", async () => {
  const repository = clampBranch({ body: strong });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test("flags, variables and setup files of the script are honoured", async () => {
  const repository = clampBranch({
    script: "HIGH=3 node --conditions=source --import tsx --require ./setup.cjs --test src/*.test.ts",
    body: `assert.ok(process.execArgv.includes("--conditions=source"));
  assert.ok("ready" in globalThis);
  const high = Number(process.env["HIGH"]);
  assert.deepEqual([clamp(5, high), clamp(2, high), clamp(3, high)], [3, 2, 3]);`,
    files: { "setup.cjs": "globalThis.ready = true;\n" },
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
});

test("a change that no test executes fails, with its lines", async () => {
  const repository = clampBranch({ body: 'assert.equal(typeof clamp, "function");' });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  expect(JSON.stringify(envelope)).toContain("src/clamp.ts:2");
});

test("a red baseline is no verdict", async () => {
  const { exitCode, envelope } = await assay(clampBranch({ body: "assert.equal(clamp(5, 3), 4);" }), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope)).toMatch(/src\/clamp\.test\.ts.*fails without any mutant/);
});

test("CommonJS of Node alone, and two calls in one script, each with its own files", async () => {
  const repository = gitRepository({
    "package.json": JSON.stringify({
      name: "small",
      scripts: { test: "node --test a.test.js && SIDE=b node --test b.test.js" },
    }),
  });
  repository.git("switch", "-q", "-c", "work");
  const testOf = (name: string): string => `const assert = require("node:assert");
const test = require("node:test");
const lib = require("./lib.js");
test("${name}", () => { assert.equal(process.env.SIDE, ${name === "a" ? "undefined" : '"b"'}); assert.equal(lib.${name}(3), 4); });
`;
  repository.commit({
    "lib.js": "exports.a = (x) => x + 1;\nexports.b = (x) => x + 1;\n",
    "a.test.js": testOf("a"),
    "b.test.js": testOf("b"),
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
});
