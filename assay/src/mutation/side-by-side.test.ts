import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { mutate, project, statuses, temporaryFolder, verdicts } from "./testing/project.ts";

const source = "export const a = (n: number) => n * 2;\nexport const b = (n: number) => n / 2;\n";

/** More than one worker takes what eight test files have left open. These end at once and verify nothing. */
const eightNear: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => [
    `src/a.near-${index}.test.ts`,
    'import { expect, test } from "vitest";\nimport * as all from "./a.ts";\ntest("is there", () => expect(all).toBeDefined());\n',
  ]),
);

/** Two test files that note when they begin and end; `middle` is what each does in between. */
function pair(folder: string, middle: string): Readonly<Record<string, string>> {
  const suite = (own: string, other: string): string => `import { existsSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ${own} as subject } from "./a.ts";
const [own, other] = ["${folder}/${own}", "${folder}/${other}"];
const isThere = async (rounds) => {
  for (let waited = 0; waited < rounds && !existsSync(other); waited++) await new Promise((resolve) => setTimeout(resolve, 25));
  return existsSync(other);
};
test("${own}", async () => {
  writeFileSync(own, "");
  ${middle}
  expect(subject(8)).toBe(${own === "a" ? 16 : 4});
});
`;
  return { "src/a.ts": source, "src/a.test.ts": suite("a", "b"), "src/b.test.ts": suite("b", "a") };
}

test.runIf(availableParallelism() > 1)("files are judged side by side", async () => {
  const folder = temporaryFolder("assay-meeting-");
  const report = await mutate(project({ ...eightNear, ...pair(folder, "expect(await isThere(200)).toBe(true);") }));
  expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
});

test.each(["fileParallelism: false", "maxWorkers: 1", 'maxWorkers: "1%"'])(
  "%s runs one file at a time, and so are they judged",
  async (option) => {
    const folder = temporaryFolder("assay-meeting-");
    const alone = "expect(await isThere(8)).toBe(false);\n  rmSync(own);";
    const report = await mutate(
      project({ ...pair(folder, alone), "vitest.config.ts": `export default { test: { ${option} } };\n` }),
    );
    expect([report.errors, statuses(report)]).toEqual([[], ["killed"]]);
  },
);

test("a mutant that blocks its worker, or ends the process, is not blamed on what others try meanwhile", async () => {
  const suite = (name: string, body: string): string =>
    `import { expect, test } from "vitest";\nimport { ${name} } from "./a.ts";\ntest("${name}", async () => {\n  ${body}\n});\n`;
  const wait = "await new Promise((resolve) => setTimeout(resolve, 400));";
  const report = await mutate(
    project({
      ...eightNear,
      "src/a.ts": `export const isShort = (text: string) => text.length > 30 || /^(a+)+$/.test(text);
export const shouldLive = () => true;
export const sum = (a: number, b: number) => a + b;
`,
      "src/ends.test.ts": suite("shouldLive", `if (!shouldLive()) process.kill(process.pid, "SIGKILL");`),
      "src/blocks.test.ts": suite("isShort", 'expect(isShort("a".repeat(40) + "b")).toBe(true);'),
      "src/adds.test.ts": suite("sum", `${wait}\n  expect(sum(1, 2)).toBe(3);`),
      "src/adds-late.test.ts": suite("sum", `${wait}\n  expect(sum(2, 3)).toBeGreaterThan(0);`),
    }),
    { maxMutants: 6 },
  );
  expect([report.errors, verdicts(report)]).toEqual([
    [],
    [
      "text.length > 30 → text.length <= 30: timeout",
      "text.length > 30 || /^(a+)+$/.test(text) → text.length > 30 && /^(a+)+$/.test(text): timeout",
      "/^(a+)+$/ → /(a+)+$/: no-coverage",
      "/^(a+)+$/ → /^(a+)$/: no-coverage",
      "true → false: runtime-error",
      "a + b → a - b: killed",
    ],
  ]);
});
