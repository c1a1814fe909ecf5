// Tangents of matrix decompositions. They exist where values are distinct, and matrices have full rank.
import { isComplex, operations, type ParamsOf, type Value } from "@cotangent/core";
import { adjoint, castLike, diagonal, masked, matmul, pattern, swapped } from "./matrices.ts";

const {
  add,
  broadcast,
  complex,
  conj,
  div,
  imag,
  mul,
  real,
  reciprocal,
  slice,
  solve,
  sub,
  sum,
  triangularSolve,
  zerosLike,
} = operations;

type Tangents = readonly (Value | null)[];

/** A row vector for each matrix: element (i, j) is v[j]. */
function acrossColumns(v: Value, rows: number): Value {
  const { length } = v.shape;
  return broadcast(v, [...v.shape.slice(0, -1), rows, v.shape.at(-1) ?? 0], [length - 1]);
}

/** A column vector for each matrix: element (i, j) is v[i]. */
function acrossRows(v: Value, columns: number): Value {
  const { length } = v.shape;
  return broadcast(v, [...v.shape, columns], [length]);
}

/** 1/(v[j] − v[i]), and 0 on the diagonal. */
function inverseGaps(v: Value): Value {
  const size = v.shape.at(-1) ?? 0;
  const gaps = sub(acrossColumns(v, size), acrossRows(v, size));
  const one = pattern(gaps, (row, column) => (row === column ? 1 : 0));
  return masked(reciprocal(add(gaps, one)), (row, column) => (row === column ? 0 : 1));
}

/**
 * A = V diag(w) Vᴴ: dw = diag(Vᴴ dA V), dV = V (F ∘ Vᴴ dA V), Fᵢⱼ = 1/(wⱼ − wᵢ) (Giles, 2008, §3.1). Of dA the
 * Hermitian part counts.
 */
export function hermitianEigenTangents([da]: Tangents, _: readonly [Value], [w, v]: readonly Value[]): Tangents {
  if (da === null || da === undefined || w === undefined || v === undefined) return [null, null];
  const symmetric = mul(add(da, adjoint(da)), 0.5);
  const turned = matmul(matmul(adjoint(v), symmetric), v);
  return [real(diagonal(turned)), matmul(v, mul(castLike(inverseGaps(w), v), turned))];
}

/** A V = V diag(w) with columns of length 1: as above, with V⁻¹ for Vᴴ, and without what would change a length. */
export function eigenTangents([da]: Tangents, _: readonly [Value], [w, v]: readonly Value[]): Tangents {
  if (da === null || da === undefined || w === undefined || v === undefined) return [null, null];
  const turned = solve(v, matmul(castLike(da, v), v));
  const dv = matmul(v, mul(inverseGaps(w), turned));
  const rows = v.shape.length - 2;
  const stretch = castLike(real(sum(mul(conj(v), dv), [rows])), v);
  return [diagonal(turned), sub(dv, mul(v, acrossColumns(stretch, v.shape.at(-2) ?? 0)))];
}

/**
 * A = Q R. With X the first columns of A that make R square, and C = Qᴴ dX R⁻¹: dQ = Q (L − Lᴴ + D − C) + dX R⁻¹, where
 * L is C below the diagonal and D the imaginary part of its diagonal (Roberts and Roberts, 2020, arXiv:2009.10071), and
 * dR = Qᴴ (dA − dQ R).
 */
export function qrTangents(
  [da]: Tangents,
  _: readonly [Value],
  [q, r]: readonly Value[],
  { mode }: ParamsOf<"qr">,
): Tangents {
  if (da === null || da === undefined || q === undefined || r === undefined) return [null, null];
  const [rows = 0, columns = 0] = da.shape.slice(-2);
  if (mode === "complete" && rows > columns) {
    throw new TypeError(`qr of ${rows}×${columns}: the complete form has no derivative; use the reduced form`);
  }
  const inner = q.shape.at(-1) ?? 0;
  const dx = firstColumns(da, inner);
  const square = firstColumns(r, inner);
  // dX R⁻¹, as the transpose of a solution with Rᵀ.
  const quotient = swapped(triangularSolve(square, swapped(dx), { lower: false, transposed: true, unit: false }));
  const c = matmul(adjoint(q), quotient);
  const lower = masked(c, (row, column) => (row > column ? 1 : 0));
  const skew = add(sub(lower, adjoint(lower)), imaginaryDiagonal(c));
  const dq = add(matmul(q, sub(skew, c)), quotient);
  return [dq, matmul(adjoint(q), sub(da, matmul(dq, r)))];
}

function firstColumns(a: Value, columns: number): Value {
  if (a.shape.at(-1) === columns) return a;
  return slice(
    a,
    a.shape.map(() => 0),
    [...a.shape.slice(0, -1), columns],
    a.shape.map(() => 1),
  );
}

/** The imaginary part of the diagonal, times i, as a matrix. */
function imaginaryDiagonal(c: Value): Value {
  if (!isComplex(c.dtype)) return zerosLike(c);
  const only = masked(c, (row, column) => (row === column ? 1 : 0));
  return complex(zerosLike(real(only)), imag(only));
}

/**
 * A = U diag(s) Vᴴ: ds = Re diag(Uᴴ dA V); dU and dV from the skew-Hermitian parts of the rest, and from what lies
 * outside the spans of U and V (Wan and Zhang, 2019, arXiv:1909.02659; Townsend, 2016).
 */
export function singularValueTangents(
  [da]: Tangents,
  [a]: readonly [Value],
  [u, s, vh]: readonly Value[],
  { full }: ParamsOf<"svd">,
): Tangents {
  if (da === null || da === undefined || u === undefined || s === undefined || vh === undefined)
    return [null, null, null];
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  if (full && rows !== columns) {
    throw new TypeError(`svd of ${rows}×${columns}: only the reduced form has a derivative; say fullMatrices: false`);
  }
  const v = adjoint(vh);
  const p = matmul(matmul(adjoint(u), da), v);
  const ds = real(diagonal(p));
  const size = s.shape.at(-1) ?? 0;
  const gaps = castLike(inverseGaps(mul(s, s)), a);
  const byColumn = castLike(acrossColumns(s, size), a);
  const byRow = castLike(acrossRows(s, size), a);
  const ps = mul(p, byColumn);
  const sp = mul(byRow, p);
  const inU = add(mul(gaps, add(ps, adjoint(ps))), halfImaginary(p, s));
  const inV = mul(gaps, add(sp, adjoint(sp)));
  const du = add(matmul(u, inU), outside(matmul(da, v), u, s));
  const dv = add(matmul(v, inV), outside(matmul(adjoint(da), u), v, s));
  return [du, ds, adjoint(dv)];
}

/** (1 − B Bᴴ) X diag(s)⁻¹, which is 0 where B is square. */
function outside(x: Value, b: Value, s: Value): Value {
  if (b.shape.at(-1) === b.shape.at(-2)) return zerosLike(x);
  const rest = sub(x, matmul(b, matmul(adjoint(b), x)));
  return div(rest, castLike(acrossColumns(s, x.shape.at(-2) ?? 0), x));
}

/** The phase of a complex decomposition: (D − Dᴴ)/2s for the diagonal D of p. Real ones have none. */
function halfImaginary(p: Value, s: Value): Value {
  if (!isComplex(p.dtype)) return zerosLike(p);
  const size = s.shape.at(-1) ?? 0;
  return div(imaginaryDiagonal(p), castLike(acrossColumns(s, size), p));
}
