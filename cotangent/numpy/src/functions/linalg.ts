// np.linalg.
import { ShapeError, showCall, type DType, type OptionNames, type Value } from "@cotangent/core";
import { asOperand, asValue, ofOneDType, type ArrayLike } from "./arguments.ts";
import { optionsOf, withOption } from "./axes.ts";
import { diagonal as diagonalOf, trace as traceOf } from "./diagonals.ts";
import { swapped } from "./matrices.ts";
import { cross as anyCross, outer as anyOuter } from "./products.ts";

export { LinAlgError } from "../linear-algebra/errors.ts";
export { cholesky, eig, eigh, eigvals, eigvalsh, qr, svd, svdvals } from "./linalg-decompositions.ts";
export { cond, matrix_norm, norm, vector_norm } from "./linalg-norms.ts";
export { lstsq, matrix_rank, pinv } from "./linalg-rank.ts";
export { det, inv, matrix_power, multi_dot, slogdet, solve, tensorinv, tensorsolve } from "./linalg-solving.ts";
export { matmul, tensordot, vecdot } from "./products.ts";

/** All products of an element of one vector and an element of the other, as a matrix. */
export function outer(x: ArrayLike, y: ArrayLike): Value {
  const operands = ofOneDType([asOperand(x), asOperand(y)]);
  if (!operands.every(({ ndim }) => ndim === 1)) {
    throw new ShapeError(`${showCall("outer", operands)}: both operands must be vectors`);
  }
  return anyOuter(x, y);
}

interface AxisOption {
  readonly axis?: number;
}

/** The cross product of vectors of 3 components. */
export function cross(x: ArrayLike, y: ArrayLike, options: AxisOption = {}): Value {
  const { axis = -1 } = optionsOf<AxisOption>("cross", options, { axis: true });
  const operands = ofOneDType([asOperand(x), asOperand(y)]);
  if (!operands.every(({ shape }) => shape.at(axis) === 3)) {
    throw new ShapeError(`${showCall("cross", operands)}: vectors must have 3 components`);
  }
  return anyCross(x, y, { axis });
}

interface OffsetOption {
  readonly offset?: number;
}

interface SumOptions extends OffsetOption {
  readonly dtype?: DType;
}

const offsetOption: OptionNames<OffsetOption> = { offset: "integer" };
const lastAxes = { axis1: -2, axis2: -1 } as const;

/** Diagonals of the matrices in the last two axes. */
export function diagonal(x: ArrayLike, offset: number | OffsetOption = 0): Value {
  return diagonalOf(x, {
    ...lastAxes,
    ...withOption<OffsetOption, "offset">("diagonal", offsetOption, "offset", offset, undefined),
  });
}

/** Sums of the diagonals of the matrices in the last two axes. */
export function trace(x: ArrayLike, offset: number | SumOptions = 0): Value {
  const names: OptionNames<SumOptions> = { ...offsetOption, dtype: true };
  return traceOf(x, { ...lastAxes, ...withOption<SumOptions, "offset">("trace", names, "offset", offset, undefined) });
}

/** The last two axes exchanged. */
export function matrix_transpose(x: ArrayLike): Value {
  const value = asValue(x);
  if (value.ndim < 2) throw new ShapeError(`${showCall("matrix_transpose", [value])}: a matrix has two axes`);
  return swapped(value);
}
