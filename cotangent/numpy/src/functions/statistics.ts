// How variables vary together.
import {
  DTypeError,
  isComplex,
  operations,
  ShapeError,
  showAval,
  type DType,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { asDType, canCast, promoteTypes } from "../dtype.ts";
import { asValue, broadcastTo, knownArray, ofOneDType, promotedOf, type ArrayLike } from "./arguments.ts";
import { withOption } from "./axes.ts";
import { diagonal } from "./diagonals.ts";
import { concatenate } from "./joining.ts";
import { asMatrix, permuted, reshaped } from "./moving.ts";
import { clip } from "./pairs.ts";
import { numbersIn } from "./rows.ts";
import { sqrt } from "./elementwise.ts";
import { squeeze } from "./shaping.ts";

export interface CovarianceOptions {
  /** More variables. */
  readonly y?: ArrayLike | null;
  /** Rows are variables and columns observations; else the other way round. */
  readonly rowvar?: boolean;
  /** The divisor is the number of observations, not one less. */
  readonly bias?: boolean;
  readonly ddof?: number | null;
  /** How often each observation was made. */
  readonly fweights?: ArrayLike | null;
  /** How much each observation counts. */
  readonly aweights?: ArrayLike | null;
  readonly dtype?: DType;
}

const covarianceOptions: OptionNames<CovarianceOptions> = {
  y: true,
  rowvar: true,
  bias: true,
  ddof: "number",
  fweights: true,
  aweights: true,
  dtype: true,
};

/** The covariances of variables. */
export function cov(m: ArrayLike, y?: ArrayLike | CovarianceOptions | null, options: CovarianceOptions = {}): Value {
  return covarianceOf(m, withVariables("cov", y, options));
}

function covarianceOf(m: ArrayLike, settings: CovarianceOptions): Value {
  const { rowvar = true, bias = false, ddof, fweights, aweights } = settings;
  const variables = variablesOf(asValue(m), settings.y ?? null, rowvar, settings.dtype);
  if (variables.shape[0] === 0) return reshaped(variables, [0, 0]);
  const weights = weightsOf(variables, fweights ?? null, aweights ?? null);
  const freedom = ddof ?? (bias ? 0 : 1);
  if (!Number.isInteger(freedom)) throw new RangeError(`cov: ddof ${freedom} is not an integer`);
  const total = weights === null ? (variables.shape[1] ?? 0) : operations.sum(weights, [0]);
  const centered = operations.sub(variables, broadcastTo(meansOf(variables, weights, total), variables.shape));
  const other = weights === null ? centered : operations.mul(centered, broadcastTo(weights, centered.shape));
  const products = operations.dot(
    centered,
    isComplex(other.dtype) ? operations.conj(other) : other,
    [[1], [1]],
    [[], []],
  );
  return squeeze(operations.div(products, divisorOf(total, freedom, weights, aweights ?? null, products)));
}

function withVariables(
  name: string,
  y: ArrayLike | CovarianceOptions | null | undefined,
  options: CovarianceOptions,
): CovarianceOptions {
  return withOption<CovarianceOptions, "y">(name, covarianceOptions, "y", y ?? undefined, options);
}

function variablesOf(m: Value, y: ArrayLike | null, rowvar: boolean, dtype: DType | undefined): Value {
  const operands = [m, ...(y === null ? [] : [asValue(y)])];
  if (operands.some((each) => each.ndim > 2))
    throw new ShapeError(`cov(${operands.map(showAval).join(", ")}): takes vectors and matrices`);
  const values = ofOneDType(
    operands,
    dtype === undefined ? promoteTypes(promotedOf(operands), "float64") : asDType(dtype),
  );
  // A matrix of one row as the second argument is a row also where columns are variables.
  const rows = values.map((each, place) =>
    rowvar || each.ndim < 2 || (place === 1 && each.shape[0] === 1) ? asMatrix(each) : permuted(each, [1, 0]),
  );
  return concatenate(rows, 0);
}

function weightsOf(variables: Value, fweights: ArrayLike | null, aweights: ArrayLike | null): Value | null {
  if (fweights !== null) requireNatural(asValue(fweights));
  if (aweights !== null && anyNegative(asValue(aweights))) throw new RangeError("cov: one of aweights is negative");
  const given = [fweights, aweights].flatMap((each) => (each === null ? [] : [asValue(each, variables.dtype)]));
  if (given.some((each) => each.ndim !== 1 || each.size !== variables.shape[1])) {
    throw new ShapeError(`cov(${showAval(variables)}): there is not one weight for each observation`);
  }
  return given.length === 0 ? null : given.reduce(operations.mul);
}

function requireNatural(fweights: Value): void {
  if (!canCast(fweights.dtype, "int64", "same_kind"))
    throw new DTypeError(`cov: fweights are integers, not ${fweights.dtype}`);
  if (anyNegative(fweights)) throw new RangeError("cov: one of fweights is negative");
}

function anyNegative(weights: Value): boolean {
  const known = knownArray(weights);
  return known !== null && numbersIn(known).some((each) => each < 0);
}

function meansOf(variables: Value, weights: Value | null, total: Value | number): Value {
  const weighted = weights === null ? variables : operations.mul(variables, broadcastTo(weights, variables.shape));
  const sums = operations.sum(weighted, [1]);
  const means = operations.div(sums, typeof total === "number" ? total : broadcastTo(total, sums.shape));
  return reshaped(means, [means.size, 1]);
}

function divisorOf(
  total: Value | number,
  ddof: number,
  weights: Value | null,
  aweights: ArrayLike | null,
  like: Value,
): Value | number {
  if (typeof total === "number") return Math.max(total - ddof, 0);
  const counted =
    aweights === null || weights === null
      ? operations.mul(operations.onesLike(total), ddof)
      : spreadOf(total, ddof, weights, asValue(aweights, weights.dtype));
  return broadcastTo(operations.maximum(operations.sub(total, counted), 0), like.shape);
}

/** Observations that count for less leave less freedom. */
function spreadOf(total: Value, ddof: number, weights: Value, aweights: Value): Value {
  return operations.div(operations.mul(operations.sum(operations.mul(weights, aweights), [0]), ddof), total);
}

/** The correlation coefficients of variables. */
export function corrcoef(
  x: ArrayLike,
  y?: ArrayLike | CovarianceOptions | null,
  options: CovarianceOptions = {},
): Value {
  const products = covarianceOf(x, withVariables("corrcoef", y, options));
  if (products.ndim === 0) return operations.div(products, products);
  const length = products.shape[0] ?? 0;
  const deviations = sqrt(operations.real(diagonal(products)));
  const own = operations.cast(deviations, products.dtype);
  const across = broadcastTo(reshaped(own, [length, 1]), products.shape);
  const found = operations.div(operations.div(products, across), broadcastTo(own, products.shape));
  if (!isComplex(found.dtype)) return clip(found, -1, 1);
  return operations.complex(clip(operations.real(found), -1, 1), clip(operations.imag(found), -1, 1));
}
