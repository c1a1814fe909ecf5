// Arrays of the backend that tests bring: elements in a list, in row-major order.
import {
  iterateRows,
  sizeOf,
  type Backend,
  type DType,
  type NestedList,
  type Scalar,
  type Shape,
  type Value,
} from "../src/index.ts";
import { tinyBackend } from "./tiny-backend.ts";

/** An array of any dtype. Arithmetic is done on float64, bool and int64 alone. */
export class TinyArray implements Value {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: readonly Scalar[];
  declare readonly [Symbol.iterator]: () => Iterator<Value>;

  constructor(shape: Shape, dtype: DType, data: readonly Scalar[]) {
    if (data.length !== sizeOf(shape)) throw new RangeError(`${data.length} elements for [${shape.join(",")}]`);
    this.shape = shape;
    this.dtype = dtype;
    this.data = data;
  }

  get ndim(): number {
    return this.shape.length;
  }

  get size(): number {
    return this.data.length;
  }

  get trace(): null {
    return null;
  }

  get backend(): Backend {
    return tinyBackend;
  }

  item(): Scalar {
    const [only] = this.data;
    if (only === undefined || this.data.length > 1) throw new RangeError(`item of ${this.data.length} elements`);
    return only;
  }

  toList(): NestedList {
    return nest(this.shape, this.data);
  }

  toString(): string {
    return tinyBackend.show(this);
  }

  static {
    iterateRows(this.prototype);
  }
}

function nest(shape: Shape, data: readonly Scalar[]): NestedList {
  const [length, ...rest] = shape;
  if (length === undefined) return data[0] ?? 0;
  const size = sizeOf(rest);
  return Array.from({ length }, (_, row) => nest(rest, data.slice(row * size, (row + 1) * size)));
}

/** The elements for arithmetic: true is 1. */
export function numbersOf(value: Value): readonly number[] {
  return tinyOf(value).data.map(Number);
}

/** @throws TypeError for arrays of another backend, and traced ones, which no kernel may meet. */
export function tinyOf(value: Value): TinyArray {
  if (value instanceof TinyArray) return value;
  throw new TypeError("no array of the tiny backend");
}

/** An array from what arithmetic gave. */
export function fromNumbers(shape: Shape, dtype: DType, numbers: readonly number[]): TinyArray {
  return new TinyArray(
    shape,
    dtype,
    numbers.map((each) => elementOf(each, dtype)),
  );
}

/** A number as an element of the dtype. */
export function elementOf(raw: Scalar, dtype: DType): Scalar {
  if (typeof raw === "object" || typeof raw === "bigint") return raw;
  if (dtype === "bool") return Boolean(raw);
  if (dtype.includes("int")) return wholeOf(Number(raw));
  if (dtype.startsWith("complex")) return { re: Number(raw), im: 0 };
  return Number(raw);
}

/** Integers wrap around where numbers end to be exact. Adding zero makes -0, which integers don't have, 0. */
function wholeOf(number: number): number {
  if (!Number.isFinite(number)) return 0;
  const whole = Math.trunc(number) + 0;
  return Number.isSafeInteger(whole) ? whole : Number(BigInt.asIntN(53, BigInt(whole)));
}
