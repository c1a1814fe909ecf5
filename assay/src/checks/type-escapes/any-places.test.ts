import { expect, test } from "vitest";
import { anyType } from "../any-type.ts";
import { contextOf, type Texts } from "../change/change-of-texts.ts";

/** The lines of a file in which a type is given up, and how often. */
async function escapes(path: string, base: Texts, head: Texts): Promise<readonly string[]> {
  const findings = await anyType.inspect(await contextOf({ base, head }));
  const lines = (head[path] ?? "").split("\n");
  return findings.map(({ line }) => lines[(line ?? 0) - 1]?.trim() ?? "");
}

const inNew = (text: string, others: Texts = {}): Promise<readonly string[]> =>
  escapes("a.ts", others, { ...others, "a.ts": text });

test.each([
  "let a: any;",
  "let a: any | string;",
  "let a: readonly any[];",
  "const a = (...b: any[]) => b;",
  "function a(...b: any[]) {}",
  "let a: { b(c: any): void };",
  "let a: Promise<any>;",
  "let a: typeof eval;",
  "let a: ReturnType<typeof JSON.parse>;",
  "let a: ReturnType<typeof   JSON . parse>;",
  "let a: ReturnType<typeof Reflect.get>;",
  "let a: ReturnType<typeof Reflect.apply>;",
  "let a: $TSFixMe;",
  "let a: $TSFixMeFunction;",
  "let a: TSFixMe;",
  'declare module "a";',
  'declare module "@a/b.js";',
  "let a: Function;",
  "type A<T extends string = any> = T;",
  "type A<T> = T extends string ? any : T;",
  "class A { constructor(b: any) {} }",
  "class A { b(...c: any[]) {} }",
  "const a = b as unknown as Map<string, any>;",
  "const a = <Map<string, any>>b;",
  "const a = b satisfies any[];",
  "function a(b: any): void { }",
])("%s gives a type up", async (text) => {
  expect(await inNew(text)).toEqual([text]);
});

test.each([
  "type A = (...b: any[]) => string;",
  "type A = new (...b: any[]) => string;",
  "type A = abstract new (...b: any[]) => string;",
  "interface A { b(...c: any[]): void }",
  "interface A { (...c: any[]): void }",
  "interface A { new (...c: any[]): void }",
  "type A<T extends any[]> = T;",
  "type A<T extends Map<string, any>> = T;",
  "type A<T> = T extends (b: any) => infer R ? R : never;",
  "type A<T> = any extends T ? string : number;",
  "type A = keyof any;",
  "type A<T extends Function> = T;",
  "let a: (b: string, ...c: any[]) => string = b;",
  "const a = b as any;",
  "const a = b as any[];",
  "const a = b as any | string;",
  "const a = <any>b;",
  "class A { constructor(...b: any[]) {} }",
  'declare module "*.svg";',
  'declare module ".css";',
  'declare module "a" { export const b: string; }',
  "declare module a {}",
  "let a: typeof JSON.stringify;",
  "let a: my.any;",
  "let a: my.Function;",
  "const any = 1;",
  "let a: unknown;",
])("%s gives none up, or is told of otherwise", async (text) => {
  expect(await inNew(text)).toEqual([]);
});

test.each([
  "import { Function } from './b.ts';",
  "import Function from './b.ts';",
  "import { other, Function } from './b.ts';",
  "type Function = () => void;",
  "export type Function = () => void;",
  "interface Function { (): void }",
  "export interface Function { (): void }",
  "class Function {}",
  "export class Function {}",
])("a `Function` of a file's own is a type: %s", async (declared) => {
  expect(await inNew(`${declared}\nlet a: Function;`)).toEqual([]);
});

test.each([
  "import { Functions } from './b.ts';",
  "import { Function as F } from './b.ts';",
  "type F = () => void;",
  "const Function = 1;",
  "export { F };",
  "namespace Function {}",
])("%s declares no such type", async (declared) => {
  expect(await inNew(`${declared}\nlet a: Function;`)).toEqual(["let a: Function;"]);
});

test("the signature below overloads may say anything, and what stands in its body may not", async () => {
  const named = "function a(b: string): string;\nfunction a(b: any): any { return b; }\n";
  expect(await inNew(named)).toEqual([]);
  expect(await inNew(named.replace("return b;", "let c: any = b;"))).toEqual([
    "function a(b: any): any { let c: any = b; }",
  ]);
  expect(await inNew("function b(c: string): string;\nfunction a(b: any) { return b; }\n")).toHaveLength(1);
  const method = "class A {\nb(c: string): string;\nb(c: any): any { return c; }\n}\n";
  expect(await inNew(method)).toEqual([]);
  expect(await inNew(method.replaceAll("b(c", "#b(c"))).toEqual([]);
  expect(await inNew("class A {\nd(c: string): string;\nb(c: any) { return c; }\n}\n")).toHaveLength(1);
  expect(await inNew("class A {\n[d](c: string): string;\nb(c: any) { return c; }\n}\n")).toHaveLength(1);
  // A function is not implemented by a method of its name.
  expect(await inNew("function b(c: string): string;\nclass A {\nb(c: any) { return c; }\n}\n")).toHaveLength(1);
});

const aliases =
  "export type Loose = any;\nexport type Looser = Loose[];\nexport type Either = string | Looser;\nexport type Both = Either & string;\nexport type Held = string | number;\n";

test("an alias is what it stands for, wherever it is declared", async () => {
  const others = { "b.ts": aliases, "c/index.ts": aliases, "d.d.ts": aliases, "e.tsx": aliases };
  const used = "let a: Loose;\nlet b: Looser;\nlet c: Either;\nlet d: Both;\nlet e: Held;";
  const loose = used.split("\n").slice(0, 4);
  expect(await inNew(`${aliases}${used}`)).toEqual([...aliases.split("\n").slice(0, 4), ...loose]);
  expect(await inNew(`export namespace A {\n${aliases}${used}\n}`)).toEqual([
    ...aliases.split("\n").slice(0, 4),
    ...loose,
  ]);
  for (const module of ["./b.ts", "./b.js", "./b", "./c", "./c/index.js", "./d.js", "./d", "./e.tsx", "./e.jsx"])
    expect(await inNew(`import type { Loose, Looser, Either, Both, Held } from "${module}";\n${used}`, others)).toEqual(
      loose,
    );
  expect(await inNew('import { Loose as A } from "./b.ts";\nlet a: A;\nlet b: Loose;', others)).toEqual(["let a: A;"]);
});

test.each([
  'import { Loose } from "b";',
  'import { Loose } from "../b.ts";',
  'import { Loose } from "./f.ts";',
  'import { Loose } from "./g.js";',
  'import Loose from "./b.ts";',
  'import * as Loose from "./b.ts";',
  'import { Held as Loose } from "./b.ts";',
  'import "./b.ts";',
  'export { Loose } from "./b.ts";',
])("%s brings no alias of `any`", async (imported) => {
  const others = { "b.ts": aliases, "f.ts": "export type Loose = string;\n", "g.js": aliases };
  expect(await inNew(`${imported}\nlet a: Loose;`, others)).toEqual([]);
});

test("a place is known again when its code moves", async () => {
  const before = "export function a(b: any): void {}\nexport const c: Map<string, any> = d();\nclass E { #f: any; }\n";
  const change = (after: string) => escapes("a.ts", { "a.ts": before }, { "a.ts": after });
  const moved =
    "class E {\n  #f: any;\n}\nexport const c: Map<string,any> = e();\nexport const g = 1;\nexport function a(b: any): void {}\n";
  expect(await change(moved)).toEqual([]);
  expect(await change(`${before}export function h(b: any): void {}`)).toHaveLength(1);
});

test("a file that had many has its own opinion", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => `let a${n}: any;\n`).join("");
  expect(await escapes("a.ts", { "a.ts": many(3) }, { "a.ts": many(4) })).toEqual(["let a3: any;"]);
  expect(await escapes("a.ts", { "a.ts": many(4) }, { "a.ts": many(5) })).toEqual([]);
});

test.each([
  ["src/user.test.ts", "let a: any;"],
  ["src/user.ts", "import { vi } from 'vitest';\nlet a: any = vi.fn();"],
  ["src/user.ts", "import { render } from '@testing-library/react';\nlet a: any = render();"],
  ["src/user.ts", "import { expect } from '@playwright/test';\nlet a: any = expect(1);"],
  ["src/user.ts", "import { jest } from '@jest/globals';\nlet a: any = jest.fn();"],
])("what is a test, or there for tests, may do so: %s %j", async (path, text) => {
  expect(await escapes(path, {}, { [path]: text })).toEqual([]);
});

test.each([
  "import type { Mock } from 'vitest';",
  "import { vi } from 'vitest';",
  "import 'vitest';",
  "import { vi } from 'vitest-mock-extended';\nvi.fn();",
  "import { vi } from './vitest';\nvi.fn();",
  "import { type Page } from '@playwright/test';\nlet page: Page;",
  "import { fireEvent } from '@testing-library/dom-helpers';\nfireEvent();",
])("%j does not make a file one that is there for tests", async (imported) => {
  expect(await inNew(`${imported}\nlet a: any;`)).toEqual(["let a: any;"]);
});
