// What the functions take: arrays and what stands for them, parsed once and brought to one dtype and shape.
import {
  AbstractValueError,
  DTypeError,
  isComplex,
  operations,
  sameShape,
  ShapeError,
  showCall,
  Traced,
  showAval,
  type Aval,
  type DType,
  type Scalar,
  type Shape,
  type Value,
} from "@cotangent/core";
import { asArray, weakKindOf } from "../as-array.ts";
import {
  isOutOfRange,
  kindOf,
  promoteTypes,
  resultType,
  type TypedArray,
  type WeakKind,
  withScalar,
} from "../dtype.ts";
import { NDArray, scalar } from "../ndarray.ts";
import * as views from "../views.ts";

/** An array, a traced stand-in for one, a number, nested lists of them, a typed array. */
export type ArrayLike = Value | Scalar | TypedArray | readonly ArrayLike[];

/** An operand after parsing: an array, or a scalar that gives way to the dtypes of arrays. */
export type Operand = Value | Scalar;

/**
 * The value that `raw` stands for, in this dtype if one is given. Lists may have traced values in them.
 *
 * @param name the function that takes it, for messages
 */
export function asValue(raw: ArrayLike, dtype?: DType, name?: string): Value {
  const value = raw instanceof NDArray || raw instanceof Traced ? raw : parsed(raw, dtype, name);
  return dtype === undefined ? value : operations.cast(value, dtype);
}

function parsed(raw: ArrayLike, dtype: DType | undefined, name: string | undefined): Value {
  return Array.isArray(raw) && hasValues(raw) ? stacked(raw) : asArray(raw, dtype, name);
}

function hasValues(list: readonly unknown[]): boolean {
  return list.some((each) =>
    Array.isArray(each) ? hasValues(each) : each instanceof NDArray || each instanceof Traced,
  );
}

/** A list with arrays in it, along a new first axis. */
function stacked(list: readonly ArrayLike[]): Value {
  const rows = ofOneDType(list.map((each) => asOperand(each, "array")));
  const shape = rows[0]?.shape ?? [];
  if (!rows.every((row) => sameShape(row.shape, shape))) {
    throw new ShapeError(`${showCall("array", rows)}: a list of arrays of different shapes makes no array`);
  }
  return operations.concatenate(
    rows.map((row) => operations.reshape(row, [1, ...shape])),
    0,
  );
}

/** A value, or a scalar as it is. */
export function asOperand(raw: ArrayLike, name?: string): Operand {
  if (raw instanceof NDArray || raw instanceof Traced) return raw;
  return weakKindOf(raw) === undefined ? asValue(raw, undefined, name) : (raw as Scalar);
}

/** Whether something is an array, or traced. */
export function isArray(raw: unknown): raw is NDArray | Traced {
  return raw instanceof NDArray || raw instanceof Traced;
}

export function isScalar(operand: Operand): operand is Scalar {
  return !(operand instanceof NDArray || operand instanceof Traced);
}

/** The dtype that two operands are promoted to. */
export function promoted(x: Operand, y: Operand): DType {
  if (isScalar(x)) return isScalar(y) ? resultType([], [weakKind(x), weakKind(y)]) : withScalar(y.dtype, weakKind(x));
  return isScalar(y) ? withScalar(x.dtype, weakKind(y)) : promoteTypes(x.dtype, y.dtype);
}

/** The dtype that any number of operands are promoted to. */
export function promotedOf(operands: readonly Operand[]): DType {
  const dtypes: DType[] = [];
  const weak: WeakKind[] = [];
  for (const each of operands) {
    if (isScalar(each)) weak.push(weakKind(each));
    else dtypes.push(each.dtype);
  }
  return resultType(dtypes, weak);
}

function weakKind(scalar: Scalar): WeakKind {
  return weakKindOf(scalar) ?? "float";
}

/** The operand as a value of this dtype. @throws RangeError for an integer that the dtype can't hold. */
export function valueOf(operand: Operand, dtype: DType): Value {
  if (!isScalar(operand)) return operand.dtype === dtype ? operand : operations.cast(operand, dtype);
  requireInRange(operand, dtype);
  return scalar(operand, dtype);
}

/**
 * What is to be stored in an array of this dtype. Of arrays any element is converted; numbers must be in the range of
 * integers, and complex ones are nothing for real arrays. @throws TypeError, RangeError
 */
export function stored(name: string, raw: ArrayLike, dtype: DType): Value {
  const operand = asOperand(raw);
  if (!isScalar(operand)) return operations.cast(operand, dtype);
  if (typeof operand === "object" && !isComplex(dtype) && dtype !== "bool")
    throw new DTypeError(`${name}: ${showScalar(operand)} can't be stored as ${dtype}`);
  const isInteger = kindOf(dtype) === "int" || kindOf(dtype) === "uint";
  requireInRange(isInteger && typeof operand === "number" ? Math.trunc(operand) : operand, dtype);
  return scalar(operand, dtype);
}

/** As `valueOf`, but numbers that the dtype can't hold are taken modulo its size, as NumPy has it where it chooses. */
export function wrapped(operand: Operand, dtype: DType): Value {
  return isScalar(operand) ? scalar(operand, dtype) : operations.cast(operand, dtype);
}

/** The operands as values of the dtype that they are promoted to. */
export function ofOneDType(operands: readonly Operand[], dtype = promotedOf(operands)): readonly Value[] {
  return operands.map((each) => valueOf(each, dtype));
}

/** The scalar, for messages. */
export function showScalar(scalar: Scalar): string {
  return typeof scalar === "object" ? `${scalar.re} + ${scalar.im}i` : String(scalar);
}

function requireInRange(value: Scalar, dtype: DType): void {
  if (isOutOfRange(value, dtype))
    throw new RangeError(`the integer ${showScalar(value)} is out of bounds for ${dtype}`);
}

/** The shape that operands of a function are broadcast to. @throws ShapeError where there is none. */
export function commonShape(name: string, operands: readonly Aval[]): Shape {
  try {
    return views.broadcastShapes(...operands.map(({ shape }) => shape));
  } catch {
    throw new ShapeError(`${showCall(name, operands)}: shapes can't be broadcast together`);
  }
}

/** The value with this shape, by NumPy's rule. @throws ShapeError where it can't be broadcast to it. */
export function broadcastTo(value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  if (value instanceof NDArray) return views.broadcastTo(value, shape);
  const missing = shape.length - value.ndim;
  const fits = missing >= 0 && value.shape.every((length, axis) => length === 1 || length === shape[axis + missing]);
  if (!fits) throw new ShapeError(`${showCall("broadcast_to", [value])}: can't be broadcast to [${shape.join(", ")}]`);
  return operations.broadcast(value, shape, views.firstAxes(missing));
}

/**
 * Operands as elementwise primitives take them. Where nothing is traced, kernels broadcast; else traced values are
 * broadcast by a primitive, constants become views, and scalars among them stay.
 */
export function aligned(name: string, values: readonly Value[]): readonly Value[] {
  const [first, ...others] = values;
  if (first === undefined || others.every((each) => sameShape(each.shape, first.shape))) return values;
  const shape = commonShape(name, values);
  if (!values.some((each) => each instanceof Traced)) return values;
  return values.map((each) => (each.ndim === 0 && !(each instanceof Traced) ? each : broadcastTo(each, shape)));
}

/** The number that an argument is, which may be an array of one element. */
export function asNumber(name: string, raw: ArrayLike): number {
  if (typeof raw === "number") return raw;
  const value = asValue(raw, undefined, name);
  if (value.size !== 1) throw new TypeError(`${name}: expected a number, not ${showAval(value)}`);
  const item = value.item();
  if (typeof item === "object") throw new TypeError(`${name}: expected a real number`);
  return Number(item);
}

/** The integer that an argument is. @throws TypeError for any other number. */
export function asInteger(name: string, raw: ArrayLike): number {
  const number = asNumber(name, raw);
  if (!Number.isInteger(number)) throw new TypeError(`${name}: ${number} is not an integer`);
  return number;
}

/** The elements of a list of integers, or of one. */
export function asIntegers(name: string, raw: ArrayLike): readonly number[] {
  if (typeof raw === "number") return [asInteger(name, raw)];
  if (Array.isArray(raw) && raw.every((each) => Number.isInteger(each))) return raw as readonly number[];
  const list = asValue(raw).toList();
  return (Array.isArray(list) ? list.flat(Infinity) : [list]).map((each) => asInteger(name, each as Scalar));
}

/** The array, which must not be traced: its elements decide what a function does. */
export function concreteArray(value: Value): NDArray {
  let each = value;
  while (each instanceof Traced) each = each.below();
  if (each instanceof NDArray) return each;
  throw new TypeError(`a ${value.dtype}[${value.shape.join(",")}] of another library`);
}

/** As `concreteArray`, but null where only the type of a value is known. */
export function knownArray(value: Value): NDArray | null {
  try {
    return concreteArray(value);
  } catch (error) {
    if (error instanceof AbstractValueError) return null;
    throw error;
  }
}

/** The dtype of floating-point numbers that elements of a dtype become where functions are of such only. */
export function floatingOf(dtype: DType): DType {
  const kind = kindOf(dtype);
  if (kind === "float" || isComplex(dtype)) return dtype;
  return dtype === "int32" || dtype === "int64" || dtype === "uint32" || dtype === "uint64" ? "float64" : "float32";
}

/** As `floatingOf`, but integers of all sizes become float64, as means and quotients have it. */
export function quotientOf(dtype: DType): DType {
  return kindOf(dtype) === "float" || isComplex(dtype) ? dtype : "float64";
}
