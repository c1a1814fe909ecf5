// What NumPy's functions of two operands have as methods: they take together all elements along axes, or all pairs.
import {
  bind,
  operations,
  primitives,
  showCall,
  type DType,
  type Scalar,
  type Value,
  type OptionNames,
} from "@cotangent/core";
import { scalar } from "../ndarray.ts";
import { asValue, type ArrayLike } from "./arguments.ts";
import { count, normalizeAxis, reducedAxes, withOption, type Axes } from "./axes.ts";
import { permuted, reshaped, section } from "./moving.ts";
import { kept, sumDType } from "./reducing.ts";

type Pairs = (x: ArrayLike, y: ArrayLike) => Value;

export interface ReduceOptions {
  /** The first, unless given; null for all. */
  readonly axis?: Axes;
  readonly keepdims?: boolean;
  /** What elements are added to, or multiplied by, and so on. */
  readonly initial?: ArrayLike;
}

const reduceOptions: OptionNames<ReduceOptions> = { axis: true, keepdims: true, initial: true };

/** All pairs of elements. */
export interface Outer {
  readonly outer: (x: ArrayLike, y: ArrayLike) => Value;
}

interface AxisOption {
  readonly axis?: number;
}

export interface Folding extends Outer {
  /** All elements along axes in one: ((x₀ + x₁) + x₂) + … */
  readonly reduce: (x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions) => Value;
  /** Each element with all before it along an axis. */
  readonly accumulate: (x: ArrayLike, axis?: number | AxisOption) => Value;
}

/** Of functions that may take elements together in any order. */
interface Fold {
  /** The result for no elements. */
  readonly identity?: Scalar;
  readonly dtype?: (dtype: DType) => DType;
  readonly reduce?: (x: Value, axes: readonly number[]) => Value;
  readonly accumulate?: (x: Value, axis: number) => Value;
}

const truth = (): DType => "bool";

const folds: Readonly<Record<string, Fold>> = {
  add: {
    identity: 0,
    dtype: sumDType,
    reduce: (x, axes) => operations.sum(x, axes),
    accumulate: (x, axis) => operations.cumsum(x, axis),
  },
  multiply: {
    identity: 1,
    dtype: sumDType,
    reduce: (x, axes) => operations.prod(x, axes),
    accumulate: (x, axis) => operations.cumprod(x, axis),
  },
  maximum: { reduce: (x, axes) => operations.max(x, axes) },
  minimum: { reduce: (x, axes) => operations.min(x, axes) },
  logical_and: { identity: true, dtype: truth, reduce: (x, axes) => bind(primitives.all, [x], { axes }) },
  logical_or: { identity: false, dtype: truth, reduce: (x, axes) => bind(primitives.any, [x], { axes }) },
  logical_xor: { identity: false, dtype: truth },
  fmax: {},
  fmin: {},
  logaddexp: { identity: -Infinity },
  logaddexp2: { identity: -Infinity },
  hypot: { identity: 0 },
  gcd: { identity: 0 },
  lcm: {},
  bitwise_and: { identity: -1 },
  bitwise_or: { identity: 0 },
  bitwise_xor: { identity: 0 },
};

export function outerOf(f: Pairs): Outer {
  return {
    outer: (x, y) => {
      const [left, right] = [asValue(x), asValue(y)];
      return f(reshaped(left, [...left.shape, ...count(right.ndim).map(() => 1)]), right);
    },
  };
}

export function foldingOf(name: string, f: Pairs): Folding {
  const fold = folds[name];
  const typedValue = (x: ArrayLike): Value => {
    const value = asValue(x);
    return fold?.dtype === undefined ? value : operations.cast(value, fold.dtype(value.dtype));
  };
  return {
    ...outerOf(f),
    reduce: (x, axis, options) => {
      const given = withOption<ReduceOptions, "axis">(`${name}.reduce`, reduceOptions, "axis", axis, options);
      const value = typedValue(x);
      const axes = reducedAxes(name, given.axis === undefined ? 0 : given.axis, value.ndim);
      if (axes.length > 1 && fold === undefined)
        throw new RangeError(
          `${showCall(`${name}.reduce`, [value])}: the order counts, so that one axis is reduced only`,
        );
      const all = kept(reduced(name, f, fold, value, axes), value, axes, given.keepdims);
      return given.initial === undefined ? all : f(given.initial, all);
    },
    accumulate: (x, axis) => {
      const options = withOption<AxisOption, "axis">(`${name}.accumulate`, { axis: true }, "axis", axis, undefined);
      const { axis: given = 0 } = options;
      const value = typedValue(x);
      const own = normalizeAxis(name, given, value.ndim);
      return accumulated(f, fold, value, own);
    },
  };
}

function reduced(name: string, f: Pairs, fold: Fold | undefined, value: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return value;
  if (fold?.reduce !== undefined) return fold.reduce(value, axes);
  const rest = count(value.ndim).filter((axis) => !axes.includes(axis));
  const shape = rest.map((axis) => value.shape[axis] ?? 1);
  const length = axes.reduce((product, axis) => product * (value.shape[axis] ?? 1), 1);
  const rows = reshaped(permuted(value, [...rest, ...axes]), [...shape, length]);
  if (length > 0) return reshaped(fold === undefined ? inOrder(f, rows) : byHalves(f, rows), shape);
  if (fold?.identity === undefined)
    throw new RangeError(`${showCall(`${name}.reduce`, [value])}: of no elements there is no such value`);
  return value.backend.full(shape, fold.identity, f(value, scalar(0, value.dtype)).dtype);
}

function inOrder(f: Pairs, rows: Value): Value {
  const axis = rows.ndim - 1;
  return count(rows.shape[axis] ?? 0)
    .map((place) => section(rows, axis, place, place + 1))
    .reduce((all, each) => f(all, each));
}

function byHalves(f: Pairs, rows: Value): Value {
  const axis = rows.ndim - 1;
  let left = rows;
  for (let length = rows.shape[axis] ?? 0; length > 1; length = left.shape[axis] ?? 0) {
    const half = length >> 1;
    const pairs = f(section(left, axis, 0, half), section(left, axis, half, 2 * half));
    const odd = section(left, axis, 2 * half, length);
    left = length % 2 === 0 ? pairs : operations.concatenate([pairs, operations.cast(odd, pairs.dtype)], axis);
  }
  return left;
}

function accumulated(f: Pairs, fold: Fold | undefined, value: Value, axis: number): Value {
  if (fold?.accumulate !== undefined) return fold.accumulate(value, axis);
  const length = value.shape[axis] ?? 0;
  if (length === 0) return value;
  const join = (parts: readonly Value[], dtype: DType): Value =>
    operations.concatenate(
      parts.map((each) => operations.cast(each, dtype)),
      axis,
    );
  if (fold === undefined) {
    const all: Value[] = [section(value, axis, 0, 1)];
    for (let place = 1; place < length; place++)
      all.push(f(all.at(-1) ?? value, section(value, axis, place, place + 1)));
    return join(all, all.at(-1)?.dtype ?? value.dtype);
  }
  // After each step an element has twice as many behind it.
  let sums = value;
  for (let step = 1; step < length; step *= 2) {
    const later = f(section(sums, axis, 0, length - step), section(sums, axis, step, length));
    sums = join([section(sums, axis, 0, step), later], later.dtype);
  }
  return sums;
}
