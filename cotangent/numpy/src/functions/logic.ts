// Whether arrays are equal, or nearly so.
import { isComplex, isInexact, operations, sameShape, type OptionNames, type Value } from "@cotangent/core";
import { aligned, asValue, ofOneDType, asOperand, promotedOf, quotientOf, type ArrayLike } from "./arguments.ts";
import { count } from "./axes.ts";
import { isfinite, isnan } from "./elementwise.ts";
import { equal } from "./pairs.ts";
import { all } from "./reductions.ts";
import { settingsOf, type Settings } from "./settings.ts";

export interface CloseOptions {
  /** Relative to elements of the second array. */
  readonly rtol?: ArrayLike;
  readonly atol?: ArrayLike;
  readonly equal_nan?: boolean;
}

const closeness: OptionNames<CloseOptions> = { rtol: true, atol: true, equal_nan: true };
type CloseArguments = Settings<CloseOptions, ["rtol", "atol", "equal_nan"]>;

/** Whether elements differ by at most atol + rtol · |y|. */
export function isclose(x: ArrayLike, y: ArrayLike, ...args: CloseArguments): Value {
  return areNear(x, y, settingsOf<CloseOptions>("isclose", closeness, args));
}

function areNear(x: ArrayLike, y: ArrayLike, options: CloseOptions): Value {
  const { rtol: relative = 1e-5, atol: absolute = 1e-8, equal_nan = false } = options;
  const operands = [asOperand(x), asOperand(y)];
  const [left, right] = aligned("isclose", ofOneDType(operands, quotientOf(promotedOf(operands)))) as [Value, Value];
  const limit = operations.add(operations.mul(operations.abs(right), tolerance(relative)), tolerance(absolute));
  const [difference, bound] = aligned("isclose", [operations.abs(operations.sub(left, right)), limit]) as [
    Value,
    Value,
  ];
  const isNear = operations.logicalAnd(operations.lessEqual(difference, bound), isfinite(right));
  const isSame = operations.logicalOr(isNear, operations.equal(left, right));
  return equal_nan ? operations.logicalOr(isSame, operations.logicalAnd(isnan(left), isnan(right))) : isSame;
}

function tolerance(given: ArrayLike): Value | number {
  return typeof given === "number" ? given : asValue(given, undefined, "isclose");
}

/** Whether all elements are close. */
export function allclose(x: ArrayLike, y: ArrayLike, ...args: CloseArguments): boolean {
  return all(areNear(x, y, settingsOf<CloseOptions>("allclose", closeness, args))).item() === true;
}

interface NaNOption {
  /** Whether NaN is equal to NaN. */
  readonly equal_nan?: boolean;
}

/** Whether arrays have one shape and the same elements. */
export function array_equal(x: ArrayLike, y: ArrayLike, ...args: Settings<NaNOption, ["equal_nan"]>): boolean {
  const { equal_nan = false } = settingsOf<NaNOption>("array_equal", { equal_nan: true }, args);
  const [left, right] = [asValue(x), asValue(y)];
  return sameShape(left.shape, right.shape) && allEqual(left, right, equal_nan);
}

function allEqual(left: Value, right: Value, equalNaN: boolean): boolean {
  const isSame = equal(left, right);
  const canBeNaN = equalNaN && (isInexact(left.dtype) || isComplex(left.dtype)) && isInexact(right.dtype);
  const both = canBeNaN ? operations.logicalOr(isSame, operations.logicalAnd(isnan(left), isnan(right))) : isSame;
  return all(both).item() === true;
}

/** Whether arrays can be broadcast to one shape and have the same elements then. */
export function array_equiv(x: ArrayLike, y: ArrayLike): boolean {
  const [left, right] = [asValue(x), asValue(y)];
  const fits = count(Math.min(left.ndim, right.ndim)).every((place) => {
    const [own, other] = [left, right].map(({ shape }) => shape.at(-1 - place));
    return own === other || own === 1 || other === 1;
  });
  return fits && allEqual(left, right, false);
}
