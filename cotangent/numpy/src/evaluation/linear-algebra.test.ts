import { operations, primitives, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { backend } from "../backend.ts";
import { fromTyped, type NDArray } from "../ndarray.ts";
import { broadcastTo, slice, transpose } from "../views.ts";

function matrix(data: readonly number[], shape: readonly number[]): NDArray {
  return fromTyped(Float64Array.from(data), "float64", shape);
}

function results(name: "slogdet" | "qr" | "eigh" | "eig" | "svd", x: Value, params: object): readonly Value[] {
  return backend.kernels[primitives[name].index]?.(x, params) as readonly Value[];
}

const { solve, inv, fft, cast, triangularSolve } = operations;

test("matrices of a batch are dealt with one by one, wherever their elements lie", () => {
  const a = matrix([2, 1, 1, 3, 4, 0, 0, 5], [2, 2, 2]);
  const b = matrix([3, 4, 8, 10], [2, 2, 1]);
  expect(solve(a, b).toList()).toEqual([
    [[1], [1]],
    [[2], [2]],
  ]);
  const view = transpose(slice(a, [1, 0, 0], [1, 2, 2], [1, 1, 1]), [0, 2, 1]);
  expect(inv(view).toList()).toEqual([
    [
      [0.25, 0],
      [0, 0.2],
    ],
  ]);
  expect(inv(broadcastTo(view, [3, 2, 2])).shape).toEqual([3, 2, 2]);
});

test("results have the dtype of the matrix", () => {
  const a = cast(matrix([2, 1, 1, 3], [2, 2]), "float32");
  expect(inv(a).dtype).toBe("float32");
  expect(results("eig", a, {}).map(({ dtype }) => dtype)).toEqual(["complex64", "complex64"]);
  expect(results("eigh", cast(a, "complex64"), {}).map(({ dtype }) => dtype)).toEqual(["float32", "complex64"]);
  const wide = matrix([1, 2, 3, 4, 5, 6], [2, 3]);
  expect(results("svd", wide, { full: true }).map(({ shape }) => shape)).toEqual([[2, 2], [2], [3, 3]]);
  expect(results("svd", wide, { full: false }).map(({ shape }) => shape)).toEqual([[2, 2], [2], [2, 3]]);
  expect(results("qr", wide, { mode: "reduced" }).map(({ shape }) => shape)).toEqual([
    [2, 2],
    [2, 3],
  ]);
});

test("empty matrices and batches have results", () => {
  const nothing = matrix([], [0, 0]);
  expect(results("slogdet", nothing, {}).map((each) => each.item())).toEqual([1, 0]);
  expect(inv(matrix([], [0, 2, 2])).shape).toEqual([0, 2, 2]);
  for (const name of ["eigh", "eig", "svd", "qr"] as const) {
    const shapes = results(name, nothing, { full: true, mode: "complete" }).map(({ shape }) => shape);
    expect(shapes.every((shape) => shape.every((length) => length === 0))).toBe(true);
  }
});

test("what is wrong with a matrix is said with its type", () => {
  expect(() => inv(matrix([1, 2, 2, 4], [2, 2]))).toThrow("inv(float64[2,2]): the matrix is singular");
  expect(() => solve(matrix([1, 2], [1, 2]), matrix([1], [1, 1]))).toThrow("solve(float64[1,2], float64[1,1])");
});

test("triangular systems in all forms", () => {
  const a = matrix([2, 5, 1, 4], [2, 2]);
  const b = matrix([4, 6], [2, 1]);
  const solution = (lower: boolean, transposed: boolean, unit: boolean) =>
    triangularSolve(a, b, { lower, transposed, unit }).toList();
  expect(solution(true, false, false)).toEqual([[2], [1]]);
  expect(solution(true, true, false)).toEqual([[1.25], [1.5]]);
  expect(solution(false, false, false)).toEqual([[-1.75], [1.5]]);
  expect(solution(false, true, false)).toEqual([[2], [-1]]);
  expect(solution(true, false, true)).toEqual([[4], [2]]);
});

test("Fourier transforms run along any axis", () => {
  const x = cast(matrix([1, 2, 3, 4], [2, 2]), "complex128");
  const pairs = (value: Value) => operations.real(value).toList();
  expect(pairs(fft(x, 0, false))).toEqual([
    [4, 6],
    [-2, -2],
  ]);
  expect(pairs(fft(transpose(x as NDArray, [1, 0]), 0, true))).toEqual([
    [3, 7],
    [-1, -1],
  ]);
});
