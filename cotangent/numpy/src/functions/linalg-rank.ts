// What is made of singular values where small ones count as zero: pseudo-inverses, ranks, least squares.
import {
  bind,
  operations,
  primitives,
  realDType,
  ShapeError,
  showCall,
  Traced,
  traceAbstract,
  type DType,
  type Value,
} from "@cotangent/core";
import { LinAlgError } from "../linear-algebra/errors.ts";
import { broadcastTo, type ArrayLike } from "./arguments.ts";
import { withOption } from "./axes.ts";
import { svd, svdvalsOf } from "./linalg-decompositions.ts";
import { inOneDType } from "./linalg-solving.ts";
import { acrossColumns, adjoint, asInexact, asMatrices, times, withAxis } from "./matrices.ts";
import { matmul } from "./products.ts";
import { settingsOf, type Settings } from "./settings.ts";

function epsilonOf(dtype: DType): number {
  return realDType(dtype) === "float32" ? 2 ** -23 : 2 ** -52;
}

/** The largest of a matrix's sizes, times the distance of 1 to the next float. */
function relativeTolerance({ shape, dtype }: Value): number {
  return Math.max(...shape.slice(-2)) * epsilonOf(dtype);
}

export interface PinvOptions {
  /** Singular values that are smaller than this part of the largest count as zero. */
  readonly rcond?: number | null;
  readonly rtol?: number | null;
  readonly hermitian?: boolean;
}

/** The pseudo-inverse (Moore and Penrose's). */
export function pinv(a: ArrayLike, ...args: Settings<PinvOptions, ["rcond", "hermitian"]>): Value {
  const options = settingsOf<PinvOptions>("pinv", { rcond: true, hermitian: true, rtol: true }, args);
  const matrix = asMatrices("pinv", a);
  if (matrix.size === 0) {
    const { shape } = matrix;
    return operations.reshape(matrix, [...shape.slice(0, -2), shape.at(-1) ?? 0, shape.at(-2) ?? 0]);
  }
  const byDefault = options.rtol === null ? relativeTolerance(matrix) : (options.rtol ?? 1e-15);
  return pseudoInverse(matrix, options.rcond ?? byDefault, options.hermitian ?? false);
}

/** Has a derivative of its own, since those of singular vectors mind equal singular values. */
function pseudoInverse(matrix: Value, rcond: number, isHermitian: boolean): Value {
  const compute = (a: Value): Value => fromSingularValues(a, rcond, isHermitian);
  if (!(matrix instanceof Traced)) return compute(matrix);
  const graph = traceAbstract((a) => [compute(a)], [matrix], matrix.backend);
  const [result] = bind(primitives.call, [matrix], { graph, name: "pinv", rules: "pinv" });
  return result as Value;
}

function fromSingularValues(a: Value, rcond: number, isHermitian: boolean): Value {
  const [u, s, vh] = svd(a, { full_matrices: false, hermitian: isHermitian });
  const last = s.ndim - 1;
  const cutoff = broadcastTo(withAxis(operations.mul(operations.max(s, [last]), rcond), -1), s.shape);
  const isLarge = operations.greater(s, cutoff);
  const inverses = operations.select(isLarge, operations.reciprocal(operations.select(isLarge, s, 1)), 0);
  const uh = adjoint(u);
  const scaled = operations.mul(operations.cast(acrossColumns(inverses, uh), uh.dtype), uh);
  return times(adjoint(vh), scaled);
}

export interface MatrixRankOptions {
  /** Singular values up to this count as zero. */
  readonly tol?: number | null;
  /** The same as a part of the largest singular value. */
  readonly rtol?: number | null;
  readonly hermitian?: boolean;
}

/** How many singular values are not (nearly) zero. */
export function matrix_rank(a: ArrayLike, ...args: Settings<MatrixRankOptions, ["tol", "hermitian"]>): Value {
  const {
    tol = null,
    rtol = null,
    hermitian = false,
  } = settingsOf<MatrixRankOptions>("matrix_rank", { tol: "number", hermitian: true, rtol: "number" }, args);
  if (tol !== null && rtol !== null) throw new RangeError("matrix_rank: `tol` and `rtol` can't both be given");
  const value = asInexact(a);
  if (value.ndim < 2) {
    const nonzero = operations.cast(operations.notEqual(value, 0), "int64");
    return value.ndim === 0 ? nonzero : operations.max(nonzero, [0]);
  }
  const s = svdvalsOf(value, hermitian);
  const last = s.ndim - 1;
  if (s.shape[last] === 0) return s.backend.full(s.shape.slice(0, -1), 0, "int64");
  return countLarge(s, tol, rtol ?? relativeTolerance(value), last);
}

/** How many are larger than `tol`, or than a part of the largest. */
function countLarge(s: Value, tol: number | null, rtol: number, axis: number): Value {
  const bound =
    tol === null
      ? operations.mul(operations.max(s, [axis]), rtol)
      : s.backend.full(s.shape.slice(0, axis), tol, s.dtype);
  const isLarge = operations.greater(s, broadcastTo(withAxis(bound, -1), s.shape));
  return operations.sum(operations.cast(isLarge, "int64"), [axis]);
}

export interface LstsqOptions {
  /** Singular values that are smaller than this part of the largest count as zero. */
  readonly rcond?: number | null;
}

/**
 * The least-squares solution of a x = b, the sums of squares of what is left, the rank of a, and its singular values.
 * Sums are empty where there are no more rows than columns, or the rank is not the number of columns (which is not asked
 * of a traced matrix).
 */
export function lstsq(
  a: ArrayLike,
  b: ArrayLike,
  rcond: number | null | LstsqOptions = null,
): readonly [x: Value, residuals: Value, rank: Value, s: Value] {
  const tolerance =
    withOption<LstsqOptions, "rcond">("lstsq", { rcond: "number" }, "rcond", rcond, undefined).rcond ?? null;
  const [matrix, right] = inOneDType(asMatrices("lstsq", a), asInexact(b));
  if (matrix.ndim !== 2 || right.ndim < 1 || right.ndim > 2) {
    throw new LinAlgError(`${showCall("lstsq", [matrix, right])}: takes a matrix, and a vector or a matrix`);
  }
  const [rows = 0, columns = 0] = matrix.shape;
  if (right.shape[0] !== rows) throw new ShapeError(`${showCall("lstsq", [matrix, right])}: numbers of rows differ`);
  const part = tolerance === null ? relativeTolerance(matrix) : tolerance < 0 ? epsilonOf(matrix.dtype) : tolerance;
  const solution = matmul(pseudoInverse(matrix, part, false), right);
  const s = svdvalsOf(matrix, false);
  const rank = operations.cast(countLarge(s, null, part, 0), "int32");
  const left = operations.sub(right, matmul(matrix, solution));
  const squares = operations.square(operations.abs(left));
  const sums = right.ndim === 1 ? operations.reshape(operations.sum(squares, [0]), [1]) : operations.sum(squares, [0]);
  const isDetermined = rows > columns && (rank instanceof Traced || rank.item() === columns);
  const none = operations.slice(sums, [0], [0], [1]);
  return [solution, isDetermined ? sums : none, rank, s];
}
