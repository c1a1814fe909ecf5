// Tangents of matrix decompositions. They exist where values are distinct, and matrices have full rank.
import { isComplex, MissingRuleError, operations, showCall, type Value } from "@cotangent/core";
import {
  acrossColumns,
  acrossRows,
  adjoint,
  castLike,
  diagonal,
  masked,
  matmul,
  pattern,
  swapped,
} from "./matrices.ts";

const {
  add,
  complex,
  concatenate,
  conj,
  div,
  embed,
  imag,
  mul,
  neg,
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
export function qrTangents([da]: Tangents, [a]: readonly [Value], [q, r]: readonly Value[]): Tangents {
  if (da === null || da === undefined || q === undefined || r === undefined) return [null, null];
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  if (q.shape.at(-1) === Math.min(rows, columns)) return reducedTangents(da, q, r);
  requireUnique(rows - columns, a, "qr", "the last columns of q", 'mode "reduced"');
  const [dq, dr] = reducedTangents(da, firstColumns(q, columns), firstRows(r, columns));
  const origin = r.shape.map(() => 0);
  const below = embed(
    dr,
    origin,
    origin.map(() => 1),
    r.shape,
  );
  return [withLastColumn(dq, q), below];
}

function reducedTangents(da: Value, q: Value, r: Value): readonly [Value, Value] {
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

/** More columns than one can be turned, and a complex one has a phase: nothing says how they change. */
function requireUnique(extra: number, a: Value, name: string, which: string, instead: string): void {
  if (extra === 1 && !isComplex(a.dtype)) return;
  throw new MissingRuleError(
    `${showCall(name, [a])}: ${which} complete a basis, in no unique way, and have no derivative; use ${instead}`,
  );
}

/** The tangent of an orthogonal matrix, from that of all columns but the last: it stays at right angles to them. */
function withLastColumn(tangent: Value, q: Value): Value {
  const count = tangent.shape.at(-1) ?? 0;
  const others = firstColumns(q, count);
  const only = columnsFrom(q, count, 1);
  const change = neg(matmul(others, matmul(adjoint(tangent), only)));
  return concatenate([tangent, change], q.shape.length - 1);
}

function firstColumns(a: Value, columns: number): Value {
  return a.shape.at(-1) === columns ? a : columnsFrom(a, 0, columns);
}

function firstRows(a: Value, rows: number): Value {
  return swapped(firstColumns(swapped(a), rows));
}

function columnsFrom(a: Value, start: number, columns: number): Value {
  const last = a.shape.length - 1;
  return slice(
    a,
    a.shape.map((_, axis) => (axis === last ? start : 0)),
    a.shape.with(last, columns),
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
export function singularValueTangents([da]: Tangents, [a]: readonly [Value], [u, s, vh]: readonly Value[]): Tangents {
  if (da === null || da === undefined || u === undefined || s === undefined || vh === undefined)
    return [null, null, null];
  const [rows = 0, columns = 0] = a.shape.slice(-2);
  const size = Math.min(rows, columns);
  const extra = Math.max(u.shape.at(-1) ?? 0, vh.shape.at(-2) ?? 0) - size;
  if (extra === 0) return thinTangents(da, a, u, s, vh);
  const which = rows > columns ? "the last columns of u" : "the last rows of vh";
  requireUnique(extra, a, "svd", which, "full_matrices: false, or compute_uv: false for the singular values alone");
  const [du, ds, dvh] = thinTangents(da, a, firstColumns(u, size), s, firstRows(vh, size));
  return rows > columns
    ? [withLastColumn(du, u), ds, dvh]
    : [du, ds, adjoint(withLastColumn(adjoint(dvh), adjoint(vh)))];
}

function thinTangents(da: Value, a: Value, u: Value, s: Value, vh: Value): readonly [Value, Value, Value] {
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
