// Options and methods of functions of elements. Expected values are NumPy's.
import { DTypeError, ShapeError, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";
import { thePool } from "../memory/pool.ts";
import type { ArrayLike } from "./arguments.ts";

const table = np.array(
  [
    [1, 2],
    [3, 4],
  ],
  "float64",
);

test("results are written into an array, which is returned", () => {
  const out = np.zeros([2, 2]);
  expect(np.add(table, 1, { out })).toBe(out);
  expect(out.toList()).toEqual([
    [2, 3],
    [4, 5],
  ]);
  expect(np.sqrt([4, 9], np.zeros([2], "float32")).toList()).toEqual([2, 3]);
  expect(np.less([1, 2], 2, { out: np.zeros([2]) }).toList()).toEqual([1, 0]);
  expect(np.logical_or([0, 2], 0, { out: np.ones([2], "bool") }).toList()).toEqual([false, true]);
  expect(np.add([1, 2], 1, { out: np.zeros([3, 2]) }).toList()).toEqual([
    [2, 3],
    [2, 3],
    [2, 3],
  ]);
});

test("kernels write into arrays, also into operands and beside other views of their memory", () => {
  const long = np.arange(0, 40, 1, "float64");
  const own = np.add(long, 0);
  expect(np.multiply(own, own, { out: own })).toBe(own);
  expect(np.array_equal(own, np.square(long))).toBe(true);
  expect(np.negative(own, { out: own })).toBe(own);
  expect(np.array_equal(own, np.negative(np.square(long)))).toBe(true);
  const shifted = np.add(long, 0);
  np.add(np.getitem(shifted, ":-1"), np.getitem(shifted, "1:"), { out: np.getitem(shifted, "1:") });
  expect(np.array_equal(np.getitem(shifted, "1:"), np.add(np.getitem(long, ":-1"), np.getitem(long, "1:")))).toBe(true);
  const turned = np.reshape(np.arange(0, 36, 1, "float64"), [6, 6]);
  np.add(np.transpose(turned), 0, { out: turned });
  expect(np.getitem(turned, 1).toList()).toEqual([1, 7, 13, 19, 25, 31]);
});

test.each(["float64", "float32", "int32"] as const)(
  "what %s functions write of rows, columns and numbers is what they return",
  (dtype) => {
    const whole = np.add(np.reshape(np.arange(0, 60, 1, dtype), [5, 12]), 1);
    const [row, column, one] = [np.getitem(whole, 2), np.getitem(whole, ":", "3:4"), np.getitem(whole, "1:2", "4:5")];
    const functions = [np.add, np.subtract, np.multiply, np.divide, np.power, np.maximum, np.arctan2, np.remainder];
    for (const f of functions) {
      for (const [x, y] of [...[row, column, one, 2, 0.5].flatMap((each) => pairOf(whole, each)), [row, column]]) {
        const expected = f(x, y);
        if (expected.dtype !== dtype) continue;
        const out = np.zeros([5, 12], dtype);
        expect(f(x, y, { out })).toBe(out);
        expect([f.name, out.toList()]).toEqual([f.name, np.broadcast_to(expected, [5, 12]).toList()]);
      }
    }
    expect(np.negative(row, np.zeros([5, 12], dtype)).toList()).toEqual(Array(5).fill(np.negative(row).toList()));
  },
);

/** An operand on either side of the other. */
function pairOf(x: ArrayLike, y: ArrayLike): readonly (readonly [ArrayLike, ArrayLike])[] {
  return [
    [x, y],
    [y, x],
  ];
}

test("what is written of rows, columns and numbers takes no memory", () => {
  const [whole, out] = [np.ones([100, 100]), np.zeros([100, 100])];
  const [row, column] = [np.ones([100]), np.ones([100, 1])];
  const before = thePool().bytesInUse;
  for (const each of [row, column, 2, whole]) np.add(whole, each, { out });
  np.negative(row, { out });
  expect(thePool().bytesInUse).toBe(before);
  np.add(whole, row);
  expect(thePool().bytesInUse).toBeGreaterThan(before);
});

test("an operand within the array that is written into is read before it is written over", () => {
  const whole = np.reshape(np.arange(0, 60, 1, "float64"), [5, 12]);
  const expected = np.add(whole, np.getitem(whole, 1));
  np.add(whole, np.getitem(whole, 1), { out: whole });
  expect(np.array_equal(whole, expected)).toBe(true);
});

test.each([5, 20, 1000])("%i results go into a view with gaps, and nothing into the gaps", (length) => {
  const ones = np.ones([length]);
  const whole = np.zeros([2 * length]);
  np.add(np.arange(0, length, 1, "float64"), ones, { out: np.getitem(whole, "::2") });
  expect(np.array_equal(np.getitem(whole, "::2"), np.arange(1, length + 1, 1, "float64"))).toBe(true);
  expect(np.sum(np.getitem(whole, "1::2")).item()).toBe(0);
  np.sin(ones, { out: np.getitem(whole, "1::2") });
  expect(np.array_equal(np.getitem(whole, "1::2"), np.sin(ones))).toBe(true);
  const columns = np.zeros([length, 7]);
  const rows = np.reshape(np.arange(0, 7 * length, 1, "float64"), [7, length]);
  np.multiply(np.ones([7, length]), rows, { out: np.transpose(columns) });
  expect(np.array_equal(columns, np.transpose(rows))).toBe(true);
});

test("what is not computed keeps what it had, and is 0 where there was nothing", () => {
  const divisor = np.array([2, 0, 4]);
  const mask = np.not_equal(divisor, 0);
  expect(np.divide([1, 1, 1], divisor, { where: mask }).toList()).toEqual([0.5, 0, 0.25]);
  expect(np.divide([1, 1, 1], divisor, { where: mask, out: np.full([3], 9.5) }).toList()).toEqual([0.5, 9.5, 0.25]);
  expect(typed(np.add([1, 2], 1, { where: [[true], [false]] }))).toEqual([
    "int64",
    [
      [2, 3],
      [0, 0],
    ],
  ]);
  expect(typed(np.less([1, 2], 3, { where: [true, false] }))).toEqual(["bool", [true, false]]);
  expect(np.add([1, 2], 1, { where: true }).toList()).toEqual([2, 3]);
});

test("what can't be written is refused", () => {
  expect(() => np.add([1, 2], 1.5, { out: np.zeros([2], "int64") })).toThrow(
    new DTypeError('add: float64 can\'t be written into int64[2], by the rule "same_kind"'),
  );
  expect(() => np.add([1, 2], 1, { out: np.zeros([1]) })).toThrow(
    new ShapeError('add(int64[2], float64[1]): the last of these, "out", is too small'),
  );
});

test("functions that are made of others take options too, and those that are no functions of elements refuse them", () => {
  const out = np.zeros([2]);
  expect(np.rad2deg([Math.PI, 0], { out })).toBe(out);
  expect(out.toList()).toEqual([180, 0]);
  expect(np.positive([1, 2], { where: [true, false] }).toList()).toEqual([1, 0]);
  const options: object = { axis: 0, out };
  const message = 'only functions of elements take "out": use what the function returns, or copy it by copyto';
  expect(() => np.sum(table, options)).toThrow(new TypeError(message));
  expect(() => np.nan_to_num(out, options)).toThrow(new TypeError(message));
});

test("functions that are handed to map and reduce take no notice of indices", () => {
  const list: readonly Value[] = [np.array([1.5]), np.array([4])];
  expect(list.map(np.sqrt).map((each) => each.toList())).toEqual([[Math.sqrt(1.5)], [2]]);
  expect(list.reduce(np.add).toList()).toEqual([5.5]);
});

test("all pairs of elements", () => {
  expect(np.subtract.outer([1, 2], [3, 4, 5]).toList()).toEqual([
    [-2, -3, -4],
    [-1, -2, -3],
  ]);
  expect(np.less.outer([1, 2, 3], [2, 3]).toList()).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  expect(np.multiply.outer(table, [1, 10]).shape).toEqual([2, 2, 2]);
});

test("elements along axes are taken together", () => {
  expect(typed(np.add.reduce(np.array([[1, 2]], "int8")))).toEqual(["int64", [1, 2]]);
  expect(typed(np.add.reduce([true, true]))).toEqual(["int64", 2]);
  expect(typed(np.multiply.reduce(np.array([3, 4], "uint8")))).toEqual(["uint64", 12]);
  expect(np.subtract.reduce([10, 2, 3]).item()).toBe(5);
  expect(np.power.reduce([2, 3, 2]).item()).toBe(64);
  expect(np.floor_divide.reduce([100, 3, 4]).item()).toBe(8);
  expect(np.maximum.reduce(table, 1).toList()).toEqual([2, 4]);
  expect(np.minimum.reduce(table, null).item()).toBe(1);
  expect(np.add.reduce(table, { axis: [0, 1], keepdims: true }).toList()).toEqual([[10]]);
  expect(np.add.reduce([1, 2, 3], { initial: 10 }).item()).toBe(16);
  expect(np.add.reduce(5, 0).item()).toBe(5);
  expect(np.fmax.reduce([Number.NaN, 1]).item()).toBe(1);
  expect(np.gcd.reduce([12, 18, 27]).item()).toBe(3);
  expect(np.hypot.reduce([3, 4, 12]).item()).toBe(13);
  expect(np.bitwise_xor.reduce([5, 3, 6, 1, 8]).item()).toBe(9);
  expect(np.logical_xor.reduce([1, 2, 0, 4]).item()).toBe(true);
  expect(
    np.logical_or
      .reduce([
        [0, 0],
        [0, 2],
      ])
      .toList(),
  ).toEqual([false, true]);
  expect(np.logaddexp.reduce(table, { axis: null }).item()).toBeCloseTo(4.440189698561196, 14);
});

test("of nothing there is what changes nothing, if there is such", () => {
  expect(np.logaddexp.reduce([]).item()).toBe(-Infinity);
  expect(typed(np.bitwise_and.reduce(np.array([], "int64")))).toEqual(["int64", -1]);
  expect(np.add.reduce(np.zeros([0, 2])).toList()).toEqual([0, 0]);
  expect(typed(np.logical_and.reduce([]))).toEqual(["bool", true]);
  expect(() => np.fmin.reduce(np.zeros([0]))).toThrow(
    new RangeError("fmin.reduce(float64[0]): of no elements there is no such value"),
  );
  expect(() => np.subtract.reduce(np.zeros([0]))).toThrow(RangeError);
  expect(() => np.subtract.reduce(table, [0, 1])).toThrow(
    new RangeError("subtract.reduce(float64[2,2]): the order counts, so that one axis is reduced only"),
  );
});

test("each element with all before it", () => {
  expect(typed(np.add.accumulate([true, true, true]))).toEqual(["int64", [1, 2, 3]]);
  expect(np.multiply.accumulate([1, 2, 3, 4]).toList()).toEqual([1, 2, 6, 24]);
  expect(np.divide.accumulate([8, 2, 4]).toList()).toEqual([8, 4, 1]);
  expect(np.maximum.accumulate([3, 1, 4, 1, 5, 9, 2]).toList()).toEqual([3, 3, 4, 4, 5, 9, 9]);
  expect(np.minimum.accumulate(table, { axis: 1 }).toList()).toEqual([
    [1, 1],
    [3, 3],
  ]);
  expect(np.logical_and.accumulate([1, 2, 0, 1]).toList()).toEqual([true, true, false, false]);
  expect(np.allclose(np.logaddexp.accumulate([1, 2, 3]), [1, 2.31326169, 3.40760596])).toBe(true);
  expect(np.fmin.accumulate(np.zeros([0])).toList()).toEqual([]);
});
