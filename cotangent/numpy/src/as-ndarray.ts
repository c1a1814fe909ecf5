// Values as arrays of this library.
import { AbstractValueError, type Value } from "@cotangent/core";
import { NDArray } from "./ndarray.ts";

/** The value as an array of this library. @throws AbstractValueError where it is none. */
export function asNDArray(value: Value): NDArray {
  if (value instanceof NDArray) return value;
  throw new AbstractValueError(
    `a ${value.dtype}[${value.shape.join(",")}] that is traced, or of another library, has no elements here`,
  );
}
