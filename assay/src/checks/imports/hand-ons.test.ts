import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { handOnsOf, type Handed } from "./hand-ons.ts";

const shown = ({ specifier, name, isType }: Handed): string => `${specifier}#${name}${isType ? " type" : ""}`;

/** `name: module#export`, with `all:` for what is handed on under every name. */
function handedOn(code: string, path = "src/a.ts"): readonly string[] {
  const { named, all } = handOnsOf(parseSource(repoPath(path), code));
  const ofNames = [...named].flatMap(([name, things]) => things.map((thing) => `${name}: ${shown(thing)}`));
  return [...ofNames, ...all.map((thing) => `all: ${shown(thing)}`)];
}

test.each([
  ["export * from 'x';", ["all: x#*"]],
  ["export type * from 'x';", ["all: x#* type"]],
  ["export * as a from 'x';", ["a: x#*"]],
  ["export * as 'a b' from 'x';", ["a b: x#*"]],
  ["export { a } from 'x';", ["a: x#a"]],
  ["export { a as b } from 'x';", ["b: x#a"]],
  ["export { default } from 'x';", ["default: x#default"]],
  ["export type { A } from 'x';", ["A: x#A type"]],
  ["export { type A, b } from 'x';", ["A: x#A type", "b: x#b"]],
  ["import { a } from 'x'; export { a as b };", ["b: x#a"]],
  ["import type { A } from 'x'; export { A };", ["A: x#A type"]],
  ["import { type A, b } from 'x'; export { A, b };", ["A: x#A type", "b: x#b"]],
  ["import { A } from 'x'; export type { A };", ["A: x#A type"]],
  ["import * as x from 'x'; export { x };", ["x: x#*"]],
  ["import * as x from 'x'; export default x;", ["default: x#*"]],
  ["import x from 'x'; export default x;", ["default: x#default"]],
  ["import x from 'x'; export = x;", ["default: x#default"]],
  ["import * as x from 'x'; export = x;", ["default: x#*", "all: x#*"]],
])("the export in %j hands on %j", (code, expected) => {
  expect(handedOn(code)).toEqual(expected);
});

const imported = "import { a, b } from 'x'; import * as x from 'x';";

test.each([
  ["export const c = a;", ["c: x#a"]],
  ["export const c = x.a;", ["c: x#a"]],
  ["export const c = x['a'];", ["c: x#a"]],
  ["export const c = a.part;", ["c: x#a"]],
  ["export const { c, d } = x;", ["c: x#c", "d: x#d"]],
  ["export const { c: d } = x;", ["d: x#c"]],
  ["export const { c = b } = x;", ["c: x#c"]],
  ["export const { c, ...rest } = x;", ["c: x#c", "rest: x#*"]],
  ["export const [c, d] = [a, b];", ["c: x#a", "c: x#b", "d: x#a", "d: x#b"]],
  ["export let c; c = a;", ["c: x#a"]],
  ["const c = a; const d = c; export { d };", ["d: x#a"]],
  ["const c = a, d = c, e = d, f = e, g = f, h = g, i = h; export { i };", ["i: x#a"]],
  ["export const c = { d: [{ e: [{ f: { g: [[a]] } }] }] };", ["c: x#a"]],
  ["const c = [a, a], d = [c, c]; export { d };", ["d: x#a"]],
  ["export const c = a as unknown;", ["c: x#a"]],
  ["export const c = y ? a : b;", ["c: x#a", "c: x#b"]],
  ["export let c; export let d = a;", ["d: x#a"]],
  ["export const c = { a, ...x };", ["c: x#a", "c: x#*"]],
  ["export const c = [a, , b];", ["c: x#a", "c: x#b"]],
  ["export const c = Object.freeze({ a });", ["c: x#a"]],
  ["export const c = new Proxy(a, {});", ["c: x#a"]],
  ["export const c = a.bind(null);", ["c: x#a"]],
  ["export const c = () => a;", ["c: x#a"]],
  ["export function c() { if (y) { return a; } return b; }", ["c: x#b", "c: x#a"]],
  ["function c() { return a; } export const d = c();", ["d: x#a"]],
  ["export const c = (() => a)();", ["c: x#a"]],
  ["export default () => a;", ["default: x#a"]],
  ["export class C extends a {}", ["C: x#a"]],
  ["export class C { static a = a; static b() { return b; } }", ["C: x#a", "C: x#b"]],
  ["export const c = class extends a {};", ["c: x#a"]],
  ["export namespace N { export const c = a; export const d = b; }", ["N: x#a", "N: x#b"]],
  ["export namespace N { export import c = x.a; }", ["N: x#a"]],
  ["export import c = x.a;", ["c: x#a"]],
  ["export type C = a;", ["C: x#a type"]],
  ["export type C = x.A;", ["C: x#A type"]],
  ["export type C = typeof a;", ["C: x#a type"]],
  ["export type C = a['part'];", ["C: x#a type"]],
  ["export interface C extends a {}", ["C: x#a type"]],
  ["export interface C extends x.A {}", ["C: x#A type"]],
])("what is another module's stays so: %s", (code, expected) => {
  expect(handedOn(`${imported} ${code}`)).toEqual(expected);
});

test.each([
  "export const c = a();",
  "export const c = a + b;",
  "export const c = (a: number) => a;",
  "export function c() { return a(); }",
  "export function c() { const inner = () => a; return 1; }",
  "export declare function c(): void;",
  "export class C { a = a; static { a(); } }",
  "export class C extends a { own() {} }",
  "export class C {}",
  "export interface C extends a { own: string }",
  "export type C = string;",
  "export const c = unknown.map(a);",
  "export const c = f(a);",
  "export const c = load('y');",
  "function f() { return f(); } export const c = f();",
  "const f = (c) => c; export const d = f(a);",
  "export namespace N { export const c = 1; }",
  "exports;",
  "f(a);",
  "other.exports = a;",
  "const c = d; const d = c; export { c };",
  "export const { a: c } = own;",
  "export let c;",
])("what is made with it, or kept, is its own: %s", (code) => {
  expect(handedOn(`${imported} ${code}`)).toEqual([]);
});

test.each([
  ["export const c = import('x');", ["c: x#*"]],
  ["export const c = await import('x');", ["c: x#*"]],
  ["export const { c } = await import('x');", ["c: x#c"]],
  ["export const c = (await import('x')).a;", ["c: x#a"]],
  ["export const c = import(where);", []],
  ["export const c = import('x').then((x) => x.a);", ["c: x#*"]],
  ["export const c = import('x').catch(() => null);", ["c: x#*"]],
  ["export const c = ready.then(() => import('x'));", ["c: x#*"]],
  ["export const c = ready.map(() => import('x'));", []],
  ["export const load = () => import('x');", ["load: x#*"]],
  ["import { createRequire } from 'y'; export const c = createRequire(import.meta.url)('x');", ["c: x#*"]],
  ["import m from 'y'; export const c = m.createRequire(import.meta.url)('x');", ["c: x#*"]],
  ["export const c = make(import.meta.url)('x');", []],
  ["import c = require('x'); export { c };", ["c: x#*"]],
  ["import c = require('x'); export const d = c.a;", ["d: x#a"]],
  ["import c = require('x'); import d = c.a; export { d };", ["d: x#a"]],
  ["import type c = require('x'); export { c };", ["c: x#* type"]],
  ["export import c = require('x');", ["c: x#*"]],
  ["export type C = import('x').A;", ["C: x#A type"]],
  ["export type C = import('x');", ["C: x#* type"]],
])("what is loaded on the way is handed on as well: %s", (code, expected) => {
  expect(handedOn(code)).toEqual(expected);
});

test.each([
  ["module.exports = require('x');", ["default: x#*", "all: x#*"]],
  ["module['exports'] = require('x');", ["default: x#*", "all: x#*"]],
  ["module.exports = require('x').a;", ["default: x#a"]],
  [
    "module.exports = { a: require('x'), 'b': require('y').c, ...more };",
    ["default: x#*", "default: y#c", "a: x#*", "b: y#c", "all: x#*"],
  ],
  ["exports.a = require('x');", ["a: x#*"]],
  ["module.exports.a = require('x').b;", ["a: x#b"]],
  ["exports = module.exports = require('x');", ["default: x#*", "all: x#*"]],
  ["Object.assign(module.exports, require('x'));", ["all: x#*"]],
  ["__exportStar(require('x'), exports);", ["all: x#*"]],
  ["Object.defineProperty(exports, 'a', { enumerable: true, get: () => require('x').b });", ["all: x#b"]],
  ["const x = require('x'); exports.a = x.b;", ["a: x#b"]],
  ["const { b } = require('x'); exports.a = b;", ["a: x#b"]],
  ["exports.a = nodeRequire('x');", ["a: x#*"]],
  ["exports.a = require(where);", []],
  ["exports.a = 1; // require", []],
  ["other.a = require('x');", []],
  ["module.other = require('x');", []],
  ["Object.assign(other, require('x'));", []],
])("a CommonJS module hands on %s", (code, expected) => {
  expect(handedOn(code, "src/a.cts")).toEqual(expected);
});

test("a module states the names that it exports, its own and others'", () => {
  const stated = (code: string): readonly string[] => [...handOnsOf(parseSource(repoPath("a.ts"), code)).stated];
  expect(stated("export const a = 1, { b, c: [d] } = x;")).toEqual(["a", "b", "d"]);
  expect(stated("export function f() {} export class C {} export enum E {} export type T = 1;")).toEqual([
    "f",
    "C",
    "E",
    "T",
  ]);
  expect(stated("const a = 1; export { a as b }; export * as c from 'x'; export { d } from 'x';")).toEqual([
    "b",
    "c",
    "d",
  ]);
  expect(stated("const a = 1; export default a; export * from 'x'; f();")).toEqual([]);
});
