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
