import { expect, test } from "vitest";
import { contextOf, type Texts } from "./change/change-of-texts.ts";
import { loosenedTestRunner } from "./loosened-test-runner.ts";

const sources: Texts = {
  "package.json": "{}",
  "src/a.ts": "export const a = 1;\n",
  "src/types.ts": "export type A = 1;\n",
  "src/a.test.ts": "",
  "e2e/b.spec.ts": "",
};

/** What each finding would have to be approved as. */
async function whats(
  base: Texts,
  head: Texts,
  renames: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const context = await contextOf({ base: { ...sources, ...base }, head: { ...sources, ...head }, renames });
  return (await loosenedTestRunner.inspect(context)).map(({ message }) => /\[(.*)\]$/.exec(message)?.[1] ?? message);
}

const vitest = (settings: string): Texts => ({
  "vitest.config.ts": `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { ${settings} } });\n`,
});
const jest = (settings: object): Texts => ({ "package.json": JSON.stringify({ jest: settings }, null, 2) });

test.each<[string, Texts, Texts, readonly string[]]>([
  [
    "retries assigned",
    vitest(""),
    { "vitest.config.ts": "const config = { test: {} };\nconfig.test.retry = 2;\nexport default config;\n" },
    ["vitest.config.ts test.retry"],
  ],
  [
    "a test pushed out",
    vitest(""),
    {
      "vitest.config.ts":
        'const config = defineConfig({ test: { exclude: ["dist"] } });\nconfig.test.exclude.push("src/a.test.ts");\nexport default config;\n',
    },
    ["vitest.config.ts tests"],
  ],
  ["passes without tests", vitest(""), vitest("passWithNoTests: true"), ["vitest.config.ts test.passWithNoTests"]],
  [
    "may pass without tests",
    vitest(""),
    vitest("passWithNoTests: !process.env.CI || true"),
    ["vitest.config.ts test.passWithNoTests"],
  ],
  ["only may stay", vitest("allowOnly: false"), vitest("allowOnly: true"), ["vitest.config.ts test.allowOnly"]],
  [
    "errors ignored",
    vitest(""),
    vitest("dangerouslyIgnoreUnhandledErrors: true"),
    ["vitest.config.ts test.dangerouslyIgnoreUnhandledErrors"],
  ],
  ["retries", vitest("retry: 0"), vitest("retry: 3"), ["vitest.config.ts test.retry"]],
  ["retries by an object", vitest(""), vitest("retry: { count: 3 }"), ["vitest.config.ts test.retry.count"]],
  ["retries in CI", vitest(""), vitest("retry: process.env.CI ? 3 : 0"), ["vitest.config.ts test.retry"]],
  [
    "retries in a constant",
    vitest(""),
    { "vitest.config.ts": "const test = { retry: 2 };\nexport default { test };\n" },
    ["vitest.config.ts test.retry"],
  ],
  [
    "retries in a function",
    vitest(""),
    { "vitest.config.ts": "export default defineConfig(() => { const n = 2; return { test: { retry: n } }; });\n" },
    ["vitest.config.ts test.retry"],
  ],
  [
    "retries in another file",
    vitest(""),
    {
      "vitest.config.ts": 'import shared from "./shared.js";\nexport default mergeConfig(shared, { test: {} });\n',
      "shared.ts": "export default { test: { retry: 2 } };\n",
    },
    ["vitest.config.ts test.retry"],
  ],
  [
    "a nearer configuration",
    { "vite.config.ts": "export default { test: { coverage: { thresholds: { lines: 90 } } } };" },
    { "vite.config.ts": "export default { test: { coverage: { thresholds: { lines: 90 } } } };", ...vitest("") },
    ["vitest.config.ts test.coverage.thresholds.lines"],
  ],
  [
    "a threshold lowered",
    vitest("coverage: { thresholds: { lines: 90 } }"),
    vitest("coverage: { thresholds: { lines: 80 } }"),
    ["vitest.config.ts test.coverage.thresholds.lines"],
  ],
  [
    "a threshold gone",
    vitest("coverage: { thresholds: { lines: 90 } }"),
    vitest("coverage: {}"),
    ["vitest.config.ts test.coverage.thresholds.lines"],
  ],
  [
    "a source no longer measured",
    vitest("coverage: { thresholds: { lines: 90 } }"),
    vitest('coverage: { thresholds: { lines: 90 }, exclude: ["src/a.ts"] }'),
    ["vitest.config.ts coverage"],
  ],
  [
    "a test excluded",
    vitest(""),
    vitest('exclude: [...configDefaults.exclude, "src/a.test.ts"]'),
    ["vitest.config.ts tests"],
  ],
  [
    "tests included by another pattern",
    vitest(""),
    vitest('include: ["src/**/*.spec.ts"]'),
    ["vitest.config.ts tests"],
  ],
  ["another folder", vitest(""), vitest('dir: "e2e"'), ["vitest.config.ts tests"]],
  ["a name pattern", vitest(""), vitest("testNamePattern: /^fast/"), ["vitest.config.ts test.testNamePattern"]],
  [
    "types no longer tested",
    vitest("typecheck: { enabled: true }"),
    vitest("typecheck: { enabled: false }"),
    ["vitest.config.ts test.typecheck.enabled"],
  ],
  ["a project gone", vitest('projects: ["src", "e2e"]'), vitest('projects: ["src"]'), ["vitest.config.ts tests"]],
  [
    "a project narrowed",
    vitest('projects: [{ test: { name: "unit", include: ["**/*.test.ts"] } }]'),
    vitest('projects: [{ test: { name: "unit", include: ["lib/**/*.test.ts"] } }]'),
    ["vitest.config.ts tests"],
  ],
  ["much more time", vitest(""), vitest("testTimeout: 1_000_000"), ["vitest.config.ts test.testTimeout"]],
  [
    "jest: thresholds",
    jest({ coverageThreshold: { global: { branches: 90 } } }),
    jest({ coverageThreshold: { global: { branches: 10 } } }),
    ["package.json coverageThreshold.global.branches"],
  ],
  [
    "jest: a path ignored",
    jest({}),
    jest({ testPathIgnorePatterns: ["/node_modules/", "src/a"] }),
    ["package.json tests"],
  ],
  ["jest: modules ignored", jest({}), jest({ modulePathIgnorePatterns: ["<rootDir>/e2e"] }), ["package.json tests"]],
  ["jest: roots", jest({}), jest({ roots: ["<rootDir>/src"] }), ["package.json tests"]],
  [
    "jest: in a file of its own",
    jest({ coverageThreshold: { global: { lines: 90 } } }),
    { "package.json": "{}", "jest.config.cjs": "module.exports = { coverageThreshold: { global: { lines: 50 } } };" },
    ["jest.config.cjs coverageThreshold.global.lines"],
  ],
  [
    "playwright: retries",
    { "playwright.config.ts": "export default {};" },
    { "playwright.config.ts": "export default { retries: 2, forbidOnly: false };" },
    ["playwright.config.ts retries"],
  ],
  [
    "playwright: tests ignored",
    { "playwright.config.ts": 'export default { testDir: "./e2e" };' },
    { "playwright.config.ts": 'export default { testDir: "./e2e", testIgnore: /b\\.spec/ };' },
    ["playwright.config.ts tests"],
  ],
  [
    "mocha: forbid",
    { ".mocharc.yml": "forbid-only: true\n" },
    { ".mocharc.yml": "retries: 2\n" },
    [".mocharc.yml forbid-only", ".mocharc.yml retries"],
  ],
  [
    "nyc: less",
    { ".nycrc": '{"check-coverage": true, "lines": 90}' },
    { ".nycrc": '{"check-coverage": false, "lines": 50}' },
    [".nycrc check-coverage", ".nycrc lines"],
  ],
  [
    "c8: gone",
    { ".c8rc.json": '{"check-coverage": true, "lines": 90}' },
    {},
    [".c8rc.json check-coverage", ".c8rc.json lines"],
  ],
])("%s", async (_, base, head, expected) => {
  expect((await whats(base, head)).toSorted()).toEqual(expected.toSorted());
});

test("a part of a configuration that lies in another file counts", async () => {
  const config = {
    "vitest.config.ts": 'import shared from "./build/shared.js";\nexport default mergeConfig(shared, {});\n',
  };
  const base = { ...config, "build/shared.ts": "export default { test: { retry: 0 } };" };
  const head = { ...config, "build/shared.ts": "export default { test: { retry: 2 } };" };
  expect(await whats(base, head)).toEqual(["vitest.config.ts test.retry"]);
});

test("a folder that only packages have says nothing of this one", async () => {
  expect(await whats(vitest(""), vitest('dir: "lib"'))).toEqual([]);
});

test("a configuration that moves with its tests is still itself", async () => {
  const at = (dir: string): Texts => ({
    [`${dir}/vitest.config.ts`]: vitest(`include: ["**/${dir}/**"]`)["vitest.config.ts"] ?? "",
    [`${dir}/a.test.ts`]: "test()",
  });
  const renames = { "new/vitest.config.ts": "old/vitest.config.ts", "new/a.test.ts": "old/a.test.ts" };
  expect(await whats(at("old"), at("new"), renames)).toEqual([]);
});

test.each<[string, Texts, Texts]>([
  ["another order and comments", vitest("retry: 1, globals: true"), vitest("/* why */ globals: true, retry: 1")],
  [
    "a higher threshold",
    vitest("coverage: { thresholds: { lines: 80 } }"),
    vitest("coverage: { thresholds: { lines: 90, branches: 70 } }"),
  ],
  ["what is not there excluded", vitest(""), vitest('exclude: ["**/node_modules/**", "dist/**"]')],
  ["defaults spread", vitest(""), vitest("exclude: [...configDefaults.exclude]")],
  [
    "types alone no longer measured",
    vitest("coverage: { thresholds: { lines: 90 } }"),
    vitest('coverage: { thresholds: { lines: 90 }, exclude: ["src/types.ts", "**/*.test.ts"] }'),
  ],
  ["sources left out where nothing is asked", vitest(""), vitest('coverage: { exclude: ["src/a.ts"] }')],
  [
    "tests handed to another runner",
    vitest(""),
    { ...vitest('exclude: ["e2e/**"]'), "playwright.config.ts": 'export default { testDir: "./e2e" };' },
  ],
  [
    "projects",
    vitest(""),
    vitest(
      'projects: [{ test: { name: "a", include: ["src/**/*.test.ts"] } }, { test: { name: "b", include: ["e2e/**/*.spec.ts"] } }]',
    ),
  ],
  ["a little more time", vitest(""), vitest("testTimeout: 20_000")],
  [
    "another runner",
    jest({ coverageThreshold: { global: { lines: 90 } } }),
    { "package.json": "{}", ...vitest("coverage: { thresholds: { lines: 90 } }") },
  ],
  [
    "jest's own file",
    jest({ coverageThreshold: { global: { lines: 90 } } }),
    { "package.json": "{}", "jest.config.cjs": "module.exports = { coverageThreshold: { global: { lines: 90 } } };" },
  ],
  [
    "TypeScript for JavaScript",
    { "vitest.config.js": vitest("retry: 1")["vitest.config.ts"] ?? "" },
    vitest("retry: 1"),
  ],
  ["a new configuration", {}, vitest('include: ["**/*.{test,spec}.ts"], coverage: { include: ["src"] }')],
  ["an exclude taken back", vitest('exclude: ["src"]'), vitest("")],
  ["a name only", { "package.json": "{}" }, { "package.json": '{"devDependencies":{"jest":"1"}}' }],
])("%s is none", async (_, base, head) => {
  expect(await whats(base, head)).toEqual([]);
});
