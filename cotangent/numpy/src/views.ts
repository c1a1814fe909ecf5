// Arrays that are other ways to look at an array's elements. Nothing is copied but by `reshape` where it must.
import { realDType, sameShape, ShapeError, sizeOf, type Shape } from "@cotangent/core";
import { asContiguous } from "./copies.ts";
import { isRowMajor, rowMajor } from "./layout.ts";
import { NDArray } from "./ndarray.ts";

/** A view of the array's storage. */
export function viewOf(array: NDArray, shape: Shape, strides: readonly number[], offset: number): NDArray {
  const isContiguous = isRowMajor(shape, strides);
  return new NDArray(array.storage, array.dtype, shape, strides, offset, sizeOf(shape), isContiguous);
}

/** The elements in row-major order under another shape: a view where strides allow it, else a copy. */
export function reshape(array: NDArray, shape: Shape): NDArray {
  if (sizeOf(shape) !== array.size) {
    throw new ShapeError(
      `reshape: ${array.size} elements of [${array.shape.join(", ")}] don't fill [${shape.join(", ")}]`,
    );
  }
  if (sameShape(array.shape, shape)) return array;
  const strides = array.isContiguous ? rowMajor(shape) : reshapedStrides(array, shape);
  if (strides === null) return reshape(asContiguous(array), shape);
  return new NDArray(array.storage, array.dtype, shape, strides, array.offset, array.size, array.isContiguous);
}

/** Strides under the new shape, or null where there are none: groups of axes must split and join within themselves. */
function reshapedStrides(array: NDArray, shape: Shape): readonly number[] | null {
  if (array.size === 0) return rowMajor(shape);
  const axes = array.shape.flatMap((length, axis) =>
    length === 1 ? [] : [{ length, stride: array.strides[axis] ?? 0 }],
  );
  const strides: number[] = shape.map(() => 0);
  let axis = shape.length - 1;
  for (let own = axes.length - 1; own >= 0;) {
    const innermost = axes[own]?.stride ?? 0;
    let size = axes[own]?.length ?? 1;
    let wanted = 1;
    const last = axis;
    while (axis >= 0 && wanted < size) wanted *= shape[axis--] ?? 1;
    own--;
    while (wanted !== size) {
      if (wanted < size) {
        wanted *= shape[axis--] ?? 1;
      } else {
        const outer = axes[own--];
        if (outer === undefined || outer.stride !== innermost * size) return null;
        size *= outer.length;
      }
    }
    let stride = innermost;
    for (let each = last; each > axis; each--) {
      strides[each] = stride;
      stride *= shape[each] ?? 1;
    }
  }
  return strides;
}

/** Axis i of the result is axis permutation[i] of the array. */
export function transpose(array: NDArray, permutation: readonly number[]): NDArray {
  const shape = permutation.map((axis) => array.shape[axis] ?? 1);
  const strides = permutation.map((axis) => array.strides[axis] ?? 0);
  return viewOf(array, shape, strides, array.offset);
}

/** Elements start, start + step, … (length of them) of each axis. */
export function slice(array: NDArray, start: readonly number[], length: Shape, step: readonly number[]): NDArray {
  let { offset } = array;
  const strides = array.strides.map((stride, axis) => {
    if (length[axis] !== 0) offset += stride * (start[axis] ?? 0);
    return stride * (step[axis] ?? 1);
  });
  return viewOf(array, length, strides, offset);
}

/** The array repeated, with stride 0, along the new axes and those of length 1 that grow. */
export function broadcast(array: NDArray, shape: Shape, axes: readonly number[]): NDArray {
  let own = 0;
  const strides = shape.map((length, axis) => {
    if (axes.includes(axis)) return 0;
    const [from, stride] = [array.shape[own] ?? 1, array.strides[own] ?? 0];
    own++;
    return from === 1 && length !== 1 ? 0 : stride;
  });
  return viewOf(array, shape, strides, array.offset);
}

/** The array as NumPy broadcasts it: shapes are aligned at their ends. @throws ShapeError where it can't be. */
export function broadcastTo(array: NDArray, shape: Shape): NDArray {
  const missing = shape.length - array.shape.length;
  const fits = missing >= 0 && array.shape.every((length, axis) => length === 1 || length === shape[axis + missing]);
  if (!fits) {
    throw new ShapeError(`broadcastTo: [${array.shape.join(", ")}] can't be broadcast to [${shape.join(", ")}]`);
  }
  return broadcast(array, shape, firstAxes(missing));
}

/** 0, 1, … up to a number of axes. */
export function firstAxes(count: number): readonly number[] {
  const axes: number[] = [];
  for (let axis = 0; axis < count; axis++) axes.push(axis);
  return axes;
}

/** The shape that all of these are broadcast to. @throws ShapeError where there is none. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape {
  const [first, second] = shapes;
  if (first !== undefined && second !== undefined && shapes.length === 2 && sameShape(first, second)) return first;
  const result: number[] = [];
  for (const shape of shapes) {
    for (let back = 1; back <= shape.length; back++) {
      const length = shape.at(-back) ?? 1;
      const known = result[back - 1] ?? 1;
      if (known !== 1 && length !== 1 && known !== length) {
        throw new ShapeError(
          `shapes ${shapes.map((each) => `[${each.join(", ")}]`).join(" and ")} can't be broadcast together`,
        );
      }
      result[back - 1] = known === 1 ? length : known;
    }
  }
  return result.toReversed();
}

/** The real parts, of a complex array as a view. */
export function realView(array: NDArray): NDArray {
  return partView(array, 0);
}

/** The imaginary parts of a complex array, as a view. */
export function imagView(array: NDArray): NDArray {
  return partView(array, 1);
}

function partView(array: NDArray, part: 0 | 1): NDArray {
  const dtype = realDType(array.dtype);
  if (dtype === array.dtype) return array;
  const strides = array.strides.map((stride) => 2 * stride);
  const isContiguous = isRowMajor(array.shape, strides);
  return new NDArray(array.storage, dtype, array.shape, strides, 2 * array.offset + part, array.size, isContiguous);
}
