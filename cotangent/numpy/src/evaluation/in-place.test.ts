import { expect, test } from "vitest";
import { asArray } from "../as-array.ts";
import { converted, copy } from "../copies.ts";
import type { NDArray } from "../ndarray.ts";
import { reshape, slice, transpose } from "../views.ts";
import { binaryTable } from "./binary.ts";
import { addDotTo, addEmbeddedTo, addTo } from "./in-place.ts";
import { productTable } from "./products.ts";
import { shapeTable } from "./shape.ts";

const dtypes = ["float64", "float32", "int64", "complex128"] as const;

function ramp(shape: readonly number[], dtype: (typeof dtypes)[number], factor = 1): NDArray {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, place) => (place + 1) * factor);
  return copy(converted(reshape(asArray(values, "float64"), shape), dtype));
}

for (const dtype of dtypes) {
  test.each([[[40]], [[3]], [[4, 5, 6]]])(
    `an addend is added, to an array as it is and turned round, of ${dtype}`,
    (shape) => {
      const order = shape.map((_, axis) => shape.length - 1 - axis);
      const addend = ramp(shape, dtype, 100);
      for (const [sum, other] of [
        [ramp(shape, dtype), addend],
        [transpose(ramp(shape, dtype), order), copy(transpose(addend, order))],
      ] as const) {
        const expected = binaryTable.add(sum, other).toList();
        expect(addTo(sum, other).toList()).toEqual(expected);
      }
    },
  );

  test.each([
    [[20], [3], [1], [10]],
    [[60], [1], [3], [18]],
    [[60], [59], [-2], [20]],
    [
      [6, 20],
      [1, 0],
      [2, 1],
      [3, 20],
    ],
    [
      [6, 20],
      [0, 5],
      [1, 1],
      [6, 12],
    ],
    [[5], [1], [1], [3]],
  ])(`what lies in %j from %j by %j is added there, of ${dtype}`, (shape, start, step, length) => {
    const [sum, addend] = [ramp(shape, dtype), ramp(length, dtype, 100)];
    const expected = binaryTable.add(sum, shapeTable.embed(addend, { start, step, shape })).toList();
    expect(addEmbeddedTo(sum, addend, start, step)).toBe(sum);
    expect(sum.toList()).toEqual(expected);
  });

  test.each([
    [12, 9, 7],
    [2, 3, 2],
    [1, 40, 50],
    [40, 1, 50],
  ])(`a product of %d rows and %d columns over %d is added, of ${dtype}`, (rows, columns, size) => {
    const [x, y] = [ramp([rows, size], dtype), ramp([size, columns], dtype)];
    const [contract, batch] = [[[1], [0]] as const, [[], []] as const];
    const product = productTable.dot(x, y, { contract, batch });
    for (const sum of [ramp([rows, columns], dtype), transpose(ramp([columns, rows], dtype), [1, 0])]) {
      const expected = binaryTable.add(sum, product).toList();
      expect(addDotTo(sum, x, y, contract, batch).toList()).toEqual(expected);
    }
  });
}

test("a sum without gaps is added to in its own memory", () => {
  const [sum, x] = [ramp([12, 12], "float64"), ramp([12, 12], "float64")];
  const whole = slice(sum, [0, 0], [12, 12], [1, 1]);
  expect(addTo(sum, x)).toBe(sum);
  expect(addDotTo(sum, x, x, [[1], [0]], [[], []])).toBe(sum);
  expect(whole.toList()).toEqual(sum.toList());
});
