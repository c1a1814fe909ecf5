import { ShapeError } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("a convolution has all sums, as many as elements, or only whole ones", () => {
  expect(typed(np.convolve([1, 2, 3], [0, 1, 0.5]))).toEqual(["float64", [0, 1, 2.5, 4, 1.5]]);
  expect(typed(np.convolve([1, 2, 3, 4], [1, 2], "same"))).toEqual(["int64", [1, 4, 7, 10]]);
  expect(typed(np.convolve([1, 2], [1, 2, 3], "same"))).toEqual(["int64", [1, 4, 7]]);
  expect(typed(np.convolve([1, 2, 3], [0, 1], { mode: "valid" }))).toEqual(["int64", [1, 2]]);
  expect(typed(np.convolve(2, [1, 2]))).toEqual(["int64", [2, 4]]);
  expect(typed(np.convolve([true, true], [true, false, true]))).toEqual(["bool", [true, true, true, true]]);
  expect(typed(np.convolve([{ re: 1, im: 1 }, 2], [1, { re: 0, im: 1 }]))).toEqual([
    "complex128",
    [
      { re: 1, im: 1 },
      { re: 1, im: 1 },
      { re: 0, im: 2 },
    ],
  ]);
  expect(() => np.convolve([], [1])).toThrow(new ShapeError("convolve: a vector has no elements"));
  expect(() => np.convolve([1], [])).toThrow(new ShapeError("convolve: a vector has no elements"));
  expect(() => np.convolve([[1, 2]], [1])).toThrow(new ShapeError("convolve(int64[1,2], int64[1]): takes vectors"));
});

test("a correlation is reversed where the second vector is longer, which is conjugated", () => {
  expect(typed(np.correlate([1, 2, 3], [0, 1, 0.5]))).toEqual(["float64", [3.5]]);
  expect(typed(np.correlate([1, 2], [1, 2, 3]))).toEqual(["int64", [8, 5]]);
  expect(typed(np.correlate([1, 2], [1, 2, 3], "full"))).toEqual(["int64", [3, 8, 5, 2]]);
  expect(typed(np.correlate([1, 2], [1, 2, 3, 4], "same"))).toEqual(["int64", [11, 8, 5, 2]]);
  expect(typed(np.correlate([1, 2, 3, 4], [1, 2], "same"))).toEqual(["int64", [2, 5, 8, 11]]);
  expect(typed(np.correlate([1, 2, 3, 4], [1, 2, 3], { mode: "same" }))).toEqual(["int64", [8, 14, 20, 11]]);
  expect(typed(np.correlate([{ re: 1, im: 1 }, 2], [1, { re: 0, im: 1 }, 3], "full"))).toEqual([
    "complex128",
    [
      { re: 3, im: 3 },
      { re: 7, im: -1 },
      { re: 1, im: -1 },
      { re: 2, im: 0 },
    ],
  ]);
  expect(typed(np.correlate([{ re: 1, im: 1 }, 2, 3], [1, { re: 0, im: 1 }], "full"))).toEqual([
    "complex128",
    [
      { re: 1, im: -1 },
      { re: 1, im: -1 },
      { re: 2, im: -3 },
      { re: 3, im: 0 },
    ],
  ]);
  expect(() => np.correlate([], [1])).toThrow(new ShapeError("correlate: a vector has no elements"));
  expect(() => np.correlate([[1]], [1])).toThrow(new ShapeError("correlate(int64[1,1], int64[1]): takes vectors"));
});

test("slopes are of neighbours at equal distances", () => {
  expect(typed(np.gradient([1, 2, 4, 7]))).toEqual(["float64", [1, 1.5, 2.5, 3]]);
  expect(typed(np.gradient([1, 2, 4, 7], 2))).toEqual(["float64", [0.5, 0.75, 1.25, 1.5]]);
  expect(typed(np.gradient([1, 2]))).toEqual(["float64", [1, 1]]);
  expect(typed(np.gradient([1, 2, 4, 7], { edge_order: 2 }))).toEqual(["float64", [0.5, 1.5, 2.5, 3.5]]);
  expect(typed(np.gradient(np.array([1, 2, 4], "float32")))).toEqual(["float32", [1, 1.5, 2]]);
  expect(typed(np.gradient(np.array([1, 2, 4], "uint8")))).toEqual(["float64", [1, 1.5, 2]]);
  expect(typed(np.gradient([{ re: 1, im: 1 }, { re: 2, im: 4 }, 3]))).toEqual([
    "complex128",
    [
      { re: 1, im: 3 },
      { re: 1, im: -0.5 },
      { re: 1, im: -4 },
    ],
  ]);
});

test("slopes are of neighbours at any places", () => {
  expect(typed(np.gradient([1, 2, 4, 7], [0, 2, 4, 6]))).toEqual(["float64", [0.5, 0.75, 1.25, 1.5]]);
  expect(typed(np.gradient([1, 2, 4, 7], [0, 1, 3, 4]))).toEqual(["float64", [1, 1, 2.3333333333333326, 3]]);
  expect(typed(np.gradient([1, 2, 4, 7], [0, 1, 3, 4], { edge_order: 2 }))).toEqual([
    "float64",
    [1, 1, 2.3333333333333326, 3.666666666666665],
  ]);
});

test("slopes are along all axes, or some", () => {
  expect(
    typed(
      np.gradient([
        [1, 2],
        [4, 7],
      ]),
    ),
  ).toEqual([
    [
      "float64",
      [
        [3, 5],
        [3, 5],
      ],
    ],
    [
      "float64",
      [
        [1, 1],
        [3, 3],
      ],
    ],
  ]);
  expect(
    typed(
      np.gradient(
        [
          [1, 2],
          [4, 7],
        ],
        1,
        2,
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [3, 5],
        [3, 5],
      ],
    ],
    [
      "float64",
      [
        [0.5, 0.5],
        [1.5, 1.5],
      ],
    ],
  ]);
  expect(
    typed(
      np.gradient(
        [
          [1, 2],
          [4, 7],
        ],
        [0, 1],
        [0, 2],
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [3, 5],
        [3, 5],
      ],
    ],
    [
      "float64",
      [
        [0.5, 0.5],
        [1.5, 1.5],
      ],
    ],
  ]);
  expect(
    typed(
      np.gradient(
        [
          [1, 2],
          [4, 7],
        ],
        2,
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [1.5, 2.5],
      [1.5, 2.5],
    ],
  ]);
  expect(
    typed(
      np.gradient(
        [
          [1, 2],
          [4, 7],
        ],
        { axis: [0] },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [3, 5],
      [3, 5],
    ],
  ]);
  expect(
    typed(
      np.gradient(
        [
          [1, 2],
          [4, 7],
        ],
        { axis: [1, 0] },
      ),
    ),
  ).toEqual([
    [
      "float64",
      [
        [1, 1],
        [3, 3],
      ],
    ],
    [
      "float64",
      [
        [3, 5],
        [3, 5],
      ],
    ],
  ]);
  expect(np.gradient(3)).toEqual([]);
});

test("slopes need elements, and distances that fit", () => {
  expect(() => np.gradient([1])).toThrow(new ShapeError("gradient(float64[1]): axis 0 has less than 2 elements"));
  expect(() => np.gradient([1, 2], { edge_order: 2 })).toThrow(
    new ShapeError("gradient(float64[2]): axis 0 has less than 3 elements"),
  );
  expect(() => np.gradient([1, 2, 4, 7], { edge_order: 3 })).toThrow(
    new RangeError("gradient: there is no order 3 at the ends"),
  );
  expect(() =>
    np.gradient(
      [
        [1, 2],
        [4, 7],
      ],
      1,
      2,
      3,
    ),
  ).toThrow(new TypeError("gradient: 3 distances don't fit 2 axes"));
  expect(() =>
    np.gradient(
      [
        [1, 2],
        [4, 7],
      ],
      [0, 1, 2],
      [0, 2],
    ),
  ).toThrow(new ShapeError("gradient: places int64[3] don't fit axis 0 of float64[2,2]"));
  expect(() => np.gradient([1, 2, 4], [[1, 2, 3]])).toThrow(
    new ShapeError("gradient: places int64[1,3] don't fit axis 0 of float64[3]"),
  );
  expect(() =>
    np.gradient(
      [
        [1, 2],
        [4, 7],
      ],
      { axis: 2 },
    ),
  ).toThrow(new np.AxisError("gradient: axis 2 is out of bounds for an array of 2 axes"));
});

test("angles go on without jumps", () => {
  expect(typed(np.unwrap([0, 3, 6, 10]))).toEqual(["float64", [0, 3, 6, 3.7168146928204138]]);
  expect(typed(np.unwrap([0, 4, 8], { period: 4 }))).toEqual(["int64", [0, 0, 0]]);
  expect(typed(np.unwrap([0, 2, 4], { period: 4 }))).toEqual(["int64", [0, 2, 4]]);
  expect(typed(np.unwrap([0, -2, -4], { period: 4 }))).toEqual(["int64", [0, -2, -4]]);
  expect(typed(np.unwrap([0, 2, 4], { period: 5 }))).toEqual(["int64", [0, 2, 4]]);
  expect(typed(np.unwrap([0, 2, 4.5], { period: 5 }))).toEqual(["float64", [0, 2, 4.5]]);
  expect(typed(np.unwrap([0, 4, 8], { discont: 5 }))).toEqual(["float64", [0, 4, 8]]);
  expect(
    typed(
      np.unwrap(
        [
          [0, 4],
          [5, 0],
        ],
        { axis: 0 },
      ),
    ),
  ).toEqual([
    "float64",
    [
      [0, 4],
      [-1.2831853071795862, 6.283185307179586],
    ],
  ]);
  expect(typed(np.unwrap([]))).toEqual("float64[0]");
  expect(typed(np.unwrap([1]))).toEqual(["float64", [1]]);
  expect(typed(np.unwrap(np.array([0, 4], "float32")))).toEqual(["float32", [0, -2.2831850051879883]]);
});

test("angles of unsigned integers differ modulo their size, and those of truth values are counts, as NumPy has it", () => {
  const bytes = np.array([250, 3, 9, 200], "uint8");
  expect(typed(np.unwrap(bytes, { period: 7.5 }))).toEqual(["float64", [250, -4.5, -6, -2.5]]);
  expect(np.allclose(np.unwrap(bytes), [250, -3.2831853071795862, -3.5663706143591725, -1.0619298297467594])).toBe(
    true,
  );
  expect(typed(np.unwrap(np.array([0, 3, 1, 7], "uint64")))).toEqual([
    "float64",
    [0, 3, -1.8446744073709552e19, -1.8446744073709552e19],
  ]);
  expect(typed(np.unwrap([true, false, true], { period: 2 }))).toEqual(["int64", [1, 0, 1]]);
  expect(() => np.unwrap(bytes, { period: 256 })).toThrow(
    new RangeError("unwrap(uint8[4]): half a period below 0 is out of bounds for uint8"),
  );
});
