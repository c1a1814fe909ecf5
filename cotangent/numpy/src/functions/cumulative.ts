// Running sums and products, and differences.
import {
  DTypeError,
  knownOptions,
  operations,
  ShapeError,
  showAval,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { canCast } from "../dtype.ts";
import { asInteger, asValue, broadcastTo, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxis, optionsOf, withOption } from "./axes.ts";
import { concatenate } from "./joining.ts";
import { reshaped, section } from "./moving.ts";
import { add, divide, multiply, not_equal } from "./pairs.ts";
import { prepared, type AxisArgument, type CumulativeOptions } from "./reducing.ts";
import { sum } from "./reductions.ts";

/** The sums of all elements up to each, along an axis, or, without one, in the order of `ravel`. */
export function cumsum(x: ArrayLike, axis?: AxisArgument<CumulativeOptions>, options?: CumulativeOptions): Value {
  const [value, own] = prepared("cumsum", x, axis, options);
  return operations.cumsum(value, own);
}

export function cumprod(x: ArrayLike, axis?: AxisArgument<CumulativeOptions>, options?: CumulativeOptions): Value {
  const [value, own] = prepared("cumprod", x, axis, options);
  return operations.cumprod(value, own);
}

interface InitialOptions extends CumulativeOptions {
  /** Begin with 0, or 1. */
  readonly include_initial?: boolean;
}

const initialOptions: OptionNames<InitialOptions> = { axis: true, dtype: true, include_initial: true };

export function cumulative_sum(x: ArrayLike, options: InitialOptions = {}): Value {
  return withInitial("cumulative_sum", x, options, cumsum, 0);
}

export function cumulative_prod(x: ArrayLike, options: InitialOptions = {}): Value {
  return withInitial("cumulative_prod", x, options, cumprod, 1);
}

function withInitial(name: string, x: ArrayLike, options: InitialOptions, run: typeof cumsum, initial: number): Value {
  const whole = asValue(x);
  const value = whole.ndim === 0 ? reshaped(whole, [1]) : whole;
  const given = options.axis ?? null;
  if (given === null && value.ndim !== 1) throw new ShapeError(`${name}(${showAval(value)}): give an axis`);
  const axis = normalizeAxis(name, given ?? 0, value.ndim);
  const { include_initial = false, ...own } = knownOptions(name, options, initialOptions);
  const result = run(value, { ...own, axis });
  if (!include_initial) return result;
  return concatenate([result.backend.full(result.shape.with(axis, 1), initial, result.dtype), result], axis);
}

interface DiffOptions {
  readonly n?: number;
  readonly axis?: number;
  readonly prepend?: ArrayLike;
  readonly append?: ArrayLike;
}

const diffOptions: OptionNames<DiffOptions> = { n: true, axis: true, prepend: true, append: true };

/** The differences of neighbours along an axis, n times. */
export function diff(x: ArrayLike, n: number | DiffOptions = 1, axis: number | DiffOptions = -1): Value {
  const options: DiffOptions = {
    ...(typeof n === "number" ? { n } : optionsOf<DiffOptions>("diff", n, diffOptions)),
    ...(typeof axis === "number"
      ? typeof n === "number"
        ? { axis }
        : {}
      : optionsOf<DiffOptions>("diff", axis, diffOptions)),
  };
  const value = asValue(x);
  const times = asInteger("diff", options.n ?? 1);
  if (times === 0) return value;
  if (value.ndim === 0) throw new ShapeError("diff: an array of no axes has no differences");
  if (times < 0) throw new RangeError(`diff: the order is ${times}, which is negative`);
  const own = normalizeAxis("diff", options.axis ?? -1, value.ndim);
  let result = extended(value, own, options);
  for (let time = 0; time < times; time++) result = differences(result, own);
  return result;
}

function extended(value: Value, axis: number, { prepend, append }: DiffOptions): Value {
  if (prepend === undefined && append === undefined) return value;
  const shape = value.shape.with(axis, 1);
  const ends = [prepend, append].map((each) => {
    if (each === undefined) return [];
    const end = asValue(each);
    return [end.ndim === 0 ? broadcastTo(end, shape) : end];
  });
  return concatenate([...(ends[0] ?? []), value, ...(ends[1] ?? [])], axis);
}

function differences(value: Value, axis: number): Value {
  const length = value.shape[axis] ?? 0;
  const [later, earlier] = [section(value, axis, 1, length), section(value, axis, 0, Math.max(length - 1, 0))];
  if (length === 0) return value;
  return value.dtype === "bool" ? not_equal(later, earlier) : operations.sub(later, earlier);
}

interface EndOptions {
  readonly to_end?: ArrayLike | null;
  readonly to_begin?: ArrayLike | null;
}

/** The differences of neighbours in the order of `ravel`, with more at the ends if given. */
export function ediff1d(x: ArrayLike, options: EndOptions = {}): Value {
  const { to_end, to_begin } = optionsOf<EndOptions>("ediff1d", options, { to_end: true, to_begin: true });
  const value = asValue(x);
  const all = reshaped(value, [value.size]);
  const inner = operations.sub(
    section(all, 0, 1, Math.max(all.size, 1)),
    section(all, 0, 0, Math.max(all.size - 1, 0)),
  );
  const flat = (each: ArrayLike | null | undefined) => {
    if (each === null || each === undefined) return [];
    const end = asValue(each);
    if (!canCast(end.dtype, value.dtype, "same_kind"))
      throw new DTypeError(`ediff1d(${showAval(value)}): ${end.dtype} can't be cast to ${value.dtype}`);
    return [reshaped(operations.cast(end, value.dtype), [end.size])];
  };
  return concatenate([...flat(to_begin), inner, ...flat(to_end)], 0);
}

interface TrapezoidOptions {
  readonly x?: ArrayLike | null;
  readonly dx?: ArrayLike;
  readonly axis?: number;
}

const trapezoidOptions: OptionNames<TrapezoidOptions> = { x: true, dx: true, axis: true };

/** The integral along an axis by the trapezoidal rule. */
export function trapezoid(
  y: ArrayLike,
  x?: ArrayLike | TrapezoidOptions | null,
  options: TrapezoidOptions = {},
): Value {
  const given = withOption<TrapezoidOptions, "x">("trapezoid", trapezoidOptions, "x", x, options);
  const value = asValue(y);
  const axis = normalizeAxis("trapezoid", given.axis ?? -1, value.ndim);
  const length = value.shape[axis] ?? 0;
  const both = add(section(value, axis, 1, length), section(value, axis, 0, Math.max(length - 1, 0)));
  return sum(divide(multiply(widthsOf(value, given, axis), both), 2), axis);
}

function widthsOf(value: Value, { x, dx = 1 }: TrapezoidOptions, axis: number): ArrayLike {
  if (x === undefined || x === null) return dx;
  const points = asValue(x);
  if (points.ndim !== 1) return diff(points, 1, axis);
  return reshaped(
    diff(points),
    count(value.ndim).map((each) => (each === axis ? Math.max(points.size - 1, 0) : 1)),
  );
}
