// Convolutions, slopes and angles that go on.
import {
  DTypeError,
  isComplex,
  operations,
  ShapeError,
  showAval,
  Traced,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import {
  asNumber,
  asOperand,
  asValue,
  broadcastTo,
  ofOneDType,
  promotedOf,
  quotientOf,
  type ArrayLike,
} from "./arguments.ts";
import { isOptions, normalizeAxes, normalizeAxis, optionsOf, withOption, type Axes } from "./axes.ts";
import { concatenate } from "./joining.ts";
import { reshaped, section } from "./moving.ts";
import { remainder } from "./pairs.ts";
import { diff } from "./cumulative.ts";
import { pad } from "./padding.ts";
import { numbersIn } from "./rows.ts";
import { where } from "./selecting.ts";
import { flip } from "./shaping.ts";
import { sliding_window_view } from "./stride-tricks.ts";

/** All sums, as many as there are elements, or only those of whole products. */
export type ConvolveMode = "full" | "same" | "valid";
interface ModeOption {
  readonly mode?: ConvolveMode;
}

const modeOption: OptionNames<ModeOption> = { mode: ["full", "same", "valid"] };

function modeOf(name: string, mode: ConvolveMode | ModeOption, otherwise: ConvolveMode): ConvolveMode {
  return withOption<ModeOption, "mode">(name, modeOption, "mode", mode, undefined).mode ?? otherwise;
}

/** The coefficients of the product of two polynomials: the convolution of vectors. */
export function convolve(a: ArrayLike, v: ArrayLike, mode: ConvolveMode | ModeOption = "full"): Value {
  const [x, y] = vectors("convolve", a, v);
  const [long, short] = x.size >= y.size ? [x, y] : [y, x];
  return slid(long, flip(short), modeOf("convolve", mode, "full"));
}

/** The sums of products of a vector and another that is moved along it (and conjugated, if complex). */
export function correlate(a: ArrayLike, v: ArrayLike, mode: ConvolveMode | ModeOption = "valid"): Value {
  const [x, y] = vectors("correlate", a, v);
  const own = modeOf("correlate", mode, "valid");
  const conjugate = isComplex(y.dtype) ? operations.conj(y) : y;
  if (x.size >= y.size) return slid(x, conjugate, own);
  return flip(slid(conjugate, x, own));
}

function vectors(name: string, a: ArrayLike, v: ArrayLike): readonly [Value, Value] {
  const [x, y] = ofOneDType([asOperand(a), asOperand(v)]).map((each) =>
    each.ndim === 0 ? reshaped(each, [1]) : each,
  ) as [Value, Value];
  if (x.ndim !== 1 || y.ndim !== 1) throw new ShapeError(`${name}(${showAval(x)}, ${showAval(y)}): takes vectors`);
  if (x.size === 0 || y.size === 0) throw new ShapeError(`${name}: a vector has no elements`);
  return [x, y];
}

/** The products of a kernel with each part of a longer vector. */
function slid(long: Value, kernel: Value, mode: ConvolveMode): Value {
  const width = kernel.size;
  const before = mode === "full" ? width - 1 : mode === "same" ? width >> 1 : 0;
  const after = mode === "full" ? width - 1 : mode === "same" ? width - 1 - before : 0;
  const wide = pad(long, [before, after]);
  const parts = sliding_window_view(wide, width);
  const isBool = long.dtype === "bool";
  const [rows, own] = isBool ? [operations.cast(parts, "int64"), operations.cast(kernel, "int64")] : [parts, kernel];
  return operations.cast(operations.dot(rows, own, [[1], [0]], [[], []]), long.dtype);
}

interface GradientOptions {
  readonly axis?: Axes;
  /** 2 for the slope of a parabola at the ends. */
  readonly edge_order?: number;
}

/**
 * Slopes along each axis, or along some: by central differences, and by one-sided ones at the ends. Distances are 1,
 * a number, or the places of the elements, for all axes or for each.
 */
export function gradient(f: ArrayLike, ...args: readonly (ArrayLike | GradientOptions)[]): Value | readonly Value[] {
  const last = args.at(-1);
  const { axis, edge_order = 1 } = isOptions(last)
    ? optionsOf("gradient", last as GradientOptions, { axis: true, edge_order: "integer" })
    : {};
  const distances = (isOptions(last) ? args.slice(0, -1) : args) as readonly ArrayLike[];
  const given = asValue(f);
  if (given.dtype === "bool") throw new DTypeError(`gradient(${showAval(given)}): truth values have no slopes`);
  const value = operations.cast(given, quotientOf(given.dtype));
  const axes = normalizeAxes("gradient", axis, value.ndim);
  if (edge_order !== 1 && edge_order !== 2)
    throw new RangeError(`gradient: there is no order ${edge_order} at the ends`);
  if (distances.length > 1 && distances.length !== axes.length) {
    throw new TypeError(`gradient: ${distances.length} distances don't fit ${axes.length} axes`);
  }
  const slopes = axes.map((each, place) => {
    const length = value.shape[each] ?? 0;
    if (length < edge_order + 1)
      throw new ShapeError(`gradient(${showAval(value)}): axis ${each} has less than ${edge_order + 1} elements`);
    return slope(value, each, distances.length <= 1 ? (distances[0] ?? 1) : (distances[place] ?? 1), edge_order);
  });
  const [only] = slopes;
  return typeof axis === "number" || (slopes.length === 1 && only !== undefined) ? (only as Value) : slopes;
}

/** Distances of neighbours, which are all the same, or a vector of them as an array along the axis. */
type Distances = number | Value;

function distancesOf(value: Value, axis: number, given: ArrayLike): Distances {
  const points = asValue(given);
  if (points.ndim === 0) return points instanceof Traced ? points : asNumber("gradient", points);
  if (points.ndim !== 1 || points.size !== value.shape[axis]) {
    throw new ShapeError(`gradient: places ${showAval(points)} don't fit axis ${axis} of ${showAval(value)}`);
  }
  const steps = diff(operations.cast(points, value.dtype));
  if (!(steps instanceof Traced)) {
    const list = numbersIn(steps);
    const [first = 1] = list;
    if (list.every((each) => each === first)) return first;
  }
  return reshaped(
    steps,
    value.shape.map((_, each) => (each === axis ? steps.size : 1)),
  );
}

function slope(value: Value, axis: number, given: ArrayLike, edgeOrder: number): Value {
  const steps = distancesOf(value, axis, given);
  const length = value.shape[axis] ?? 0;
  const part = (start: number, stop: number) => section(value, axis, start, stop);
  const step = (start: number, stop: number) =>
    typeof steps === "number" || steps.ndim === 0 ? steps : section(steps, axis, start, stop);
  const one = edgeOrder === 1;
  const first = one
    ? quotient(operations.sub(part(1, 2), part(0, 1)), step(0, 1))
    : curvedEnd(part, step, [0, 1, 2], false);
  const final = one
    ? quotient(operations.sub(part(length - 1, length), part(length - 2, length - 1)), step(length - 2, length - 1))
    : curvedEnd(part, step, [length - 3, length - 2, length - 1], true);
  return concatenate([first, ...(length > 2 ? [inner(part, step, length)] : []), final], axis);
}

type Part = (start: number, stop: number) => Value;
type Step = (start: number, stop: number) => Distances;

function inner(part: Part, step: Step, length: number): Value {
  const [before, middle, after] = [part(0, length - 2), part(1, length - 1), part(2, length)];
  const [h1, h2] = [step(0, length - 2), step(1, length - 1)];
  if (h1 === h2) return quotient(operations.sub(after, before), scaledStep(h1, 2));
  const [left, right] = [h1, h2].map((each) => broadcastTo(asValue(each), before.shape)) as [Value, Value];
  const both = operations.add(left, right);
  const a = operations.neg(operations.div(right, operations.mul(left, both)));
  const b = operations.div(operations.sub(right, left), operations.mul(left, right));
  const c = operations.div(left, operations.mul(right, both));
  return operations.add(operations.add(operations.mul(a, before), operations.mul(b, middle)), operations.mul(c, after));
}

function scaledStep(step: Distances, factor: number): Distances {
  return typeof step === "number" ? step * factor : operations.mul(step, factor);
}

function quotient(value: Value, step: Distances): Value {
  return typeof step === "number"
    ? operations.div(value, step)
    : operations.div(value, broadcastTo(operations.cast(step, value.dtype), value.shape));
}

/** The slope at an end of the parabola through the three elements there. */
function curvedEnd(part: Part, step: Step, [i, j, k]: readonly [number, number, number], isLast: boolean): Value {
  const [x, y, z] = [part(i, i + 1), part(j, j + 1), part(k, k + 1)];
  const like = (each: Distances) => broadcastTo(asValue(each, x.dtype), x.shape);
  const [h1, h2] = [like(step(i, i + 1)), like(step(j, j + 1))];
  const both = operations.add(h1, h2);
  const { add, mul, div, neg } = operations;
  const a = isLast ? div(h2, mul(h1, both)) : neg(div(add(mul(h1, 2), h2), mul(h1, both)));
  const b = isLast ? neg(div(add(h2, h1), mul(h1, h2))) : div(both, mul(h1, h2));
  const c = isLast ? div(add(mul(h2, 2), h1), mul(h2, both)) : neg(div(h1, mul(h2, both)));
  return add(add(mul(a, x), mul(b, y)), mul(c, z));
}

interface UnwrapOptions {
  /** Steps of at least this much are taken for jumps; half a period, unless given. */
  readonly discont?: number | null;
  readonly axis?: number;
  readonly period?: number;
}

const unwrapOptions: OptionNames<UnwrapOptions> = { discont: "number", axis: true, period: true };

/** Angles without jumps: multiples of the period are added. */
export function unwrap(p: ArrayLike, options: UnwrapOptions = {}): Value {
  const given = asValue(p);
  const {
    discont = null,
    axis = -1,
    period = 2 * Math.PI,
  } = optionsOf<UnwrapOptions>("unwrap", options, unwrapOptions);
  const isInteger = kindOf(given.dtype) !== "float" && Number.isInteger(period);
  if (isInteger && kindOf(given.dtype) === "uint")
    throw new RangeError(`unwrap(${showAval(given)}): half a period below 0 is out of bounds for ${given.dtype}`);
  const common = promotedOf([given, period]);
  const value = operations.cast(given, isInteger ? common : quotientOf(common));
  const own = normalizeAxis("unwrap", axis, value.ndim);
  // Unsigned integers differ modulo their size.
  const steps = operations.stopGradient(operations.cast(diff(given, 1, own), value.dtype));
  const high = isInteger ? Math.floor(period / 2) : period / 2;
  const low = -high;
  const folded = operations.add(remainder(operations.sub(steps, low), period), low);
  const isEdge = operations.logicalAnd(operations.equal(folded, low), operations.greater(steps, 0));
  const isAmbiguous = !isInteger || period % 2 === 0;
  const near = isAmbiguous ? where(isEdge, high, folded) : folded;
  const isSmall = operations.less(operations.abs(steps), discont ?? period / 2);
  const jumps = operations.cumsum(where(isSmall, 0, operations.sub(near, steps)), own);
  const length = value.shape[own] ?? 0;
  const rest = operations.add(section(value, own, 1, length), operations.cast(jumps, value.dtype));
  return concatenate([section(value, own, 0, Math.min(1, length)), rest], own);
}
