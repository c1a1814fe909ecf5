// What evaluation gives for operands at the edges: complex numbers with NaN in an order, nothing along an axis, operands
// that no function of `np` would hand on as they are. Values are those of NumPy 2.4.6.
import {
  AbstractValueError,
  bind,
  DTypeError,
  operations,
  primitives,
  ShapeError,
  trace,
  type Value,
} from "@cotangent/core";
import { describe, expect, test } from "vitest";
import { asNDArray } from "../as-ndarray.ts";
import * as np from "../index.ts";

const { add, equal, dot, select, concatenate, sum, max, scatterAdd, take } = operations;

describe("orders of complex numbers", () => {
  const complex = (re: number, im: number) => ({ re, im });
  const x = np.array([
    complex(NaN, 1),
    complex(1, NaN),
    complex(2, 1),
    complex(1, 5),
    complex(NaN, NaN),
    complex(NaN, 0),
    complex(0, NaN),
    complex(1, -2),
    complex(-1, NaN),
  ]);

  test("numbers with NaN come last: in the imaginary part, in the real part, in both", () => {
    expect(np.argsort(x).toList()).toEqual([7, 3, 2, 8, 6, 1, 5, 0, 4]);
    const { sort } = np;
    expect(sort(x).toList()).toEqual([7, 3, 2, 8, 6, 1, 5, 0, 4].map((place) => (x.toList() as unknown[])[place]));
  });

  test("the first NaN is the largest and the smallest, else the real part decides, then the imaginary one", () => {
    expect(np.max(x).item()).toEqual({ re: NaN, im: 1 });
    expect(np.min(x).item()).toEqual({ re: NaN, im: 1 });
    expect([np.argmax(x).item(), np.argmin(x).item()]).toEqual([0, 0]);
    const known = [complex(1, 1), complex(3, 0), complex(3, 1), complex(1, -1)];
    expect([np.argmax(known).item(), np.argmin(known).item()]).toEqual([2, 3]);
  });
});

test("products of integer matrices of any size are those of whole numbers", () => {
  for (const dtype of ["int64", "uint64"] as const) {
    const a = np.astype(np.reshape(np.arange(1600), [40, 40]), dtype);
    const product = np.matmul(a, a);
    expect(product.dtype).toBe(dtype);
    expect([np.take(product, 125).item(), np.sum(product).item()]).toEqual([4593500, 41249936000]);
  }
});

test("operands are broadcast wherever their elements lie", () => {
  const x = np.transpose(np.reshape(np.arange(6, "float64"), [2, 3]));
  expect(np.add(x, [10, 20]).toList()).toEqual([
    [10, 23],
    [11, 24],
    [12, 25],
  ]);
  expect(np.subtract(1, x).toList()).toEqual([
    [1, -2],
    [0, -3],
    [-1, -4],
  ]);
});

test("powers with one exponent for all elements are those with many", () => {
  const x = np.array([2, -0, Infinity, NaN, 3]);
  for (const exponent of [-1, 2, 3, 0.5]) {
    const [one, many] = [np.power(x, exponent), np.power(x, np.full([5], exponent))];
    expect(one.toList()).toEqual(many.toList());
  }
  expect(np.power(x, -1).toList()).toEqual([0.5, -Infinity, 0, NaN, 1 / 3]);
});

describe("what no kernel can take is refused with the operation and its operands", () => {
  const floats = np.ones([2]);
  const integers = np.ones([2], "int64");

  for (const [name, run, Kind, message] of [
    ["sum of dtypes", () => add(floats, integers), DTypeError, "add(float64[2], int64[2]): dtypes must be the same"],
    ["comparison of dtypes", () => equal(floats, integers), DTypeError, "equal(float64[2], int64[2])"],
    [
      "bits of floats",
      () => bind(primitives.bitwiseAnd, [floats, floats], {}),
      DTypeError,
      "bitwiseAnd(float64[2], float64[2])",
    ],
    ["product of dtypes", () => dot(floats, integers, [[0], [0]], [[], []]), DTypeError, "dot(float64[2], int64[2])"],
    [
      "product of lengths",
      () => dot(floats, np.ones([3]), [[0], [0]], [[], []]),
      ShapeError,
      "dot(float64[2], float64[3])",
    ],
    [
      "integer product of lengths",
      () => dot(integers, np.ones([3], "int64"), [[0], [0]], [[], []]),
      ShapeError,
      "dot(int64[2], int64[3])",
    ],
    [
      "selection by numbers",
      () => select(floats, floats, floats),
      DTypeError,
      "select(float64[2], float64[2], float64[2])",
    ],
    [
      "complex number of integers",
      () => operations.complex(integers, integers),
      DTypeError,
      "complex(int64[2], int64[2])",
    ],
    [
      "concatenation of dtypes",
      () => concatenate([floats, integers], 0),
      DTypeError,
      "concatenate(float64[2], int64[2])",
    ],
    ["sum of truth values", () => sum(np.ones([2], "bool"), [0]), DTypeError, "sum(bool[2])"],
    ["maximum of nothing", () => max(np.ones([0], "complex128"), [0]), RangeError, "max(complex128[0])"],
    [
      "place of the maximum of nothing",
      () => bind(primitives.argmax, [np.ones([0])], { axis: 0 }),
      RangeError,
      "argmax(float64[0])",
    ],
    ["row numbers that are floats", () => take(floats, floats), DTypeError, "take(float64[2], float64[2])"],
    [
      "row number out of range",
      () => take(floats, np.array([2])),
      RangeError,
      "index 2 is out of bounds for axis 0 with size 2",
    ],
    ["negative row number", () => scatterAdd(floats, np.array([0, -1]), 2), RangeError, "index -1 is out of bounds"],
  ] as const) {
    test(`${name} is refused`, () => {
      expect(run).toThrow(Kind);
      expect(run).toThrow(message);
    });
  }

  test("the elements of a value that is traced", () => {
    expect(() => trace((x: Value) => asNDArray(x))(np.ones([2, 3]))).toThrow(AbstractValueError);
    expect(() => trace((x: Value) => asNDArray(x))(np.ones([2, 3]))).toThrow("a float64[2,3] that is traced");
  });
});
