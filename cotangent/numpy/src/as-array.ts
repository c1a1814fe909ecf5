// Arrays from what a program's author may write in their place.
import { ShapeError, type Complex, type DType, type NestedList, type Scalar, type Shape } from "@cotangent/core";
import { converted } from "./copies.ts";
import { defaultDTypes, integerRange, kindOf, resultType, type TypedArray, type WeakKind } from "./dtype.ts";
import { writeElement } from "./elements.ts";
import { allocate, fromTyped, NDArray, scalar } from "./ndarray.ts";

/** What stands for an array: an array, a scalar, nested lists of both, a typed array. */
export type ArrayLike = NDArray | Scalar | TypedArray | readonly ArrayLike[];

/**
 * The array that `raw` stands for, in this dtype if one is given.
 *
 * @param name the function that takes it, for messages
 * @throws TypeError for what stands for none.
 */
export function asArray(raw: unknown, dtype?: DType, name?: string): NDArray {
  const array = toArray(raw, dtype);
  if (array === undefined) {
    const where = name === undefined ? "" : `${name}: `;
    throw new TypeError(`${where}${describe(raw)} is not an array, a number or a list of such`);
  }
  return dtype === undefined || array.dtype === dtype ? array : converted(array, dtype);
}

/** The array that `raw` stands for, if it stands for one. @throws ShapeError for lists that are no rectangle. */
export function toArray(raw: unknown, dtype?: DType): NDArray | undefined {
  if (raw instanceof NDArray) return raw;
  const kind = weakKindOf(raw);
  if (kind !== undefined) return scalar(fittingInto(dtype)(raw as Scalar), dtype ?? defaultDTypeOf(kind, raw));
  if (Array.isArray(raw)) return fromList(raw, dtype);
  const typed = dtypeOfTyped(raw);
  return typed === undefined ? undefined : fromTyped(raw as TypedArray, typed, [(raw as TypedArray).length]);
}

/**
 * The kind of a JavaScript scalar, if it is one: numbers without a fraction are integers. -0 is a float, and so are
 * numbers beyond all integer dtypes.
 */
export function weakKindOf(raw: unknown): WeakKind | undefined {
  if (typeof raw === "number") return isWhole(raw) ? "int" : "float";
  if (typeof raw === "boolean") return "bool";
  if (typeof raw === "bigint") return "int";
  return isComplexScalar(raw) ? "complex" : undefined;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value) && !Object.is(value, -0) && Math.abs(value) < 2 ** 64;
}

export function isComplexScalar(raw: unknown): raw is Complex {
  return typeof raw === "object" && raw !== null && "re" in raw && "im" in raw && typeof raw.re === "number";
}

/** Integers that int64 can't hold are uint64, and beyond those floats. */
function defaultDTypeOf(kind: WeakKind, raw: unknown): DType {
  if (kind !== "int") return defaultDTypes[kind];
  const value = raw as number | bigint;
  return value < 2 ** 63 && value >= -(2 ** 63) ? "int64" : value > 0 && value < 2 ** 64 ? "uint64" : "float64";
}

/** The dtype of a typed array's elements. */
export function dtypeOfTyped(raw: unknown): DType | undefined {
  if (raw instanceof Float64Array) return "float64";
  if (raw instanceof Float32Array) return "float32";
  if (raw instanceof Int32Array) return "int32";
  if (raw instanceof Uint8Array || raw instanceof Uint8ClampedArray) return "uint8";
  if (raw instanceof BigInt64Array) return "int64";
  if (raw instanceof BigUint64Array) return "uint64";
  if (raw instanceof Uint32Array) return "uint32";
  if (raw instanceof Int16Array) return "int16";
  if (raw instanceof Uint16Array) return "uint16";
  return raw instanceof Int8Array ? "int8" : undefined;
}

function fromList(list: readonly unknown[], dtype: DType | undefined): NDArray {
  const leaves: (Scalar | NDArray)[] = [];
  const shape = flatten(list, leaves);
  const result = allocate(shape, dtype ?? dtypeOfLeaves(leaves));
  const fitting = fittingInto(dtype);
  let place = 0;
  for (const leaf of leaves) {
    if (leaf instanceof NDArray) {
      for (const element of flatElements(leaf.toList())) writeElement(result.data, result.dtype, place++, element);
    } else writeElement(result.data, result.dtype, place++, fitting(leaf));
  }
  return result;
}

const itself = (value: Scalar): Scalar => value;

/** Gives scalars that a dtype that was asked for can hold, but for fractions and digits, and refuses others. */
function fittingInto(dtype: DType | undefined): (value: Scalar) => Scalar {
  const kind = dtype === undefined ? "complex" : kindOf(dtype);
  if (dtype === undefined || kind === "complex" || kind === "bool") return itself;
  const [low, high] = integerRange(dtype);
  return (value) => {
    if (typeof value === "object") throw new TypeError(`the complex number ${value.re} + ${value.im}i is no ${dtype}`);
    if (kind === "float" || typeof value === "boolean") return value;
    const whole = typeof value === "number" ? Math.trunc(value) : value;
    if (!(whole >= low && whole <= high)) throw new RangeError(`the integer ${whole} is out of bounds for ${dtype}`);
    return value;
  };
}

function flatElements(list: NestedList): readonly Scalar[] {
  return Array.isArray(list) ? (list.flat(Infinity) as Scalar[]) : [list as Scalar];
}

/** Adds the list's leaves and gives its shape. */
function flatten(list: readonly unknown[], leaves: (Scalar | NDArray)[]): Shape {
  let inner: Shape | undefined;
  for (const each of list) {
    const shape = Array.isArray(each) ? flatten(each, leaves) : leafShape(each, leaves);
    if (
      inner !== undefined &&
      (inner.length !== shape.length || inner.some((length, axis) => length !== shape[axis]))
    ) {
      throw new ShapeError(`lists of shapes [${inner.join(", ")}] and [${shape.join(", ")}] make no array`);
    }
    inner = shape;
  }
  return [list.length, ...(inner ?? [])];
}

function leafShape(raw: unknown, leaves: (Scalar | NDArray)[]): Shape {
  if (weakKindOf(raw) !== undefined) {
    leaves.push(raw as Scalar);
    return [];
  }
  const array = toArray(raw);
  if (array === undefined) throw new TypeError(`a list with ${describe(raw)} in it makes no array`);
  leaves.push(array);
  return array.shape;
}

function dtypeOfLeaves(leaves: readonly (Scalar | NDArray)[]): DType {
  const dtypes = new Set<DType>();
  for (const leaf of leaves) {
    const kind = weakKindOf(leaf);
    dtypes.add(kind === undefined ? (leaf as NDArray).dtype : defaultDTypeOf(kind, leaf));
  }
  return dtypes.size === 0 ? "float64" : resultType([...dtypes]);
}

function describe(raw: unknown): string {
  if (raw === null || raw === undefined) return String(raw);
  return typeof raw === "object" ? `an object of ${raw.constructor?.name ?? "no class"}` : `a ${typeof raw}`;
}
