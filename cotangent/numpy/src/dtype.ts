// What is known of each dtype, and which dtype results have: the promotion rules of NumPy 2.
import { DTypeError, type DType, type Scalar } from "@cotangent/core";

/** The kinds of dtypes, from those that give way to those that others are promoted to. */
export type Kind = "bool" | "uint" | "int" | "float" | "complex";

/** Arrays that hold elements as numbers. */
export type NumberArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Arrays that hold elements as bigints. */
export type BigArray = BigInt64Array | BigUint64Array;
export type TypedArray = NumberArray | BigArray;

export interface TypedArrayMaker {
  new (length: number): TypedArray;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

export interface DTypeInfo {
  readonly kind: Kind;
  /** Bytes of an element, both parts of a complex one. */
  readonly bytes: number;
  /** Entries of the typed array for one element: 2 for complex, the real part first. */
  readonly lanes: 1 | 2;
  readonly TypedArray: TypedArrayMaker;
}

export const dtypeInfo: { readonly [Name in DType]: DTypeInfo } = {
  bool: { kind: "bool", bytes: 1, lanes: 1, TypedArray: Uint8Array },
  int8: { kind: "int", bytes: 1, lanes: 1, TypedArray: Int8Array },
  int16: { kind: "int", bytes: 2, lanes: 1, TypedArray: Int16Array },
  int32: { kind: "int", bytes: 4, lanes: 1, TypedArray: Int32Array },
  int64: { kind: "int", bytes: 8, lanes: 1, TypedArray: BigInt64Array },
  uint8: { kind: "uint", bytes: 1, lanes: 1, TypedArray: Uint8Array },
  uint16: { kind: "uint", bytes: 2, lanes: 1, TypedArray: Uint16Array },
  uint32: { kind: "uint", bytes: 4, lanes: 1, TypedArray: Uint32Array },
  uint64: { kind: "uint", bytes: 8, lanes: 1, TypedArray: BigUint64Array },
  float32: { kind: "float", bytes: 4, lanes: 1, TypedArray: Float32Array },
  float64: { kind: "float", bytes: 8, lanes: 1, TypedArray: Float64Array },
  complex64: { kind: "complex", bytes: 8, lanes: 2, TypedArray: Float32Array },
  complex128: { kind: "complex", bytes: 16, lanes: 2, TypedArray: Float64Array },
};

/** A scalar of the program's, which has a kind but gives way to arrays of this or a higher kind. */
export type WeakKind = "bool" | "int" | "float" | "complex";

/** The dtype of a scalar, or of a list of such, that meets no array. */
export const defaultDTypes: { readonly [Name in WeakKind]: DType } = {
  bool: "bool",
  int: "int64",
  float: "float64",
  complex: "complex128",
};

/** Whether elements are bigints in the typed array. */
export function isBig(dtype: DType): dtype is "int64" | "uint64" {
  return dtype === "int64" || dtype === "uint64";
}

export function kindOf(dtype: DType): Kind {
  return dtypeInfo[dtype].kind;
}

/** Bits of a real part. */
function realBits(dtype: DType): number {
  const { bytes, lanes } = dtypeInfo[dtype];
  return (bytes / lanes) * 8;
}

const integers = { int: ["int8", "int16", "int32", "int64"], uint: ["uint8", "uint16", "uint32", "uint64"] } as const;

function integerOf(kind: "int" | "uint", bits: number): DType {
  return integers[kind].find((name) => realBits(name) >= bits) ?? "float64";
}

/** The smallest dtype that both can be cast to without loss (int64 and uint64: float64). */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const [low, high] = rank(a) <= rank(b) ? [a, b] : [b, a];
  const kind = kindOf(high);
  if (kind === "bool" || kindOf(low) === "bool") return high;
  if (kind === "uint" || kindOf(low) === "int") {
    if (kind === "uint" || kind === "int") return realBits(low) > realBits(high) ? low : high;
  } else if (kind === "int") return integerOf("int", Math.max(realBits(high), 2 * realBits(low)));
  const isDouble = Math.max(floatBits(low), floatBits(high)) > 32;
  if (kind === "float") return isDouble ? "float64" : "float32";
  return isDouble ? "complex128" : "complex64";
}

function rank(dtype: DType): number {
  return kinds.indexOf(kindOf(dtype));
}
const kinds: readonly Kind[] = ["bool", "uint", "int", "float", "complex"];

/** Bits of the float that holds every value of the dtype's real parts (or, for 64-bit integers, comes closest). */
function floatBits(dtype: DType): number {
  const bits = realBits(dtype);
  const kind = kindOf(dtype);
  return kind === "float" || kind === "complex" ? bits : bits <= 16 ? 32 : 64;
}

/**
 * The dtype of an operation's result from the dtypes of its arrays and the kinds of its weak scalars: an array's dtype
 * stands unless a scalar is of a higher kind.
 */
export function resultType(dtypes: readonly DType[], weak: readonly WeakKind[] = []): DType {
  let scalar: WeakKind | undefined;
  for (const kind of weak) if (scalar === undefined || weakRank(kind) > weakRank(scalar)) scalar = kind;
  const [first, ...others] = dtypes;
  if (first !== undefined) return withScalar(commonDType(first, others), scalar);
  if (scalar === undefined) throw new DTypeError("resultType needs at least one dtype or scalar");
  return defaultDTypes[scalar];
}

/** One of the highest kind is met by each of the others, and not by what these others would have become together. */
function commonDType(first: DType, others: readonly DType[]): DType {
  const highest = others.reduce((high, each) => (rank(each) > rank(high) ? each : high), first);
  return [first, ...others].map((each) => promoteTypes(highest, each)).reduce(promoteTypes);
}

function weakRank(kind: WeakKind): number {
  return kinds.indexOf(kind);
}

/** The dtype that an array of `dtype` has after it met a scalar. */
export function withScalar(dtype: DType, scalar: WeakKind | undefined): DType {
  if (scalar === undefined || scalar === "bool") return dtype;
  const kind = kindOf(dtype);
  if (scalar === "int") return kind === "bool" ? "int64" : dtype;
  if (scalar === "float") return kind === "float" || kind === "complex" ? dtype : "float64";
  return kind === "complex" ? dtype : dtype === "float32" ? "complex64" : "complex128";
}

export const castings = ["no", "equiv", "safe", "same_kind", "unsafe"] as const;
export type Casting = (typeof castings)[number];

/** Whether NumPy's casting rule allows the conversion. */
export function canCast(from: DType, to: DType, casting: Casting = "safe"): boolean {
  if (from === to || casting === "unsafe") return true;
  if (casting === "no" || casting === "equiv") return false;
  if (promoteTypes(from, to) === to) return true;
  return casting === "same_kind" && rank(from) <= rank(to);
}

/** The dtype of the name. @throws DTypeError for a name that there is none of. */
export function asDType(name: string): DType {
  if (Object.hasOwn(dtypeInfo, name)) return name as DType;
  throw new DTypeError(`there is no dtype ${JSON.stringify(name)}: ${Object.keys(dtypeInfo).join(", ")}`);
}

/** The lowest and the highest integer of a dtype. */
export function integerRange(dtype: DType): readonly [bigint, bigint] {
  const bits = BigInt(/\d+$/u.exec(dtype)?.[0] ?? 1);
  return kindOf(dtype) === "int" ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n];
}

/** Whether the dtype is one of integers that can't hold the scalar. */
export function isOutOfRange(value: Scalar, dtype: DType): boolean {
  const kind = kindOf(dtype);
  if (kind !== "int" && kind !== "uint") return false;
  if (typeof value !== "bigint" && (typeof value !== "number" || !Number.isInteger(value))) return false;
  const [low, high] = integerRange(dtype);
  return value < low || value > high;
}
