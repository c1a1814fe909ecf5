import { ShapeError, evaluate, traceAbstract, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("polynomials have values", () => {
  expect(typed(np.polyval([1, 2, 3], [2, 3]))).toEqual(["int64", [11, 18]]);
  expect(typed(np.polyval([1, 2], { re: 1, im: 1 }))).toEqual(["complex128", { re: 3, im: 1 }]);
  expect(typed(np.polyval(np.array([1, 2], "float32"), np.array([1, 2], "int8")))).toEqual(["float32", [3, 4]]);
  expect(typed(np.polyval([true, true], 2))).toEqual(["int64", 3]);
  expect(typed(np.polyval(3, [1, 2]))).toEqual(["int64", [3, 3]]);
});

test("polynomials are added and subtracted from the constant on", () => {
  expect(typed(np.polyadd([1, 2, 3], [4, 5]))).toEqual(["int64", [1, 6, 8]]);
  expect(typed(np.polyadd([1], [4, 5]))).toEqual(["int64", [4, 6]]);
  expect(typed(np.polysub([1, 2, 3], [4, 5]))).toEqual(["int64", [1, -2, -2]]);
  expect(typed(np.polysub(3, [4, 5]))).toEqual(["int64", [-4, -2]]);
});

test("products have no zeros in front", () => {
  expect(typed(np.polymul([1, 2, 3], [4, 5]))).toEqual(["int64", [4, 13, 22, 15]]);
  expect(typed(np.polymul([0, 0, 1, 2], [0, 4, 5]))).toEqual(["int64", [4, 13, 10]]);
  expect(typed(np.polymul([0, 0], [0]))).toEqual(["int64", [0]]);
  expect(typed(np.polymul([0], [1, 2]))).toEqual(["int64", [0, 0]]);
  expect(typed(np.polymul([], [1, 2]))).toEqual(["float64", [0, 0]]);
  expect(typed(np.polymul([{ re: 0, im: 0 }, { re: 0, im: 1 }, 2], [2, 3]))).toEqual([
    "complex128",
    [
      { re: 0, im: 2 },
      { re: 4, im: 3 },
      { re: 6, im: 0 },
    ],
  ]);
  expect(typed(np.polymul([{ re: 0, im: 0 }, { re: 1, im: 0 }, 2], [2, 3]))).toEqual([
    "complex128",
    [
      { re: 2, im: 0 },
      { re: 7, im: 0 },
      { re: 6, im: 0 },
    ],
  ]);
});

test("derivatives", () => {
  expect(typed(np.polyder([1, 2, 3]))).toEqual(["int64", [2, 2]]);
  expect(typed(np.polyder([1, 2, 3], { m: 2 }))).toEqual(["int64", [2]]);
  expect(typed(np.polyder([1, 2, 3], {}))).toEqual(["int64", [2, 2]]);
  expect(typed(np.polyder([1, 2, 3], 0))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.polyder([1, 2, 3], 5))).toEqual("int64[0]");
  expect(typed(np.polyder([3]))).toEqual("int64[0]");
  expect(typed(np.polyder([]))).toEqual("float64[0]");
  expect(typed(np.polyder(np.array([1, 2, 3], "int8")))).toEqual(["int64", [2, 2]]);
  expect(typed(np.polyder(np.array([1, 2, 3], "float32")))).toEqual(["float64", [2, 2]]);
  expect(() => np.polyder([1, 2, 3], -1)).toThrow(
    new RangeError("polyder: a derivative is of an order that is not negative"),
  );
  expect(() => np.polyder([[1, 2, 3]])).toThrow(new ShapeError("polyder(int64[1,3]): coefficients are a vector"));
});

test("integrals have constants of their own", () => {
  expect(typed(np.polyint([1, 2, 3]))).toEqual(["float64", [0.3333333333333333, 1, 3, 0]]);
  expect(typed(np.polyint([1, 2, 3], 0))).toEqual(["int64", [1, 2, 3]]);
  expect(typed(np.polyint([1, 2, 3], 2, [5, 6]))).toEqual([
    "float64",
    [0.08333333333333333, 0.3333333333333333, 1.5, 5, 6],
  ]);
  expect(typed(np.polyint([1, 2, 3], 2, 5))).toEqual(["float64", [0.08333333333333333, 0.3333333333333333, 1.5, 5, 5]]);
  expect(typed(np.polyint([1, 2, 3], 1, [4, 5]))).toEqual(["float64", [0.3333333333333333, 1, 3, 4]]);
  expect(typed(np.polyint([1, 2, 3], { m: 1, k: 3 }))).toEqual(["float64", [0.3333333333333333, 1, 3, 3]]);
  expect(typed(np.polyint([1, 2, 3], {}))).toEqual(["float64", [0.3333333333333333, 1, 3, 0]]);
  expect(typed(np.polyint([1, 2], 2, [{ re: 1, im: 2 }, 3]))).toEqual([
    "complex128",
    [
      { re: 0.16666666666666666, im: 0 },
      { re: 1, im: 0 },
      { re: 1, im: 2 },
      { re: 3, im: 0 },
    ],
  ]);
  expect(typed(np.polyint(np.array([1, 2, 3], "float32")))).toEqual(["float64", [0.3333333333333333, 1, 3, 0]]);
  expect(typed(np.polyint([true, false]))).toEqual(["float64", [0.5, 0, 0]]);
  expect(typed(np.polyint([]))).toEqual(["float64", [0]]);
  expect(() => np.polyint([1, 2, 3], -1)).toThrow(
    new RangeError("polyint: an integral is of an order that is not negative"),
  );
  expect(() => np.polyint([1, 2, 3], 3, [1, 2])).toThrow(new ShapeError("polyint: 2 constants don't fit 3 integrals"));
  expect(() => np.polyint([1, 2, 3], 1, [[1]])).toThrow(
    new ShapeError("polyint(int64[1,1]): coefficients are a vector"),
  );
});

test("a division leaves a rest, without coefficients that are zero but for rounding", () => {
  expect(typed(np.polydiv([1, 2, 3], [1, 1]))).toEqual([
    ["float64", [1, 1]],
    ["float64", [2]],
  ]);
  expect(typed(np.polydiv([1, 2, 1], [1, 1]))).toEqual([
    ["float64", [1, 1]],
    ["float64", [0]],
  ]);
  expect(typed(np.polydiv([1, 2, 3], [2]))).toEqual([
    ["float64", [0.5, 1, 1.5]],
    ["float64", [0]],
  ]);
  expect(typed(np.polydiv([1, 2], [1, 2, 3]))).toEqual([
    ["float64", [0]],
    ["float64", [1, 2]],
  ]);
  expect(typed(np.polydiv([0, 0, 1], [1, 2, 3, 4]))).toEqual([
    ["float64", [0]],
    ["float64", [1]],
  ]);
  expect(typed(np.polydiv([0, 0, 0], [1, 2, 3, 4]))).toEqual([
    ["float64", [0]],
    ["float64", [0]],
  ]);
  expect(typed(np.polydiv([0, 0, 1, 2, 3], [1, 1]))).toEqual([
    ["float64", [0, 0, 1, 1]],
    ["float64", [2]],
  ]);
  expect(typed(np.polydiv([1, 0, 1e-9], [1, 0]))).toEqual([
    ["float64", [1, 0]],
    ["float64", [1e-9]],
  ]);
  expect(typed(np.polydiv([{ re: 1, im: 1 }, 2], [1, { re: 0, im: 1 }]))).toEqual([
    ["complex128", [{ re: 1, im: 1 }]],
    ["complex128", [{ re: 3, im: -1 }]],
  ]);
  expect(typed(np.polydiv(np.array([1, 2, 3], "float32"), np.array([1, 1], "float32")))).toEqual([
    ["float32", [1, 1]],
    ["float32", [2]],
  ]);
  expect(typed(np.polydiv([1, 2, 3], [0, 1]))).toEqual([
    ["float64", [Infinity, -Infinity]],
    ["float64", [Number.NaN, Number.NaN, Infinity]],
  ]);
  expect(typed(np.polydiv(3, 2))).toEqual([
    ["float64", [1.5]],
    ["float64", [0]],
  ]);
  expect(() => np.polydiv([], [1])).toThrow(
    new ShapeError("polydiv(float64[0], float64[1]): a polynomial has no coefficients"),
  );
  expect(() => np.polydiv([1], [])).toThrow(
    new ShapeError("polydiv(float64[1], float64[0]): a polynomial has no coefficients"),
  );
});

test("zeros make a polynomial, which is real where their conjugates are among them", () => {
  expect(typed(np.poly([1, 2, 3]))).toEqual(["float64", [1, -6, 11, -6]]);
  expect(typed(np.poly(np.array([1, 2], "float32")))).toEqual(["float32", [1, -3, 2]]);
  expect(typed(np.poly([{ re: 0, im: 1 }, { re: 0, im: -1 }, 2]))).toEqual(["float64", [1, -2, 1, -2]]);
  expect(
    typed(
      np.poly([
        { re: 1, im: 1 },
        { re: 1, im: -1 },
        { re: 2, im: 3 },
        { re: 2, im: -3 },
      ]),
    ),
  ).toEqual(["float64", [1, -6, 23, -34, 26]]);
  expect(typed(np.poly([{ re: 0, im: 1 }, 2]))).toEqual([
    "complex128",
    [
      { re: 1, im: 0 },
      { re: -2, im: -1 },
      { re: 0, im: 2 },
    ],
  ]);
  expect(
    typed(
      np.poly([
        { re: 1, im: 1 },
        { re: 1, im: 1 },
        { re: 1, im: -1 },
      ]),
    ),
  ).toEqual([
    "complex128",
    [
      { re: 1, im: 0 },
      { re: -3, im: -1 },
      { re: 4, im: 2 },
      { re: -2, im: -2 },
    ],
  ]);
  expect(typed(np.poly([]))).toEqual(["float64", 1]);
});

test("a matrix has a characteristic polynomial", () => {
  expect(
    typed(
      np.poly([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toEqual(["float64", [1, -5, -1.9999999999999998]]);
  expect(
    typed(
      np.poly([
        [0, 1],
        [-1, 0],
      ]),
    ),
  ).toEqual(["float64", [1, 0, 1]]);
  expect(typed(np.poly([[3]]))).toEqual(["float64", [1, -3]]);
  expect(() =>
    np.poly([
      [1, 2, 3],
      [3, 4, 5],
    ]),
  ).toThrow(new ShapeError("poly(int64[2,3]): coefficients are a vector"));
});

test("polynomials have zeros", () => {
  expect(typed(np.roots([1, -3, 2]))).toEqual(["float64", [2, 1]]);
  expect(typed(np.roots([2, 4]))).toEqual(["float64", [-2]]);
  expect(typed(np.roots([1, 0]))).toEqual(["float64", [0]]);
  expect(typed(np.roots([0, 0, 1, -3, 2, 0]))).toEqual(["float64", [2, 1, 0]]);
  expect(typed(np.roots([1, 0, 1]))).toEqual([
    "complex128",
    [
      { re: -0, im: 1 },
      { re: 0, im: -1 },
    ],
  ]);
  expect(typed(np.roots(np.array([1, -3, 2], "float32")))).toEqual(["float32", [2, 1]]);
  expect(typed(np.roots([1, { re: -3, im: 0 }, 2]), 12)).toEqual([
    "complex128",
    [
      { re: 2, im: 0 },
      { re: 1, im: 0 },
    ],
  ]);
});

test("constants have no zeros but those that stand at the end", () => {
  expect(typed(np.roots([]))).toEqual("float64[0]");
  expect(typed(np.roots([0, 0]))).toEqual("float64[0]");
  expect(typed(np.roots([5]))).toEqual("float64[0]");
  expect(typed(np.roots([5, 0, 0]))).toEqual(["float64", [0, 0]]);
  expect(typed(np.roots(np.array([5, 0, 0], "float32")))).toEqual(["float64", [0, 0]]);
  expect(() => np.roots([[1, 2]])).toThrow(new ShapeError("roots(int64[1,2]): coefficients are a vector"));
});

test("points are fitted by least squares", () => {
  expect(typed(np.polyfit([1, 2, 3], [2, 3, 7], 2), 12)).toEqual(["float64", [1.5, -3.5, 4]]);
  expect(typed(np.polyfit([1, 2, 3], [1, 4, 9], 1), 12)).toEqual(["float64", [4, -3.33333333333]]);
  expect(typed(np.polyfit([1, 2, 3], [1, 4, 9], 0), 12)).toEqual(["float64", [4.66666666667]]);
  expect(
    typed(
      np.polyfit(
        [1, 2, 3],
        [
          [1, 2],
          [4, 5],
          [9, 8],
        ],
        1,
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [4, 3],
      [-3.33333333333, -1],
    ],
  ]);
  expect(typed(np.polyfit([1, 2, 3], [1, 4, 9], 1, { w: [1, 1, 10] }), 12)).toEqual([
    "float64",
    [4.19760479042, -3.59680638723],
  ]);
  expect(
    typed(
      np.polyfit(
        [1, 2, 3],
        [
          [1, 2],
          [4, 5],
          [9, 8],
        ],
        1,
        { w: [1, 1, 10] },
      ),
      12,
    ),
  ).toEqual([
    "float64",
    [
      [4.19760479042, 3],
      [-3.59680638723, -1],
    ],
  ]);
  expect(
    typed(
      np.polyfit(
        [1, 2, 4],
        [
          { re: 1, im: 1 },
          { re: 2, im: 3 },
          { re: 3, im: 4 },
        ],
        1,
      ),
      12,
    ),
  ).toEqual([
    "complex128",
    [
      { re: 0.642857142857, im: 0.928571428571 },
      { re: 0.5, im: 0.5 },
    ],
  ]);
  expect(typed(np.polyfit(np.array([1, 2, 3], "float32"), np.array([1, 2, 4], "float32"), 1), 12)).toEqual([
    "float64",
    [1.5, -0.666666666667],
  ]);
});

test("of several fits the smallest is found", () => {
  expect(typed(np.polyfit([1, 2], [1, 4], 2), 12)).toEqual([
    "float64",
    [0.757142857143, 0.728571428571, -0.485714285714],
  ]);
  expect(typed(np.polyfit([1, 1, 1], [1, 4, 9], 1), 12)).toEqual(["float64", [2.33333333333, 2.33333333333]]);
  expect(typed(np.polyfit([1, 2, 3], [1, 4, 9], 1, { rcond: 0.9 }), 12)).toEqual([
    "float64",
    [1.22848325019, 2.65382713227],
  ]);
  expect(typed(np.polyfit(np.array([1, 1.0000001, 1.0000002], "float32"), [1, 2, 4], 1), 12)).toEqual([
    "float64",
    [1.16666655739, 1.16666669647],
  ]);
});

test("points that don't belong together are refused", () => {
  expect(() => np.polyfit([1, 2, 3], [1, 4, 9], -1)).toThrow(new RangeError("polyfit: there is no degree -1"));
  expect(() => np.polyfit([], [], 1)).toThrow(
    new TypeError("polyfit(float64[0], float64[0]): takes as many places as values"),
  );
  expect(() => np.polyfit([[1, 2]], [1, 2], 1)).toThrow(
    new TypeError("polyfit(float64[1,2], float64[2]): takes as many places as values"),
  );
  expect(() => np.polyfit([1, 2], [1, 2, 3], 1)).toThrow(
    new TypeError("polyfit(float64[2], float64[3]): takes as many places as values"),
  );
  expect(() => np.polyfit([1, 2], 3, 1)).toThrow(
    new TypeError("polyfit(float64[2], float64[]): takes as many places as values"),
  );
  expect(() => np.polyfit([1, 2, 3], [[[1, 2]], [[4, 5]], [[9, 8]]], 1)).toThrow(
    new TypeError("polyfit(float64[3], float64[3,1,2]): takes as many places as values"),
  );
  expect(() => np.polyfit([1, 2, 3], [1, 4, 9], 1, { w: [1, 1] })).toThrow(
    new TypeError("polyfit(float64[3]): weights float64[2] are not one for each place"),
  );
  expect(() => np.polyfit([1, 2, 3], [1, 4, 9], 1, { w: 1 })).toThrow(
    new TypeError("polyfit(float64[3]): weights float64[] are not one for each place"),
  );
  expect(() => np.polyfit([1, 2, 3], [1, 4, 9], 1, { w: [[1, 1, 1]] })).toThrow(
    new TypeError("polyfit(float64[3]): weights float64[1,3] are not one for each place"),
  );
});

test("of polynomials whose coefficients are not known the rest is as long as the divisor", () => {
  const divide = (u: Value, v: Value) => np.polydiv(u, v);
  const run = (u: Value, v: Value) =>
    evaluate(traceAbstract(divide, [u, v], np.backend), [u, v]).map((each) => typed(each));
  expect(run(np.array([1, 2, 3], "float64"), np.array([1, 1], "float64"))).toEqual([
    ["float64", [1, 1]],
    ["float64", [2]],
  ]);
  expect(run(np.array([1, 2, 1], "float64"), np.array([1, 2, 1, 0], "float64"))).toEqual([
    ["float64", [0]],
    ["float64", [1, 2, 1]],
  ]);
  expect(run(np.array([1, 2, 1], "float64"), np.array([2], "float64"))).toEqual([
    ["float64", [0.5, 1, 0.5]],
    ["float64", [0]],
  ]);
});
