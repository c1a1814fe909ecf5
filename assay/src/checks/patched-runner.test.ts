import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { patchedRunner } from "./patched-runner.ts";
import { runGuard } from "./run-guards.ts";

/** What is patched in a file that is run before the tests. */
async function patched(code: string, path = "test/setup.ts"): Promise<readonly string[]> {
  const outcome = await runGuard(patchedRunner, await contextOf({ base: {}, head: { [path]: `${code}\n` } }));
  return outcome.status === "failed" ? outcome.findings.map(({ message }) => message.replace(/, so that.*/, "")) : [];
}

test("a matcher is replaced however its name is written and wherever the matchers are listed", async () => {
  for (const code of [
    "expect.extend({ toBe: () => ({ pass: true }) });",
    'expect.extend({ "toBe": () => ({ pass: true }) });',
    "expect.extend({ toBe() { return { pass: true }; } });",
    "const matchers = { toBe: () => ({ pass: true }) };\nexpect.extend(matchers);",
    "const matchers = { toBe: () => ({ pass: true }) } as const;\nexpect.extend(matchers);",
    "const toBe = () => ({ pass: true });\nexpect.extend({ toBe });",
  ]) {
    expect([code, await patched(code)]).toEqual([code, ["the matcher `toBe` is replaced"]]);
  }
});

test("a matcher that never looks is told however its verdict is written", async () => {
  for (const code of [
    "expect.extend({ toBeFine: () => ({ pass: true }) });",
    'expect.extend({ toBeFine: () => ({ "pass": true }) });',
    "function toBeFine() { return { pass: true }; }\nexpect.extend({ toBeFine });",
    "expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1 }), toBeFine: () => ({ pass: true }) });",
  ]) {
    expect([code, await patched(code)]).toEqual([code, ["the matcher `toBeFine` never looks"]]);
  }
});

test("a matcher of one's own that looks is none of the runner's", async () => {
  for (const code of [
    "expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1 }) });",
    "expect.extend({ toBeOdd: (n) => { check(n); return { pass: true }; } });",
    "expect.extend({ toBeOdd: (n) => { if (n % 2) throw new Error(); return { pass: true }; } });",
    "expect.extend({ toBeOdd: (n) => (n % 2 ? { pass: true } : { pass: false }) });",
    "expect.extend({ toBeOdd: (n) => n });",
    "expect.extend({ toBeOdd: imported });",
    "expect.extend(imported);",
    "expect.extend({ ...imported, [name]: () => ({ pass: true }) });",
    "other.extend({ toBe: () => ({ pass: true }) });",
  ]) {
    expect([code, await patched(code)]).toEqual([code, []]);
  }
  expect(
    await patched('expect.extend({ toBeFine: () => ({ pass: true }) });\nit("is fine", () => expect(1).toBeFine());'),
  ).toEqual([]);
});

/** Code, and what is said of it. */
type Cases = readonly (readonly [code: string, what: string | undefined, path?: string])[];

/** The cases of which something else is said, with that. */
async function mistaken(cases: Cases): Promise<readonly unknown[]> {
  const said = await Promise.all(cases.map(([code, , path]) => patched(code, path)));
  return cases.flatMap(([code, what], index) => (said[index]?.join() === (what ?? "") ? [] : [[code, said[index]]]));
}

test("a function of the runner that is put in by hand is told, one that is taken from a runner is not", async () => {
  const cases: Cases = [
    ["globalThis.it = () => {};", "`it` of the runner is replaced"],
    ["global.expect = (() => new Proxy({}, {})) as never;", "`expect` of the runner is replaced"],
    ["window.describe = new Suite();", "`describe` of the runner is replaced"],
    ["globalThis.test = { only() {} };", "`test` of the runner is replaced"],
    ['globalThis["it"] = it.todo;', "`it` of the runner is replaced"],
    ["globalThis.it = it.fails;", "`it` of the runner is replaced"],
    ["globalThis.it = vitest.it;", undefined],
    ["globalThis.fetch = () => {};", undefined],
    ["globalThis.app.it = () => {};", undefined],
    ["myGlobal.it = () => {};", undefined],
    ["it = () => {};", undefined],
    ['Object.defineProperty(globalThis, "it", { value: () => {} });', "`it` of the runner is replaced"],
    ['Object.defineProperty(globalThis, "fetch", { value: () => {} });', undefined],
    ['Object.defineProperty(app, "it", { value: () => {} });', undefined],
    ['Object.defineProperties(globalThis, "it", {});', undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("a function of an assertion that is replaced is told", async () => {
  const cases: Cases = [
    ["assert.equal = () => {};", "`assert.equal` is replaced"],
    ["chai.Assertion.prototype.equal = function () {};", "`chai.equal` is replaced"],
    ["assert.strict.ok = (() => {});", "`assert.ok` is replaced"],
    ["assert.message = text;", undefined],
    ["other.assert.equal = () => {};", undefined],
    ["Object.assign(assert, { equal() {} });", "functions of `assert` are replaced"],
    ["Object.assign(assert, others);", undefined],
    ["Object.assign(options, { equal() {} });", undefined],
    ['Object.defineProperty(assert, "equal", { value: () => {} });', "`assert.equal` is replaced"],
    ["chai.Assertion.overwriteMethod('equal', () => () => {});", 'the assertion "equal" is overwritten'],
    ["utils.overwriteProperty(proto, 'ok', () => {});", 'the assertion "ok" is overwritten'],
    ["utils.overwriteChainableMethod(proto, name, () => {});", 'the assertion "?" is overwritten'],
    ["store.overwrite('equal', () => {});", undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("a mock of what asserts or runs tests is told", async () => {
  const cases: Cases = [
    ['vi.mock("node:assert", () => ({}));', '"node:assert" is mocked'],
    ['jest.doMock("assert/strict", () => ({}));', '"assert/strict" is mocked'],
    ['jest.unstable_mockModule("chai", () => ({}));', '"chai" is mocked'],
    ['mock.module("@jest/globals", {});', '"@jest/globals" is mocked'],
    ['vi.mock("assertive", () => ({}));', undefined],
    ['vi.mock("./chai", () => ({}));', undefined],
    ['vi.unmock("chai");', undefined],
    ["vi.mock(...names);", undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("an exit code of 0 that is set as the process ends is told", async () => {
  const atExit = "the exit code is made 0 as the process ends";
  const cases: Cases = [
    ["process.on('exit', () => { process.exitCode = 0; });", atExit],
    ["process.once('beforeExit', () => process.exit(0));", atExit],
    ["process.addListener('exit', () => process.exit());", atExit],
    ["process.prependListener('exit', function () { process.reallyExit(0); });", atExit],
    ["process.on('exit', () => { process.exitCode = 1; });", undefined],
    ["process.on('exit', () => process.exit(1));", undefined],
    ["process.on('exit', () => { state.code = 0; });", undefined],
    ["process.off('exit', () => { process.exitCode = 0; });", undefined],
    ["process.on('exiting', () => { process.exitCode = 0; });", undefined],
    ["server.on('exit', () => { process.exitCode = 0; });", undefined],
    ["process.exit = () => {};", "`process.exit` is replaced for every test"],
    ["process.reallyExit = () => {};", "`process.reallyExit` is replaced for every test"],
    ["process.exitCode = () => {};", undefined],
    ["process.exit = original;", undefined],
    ["process.exit = () => {};", undefined, "src/a.test.ts"],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("a hook behind the tests that ends the process well is told", async () => {
  const behind = "the process ends with exit code 0 behind the tests";
  const cases: Cases = [
    ["after(() => process.exit(0));", behind],
    ["afterAll(async () => { await close(); process.exit(0); });", behind],
    ["test.afterEach(() => process.exit(0));", behind],
    ["teardown(() => process.reallyExit(0));", behind],
    ["after('all', () => process.exit(0));", behind],
    ["after(() => process.exit());", undefined],
    ["after(() => process.exit(1));", undefined],
    ["after(() => server.exit(0));", undefined],
    ["after(close);", undefined],
    ["before(() => process.exit(0));", undefined],
    ["hereafter(() => process.exit(0));", undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("errors that are swallowed for every test are told", async () => {
  const swallowed = "errors that nobody waits for are swallowed";
  const cases: Cases = [
    ["process.on('unhandledRejection', () => {});", swallowed],
    ["process.on('uncaughtException', function () {});", swallowed],
    ["process.on('unhandledRejection', () => undefined);", swallowed],
    ["process.on('unhandledRejection', (error) => void error);", swallowed],
    ["process.on('unhandledRejection', (error) => { return; });", swallowed],
    ["process.on('uncaughtException', (error) => { last = error; });", undefined],
    ["process.on('uncaughtException', (error) => { new Report(error); });", undefined],
    ["process.on('uncaughtException', () => { errors++; });", undefined],
    ["process.on('uncaughtException', (error) => { throw error; });", undefined],
    ["process.on('uncaughtException', (error) => log(error));", undefined],
    ["process.on('uncaughtException', report);", undefined],
    ["Cypress.on('uncaught:exception', () => false);", "errors of the page are swallowed"],
    ["Cypress.on('uncaught:exception', (error) => { log(error); return false; });", "errors of the page are swallowed"],
    ["Cypress.on('uncaught:exception', (error) => { if (isOurs(error)) return true; return false; });", undefined],
    ["Cypress.on('uncaught:exception', () => true);", undefined],
    ["cy.on('uncaught:exception', () => false);", undefined],
    ["Cypress.on('fail', () => {});", "failures of tests are swallowed"],
    ["Cypress.on('fail', (error) => { throw error; });", undefined],
    ["Cypress.on('failure', () => {});", undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});

test("configuration and what sets tests up are read, and no code of the product", async () => {
  const code = "globalThis.it = () => {};";
  const told = async (path: string): Promise<boolean> => (await patched(code, path)).length > 0;
  for (const path of ["src/a.test.ts", "vitest.config.ts", "vitest.setup.ts", "src/setupTests.ts"])
    expect([path, await told(path)]).toEqual([path, true]);
  expect(await told("src/a.ts")).toBe(false);
});

test("names that only hold one of a runner's are none", async () => {
  const cases: Cases = [
    ["process.onexit = () => {};", undefined],
    ["globalThis.it = runner.unskip;", undefined],
    ["globalThis.it = runner.skipped;", undefined],
    ["expect.extend({ wantToBe: (n) => ({ pass: n > 1 }) });", undefined],
    ["expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1 }) }); orbit(1);", undefined],
    ["expect.extend({ toBeFine: () => ({ pass: true }) }); orbit(1);", "the matcher `toBeFine` never looks"],
    ["expect.extend({ toBeFine: () => ({ pass: true }) });\nit.only('a', () => {});", undefined],
    ["store.notoverwriteMethod('equal', () => {});", undefined],
    ["store.overwriteMethods('equal', () => {});", undefined],
    ["vi.mock('./assert', () => ({}));", undefined],
    ["vi.mock('lodash/assert', () => ({}));", undefined],
    ["vi.mock('@my/vitest', () => ({}));", undefined],
    ["vi.mock('vitest-fetch-mock', () => ({}));", undefined],
    ["vi.remock('chai', () => ({}));", undefined],
    ["vi.mocked('chai', () => ({}));", undefined],
    ["process.on('preexit', () => { process.exitCode = 0; });", undefined],
    ["process.on('exit', () => { process.onexit(0); });", undefined],
    ["process.on('exit', () => { process.exitLater(0); });", undefined],
    ["afterwards(() => process.exit(0));", undefined],
    ["process.on('my-unhandledRejection', () => {});", undefined],
    ["process.on('unhandledRejectionWarning', () => {});", undefined],
    ["Cypress.on('my-uncaught:exception', () => false);", undefined],
    ["Cypress.on('uncaught:exceptions', () => false);", undefined],
    ["Cypress.on('will-fail', () => {});", undefined],
    ["process.upon('exit', () => { process.exitCode = 0; });", undefined],
    ["process.onExit('exit', () => { process.exitCode = 0; });", undefined],
    ["Object.defineProperty(...many, 'it', { value: () => {} });", undefined],
    ["Object.defineProperty(globalThis as Scope, 'it', { value: () => {} });", "`it` of the runner is replaced"],
    ["(globalThis as Scope).app.it = () => {};", undefined],
  ];
  expect(await mistaken(cases)).toEqual([]);
});
