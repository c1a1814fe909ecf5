// Norms of vectors and matrices, and condition numbers.
import { bind, isComplex, operations, primitives, realDType, ShapeError, showCall, type Value } from "@cotangent/core";
import { LinAlgError } from "../linear-algebra/errors.ts";
import type { ArrayLike } from "./arguments.ts";
import { keptShape, normalizeAxes, optionsOf, withOption, type Axes } from "./axes.ts";
import { stack, unstack } from "./joining.ts";
import { svdvalsOf } from "./linalg-decompositions.ts";
import { inv } from "./linalg-solving.ts";
import { asInexact, asMatrices } from "./matrices.ts";
import { settingsOf, type Settings } from "./settings.ts";

/** Which norm: a number, `"fro"` (the root of the sum of squares) or `"nuc"` (the sum of singular values). */
export type NormOrder = number | "fro" | "f" | "nuc" | null;

export interface NormOptions {
  readonly ord?: NormOrder;
  /** One axis for vectors, two for matrices. */
  readonly axis?: Axes;
  readonly keepdims?: boolean;
}

/** The norm of vectors (one axis) or matrices (two); without order and axes, of all elements as a vector. */
export function norm(x: ArrayLike, ...args: Settings<NormOptions, ["ord", "axis", "keepdims"]>): Value {
  const {
    ord: order = null,
    axis,
    keepdims = false,
  } = settingsOf<NormOptions>("norm", { ord: true, axis: true, keepdims: true }, args);
  const value = asInexact(x);
  const isWhole = axis === null || axis === undefined;
  const axes = normalizeAxes("norm", axis, value.ndim);
  if (isWhole && order === null) return kept(euclidean(value, axes), value, axes, keepdims);
  if (axes.length === 1) return kept(vectorNorm("norm", value, order ?? 2, axes), value, axes, keepdims);
  if (axes.length === 2) return kept(matrixNorm("norm", value, order ?? "fro", axes), value, axes, keepdims);
  throw new ShapeError(`${showCall("norm", [value])}: norms of this order are of one or two axes`);
}

export interface VectorNormOptions {
  readonly axis?: Axes;
  readonly keepdims?: boolean;
  readonly ord?: number;
}

/** The norm of all elements along the axes, as a vector. */
export function vector_norm(x: ArrayLike, options: VectorNormOptions = {}): Value {
  const names = { axis: true, keepdims: true, ord: true } as const;
  const { axis, keepdims = false, ord = 2 } = optionsOf<VectorNormOptions>("vector_norm", options, names);
  const value = asInexact(x);
  const axes = normalizeAxes("vector_norm", axis, value.ndim);
  return kept(vectorNorm("vector_norm", value, ord, axes), value, axes, keepdims);
}

export interface MatrixNormOptions {
  readonly ord?: NormOrder;
  readonly keepdims?: boolean;
}

/** The norm of the matrices in the last two axes. */
export function matrix_norm(x: ArrayLike, options: MatrixNormOptions = {}): Value {
  const names = { ord: true, keepdims: true } as const;
  const { ord = "fro", keepdims = false } = optionsOf<MatrixNormOptions>("matrix_norm", options, names);
  const value = asMatrices("matrix_norm", x);
  const axes = [value.ndim - 2, value.ndim - 1];
  return kept(matrixNorm("matrix_norm", value, ord ?? "fro", axes), value, axes, keepdims);
}

function kept(result: Value, { shape }: Value, axes: readonly number[], keepdims: boolean): Value {
  return keepdims ? operations.reshape(result, keptShape(shape, axes)) : result;
}

/** The root of the sum of squares. */
function euclidean(value: Value, axes: readonly number[]): Value {
  const squares = isComplex(value.dtype)
    ? operations.add(operations.square(operations.real(value)), operations.square(operations.imag(value)))
    : operations.square(value);
  return operations.sqrt(operations.sum(squares, axes));
}

function vectorNorm(name: string, value: Value, ord: NormOrder, axes: readonly number[]): Value {
  if (typeof ord !== "number") throw new RangeError(`${name}: "${String(ord)}" is no order of a vector's norm`);
  if (ord === 2) return euclidean(value, axes);
  if (ord === 0) {
    return operations.sum(operations.cast(operations.notEqual(value, 0), realDType(value.dtype)), axes);
  }
  const sizes = operations.abs(value);
  if (ord === Infinity) return operations.max(sizes, axes);
  if (ord === -Infinity) return operations.min(sizes, axes);
  if (ord === 1) return operations.sum(sizes, axes);
  return operations.pow(operations.sum(operations.pow(sizes, ord), axes), 1 / ord);
}

function matrixNorm(name: string, value: Value, ord: NormOrder, axes: readonly number[]): Value {
  if (ord === "fro" || ord === "f") return euclidean(value, axes);
  const rest = value.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const matrices = operations.transpose(value, [...rest, ...axes]);
  const last = matrices.ndim - 1;
  if (ord === "nuc") return operations.sum(svdvalsOf(matrices, false), [last - 1]);
  if (ord === 2) return operations.max(svdvalsOf(matrices, false), [last - 1]);
  if (ord === -2) return operations.min(svdvalsOf(matrices, false), [last - 1]);
  if (ord !== 1 && ord !== -1 && ord !== Infinity && ord !== -Infinity) {
    throw new RangeError(`${name}: ${String(ord)} is no order of a matrix's norm`);
  }
  // Sums of columns for ±1, of rows for ±∞.
  const sums = operations.sum(operations.abs(matrices), [Math.abs(ord) === 1 ? last - 1 : last]);
  return ord > 0 ? operations.max(sums, [last - 1]) : operations.min(sums, [last - 1]);
}

interface CondOptions {
  readonly p?: NormOrder;
}

/** How much a matrix amplifies errors: its norm times that of its inverse. Infinite for a singular one. */
export function cond(x: ArrayLike, p: NormOrder | CondOptions = null): Value {
  const { p: order = null } = withOption<CondOptions, "p">("cond", { p: true }, "p", p, undefined);
  const matrix = asMatrices("cond", x);
  if (matrix.shape.slice(-2).includes(0))
    throw new LinAlgError(`${showCall("cond", [matrix])}: empty matrices have none`);
  return infiniteForNaN(conditionOf(matrix, order), matrix);
}

function conditionOf(matrix: Value, order: NormOrder): Value {
  if (order === null || order === 2 || order === -2) {
    const values = svdvalsOf(matrix, false);
    const [largest, smallest] = [ends(values, 0), ends(values, (values.shape.at(-1) ?? 1) - 1)];
    return order === -2 ? operations.div(smallest, largest) : operations.div(largest, smallest);
  }
  const axes = [matrix.ndim - 2, matrix.ndim - 1];
  const own = matrixNorm("cond", matrix, order, axes);
  return operations.mul(own, inverseNorm(matrix, order));
}

/** Where NaN came of no NaN, as for 0/0, the matrix is singular. */
function infiniteForNaN(result: Value, matrix: Value): Value {
  const axes = [matrix.ndim - 2, matrix.ndim - 1];
  const isKnown = operations.logicalNot(bind(primitives.any, [operations.isnan(matrix)], { axes }));
  return operations.select(operations.logicalAnd(operations.isnan(result), isKnown), Infinity, result);
}

/** The norms of inverses: infinite for singular matrices. */
function inverseNorm(matrix: Value, order: NormOrder): Value {
  try {
    return matrixNorm("cond", inv(matrix), order, [matrix.ndim - 2, matrix.ndim - 1]);
  } catch (error) {
    const isSquare = matrix.shape.at(-1) === matrix.shape.at(-2);
    if (!(error instanceof LinAlgError) || !isSquare) throw error;
    if (matrix.ndim > 2) return stack(unstack(matrix).map((each) => inverseNorm(each, order)));
    return matrix.backend.full([], Infinity, realDType(matrix.dtype));
  }
}

/** The element at a place of the last axis. */
function ends(values: Value, place: number): Value {
  const batch = values.shape.slice(0, -1);
  const one = operations.slice(values, [...batch.map(() => 0), place], [...batch, 1], [...batch.map(() => 1), 1]);
  return operations.reshape(one, batch);
}
