// The arrays themselves: elements in memory, and how shape and strides lay over them.
import {
  inspectKey,
  iterateRows,
  sizeOf,
  textOnly,
  type Backend,
  type DType,
  type NestedList,
  type Scalar,
  type Shape,
  type Value,
} from "@cotangent/core";
import { backend } from "./backend.ts";
import { dtypeInfo, isBig, type BigArray, type NumberArray, type TypedArray } from "./dtype.ts";
import { listOf, readElement, writeElement } from "./elements.ts";
import { rowMajor } from "./layout.ts";
import { Block } from "./memory/block.ts";
import { entriesFor, thePool } from "./memory/pool.ts";

/** Where the elements of arrays are: a block of the pool, or (few elements, or those of a program's) a typed array. */
export type Storage = TypedArray | Block;

/**
 * An array with NumPy's semantics. Strides and offset count elements (not bytes; a complex element counts once) and
 * strides may be negative, or 0 where an axis repeats. A view shares its storage with the array that it is of.
 */
export class NDArray implements Value {
  // Declared: fields are written once, by the constructor.
  declare readonly dtype: DType;
  declare readonly shape: Shape;
  declare readonly strides: readonly number[];
  declare readonly offset: number;
  declare readonly size: number;
  declare readonly storage: Storage;
  /** Elements lie in row-major order without gaps. */
  declare readonly isContiguous: boolean;
  declare readonly [Symbol.iterator]: () => Iterator<Value>;

  constructor(
    storage: Storage,
    dtype: DType,
    shape: Shape,
    strides: readonly number[],
    offset: number,
    size: number,
    isContiguous: boolean,
  ) {
    this.storage = storage;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.size = size;
    this.isContiguous = isContiguous;
  }

  get ndim(): number {
    return this.shape.length;
  }

  get backend(): Backend {
    return backend;
  }

  get trace(): null {
    return null;
  }

  /**
   * The whole storage, of which this array may be a part: its first element is at `offset` (twice that if complex).
   * Parts of it (`subarray`) don't keep the storage alive; the array and this typed array do.
   */
  get data(): TypedArray {
    const { storage } = this;
    // Quicker than to ask for a block: engines know what a typed array is.
    return ArrayBuffer.isView(storage) ? storage : storage.data;
  }

  /** An element by its indices, all of which must be in range. */
  at(...indices: readonly number[]): Scalar {
    let place = this.offset;
    for (let axis = 0; axis < indices.length; axis++) place += (indices[axis] ?? 0) * (this.strides[axis] ?? 0);
    return readElement(this.data, this.dtype, place);
  }

  item(): Scalar {
    if (this.size !== 1) throw new RangeError(`item: an array of shape [${this.shape.join(", ")}] is not one element`);
    return readElement(this.data, this.dtype, this.offset);
  }

  toList(): NestedList {
    return listOf(this);
  }

  /** As NumPy would write it: `array([1., 2.])`. */
  toString(): string {
    return backend.show(this);
  }

  toJSON(): NestedList {
    return listOf(this);
  }

  [inspectKey](): string {
    return this.toString();
  }

  static {
    iterateRows(this.prototype);
  }

  /** @throws OperatorError where more than text is wanted. */
  [Symbol.toPrimitive](hint: string): string {
    return textOnly(this, hint);
  }
}

/** An array of zeros, in row-major order. */
export function allocate(shape: Shape, dtype: DType): NDArray {
  const array = uninitialized(shape, dtype);
  if (array.storage instanceof Block) thePool().clear(array.storage, dtypeInfo[dtype].TypedArray);
  return array;
}

/** An array in row-major order whose elements may be anything until they are written. */
export function uninitialized(shape: Shape, dtype: DType): NDArray {
  const size = sizeOf(shape);
  // Half an element more would be written over what follows in memory.
  if (!Number.isInteger(size)) throw new RangeError(`${dtype}[${shape.join(",")}]: axes have whole lengths`);
  const { TypedArray, lanes } = dtypeInfo[dtype];
  return new NDArray(entriesFor(size * lanes, TypedArray), dtype, shape, rowMajor(shape), 0, size, true);
}

/** The array whose elements are those of a typed array, which it keeps. @throws RangeError when their number differs. */
export function fromTyped(data: TypedArray, dtype: DType, shape: Shape): NDArray {
  const size = sizeOf(shape);
  if (size * dtypeInfo[dtype].lanes !== data.length) {
    throw new RangeError(`${data.length} entries are no ${dtype}[${shape.join(",")}]`);
  }
  return new NDArray(data, dtype, shape, rowMajor(shape), 0, size, true);
}

/** An array of no axes. */
export function scalar(value: Scalar, dtype: DType): NDArray {
  if (dtype === "float64" && typeof value === "number") return float64Scalar(value);
  const array = allocate(none, dtype);
  writeElement(array.data, dtype, 0, value);
  return array;
}
const none: readonly number[] = [];

const pageSize = 256;
let page = new Float64Array(pageSize);
let used = 0;

/** A float64 of no axes. Programs of scalars make many: they share typed arrays, which are dear to make one by one. */
export function float64Scalar(value: number): NDArray {
  if (used === page.length) {
    page = new Float64Array(pageSize);
    used = 0;
  }
  page[used] = value;
  return new NDArray(page, "float64", none, none, used++, 1, true);
}

/** Whether this is a float64 of no axes. */
export function isDoubleScalar({ dtype, shape }: NDArray): boolean {
  return dtype === "float64" && shape.length === 0;
}

/** The element of a float64 array that has one, or its first: programs of scalars ask for little else. */
export function firstDouble(array: NDArray): number {
  const { storage, offset } = array;
  // Only of this kind of typed array, so that engines need not find out at each access which one it is.
  const data = storage instanceof Float64Array ? storage : (array.data as Float64Array);
  return Number(data[offset]);
}

/** A typed array that holds an array's elements, and the entry of the first one. */
export interface Entries {
  readonly data: TypedArray;
  readonly start: number;
}

/**
 * Where elements can be read and written until arrays are allocated next: memory is not kept from being used again as
 * it is by `data`, which costs more to come by.
 */
export function entriesOf(array: NDArray): Entries {
  const { storage, dtype, offset } = array;
  const { lanes, TypedArray } = dtypeInfo[dtype];
  if (!(storage instanceof Block)) return { data: storage, start: offset * lanes };
  return { data: thePool().as(dtype), start: storage.pointer / TypedArray.BYTES_PER_ELEMENT + offset * lanes };
}

/** The data of an array whose dtype is neither int64 nor uint64. */
export function numbersOf(array: NDArray): NumberArray {
  return array.data as NumberArray;
}

/** The data of an array of int64 or uint64. */
export function bigsOf(array: NDArray): BigArray {
  return array.data as BigArray;
}

/** Whether the array's elements are bigints. */
export function hasBigs(array: NDArray): boolean {
  return isBig(array.dtype);
}
