// Questions about dtypes.
import { DTypeError, isComplex, isInexact, type DType, type Scalar, type Value } from "@cotangent/core";
import { integerRange, asDType, canCast, dtypeInfo, kindOf, promoteTypes, type Casting } from "../dtype.ts";
import { NDArray } from "../ndarray.ts";
import { asOperand, asValue, isScalar, promotedOf, quotientOf, type ArrayLike } from "./arguments.ts";

/** The dtype of results of these operands: arrays, dtypes by name, scalars. */
export function result_type(...operands: readonly (ArrayLike | DType)[]): DType {
  return promotedOf(operands.map((each) => (typeof each === "string" ? emptyOf(each) : asOperand(each))));
}

function emptyOf(dtype: DType): Value {
  return asValue([], asDType(dtype));
}

/** The smallest dtype that both can be cast to safely. */
export function promote_types(a: DType, b: DType): DType {
  return promoteTypes(asDType(a), asDType(b));
}

/** Whether a cast is allowed by the rule. */
export function can_cast(
  from: DType | Value,
  to: DType,
  casting: Casting | { readonly casting?: Casting } = "safe",
): boolean {
  const rule = typeof casting === "string" ? casting : casting.casting;
  return canCast(typeof from === "string" ? asDType(from) : from.dtype, asDType(to), rule);
}

/** The smallest dtype that holds the scalar; the dtype of an array. */
export function min_scalar_type(x: ArrayLike): DType {
  const value = asValue(x);
  return value.ndim === 0 ? smallestFor(value.item(), value.dtype) : value.dtype;
}

/** The smallest dtype of the same kind that holds the element; of the unsigned ones, if it is not negative. */
function smallestFor(element: Scalar, dtype: DType): DType {
  if (typeof element === "boolean") return "bool";
  if (typeof element === "object") return isSingle(element.re) && isSingle(element.im) ? "complex64" : "complex128";
  if (kindOf(dtype) === "float") return isSingle(Number(element)) ? "float32" : "float64";
  const signed: readonly DType[] = ["int8", "int16", "int32", "int64"];
  const unsigned: readonly DType[] = ["uint8", "uint16", "uint32", "uint64"];
  const fits = (dtype: DType) => {
    const [low, high] = integerRange(dtype);
    return element >= low && element <= high;
  };
  return (element < 0 ? signed : unsigned).find(fits) ?? "float64";
}

/** Whether a number is in the range of float32: NumPy's, which is a little smaller. */
function isSingle(x: number): boolean {
  return !(Math.abs(x) >= 3.4e38) || Math.abs(x) === Infinity;
}

/** The inexact dtype that holds elements of all arrays. @throws TypeError for truth values. */
export function common_type(...arrays: readonly ArrayLike[]): DType {
  const dtypes = arrays.map((each) => asValue(each).dtype);
  if (dtypes.includes("bool")) throw new DTypeError("common_type: truth values are no numbers");
  return dtypes.map(quotientOf).reduce(promoteTypes, "float32");
}

type DTypeKind =
  | "bool"
  | "signed integer"
  | "unsigned integer"
  | "integral"
  | "real floating"
  | "complex floating"
  | "numeric";

const kinds: { readonly [Name in DTypeKind]: (dtype: DType) => boolean } = {
  bool: (dtype) => dtype === "bool",
  "signed integer": (dtype) => kindOf(dtype) === "int",
  "unsigned integer": (dtype) => kindOf(dtype) === "uint",
  integral: (dtype) => kindOf(dtype) === "int" || kindOf(dtype) === "uint",
  "real floating": (dtype) => kindOf(dtype) === "float",
  "complex floating": isComplex,
  numeric: (dtype) => dtype !== "bool",
};

/** Whether a dtype is of a kind, one of several kinds, or another dtype. */
export function isdtype(dtype: DType, kind: DTypeKind | DType | readonly (DTypeKind | DType)[]): boolean {
  const list: readonly string[] = typeof kind === "string" ? [kind] : kind;
  return list.some((each) => (isKind(each) ? kinds[each](asDType(dtype)) : asDType(each) === dtype));
}

function isKind(name: string): name is DTypeKind {
  return Object.hasOwn(kinds, name);
}

const abstractTypes: ReadonlyMap<string, (dtype: DType) => boolean> = new Map([
  ["generic", () => true],
  ["number", kinds.numeric],
  ["integer", kinds.integral],
  ["signedinteger", kinds["signed integer"]],
  ["unsignedinteger", kinds["unsigned integer"]],
  ["inexact", isInexact],
  ["floating", kinds["real floating"]],
  ["complexfloating", isComplex],
]);

/** Whether a dtype is another, or is below an abstract one in NumPy's tree ("integer", "floating", …). */
export function issubdtype(dtype: DType, other: string): boolean {
  const isBelow = abstractTypes.get(other);
  return isBelow === undefined ? asDType(other) === dtype : isBelow(asDType(dtype));
}

export function iscomplexobj(x: ArrayLike): boolean {
  const operand = asOperand(x);
  return isScalar(operand) ? typeof operand === "object" : isComplex(operand.dtype);
}

export function isrealobj(x: ArrayLike): boolean {
  return !iscomplexobj(x);
}

const codes: Readonly<Record<string, string>> = {
  "?": "bool",
  S1: "character",
  b: "signed char",
  B: "unsigned char",
  h: "short",
  H: "unsigned short",
  i: "integer",
  I: "unsigned integer",
  l: "long integer",
  L: "unsigned long integer",
  q: "long long integer",
  Q: "unsigned long long integer",
  f: "single precision",
  d: "double precision",
  g: "long precision",
  F: "complex single precision",
  D: "complex double precision",
  G: "complex long double precision",
  S: "string",
  U: "unicode",
  V: "void",
  O: "object",
};

/** What a type character of NumPy's stands for. */
export function typename(character: string): string {
  const name = Object.hasOwn(codes, character) ? codes[character] : undefined;
  if (name === undefined) throw new RangeError(`typename: there is no type ${JSON.stringify(character)}`);
  return name;
}

const precision = "GDFgdf";

/** The smallest type character that holds all of these. */
export function mintypecode(
  characters: string | readonly string[],
  typeset: string = "GDFgdf",
  otherwise: string = "d",
): string {
  const set = (typeof characters === "string" ? characters.split("") : characters).filter((each) =>
    typeset.includes(each),
  );
  if (set.length === 0) return otherwise;
  if (set.includes("F") && set.includes("d")) return "D";
  return set.toSorted((a, b) => precision.indexOf(a) - precision.indexOf(b))[0] ?? otherwise;
}

/** The limits of an integer dtype. */
export function iinfo(dtype: DType): { readonly bits: number; readonly min: bigint; readonly max: bigint } {
  if (!kinds.integral(asDType(dtype))) throw new RangeError(`iinfo: ${dtype} is not of integers`);
  const [min, max] = integerRange(dtype);
  return { bits: dtypeInfo[dtype].bytes * 8, min, max };
}

/** The limits of a floating-point dtype. */
export function finfo(dtype: DType) {
  const isSingle = dtype === "float32" || dtype === "complex64";
  if (!isInexact(asDType(dtype))) throw new RangeError(`finfo: ${dtype} is not of floating-point numbers`);
  const max = isSingle ? (2 - 2 ** -23) * 2 ** 127 : Number.MAX_VALUE;
  return {
    bits: isSingle ? 32 : 64,
    eps: isSingle ? 2 ** -23 : Number.EPSILON,
    max,
    min: -max,
    tiny: isSingle ? 2 ** -126 : 2 ** -1022,
    smallest_normal: isSingle ? 2 ** -126 : 2 ** -1022,
    smallest_subnormal: isSingle ? 2 ** -149 : Number.MIN_VALUE,
    resolution: isSingle ? 1e-6 : 1e-15,
  } as const;
}

/** Whether columns, and not rows, are in a piece in memory. */
export function isfortran(x: ArrayLike): boolean {
  const value = asValue(x);
  if (!(value instanceof NDArray) || value.ndim < 2 || value.isContiguous) return false;
  let stride = 1;
  return value.shape.every((length, axis) => {
    const fits = length === 1 || value.strides[axis] === stride;
    stride *= length;
    return fits;
  });
}

/** Whether two arrays may have elements in one place in memory. */
export function may_share_memory(x: ArrayLike, y: ArrayLike): boolean {
  return shares_memory(x, y);
}

/** Whether two arrays have an element in one place in memory. */
export function shares_memory(x: ArrayLike, y: ArrayLike): boolean {
  const [a, b] = [asValue(x), asValue(y)];
  if (!(a instanceof NDArray && b instanceof NDArray) || a.storage !== b.storage) return false;
  const own = new Set(places(a));
  return places(b).some((each) => own.has(each));
}

function places(array: NDArray): readonly number[] {
  let all = array.size === 0 ? [] : [array.offset];
  for (const [axis, length] of array.shape.entries()) {
    const stride = array.strides[axis] ?? 0;
    all = all.flatMap((start) => Array.from({ length }, (_, index) => start + index * stride));
  }
  return all;
}
