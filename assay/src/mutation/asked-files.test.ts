// Which test files are asked: those that can tell of what is still open, the others while there is time.
import { expect, test } from "vitest";
import { repoPath, type RepoPath } from "../model/paths.ts";
import { mutate, project, suite, verdicts } from "./testing/project.ts";

const oneAtATime = { "vitest.config.ts": "export default { test: { fileParallelism: false } };\n" };

/** `two` is open to the end: nothing executes it. */
const openEnd: Readonly<Record<string, string>> = {
  "src/a.ts": "export const one = () => 1;\nexport const two = () => 2;\n",
  "src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
  "src/types.test.ts": `import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, test } from "vitest";
beforeAll(() => { throw new Error("began"); });
afterAll(() => { throw new Error("ended"); });
test("starts a program", () => void spawnSync("false"));
`,
};
const [aTs, aTest, typesTest] = [repoPath("src/a.ts"), repoPath("src/a.test.ts"), repoPath("src/types.test.ts")];
const loads = new Map([
  [aTest, new Set([aTs])],
  [typesTest, new Set<RepoPath>()],
]);

test("a test file that can load nothing of what is still open is not run", async () => {
  const report = await mutate(project(openEnd), { loads });
  expect([report.errors, verdicts(report), report.testFilesRun]).toEqual([
    [],
    ["1 → 0: killed", "2 → 3: no-coverage"],
    1,
  ]);
  // It is loaded all the same, and what it could have told of is known.
  expect(report.processStarters).toEqual([typesTest]);
});

test("a test file of which nothing is known is run", async () => {
  const report = await mutate(project(openEnd), { loads: new Map([[aTest, new Set([aTs])]]) });
  expect(report.errors.map(({ code }) => code)).toEqual(["baseline-failed"]);
});

test("once there is no time for lines alone, tests are run for mutants only", async () => {
  const built = project({
    ...oneAtATime,
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
    "src/b.ts": "export function two(): void {\n  throw new Error();\n}\n",
    "src/b.test.ts": suite("two", "./b.ts", "expect(two).toThrow()"),
  });
  const b = repoPath("src/b.ts");
  const asked = {
    maxMutants: 1,
    loads: new Map([
      [aTest, new Set([aTs])],
      [repoPath("src/b.test.ts"), new Set([b])],
    ]),
  };
  const inTime = await mutate(built, asked);
  expect([inTime.errors, inTime.testFilesRun, inTime.unasked, inTime.uncovered]).toEqual([[], 2, 0, []]);
  const late = await mutate(built, { ...asked, patienceMs: 0 });
  expect([late.errors, verdicts(late), late.testFilesRun, late.unasked]).toEqual([[], ["1 → 0: killed"], 1, 1]);
  expect(late.uncovered.map(({ path }) => path)).toEqual(["src/b.ts"]);
});

test("of a sample no more is asked when time is over and something was noticed", async () => {
  const built = project({
    ...oneAtATime,
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
    "src/b.ts": "export const two = () => 2;\n",
    "src/b.test.ts": suite("two", "./b.ts", "expect(two()).toBe(2)"),
  });
  const replay = { texts: {}, only: null, isSample: true };
  const killed = async (patienceMs: number): Promise<readonly unknown[]> => {
    const report = await mutate(built, { replay, patienceMs });
    return [report.mutants.filter(({ status }) => status === "killed").length, report.testFilesRun];
  };
  expect([await killed(60_000), await killed(0)]).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

test("where nothing of the change was executed there is time for more", async () => {
  const built = project({
    ...oneAtATime,
    "src/a.test.ts": suite("none", "vitest", "expect(1).toBe(1)"),
    "src/b.ts": "export function two(): void {\n  throw new Error();\n}\n",
    // It would be tried first if it spoke of what it tests, or were named after it.
    "src/later.test.ts": `import { expect, test } from "vitest";\nimport * as b from "./b.ts";\ntest.each(Object.values(b))("%#", (f) => expect(f).toThrow());\n`,
  });
  const report = await mutate(built, { patienceMs: 0 });
  expect([report.errors, report.testFilesRun, report.uncovered]).toEqual([[], 2, []]);
});

test("where files are set up that every test loads, all of them are run", async () => {
  const config = `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { setupFiles: ["./setup.ts"] } });\n`;
  const setup = `import { two } from "./src/a.ts";\ntwo();\n`;
  const report = await mutate(project({ ...openEnd, "vitest.config.ts": config, "setup.ts": setup }), {
    loads: new Map([
      [aTest, new Set([])],
      [typesTest, new Set([])],
    ]),
  });
  expect(report.errors.map(({ message }) => message)).toEqual(["src/types.test.ts fails without any mutant: began"]);
});

test.each([
  ["is not run", oneAtATime, 2],
  ["may be red", {}, expect.any(Number)],
])("a test file %s once all is settled that it can load", async (_what, options, filesRun) => {
  const built = project({
    "src/a.ts": "export const one = () => 1;\n",
    "src/a.test.ts": suite("one", "./a.ts", "expect(one()).toBe(1)"),
    "src/b.ts": "export const two = () => 2;\nexport const three = () => 3;\n",
    "src/b.test.ts": suite("two", "./b.ts", "expect(two()).toBe(2)"),
    "src/z.test.ts": suite("one", "./a.ts", "expect(one()).toBe(9)"),
    ...options,
  });
  const b = repoPath("src/b.ts");
  const report = await mutate(built, {
    loads: new Map([
      [aTest, new Set([aTs])],
      [repoPath("src/b.test.ts"), new Set([b])],
      [repoPath("src/z.test.ts"), new Set([aTs])],
    ]),
  });
  expect([report.errors, verdicts(report), report.testFilesRun]).toEqual([
    [],
    ["1 → 0: killed", "2 → 3: killed", "3 → 4: no-coverage"],
    filesRun,
  ]);
});
