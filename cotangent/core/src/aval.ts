// What is known of a value without its elements: shape and dtype.

/** Element types, by NumPy's names. */
export const dtypes = [
  "bool",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float32",
  "float64",
  "complex64",
  "complex128",
] as const;
export type DType = (typeof dtypes)[number];

/** Length of each axis. `[]` is a scalar. */
export type Shape = readonly number[];

/** An abstract value: all that a type rule may look at. */
export interface Aval {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

const bytesPerElement: { readonly [Name in DType]: number } = {
  bool: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  float32: 4,
  float64: 8,
  complex64: 8,
  complex128: 16,
};

/** The memory that the elements of a value take. */
export function bytesOf({ shape, dtype }: Aval): number {
  return sizeOf(shape) * bytesPerElement[dtype];
}

export function sameAval(a: Aval, b: Aval): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

/** Whether values of this dtype have derivatives. */
export function isInexact(dtype: DType): boolean {
  return dtype === "float64" || dtype === "float32" || isComplex(dtype);
}

export function isComplex(dtype: DType): boolean {
  return dtype === "complex128" || dtype === "complex64";
}

/** The dtype of a real or imaginary part. */
export function realDType(dtype: DType): DType {
  return dtype === "complex128" ? "float64" : dtype === "complex64" ? "float32" : dtype;
}

/** `float64[3,4]`, as graphs are printed. */
export function showAval({ dtype, shape }: Aval): string {
  return `${dtype}[${shape.join(",")}]`;
}
