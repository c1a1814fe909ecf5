import { expect, test } from "vitest";
import { array, TinyArray, tinyBackend } from "../test/testing.ts";
import { add, addDotTo, addEmbeddedTo, addTo, less, mul, select } from "./operations.ts";
import type { Graph } from "./graph.ts";
import { trace } from "./trace-function.ts";
import type { Backend, Value } from "./value.ts";

test("a number beside an array is of its dtype, on either side", () => {
  expect(mul(array([1.5, 2]), 2).toList()).toEqual([3, 4]);
  expect(mul(2, array([1.5, 2])).toList()).toEqual([3, 4]);
  const condition = less(array([1, 3]), 2);
  expect(select(condition, array([5, 6]), 0).toList()).toEqual([5, 0]);
  expect(select(condition, 0, array([5, 6])).toList()).toEqual([0, 6]);
});

test("numbers alone are no array, since they don't say which library is to compute", () => {
  expect(() => add(1, 2)).toThrow(TypeError);
  expect(() => add(1, 2)).toThrow("add of two numbers is no array");
  expect(() => select(less(array([1]), 2), 1, 2)).toThrow(TypeError);
  expect(() => select(less(array([1]), 2), 1, 2)).toThrow("select of two numbers is no array");
});

/** An array of a backend that adds in the memory of the sum. Here it only says that it was asked. */
class OwnSum extends TinyArray {
  override get backend(): Backend {
    const inPlace = (): Value => new TinyArray([1, 1], "float64", [-1]);
    return { ...tinyBackend, addTo: inPlace, addDotTo: inPlace, addEmbeddedTo: inPlace };
  }
}

const intoSum: readonly (readonly [string, string, (sum: Value, addend: Value) => Value])[] = [
  ["an array", "add", (sum, addend) => addTo(sum, addend)],
  ["a product", "dot add", (sum, addend) => addDotTo(sum, addend, array([[1]]), [[1], [0]], [[], []])],
  ["a product on the left", "dot add", (sum, addend) => addDotTo(sum, array([[1]]), addend, [[1], [0]], [[], []])],
  ["elements here and there", "embed add", (sum, addend) => addEmbeddedTo(sum, addend, [0, 0], [1, 1])],
];

test.each(intoSum)("%s is added in the memory of a sum by a backend that can", (_, __, addInto) => {
  expect(addInto(new OwnSum([1, 1], "float64", [2]), array([[3]])).item()).toBe(-1);
  expect(addInto(array([[2]]), array([[3]])).item()).toBe(5);
});

test.each(intoSum)("%s is not added in the memory of a sum while one of them is traced", (_, recorded, addInto) => {
  const own = new OwnSum([1, 1], "float64", [2]);
  const tracedAddend = trace((x: Value) => addInto(own, x))(array([[3]]));
  expect(names(tracedAddend.graph)).toBe(recorded);
  expect(tracedAddend.value.item()).toBe(5);
  const tracedSum = trace((x: Value) => addInto(x, array([[3]])))(own);
  expect(names(tracedSum.graph)).toBe("add");
  expect(tracedSum.value.item()).toBe(5);
});

function names({ equations }: Graph): string {
  return equations.map(({ primitive }) => primitive.name).join(" ");
}
