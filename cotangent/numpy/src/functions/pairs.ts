// Functions of pairs of elements.
import { operations, primitives, type DType, type Value } from "@cotangent/core";
import { aligned, asOperand, asValue, ofOneDType, promotedOf, type ArrayLike } from "./arguments.ts";
import { isOutOfRange } from "../dtype.ts";
import {
  anyElements,
  bits,
  doubles,
  floatingReals,
  integers,
  integersAndCounts,
  numbers,
  numbersAndCounts,
  quotients,
  realsAndCounts,
} from "./domains.ts";
import { isOptions, optionsOf } from "./axes.ts";
import { binary, comparison, inOwnDType, logical } from "./ufuncs.ts";

export const add = /* @__PURE__ */ binary("add", primitives.add, anyElements);
export const subtract = /* @__PURE__ */ binary("subtract", primitives.sub, numbers);
export const multiply = /* @__PURE__ */ binary("multiply", primitives.mul, anyElements);
export const divide = /* @__PURE__ */ binary("divide", primitives.div, quotients);
export const true_divide = divide;
export const power = /* @__PURE__ */ binary("power", primitives.pow, numbersAndCounts);
export const pow = power;
/** A power in float64 or complex128. */
export const float_power = /* @__PURE__ */ binary("float_power", primitives.pow, doubles);
export const floor_divide = /* @__PURE__ */ binary("floor_divide", primitives.floorDivide, realsAndCounts);
/** What is left of a division, with the sign of the divisor. */
export const remainder = /* @__PURE__ */ binary("remainder", primitives.remainder, realsAndCounts);
export const mod = remainder;
/** What is left of a division, with the sign of the dividend. */
export const fmod = /* @__PURE__ */ binary("fmod", primitives.fmod, realsAndCounts);
export const maximum = /* @__PURE__ */ binary("maximum", primitives.maximum, anyElements);
export const minimum = /* @__PURE__ */ binary("minimum", primitives.minimum, anyElements);
/** The larger element, or the other one if one is NaN. */
export const fmax = /* @__PURE__ */ binary("fmax", primitives.fmax, anyElements);
/** The smaller element, or the other one if one is NaN. */
export const fmin = /* @__PURE__ */ binary("fmin", primitives.fmin, anyElements);
export const arctan2 = /* @__PURE__ */ binary("arctan2", primitives.arctan2, floatingReals);
export const atan2 = arctan2;
export const hypot = /* @__PURE__ */ binary("hypot", primitives.hypot, floatingReals);
export const logaddexp = /* @__PURE__ */ binary("logaddexp", primitives.logaddexp, floatingReals);
export const logaddexp2 = /* @__PURE__ */ binary("logaddexp2", primitives.logaddexp2, floatingReals);
export const copysign = /* @__PURE__ */ binary("copysign", primitives.copysign, floatingReals);
export const nextafter = /* @__PURE__ */ binary("nextafter", primitives.nextafter, floatingReals);
export const heaviside = /* @__PURE__ */ binary("heaviside", primitives.heaviside, floatingReals);

export const gcd = /* @__PURE__ */ binary("gcd", primitives.gcd, integers);
export const lcm = /* @__PURE__ */ binary("lcm", primitives.lcm, integers);
export const left_shift = /* @__PURE__ */ binary("left_shift", primitives.leftShift, integersAndCounts);
export const bitwise_left_shift = left_shift;
export const right_shift = /* @__PURE__ */ binary("right_shift", primitives.rightShift, integersAndCounts);
export const bitwise_right_shift = right_shift;
export const bitwise_and = /* @__PURE__ */ binary("bitwise_and", primitives.bitwiseAnd, bits);
export const bitwise_or = /* @__PURE__ */ binary("bitwise_or", primitives.bitwiseOr, bits);
export const bitwise_xor = /* @__PURE__ */ binary("bitwise_xor", primitives.bitwiseXor, bits);

export const logical_and = /* @__PURE__ */ logical("logical_and", primitives.logicalAnd);
export const logical_or = /* @__PURE__ */ logical("logical_or", primitives.logicalOr);
export const logical_xor = /* @__PURE__ */ logical("logical_xor", primitives.logicalXor);

export const equal = /* @__PURE__ */ comparison("equal", primitives.equal);
export const not_equal = /* @__PURE__ */ comparison("not_equal", primitives.notEqual);
export const less = /* @__PURE__ */ comparison("less", primitives.less);
export const less_equal = /* @__PURE__ */ comparison("less_equal", primitives.lessEqual);
export const greater = /* @__PURE__ */ comparison("greater", primitives.greater);
export const greater_equal = /* @__PURE__ */ comparison("greater_equal", primitives.greaterEqual);

/** Quotients rounded down, and what is left of them. */
export function divmod(x: ArrayLike, y: ArrayLike): readonly [Value, Value] {
  return [floor_divide(x, y), remainder(x, y)];
}

/** Bounds of `clip`, also by the names of the array standard. */
export interface ClipOptions {
  readonly a_min?: ArrayLike | null;
  readonly a_max?: ArrayLike | null;
  readonly min?: ArrayLike | null;
  readonly max?: ArrayLike | null;
}

/** Elements that are less than `low` become it, those above `high` become that. */
export function clip(x: ArrayLike, low?: ArrayLike | ClipOptions | null, high?: ArrayLike | null): Value {
  const { dtype: own } = asValue(x);
  const [lower, upper] = boundsOf(low, high);
  const least = isBelow(lower, own) ? undefined : lower;
  const most = isAbove(upper, own) ? undefined : upper;
  if (!isGiven(least) && !isGiven(most)) return inOwnDType("clip", numbers, x);
  const given = [x, ...(isGiven(least) ? [least] : []), ...(isGiven(most) ? [most] : [])].map((each) =>
    asOperand(each, "clip"),
  );
  const dtype = promotedOf(given);
  const [value, ...bounds] = ofOneDType(given, dtype);
  let result = value as Value;
  for (const [place, bound] of bounds.entries()) {
    const [left, right] = aligned("clip", [result, bound]) as [Value, Value];
    const isLow = place === 0 && isGiven(least);
    result = isLow ? operations.maximum(left, right) : operations.minimum(left, right);
  }
  return result;
}

function boundsOf(low: ArrayLike | ClipOptions | null | undefined, high: ArrayLike | null | undefined) {
  if (!isClipOptions(low)) return [low, high] as const;
  const own = optionsOf<ClipOptions>("clip", low, { a_min: true, a_max: true, min: true, max: true });
  return [own.a_min ?? own.min, own.a_max ?? own.max] as const;
}

type Bound = ArrayLike | null | undefined;

/** Whether all integers of this dtype are above a number, which is no bound then. */
function isBelow(bound: Bound, dtype: DType): boolean {
  return (typeof bound === "number" || typeof bound === "bigint") && bound < 0 && isOutOfRange(bound, dtype);
}

function isAbove(bound: Bound, dtype: DType): boolean {
  return (typeof bound === "number" || typeof bound === "bigint") && bound > 0 && isOutOfRange(bound, dtype);
}

function isClipOptions(raw: unknown): raw is ClipOptions {
  return isOptions(raw);
}

function isGiven(raw: ArrayLike | null | undefined): raw is ArrayLike {
  return raw !== null && raw !== undefined;
}
