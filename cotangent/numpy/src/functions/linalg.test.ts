import { ShapeError, type Value } from "@cotangent/core";
import { describe, expect, test } from "vitest";
import * as np from "../index.ts";

const { linalg } = np;

function shapes(values: readonly Value[]): readonly (readonly number[])[] {
  return values.map(({ shape }) => shape);
}

const square = [
  [2, 1],
  [1, 3],
];

describe("products", () => {
  test("matmul broadcasts batches and takes vectors for rows and columns", () => {
    const check = (x: readonly number[], y: readonly number[], result: readonly number[]) =>
      expect(np.matmul(np.ones(x), np.ones(y)).shape).toEqual(result);
    check([3], [3], []);
    check([2, 3], [3], [2]);
    check([3], [3, 4], [4]);
    check([5, 2, 3], [3, 4], [5, 2, 4]);
    check([2, 3], [5, 3, 4], [5, 2, 4]);
    check([5, 1, 2, 3], [6, 3, 4], [5, 6, 2, 4]);
    check([3], [5, 3, 4], [5, 4]);
    expect(() => np.matmul(2, [1])).toThrow(ShapeError);
    expect(() => np.matmul(np.ones([2, 3]), np.ones([2, 3]))).toThrow("matmul(float64[2,3], float64[2,3])");
    expect(() => np.matmul(np.ones([2, 2, 3]), np.ones([3, 3, 2]))).toThrow(ShapeError);
  });

  test("lists, numbers and dtypes are promoted", () => {
    expect(np.dot([1, 2], [3, 4]).dtype).toBe("int64");
    expect(np.dot(2, [1.5, 2]).toList()).toEqual([3, 4]);
    expect(np.matmul(np.ones([2, 2], "float32"), square).dtype).toBe("float64");
    expect(np.vdot({ re: 0, im: 1 }, { re: 0, im: 1 }).item()).toEqual({ re: 1, im: 0 });
  });

  test("einsum sums, repeats, reorders, and broadcasts what dots stand for", () => {
    const a = np.reshape(np.arange(6), [2, 3]);
    const check = (subscripts: string, expected: unknown) =>
      expect(np.einsum(subscripts, a).toList()).toEqual(expected);
    check("ij->", 15);
    check("ij->j", [3, 5, 7]);
    check("ba", [
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    check("...j->...", [3, 12]);
    expect(np.einsum("ii->i", square).toList()).toEqual([2, 3]);
    expect(np.einsum("ij,jk,k", a, np.ones([3, 2]), [1, 2]).toList()).toEqual([9, 36]);
    expect(np.einsum(a, [0, 1], np.ones([3, 2]), [1, 2], [2, 0]).toList()).toEqual([
      [3, 12],
      [3, 12],
    ]);
    expect(np.einsum(a, ["...", 0], [1, 2, 3], [0]).toList()).toEqual([8, 26]);
    expect(np.einsum("i,i", [1], [1, 2, 3]).item()).toBe(6);
    expect(np.einsum("...i,...i->...", np.ones([4, 1, 3]), np.ones([2, 3])).shape).toEqual([4, 2]);
  });

  test("einsum refuses subscripts that don't fit", () => {
    for (const [subscripts, ...operands] of [
      ["ij", [1]],
      ["ij->k", square],
      ["ij->ii", square],
      ["ij,jk", square],
      ["i1->i", square],
      ["ii", np.ones([2, 3])],
      ["ij,jk", np.ones([2, 3]), np.ones([2, 3])],
    ] as const) {
      expect(() => np.einsum(subscripts, ...operands)).toThrow(RangeError);
    }
  });
});

describe("linalg", () => {
  test("solve takes vectors, matrices and batches of both sides", () => {
    expect(linalg.solve(square, [3, 4]).toList()).toEqual([1, 1]);
    expect(linalg.solve(np.broadcast_to(square, [4, 2, 2]), np.ones([2])).shape).toEqual([4, 2]);
    expect(linalg.solve(square, np.ones([4, 2, 3])).shape).toEqual([4, 2, 3]);
    expect(() => linalg.solve(square, [1, 2, 3])).toThrow("solve(float64[2,2], float64[3])");
    expect(() => linalg.solve(np.ones([2, 2]), [1, 2])).toThrow(linalg.LinAlgError);
    expect(() => linalg.solve([1, 2], [1, 2])).toThrow(linalg.LinAlgError);
  });

  test("modes of qr and forms of svd have their shapes", () => {
    const tall = np.reshape(np.arange(8), [4, 2]);
    expect(shapes(linalg.qr(tall))).toEqual([
      [4, 2],
      [2, 2],
    ]);
    expect(shapes(linalg.qr(tall, "complete"))).toEqual([
      [4, 4],
      [4, 2],
    ]);
    expect(linalg.qr(tall, { mode: "r" }).shape).toEqual([2, 2]);
    expect(shapes(linalg.qr(tall, { mode: "raw" }))).toEqual([[2, 4], [2]]);
    expect(shapes(linalg.svd(tall))).toEqual([[4, 4], [2], [2, 2]]);
    expect(shapes(linalg.svd(tall, { full_matrices: false }))).toEqual([[4, 2], [2], [2, 2]]);
    expect(linalg.svd(tall, { compute_uv: false }).shape).toEqual([2]);
    expect(linalg.svd(tall, true, false).shape).toEqual([2]);
    const wrong = "economic" as "complete";
    expect(() => linalg.qr(tall, wrong)).toThrow(RangeError);
  });

  test("a Hermitian matrix's singular values come from its eigenvalues", () => {
    const a = [
      [0, 2],
      [2, -3],
    ];
    const [u, s, vh] = linalg.svd(a, { hermitian: true });
    expect(s.toList()).toEqual([4, 1].map((value) => expect.closeTo(value, 12) as number));
    const back = np.matmul(np.multiply(u, s), vh);
    expect(np.max(np.abs(np.subtract(back, a))).item()).toBeLessThan(1e-13);
  });

  test("either half of a Hermitian matrix can be read", () => {
    const lower = [
      [1, 99],
      [2, 1],
    ];
    expect(linalg.eigvalsh(lower).toList()).toEqual([-1, 3].map((value) => expect.closeTo(value, 12) as number));
    expect(linalg.eigvalsh(np.transpose(lower), "U").toList()).toEqual(linalg.eigvalsh(lower).toList());
    expect(() => linalg.eigh(lower, "X" as "U")).toThrow(RangeError);
  });

  test("eigenvalues are real if all are", () => {
    expect(linalg.eigvals(square).dtype).toBe("float64");
    expect(
      linalg
        .eig([
          [0, -1],
          [1, 0],
        ])[0]
        .toList(),
    ).toEqual([
      { re: 0, im: 1 },
      { re: 0, im: -1 },
    ]);
  });

  test("norms keep axes where they are asked to", () => {
    const a = np.ones([2, 3, 4]);
    expect(linalg.norm(a).item()).toBeCloseTo(Math.sqrt(24), 12);
    expect(linalg.norm(a, { axis: 1, keepdims: true }).shape).toEqual([2, 1, 4]);
    expect(linalg.norm(a, 1, 0, true).shape).toEqual([1, 3, 4]);
    expect(linalg.norm(a, 1, { axis: [0, 2] }).toList()).toEqual([2, 2, 2]);
    expect(linalg.vector_norm(a, { ord: Infinity }).item()).toBe(1);
    expect(linalg.matrix_norm(a, { ord: "nuc", keepdims: true }).shape).toEqual([2, 1, 1]);
    expect(() => linalg.norm(a, 2)).toThrow("norm(float64[2,3,4])");
    expect(() => linalg.norm([1, 2], "fro", { axis: 0 })).toThrow(RangeError);
    expect(() => linalg.norm(square, 3)).toThrow(RangeError);
  });

  test("what is singular has infinite condition and less than full rank", () => {
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(linalg.cond(singular, 1).item()).toBe(Infinity);
    expect(linalg.cond(np.zeros([2, 2])).item()).toBe(Infinity);
    expect(linalg.matrix_rank(singular).item()).toBe(1);
    expect(linalg.matrix_rank([0, 1]).item()).toBe(1);
    expect(linalg.pinv(singular).toList()).toEqual([
      [expect.closeTo(0.04, 14), expect.closeTo(0.08, 14)],
      [expect.closeTo(0.08, 14), expect.closeTo(0.16, 14)],
    ]);
    expect(() => linalg.matrix_power(singular, -1)).toThrow(linalg.LinAlgError);
  });

  test("lstsq gives sums of squares only where the solution is determined", () => {
    const [x, residuals, rank] = linalg.lstsq(
      [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
      [1, 2, 4],
    );
    expect(x.toList()).toEqual([expect.closeTo(5 / 6, 12), expect.closeTo(1.5, 12)]);
    expect(residuals.toList()).toEqual([expect.closeTo(1 / 6, 12)]);
    expect(rank.item()).toBe(2);
    expect(linalg.lstsq(np.ones([3, 2]), [1, 2, 4])[1].shape).toEqual([0]);
  });

  test("multi_dot multiplies in the cheapest order and takes vectors at the ends", () => {
    expect(linalg.multi_dot([[1, 2], square, [1, 1]]).item()).toBe(11);
    expect(linalg.multi_dot([np.ones([10, 2]), np.ones([2, 50]), np.ones([50, 3])]).shape).toEqual([10, 3]);
    expect(() => linalg.multi_dot([square])).toThrow(RangeError);
    expect(() => linalg.multi_dot([square, [1, 2], square])).toThrow(linalg.LinAlgError);
  });
});
