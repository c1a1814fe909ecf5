import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repoPath } from "../model/paths.ts";
import {
  jestProject,
  jestStart,
  mutate,
  mutateInJest,
  project,
  snapshotOf,
  statuses,
  typescript5,
  verdicts,
} from "./testing/project.ts";

const scaleGradient = `export function scaleGradient(gradient: readonly number[], limit: number): readonly number[] {
  const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
  if (norm <= limit) return gradient;
  return gradient.map((g) => (g * limit) / norm);
}
`;

test("a test that only asserts that something is defined leaves survivors", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/scale.ts": scaleGradient,
      "src/scale.test.ts": `import { scaleGradient } from "./scale";
describe("scaling", () => {
  test("a gradient", () => expect(scaleGradient([3, 4], 1)).toBeDefined());
});
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
    nearest: { file: "src/scale.test.ts", test: "scaling > a gradient" },
    testsRun: 1,
    hits: 2,
  });
});

test("a test that asserts the values kills all of them, and is named", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/scale.ts": scaleGradient,
      "src/scale.test.ts": `import { scaleGradient } from "./scale";
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

const one = "export const one = () => 1;\n";
const testsOne = (body: string): string => `import { one } from "./a";\n${body}\n`;

test("changed lines that no test executes are named", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts":
        "export function sign(x: number): string {\n  if (x < 0) {\n    return 'minus';\n  }\n  return 'plus';\n}\n",
      "src/a.test.ts": `import { sign } from "./a";\ntest.each([[1], [0]])("plus %i", (x) => expect(sign(x)).toBe("plus"));\n`,
    }),
  );
  expect([report.errors, report.uncovered]).toEqual([
    [],
    [{ path: "src/a.ts", ranges: [{ start: 3, end: 3 }], instead: null, isAskedFor: true }],
  ]);
});

test("a test that fails without any mutant is named, and no verdict is given", async () => {
  const report = await mutateInJest(
    jestProject({ "src/a.ts": one, "src/a.test.ts": testsOne(`test("is two", () => expect(one()).toBe(2));`) }),
  );
  expect(report.mutants).toEqual([]);
  expect(report.errors.map(({ code, message }) => [code, message])).toEqual([
    [
      "baseline-failed",
      'src/a.test.ts "is two" fails without any mutant: expect(received).toBe(expected) // Object.is equality Expected: 2 Received: 1',
    ],
  ]);
});

test("files that do not parse, load or hold a test are failing baselines", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": one,
      "src/a.test.ts": "import { one from;\n",
      "src/b.test.ts": `import "./missing"; // one\n`,
      "src/c.test.ts": testsOne("one();"),
    }),
  );
  expect(report.errors.map(({ code }) => code)).toEqual(["baseline-failed", "baseline-failed", "baseline-failed"]);
  expect(report.errors[1]?.message).toContain("Cannot find module './missing'");
  expect(report.errors[2]?.message).toContain("at least one test");
});

test("a test that reads the source text of a function is told apart from one that fails", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": "export function one() {\n  return 1;\n}\n",
      "src/a.test.ts": testsOne(`test("short", () => expect(String(one).length).toBeLessThan(40));`),
    }),
  );
  expect(report.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('"short" fails once the code is instrumented, and passes otherwise'),
  ]);
});

test("tests that fail only together are run apart", async () => {
  const leak = (name: string): string =>
    testsOne(`const fs = require("node:fs");
test("${name}", () => {
  expect(fs.leaked).toBeUndefined();
  fs.leaked = 1;
  expect(one()).toBeDefined();
});`);
  const report = await mutateInJest(
    jestProject({
      "src/a.ts": one,
      "src/a.test.ts": leak("a"),
      "src/b.test.ts": leak("b"),
      "src/c.test.ts": leak("c"),
      "src/d.test.ts": testsOne(`test("d", () => expect(one()).toBe(1));`),
    }),
  );
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed"]]);
});

test("the projects of a configuration run each with its own setup", async () => {
  const setup = (name: string): string => `globalThis.projectName = "${name}";\n`;
  const built = jestProject(
    {
      "a.setup.js": setup("a"),
      "b.setup.js": setup("b"),
      "src/a.ts":
        "export const isA = () => Reflect.get(globalThis, 'projectName') === 'a';\nexport const two = () => 2;\n",
      "src/a.test.ts": `import { isA, two } from "./a";
test("knows", () => expect(isA()).toBe(Reflect.get(globalThis, "projectName") === "a"));
test("two", () => { if (Reflect.get(globalThis, "projectName") === "b") expect(two()).toBe(2); else two(); });
`,
    },
    {
      transform: undefined,
      projects: ["a", "b"].map((name) => ({
        displayName: name,
        setupFiles: [`<rootDir>/${name}.setup.js`],
        transform: { "\\.ts$": "@swc/jest" },
      })),
    },
  );
  const report = await mutateInJest(built, { changed: { "src/a.ts": [{ start: 1, end: 2 }] } });
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  const onlyA = await mutateInJest(built, {
    start: { ...jestStart, args: ["--selectProjects", "a"] },
    changed: { "src/a.ts": [{ start: 2, end: 2 }] },
  });
  expect([onlyA.errors, verdicts(onlyA)]).toEqual([[], ["2 → 3: survived"]]);
});

test("setup files, global setup and the script's flags and variables are honoured", async () => {
  const built = jestProject(
    {
      "src/a.ts": "export const limit = () => Number(process.env['LIMIT']) + 1;\n",
      "src/a.test.ts": `import { limit } from "./a";
test("limit", () => expect([limit(), Reflect.get(globalThis, "early"), expect.getState().ready, process.env["STARTED"]]).toEqual([4, 1, true, "yes"]));
`,
      "early.setup.js": "globalThis.early = 1;\n",
      "after.setup.js": "expect.setState({ ready: true });\n",
      "global.setup.js": "module.exports = async () => { process.env['STARTED'] = 'yes'; };\n",
      "jest.unit.config.json": JSON.stringify({
        transform: { "\\.ts$": "@swc/jest" },
        setupFiles: ["./early.setup.js"],
        setupFilesAfterEnv: ["./after.setup.js"],
        globalSetup: "./global.setup.js",
      }),
    },
    { testMatch: ["nothing"] },
  );
  const report = await mutateInJest(built, {
    start: { ...jestStart, args: ["--config", "jest.unit.config.json"], env: { LIMIT: "3" } },
  });
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test("a test file that jest's configuration leaves out gives no verdict", async () => {
  const report = await mutateInJest(
    jestProject(
      { "src/a.ts": one, "src/a.test.ts": testsOne(`test("one", () => expect(one()).toBe(1));`) },
      { testMatch: ["**/unit/**"] },
    ),
  );
  expect([report.mutants, report.errors.map(({ code }) => code)]).toEqual([[], ["no-tests-ran"]]);
});

test("a runner or framework that is not jest's own gives no verdict", async () => {
  const files = {
    "src/a.ts": one,
    "src/a.test.ts": testsOne(`test("one", () => expect(one()).toBe(1));`),
    "runner.setup.js": "module.exports = class { async runTests() {} };\n",
    "framework.setup.js": "module.exports = async () => ({ testResults: [{}], numPassingTests: 1 });\n",
  };
  const runner = await mutateInJest(jestProject(files, { runner: "./runner.setup.js" }));
  expect(runner.errors.map(({ message }) => message)).toEqual([expect.stringContaining("does not drive the runner ")]);
  const framework = await mutateInJest(jestProject(files, { testRunner: "./framework.setup.js" }));
  expect(framework.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining("does not drive the testRunner "),
  ]);
});

test("CommonJS without any configuration is mutated as it is", async () => {
  const report = await mutateInJest(
    project({
      "package.json": '{ "name": "plain" }',
      "src/a.js": "module.exports = { one: () => 1, two: (x) => x + 2 };\n",
      "src/a.test.js": `const { one, two } = require("./a");\ntest("one", () => expect(one()).toBe(1));\ntest("two", () => expect(two(3)).toBe(5));\n`,
    }),
  );
  expect([report.errors, statuses(report), report.mutants.length]).toEqual([[], ["killed"], 3]);
});

test("native modules are mutated as they are, with top-level await", async () => {
  const report = await mutate(
    project({
      "package.json": '{ "name": "native", "type": "module", "jest": { "transform": {} } }',
      "src/a.js":
        "const base = await Promise.resolve(40);\nexport const answer = () => base + 2;\nexport const limit = 7;\n",
      "src/a.test.js": `import { expect, test } from "@jest/globals";
import { answer, limit } from "./a.js";
test("answer", () => expect(answer()).toBe(42));
test("limit", async () => expect((await import("./a.js")).limit).toBe(limit));
`,
    }),
    { start: { ...jestStart, nodeArgs: ["--experimental-vm-modules"] } },
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["40 → 41: killed", "base + 2 → base - 2: killed", "2 → 3: killed", "7 → 8: survived"],
  ]);
});

test("mutants that do not type-check are no error for ts-jest", async () => {
  const report = await mutateInJest(
    jestProject(
      {
        "tsconfig.json":
          '{ "compilerOptions": { "strict": true, "module": "commonjs", "target": "es2022", "types": [] } }',
        "src/a.ts": `export type Kind = "text" | "number";
export enum Level { Low = 1, High = 2 }
export const enum Fixed { Ten = 10 }
export const isText = (kind: Kind) => kind === "text";
export const sizeOf = (text: string | undefined) => (text !== undefined ? text.length : 0);
export const top = () => Level.High + Fixed.Ten;
`,
        "src/a.test.ts": `import { isText, sizeOf, top } from "./a";
declare const test: (name: string, run: () => void) => void;
declare const expect: (value: unknown) => { toEqual(other: unknown): void };
test("all", () => expect([isText("text"), isText("number"), sizeOf("abc"), sizeOf(undefined), top()]).toEqual([true, false, 3, 0, 12]));
`,
      },
      { transform: { "\\.ts$": [join(typescript5, "ts-jest"), { compiler: join(typescript5, "typescript") }] } },
    ),
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test("decorators and JSX go through the repository's own transform", async () => {
  const swc = {
    jsc: {
      parser: { syntax: "typescript", decorators: true, tsx: true },
      transform: { legacyDecorator: true, react: { pragma: "h" } },
    },
  };
  const report = await mutateInJest(
    jestProject(
      {
        "src/a.tsx": `const h = (tag: string, _props: unknown, ...children: unknown[]) => tag + ":" + children.join("");
function twice(_target: object, _key: string, descriptor: PropertyDescriptor) {
  const run = descriptor.value;
  descriptor.value = (x: number) => run(x) * 2;
}
export class Counter {
  @twice count(x: number) { return x + 1; }
}
export const View = ({ on }: { on: boolean }) => <b>{on ? "yes" : "no"}</b>;
`,
        "src/a.test.tsx": `import { Counter, View } from "./a";
test("count", () => expect(new Counter().count(2)).toBe(6));
test("view", () => expect([View({ on: true }), View({ on: false })]).toEqual(["b:yes", "b:no"]));
`,
      },
      { transform: { "\\.tsx?$": ["@swc/jest", swc] } },
    ),
    { changed: { "src/a.tsx": [{ start: 4, end: 9 }] } },
  );
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test("a transform that reads its files itself gives no verdict", async () => {
  const report = await mutateInJest(
    jestProject(
      {
        "src/a.js": "module.exports.one = () => 1;\n",
        "src/a.test.js": `const { one } = require("./a");\ntest("one", () => expect(one()).toBe(1));\n`,
        "transform.setup.js": `exports.process = (_, file) => ({ code: require("node:fs").readFileSync(file, "utf8") });\n`,
      },
      { transform: { "\\.js$": "<rootDir>/transform.setup.js" } },
    ),
  );
  expect(report.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining("does not use the text that it is given"),
  ]);
});

test("a cache that the configuration keeps in the tree is kept elsewhere", async () => {
  const built = jestProject(
    { "src/a.ts": one, "src/a.test.ts": testsOne(`test("one", () => expect(one()).toBe(1));`) },
    { cacheDirectory: "<rootDir>/.cache/jest" },
  );
  // Jest makes the folder of its cache before anything else.
  mkdirSync(join(built.root, "folder"));
  const before = snapshotOf(built.root);
  const report = await mutateInJest(built);
  expect([report.errors, statuses(report), snapshotOf(built.root)]).toEqual([[], ["killed"], before]);
});

test("a change that tests reach through built output only is told from one without tests", async () => {
  const built = project({
    "package.json": '{ "name": "all", "jest": {} }',
    "packages/a/package.json": '{ "name": "a" }',
    "packages/a/src/a.js": "module.exports.one = () => 1;\n",
    "packages/a/dist/a.js": "module.exports.one = () => 1;\n",
    "packages/b/src/b.test.js": `const { one } = require("../../a/dist/a");\ntest("one", () => expect(one()).toBe(1));\n`,
  });
  const changed = { "packages/a/src/a.js": [{ start: 1, end: 1 }] };
  const report = await mutateInJest(built, { changed });
  expect(report.uncovered).toEqual([
    { path: "packages/a/src/a.js", ranges: [{ start: 1, end: 1 }], instead: "packages/a/dist/a.js", isAskedFor: true },
  ]);
});

test("jest 28 gives an error that names what is supported", async () => {
  const built = jestProject({ "src/a.ts": one });
  const start = { ...jestStart, version: "28.1.3", dir: repoPath("") };
  const report = await mutateInJest(built, { start });
  expect(report.errors.map(({ message }) => message)).toEqual([
    "Mutation testing supports vitest 3, 4 and 5, jest 29 and 30, node:test; the root has jest 28.1.3",
  ]);
});

test("a loop that is long without a mutant may be as long in the fresh process that confirms a survivor", async () => {
  const report = await mutateInJest(
    jestProject({
      "src/total.ts":
        "export function total(): number {\n  let sum = 0;\n  for (let i = 0; i < 150_000; i++) sum += 1;\n  return sum + 0;\n}\n",
      "src/total.test.ts": `import { total } from "./total";\ntest("total", () => expect(total()).toBe(150_000));\n`,
    }),
    { changed: { "src/total.ts": [{ start: 4, end: 4 }] } },
  );
  expect([report.errors, verdicts(report).filter((line) => line.endsWith("survived"))]).toEqual([
    [],
    ["sum + 0 → sum - 0: survived"],
  ]);
});
