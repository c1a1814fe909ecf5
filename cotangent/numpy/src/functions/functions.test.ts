// What the golden files leave out: scalars that give way, updates, writing in place, texts, errors.
import { DTypeError, ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../index.ts";

const list = (x: ReturnType<typeof np.add>) => x.toList();

test("numbers give way to the dtypes of arrays", () => {
  const single = np.array([1.5, 2.5], "float32");
  expect(np.multiply(single, 2).dtype).toBe("float32");
  expect(np.add(np.array([1, 2], "int8"), 3).dtype).toBe("int8");
  expect(np.add(np.array([1, 2], "int8"), 0.5).dtype).toBe("float64");
  expect(np.add(np.array([true]), 1).dtype).toBe("int64");
  expect(np.add(single, { re: 0, im: 1 }).dtype).toBe("complex64");
});

test("integers that an array's dtype can't hold are refused, but may be compared with", () => {
  const small = np.array([1, 200], "uint8");
  expect(() => np.add(small, 300)).toThrow(/300 is out of bounds for uint8/u);
  expect(list(np.less(small, 300))).toEqual([true, true]);
  expect(list(np.greater(small, -1))).toEqual([true, true]);
});

test("integers are int64 up to its limits, then uint64, and beyond those floats", () => {
  expect(np.array([9223372036854775807n]).dtype).toBe("int64");
  expect(np.array([9223372036854775808n]).dtype).toBe("uint64");
  expect(np.array(18446744073709551615n).item()).toBe(18446744073709551615n);
  expect(np.array(18446744073709551616n).dtype).toBe("float64");
  expect(np.array([-9223372036854775808n]).dtype).toBe("int64");
  expect(np.array([-9223372036854775809n]).dtype).toBe("float64");
});

test("dtypes and numbers go by NumPy's names", () => {
  expect(np.zeros(2, np.int8).dtype).toBe("int8");
  expect(np.arange(3, { dtype: np.float32 }).dtype).toBe("float32");
  expect(np.cos(np.pi).item()).toBe(-1);
  expect(() => np.zeros(2, "int4" as never)).toThrow(/there is no dtype "int4"/u);
});

test("lists, typed arrays and arrays in lists stand for arrays", () => {
  expect(list(np.add([1, 2], new Float64Array([0.5, 0.25])))).toEqual([1.5, 2.25]);
  expect(list(np.array([np.array([1, 2]), [3, 4.5]]))).toEqual([
    [1, 2],
    [3, 4.5],
  ]);
  expect(() => np.array([np.array([1, 2]), np.array([3])])).toThrow(ShapeError);
});

test("options may be given by name, and the first by itself", () => {
  const x = np.array([
    [1, 2],
    [3, 4],
  ]);
  expect(list(np.sum(x, 0))).toEqual(list(np.sum(x, { axis: 0 })));
  expect(np.sum(x, 1, { keepdims: true }).shape).toEqual([2, 1]);
  expect(list(np.clip(x, { a_max: 2 }))).toEqual([
    [1, 2],
    [2, 2],
  ]);
});

test("an index may be written as text", () => {
  const x = np.reshape(np.arange(12), [3, 4]);
  expect(list(np.getitem(x, "1:", "::-2"))).toEqual([
    [7, 5],
    [11, 9],
  ]);
  expect(np.getitem(x, "...", null, 0).shape).toEqual([3, 1]);
  expect(() => np.getitem(x, "1;2")).toThrow(/no slice/u);
  expect(() => np.getitem(x, np.array([true, false]))).toThrow(/mask of 2 elements/u);
});

test("updates leave the array as it is", () => {
  const x = np.arange(5);
  expect(list(np.set_at(x, [10, 20], [1, 3]))).toEqual([0, 10, 2, 20, 4]);
  expect(list(np.set_at(x, [10, 20], [1, 1]))).toEqual([0, 20, 2, 3, 4]);
  expect(list(np.add_at(x, 1, [1, 1, 4]))).toEqual([0, 3, 2, 3, 5]);
  expect(list(np.set_at(np.zeros([2, 2]), 7, ":", 0))).toEqual([
    [7, 0],
    [7, 0],
  ]);
  expect(list(x)).toEqual([0, 1, 2, 3, 4]);
});

test("slices are views, and writing in place goes through them", () => {
  const x = np.array(np.arange(6)) as np.NDArray;
  np.put(np.getitem(x, "::2"), [0, -1], [10, 50]);
  expect(list(x)).toEqual([10, 1, 2, 3, 50, 5]);
  np.copyto(np.getitem(x, "1:4"), np.getitem(x, ":3"));
  expect(list(x)).toEqual([10, 10, 1, 2, 50, 5]);
  expect(() => np.copyto(np.zeros(2), [1, 2, 3])).toThrow(ShapeError);
});

test("faults say what was called with what", () => {
  expect(() => np.add(np.zeros(2), np.zeros(3))).toThrow("add(float64[2], float64[3])");
  expect(() => np.left_shift(np.zeros(2), 1)).toThrow(DTypeError);
  expect(() => np.sum(np.zeros(2), 1)).toThrow(np.AxisError);
  expect(() => np.getitem(np.zeros(2), 2)).toThrow(np.IndexError);
  expect(() => np.sum(np.zeros(2), 1)).toThrow(/axis 1 is out of bounds for an array of 1 axes/u);
  expect(() => np.concatenate([np.zeros([1, 2]), np.zeros([1, 3])])).toThrow(/concatenate\(float64\[1,2\], /u);
  expect(() => np.max([])).toThrow(ShapeError);
  expect(() => np.reshape(np.zeros(6), [4, -1])).toThrow(/don't fill/u);
  expect(() => np.isnan("x" as never)).toThrow(TypeError);
});

test("arrays print as NumPy's do", () => {
  expect(np.array_repr(np.array([1.5, 2, 3.25]))).toBe("array([1.5 , 2.  , 3.25])");
  expect(np.array_repr(np.zeros([0, 3]))).toBe("array([], shape=(0, 3), dtype=float64)");
  expect(np.array_repr(np.array([1, 2], "int8"))).toBe("array([1, 2], dtype=int8)");
  expect(np.array_str(np.array([1e-5, 1]))).toBe("[1.e-05 1.e+00]");
  expect(np.array2string(np.array([Number.NaN, 1.5, -Infinity]))).toBe("[ nan  1.5 -inf]");
  expect(np.array_str(np.arange(2000))).toBe("[   0    1    2 ... 1997 1998 1999]");
  expect(np.array_str(np.array(1 / 3))).toBe("0.3333333333333333");
});

test("functions of several results return lists", () => {
  const [counts, edges] = np.histogram([1, 2, 1, 4], 3);
  expect([list(counts), list(edges)]).toEqual([
    [2, 1, 1],
    [1, 2, 3, 4],
  ]);
  expect(np.nonzero([0, 3, 0, 5]).map(list)).toEqual([[1, 3]]);
  expect(np.unique([3, 1, 3], { return_counts: true })).toHaveLength(2);
});
