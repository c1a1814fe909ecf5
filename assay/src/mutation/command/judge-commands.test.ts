import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandProject } from "../testing/commands.ts";
import { snapshotOf, statuses, temporaryFolder, verdicts } from "../testing/project.ts";

const clamp = `export function clamp(value, high) {
  if (value > high) return high;
  return value;
}
`;

const mochaTest = (body: string): string => `import assert from "node:assert/strict";
import { clamp } from "../src/clamp.js";
describe("clamp", () => {
  it("clamps", () => { ${body} });
});
`;

test("mocha: a test that only executes the code leaves survivors, one that verifies it kills them by name", async () => {
  const weak = commandProject("mocha", { "src/clamp.js": clamp, "test/clamp.test.js": mochaTest("clamp(5, 3);") });
  const survived = await weak.mutate();
  expect([survived.errors, verdicts(survived)]).toEqual([
    [],
    ["value > high → value <= high: survived", "high → undefined: survived", "value → undefined: no-coverage"],
  ]);
  expect(survived.uncovered).toEqual([
    { path: "src/clamp.js", ranges: [{ start: 3, end: 3 }], instead: null, isAskedFor: true },
  ]);
  expect(survived.mutants[0]).toMatchObject({ nearest: { file: "test/clamp.test.js" }, testsRun: 1, hits: 1 });

  const body = "assert.deepEqual([clamp(5, 3), clamp(2, 3)], [3, 2]);";
  const strong = commandProject("mocha", { "src/clamp.js": clamp, "test/clamp.test.js": mochaTest(body) });
  const killed = await strong.mutate();
  expect([killed.errors, verdicts(killed)]).toEqual([
    [],
    ["value > high → value <= high: killed", "high → undefined: killed", "value → undefined: killed"],
  ]);
  expect(killed.mutants[0]).toMatchObject({
    killedBy: { file: "test/clamp.test.js", test: "clamp clamps" },
    message: "Expected values to be strictly deep-equal:",
  });
});

test("any program with an exit code can be asked", async () => {
  const { mutate } = commandProject("node check.js", {
    "src/clamp.js": clamp,
    "check.js": `import { clamp } from "./src/clamp.js";
if (clamp(5, 3) !== 3) throw new RangeError("not clamped");
if (clamp(2, 3) !== 2) process.exit(3);
`,
  });
  const report = await mutate({ changed: { "src/clamp.js": [{ start: 1, end: 4 }] } });
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    ["value > high → value <= high: killed", "high → undefined: killed", "value → undefined: killed"],
  ]);
  expect(report.mutants[0]).toMatchObject({
    killedBy: { file: "package.json", test: null },
    message: "RangeError: not clamped",
  });
});

test("what child processes and workers execute counts, with or without the environment", async () => {
  const { mutate } = commandProject("node check.js", {
    "src/a.js": "export const one = () => 1;\n",
    "src/b.js": "export const two = () => 2;\n",
    "child.js": 'import { one } from "./src/a.js";\nconsole.log(one());\n',
    "worker.js": `import { parentPort } from "node:worker_threads";
import { two } from "./src/b.js";
parentPort.postMessage(two());
`,
    "check.js": `import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
if (execFileSync(process.execPath, ["child.js"], { env: {} }).toString() !== "1\\n") throw new Error("not one");
const [told] = await once(new Worker("./worker.js"), "message");
if (told !== 2) throw new Error("not two");
`,
  });
  const everything = [{ start: 1, end: 9 }];
  const report = await mutate({ changed: { "src/a.js": everything, "src/b.js": everything } });
  expect([report.errors, verdicts(report), report.uncovered]).toEqual([[], ["1 → 0: killed", "2 → 3: killed"], []]);
});

test("a suite that fails without any mutant gets no verdict, nor does one without tests", async () => {
  const errorsOf = async (script: string, body: string): Promise<readonly (readonly string[])[]> => {
    const files = { "src/clamp.js": clamp, "test/clamp.test.js": mochaTest(body) };
    const { errors, mutants } = await commandProject(script, files).mutate();
    expect(mutants).toEqual([]);
    return errors.map(({ code, message }) => [code, message]);
  };
  expect(await errorsOf("mocha", "assert.equal(clamp(5, 3), 4);")).toEqual([
    [
      "baseline-failed",
      '`mocha` fails in "clamp clamps" without any mutant, in a copy: Expected values to be strictly equal:',
    ],
  ]);
  expect(await errorsOf("mocha", "assert.ok(clamp.toString().length < 90);")).toEqual([
    [
      "baseline-failed",
      expect.stringMatching(/^`mocha` fails in "clamp clamps" once the code is instrumented, and passes otherwise: /),
    ],
  ]);
  expect(await errorsOf("mocha --grep nothing", "")).toEqual([["no-tests-ran", "`mocha`: no test was run"]]);
  expect(await errorsOf("a-runner-that-is-not-there", "")).toEqual([
    ["tool-missing", expect.stringContaining("not found")],
  ]);
  expect(await errorsOf("node -p 1", "")).toEqual([
    [
      "no-tests-ran",
      "`npm run test` loads none of the changed files, and says nothing of its tests; let its tests import them",
    ],
  ]);
});

test("a suite that takes too long to be run for each mutant is no verdict", async () => {
  const files = { "src/clamp.js": clamp, "check.js": "setTimeout(() => {}, 20_000);\n" };
  const { errors } = await commandProject("node check.js", files).mutate({ longestCommandMs: 500 });
  expect(errors).toMatchObject([{ code: "tool-failed", hint: expect.stringContaining("command_seconds") as string }]);
});

test("code that tests get from a build is built in the copy, with every mutant in it at once", async () => {
  const project = commandProject(
    "mocha 'dist/**/*.test.js'",
    {
      ".gitignore": "dist\n",
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          strict: true,
          module: "nodenext",
          target: "es2022",
          rootDir: "src",
          outDir: "dist",
          types: [],
        },
        include: ["src"],
      }),
      "src/kind.ts": `export type Kind = "a" | "b";
export const kindOf = (x: number): Kind => (x > 0 ? "a" : "b");
`,
      "src/kind.test.ts": `import { kindOf } from "./kind.js";
declare function it(name: string, f: () => void): void;
it("tells kinds apart", () => { if (kindOf(1) !== "a" || kindOf(0) !== "b") throw new Error("wrong"); });
`,
    },
    { scripts: { build: "node node_modules/typescript/bin/tsc", test: "mocha 'dist/**/*.test.js'" } },
  );
  const before = snapshotOf(project.root);
  const report = await project.mutate();
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  expect(report.mutants).toHaveLength(3);
  expect(snapshotOf(project.root)).toEqual(before);
});

test("a script that builds first, and lints, is built once and not linted", async () => {
  const scripts = { build: "node build.js", test: "xo && npm run build && node built/check.cjs && publint" };
  const builds = join(temporaryFolder("assay-builds-"), "builds");
  const files = {
    "src/one.cjs": "exports.one = () => 1;\n",
    "check.cjs": `if (require("./one.cjs").one() !== 1) throw new Error("not one");\n`,
    "build.js": `import { appendFileSync, cpSync } from "node:fs";
appendFileSync(${JSON.stringify(builds)}, ".");
cpSync("src/one.cjs", "built/one.cjs");
cpSync("check.cjs", "built/check.cjs");
`,
  };
  const report = await commandProject("", files, { scripts }).mutate({
    changed: { "src/one.cjs": [{ start: 1, end: 1 }] },
  });
  expect([report.errors, verdicts(report)]).toEqual([[], ["1 → 0: killed"]]);
  expect(readFileSync(builds, "utf8")).toBe(".");
});
