import { expect, test } from "vitest";
import { anyType } from "../any-type.ts";
import { contextOf } from "../change/change-of-texts.ts";

/** What took the place of what: `\`object\` took the place of \`User\``, with its line. */
async function givenUp(base: string, head: string): Promise<readonly string[]> {
  const findings = await anyType.inspect(await contextOf({ base: { "a.ts": base }, head: { "a.ts": head } }));
  return findings.map(({ line, message }) => `${line} ${message.replace(/, and fits.*| where it said.*/, "")}`);
}

test.each([
  "function a(b: TYPE) {}",
  "function a(b: TYPE = c) {}",
  "function a(): TYPE {}",
  "const a = (b: TYPE) => b;",
  "const a = { b(c: TYPE) {} };",
  "class A { b: TYPE; }",
  "class A { #b: TYPE; }",
  "class A { b(): TYPE {} }",
  "class A { constructor(private b: TYPE) {} }",
  "class A { constructor(private b: TYPE = c) {} }",
  "interface A { b: TYPE }",
  "type A = { b: TYPE };",
  "type A = TYPE;",
  "let a: TYPE;",
  "function a({ b }: TYPE) {}",
])("a type may be given up in %s", async (place) => {
  const written = place.replace("TYPE", "User");
  for (const type of ["object", "Object", "{}", "{ }"])
    expect(await givenUp(written, place.replace("TYPE", type))).toEqual([
      `1 \`${type.replace(" ", "")}\` took the place of \`User\``,
    ]);
  for (const type of ["unknown", "User[]", "Person", "{ b: string }", "Objects"])
    expect(await givenUp(written, place.replace("TYPE", type))).toEqual([]);
});

test.each([
  ["object[]", "object"],
  ["readonly object[]", "object"],
  ["string | object", "object"],
  ["Promise<object>", "object"],
  ["Promise<string | {}>", "{}"],
  ["Array<Object>", "Object"],
  ["ReadonlyArray<object>", "object"],
])("%s is no type that says anything", async (type, escape) => {
  expect(await givenUp("let a: User;", `let a: ${type};`)).toEqual([`1 \`${escape}\` took the place of \`User\``]);
  expect(await givenUp(`let a: ${type};`, "let a: object;")).toEqual([]);
});

test.each([
  "Promise",
  "Map<object, string>",
  "my.Promise<object>",
  "my.Object",
  "Partial<object>",
  "ArrayLike<object>",
  "{ object: string }",
])("%s is one", async (type) => {
  expect(await givenUp("let a: User;", `let a: ${type};`)).toEqual([]);
  expect(await givenUp(`let a: ${type};`, "let a: object;")).toEqual([`1 \`object\` took the place of \`${type}\``]);
});

test.each(["any", "unknown", "never", "void", "undefined", "object", "Object", "{}"])(
  "%s said nothing before",
  async (type) => {
    expect(await givenUp(`let a: ${type};`, "let a: object;")).toEqual([]);
  },
);

test("a parameter that is renamed is the one in its place, unless that has another name now", async () => {
  expect(await givenUp("function a(b: User) {}", "function a(c: object) {}")).toHaveLength(1);
  expect(await givenUp("function a(b: User) {}", "function a(c: object, b: User) {}")).toEqual([]);
  expect(await givenUp("function a(b: User) {}", "function a(b: User, c: object) {}")).toEqual([]);
  expect(await givenUp("function a(b: User) {}", "function d(c: object) {}")).toEqual([]);
  expect(await givenUp("let a: User;", "let b: object;")).toEqual([]);
});

test("only what has the same names around it is compared", async () => {
  const both = "class A { b: User; }\nclass B { b: object; }";
  expect(await givenUp("class A { b: User; }", both)).toEqual([]);
  expect(await givenUp(both, both.replace("User", "object"))).toEqual(["1 `object` took the place of `User`"]);
});

test("a type that was long is cut, and told on one line", async () => {
  expect(await givenUp("let a: Map<\n  string,\n  User\n>;", "let a: object;")).toEqual([
    "1 `object` took the place of `Map< string, User >`",
  ]);
});

const zod = 'import { z } from "zod";\n';
const user = "const user = z.object({ id: z.string(), age: z.number() });";

test.each([
  [zod, "z.any()"],
  ['import * as z from "zod/v4";\n', "z.any()"],
  ['import z from "zod";\n', "z.any()"],
  ['import * as z from "valibot";\n', "z.any()"],
  ['import z from "joi";\n', "z.any()"],
  ['import z from "@hapi/joi";\n', "z.any()"],
  ['import { Type as z } from "@sinclair/typebox";\n', "z.Any()"],
  ['import { Type as z } from "typebox";\n', "z.Any()"],
])("a schema says less than before: %j %s", async (imported, any) => {
  for (const head of [`const user = ${any};`, user.replace("z.string()", any)])
    expect(await givenUp(imported + user, imported + head)).toEqual(["2 the schema `user` takes anything"]);
});

test.each([
  ["another library", 'import { z } from "./zod.ts";\n', user, user.replace("z.string()", "z.any()")],
  ["a library whose name goes on", 'import { z } from "joint";\n', user, user.replace("z.string()", "z.any()")],
  ["a schema that was loose", zod, "const user = z.object({ id: z.any(), age: z.number() });", "const user = z.any();"],
  ["a schema of another name", zod, user, "const person = z.any();"],
  ["one more part that is loose", zod, user, user.replace("age:", "more: z.any(), age:")],
  ["a part that is unknown", zod, user, user.replace("z.string()", "z.unknown()")],
  ["a method of something else", zod, user, "const user = z.object({ id: list.any(), age: z.number() });"],
  ["a method that is computed", zod, user, "const user = z.object({ id: z['any'](), age: z.number() });"],
  ["several variables at once", zod, "const [a] = [z.string()];", "const [a] = [z.any()];"],
  ["a variable without a value", zod, "let user; z.string();", "let user; z.any();"],
])("%s gives no schema up", async (_, imported, base, head) => {
  expect(await givenUp(imported + base, imported + head)).toEqual([]);
});
