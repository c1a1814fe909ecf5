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

test("half an element takes no memory, which would be that of others", () => {
  expect(() => allocate([2.5], "float64")).toThrow("float64[2.5]: axes have whole lengths");
  expect(() => allocate([3, 0.5], "int8")).toThrow("int8[3,0.5]: axes have whole lengths");
});

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

test("typed arrays keep their type", () => {
  for (const [typed, dtype] of [
    [new Int32Array([-1, 2]), "int32"],
    [new Uint8Array([1, 2]), "uint8"],
    [new Uint8ClampedArray([1, 2]), "uint8"],
    [new BigInt64Array([-1n, 2n]), "int64"],
    [new BigUint64Array([1n, 2n]), "uint64"],
    [new Uint32Array([1, 2]), "uint32"],
    [new Int16Array([-1, 2]), "int16"],
    [new Uint16Array([1, 2]), "uint16"],
    [new Int8Array([-1, 2]), "int8"],
    [new Float64Array([0.5, 2]), "float64"],
  ] as const) {
    const array = asArray(typed);
    expect([array.dtype, array.toList()]).toEqual([dtype, Array.from<number | bigint>(typed).map(Number)]);
  }
});

test("numbers that a dtype can't hold are refused, fractions cut off", () => {
  expect(asArray([1.7, -1.7, true], "int32").toList()).toEqual([1, -1, 1]);
  expect(asArray([5n, -3n], "int16").toList()).toEqual([5, -3]);
  expect(asArray([2n ** 70n, 5n], "float64").toList()).toEqual([2 ** 70, 5]);
  expect(asArray([127.9, -128.9], "int8").toList()).toEqual([127, -128]);
  for (const [raw, dtype, integer] of [
    [[300], "uint8", "300"],
    [2n ** 40n, "int32", "1099511627776"],
    [[2n ** 63n], "int64", "9223372036854775808"],
    [[[-1]], "uint64", "-1"],
    [3e9, "int32", "3000000000"],
    [NaN, "int64", "NaN"],
  ] as const) {
    expect(() => asArray(raw, dtype)).toThrow(RangeError);
    expect(() => asArray(raw, dtype)).toThrow(`the integer ${integer} is out of bounds for ${dtype}`);
  }
  expect(() => asArray([{ re: 1, im: 2 }], "float64")).toThrow(TypeError);
  expect(() => asArray({ re: 1, im: 2 }, "int32")).toThrow("the complex number 1 + 2i is no int32");
  expect(asArray({ re: 0, im: 2 }, "bool").item()).toBe(true);
});

test("what makes no array is named", () => {
  for (const [raw, message] of [
    [[1, null], "a list with null in it makes no array"],
    [[undefined], "a list with undefined in it makes no array"],
    [[1, new Map()], "a list with an object of Map in it makes no array"],
    [[Object.create(null)], "a list with an object of no class in it makes no array"],
    ["text", "a string is not an array, a number or a list of such"],
    [null, "null is not an array"],
  ] as const) {
    expect(() => asArray(raw)).toThrow(TypeError);
    expect(() => asArray(raw)).toThrow(message);
  }
});

test("views without a shortcut are reshaped where their axes split and join, and copied where they don't", () => {
  const every = views.slice(asArray(Array.from({ length: 24 }, (_, k) => k)), [0], [12], [2]);
  const rows = views.reshape(every, [3, 4]);
  const wide = views.reshape(rows, [2, 6]);
  expect(wide.toList()).toEqual([
    [0, 2, 4, 6, 8, 10],
    [12, 14, 16, 18, 20, 22],
  ]);
  expect([wide.storage === every.storage, wide.strides]).toEqual([true, [12, 2]]);
  const turned = views.reshape(views.transpose(rows, [1, 0]), [2, 6]);
  expect(turned.toList()).toEqual([
    [0, 8, 16, 2, 10, 18],
    [4, 12, 20, 6, 14, 22],
  ]);
  const nothing = views.transpose(allocate([0, 3], "float64"), [1, 0]);
  expect(views.reshape(nothing, [2, 0, 5]).shape).toEqual([2, 0, 5]);
});
