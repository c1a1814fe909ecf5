// Arrays made larger at their ends.
import { bind, operations, primitives, ShapeError, showAval, type OptionNames, type Value } from "@cotangent/core";
import { kindOf } from "../dtype.ts";
import { asValue, broadcastTo, type ArrayLike } from "./arguments.ts";
import { count, isOptions, normalizeAxis, withOption } from "./axes.ts";
import { section, reshaped } from "./moving.ts";
import { progression } from "./progression.ts";
import { median } from "./quantiles.ts";
import { max, mean, min } from "./reductions.ts";
import { integerArray, takeAlong } from "./rows.ts";

/** What new elements are. */
export type PadMode =
  | "constant"
  | "edge"
  | "linear_ramp"
  | "maximum"
  | "mean"
  | "median"
  | "minimum"
  | "reflect"
  | "symmetric"
  | "wrap"
  | "empty";

/** One for all, one before and one after, or such a pair for each axis. */
export type Pairs = number | readonly number[] | readonly (readonly number[])[];

export interface PadOptions {
  readonly mode?: PadMode;
  readonly constant_values?: Pairs;
  readonly end_values?: Pairs;
  /** Of how many elements at the end statistics are; all, unless given. */
  readonly stat_length?: Pairs | null;
  readonly reflect_type?: "even" | "odd";
}

const padOptions: OptionNames<PadOptions> = {
  mode: true,
  constant_values: true,
  end_values: true,
  stat_length: true,
  reflect_type: ["even", "odd"],
};

/** The array with more elements before and after, along each axis. */
export function pad(
  x: ArrayLike,
  widths: Pairs | Readonly<Record<number, number | readonly number[]>>,
  mode: PadMode | PadOptions = "constant",
  options: PadOptions = {},
): Value {
  const value = asValue(x);
  const settings = withOption<PadOptions, "mode">("pad", padOptions, "mode", mode, options);
  const pairs = isOptions(widths) ? pairsByAxis(value, widths) : pairsOf(widths, value.ndim);
  if (!pairs.flat().every(Number.isInteger))
    throw new TypeError(`pad(${showAval(value)}): widths [${pairs.join("], [")}] are not all integers`);
  if (pairs.flat().some((each) => each < 0))
    throw new RangeError(`pad(${showAval(value)}): of widths [${pairs.join("], [")}] one is negative`);
  return pairs.reduce<Value>((result, pair, axis) => padAxis(result, axis, pair, settings), value);
}

type Pair = readonly [before: number, after: number];

function pairsOf(given: Pairs, ndim: number): readonly Pair[] {
  if (typeof given === "number") return count(ndim).map(() => [given, given]);
  const rows = given.map((each): readonly number[] => (typeof each === "number" ? [each] : each));
  const isFlat = given.every((each) => typeof each === "number");
  const list = isFlat ? [given] : rows;
  if (list.length !== 1 && list.length !== ndim)
    throw new ShapeError(`pad: ${list.length} pairs don't fit ${ndim} axes`);
  return count(ndim).map((axis) => {
    return pairOf((list.length === 1 ? list[0] : list[axis]) ?? 0);
  });
}

function pairOf(given: number | readonly number[]): Pair {
  if (typeof given === "number") return [given, given];
  const [before, after = before] = given;
  if (before === undefined || after === undefined || given.length > 2)
    throw new ShapeError(`pad: [${given.join(", ")}] is not one number or two`);
  return [before, after];
}

function pairsByAxis(value: Value, widths: Readonly<Record<number, number | readonly number[]>>): readonly Pair[] {
  const byAxis = new Map(
    Object.entries(widths).map(([axis, given]) => [normalizeAxis("pad", Number(axis), value.ndim), given]),
  );
  return value.shape.map((_, axis) => pairOf(byAxis.get(axis) ?? 0));
}

function padAxis(value: Value, axis: number, [before, after]: Pair, options: PadOptions): Value {
  if (before === 0 && after === 0) return value;
  const { mode = "constant" } = options;
  const length = value.shape[axis] ?? 0;
  const isConstant = mode === "constant" || mode === "empty";
  if (length === 0 && !isConstant)
    throw new ShapeError(`pad(${showAval(value)}): axis ${axis} has no elements to pad with`);
  const pick = (pairs: Pairs | undefined): Pair => pairsOf(pairs ?? 0, value.ndim)[axis] ?? [0, 0];
  if (isConstant)
    return withConstants(value, axis, [before, after], mode === "empty" ? [0, 0] : pick(options.constant_values));
  if (mode === "linear_ramp") return withRamps(value, axis, [before, after], pick(options.end_values));
  if (mode === "reflect" || mode === "symmetric")
    return reflected(value, axis, [before, after], mode, options.reflect_type);
  if (mode === "edge" || mode === "wrap") return takeAlong(value, placesOf(mode, length, before, after), axis);
  if (!Object.hasOwn(statistics, mode)) throw new RangeError(`pad: there is no mode ${mode}`);
  const lengths =
    options.stat_length === null || options.stat_length === undefined ? [length, length] : pick(options.stat_length);
  return withStatistics(value, axis, [before, after], lengths as Pair, statistics[mode]);
}

/** The place in the array that each place of the padded one repeats. */
function placesOf(mode: "edge" | "wrap", length: number, before: number, after: number): Value {
  const place = (at: number) =>
    mode === "edge" ? Math.min(Math.max(at, 0), length - 1) : ((at % length) + length) % length;
  return integerArray(count(before + length + after).map((each) => place(each - before)));
}

function withConstants(value: Value, axis: number, [before, after]: Pair, [first, last]: Pair): Value {
  if (first === 0 && last === 0) {
    const start = value.shape.map((_, each) => (each === axis ? before : 0));
    const shape = value.shape.with(axis, before + (value.shape[axis] ?? 0) + after);
    return operations.embed(
      value,
      start,
      value.shape.map(() => 1),
      shape,
    );
  }
  const part = (width: number, fill: number) =>
    width === 0 ? [] : [value.backend.full(value.shape.with(axis, width), fill, value.dtype)];
  return operations.concatenate([...part(before, first), value, ...part(after, last)], axis);
}

function withRamps(value: Value, axis: number, [before, after]: Pair, [first, last]: Pair): Value {
  const length = value.shape[axis] ?? 0;
  const left = ramp(section(value, axis, 0, 1), axis, before, first, false);
  const right = ramp(section(value, axis, length - 1, length), axis, after, last, true);
  return operations.concatenate([...left, value, ...right], axis);
}

/** From the end value in equal steps to the edge, which is not one of them. */
function ramp(edge: Value, axis: number, width: number, end: number, isReversed: boolean): readonly Value[] {
  if (width === 0) return [];
  const isInteger = kindOf(edge.dtype) !== "float" && kindOf(edge.dtype) !== "complex";
  const own = isInteger ? operations.cast(edge, "float64") : edge;
  const shape = edge.shape.with(axis, width);
  const steps = progression(width, isReversed ? width - 1 : 0, isReversed ? -1 : 1, own.dtype);
  const places = broadcastTo(
    reshaped(
      steps,
      edge.shape.map((_, each) => (each === axis ? width : 1)),
    ),
    shape,
  );
  const step = operations.div(operations.sub(own, end), width);
  const values = operations.add(operations.mul(places, broadcastTo(step, shape)), end);
  return [operations.cast(isInteger ? operations.floor(values) : values, edge.dtype)];
}

/**
 * Elements beyond an end are those before it, mirrored; odd reflection mirrors values at the end's as well. Each is a
 * sum of an element, the first and the last, whose coefficients are known.
 */
function reflected(
  value: Value,
  axis: number,
  [before, after]: Pair,
  mode: "reflect" | "symmetric",
  type: "even" | "odd" = "even",
): Value {
  const length = value.shape[axis] ?? 0;
  if (length === 1) return takeAlong(value, placesOf("edge", length, before, after), axis);
  const overlap = mode === "symmetric" ? 1 : 0;
  const terms = count(before + length + after).map((place) => mirrored(place - before, length, overlap));
  const taken = takeAlong(value, integerArray(terms.map(({ place }) => place)), axis);
  if (type === "even") return taken;
  const weigh = (part: Value, weights: readonly number[]) => {
    const column = operations.cast(
      reshaped(
        integerArray(weights),
        value.shape.map((_, each) => (each === axis ? weights.length : 1)),
      ),
      value.dtype,
    );
    return operations.mul(broadcastTo(part, taken.shape), broadcastTo(column, taken.shape));
  };
  const first = weigh(
    section(value, axis, 0, 1),
    terms.map((each) => each.first),
  );
  const last = weigh(
    section(value, axis, length - 1, length),
    terms.map((each) => each.last),
  );
  return operations.add(
    operations.add(
      weigh(
        taken,
        terms.map(({ sign }) => sign),
      ),
      first,
    ),
    last,
  );
}

interface Mirrored {
  readonly place: number;
  readonly sign: number;
  readonly first: number;
  readonly last: number;
}

function mirrored(at: number, length: number, overlap: number): Mirrored {
  let [place, sign, first, last] = [at, 1, 0, 0];
  while (place < 0 || place >= length) {
    if (place < 0) {
      first += 2 * sign;
      place = -place - overlap;
    } else {
      last += 2 * sign;
      place = 2 * (length - 1) + overlap - place;
    }
    sign = -sign;
  }
  return { place, sign, first, last };
}

type Statistic = (x: Value, axis: number) => Value;

const statistics: { readonly [Mode in "maximum" | "minimum" | "mean" | "median"]: Statistic } = {
  maximum: (x, axis) => max(x, { axis, keepdims: true }),
  minimum: (x, axis) => min(x, { axis, keepdims: true }),
  mean: (x, axis) => rounded(mean(x, { axis, keepdims: true }), x),
  median: (x, axis) => rounded(median(x, { axis, keepdims: true }), x),
};

/** Means of integers are rounded to integers. */
function rounded(found: Value, like: Value): Value {
  if (found.dtype === like.dtype) return found;
  return operations.cast(bind(primitives.rint, [found], {}), like.dtype);
}

function withStatistics(
  value: Value,
  axis: number,
  [before, after]: Pair,
  [first, last]: Pair,
  statistic: Statistic,
): Value {
  const length = value.shape[axis] ?? 0;
  const part = (width: number, elements: Value) =>
    width === 0 ? [] : [broadcastTo(statistic(elements, axis), value.shape.with(axis, width))];
  const left = part(before, section(value, axis, 0, Math.min(first, length)));
  const right = part(after, section(value, axis, Math.max(length - last, 0), length));
  return operations.concatenate([...left, value, ...right], axis);
}
