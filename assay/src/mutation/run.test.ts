import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import type { RunnerPlace } from "./request.ts";
import { mutate, project, statuses, suite, verdicts, vitestStart } from "./testing/project.ts";
import { toOutcome } from "./verdict.ts";

const scaleGradient = `export function scaleGradient(gradient: readonly number[], limit: number): readonly number[] {
  const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  if (norm <= limit) return gradient;
  return gradient.map((g) => (g * limit) / norm);
}
`;

test("a test that only asserts that something is defined leaves survivors", async () => {
  const report = await mutate(
    project({
      "src/scale.ts": scaleGradient,
      "src/scale.test.ts": `import { expect, test } from "vitest";
import { scaleGradient } from "./scale.ts";
test("scales a gradient", () => expect(scaleGradient([3, 4], 1)).toBeDefined());
`,
    }),
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
    nearest: { file: "src/scale.test.ts", test: "scales a gradient" },
    testsRun: 1,
    hits: 2,
  });
});

test("a test that asserts the values kills all of them", async () => {
  const report = await mutate(
    project({
      "src/scale.ts": scaleGradient,
      "src/scale.test.ts": `import { expect, test } from "vitest";
import { scaleGradient } from "./scale.ts";
test("scales down to the limit", () => expect(scaleGradient([3, 4], 2)).toEqual([1.2, 1.6]));
test("leaves a gradient at the limit alone", () => {
  const gradient = [3, 4];
  expect(scaleGradient(gradient, 5)).toBe(gradient);
});
`,
    }),
  );
  expect([report.errors, statuses(report), report.uncovered]).toEqual([[], ["killed"], []]);
  expect(report.mutants[0]?.killedBy).toEqual({ file: "src/scale.test.ts", test: "scales down to the limit" });
});

test("changed lines that no test executes are named, and mutants on them are no survivors", async () => {
  const report = await mutate(
    project({
      "src/sign.ts": `export function sign(x: number): string {
  // Negative.
  if (x < 0) {
    const text = "minus";
    return text;
  }
  return "plus";
}
`,
      "src/sign.test.ts": `import { expect, test } from "vitest";
import { sign } from "./sign.ts";
test("plus", () => expect(sign(1)).toBe("plus"));
test("zero", () => expect(sign(0)).toBe("plus"));
`,
    }),
  );
  expect(report.uncovered).toEqual([
    { path: "src/sign.ts", ranges: [{ start: 4, end: 5 }], instead: null, isAskedFor: true },
  ]);
  expect(report.runtimeLines).toBe(4);
  expect(verdicts(report)).toContain('"plus" → "": killed');
});

test("a line that only a mutant leads to is not executed", async () => {
  const positive = suite("kind", "./kind.ts", 'expect(kind(2)).toBe("positive")');
  const report = await mutate(
    project({
      "src/kind.ts": `export function kind(x: number): string {
  if (x > 1) return "positive";
  return "other";
}
`,
      "src/kind.test.ts": positive,
      "src/other.test.ts": positive,
    }),
  );
  expect(report.uncovered).toEqual([
    { path: "src/kind.ts", ranges: [{ start: 3, end: 3 }], instead: null, isAskedFor: true },
  ]);
  expect(report.testFilesRun).toBe(2);
});

test("only changed lines are mutated and reported", async () => {
  const files = {
    "src/a.ts":
      "export const add = (a: number, b: number) => a + b;\nexport const sub = (a: number, b: number) => a - b;\n",
    "src/a.test.ts": `import { expect, test } from "vitest";\nimport { sub } from "./a.ts";\ntest("sub", () => expect(sub(3, 1)).toBe(2));\n`,
  };
  const report = await mutate(project(files), { changed: { "src/a.ts": [{ start: 2, end: 2 }] } });
  expect([verdicts(report), report.uncovered]).toEqual([["a - b → a + b: killed"], []]);
});

test("a test that fails without any mutant is named, and no verdict is given", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `import { expect, test } from "vitest";\nimport { one } from "./a.ts";\ntest("is two", () => expect(one()).toBe(2));\n`,
    }),
  );
  expect(report.mutants).toEqual([]);
  expect(report.errors.map(({ code, message }) => [code, message])).toEqual([
    ["baseline-failed", 'src/a.test.ts "is two" fails without any mutant: expected 1 to be 2 // Object.is equality'],
  ]);
});

test("a test file that does not parse is a failing baseline", async () => {
  const report = await mutate(
    project({ "src/a.ts": "export const one = () => 1;\n", "src/a.test.ts": "import { one from;\n" }),
  );
  expect(report.errors.map(({ code }) => code)).toEqual(["baseline-failed"]);
});

test("a test that reads the source text of a function is told apart from one that fails", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export function one() {\n  return 1;\n}\n",
      "src/a.test.ts": `import { expect, test } from "vitest";\nimport { one } from "./a.ts";\ntest("short", () => expect(String(one).length).toBeLessThan(40));\n`,
    }),
  );
  expect(report.errors[0]?.message).toContain(
    'src/a.test.ts "short" fails once the code is instrumented, and passes otherwise',
  );
});

test("files whose tests cannot share a worker get one each", async () => {
  const touch = `import { expect, test } from "vitest";
import { one } from "./a.ts";
import { createRequire } from "node:module";
const seen = createRequire(import.meta.url)("../shared.cjs");
test("first", () => { expect(seen.count++).toBe(0); expect(one()).toBe(1); });
`;
  const report = await mutate(
    project({
      "shared.cjs": "module.exports = { count: 0 };\n",
      "src/a.ts": "export const one = () => 1;\nexport const two = () => 2;\n",
      "src/a.test.ts": touch,
      "src/b.test.ts": touch.replaceAll("one", "two").replace("toBe(1)", "toBe(2)"),
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed", "2 → 3: killed"]]);
});

test("a project that keeps modules keeps none with mutants in them", async () => {
  const keeps = (name: string): string =>
    `{ test: { name: "${name}", include: ["src/${name}.test.ts"], experimental: { fsModuleCache: true, fsModuleCachePath: "kept" } } }`;
  const built = project({
    "vitest.config.ts": `export default { test: { projects: [${keeps("a")}, ${keeps("b")}] } };\n`,
    "src/double.ts": "export const double = (x: number) => x * 2;\n",
    ...Object.fromEntries(
      ["a", "b"].map((name) => [
        `src/${name}.test.ts`,
        'import { expect, test } from "vitest";\nimport { double } from "./double.ts";\ntest("doubles", () => expect(double(2)).toBe(4));\n',
      ]),
    ),
  });
  const report = await mutate(built, { changed: { "src/double.ts": [{ start: 1, end: 1 }] } });
  expect([report.errors, verdicts(report)]).toEqual([[], ["x * 2 → x / 2: killed", "2 → 3: killed"]]);
  expect(existsSync(join(built.root, "kept")) ? readdirSync(join(built.root, "kept")) : []).toEqual([]);
});

test("the projects of a vitest workspace are served as well", async () => {
  const report = await mutate(
    project({
      "vitest.config.ts": `import { defineConfig } from "vitest/config";
export default defineConfig({ test: { projects: [{ test: { name: "unit", include: ["packages/*/src/*.test.ts"], setupFiles: ["./setup.ts"] } }] } });
`,
      "setup.ts": "globalThis.ready = 1;\n",
      "packages/a/src/a.ts": "export const one = () => 1;\n",
      "packages/b/src/b.test.ts": `import { expect, test } from "vitest";
import { one } from "../../a/src/a.ts";
test("one", () => expect([one(), Reflect.get(globalThis, "ready")]).toEqual([1, 1]));
`,
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed"]]);
  expect(report.mutants[0]?.killedBy).toEqual({ file: "packages/b/src/b.test.ts", test: "one" });
});

test("a repository without vitest gets an error that names what tests it", async () => {
  const built = project({ "src/a.ts": "export const one = () => 1;\n" });
  const report = await mutate(built, { runners: [], otherRunners: ["mocha in ."] });
  expect(report.errors.map(({ code, message }) => [code, message])).toEqual([
    [
      "tool-missing",
      "Mutation testing supports vitest 3, 4 and 5, jest 29 and 30, node:test; the change is tested by mocha in .",
    ],
  ]);
});

test("changed lines that only another runner's tests can reach are no finding", async () => {
  const built = project({
    "src/a.ts": "export const one = () => 1;\nexport function two() {\n  return 2;\n}\n",
    "src/a.test.ts": `import { expect, test } from "vitest";\nimport { one } from "./a.ts";\ntest("one", () => expect(one()).toBe(1));\n`,
  });
  const report = await mutate(built, { otherRunners: ["mocha in packages/b"] });
  expect(report.errors.map(({ message }) => message)).toEqual([
    "Mutation testing supports vitest 3, 4 and 5, jest 29 and 30, node:test; the change is tested by mocha in packages/b",
  ]);
});

test("what is a part of the tests is counted, and neither mutated nor asked to be executed", async () => {
  const files = {
    "src/a.ts": "export const one = () => 1;\n",
    "src/testing/make.ts": "export const make = (n: number) => (n > 3 ? 1 : 2);\nexport const never = () => 4;\n",
    "src/a.test.ts": `import { expect, test } from "vitest";
import { one } from "./a.ts";
import { make } from "./testing/make.ts";
test("one", () => expect(one()).toBe(make(4)));
`,
  };
  const support = new Set([repoPath("src/testing/make.ts")]);
  const report = await mutate(project(files), { support });
  expect([verdicts(report), report.uncovered, [...report.arid]]).toEqual([
    ["1 → 0: killed"],
    [],
    [["test-support", expect.any(Number)]],
  ]);
  expect(toOutcome(report)).toMatchObject({
    status: "passed",
    note: expect.stringMatching(/left out: \d+ test-support$/) as unknown,
  });
  const alone = await mutate(project(files), { support, changed: { "src/testing/make.ts": [{ start: 1, end: 2 }] } });
  const reason = "no changed line of the program does anything at run time, left out: 4 test-support";
  expect(toOutcome(alone)).toEqual({ status: "skipped", reason });
});

test("a test file that vitest's configuration leaves out gives no verdict", async () => {
  const report = await mutate(
    project({
      "vitest.config.ts": `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { include: ["unit/**"] } });\n`,
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `import { expect, test } from "vitest";\nimport { one } from "./a.ts";\ntest("one", () => expect(one()).toBe(1));\n`,
    }),
  );
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["no-tests-ran"]]);
});

// Apart, so that vitest does not read it as being about this file.
const docblock = "@vitest-environment";

test("a test environment that is not installed is an error, not a lack of coverage", async () => {
  const report = await mutate(
    project({
      "src/a.ts": "export const one = () => 1;\n",
      "src/a.test.ts": `// ${docblock} missing\nimport { expect, test } from "vitest";\nimport { one } from "./a.ts";\ntest("one", () => expect(one()).toBe(1));\n`,
    }),
  );
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["tool-failed"]]);
  expect(report.errors[0]?.message).toContain("vitest did not run a.test.ts");
});

test("tests of one package kill mutants in another, each package with a vitest of its own", async () => {
  const built = project({
    "packages/a/src/a.ts":
      "export const add = (x: number, y: number) => x + y;\nexport const mul = (x: number, y: number) => x * y;\n",
    "packages/a/src/a.test.ts": suite(
      "add, mul",
      "./a.ts",
      "expect([add(2, 3), typeof mul(1, 1)]).toEqual([5, 'number'])",
    ),
    "packages/b/src/b.test.ts": suite("mul", "../../a/src/a.ts", "expect(mul(2, 3)).toBe(6)"),
  });
  const report = await mutate(built, {
    runners: [placeOf("a"), placeOf("b")],
  });
  expect([report.errors, report.mutants.map(({ status, killedBy }) => [status, killedBy?.file])]).toEqual([
    [],
    [
      ["killed", "packages/a/src/a.test.ts"],
      ["killed", "packages/b/src/b.test.ts"],
    ],
  ]);
});

test("a run that is interrupted gives no verdict", async () => {
  const built = project({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": `import { test } from "vitest";\nimport { one } from "./a.ts";\ntest("one", async () => { one(); await new Promise(() => undefined); }, 60_000);\n`,
  });
  const report = await mutate(built, {}, AbortSignal.timeout(700));
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["interrupted"]]);
});

test("a survivor that the compiler refuses is no survivor", async () => {
  const built = project({
    "tsconfig.json": '{ "compilerOptions": { "strict": true, "skipLibCheck": true, "types": [] }, "include": ["src"] }',
    "src/a.ts": `export type Kind = "text" | "number";
export const kindOf = (isLong: boolean): Kind => (isLong ? "text" : "number");
export const limit = () => 3;
`,
    "src/a.test.ts": `import { test } from "vitest";\nimport { kindOf, limit } from "./a.ts";\ntest("runs", () => void [kindOf(true), kindOf(false), limit()]);\n`,
  });
  const compilerDir = join(vitestStart.runnerDir, "../typescript");
  const report = await mutate(built, {
    compilersOf: (paths) =>
      Promise.resolve(paths.map((path) => ({ path, config: repoPath("tsconfig.json"), compilerDir }))),
  });
  expect(verdicts(report)).toEqual([
    "isLong → !(isLong): survived",
    '"text" → "": compile-error',
    '"number" → "": compile-error',
    "3 → 4: survived",
  ]);
});

test("a place that can not be run is no error where its tests run in the one above", async () => {
  const built = project({
    "packages/a/vitest.config.ts": 'throw new Error("not from here");\n',
    "packages/a/src/a.ts": "export const one = () => 1;\n",
    "packages/a/src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
  });
  const root = { ...placeOf("a"), start: vitestStart };
  const above = await mutate(built, { runners: [placeOf("a"), root] });
  expect([above.errors, verdicts(above)]).toEqual([[], ["1 → 0: killed"]]);
  const alone = await mutate(built, { runners: [placeOf("a")] });
  expect(alone.errors.map(({ message }) => message)).toEqual(["vitest could not be run: not from here"]);
});

test("a test that fails is no error where the others settle everything", async () => {
  const built = project({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(2)"),
    "src/b.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
  });
  const report = await mutate(built);
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed"]]);
});

test("a change that tests reach through built output only is told from one without tests", async () => {
  const built = project({
    "packages/a/package.json": '{ "name": "a", "type": "module", "exports": "./dist/a.js" }',
    "packages/a/src/a.ts": "export const one = () => 1;\n",
    "packages/a/dist/a.js": "export const one = () => 1;\n",
    "packages/b/src/b.test.ts": suite("one", "../../a/dist/a.js", "expect(one()).toBe(1)"),
  });
  const changed = { "packages/a/src/a.ts": [{ start: 1, end: 1 }] };
  const report = await mutate(built, { changed });
  expect(report.uncovered).toEqual([
    { path: "packages/a/src/a.ts", ranges: [{ start: 1, end: 1 }], instead: "packages/a/dist/a.js", isAskedFor: true },
  ]);
});

test("tests that start other processes are named, since nothing is seen there", async () => {
  const report = await mutate(
    project({
      "src/main.ts": "process.stdout.write(String(1 + 1));\n",
      "src/main.test.ts": `import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
test("prints", () => expect(execFileSync(process.execPath, ["-p", "1 + 1"], { encoding: "utf8" })).toBe("2\\n"));
`,
    }),
  );
  expect([report.processStarters, statuses(report)]).toEqual([["src/main.test.ts"], ["no-coverage"]]);
});

test("the same change gives the same report", async () => {
  const files = {
    "src/scale.ts": scaleGradient,
    "src/scale.test.ts": `import { expect, test } from "vitest";\nimport { scaleGradient } from "./scale.ts";\ntest("one", () => expect(scaleGradient([2], 1)).toEqual([1]));\n`,
  };
  const built = project(files);
  const first = await mutate(built);
  appendFileSync(join(built.root, "package.json"), "\n");
  expect(await mutate(built)).toEqual(first);
});

function placeOf(name: string): RunnerPlace {
  return {
    start: { ...vitestStart, dir: repoPath(`packages/${name}`) },
    testFiles: [repoPath(`packages/${name}/src/${name}.test.ts`)],
  };
}
