import { expect, test } from "vitest";
import { cholesky } from "./cholesky.ts";
import { complexField } from "./complex-field.ts";
import { LinAlgError } from "./errors.ts";
import { eig } from "./general-eigen.ts";
import { eigh } from "./hermitian-eigen.ts";
import { determinantOf, factorLU, inverseOf, solveFactored } from "./lu.ts";
import { adjoint, block, identity, type Field } from "./matrix.ts";
import { qr } from "./qr.ts";
import { realField } from "./real-field.ts";
import { svd } from "./svd.ts";

const fields = [
  ["real", realField],
  ["complex", complexField],
] as const;
const sizes = [1, 2, 3, 5, 16, 17, 40];

/** Numbers between -1 and 1 that are the same in each run. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed + 1;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

function randomMatrix(field: Field, rows: number, columns: number, seed = 7): Float64Array {
  return numbers(rows * columns * field.width, seed + 100 * rows + columns);
}

function product(field: Field, a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number) {
  const result = new Float64Array(rows * columns * field.width);
  const { width } = field;
  const of = (data: Float64Array, length: number) => block(data, 0, length * width);
  field.multiplySubtract(of(result, columns), of(a, inner), of(b, columns), rows, inner, columns);
  return result.map((entry) => -entry);
}

function timesAdjoint(field: Field, a: Float64Array, rows: number, columns: number): Float64Array {
  return product(field, a, adjoint({ data: a, rows, columns }, field), rows, columns, rows);
}

/** The matrix with its columns multiplied by these. */
function scaledColumns(a: Float64Array, scales: Float64Array, columns: number, width: number): Float64Array {
  return a.map((entry, index) => entry * (scales[Math.floor(index / width) % columns] ?? 0));
}

function distance(x: Float64Array, y: Float64Array): number {
  return x.reduce((most, entry, index) => Math.max(most, Math.abs(entry - (y[index] ?? NaN))), x.length - y.length);
}

for (const [name, field] of fields) {
  test(`${name}: a solution solves the system, and the inverse is one`, () => {
    for (const size of sizes) {
      const a = randomMatrix(field, size, size);
      const right = randomMatrix(field, size, 3);
      const solution = right.slice();
      const factors = factorLU(field, a.slice(), size);
      solveFactored(field, factors, solution, 3);
      expect(distance(product(field, a, solution, size, size, 3), right)).toBeLessThan(1e-10);
      expect(
        distance(product(field, a, inverseOf(field, factors), size, size, size), identity(size, field.width)),
      ).toBeLessThan(1e-9);
    }
  });

  test(`${name}: the determinant of a product is the product of determinants`, () => {
    for (const size of [1, 2, 3, 8, 20]) {
      const a = randomMatrix(field, size, size);
      const both = timesAdjoint(field, a, size, size);
      const one = determinantOf(field, factorLU(field, a, size));
      const two = determinantOf(field, factorLU(field, both, size));
      expect(two.re / (one.re ** 2 + one.im ** 2)).toBeCloseTo(1, 9);
      expect(two.logarithm).toBeCloseTo(2 * one.logarithm, 9);
    }
  });

  test(`${name}: a Cholesky factor is lower triangular and gives the matrix back`, () => {
    for (const size of sizes) {
      const a = timesAdjoint(field, randomMatrix(field, size, size + 2), size, size + 2);
      const lower = cholesky(field, a, size);
      expect(distance(timesAdjoint(field, lower, size, size), a)).toBeLessThan(1e-12);
      const above = lower.filter((_, index) => {
        const place = Math.floor(index / field.width);
        return place % size > Math.floor(place / size);
      });
      expect(above.every((entry) => entry === 0)).toBe(true);
    }
  });

  test(`${name}: q has orthonormal columns, r is upper triangular, q r is the matrix`, () => {
    for (const [rows, columns] of [
      ...sizes.map((size) => [size, size] as const),
      [7, 3],
      [3, 7],
      [50, 34],
      [34, 50],
    ] as const) {
      const a = randomMatrix(field, rows, columns);
      for (const inner of [Math.min(rows, columns), rows]) {
        const { q, r } = qr(field, { data: a, rows, columns }, inner);
        expect(distance(product(field, q, r, rows, inner, columns), a)).toBeLessThan(1e-12);
        const adjointQ = adjoint({ data: q, rows, columns: inner }, field);
        expect(distance(product(field, adjointQ, q, inner, rows, inner), identity(inner, field.width))).toBeLessThan(
          1e-12,
        );
      }
    }
  });

  test(`${name}: singular vectors are orthonormal and give the matrix back`, () => {
    for (const [rows, columns] of [
      ...sizes.map((size) => [size, size] as const),
      [9, 4],
      [4, 9],
      [5, 4],
      [4, 5],
      [3, 1],
    ] as const) {
      const a = randomMatrix(field, rows, columns);
      const inner = Math.min(rows, columns);
      for (const isFull of [false, true]) {
        const { u, s, vh } = svd(field, { data: a, rows, columns }, isFull);
        const left = isFull ? rows : inner;
        const right = isFull ? columns : inner;
        const scales = new Float64Array(left);
        scales.set(s);
        const scaled = scaledColumns(u, scales, left, field.width);
        const padded = new Float64Array(left * columns * field.width);
        padded.set(vh.subarray(0, inner * columns * field.width));
        expect(distance(product(field, scaled, padded, rows, left, columns), a)).toBeLessThan(1e-12);
        const adjointU = adjoint({ data: u, rows, columns: left }, field);
        expect(distance(product(field, adjointU, u, left, rows, left), identity(left, field.width))).toBeLessThan(
          1e-12,
        );
        expect(distance(timesAdjoint(field, vh, right, columns), identity(right, field.width))).toBeLessThan(1e-12);
        expect([...s]).toEqual([...s].toSorted((x, y) => y - x));
      }
    }
  });

  test(`${name}: eigenvectors of a Hermitian matrix are orthonormal and give the matrix back`, () => {
    for (const size of sizes) {
      const half = randomMatrix(field, size, size);
      const other = adjoint({ data: half, rows: size, columns: size }, field);
      const a = half.map((entry, index) => entry + (other[index] ?? 0));
      const { values, vectors } = eigh(field, a, size);
      const scaled = scaledColumns(vectors, values, size, field.width);
      const adjointVectors = adjoint({ data: vectors, rows: size, columns: size }, field);
      expect(distance(product(field, scaled, adjointVectors, size, size, size), a)).toBeLessThan(1e-12);
      expect(
        distance(product(field, adjointVectors, vectors, size, size, size), identity(size, field.width)),
      ).toBeLessThan(1e-12);
      expect([...values]).toEqual([...values].toSorted((x, y) => x - y));
    }
  });

  test(`${name}: an eigenvector is multiplied by its eigenvalue`, () => {
    for (const size of [...sizes, 60]) {
      const a = randomMatrix(field, size, size);
      const { values, vectors } = eig(field, a, size);
      const pairs =
        field.width === 2 ? a : Float64Array.from({ length: 2 * a.length }, (_, k) => (k % 2 ? 0 : Number(a[k / 2])));
      const image = product(complexField, pairs, vectors, size, size, size);
      const scaled = vectors.map((entry, index) => {
        const k = Math.floor(index / 2) % size;
        const [re, im] = [Number(values[2 * k]), Number(values[2 * k + 1])];
        return index % 2 === 0
          ? re * entry - im * Number(vectors[index + 1])
          : re * entry + im * Number(vectors[index - 1]);
      });
      expect(distance(image, scaled)).toBeLessThan(1e-11);
    }
  });
}

test("singular and indefinite matrices are refused", () => {
  const singular = Float64Array.of(1, 2, 2, 4);
  expect(() => inverseOf(realField, factorLU(realField, singular.slice(), 2))).toThrow(LinAlgError);
  expect(determinantOf(realField, factorLU(realField, singular, 2)).re).toBe(0);
  expect(() => cholesky(realField, Float64Array.of(1, 2, 2, 1), 2)).toThrow(LinAlgError);
  expect(() => eig(realField, Float64Array.of(1, NaN, 2, 1), 2)).toThrow(LinAlgError);
});

test("determinants out of range on the way are not lost", () => {
  const a = Float64Array.of(1e200, 0, 0, 0, 1e200, 0, 0, 0, 1e-300);
  expect(determinantOf(realField, factorLU(realField, a, 3)).re / 1e100).toBeCloseTo(1, 10);
});

test("small singular values of a graded matrix are found to full relative accuracy", () => {
  // Bidiagonal, with determinant 1e-60.
  const a = Float64Array.of(1, 1, 0, 0, 1e-20, 1, 0, 0, 1e-40);
  const { s } = svd(realField, { data: a, rows: 3, columns: 3 }, false);
  const determinant = s.reduce((result, each) => result * each, 1);
  expect(determinant / 1e-60).toBeCloseTo(1, 10);
});

test("eigenvalues of special matrices: companion, defective, permutation, zero", () => {
  const values = (entries: readonly number[]): readonly number[] =>
    [...eig(realField, Float64Array.from(entries), Math.sqrt(entries.length)).values].map(
      (x) => Number(x.toFixed(6)) + 0,
    );
  expect(values([6, -11, 6, 1, 0, 0, 0, 1, 0]).toSorted((x, y) => y - x)).toEqual([3, 2, 1, 0, 0, 0]);
  expect(values([2, 1, 0, 2])).toEqual([2, 0, 2, 0]);
  expect(values([0, 0, 1, 1, 0, 0, 0, 1, 0]).length).toBe(6);
  expect(values([0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
  expect(values([0, -1, 1, 0])).toEqual([0, 1, 0, -1]);
});

test("matrices with repeated, zero and far apart values are decomposed to working precision", () => {
  const size = 12;
  const { q } = qr(realField, { data: randomMatrix(realField, size, size), rows: size, columns: size }, size);
  for (const valueOf of [
    () => 1,
    (k: number) => k % 2,
    (k: number) => 10 ** (-2 * k),
    (k: number) => (k < 6 ? 1 : -1),
  ]) {
    const values = Float64Array.from({ length: size }, (_, k) => valueOf(k));
    const transpose = adjoint({ data: q, rows: size, columns: size }, realField);
    const a = product(realField, scaledColumns(q, values, size, 1), transpose, size, size, size);
    const eigen = eigh(realField, a, size);
    expect(distance(eigen.values, values.toSorted())).toBeLessThan(1e-14);
    const { u, s, vh } = svd(realField, { data: a, rows: size, columns: size }, false);
    expect(distance(product(realField, scaledColumns(u, s, size, 1), vh, size, size, size), a)).toBeLessThan(1e-13);
    expect(distance(timesAdjoint(realField, u, size, size), identity(size, 1))).toBeLessThan(1e-13);
    const general = eig(realField, a, size).values;
    const re = general.filter((_, index) => index % 2 === 0).toSorted();
    expect(distance(re, values.toSorted())).toBeLessThan(1e-7);
  }
});

test("entries that are not finite make Hermitian eigenvalues NaN, and a Cholesky factor as far as they reach", () => {
  expect([...eigh(realField, Float64Array.of(NaN, 1, 1, 2), 2).values]).toEqual([NaN, NaN]);
  expect([...cholesky(realField, Float64Array.of(1, 0, NaN, 1), 2)]).toEqual([1, 0, NaN, NaN]);
  expect(() => svd(realField, { data: Float64Array.of(NaN, 1, 1, 2), rows: 2, columns: 2 }, false)).toThrow(
    LinAlgError,
  );
});

test("entries whose squares are out of range are no harm", () => {
  const size = 6;
  const a = randomMatrix(realField, size, size);
  const symmetric = a.map((entry, index) => entry + (a[(index % size) * size + Math.floor(index / size)] ?? 0));
  for (const factor of [1e200, 1e-200, 2 ** 1020]) {
    const times = (values: Float64Array): Float64Array => values.map((value) => value / factor);
    const decomposed = (data: Float64Array) => svd(realField, { data, rows: size, columns: size }, false).s;
    expect(distance(times(decomposed(a.map((x) => x * factor))), decomposed(a))).toBeLessThan(1e-13);
    const hermitianValues = eigh(
      realField,
      symmetric.map((x) => x * factor),
      size,
    ).values;
    expect(distance(times(hermitianValues), eigh(realField, symmetric, size).values)).toBeLessThan(1e-13);
    const general = eig(
      realField,
      a.map((x) => x * factor),
      size,
    );
    expect(distance(times(general.values), eig(realField, a, size).values)).toBeLessThan(1e-13);
    expect(general.vectors.every(Number.isFinite)).toBe(true);
  }
});
