// Primitives as functions of values. Rules are written with these; a number stands for a constant of the other's dtype.
import type { DType, Shape } from "./aval.ts";
import { primitives, type Primitive } from "./primitives.ts";
import { bind, bindBinary, bindUnary } from "./trace.ts";
import type { Value } from "./value.ts";

const none = {};

/** Only for primitives with one result. */
function single(results: Value | readonly Value[]): Value {
  return results as Value;
}

function unary(primitive: Primitive): (x: Value) => Value {
  return (x) => bindUnary(primitive, x, none);
}

/** An operand of an elementwise primitive: an array, or a number for a constant of the dtype of the other operand. */
export type Operand = Value | number;

function binary(primitive: Primitive): (x: Operand, y: Operand) => Value {
  return (x, y) => {
    const like = typeof x === "number" ? y : x;
    if (typeof like === "number") throw new TypeError(`${primitive.name} of two numbers is no array`);
    return bindBinary(primitive, asOperand(x, like), asOperand(y, like), none);
  };
}

function asOperand(x: Operand, like: Value): Value {
  return typeof x === "number" ? like.backend.scalar(x, like.dtype) : x;
}

export const neg = unary(primitives.neg);
export const abs = unary(primitives.abs);
export const sign = unary(primitives.sign);
export const floor = unary(primitives.floor);
export const trunc = unary(primitives.trunc);
export const sqrt = unary(primitives.sqrt);
export const exp = unary(primitives.exp);
export const exp2 = unary(primitives.exp2);
export const log = unary(primitives.log);
export const sin = unary(primitives.sin);
export const cos = unary(primitives.cos);
export const tan = unary(primitives.tan);
export const sinh = unary(primitives.sinh);
export const cosh = unary(primitives.cosh);
export const tanh = unary(primitives.tanh);
export const reciprocal = unary(primitives.reciprocal);
export const square = unary(primitives.square);
export const real = unary(primitives.real);
export const imag = unary(primitives.imag);
export const conj = unary(primitives.conj);
export const isnan = unary(primitives.isnan);
export const isinf = unary(primitives.isinf);
export const signbit = unary(primitives.signbit);
export const logicalNot = unary(primitives.logicalNot);
export const stopGradient = unary(primitives.stopGradient);

export const add = binary(primitives.add);
export const sub = binary(primitives.sub);
export const mul = binary(primitives.mul);
export const div = binary(primitives.div);
export const pow = binary(primitives.pow);
export const maximum = binary(primitives.maximum);
export const minimum = binary(primitives.minimum);
export const copysign = binary(primitives.copysign);
export const equal = binary(primitives.equal);
export const notEqual = binary(primitives.notEqual);
export const less = binary(primitives.less);
export const lessEqual = binary(primitives.lessEqual);
export const greater = binary(primitives.greater);
export const greaterEqual = binary(primitives.greaterEqual);
export const logicalAnd = binary(primitives.logicalAnd);
export const logicalOr = binary(primitives.logicalOr);
export const complex = binary(primitives.complex);

/** Elements of `x` where the condition is true, else of `y`. */
export function select(condition: Value, x: Operand, y: Operand): Value {
  const like = typeof x === "number" ? y : x;
  if (typeof like === "number") throw new TypeError("select of two numbers is no array");
  return single(bind(primitives.select, [condition, asOperand(x, like), asOperand(y, like)], none));
}

export function cast(x: Value, dtype: DType): Value {
  return x.dtype === dtype ? x : bindUnary(primitives.cast, x, { dtype });
}

export function sinc(x: Value, order: number): Value {
  return bindUnary(primitives.sinc, x, { order });
}

export function besselI(x: Value, order: number): Value {
  return bindUnary(primitives.besselI, x, { order });
}

export function reshape(x: Value, shape: Shape): Value {
  return bindUnary(primitives.reshape, x, { shape });
}

export function transpose(x: Value, permutation: readonly number[]): Value {
  return bindUnary(primitives.transpose, x, { permutation });
}

/** To `shape`, in which `axes` are new. Axes of length 1 may grow as well. */
export function broadcast(x: Value, shape: Shape, axes: readonly number[]): Value {
  return bindUnary(primitives.broadcast, x, { shape, axes });
}

export function slice(x: Value, start: readonly number[], length: Shape, step: readonly number[]): Value {
  return bindUnary(primitives.slice, x, { start, length, step });
}

export function embed(x: Value, start: readonly number[], step: readonly number[], shape: Shape): Value {
  return bindUnary(primitives.embed, x, { start, step, shape });
}

export function concatenate(operands: readonly Value[], axis: number): Value {
  return single(bind(primitives.concatenate, operands, { axis }));
}

export function take(x: Value, rows: Value): Value {
  return bindBinary(primitives.take, x, rows, none);
}

export function scatterAdd(x: Value, targets: Value, rows: number): Value {
  return bindBinary(primitives.scatterAdd, x, targets, { rows });
}

export function sum(x: Value, axes: readonly number[]): Value {
  return axes.length === 0 ? x : bindUnary(primitives.sum, x, { axes });
}

export function prod(x: Value, axes: readonly number[]): Value {
  return bindUnary(primitives.prod, x, { axes });
}

export function max(x: Value, axes: readonly number[]): Value {
  return bindUnary(primitives.max, x, { axes });
}

export function min(x: Value, axes: readonly number[]): Value {
  return bindUnary(primitives.min, x, { axes });
}

export function cumsum(x: Value, axis: number, reverse = false): Value {
  return bindUnary(primitives.cumsum, x, { axis, reverse });
}

export function cumprod(x: Value, axis: number): Value {
  return bindUnary(primitives.cumprod, x, { axis });
}

/** Pairs of axes that a product sums over, or that are batches of products. */
export type AxisPairs = readonly [readonly number[], readonly number[]];

export function dot(x: Value, y: Value, contract: AxisPairs, batch: AxisPairs): Value {
  return bindBinary(primitives.dot, x, y, { contract, batch });
}

export function solve(a: Value, b: Value): Value {
  return bindBinary(primitives.solve, a, b, none);
}

export function inv(a: Value): Value {
  return bindUnary(primitives.inv, a, none);
}

export function triangularSolve(
  a: Value,
  b: Value,
  form: { readonly lower: boolean; readonly transposed: boolean; readonly unit: boolean },
): Value {
  return bindBinary(primitives.triangularSolve, a, b, form);
}

export function fft(x: Value, axis: number, inverse: boolean): Value {
  return bindUnary(primitives.fft, x, { axis, inverse });
}

/** sum + addend. Nobody else may have the sum: where nothing is traced it may be added to in its own memory. */
export function addTo(sum: Value, addend: Value): Value {
  return (areArrays(sum, addend) ? sum.backend.addTo?.(sum, addend) : undefined) ?? add(sum, addend);
}

/** As `addTo`, with a product. */
export function addDotTo(sum: Value, x: Value, y: Value, contract: AxisPairs, batch: AxisPairs): Value {
  const isKnown = areArrays(sum, x) && y.trace === null;
  return (
    (isKnown ? sum.backend.addDotTo?.(sum, x, y, contract, batch) : undefined) ?? add(sum, dot(x, y, contract, batch))
  );
}

/** As `addTo`, with what `embed` makes of the addend. */
export function addEmbeddedTo(sum: Value, addend: Value, start: readonly number[], step: readonly number[]): Value {
  const inPlace = areArrays(sum, addend) ? sum.backend.addEmbeddedTo?.(sum, addend, start, step) : undefined;
  return inPlace ?? add(sum, embed(addend, start, step, sum.shape));
}

function areArrays(x: Value, y: Value): boolean {
  return x.trace === null && y.trace === null;
}

/** Zeros of the value's type. */
export function zerosLike(x: Value): Value {
  return x.backend.full(x.shape, 0, x.dtype);
}

/** Ones of the value's type. */
export function onesLike(x: Value): Value {
  return x.backend.full(x.shape, 1, x.dtype);
}
