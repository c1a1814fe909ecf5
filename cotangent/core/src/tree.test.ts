import { expect, test } from "vitest";
import { array } from "../test/testing.ts";
import { flatten, isValue, mapTree, sameTree, unflatten } from "./tree.ts";

const x = array([1, 2]);
const y = array([3]);

test("a structure comes back from its leaves", () => {
  const tree = { weights: [x, { bias: y }], step: 3, none: null, missing: undefined };
  const { leaves, shape } = flatten(tree);
  expect(unflatten(shape, leaves)).toEqual(tree);
});

test("leaves of objects are ordered by their keys, which stay in their own order", () => {
  const { leaves, shape } = flatten({ b: x, a: y });
  expect(leaves).toEqual([y, x]);
  expect(Object.keys(unflatten(shape, leaves) as object)).toEqual(["b", "a"]);
});

test("a single leaf is a structure", () => {
  expect(flatten(x)).toEqual({ leaves: [x], shape: 0 });
  expect(unflatten(0, [y])).toBe(y);
});

test("complex numbers, typed arrays and instances of classes are leaves", () => {
  const leaves = [{ re: 1, im: 2 }, new Float64Array(2), new Date(0)];
  expect(flatten(leaves).leaves).toEqual(leaves);
});

test("an object that only has a part of that name is structure", () => {
  expect(flatten({ re: [1], im: 2 }).leaves).toEqual([2, 1]);
});

test("a key named __proto__ is a key", () => {
  const tree: unknown = JSON.parse('{"__proto__": 1}');
  const { leaves, shape } = flatten(tree);
  expect(JSON.stringify(unflatten(shape, leaves))).toBe('{"__proto__":1}');
});

test("a function is put over the leaves alone", () => {
  expect(mapTree({ a: [1, null], b: 2 }, (leaf) => Number(leaf) * 10)).toEqual({ a: [10, null], b: 20 });
});

test.each([
  [[1, { a: 2 }], [3, { a: 4 }], true],
  [{ a: 1, b: 2 }, { b: 5, a: 6 }, true],
  [[1, 2], [1], false],
  [[1], { 0: 1 }, false],
  [{ a: 1 }, { b: 1 }, false],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [{ a: 1 }, [1], false],
  [[null], [undefined], false],
  [null, null, true],
  [null, 1, false],
  [1, [1], false],
])("%j is structured as %j: %s", (a, b, same) => {
  expect(sameTree(flatten(a).shape, flatten(b).shape)).toBe(same);
});

test("numbers and lists are no arrays", () => {
  expect([x, 1, [1], null, { backend: 1 }].map(isValue)).toEqual([true, false, false, false, false]);
});
