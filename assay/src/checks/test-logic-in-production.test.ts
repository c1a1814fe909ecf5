import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { runGuard } from "./run-guards.ts";
import { testLogicInProduction } from "./test-logic-in-production.ts";

/** Is something said of a file with this code? */
async function isTold(code: string, path = "src/a.ts"): Promise<boolean> {
  const context = await contextOf({ base: {}, head: { [path]: `${code}\n` } });
  return (await runGuard(testLogicInProduction, context)).status === "failed";
}

const inFunction = (code: string): string => `export function price(a) {\n${code}\n}`;
const asks = 'process.env.NODE_ENV === "test"';

test.each([
  `if (${asks}) return 3;`,
  `if (${asks}) { a.count = 3; }`,
  `if (${asks}) throw new Error();`,
  `if (process.env.VITEST) return 3;`,
  `if (${asks}) { log(); } else { return 3; }`,
  `if (${asks}) return;\nif (!a) throw new Error();`,
  `if (${asks}) { log(); return; }\nif (!a) throw new Error();`,
  `if (${asks}) { return 3; } else { log(); }`,
  `if (${asks}) { jestful.run(); return 3; }`,
  `if (${asks}) { navi.run(); return 3; }`,
  `if (a && !${asks.replace("===", "!==")}) throw new Error();`,
  `if (process.env.NODE_ENV !== "test") throw new Error();\nelse return 3;`,
  `if (${asks}) { /* vi.fn() */ return 3; }`,
  `if (${asks}) { run("vi.fn()"); return 3; }`,
  `return ${asks} ? 3 : a;`,
  `const total = ${asks} ? 3 : a.b;\nreturn total;`,
  `return sum(${asks} ? f() : a);`,
  `${asks} && (a.count = 3);`,
  `process.env.NODE_ENV !== "test" || (a.count = 3);`,
  `switch (process.env.NODE_ENV) { case "production": return a; case "test": return 3; }`,
  `switch (process.env.NODE_ENV) { case "test": a.count = 3; break; default: log(a); }`,
  `switch (true) { case ${asks}: return 3; }`,
])("work that hangs on a test is told: %j", async (code) => {
  expect(await isTold(inFunction(code))).toBe(true);
});

test.each([
  `if (${asks}) return;`,
  `if (${asks}) return undefined;`,
  `if (${asks}) return;\nlog(a);`,
  `if (${asks}) return;\nrun(() => { throw new Error(); });`,
  `if (!a) throw new Error();\nif (${asks}) return;\nlog(a);`,
  `if (${asks}) { log(a); }\nif (!a) throw new Error();`,
  `return { "log-level": ${asks} ? f() : g() };`,
  `if (${asks}) log(a);`,
  `if (${asks}) a.logLevel = 3;`,
  `if (${asks}) run(() => { return 3; });`,
  `if (process.env.NODE_ENV !== "test") throw new Error();`,
  `if (!process.env.VITEST) throw new Error();`,
  `if (!process.env.VITEST) { log(a); log(a); throw new Error(); }`,
  `if (process.env.VITEST === undefined) throw new Error();`,
  `if (${asks}) { vi.useFakeTimers(); return 3; }`,
  `if (${asks}) return jest.fn(a);`,
  `if (process.env.NODE_ENV === "production") return 3;`,
  `const retries = ${asks} ? 0 : 3;\nreturn retries;`,
  `a.timeoutMs = ${asks} ? f() : g();`,
  `return { cacheDir: ${asks} ? f() : g() };`,
  `return setTimeout(${asks} ? f() : g());`,
  `return [...(${asks} ? [] : a)];`,
  `run(${asks} ? 1 : 2);`,
  `${asks} && log(a);`,
  `${asks} && (a.logLevel = 3);`,
  `const quiet = ${asks} && (a.count = 3);`,
  `switch (process.env.NODE_ENV) { case "production": return 3; case "development": return 4; }`,
  `switch (process.env.NODE_ENV) { case "test": log(a); break; default: return 3; }`,
  `switch (process.env.NODE_ENV) { case "test": case "development": return 3; default: return 4; }`,
  `switch (process.env.NODE_ENV) { case "test": a.timeout = 3; break; default: a.timeout = 4; }`,
  `switch (a.mode) { case "test": return 3; default: return 4; }`,
  `switch (process.env.NODE_ENV) { case "test": vi.useFakeTimers(); return 3; }`,
])("a setting, or nothing, is left alone: %j", async (code) => {
  expect(await isTold(inFunction(code))).toBe(false);
});

test("a function that is named for a setting may choose, however it is named", async () => {
  const body = `{ if (${asks}) return 3; return 4; }`;
  for (const code of [
    `function logLevel() ${body}`,
    `const poolSize = () => ${body};`,
    `class A { DATABASE_URL() ${body} }`,
    `const a = { retryCount() ${body} };`,
    `a.port = () => ${body};`,
  ])
    expect([code, await isTold(code)]).toEqual([code, false]);
  for (const code of [
    `function total() ${body}`,
    `const catalog = () => ${body};`,
    `class A { total() ${body} }`,
    `const a = { total() ${body} };`,
    `a.total = () => ${body};`,
  ])
    expect([code, await isTold(code)]).toEqual([code, true]);
});

test("at the top of a module only a choice of functions is told", async () => {
  expect(await isTold(`export const run = ${asks} ? () => 1 : load;`)).toBe(true);
  expect(await isTold(`export const run = ${asks} ? quick : load;`)).toBe(false);
  expect(await isTold(`if (${asks}) throw new Error();`)).toBe(false);
});

test("files for tests may know of them, and files of settings may choose plain values", async () => {
  const told = inFunction(`if (${asks}) return 3;`);
  for (const path of [
    "src/testing/a.ts",
    "test/a.ts",
    "src/mock-server.ts",
    "src/mocks.ts",
    "src/stub.ts",
    "src/stubs/a.ts",
    "src/fake-clock.ts",
    "src/fakes/a.ts",
    "src/fixture.ts",
    "src/Testing/a.ts",
    "src/a.stories.ts",
    "src/a.test.ts",
  ])
    expect([path, await isTold(told, path)]).toEqual([path, false]);
  for (const path of ["src/latest.ts", "src/stubborn.ts", "src/testimony.ts"])
    expect([path, await isTold(told, path)]).toEqual([path, true]);
  const plain = inFunction(`return ${asks} ? 3 : 4;`);
  for (const path of ["src/config.ts", "src/env/a.ts", "src/logger.ts", "bin/a.ts"])
    expect([path, await isTold(plain, path)]).toEqual([path, false]);
  for (const path of ["src/catalog.ts", "src/logic.ts", "src/binary.ts"])
    expect([path, await isTold(plain, path)]).toEqual([path, true]);
  const mixed = inFunction(`return ${asks} ? 3 : load(a);`);
  expect(await isTold(mixed, "src/config.ts")).toBe(true);
});

test("what a file of settings chooses by the mode it runs in is left alone", async () => {
  const chosen = inFunction('switch (process.env.NODE_ENV) { case "test": return 3; default: return 4; }');
  expect(await isTold(chosen)).toBe(true);
  expect(await isTold(chosen, "src/config/index.ts")).toBe(false);
  expect(await isTold(chosen.replace("price", "apiUrl"))).toBe(false);
});

test("a question that was there before is told again by its text, however it is laid out", async () => {
  const news = async (before: string, after: string): Promise<number> => {
    const [base, head] = [{ "src/a.ts": before }, { "src/a.ts": after }];
    const outcome = await runGuard(testLogicInProduction, await contextOf({ base, head }));
    return outcome.status === "failed" ? outcome.findings.length : 0;
  };
  const old = `if (${asks}) return 3;`;
  const other = "if (process.env.VITEST) return 4;";
  const relaid = `if (${asks})\n  return 3;`;
  expect(await news(inFunction(`${old}\nkeep();`), inFunction(`keep();\n${relaid}`))).toBe(0);
  expect(await news(inFunction(`${old}\nkeep();`), inFunction(`keep();\n${other}`))).toBe(1);
  expect(await news(inFunction(old), inFunction(old + other))).toBe(1);
});
