// The derivatives of calls that have a rule by name.
import type { NamedTable } from "@cotangent/grad";
import { operations, type Value } from "@cotangent/core";
import { adjoint, matmul, pattern } from "./matrices.ts";

const { add, neg, sub } = operations;

/** The tangents of a call's results, from those of its operands. */
export const calls: NamedTable = {
  pinv: ([da], [a], [p]) => [pseudoInverseTangent(da as Value, a as Value, p as Value)],
};

/**
 * The derivative is that of Golub and Pereyra (SIAM J. Numer. Anal. 10, 1973, where the rank doesn't change), which
 * unlike those of singular vectors doesn't mind equal singular values:
 * dP = −P dA P + P Pᴴ dAᴴ (1 − A P) + (1 − P A) dAᴴ Pᴴ P.
 */
function pseudoInverseTangent(da: Value, a: Value, p: Value): Value {
  const adjointChange = adjoint(da);
  const ap = matmul(a, p);
  const pa = matmul(p, a);
  const own = neg(matmul(matmul(p, da), p));
  const left = matmul(matmul(p, adjoint(p)), matmul(adjointChange, sub(identityLike(ap), ap)));
  const right = matmul(matmul(sub(identityLike(pa), pa), adjointChange), matmul(adjoint(p), p));
  return add(own, add(left, right));
}

function identityLike(a: Value): Value {
  return pattern(a, (row, column) => (row === column ? 1 : 0));
}
