import { rowsOf, ShapeError, trace, type Value } from "@cotangent/core";
import { expect, test } from "vitest";
import * as np from "../index.ts";

/** An array whose elements only its own library knows. */
class Elsewhere implements Value {
  readonly shape = [2];
  readonly dtype = "float64";
  readonly ndim = 1;
  readonly size = 2;
  readonly trace = null;
  readonly backend = { ...np.backend, name: "another" };

  item(): number {
    return 0;
  }

  toList(): number[] {
    return [0, 0];
  }

  [Symbol.iterator](): Iterator<Value> {
    return rowsOf(this);
  }
}

test("elements of another library's arrays can't be read", () => {
  const message = "a float64[2] of another library";
  expect(() => trace((x: Value) => np.array_str(x))(new Elsewhere())).toThrow(new TypeError(message));
  expect(() => trace((x: Value) => np.roots(x))(new Elsewhere())).toThrow(new TypeError(message));
});

test("shapes that can't be broadcast together are named with the function", () => {
  expect(() => np.isclose(np.ones([2, 3]), np.ones(2))).toThrow(
    new ShapeError("isclose(float64[2,3], float64[2]): shapes can't be broadcast together"),
  );
});
