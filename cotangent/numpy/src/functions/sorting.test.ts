// Orders by kernels, against JavaScript's own stable sort.
import type { DType, Scalar } from "@cotangent/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asArray } from "../as-array.ts";
import { copy } from "../copies.ts";
import { elementsOf } from "../elements.ts";
import { concreteArray } from "./arguments.ts";
import type { NDArray } from "../ndarray.ts";
import { reshape, slice, transpose } from "../views.ts";
import { argsort, partition, sort } from "./ordering.ts";
import { median } from "./quantiles.ts";

const edges: { readonly [Name in DType]?: readonly (number | bigint)[] } = {
  bool: [0, 1],
  int8: [-128, 127, -1],
  uint8: [0, 255],
  int16: [-32_768, 32_767, -1],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1, -1],
  uint32: [0, 2 ** 32 - 1, 2 ** 31],
  int64: [-(2n ** 63n), 2n ** 63n - 1n, -1],
  uint64: [0, 2n ** 64n - 1n, 2n ** 63n],
  float32: [NaN, -0, 0, Infinity, -Infinity, 1e-42, -1e-42, 3e38],
  float64: [NaN, -0, 0, Infinity, -Infinity, 5e-324, -5e-324, 1e308],
};
const dtypes = Object.keys(edges) as DType[];

/** Elements of which some are equal, some at the ends of what there is, some NaN. */
function sample(dtype: DType, size: number, seed: number): NDArray {
  const special = edges[dtype] ?? [];
  const values = Array.from({ length: size }, (_, index) => {
    const mixed = Math.imul(index + seed, 2_654_435_761) >>> 8;
    const edge = special[mixed % 23];
    if (edge !== undefined) return edge;
    if (dtype === "bool") return mixed % 2;
    const number = (mixed >>> 5) % (seed % 3 === 0 ? 40 : 120);
    return dtype.startsWith("float") ? (number - 30) * 1.375 * 10 ** ((mixed % 7) - 3) : number;
  });
  return asArray(values, dtype);
}

function compare(x: Scalar | undefined, y: Scalar | undefined): number {
  const [a, b] = [x, y].map((each) => (typeof each === "bigint" ? each : Number(each))) as [number, number];
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Elements in which zeros are the same. */
function plain(array: NDArray): readonly Scalar[] {
  return elementsOf(array).map((each) => (each === 0 ? 0 : each));
}

/** The rows of a matrix. */
function rowsOf(matrix: NDArray): readonly (readonly Scalar[])[] {
  const [rows = 0, columns = 0] = matrix.shape;
  const elements = plain(matrix);
  return Array.from({ length: rows }, (_, row) => elements.slice(row * columns, (row + 1) * columns));
}

function orderOf(row: readonly Scalar[]): readonly number[] {
  return row.map((_, place) => place).toSorted((a, b) => compare(row[a], row[b]));
}

const layouts: Readonly<Record<string, (x: NDArray) => NDArray>> = {
  "in order": copy,
  transposed: (x) => transpose(copy(transpose(x, [1, 0])), [1, 0]),
  backwards: (x) => slice(x, [(x.shape[0] ?? 1) - 1, 0], x.shape, [-1, 1]),
};

for (const dtype of dtypes) {
  test(`rows of ${dtype} are sorted, and equal elements keep their order`, () => {
    const matrices = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 700 }), fc.nat(1000));
    fc.assert(
      fc.property(matrices, fc.constantFrom(...Object.keys(layouts)), ([rows, length, seed], layout) => {
        const matrix = layouts[layout]?.(reshape(sample(dtype, rows * length, seed), [rows, length]));
        if (matrix === undefined) throw new Error(layout);
        const expected = rowsOf(matrix).map(orderOf);
        const [sorted, order] = [concreteArray(sort(matrix)), concreteArray(argsort(matrix))];
        expect(rowsOf(order)).toEqual(expected);
        expect(rowsOf(sorted)).toEqual(
          rowsOf(matrix).map((row, place) => (expected[place] ?? []).map((each) => row[each])),
        );
        expect(rowsOf(concreteArray(sort(matrix, { axis: 0 })))).toEqual(
          rowsOf(transpose(concreteArray(sort(transpose(matrix, [1, 0]))), [1, 0])),
        );
      }),
      { numRuns: 25 },
    );
  });
}

test("long rows are sorted too, and what is in the middle of them is their median", () => {
  for (const dtype of dtypes) {
    const x = sample(dtype, 30_001, 5);
    const elements = plain(x);
    const expected = orderOf(elements);
    expect(elementsOf(concreteArray(argsort(x)))).toEqual(expected);
    expect(plain(concreteArray(partition(x, 17)))).toEqual(expected.map((place) => elements[place]));
  }
  const numbers = asArray(Array.from({ length: 9999 }, (_, index) => (index * 7919) % 9999));
  expect(median(numbers).item()).toBe(4999);
});

test("a row of equal elements stays as it is", () => {
  for (const length of [1, 16, 17, 257, 1000]) {
    const x = asArray(Array.from({ length }, () => -3.5));
    expect(elementsOf(concreteArray(argsort(x)))).toEqual(Array.from({ length }, (_, place) => place));
    expect(elementsOf(concreteArray(sort(x)))).toEqual(elementsOf(x));
  }
});

test("sorting leaves its operand alone", () => {
  const x = asArray([3, 1, 2, 9, 8, 7, 6, 5, 4, 0]);
  sort(x);
  argsort(x);
  expect(x.toList()).toEqual([3, 1, 2, 9, 8, 7, 6, 5, 4, 0]);
});
