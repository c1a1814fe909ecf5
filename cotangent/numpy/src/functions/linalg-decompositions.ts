// Decompositions of matrices.
import { bind, isComplex, operations, primitives, Traced, type Value } from "@cotangent/core";
import { packedQR } from "../evaluation/packed-qr.ts";
import { concreteArray, type ArrayLike } from "./arguments.ts";
import { optionsOf, withOption } from "./axes.ts";
import { acrossRows, adjoint, alongLast, asMatrices, asSquare, hermitianEigen, singularValues } from "./matrices.ts";
import { settingsOf, type Settings } from "./settings.ts";

export interface CholeskyOptions {
  /** Reads the upper half, and gives the upper factor u with uᴴ u = a. */
  readonly upper?: boolean;
}

/** The lower factor l with l lᴴ = a, of a Hermitian positive definite matrix whose lower half is read. */
export function cholesky(a: ArrayLike, options: CholeskyOptions = {}): Value {
  const { upper = false } = optionsOf<CholeskyOptions>("cholesky", options, { upper: true });
  const matrix = asSquare("cholesky", a);
  const lower = bind(primitives.cholesky, [upper ? adjoint(matrix) : matrix], {});
  return upper ? adjoint(lower) : lower;
}

export type QRMode = "reduced" | "complete" | "r" | "raw";
export interface QROptions<Mode extends QRMode = QRMode> {
  /**
   * `reduced`: q has as many columns as a has, if that is fewer than rows; `complete`: q is square; `r`: only r;
   * `raw`: the reflections as LAPACK packs them, transposed, and their factors (without derivatives).
   */
  readonly mode?: Mode;
}

/** A matrix with orthonormal columns and an upper triangular one whose product is a. */
export function qr(a: ArrayLike, mode: "r" | QROptions<"r">): Value;
export function qr(
  a: ArrayLike,
  mode?: Exclude<QRMode, "r"> | QROptions<Exclude<QRMode, "r">>,
): readonly [Q: Value, R: Value];
export function qr(a: ArrayLike, mode: QRMode | QROptions = "reduced"): Value | readonly [Value, Value] {
  const kind = withOption<QROptions, "mode">("qr", { mode: true }, "mode", mode, undefined).mode ?? "reduced";
  const matrix = asMatrices("qr", a);
  if (kind === "raw") return packedQR(concreteArray(matrix));
  if (!["reduced", "complete", "r"].includes(kind)) throw new RangeError(`qr: there is no mode "${kind}"`);
  const [q, r] = bind(primitives.qr, [matrix], { mode: kind === "complete" ? kind : "reduced" }) as readonly Value[];
  return kind === "r" ? (r as Value) : [q as Value, r as Value];
}

export interface SVDOptions {
  /** Whether u and vh are square. */
  readonly full_matrices?: boolean;
  /** Whether u and vh are given as well as the singular values. */
  readonly compute_uv?: boolean;
  /** The matrix is Hermitian; its lower half is read. */
  readonly hermitian?: boolean;
}

/** a = u diag(s) vh, with descending s. */
export function svd(a: ArrayLike, options: SVDOptions & { readonly compute_uv: false }): Value;
export function svd(
  a: ArrayLike,
  full_matrices?: boolean | (SVDOptions & { readonly compute_uv?: true }),
  compute_uv?: true,
  hermitian?: boolean,
): readonly [U: Value, S: Value, Vh: Value];
export function svd(
  a: ArrayLike,
  full_matrices: boolean | SVDOptions | undefined,
  compute_uv: false,
  hermitian?: boolean,
): Value;
export function svd(
  a: ArrayLike,
  ...args: Settings<SVDOptions, ["full_matrices", "compute_uv", "hermitian"]>
): Value | readonly [Value, Value, Value] {
  const {
    full_matrices = true,
    compute_uv = true,
    hermitian = false,
  } = settingsOf<SVDOptions>("svd", { full_matrices: true, compute_uv: true, hermitian: true }, args);
  const matrix = asMatrices("svd", a);
  if (hermitian) return compute_uv ? hermitianSVD(matrix) : svdvalsOf(matrix, true);
  if (!compute_uv) return svdvals(matrix);
  return singularValues(matrix, full_matrices);
}

/** The singular values are the sizes of the eigenvalues. */
function hermitianSVD(a: Value): readonly [Value, Value, Value] {
  const [values, vectors] = hermitianEigen(a);
  const order = descendingOrder(values);
  const signs = operations.select(operations.less(values, 0), operations.neg(operations.onesLike(values)), 1);
  const u = alongLast(vectors, order);
  const signed = operations.mul(u, operations.cast(acrossRows(alongLast(signs, order), u), u.dtype));
  return [u, alongLast(operations.abs(values), order), adjoint(signed)];
}

/** Numbers that sort by size, the largest first. */
function descendingOrder(values: Value): Value {
  const sizes = operations.neg(operations.abs(values));
  return bind(primitives.argsort, [sizes], { axis: sizes.ndim - 1 });
}

/** Singular values, descending. */
export function svdvals(a: ArrayLike): Value {
  return svdvalsOf(asMatrices("svdvals", a), false);
}

/** Descending; of a Hermitian matrix from its eigenvalues. */
export function svdvalsOf(a: Value, isHermitian: boolean): Value {
  if (!isHermitian) return singularValues(a, false)[1];
  const [values] = hermitianEigen(a);
  return alongLast(operations.abs(values), descendingOrder(values));
}

export type Half = "L" | "U";
export interface EighOptions {
  /** Which half of the matrix is read. */
  readonly UPLO?: Half;
}

/** Ascending eigenvalues of Hermitian matrices, and eigenvectors as columns. */
export function eigh(
  a: ArrayLike,
  options: Half | EighOptions = "L",
): readonly [eigenvalues: Value, eigenvectors: Value] {
  return hermitianEigen(halfOf("eigh", a, options));
}

/** Ascending eigenvalues of Hermitian matrices. */
export function eigvalsh(a: ArrayLike, options: Half | EighOptions = "L"): Value {
  return hermitianEigen(halfOf("eigvalsh", a, options))[0];
}

function halfOf(name: string, a: ArrayLike, options: Half | EighOptions): Value {
  const half = withOption<EighOptions, "UPLO">(name, { UPLO: true }, "UPLO", options, undefined).UPLO ?? "L";
  if (half !== "L" && half !== "U") throw new RangeError(`${name}: UPLO must be "L" or "U"`);
  const matrix = asSquare(name, a);
  return half === "L" ? matrix : adjoint(matrix);
}

/**
 * Eigenvalues, and eigenvectors as columns. They are real where all eigenvalues of a real matrix are, but complex in any
 * case where the matrix is traced.
 */
export function eig(a: ArrayLike): readonly [eigenvalues: Value, eigenvectors: Value] {
  const matrix = asSquare("eig", a);
  const [values, vectors] = bind(primitives.eig, [matrix], {});
  return isReal(matrix, values) ? [operations.real(values), operations.real(vectors)] : [values, vectors];
}

/** Eigenvalues, real or complex as those of `eig`. */
export function eigvals(a: ArrayLike): Value {
  return eig(a)[0];
}

function isReal(matrix: Value, values: Value): boolean {
  if (isComplex(matrix.dtype) || values instanceof Traced) return false;
  const zeros = operations.equal(operations.imag(values), 0);
  return bind(primitives.all, [zeros], { axes: zeros.shape.map((_, axis) => axis) }).item() === true;
}
