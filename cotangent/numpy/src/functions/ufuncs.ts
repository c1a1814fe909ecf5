// Functions of elements, made of a primitive and the dtypes that it is for. What is usual takes the shortest way: two
// arrays of float64 and one shape go to the kernel, two traced values alike to their trace.
import {
  bind,
  bindBinary,
  bindUnary,
  sameShape,
  Traced,
  type DType,
  type Kernel,
  type Primitive,
  type Shape,
  type Value,
} from "@cotangent/core";
import { backend } from "../backend.ts";
import { isOutOfRange, kindOf, promoteTypes } from "../dtype.ts";
import { NDArray, scalar } from "../ndarray.ts";
import {
  aligned,
  asOperand,
  isScalar,
  promoted,
  promotedOf,
  valueOf,
  type ArrayLike,
  type Operand,
} from "./arguments.ts";
import { computedInto } from "../evaluation/fast.ts";
import { floatingReals, inDomain, type Domain } from "./domains.ts";
import { foldingOf, outerOf, type Folding, type Outer } from "./ufunc-methods.ts";
import { ufuncOptions, withOptions, type UfuncArgument, type UfuncOptions } from "./ufunc-options.ts";

const none = {};

export interface UnaryFunction {
  (x: ArrayLike, options: UfuncArgument): Value;
  (x: ArrayLike): Value;
}
interface Pairs {
  (x: ArrayLike, y: ArrayLike, options: UfuncArgument): Value;
  (x: ArrayLike, y: ArrayLike): Value;
}
/** A function of two operands; `add.reduce` and its like take all elements together. */
export type BinaryFunction = Pairs & Folding;
export type ComparisonFunction = Pairs & Outer;

function kernelOf(primitive: Primitive): Kernel | undefined {
  return backend.kernels[primitive.index];
}

/** The function that a primitive of one operand makes. */
export function unary(name: string, primitive: Primitive, domain: Domain): UnaryFunction {
  const kernel = kernelOf(primitive);
  const isOfFloats = domain("float64") === "float64";
  const f: UnaryFunction = (raw: ArrayLike, options?: UfuncArgument) => {
    const given = options === undefined ? null : ufuncOptions(name, options);
    if (given !== null) return wroteInto(primitive, given, [raw]) ?? withOptions(name, (x) => f(x), [raw], given);
    if (isOfFloats && raw instanceof NDArray && raw.dtype === "float64" && kernel !== undefined) {
      return kernel(raw, none) as Value;
    }
    if (isOfFloats && raw instanceof Traced && raw.dtype === "float64") return bindUnary(primitive, raw, none);
    return bindUnary(primitive, inOwnDType(name, domain, raw), none);
  };
  return f;
}

/** The function of elements that other functions make. */
export function composed(name: string, compute: (x: ArrayLike) => Value): UnaryFunction {
  return (x: ArrayLike, options?: UfuncArgument) => {
    const given = options === undefined ? null : ufuncOptions(name, options);
    return given === null ? compute(x) : withOptions(name, compute, [x], given);
  };
}

/** The operand of a function of one, in the dtype of its domain. */
export function inOwnDType(name: string, domain: Domain, raw: ArrayLike): Value {
  const operand = asOperand(raw, name);
  const dtype = isScalar(operand) ? promotedOf([operand]) : operand.dtype;
  return valueOf(operand, inDomain(name, domain, dtype, [operand]));
}

/** The function that a primitive of two operands makes. */
export function binary(name: string, primitive: Primitive, domain: Domain): BinaryFunction {
  const kernel = kernelOf(primitive);
  const isOfFloats = domain("float64") === "float64";
  const f: Pairs = (x: ArrayLike, y: ArrayLike, options?: UfuncArgument) => {
    const given = options === undefined ? null : ufuncOptions(name, options);
    if (given !== null) return wroteInto(primitive, given, [x, y]) ?? pairsWithOptions(name, f, x, y, given);
    if (isOfFloats && isDouble(x)) {
      if (typeof y === "number") return run(primitive, kernel, x, scalar(y, "float64"));
      if (isDouble(y) && sameShape(x.shape, y.shape)) return run(primitive, kernel, x, y);
    } else if (isOfFloats && typeof x === "number" && isDouble(y)) {
      return run(primitive, kernel, scalar(x, "float64"), y);
    }
    return bind(primitive, alike(name, domain, x, y), none) as Value;
  };
  return Object.assign(f, foldingOf(name, f));
}

function pairsWithOptions(name: string, f: Pairs, x: ArrayLike, y: ArrayLike, options: UfuncOptions): Value {
  return withOptions(name, (left, right) => f(left, right), [x, y], options);
}

/** The array to write into, if a kernel has written into it: operands are of its dtype, and none lies askew over it. */
function wroteInto(primitive: Primitive, options: UfuncOptions, operands: readonly ArrayLike[]): NDArray | null {
  const { out, where } = options;
  if (!(out instanceof NDArray) || where !== undefined) return null;
  if (!operands.some((each) => each instanceof NDArray)) return null;
  const arrays = operands.map((each) => besideOut(each, out));
  if (arrays.includes(null)) return null;
  const [x, y = null] = arrays;
  return x && computedInto(primitive.name, out, x, y) ? out : null;
}

/** An operand of the dtype of `out`, and where its memory is or all outside of it; null for others. Numbers give way. */
function besideOut(operand: ArrayLike, out: NDArray): NDArray | null {
  if (typeof operand === "number" && kindOf(out.dtype) === "float") return scalar(operand, out.dtype);
  if (!(operand instanceof NDArray) || operand.dtype !== out.dtype) return null;
  if (operand.storage !== out.storage) return broadcasts(operand.shape, out.shape) ? operand : null;
  const isSame = operand.offset === out.offset && sameShape(operand.strides, out.strides);
  return isSame && sameShape(operand.shape, out.shape) ? operand : null;
}

/** Whether an array of this shape has a value for each element of the other. */
function broadcasts(shape: Shape, whole: Shape): boolean {
  const shift = whole.length - shape.length;
  return shift >= 0 && shape.every((length, axis) => length === 1 || length === whole[axis + shift]);
}

/** An array, or a traced value, of float64. */
function isDouble(x: ArrayLike): x is NDArray | Traced {
  return (x instanceof NDArray || x instanceof Traced) && x.dtype === "float64";
}

function run(primitive: Primitive, kernel: Kernel | undefined, x: Value, y: Value): Value {
  const isKnown = kernel !== undefined && x instanceof NDArray && y instanceof NDArray;
  return isKnown ? (kernel(x, y, none) as Value) : bindBinary(primitive, x, y, none);
}

function areAlike(x: Value, y: Value): boolean {
  return x.dtype === y.dtype && sameShape(x.shape, y.shape);
}

/** Two operands in one dtype, with one shape as far as primitives need it. */
export function alike(name: string, domain: Domain, x: ArrayLike, y: ArrayLike): readonly Value[] {
  const [left, right] = [asOperand(x, name), asOperand(y, name)];
  const dtype = inDomain(name, domain, promotedFor(domain, left, right), [left, right]);
  return aligned(name, [valueOf(left, dtype), valueOf(right, dtype)]);
}

/** Where integers become floats, each operand does so by itself: int16 and uint16 are float32 both. */
function promotedFor(domain: Domain, x: Operand, y: Operand): DType {
  if (domain !== floatingReals || isScalar(x) || isScalar(y)) return promoted(x, y);
  return promoteTypes(domain(x.dtype) ?? x.dtype, domain(y.dtype) ?? y.dtype);
}

/** A comparison, which may be with an integer that the array's dtype can't hold. */
export function comparison(name: string, primitive: Primitive): ComparisonFunction {
  const kernel = kernelOf(primitive);
  const f: Pairs = (x: ArrayLike, y: ArrayLike, options?: UfuncArgument) => {
    const given = options === undefined ? null : ufuncOptions(name, options);
    if (given !== null) return pairsWithOptions(name, f, x, y, given);
    if (x instanceof NDArray && y instanceof NDArray && areAlike(x, y) && kernel !== undefined) {
      return kernel(x, y, none) as Value;
    }
    const [left, right] = [asOperand(x, name), asOperand(y, name)];
    const dtype = comparedIn(left, right);
    return bind(primitive, aligned(name, [valueOf(left, dtype), valueOf(right, dtype)]), none) as Value;
  };
  return Object.assign(f, outerOf(f));
}

function comparedIn(x: Operand, y: Operand) {
  const dtype = promoted(x, y);
  const exceeds = [x, y].some((each) => isScalar(each) && isOutOfRange(each, dtype));
  return exceeds ? promoteTypes(dtype, "float64") : dtype;
}

/** Truth values of elements, which primitives of truth take as they are. */
export function logical(name: string, primitive: Primitive): BinaryFunction {
  const f: Pairs = (x: ArrayLike, y: ArrayLike, options?: UfuncArgument) => {
    const given = options === undefined ? null : ufuncOptions(name, options);
    if (given !== null) return pairsWithOptions(name, f, x, y, given);
    const truths = [x, y].map((each) => truthOf(asOperand(each)));
    return bind(primitive, aligned(name, truths), none) as Value;
  };
  return Object.assign(f, foldingOf(name, f));
}

/** Whether elements are not zero. */
export function truthOf(operand: Operand): Value {
  return valueOf(operand, "bool");
}
