import { expect, test } from "vitest";
import { assay, gitRepository, statusOf, type TestRepository } from "./repository.ts";

/** A CommonJS package whose script runs jest. */
function manifest(script: string, jest: object = { transform: { "\\.ts$": "@swc/jest" } }): string {
  return JSON.stringify({ name: "small", scripts: { test: script }, devDependencies: { jest: "30" }, jest });
}

const clamp =
  "export function clamp(value: number, high: number): number {\n  if (value > high) return high;\n  return value;\n}\n";

/** A branch that adds these files to a package with jest. */
function branch(files: Readonly<Record<string, string>>, script = "jest"): TestRepository {
  const repository = gitRepository({ "package.json": manifest(script) });
  repository.git("switch", "-q", "-c", "work");
  repository.commit(files);
  return repository;
}

function clampBranch(testBody: string, script?: string): TestRepository {
  const test = `import { clamp } from "./clamp";\n\ntest("clamps", () => {\n${testBody}\n});\n`;
  return branch({ "src/clamp.ts": clamp, "src/clamp.test.ts": test }, script);
}

function detailsOf(envelope: Awaited<ReturnType<typeof assay>>["envelope"]): readonly string[] {
  return envelope.result.checks.find(({ id }) => id === "mutation")?.details ?? [];
}

test("a test that only executes the change leaves survivors, each with its place and what would kill it", async () => {
  const { exitCode, envelope } = await assay(clampBranch("  expect(clamp(5, 3)).toBeDefined();"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([1, "fail"]);
  expect(detailsOf(envelope)[0]).toMatch(
    /^src\/clamp\.ts:2 `value > high` → `value <= high` \(comparison \w+\) survived 1 test; a killing test must show .*; nearest: src\/clamp\.test\.ts "clamps"$/,
  );
  expect(detailsOf(envelope).join("\n")).toMatch(/src\/clamp\.ts:3 .*no test executes/);
});

test("a test that verifies the change kills every mutant, and nothing is written to the tree", async () => {
  const repository = clampBranch("  expect([clamp(5, 3), clamp(2, 3), clamp(3, 3)]).toEqual([3, 2, 3]);");
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([0, "pass"]);
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test("a change that no test executes fails, with its lines", async () => {
  const repository = branch({
    "src/clamp.ts": clamp,
    "src/other.test.ts": 'import "./clamp";\n\ntest("nothing", () => undefined);\n',
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope)]).toEqual([
    1,
    ["src/clamp.ts:2 no test executes the changed lines 2-3; add one that does"],
  ]);
});

test("a red baseline is no verdict", async () => {
  const { exitCode, envelope } = await assay(clampBranch("  expect(clamp(5, 3)).toBe(4);"), "mutate");
  expect([exitCode, statusOf(envelope, "mutation")]).toEqual([2, "error"]);
  expect(JSON.stringify(envelope)).toMatch(/src\/clamp\.test\.ts.*fails without any mutant/);
});

test("a snapshot in the tree decides, and stays as it is", async () => {
  const snapshot = "// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`clamps 1`] = `3`;\n\n\n";
  const repository = clampBranch("  expect(clamp(5, 3)).toMatchSnapshot();");
  repository.commit({ "src/__snapshots__/clamp.test.ts.snap": snapshot });
  const { envelope } = await assay(repository, "mutate");
  expect(detailsOf(envelope)).toEqual([
    "src/clamp.ts:3 no test executes this changed line; add one that does",
    "2 mutants killed",
  ]);
  expect(repository.git("status", "--porcelain", "--ignored")).toBe("!! node_modules\n");
});

test("jest is given the variables and flags of the repository's script", async () => {
  const repository = clampBranch(
    '  const high = Number(process.env["HIGH"]);\n  expect([clamp(5, high), clamp(2, high), clamp(3, high), Reflect.get(globalThis, "ready")]).toEqual([3, 2, 3, true]);',
    "HIGH=3 jest --config unit.config.json --ci=false --coverage",
  );
  repository.commit({
    "unit.config.json": JSON.stringify({ transform: { "\\.ts$": "@swc/jest" }, setupFiles: ["./ready.js"] }),
    "ready.js": "globalThis.ready = true;\n",
  });
  const { envelope } = await assay(repository, "mutate");
  expect([statusOf(envelope, "mutation"), detailsOf(envelope)]).toEqual(["pass", [expect.stringMatching(/killed$/)]]);
});

test("only tests that the script runs count", async () => {
  const repository = branch(
    {
      "src/half.ts": "export const half = (x: number) => x / 2;\n",
      "unit/half.test.ts": 'import { half } from "../src/half";\n\ntest("weak", () => void half(2));\n',
      "slow/half.test.ts": 'import { half } from "../src/half";\n\ntest("strong", () => expect(half(2)).toBe(1));\n',
    },
    "jest unit",
  );
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope)]).toEqual([
    1,
    [expect.stringContaining("survived"), expect.stringContaining("survived")],
  ]);
});

test("tests that only another script's configuration knows count as well", async () => {
  const repository = branch(
    {
      "src/half.ts": "export const half = (x: number) => x / 2;\n",
      "src/half.test.ts": 'import { half } from "./half";\n\ntest("weak", () => void half(2));\n',
      "src/half.slow.ts": 'import { half } from "./half";\n\ntest("strong", () => expect(half(2)).toBe(1));\n',
      "slow.config.json": JSON.stringify({ transform: { "\\.ts$": "@swc/jest" }, testMatch: ["**/*.slow.ts"] }),
    },
    "jest && jest --config slow.config.json",
  );
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope)]).toEqual([0, ["3 mutants killed, left out: 3 assertion"]]);
});

for (const script of [
  "NODE_OPTIONS=--experimental-vm-modules jest",
  "node --experimental-vm-modules node_modules/jest/bin/jest.js",
]) {
  test(`native modules are loaded as the script has it: ${script}`, async () => {
    const repository = gitRepository({
      "package.json": JSON.stringify({
        name: "native",
        type: "module",
        scripts: { test: script },
        devDependencies: { jest: "30" },
        jest: { transform: {} },
      }),
    });
    repository.git("switch", "-q", "-c", "work");
    repository.commit({
      "src/half.js": "const by = await Promise.resolve(2);\nexport const half = (x) => x / by;\n",
      "src/half.test.js": 'import { half } from "./half.js";\n\ntest("halves", () => expect(half(8)).toBe(4));\n',
    });
    const { exitCode, envelope } = await assay(repository, "mutate");
    expect([exitCode, detailsOf(envelope)]).toEqual([0, ["2 mutants killed"]]);
  });
}

test("a change is judged by the tests of jest and of vitest where a repository has both", async () => {
  const repository = gitRepository({
    "package.json": '{ "name": "all", "private": true, "workspaces": ["packages/*"] }\n',
    "packages/a/package.json": manifest("jest").replace("small", "a"),
    "packages/b/package.json":
      '{ "name": "b", "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "4" } }\n',
  });
  repository.git("switch", "-q", "-c", "work");
  repository.commit({
    "packages/a/src/math.ts": "export const half = (x: number) => x / 2;\nexport const twice = (x: number) => x + x;\n",
    "packages/a/src/math.test.ts":
      'import { half, twice } from "./math";\n\ntest("halves", () => expect([half(8), typeof twice(1)]).toEqual([4, "number"]));\n',
    "packages/b/src/math.test.ts":
      'import { expect, test } from "vitest";\nimport { twice } from "../../a/src/math.ts";\n\ntest("twice", () => expect(twice(4)).toBe(8));\n',
  });
  const { exitCode, envelope } = await assay(repository, "mutate");
  expect([exitCode, detailsOf(envelope)]).toEqual([0, ["3 mutants killed"]]);
});
