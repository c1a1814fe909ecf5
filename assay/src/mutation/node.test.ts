// Mutation testing with Node's own test runner.
import { expect, test } from "vitest";
import { mutate, nodeStart, project, verdicts } from "./testing/project.ts";

const start = nodeStart();
const scale = `export function scaleGradient(gradient, limit) {
  const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  if (norm <= limit) return gradient;
  return gradient.map((g) => (g * limit) / norm);
}
`;

test("a test that only asserts that something is defined leaves survivors", async () => {
  const report = await mutate(
    project({
      "src/scale.js": scale,
      "src/scale.test.js": `import assert from "node:assert/strict";
import test from "node:test";
import { scaleGradient } from "./scale.js";
test("nothing", () => {});
test("scales a gradient", () => assert.ok(scaleGradient([3, 4], 1)));
`,
    }),
    { start },
  );
  expect(report.errors).toEqual([]);
  expect(verdicts(report)).toEqual([
    "sum + g * g → sum - g * g: survived",
    "g * g → g / g: survived",
    "0 → 1: survived",
    "norm <= limit → norm > limit: survived",
    "gradient → undefined: no-coverage",
    "gradient.map((g) => (g * limit) / norm) → undefined: killed",
    "(g * limit) / norm → (g * limit) * norm: survived",
    "g * limit → g / limit: survived",
  ]);
  expect(report.mutants[0]).toMatchObject({
    nearest: { file: "src/scale.test.js", test: "scales a gradient" },
    testsRun: 2,
    hits: 2,
  });
});

test("once there is no time for lines alone, tests are run for mutants only", async () => {
  const importing = (name: string, body: string): string =>
    `import assert from "node:assert/strict";\nimport test from "node:test";\nimport { ${name} } from "./${name}.js";\ntest("${name}", () => ${body});\n`;
  const built = project({
    "src/one.js": "export const one = () => 1;\n",
    "src/one.test.js": importing("one", "assert.equal(one(), 1)"),
    "src/two.js": "export function two() {\n  throw new Error();\n}\n",
    "src/two.test.js": importing("two", "assert.throws(two)"),
  });
  const ran = async (patienceMs: number): Promise<unknown> => {
    const { errors, testFilesRun, uncovered } = await mutate(built, { start, patienceMs, maxMutants: 1 });
    return [errors, testFilesRun, uncovered.map(({ path }) => path)];
  };
  expect(await ran(60_000)).toEqual([[], 2, []]);
  expect(await ran(0)).toEqual([[], 1, ["src/two.js"]]);
});
