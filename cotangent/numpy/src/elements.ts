// Elements one by one, as JavaScript has them.
import type { Complex, DType, NestedList, Scalar } from "@cotangent/core";
import { isBig, kindOf, type BigArray, type NumberArray, type TypedArray } from "./dtype.ts";
import type { NDArray } from "./ndarray.ts";

/** The element at a place: a bigint only where a number is too small for it. */
export function readElement(data: TypedArray, dtype: DType, place: number): Scalar {
  if (isBig(dtype)) return readInteger((data as BigArray)[place] ?? 0n);
  const numbers = data as NumberArray;
  const kind = kindOf(dtype);
  if (kind === "complex") return { re: numbers[2 * place] ?? Number.NaN, im: numbers[2 * place + 1] ?? Number.NaN };
  const value = numbers[place] ?? Number.NaN;
  return kind === "bool" ? value !== 0 : value;
}

function readInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Writes an element, converted to the dtype as NumPy's `astype` does. */
export function writeElement(data: TypedArray, dtype: DType, place: number, value: Scalar): void {
  if (isBig(dtype)) (data as BigArray)[place] = toBigInt(value);
  else {
    const numbers = data as NumberArray;
    const kind = kindOf(dtype);
    if (kind === "complex") {
      const { re, im } = toComplex(value);
      numbers[2 * place] = re;
      numbers[2 * place + 1] = im;
    } else numbers[place] = toNumber(kind, value);
  }
}

function toNumber(kind: string, value: Scalar): number {
  if (kind === "bool") return isTrue(value) ? 1 : 0;
  if (typeof value === "bigint") return Number(kind === "float" ? value : BigInt.asIntN(32, value));
  return typeof value === "object" ? value.re : Number(value);
}

function isTrue(value: Scalar): boolean {
  return typeof value === "object"
    ? value.re !== 0 || value.im !== 0
    : typeof value === "number"
      ? value !== 0
      : Boolean(value);
}

/** The integer part of a scalar; the smallest int64 for what is none, as processors say it. */
export function toBigInt(value: Scalar): bigint {
  if (typeof value === "bigint") return value;
  const number = typeof value === "object" ? value.re : Number(value);
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : -(2n ** 63n);
}

export function toComplex(value: Scalar): Complex {
  return typeof value === "object" ? value : { re: Number(value), im: 0 };
}

/** The array's elements in row-major order. */
export function elementsOf(array: NDArray): Scalar[] {
  const elements: Scalar[] = [];
  collect(array, 0, array.offset, elements);
  return elements;
}

function collect(array: NDArray, axis: number, place: number, into: Scalar[]): void {
  const { data, dtype, shape, strides } = array;
  const length = shape[axis];
  if (length === undefined) {
    into.push(readElement(data, dtype, place));
    return;
  }
  for (let index = 0; index < length; index++) collect(array, axis + 1, place + index * (strides[axis] ?? 0), into);
}

/** The array's elements as nested lists. */
export function listOf(array: NDArray): NestedList {
  return nest(array, 0, array.offset);
}

function nest(array: NDArray, axis: number, place: number): NestedList {
  const { data, dtype, shape, strides } = array;
  const length = shape[axis];
  if (length === undefined) return readElement(data, dtype, place);
  const stride = strides[axis] ?? 0;
  return Array.from({ length }, (_, index) => nest(array, axis + 1, place + index * stride));
}
