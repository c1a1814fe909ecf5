import { expect, test } from "vitest";
import { contextOf } from "./change/change-of-texts.ts";
import { runGuard } from "./run-guards.ts";
import { unsafeCast } from "./unsafe-cast.ts";

/** What is said of a file, up to what to do. */
async function said(text: string, path = "src/a.ts"): Promise<readonly string[]> {
  const outcome = await runGuard(unsafeCast, await contextOf({ base: {}, head: { [path]: `${text}\n` } }));
  return outcome.status === "failed"
    ? outcome.findings.map(({ message }) => message.split(/ switches| fits|;/)[0] ?? "")
    : [];
}

const detour = "a cast by way of another type";
const any = "a cast to `any`";
const never = "a cast to `never`";

test.each([
  ["x as any", any],
  ["<any>x", any],
  ["x as any[]", any],
  ["x as T | any", any],
  ["x as any & T", any],
  ["x as never", never],
  ["<never>x", never],
  ["x as unknown as T", detour],
  ["<T>(<unknown>x)", detour],
  ["x as object as T", detour],
  ["x as {} as T", detour],
  ["(x as unknown)! as T", detour],
  ["(x as unknown satisfies unknown) as T", detour],
])("%s is told", async (cast, message) => {
  expect(await said(`export const a = ${cast};`)).toEqual([message]);
});

test.each([
  "x as T",
  "x as unknown",
  "x as {}",
  "x as { b: 1 } as T",
  "x as const",
  "x as T[]",
  "x as T & U",
  "x as unknown as object",
  "(x as T)!",
])("%s is none", async (cast) => {
  expect(await said(`export const a = ${cast};`)).toEqual([]);
});

test("of a cast in a cast the whole is told, once", async () => {
  expect(await said("export const a = x as any as T;")).toEqual([detour]);
  expect(await said("export const a = (x as any)! as T;")).toEqual([detour]);
  expect(await said("export const a = [\n  x as any,\n  y as any,\n];")).toEqual([any, any]);
});

test("a detour that has a name is told, one of what comes later is not", async () => {
  expect(await said("const loose: unknown = { b: 1 };\nexport const a = loose as T;")).toEqual([detour]);
  expect(await said("const loose: object = [1];\nexport const a = loose as T;")).toEqual([detour]);
  expect(await said("const loose: unknown = 1;\nexport const a = loose as T;")).toEqual([detour]);
  for (const declared of [
    "let loose: unknown = null;",
    "const loose: unknown = load();",
    "const loose: B = { b: 1 };",
    "const loose: unknown = `text`;",
    "const loose: unknown = new B();",
    "const loose = { b: 1 };",
    "const { loose }: unknown = { loose: 1 };",
  ])
    expect([declared, await said(`${declared}\nexport const a = loose as T;`)]).toEqual([declared, []]);
});

test("a detour is told however it is written", async () => {
  expect(await said("const loose:unknown = { b: 1 };\nexport const a = loose as T;")).toEqual([detour]);
  expect(await said("export const a = <T>(< unknown >x);")).toEqual([detour]);
});

test("a cast that was there before is told again by its text, however it is laid out", async () => {
  const news = async (before: string, after: string, path = "src/a.ts"): Promise<number> => {
    const outcome = await runGuard(unsafeCast, await contextOf({ base: { [path]: before }, head: { [path]: after } }));
    return outcome.status === "failed" ? outcome.findings.length : 0;
  };
  expect(await news("a(x as any);\nkeep();", "keep();\na(x\n  as any);")).toBe(0);
  expect(await news("a(x as any);\nkeep();", "keep();\na(y as any);")).toBe(1);
  expect(await news("a(x as any);", "a(x as any, y as any);")).toBe(1);
  const cast = "a(/** @type {any} */ (x));";
  expect(await news(`${cast}\nkeep();`, `keep();\n${cast.replace("(x)", "( x )")}`, "src/a.js")).toBe(0);
  expect(await news(`${cast}\nkeep();`, `keep();\n${cast.replace("(x)", "(y)")}`, "src/a.js")).toBe(1);
});

test("casts of JavaScript are told by their comments", async () => {
  expect(await said("export const a = /** @type {any} */ (x);", "src/a.js")).toEqual([any]);
  expect(await said("export const a = /** @type {*} */ (x);", "src/a.mjs")).toEqual([any]);
  expect(await said("export const a = /** @type {T} */ (/** @type {unknown} */ (x));", "src/a.cjs")).toEqual([detour]);
  expect(await said("export const a = /** @type {T} */ (x);", "src/a.js")).toEqual([]);
  expect(await said("/** @type {any} */\nexport let a;", "src/a.js")).toEqual([]);
  for (const [cast, message] of [
    ["/** @type {any} */(x)", any],
    ["/**@type {any}*/ (x)", any],
    ["/** @type { any } */ (x)", any],
    ["/** @satisfies {any} */ (x)", any],
    ["/** @type {any} */\n  (x)", any],
    ["/** @type {T} */(/**@type{unknown}*/(x))", detour],
    ["/** @type {T} */ ( /**  @type  { object } */ (x))", detour],
    ["/** @type {T} */ (\n/** @type {never} */ (x))", detour],
  ] as const)
    expect([cast, await said(`export const a = ${cast};`, "src/a.js")]).toEqual([cast, [message]]);
  for (const cast of [
    "/** @type {Many} */ (x)",
    "/** @type {Company} */ (x)",
    "/** @type {anything} */ (x)",
    "/** @type {T} */ (f(/** @type {unknown} */ (x)))",
    "/** @type {T} of what is {any} */ (x)",
    "/** Says @type {any} */ (x)",
    "// @type {any}\n(x)",
  ])
    expect([cast, await said(`export const a = ${cast};`, "src/a.js")]).toEqual([cast, []]);
  expect(await said("export const a = /** @type {any} */ (x);")).toEqual([]);
});

test("tests, what serves them, and tools' configuration may cast", async () => {
  const cast = "export const a = x as any;";
  for (const path of ["src/a.test.ts", "vite.config.ts", "src/a.d.ts"])
    expect([path, await said(cast, path)]).toEqual([path, []]);
  expect(await said(`import { vi } from "vitest";\nvi.fn();\n${cast}`)).toEqual([]);
});
