import { ShapeError, evaluate, traceAbstract, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import { typed } from "../../test/typed.ts";
import * as np from "../index.ts";

test("axes are put in another order", () => {
  expect(
    typed(
      np.transpose(
        [
          [1, 2],
          [3, 4],
        ],
        [-1, 0],
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(typed(np.transpose([1, 2], { axes: [0] }))).toEqual(["int64", [1, 2]]);
  expect(
    typed(
      np.matrix_transpose(
        np.array([
          [1, 2],
          [3, 4],
        ]),
      ),
    ),
  ).toEqual([
    "int64",
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(() =>
    np.transpose(
      [
        [1, 2],
        [3, 4],
      ],
      [0],
    ),
  ).toThrow(new ShapeError("transpose(int64[2,2]): [0] does not have its axes"));
  expect(() =>
    np.transpose(
      [
        [1, 2],
        [3, 4],
      ],
      [0, 0],
    ),
  ).toThrow(new RangeError("transpose: axes [0, 0] has one of them twice"));
  expect(() =>
    np.transpose(
      [
        [1, 2],
        [3, 4],
      ],
      [0, 2],
    ),
  ).toThrow(new np.AxisError("transpose: axis 2 is out of bounds for an array of 2 axes"));
  expect(() => np.matrix_transpose(np.array([1, 2]))).toThrow(
    new ShapeError("matrix_transpose(int64[2]): a matrix has at least two axes"),
  );
  expect(() =>
    np.swapaxes(
      [
        [1, 2],
        [3, 4],
      ],
      0,
      2,
    ),
  ).toThrow(new np.AxisError("swapaxes: axis 2 is out of bounds for an array of 2 axes"));
});

test("axes are moved to places of the result", () => {
  expect(typed(np.moveaxis(np.reshape(np.arange(6), [1, 2, 3]), -1, 0))).toEqual([
    "int64",
    [[[0, 3]], [[1, 4]], [[2, 5]]],
  ]);
  expect(typed(np.moveaxis(np.reshape(np.arange(6), [1, 2, 3]), [0, 1], [2, 0]))).toEqual([
    "int64",
    [
      [[0], [1], [2]],
      [[3], [4], [5]],
    ],
  ]);
  expect(typed(np.moveaxis(np.reshape(np.arange(6), [1, 2, 3]), [0, 1], [2, 1]))).toEqual([
    "int64",
    [
      [[0], [3]],
      [[1], [4]],
      [[2], [5]],
    ],
  ]);
  expect(typed(np.moveaxis(np.reshape(np.arange(6), [1, 2, 3]), [2, 0], [0, 1]))).toEqual([
    "int64",
    [[[0, 3]], [[1, 4]], [[2, 5]]],
  ]);
  expect(() => np.moveaxis(np.ones([2, 3, 4]), [0, 1], [2])).toThrow(
    new RangeError("moveaxis: there are not as many destinations as sources"),
  );
  expect(() => np.moveaxis(np.ones([1, 2]), 0, 2)).toThrow(
    new np.AxisError("moveaxis: axis 2 is out of bounds for an array of 2 axes"),
  );
  expect(() => np.moveaxis(np.ones([1, 2]), [0, 0], [0, 1])).toThrow(
    new RangeError("moveaxis: axes [0, 0] has one of them twice"),
  );
});

test("an axis is moved back until it comes before another", () => {
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 2))).toEqual(["int64", [[[0, 3]], [[1, 4]], [[2, 5]]]]);
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 0, 2))).toEqual(["int64", [[[0, 1, 2]], [[3, 4, 5]]]]);
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 0, 3))).toEqual([
    "int64",
    [
      [[0], [1], [2]],
      [[3], [4], [5]],
    ],
  ]);
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 1, 1))).toEqual([
    "int64",
    [
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
  ]);
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 2, -1))).toEqual([
    "int64",
    [
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
  ]);
  expect(typed(np.rollaxis(np.reshape(np.arange(6), [1, 2, 3]), 2, -3))).toEqual([
    "int64",
    [[[0, 3]], [[1, 4]], [[2, 5]]],
  ]);
  expect(() => np.rollaxis(np.ones([1, 2]), 0, 3)).toThrow(new RangeError("rollaxis: start 3 is out of bounds"));
  expect(() => np.rollaxis(np.ones([1, 2]), 0, -3)).toThrow(new RangeError("rollaxis: start -3 is out of bounds"));
});

test("shapes are filled, by rows or by columns", () => {
  expect(typed(np.reshape([1, 2, 3, 4], [2, -1], { order: "F" }))).toEqual([
    "int64",
    [
      [1, 3],
      [2, 4],
    ],
  ]);
  expect(
    typed(
      np.ravel(
        [
          [1, 2],
          [3, 4],
        ],
        "F",
      ),
    ),
  ).toEqual(["int64", [1, 3, 2, 4]]);
  expect(typed(np.reshape([], [0, 2]))).toEqual("float64[0,2]");
  expect(() => np.reshape([1, 2, 3, 4], [-1, -1])).toThrow(
    new ShapeError("reshape(int64[4]): its elements don't fill [-1, -1]"),
  );
  expect(() => np.reshape([1, 2, 3, 4], [3, -1])).toThrow(
    new ShapeError("reshape(int64[4]): its elements don't fill [3, -1]"),
  );
  expect(() => np.reshape([], [0, -1])).toThrow(new ShapeError("reshape(float64[0]): its elements don't fill [0, -1]"));
});

test("axes of length 1 come and go", () => {
  expect(typed(np.squeeze([[[1], [2]]]))).toEqual(["int64", [1, 2]]);
  expect(typed(np.squeeze([[[1], [2]]], 0))).toEqual(["int64", [[1], [2]]]);
  expect(typed(np.expand_dims([1, 2], [0, 2]))).toEqual(["int64", [[[1], [2]]]]);
  expect(typed(np.expand_dims([1, 2], -1))).toEqual(["int64", [[1], [2]]]);
  expect(typed(np.atleast_1d(3))).toEqual(["int64", [3]]);
  expect(typed(np.atleast_3d([1, 2], [[1, 2]]))).toEqual([
    ["int64", [[[1], [2]]]],
    ["int64", [[[1], [2]]]],
  ]);
  expect(typed(np.atleast_3d(np.ones([1, 1, 1, 1])))).toEqual(["float64", [[[[1]]]]]);
  expect(() => np.squeeze([[[1], [2]]], 1)).toThrow(
    new ShapeError("squeeze(int64[1,2,1]): not all of axes [1] have length 1"),
  );
  expect(() => np.expand_dims([1, 2], 3)).toThrow(
    new np.AxisError("expand_dims: axis 3 is out of bounds for an array of 2 axes"),
  );
});

test("arrays are broadcast by NumPy's rule only", () => {
  expect(typed(np.broadcast_to([1, 2], [2, 2]))).toEqual([
    "int64",
    [
      [1, 2],
      [1, 2],
    ],
  ]);
  expect(typed(np.broadcast_arrays([1, 2], [[3], [4]]))).toEqual([
    [
      "int64",
      [
        [1, 2],
        [1, 2],
      ],
    ],
    [
      "int64",
      [
        [3, 3],
        [4, 4],
      ],
    ],
  ]);
  expect(np.broadcast_shapes([1, 2], [3, 1], 2)).toEqual([3, 2]);
  expect(() => np.broadcast_to([1, 2], [3])).toThrow(new ShapeError("broadcastTo: [2] can't be broadcast to [3]"));
  expect(() => np.broadcast_to([1, 2], [-1, 2])).toThrow(new ShapeError("broadcast_to: [-1, 2] has a negative length"));
  expect(() => np.broadcast_to([[1, 2]], [2])).toThrow(new ShapeError("broadcastTo: [1, 2] can't be broadcast to [2]"));
  expect(() => np.broadcast_shapes([2], [3])).toThrow(new ShapeError("shapes [2] and [3] can't be broadcast together"));
  expect(() => np.broadcast_arrays([1, 2], [1, 2, 3])).toThrow(
    new ShapeError("broadcast_arrays(int64[2], int64[3]): shapes can't be broadcast together"),
  );
});

test("what is broadcast may be known by its type only", () => {
  const wide = (x: Value) => np.broadcast_to(x, [2, 3]);
  const [found] = evaluate(
    traceAbstract((x) => [wide(x)], [np.ones(3)], np.backend),
    [np.array([1, 2, 3], "float64")],
  );
  expect(typed(found)).toEqual([
    "float64",
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  ]);
  const run = () => traceAbstract((x) => [wide(x)], [np.ones(2)], np.backend);
  expect(run).toThrow(new ShapeError("broadcast_to(float64[2]): can't be broadcast to [2, 3]"));
});
