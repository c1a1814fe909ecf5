import { inspect } from "node:util";
import { OperatorError } from "@cotangent/core";
import { expect, test } from "vitest";
import { asArray } from "./as-array.ts";
import { copy } from "./copies.ts";
import { array, asarray } from "./functions/creation.ts";
import { allocate, fromTyped } from "./ndarray.ts";
import * as views from "./views.ts";

const six = asArray([
  [0, 1, 2],
  [3, 4, 5],
]);

test("lists of integers are int64, with a fraction float64, of truth values bool", () => {
  expect(six.dtype).toBe("int64");
  expect(asArray([1, 2.5]).dtype).toBe("float64");
  expect(asArray([true, false]).dtype).toBe("bool");
  expect(asArray([true, 2]).dtype).toBe("int64");
  expect(asArray([{ re: 0, im: 1 }, 1]).dtype).toBe("complex128");
  expect(asArray([]).dtype).toBe("float64");
  expect(asArray(2n ** 63n).dtype).toBe("uint64");
  expect(asArray(new Float32Array(2)).dtype).toBe("float32");
});

test("elements come back as they went in", () => {
  expect(six.toList()).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(asArray([{ re: 0, im: 1 }, 1]).toList()).toEqual([
    { re: 0, im: 1 },
    { re: 1, im: 0 },
  ]);
  expect(asArray(true).item()).toBe(true);
  expect(asArray(2n ** 62n).item()).toBe(2n ** 62n);
  expect(asArray([6, asArray(7)]).toList()).toEqual([6, 7]);
});

test("lists that are no rectangle make no array", () => {
  expect(() => asArray([[1, 2], [3]])).toThrow("lists of shapes [2] and [1] make no array");
  expect(() => asArray("text")).toThrow("a string is not an array");
});

test("an array of several elements is no scalar", () => {
  expect(() => six.item()).toThrow("item: an array of shape [2, 3] is not one element");
});

test("views look at the same elements", () => {
  const array = copy(six);
  const flipped = views.slice(array, [1, 2], [2, 2], [-1, -2]);
  expect(flipped.toList()).toEqual([
    [5, 3],
    [2, 0],
  ]);
  (array.data as BigInt64Array)[5] = 50n;
  expect(flipped.at(0, 0)).toBe(50);
  expect(views.transpose(six, [1, 0]).toList()).toEqual([
    [0, 3],
    [1, 4],
    [2, 5],
  ]);
  expect(views.broadcastTo(asArray([1, 2]), [2, 2]).toList()).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("reshape is a view where strides allow it", () => {
  const columns = views.transpose(allocate([2, 3, 4], "float64"), [2, 0, 1]);
  expect(views.reshape(columns, [4, 6]).storage).toBe(columns.storage);
  expect(views.reshape(columns, [2, 2, 3, 2, 1]).storage).toBe(columns.storage);
  expect(views.reshape(columns, [24]).storage === columns.storage).toBe(false);
  expect(views.reshape(views.transpose(six, [1, 0]), [6]).toList()).toEqual([0, 3, 1, 4, 2, 5]);
  expect(() => views.reshape(six, [4])).toThrow("reshape: 6 elements of [2, 3] don't fill [4]");
});

test("parts of a complex array are views of it", () => {
  const z = fromTyped(Float64Array.of(1, 2, 3, 4), "complex128", [2]);
  expect(views.realView(z).toList()).toEqual([1, 3]);
  expect(views.imagView(views.slice(z, [1], [1], [1])).toList()).toEqual([4]);
});

test("shapes are broadcast as NumPy does it", () => {
  expect(views.broadcastShapes([3, 1], [2], [])).toEqual([3, 2]);
  expect(() => views.broadcastShapes([3], [2])).toThrow("shapes [3] and [2] can't be broadcast together");
});

test("an array of a typed array is a copy, `asarray` of one shares its elements", () => {
  const typed = Float64Array.of(1, 2);
  const [own, shared] = [array(typed), asarray(typed)];
  typed[0] = 10;
  expect([own.toList(), shared.toList()]).toEqual([
    [1, 2],
    [10, 2],
  ]);
});

test("an array is logged, and written in templates, as NumPy writes it; JSON has its elements", () => {
  expect(String(six)).toBe("array([[0, 1, 2],\n       [3, 4, 5]])");
  expect(String(asArray([1, 2.5]))).toBe("array([1. , 2.5])");
  expect(inspect(asArray(true))).toBe("array(True)");
  expect(JSON.stringify({ six })).toBe('{"six":[[0,1,2],[3,4,5]]}');
});

test("operators are refused: they would see text, or no number", () => {
  expect(() => Number(asArray(2)) + 1).toThrow(OperatorError);
  expect(() => Math.sin(Number(six))).toThrow("an operator or a function of numbers met int64[2,3]");
});
