// Sums, products, extremes and truth values along axes.
import { bind, operations, primitives, ShapeError, showAval, Traced, type DType, type Value } from "@cotangent/core";
import { promoteTypes } from "../dtype.ts";
import {
  aligned,
  asOperand,
  asValue,
  broadcastTo,
  ofOneDType,
  quotientOf,
  valueOf,
  type ArrayLike,
} from "./arguments.ts";
import { normalizeAxes, normalizeAxis, reducedAxes, withOption, type Axes } from "./axes.ts";
import { reshaped } from "./moving.ts";
import { countAlong, kept, squaredSize, sumDType } from "./reducing.ts";
import { where } from "./selecting.ts";
import {
  argumentOptions,
  averageOptions,
  elementOptions,
  meanOptions,
  reductionOptions,
  sumOptions,
  varianceOptions,
  type ArgumentOptions,
  type AverageOptions,
  type ElementOptions,
  type MeanOptions,
  type ReductionOptions,
  type SumOptions,
  type VarianceOptions,
} from "./reduction-options.ts";
import { weightsAlong } from "./weights.ts";

export type {
  ElementOptions,
  MeanOptions,
  ReductionOptions,
  SumOptions,
  VarianceOptions,
} from "./reduction-options.ts";

/** Elements that don't count are what changes nothing. */
function counted(value: Value, mask: ArrayLike | undefined, neutral: number): Value {
  return mask === undefined ? value : where(asValue(mask), value, operations.cast(asValue(neutral), value.dtype));
}

function started(result: Value, initial: ArrayLike | undefined, combine: (x: Value, y: Value) => Value): Value {
  if (initial === undefined) return result;
  const first = valueOf(asOperand(initial), result.dtype);
  const [left, right] = aligned("initial", [result, first]) as [Value, Value];
  return combine(left, right);
}

export function sum(x: ArrayLike, axis?: Axes | SumOptions, options?: SumOptions): Value {
  const {
    axis: given,
    dtype,
    keepdims,
    where: mask,
    initial,
  } = withOption<SumOptions, "axis">("sum", sumOptions, "axis", axis, options);
  const value = asValue(x, undefined, "sum");
  const axes = reducedAxes("sum", given, value.ndim);
  const summed = operations.sum(counted(operations.cast(value, dtype ?? sumDType(value.dtype)), mask, 0), axes);
  return kept(started(summed, initial, operations.add), value, axes, keepdims);
}

export function prod(x: ArrayLike, axis?: Axes | SumOptions, options?: SumOptions): Value {
  const {
    axis: given,
    dtype,
    keepdims,
    where: mask,
    initial,
  } = withOption<SumOptions, "axis">("prod", sumOptions, "axis", axis, options);
  const value = asValue(x, undefined, "prod");
  const axes = reducedAxes("prod", given, value.ndim);
  const factors = counted(operations.cast(value, dtype ?? sumDType(value.dtype)), mask, 1);
  const product = axes.length === 0 ? factors : operations.prod(factors, axes);
  return kept(started(product, initial, operations.mul), value, axes, keepdims);
}

export function max(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return extreme(
    "max",
    asValue(x, undefined, "max"),
    withOption<ElementOptions, "axis">("max", elementOptions, "axis", axis, options),
  );
}
export const amax = max;

export function min(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return extreme(
    "min",
    asValue(x, undefined, "min"),
    withOption<ElementOptions, "axis">("min", elementOptions, "axis", axis, options),
  );
}
export const amin = min;

function extreme(name: "max" | "min", value: Value, { axis, keepdims, where: mask, initial }: ElementOptions): Value {
  const axes = reducedAxes(name, axis, value.ndim);
  if (initial === undefined && axes.some((each) => value.shape[each] === 0)) {
    throw new ShapeError(`${name}(${showAval(value)}): there is none of no elements; give an initial value`);
  }
  if (mask !== undefined && initial === undefined)
    throw new RangeError(`${name}: with \`where\` an initial value is needed`);
  const pick = name === "max" ? operations.maximum : operations.minimum;
  const first = valueOf(asOperand(initial ?? 0), value.dtype);
  const elements = mask === undefined ? value : where(mask, value, first);
  const shape = value.shape.filter((_, axis) => !axes.includes(axis));
  const isEmpty = axes.some((each) => value.shape[each] === 0);
  const found = isEmpty ? broadcastTo(first, shape) : axes.length === 0 ? elements : operations[name](elements, axes);
  return kept(isEmpty ? found : started(found, initial, pick), value, axes, keepdims);
}

/** The difference of the largest and the smallest element. */
export function ptp(x: ArrayLike, axis?: Axes | ReductionOptions, options?: ReductionOptions): Value {
  const own = withOption<ReductionOptions, "axis">("ptp", reductionOptions, "axis", axis, options);
  return operations.sub(max(x, own), min(x, own));
}

export function any(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return truth(
    "any",
    asValue(x, undefined, "any"),
    withOption<ElementOptions, "axis">("any", elementOptions, "axis", axis, options),
  );
}

export function all(x: ArrayLike, axis?: Axes | ElementOptions, options?: ElementOptions): Value {
  return truth(
    "all",
    asValue(x, undefined, "all"),
    withOption<ElementOptions, "axis">("all", elementOptions, "axis", axis, options),
  );
}

function truth(name: "any" | "all", value: Value, { axis, keepdims, where: mask }: ElementOptions): Value {
  const axes = reducedAxes(name, axis, value.ndim);
  const elements = counted(operations.cast(value, "bool"), mask, name === "all" ? 1 : 0);
  return kept(bind(primitives[name], [elements], { axes }), value, axes, keepdims);
}

/** How many elements are not 0. */
export function count_nonzero(x: ArrayLike, axis?: Axes | ReductionOptions, options?: ReductionOptions): Value {
  const own = withOption<ReductionOptions, "axis">("count_nonzero", reductionOptions, "axis", axis, options);
  return sum(operations.cast(asValue(x, undefined, "count_nonzero"), "bool"), own);
}

/** The index of the first largest element along an axis, or, without one, in the order of `ravel`. */
export function argmax(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "argmax",
    asValue(x, undefined, "argmax"),
    withOption<ArgumentOptions, "axis">("argmax", argumentOptions, "axis", axis, options),
  );
}

export function argmin(x: ArrayLike, axis?: number | null | ArgumentOptions, options?: ArgumentOptions): Value {
  return argExtreme(
    "argmin",
    asValue(x, undefined, "argmin"),
    withOption<ArgumentOptions, "axis">("argmin", argumentOptions, "axis", axis, options),
  );
}

function argExtreme(
  name: "argmax" | "argmin",
  value: Value,
  { axis = null, keepdims = false }: ArgumentOptions,
): Value {
  const flat = axis === null || value.ndim === 0 ? reshaped(value, [value.size]) : value;
  const own = normalizeAxis(name, axis ?? 0, flat.ndim);
  if (flat.shape[own] === 0) throw new ShapeError(`${name}(${showAval(value)}): there is none of no elements`);
  const found = bind(primitives[name], [operations.stopGradient(flat)], { axis: own });
  return kept(found, value, axis === null ? value.shape.map((_, each) => each) : [own], keepdims);
}

export function mean(x: ArrayLike, axis?: Axes | MeanOptions, options?: MeanOptions): Value {
  const {
    axis: given,
    dtype,
    keepdims,
    where: mask,
  } = withOption<MeanOptions, "axis">("mean", meanOptions, "axis", axis, options);
  const value = asValue(x, undefined, "mean");
  const axes = normalizeAxes("mean", given, value.ndim);
  const elements = counted(operations.cast(value, dtype ?? quotientOf(value.dtype)), mask, 0);
  const total = operations.sum(elements, axes);
  return kept(
    divided(total, (like) => numberOf(value, axes, mask, like)),
    value,
    axes,
    keepdims,
  );
}

/** A total by a number that is of its dtype. Of integers the quotient is rounded towards 0. */
function divided(total: Value, number: (like: Value) => Value | number): Value {
  const exact = operations.cast(total, quotientOf(total.dtype));
  return operations.cast(operations.div(exact, number(exact)), total.dtype);
}

/** How many elements count for each result: a number, or, with a mask, an array. */
export function numberOf(
  value: Value,
  axes: readonly number[],
  mask: ArrayLike | undefined,
  like: Value,
): Value | number {
  if (mask === undefined) return countAlong(value, axes);
  const truths = broadcastTo(operations.cast(asValue(mask), "bool"), value.shape);
  return operations.cast(operations.sum(operations.cast(truths, "int64"), axes), like.dtype);
}

/** The mean of squared distances from the mean. Of complex numbers it is real. */
function variance(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  const own = withOption<VarianceOptions, "axis">("var", varianceOptions, "axis", axis, options);
  const { axis: given, dtype, keepdims, where: mask, ddof = 0, correction = ddof, mean: known } = own;
  const value = asValue(x);
  const axes = normalizeAxes("var", given, value.ndim);
  const center =
    known === undefined
      ? mean(value, { axis: axes, keepdims: true, ...(mask === undefined ? {} : { where: mask }), ...ofDType(dtype) })
      : asValue(known);
  const [left, right] = aligned("var", ofOneDType([value, center])) as [Value, Value];
  const squares = squaredSize(counted(operations.sub(left, right), mask, 0));
  const total = operations.sum(operations.cast(squares, dtype ?? quotientOf(squares.dtype)), axes);
  const result = divided(total, (like) => {
    const number = numberOf(value, axes, mask, like);
    return typeof number === "number"
      ? Math.max(number - correction, 0)
      : operations.maximum(operations.sub(number, correction), 0);
  });
  return kept(result, value, axes, keepdims);
}

function ofDType(dtype: DType | undefined): { readonly dtype?: DType } {
  return dtype === undefined ? {} : { dtype };
}
export { variance as var };

/** The root of the variance. */
export function std(x: ArrayLike, axis?: Axes | VarianceOptions, options?: VarianceOptions): Value {
  return operations.sqrt(variance(x, axis, options));
}

/** The mean in which elements have weights: of the array's shape, or of the axes' lengths. */
export function average(
  x: ArrayLike,
  axis?: Axes | AverageOptions,
  options?: AverageOptions,
): Value | readonly [Value, Value] {
  const own = withOption<AverageOptions, "axis">("average", averageOptions, "axis", axis, options);
  const value = asValue(x);
  const axes = normalizeAxes("average", own.axis, value.ndim);
  if (own.weights === undefined) {
    const found = mean(value, { axis: own.axis, keepdims: own.keepdims ?? false });
    return own.returned === true ? [found, operations.mul(operations.onesLike(found), countAlong(value, axes))] : found;
  }
  const given = asValue(own.weights);
  const dtype = promoteTypes(quotientOf(value.dtype), quotientOf(promoteTypes(value.dtype, given.dtype)));
  const elements = operations.cast(value, dtype);
  const weights = operations.cast(weightsAlong("average", value, given, own.axis), dtype);
  const total = operations.sum(weights, axes);
  requireWeight(total);
  const found = operations.div(operations.sum(operations.mul(elements, weights), axes), total);
  const result = kept(found, value, axes, own.keepdims);
  return own.returned === true ? [result, kept(total, value, axes, own.keepdims)] : result;
}

/** @throws RangeError where weights are known to add up to nothing. */
function requireWeight(total: Value): void {
  if (!(total instanceof Traced) && anyZero(total)) throw new RangeError("average: weights sum up to 0");
}

function anyZero(total: Value): boolean {
  return any(operations.equal(total, 0)).item() === true;
}
