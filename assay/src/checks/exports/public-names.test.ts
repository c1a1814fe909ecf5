import { expect, test } from "vitest";
import { repoPath } from "../../model/paths.ts";
import { parseSource } from "../../source/parse.ts";
import { publicNames } from "./public-names.ts";

/** `owner.name`, and what it only stands for. */
function names(text: string): readonly string[] {
  return publicNames(parseSource(repoPath("a.ts"), text)).map(
    ({ owner, name, alias }) => `${owner === "" ? "" : `${owner}.`}${name}${alias === undefined ? "" : ` = ${alias}`}`,
  );
}

test.each([
  ["export const a = 1;", ["a"]],
  ["export const a = b;", ["a = b"]],
  ["export const a = b as C;", ["a = b"]],
  ["export const a = a;", ["a"]],
  ["export let a;", ["a"]],
  ["export const { a, b: c } = d;", ["a", "c = b"]],
  ["export const { ['a']: e, ...rest } = d;", ["e = a"]],
  ["export function a() {}", ["a"]],
  ["export declare function a(): void;", ["a"]],
  ["export enum A {}", ["A"]],
  ["export class A {}", ["A"]],
  ["export class A extends B {}", ["A = B"]],
  ["export class A extends B { c() {} }", ["A.c", "A"]],
  ["export class A extends f(B) {}", ["A"]],
  ["export type A = B;", ["A = B"]],
  ["export type A = B[];", ["A"]],
  ["export type A = B.C;", ["A"]],
  ["export interface A extends B {}", ["A = B"]],
  ["export interface A extends B, C {}", ["A"]],
  ["export interface A extends B { c: 1 }", ["A.c", "A"]],
  ["export { a };", ["a"]],
  ["export { a as b };", ["b = a"]],
  ["export { a as 'b c' };", ["b c = a"]],
  ["export { default as b } from './b.ts';", ["b"]],
  ["export { a as b } from './b.ts';", ["b = a"]],
  ["const a = b; export { a };", ["a = b"]],
  ["const a = b; const b = c; export { a as d };", ["d = c"]],
  ["const a = b; const b = a; export { a };", ["a"]],
  ["const a = b; export { a as c } from './b.ts';", ["c = a"]],
  ["export default 1;", ["default"]],
  ["export default a;", ["default = a"]],
  ["export default function a() {}", ["default"]],
  ["export default { a, b: c };", ["default", "default.a", "default.b = c"]],
  ["export * from './b.ts';", []],
  ["const a = 1;", []],
])("%s is used as %j", (text, expected) => {
  expect(names(text)).toEqual(expected);
});

test.each([
  ["exports.a = b;", ["a = b"]],
  ["exports['a'] = b;", ["a = b"]],
  ["exports[a] = b;", []],
  ["module.exports.a = 1;", ["a"]],
  ["module.exports = { a, b: c };", ["a", "b = c"]],
  ["module.exports = a;", []],
  ["other.exports.a = b;", []],
  ["A.a = b;", ["A.a = b"]],
  ["A.prototype.a = A.prototype.b;", ["A.a = b"]],
  ["A.field.a = b;", []],
  ["a = b;", []],
  ["Object.defineProperty(exports, 'a', { get: () => b });", ["a = b"]],
  ["Object.defineProperty(exports, 'a', { value: b, enumerable: c });", ["a = b"]],
  ["Object.defineProperty(A.prototype, 'a', { get() { return this.b; } });", ["A.a = b"]],
  ["Object.defineProperty(exports, a, { get: () => b });", []],
  ["Object.defineProperty(exports, 'a', b);", []],
  ["Object.defineProperty(...a);", []],
  ["Object.freeze(exports, 'a', { get: () => b });", []],
])("%s is used as %j of a CommonJS module or a class", (text, expected) => {
  expect(names(text)).toEqual(expected);
});

test.each([
  ["a() { return this.b(); }", ["a = b"]],
  ["a(c) { return this.b(c); }", ["a = b"]],
  ["a(c) { return this.b(c, 1); }", ["a"]],
  ["a = this.b;", ["a = b"]],
  ["a = this.b.bind(this);", ["a = b"]],
  ["a = () => this.b();", ["a = b"]],
  ["get a() { return this.b; }", ["a = b"]],
  ["get a() { return this.c.b; }", ["a"]],
  ["get a() { return c.prototype.b; }", ["a = b"]],
  ["private a = 1;", []],
  ["#a = 1;", []],
  ["constructor() {}", []],
  ["'a' = 1;", ["a"]],
  ["a;", ["a"]],
])("a class with %s has %j", (member, expected) => {
  expect(names(`class A { ${member} }`)).toEqual(expected.map((each) => `A.${each}`));
  expect(names(`const A = class { ${member} };`)).toEqual(expected.map((each) => `A.${each}`));
});

test.each([
  ["function a(x) { return b(x); }", "b"],
  ["async function a(x) { return await b(x); }", "b"],
  ["function a(x) { b(x); }", "b"],
  ["function a(x) { warn(); return b(x); }", "b"],
  ["function a(x, y = 1) { return b(x, y); }", "b"],
  ["function a(...xs) { return b(...xs); }", "b"],
  ["function a(x, y) { return b({ x, y }); }", "b"],
  ["function a(x) { return b({ ...x }); }", undefined],
  ["function a(x, y) { return b(y, x); }", undefined],
  ["function a(x, y) { return b(x); }", undefined],
  ["function a(x) { return b(1); }", undefined],
  ["function a({ x }) { return b(x); }", undefined],
  ["function a(x) { return b.call(this, x); }", "b"],
  ["function a() { return b.apply(this, arguments); }", "b"],
  ["function a(x) { const y = x; return b(y); }", undefined],
  ["function a(x) { b(x); c(x); }", undefined],
  ["function a(x) { if (x) return b(x); }", undefined],
  ["function a() { return b; }", "b"],
  ["function a(x) { return b; }", undefined],
  ["function a(x) { return a(x); }", undefined],
  ["function a() {}", undefined],
])("%s stands for %s", (text, target) => {
  expect(names(`export ${text}`)).toEqual([target === undefined ? "a" : `a = ${target}`]);
});
