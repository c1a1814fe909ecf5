// Indices of which only the type is known: what they stand for is worked out when the program runs.
import { evaluate, traceAbstract, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

/** The result of a function that was traced by the types of its arguments alone. */
function run(f: (...args: Value[]) => Value, ...args: readonly Value[]): unknown {
  const [found] = evaluate(
    traceAbstract((...operands) => [f(...operands)], args, np.backend),
    args,
  );
  return typed(found);
}

const x = np.array(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "float64",
);

test("indices count from the end where they are negative", () => {
  expect(run((i) => np.take(x, i), np.array([-1, 0, -6]))).toEqual(["float64", [6, 1, 1]]);
  expect(run((i) => np.take(x, i, 1), np.array([[0, -1]]))).toEqual(["float64", [[[1, 3]], [[4, 6]]]]);
  expect(run((i) => np.getitem(x, 1, i), np.array([2, -3]))).toEqual(["float64", [6, 4]]);
  expect(run((i) => np.take_along_axis(x, i, 1), np.array([[-1], [1]]))).toEqual(["float64", [[3], [5]]]);
});

test("indices out of range are the nearest ones, or counted round", () => {
  const indices = np.array([-7, -1, 0, 5, 6, 8]);
  expect(run((i) => np.take(x, i, { mode: "clip" }), indices)).toEqual(["float64", [1, 1, 1, 6, 6, 6]]);
  expect(run((i) => np.take(x, i, { mode: "wrap" }), indices)).toEqual(["float64", [6, 6, 1, 6, 1, 3]]);
});

test("indices along several axes choose elements together", () => {
  const choose = (i: Value, j: Value) => np.getitem(x, i, j);
  expect(run(choose, np.array([0, -1]), np.array([-1, 0]))).toEqual(["float64", [3, 4]]);
  expect(run(choose, np.array([[0], [1]]), np.array([0, 2]))).toEqual([
    "float64",
    [
      [1, 3],
      [4, 6],
    ],
  ]);
  const ravel = (i: Value, j: Value) => np.ravel_multi_index([i, j], [2, 3]);
  expect(run(ravel, np.array([1, 0]), np.array([2, 1]))).toEqual(["int64", [5, 1]]);
  expect(run((i) => np.choose(i, [x, np.zeros(3)]), np.array([0, 1, 0]))).toEqual([
    "float64",
    [
      [1, 0, 3],
      [4, 0, 6],
    ],
  ]);
});

test("truth values and small integers are indices", () => {
  expect(run((i) => np.take(x, i), np.array([2, 5], "uint8"))).toEqual(["float64", [3, 6]]);
  expect(run((i) => np.take(x, i), np.array([true, false]))).toEqual(["float64", [2, 1]]);
});
