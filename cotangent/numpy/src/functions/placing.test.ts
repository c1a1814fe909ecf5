import { AbstractValueError, DTypeError, ShapeError, trace, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

type Elements = Parameters<typeof np.array>[0];

/** The elements of an array after something was written into it. */
function after(elements: Elements, write: (x: np.NDArray) => void): unknown {
  const array = np.asArray(elements);
  write(array);
  return array.toList();
}

const square = [
  [1, 2],
  [3, 4],
];

test("values are put over elements in row-major order, and begin anew where they end", () => {
  expect(after([1, 2, 3], (x) => np.put(x, [0, -1], [7, 8]))).toEqual([7, 2, 8]);
  expect(after([1, 2, 3], (x) => np.put(x, [0, 1, 2], [7, 8]))).toEqual([7, 8, 7]);
  expect(after([1, 2, 3], (x) => np.put(x, [0, 1], []))).toEqual([1, 2, 3]);
  expect(after([1, 2, 3], (x) => np.put(x, [0, 4, -5], [7, 8, 9], "wrap"))).toEqual([7, 9, 3]);
  expect(after([1, 2, 3], (x) => np.put(x, [0, 4, -5], [7, 8, 9], { mode: "clip" }))).toEqual([9, 2, 8]);
  expect(after(square, (x) => np.put(np.getitem(x, ":", 1), 1, 9))).toEqual([
    [1, 2],
    [3, 9],
  ]);
  const x = np.ones(3);
  expect(() => np.put(x, 3, 1)).toThrow(new np.IndexError("put: index 3 is out of bounds for an axis of length 3"));
  expect(() => np.put(x, [0.5], 1)).toThrow(new DTypeError("put: indices are integers, not float64"));
  expect(typed(x)).toEqual(["float64", [1, 1, 1]]);
});

test("a mask takes values of its own places, or one after the other", () => {
  expect(after([1, 2, 3], (x) => np.putmask(x, [false, true, true], [7, 8]))).toEqual([1, 8, 7]);
  expect(after([1, 2, 3], (x) => np.putmask(x, [false, true, true], 1.7))).toEqual([1, 1, 1]);
  expect(after([1, 2, 3], (x) => np.putmask(x, [false, true, true], []))).toEqual([1, 2, 3]);
  expect(after([1, 2, 3], (x) => np.place(x, [true, false, true], [7, 8, 9]))).toEqual([7, 2, 8]);
  expect(after([1, 2, 3], (x) => np.place(x, [true, true, true], [7, 8]))).toEqual([7, 8, 7]);
  expect(after([1, 2, 3], (x) => np.place(x, [false, false, false], []))).toEqual([1, 2, 3]);
});

test("a mask of another size, and one without values, are refused", () => {
  const x = np.ones(3);
  expect(() => np.place(x, [true, false, true], [])).toThrow(new ShapeError("place: there are no values to put in"));
  expect(() => np.place(x, [true, false], 7)).toThrow(new ShapeError("place(float64[3], bool[2]): sizes differ"));
  expect(() => np.putmask(x, [true, false], 7)).toThrow(new ShapeError("putmask(float64[3], bool[2]): sizes differ"));
  expect(typed(x)).toEqual(["float64", [1, 1, 1]]);
});

test("each row has places of its own", () => {
  const put = (indices: Elements, values: Elements, axis: number | null) =>
    after(square, (x) => np.put_along_axis(x, indices, values, axis));
  expect(put([[0], [1]], 9, 1)).toEqual([
    [9, 2],
    [3, 9],
  ]);
  expect(put([[0, 1]], [[8, 9]], 0)).toEqual([
    [8, 2],
    [3, 9],
  ]);
  expect(
    put(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [5, 6],
        [7, 8],
      ],
      -1,
    ),
  ).toEqual([
    [6, 5],
    [7, 8],
  ]);
  expect(put([0, 3], [7, 8], null)).toEqual([
    [7, 2],
    [3, 8],
  ]);
  expect(put([0, 3], 7, null)).toEqual([
    [7, 2],
    [3, 7],
  ]);
});

test("places of rows must be integers in range, of as many axes as the array, and fit the values", () => {
  const put = (indices: Elements, values: Elements, axis: number | null) => () =>
    np.put_along_axis(np.ones([2, 2]), indices, values, axis);
  expect(put([0, 1], 9, 1)).toThrow(
    new ShapeError("put_along_axis(float64[2,2], int64[2]): both must have as many axes"),
  );
  expect(put([[0]], 9, null)).toThrow(
    new ShapeError("put_along_axis(float64[2,2], int64[1,1]): both must have as many axes"),
  );
  expect(put([0, 3, 1], [7, 8], null)).toThrow(new ShapeError("broadcastTo: [2] can't be broadcast to [3]"));
  expect(put([[0, 2]], 9, 1)).toThrow(
    new np.IndexError("put_along_axis: index 2 is out of bounds for an axis of length 2"),
  );
  expect(put([[0.5]], 9, 1)).toThrow(new np.IndexError("put_along_axis: indices are integers, not float64"));
});

test("a diagonal is filled with a value or with values in turn, and may begin anew", () => {
  const fill = (elements: Elements, values: Elements, options?: boolean | { readonly wrap?: boolean }) =>
    after(elements, (x) => np.fill_diagonal(x, values, options));
  const tall = np.reshape(np.arange(10), [5, 2]).toList() as number[][];
  const zeros = np.zeros([3, 3], "int64").toList() as number[][];
  expect(fill([[1, 2, 3]], 9)).toEqual([[9, 2, 3]]);
  expect(fill(tall, 9)).toEqual([[9, 1], [2, 9], ...tall.slice(2)]);
  expect(fill(tall, 9, { wrap: true })).toEqual([
    [9, 1],
    [2, 9],
    [4, 5],
    [9, 7],
    [8, 9],
  ]);
  expect(fill(tall, 9, true)).toEqual(fill(tall, 9, { wrap: true }));
  expect(fill(zeros, [7, 8])).toEqual([
    [7, 0, 0],
    [0, 8, 0],
    [0, 0, 7],
  ]);
  expect(fill(square, [])).toEqual(square);
  expect(fill([square, square], 9)).toEqual([
    [
      [9, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [3, 9],
    ],
  ]);
});

test("only arrays of two axes, or of more axes of one length, have a diagonal to fill", () => {
  expect(() => np.fill_diagonal(np.ones(2), 9)).toThrow(
    new ShapeError("fill_diagonal(float64[2]): takes arrays of two or more axes"),
  );
  expect(() => np.fill_diagonal(np.ones([1, 2, 2]), 9)).toThrow(
    new ShapeError("fill_diagonal(float64[1,2,2]): not all axes are of one length"),
  );
});

test("elements are copied where a mask is true", () => {
  expect(after([1, 2, 3], (x) => np.copyto(x, [7, 8, 9], { where: [true, false, true] }))).toEqual([7, 2, 9]);
  expect(after([1, 2, 3], (x) => np.copyto(x, 5, { where: false }))).toEqual([1, 2, 3]);
  expect(after(square, (x) => np.copyto(x, [8, 9]))).toEqual([
    [8, 9],
    [8, 9],
  ]);
  expect(() => np.copyto(np.ones(3), 5, { where: [true, false] })).toThrow(ShapeError);
});

test("elements are copied to another kind of dtype only where that is asked for", () => {
  expect(() => np.copyto(np.zeros(2, "int8"), [1.5, 2.5])).toThrow(
    new DTypeError('copyto(int8[2]): float64 can\'t be cast to int8 by the rule "same_kind"'),
  );
  expect(() => np.copyto(np.zeros(2, "int8"), 1.5)).toThrow(DTypeError);
  expect(() => np.copyto(np.zeros(2, "bool"), 1)).toThrow(DTypeError);
  expect(() => np.copyto(np.zeros(2, "int8"), np.ones(2, "int16"), { casting: "safe" })).toThrow(DTypeError);
  const bytes = np.zeros(2, "uint8");
  np.copyto(bytes, [1.5, 2.5], { casting: "unsafe" });
  expect(typed(bytes)).toEqual(["uint8", [1, 2]]);
  np.copyto(bytes, 7);
  expect(typed(bytes)).toEqual(["uint8", [7, 7]]);
});

test("only an array in memory is written into", () => {
  const message = "put: only an array in memory can be written into; for others there is set_at";
  expect(() => np.put([1, 2], 0, 7)).toThrow(new AbstractValueError(message));
  const put = trace((x: Value) => np.put(x, 0, 7));
  expect(() => put(np.ones(2))).toThrow(new AbstractValueError(message));
});
