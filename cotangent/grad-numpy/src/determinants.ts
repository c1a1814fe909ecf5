// The tangent of a determinant, which is a polynomial: it has derivatives at singular matrices too.
import { bind, cond, operations, primitives, type Value } from "@cotangent/core";
import { acrossColumns, acrossRows, adjoint, castLike, matmul, masked, swapped, trace } from "./matrices.ts";

const { abs, add, broadcast, cast, equal, greater, lessEqual, mul, prod, solve, sqrt, square, stopGradient, sub, sum } =
  operations;

/** Determinants that are smaller than this share of what rows of these lengths could have are taken for singular. */
const smallShare = 1e-6;

/** Singular values that are smaller than this share of the largest one are taken for small. */
const smallValue = 1e-5;

/** With as many small singular values the determinant and its first derivatives are zero, as far as can be told. */
const mostSmall = 4;

/** d det A = tr(adj(A) dA); for a regular matrix adj(A) = det(A) A⁻¹. */
export function determinantTangent(da: Value, [a]: readonly [Value], determinant: Value): Value {
  return cond(
    isNearlySingular(stopGradient(a), stopGradient(determinant)),
    (dx: Value, x: Value) => nearlySingularTangent(dx, x),
    (dx: Value, x: Value, value: Value) => mul(value, trace(solve(x, dx))),
    da,
    a,
    determinant,
  );
}

/** Whether one of the matrices is: |det A| is at most the product of the lengths of the rows (Hadamard). */
function isNearlySingular(a: Value, determinant: Value): Value {
  const size = a.shape.at(-1) ?? 0;
  const lengths = sqrt(sum(square(abs(a)), [a.shape.length - 1]));
  // Of random matrices the share is about e^(−n/2).
  const bound = mul(prod(lengths, [lengths.shape.length - 1]), smallShare * Math.exp(-size / 2));
  const isSmall = lessEqual(abs(determinant), bound);
  const axes = isSmall.shape.map((_, axis) => axis);
  return axes.length === 0 ? isSmall : bind(primitives.any, [isSmall], { axes });
}

/**
 * With A = U diag(s) Vᴴ at this point, B = Uᴴ A V, in which U and V stay what they are, and B in blocks, of which the
 * last belongs to small singular values: det A = det U det Vᴴ det M det C, where M is the first block, and
 * C = B₂₂ − B₂₁ M⁻¹ B₁₂ (Schur). det C is written as a polynomial in the traces of its powers (Newton), and all
 * matrices have the size of A, so that nothing depends on how many singular values are small.
 */
function nearlySingularTangent(da: Value, a: Value): Value {
  const size = a.shape.at(-1) ?? 0;
  const [u, s, vh] = bind(primitives.svd, [stopGradient(a)], { full: false });
  const largest = operations.max(s, [s.shape.length - 1]);
  const isLarge = greater(s, mul(broadcast(largest, s.shape, [s.shape.length - 1]), smallValue));
  const large = castLike(cast(isLarge, s.dtype), a);
  const small = sub(1, large);
  const [rows, columns] = [acrossRows(large, size), acrossColumns(large, size)];
  const [smallRows, smallColumns] = [acrossRows(small, size), acrossColumns(small, size)];
  const turned = (x: Value) => matmul(matmul(adjoint(u), x), adjoint(vh));
  const [b, db] = [turned(a), turned(da)];
  const m = add(mul(mul(rows, columns), b), onDiagonal(smallRows));
  const right = mul(mul(rows, smallColumns), b);
  const w = solve(m, right);
  const z = swapped(solve(swapped(m), swapped(mul(mul(smallRows, columns), b))));
  const c = sub(mul(mul(smallRows, smallColumns), b), matmul(z, right));
  const dc = matmul(matmul(sub(onDiagonal(smallRows), z), db), sub(onDiagonal(smallColumns), w));
  const growth = trace(solve(m, mul(mul(rows, columns), db)));
  const turn = mul(determinantOf(u), determinantOf(vh));
  const count = sum(small, [small.shape.length - 1]);
  const change = symmetricTangents(c, dc, growth, Math.min(size, mostSmall))
    .map((each, order) => mul(castLike(cast(equal(count, order), s.dtype), a), each))
    .reduce(add);
  return mul(mul(turn, determinantOf(m)), change);
}

function onDiagonal(x: Value): Value {
  return masked(x, (row, column) => (row === column ? 1 : 0));
}

function determinantOf(a: Value): Value {
  return bind(primitives.det, [a], {});
}

/**
 * For each k from 0 on: eₖ(C) dg + deₖ, where eₖ is the k-th elementary symmetric polynomial of the eigenvalues:
 * k eₖ = Σ (−1)ʲ eₖ₋₁₋ⱼ tr Cʲ⁺¹, and deₖ = Σ (−1)ʲ eₖ₋₁₋ⱼ tr(Cʲ dC).
 */
function symmetricTangents(c: Value, dc: Value, growth: Value, most: number): readonly Value[] {
  const symmetric = [operations.onesLike(growth)];
  const tangents = [growth];
  const traces: Value[] = [];
  const changes: Value[] = [];
  let [power, change] = [c, dc];
  for (let order = 1; order <= most; order++) {
    traces.push(trace(power));
    changes.push(trace(change));
    if (order < most) [power, change] = [matmul(c, power), matmul(c, change)];
    const alternating = (terms: readonly Value[]) =>
      terms
        .map((term, place) => mul(mul(term, place % 2 === 0 ? 1 : -1), symmetric[order - 1 - place] ?? 0))
        .reduce(add);
    const value = mul(alternating(traces), 1 / order);
    tangents.push(add(mul(value, growth), alternating(changes)));
    symmetric.push(value);
  }
  return tangents;
}
