import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { unsafeCast } from "../unsafe-cast.ts";

/** What is said of functions that change a type and look at nothing. */
function found(text: string): readonly string[] {
  return [...unsafeCast.inspect(parseSource(repoPath("src/a.ts"), text))].map(({ message }) =>
    message.startsWith("a type guard") ? "guard" : message.startsWith("a function that casts") ? "cast" : message,
  );
}

test.each([
  "function isUser(a: unknown): a is User { return true; }",
  "const isUser = (a: unknown): a is User => true;",
  "const isUser = function (a: unknown): a is User { return true; };",
  "class A { is(a: unknown): a is User { return true; } }",
  "function check(a: unknown): asserts a is User {}",
  "function check(a: unknown): asserts a {}",
  "function check(a: unknown): asserts a is User { return; }",
])("%s says yes to everything", (text) => {
  expect(found(text)).toEqual(["guard"]);
});

test.each([
  "function isUser(a: unknown): a is User { return typeof a === 'object'; }",
  "function isUser(a: unknown): a is User { return false; }",
  "function isUser(a: unknown): a is User { note(a); return true; }",
  "function isUser(a: unknown): boolean { return true; }",
  "function isUser(a: unknown): a is User;",
  "declare function isUser(a: unknown): a is User;",
  "function check(a: unknown): asserts a is User { if (!a) throw new Error('no'); }",
  "function check(a: unknown): void {}",
  "type Is = (a: unknown) => a is User;",
  "abstract class A { abstract is(a: unknown): a is User; }",
])("%s looks, or claims nothing", (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  "const to = <T,>(a: unknown): T => a as T;",
  "function to<T>(a: unknown) { return a as T; }",
  "function to<T>(a: any): T { return <T>a; }",
  "const to = function <T, U>(b: string, a: unknown): U { return a as U; };",
  "class A { to<T>(a: unknown): T { return a as T; } }",
])("%s casts whatever it is given to whatever is wanted", (text) => {
  expect(found(text)).toEqual(["cast"]);
});

test.each([
  "const to = <T,>(a: T[]): T => a as T;",
  "const to = <T,>(a: unknown, b: T): T => a as T;",
  "const to = <T,>(a: unknown, b: () => T): T => a as T;",
  "const to = <T,>(a: string): T => a as T;",
  "const to = <T,>(a): T => a as T;",
  "const to = <T,>(a: unknown): User => a as User;",
  "const to = (a: unknown): User => a as User;",
  "const to = <T,>(a: unknown): T[] => a as T[];",
  "const to = <T,>(a: unknown): T => a.b as T;",
  "const to = <T,>({ a }: unknown): T => a as T;",
  "const to = <T,>(a: unknown): T => b as T;",
  "const to = <T,>(a: unknown): T => { check(a); return a as T; };",
  "const to = <T,>(a: unknown): T => a satisfies T;",
  "const to = <T,>(a: unknown): T => parse(a);",
  "const to = <T,>(a: unknown): my.T => a as my.T;",
])("%s does not", (text) => {
  expect(found(text)).toEqual([]);
});
