// Numbers at equal distances or quotients, and grids of them.
import { isComplex, isInexact, operations, type DType, type Value } from "@cotangent/core";
import { asDType, kindOf } from "../dtype.ts";
import {
  aligned,
  asNumber,
  asOperand,
  asValue,
  broadcastTo,
  commonShape,
  isScalar,
  knownArray,
  promotedOf,
  valueOf,
  type ArrayLike,
} from "./arguments.ts";
import { count, isOptions, optionsOf } from "./axes.ts";
import { creationOptions, withDType, type CreationOptions, type DTypeOr } from "./dtype-option.ts";
import { log10 } from "./elementwise.ts";
import { stack } from "./joining.ts";
import { asShape, reshaped, section, type ShapeLike } from "./moving.ts";
import { power } from "./pairs.ts";
import { indexArray, progression } from "./progression.ts";
import { any } from "./reductions.ts";
import { settingsOf, type Settings } from "./settings.ts";
import { moveaxis } from "./shaping.ts";

function isOption(raw: unknown): boolean {
  return typeof raw === "string" || isOptions(raw);
}

/** Numbers from `start` up to `stop`, which is not one of them, at a distance of `step`. */
export function arange(...args: readonly (ArrayLike | DTypeOr<CreationOptions> | undefined)[]): Value {
  const given = args.filter((each) => !isOption(each) && each !== undefined && each !== null) as ArrayLike[];
  const { dtype } = withDType<CreationOptions>(
    "arange",
    creationOptions,
    args.find(isOption) as DTypeOr<CreationOptions> | undefined,
  );
  const [first = 0, second, third = 1] = given;
  const [start, stop, step] = (second === undefined ? [0, first, 1] : [first, second, third]).map((each) =>
    asNumber("arange", each),
  ) as [number, number, number];
  if (step === 0) throw new RangeError("arange: the step is 0");
  const length = Math.max(Math.ceil((stop - start) / step), 0);
  if (!Number.isFinite(length)) throw new RangeError(`arange: from ${start} to ${stop} by ${step} there is no end`);
  const own = dtype ?? promotedOf(given.map((each) => asOperand(each, "arange")));
  if (isInexact(own)) return progression(length, start, start + step - start, own);
  // The first two numbers are converted; the others follow at their distance.
  const begin = Math.trunc(start);
  return progression(length, begin, Math.trunc(start + step) - begin, own === "bool" ? "int64" : own);
}

interface SpacingOptions {
  readonly num?: number;
  /** Whether the last number is `stop`. */
  readonly endpoint?: boolean;
  readonly dtype?: DType | null;
  readonly axis?: number;
}

interface LinspaceOptions extends SpacingOptions {
  /** Return the step as well. */
  readonly retstep?: boolean;
}

type LinspaceArguments = Settings<LinspaceOptions, ["num", "endpoint", "retstep", "dtype", "axis"]>;

/** Numbers from `start` to `stop` at equal distances. */
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num: number | (LinspaceOptions & { readonly retstep: true }),
  options: LinspaceOptions & { readonly retstep: true },
): readonly [Value, Value];
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number | LinspaceOptions,
  options?: LinspaceOptions,
): Value;
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num: number,
  endpoint: boolean,
  retstep?: false | LinspaceOptions,
  dtype?: DType | LinspaceOptions,
  axis?: number,
): Value;
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  num: number,
  endpoint: boolean,
  retstep: true,
  dtype?: DType | LinspaceOptions,
  axis?: number,
): readonly [Value, Value];
export function linspace(
  start: ArrayLike,
  stop: ArrayLike,
  ...args: LinspaceArguments
): Value | readonly [Value, Value] {
  const settings = settingsOf<LinspaceOptions>(
    "linspace",
    { num: true, endpoint: true, retstep: true, dtype: true, axis: true },
    args,
  );
  const { num: length = 50, endpoint = true, dtype, axis = 0, retstep = false } = settings;
  requireLength("linspace", length);
  const [first, last] = endsOf("linspace", start, stop);
  const intervals = endpoint ? length - 1 : length;
  const delta = operations.sub(last, first);
  const step = operations.div(delta, intervals > 0 ? intervals : Number.NaN);
  const inner = spread(first, intervals > 0 ? step : delta, length);
  const ended = endpoint && length > 1 ? withEnd(inner, last) : inner;
  const result = movedFirst(converted(ended, dtype), axis);
  return retstep ? [result, step] : result;
}

function requireLength(name: string, length: number): void {
  if (!Number.isInteger(length)) throw new TypeError(`${name}: ${length} is not an integer`);
  if (length < 0) throw new RangeError(`${name}: there can't be ${length} numbers`);
}

/** Both ends in one inexact dtype, of one shape. */
function endsOf(name: string, start: ArrayLike, stop: ArrayLike): readonly [Value, Value] {
  const operands = [asOperand(start), asOperand(stop)];
  const promoted = promotedOf(operands);
  const dtype = kindOf(promoted) === "float" || isComplex(promoted) ? promoted : "float64";
  const [first, last] = operands.map((each) => operations.cast(valueOf(each, promoted), dtype)) as [Value, Value];
  const shape = commonShape(name, [first, last]);
  return [broadcastTo(first, shape), broadcastTo(last, shape)];
}

/** start + place · step along a new first axis. */
function spread(start: Value, step: Value, length: number): Value {
  const shape = [length, ...start.shape];
  const places = operations.cast(
    reshaped(progression(length, 0, 1, "float64"), [length, ...start.shape.map(() => 1)]),
    start.dtype,
  );
  const [left, right] = aligned("linspace", [places, broadcastTo(step, shape)]) as [Value, Value];
  return operations.add(operations.mul(left, right), broadcastTo(start, shape));
}

/** With another last row. */
function withEnd(rows: Value, last: Value): Value {
  return operations.concatenate([section(rows, 0, 0, (rows.shape[0] ?? 1) - 1), reshaped(last, [1, ...last.shape])], 0);
}

function withStart(rows: Value, first: Value): Value {
  return operations.concatenate([reshaped(first, [1, ...first.shape]), section(rows, 0, 1, rows.shape[0] ?? 1)], 0);
}

/** Integers are rounded down. */
function converted(value: Value, dtype: DType | null | undefined): Value {
  if (dtype === undefined || dtype === null) return value;
  const isInteger = kindOf(dtype) === "int" || kindOf(dtype) === "uint";
  return operations.cast(isInteger ? operations.floor(value) : value, asDType(dtype));
}

function movedFirst(value: Value, axis: number): Value {
  return axis === 0 ? value : moveaxis(value, 0, axis);
}

interface LogspaceOptions extends SpacingOptions {
  readonly base?: ArrayLike;
}

/** Powers of the base whose exponents are at equal distances. */
export function logspace(
  start: ArrayLike,
  stop: ArrayLike,
  ...args: Settings<LogspaceOptions, ["num", "endpoint", "base", "dtype", "axis"]>
): Value {
  const settings = settingsOf<LogspaceOptions>(
    "logspace",
    { num: true, endpoint: true, base: true, dtype: true, axis: true },
    args,
  );
  const { base = 10, dtype, axis = 0, ...rest } = settings;
  const exponents = linspace(start, stop, rest);
  const own = asOperand(base);
  const [length = 0, ...shape] = exponents.shape;
  const missing = isScalar(own) ? 0 : Math.max(own.ndim - shape.length, 0);
  const wide = reshaped(exponents, [length, ...count(missing).map(() => 1), ...shape]);
  return movedFirst(converted(power(own, wide), dtype), axis);
}

function hasZero(value: Value): boolean {
  const known = knownArray(value);
  return known !== null && any(operations.equal(known, 0)).item() === true;
}

/** Numbers from `start` to `stop` at equal quotients. */
export function geomspace(
  start: ArrayLike,
  stop: ArrayLike,
  ...args: Settings<SpacingOptions, ["num", "endpoint", "dtype", "axis"]>
): Value {
  const settings = settingsOf<SpacingOptions>(
    "geomspace",
    { num: true, endpoint: true, dtype: true, axis: true },
    args,
  );
  const { num: length = 50, endpoint = true, dtype, axis = 0 } = settings;
  const ends = endsOf("geomspace", asValue(start), asValue(stop));
  const isTurning = dtype !== undefined && dtype !== null && isComplex(dtype);
  const [first, last] = ends.map((each) => (isTurning ? operations.cast(each, dtype) : each)) as [Value, Value];
  if ([first, last].some(hasZero)) {
    throw new RangeError("geomspace: quotients of 0 are never equal");
  }
  const sign = operations.sign(operations.stopGradient(first));
  const [low, high] = [operations.div(first, sign), operations.div(last, sign)];
  const inner = logspace(log10(low), log10(high), { num: length, endpoint });
  const begun = length > 0 ? withStart(inner, low) : inner;
  const ended = length > 1 && endpoint ? withEnd(begun, high) : begun;
  return movedFirst(converted(operations.mul(ended, broadcastTo(sign, ended.shape)), dtype), axis);
}

/** Elements computed of their indices, which the function gets as arrays. */
export function fromfunction(
  f: (...indices: Value[]) => ArrayLike,
  shape: ShapeLike,
  options?: DTypeOr<CreationOptions>,
): Value {
  const lengths = asShape("fromfunction", shape);
  const dtype = withDType("fromfunction", creationOptions, options).dtype ?? "float64";
  return asValue(f(...lengths.map((_, axis) => indexArray(lengths, axis, dtype))));
}

interface IndicesOptions extends CreationOptions {
  readonly sparse?: boolean;
}

/** The indices of each element of a shape, along a new first axis; sparse ones as a list of what to broadcast. */
export function indices(dimensions: ShapeLike, options?: DTypeOr<IndicesOptions>): Value | readonly Value[] {
  const { dtype, sparse = false } = withDType<IndicesOptions>("indices", { dtype: true, sparse: true }, options);
  const shape = asShape("indices", dimensions);
  const own = dtype ?? "int64";
  if (!sparse) return stack(shape.map((_, axis) => indexArray(shape, axis, own)));
  return shape.map((length, axis) =>
    reshaped(
      progression(length, 0, 1, own),
      shape.map((_, each) => (each === axis ? length : 1)),
    ),
  );
}

interface MeshOptions {
  readonly indexing?: "xy" | "ij";
  readonly sparse?: boolean;
  readonly copy?: boolean;
}

/** The coordinates of a grid's points, of its points along each axis. */
export function meshgrid(...args: readonly (ArrayLike | MeshOptions)[]): readonly Value[] {
  const last = args.at(-1);
  const { indexing = "xy", sparse = false } = isOptions(last)
    ? optionsOf("meshgrid", last as MeshOptions, { indexing: ["xy", "ij"], sparse: true, copy: true })
    : {};
  const vectors = (isOptions(last) ? args.slice(0, -1) : args).map((each) => asValue(each as ArrayLike));
  const swaps = indexing === "xy" && vectors.length > 1;
  const place = (axis: number) => (swaps && axis < 2 ? 1 - axis : axis);
  const shape = vectors.map((_, axis) => vectors[place(axis)]?.size ?? 1);
  return vectors.map((each, axis) => {
    const along = reshaped(
      each,
      vectors.map((_, own) => (own === place(axis) ? each.size : 1)),
    );
    return sparse ? along : broadcastTo(along, shape);
  });
}
