import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { testQuestionsOf } from "./test-questions.ts";

/** Whether an expression asks if it is being tested, with `before` in the same file. */
function asks(expression: string, before = ""): boolean {
  const file = parseSource(repoPath("src/a.ts"), `${before};\nvoid (${expression});\n`);
  const last = file.program.body.at(-1);
  if (last?.type !== "ExpressionStatement" || last.expression.type !== "UnaryExpression")
    throw new Error(`no expression: ${expression}`);
  return testQuestionsOf(file)?.asks(last.expression.argument) ?? false;
}

test.each([
  "process.env.VITEST",
  "process.env.VITEST_POOL_ID",
  "process.env.JEST_WORKER_ID",
  "process.env.NODE_TEST_CONTEXT",
  "process.env.NODE_TEST_WORKER_ID",
  "process.env.MOCHA_COLORS",
  "process.env.PLAYWRIGHT_TEST_BASE_URL",
  "process.env.PLAYWRIGHT_TEST",
  "process.env.TEST_WORKER_INDEX",
  "process.env.TEST_PARALLEL_INDEX",
  "process.env.CYPRESS",
  "process.env.CYPRESS_BASE_URL",
  "process.env.TAP_CHILD_ID",
  "process.env.AVA_PATH",
  "process['env']['VITEST']",
  "Bun.env.VITEST",
  "globalThis.process.env.VITEST",
  "(process.env as Env).VITEST",
  "import.meta.env.VITEST",
  "import.meta.vitest",
  "Deno.env.get('VITEST')",
])("%s is set by a runner alone", (expression) => {
  expect(asks(expression)).toBe(true);
});

test.each([
  "process.env.MY_VITEST",
  "process.env.VITESTS",
  "process.env.JEST_WORKER_IDS",
  "process.env.NO_TAP_CHILD_ID",
  "process.env.AVA_PATHS",
  "process.env.PLAYWRIGHT",
  "process.env.TEST_DATABASE_URL",
  "process.env[VITEST]",
  "subprocess.env.VITEST",
  "settings.VITEST",
  "settings.env.VITEST",
  "mine.settings.env.VITEST",
  "processes.env.VITEST",
  "import.meta.jest",
  "Deno.env.get(VITEST)",
  "Deno.env.get('TEST_DATABASE_URL')",
  "Deno.env.has('VITEST')",
  "Deno.environment.get('VITEST')",
  "get('VITEST')",
])("%s may be set by anybody", (expression) => {
  expect(asks(expression)).toBe(false);
});

test.each(["jest", "vi", "vitest", "mocha", "Mocha", "cy", "Cypress", "jasmine", "__vitest_worker__"])(
  "%s in the global scope is put there by a runner",
  (name) => {
    expect(asks(`typeof ${name} !== "undefined"`)).toBe(true);
    expect(asks(`"undefined" === typeof ${name}`)).toBe(true);
    expect(asks(`${JSON.stringify(name)} in globalThis`)).toBe(true);
    for (const scope of ["globalThis", "global", "window", "self"]) {
      expect(asks(`${scope}.${name}`)).toBe(true);
      expect(asks(`${scope}["${name}"]`)).toBe(true);
      expect(asks(`${scope}?.${name}`)).toBe(true);
    }
    expect(asks(`typeof ${name}2 !== "undefined"`)).toBe(false);
    expect(asks(`typeof my_${name} !== "undefined"`)).toBe(false);
    expect(asks(`"my_${name}" in globalThis`)).toBe(false);
    expect(asks(`my.${name}`)).toBe(false);
    expect(asks(`windows.${name}`)).toBe(false);
    expect(asks(`my_window.${name}`)).toBe(false);
    expect(asks(`${name} in globalThis`)).toBe(false);
    expect(asks(`typeof my.${name} !== "undefined"`)).toBe(false);
    expect(asks(`void ${name} !== "undefined"`)).toBe(false);
    expect(asks(`typeof ${name} + 1`)).toBe(false);
  },
);

test.each([
  'process.env.NODE_ENV === "test"',
  'process.env.NODE_ENV == "testing"',
  '"test" !== process.env.NODE_ENV',
  'process.env["NODE_ENV"] != "test"',
  'process.env.APP_ENV === "test"',
  'process?.env.NODE_ENV === "test"',
  'globalThis.process.env.NODE_ENV === "test"',
  'Bun.env.NODE_ENV === "test"',
  'import.meta.env.MODE === "test"',
  'Deno.env.get("NODE_ENV") === "test"',
  'NODE_ENV === "test"',
  'config.nodeEnv === "test"',
  '(config.nodeEnv ?? "development") === "test"',
  '(nodeEnv || "development") === "test"',
  '(process.env.NODE_ENV ?? "development") === "test"',
])("%s asks what the environment is called", (expression) => {
  expect(asks(expression)).toBe(true);
});

test.each([
  'process.env.NODE_ENV === "production"',
  'process.env.NODE_ENV === "test2"',
  'process.env.NODE_ENV === "contest"',
  'process.env.TEST_SUITE === "test"',
  'process.env.NODE_ENV + "test"',
  'process.env.NODE_ENV < "test"',
  'jobs.process.env.APP_ENV === "test"',
  'process.environment.MODE === "test"',
  'process.env.MODEL === "test"',
  'my.Deno.env.get("NODE_ENV") === "test"',
  'kind === "test"',
  'NODE_ENVIRONMENT === "test"',
  'MY_NODE_ENV2 === "test"',
  'config.nodeEnvOf(name) === "test"',
  "process.env.NODE_ENV === test",
])("%s asks something else", (expression) => {
  expect(asks(expression)).toBe(false);
});

test.each([
  'new Error().stack.includes(".test.")',
  'error.stack?.includes("a.spec.ts")',
  'new Error().stack!.split("/").some((line) => line.includes("__tests__"))',
  '/vitest/.test("") || process.argv.includes("--test")',
  'process.argv.some((each) => each.includes("mocha"))',
  'process.argv0.includes("jest")',
  'process.execArgv.includes("node:test")',
  'process.title.startsWith("cypress")',
  'process.argv[1].endsWith("playwright")',
  'process.argv.join(" ").includes("jasmine")',
])("%s asks who runs it", (expression) => {
  expect(asks(expression)).toBe(true);
});

test.each([
  'process.argv.includes("--testing")',
  'process.argv.includes("--no--test")',
  'process.argv.includes("jester")',
  'process.argv.includes("contest")',
  "process.argv.includes(vitest)",
  'process.arguments.includes("vitest")',
  'process.cwd().includes("vitest")',
  'names.argv.includes("vitest")',
  'names.includes("vitest")',
  'names().includes("vitest")',
  'error.stacks.includes(".test.")',
  'error.stack.includes("latest")',
  'error.stack.includes("a.specification")',
  'error.stack.includes("invitest")',
  'which()("vitest")',
  'describe("vitest")',
])("%s asks for something else", (expression) => {
  expect(asks(expression)).toBe(false);
});

test.each([
  "!process.env.VITEST",
  "!!process.env.VITEST",
  "ready && process.env.VITEST",
  "process.env.VITEST || ready",
  "process.env.VITEST !== undefined",
  "undefined !== process.env.VITEST",
  "Boolean(process.env.VITEST)",
  "(process.env.VITEST as string)",
  "process.env.VITEST!",
  "process?.env?.VITEST",
])("%s is put together with a question", (expression) => {
  expect(asks(expression)).toBe(true);
});

test.each([
  "void process.env.VITEST",
  "typeof process.env.VITEST",
  "Number(process.env.VITEST)",
  "to.Boolean(process.env.VITEST)",
  "[process.env.VITEST]",
  "process.env.VITEST ? 1 : 2",
  "() => process.env.VITEST",
])("%s is something else", (expression) => {
  expect(asks(expression)).toBe(false);
});

const question = 'process.env.NODE_ENV === "test"';

test.each([
  [`const a = ${question};`, "a"],
  [`const a = () => ${question};`, "a()"],
  [`const a = function () { return ${question}; };`, "a()"],
  [`function a() { return ${question}; }`, "a()"],
  [`const a = b; const b = ${question};`, "a"],
  [`const a = () => b(); const b = () => c; const c = !d; const d = ${question};`, "a()"],
  ["const { VITEST } = process.env;", "VITEST"],
  ["const { VITEST: a } = process.env as Env;", "a"],
  ["const { JEST_WORKER_ID: a } = import.meta.env;", "a"],
  ["const { isTest } = require('./environment');", "isTest"],
  ["const { isTest: a } = require('./environment');", "a"],
  ["import { isTest } from './environment.ts';", "isTest"],
  ["import isTest from '@/environment.ts';", "isTest()"],
  ["import { isTest } from '~/environment.ts';", "isTest"],
  ["import { isTest } from '#environment';", "isTest"],
])("%s makes a name a question", (before, expression) => {
  expect(asks(expression, before)).toBe(true);
});

test.each([
  [`const a = ${question} ? 1 : 2;`, "a"],
  [`const a = () => (${question} ? 1 : 2);`, "a()"],
  [`const a = () => () => ${question};`, "a()"],
  [`function a() { return ${question} ? 1 : 2; }`, "a()"],
  [`function a() { note(); return ${question}; }`, "a()"],
  [`function a() { note(${question}); }`, "a()"],
  [`function a() { return; }`, "a() || isTest"],
  [`function a() {} // isTest`, "a()"],
  [`const a = () => ${question};`, "a(1)"],
  [`const a = () => ${question};`, "b.a()"],
  ["const a = 1; // isTest", "a"],
  ["const a = () => 1; // isTest", "a()"],
  ["import { isTest } from 'node.environment';", "isTest"],
  ["const { isTest: a } = require('node.environment');", "a"],
  [`let a; // isTest`, "a"],
  [`declare function a(): boolean; // isTest`, "a()"],
  [`const [a] = [${question}];`, "a"],
  ["const { ...a } = process.env; // VITEST", "a"],
  ["const { VITEST: [a] } = process.env;", "a"],
  ["const { NODE_ENV: a } = process.env; // VITEST", "a"],
  ["const { VITEST: a } = settings;", "a"],
  ["const { isTest: a } = require('environment');", "a"],
  ["const { isTest: a } = require(environment);", "a"],
  ["const { isTest: a } = load('./environment');", "a"],
  ["const { isTest: a } = load.require('./environment');", "a"],
  ["const { isTesty: a } = require('./environment');", "a"],
  ["import { isTest } from 'environment';", "isTest"],
  ["import { isTest as a } from './environment.ts';", "a"],
  ["import { isTestFile } from './environment.ts';", "isTestFile"],
])("%s makes no name a question", (before, expression) => {
  expect(asks(expression, before)).toBe(false);
});

test.each([
  "isTest",
  "IS_TEST",
  "_isTest",
  "inTest",
  "isInTest",
  "inTests",
  "isTesting",
  "runningTests",
  "isRunningTests",
  "underTest",
  "isUnderTest",
  "isUnitTest",
  "isTestEnv",
  "isTestEnvironment",
  "IS_TEST_MODE",
  "isTestRun",
  "isTestRunner",
  "isVitestTest",
  "isVitest",
  "inJest",
  "isMocha",
  "isCypress",
  "isPlaywright",
  "underTests",
])("%s of another module asks by its name", (name) => {
  expect(asks(name, `import { ${name} } from "./environment.ts";`)).toBe(true);
});

test.each([
  "test",
  "tests",
  "isTestFile",
  "isTested",
  "isLatest",
  "hasTests",
  "isContest",
  "thunderTest",
  "underTested",
  "isVitestFile",
  "thisJest",
  "notIsTest",
  "isTestingLibrary",
])("%s of another module does not", (name) => {
  expect(asks(name, `import { ${name} } from "./environment.ts";`)).toBe(false);
});

test("a file that speaks of no test has no questions", () => {
  expect(testQuestionsOf(parseSource(repoPath("a.ts"), "export const a = process.env.HOME;\n"))).toBeUndefined();
});
