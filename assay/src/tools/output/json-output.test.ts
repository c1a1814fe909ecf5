import { expect, test } from "vitest";
import { isObject, jsonIn, numberOf, objectsIn, stringOf } from "./json-output.ts";

test("the value is found behind a banner, even one with the same bracket in it", () => {
  expect(jsonIn('[{"a":1}]', "[")).toEqual([{ a: 1 }]);
  expect(jsonIn('warning: x\n{"a":1}', "{")).toEqual({ a: 1 });
  expect(jsonIn('[baseline] is old\n[{"a":1}]\n', "[")).toEqual([{ a: 1 }]);
  expect(jsonIn("[a@1] loads\n[b] too\n[1]", "[")).toEqual([1]);
  expect(jsonIn('  {odd}\n{"a":{"b":2}}', "{")).toEqual({ a: { b: 2 } });
  expect(["", "none", "[open", "{}"].map((text) => jsonIn(text, "["))).toEqual(Array(4).fill(undefined));
});

test("what a tool printed is what it says to be, or nothing", () => {
  const values: readonly unknown[] = [{}, [], null, "a", "", 0, 1.5, Number.NaN, Infinity, true, undefined];
  expect(values.filter(isObject)).toEqual([{}]);
  expect(values.map(stringOf).filter((value) => value !== null)).toEqual(["a", ""]);
  expect(values.map(numberOf).filter((value) => value !== null)).toEqual([0, 1.5]);
  const some = [{ a: 1 }, {}];
  expect([objectsIn(some), objectsIn([]), objectsIn([{}, 1]), objectsIn({ length: 0 })]).toEqual([
    some,
    [],
    undefined,
    undefined,
  ]);
});
