// Reductions, scans and products by kernels, against their definitions.
import type { DType, Scalar } from "@cotangent/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { asArray } from "../as-array.ts";
import { converted, copy } from "../copies.ts";
import { elementsOf } from "../elements.ts";
import { multiplyInto, type MatrixLayout } from "../kernels/multiply.ts";
import type { NDArray } from "../ndarray.ts";
import { reshape, slice, transpose } from "../views.ts";
import { binaryTable } from "./binary.ts";
import { unaryTable } from "./unary.ts";
import { productTable } from "./products.ts";
import { reductionTable } from "./reductions.ts";
import { scanTable } from "./scans.ts";

/** Whole numbers, whose sums and products are exact in every order. */
function whole(shape: readonly number[], dtype: DType, seed: number): NDArray {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, index) => ((index * 7919 + seed * 31) % 13) - 6);
  return reshape(asArray(values, dtype), shape);
}

const dtypes: readonly DType[] = ["float64", "float32", "int64", "int32", "complex128"];

/** A matrix, as it is or laid out the other way, with its rows as JavaScript has them. */
interface Matrix {
  readonly array: NDArray;
  readonly rows: readonly (readonly number[])[];
}

const matrices = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 40 }),
    dtype: fc.constantFrom(...dtypes),
    isTransposed: fc.boolean(),
    seed: fc.nat(100),
  })
  .map(({ rows, columns, dtype, isTransposed, seed }): Matrix => {
    const array = isTransposed
      ? transpose(whole([columns, rows], dtype, seed), [1, 0])
      : whole([rows, columns], dtype, seed);
    return { array, rows: rowsOf(array) };
  });

function number(value: Scalar | undefined): number {
  return typeof value === "object" ? value.re : Number(value);
}

function rowsOf(array: NDArray): readonly (readonly number[])[] {
  const [rows = 0, columns = 0] = array.shape;
  const elements = elementsOf(array).map(number);
  return Array.from({ length: rows }, (_, row) => elements.slice(row * columns, (row + 1) * columns));
}

function columnsOf(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

const add = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0);

test("sums and extremes are those of rows, columns and all elements", () => {
  fc.assert(
    fc.property(matrices, ({ array, rows }) => {
      const cases: readonly (readonly [readonly number[], readonly (readonly number[])[]])[] = [
        [[1], rows],
        [[0], columnsOf(rows)],
        [[0, 1], [rows.flat()]],
      ];
      for (const [axes, lists] of cases) {
        const of = (name: "sum" | "max" | "min"): readonly number[] =>
          elementsOf(reductionTable[name](array, { axes })).map(number);
        expect(of("sum")).toEqual(lists.map(add));
        expect(of("max")).toEqual(lists.map((list) => Math.max(...list)));
        expect(of("min")).toEqual(lists.map((list) => Math.min(...list)));
      }
    }),
  );
});

test("what lies crosswise is met element by element, in tiles and at their edges", () => {
  const sizes = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(sizes, sizes, fc.constantFrom(...dtypes), fc.boolean(), (rows, columns, dtype, isBackwards) => {
      const straight = whole([rows, columns], dtype, 1);
      const other = whole([columns, rows], dtype, 2);
      const turned = transpose(isBackwards ? slice(other, [columns - 1, 0], other.shape, [-1, 1]) : other, [1, 0]);
      const [x, y] = [straight, turned].map((each) => elementsOf(each).map(number)) as [number[], number[]];
      const difference = elementsOf(binaryTable.sub(straight, turned)).map(number);
      expect(difference).toEqual(x.map((each, place) => each - (y[place] ?? 0)));
      expect(elementsOf(binaryTable.sub(turned, straight)).map(number)).toEqual(difference.map((each) => 0 - each));
      expect(elementsOf(copy(turned)).map(number)).toEqual(y);
      expect(elementsOf(converted(turned, "float32")).map(number)).toEqual(y);
      expect(elementsOf(unaryTable.square(turned)).map(number)).toEqual(y.map((each) => each ** 2));
      expect(elementsOf(binaryTable.less(turned, straight))).toEqual(y.map((each, place) => each < (x[place] ?? 0)));
      expect(elementsOf(reductionTable.sum(straight, { axes: [0] })).map(number)).toEqual(
        columnsOf(rowsOf(straight)).map(add),
      );
    }),
    { numRuns: 25 },
  );
});

test("the first of equal extremes has its place", () => {
  fc.assert(
    fc.property(matrices, ({ array, rows }) => {
      const places = (axis: number): readonly Scalar[] => elementsOf(reductionTable.argmax(array, { axis }));
      expect(places(1)).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
      expect(places(0)).toEqual(columnsOf(rows).map((column) => column.indexOf(Math.max(...column))));
    }),
  );
});

test("NaN is the greatest and the smallest, wherever it is", () => {
  for (const place of [0, 5, 16, 40, 99]) {
    const array = copy(asArray(Array.from({ length: 100 }, (_, index) => (index === place ? NaN : index / 2))));
    expect(reductionTable.max(array, { axes: [0] }).item()).toBe(NaN);
    expect(reductionTable.min(array, { axes: [0] }).item()).toBe(NaN);
    expect(reductionTable.argmin(array, { axis: 0 }).item()).toBe(place);
  }
});

test("NaN is the greatest and the smallest of its column only, in every row and column", () => {
  const [rows, columns] = [7, 5];
  for (let place = 0; place < rows * columns; place++) {
    const flat = Array.from({ length: rows * columns }, (_, index) => (index === place ? NaN : index));
    for (const dtype of ["float64", "float32"] as const) {
      const array = reshape(asArray(flat, dtype), [rows, columns]);
      const own = Array.from({ length: columns }, (_, column) => column === place % columns);
      const isNaNs = (value: NDArray) => elementsOf(value).map((each) => Number.isNaN(number(each)));
      expect(isNaNs(reductionTable.max(array, { axes: [0] }))).toEqual(own);
      expect(isNaNs(reductionTable.min(array, { axes: [0] }))).toEqual(own);
    }
  }
});

test("products down columns are those of their elements", () => {
  for (const [rows, columns] of [[1, 9] as const, [9, 17] as const, [6, 1030] as const]) {
    for (const dtype of dtypes) {
      const array = whole([rows, columns], dtype, 4);
      const expected = columnsOf(rowsOf(array)).map((list) => list.reduce((product, each) => product * each, 1));
      expect(elementsOf(reductionTable.prod(array, { axes: [0] })).map((each) => number(each) + 0)).toEqual(
        expected.map((each) => each + 0),
      );
    }
  }
});

test("running sums begin at either end", () => {
  fc.assert(
    fc.property(matrices, ({ array, rows }) => {
      const running = (reverse: boolean) => rowsOf(scanTable.cumsum(array, { axis: 1, reverse }));
      expect(running(false)).toEqual(rows.map((row) => row.map((_, index) => add(row.slice(0, index + 1)))));
      expect(running(true)).toEqual(rows.map((row) => row.map((_, index) => add(row.slice(index)))));
    }),
  );
});

test("a product of matrices sums over rows and columns, however they are laid out", () => {
  fc.assert(
    fc.property(matrices, fc.integer({ min: 1, max: 40 }), fc.boolean(), ({ array, rows }, width, isTransposed) => {
      const length = array.shape[1] ?? 1;
      const shape = isTransposed ? [width, length] : [length, width];
      const right = whole(shape, array.dtype, 3);
      const contract = [[1], [isTransposed ? 1 : 0]] as const;
      const product = productTable.dot(array, right, { contract, batch: [[], []] });
      const columns = isTransposed ? rowsOf(right) : columnsOf(rowsOf(right));
      const expected = rows.map((row) => columns.map((each) => add(row.map((x, index) => x * (each[index] ?? 0)))));
      expect(rowsOf(product)).toEqual(expected);
    }),
  );
});

test("products of matrices that are larger than a block are whole, however they are laid out", () => {
  const [rows, length, columns] = [70, 261, 39];
  for (const dtype of ["float64", "float32"] as const) {
    const lefts = [whole([rows, length], dtype, 1), transpose(whole([length, rows], dtype, 1), [1, 0])];
    const rights = [whole([length, columns], dtype, 2), transpose(whole([columns, length], dtype, 2), [1, 0])];
    for (const x of lefts) {
      for (const y of rights) {
        const product = productTable.dot(x, y, { contract: [[1], [0]], batch: [[], []] });
        const own = columnsOf(rowsOf(y));
        const expected = rowsOf(x).map((row) => own.map((each) => add(row.map((left, k) => left * (each[k] ?? 0)))));
        expect(rowsOf(product)).toEqual(expected);
      }
    }
  }
});

test("long sums keep their precision", () => {
  const array = copy(asArray(new Float64Array(1_000_003).fill(0.1)));
  const sum = number(reductionTable.sum(array, { axes: [0] }).item());
  expect(Math.abs(sum / 100_000.3 - 1)).toBeLessThan(2e-15);
});

test("batches of products share what is not a batch", () => {
  const x = whole([3, 20, 30], "float64", 1);
  const y = whole([30, 3, 20], "float64", 2);
  const all = productTable.dot(x, y, { contract: [[2], [0]], batch: [[0], [1]] });
  expect(all.shape).toEqual([3, 20, 20]);
  const one = (batch: number, row: number, column: number): number =>
    add(Array.from({ length: 30 }, (_, k) => number(x.at(batch, row, k)) * number(y.at(k, batch, column))));
  expect([all.at(0, 0, 0), all.at(2, 19, 7)]).toEqual([one(0, 0, 0), one(2, 19, 7)]);
});

function layout(array: NDArray): MatrixLayout {
  const [rows = 0, columns = 0] = array.shape;
  return { array, rows, columns, rowStride: columns, columnStride: 1, batch: [], batchStrides: [] };
}

test.each([
  [70, 16, 300],
  [5, 9, 300],
  [16, 64, 64],
  [64, 8, 3],
  [65, 8, 3],
  [7, 2100, 5],
])(
  "a product of %d rows and %d columns over %d is written over what was there, or added to it",
  (rows, columns, sum) => {
    for (const dtype of ["float64", "float32"] as const) {
      const [a, b] = [whole([rows, sum], dtype, 1), whole([sum, columns], dtype, 2)];
      const product = copy(whole([rows, columns], dtype, 3));
      expect(multiplyInto(layout(product), layout(a), layout(b), true)).toBe(true);
      const [left, right] = [elementsOf(a) as readonly number[], elementsOf(b) as readonly number[]];
      const expected = Array.from({ length: rows * columns }, (_, place) => {
        const [row, column] = [Math.floor(place / columns), place % columns];
        let total = 0;
        for (let k = 0; k < sum; k++) total += Number(left[row * sum + k]) * Number(right[k * columns + column]);
        return total;
      });
      expect(elementsOf(product)).toEqual(expected);
      expect(multiplyInto(layout(product), layout(a), layout(b))).toBe(true);
      expect(elementsOf(product)).toEqual(expected.map((each) => 2 * each));
    }
  },
);
