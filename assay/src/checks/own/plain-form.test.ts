import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { plainForms, plainPattern } from "./plain-form.ts";

/** The plain form in which names are what they are imported as, and the one in which they are called as their module's. */
function plain(text: string): readonly string[] {
  return plainForms(parseSource(repoPath("a.ts"), text)).map((form) => form.text);
}

/** What becomes of the last line. */
function last(text: string): readonly (string | undefined)[] {
  return plain(text).map((form) => form.split("\n").at(-1));
}

test.each([
  ['a["b"];', "a.b;"],
  ["a?.b;", "a.b;"],
  ["a!.b;", "a.b;"],
  ["(a as B).b;", "a.b;"],
  ["(a satisfies B).b;", "a.b;"],
  ["(<B>a).b;", "a.b;"],
  ["this['b'];", "this.b;"],
  ["window.a.b;", "a.b;"],
  ["self['a'];", "a;"],
  ["global.a;", "a;"],
  ["(0, a.b)(1);", "a.b(1);"],
  ['("x", a.b)(1);', "a.b(1);"],
  ["(f(), a.b)(1);", "(f(), a.b)(1);"],
  ["f()['b'];", "f().b;"],
  ["f()?.['b'];", "f().b;"],
  ["f()?.b;", "f().b;"],
  ["f().b;", "f().b;"],
  ["a['b c'];", 'a["b c"];'],
  ["a['1'];", 'a["1"];'],
  ["a[b];", "a[b];"],
  ["a.#b;", "a.#b;"],
  ["a.b.call(c, d, e);", "a.b(d, e);"],
  ["a.b.call(c);", "a.b();"],
  ["a.b.apply(c, d);", "a.b(...d);"],
  ["a.b['call'](c, d);", "a.b(d);"],
  ["a.call(c, d);", "a.call(c, d);"],
  ["a.b?.(c);", "a.b(c);"],
  ["f?.(c);", "f(c);"],
  ["new Date;", "new Date();"],
  ["new Date(1);", "new Date(1);"],
  ["f('x');", 'f("x");'],
  ["f(`x`);", 'f("x");'],
  ["f('x' + 'y');", 'f("xy");'],
  ["f('\"');", "f('\"');"],
  ["f('\\\\');", "f('\\\\');"],
  ["f('a\\nb');", "f('a\\nb');"],
  ["f(`a${b}`);", "f(`a${b}`);"],
  ["tag`x`;", "tag`x`;"],
  ["f<string>(a);", "f<string>(a);"],
])("%s is written %s", (text, expected) => {
  expect(plain(text)).toEqual([expected]);
});

test.each([
  ['import { a as b } from "m";\nb(1);', "a(1);", "m.a(1);"],
  ['import b from "node:fs";\nb.a(1);', "b.a(1);", "fs.a(1);"],
  ['import * as b from "./lib/files.ts";\nb.a(1);', "b.a(1);", "files.a(1);"],
  ['import { default as b } from "m";\nb(1);', "b(1);", "m(1);"],
  ['import { "a b" as b } from "m";\nb(1);', "a b(1);", "m.a b(1);"],
  ['import b from "./switch.ts";\nb(1);', "b(1);", undefined],
  ['import b from "process";\nb.exit(1);', "process.exit(1);", undefined],
  ['import { exit as b } from "node:process";\nb(1);', "process.exit(1);", undefined],
  ['import { log } from "console";\nlog(1);', "console.log(1);", undefined],
  ['const b = require("fs");\nb.a(1);', "b.a(1);", "fs.a(1);"],
  ['const b = load("fs");\nb.a(1);', "b.a(1);", undefined],
  ['const { a: b } = await import("fs");\nb(1);', "a(1);", "fs.a(1);"],
  ["const b = a.c;\nb(1);", "a.c(1);", undefined],
  ["const { c: b } = a;\nb(1);", "a.c(1);", undefined],
  ["const { ['c']: b } = a;\nb(1);", "a.c(1);", undefined],
  ["const { [c]: b } = a;\nb(1);", "b(1);", undefined],
  ["const { c: b = 1 } = a;\nb(1);", "a.c(1);", undefined],
  ["const { c: { d: b } } = a;\nb(1);", "a.c.d(1);", undefined],
  ["const b = a.c.bind(a);\nb(1);", "a.c(1);", undefined],
  ["const b = a.c.curry(a);\nb(1);", "b(1);", undefined],
  ["const b = a[c];\nb(1);", "b(1);", undefined],
  ["let b;\nb = a.c;\nb(1);", "a.c(1);", undefined],
  ["let b = a.c;\nb ||= 1;\nb(1);", "b(1);", undefined],
  ["let b = a.c;\nb = a.d;\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nfunction f(b) {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nfunction b() {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nclass b {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\ntry {} catch (b) {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\ntry {} catch {}\nb(1);", "a.c(1);", undefined],
  ["const b = a.c;\nfunction f([b]) {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nfunction f({ x: b = 1 }) {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nfunction f(...b) {}\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nclass D { constructor(private b: string) {} }\nb(1);", "b(1);", undefined],
  ["const b = a.c;\nclass D { constructor(private e: string) {} }\nb(1);", "a.c(1);", undefined],
])("%j reads %j, and as its module's %j", (text, own, qualified) => {
  expect(last(text)).toEqual(qualified === undefined ? [own] : [own, qualified]);
});

test.each([
  "x.b;",
  "({ b: 1 });",
  "({ b });",
  "b: for (;;) break b;",
  "(b) => 1;",
  "class A { b() {} }",
  "type A = typeof b;",
])("in %s no name is read", (line) => {
  expect(last(`const b = a.c;\n${line}`)).toEqual([line]);
});

test.each([
  ["[b];", "[a.c];"],
  ["x[b];", "x[a.c];"],
  ["({ x: b });", "({ x: a.c });"],
  ["x.y = b;", "x.y = a.c;"],
  ["await b;", "await a.c;"],
  ["b + 1;", "a.c + 1;"],
  ["b ? 1 : 2;", "a.c ? 1 : 2;"],
  ["b && 1;", "a.c && 1;"],
  ["new b();", "new a.c();"],
  ["f(...b);", "f(...a.c);"],
  ["`${b}`;", "`${a.c}`;"],
  ["b`x`;", "a.c`x`;"],
  ["!b;", "!a.c;"],
  ["const y = b;", "const y = a.c;"],
  ["\\u0062(1);", "a.c(1);"],
])("in %s the name is read", (line, expected) => {
  expect(last(`const b = a.c;\n${line}`)).toEqual([expected]);
});

test("a place in the plain form is one in the file", () => {
  const text = "f();\n(0, a['b'])(1);\nlater();\n";
  const [form] = plainForms(parseSource(repoPath("a.ts"), text));
  expect(form?.text).toBe("f();\na.b(1);\nlater();\n");
  const originOf = (words: string): number | undefined => form?.originOf(form.text.indexOf(words));
  expect(originOf("f()")).toBe(0);
  expect(originOf("a.b")).toBe(text.indexOf("a["));
  expect(originOf("(1)")).toBe(text.indexOf("(1)"));
  expect(originOf("later")).toBe(text.indexOf("later"));
  expect(form?.originOf(form.text.length)).toBe(text.length);
});

test("a pattern is written the plain way where it is a program, and stays where it is none", () => {
  expect(plainPattern("a?.['b']($$$)")).toBe("a.b($$$)");
  expect(plainPattern("<b>$$$</b>")).toBe("<b>$$$</b>");
  expect(plainPattern("<any>$A")).toBe("<any>$A");
});
