// New arrays: from what stands for one, of one value, and of numbers in a row.
import { operations, Traced, type DType, type Value } from "@cotangent/core";
import { weakKindOf } from "../as-array.ts";
import { copy as copied, filled } from "../copies.ts";
import { asDType } from "../dtype.ts";
import { allocate, NDArray } from "../ndarray.ts";
import { asOperand, asValue, broadcastTo, concreteArray, promotedOf, valueOf, type ArrayLike } from "./arguments.ts";
import { count, withOption } from "./axes.ts";
import { creationOptions, withDType, type CreationOptions, type DTypeOr } from "./dtype-option.ts";
import { isfinite } from "./elementwise.ts";
import { asShape, permuted, reshaped, type ShapeLike } from "./moving.ts";
import { all } from "./reductions.ts";

export interface ArrayOptions {
  readonly dtype?: DType | null;
  readonly copy?: boolean;
  /** At least as many axes: new ones come first. */
  readonly ndmin?: number;
}

/** A new array. Lists may have traced values in them. */
export function array(x: ArrayLike, options?: DTypeOr<ArrayOptions>): Value {
  const {
    dtype,
    copy = true,
    ndmin = 0,
  } = withDType<ArrayOptions>("array", { dtype: true, copy: true, ndmin: "integer" }, options);
  const value = asarray(x, dtype ?? undefined);
  // What was a list has been copied; an array, or a typed array, has not.
  const own = copy && (value === x || ArrayBuffer.isView(x)) && value instanceof NDArray ? copied(value) : value;
  return reshaped(own, [...count(ndmin - own.ndim).map(() => 1), ...own.shape]);
}

/** The array itself, or a new one of what stands for one. */
export function asarray(x: ArrayLike, options?: DTypeOr<CreationOptions>): Value {
  return converted("asarray", x, options);
}
export const asanyarray = asarray;

function converted(name: string, x: ArrayLike, options: DTypeOr<CreationOptions> | undefined): Value {
  const { dtype } = withDType(name, creationOptions, options);
  return asValue(x, dtype ?? undefined);
}

/** In row-major order, with at least one axis. */
export function ascontiguousarray(x: ArrayLike, options?: DTypeOr<CreationOptions>): Value {
  const value = converted("ascontiguousarray", x, options);
  const own = value.ndim === 0 ? reshaped(value, [1]) : value;
  return own instanceof NDArray && !own.isContiguous ? copied(own) : own;
}

/** With elements of columns next to each other in memory, and at least one axis. */
export function asfortranarray(x: ArrayLike, options?: DTypeOr<CreationOptions>): Value {
  const given = converted("asfortranarray", x, options);
  const value = given.ndim === 0 ? reshaped(given, [1]) : given;
  if (!(value instanceof NDArray) || value.ndim < 2) return value;
  const back = count(value.ndim).toReversed();
  return permuted(copied(concreteArray(permuted(value, back))), back);
}

/** As `asarray`. @throws RangeError where an element is NaN or infinite. */
export function asarray_chkfinite(x: ArrayLike, options?: DTypeOr<CreationOptions>): Value {
  const value = converted("asarray_chkfinite", x, options);
  if (all(isfinite(value)).item() !== true) throw new RangeError("asarray_chkfinite: there are NaNs or infinities");
  return value;
}

/** An array of this dtype. Requirements on memory are met by all arrays, but for the order of columns. */
export function require(x: ArrayLike, dtype?: DType | null, requirements: string | readonly string[] = []): Value {
  const wanted = typeof requirements === "string" ? [requirements] : requirements;
  const isFortran = wanted.some((each) => each === "F" || each === "F_CONTIGUOUS");
  return isFortran ? asfortranarray(x, dtype) : asarray(x, dtype);
}

/** A new array with the same elements. */
export function copy(x: ArrayLike): Value {
  return array(x);
}

/** The elements converted to another dtype. */
export function astype(x: ArrayLike, dtype: DType): Value {
  const value = asValue(x);
  return value.dtype === dtype && value instanceof NDArray ? copied(value) : operations.cast(value, asDType(dtype));
}

interface LikeOptions extends CreationOptions {
  readonly shape?: ShapeLike;
}

export function zeros(shape: ShapeLike, options?: DTypeOr<CreationOptions>): Value {
  return allocate(asShape("zeros", shape), withDType("zeros", creationOptions, options).dtype ?? "float64");
}

/** As `zeros`: memory is never given out as it was left. */
export const empty = zeros;

export function ones(shape: ShapeLike, options?: DTypeOr<CreationOptions>): Value {
  return full(shape, 1, withDType("ones", creationOptions, options).dtype ?? "float64");
}

/** An array whose elements are all `value`, which may be one to broadcast. */
export function full(shape: ShapeLike, value: ArrayLike, options?: DTypeOr<CreationOptions>): Value {
  const lengths = asShape("full", shape);
  const { dtype } = withDType("full", creationOptions, options);
  const operand = asOperand(value);
  const wide = broadcastTo(valueOf(operand, dtype ?? promotedOf([operand])), lengths);
  return wide instanceof NDArray ? filled(lengths, wide) : wide;
}

export function zeros_like(x: ArrayLike, options?: DTypeOr<LikeOptions>): Value {
  return likeOf("zeros_like", x, 0, options);
}
export const empty_like = zeros_like;

export function ones_like(x: ArrayLike, options?: DTypeOr<LikeOptions>): Value {
  return likeOf("ones_like", x, 1, options);
}

export function full_like(x: ArrayLike, fill: ArrayLike, options?: DTypeOr<LikeOptions>): Value {
  return likeOf("full_like", x, fill, options);
}

function likeOf(name: string, x: ArrayLike, fill: ArrayLike, options: DTypeOr<LikeOptions> | undefined): Value {
  const value = asValue(x);
  const { dtype, shape = value.shape } = withDType<LikeOptions>(name, { dtype: true, shape: true }, options);
  return full(shape, fill, dtype ?? value.dtype);
}

interface CountOption {
  readonly count?: number;
}

/** An array of what can be walked over. */
export function fromiter(
  elements: Iterable<number | bigint | boolean>,
  dtype: DType,
  count: number | CountOption = -1,
): Value {
  const { count: limit = -1 } = withOption<CountOption, "count">(
    "fromiter",
    { count: "integer" },
    "count",
    count,
    undefined,
  );
  const list = [...elements];
  if (limit > list.length) throw new RangeError(`fromiter: there are ${list.length} elements, not ${limit}`);
  return asValue(limit < 0 ? list : list.slice(0, limit), asDType(dtype));
}

interface TextOptions {
  readonly dtype?: DType;
  readonly count?: number;
  readonly sep?: string;
}

/** An array of the numbers in a text. */
export function fromstring(text: string, options: DTypeOr<TextOptions> = {}): Value {
  const {
    dtype = "float64",
    count: limit = -1,
    sep = " ",
  } = withDType<TextOptions>("fromstring", { dtype: true, count: "integer", sep: "text" }, options);
  const words = (sep.trim() === "" ? text.trim().split(/\s+/u) : text.split(sep.trim())).filter(
    (each) => each.trim() !== "",
  );
  const list = words.map(Number);
  if (list.some(Number.isNaN)) throw new RangeError(`fromstring: not all of ${JSON.stringify(text)} are numbers`);
  return asValue(limit < 0 ? list : list.slice(0, limit), asDType(dtype));
}

/** Whether something is an array, or another thing that can be walked over. */
export function iterable(x: unknown): boolean {
  if (x instanceof NDArray || x instanceof Traced) return x.ndim > 0;
  return typeof x === "string" || (typeof x === "object" && x !== null && Symbol.iterator in x);
}

/** Whether something is a scalar and not an array. */
export function isscalar(x: unknown): boolean {
  return weakKindOf(x) !== undefined || typeof x === "string";
}
